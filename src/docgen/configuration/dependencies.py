"""requires and excludes, over the whole deal: each violation as the fewest lines that contradict, and a repair."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docgen.catalog.model import Catalog
from docgen.configuration.lines import ConfiguredLine
from docgen.problems import Problem, problem


def violations(lines: Sequence[ConfiguredLine], catalog: Catalog) -> Iterator[Problem]:
    """A firm line needs firm ones; an optional line may lean on optional ones. Two that exclude each other may not both
    be offered, not even as options."""
    firm: dict[str, ConfiguredLine] = {}
    offered: dict[str, ConfiguredLine] = {}
    for line in lines:
        if line.sku:
            offered.setdefault(line.sku, line)
            if not line.optional:
                firm.setdefault(line.sku, line)
    for rule in catalog.rules:
        subject = firm.get(rule.sku) or offered.get(rule.sku)
        if subject is None:
            continue
        pool = offered if subject.optional else firm
        missing = [sku for sku in rule.requires if sku not in pool]
        for sku in missing:
            yield _requires(subject, sku, sku in offered)
        for sku in rule.excludes:
            if sku in offered:
                yield _excludes(subject, offered[sku])


def _requires(subject: ConfiguredLine, needed: str, is_optional: bool) -> Problem:
    quantity = format(subject.quantity.normalize(), "f")
    code = "requires_firm" if is_optional else "requires"
    return problem(
        code,
        *subject.path,
        "sku",
        sku=subject.sku,
        line=subject.path[-1] if subject.path else "",
        needed=needed,
        quantity=quantity,
    )


def _excludes(one: ConfiguredLine, other: ConfiguredLine) -> Problem:
    later, earlier = (one, other) if one.number > other.number else (other, one)
    return problem("excludes", *later.path, "sku", sku=later.sku, other=earlier.sku)
