"""An HTML mail as the plain text a person would have sent instead, with quoted history as lines that begin with `>`."""

from html.parser import HTMLParser

UNSEEN = frozenset({"script", "style", "head", "title", "template"})
BREAKS = frozenset(
    {"br", "p", "div", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "blockquote"}
)


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.unseen += tag in UNSEEN
        if tag in BREAKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.unseen = max(0, self.unseen - (tag in UNSEEN))

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.words.append(" ".join(data.split()))


def text_of_html(html: str) -> str:
    """The text of an HTML mail, line by line; never an exception, whatever was sent."""
    reader = _Text()
    reader.feed(html)
    return "".join(reader.words).strip()
