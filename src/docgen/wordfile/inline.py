"""The words of one paragraph: runs, fields, tracked changes, what is bound to them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from docgen.wordfile.model import Change, Piece
from docgen.wordfile.names import MC, W
from docgen.wordfile.styles import Styles

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_SIGNS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "\u2011", "br": "\n"}
_AROUND = frozenset(f"{W}{name}" for name in ("hyperlink", "smartTag", "customXml", "sdtContent", "dir", "bdo", "sdt"))
_PRIVATE = range(0xE000, 0xF900)
_UNSEEN_BOOKMARKS = ("_GoBack",)


@dataclass
class Field:
    """A field that is being read: its code as far as read."""

    code: str = ""
    in_result: bool = False

    @property
    def refers(self) -> str:
        """The bookmark a cross-reference names; "" for other fields."""
        words = self.code.split()
        return words[1] if len(words) > 1 and words[0].upper() == "REF" else ""

    @property
    def is_live(self) -> bool:
        """Whether Word may show something else than the words stored here: a sum, a day, a text from elsewhere."""
        words = self.code.split() or [""]
        shows_words = words[0].upper() == "REF" and not _NUMBER_SWITCHES & {each.lower() for each in words}
        return words[0].upper() not in _STEADY or shows_words


_STEADY = frozenset(
    ("REF", "PAGEREF", "NOTEREF", "PAGE", "NUMPAGES", "SECTIONPAGES", "TOC", "TC", "SEQ", "STYLEREF", "HYPERLINK")
)
_NUMBER_SWITCHES = frozenset(("\\r", "\\w", "\\n", "\\p"))
"""Of a REF field: it shows the number of a place, and not the words that stand there."""


@dataclass(frozen=True, slots=True)
class History:
    inserted: Change | None = None
    deleted: Change | None = None


@dataclass
class Words:
    """Collects what stands in a paragraph. `fields`: those open, which may have begun in an earlier paragraph.
    `shaded`: whether a colour lies behind it."""

    styles: Styles
    style: str | None
    fields: list[Field]
    shaded: bool = False
    pieces: list[Piece] = field(default_factory=list)
    bookmarks: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    doubts: set[str] = field(default_factory=set)
    unseen: list[str] = field(default_factory=list)
    reformatted: list[Change] = field(default_factory=list)

    def read(self, parent: Element, history: History) -> None:
        for child in parent:
            self._child(child, history)

    def _child(self, child: Element, history: History) -> None:
        name = child.tag
        if name == f"{W}r":
            self._run(child, history)
        elif name in (f"{W}ins", f"{W}moveTo"):
            self.read(child, History(change_of(child), history.deleted))
        elif name in (f"{W}del", f"{W}moveFrom"):
            self.read(child, History(history.inserted, change_of(child)))
        elif name in _AROUND:
            self.doubts |= {"bound"} if is_bound(child) else set()
            self.read(child, history)
        elif name == f"{W}fldSimple":
            self._simple_field(child, history)
        elif name == f"{W}bookmarkStart":
            self.mark(child)
        elif name == f"{W}commentRangeStart":
            self.remarks.append(child.get(f"{W}id", ""))
        elif name == f"{MC}AlternateContent":
            self.doubts |= {"twofold"} if is_twofold(child) else set()
            self.read(chosen(child), history)
        elif name.startswith(_MATH):
            self._put("".join(each.text or "" for each in child.iter(f"{_MATH}t")), None, history)

    def mark(self, element: Element) -> None:
        name = element.get(f"{W}name", "")
        if name and name not in _UNSEEN_BOOKMARKS:
            self.bookmarks.append(name)

    def _simple_field(self, element: Element, history: History) -> None:
        self.fields.append(Field(element.get(f"{W}instr", ""), in_result=True))
        self.doubts |= {"live"} if self.fields[-1].is_live else set()
        self.read(element, history)
        self.fields.pop()

    # -- runs ---------------------------------------------------------------------------------------------------------
    def _run(self, run: Element, history: History) -> None:
        looks = run.find(f"{W}rPr")
        hidden = self.styles.is_unseen(looks, self.style, shaded=self.shaded)
        before = None if looks is None else looks.find(f"{W}rPrChange")
        self.reformatted += [] if before is None else [change_of(before)]
        for part in run:
            self._part(part, looks, history, hidden=hidden)

    def _part(self, part: Element, looks: Element | None, history: History, *, hidden: bool) -> None:
        name = part.tag.removeprefix(W)
        if name in ("t", "delText"):
            self.unseen += [part.text] if hidden and part.text and history.deleted is None else []
            self._put("" if hidden else part.text or "", looks, history)
        elif name in _SIGNS:
            is_words = part.get(f"{W}type", "textWrapping") == "textWrapping" and not hidden
            self._put(_SIGNS[name] if is_words or name != "br" else "", looks, history)
        elif name == "sym":
            self._put(_symbol(part), looks, history)
        elif name == "fldChar":
            self._field(part.get(f"{W}fldCharType", ""))
        elif name in ("instrText", "delInstrText"):
            if self.fields:
                self.fields[-1].code += part.text or ""
        elif name in ("footnoteReference", "endnoteReference"):
            self.notes += [f"{name.removesuffix('Reference')} {part.get(f'{W}id')}"] if history.deleted is None else []
        elif name == "commentReference":
            self.remarks.append(part.get(f"{W}id", ""))
        elif name == "ruby":
            for base in part.findall(f"{W}rubyBase"):
                self.read(base, history)
        elif part.tag == f"{MC}AlternateContent" or name in ("drawing", "pict", "object"):
            self.doubts |= {"twofold"} if part.tag == f"{MC}AlternateContent" and is_twofold(part) else set()
            inner = chosen(part) if part.tag == f"{MC}AlternateContent" else part
            self.boxes += outermost(inner, f"{W}txbxContent") if history.deleted is None else []

    def _put(self, text: str, looks: Element | None, history: History) -> None:
        if not text or not all(each.in_result for each in self.fields):
            return
        piece = Piece(
            text,
            bold=self.styles.is_on("b", looks, self.style),
            underlined=self.styles.is_underlined(looks, self.style),
            inserted=history.inserted,
            deleted=history.deleted,
            refers=next((each.refers for each in self.fields if each.refers), ""),
        )
        last = self.pieces[-1] if self.pieces else None
        if last is not None and _alike(last, piece):
            self.pieces[-1] = replace(last, text=last.text + text)
        else:
            self.pieces.append(piece)

    # -- fields -------------------------------------------------------------------------------------------------------
    def _field(self, kind: str) -> None:
        if kind == "begin":
            self.fields.append(Field())
        elif kind == "separate" and self.fields:
            self.fields[-1].in_result = True
            self.doubts |= {"live"} if self.fields[-1].is_live else set()
        elif kind == "end" and self.fields:
            self.fields.pop()


def change_of(element: Element) -> Change:
    """Who made a tracked change, and when."""
    is_move = element.tag in (f"{W}moveFrom", f"{W}moveTo")
    return Change(element.get(f"{W}author", ""), element.get(f"{W}date", ""), is_move)


def chosen(alternatives: Element) -> Element:
    """Of contents written twice, for newer and for older readers, the first."""
    return next(iter(alternatives), alternatives)


def is_twofold(alternatives: Element) -> bool:
    """Whether such contents differ in their words: readers of different age would see different contracts."""
    said = {"".join(text.text or "" for text in each.iter(f"{W}t")) for each in alternatives}
    return len(said - {""}) > 1


def is_bound(control: Element) -> bool:
    """Whether Word fills a control from data stored elsewhere in the file, whatever stands in it here."""
    return control.find(f"{W}sdtPr/{W}dataBinding") is not None


def outermost(parent: Element, name: str) -> list[Element]:
    """Elements of a name, none of them inside another; alternatives are read once."""
    out: list[Element] = []
    for child in parent:
        if child.tag == name:
            out.append(child)
        else:
            out += outermost(chosen(child) if child.tag == f"{MC}AlternateContent" else child, name)
    return out


def _symbol(part: Element) -> str:
    """A sign of a symbol font; those have codes of their own, which say nothing without the font."""
    try:
        code = int(part.get(f"{W}char", ""), 16)
    except ValueError:
        return "\ufffd"
    return "\u25a1" if code in _PRIVATE or not 0x20 <= code < 0xD800 else chr(code)


def _alike(one: Piece, other: Piece) -> bool:
    return replace(one, text="") == replace(other, text="")
