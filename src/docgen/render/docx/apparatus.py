"""What a long paper has around its text, as Word's own: cover section, contents field, captions, comments.

Loaded only for papers that have any of it. All fields carry their results, so that Word need not ask anybody to update
them; the page numbers of the contents come from `pages`, which lays the paper out as Word will.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from docgen.content.blocks import Captioned, Comment, Contents, Cover, Document, Entry
from docgen.render.docx.context import Context, Long
from docgen.render.docx.inline import Mark, commented_runs, field, look_of, paragraph, runs, text_run
from docgen.render.docx.package import Part
from docgen.render.docx.page import HEAD_AT, NAMESPACES, cover_section, header, text_height, text_width, twips
from docgen.render.docx.styles import Fit, Style, fitted_styles, identity, long_paper_styles, paragraph_style
from docgen.render.docx.tables import layout, layout_cell, widths
from docgen.render.docx.xml import DECLARATION, attribute, ems, escape
from docgen.render.theme import COVER_BAR, COVER_RECIPIENT, COVER_TITLE, Theme, caption_gap, cover_sizes, number_room

if TYPE_CHECKING:
    from docgen.render.docx.clauses import ClauseLists

_LABEL = Mark(strong=True)
_PAGE = ("\ue010", "\ue011")
"""Around a bookmark's name: its page number, not known yet."""
_MARK = re.compile(f"{_PAGE[0]}([^{_PAGE[1]}]*){_PAGE[1]}")
_CHARACTER = (
    '<w:style w:type="character" w:styleId="CommentReference"><w:name w:val="annotation reference"/>'
    '<w:basedOn w:val="DefaultParagraphFont"/><w:uiPriority w:val="99"/><w:rPr><w:sz w:val="16"/></w:rPr></w:style>'
)


class LongPaper:
    """The state of one long paper: its styles, the list that numbers its headings, the pages of its headings."""

    def __init__(self, context: Context) -> None:
        document, theme, house = context.document, context.theme, context.house
        self.context = context
        self._wanted: dict[str, None] = {}
        self.headings = tuple(house.paragraph(f"Heading {level}") for level in (1, 2, 3))
        sizes = (theme.sizes.chapter if document.chapters else theme.sizes.heading, theme.sizes.subheading)
        indents = [round(number_room(level) * size * 20) for level, size in enumerate((*sizes, theme.sizes.body), 1)]
        self.heading_list = context.numbering.headings(self.headings, indents) if document.numbered else 0

    def style(self, name: str) -> str:
        """The id of a paragraph style: the house's where it has one of that name, else one the paper brings along."""
        own = self.context.house.paragraph(name)
        if not own:
            self._wanted[name] = None
        return own or identity(name)

    @cached_property
    def _known(self) -> Mapping[str, Style]:
        document, theme = self.context.document, self.context.theme
        styles = long_paper_styles(
            theme,
            text_width(theme),
            title=document.blocks[0].title if isinstance(document.blocks[0], Cover) else "",
            numbers=_number_rooms(document, theme),
            chapters=document.chapters,
            flat=any(isinstance(block, Contents) and block.levels == 1 for block in document.blocks),
        )
        if self.context.contract:
            from docgen.render.docx.clauses import clause_styles

            styles += clause_styles(theme)
        return {style.name: style for style in styles}

    @cached_property
    def clauses(self) -> ClauseLists:
        """The lists that number clauses."""
        from docgen.render.docx.clauses import ClauseLists

        return ClauseLists(self.context, self)

    def styles(self, *, leaded: bool = True) -> dict[str, Part]:
        """The styles part, with what this paper changes and adds. Where it is not `leaded`, lines stay as near as the
        house has them."""
        house = self.context.house
        name = next(name for kind, name in house.relations if kind == "styles")
        document = self.context.document
        chapter = self.context.theme.sizes.chapter if document.chapters else 0.0
        fits = [
            Fit(each, level, self.heading_list, 0 if level else chapter) for level, each in enumerate(self.headings)
        ]
        lists = self.clauses.levels() if self.context.contract else {}
        fits += [Fit(house.paragraph(each), level, list_) for each, (list_, level) in lists.items()]
        added = [
            paragraph_style(self._known[each]._replace(number=list_, level=level), 70 + place)
            for place, each in enumerate(self._wanted)
            for list_, level in (lists.get(each, (0, 0)),)
        ]
        if self.context.comments:
            added.append(_CHARACTER)
        return {name: fitted_styles(house.parts[name], tuple(fits), tuple(added), leaded=leaded)}


def long_paper(context: Context) -> Long:
    """The paper's state, made when something first asks for it."""
    if context.long is None:
        context.long = LongPaper(context)
    return context.long


def numbered_pages(body: str, context: Context) -> str:
    """The body with the page numbers of the contents in place of their marks, as Word's own layout will have them."""
    if context.long is None or _PAGE[0] not in body:
        return body
    from docgen.render.docx.measures import Styles
    from docgen.render.docx.paging import Sheet, pages

    theme = context.theme
    top = twips(theme.margins.top) / 20
    sheet = Sheet(text_width(theme) / 20, text_height(theme) / 20, top, top * HEAD_AT)
    (styles,) = context.long.styles().values()
    known = Styles(styles.unpack().decode())
    head = header(context.document, context, first=False)
    found = pages(f"<w:body {NAMESPACES}>{body}</w:body>", head, known, theme.fonts.word_latin, sheet)
    return _MARK.sub(lambda match: str(found.get(match[1], 1)), body)


# ---- the cover ------------------------------------------------------------------------------------------------------
def cover(block: Cover, context: Context) -> str:
    """A grid of rows of set heights, then the section's end: the next block begins page 2."""
    style = long_paper(context).style
    theme = context.theme
    width, height = text_width(theme), text_height(theme) - 60
    sizes = cover_sizes(block.title, theme.sizes)
    columns = max(len(block.facts), 1)
    grid = widths([1.0] * columns, width)
    bar_room = round(sizes.title * 20)
    top = round(COVER_TITLE * height) - bar_room
    middle = round(COVER_RECIPIENT * height) - top
    foot = _foot_height(block, theme, grid[0])
    rest = height - top - middle - sum(foot)
    label, name = block.recipient
    title = (
        _bar(bar_room, width, context)
        + paragraph(style("Cover Title"), _broken(block.title, context))
        + paragraph(style("Cover Subtitle"), _broken(block.subtitle, context))
    )
    recipient = paragraph(style("Cover Label"), text_run(label, context)) + paragraph(
        style("Cover Name"), _broken(name, context)
    )
    brand = paragraph(style("Cover Brand"), text_run(block.brand, context))
    notice = paragraph(style("Cover Label"), text_run(block.notice, context))
    rows = [
        _row(top, layout_cell(width, brand, span=columns)),
        _row(middle, layout_cell(width, title, span=columns)),
        _row(rest, layout_cell(width, recipient, span=columns)),
        _row(foot[0], "".join(_fact(fact, room, context) for fact, room in zip(block.facts, grid, strict=False))),
        _row(foot[1], layout_cell(width, notice, span=columns, properties='<w:vAlign w:val="bottom"/>')),
    ]
    rows = [row for row, there in zip(rows, (True, True, True, block.facts, True), strict=True) if there]
    end = f'<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>{cover_section(theme)}'
    return layout(grid, rows, context, "Docgen Layout") + paragraph("", "", properties=end)


def _broken(text: str, context: Context) -> str:
    """Words with line feeds as line breaks."""
    return "<w:r><w:br/></w:r>".join(text_run(line, context) for line in text.split("\n"))


def _row(height: int, cells: str) -> str:
    return f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{height}" w:hRule="exact"/></w:trPr>{cells}</w:tr>'


def _foot_height(block: Cover, theme: Theme, column: int) -> tuple[int, int]:
    """Room for the particulars and for the notice, in twentieths of a point."""
    sizes = theme.sizes
    lines = max((_lines(value, sizes.body, column - 200) for _, value in block.facts), default=0)
    labels = max((_lines(label, sizes.small, column - 200) for label, _ in block.facts), default=0)
    facts = round(20 * (sizes.body + labels * sizes.small * 1.4 + lines * sizes.body * 1.5 + 2)) if block.facts else 0
    notice = 20 * (_lines(block.notice, sizes.small, text_width(theme)) * sizes.small * 1.4 + 1.6 * sizes.body)
    return facts, round(notice)


def _lines(text: str, size: float, width: int) -> int:
    return 1 + int(ems(text) * size * 20 / width)


def _bar(room: int, width: int, context: Context) -> str:
    """The accent above the title: the upper border of an empty paragraph that is as wide as the bar."""
    bar, thick = COVER_BAR
    colour = context.theme.colours.accent.lstrip("#")
    return paragraph(
        "",
        "",
        properties=f'<w:pBdr><w:top w:val="single" w:sz="{round(thick * 8)}" w:space="0" w:color="{colour}"/></w:pBdr>'
        f'<w:spacing w:before="0" w:after="0" w:line="{room - round(thick * 20)}" w:lineRule="exact"/>'
        f'<w:ind w:right="{width - round(bar * 20)}"/>',
    )


def _fact(fact: tuple[str, str], width: int, context: Context) -> str:
    """One of the particulars, below the rule that crosses the page."""
    style = long_paper(context).style
    colour = context.theme.colours.accent.lstrip("#")
    rule = f'<w:tcBorders><w:top w:val="single" w:sz="10" w:space="0" w:color="{colour}"/></w:tcBorders>'
    margins = '<w:tcMar><w:top w:w="190" w:type="dxa"/><w:right w:w="190" w:type="dxa"/></w:tcMar>'
    label, value = fact
    words = paragraph(style("Cover Label"), text_run(label, context)) + paragraph("", text_run(value, context))
    return layout_cell(width, words, properties=rule + margins)


# ---- the contents ---------------------------------------------------------------------------------------------------
def contents(block: Contents, context: Context) -> str:
    """Word's own contents field in its own frame, so that "Update table" is one click away and never needed."""
    code = rf'TOC \o "1-{block.levels}" \h \z \u'
    begin = (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {code} </w:instrText>'
        '</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    entries = [entry for entry in block.entries if entry.anchor in context.anchors]
    fresh = "<w:pageBreakBefore/>" if _fills_a_page(entries, block.levels, context.theme) else ""
    title = paragraph(long_paper(context).style("TOC Heading"), text_run(block.title, context), properties=fresh)
    last = len(entries) - 1
    lines = "".join(
        _entry(entry, context, begin if not at else "", end if at == last else "", _hold(entries, at, context))
        for at, entry in enumerate(entries)
    )
    return (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj>'
        f"</w:sdtPr><w:sdtContent>{title}{lines}</w:sdtContent></w:sdt>"
    )


def _fills_a_page(entries: Sequence[Entry], levels: int, theme: Theme) -> bool:
    """Whether contents of one level go on a page of their own, being too long to stand below something else."""
    most = int((text_height(theme) / 20 - 5.5 * theme.sizes.body) / (1.46 * theme.sizes.body + 1))
    return levels == 1 and most / 2 < len(entries) <= most


def _hold(entries: Sequence[Entry], at: int, context: Context) -> str:
    """A line lets go of the next where that is no deeper; below the last one stands white where text follows."""
    after = at + 1 < len(entries) and entries[at + 1].level > entries[at].level
    loose = '<w:keepNext w:val="0"/>' if entries[at].level == 1 and not after else ""
    ends = at + 1 == len(entries) and not context.document.chapters
    return loose + ('<w:spacing w:after="380"/>' if ends else "")


def _entry(entry: Entry, context: Context, begin: str, end: str, properties: str) -> str:
    """begin, end: what opens and closes the field."""
    bookmark = context.bookmark(entry.anchor)
    number = f"{text_run(entry.number, context)}<w:r><w:tab/></w:r>" if entry.number else ""
    page = field(rf"PAGEREF {bookmark} \h", f"<w:r><w:t>{_PAGE[0]}{bookmark}{_PAGE[1]}</w:t></w:r>")
    muted = context.theme.colours.muted.lstrip("#")
    dots = f'<w:r><w:rPr><w:color w:val="{muted}"/></w:rPr><w:tab/></w:r>'
    words = (
        f'<w:hyperlink w:anchor="{bookmark}" w:history="1">{number}{text_run(entry.title, context)}{dots}{page}'
        "</w:hyperlink>"
    )
    return paragraph(long_paper(context).style(f"toc {entry.level}"), f"{begin}{words}{end}", properties=properties)


def _number_rooms(document: Document, theme: Theme) -> tuple[int, int, int]:
    """The room of numbers in the contents, by level; where there are none, how far the next level steps in."""
    entries = [entry for block in document.blocks if isinstance(block, Contents) for entry in block.entries]
    body = theme.sizes.body
    rooms = []
    for level in (1, 2, 3):
        widest = max((ems(entry.number) for entry in entries if entry.level == level), default=0.0)
        rooms.append(round(20 * body * (widest + 0.9 if widest else 1.4 if level > 1 else 0.0)))
    return rooms[0], rooms[1], rooms[2]


# ---- captions -------------------------------------------------------------------------------------------------------
def caption(block: Captioned, context: Context, *, keep: bool) -> str:
    """Label, counted by Word too, then the words. References are to the number alone: both languages may name it."""
    number = context.number()
    sequence = "Table" if block.kind == "table" else "Figure"
    counted = field(rf"SEQ {sequence} \* ARABIC", text_run(block.number, context, _LABEL), look_of(context, _LABEL))
    words = (
        f"{text_run(block.before, context, _LABEL)}"
        f'<w:bookmarkStart w:id="{number}" w:name="{context.bookmark(block.anchor)}"/>{counted}'
        f'<w:bookmarkEnd w:id="{number}"/>'
        f"{text_run(block.after + caption_gap(block.label), context, _LABEL)}{runs(block.content, context)}"
    )
    space = "" if block.kind == "table" else '<w:spacing w:before="0" w:after="200"/>'
    return paragraph(long_paper(context).style("caption"), words, keep=keep, properties=space)


# ---- review comments ------------------------------------------------------------------------------------------------
def commented(xml: str, comments: Sequence[Comment], context: Context) -> str:
    """A block with comments: they hold on to its first paragraph."""
    if not context.document.review:
        return xml
    start = xml.find("<w:p>")
    end = xml.find("</w:p>", start)
    if start < 0 or end < 0:
        return xml
    start += len("<w:p>")
    if xml.startswith("<w:pPr>", start):
        start = xml.index("</w:pPr>", start) + len("</w:pPr>")
    return xml[:start] + commented_runs(xml[start:end], comments, context) + xml[end:]


def comments_part(context: Context) -> str:
    """word/comments.xml, dated as the paper is."""
    style = long_paper(context).style("annotation text")
    date = context.document.date
    stamp = (date.astimezone(dt.UTC) if date.tzinfo else date).strftime("%Y-%m-%dT%H:%M:%SZ")
    body = "".join(
        f'<w:comment w:id="{number}" w:author="{attribute(comment.author)}" w:date="{stamp}" '
        f'w:initials="{attribute(_initials(comment.author))}">{"".join(_lines_of(comment, style))}</w:comment>'
        for number, comment in enumerate(context.comments)
    )
    return f"{DECLARATION}<w:comments {NAMESPACES}>{body}</w:comments>"


def _lines_of(comment: Comment, style: str) -> Iterable[str]:
    sign = '<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:annotationRef/></w:r>'
    for line in comment.text.split("\n"):
        yield paragraph(style, f'{sign}<w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r>')
        sign = ""


def _initials(author: str) -> str:
    return "".join(word[0] for word in author.split())[:3] if author.isascii() else author[:2]
