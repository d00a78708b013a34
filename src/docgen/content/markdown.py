"""House Markdown to blocks: headings, paragraphs, lists, emphasis, links. Nothing else is let through.

Text printed by a template arrives as numbered marks (private-use characters) and is put back only after parsing, so
what a customer is called can never become markup. Chinese punctuation counts as a letter beside `**`, so that
`**甲方：**苏州` is bold as a Chinese writer expects.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline.state_inline import Scanned, StateInline
from markdown_it.token import Token

from docgen.content.blocks import (
    Block,
    Break,
    Emphasis,
    Heading,
    Inline,
    Inlines,
    Link,
    ListBlock,
    Paragraph,
    Reference,
    Strong,
    Text,
    plain,
)

FIRST, LAST = "\ue000", "\ue001"
MARK = re.compile(f"{FIRST}(\\d+){LAST}")
_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u3000-\u303f\u2018-\u201d\u2026\u2014]")
_ANCHOR = re.compile(r"[ \t]*\[#([A-Za-z][\w.-]*)\]$")
_LINK = re.compile(r"(https?://|mailto:|#)[^\s]+", re.IGNORECASE)


def mark(number: int) -> str:
    """The stand-in of a printed value while its surroundings are parsed."""
    return f"{FIRST}{number}{LAST}"


def read_markdown(
    source: str, values: Sequence[str] = (), anchors: str = "s", *, language: str = "", suffix: str = ""
) -> tuple[Block, ...]:
    """Blocks of a Markdown text whose marks stand for `values`.

    Heading anchors are numbered behind `anchors`, unless the author names one: `# Payment [#payment]`, with `suffix`
    behind. `[](#payment)` is a reference, worded in `language`.
    """
    return _Reader(values, anchors, language, suffix).blocks(_parser().parse(source))


def read_caption(source: str, values: Sequence[str]) -> tuple[Inlines, str]:
    """The words of a caption line, and the anchor its author gives it ("" for none)."""
    named = _ANCHOR.search(source)
    inline = _parser().parseInline(source[: named.start()] if named else source)[0]
    return _Reader(values, "", "", "").inline(inline), named[1] if named else ""


class _Reader:
    def __init__(self, values: Sequence[str], anchors: str, language: str, suffix: str) -> None:
        self.values = values
        self.anchors = anchors
        self.language = language
        self.suffix = suffix
        self.headings = 0

    # -- blocks -------------------------------------------------------------------------------------------------------
    def blocks(self, tokens: Sequence[Token]) -> tuple[Block, ...]:
        out: list[Block] = []
        at = 0
        while at < len(tokens):
            token = tokens[at]
            end = _closing(tokens, at)
            inner = tokens[at + 1 : end]
            if token.type == "heading_open":
                out.append(self._heading(int(token.tag[1]), inner[0]))
            elif token.type == "paragraph_open":
                content = self.inline(inner[0])
                if content:
                    out.append(Paragraph(content))
            elif token.type in ("bullet_list_open", "ordered_list_open"):
                start = int(token.attrs.get("start", 1) or 1)
                out.append(ListBlock(tuple(self._items(inner)), token.type.startswith("ordered"), start))
            at = end + 1
        return tuple(out)

    def _heading(self, level: int, inline: Token) -> Heading:
        self.headings += 1
        anchor = f"{self.anchors}{self.headings}"
        last = inline.children[-1] if inline.children else inline
        if named := _ANCHOR.search(last.content):
            last.content = last.content[: named.start()]
            anchor = f"{named[1]}{self.suffix}"
        return Heading(min(level, 3), self.inline(inline), anchor)

    def _items(self, tokens: Sequence[Token]) -> list[tuple[Block, ...]]:
        items = []
        at = 0
        while at < len(tokens):
            end = _closing(tokens, at)
            items.append(self.blocks(tokens[at + 1 : end]))
            at = end + 1
        return items

    # -- inlines ------------------------------------------------------------------------------------------------------
    def inline(self, token: Token) -> Inlines:
        return self._run(token.children or [])

    def _run(self, tokens: Sequence[Token]) -> Inlines:
        out: list[Inline] = []
        at = 0
        while at < len(tokens):
            token = tokens[at]
            end = _closing(tokens, at)
            if token.type == "strong_open":
                out.append(Strong(self._run(tokens[at + 1 : end])))
            elif token.type == "em_open":
                out.append(Emphasis(self._run(tokens[at + 1 : end])))
            elif token.type == "link_open":
                out += self._link(str(token.attrs.get("href", "")), self._run(tokens[at + 1 : end]))
            elif token.type == "hardbreak":
                out.append(Break())
            elif token.type == "softbreak":
                out += _soft_break(tokens, at)
            else:
                out += self._put_back(token.content)
            at = end + 1
        return tuple(out)

    def _link(self, url: str, content: Inlines) -> Inlines:
        url = MARK.sub(lambda m: self.values[int(m[1])], _unquoted(url))
        if url.startswith("#") and not content:
            return (Reference(url[1:], self.language),)
        return (Link(url, content),) if _LINK.fullmatch(url) else content

    def _put_back(self, content: str) -> Inlines:
        """Plain words, with each mark replaced by the value it stands for, literally."""
        out: list[Inline] = []
        at = 0
        for match in MARK.finditer(content):
            out += [Text(content[at : match.start()])] if match.start() > at else []
            out += plain(self.values[int(match[1])])
            at = match.end()
        return (*out, Text(content[at:])) if at < len(content) else tuple(out)


def _closing(tokens: Sequence[Token], at: int) -> int:
    """Index of the token that closes the one at `at`; itself for a token that opens nothing."""
    if tokens[at].nesting != 1:
        return at
    depth = 0
    for index in range(at, len(tokens)):
        depth += tokens[index].nesting
        if depth == 0:
            return index
    return len(tokens) - 1


def _soft_break(tokens: Sequence[Token], at: int) -> Inlines:
    """A line end in the source: a space between Latin words, nothing between Chinese characters."""
    before = tokens[at - 1].content[-1:] if at else ""
    after = tokens[at + 1].content[:1] if at + 1 < len(tokens) else ""
    return () if _WIDE.match(before or "a") or _WIDE.match(after or "a") else (Text(" "),)


def _unquoted(url: str) -> str:
    from urllib.parse import unquote

    return unquote(url) if FIRST in unquote(url) else url


# ---- markdown-it, with Chinese punctuation as letters ---------------------------------------------------------------
class _CjkState(StateInline):
    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803 - markdown-it's names
        scanned = super().scanDelims(start, canSplitWord)
        end = start + scanned.length
        before = self.src[start - 1 : start] or " "
        after = self.src[end : end + 1] or " "
        if not (_WIDE.match(before) or _WIDE.match(after)):
            return scanned
        return Scanned(not after.isspace(), not before.isspace(), scanned.length)


class _CjkInline(ParserInline):
    def parse(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> list[Token]:
        state = _CjkState(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero")
    parser.enable(["heading", "list", "emphasis", "link", "newline", "escape"])
    parser.inline.__class__ = _CjkInline
    return parser
