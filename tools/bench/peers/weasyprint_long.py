"""A long paper by WeasyPrint, from an HTML string."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

from common import run
from weasyprint_quote import STYLE, rows

TAGS = {"head1": "h1", "head2": "h2", "head3": "h3", "text": "p", "item": "li"}


def render(data: dict[str, Any], out: Path) -> None:
    from weasyprint import HTML

    HTML(string=page(data)).write_pdf(out)


def page(data: dict[str, Any]) -> str:
    body = "".join(
        rows(block["rows"]) if block["kind"] == "table" else element(TAGS[block["kind"]], block["text"])
        for block in data["blocks"]
    )
    title = escape(data["title"])
    head = f"<html lang=zh><head><title>{title}</title><style>{STYLE}</style></head>"
    return f"{head}<body><h1>{title}</h1>{body}</body></html>"


def element(tag: str, text: str) -> str:
    return f"<{tag}>{escape(text)}</{tag}>"


if __name__ == "__main__":
    run(render)
