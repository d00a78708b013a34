"""Styles: names as people see them, and what a paragraph or a run has from its style."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from docgen.wordfile.names import W, is_on, val

_PALE = re.compile("(?:F[0-9A-F]){3}", re.IGNORECASE)
"""Colours nobody tells from white paper."""
_UNREADABLE = 4
"""Half points: letters of this height and below are a line at best."""


class Styles:
    """The styles of one file. A style that is not there has no name and gives nothing."""

    def __init__(self, root: Element | None) -> None:
        found = [] if root is None else root.findall(f"{W}style")
        self._by_id = {each.get(f"{W}styleId", ""): each for each in found}
        self._shading: dict[str, bool] = {}
        self._default = next((each.get(f"{W}styleId", "") for each in found if _is_default(each)), "")

    def name(self, identity: str | None) -> str:
        """The name of a paragraph's style; "" for the default one."""
        if identity is None or identity == self._default:
            return ""
        return val(self._by_id.get(identity), "name") or identity

    def outline(self, paragraph: Element | None, identity: str | None) -> int | None:
        """1 for a chapter; None for text (which Word writes as level 10)."""
        own = val(paragraph, "outlineLvl")
        found = own if own is not None else self._paragraph_value(identity, "outlineLvl")
        return int(found) + 1 if found is not None and found.isdecimal() and int(found) < 9 else None

    def numbering(self, identity: str | None) -> tuple[str | None, str | None]:
        """List and level a style puts its paragraphs in, None for what it leaves open."""
        number = level = None
        for style in self._chain(identity or self._default):
            there = style.find(f"{W}pPr/{W}numPr")
            number = number or val(there, "numId")
            level = level or val(there, "ilvl")
        return number, level

    def is_on(self, switch: str, run: Element | None, paragraph_style: str | None) -> bool:
        """Whether a switch such as bold is on for a run: itself, by its character style, or by its paragraph's."""
        found = (is_on(looks, switch) for looks in self._looks(run, paragraph_style))
        return next((each for each in found if each is not None), False)

    def is_unseen(self, run: Element | None, paragraph_style: str | None, *, shaded: bool = False) -> bool:
        """Whether a reader sees no words, or struck ones, which say that they do not hold. shaded: whether something
        lies behind the paragraph that lets white words be seen."""
        if any(self.is_on(switch, run, paragraph_style) for switch in ("vanish", "strike", "dstrike")):
            return True
        size = self._run_value(run, paragraph_style, "sz") or ""
        if size.isdecimal() and int(size) <= _UNREADABLE:
            return True
        pale = _is_pale(self._run_value(run, paragraph_style, "color") or "")
        return pale and not shaded and not any(map(is_shaded, self._looks(run, paragraph_style)))

    def is_underlined(self, run: Element | None, paragraph_style: str | None) -> bool:
        """The same of underlining, which has kinds instead of a switch."""
        return (self._run_value(run, paragraph_style, "u") or "none") != "none"

    def shades(self, identity: str | None) -> bool:
        """Whether a style of paragraphs or tables lays a colour behind any of its words."""
        name = identity or ""
        if name not in self._shading:
            self._shading[name] = any(is_shaded(parent) for style in self._chain(name) for parent in style.iter())
        return self._shading[name]

    def _looks(self, run: Element | None, paragraph_style: str | None) -> Iterator[Element]:
        """Where the look of a run is looked up, in this order: itself, its character style, its paragraph's."""
        if run is not None:
            yield run
        for identity in (val(run, "rStyle"), paragraph_style or self._default):
            for style in self._chain(identity or ""):
                looks = style.find(f"{W}rPr")
                if looks is not None:
                    yield looks

    def _run_value(self, run: Element | None, paragraph_style: str | None, name: str) -> str | None:
        found = (val(looks, name) for looks in self._looks(run, paragraph_style))
        return next((each for each in found if each is not None), None)

    def _paragraph_value(self, identity: str | None, name: str) -> str | None:
        found = (val(style.find(f"{W}pPr"), name) for style in self._chain(identity or self._default))
        return next((each for each in found if each is not None), None)

    def _chain(self, identity: str) -> Iterator[Element]:
        """The style and those it is based on, each once."""
        seen: set[str] = set()
        while identity and identity not in seen and identity in self._by_id:
            seen.add(identity)
            yield self._by_id[identity]
            identity = val(self._by_id[identity], "basedOn") or ""


def _is_default(style: Element) -> bool:
    return style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on")


def _is_pale(color: str) -> bool:
    return _PALE.fullmatch(color) is not None


def is_shaded(parent: Element) -> bool:
    """Whether properties lay a colour that is not pale behind words: shading, or a highlighter's."""
    shading = parent.find(f"{W}shd")
    fill = "auto" if shading is None else shading.get(f"{W}fill", "auto")
    themed = shading is not None and shading.get(f"{W}themeFill") is not None
    return (
        (fill.upper() != "AUTO" and not _is_pale(fill))
        or themed
        or val(parent, "highlight") not in (None, "none", "white")
    )
