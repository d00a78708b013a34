"""The quotation by docxtpl, from the Word template of docx_templates.py."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from common import run


def render(data: dict[str, Any], out: Path) -> None:
    from docxtpl import DocxTemplate

    paper = DocxTemplate(out.parent / "docxtpl-template.docx")
    paper.render(data, autoescape=True)
    paper.save(out)


if __name__ == "__main__":
    run(render)
