"""A long paper by docxtpl: one loop over blocks in a Word template. `template FOLDER` builds that template."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from common import run

TEMPLATE = "long-template.docx"
STYLES = {"head1": "Heading 1", "head2": "Heading 2", "head3": "Heading 3", "text": "Normal", "item": "List Bullet"}


def render(data: dict[str, Any], out: Path) -> None:
    from docxtpl import DocxTemplate

    paper = DocxTemplate(out.parent / TEMPLATE)
    paper.render(data, autoescape=True)
    paper.save(out)


def template(folder: Path) -> None:
    from docx import Document

    paper = Document()
    paper.add_heading("{{ title }}", 0)
    paper.add_paragraph("{%p for block in blocks %}")
    for kind, style in STYLES.items():
        paper.add_paragraph(f"{{%p if block.kind == '{kind}' %}}")
        paper.add_paragraph("{{ block.text }}", style)
        paper.add_paragraph("{%p endif %}")
    paper.add_paragraph("{%p if block.kind == 'table' %}")
    table = paper.add_table(rows=3, cols=1, style="Light List Accent 1")
    cells = ["{%tr for row in block.rows %}", "{%tc for cell in row %}", "{%tr endfor %}"]
    for row, text in zip(table.rows, cells, strict=True):
        row.cells[0].text = text
    table.add_column(0).cells[1].text = "{{ cell }}"
    table.add_column(0).cells[1].text = "{%tc endfor %}"
    paper.add_paragraph("{%p endif %}")
    paper.add_paragraph("{%p endfor %}")
    paper.save(folder / TEMPLATE)


if __name__ == "__main__":
    if sys.argv[1] == "template":
        template(Path(sys.argv[2]))
    else:
        run(render)
