"""What a picture would cost its decoder, told from its bytes before anything is decoded."""

MOST_SCANS = 100
START_OF_IMAGE = b"\xff\xd8"
START_OF_SCAN, END_OF_IMAGE = 0xDA, 0xD9
# Markers without a length after them: restarts, and the one that stands for nothing.
BARE = {0x01, *range(0xD0, 0xD8)}


def has_too_many_scans(data: bytes) -> bool:
    """Whether a JPEG is drawn over itself more than `MOST_SCANS` times; ordinary ones have one to about fifteen.

    A few bytes a scan make a decoder go through the whole picture each time. What follows the end of the first picture
    (a second one, the film of a moving photograph) is not looked at.
    """
    if not data.startswith(START_OF_IMAGE):
        return False
    scans, at = 0, 2
    while scans <= MOST_SCANS:
        at = data.find(b"\xff", at)
        if at < 0 or at + 4 > len(data):
            return False
        marker = data[at + 1]
        if marker == END_OF_IMAGE:
            return False
        scans += marker == START_OF_SCAN
        at += _length(data, at, marker)
    return True


def _length(data: bytes, at: int, marker: int) -> int:
    """How far the next marker is at least: behind the segment that this one begins, if it begins one."""
    if marker == 0xFF:
        return 1
    if marker == 0 or marker in BARE:
        return 2
    return 2 + max(2, int.from_bytes(data[at + 2 : at + 4], "big"))
