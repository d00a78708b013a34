"""A contract somebody wrote in Word as clauses of the library: a folder each, as a lawyer would have typed them.

    labels        the numbers of articles, paragraphs and items, typed or Word's own
    outline       the file as articles with paragraphs and items
    keys          names for clauses, by titles the library knows
    marks         references, sides, defined terms; everything else stays words
    clauses       the folders' files        importing    the whole way, and what was not kept

Nothing of the file is ever taken for a mark: braces and brackets of the author stay what he typed.
"""

from docgen.intake.importing import Imported, Wishes, import_contract

__all__ = ["Imported", "Wishes", "import_contract"]
