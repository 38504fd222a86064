"""How each of these pictures is made: bombs, two things at once, and what tells more than its pixels."""

import struct
import zlib
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from tests.unit.media.hostile import as_bytes, photograph, scene

SOI, EOI = b"\xff\xd8", b"\xff\xd9"
MARK = b"planted-secret-of-the-sender"


def segment(marker: int, data: bytes) -> bytes:
    """One segment of a JPEG."""
    return bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data


def chunk(name: bytes, data: bytes) -> bytes:
    """One chunk of a PNG."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def with_segments(*segments: bytes, after: bytes = b"") -> bytes:
    """A JPEG with more segments than it needs, and something behind its end."""
    plain = photograph()
    return SOI + b"".join(segments) + plain[2:] + after


def png_of(
    width: int, height: int, *, depth: int = 8, colour: int = 2, before: bytes = b"", body: bytes = b""
) -> bytes:
    """A PNG with this header, these chunks before its pixels, and these packed pixels."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    pixels = chunk(b"IDAT", body or zlib.compress(b"\0" * 1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + before + pixels + chunk(b"IEND", b"")


def png_with(before: bytes) -> bytes:
    """A real PNG with one more chunk behind its header."""
    whole = as_bytes(scene(), "PNG")
    return whole[:33] + before + whole[33:]


def packed_zeros(length: int) -> bytes:
    """So many zeros, packed a thousand to one."""
    packer, block = zlib.compressobj(9), b"\0" * 1_000_000
    return b"".join(packer.compress(block) for _ in range(length // len(block))) + packer.flush()


def gif_frames(frames: int, side: int = 2) -> bytes:
    """A GIF of many frames, each a few bytes and as large as the first says."""
    first = as_bytes(Image.new("P", (side, side)), "GIF")
    image = first[first.index(b",") : -1]
    return first[: first.index(b",")] + image * frames + b";"


def gif_canvas(width: int, height: int) -> bytes:
    """A GIF of one pixel on a canvas that is said to be as large as this."""
    small = bytearray(as_bytes(Image.new("P", (1, 1)), "GIF"))
    small[6:10] = struct.pack("<HH", width, height)
    return bytes(small)


def webp_canvas(width: int, height: int) -> bytes:
    """A WebP whose extended header claims a canvas of this size."""
    vp8x = b"\x02\0\0\0" + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBPVP8X" + struct.pack("<I", 10) + vp8x + b"ANIM" + struct.pack("<I", 6) + b"\0" * 6
    return b"RIFF" + struct.pack("<I", len(body)) + body


def film(form: str, frames: int = 12, **options: Any) -> bytes:
    """A small animation of moving pictures."""
    pictures = [scene(160, 120).rotate(step * 7) for step in range(frames)]
    return as_bytes(pictures[0], form, save_all=True, append_images=pictures[1:], duration=80, **options)


def scan_bomb(scans: int = 40_000) -> bytes:
    """A progressive JPEG that goes over an empty picture of 36 megapixels again and again."""
    whole = as_bytes(Image.new("RGB", (6000, 6000), (90, 90, 90)), progressive=True)
    start = whole.rindex(b"\xff\xda")
    return whole[:start] + whole[start:-2] * scans + EOI


def many_segments() -> bytes:
    """A JPEG with 60,000 comments."""
    return with_segments(*[segment(0xFE, b"a comment") for _ in range(60_000)])


def huge_xmp() -> bytes:
    """A JPEG with 12 MB of XMP in pieces, as phones write depth maps."""
    return with_segments(*[segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0" + MARK * 2000) for _ in range(210)])


def exif_that_loops() -> bytes:
    """EXIF whose first directory is its own next one, and whose GPS directory is itself."""
    directory = struct.pack("<H", 2) + struct.pack("<HHII", 0x0112, 3, 1, 1) + struct.pack("<HHII", 0x8825, 4, 1, 8)
    tiff = b"II*\0" + struct.pack("<I", 8) + directory + struct.pack("<I", 8)
    return with_segments(segment(0xE1, b"Exif\0\0" + tiff))


def exif_beyond_its_end() -> bytes:
    """EXIF that points at four billion bytes which are not there."""
    entry = struct.pack("<HHII", 0x010F, 2, 0xFFFFFFFF, 0xFFFFFF00)
    tiff = b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", 400) + entry * 400
    return with_segments(segment(0xE1, b"Exif\0\0" + tiff[:60_000]))


def turned(orientation: int) -> bytes:
    """A photograph that says how it is to be turned."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    return as_bytes(scene(400, 300), exif=exif.tobytes())


def two_pictures() -> bytes:
    """A JPEG with a second, larger one behind it (MPF), which tells more than the first."""
    second = as_bytes(scene(900, 700), comment=MARK)
    first = as_bytes(scene(), "MPO", save_all=True, append_images=[scene(900, 700)])
    return first + second


def mpf_that_lies() -> bytes:
    """A JPEG that claims 60,000 pictures behind it."""
    entries = struct.pack(">HHHI4s", 3, 0xB000, 7, 4, b"0100")
    entries += struct.pack(">HHII", 0xB001, 4, 1, 60_000) + struct.pack(">HHII", 0xB002, 7, 960_000, 50)
    return with_segments(segment(0xE2, b"MPF\0MM\0*" + struct.pack(">I", 8) + entries + b"\0" * 40))


def moving_photograph() -> bytes:
    """A JPEG with a short film behind its end, as phones keep it, with the place in both."""
    xmp = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>Camera:MotionPhoto " + MARK + b"</x:xmpmeta>"
    movie = struct.pack(">I", 24) + b"ftypmp42\0\0\0\0isommp42" + b"moov" + MARK + bytes(range(256)) * 2000
    return with_segments(segment(0xE1, xmp), after=movie)


def profile(data: bytes) -> bytes:
    """A JPEG with these bytes as its colour profile."""
    return with_segments(segment(0xE2, b"ICC_PROFILE\0\x01\x01" + data))


def profile_that_lies() -> bytes:
    """A profile whose table of tags points outside of it."""
    whole = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    whole[128:132] = struct.pack(">I", 0x00FFFFFF)
    return profile(bytes(whole))


def profiles_without_end() -> bytes:
    """A profile in 255 pieces of 64 KB, 14 MB of it, that is none."""
    pieces = [segment(0xE2, b"ICC_PROFILE\0" + bytes([at, 224]) + MARK * 2300) for at in range(1, 225)]
    return with_segments(*pieces)


def png_profile_bomb() -> bytes:
    """A PNG whose profile of a few kilobytes unpacks to 200 MB."""
    return png_with(chunk(b"iCCP", b"icc\0\0" + packed_zeros(200_000_000)))


def png_text_bomb() -> bytes:
    """A PNG with words that unpack to 100 MB, a hundred times."""
    words = chunk(b"zTXt", b"Comment\0\0" + packed_zeros(100_000_000))
    return png_with(words * 100)


def png_words() -> bytes:
    """A PNG with words and XMP beside its pixels."""
    words = PngInfo()
    words.add_text("Author", MARK.decode())
    words.add_itxt("XML:com.adobe.xmp", MARK.decode())
    return as_bytes(scene(), "PNG", pnginfo=words)


def png_wide_bomb() -> bytes:
    """A PNG of 49 megapixels, 16 bits, four colours and an alpha: as much as the limit allows, packed to 60 KB."""
    width, height = 7000, 7000
    return png_of(width, height, depth=16, colour=6, body=packed_rows(width * 8 + 1, height))


def packed_rows(length: int, rows: int) -> bytes:
    """So many rows of zeros, packed."""
    packer, row = zlib.compressobj(9), b"\0" * length
    return b"".join(packer.compress(row) for _ in range(rows)) + packer.flush()


def photograph_and_archive() -> bytes:
    """A JPEG that is a ZIP as well."""
    written = BytesIO()
    with ZipFile(written, "w") as archive:
        archive.writestr("index.html", "<script>alert(1)</script>")
        archive.writestr("../../escape.sh", "echo " + MARK.decode())
    return photograph() + written.getvalue()


def script_and_gif() -> bytes:
    """A GIF that runs as a script: GIF89a/*...*/=1;alert(1)."""
    gif = bytearray(as_bytes(scene(80, 60).quantize(16), "GIF", comment=b"*/=1;alert(document.cookie)//" + MARK))
    return bytes(gif) + b"*/=1;alert(1)//" + MARK


def page_and_photograph() -> bytes:
    """A JPEG with a page in its comment."""
    return with_segments(segment(0xFE, b"<html><script>alert(1)</script><!--" + MARK))


def phar_and_photograph() -> bytes:
    """A JPEG with a program in its EXIF."""
    return with_segments(segment(0xE1, b"Exif\0\0<?php system($_GET['c']); __HALT_COMPILER(); ?>" + MARK))


def paper_and_photograph() -> bytes:
    """A PDF whose first kilobyte hides a JPEG: begins as a paper."""
    return b"%PDF-1.7\n1 0 obj<</JS(app.alert(1))>>endobj\n" + photograph()


def photograph_and_paper() -> bytes:
    """A JPEG with a PDF in its comment, which lenient readers open."""
    return with_segments(
        segment(0xFE, b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n" + MARK)
    )


def cut_short(form: str, share: float) -> bytes:
    """The first part of a picture."""
    whole = as_bytes(scene(), form)
    return whole[: int(len(whole) * share)]


def with_alpha(mode: str) -> bytes:
    """A PNG whose mode carries transparency."""
    if mode == "P":
        return as_bytes(scene(200, 150).quantize(32), "PNG", transparency=0)
    return as_bytes(scene(200, 150).convert(mode), "PNG")


def big_tiff() -> bytes:
    """A TIFF with 64-bit offsets that points at itself."""
    return b"II+\0\x08\0\0\0" + struct.pack("<Q", 16) + struct.pack("<Q", 1) + b"\0" * 20 + struct.pack("<Q", 16)


def jpeg_size(width: int, height: int) -> bytes:
    """A JPEG whose header claims another size than it has."""
    data = bytearray(photograph())
    at = data.index(b"\xff\xc0")
    data[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(data)
