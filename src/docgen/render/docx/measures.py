"""The measures of a house's styles, in points: what laying a paper out needs to know of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element, fromstring

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SIDES = ("top", "left", "bottom", "right")


@dataclass(frozen=True, slots=True)
class Measures:
    """Of one paragraph. line: the least distance of lines, or the `exact` one."""

    size: float = 10.0
    bold: bool = False
    before: float = 0.0
    after: float = 0.0
    line: float = 0.0
    exact: bool = False
    left: float = 0.0
    hanging: float = 0.0
    keep_next: bool = False
    keep_lines: bool = False
    page_break: bool = False


def attribute(element: Element | None, path: str, name: str = "val") -> str:
    """An attribute below an element, "" where there is none."""
    found = element.find("/".join(f"{WORD}{step}" for step in path.split("/"))) if element is not None else None
    return found.get(f"{WORD}{name}", "") if found is not None else ""


def number(element: Element | None, path: str, name: str = "val") -> int:
    return int(attribute(element, path, name) or 0)


class Styles:
    """The styles of one styles part, by id."""

    def __init__(self, xml: str) -> None:
        root = fromstring(xml)
        self._styles = {style.get(f"{WORD}styleId", ""): style for style in root.iter(f"{WORD}style")}
        defaults = root.find(f"{WORD}docDefaults")
        plain = Measures()
        if defaults is not None:
            plain = _changed(plain, defaults.find(f"{WORD}pPrDefault/{WORD}pPr"))
            plain = _sized(plain, defaults.find(f"{WORD}rPrDefault/{WORD}rPr"))
        normal = next((key for key, style in self._styles.items() if _is_default(style)), "")
        self._normal = self._read(normal, plain) if normal else plain
        self._plain = plain
        self._known: dict[str, Measures] = {}

    def of(self, properties: Element | None) -> Measures:
        """The measures of a paragraph: its style's, and what is set directly."""
        return _changed(self.named(attribute(properties, "pStyle")), properties)

    def named(self, key: str) -> Measures:
        """The measures of a style by its id."""
        if key not in self._known:
            self._known[key] = self._read(key, self._plain) if key in self._styles else self._normal
        return self._known[key]

    def run(self, properties: Element | None, measures: Measures) -> tuple[float, bool]:
        """Size of a run and whether it is bold."""
        style = self._styles.get(attribute(properties, "rStyle"))
        if style is not None:
            measures = _sized(measures, style.find(f"{WORD}rPr"))
        measures = _sized(measures, properties)
        return measures.size, measures.bold

    def margins(self, table: Element | None, style: str) -> Mapping[str, float]:
        """White inside the cells of a table."""
        found = dict.fromkeys(_SIDES, 0.0)
        named = self._styles.get(style)
        for source in (named.find(f"{WORD}tblPr") if named is not None else None, table):
            for side in source.findall(f"{WORD}tblCellMar/*") if source is not None else ():
                found[side.tag.removeprefix(WORD)] = int(side.get(f"{WORD}w", "0")) / 20
        return found

    def is_ruled(self, table: Element | None, style: str) -> bool:
        """Whether rules are drawn around or between the rows of a table."""
        named = self._styles.get(style)
        sources = (named.find(f"{WORD}tblPr") if named is not None else None, table)
        return any(source is not None and source.find(f"{WORD}tblBorders") is not None for source in sources)

    def _read(self, key: str, plain: Measures) -> Measures:
        """A style on top of the one it is based on."""
        chain: list[Element] = []
        while (style := self._styles.get(key)) is not None and style not in chain:
            chain.append(style)
            key = attribute(style, "basedOn")
        measures = plain
        for style in reversed(chain):
            measures = _sized(_changed(measures, style.find(f"{WORD}pPr")), style.find(f"{WORD}rPr"))
        return measures


def _is_default(style: Element) -> bool:
    return style.get(f"{WORD}type") == "paragraph" and style.get(f"{WORD}default") == "1"


def _changed(measures: Measures, properties: Element | None) -> Measures:
    if properties is None:
        return measures
    new: dict[str, float | bool] = {}
    spacing = properties.find(f"{WORD}spacing")
    if spacing is not None:
        for name in ("before", "after", "line"):
            raw = spacing.get(f"{WORD}{name}")
            new |= {name: int(raw) / 20} if raw is not None else {}
        if spacing.get(f"{WORD}line") is not None:
            rule = spacing.get(f"{WORD}lineRule", "auto")
            new["exact"] = rule == "exact"
            if rule == "auto":
                new["line"] = int(spacing.get(f"{WORD}line", "240")) / 240 * measures.size * 1.2
    indent = properties.find(f"{WORD}ind")
    if indent is not None:
        new |= {name: int(raw) / 20 for name in ("left", "hanging") if (raw := indent.get(f"{WORD}{name}"))}
        new |= {"hanging": 0.0} if indent.get(f"{WORD}firstLine") else {}
    for tag, name in (("keepNext", "keep_next"), ("keepLines", "keep_lines"), ("pageBreakBefore", "page_break")):
        if (found := properties.find(f"{WORD}{tag}")) is not None:
            new[name] = found.get(f"{WORD}val", "1") not in ("0", "false")
    return replace(measures, **new) if new else measures  # type: ignore[arg-type]


def _sized(measures: Measures, properties: Element | None) -> Measures:
    if properties is None:
        return measures
    size = number(properties, "sz")
    bold = properties.find(f"{WORD}b")
    measures = replace(measures, size=size / 2) if size else measures
    return measures if bold is None else replace(measures, bold=bold.get(f"{WORD}val", "1") not in ("0", "false"))
