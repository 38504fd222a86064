"""One picture decoded and made anew in every size. Runs in the process of `child` only: it loads Pillow."""

import warnings
from importlib import import_module
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms, ImageOps

from catalogue.media.confined import Made
from catalogue.media.costs import has_too_many_scans
from catalogue.media.cuts import Cut
from catalogue.media.hints import hints_of
from catalogue.media.recognise import FileRefused, is_heic, reads_heic

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
WIDTHS = (400, 800, 1200, 2000)
LONGEST = 2400
MOST_PIXELS = 50_000_000
MOST_FRAMES = 200
ENCODINGS: dict[str, dict[str, Any]] = {
    "avif": {"format": "AVIF", "quality": 58, "speed": 8, "max_threads": 1},
    "webp": {"format": "WEBP", "quality": 78, "method": 4},
    "jpg": {"format": "JPEG", "quality": 80, "optimize": True, "progressive": True},
}
KEPT = {"format": "JPEG", "quality": 90, "optimize": True, "progressive": True}
PAPER = (255, 255, 255)
COLOURS = 8
UNCUT = Cut()
# Counter-clockwise, as Pillow turns.
TURNS = {1: Image.Transpose.ROTATE_270, 2: Image.Transpose.ROTATE_180, 3: Image.Transpose.ROTATE_90}


def make_sizes(data: bytes, cut: Cut = UNCUT) -> Made:
    """A clean original ("original.jpg") and every size ("800.avif"), with width, height, widths, colour and hints.

    Only pixels are carried over: no EXIF, GPS, XMP, IPTC, comment, thumbnail, profile or trailer. Raises `FileRefused`.
    """
    picture = framed(clean(opened(data)), cut)
    facts = {
        "width": picture.width,
        "height": picture.height,
        "colour": main_colour(picture),
        "hints": hints_of(picture),
    }
    files = {"original.jpg": encoded(picture, KEPT)}
    widths = sorted({min(width, picture.width) for width in WIDTHS}, reverse=True)
    for width in widths:
        picture = narrowed(picture, width)
        files |= {f"{width}.{ending}": encoded(picture, how) for ending, how in ENCODINGS.items()}
    return Made(facts={**facts, "widths": sorted(widths)}, files=files)


def opened(data: bytes) -> Image.Image:
    """The picture with its header read and nothing decoded. Raises `FileRefused`."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    if has_too_many_scans(data):
        raise FileRefused("takes too long")
    formats = ("HEIF",) if is_heic(data) else FORMATS
    if is_heic(data):
        _learn_heic()
    try:
        picture = Image.open(BytesIO(data), formats=formats)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise FileRefused("too many pixels") from None
    except Image.UnidentifiedImageError:
        raise FileRefused("not a picture") from None
    if picture.width * picture.height > MOST_PIXELS:
        raise FileRefused("too many pixels")
    if getattr(picture, "n_frames", 1) > MOST_FRAMES:
        raise FileRefused("too many frames")
    return picture


def _learn_heic() -> None:
    """Have Pillow read HEIC, its main picture alone. Raises `FileRefused` where the optional library is not there."""
    if not reads_heic():
        raise FileRefused("heic")
    heif = import_module("pillow_heif")
    heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)


def framed(picture: Image.Image, cut: Cut) -> Image.Image:
    """The picture turned, then what its frame leaves of it."""
    turned = picture.transpose(TURNS[cut.turn]) if cut.turn else picture
    return turned.crop(cut.box(*turned.size)) if cut.is_framed else turned


def clean(picture: Image.Image) -> Image.Image:
    """The first frame upright, in sRGB, on white, at most `LONGEST` on its long side, and nothing but pixels."""
    picture.draft("RGB", _least_size(picture))
    _let_decoder_go(picture)
    picture.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS, reducing_gap=2.0)
    seen = in_srgb(ImageOps.exif_transpose(picture))
    bare = Image.new("RGB", seen.size, PAPER)
    bare.paste(seen, mask=seen.getchannel("A") if seen.mode == "RGBA" else None)
    return bare


def _let_decoder_go(picture: Any) -> None:
    """Free the decoder of a WebP once it has decoded: it holds two canvases, half of all that the picture takes."""
    if picture.format != "WEBP":
        return
    prepare = picture.load_prepare

    def load_prepare() -> None:
        picture._decoder = None
        prepare()

    picture.load_prepare = load_prepare


def _least_size(picture: Image.Image) -> tuple[int, int]:
    """The smallest size a JPEG may be decoded in, so that it is still narrowed and never enlarged."""
    share = min(1.0, LONGEST / max(picture.size))
    return max(1, round(picture.width * share)), max(1, round(picture.height * share))


def in_srgb(picture: Image.Image) -> Image.Image:
    """The picture as RGB or RGBA, its colours brought from its own profile into sRGB."""
    if picture.mode.startswith(("I", "F")):
        picture = _eight_bits(picture)
    has_alpha = picture.has_transparency_data
    profile = picture.info.get("icc_profile")
    if profile and picture.mode in {"RGB", "CMYK"}:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            converted = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
            return converted or picture
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # A profile that cannot be read says nothing about the colours.
    return picture.convert("RGBA" if has_alpha else "RGB")


def _eight_bits(picture: Image.Image) -> Image.Image:
    """Sixteen bits a pixel brought down to eight; Pillow alone would cut off what is bright."""
    return picture.convert("I").point(lambda level: level * (1 / 256)).convert("L")


def narrowed(picture: Image.Image, width: int) -> Image.Image:
    """The picture `width` pixels wide, made from the next larger one."""
    if width == picture.width:
        return picture
    height = max(1, round(picture.height * width / picture.width))
    return picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)


def encoded(picture: Image.Image, how: dict[str, Any]) -> bytes:
    """The picture's bytes in one format."""
    written = BytesIO()
    picture.save(written, **how)
    return written.getvalue()


def main_colour(picture: Image.Image) -> str:
    """The colour that most of the picture has, as "#rrggbb"."""
    small = picture.resize((48, 48), Image.Resampling.BOX).quantize(COLOURS, method=Image.Quantize.MEDIANCUT)
    shares = small.histogram()
    index = shares.index(max(shares))
    red, green, blue = (small.getpalette() or [])[index * 3 : index * 3 + 3]
    return f"#{red:02x}{green:02x}{blue:02x}"
