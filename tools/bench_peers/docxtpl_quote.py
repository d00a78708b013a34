"""The quotation by docxtpl, from a Word template with loops over table rows. `template` builds that template."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from common import TABLES, run

TEMPLATE = "docxtpl-template.docx"
_COLUMNS = {"lines": 7, "options": 7, "payments": 4}


def render(data: dict[str, Any], out: Path) -> None:
    from docxtpl import DocxTemplate

    paper = DocxTemplate(out.parent / TEMPLATE)
    paper.render(data, autoescape=True)
    paper.save(out)


def template(folder: Path) -> None:
    """What a person would make in Word: a title, key figures, the parties, the tables, terms, signatures."""
    from docx import Document
    from docx.shared import Pt

    paper = Document()
    paper.styles["Normal"].font.name, paper.styles["Normal"].font.size = "Arial", Pt(9)
    paper.sections[0].header.paragraphs[0].text = "{{ draft }}"
    paper.add_paragraph("{{ brand }}")
    paper.add_heading("{{ title }}", 0)
    paper.add_paragraph("{{ subtitle }}")
    _rows(paper, 2, "figures", ["{{ row[0] }}", "{{ row[1] }}"])
    paper.add_paragraph("{%p for party in parties %}")
    paper.add_paragraph("{{ party[0] }}", "Heading 2")
    _rows(paper, 2, "party[1]", ["{{ row[0] }}", "{{ row[1] }}"])
    paper.add_paragraph("{%p endfor %}")
    for name in TABLES:
        columns = range(_COLUMNS[name])
        paper.add_paragraph(f"{{%p if {name} %}}")
        paper.add_paragraph("", "Heading 2")
        _rows(paper, len(columns), f"{name}.rows", [f"{{{{ row[{at}] }}}}" for at in columns], head=name)
        paper.add_paragraph("{%p endif %}")
        if name == "lines":
            _rows(paper, 2, "totals", ["{{ row[0] }}", "{{ row[1] }}"])
    for name, style in (("words", "Normal"), ("terms", "List Bullet")):
        paper.add_paragraph(f"{{%p for each in {name} %}}")
        paper.add_paragraph("{{ each }}", style)
        paper.add_paragraph("{%p endfor %}")
    _rows(paper, 2, "sides", ["{{ row[0] }}", "{{ row[1] }}"])
    paper.save(folder / TEMPLATE)


def _rows(paper: Any, columns: int, source: str, cells: list[str], *, head: str = "") -> None:
    from docx.oxml import OxmlElement

    table = paper.add_table(rows=0, cols=columns, style="Light List Accent 1")
    if head:
        row = table.add_row()
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for at, cell in enumerate(row.cells):
            cell.text = f"{{{{ {head}.head[{at}] }}}}"
    table.add_row().cells[0].text = f"{{%tr for row in {source} %}}"
    for cell, text in zip(table.add_row().cells, cells, strict=True):
        cell.text = text
    table.add_row().cells[0].text = "{%tr endfor %}"


if __name__ == "__main__":
    if sys.argv[1] == "template":
        template(Path(sys.argv[2]))
    else:
        run(render)
