"""The words of a web page of ours."""

from __future__ import annotations

from html.parser import HTMLParser

from docgen.render.spoken import NotReadable, Spoken, lines_of

_INLINE = frozenset(("a", "b", "strong", "em", "span", "small", "i", "u", "sup", "sub", "br"))
_UNSEEN = frozenset(("style", "title"))
"""A script is among the words: papers have none, and one may show anything."""


def spoken_html(data: bytes) -> Spoken:
    """Its meta names and its visible text."""
    page = _Page()
    try:
        page.feed(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise NotReadable("it is not UTF-8 text") from None
    return Spoken(page.says, lines_of("".join(page.words)))


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.says: dict[str, str] = {}
        self.words: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        if tag == "meta" and "name" in known:
            self.says[known["name"]] = known.get("content", "")
        self._unseen += tag in _UNSEEN
        if tag not in _INLINE:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in _UNSEEN
        if tag not in _INLINE:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.words.append(data)
