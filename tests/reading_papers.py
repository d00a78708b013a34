"""The words of finished papers, read by other means than docgen's own."""

from __future__ import annotations

import re
import subprocess
import zipfile
from io import BytesIO


def words_in_word(data: bytes) -> str:
    """The body of a Word file; paragraphs, breaks and tabs are line feeds."""
    xml = zipfile.ZipFile(BytesIO(data)).read("word/document.xml").decode()
    return re.sub(r"<[^>]+>", "", re.sub(r"</w:p>|<w:br/>|<w:tab/>", "\n", xml))


def words_in_pdf(data: bytes) -> str:
    """As pdftotext lays them out; see `need`."""
    command = ["pdftotext", "-layout", "-", "-"]
    return subprocess.run(command, input=data, check=True, capture_output=True).stdout.decode()
