"""requires and excludes, over the whole deal: each violation as the fewest lines and rules that contradict, and a way
out that was tried.

In the deal A and D; A requires B, B excludes D. B is missing, but adding it would break the other rule. So what is told
is A and D with those two rules, and the ways out are to remove A, or to remove D and add B.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

from docgen.catalog.model import Catalog
from docgen.configuration.lines import ConfiguredLine
from docgen.configuration.repairs import Clash, Held, Repair, Rules, Stock, clashes, repairs
from docgen.problems import Problem, problem


def violations(lines: Sequence[ConfiguredLine], catalog: Catalog, day: dt.date) -> Iterator[Problem]:
    """A firm line needs firm ones; an optional line may lean on optional ones. Two that exclude each other may not both
    be offered, not even as options. A deal that breaks no rule directly has no hidden contradiction either."""
    rules, stock = Rules(catalog, day), Stock.of(lines)
    broken = rules.broken(stock)
    if not broken:
        return
    held, found = Held(lines, catalog), clashes(rules, stock)
    for clash in found:
        yield _clash(clash, repairs(clash, rules, stock, held), held)
    told = {rule for clash in found for rule in clash.rules}
    for rule in broken:
        if rule.verb == "requires" and rule not in told:
            lacking = Clash((rule.sku,), (rule,))
            yield _lacking(lacking, repairs(lacking, rules, stock, held), stock, held)


def _lacking(clash: Clash, ways: Sequence[Repair], stock: Stock, held: Held) -> Problem:
    """Told at the first line that needs it: a firm one, where the product stands on firm lines too."""
    rule = clash.rules[0]
    lines = held.lines[rule.sku]
    subject = next((line for line in lines if not line.optional), lines[0])
    code = "requires_firm" if rule.other in stock.offered else "requires"
    return _told(code, subject, clash, ways, {"sku": rule.sku, "needed": rule.other})


def _clash(clash: Clash, ways: Sequence[Repair], held: Held) -> Problem:
    """Told at the later of its lines."""
    subjects = sorted((held.lines[sku][0] for sku in clash.skus), key=lambda line: line.number)
    code = "excludes" if len(clash.rules) == 1 else "rules_forbid" if len(subjects) == 1 else "rules_contradict"
    said = {"sku": str(subjects[-1].sku), "other": str(subjects[0].sku)}
    return _told(code, subjects[-1], clash, ways, said)


def _told(code: str, subject: ConfiguredLine, clash: Clash, ways: Sequence[Repair], said: dict[str, str]) -> Problem:
    """With up to two ways out; those that add something come first, then those that remove least."""
    words = {**said, "rules": "; ".join(rule.words for rule in clash.rules), "at": "a rule of the price list"}
    quantity = format(subject.quantity.normalize(), "f")
    for mark, way in zip(
        ("", "2"), sorted(ways, key=lambda w: (not (w.add or w.offer or w.firm), len(w.remove))), strict=False
    ):
        words[f"remove{mark}"] = ", ".join(way.remove)
        lines = [f"`- {{sku: {sku}, quantity: {quantity}}}`" for sku in way.add]
        lines += [f"`- {{sku: {sku}, quantity: {quantity}, optional: true}}`" for sku in way.offer]
        words[f"add{mark}"] = ", ".join(lines)
        words[f"firm{mark}"] = ", ".join(way.firm)
    cites = tuple((rule.words, rule.path) for rule in clash.rules)
    return replace(problem(code, *subject.path, "sku", **words), cites=cites)
