"""Files of the HEIF family (ISO/IEC 14496-12, 23008-12) put together box by box, such as no camera makes them."""

import struct


def box(name: bytes, *parts: bytes) -> bytes:
    """One box: its length, its name and what is in it."""
    body = b"".join(parts)
    return struct.pack(">I", len(body) + 8) + name + body


def full(name: bytes, version: int, flags: int, *parts: bytes) -> bytes:
    """A box that begins with a version and flags."""
    return box(name, struct.pack(">I", version << 24 | flags), *parts)


def ftyp(brand: bytes, *others: bytes) -> bytes:
    """What a file says it is."""
    return box(b"ftyp", brand, b"\0\0\0\0", brand, *others)


def grid(rows: int, columns: int, width: int, height: int, tile: bytes) -> bytes:
    """An AVIF of one tile that is shown again and again: `rows` by `columns` times, said to be so many pixels in all.

    `tile` is a whole AVIF file of one picture, whose boxes are taken over.
    """
    inside = _tile(tile)
    tiles = range(2, rows * columns + 2)
    items = [_infe(1, b"grid"), *(_infe(number, b"av01") for number in tiles)]
    places = _places(1, [len(_grid_words(rows, columns, width, height))], tiles, inside.data)
    props = [inside.config, _ispe(inside.width, inside.height), _ispe(width, height), inside.pixels]
    used = [(1, [3, 4]), *((number, [1 | 128, 2, 4]) for number in tiles)]
    parts = (
        full(b"hdlr", 0, 0, b"\0\0\0\0pict", b"\0" * 13),
        full(b"pitm", 0, 0, struct.pack(">H", 1)),
        full(b"iinf", 0, 0, struct.pack(">H", len(items)), *items),
        full(
            b"iref", 0, 0, box(b"dimg", struct.pack(">HH", 1, len(tiles)), *(struct.pack(">H", each) for each in tiles))
        ),
        box(b"iprp", box(b"ipco", *props), _ipma(used)),
        box(b"idat", _grid_words(rows, columns, width, height)),
    )
    head = ftyp(b"avif", b"mif1", b"miaf")
    meta = full(b"meta", 0, 0, *parts, places(0))
    return head + full(b"meta", 0, 0, *parts, places(len(head) + len(meta) + 8)) + box(b"mdat", inside.data)


class _Tile:
    def __init__(self, config: bytes, pixels: bytes, width: int, height: int, data: bytes) -> None:
        self.config, self.pixels, self.width, self.height, self.data = config, pixels, width, height, data


def _tile(avif: bytes) -> _Tile:
    ispe = _whole(avif, b"ispe")
    return _Tile(
        _whole(avif, b"av1C"), _whole(avif, b"pixi"), *struct.unpack(">II", ispe[12:20]), _whole(avif, b"mdat")[8:]
    )


def _whole(data: bytes, name: bytes) -> bytes:
    at = data.index(name) - 4
    return data[at : at + int.from_bytes(data[at : at + 4], "big")]


def _infe(number: int, kind: bytes) -> bytes:
    return full(b"infe", 2, 0 if number == 1 else 1, struct.pack(">HH", number, 0), kind, b"\0")


def _ispe(width: int, height: int) -> bytes:
    return full(b"ispe", 0, 0, struct.pack(">II", width, height))


def _grid_words(rows: int, columns: int, width: int, height: int) -> bytes:
    return struct.pack(">BBBBII", 0, 1, rows - 1, columns - 1, width, height)


def _ipma(used: list[tuple[int, list[int]]]) -> bytes:
    rows = [struct.pack(">HB", number, len(props)) + bytes(props) for number, props in used]
    return full(b"ipma", 0, 0, struct.pack(">I", len(rows)), *rows)


def _places(grid_item: int, lengths: list[int], tiles: range, data: bytes):  # type: ignore[no-untyped-def]
    """Where each item lies, once the start of the data is known: the grid in `idat`, all tiles in one place."""

    def iloc(start: int) -> bytes:
        rows = [struct.pack(">HHHHII", grid_item, 1, 0, 1, 0, lengths[0])]
        rows += [struct.pack(">HHHHII", number, 0, 0, 1, start, len(data)) for number in tiles]
        return full(b"iloc", 1, 0, b"\x44\x00", struct.pack(">H", len(rows)), *rows)

    return iloc


def heic(width: int, height: int) -> bytes:
    """A HEIC that claims so many pixels and holds none."""
    meta = full(
        b"meta",
        0,
        0,
        full(b"hdlr", 0, 0, b"\0\0\0\0pict", b"\0" * 13),
        full(b"pitm", 0, 0, struct.pack(">H", 1)),
        full(b"iinf", 0, 0, struct.pack(">H", 1), full(b"infe", 2, 0, struct.pack(">HH", 1, 0), b"hvc1", b"\0")),
        box(b"iprp", box(b"ipco", _ispe(width, height)), _ipma([(1, [1])])),
        full(b"iloc", 1, 0, b"\x44\x00", struct.pack(">H", 1), struct.pack(">HHHHII", 1, 0, 0, 1, 0, 8)),
    )
    return ftyp(b"heic", b"mif1") + meta


def sequence(brand: bytes) -> bytes:
    """A film in the HEIF family without a single picture: only what it says of itself."""
    return ftyp(brand, b"msf1", b"iso8") + box(b"moov", full(b"mvhd", 0, 0, b"\0" * 96))
