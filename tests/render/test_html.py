"""The web page says what the other papers say, literally, and loads nothing."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

from docgen.content.walk import words_of
from docgen.render.html import write_html
from docgen.render.theme import Look, Theme
from tests.render.specimen import specimen


class Page(HTMLParser):
    """Collects what a browser would fetch, run, or show."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.fetched: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.fetched += [value or "" for name, value in attrs if name in ("src", "srcset", "background")]


def page_of(html: bytes) -> Page:
    page = Page()
    page.feed(html.decode())
    return page


def test_every_word_of_the_document_is_on_the_page_literally() -> None:
    document = specimen()
    shown = unescape(re.sub(r"<[^>]+>", "", write_html(document, Look(Theme(), b"")).decode()))
    squeezed = re.sub(r"\s+", "", shown)
    running = {document.running[0], document.running[1], document.page_label}
    for piece in words_of(document).split("\n"):
        if piece not in running:
            assert re.sub(r"\s+", "", piece) in squeezed


def test_text_from_a_deal_never_becomes_markup() -> None:
    html = write_html(specimen(), Look(Theme(), b""))
    assert b"A&amp;B &lt;b&gt;not bold&lt;/b&gt; {{ not code }}" in html
    assert not {"script", "iframe", "img", "link", "b"} & set(page_of(html).tags)


def test_the_page_fetches_nothing() -> None:
    html = write_html(specimen(), Look(Theme(), b""))
    assert page_of(html).fetched == []
    assert b"url(" not in html and b"@import" not in html


def test_the_draft_mark_is_only_on_drafts() -> None:
    assert b'class="mark"' in write_html(specimen(draft=True), Look(Theme(), b""))
    assert b'class="mark"' not in write_html(specimen(draft=False), Look(Theme(), b""))
