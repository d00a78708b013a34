"""Which paragraph of one version became which of the other.

First by name (a bookmark that is in both), then by the very words, last by likeness. What is left came or went. What
has its partner in another order was moved: as few are called moved as explain the new order.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from docgen.rewording.words import tokens

ALIKE = 0.5
"""From this likeness on two paragraphs are versions of one."""
_BY_NAME = 0.15
"""Below this likeness a common name may be a bookmark left behind on somebody else's words."""
_MOST_TRIED = 4
_COMMON = 64
"""Paragraphs a pair of words may stand in and still tell them apart."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """pairs: places in the old and the new row, in the order of the old    moved: those of them in another order"""

    pairs: tuple[tuple[int, int], ...]
    moved: frozenset[tuple[int, int]]
    gone: tuple[int, ...]
    come: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A paragraph as it is compared. `names`: bookmarks, any number."""

    text: str
    names: frozenset[str] = frozenset()


def similarity(old: str, new: str) -> float:
    """0: nothing alike, 1: the same words."""
    if old == new:
        return 1.0
    return SequenceMatcher(None, tokens(old), tokens(new), autojunk=False).ratio()


def pair(old: Sequence[Item], new: Sequence[Item]) -> Pairing:
    """The partners of two rows, wherever they stand."""
    found = _by_name(old, new)
    _by_words(old, new, found)
    _by_likeness(old, new, found)
    pairs = tuple(sorted(found.items()))
    stayed = _rising(pairs)
    taken = set(found.values())
    return Pairing(
        pairs,
        frozenset(each for each in pairs if each not in stayed),
        tuple(at for at in range(len(old)) if at not in found),
        tuple(at for at in range(len(new)) if at not in taken),
    )


def pair_in_order(old: Sequence[Item], new: Sequence[Item]) -> Pairing:
    """The same where nothing can move: what changed its place went here and came there."""
    free = pair(old, new)
    stayed = [each for each in free.pairs if each not in free.moved]
    gone = sorted([*free.gone, *(i for i, _ in free.moved)])
    come = sorted([*free.come, *(j for _, j in free.moved)])
    return Pairing(tuple(stayed), frozenset(), tuple(gone), tuple(come))


def with_neighbours(pairing: Pairing) -> Pairing:
    """What stands between the same two neighbours are versions of one another where as many went as came: in a table
    `30%` in the place of `a third` has nothing in common with it but the place. For pairs in order."""
    pairs = list(pairing.pairs)
    left = _by_gap(pairing.gone, [i for i, _ in pairs])
    right = _by_gap(pairing.come, [j for _, j in pairs])
    for gap, rows in left.items():
        if len(right.get(gap, ())) == len(rows):
            pairs += zip(rows, right[gap], strict=True)
    taken = {i for i, _ in pairs}, {j for _, j in pairs}
    gone = tuple(i for i in pairing.gone if i not in taken[0])
    come = tuple(j for j in pairing.come if j not in taken[1])
    return Pairing(tuple(sorted(pairs)), pairing.moved, gone, come)


def _by_gap(places: Sequence[int], kept: Sequence[int]) -> dict[int, list[int]]:
    """Places by how many of those that were kept stand before them."""
    out: dict[int, list[int]] = {}
    for at in places:
        out.setdefault(sum(each < at for each in kept), []).append(at)
    return out


# ---- the three ways -------------------------------------------------------------------------------------------------
def _by_name(old: Sequence[Item], new: Sequence[Item]) -> dict[int, int]:
    """A paragraph that swallowed its neighbour has two names: it goes to the one whose words are more like its own."""
    owners: dict[str, list[int]] = {}
    for at, item in enumerate(new):
        for name in item.names:
            owners.setdefault(name, []).append(at)
    wishes = [
        (similarity(item.text, new[at].text), -i, at)
        for i, item in enumerate(old)
        for name in sorted(item.names)
        for at in owners.get(name, ())
    ]
    words = Counter(item.text for item in new)
    found: dict[int, int] = {}
    for likeness, minus, at in sorted(wishes, reverse=True):
        strange = likeness < _BY_NAME and words[old[-minus].text]
        if -minus not in found and at not in found.values() and not strange:
            found[-minus] = at
    return found


def _by_words(old: Sequence[Item], new: Sequence[Item], found: dict[int, int]) -> None:
    """The very same words; of paragraphs that say the same, the first goes to the first, between the same neighbours
    where there are any."""
    left, right = _left_over(old, new, found)
    plan = SequenceMatcher(None, [old[i].text for i in left], [new[j].text for j in right], autojunk=False)
    for i, j, size in plan.get_matching_blocks():
        found.update(zip(left[i : i + size], right[j : j + size], strict=True))
    left, right = _left_over(old, new, found)
    places: dict[Hashable, list[int]] = {}
    for j in right:
        places.setdefault(new[j].text, []).append(j)
    for i in left:
        if old[i].text and places.get(old[i].text):
            found[i] = places[old[i].text].pop(0)


def _by_likeness(old: Sequence[Item], new: Sequence[Item], found: dict[int, int]) -> None:
    left, right = _left_over(old, new, found)
    index: dict[tuple[str, str], list[int]] = {}
    for j in right:
        for gram in _grams(new[j].text):
            index.setdefault(gram, []).append(j)
    wishes = [
        (similarity(old[i].text, new[j].text), -i, -j) for i in left for j in _likely(old[i].text, index)
    ]  # fmt: skip
    taken = set(found.values())
    for likeness, i, j in sorted(wishes, reverse=True):
        if likeness >= ALIKE and -i not in found and -j not in taken:
            found[-i] = -j
            taken.add(-j)


def _likely(text: str, index: Mapping[tuple[str, str], Sequence[int]]) -> list[int]:
    """The few that share most pairs of neighbouring words; pairs that stand everywhere say nothing."""
    votes: Counter[int] = Counter()
    for gram in _grams(text):
        places = index.get(gram, ())
        if len(places) <= _COMMON:
            votes.update(places)
    return [j for j, _ in votes.most_common(_MOST_TRIED)]


def _grams(text: str) -> Iterable[tuple[str, str]]:
    """Pairs of neighbouring words, each once, in order; the first word has none before it."""
    words = tokens(text)
    return dict.fromkeys(zip(["", *words], words, strict=False))


def _left_over(old: Sequence[Item], new: Sequence[Item], found: dict[int, int]) -> tuple[list[int], list[int]]:
    taken = set(found.values())
    return [i for i in range(len(old)) if i not in found], [j for j in range(len(new)) if j not in taken]


def _rising(pairs: Sequence[tuple[int, int]]) -> Collection[tuple[int, int]]:
    """The longest row of pairs that rises on both sides: these kept their order."""
    ends: list[int] = []
    last_at: list[int] = []
    before: list[int] = []
    for at, (_, j) in enumerate(pairs):
        place = bisect_left(ends, j)
        before.append(last_at[place - 1] if place else -1)
        ends[place:] = [j, *ends[place + 1 :]]
        last_at[place:] = [at, *last_at[place + 1 :]]
    out: set[tuple[int, int]] = set()
    at = last_at[-1] if last_at else -1
    while at >= 0:
        out.add(pairs[at])
        at = before[at]
    return out
