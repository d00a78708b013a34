"""What products need and forbid, followed through all rules: the smallest contradictions of a deal, and ways out.

A way out is proposed only after the rules were asked again with it: nothing it was meant for is broken any more, and
nothing that was whole breaks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from docgen.catalog.model import Catalog
from docgen.configuration.lines import ConfiguredLine
from docgen.problems import Path


@dataclass(frozen=True, slots=True)
class Rule:
    """One product that requires, or excludes, one other; `path` is where the price list says so."""

    sku: str
    verb: str
    other: str
    path: Path = field(compare=False)

    @property
    def words(self) -> str:
        return f"{self.sku} {self.verb} {self.other}"


@dataclass(frozen=True, slots=True)
class Stock:
    """What a deal holds: products that are firm, and all that are offered, options too."""

    firm: frozenset[str]
    offered: frozenset[str]

    @classmethod
    def of(cls, lines: Iterable[ConfiguredLine]) -> Stock:
        named = [(line.sku, line.optional) for line in lines if line.sku]
        return cls(frozenset(s for s, optional in named if not optional), frozenset(s for s, _ in named))

    def but(self, without: Iterable[str], firm: Iterable[str] = (), offered: Iterable[str] = ()) -> Stock:
        gone, more = set(without), set(firm)
        return Stock(frozenset(self.firm - gone | more), frozenset(self.offered - gone | more | set(offered)))


@dataclass(frozen=True, slots=True)
class Clash:
    """Products of the deal that cannot stand together, and the rules that say so."""

    skus: tuple[str, ...]
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Repair:
    """What to remove, what to add, what to add as an option, and which options to make firm."""

    remove: tuple[str, ...]
    add: tuple[str, ...] = ()
    offer: tuple[str, ...] = ()
    firm: tuple[str, ...] = ()


class Rules:
    """The rules of a price list, one pair each, and which products it sells on a day."""

    def __init__(self, catalog: Catalog, day: dt.date) -> None:
        self.catalog = catalog
        self.day = day
        self.requires: dict[str, list[Rule]] = {}
        self.excludes: dict[frozenset[str], Rule] = {}
        for index, each in enumerate(catalog.rules):
            own = self.requires.setdefault(each.sku, []) if each.requires else []
            for needed in each.requires:
                rule = Rule(each.sku, "requires", needed, ("rules", index))
                own += [] if rule in own else [rule]
            for other in each.excludes:
                pair = frozenset((each.sku, other))
                self.excludes.setdefault(pair, Rule(each.sku, "excludes", other, ("rules", index)))

    def broken(self, stock: Stock) -> list[Rule]:
        """In the order of the price list."""
        found = [r for sku in stock.offered & self.requires.keys() for r in self._lacking(sku, stock)]
        found += [rule for pair, rule in self.excludes.items() if pair <= stock.offered and len(pair) == 2]
        return sorted(found, key=lambda rule: (rule.path[1], rule.verb, rule.other))

    def _lacking(self, sku: str, stock: Stock) -> Iterator[Rule]:
        pool = stock.firm if sku in stock.firm else stock.offered
        return (rule for rule in self.requires[sku] if rule.other not in pool)

    def needs(self, sku: str) -> dict[str, tuple[Rule, ...]]:
        """Everything a product needs, itself included, each with the shortest chain of rules that says so."""
        chains: dict[str, tuple[Rule, ...]] = {sku: ()}
        waiting = [sku]
        while waiting:
            here = waiting.pop(0)
            for rule in self.requires.get(here, ()):
                if rule.other not in chains:
                    chains[rule.other] = (*chains[here], rule)
                    waiting.append(rule.other)
        return chains

    def needing(self, sku: str, stock: Stock) -> set[str]:
        """What of the deal falls with a product: itself and all that need it."""
        return {other for other in stock.offered if sku in self.needs(other)}

    def sells(self, sku: str) -> bool:
        return self.catalog.product(sku, self.day) is not None


def clashes(rules: Rules, stock: Stock) -> list[Clash]:
    """For each pair that excludes each other and is in the deal, or needed by it, the fewest lines and rules."""
    reach = {sku: rules.needs(sku) for sku in sorted(stock.offered)}
    holders: dict[str, list[str]] = {}
    for sku, chains in reach.items():
        for needed in chains:
            holders.setdefault(needed, []).append(sku)
    found = []
    for pair, rule in rules.excludes.items():
        if len(pair) < 2:
            continue
        options = (
            _clash(one, other, rule, reach)
            for one in holders.get(rule.sku, ())
            for other in holders.get(rule.other, ())
        )
        smallest = min(options, key=lambda c: (len(c.skus) + len(c.rules), len(c.skus), c.skus), default=None)
        if smallest is not None:
            found.append(smallest)
    return found


def _clash(one: str, other: str, rule: Rule, reach: Mapping[str, Mapping[str, tuple[Rule, ...]]]) -> Clash:
    chain = (*reach[one][rule.sku], *reach[other][rule.other], rule)
    return Clash(tuple(dict.fromkeys((one, other))), tuple(dict.fromkeys(chain)))


# ---- ways out -------------------------------------------------------------------------------------------------------
def repairs(clash: Clash, rules: Rules, stock: Stock, held: Held) -> list[Repair]:
    """Ways out that work: to add what is missing, to remove one product, or as a last resort all of them."""
    options = dict.fromkeys([(), *((sku,) for sku in clash.skus)])
    found = [way for option in options if (way := _tried(clash, option, rules, stock, held)) is not None]
    if not found:
        found = [way for way in (_tried(clash, clash.skus, rules, stock, held),) if way is not None]
    return found


def _tried(clash: Clash, without: tuple[str, ...], rules: Rules, stock: Stock, held: Held) -> Repair | None:
    """One way out, if the rules allow it: without some products and all that fall with them, and with all that those
    of the clash that stay need."""
    gone = _falling(without, rules, stock, held)
    needed: dict[str, bool] = {}
    for sku in clash.skus:
        for need in rules.needs(sku) if sku not in gone else ():
            needed[need] = needed.get(need, False) or sku in stock.firm
    rest = stock.but(gone)
    add = [sku for sku in needed if sku not in rest.offered]
    firm = [sku for sku, must in needed.items() if must and sku in rest.offered and sku not in rest.firm]
    after = rest.but((), firm=[sku for sku in (*add, *firm) if needed[sku]], offered=add)
    still = set(rules.broken(after))
    if still - set(rules.broken(stock)) or still & set(clash.rules) or not all(map(rules.sells, add)):
        return None
    added, offered = (tuple(sorted(sku for sku in add if needed[sku] is must)) for must in (True, False))
    return Repair(held.names(gone), added, offered, tuple(sorted(firm)))


def _falling(without: Iterable[str], rules: Rules, stock: Stock, held: Held) -> set[str]:
    """Some products, all that need them, and the bundles that cannot go without a part."""
    gone: set[str] = set()
    waiting = list(without)
    while waiting:
        sku = waiting.pop()
        if sku not in gone:
            gone.add(sku)
            waiting += [*rules.needing(sku, stock), *held.leaving_with(sku)]
    return gone


class Held:
    """Which lines hold which products: what leaves with a product, and how it is named."""

    def __init__(self, lines: Iterable[ConfiguredLine], catalog: Catalog) -> None:
        self.catalog = catalog
        self.lines: dict[str, list[ConfiguredLine]] = {}
        self.headings: dict[int, ConfiguredLine] = {}
        for line in lines:
            if line.sku:
                self.lines.setdefault(line.sku, []).append(line)
            if line.role == "heading":
                self.headings[line.number] = line

    def leaving_with(self, sku: str) -> Iterator[str]:
        """With a bundle its parts, as far as they stand nowhere else; with a part that is always in its bundle."""
        for line in self.lines.get(sku, ()):
            if line.role == "heading":
                yield from (s for s, held in self.lines.items() if all(x.bundle == line.number for x in held))
            elif line.bundle is not None and not self._is_free(line):
                yield str(self.headings[line.bundle].sku)

    def names(self, gone: set[str]) -> tuple[str, ...]:
        """`E3-APS`; an option of a bundle as `E3-SUITE / E3-APS`; parts of a bundle that goes are not named."""
        lines = [line for sku in gone for line in self.lines.get(sku, ())]
        named = {str(line.sku) for line in lines if line.bundle is None}
        for line in lines:
            heading = str(self.headings[line.bundle].sku) if line.bundle is not None else None
            if heading is not None and heading not in gone:
                named.add(f"{heading} / {line.sku}")
        return tuple(sorted(named))

    def _is_free(self, part: ConfiguredLine) -> bool:
        """Whether the bundle may go without this option."""
        heading = self.headings[part.bundle or 0]
        taken = {sku for sku, lines in self.lines.items() if any(x.bundle == heading.number for x in lines)}
        for group in self.catalog.bundles[str(heading.sku)].groups:
            if any(option.sku == part.sku and option.always for option in group.options):
                return False
            if any(option.sku == part.sku for option in group.options):
                return sum(option.sku in taken for option in group.options) > group.min
        return False
