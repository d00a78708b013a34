"""The quotation by WeasyPrint, from an HTML string."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

from common import FONTS, TABLES, run

STYLE = f"""
@font-face {{ font-family: Paper; src: url({(FONTS / "NotoSansSC-Regular.ttf").as_uri()}) }}
@font-face {{ font-family: Paper; font-weight: bold; src: url({(FONTS / "NotoSansSC-Bold.ttf").as_uri()}) }}
@page {{ size: A4; margin: 17mm 20mm; @bottom-right {{ content: counter(page) " / " counter(pages) }} }}
body {{ font: 9pt Paper }} table {{ width: 100%; border-collapse: collapse; table-layout: fixed }}
td, th {{ text-align: right; border-bottom: .5pt solid #ccc; padding: 2pt; white-space: pre-line; vertical-align: top }}
td:nth-child(2), th:nth-child(2) {{ text-align: left }} tr {{ break-inside: avoid }} .wide {{ width: 43% }}
"""


def render(data: dict[str, Any], out: Path) -> None:
    from weasyprint import HTML

    HTML(string=page(data)).write_pdf(out)


def page(data: dict[str, Any]) -> str:
    out = [f"<html lang=zh><head><title>{escape(data['title'])}</title><style>{STYLE}</style></head><body>"]
    out.append(f"<p>{escape(data['brand'])}</p><h1>{escape(data['title'])}</h1><p>{escape(data['subtitle'])}</p>")
    out.append(rows(data["figures"]))
    for title, facts in data["parties"]:
        out.append(f"<h3>{escape(title)}</h3>{rows(facts)}")
    for name in TABLES:
        if data[name]:
            head = "".join(
                f"<th{' class=wide' if share > 0.4 else ''}>{escape(cell)}</th>"
                for share, cell in zip(data[name]["shares"], data[name]["head"], strict=True)
            )
            out.append(rows(data[name]["rows"], f"<thead><tr>{head}</tr></thead>"))
        if name == "lines":
            out.append(rows(data["totals"]))
    out += [f"<p>{escape(text)}</p>" for text in data["words"]]
    out.append(f"<ul>{''.join(f'<li>{escape(text)}</li>' for text in data['terms'])}</ul>")
    out.append(rows(data["sides"]) + "</body></html>")
    return "".join(out)


def rows(cells: list[list[str]], head: str = "") -> str:
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in cells)
    return f"<table>{head}<tbody>{body}</tbody></table>"


if __name__ == "__main__":
    run(render)
