"""The quotation by reportlab's own platypus and Table, the usual way to a PDF in Python."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from common import FONTS, TABLES, run

_WIDTH = 480


def render(data: dict[str, Any], out: Path) -> None:
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

    if "Paper" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("Paper", str(FONTS / "NotoSansSC-Regular.ttf")))
    body = ParagraphStyle("body", fontName="Paper", fontSize=9, leading=13, wordWrap="CJK")
    title = ParagraphStyle("title", parent=body, fontSize=20, leading=28)
    story: list[Any] = [Paragraph(escape(data["title"]), title), Paragraph(escape(data["subtitle"]), body)]
    story.append(table(data["figures"], [0.5, 0.5], body))
    for name, facts in data["parties"]:
        story += [Paragraph(escape(name), body), table(facts, [0.3, 0.7], body)]
    for name in TABLES:
        if data[name]:
            story.append(Spacer(1, 12))
            story.append(table([data[name]["head"], *data[name]["rows"]], data[name]["shares"], body, head=1))
        if name == "lines":
            story.append(table(data["totals"], [0.5, 0.5], body))
    story += [Paragraph(escape(each), body) for each in (*data["words"], *data["terms"])]
    story.append(table(data["sides"], [0.5, 0.5], body))
    SimpleDocTemplate(str(out), pagesize=A4, leftMargin=56, rightMargin=56, topMargin=48, bottomMargin=48).build(story)


def table(rows: list[list[str]], shares: list[float], body: Any, head: int = 0) -> Any:
    """Words as paragraphs, figures as plain strings, as its manual advises for long tables."""
    from reportlab.lib import colors
    from reportlab.platypus import Paragraph, Table

    whole = sum(shares)
    wordy = shares.index(max(shares))
    cells = [
        [
            Paragraph(escape(cell).replace("\n", "<br/>"), body) if at == wordy and cell else cell
            for at, cell in enumerate(row)
        ]
        for row in rows
    ]
    style = [
        ("FONT", (0, 0), (-1, -1), "Paper", 9),
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.lightgrey),
        ("ALIGN", (0, 0), (-1, -1), "RIGHT"),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
    return Table(cells, [_WIDTH * share / whole for share in shares], style=style, repeatRows=head)


if __name__ == "__main__":
    run(render)
