"""One self-contained web page: the same blocks, for a browser or a mail; no script, nothing loaded from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from string import Template
from typing import assert_never

from docgen.content.articles import has_clauses
from docgen.content.blocks import (
    Block,
    Break,
    Captioned,
    Cell,
    Clause,
    Columns,
    Commented,
    Contents,
    Cover,
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
    Reference,
    Remarked,
    Row,
    SignatureBlock,
    Strong,
    Table,
    Text,
    TitleBlock,
    Together,
)
from docgen.content.remarks import commented_below
from docgen.render.theme import Look, Theme

_SHEET = Path(__file__).with_name("page.css")
_LONG = _SHEET.with_name("long.css")
_CONTRACT = _SHEET.with_name("contract.css")
_SAFE = ("https://", "http://", "mailto:", "#")


def write_html(document: Document, look: Look) -> bytes:
    """UTF-8 bytes of the page; all text is escaped, links are web, mail or inside the page."""
    document = commented_below(document)
    draft = f'<p class="draft">{_text(document.draft_note)}</p>' if document.draft_note else ""
    mark = f'<div class="mark" aria-hidden="true">{_text(document.draft)}</div>' if document.draft else ""
    named = "".join(
        f'<meta name="{escape(name)}" content="{escape(value)}">' for name, value in sorted(document.properties.items())
    )
    page = (
        f'<!doctype html>\n<html lang="{escape(document.languages[0])}"><head><meta charset="utf-8">'
        f"<title>{_text(document.title)}</title>"
        f'<meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<meta name="author" content="{escape(document.author)}">{named}'
        f"<style>{_style(look.theme, document)}</style></head>"
        f"<body>{mark}<main>{draft}{_blocks(document.blocks, look.theme)}</main>"
        f"<footer>{_lines(document.footer)}</footer></body></html>\n"
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
            number = f'<span class="number">{_text(block.number)}</span> ' if block.number else ""
            return f'<h{level + 1} id="{escape(anchor)}">{number}{_inlines(content)}</h{level + 1}>'
        case Clause():
            return _clause(block)
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
        case Cover():
            return _cover(block)
        case Contents(title, _, entries):
            lines = "".join(
                f'<li class="level{entry.level}"><a href="#{escape(entry.anchor)}"><span class="number">'
                f"{_text(entry.number)}</span> {_text(entry.title)}</a></li>"
                for entry in entries
            )
            return f'<nav class="contents"><h2 id="contents">{_text(title)}</h2><ul>{lines}</ul></nav>'
        case Captioned(inner, kind, content, anchor):
            words = f"<figcaption><strong>{_text(block.label)}</strong> {_inlines(content)}</figcaption>"
            both = (words, _block(inner, theme)) if kind == "table" else (_block(inner, theme), words)
            return f'<figure class="{kind}" id="{escape(anchor)}">{"".join(both)}</figure>'
        case Commented(inner, comments):
            return _block(inner, theme) + "".join(
                f'<aside class="comment"><strong>{_text(each.author)}</strong> {_text(each.text)}</aside>'
                for each in comments
            )
        case _:
            assert_never(block)


def _clause(block: Clause) -> str:
    """An article is a heading; other places are paragraphs with their number before them."""
    number = f'<span class="number">{_text(block.number)}</span> ' if block.number else ""
    words = _inlines(block.content)
    words = f'<strong class="conspicuous">{words}</strong>' if block.conspicuous else words
    tag = "p" if block.level > 1 else "h3" if block.series else "h2"
    return (
        f'<{tag} class="clause at{block.level}" id="{escape(block.anchor)}" lang="{escape(block.language)}">'
        f"{number}<span>{words}</span></{tag}>"
    )


def _figure(figure: Figure, theme: Theme) -> str:
    """The picture with its title; the table behind it is always there, seen or only heard."""
    from docgen.render.svg import svg

    title = f"<figcaption>{_text(figure.title)}</figcaption>" if figure.title else ""
    data = f'<div class="{"data" if figure.show_data else "heard"}">{_table(figure.data)}</div>'
    return f"<figure>{title}{svg(figure, theme)}{data}</figure>"


def _cover(block: Cover) -> str:
    label, name = block.recipient
    facts = "".join(f"<div><dt>{_text(name)}</dt><dd>{_text(value)}</dd></div>" for name, value in block.facts)
    return (
        f'<header class="cover"><p class="brand">{_text(block.brand)}</p><h1>{_lines(block.title)}</h1>'
        f'<p class="subtitle">{_lines(block.subtitle)}</p><p class="for"><span class="quiet">{_text(label)}</span> '
        f'<strong>{_text(name)}</strong></p><dl class="key">{facts}</dl><p class="note">{_text(block.notice)}</p>'
        "</header>"
    )


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
        case Reference(anchor):
            return f'<a class="reference" href="#{escape(anchor)}">{_text(node.before + node.shown + node.after)}</a>'
        case Remarked(content):
            return _inlines(content)
        case _:
            assert_never(node)


def _lines(text: str) -> str:
    return "<br>".join(map(_text, text.split("\n")))


def _is_long(document: Document) -> bool:
    return document.numbered or document.review or any(isinstance(block, _APPARATUS) for block in document.blocks)


_APPARATUS = (Cover, Contents, Captioned, Commented)


def _text(text: str) -> str:
    return escape(text, quote=False)


def _style(theme: Theme, document: Document) -> str:
    """The style sheet beside this module, in the theme's colours; a screen wants letters a little larger than paper."""
    sizes = {"body": 1.5, "title": 0, "heading": 1, "subheading": 1, "small": 1}
    sizes |= {"cover": 0} if _is_long(document) else {}
    values = {name: f"{getattr(theme.sizes, name) + more:g}" for name, more in sizes.items()}
    colours = theme.colours.model_dump()
    sheet = _SHEET.read_text("utf-8") + (_LONG.read_text("utf-8") if _is_long(document) else "")
    sheet += _CONTRACT.read_text("utf-8") if has_clauses(document.blocks) else ""
    return Template(sheet).substitute(values, lead=f"{theme.sizes.lead_figure:g}", **colours)
