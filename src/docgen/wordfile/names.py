"""Names of WordprocessingML."""

from __future__ import annotations

from xml.etree.ElementTree import Element

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
"""The same elements in files saved as "Strict Open XML"."""
W = f"{{{WORD}}}"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
R = f"{{{OFFICE}}}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"


def val(parent: Element | None, name: str) -> str | None:
    """The value of a child such as `<w:pStyle w:val="…"/>`; None where there is none."""
    found = parent.find(f"{W}{name}") if parent is not None else None
    return None if found is None else found.get(f"{W}val", "")


def is_on(parent: Element | None, name: str) -> bool | None:
    """Whether a switch such as `<w:b/>` is on; None where it is not there."""
    found = parent.find(f"{W}{name}") if parent is not None else None
    return None if found is None else found.get(f"{W}val", "true") not in ("0", "false", "off", "none")
