"""What was found in a returned contract, as values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from docgen.rewording import Edit
from docgen.wordfile import Change

Kind = Literal[
    "figure", "reworded", "added", "deleted", "moved", "cell", "row added", "row deleted", "note", "plain", "reference",
    "level", "hidden",
]  # fmt: skip
"""figure: nothing but figures changed    cell: words of a table    note: a footnote or text box came in
plain: words printed so that nobody misses them no longer are
reference: a cross-reference shows the words we sent, and leads to another place
level: the same words, no longer numbered or on another level    hidden: words came in that no reader sees"""
How = Literal["tracked", "silent", "both"]
"""Whether Word's change tracking shows it. both: the tracked change hides another one beside it."""
Sources = Mapping[str, Sequence[tuple[str, str]]]
"""Of each paragraph, by anchor: values as printed, with the path of the deal they came from."""
Owners = Mapping[str, tuple[str, ...]]
"""Of each clause, by key: the roles that must agree to a change. The key "" stands for all clauses not named."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in the contract: number as printed (`第3条`, `3.2(a)`) and title of the article. key: the clause's name in
    the library; "" before the first clause. after: it came in behind this place."""

    number: str = ""
    title: str = ""
    key: str = ""
    anchor: str = ""
    after: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that became another one. field: the path of the deal it came from, "" where nobody knows."""

    old: str
    new: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that changed.

    within     the place in a table, `首付款, 金额`
    old, new   the whole of the words before and after; "" for what was not there
    edits      how the one became the other, for what was reworded
    fields     paths of the deal whose value no longer stands there
    by         who, as far as the file says
    approvers  roles that must agree
    now_after  of something moved: number of the place it stands behind now
    """

    kind: Kind
    spot: Spot
    old: str = ""
    new: str = ""
    within: str = ""
    edits: tuple[Edit, ...] = ()
    figures: tuple[Figure, ...] = ()
    fields: tuple[str, ...] = ()
    how: How = "silent"
    by: tuple[Change, ...] = ()
    approvers: tuple[str, ...] = ()
    now_after: str = ""


@dataclass(frozen=True, slots=True)
class Noted:
    """A comment in the returned file, and the place it is about."""

    spot: Spot
    author: str
    date: str
    text: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Returned:
    """All that came back, in the order of our draft."""

    findings: tuple[Finding, ...]
    remarks: tuple[Noted, ...] = ()

    @property
    def is_unchanged(self) -> bool:
        return not self.findings and not self.remarks

    @property
    def silent(self) -> int:
        """How many changes Word does not show."""
        return sum(each.how != "tracked" for each in self.findings)
