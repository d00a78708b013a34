"""What is odd in a price list that is otherwise without problems: cliffs, rules nobody meets, what cannot be sold.

`lint(catalog)` gives the findings, with paths into the list. A new rule is one function and one line in RULES, and a
sentence in locales/problems.en.yaml. A finding that is meant stands under `lint_allow` with its reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from docgen.catalog.model import Allowed, Catalog
from docgen.lists.lint import approvals, bundles, cliffs, discounts, floors, others, sellable, translations
from docgen.lists.lint.editions import against_others
from docgen.money import exactly
from docgen.problems import Problem, warning

Rule = Callable[[Catalog], Iterator[Problem]]

RULES: tuple[Rule, ...] = (
    sellable.prices_in_time,
    sellable.requirements,
    sellable.groups,
    sellable.percent_circles,
    sellable.percent_bases,
    cliffs.tier_cliffs,
    cliffs.discount_cliffs,
    discounts.dates,
    discounts.reach,
    discounts.steps,
    discounts.ambiguous,
    discounts.never_best,
    discounts.agreed_prices,
    discounts.referral,
    discounts.rebates,
    floors.costs,
    floors.floors,
    floors.floors_after_discounts,
    bundles.prices,
    translations.texts,
    translations.units,
    approvals.conditions,
    approvals.doubles,
    approvals.chains,
    others.idle_keys,
    others.tier_prices,
    others.same_names,
    others.families,
    others.plans,
    others.partner_tiers,
)


@dataclass(frozen=True)
class Findings:
    """What lint found in one list, without what the list allows; `allowed`: how many findings that were."""

    problems: tuple[Problem, ...]
    allowed: int = 0


def lint(catalog: Catalog, other_editions: Sequence[Catalog] = ()) -> Findings:
    """Every finding of every rule; an allowance nothing answers to is a finding too."""
    with exactly():
        raw = [*against_others(catalog, other_editions), *(each for rule in RULES for each in rule(catalog))]
    found = [replace(each, origin="price_list") for each in raw]
    kept = [each for each in found if not any(_covers(allowed, each) for allowed in catalog.lint_allow)]
    unused = _unused(catalog.lint_allow, found)
    return Findings((*kept, *unused), len(found) - len(kept))


def _covers(allowed: Allowed, found: Problem) -> bool:
    """Whether the finding is the one allowed; without `sku` and `rule` every finding of the code is."""
    names = (found.params.get("rule"), found.params.get("rule_en"))
    return (
        allowed.code == found.code
        and allowed.sku in (None, found.params.get("sku"))
        and (allowed.rule is None or allowed.rule in names)
    )


def _unused(allowances: Sequence[Allowed], found: Sequence[Problem]) -> Iterator[Problem]:
    for index, allowed in enumerate(allowances):
        if not any(_covers(allowed, each) for each in found):
            of = allowed.sku or allowed.rule
            known = "\n".join(sorted({each.code for each in found}))
            unused = warning("lint_allow_unused", "lint_allow", index, finding=allowed.code, known=known)
            of = f" of {of}" if of else ""
            yield replace(unused, params={**unused.params, "of": of}, origin="price_list")
