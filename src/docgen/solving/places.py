"""Places of a deal where a line discount may stand, and how far each may go.

A place is the `discount` key of a line: one product, a bundle as a whole, a ramp as a whole, or one segment of a ramp
that has a discount of its own. Optional lines, included parts and lines that are a rate of other lines' net are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor

from docgen.approvals.review import RuleSet
from docgen.deal import Deal
from docgen.deal.model import Line, LineDiscount
from docgen.pricing import QuoteLine
from docgen.pricing.quote import total
from docgen.solving.desk import Trial, agreed, before_agreement, cents, money, settled

Key = tuple[int, int | None]
"""Index of the line in the deal, and of a ramp's segment."""

_WORST_LINE = re.compile(r"line_discount\s*>=?\s*(\d+(?:\.\d+)?)(%?)")


@dataclass(frozen=True)
class Place:
    """One `discount` key. Amounts in cents.

    stands   what is left on its lines after their own discount;  before: without it
    room     how far it may fall with no line below its floor (no floor: to nothing)
    easy     how far it may fall with no line below cost either, where it has no floor, nor over the limit rules set for
             the discount of a line
    """

    key: Key
    lines: tuple[QuoteLine, ...]
    is_bundle: bool
    stands: int
    before: int
    room: int
    easy: int

    @property
    def margin(self) -> Fraction:
        net = total(line.net for line in self.lines)
        return Fraction(net - total(line.cost for line in self.lines)) / Fraction(net) if net else Fraction(0)


def places_of(trial: Trial, rule_sets: Sequence[RuleSet], forgiven: Iterable[tuple[str, str]]) -> list[Place]:
    """The places of a priced deal; `forgiven`: rules that are asked anyway and so limit nothing."""
    limit = _line_limit(rule_sets, set(forgiven))
    by_key: dict[Key, list[QuoteLine]] = {}
    headings: dict[int, Key] = {}
    segments: dict[int, int] = {}
    for line in trial.quote.lines:
        own, index = line.line, line.line.path[-1]
        if own.optional or not isinstance(index, int):
            continue
        segment = segments[index] = segments.get(index, -1) + 1 if own.from_month is not None else -1
        if own.role == "heading":
            headings[own.number] = (index, None)
        elif own.role == "part" and own.bundle in headings and not _follows_net(line):
            by_key.setdefault(headings[own.bundle], []).append(line)
        elif own.role == "single" and not _follows_net(line):
            by_key.setdefault(_key(own.line, index, segment), []).append(line)
    bundles = set(headings.values())
    return [_place(key, lines, key in bundles, limit, trial.quote.digits) for key, lines in by_key.items()]


def _key(line: Line, index: int, segment: int) -> Key:
    """A segment with a discount of its own is a place; the others share the line's."""
    is_own = 0 <= segment < len(line.ramp) and line.ramp[segment].discount is not None
    return index, segment if is_own else None


def _follows_net(line: QuoteLine) -> bool:
    terms = line.line.product.percent_of if line.line.product is not None else None
    return terms is not None and terms.basis == "net"


def _line_limit(rule_sets: Sequence[RuleSet], forgiven: set[tuple[str, str]]) -> Fraction | None:
    """The least discount of one line that some rule not asked anyway would look into."""
    found = [
        Fraction(match[1]) / (100 if match[2] else 1)
        for rules in rule_sets
        for rule in rules.rules
        if (rules.origin, rule.rule) not in forgiven
        for match in _WORST_LINE.finditer(rule.when)
    ]
    return min(found, default=None)


# ---- room -----------------------------------------------------------------------------------------------------------
def _place(key: Key, lines: list[QuoteLine], is_bundle: bool, limit: Fraction | None, digits: int) -> Place:
    stands = sum(cents(agreed(line), digits) for line in lines)
    before = sum(cents(before_agreement(line), digits) for line in lines)
    rooms = [_room(line, digits) for line in lines]
    easy = [min(room, _easy(line, limit, digits)) for line, room in zip(lines, rooms, strict=True)]
    return Place(
        key,
        tuple(lines),
        is_bundle,
        stands,
        before,
        _shared(lines, rooms, stands, before, digits),
        _shared(lines, easy, stands, before, digits),
    )


def _room(line: QuoteLine, digits: int) -> int:
    """Cents the line may lose before it falls below its floor: per unit and period, after all steps.

    Never more than there is: with an upgrade's credit added, a floor of nothing lies below a price of nothing.
    """
    product, whole = line.line.product, cents(agreed(line), digits)
    if product is None or product.floor is None:
        return whole
    least = Fraction(product.floor) * Fraction(line.line.quantity) * line.line.periods
    return min(whole, _until(line, settled(line), least, digits))


def _easy(line: QuoteLine, limit: Fraction | None, digits: int) -> int:
    rooms = [cents(agreed(line), digits)]
    if line.line.product is None or line.line.product.floor is None:
        rooms.append(_until(line, line.net, Fraction(line.cost), digits))
    if limit is not None:
        rooms.append(_until(line, line.customer, (1 - limit) * Fraction(line.list), digits))
    return min(rooms)


def _until(line: QuoteLine, figure: Decimal, least: Fraction, digits: int) -> int:
    """Cents that can go off the line until one of its later figures, an upgrade's credit added, comes down to `least`.

    What follows the credit (deal, partner, tax) is taken in proportion, with two cents for its rounding.
    """
    stands, credit = agreed(line), line.credit
    rate = Fraction(figure) / Fraction(stands - credit) if stands > credit else Fraction(bool(stands))
    if not rate or Fraction(figure + credit) <= least:
        return 0
    exact: int = floor((Fraction(figure + credit) - least) / rate * 10**digits)
    return max(0, exact if rate == 1 else exact - 2)


def _shared(lines: list[QuoteLine], rooms: list[int], stands: int, before: int, digits: int) -> int:
    """Room of a place whose discount is spread over its lines: none of them may lose more than its own room."""
    if len(lines) == 1:
        return rooms[0]
    allowed = before
    for line, room in zip(lines, rooms, strict=True):
        own = cents(before_agreement(line), digits)
        least = cents(agreed(line), digits) - room
        if own:
            allowed = min(allowed, floor(Fraction(max(0, own - least), own) * before))
    return max(0, min(stands, allowed - (before - stands)))


# ---- writing --------------------------------------------------------------------------------------------------------
def with_cuts(deal: Deal, places: Mapping[Key, Place], cuts: Mapping[Key, int], digits: int) -> Deal:
    """The deal with so many cents less on each place; a place without a cut keeps what it has."""
    lines = list(deal.lines)
    for (index, segment), cut in cuts.items():
        if not cut:
            continue
        line, discount = lines[index], _discount(places[(index, segment)], cut, digits)
        if segment is None:
            lines[index] = line.model_copy(update={"discount": discount})
        else:
            ramp = list(line.ramp)
            ramp[segment] = ramp[segment].model_copy(update={"discount": discount})
            lines[index] = line.model_copy(update={"ramp": tuple(ramp)})
    return deal.model_copy(update={"lines": tuple(lines)})


def _discount(place: Place, cut: int, digits: int) -> LineDiscount:
    """A wanted net; on a bundle the amount that goes off its parts."""
    if place.is_bundle:
        return LineDiscount.model_validate({"amount": money(place.before - place.stands + cut, digits)})
    return LineDiscount.model_validate({"net": money(place.stands - cut, digits)})


def evenly(cut: int, rooms: Sequence[int]) -> list[int]:
    """`cut` spread in proportion to the rooms, none beyond its own: largest remainder, ties to the earlier."""
    whole = sum(rooms)
    if not whole:
        return [0] * len(rooms)
    shares = [Fraction(cut * room, whole) for room in rooms]
    parts = [floor(share) for share in shares]
    by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - shares[i], i))
    for i in by_remainder[: cut - sum(parts)]:
        parts[i] += 1
    return parts
