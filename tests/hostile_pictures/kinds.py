"""Every kind with what must become of it: "ready", or why it is refused (at the door or by the worker)."""

from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image

from catalogue.media.recognise import reads_heic
from tests.hostile_pictures import boxes, made
from tests.unit.media import hostile
from tests.unit.media.hostile import as_bytes, photograph, scene

READY = "ready"


@dataclass(frozen=True)
class Kind:
    """One strange picture: its name as a file, its bytes, and its verdicts (any of them is right)."""

    name: str
    make: Callable[[], bytes]
    verdicts: tuple[str, ...]
    folder: str


def _all(folder: str, *rows: tuple[str, Callable[[], bytes], str]) -> list[Kind]:
    return [Kind(name, make, tuple(verdict.split("|")), folder) for name, make, verdict in rows]


def _tile() -> bytes:
    return as_bytes(Image.effect_noise((256, 256), 40).convert("RGB"), "AVIF", quality=60)


BOMBS = _all(
    "bombs",
    ("boast.png", lambda: hostile.png_that_claims(60_000, 60_000), "too many pixels"),
    ("just-above.png", lambda: hostile.png_that_claims(7_100, 7_100), "too many pixels"),
    ("real-bomb.png", hostile.real_bomb, "too many pixels"),
    ("widest-allowed.png", made.png_wide_bomb, "ready|too many pixels"),
    ("row.png", lambda: made.png_of(2**31 - 1, 1), "too many pixels|not a picture|broken"),
    ("text-bomb.png", made.png_text_bomb, "broken|ready"),
    ("profile-bomb.png", made.png_profile_bomb, "broken|ready"),
    ("frames.gif", lambda: made.gif_frames(5_000), "too many frames"),
    ("frames-15MB.gif", lambda: made.gif_frames(600_000), "too many frames|takes too long"),
    ("frames-large.gif", lambda: made.gif_frames(150, side=4_000), READY),
    ("canvas.gif", lambda: made.gif_canvas(65_535, 65_535), "too many pixels"),
    ("canvas.webp", lambda: made.webp_canvas(16_384, 16_384), "too many pixels|not a picture"),
    ("canvas-2-24.webp", lambda: made.webp_canvas(1 << 24, 1 << 24), "too many pixels|not a picture"),
    ("frames.webp", lambda: made.film("WEBP", 250), "too many frames"),
    ("frames.avif", lambda: made.film("AVIF", 210, speed=10), "too many frames"),
    ("scans.jpg", made.scan_bomb, "takes too long"),
    ("grid-60000.avif", lambda: boxes.grid(2, 2, 60_000, 60_000, _tile()), "too many pixels|not a picture"),
    ("grid-10000.avif", lambda: boxes.grid(40, 40, 10_000, 10_000, _tile()), "too many pixels|not a picture"),
    ("grid-7000.avif", lambda: boxes.grid(27, 27, 6_912, 6_912, _tile()), "ready|too many pixels"),
    ("boast.jpg", lambda: made.jpeg_size(65_500, 65_500), "too many pixels"),
    ("comments.jpg", made.many_segments, READY),
    ("boast.heic", lambda: boxes.heic(65_000, 65_000), "heic|broken|not a picture|too many pixels"),
)

TWO_THINGS = _all(
    "two-things",
    ("photograph.zip.jpg", made.photograph_and_archive, READY),
    ("script.gif", made.script_and_gif, READY),
    ("page.gif", hostile.gif_and_page, READY),
    ("page.jpg", made.page_and_photograph, READY),
    ("program.jpg", made.phar_and_photograph, READY),
    ("paper-first.pdf.jpg", made.paper_and_photograph, "not a picture"),
    ("paper-inside.jpg", made.photograph_and_paper, READY),
    ("page.html.jpg", lambda: b"<!doctype html><script>alert(1)</script>", "unknown type"),
    ("drawing.svg.jpg", lambda: hostile.SVG, "unknown type"),
    ("drawing.svg-behind-gif.gif", lambda: b"GIF89a" + hostile.SVG, "broken|not a picture"),
    ("program.exe.jpg", lambda: b"MZ" + bytes(2_000), "unknown type"),
    ("archive.zip.png", lambda: b"PK\x03\x04" + bytes(200), "unknown type"),
    ("postscript.eps.jpg", lambda: hostile.EPS, "unknown type"),
    ("tiff.jpg", lambda: hostile.TIFF, "unknown type"),
    ("big-tiff.jpg", made.big_tiff, "unknown type"),
    ("icon.ico.png", lambda: as_bytes(scene(64, 64), "ICO"), "unknown type"),
    ("bitmap.bmp.jpg", lambda: as_bytes(scene(64, 64), "BMP"), "unknown type"),
    ("layers.psd.jpg", lambda: b"8BPS\0\x01" + bytes(6) + b"\0\x03" + bytes(40), "unknown type"),
    ("jpeg2000.jp2", lambda: as_bytes(scene(64, 64), "JPEG2000"), "unknown type"),
    ("jxl.jpg", lambda: b"\xff\x0a" + bytes(60), "unknown type"),
    ("jxl-in-boxes.jpg", lambda: b"\0\0\0\x0cJXL \r\n\x87\n" + bytes(60), "unknown type"),
    ("film.mp4.jpg", lambda: boxes.ftyp(b"isom", b"mp42") + bytes(400), "unknown type"),
    ("film.heics", lambda: boxes.sequence(b"hevc"), "heic|broken|not a picture"),
    ("film.avifs", lambda: boxes.sequence(b"avis"), "not a picture|broken"),
    ("photograph.heic", lambda: hostile.HEIC, "broken|not a picture" if reads_heic() else "heic"),
    ("png-named.jpg", lambda: as_bytes(scene(), "PNG"), READY),
)

DAMAGED = _all(
    "damaged",
    ("nothing.jpg", lambda: b"", "empty"),
    ("one-byte.jpg", lambda: b"\xff", "unknown type"),
    ("beginning.jpg", lambda: b"\xff\xd8\xff\xe0 nothing more", "broken|not a picture"),
    ("half.jpg", lambda: made.cut_short("JPEG", 0.5), "broken"),
    ("half.png", lambda: made.cut_short("PNG", 0.5), "broken"),
    ("half.webp", lambda: made.cut_short("WEBP", 0.5), "broken|not a picture"),
    ("half.avif", lambda: made.cut_short("AVIF", 0.5), "broken|not a picture"),
    ("half.gif", lambda: made.cut_short("GIF", 0.3), "broken|ready"),
    ("promised.png", lambda: hostile.png_that_claims(500, 500), "broken"),
    ("exif-loops.jpg", made.exif_that_loops, READY),
    ("exif-beyond.jpg", made.exif_beyond_its_end, READY),
    ("profile-broken.jpg", lambda: made.profile(b"no profile at all"), READY),
    ("profile-lies.jpg", made.profile_that_lies, READY),
    ("profile-14MB.jpg", made.profiles_without_end, READY),
    ("mpf-lies.jpg", made.mpf_that_lies, "ready|too many frames"),
    ("taller-than-told.jpg", lambda: made.jpeg_size(640, 4_800), "ready|broken"),
)

ODD = _all(
    "odd",
    *[(f"turned-{way}.jpg", lambda way=way: made.turned(way), READY) for way in range(1, 9)],
    ("turned-99.jpg", lambda: made.turned(99), READY),
    ("cmyk.jpg", lambda: as_bytes(scene().convert("CMYK")), READY),
    ("grey.jpg", lambda: as_bytes(scene().convert("L")), READY),
    ("sixteen-bits.png", lambda: as_bytes(Image.new("I;16", (200, 150), 0x8000), "PNG"), READY),
    ("one-bit.png", lambda: as_bytes(scene().convert("1"), "PNG"), READY),
    ("palette-alpha.png", lambda: made.with_alpha("P"), READY),
    ("grey-alpha.png", lambda: made.with_alpha("LA"), READY),
    ("alpha.png", lambda: made.with_alpha("RGBA"), READY),
    ("words.png", made.png_words, READY),
    ("moving.gif", lambda: made.film("GIF"), READY),
    ("moving.webp", lambda: made.film("WEBP"), READY),
    ("moving.png", lambda: made.film("PNG"), READY),
    ("moving.avif", lambda: made.film("AVIF", speed=10), READY),
    ("two-pictures.jpg", made.two_pictures, READY),
    ("moving-photograph.jpg", made.moving_photograph, READY),
    ("huge-xmp.jpg", made.huge_xmp, READY),
    ("telling.jpg", hostile.telling_photograph, READY),
    ("telling.png", hostile.telling_png, READY),
    ("one-pixel.png", lambda: as_bytes(Image.new("RGB", (1, 1)), "PNG"), READY),
    ("line.png", lambda: as_bytes(Image.new("RGB", (20_000, 1), (9, 90, 9)), "PNG"), READY),
    ("pillar.png", lambda: as_bytes(Image.new("RGB", (1, 20_000), (9, 90, 9)), "PNG"), READY),
    ("progressive.jpg", lambda: as_bytes(scene(), progressive=True), READY),
    ("lossless.webp", lambda: as_bytes(scene(), "WEBP", lossless=True), READY),
    ("grid.avif", lambda: boxes.grid(2, 2, 512, 512, _tile()), READY),
    ("photograph.jpg", photograph, READY),
)

KINDS = [*BOMBS, *TWO_THINGS, *DAMAGED, *ODD]
