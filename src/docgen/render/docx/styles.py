"""Styles as Word writes them: how the house's are made, and those a long paper adds where the house has none.

The house's reference document holds what every paper needs. Cover, contents, captions and comments are rare, so their
styles travel only with papers that use them; a designer who puts a style of the same name into the reference document
has the last word.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from docgen.render.docx.package import Part, pack
from docgen.render.theme import Theme, cover_sizes


class Style(NamedTuple):
    """A paragraph or character style. space: before and after, in points; leading: least line height in points.
    number, level: the list that numbers it. tab: a stop at the right, `leader` with dots; left, hanging: indents; these
    in twentieths of a point."""

    name: str
    size: float = 0
    colour: str = ""
    bold: bool | None = None
    italic: bool = False
    underline: bool = False
    space: tuple[float, float] | None = None
    leading: float = 0
    align: str = ""
    keep_next: bool = False
    keep_lines: bool = False
    outline: int = -1
    number: int = 0
    level: int = 0
    tab: int = 0
    based: str = "Normal"
    following: str = ""
    exact: bool = False
    contextual: bool = False
    leader: bool = False
    left: int = 0
    hanging: int = 0


def identity(name: str) -> str:
    return "".join(word[:1].upper() + word[1:] for word in name.split())


def half_points(points: float) -> int:
    return round(points * 2)


def colour(value: str) -> str:
    return value.lstrip("#").upper()


def paragraph_properties(style: Style) -> str:
    """In the order the schema wants."""
    out = "<w:keepNext/>" if style.keep_next else ""
    out += "<w:keepLines/>" if style.keep_lines else ""
    level = f'<w:ilvl w:val="{style.level}"/>' if style.level else ""
    out += f'<w:numPr>{level}<w:numId w:val="{style.number}"/></w:numPr>' if style.number else ""
    dots = ' w:leader="dot"' if style.leader else ""
    out += f'<w:tabs><w:tab w:val="right"{dots} w:pos="{style.tab}"/></w:tabs>' if style.tab else ""
    if style.space or style.leading:
        before, after = style.space or (0, 0)
        rule = "exact" if style.exact else "atLeast"
        line = f' w:line="{round(style.leading * 20)}" w:lineRule="{rule}"' if style.leading else ""
        out += f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}"{line}/>'
    if style.left or style.hanging:
        out += f'<w:ind w:left="{style.left}" w:hanging="{style.hanging}"/>'
    out += "<w:contextualSpacing/>" if style.contextual else ""
    out += f'<w:jc w:val="{style.align}"/>' if style.align else ""
    out += f'<w:outlineLvl w:val="{style.outline}"/>' if style.outline >= 0 else ""
    return f"<w:pPr>{out}</w:pPr>" if out else ""


def run_properties(style: Style) -> str:
    out = "<w:b/><w:bCs/>" if style.bold else ""
    out += "<w:i/><w:iCs/>" if style.italic else ""
    out += f'<w:color w:val="{colour(style.colour)}"/>' if style.colour else ""
    points = half_points(style.size)
    out += f'<w:sz w:val="{points}"/><w:szCs w:val="{points}"/>' if points else ""
    out += '<w:u w:val="single"/>' if style.underline else ""
    return f"<w:rPr>{out}</w:rPr>" if out else ""


def paragraph_style(style: Style, order: int) -> str:
    following = f'<w:next w:val="{identity(style.following)}"/>' if style.following else ""
    return (
        f'<w:style w:type="paragraph" {_custom(style)}w:styleId="{identity(style.name)}">'
        f'<w:name w:val="{style.name}"/><w:basedOn w:val="{identity(style.based)}"/>{following}'
        f'<w:uiPriority w:val="{order}"/><w:qFormat/>{paragraph_properties(style)}{run_properties(style)}'
        "</w:style>"
    )


def character_style(style: Style, order: int) -> str:
    return (
        f'<w:style w:type="character" {_custom(style)}w:styleId="{identity(style.name)}">'
        f'<w:name w:val="{style.name}"/><w:basedOn w:val="DefaultParagraphFont"/><w:uiPriority w:val="{order}"/>'
        f"<w:qFormat/>{run_properties(style)}</w:style>"
    )


_BUILT_IN = {
    "Title",
    "Subtitle",
    "heading 1",
    "heading 2",
    "heading 3",
    "Body Text",
    "List Bullet",
    "List Number",
    "header",
    "footer",
    "Strong",
    "Emphasis",
    "Hyperlink",
    "toc 1",
    "toc 2",
    "toc 3",
    "TOC Heading",
    "caption",
    "annotation text",
    "annotation reference",
}


def _custom(style: Style) -> str:
    return "" if style.name in _BUILT_IN else 'w:customStyle="1" '


# ---- styles of long papers ------------------------------------------------------------------------------------------
def long_paper_styles(
    theme: Theme, width: int, *, title: str, numbers: tuple[int, ...], chapters: bool, flat: bool
) -> list[Style]:
    """width of the text in twentieths of a point; numbers: the room of heading numbers in the contents, by level; flat:
    the contents have one level."""
    size, ink = theme.sizes, theme.colours
    cover = cover_sizes(title, size)
    small = size.small * _LEADING
    head = size.chapter if chapters else size.heading
    first, second, third = numbers
    return [
        Style("Cover Brand", cover.brand, ink.accent, True, leading=cover.brand * _LEADING),
        Style("Cover Title", cover.title, ink.ink, True, leading=cover.title * _LEADING),
        Style(
            "Cover Subtitle", cover.subtitle, ink.muted, space=(0.3 * cover.title, 0), leading=cover.subtitle * _LEADING
        ),
        Style("Cover Label", size.small, ink.muted, leading=small),
        Style("Cover Name", cover.name, ink.ink, True, leading=cover.name * _LEADING),
        Style("TOC Heading", head, ink.ink, True, space=(0, 8.5), leading=head * _LEADING, keep_next=True),
        _first_contents_line(width, first, flat=flat),
        Style("toc 2", space=(0, 1), tab=width, leader=True, left=first + second, hanging=second),
        Style("toc 3", space=(0, 1), tab=width, leader=True, left=first + second + third, hanging=third),
        Style("caption", size.small, ink.ink, space=(6, 4), leading=small, keep_lines=True),
        Style("annotation text", size.body, leading=size.body * 1.3),
    ]


def _first_contents_line(width: int, room: int, *, flat: bool) -> Style:
    """Where there are further levels below it, in bold and with white above."""
    style = Style("toc 1", tab=width, leader=True, left=room, hanging=room)
    return style._replace(space=(0, 1)) if flat else style._replace(bold=True, space=(7, 1), keep_next=True)


_LEADING = 1.46
"""No font in use needs more room than this for a line, in ems."""


class Fit(NamedTuple):
    """What a paper changes in one of the house's styles: the list that numbers it (0 for none) and the level there, and
    the size of a heading that begins a page (0 where it does not)."""

    style: str
    level: int
    list: int
    chapter: float = 0.0


@lru_cache(maxsize=32)
def fitted_styles(part: Part, fits: tuple[Fit, ...], added: tuple[str, ...], *, leaded: bool = True) -> Part:
    """The house's styles, some numbered and begun on a page as the paper asks, and styles added."""
    text = part.unpack().decode().removeprefix("\ufeff")
    text = _STYLE.sub(_leaded, text) if leaded else text
    for fit in fits:
        text = _fitted(text, fit)
    return pack(text.replace("</w:styles>", "".join(added) + "</w:styles>").encode())


_BEFORE_NUMBER = re.compile(r"(?:<w:(?:keepNext|keepLines|pageBreakBefore|framePr|widowControl)\b[^>]*/>)*")


def _fitted(text: str, fit: Fit) -> str:
    """One style with its number, and where it asks for it its page break and size, in the schema's order."""
    opened = re.search(rf'<w:style\b[^>]*w:styleId="{re.escape(fit.style)}"[^>]*>', text)
    if not opened or not fit.style:
        return text
    end = text.index("</w:style>", opened.end())
    style = text[opened.start() : end]
    style = re.sub(r"<w:pPr\s*/>", "<w:pPr></w:pPr>", style)
    if "<w:pPr>" not in style:
        at = style.find("<w:rPr>")
        at = len(style) if at < 0 else at
        style = f"{style[:at]}<w:pPr></w:pPr>{style[at:]}"
    start = style.index("<w:pPr>") + len("<w:pPr>")
    kept = _BEFORE_NUMBER.match(style, start)
    stop = kept.end() if kept else start
    breaks = "<w:pageBreakBefore/>" if fit.chapter else ""
    number = f'<w:numPr><w:ilvl w:val="{fit.level}"/><w:numId w:val="{fit.list}"/></w:numPr>' if fit.list else ""
    before = _with_break(style[start:stop], breaks)
    rest = re.sub(r"<w:numPr>.*?</w:numPr>", "", style[stop:]) if number else style[stop:]
    style = style[:start] + before + number + rest
    if fit.chapter:
        points = half_points(fit.chapter)
        style = re.sub(r'<w:(sz|szCs) w:val="\d+"', rf'<w:\1 w:val="{points}"', style)
        style = re.sub(r"<w:spacing\b[^>]*/>", _chapter_space(fit.chapter), style, count=1)
    return text[: opened.start()] + style + text[end:]


def _with_break(kept: str, breaks: str) -> str:
    """A page break stands behind keepNext and keepLines and before what else may come."""
    at = max(
        (kept.find("/>", kept.find(f"<w:{name}")) + 2 for name in ("keepNext", "keepLines") if name in kept), default=0
    )
    return kept if "pageBreakBefore" in kept else kept[:at] + breaks + kept[at:]


def _chapter_space(size: float) -> str:
    return f'<w:spacing w:before="0" w:after="170" w:line="{round(size * _LEADING * 20)}" w:lineRule="atLeast"/>'


_STYLE = re.compile(r"<w:style\b.*?</w:style>", re.DOTALL)
_LINE = re.compile(r'w:line="(\d+)" w:lineRule="atLeast"')
_SIZE = re.compile(r'<w:sz w:val="(\d+)"')


def _leaded(match: re.Match[str]) -> str:
    """A style whose lines are as far apart whatever Chinese font the reader has, so that pages break alike for all."""
    style = match[0]
    size = _SIZE.search(style)
    if size is None:
        return style
    least = round(int(size[1]) * 10 * _LEADING)
    return _LINE.sub(lambda line: f'w:line="{max(int(line[1]), least)}" w:lineRule="atLeast"', style)
