"""Few rows in which every two options of two factors meet: the same rows every time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

Row = tuple[str, ...]
"""One option of each factor, in the order of the factors."""
_Cell = tuple[int, str]
_Wanted = dict[tuple[_Cell, _Cell], None]
"""Pairs no row has yet, in order. A cell is the number of a factor and an option of it."""


def pairwise(factors: Mapping[str, Sequence[str]]) -> list[Row]:
    """Rows that hold every pair of options of two factors. Greedy: each row begins with a pair that is still wanted and
    takes, factor by factor, the option that brings most of the others."""
    options = [list(each) for each in factors.values()]
    wanted: _Wanted = {
        ((i, a), (j, b)): None for i, j in combinations(range(len(options)), 2) for a in options[i] for b in options[j]
    }
    rows: list[Row] = []
    while wanted:
        row = _row(options, wanted)
        for one, other in combinations(enumerate(row), 2):
            wanted.pop((one, other), None)
        rows.append(row)
    return rows


def _row(options: Sequence[Sequence[str]], wanted: _Wanted) -> Row:
    (i, a), (j, b) = next(iter(wanted))
    chosen: dict[int, str] = {i: a, j: b}
    rest = sorted((k for k in range(len(options)) if k not in chosen), key=lambda k: (-len(options[k]), k))
    for k in rest:
        chosen[k] = max(options[k], key=lambda option: _gain(k, option, chosen, wanted))
    return tuple(chosen[k] for k in range(len(options)))


def _gain(k: int, option: str, chosen: Mapping[int, str], wanted: _Wanted) -> int:
    return sum((min((k, option), other), max((k, option), other)) in wanted for other in chosen.items())
