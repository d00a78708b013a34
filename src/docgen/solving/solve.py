"""solve(deal, catalog, rule_sets, goal) → Answer.

Below the present net a search keeps the discounts the deal has and goes on from there; above it, they are replaced and
spread anew from the regular price. Every proposal is priced again from its own edited deal, and offered only where the
engine gives the goal, every line keeps its floor, and nothing about the deal is an error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from docgen.approvals.review import RuleSet
from docgen.catalog import Catalog
from docgen.currencies import minor_digits
from docgen.deal import Deal
from docgen.money import plain, to_minor
from docgen.problems import Problem, problem
from docgen.solving.desk import Desk, Trial, agreed, at_regular_price, cents, money, settled, without_totals
from docgen.solving.goals import Goal, MarginGoal, NetGoal
from docgen.solving.places import Key, Place, places_of
from docgen.solving.proposals import Answer, Beyond, Proposal, one_deeper, propose
from docgen.solving.reach import Edge, Guesses, deepest, limit_guesses, margin_guesses, reach_net
from docgen.solving.spreads import ByRoom, Spread, best_margin, by_room, fewest, software, whole

MOST_PROPOSALS, TIGHTENINGS = 3, 3

Found = tuple[Trial, Beyond | None]
Search = Callable[[Spread], Found | None]


def solve(deal: Deal, catalog: Catalog, rule_sets: Sequence[RuleSet], goal: Goal) -> Answer:
    """Up to three proposals for a deal without errors; amounts in the price list's currency."""
    search = _Search(deal, catalog, rule_sets)
    if not search.now.net:
        return Answer(search.now, problems=(problem("nothing_to_solve", "lines"),))
    if isinstance(goal, NetGoal):
        return search.for_net(goal, minor_digits(catalog.currency))
    if isinstance(goal, MarginGoal):
        return search.for_margin(Fraction(goal.rate))
    return search.for_no_approval()


class _Search:
    """One search: the deal as it stands, at its regular price, and what follows from the goal."""

    def __init__(self, deal: Deal, catalog: Catalog, rule_sets: Sequence[RuleSet]) -> None:
        self.desk = Desk(catalog, rule_sets)
        self.now = self.desk.price(deal)
        bare, regular = without_totals(deal), at_regular_price(deal)
        self.open = self.now if bare is deal else self.desk.price(bare)
        self.regular = self.now if regular == deal else self.desk.price(regular)
        self.digits = self.now.quote.digits

    # -- goals --------------------------------------------------------------------------------------------------------
    def for_net(self, goal: NetGoal, digits: int) -> Answer:
        wanted = cents(goal.net, digits)
        if money(wanted, digits) != goal.net:
            return self._none(problem("goal_too_fine", digits=digits, net=f"{goal.net:,f}"))
        if wanted == self.now.net:
            return Answer(self.now, is_there=True)
        if wanted > self.regular.net:
            return self._none(
                problem("goal_above_regular", net=self._told(wanted), highest=self._told(self.regular.net))
            )
        start = self.open if wanted <= self.open.net else self.regular

        def search(spread: Spread) -> Found | None:
            found = reach_net(self.desk, spread, wanted, start)
            return (found.trial, None) if found is not None else None

        found = self._ranked(self._proposals(start, search, wanted))
        return self._answer(start, found) if found else self._none(self._too_low(start, wanted))

    def for_margin(self, rate: Fraction) -> Answer:
        if self._margin(self.regular) < rate:
            highest, net = _percent(self._margin(self.regular)), self._told(self.regular.net)
            return self._none(problem("margin_above_regular", margin=_percent(rate), highest=highest, net=net))
        if not self.regular.quote.totals.cost:
            return self._none(problem("margin_without_cost"))
        start = self.open if self._margin(self.open) >= rate else self.regular

        def holds(trial: Trial) -> bool:
            return bool(trial.net) and self._margin(trial) >= rate and self._keeps_floors(trial, start)

        def search(spread: Spread) -> Found:
            edge = deepest(self.desk, spread, holds, start, margin_guesses(rate))
            return self._lowest(spread, edge, holds, start), self._beyond(edge, start)

        found = self._ranked(self._proposals(start, search, None))
        lowest = min(p.trial.net for p in found)
        return self._answer(start, [p for p in found if p.trial.net == lowest])

    def for_no_approval(self) -> Answer:
        start = self.regular if self.open.asks_beyond(self.regular) else self.open

        def holds(trial: Trial) -> bool:
            return not trial.asks_beyond(self.regular) and self._keeps_floors(trial, start)

        guesses: Guesses = limit_guesses(self.regular)

        def search(spread: Spread) -> Found:
            edge = deepest(self.desk, spread, holds, start, guesses)
            return edge.holds.trial, self._beyond(edge, self.regular)

        found = sorted(self._proposals(start, search, None), key=lambda p: (p.trial.net, p.rank))
        return self._answer(start, found)

    # -- ways ---------------------------------------------------------------------------------------------------------
    def _proposals(self, start: Trial, search: Search, wanted: int | None) -> list[Proposal]:
        """Every way of spreading that gets there, without doubles."""
        found: dict[tuple[int, ...], Proposal] = {}
        for name, result in self._ways(start, search, wanted):
            trial, beyond = result
            if trial.is_sound and self._keeps_floors(trial, start):
                nets = tuple(cents(line.net, self.digits) for line in trial.quote.lines)
                proposal = propose(name, self.now, trial, beyond)
                if nets not in found or proposal.rank < found[nets].rank:
                    found[nets] = proposal
        return list(found.values())

    def _ways(self, start: Trial, search: Search, wanted: int | None) -> Iterator[tuple[str, Found]]:
        places = places_of(start, self.desk.rule_sets, self.regular.asked)
        spread: Spread = whole(start)
        if (result := search(spread)) is not None:
            yield spread.name, result
        result = self._within_floors(by_room("room", start.deal, places, self.digits), search, start)
        if result is not None:
            yield "room", result
            wanted = result[0].net if wanted is None else wanted
        cut = start.net - wanted if wanted is not None else 0
        for spread in self._narrow(start, places, cut):
            if (result := search(spread)) is not None:
                yield spread.name, result

    def _narrow(self, start: Trial, places: list[Place], cut: int) -> Iterator[Spread]:
        """Only some lines; only where these can give it without hurting. Prices cut by rates or tax need more."""
        totals = start.quote.totals
        cut = int(cut * Fraction(totals.customer) / Fraction(totals.net)) + 1 if cut and totals.net else 0
        for name, chosen in (
            ("software", software(places)),
            ("margin", best_margin(places, cut)),
            ("fewest", fewest(places, cut)),
        ):
            spread = by_room(name, start.deal, chosen, self.digits, only_easy=True)
            if spread.most and cut:
                yield spread

    def _within_floors(self, spread: ByRoom, search: Search, start: Trial) -> Found | None:
        """Where discounts on the deal weigh anew a line can miss its floor by cents: then it gets less room."""
        for _ in range(TIGHTENINGS):
            result = search(spread)
            if result is None or self._keeps_floors(result[0], start):
                return result
            spread = spread.tightened(self._short(spread, result[0], start))
        return None

    def _short(self, spread: ByRoom, trial: Trial, start: Trial) -> dict[Key, int]:
        fallen = trial.below_floor - start.below_floor
        owner = {line.number: key for key, place in spread.places.items() for line in place.lines}
        out: dict[Key, int] = {}
        for line in trial.quote.lines:
            product = line.line.product
            if line.number not in fallen or line.number not in owner or product is None or product.floor is None:
                continue
            least = Fraction(product.floor) * Fraction(line.line.quantity) * line.line.periods
            rate = Fraction(settled(line) or 1) / Fraction(agreed(line) - line.credit or 1)
            missing = (least - Fraction(settled(line) + line.credit)) / rate
            out[owner[line.number]] = int(missing * 10**self.digits) + 2
        return out

    # -- judging ------------------------------------------------------------------------------------------------------
    def _keeps_floors(self, trial: Trial, start: Trial) -> bool:
        return trial.below_floor <= start.below_floor

    def _margin(self, trial: Trial) -> Fraction:
        return trial.quote.totals.margin_rate

    def _lowest(self, spread: Spread, edge: Edge, holds: Callable[[Trial], bool], start: Trial) -> Trial:
        """Where a cent off moves the net by another measure, nets between two points may hold as well."""
        best = edge.holds.trial
        if edge.beyond is None:
            return best
        for net in range(best.net - 1, max(edge.beyond.trial.net, best.net - 4), -1):
            found = reach_net(self.desk, spread, net, start)
            if found is None or not holds(found.trial):
                break
            best = found.trial
        return best

    def _beyond(self, edge: Edge, allowed: Trial) -> Beyond | None:
        return one_deeper(edge.beyond.trial, allowed) if edge.beyond is not None else None

    # -- answers ------------------------------------------------------------------------------------------------------
    def _ranked(self, proposals: list[Proposal]) -> list[Proposal]:
        """Fewest approvals first, then fewest lines."""
        return sorted(proposals, key=lambda proposal: proposal.rank)

    def _answer(self, start: Trial, proposals: list[Proposal]) -> Answer:
        offered = tuple(p for p in proposals if p.edits)[:MOST_PROPOSALS]
        dropped = [d for d in self.now.deal.discounts if d not in without_totals(self.now.deal).discounts]
        return Answer(
            self.now,
            offered,
            is_there=not offered,
            from_regular=start is self.regular and start is not self.now,
            dropped=tuple(dropped),
        )

    def _none(self, *problems: Problem) -> Answer:
        return Answer(self.now, problems=problems)

    def _too_low(self, start: Trial, wanted: int) -> Problem:
        """The lowest net the floors allow, and whom the wanted one would need besides."""
        lowest = self._lowest_net(start)
        if lowest <= wanted:
            return problem("goal_not_hit", net=self._told(wanted))
        found = reach_net(self.desk, whole(start), wanted, start)
        asks = found.trial.asks_beyond(self.now) if found is not None else []
        needs = ", ".join(f"{a.approver} ({a.rule}: {a.when})" for a in asks)
        return problem("goal_below_floors", net=self._told(wanted), lowest=self._told(lowest), needs=needs)

    def _lowest_net(self, start: Trial) -> int:
        places = places_of(start, self.desk.rule_sets, self.regular.asked)
        spread = by_room("room", start.deal, places, self.digits)

        def search(spread: Spread) -> Found:
            return self.desk.price(spread.edit(spread.most)), None

        found = self._within_floors(spread, search, start)
        return found[0].net if found is not None else start.net

    def _told(self, net: int) -> str:
        return f"{money(net, self.digits):,f}"


def _percent(rate: Fraction) -> str:
    return f"{plain(to_minor(rate * 100, 2))}%"
