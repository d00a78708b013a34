"""Ways to spread a reduction over a deal. Each turns a number of cents into a deal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

from docgen.deal import Deal
from docgen.deal.model import DealDiscount
from docgen.pricing import QuoteLine
from docgen.pricing.quote import total
from docgen.solving.desk import Trial, cents, money, settled
from docgen.solving.places import Key, Place, evenly, with_cuts
from docgen.values import Text

SOFTWARE = ("licence", "subscription")

_WORDS = {
    "whole": {"zh-CN": "整单优惠", "en": "Deal discount"},
    "cents": {"zh-CN": "尾差调整", "en": "Rounding"},
}


class Spread(Protocol):
    """`most`: the cents it can take off; `safe`: those it can take with no line below its floor, as far as one sees."""

    @property
    def name(self) -> str: ...
    @property
    def most(self) -> int: ...
    @property
    def safe(self) -> int: ...
    def edit(self, cut: int) -> Deal: ...


@dataclass(frozen=True)
class Whole:
    """One amount off the whole deal, spread by what is left on each line."""

    deal: Deal
    most: int
    safe: int
    digits: int
    name: str = "whole"

    def edit(self, cut: int) -> Deal:
        return with_discount(self.deal, "whole", cut, self.digits) if cut else self.deal


def whole(trial: Trial) -> Whole:
    lines = [line for line in trial.quote.lines if not line.line.optional and line.line.role in ("single", "part")]
    digits = trial.quote.digits
    stands = {line.number: cents(_before_partner(line), digits) for line in lines}
    most = sum(stands.values())
    safe = [_floor_room(line, digits) * most // stands[line.number] for line in lines if stands[line.number]]
    return Whole(trial.deal, most, max(0, min([most, *safe]) - 1), digits)


def _before_partner(line: QuoteLine) -> Decimal:
    return line.list + total(s.amount for s in line.steps if s.lane not in ("partner", "tax"))


def _floor_room(line: QuoteLine, digits: int) -> int:
    """Cents off the customer's price until the floor; those of a line already below count as endless."""
    product = line.line.product
    if product is None or product.floor is None or line.below_floor or not settled(line):
        return cents(_before_partner(line), digits)
    least = Fraction(product.floor) * Fraction(line.line.quantity) * line.line.periods
    left = min(Fraction(1), (Fraction(settled(line) + line.credit) - least) / Fraction(settled(line)))
    return int(left * cents(_before_partner(line), digits))


@dataclass(frozen=True)
class ByRoom:
    """On some places, in proportion to how far each may fall: first what is easy, then down to the floors."""

    name: str
    deal: Deal
    places: Mapping[Key, Place]
    easy: Mapping[Key, int]
    room: Mapping[Key, int]
    digits: int

    @property
    def most(self) -> int:
        return sum(self.room.values())

    @property
    def safe(self) -> int:
        return sum(self.easy.values())

    def edit(self, cut: int) -> Deal:
        return with_cuts(self.deal, self.places, self.cuts(cut), self.digits)

    def cuts(self, cut: int) -> dict[Key, int]:
        keys = list(self.places)
        first = evenly(min(cut, self.safe), [self.easy[key] for key in keys])
        hard = evenly(max(0, cut - self.safe), [self.room[key] - self.easy[key] for key in keys])
        return {key: a + b for key, a, b in zip(keys, first, hard, strict=True)}

    def tightened(self, short: Mapping[Key, int]) -> ByRoom:
        """With less room on places whose lines fell below their floors after all."""
        room = {key: max(0, have - short.get(key, 0)) for key, have in self.room.items()}
        easy = {key: min(have, room[key]) for key, have in self.easy.items()}
        return ByRoom(self.name, self.deal, self.places, easy, room, self.digits)


def by_room(name: str, deal: Deal, places: Iterable[Place], digits: int, *, only_easy: bool = False) -> ByRoom:
    chosen = {place.key: place for place in places if place.room}
    easy = {key: place.easy for key, place in chosen.items()}
    room = easy if only_easy else {key: place.room for key, place in chosen.items()}
    return ByRoom(name, deal, chosen, easy, room, digits)


# ---- which lines ----------------------------------------------------------------------------------------------------
def software(places: Sequence[Place]) -> list[Place]:
    """Licences and subscriptions, where there is anything else; services stay whole."""
    found = [place for place in places if all(line.line.kind in SOFTWARE for line in place.lines)]
    return found if len(found) < len(places) else []


def fewest(places: Sequence[Place], cut: int) -> list[Place]:
    """As few places as can give `cut`: those with the most room."""
    return _until(sorted(places, key=lambda place: -place.easy), cut)


def best_margin(places: Sequence[Place], cut: int) -> list[Place]:
    """The places with the best margins that can give `cut` together."""
    return _until(sorted(places, key=lambda place: -place.margin), cut)


def _until(places: Sequence[Place], cut: int) -> list[Place]:
    taken, room = [], 0
    for place in places:
        if room >= cut:
            break
        if place.easy:
            taken.append(place)
            room += place.easy
    return taken if room >= cut else []


# ---- discounts on the deal ------------------------------------------------------------------------------------------
def with_discount(deal: Deal, words: str, cut: int, digits: int, on: Mapping[str, str] | None = None) -> Deal:
    """One more discount on the deal: so many cents, on everything or on one SKU or kind."""
    texts = _WORDS[words]
    name = Text.of(texts[deal.language[0]]) if len(deal.language) == 1 else Text.model_validate(texts)
    data = {"name": name, "amount": money(cut, digits), **({"on": dict(on)} if on else {})}
    return deal.model_copy(update={"discounts": (*deal.discounts, DealDiscount.model_validate(data))})


def single_scopes(trial: Trial) -> list[Mapping[str, str]]:
    """Scopes of a discount that reach exactly one line, the largest first: there single cents can be given."""
    lines = [line for line in trial.quote.lines if not line.line.optional and line.line.role in ("single", "part")]
    out: list[tuple[Decimal, Mapping[str, str]]] = []
    for key in ("sku", "kind"):
        values = [getattr(line.line, key) for line in lines]
        out += [
            (line.customer, {key: value})
            for line, value in zip(lines, values, strict=True)
            if value is not None and values.count(value) == 1
        ]
    return [scope for _, scope in sorted(out, key=lambda each: -each[0])]
