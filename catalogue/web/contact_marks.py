"""Contacts that the detector found, marked where they stand in a text."""

from collections.abc import Iterable, Iterator

from catalogue.leaks import Leak


def cut_at_contacts(text: str, leaks: Iterable[Leak], place: int = 0) -> Iterator[tuple[str, bool]]:
    """The text in pieces, each with whether it is a contact. `place` is where the text begins in what was searched."""
    start = 0
    for leak in leaks:
        begin, end = max(leak.start - place, start), min(leak.end - place, len(text))
        if begin < end:
            yield from [(text[start:begin], False)] if begin > start else []
            yield text[begin:end], True
            start = end
    if start < len(text):
        yield text[start:], False
