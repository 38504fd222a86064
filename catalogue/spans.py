"""Stretches of text that have been judged, and the text without them."""

from collections.abc import Iterable

Span = tuple[int, int]  # from the first letter to behind the last


def without(text: str, spans: Iterable[Span]) -> str:
    """The text, as long as before, with line ends in the place of the spans (in order, without overlap)."""
    parts, last = [], 0
    for start, end in spans:
        parts += [text[last:start], "\n" * (end - start)]
        last = end
    return "".join(parts) + text[last:]
