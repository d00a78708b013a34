"""The set pieces of a business paper: facts, key figures, signatures. Each is one strip or a few, never split."""

from __future__ import annotations

from docgen.content.blocks import Align, Fact, Facts, KeyFigure, KeyFigures, Signatory, SignatureBlock
from docgen.render.pdf.flow import TOGETHER, Shape, Strip, Words, held, merged, spaced, stacked_height, text_strips
from docgen.render.pdf.paragraph import Line, Piece, pieces, set_lines
from docgen.render.pdf.sheet import Sheet, strong
from docgen.render.pdf.structure import Element

_SMALLEST = 0.7
"""How far key figures may shrink to stay on one line."""
_SEAL = 74.0
"""Across the place of a seal: a Chinese company seal is 40 to 42 mm wide, its place hints at it and is not measured."""


def _labelled(whole: Element) -> tuple[Element, Element]:
    """A label and what it labels, as an item of a list."""
    item = Element("LI", whole)
    return Element("Lbl", item), Element("LBody", item)


# ---- facts ----------------------------------------------------------------------------------------------------------
def facts(block: Facts, sheet: Sheet, width: float, parent: Element) -> list[Strip]:
    """Labels in a narrow column of their own, muted; a fact without a label fills the line."""
    out: list[Strip] = []
    if block.title:
        ink = strong(sheet.label)._replace(colour=sheet.colours.accent)
        title = text_strips(set_lines([Piece(block.title, ink)], width), Element("P", parent))
        out += spaced(title, 0, 0.3 * sheet.unit)
    whole = Element("L", parent)
    labels = [set_lines([Piece(fact.label, sheet.label)], width) for fact in block.facts]
    widest = max((line.width for lines in labels for line in lines), default=0.0)
    indent = min(widest + 1.2 * sheet.unit, 0.4 * width) if widest else 0.0
    for fact in block.facts:
        out.append(_fact(fact, sheet, width, indent, whole))
    return spaced(held(out, TOGETHER), 0.5 * sheet.unit, 0.6 * sheet.unit)


def _fact(fact: Fact, sheet: Sheet, width: float, indent: float, whole: Element) -> Strip:
    name, body = _labelled(whole)
    indent = indent if fact.label else 0.0
    value = set_lines(pieces(fact.value, sheet.body, sheet), width - indent)
    label = set_lines([Piece(fact.label, sheet.label)], indent - 0.4 * sheet.unit) if fact.label else []
    ascent = max([lines[0].ascent for lines in (value, label) if lines], default=0.0)
    strip = Strip(0.0)
    for lines, element, x in ((label, name, 0.0), (value, body, indent)):
        y = ascent - lines[0].ascent if lines else 0.0
        for line in lines:
            strip.words.append(Words(element, x, y + line.ascent, line.runs))
            y += line.height
        strip.height = max(strip.height, y)
    return strip


# ---- key figures ----------------------------------------------------------------------------------------------------
def key_figures(block: KeyFigures, sheet: Sheet, width: float, parent: Element) -> list[Strip]:
    """Label above value between two rules; the leading figure is larger, coloured, and stands at the right edge."""
    if not block.figures:
        return []
    whole = Element("L", parent)
    gutter, pad = 1.2 * sheet.unit, 0.6 * sheet.unit
    rooms, scale = _rooms(block.figures, sheet, width - gutter * (len(block.figures) - 1))
    strip = Strip(0.0)
    x = 0.0
    sets = [_figure(figure, sheet, room, scale) for figure, room in zip(block.figures, rooms, strict=True)]
    base = max(value[0].ascent for _, value, _ in sets if value) if any(value for _, value, _ in sets) else 0.0
    top = max((sum(line.height for line in label) for label, _, _ in sets), default=0.0) + pad
    for (label, value, note), room in zip(sets, rooms, strict=True):
        name, body = _labelled(whole)
        rows = ((label, name, pad), (value, body, top + base - (value[0].ascent if value else 0.0)))
        y = 0.0
        for lines, element, y in rows:
            for line in lines:
                strip.words.append(Words(element, x, y + line.ascent, line.runs))
                y += line.height
        for line in note:
            strip.words.append(Words(body, x, y + line.ascent, line.runs))
            y += line.height
        strip.height = max(strip.height, y + pad)
        x += room + gutter
    strip.shapes.append(Shape("fill", 0, 0, width, 1.2, sheet.colours.accent))
    strip.shapes.append(Shape("fill", 0, strip.height - sheet.hairline, width, sheet.hairline, sheet.colours.rule))
    return spaced([strip], 0.9 * sheet.unit, 1.0 * sheet.unit)


def _figure(
    figure: KeyFigure, sheet: Sheet, room: float, scale: float = 1.0
) -> tuple[list[Line], list[Line], list[Line]]:
    align: Align = "end" if figure.lead else "start"
    ink = sheet.lead_figure if figure.lead else sheet.figure
    ink = ink._replace(size=round(ink.size * scale, 2))
    label = set_lines([Piece(figure.label, sheet.label)], room, align)
    value = set_lines([Piece(figure.value, ink)], room, align)
    note = set_lines([Piece(figure.note, sheet.label)], room, align) if figure.note else []
    return label, value, note


def _rooms(figures: tuple[KeyFigure, ...], sheet: Sheet, width: float) -> tuple[list[float], float]:
    """What each figure needs, and an equal part of what is left over; where it is too little, all are set smaller."""
    needs = [
        max([line.width for lines in _figure(figure, sheet, 1e6) for line in lines], default=0.0) + 1.0
        for figure in figures
    ]
    spare = width - sum(needs)
    if spare < 0:
        scale = width / sum(needs)
        return [need * scale for need in needs], max(scale - 0.01, _SMALLEST)
    return [need + spare / len(needs) for need in needs], 1.0


# ---- signatures -----------------------------------------------------------------------------------------------------
def signatures(block: SignatureBlock, sheet: Sheet, width: float, parent: Element) -> list[Strip]:
    """The sides next to one another, their lines to sign on level however long the names are."""
    if not block.signatories:
        return []
    gutter = 3.2 * sheet.unit
    room = (width - gutter * (len(block.signatories) - 1)) / len(block.signatories)
    sections = [Element("Sect", parent) for _ in block.signatories]
    sides = list(zip(block.signatories, sections, strict=True))
    heads = [_side(signatory, sheet, room, section) for signatory, section in sides]
    level = max(stacked_height(head) for head in heads) + 0.5 * sheet.unit
    columns = []
    for place, (signatory, section) in enumerate(sides):
        filler = Strip(level - stacked_height(heads[place]))
        columns.append(((room + gutter) * place, [*heads[place], filler, *_lines(signatory, sheet, room, section)]))
    return spaced([merged(columns)], 0.8 * sheet.unit, sheet.unit)


def _side(signatory: Signatory, sheet: Sheet, width: float, parent: Element) -> list[Strip]:
    """Who signs: the side and its full name."""
    out: list[Strip] = []
    for words, ink in ((signatory.title, sheet.label), (signatory.name, strong(sheet.body))):
        if words:
            out += text_strips(set_lines([Piece(words, ink)], width), Element("P", parent))
    return out


def _lines(signatory: Signatory, sheet: Sheet, width: float, parent: Element) -> list[Strip]:
    """A rule to sign on for each blank, and a pale circle where the seal goes, beside the rules."""
    labels = [set_lines([Piece(label, sheet.label)], 0.5 * width) for label in signatory.blanks]
    indent = max([line.width for lines in labels for line in lines], default=0.0) + 0.8 * sheet.unit
    end = width - _SEAL - sheet.unit if signatory.seal and width - _SEAL - indent > 0.3 * width else width
    out = [_blank(lines, sheet, indent, end, Element("P", parent)) for lines in labels]
    if signatory.seal:
        out = out or [Strip(_SEAL)]
        _seal(signatory.seal, out, sheet, width, Element("P", parent))
    return out


def _blank(label: list[Line], sheet: Sheet, indent: float, end: float, element: Element) -> Strip:
    """Room for handwriting above a rule from `indent` to `end`; the label stands on the rule."""
    height = 2.15 * sheet.unit + sum(line.height for line in label[1:])
    base = height - 0.35 * sheet.unit
    strip = Strip(height)
    for place, line in enumerate(reversed(label)):
        strip.words.insert(0, Words(element, 0.0, base - place * line.height, line.runs))
    rule = sheet.hairline
    strip.shapes.append(Shape("fill", indent, height - rule, end - indent, rule, sheet.colours.muted))
    return strip


def _seal(label: str, strips: list[Strip], sheet: Sheet, width: float, element: Element) -> None:
    """A circle at the right end beside the lines to sign on, its label in the middle."""
    ink = sheet.label
    line = set_lines([Piece(label, ink)], _SEAL)[0]
    room = sum(strip.height for strip in strips)
    last = strips[-1]
    size = min(_SEAL, room)
    top = last.height - size
    last.shapes.append(Shape("circle", width - size, top, size, size, sheet.colours.rule))
    last.words.append(Words(element, width - (size + line.width) / 2, top + size / 2 + 0.36 * ink.size, line.runs))
