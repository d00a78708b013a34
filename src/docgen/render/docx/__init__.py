"""Word, written as XML text into the house's reference document."""

from __future__ import annotations

from docgen.render.docx.writer import write_docx

__all__ = ["write_docx"]
