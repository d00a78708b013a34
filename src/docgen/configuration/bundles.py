"""Which parts of a bundle are taken, and how many of each."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from docgen.catalog.model import Bundle, Fixed, Group, Option
from docgen.deal.model import Line
from docgen.problems import Path, Problem, problem

Taken = tuple[Option, Decimal]
"""An option and its absolute quantity."""


def take(bundle: Bundle, line: Line, path: Path, language: str) -> tuple[list[Taken], list[Problem]]:
    """The parts a deal line takes from its bundle.

    Required and included options are always in. Naming any option of a group drops that group's defaults; a number of 0
    says no to one. Quantities: 30 per bundle, {fixed: 30} absolute, `free` the deal's number per bundle. `language`: of
    the words of problems.
    """
    problems = list(_unknown_options(bundle, line, path))
    taken: list[Taken] = []
    for group in bundle.groups:
        chosen = _chosen(group, line)
        problems += _wrong_count(group, chosen, path, language)
        for option in chosen:
            quantity = _quantity(option, line)
            if isinstance(quantity, str):
                problems.append(
                    problem(quantity, *path, "options", option.sku, sku=option.sku, quantity=_per_bundle(option))
                )
            elif quantity > 0:
                taken.append((option, quantity))
    return taken, problems


def _chosen(group: Group, line: Line) -> list[Option]:
    named = [o for o in group.options if o.sku in line.options]
    return [
        option
        for option in group.options
        if option.always or (line.options.get(option.sku, Decimal(0)) > 0 if named else option.default)
    ]


def _quantity(option: Option, line: Line) -> Decimal | str:
    """Absolute quantity, or the code of what is wrong with it."""
    given = line.options.get(option.sku)
    if option.quantity == "free":
        return "option_needs_number" if given is None else given * line.quantity
    if isinstance(option.quantity, Fixed):
        return option.quantity.fixed if given in (None, option.quantity.fixed, Decimal(1)) else "option_number_fixed"
    if given is not None and given != option.quantity and not (option.always and given == 0):
        return "option_number_fixed"
    return option.quantity * line.quantity


def _per_bundle(option: Option) -> str:
    quantity = option.quantity.fixed if isinstance(option.quantity, Fixed) else option.quantity
    return format(quantity, "f") if isinstance(quantity, Decimal) else "30"


def _wrong_count(group: Group, chosen: list[Option], path: Path, language: str) -> Iterator[Problem]:
    options = ", ".join(o.sku for o in group.options)
    words = {"group": group.name.get(language), "taken": str(len(chosen)), "options": options}
    if len(chosen) < group.min:
        yield problem("bundle_too_few", *path, "options", limit=group.min, **words)
    if group.max is not None and len(chosen) > group.max:
        names = ", ".join(o.sku for o in chosen)
        yield problem("bundle_too_many", *path, "options", limit=group.max, chosen=names, **words)


def _unknown_options(bundle: Bundle, line: Line, path: Path) -> Iterator[Problem]:
    known = [option.sku for group in bundle.groups for option in group.options]
    for sku in line.options:
        if sku not in known:
            yield problem("unknown_option", *path, "options", sku, sku=sku, bundle=line.sku, known="\n".join(known))
