"""Word files that others wrote or changed: read with everything a lawyer would see, and marked with tracked changes.

archive     the zip, bounded; refuses what is no Word file        xml      parts as trees, hardened, and back
model       what a file says, as values                           read     bytes to that
styles, numbering, inline, blocks    the pieces of reading
tracked     the file as it would be with all changes accepted, or rejected
redline/    two versions of one paper as one file with tracked changes
"""

from docgen.wordfile.model import Cell, Change, Paragraph, Piece, Remark, Row, Table, WordFile
from docgen.wordfile.read import read_word
from docgen.wordfile.tracked import accepted, rejected

__all__ = [
    "Cell",
    "Change",
    "Paragraph",
    "Piece",
    "Remark",
    "Row",
    "Table",
    "WordFile",
    "accepted",
    "read_word",
    "rejected",
]
