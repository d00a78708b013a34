"""What a deal stands on: the edition of a price list, the seller, the company's rules and roles. Read and checked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docgen.approvals import check_rules
from docgen.approvals.review import RuleSet
from docgen.catalog import Catalog
from docgen.catalog.checks import check as check_catalog
from docgen.currencies import is_currency
from docgen.deal import Deal
from docgen.problems import Problem
from docgen.reading import Workspace, agree_on_currency, choose_seller
from docgen.records import Roles
from docgen.seller import Seller, Sellers
from docgen.source.load import Loaded
from docgen.vocabulary import Policies


@dataclass(frozen=True)
class Ground:
    """The files beside a deal, as far as they could be read; without a price list nothing can be priced."""

    catalog: Loaded[Catalog] | None
    sellers: Loaded[Sellers] | None
    seller: Seller
    policies: Loaded[Policies] | None
    problems: tuple[Problem, ...]

    @property
    def prices(self) -> Catalog | None:
        """The price list, where it is whole enough to price by."""
        catalog = self.catalog.model if self.catalog is not None else None
        return catalog if catalog is not None and is_currency(catalog.currency) else None

    @property
    def rule_sets(self) -> list[RuleSet]:
        """The price list's approval rules, then the company's."""
        files = (("price_list", self.catalog), ("approvals", self.policies))
        return [RuleSet(f.model.approvals, origin) for origin, f in files if f is not None and f.model is not None]

    @property
    def roles(self) -> Roles:
        return self.policies.model.by_role if self.policies is not None and self.policies.model is not None else {}

    @property
    def sources(self) -> dict[str, Loaded[Any]]:
        files = (("price_list", self.catalog), ("sellers", self.sellers), ("approvals", self.policies))
        return {origin: file for origin, file in files if file is not None and file.model is not None}


def find_ground(deal: Loaded[Deal], model: Deal, workspace: Workspace, edition: Loaded[Catalog] | None) -> Ground:
    """Everything a deal names or stands beside; `edition` takes the place of the price list it names."""
    sellers, seller, problems = choose_seller(workspace, model)
    day = None if ("date",) in deal.damaged else model.date
    catalog, found = (edition, []) if edition is not None else _price_list(deal, model, workspace, day)
    problems = [*deal.placed([*problems, *found]), *(sellers.problems if sellers is not None else ())]
    problems += _of_list(catalog, deal, model)
    policies = workspace.policies()
    problems += _of_policies(policies)
    return Ground(catalog, sellers, seller, policies, tuple(problems))


def _price_list(
    deal: Loaded[Deal], model: Deal, workspace: Workspace, day: dt.date | None
) -> tuple[Loaded[Catalog] | None, list[Problem]]:
    """What the deal names; a deal that quotes nothing, a confidentiality agreement say, needs none."""
    quotes = model.lines or model.alternatives or ("lines",) in deal.damaged
    if quotes or model.price_list is not None:
        return workspace.catalog(model.price_list, day)
    nothing = Catalog(price_list="none", currency=model.currency or "CNY")
    return Loaded(nothing, deal.tree, "price_list"), []


def _of_list(catalog: Loaded[Catalog] | None, deal: Loaded[Deal], model: Deal) -> Iterator[Problem]:
    if catalog is None:
        return
    yield from catalog.problems
    if catalog.model is not None:
        yield from catalog.placed([*check_catalog(catalog.model), *check_rules(catalog.model.approvals, "price_list")])
        yield from deal.placed(agree_on_currency(model, catalog.model))


def _of_policies(policies: Loaded[Policies] | None) -> Iterator[Problem]:
    if policies is None:
        return
    yield from policies.problems
    if policies.model is not None:
        yield from policies.placed(check_rules(policies.model.approvals, "approvals"))
