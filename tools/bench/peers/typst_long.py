"""A long paper by typst, from a source string."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from common import FONTS, run
from typst_quote import SETTINGS, rows, text

MARKS = {"head1": "= ", "head2": "== ", "head3": "=== ", "text": "", "item": "- "}


def render(data: dict[str, Any], out: Path) -> None:
    import typst

    out.write_bytes(typst.compile(page(data).encode("utf-8"), font_paths=[str(FONTS)], ignore_system_fonts=True))


def page(data: dict[str, Any]) -> str:
    out = [SETTINGS, f"#set document(title: {text(data['title'])})", f"= #{text(data['title'])}\n"]
    for block in data["blocks"]:
        if block["kind"] == "table":
            out.append(rows(block["rows"], f"{len(block['rows'][0])}"))
        else:
            out.append(f"{MARKS[block['kind']]}#{text(block['text'])}\n")
    return "\n".join(out)


if __name__ == "__main__":
    run(render)
