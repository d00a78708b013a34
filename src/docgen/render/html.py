"""One self-contained web page: the same blocks, for a browser or a mail; no script, nothing loaded from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from string import Template
from typing import assert_never

from docgen.content.blocks import (
    Block,
    Break,
    Cell,
    Columns,
    Document,
    Emphasis,
    Facts,
    Figure,
    Heading,
    Inline,
    KeyFigures,
    Link,
    ListBlock,
    PageBreak,
    Paragraph,
    Quiet,
    Row,
    SignatureBlock,
    Strong,
    Table,
    Text,
    TitleBlock,
    Together,
)
from docgen.render.theme import Look, Theme

_SHEET = Path(__file__).with_name("page.css")
_SAFE = ("https://", "http://", "mailto:", "#")


def write_html(document: Document, look: Look) -> bytes:
    """UTF-8 bytes of the page; all text is escaped, links are web, mail or inside the page."""
    draft = f'<p class="draft">{_text(document.draft_note)}</p>' if document.draft_note else ""
    mark = f'<div class="mark" aria-hidden="true">{_text(document.draft)}</div>' if document.draft else ""
    named = "".join(
        f'<meta name="{escape(name)}" content="{escape(value)}">' for name, value in sorted(document.properties.items())
    )
    page = (
        f'<!doctype html>\n<html lang="{escape(document.languages[0])}"><head><meta charset="utf-8">'
        f"<title>{_text(document.title)}</title>"
        f'<meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<meta name="author" content="{escape(document.author)}">{named}<style>{_style(look.theme)}</style></head>'
        f"<body>{mark}<main>{draft}{_blocks(document.blocks, look.theme)}</main>"
        f"<footer>{_text(document.footer)}</footer></body></html>\n"
    )
    return page.encode()


def _blocks(blocks: Iterable[Block], theme: Theme) -> str:
    return "\n".join(_block(block, theme) for block in blocks)


def _block(block: Block, theme: Theme) -> str:
    match block:
        case TitleBlock(title, subtitle, brand):
            return (
                f'<header class="title"><h1>{_text(title)}</h1><p class="brand">{_text(brand)}</p></header>'
                f'<p class="subtitle">{_text(subtitle)}</p>'
            )
        case KeyFigures(figures):
            items = "".join(
                f"<div{' class=lead' if f.lead else ''}><dt>{_text(f.label)}</dt><dd>{_text(f.value)}</dd></div>"
                for f in figures
            )
            return f'<dl class="key">{items}</dl>'
        case Heading(level, content, anchor):
            return f'<h{level + 1} id="{escape(anchor)}">{_inlines(content)}</h{level + 1}>'
        case Paragraph(content, role):
            return f'<p class="{role}">{_inlines(content)}</p>'
        case ListBlock(items, ordered, start):
            tag, opening = ("ol", f'<ol start="{start}">') if ordered else ("ul", "<ul>")
            return opening + "".join(f"<li>{_blocks(item, theme)}</li>" for item in items) + f"</{tag}>"
        case Facts(facts, title):
            rows = "".join(
                f"<dt>{_text(fact.label)}</dt><dd>{_inlines(fact.value)}</dd>"
                if fact.label
                else f'<dd class="whole">{_inlines(fact.value)}</dd>'
                for fact in facts
            )
            return (f"<h4>{_text(title)}</h4>" if title else "") + f'<dl class="facts">{rows}</dl>'
        case Columns(columns, shares):
            return _columns(columns, shares, theme)
        case Table():
            return _table(block)
        case SignatureBlock(signatories):
            return (
                '<div class="columns sign">'
                + "".join(
                    f"<div><p class=note>{_text(s.title)}</p><p><strong>{_text(s.name)}</strong></p>"
                    + (f"<p class=note>{_text(s.seal)}</p>" if s.seal else "")
                    + "".join(f'<p class="blank"><span>{_text(label)}</span></p>' for label in s.blanks)
                    + "</div>"
                    for s in signatories
                )
                + "</div>"
            )
        case Together(inner):
            return f'<div class="together">{_blocks(inner, theme)}</div>'
        case PageBreak():
            return '<div class="break"></div>'
        case Figure():
            return _figure(block, theme)
        case _:
            assert_never(block)


def _figure(figure: Figure, theme: Theme) -> str:
    """The picture with its title; the table behind it is always there, seen or only heard."""
    from docgen.render.svg import svg

    title = f"<figcaption>{_text(figure.title)}</figcaption>" if figure.title else ""
    data = f'<div class="{"data" if figure.show_data else "heard"}">{_table(figure.data)}</div>'
    return f"<figure>{title}{svg(figure, theme)}{data}</figure>"


def _columns(columns: Sequence[Sequence[Block]], shares: Sequence[float], theme: Theme) -> str:
    widths = " ".join(f"{share}fr" for share in shares) or " ".join("1fr" for _ in columns)
    inner = "".join(f"<div>{_blocks(column, theme)}</div>" for column in columns)
    return f'<div class="columns" style="grid-template-columns:{widths}">{inner}</div>'


def _table(table: Table) -> str:
    aligns = [column.align for column in table.columns]
    head = f"<thead><tr>{_cells(table.head, aligns, 'th')}</tr></thead>" if table.head else ""
    rows = "".join(_row(row, aligns) for row in table.rows)
    widths = "".join(f'<col style="width:{100 * column.width:g}%">' for column in table.columns)
    title = f' aria-label="{escape(table.title)}"' if table.title else ""
    return f'<table class="{table.role}"{title}><colgroup>{widths}</colgroup>{head}<tbody>{rows}</tbody></table>'


def _row(row: Row, aligns: Sequence[str]) -> str:
    return f'<tr class="{row.role}">{_cells(row.cells, aligns, "td")}</tr>'


def _cells(cells: Sequence[Cell], aligns: Sequence[str], tag: str) -> str:
    out, place = [], 0
    for cell in cells:
        own = aligns[place] if place < len(aligns) and cell.span == 1 else "start"
        align = cell.align or own
        span = f' colspan="{cell.span}"' if cell.span > 1 else ""
        scope = ' scope="col"' if tag == "th" else ""
        indent = " indent" if cell.indent else ""
        out.append(f'<{tag} class="{align}{indent}"{span}{scope}>{_inlines(cell.content)}</{tag}>')
        place += cell.span
    return "".join(out)


def _inlines(content: Iterable[Inline]) -> str:
    return "".join(_inline(node) for node in content)


def _inline(node: Inline) -> str:
    match node:
        case Text(text):
            return _text(text)
        case Break():
            return "<br>"
        case Strong(content):
            return f"<strong>{_inlines(content)}</strong>"
        case Emphasis(content):
            return f"<em>{_inlines(content)}</em>"
        case Quiet(content):
            return f'<span class="quiet">{_inlines(content)}</span>'
        case Link(url, content):
            safe = url.lower().startswith(_SAFE)
            return f'<a href="{escape(url)}">{_inlines(content)}</a>' if safe else _inlines(content)
        case _:
            assert_never(node)


def _text(text: str) -> str:
    return escape(text, quote=False)


def _style(theme: Theme) -> str:
    """The style sheet beside this module, in the theme's colours; a screen wants letters a little larger than paper."""
    sizes = {"body": 1.5, "title": 0, "heading": 1, "subheading": 1, "small": 1}
    values = {name: f"{getattr(theme.sizes, name) + more:g}" for name, more in sizes.items()}
    colours = theme.colours.model_dump()
    return Template(_SHEET.read_text("utf-8")).substitute(values, lead=f"{theme.sizes.lead_figure:g}", **colours)
