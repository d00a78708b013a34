"""Styles: names as people see them, and what a paragraph or a run has from its style."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from docgen.wordfile.names import W, is_on, val


class Styles:
    """The styles of one file. A style that is not there has no name and gives nothing."""

    def __init__(self, root: Element | None) -> None:
        found = [] if root is None else root.findall(f"{W}style")
        self._by_id = {each.get(f"{W}styleId", ""): each for each in found}
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
        own = is_on(run, switch)
        if own is not None:
            return own
        for identity in (val(run, "rStyle"), paragraph_style or self._default):
            for style in self._chain(identity or ""):
                found = is_on(style.find(f"{W}rPr"), switch)
                if found is not None:
                    return found
        return False

    def is_unseen(self, run: Element | None, paragraph_style: str | None) -> bool:
        """Whether a reader sees no words, or struck ones, which say that they do not hold."""
        return any(self.is_on(switch, run, paragraph_style) for switch in ("vanish", "strike", "dstrike"))

    def is_underlined(self, run: Element | None, paragraph_style: str | None) -> bool:
        """The same of underlining, which has kinds instead of a switch."""
        own = val(run, "u")
        if own is not None:
            return own != "none"
        for identity in (val(run, "rStyle"), paragraph_style or self._default):
            for style in self._chain(identity or ""):
                found = val(style.find(f"{W}rPr"), "u")
                if found is not None:
                    return found != "none"
        return False

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
