"""Every block of the neutral document as Word's own: styles for looks, layout tables for grids."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.content.blocks import (
    Block,
    Captioned,
    Clause,
    Columns,
    Commented,
    Contents,
    Cover,
    Facts,
    Figure,
    Heading,
    KeyFigure,
    KeyFigures,
    ListBlock,
    PageBreak,
    Paragraph,
    Signatory,
    SignatureBlock,
    Table,
    TitleBlock,
    Together,
    text_of,
)
from docgen.render.docx.context import Context, Place
from docgen.render.docx.inline import Mark, alignment, paragraph, runs, text_run
from docgen.render.docx.numbering import LEVELS, STEP
from docgen.render.docx.tables import bottom_rule, layout, layout_cell, layout_row, table, widths
from docgen.render.docx.xml import ems
from docgen.render.theme import WHOLE_LINES, WHOLE_TABLE

_TABLE_END = "</w:tbl>"
_GUTTER = 454
"""Between columns: 8 mm."""
_ROLES = {"body": "Body Text", "lead": "Lead", "note": "Note", "amount": "Amount"}


def flow(blocks: Sequence[Block], context: Context, place: Place) -> str:
    """Blocks below one another. A small gap paragraph stands where a table would else touch what follows."""
    out: list[str] = []
    last = len(blocks) - 1
    gap_kept = False
    for at, block in enumerate(blocks):
        if isinstance(block, PageBreak):
            if out and at < last:
                out.append(_gap(context, new_page=True))
            continue
        after = _first(blocks[at + 1]) if at < last else None
        tied = isinstance(_bare(block), Table) and after is not None and _is_totals(after)
        own = place._replace(keep=place.keep or (place.whole and at < last))
        if out and out[-1].endswith(_TABLE_END) and not _is_heading(_first(block)):
            out.append(_gap(context, keep=gap_kept))
        xml = _block(block, context, own, tied=tied)
        if context.contract and at and xml.startswith("<w:tbl>") and isinstance(_last(blocks[at - 1]), Clause):
            out.append(_gap(context, keep=True, wide=isinstance(_first(block), SignatureBlock)))
        out.append(xml)
        gap_kept = own.keep or tied
    return "".join(out)


def closed_flow(blocks: Sequence[Block], context: Context, place: Place) -> str:
    """Blocks of a cell or of the body: Word demands a paragraph at the end."""
    text = flow(blocks, context, place)
    return text + _gap(context, keep=place.keep) if not text or text.endswith(_TABLE_END) else text


def _is_totals(block: Block) -> bool:
    """A summary, also beside something else in columns."""
    if isinstance(block, Columns):
        return any(_is_totals(inner) for column in block.columns for inner in column)
    return isinstance(block, Table) and block.role == "summary"


def _bare(block: Block) -> Block:
    """The block itself, without caption and comments."""
    while isinstance(block, Captioned | Commented):
        block = block.block
    return block


def _first(block: Block) -> Block:
    while isinstance(block, Together | Commented) and (isinstance(block, Commented) or block.blocks):
        block = block.block if isinstance(block, Commented) else block.blocks[0]
    return block


def _is_heading(block: Block) -> bool:
    """Whether a block has white enough above it of its own."""
    return isinstance(block, Heading) or (isinstance(block, Clause) and block.level == 1)


def _last(block: Block) -> Block:
    """What stands at the end of a block; clauses have no white below them that would keep a table off."""
    while isinstance(block, Together | Commented) and (isinstance(block, Commented) or block.blocks):
        block = block.block if isinstance(block, Commented) else block.blocks[-1]
    return block


def _gap(context: Context, *, keep: bool = False, new_page: bool = False, wide: bool = False) -> str:
    style = context.house.paragraph("Table Gap")
    direct = "<w:pageBreakBefore/>" if new_page else ""
    if not style:
        direct += '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    if wide:
        direct += '<w:spacing w:after="360"/>' if style else ""
    return paragraph(style, "", keep=keep, properties=direct)


def _block(block: Block, context: Context, place: Place, *, tied: bool) -> str:
    match block:
        case Table():
            return table(block, context, place, tied=tied)
        case Paragraph():
            return _paragraph(block, context, place)
        case Heading():
            return _heading(block, context)
        case Clause():
            from docgen.render.docx.apparatus import long_paper
            from docgen.render.docx.clauses import clause

            return clause(block, context, place, long_paper(context))
        case TitleBlock():
            return _title(block, context)
        case KeyFigures():
            return _key_figures(block, context, place)
        case ListBlock():
            return _list(block, context, place)
        case Facts():
            return _facts(block, context, place)
        case Columns():
            return _columns(block, context, place)
        case SignatureBlock():
            return _signatures(block, context, place)
        case Together(blocks):
            return flow(blocks, context, place._replace(whole=True))
        case PageBreak():
            return ""
        case Figure():
            from docgen.render.docx.figures import figure

            return figure(block, context, place)
        case Cover() | Contents() | Captioned() | Commented():
            return _apparatus(block, context, place, tied=tied)


def _apparatus(block: Cover | Contents | Captioned | Commented, context: Context, place: Place, *, tied: bool) -> str:
    """What only long papers have."""
    from docgen.render.docx import apparatus

    match block:
        case Cover():
            return apparatus.cover(block, context)
        case Contents():
            return apparatus.contents(block, context)
        case Captioned(inner, kind):
            whole = kind == "figure" or (isinstance(inner, Table) and _is_small(inner))
            bound = place._replace(keep=place.keep or kind == "figure", whole=place.whole or whole)
            words = apparatus.caption(block, context, keep=kind == "table" or place.keep)
            set_block = _block(inner, context, bound, tied=tied)
            if kind == "table":
                return words + set_block
            gap = _gap(context, keep=True) if set_block.endswith(_TABLE_END) else ""
            return f"{set_block}{gap}{words}"
        case Commented(inner, comments):
            return apparatus.commented(_block(inner, context, place, tied=tied), comments, context)


def _is_small(table_: Table) -> bool:
    """Whether a table of few rows has few lines too, as far as its breaks tell."""
    lines = sum(max((text_of(cell.content).count("\n") for cell in row.cells), default=0) + 1 for row in table_.rows)
    return len(table_.rows) <= WHOLE_TABLE and lines <= WHOLE_LINES


def _paragraph(block: Paragraph, context: Context, place: Place) -> str:
    lines = "<w:keepLines/>" if place.whole else ""
    style = context.house.paragraph(_ROLES[block.role])
    if context.contract and block.role == "body":
        from docgen.render.docx.apparatus import long_paper

        style = long_paper(context).style("Clause Text")
    return paragraph(
        style,
        runs(block.content, context),
        keep=place.keep or block.keep_with_next,
        properties=lines,
    )


def _heading(block: Heading, context: Context) -> str:
    style = context.house.paragraph(f"Heading {block.level}")
    number = context.number()
    words = (
        f'<w:bookmarkStart w:id="{number}" w:name="{context.bookmark(block.anchor)}"/>'
        f'{runs(block.content, context)}<w:bookmarkEnd w:id="{number}"/>'
    )
    outline = "" if style else f'{context.heading_number(block)}<w:outlineLvl w:val="{block.level - 1}"/>'
    return paragraph(style, words, keep=not style, properties=outline)


def _title(block: TitleBlock, context: Context) -> str:
    """The title, the house's name at the right edge of its line, what the paper is about below."""
    brand = f"<w:r><w:tab/></w:r>{text_run(block.brand, context, Mark(named='Brand'))}" if block.brand else ""
    title = paragraph(context.house.paragraph("Title"), text_run(block.title, context) + brand, keep=True)
    under = paragraph(context.house.paragraph("Subtitle"), text_run(block.subtitle, context), keep=True)
    return title + under if block.subtitle else title


# ---- the strip of key figures ---------------------------------------------------------------------------------------
def _key_figures(block: KeyFigures, context: Context, place: Place) -> str:
    figures = block.figures
    grid = _strip_widths(figures, context, place.width)
    last = len(figures) - 1
    cells = [
        layout_cell(
            width,
            _key_figure(figure, context, place, end=figure.lead and at == last > 0),
            properties='<w:tcMar><w:right w:w="0" w:type="dxa"/></w:tcMar>' if at == last else "",
        )
        for at, (figure, width) in enumerate(zip(figures, grid, strict=True))
    ]
    return layout(grid, [layout_row(cells)], context, "Docgen Key Figures")


def _strip_widths(figures: Sequence[KeyFigure], context: Context, total: int) -> list[int]:
    """What each figure needs, and an equal share of what is left; the reader's eye gets even gaps."""
    sizes = context.theme.sizes
    needs = [
        20
        * max(
            ems(figure.label) * sizes.small,
            ems(figure.note) * sizes.small,
            ems(figure.value) * (sizes.lead_figure if figure.lead else sizes.subheading),
        )
        + 240
        for figure in figures
    ]
    spare = max(total - sum(needs), 0) / max(len(needs), 1)
    return widths([need + spare for need in needs], total)


def _key_figure(figure: KeyFigure, context: Context, place: Place, *, end: bool) -> str:
    side = alignment("end" if end else "start")
    lines = [("Key Label", figure.label), ("Key Lead" if figure.lead else "Key Value", figure.value)]
    if figure.note:
        lines.append(("Key Note", figure.note))
    return "".join(
        paragraph(context.house.paragraph(name), text_run(text, context), keep=place.keep, properties=side)
        for name, text in lines
    )


# ---- facts and columns ----------------------------------------------------------------------------------------------
def _facts(block: Facts, context: Context, place: Place) -> str:
    """Label, tab, value: a hanging indent as wide as the longest label keeps all values in one line."""
    out = []
    edge = STEP * place.depth
    inset = f'<w:ind w:left="{edge}"/>' if edge else ""
    if block.title:
        out.append(
            paragraph(
                context.house.paragraph("Fact Title"), text_run(block.title, context), keep=True, properties=inset
            )
        )
    longest = max((ems(fact.label) for fact in block.facts), default=0.0)
    hang = min(round(longest * context.theme.sizes.table * 20) + 200, place.width // 2)
    tab = (
        f'<w:tabs><w:tab w:val="left" w:pos="{edge + hang}"/></w:tabs>'
        f'<w:ind w:left="{edge + hang}" w:hanging="{hang}"/>'
    )
    style = context.house.paragraph("Fact Value")
    last = len(block.facts) - 1
    for at, fact in enumerate(block.facts):
        label = text_run(fact.label, context, Mark(named="Fact Label"))
        words = f"{label}<w:r><w:tab/></w:r>" if label else ""
        keep = place.keep or (place.whole and at < last)
        out.append(paragraph(style, words + runs(fact.value, context), keep=keep, properties=tab if label else inset))
    return "".join(out)


def _columns(block: Columns, context: Context, place: Place) -> str:
    count = len(block.columns)
    shares = block.shares if len(block.shares) == count else (1.0,) * count
    inner = widths(shares, place.width - _GUTTER * (count - 1))
    cells = []
    grid = []
    for at, (blocks, width) in enumerate(zip(block.columns, inner, strict=True)):
        gutter = _GUTTER if at < count - 1 else 0
        margin = f'<w:tcMar><w:right w:w="{gutter}" w:type="dxa"/></w:tcMar>' if gutter else ""
        content = closed_flow(blocks, context, Place(width, keep=place.keep))
        grid.append(width + gutter)
        cells.append(layout_cell(width + gutter, content, properties=margin))
    return layout(grid, [layout_row(cells)], context, "Docgen Layout")


# ---- lists ----------------------------------------------------------------------------------------------------------
def _list(block: ListBlock, context: Context, place: Place) -> str:
    """The first two items stay together and so do the last two: no page ends or begins with a lonely one."""
    level = min(place.depth, LEVELS - 1)
    number = context.numbering.ordered(level, block.start) if block.ordered else context.numbering.bullet
    style = context.house.paragraph("List Number" if block.ordered else "List Bullet")
    direct = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    last = len(block.items) - 1
    kept = set(range(last)) if place.whole else {0, last - 1} - {last}
    return "".join(
        _item(item, context, place._replace(keep=place.keep or at in kept), style, direct)
        for at, item in enumerate(block.items)
    )


def _item(item: Sequence[Block], context: Context, place: Place, style: str, number: str) -> str:
    """The sign stands before the first paragraph; what follows in the item is set below it without one."""
    level = min(place.depth, LEVELS - 1)
    lines = "<w:keepLines/>" if place.whole else ""
    below = (
        f'{lines}<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
        f'<w:ind w:left="{STEP * (level + 1)}" w:firstLine="0"/>'
    )
    out = []
    properties = lines + number
    for block in item if item and isinstance(item[0], Paragraph) else (Paragraph(()), *item):
        if isinstance(block, Paragraph):
            keep = place.keep or block.keep_with_next
            out.append(paragraph(style, runs(block.content, context), keep=keep, properties=properties))
            properties = below
        else:
            out.append(flow((block,), context, place._replace(depth=place.depth + 1)))
    return "".join(out)


# ---- signatures -----------------------------------------------------------------------------------------------------
def _signatures(block: SignatureBlock, context: Context, place: Place) -> str:
    """Two sides a row, or three where there are three; more go below."""
    sides = block.signatories
    abreast = 3 if len(sides) == 3 else 2
    groups = [sides[at : at + abreast] for at in range(0, len(sides), abreast)]
    gap = _gap(context, keep=True)
    return gap.join(
        _signature_row(group, abreast, context, place, keep=place.keep or at < len(groups) - 1)
        for at, group in enumerate(groups)
    )


def _signature_row(sides: Sequence[Signatory], abreast: int, context: Context, place: Place, *, keep: bool) -> str:
    side = (place.width - _GUTTER * (abreast - 1)) // abreast
    longest = max((ems(label) for each in sides for label in (*each.blanks, each.seal)), default=0.0)
    label = min(round(longest * context.theme.sizes.table * 20) + 160, side * 3 // 5)
    grid = [width for _ in sides for width in (label, side - label, _GUTTER)][:-1]
    head = [_signature_head(sides, context, side)]
    seal = [_signature_line([each.seal for each in sides], context, (label, side - label), 560, ruled=False)]
    blanks = max((len(each.blanks) for each in sides), default=0)
    lines = [
        _signature_line(
            [each.blanks[at] if at < len(each.blanks) else "" for each in sides],
            context,
            (label, side - label),
            440,
            keep=keep or at < blanks - 1,
        )
        for at in range(blanks)
    ]
    rows = head + (seal if any(each.seal for each in sides) else []) + lines
    return layout(grid, rows, context, "Docgen Layout")


def _signature_head(sides: Sequence[Signatory], context: Context, width: int) -> str:
    cells = []
    for at, each in enumerate(sides):
        if at:
            cells.append(_empty_cell(_GUTTER, context))
        title = paragraph(context.house.paragraph("Fact Title"), text_run(each.title, context), keep=True)
        name = text_run(each.name, context, Mark(strong=True))
        content = title + paragraph(context.house.paragraph("Table Text"), name, keep=True)
        cells.append(layout_cell(width, content, span=2))
    return layout_row(cells)


def _signature_line(
    labels: Sequence[str],
    context: Context,
    columns: tuple[int, int],
    height: int,
    *,
    ruled: bool = True,
    keep: bool = True,
) -> str:
    """A label and a rule to write on; a seal has room instead of a rule."""
    bottom = '<w:vAlign w:val="bottom"/>' if ruled else ""
    rule = bottom_rule(4, context.theme.colours.muted) if ruled else ""
    style = context.house.paragraph("Table Text")
    cells = []
    for at, label in enumerate(labels):
        if at:
            cells.append(_empty_cell(_GUTTER, context))
        words = paragraph(style, text_run(label, context, Mark(named="Fact Label")), keep=keep)
        cells.append(layout_cell(columns[0], words, properties=bottom))
        blank = paragraph(style, "", keep=keep)
        cells.append(layout_cell(columns[1], blank, properties=(rule if label else "") + bottom))
    return layout_row(cells, height=height)


def _empty_cell(width: int, context: Context) -> str:
    return layout_cell(width, paragraph(context.house.paragraph("Table Gap"), "", keep=True))
