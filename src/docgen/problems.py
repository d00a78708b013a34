"""What is wrong with an input, as values: collected, sorted and shown together, never thrown one by one.

Business code yields a `Problem` with the path of the value it speaks of; the source room turns the path into a place
(file, line, column) and the locales room turns the code into a sentence. Exceptions are for bugs, and for
`ProblemsFound`, which ends a road that cannot go on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

Key = str | int
Path = tuple[Key, ...]
Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a value stands: file as the user named it, line and column counted from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, or that a person should look at.

    code      names the kind of problem; the sentence is in locales/<language>.yaml under `problems`
    path      from the root of the file to the value: ("lines", 2, "sku")
    params    what the sentence mentions, as text
    origin    which file the path belongs to: "deal", "price_list", "sellers", "approvals", "template"
    depends   other paths whose damage makes this problem meaningless (a sum over lines that did not load)
    cites     rules of the price list it speaks of, in words, each with its path; the source room adds their places
    place     filled by the source room
    """

    code: str
    path: Path = ()
    params: Mapping[str, str] = field(default_factory=dict)
    severity: Severity = "error"
    origin: str = "deal"
    depends: tuple[Path, ...] = ()
    cites: tuple[tuple[str, Path], ...] = ()
    place: Place | None = None

    @property
    def is_error(self) -> bool:
        return self.severity == "error"

    def at(self, place: Place) -> Problem:
        return replace(self, place=place)


def problem(code: str, *path: Key, **params: object) -> Problem:
    """An error at a path of the deal: `problem("unknown_sku", "lines", 2, "sku", sku="E3-FNI", near="E3-FIN")`."""
    return Problem(code, path, {name: str(value) for name, value in params.items()})


def warning(code: str, *path: Key, **params: object) -> Problem:
    """As `problem`, for what a person should look at but what stops nothing."""
    return replace(problem(code, *path, **params), severity="warning")


def only_errors(problems: Iterable[Problem]) -> list[Problem]:
    return [p for p in problems if p.is_error]


def in_file_order(problems: Iterable[Problem]) -> list[Problem]:
    """Errors and warnings as a reader meets them going down the file; without doubles."""
    first = Place("", 0, 0)
    unique: dict[tuple[object, ...], Problem] = {}
    for p in problems:
        unique.setdefault((p.code, p.place or p.path, tuple(sorted(p.params.items()))), p)
    return sorted(unique.values(), key=lambda p: (p.place or first, p.path != (), p.code))


class ProblemsFound(Exception):  # noqa: N818 - it is what was found, not an error of the program
    """The input has errors; carries all problems, warnings too."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(in_file_order(problems))
        super().__init__(f"{len(only_errors(self.problems))} errors in the input")
