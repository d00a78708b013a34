"""What changed between two texts, as people would say it: which words, which figures, which paragraph became which.

Pure: texts in, values out. Nothing here knows of files, contracts or languages beyond how words and figures look.
"""

from docgen.rewording.figures import changed_figures, only_figures_changed
from docgen.rewording.pairing import Item, Pairing, pair, pair_in_order, similarity, with_neighbours
from docgen.rewording.words import Edit, edits, tokens

__all__ = [
    "Edit",
    "Item",
    "Pairing",
    "changed_figures",
    "edits",
    "only_figures_changed",
    "pair",
    "pair_in_order",
    "similarity",
    "tokens",
    "with_neighbours",
]
