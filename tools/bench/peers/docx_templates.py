"""Word templates of the quotation as a person would make them, one for each peer that fills Word files:
`docx_templates.py FOLDER`. They differ only in how a mark and a loop are written."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

COLUMNS = {"lines": 7, "options": 7, "payments": 4}


class Docxtpl:
    """`{{ name }}`; loops stand in rows and paragraphs of their own."""

    def mark(self, name: str) -> str:
        return f"{{{{ {name} }}}}"

    def table(self, paper: Any, columns: int, source: str, *, head: str = "") -> None:
        table = new_table(paper, columns, [f"{{{{ {head}.head[{at}] }}}}" for at in range(columns)] if head else [])
        rows = f"{head}.rows" if head else source
        table.add_row().cells[0].text = f"{{%tr for row in {rows} %}}"
        fill(table.add_row(), [f"{{{{ row[{at}] }}}}" for at in range(columns)])
        table.add_row().cells[0].text = "{%tr endfor %}"

    def optional(self, paper: Any, name: str, columns: int) -> None:
        paper.add_paragraph(f"{{%p if {name} %}}")
        self.table(paper, columns, "", head=name)
        paper.add_paragraph("{%p endif %}")

    def parties(self, paper: Any) -> None:
        paper.add_paragraph("{%p for party in parties %}")
        paper.add_paragraph("{{ party[0] }}", "Heading 2")
        self.table(paper, 2, "party[1]")
        paper.add_paragraph("{%p endfor %}")

    def texts(self, paper: Any, name: str, style: str) -> None:
        paper.add_paragraph(f"{{%p for each in {name} %}}")
        paper.add_paragraph("{{ each }}", style)
        paper.add_paragraph("{%p endfor %}")


class Docxtemplater:
    """`{name}`; a loop begins in a row's first cell and ends in its last."""

    def mark(self, name: str) -> str:
        return f"{{{name}}}"

    def table(self, paper: Any, columns: int, source: str, *, head: str = "") -> None:
        heads = [f"{{c{at}}}" for at in range(columns)]
        if head:
            heads[0], heads[-1] = f"{{#{head}_head}}{heads[0]}", f"{heads[-1]}{{/}}"
        table = new_table(paper, columns, heads if head else [])
        cells = [f"{{c{at}}}" for at in range(columns)]
        cells[0], cells[-1] = f"{{#{f'{head}_rows' if head else source}}}{cells[0]}", f"{cells[-1]}{{/}}"
        fill(table.add_row(), cells)

    def optional(self, paper: Any, name: str, columns: int) -> None:
        self.table(paper, columns, "", head=name)

    def parties(self, paper: Any) -> None:
        paper.add_paragraph("{#parties}")
        paper.add_paragraph("{name}", "Heading 2")
        self.table(paper, 2, "facts")
        paper.add_paragraph("{/parties}")

    def texts(self, paper: Any, name: str, style: str) -> None:
        paper.add_paragraph(f"{{#{name}}}")
        paper.add_paragraph("{text}", style)
        paper.add_paragraph(f"{{/{name}}}")


class Carbone:
    """`{d.name}`; a list is shown by its entries [i] and [i+1], and what lies between is repeated."""

    def mark(self, name: str) -> str:
        return f"{{d.{name}}}"

    def table(self, paper: Any, columns: int, source: str, *, head: str = "") -> None:
        table = new_table(paper, columns, [f"{{d.{head}_head.c{at}}}" for at in range(columns)] if head else [])
        rows = f"{head}_rows" if head else source
        for entry in ("i", "i+1"):
            fill(table.add_row(), [f"{{d.{rows}[{entry}].c{at}}}" for at in range(columns)])

    def optional(self, paper: Any, name: str, columns: int) -> None:
        self.table(paper, columns, "", head=name)

    def parties(self, paper: Any) -> None:
        paper.add_paragraph("{d.parties[i].name}", "Heading 2")
        self.table(paper, 2, "parties[i].facts")
        paper.add_paragraph("{d.parties[i+1].name}", "Heading 2")

    def texts(self, paper: Any, name: str, style: str) -> None:
        for entry in ("i", "i+1"):
            paper.add_paragraph(f"{{d.{name}[{entry}].text}}", style)


DIALECTS = {"docxtpl": Docxtpl(), "docxtemplater": Docxtemplater(), "carbone": Carbone()}


def new_table(paper: Any, columns: int, head: list[str]) -> Any:
    from docx.oxml import OxmlElement

    table = paper.add_table(rows=0, cols=columns, style="Light List Accent 1")
    if head:
        row = table.add_row()
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        fill(row, head)
    return table


def fill(row: Any, texts: list[str]) -> None:
    for cell, text in zip(row.cells, texts, strict=True):
        cell.text = text


def template(dialect: Any) -> Any:
    """A title, key figures, the parties, the tables, terms, signatures."""
    from docx import Document
    from docx.shared import Pt

    paper = Document()
    paper.styles["Normal"].font.name, paper.styles["Normal"].font.size = "Arial", Pt(9)
    paper.sections[0].header.paragraphs[0].text = dialect.mark("draft")
    paper.add_paragraph(dialect.mark("brand"))
    paper.add_heading(dialect.mark("title"), 0)
    paper.add_paragraph(dialect.mark("subtitle"))
    dialect.table(paper, 2, "figures")
    dialect.parties(paper)
    for name, columns in COLUMNS.items():
        dialect.optional(paper, name, columns)
        if name == "lines":
            dialect.table(paper, 2, "totals")
    for name, style in (("words", "Normal"), ("terms", "List Bullet")):
        dialect.texts(paper, name, style)
    dialect.table(paper, 2, "sides")
    return paper


if __name__ == "__main__":
    for name, dialect in DIALECTS.items():
        template(dialect).save(Path(sys.argv[1]) / f"{name}-template.docx")
