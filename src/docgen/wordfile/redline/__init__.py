"""Two versions of one paper as one Word file with tracked changes: accept them all and it is the new one, reject them
all and it is the old one.

Both versions are files docgen wrote. The new one is the base; what the old one had besides goes into it as deleted.
Heads and feet of pages, pictures and the page setup are the new one's, without marks.

    atoms      a paragraph as the units that are compared       lines     two paragraphs as one
    blocks     two bodies or cells as one, tables row by row    marks     tracked changes as Word writes them
    carried    lists, styles and links of the old file that the new one lacks
"""

from docgen.wordfile.redline.redline import redline

__all__ = ["redline"]
