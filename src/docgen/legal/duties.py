"""Which clauses answer what the law wants of each type of contract, and what lawyers look for in any: tables of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from docgen.legal.bench import Bench
from docgen.legal.rules.upkeep import answering, is_always_answered

Answer = Literal["always", "sometimes", "never"]
ON_PAGES = {"1": "cover", "2": "cover, signatures", "3": "cover, signatures"}
"""CUAD categories that pages made by code answer."""


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty of the law in contracts of one type. `wanted`: whether the law lays it on this type."""

    type: str
    duty: str
    name: str
    wanted: bool
    answer: Answer
    clauses: tuple[str, ...]

    @property
    def is_gap(self) -> bool:
        return self.wanted and self.answer == "never"


@dataclass(frozen=True, slots=True)
class Category:
    """One of the CUAD categories: the clauses that are of it, and the types they may stand in."""

    number: str
    name: str
    clauses: tuple[str, ...]
    types: tuple[str, ...]
    pages: str = ""


def duties(bench: Bench, language: str = "en") -> Iterator[Duty]:
    """Every duty for every type, in the order of contract.yaml."""
    for duty, name in bench.library.book.duties.items():
        for kind, card in bench.library.book.types.items():
            clauses = tuple(each.key for each in answering(bench, str(kind), duty))
            answer: Answer = "never"
            if clauses:
                answer = "always" if is_always_answered(bench, str(kind), duty) else "sometimes"
            yield Duty(str(kind), duty, name.get(language), duty in card.duties, answer, clauses)


def categories(bench: Bench, language: str = "en") -> Iterator[Category]:
    """The CUAD categories with the clauses that are of them."""
    for number, name in bench.library.book.cuad.items():
        found = [each for each in bench.library.in_order if number in map(str, each.card.cuad)]
        types = tuple(
            kind for kind in bench.library.book.types if any(kind in (*c.card.must, *c.card.may) for c in found)
        )
        keys = tuple(each.key for each in found)
        yield Category(number, name.get(language), keys, types, ON_PAGES.get(number, ""))


def duties_json(bench: Bench) -> dict[str, Any]:
    return {
        "duties": [
            {
                "type": each.type,
                "duty": each.duty,
                "name": each.name,
                "wanted": each.wanted,
                "answer": each.answer,
                "gap": each.is_gap,
                "clauses": list(each.clauses),
            }
            for each in duties(bench)
        ],
        "cuad": [
            {
                "number": int(each.number),
                "name": each.name,
                "clauses": list(each.clauses),
                "types": list(each.types),
                "pages": each.pages,
                "gap": not (each.clauses or each.pages),
            }
            for each in categories(bench)
        ],
    }
