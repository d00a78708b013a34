"""What a search answers: proposals, each with the edits that make it and the pricing that proves it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from docgen.approvals.review import Approval
from docgen.deal import Deal
from docgen.deal.model import DealDiscount, LineDiscount
from docgen.pricing import QuoteLine
from docgen.problems import Path, Problem
from docgen.solving.desk import Trial, money


@dataclass(frozen=True)
class Edit:
    """A discount to write at a path of the deal file; None takes away the one that stands there.

    `discounts` is told as a whole: what stands at ("discounts",) afterwards.
    """

    path: Path
    discount: LineDiscount | None = None
    discounts: tuple[DealDiscount, ...] = ()
    needs_because: bool = False


@dataclass(frozen=True)
class Beyond:
    """The next point deeper: by how much its net is lower, and what fails there."""

    net: Decimal
    margin_rate: Fraction
    asks: tuple[Approval, ...] = ()
    below_floor: int = 0


@dataclass(frozen=True)
class Proposal:
    """One way to reach the goal.

    spread   whole, room, software, margin, fewest: how the reduction is spread
    asked    approvals the deal as proposed asks;  new: those the deal does not ask now
    touched  its lines whose price changes, as (now, proposed)
    beyond   one step deeper on the same road, for goals that ask for the deepest point
    """

    spread: str
    trial: Trial
    edits: tuple[Edit, ...]
    new: tuple[Approval, ...]
    touched: tuple[tuple[QuoteLine, QuoteLine], ...]
    beyond: Beyond | None = None

    @property
    def deal(self) -> Deal:
        return self.trial.deal

    @property
    def asked(self) -> tuple[Approval, ...]:
        return self.trial.verdict.approvals

    @property
    def rank(self) -> tuple[int, int]:
        return len(self.asked), len(self.touched)


@dataclass(frozen=True)
class Answer:
    """Up to three proposals, or why there is none. `is_there`: the deal has reached the goal as it stands.

    from_regular  the discounts of the deal are replaced, not added to
    dropped       discounts of the deal that fix the gross total and have to go
    """

    start: Trial
    proposals: tuple[Proposal, ...] = ()
    problems: tuple[Problem, ...] = ()
    is_there: bool = False
    from_regular: bool = False
    dropped: tuple[DealDiscount, ...] = ()


def propose(spread: str, now: Trial, trial: Trial, beyond: Beyond | None = None) -> Proposal:
    known = set(now.asked)
    return Proposal(
        spread,
        trial,
        tuple(_edits(now.deal, trial)),
        tuple(a for key, a in trial.asked.items() if key not in known),
        tuple(_touched(now, trial)),
        beyond,
    )


def one_deeper(trial: Trial, allowed: Trial) -> Beyond:
    totals = trial.quote.totals
    below = len(trial.below_floor - allowed.below_floor)
    return Beyond(money(trial.net, trial.quote.digits), totals.margin_rate, tuple(trial.asks_beyond(allowed)), below)


def _touched(now: Trial, trial: Trial) -> Iterator[tuple[QuoteLine, QuoteLine]]:
    for before, after in zip(now.quote.lines, trial.quote.lines, strict=True):
        if before.customer != after.customer:
            yield before, after


def _edits(now: Deal, trial: Trial) -> Iterator[Edit]:
    """What differs between the deal's file and the proposal."""
    bare = {p.path for p in trial.quote.problems if p.code == "deep_without_because"}
    for index, (before, after) in enumerate(zip(now.lines, trial.deal.lines, strict=True)):
        path: Path = ("lines", index, "discount")
        if before.discount != after.discount:
            yield Edit(path, after.discount, needs_because=path in bare)
        for place, (one, other) in enumerate(zip(before.ramp, after.ramp, strict=True)):
            if one.discount != other.discount:
                yield Edit(("lines", index, "ramp", place, "discount"), other.discount, needs_because=path in bare)
    if now.discounts != trial.deal.discounts:
        yield Edit(("discounts",), discounts=trial.deal.discounts)
