"""The process that sets pages: `python -m catalogue.printing.child sheet < path of the job's folder > answer`.

It loads typst, and Pillow for pictures; nothing else does. The layouts are ours, words come as JSON and are never read
as markup, no package is loaded, and typst reads files below the job's folder alone.
"""

import os
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

from catalogue.media import confined
from catalogue.media.child import confine

LAYOUTS = Path(__file__).parent / "layouts"
MEMORY_BYTES = 3 * 1024 * 1024 * 1024
CPU_SECONDS = 120
# For screen readers. A file with a sign that no font of ours has is tagged as well, but cannot claim the standard.
ACCESSIBLE = ["ua-1"]
JPEG: dict[str, Any] = {"format": "JPEG", "quality": 84, "optimize": True, "progressive": True, "subsampling": 0}
SMALLER = 76
MOST_BYTES = 200_000


def set_sheet(folder: Path) -> confined.Made:
    """The PDF of a line sheet."""
    return confined.Made(facts={}, files={"sheet.pdf": accessible("line_sheet", folder)})


def set_record(folder: Path) -> confined.Made:
    """The PDF of a quarter's record."""
    return confined.Made(facts={}, files={"record.pdf": accessible("record", folder)})


def accessible(layout: str, folder: Path) -> bytes:
    """A PDF by the standard for screen readers, or without its claim where a sign has no font."""
    import typst

    try:
        written = compiled(layout, folder, pdf_standards=ACCESSIBLE)
    except typst.TypstError as problem:
        if "PDF/UA" not in str(problem):
            raise
        written = compiled(layout, folder)
    return bytes(written)


def set_pictures(folder: Path) -> confined.Made:
    """One JPEG for each content of the job."""
    pages = compiled("share_picture", folder, format="png", ppi=72)
    drawn = [pages] if isinstance(pages, bytes) else pages
    return confined.Made(facts={}, files={f"{number}.jpg": as_jpeg(each) for number, each in enumerate(drawn)})


def compiled(layout: str, folder: Path, **how: Any) -> Any:
    """What typst makes of one of our layouts and the folder of the job."""
    import typst

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[LAYOUTS / "fonts"])
    source = (LAYOUTS / f"{layout}.typ").read_bytes()
    nowhere = folder / "packages"
    return typst.compile(
        source, root=folder, font_paths=fonts, package_path=nowhere, package_cache_path=nowhere, timestamp=0, **how
    )


def as_jpeg(png: bytes) -> bytes:
    """A picture that messengers load at once: 200,000 bytes at most."""
    from PIL import Image

    picture = Image.open(BytesIO(png), formats=("PNG",)).convert("RGB")
    for quality in (JPEG["quality"], SMALLER, SMALLER - 14, 40):
        written = BytesIO()
        picture.save(written, **{**JPEG, "quality": quality})
        if written.tell() <= MOST_BYTES:
            break
    return written.getvalue()


VERBS = {"sheet": set_sheet, "record": set_record, "pictures": set_pictures}


def main(verb: str) -> None:
    """Read the folder's path from standard input, answer on standard output."""
    work = VERBS[verb]
    import typst

    if verb == "pictures":
        os.nice(10)  # nobody waits for them
    confine(memory_bytes=MEMORY_BYTES, cpu_seconds=CPU_SECONDS)
    folder = Path(sys.stdin.buffer.read().decode())
    try:
        written = confined.answer(work(folder))
    except (typst.TypstError, MemoryError) as problem:
        written = confined.refusal("takes too long" if isinstance(problem, MemoryError) else "broken")
    sys.stdout.buffer.write(written)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(sys.argv[1])
