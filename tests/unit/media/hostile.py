"""Pictures and papers that mean harm or tell too much, built in code."""

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw, TiffImagePlugin

SECRETS = {
    "gps": b"102;36'W secret",
    "camera": b"Secret Camera 9000",
    "xmp": b"xmp-secret-village",
    "comment": b"comment-secret-name",
    "thumbnail": b"thumbnail-secret",
    "trailer": b"trailer-secret-video",
    "profile": b"profile-secret-owner",
    "iptc": b"iptc-secret-author",
}


def scene(width: int = 640, height: int = 480) -> Image.Image:
    """Something with edges and colours, so that no encoder makes it trivially small."""
    picture = Image.radial_gradient("L").resize((width, height)).convert("RGB")
    draw = ImageDraw.Draw(picture)
    for step in range(0, width, 40):
        draw.ellipse((step, step // 2, step + 60, step // 2 + 60), fill=(step % 256, 120, 255 - step % 256))
    return picture


def as_bytes(picture: Image.Image, format_: str = "JPEG", **options: Any) -> bytes:
    """A picture in one format."""
    written = BytesIO()
    picture.save(written, format_, **options)
    return written.getvalue()


def photograph(width: int = 640, height: int = 480) -> bytes:
    """An ordinary JPEG."""
    return as_bytes(scene(width, height), quality=90)


def telling_photograph() -> bytes:
    """A JPEG with a secret in every place where phones and programs write one; all of `SECRETS` are in it."""
    exif = Image.Exif()
    exif[0x010F] = SECRETS["camera"].decode()
    exif[0x0112] = 6
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[27] = "N", (17.0, 58.0, 0.0), SECRETS["gps"]
    plain = as_bytes(
        scene(),
        exif=exif.tobytes(),
        comment=SECRETS["comment"],
        xmp=b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + SECRETS["xmp"] + b"</x:xmpmeta>",
    )
    thumbnail = _segment(0xE1, b"Exif\0\0" + SECRETS["thumbnail"])
    iptc = _segment(0xED, b"Photoshop 3.0\0" + SECRETS["iptc"])
    profile = _segment(0xE2, b"ICC_PROFILE\0\x01\x01" + SECRETS["profile"])
    return plain[:2] + thumbnail + iptc + profile + plain[2:] + SECRETS["trailer"]


def _segment(marker: int, data: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data


def telling_png() -> bytes:
    """A PNG with words beside its pixels."""
    from PIL.PngImagePlugin import PngInfo

    words = PngInfo()
    words.add_text("Author", SECRETS["comment"].decode())
    words.add_itxt("XML:com.adobe.xmp", SECRETS["xmp"].decode())
    return as_bytes(scene(), "PNG", pnginfo=words)


def png_that_claims(width: int, height: int) -> bytes:
    """A PNG whose header promises more pixels than it has bytes for."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def real_bomb() -> bytes:
    """A small PNG that really unpacks to 100 million pixels."""
    width, height = 10_000, 10_000
    packer = zlib.compressobj(9)
    body = b"".join(packer.compress(b"\0" * (width // 8 + 1)) for _ in range(height)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def film(frames: int) -> bytes:
    """A GIF of many frames."""
    first = as_bytes(Image.new("P", (2, 2)), "GIF")
    image = first[first.index(b",") : -1]
    return first[: first.index(b",")] + image * frames + b";"


def gif_and_page() -> bytes:
    """A GIF that a careless browser would take for a page with a script."""
    return (
        as_bytes(scene(80, 60).quantize(16), "GIF", comment=b"<script>alert(1)</script>") + b"<script>alert(2)</script>"
    )


def scan_bomb() -> bytes:
    """A progressive JPEG that repeats a scan of an empty picture as often as is just allowed: seconds of work."""
    whole = as_bytes(Image.new("RGB", (7000, 7000), (90, 90, 90)), progressive=True)
    start = whole.rindex(b"\xff\xda")
    return whole[:start] + whole[start:-2] * 90 + b"\xff\xd9"


TIFF = as_bytes(Image.new("RGB", (8, 8)), "TIFF", tiffinfo=TiffImagePlugin.ImageFileDirectory_v2())
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(/etc/passwd) run\n"
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 64


def pixels(data: bytes) -> bytes:
    """What a picture shows."""
    return Image.open(BytesIO(data)).convert("RGB").tobytes()
