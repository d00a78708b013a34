"""Lines of two quotations laid side by side: by SKU or custom words, whatever their order.

Of several lines of one SKU those that read the same are paired first, then the others in their order. So a line that
was moved is no difference, and one inserted in the middle changes none of its neighbours.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from docgen.comparing.difference import Change, LineChange, Value
from docgen.comparing.leaves import Leaves, as_value, changed, leaves
from docgen.deal.model import Line
from docgen.facts import Facts
from docgen.money import plain
from docgen.offers import Offer
from docgen.pricing import QuoteLine
from docgen.pricing.quote import total

T = TypeVar("T")
Pair = tuple[T | None, T | None]

NAMES: Mapping[tuple[str, ...], str] = {
    ("unit_price",): "list unit price",
    ("tiers",): "list price by tiers",
    ("months",): "term in months",
    ("from_month",): "begins in month",
    ("because",): "reason",
    ("ends",): "service ends",
    ("starts",): "service starts",
}
_NOT_WALKED = frozenset({"sku", "custom", "options", "ramp", "quantity", "discount", "because", "term_months", "price"})
"""Keys of a deal line that are told of the quote lines it became."""
_AUTOMATIC = ("contract", "tier", "volume", "term", "bundle", "promotion")


@dataclass(frozen=True, slots=True)
class _Group:
    """The quote lines one line of the deal became: itself, a heading with its parts, the segments of a ramp."""

    line: Line
    head: QuoteLine
    rest: tuple[QuoteLine, ...]
    language: str

    @property
    def key(self) -> Hashable:
        return self.head.line.sku or str(self.head.line.name)

    @property
    def net(self) -> Decimal:
        return total(line.net for line in (self.head, *self.rest))


def lines_changed(before: Facts | Offer, after: Facts | Offer) -> tuple[tuple[LineChange, ...], int]:
    """Lines that differ, in the order of `after` and then those that are gone; and how many only moved in net."""
    out: list[LineChange] = []
    gone: list[LineChange] = []
    repriced = 0
    language = after.deal.language[0]
    for one, other in _paired(_groups(before, language), _groups(after, language), lambda g: g.key, _reads):
        if one is None or other is None:
            (out if one is None else gone).append(_alone(one, other))
            continue
        found = _compared(one, other)
        if found is not None:
            out.append(found)
        else:
            repriced += one.net != other.net
    in_order = sorted(out, key=lambda change: change.after or 0)
    return (*in_order, *sorted(gone, key=lambda change: change.before or 0)), repriced


def _groups(facts: Facts | Offer, language: str) -> list[_Group]:
    by_path: dict[Any, list[QuoteLine]] = {}
    for line in facts.quote.lines:
        by_path.setdefault(line.line.path, []).append(line)
    return [_Group(g[0].line.line, g[0], tuple(g[1:]), language) for g in by_path.values()]


# ---- pairing --------------------------------------------------------------------------------------------------------
def _paired(
    before: Sequence[T], after: Sequence[T], key: Callable[[T], Hashable], reads: Callable[[T], object]
) -> Iterator[Pair[T]]:
    """Each item once: with its like on the other side, or alone."""
    ones, others = _by_key(before, key), _by_key(after, key)
    for name in dict.fromkeys((*ones, *others)):
        left, right = ones.get(name, []), others.get(name, [])
        if len(left) > 1 or len(right) > 1:
            same, left, right = _alike(left, right, reads)
            yield from same
        common = min(len(left), len(right))
        yield from zip(left[:common], right[:common], strict=True)
        yield from ((item, None) for item in left[common:])
        yield from ((None, item) for item in right[common:])


def _by_key(items: Sequence[T], key: Callable[[T], Hashable]) -> dict[Hashable, list[T]]:
    out: dict[Hashable, list[T]] = {}
    for item in items:
        out.setdefault(key(item), []).append(item)
    return out


def _alike(
    left: Sequence[T], right: Sequence[T], reads: Callable[[T], object]
) -> tuple[list[Pair[T]], list[T], list[T]]:
    """Pairs that read the same, and what is left of both sides."""
    waiting = _by_key(right, lambda item: repr(reads(item)))
    pairs: list[Pair[T]] = []
    rest: list[T] = []
    for item in left:
        found = waiting.get(repr(reads(item)))
        if found:
            pairs.append((item, found.pop(0)))
        else:
            rest.append(item)
    taken = {id(other) for _, other in pairs}
    return pairs, rest, [item for item in right if id(item) not in taken]


# ---- how a line reads -----------------------------------------------------------------------------------------------
def _reads(group: _Group) -> object:
    return _own(group), [_figures(line, group.language) for line in (group.head, *group.rest)]


def _own(group: _Group) -> Leaves:
    """What the deal writes on the line, beside what its quote lines tell."""
    return leaves(group.line, group.language, (), _NOT_WALKED)


def _figures(line: QuoteLine, language: str) -> Leaves:
    """Quantity, term, list unit price, discounts of a quote line; its net hangs on the whole deal and stays out."""
    own = line.line
    out: Leaves = {("quantity",): Value("number", plain(own.quantity))}
    if own.from_month:
        out[("from_month",)] = Value("number", str(own.from_month + 1))
    if own.months is not None:
        out[("months",)] = Value("number", plain(own.months, 4))
    if own.discount is not None:
        out |= leaves(own.discount, language, ("discount",))
    if line.unit_price is not None:
        out[("unit_price",)] = Value("number", plain(line.unit_price))
    elif line.list and own.role != "heading":
        out[("tiers",)] = Value("money", plain(line.list))
    because = as_value(own.because, language)
    if because is not None:
        out[("because",)] = because
    for step in line.steps:
        if step.lane in _AUTOMATIC and step.rate is not None:
            out[(f"{step.lane} discount “{step.name.get(language)}”",)] = Value("rate", plain(step.rate, 12))
        elif step.lane in ("contract", "tier"):
            out[(step.name.get("en").lower(),)] = Value("yes_no", "true")
    return out


# ---- two of them ----------------------------------------------------------------------------------------------------
def _compared(one: _Group, other: _Group) -> LineChange | None:
    """None where they read the same, whatever became of the net."""
    is_ramp = other.head.line.from_month is not None or one.head.line.from_month is not None
    changes = list(changed(_own(one), _own(other), NAMES))
    if is_ramp:
        parts = _parts([one.head, *one.rest], [other.head, *other.rest], other, _segment)
    else:
        changes = [*changed(_figures(one.head, one.language), _figures(other.head, other.language), NAMES), *changes]
        parts = _parts(one.rest, other.rest, other, lambda line: line.line.sku)
    if not changes and not parts:
        return None
    if one.net != other.net:
        changes.append(_net(one.net, other.net))
    return _told("changed", one, other, tuple(changes), parts)


def _net(before: Decimal, after: Decimal) -> Change:
    return Change("net", Value("money", f"{before:f}"), Value("money", f"{after:f}"))


def _segment(line: QuoteLine) -> Hashable:
    return line.line.from_month


def _parts(
    before: Sequence[QuoteLine], after: Sequence[QuoteLine], group: _Group, key: Callable[[QuoteLine], Hashable]
) -> tuple[LineChange, ...]:
    out = []
    for one, other in _paired(before, after, key, lambda line: _figures(line, group.language)):
        line = other or one
        if line is None:
            continue
        state, changes = "added" if one is None else "removed", []
        if one is not None and other is not None:
            state = "changed"
            changes = list(changed(_figures(one, group.language), _figures(other, group.language), NAMES))
            if not changes:
                continue
            if one.net != other.net:
                changes.append(_net(one.net, other.net))
        out.append(_quoted(state, line, one, other, group.language, tuple(changes)))
    return tuple(out)


def _quoted(
    state: Any,
    line: QuoteLine,
    one: QuoteLine | None,
    other: QuoteLine | None,
    language: str,
    changes: tuple[Change, ...],
) -> LineChange:
    own = line.line
    name = own.name.get(language) if own.from_month is None else f"from month {own.from_month + 1}"
    return LineChange(
        state=state,
        sku=own.sku,
        name=name,
        before=one.number if one else None,
        after=other.number if other else None,
        net_before=one.net if one else None,
        net_after=other.net if other else None,
        quantity=own.quantity,
        optional=own.optional,
        changes=changes,
    )


def _alone(one: _Group | None, other: _Group | None) -> LineChange:
    return _told("added" if one is None else "removed", one, other)


def _told(
    state: Any,
    one: _Group | None,
    other: _Group | None,
    changes: tuple[Change, ...] = (),
    parts: tuple[LineChange, ...] = (),
) -> LineChange:
    group = other or one
    assert group is not None
    own = group.head.line
    return LineChange(
        state=state,
        sku=own.sku,
        name=own.name.get(group.language),
        before=one.head.number if one else None,
        after=other.head.number if other else None,
        net_before=one.net if one else None,
        net_after=other.net if other else None,
        quantity=own.quantity if own.from_month is None else group.line.quantity,
        optional=own.optional,
        changes=changes,
        parts=parts,
    )
