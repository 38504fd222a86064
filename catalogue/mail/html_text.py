"""An HTML mail as the plain text a person would have sent instead, with quoted history as lines that begin with `>`."""

import re
from html.parser import HTMLParser

UNSEEN = frozenset({"script", "style", "head", "title", "template", "noscript", "object", "svg"})
PARAGRAPHS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "pre", "blockquote"})
LINES = frozenset(
    {"div", "tr", "li", "dt", "dd", "section", "article", "header", "footer", "center", "address", "body"}
)
# What may hold history or a signature; only these are counted open and shut.
HOLDERS = frozenset({"blockquote", "div", "span", "table", "section", "pre"})
HISTORY = re.compile(r"yahoo_quoted|olk_src_body_section|isreplycontent|protonmail_quote|zmail_extra")
# From here on all is history, though nothing holds it together.
HISTORY_FROM_HERE = re.compile(r"divrplyfwdmsg|mail-editor-reference-message-container")
SIGNATURE = re.compile(
    r"gmail_signature(?!_prefix)|moz-signature|protonmail_signature_block|ms-outlook-mobile-signature"
)
CITED = re.compile(r"quote|cite|isreplycontent|olk_src")
# Gmail's and Outlook's buttons for an indent make blockquotes without a line at their left.
LEFT_LINE = re.compile(
    r"border-left(?:-width|-style)?\s?:\s?(?!none|0|medium none)|border-width\s?:\s?\S{1,12} \S{1,12} \S{1,12} [1-9]"
)
DECLARATION = re.compile(r"<!--|<[!?]")
RULE = "________________________________"
DEEPEST = 5
ALT_LONGEST = 4
LINK_LONGEST = 500
DELIMITER = "-- "


def text_of_html(html: str) -> str:
    """The text of an HTML mail, line by line, a link's address behind its words; never an exception."""
    reader = _Reader()
    # A comment holds nothing that a person wrote; unclosed ones would be searched for their end again and again.
    reader.feed(_without_comments(html.replace("\x00", "")))
    return reader.text()


def _without_comments(html: str) -> str:
    kept: list[str] = []
    at = 0
    while (found := DECLARATION.search(html, at)) is not None:
        kept.append(html[at : found.start()])
        closing = "-->" if found[0] == "<!--" else ">"
        end = html.find(closing, found.end())
        if end < 0:
            return "".join([*kept, DECLARATION.sub("", html[found.end() :])])
        at = end + len(closing)
    return "".join([*kept, html[at:]])


class _Reader(HTMLParser):
    """Gathers lines, each with how deep it is quoted."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[tuple[int, str]] = []
        self.words: list[str] = []
        self.depth = self.unseen = self.preformatted = 0
        self.open: list[tuple[str, int]] = []
        self.opened: dict[str, int] = {}
        self.signatures: list[tuple[int, int]] = []
        self.signature: tuple[int, int] | None = None
        self.numbers: list[int] = []
        self.link = ""

    # -- what the parser meets --

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in UNSEEN:
            self.unseen += 1
        elif tag == "br":
            self._end_line(even_empty=True)
        elif tag == "hr":
            self._end_line()
            self.lines.append((self.depth, RULE))
        elif tag in PARAGRAPHS or tag in LINES:
            self._end_line(paragraph=tag in PARAGRAPHS)
        elif tag in {"td", "th"} and self.words:
            self.words.append(" ")
        self._begin(tag, given)

    def _begin(self, tag: str, given: dict[str, str]) -> None:
        self.preformatted += tag == "pre"
        if tag in HOLDERS:
            self._hold(tag, given)
        elif tag in {"ul", "ol"}:
            self.numbers.append(1 if tag == "ol" else 0)
        elif tag == "li":
            self.words.append(self._bullet())
        elif tag == "a":
            self.link = given.get("href", "").strip()
        elif tag == "img" and len(alt := given.get("alt", "").strip()) <= ALT_LONGEST:
            self.words.append(alt)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in UNSEEN:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN:
            self.unseen = max(0, self.unseen - 1)
        elif tag in PARAGRAPHS or tag in LINES:
            self._end_line(paragraph=tag in PARAGRAPHS)
        if tag == "pre":
            self.preformatted = max(0, self.preformatted - 1)
        if tag in HOLDERS:
            self._let_go(tag)
        elif tag in {"ul", "ol"} and self.numbers:
            self.numbers.pop()
        elif tag == "a":
            self._end_link()

    def handle_data(self, data: str) -> None:
        if self.unseen:
            return
        if not self.preformatted:
            self.words.append(data)
            return
        first, *others = data.split("\n")
        self.words.append(first)
        for line in others:
            self._end_line(even_empty=True)
            self.words.append(line)

    def text(self) -> str:
        """All lines, once everything was fed."""
        self.close()
        self._end_line()
        self._mark_signatures()
        depths = [depth for depth, _line in self.lines]
        for at in range(len(depths) - 2, -1, -1):
            if not self.lines[at][1]:
                depths[at] = min(depths[at], depths[at + 1])
        lines = ["> " * min(depth, DEEPEST) + line for depth, (_depth, line) in zip(depths, self.lines, strict=True)]
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()

    # -- lines --

    def _end_line(self, *, even_empty: bool = False, paragraph: bool = False) -> None:
        raw = "".join(self.words)
        words = " ".join(raw.split()) if raw.strip("\r\n\t").replace("\u00a0", " ") != DELIMITER else DELIMITER
        self.words = []
        if words or even_empty:
            self.lines.append((self.depth, words))
        if paragraph and self.lines and self.lines[-1][1]:
            self.lines.append((self.depth, ""))

    def _bullet(self) -> str:
        if not self.numbers or not self.numbers[-1]:
            return "- "
        self.numbers[-1] += 1
        return f"{self.numbers[-1] - 1}. "

    def _end_link(self) -> None:
        """Put the address behind the words that led to it, unless they are the address."""
        address = self.link.removeprefix("mailto:") if "@" in self.link[:LINK_LONGEST] else self.link
        is_address = self.link.startswith(("http://", "https://", "mailto:")) and len(self.link) <= LINK_LONGEST
        if is_address and not self.unseen and address.rstrip("/") not in "".join(self.words[-4:]):
            self.words.append(f" <{address}>")
        self.link = ""

    # -- history and signatures --

    def _hold(self, tag: str, given: dict[str, str]) -> None:
        names = f"{given.get('id', '')} {given.get('class', '')}"[:LINK_LONGEST].casefold()
        deeper = int(self._is_cited(given, names) if tag == "blockquote" else bool(HISTORY.search(names)))
        if deeper:
            self._end_line()
        if HISTORY_FROM_HERE.search(names) and not self.depth:
            self._end_line()
            self.depth += 1
        if SIGNATURE.search(names) and not self.depth:
            self._end_line()
            self.signatures.append((len(self.lines), len(self.open)))
        self.depth += deeper
        self.open.append((tag, deeper))
        self.opened[tag] = self.opened.get(tag, 0) + 1

    def _is_cited(self, given: dict[str, str], names: str) -> bool:
        if given.get("type", "").casefold() == "cite" or "cite" in given or CITED.search(names):
            return True
        if LEFT_LINE.search(given.get("style", "")[: 4 * LINK_LONGEST].casefold()):
            return True
        above = next((line for _depth, line in reversed(self.lines[-3:]) if line), "")
        return above.endswith((":", "：")) and ("@" in above or any(sign.isdigit() for sign in above))

    def _let_go(self, tag: str) -> None:
        """Shut the latest such holder, and those left open within it."""
        while self.opened.get(tag):
            inner, deeper = self.open.pop()
            self.opened[inner] -= 1
            if deeper:
                self._end_line()
                self.depth -= deeper
            if self.signatures and self.signatures[-1][1] == len(self.open):
                self._end_line()
                self.signature = (self.signatures.pop()[0], len(self.lines))
            if inner == tag:
                return

    def _mark_signatures(self) -> None:
        """Put the delimiter above the latest signature, unless the person's words go on below it."""
        if self.signature is None:
            return
        start, end = self.signature
        own = [line for _depth, line in self.lines[start:end] if line]
        above = next((line for _depth, line in reversed(self.lines[max(0, start - 3) : start]) if line), "")
        below = next((depth for depth, line in self.lines[end:] if line), 1)
        if own and below and not own[0].startswith("--") and above != "--":
            self.lines.insert(start, (0, DELIMITER))
