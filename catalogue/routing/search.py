"""Every way to divide, where takers and lots are few enough to try them all."""

from collections.abc import Iterator, Sequence

from catalogue.routing.bounds import Bounds, Part

FEW_TAKERS = 4
FEW_LOTS = 12


def is_small(part: Part) -> bool:
    return len(part.takers) <= FEW_TAKERS and part.lots <= FEW_LOTS


def ways(spans: Sequence[Bounds], total: int, makers: int | None) -> Iterator[list[int]]:
    """Every way to give out exactly `total` lots within the bounds and the count of new makers."""
    if not spans:
        if total == 0:
            yield []
        return
    first, rest = spans[0], spans[1:]
    most_after = sum(span.most for span in rest)
    for lots in _counts(first):
        takes_part = first.certain or lots > 0
        left = makers - 1 if makers is not None and takes_part and first.is_new else makers
        if lots <= total <= lots + most_after and (left is None or left >= 0):
            for others in ways(rest, total - lots, left):
                yield [lots, *others]


def _counts(span: Bounds) -> Sequence[int]:
    some = range(span.least, span.most + 1)
    return some if span.certain or span.least == 0 else (0, *some)
