"""What an address asks for, said in one way: known parameters alone, in a fixed order."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

LONGEST_QUERY = 500
MOST_PARAMETERS = 20


@dataclass(frozen=True)
class Place:
    """A page that may be kept. `scope` is the slug of the consortium whose version it stands under, "" the network's.

    Of its `parameters` any may be given once; of those in `one_of` one in all. With a value for one in `unless`, a
    search, the page is not kept.
    """

    scope: str = ""
    parameters: tuple[str, ...] = ()
    one_of: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()

    def canonical(self, query: str) -> str | None:
        """The query of the page that this one asks for, without what it does not know; None where none is kept."""
        if len(query) > LONGEST_QUERY or not query.isascii():
            return None
        try:
            given = parse_qsl(query, max_num_fields=MOST_PARAMETERS)
        except ValueError:
            return None
        if any(name in self.unless and value.strip() for name, value in given):
            return None
        if sum(name in self.one_of for name, _value in given) > 1:
            return None
        first = {name: value for name, value in reversed(given) if name in self.parameters}
        return urlencode([(name, first[name]) for name in self.parameters if name in first])
