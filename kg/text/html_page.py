"""The article in an HTML page, by trafilatura; its day only where the page declares one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from trafilatura import bare_extraction, load_html
from trafilatura.settings import Document

# Where pages declare the day of publication (Open Graph, schema.org, Dublin Core). trafilatura would also take a day
# out of the text or the footer of the page, which is a guess.
_DECLARED = (
    "//meta[@property='article:published_time']/@content",
    "//*[@itemprop='datePublished']/@content",
    "//*[@itemprop='datePublished']/@datetime",
    "//meta[@name='date' or @name='pubdate' or @name='dcterms.issued' or @name='DC.date.issued']/@content",
    "//time[@pubdate]/@datetime",
)


@dataclass(frozen=True, slots=True)
class Page:
    """What a page holds: `meta` has `url`, `publisher` and `published` as the page gives them, or None."""

    title: str | None
    text: str
    meta: Mapping[str, str | None]


class _Tree(Protocol):
    def xpath(self, path: str, /) -> list[object]: ...


def extract_page(html: str) -> Page | None:
    """Give the article of a page, or None where there is none that can be told from the page around it."""
    tree = load_html(html)
    if tree is None:
        return None
    published = _declared_day(tree)
    document = bare_extraction(tree, include_comments=False, with_metadata=True)
    if not isinstance(document, Document) or not document.text:
        return None
    meta = {"url": document.url, "publisher": document.sitename, "published": published}
    return Page(document.title, document.text, meta)


def _declared_day(tree: _Tree) -> str | None:
    """Give the first ISO date that the page declares; other notations are left alone."""
    for path in _DECLARED:
        for value in tree.xpath(path):
            try:
                datetime.fromisoformat(str(value).strip())
            except ValueError:
                continue
            return str(value).strip()
    return None
