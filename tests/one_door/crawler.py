"""Follows every link of a site from its front doors, in both languages, and reads whatever comes."""

import re
import urllib.error
import urllib.request
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urldefrag, urljoin, urlsplit

from bs4 import BeautifulSoup

from tests.one_door.private import Private

DOORS = ("/en/", "/lo/", "/sitemap.xml", "/robots.txt", "/health")
LINKS = {"a": "href", "link": "href", "img": "src", "script": "src", "form": "action", "use": "href"}


@dataclass
class Crawl:
    """What was read, by kind, and what was found where it must not stand."""

    read: Counter[str] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)
    found: list[str] = field(default_factory=list)
    cookies: list[str] = field(default_factory=list)


def crawl(site: str, private: Private, *, most: int = 20_000) -> Crawl:
    """Read every page, picture and data file that can be reached by GET without signing in.

    Of the endless combinations of filters only those with one are read: they show the same cards.
    """
    result, seen, waiting = Crawl(), set(DOORS), deque(DOORS)
    while waiting and sum(result.read.values()) < most:
        path = waiting.popleft()
        for link in _read(site, path, private, result):
            if link not in seen:
                seen.add(link)
                waiting.append(link)
    return result


def _read(site: str, path: str, private: Private, result: Crawl) -> list[str]:
    try:
        with urllib.request.urlopen(site + path, timeout=30) as answer:
            kind, data = answer.headers.get_content_type(), answer.read()
            headers, end = str(answer.headers), answer.geturl().removeprefix(site)
    except urllib.error.HTTPError as problem:
        if problem.code not in {405, 422}:
            result.failed.append(f"{problem.code} {path}")
        return []
    result.read[kind] += 1
    if "set-cookie" in headers.lower() and not re.search("/inquiry$|/sign-in", urlsplit(end).path):
        result.cookies.append(path)
    text = data.decode("utf-8", "ignore")
    found = private.found_in(headers) + (private.found_in_bytes(data) if kind.startswith("image/") else [])
    found += [] if kind.startswith(("image/", "font/")) else private.found_in(text)
    result.found += [f"{each} in {path}" for each in found]
    return list(_links(site, end, kind, text))


def _links(site: str, path: str, kind: str, text: str) -> Iterator[str]:
    if kind == "text/html":
        page = BeautifulSoup(text, "html.parser")
        names = [tag[name] for kind_of_tag, name in LINKS.items() for tag in page.find_all(kind_of_tag, **{name: True})]
        sets = " ".join(tag["srcset"] for tag in page.find_all(srcset=True))
        names += re.findall(r"(\S+)\s+\d+w", sets)
    elif kind.endswith("xml"):
        names = re.findall(r"<(?:loc|image:loc)>([^<]+)</", text) + re.findall(r'href="([^"]+)"', text)
    else:
        names = []
    for name in names:
        target = urlsplit(urldefrag(urljoin(site + path, str(name)))[0])
        # Line sheets are made for whoever asks, a few an hour; what stands on them is tested with the text inside.
        is_paper = target.path.endswith("/line-sheet.pdf")
        if f"{target.scheme}://{target.netloc}" == site and "&" not in target.query and not is_paper:
            yield target.path + (f"?{target.query}" if target.query else "")
