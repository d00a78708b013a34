"""A value put into a content control, which stays a field people can type in."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from xml.etree.ElementTree import Element

from docgen.letters.controls import CHECKBOX, TC, Control, P, R
from docgen.render.docx.xml import escape, wants_chinese_punctuation
from docgen.wordfile.names import W

_PLACEHOLDER = "PlaceholderText"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"


def put_text(control: Control, text: str, *, chinese: bool) -> None:
    """The text in the look the control has; line feeds become line breaks. Text is data: nothing in it is markup."""
    escape(text)  # refuses what no XML file can carry
    holder = _holder(control)
    look = _look(control, holder)
    _empty(holder)
    holder.append(_run(text, look, chinese=chinese))
    properties = control.properties
    if properties is None:
        return
    for name in (f"{W}showingPlcHdr", f"{W}temporary"):
        for each in properties.findall(name):
            properties.remove(each)
    plain = properties.find(f"{W}text")
    if plain is not None and "\n" in text:
        plain.set(f"{W}multiLine", "1")
    date = properties.find(f"{W}date")
    if date is not None:
        date.attrib.pop(f"{W}fullDate", None)


def put_tick(control: Control, *, on: bool) -> None:
    """A check box, ticked or not, with the signs it was given."""
    assert control.properties is not None
    box = control.properties.find(CHECKBOX)
    assert box is not None
    state = box.find(f"{_W14}{'checkedState' if on else 'uncheckedState'}")
    checked = box.find(f"{_W14}checked")
    if checked is None:
        checked = Element(f"{_W14}checked")
        box.insert(0, checked)
    checked.set(f"{_W14}val", "1" if on else "0")
    code = state.get(f"{_W14}val", "") if state is not None else ""
    put_text(control, chr(int(code, 16)) if code else "☒" if on else "☐", chinese=False)


def _holder(control: Control) -> Element:
    """What takes the run: an inline control's content, else its first paragraph; the others go."""
    if control.level == "inline":
        return control.content
    first = next(control.content.iter(P), None)
    if control.level in ("row", "cell"):
        cell = next(control.content.iter(TC))
        if control.level == "cell":
            control.content[:] = [cell]
        properties = cell.findall(f"{W}tcPr")
        first = first if first is not None else Element(P)
        cell[:] = [*properties, first]
        return first
    first = first if first is not None else Element(P)
    control.content[:] = [first]
    return first


def _look(control: Control, holder: Element) -> Element | None:
    """How the control's words are set: as its own properties say, else as its first words are."""
    own = control.properties.find(f"{W}rPr") if control.properties is not None else None
    first = next((run.find(f"{W}rPr") for run in holder.iter(R)), None)
    found = first if first is not None and not _is_placeholder(first) else own if own is not None else first
    if found is None:
        return None
    look = deepcopy(found)
    for style in look.findall(f"{W}rStyle"):
        if style.get(f"{W}val") == _PLACEHOLDER:
            look.remove(style)
    return look


def _is_placeholder(look: Element) -> bool:
    style = look.find(f"{W}rStyle")
    return style is not None and style.get(f"{W}val") == _PLACEHOLDER


def _empty(holder: Element) -> None:
    holder[:] = [child for child in holder if child.tag == f"{W}pPr"]


def _run(text: str, look: Element | None, *, chinese: bool) -> Element:
    run = Element(R)
    if chinese and wants_chinese_punctuation(text):
        look = _hinted(look)
    if look is not None:
        run.append(look)
    run.extend(pieces(text))
    return run


def _hinted(look: Element | None) -> Element:
    """Quotation marks and dashes are full width beside Chinese; Word must be told."""
    look = Element(f"{W}rPr") if look is None else look
    fonts = look.find(f"{W}rFonts")
    if fonts is None:
        fonts = Element(f"{W}rFonts")
        look.insert(1 if look.find(f"{W}rStyle") is not None else 0, fonts)
    fonts.set(f"{W}hint", "eastAsia")
    return look


def pieces(text: str) -> Iterable[Element]:
    """Words as a run holds them."""
    for number, line in enumerate(text.split("\n")):
        if number:
            yield Element(f"{W}br")
        piece = Element(f"{W}t", {_SPACE: "preserve"})
        piece.text = line
        yield piece


def blank_paragraph() -> Element:
    """What Word wants where a cell, a head or a text box would else be empty."""
    return Element(P)
