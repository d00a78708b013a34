"""What the file says about itself: title, author, date, and the deal's own properties."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from docgen.content.blocks import Document
from docgen.render.docx.xml import DECLARATION, attribute, escape

_CORE = (
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_USER_DEFINED = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
APP = f'{DECLARATION}<Properties xmlns="{_OFFICE}/extended-properties"><Application>docgen</Application></Properties>'


def core(document: Document) -> str:
    stamp = _stamp(document.date)
    texts = (
        ("dc:title", document.title),
        ("dc:subject", document.subject),
        ("dc:creator", document.author),
        ("cp:lastModifiedBy", document.author),
    )
    lines = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in texts if text)
    dates = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{stamp}</dcterms:{name}>' for name in ("created", "modified")
    )
    language = f"<dc:language>{escape(document.languages[0])}</dc:language>" if document.languages else ""
    return f"{DECLARATION}<cp:coreProperties {_CORE}>{lines}{dates}{language}</cp:coreProperties>"


def custom(properties: Mapping[str, str]) -> str:
    lines = "".join(
        f'<property fmtid="{_USER_DEFINED}" pid="{number}" name="{attribute(name)}"><vt:lpwstr>{escape(value)}'
        "</vt:lpwstr></property>"
        for number, (name, value) in enumerate(sorted(properties.items()), start=2)
    )
    return (
        f'{DECLARATION}<Properties xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes">'
        f"{lines}</Properties>"
    )


def _stamp(date: dt.datetime) -> str:
    """The paper's own date in UTC, never the machine's; a date without a zone is taken as UTC."""
    utc = date if date.tzinfo is None else date.astimezone(dt.UTC)
    return utc.strftime("%Y-%m-%dT%H:%M:%SZ")
