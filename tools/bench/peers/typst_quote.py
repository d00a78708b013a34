"""The quotation by typst, from a source string."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from common import FONTS, TABLES, run

SETTINGS = """
#set page(paper: "a4", margin: (x: 20mm, y: 17mm), numbering: "1 / 1")
#set text(font: "Noto Sans SC", size: 9pt, lang: "zh")
#set table(stroke: (bottom: 0.5pt + gray), align: (x, _) => if x == 1 { left } else { right })
"""


def render(data: dict[str, Any], out: Path) -> None:
    import typst

    source = page(data).encode("utf-8")
    out.write_bytes(typst.compile(source, font_paths=[str(FONTS)], ignore_system_fonts=True))


def page(data: dict[str, Any]) -> str:
    out = [SETTINGS, f"#set document(title: {text(data['title'])})", f"#{text(data['brand'])}\n"]
    out.append(f"= #{text(data['title'])}\n#{text(data['subtitle'])}\n")
    out.append(rows(data["figures"], "(1fr, 1fr)"))
    for title, facts in data["parties"]:
        out.append(f"=== #{text(title)}\n{rows(facts, '(1fr, 3fr)')}")
    for name in TABLES:
        if data[name]:
            widths = f"({', '.join(f'{share}fr' for share in data[name]['shares'])})"
            out.append(rows(data[name]["rows"], widths, f"table.header({cells(data[name]['head'])}),"))
        if name == "lines":
            out.append(rows(data["totals"], "(1fr, 1fr)"))
    out += [f"#{text(each)}\n" for each in data["words"]]
    out += [f"- #{text(each)}" for each in data["terms"]]
    out.append("\n" + rows(data["sides"], "(1fr, 1fr)"))
    return "\n".join(out)


def rows(body: list[list[str]], widths: str, head: str = "") -> str:
    return f"#table(columns: {widths}, {head}\n" + ",\n".join(cells(row) for row in body) + ")\n" if body else ""


def cells(row: list[str]) -> str:
    return ", ".join(text(cell) for cell in row)


def text(value: str) -> str:
    """A string of the language; JSON escapes what it escapes, and a line feed in it ends the line."""
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    run(render)
