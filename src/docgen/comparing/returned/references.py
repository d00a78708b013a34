"""Cross-references of a paper that came back: whether each still leads where it led, and shows a number that is or was
that of its place. Word writes the numbers anew when it prints, so what is stored may not be what a reader gets.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from docgen.comparing.returned.passages import Passage, by_reference, even
from docgen.wordfile import Paragraph

_NUMBER = re.compile(r"\d+(?:\.\d+)*(?:\([a-z]{1,4}\))*|\([a-z]{1,4}\)")


class References:
    """The references of two papers; `holds` is asked about those of the second."""

    def __init__(self, ours: Sequence[Passage], theirs: Sequence[Passage]) -> None:
        self._sent: dict[str, set[str]] = {}
        for passage in ours:
            for name, shown in _references(passage.block):
                self._sent.setdefault(name, set()).add(_number(shown))
        self._places = {name: _number(each.spot.number) for each in theirs for name in each.block.bookmarks}

    def holds(self, name: str, shown: str) -> bool:
        """Whether a reference to that bookmark may show this: the number we sent, or the one its place has now."""
        return _number(shown) in {*self._sent.get(name, ()), self._places.get(name)}

    def led_elsewhere(self, one: Passage, other: Passage) -> str:
        """The second passage as Word will show it where it names a place the first does not, else ""."""
        ours = Counter(name for name, _ in _references(one.block))
        strange = Counter(name for name, _ in _references(other.block)) - ours
        return even("".join(self._filled(other.block, strange))) if strange else ""

    def _filled(self, block: Paragraph, strange: Counter[str]) -> Iterator[str]:
        for name, shown in by_reference(block):
            yield _NUMBER.sub(self._places.get(name) or "?", shown, count=1) if name in strange else shown


def _number(text: str) -> str:
    found = _NUMBER.search(text)
    return found[0] if found else ""


def _references(block: Paragraph) -> Iterator[tuple[str, str]]:
    return (each for each in by_reference(block) if each[0])
