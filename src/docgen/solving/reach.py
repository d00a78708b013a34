"""Searches over one way of spreading: exactly a net, or as deep as something still holds.

The engine judges every point. Guesses come from straight lines between points it has priced, so that a search needs a
handful of pricings and not one a cent; where the deal is no straight line, halving takes over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from docgen.approvals.names import values_of
from docgen.approvals.review import Approval
from docgen.deal import Deal
from docgen.money import exactly
from docgen.solving.desk import Desk, Trial
from docgen.solving.spreads import Spread, single_scopes, with_discount

TRIES, CENTS_APART, SCOPES, PACE = 14, 400, 3, 16


@dataclass(frozen=True)
class Point:
    """So many cents off, and what the engine says to it."""

    cut: int
    trial: Trial


PriceAt = Callable[[int], Trial]


# ---- exactly --------------------------------------------------------------------------------------------------------
def reach_net(desk: Desk, spread: Spread, wanted: int, start: Trial) -> Point | None:
    """The deal of this spread whose net is `wanted`; None where there is none.

    Taxes inside prices, a partner's rate and lines that follow others let some nets out; then a few cents more go off
    one single line, where each cent moves the net by one or none.
    """
    found, above = _seek(lambda cut: desk.price(spread.edit(cut)), spread.most, wanted, Point(0, start))
    if found is not None or above.trial.net - wanted > CENTS_APART or above.trial.net < wanted:
        return found
    base = spread.edit(above.cut)
    for scope in single_scopes(above.trial)[:SCOPES]:
        found = _seek(_cents_on(scope, base, desk, start.quote.digits), 4 * CENTS_APART, wanted, Point(0, above.trial))[
            0
        ]
        if found is not None:
            return Point(above.cut, found.trial)
    return None


def _cents_on(scope: Mapping[str, str], base: Deal, desk: Desk, digits: int) -> PriceAt:
    return lambda cut: desk.price(with_discount(base, "cents", cut, digits, scope))


def _seek(price_at: PriceAt, most: int, wanted: int, start: Point) -> tuple[Point | None, Point]:
    """The point with the wanted net, and the nearest one found above it."""
    above, below = start, most + 1
    under: Point | None = None
    if start.trial.net == wanted:
        return start, start
    rate = _rate(start.trial)
    for _ in range(TRIES):
        cut = _between(above, under, wanted, rate)
        cut = min(max(cut, above.cut + 1), below - 1)
        if cut <= above.cut:
            break
        trial = price_at(cut)
        if not trial.is_sound or trial.net < wanted:
            below, under = cut, Point(cut, trial) if trial.is_sound else None
        elif trial.net == wanted:
            return Point(cut, trial), Point(cut, trial)
        else:
            rate = _slope(above, Point(cut, trial)) or rate
            above = Point(cut, trial)
    return None, above


def _rate(trial: Trial) -> Fraction:
    """What a cent off the customer's price takes off the net, on average."""
    totals = trial.quote.totals
    return Fraction(totals.net) / Fraction(totals.customer) if totals.net and totals.customer else Fraction(1)


def _slope(one: Point, other: Point) -> Fraction | None:
    fall = one.trial.net - other.trial.net
    return Fraction(fall, other.cut - one.cut) if fall > 0 else None


def _between(above: Point, under: Point | None, wanted: int, rate: Fraction) -> int:
    if under is not None:
        rate = _slope(above, under) or rate
    return above.cut + round((above.trial.net - wanted) / rate)


# ---- as deep as it holds --------------------------------------------------------------------------------------------
Guesses = Callable[[Point, Point], Iterator[Fraction]]
"""Where between a point that holds and one that does not the edge may lie, in cents off."""


@dataclass(frozen=True)
class Edge:
    """The deepest point that holds, and the next one, which does not; None where no deal lies deeper: everything is
    given, or a discount the deal keeps no longer fits."""

    holds: Point
    beyond: Point | None


def deepest(desk: Desk, spread: Spread, holds: Callable[[Trial], bool], start: Trial, guesses: Guesses) -> Edge:
    """`start` holds. Between the two points of the answer there is no third."""
    good = Point(0, start)
    if not spread.most:
        return Edge(good, None)
    bad = Point(spread.most, desk.price(spread.edit(spread.most)))
    if bad.trial.is_sound and holds(bad.trial):
        return Edge(bad, None)
    pace = 1
    while bad.cut - good.cut > 1:
        guess = _guess(good, bad, spread, guesses)
        is_new = good.cut < guess < bad.cut
        cut = guess if is_new else _near(guess, good, bad, pace)
        pace = pace if is_new else pace * PACE
        trial = desk.price(spread.edit(cut))
        if trial.is_sound and holds(trial):
            good = Point(cut, trial)
        else:
            bad = Point(cut, trial)
    return Edge(good, bad if bad.trial.is_sound else None)


def _guess(good: Point, bad: Point, spread: Spread, guesses: Guesses) -> int:
    """The nearest thing that may end the road; the middle where nothing is known."""
    known = [Fraction(spread.safe)] if bad.trial.below_floor - good.trial.below_floor else []
    if bad.trial.is_sound:
        known += guesses(good, bad)
    return int(min(known)) if known else (good.cut + bad.cut) // 2


def _near(guess: int, good: Point, bad: Point, pace: int) -> int:
    """Beside the end the guess lies at, in growing steps, and never beyond the middle."""
    middle = (good.cut + bad.cut) // 2
    return min(good.cut + pace, middle) if guess <= good.cut else max(bad.cut - pace, middle)


def margin_guesses(rate: Fraction) -> Guesses:
    """Where net × (1 − rate) − cost comes down to nothing."""

    def over(point: Point) -> Fraction:
        totals = point.trial.quote.totals
        return Fraction(totals.net) * (1 - rate) - Fraction(totals.cost)

    def guesses(good: Point, bad: Point) -> Iterator[Fraction]:
        one, other = over(good), over(bad)
        if one > other:
            yield good.cut + one / (one - other) * (bad.cut - good.cut)

    return guesses


def limit_guesses(allowed: Trial) -> Guesses:
    """Where what a newly asked rule looks at crosses one of the limits written in it."""

    def guesses(good: Point, bad: Point) -> Iterator[Fraction]:
        new = bad.trial.asks_beyond(allowed)
        if not new:
            return
        with exactly():
            before = values_of(good.trial.deal, good.trial.quote)
        for approval in new:
            for share in _crossings(approval, before):
                yield good.cut + share * (bad.cut - good.cut)

    return guesses


def _crossings(approval: Approval, before: Any) -> Iterator[Fraction]:
    """How far on the way from before to now each figure passes a limit, as a share of the way."""
    for each in approval.figures:
        was, now, limit = before.get(each.name), each.figure, each.bound
        if not isinstance(was, Fraction) or not isinstance(now, Fraction) or not isinstance(limit, Fraction):
            continue
        if was != now and 0 <= (limit - was) / (now - was) < 1:
            yield (limit - was) / (now - was)
