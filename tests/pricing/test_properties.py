"""What holds of every quotation, tried on generated price lists and deals."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from itertools import product
from typing import Any

from hypothesis import assume, example, given
from hypothesis import strategies as st

from docgen.answers import price_json
from docgen.catalog import Catalog
from docgen.money import allocate, share_of, to_minor
from docgen.period import add_months, last_day, months_between
from docgen.pricing import Quote, QuoteLine
from docgen.pricing.list_price import tier_amount
from docgen.pricing.losers import Losers
from tests.pricing.deals import (
    DATE,
    LAST,
    Data,
    World,
    bounded,
    decimals,
    mixed_worlds,
    prices,
    quantities,
    rates,
    rules,
    text,
    tiers,
    with_line,
    worlds,
)

AMOUNTS = ("list", "regular", "customer", "net", "tax", "gross", "cost")


# ---- the waterfall --------------------------------------------------------------------------------------------------
@bounded
@given(worlds())
def test_list_and_steps_make_the_net_of_each_line(world: World) -> None:
    for line in world.quote().lines:
        lanes = {s.lane for s in line.steps}
        assert lanes <= {
            "contract",
            "tier",
            "volume",
            "term",
            "bundle",
            "promotion",
            "negotiated",
            "deal",
            "partner",
            "tax",
        }
        assert all(s.amount for s in line.steps), "a step of 0 is not shown"
        assert line.list + _steps(line, "contract", "tier", "volume", "term", "bundle", "promotion") == line.regular
        assert line.regular + _steps(line, "negotiated", "deal") == line.customer
        assert line.customer + _steps(line, "partner", "tax") == line.net
        assert line.net + line.tax == line.gross


def _steps(line: QuoteLine, *lanes: str) -> Decimal:
    return sum((s.amount for s in line.steps if s.lane in lanes), Decimal(0))


@bounded
@given(worlds())
def test_steps_stand_in_the_order_of_their_lanes(world: World) -> None:
    order = ["contract", "tier", "volume", "term", "bundle", "promotion", "negotiated", "deal", "partner", "tax"]
    for line in world.quote().lines:
        places = [order.index(s.lane) for s in line.steps]
        assert places == sorted(places)


@bounded
@given(worlds())
def test_a_rate_step_is_that_rate_of_what_was_left(world: World) -> None:
    """Rules that stack look at what their lane found, every other step at what the one before it left."""
    quote = world.quote()
    for line in quote.lines:
        left, found, lane = line.list, line.list, ""
        for step in line.steps:
            if step.lane != lane or step.lane not in ("volume", "term", "promotion"):
                found, lane = left, step.lane
            if step.rate is not None and step.lane != "tax":
                assert step.amount == -_half_up(Fraction(found) * Fraction(step.rate), quote.digits)
            left += step.amount


def _half_up(value: Fraction, digits: int) -> Decimal:
    """Rounding written without Decimal: add a half and cut, the sign apart."""
    cents = math.floor(abs(value) * 10**digits + Fraction(1, 2))
    return Decimal(cents if value >= 0 else -cents).scaleb(-digits)


@bounded
@given(worlds())
def test_amounts_have_the_digits_of_the_currency_and_are_never_negative(world: World) -> None:
    quote = world.quote()
    for line in quote.lines:
        for name in AMOUNTS:
            amount = getattr(line, name)
            assert amount >= 0, (name, amount)
            assert amount == amount.quantize(Decimal(1).scaleb(-quote.digits))
    # a last part takes the remainder: half a unit of every other one, be it more than its own amount
    slack = Decimal(len(quote.payments)).scaleb(-quote.digits) / 2
    assert all(payment.amount >= -slack for payment in quote.payments)


@bounded
@given(worlds())
def test_what_a_unit_price_multiplies_to_is_the_list(world: World) -> None:
    quote = world.quote()
    for line in quote.lines:
        is_rate = line.line.product is not None and line.line.product.percent_of is not None
        if line.unit_price is not None and not is_rate:  # a rate's unit price: the case in percent_of.yaml
            exact = Fraction(line.unit_price) * Fraction(line.line.quantity) * line.line.periods
            assert line.list == _half_up(exact, quote.digits)


@bounded
@given(worlds())
def test_included_parts_and_headings_are_free(world: World) -> None:
    for line in world.quote().lines:
        if line.line.role == "heading":
            assert not any((line.list, line.net, line.tax, line.gross, line.cost, line.steps))
        if line.line.role == "included":
            assert line.net == 0
            assert [s.lane for s in line.steps] == (["bundle"] if line.list else [])


@bounded
@given(worlds(sold=[{"sku": "S", "quantity": "3"}]))
def test_a_fixed_bundle_costs_its_price_before_promotions(world: World) -> None:
    bundle = {"price": {"fixed": "100"}, "groups": world.catalog["bundles"]["S"]["groups"]}
    quote = world.but(catalog={"bundles": {"S": bundle}}).quote()
    lanes = ("contract", "tier", "volume", "term", "bundle")
    parts = [line for line in quote.lines if line.line.role == "part"]
    assert sum(line.list + _steps(line, *lanes) for line in parts) == 300


# ---- sums -----------------------------------------------------------------------------------------------------------
@bounded
@given(worlds())
def test_lines_sum_to_totals(world: World) -> None:
    quote = world.quote()
    counted = [line for line in quote.lines if not line.line.optional]
    for name in AMOUNTS:
        assert sum((getattr(line, name) for line in counted), Decimal(0)) == getattr(quote.totals, name), name
    assert quote.totals.net + quote.totals.tax == quote.totals.gross
    recurring = sum((line.net for line in counted if line.line.months is not None), Decimal(0))
    assert quote.totals.one_time + recurring == quote.totals.tcv == quote.totals.net
    assert quote.totals.margin == quote.totals.net - quote.totals.cost
    assert quote.totals.discount == quote.totals.list - quote.totals.customer


@bounded
@given(worlds())
def test_taxes_sum_to_totals_and_each_is_its_rate(world: World) -> None:
    quote = world.quote()
    assert sum((t.tax for t in quote.taxes), Decimal(0)) == quote.totals.tax
    assert sum((t.base for t in quote.taxes), Decimal(0)) == quote.totals.net
    if world.catalog["prices"] == "tax_exclusive":
        for row in quote.taxes:
            if world.catalog["tax_rounding"] == "total":
                assert row.tax == _half_up(Fraction(row.base) * Fraction(row.rate), quote.digits)
        for line in quote.lines if world.catalog["tax_rounding"] == "line" else ():
            assert line.tax == _half_up(Fraction(line.net) * Fraction(line.tax_rate), quote.digits)
    else:
        for line in quote.lines:
            assert line.net == _half_up(Fraction(line.gross) / (1 + Fraction(line.tax_rate)), quote.digits)


@bounded
@given(worlds())
def test_payments_sum_to_what_the_customer_pays(world: World) -> None:
    quote = world.quote()
    paid = sum((p.amount - p.interest for p in quote.payments), Decimal(0))
    assert paid == quote.totals.customer_gross
    if world.deal.get("partner", {}).get("mode") == "resale":
        assert quote.totals.customer_gross >= quote.totals.gross
    else:
        assert quote.totals.customer_gross == quote.totals.gross


@bounded
@given(worlds())
def test_recurring_payments_are_dated_and_in_order(world: World) -> None:
    dates = [p.date for p in world.quote().payments if p.recurring]
    assert None not in dates
    assert dates == sorted(set(dates))  # type: ignore[type-var]


# ---- comparing two quotations ---------------------------------------------------------------------------------------
@bounded
@given(worlds(amounts=False, basis=("list",)), st.data())
def test_more_discount_on_a_line_never_raises_a_net(world: World, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(world.deal["lines"]) - 1))
    low, high = sorted(data.draw(st.tuples(st.integers(0, 100), st.integers(0, 100))))
    less = with_line(world, index, lambda line: {**line, "discount": f"{low}%"}).quote()
    more = with_line(world, index, lambda line: {**line, "discount": f"{high}%"}).quote()
    assert all(m.net <= s.net for m, s in zip(more.lines, less.lines, strict=True))
    assert more.totals.net <= less.totals.net
    assert more.totals.discount_rate >= less.totals.discount_rate


@bounded
@given(worlds(amounts=False), st.integers(0, 50), st.integers(0, 50))
def test_more_discount_on_the_deal_never_raises_a_net(world: World, one: int, other: int) -> None:
    low, high = sorted((one, other))
    less = world.but(deal={"discounts": [{"name": "d", "percent": f"{low}%"}]}).quote()
    more = world.but(deal={"discounts": [{"name": "d", "percent": f"{high}%"}]}).quote()
    assert all(m.net <= s.net for m, s in zip(more.lines, less.lines, strict=True))


@bounded
@given(worlds(amounts=False, basis=("list",)), st.integers(0, 100), st.integers(0, 100))
def test_more_discount_never_needs_fewer_approvals(world: World, one: int, other: int) -> None:
    asked = [
        {
            "rule": f"above {n}",
            "when": f"discount > {n}%",
            "approver": "finance",
            "because": "b",
            "step": str(1 + n // 10),
        }
        for n in range(0, 100, 10)
    ]
    world = world.but(catalog={"approvals": asked})
    low, high = sorted((one, other))

    def approvals(rate: int) -> set[str]:
        facts = with_line(world, 0, lambda line: {**line, "discount": f"{rate}%"}).facts()
        return {a.rule for a in facts.verdict.approvals}

    assert approvals(low) <= approvals(high)


@bounded
@given(worlds(amounts=False), st.randoms(use_true_random=False))
def test_the_order_of_lines_changes_no_total(world: World, random: Any) -> None:
    shuffled = list(world.deal["lines"])
    random.shuffle(shuffled)
    one, other = world.quote(), world.but(deal={"lines": shuffled}).quote()
    assert one.totals == other.totals
    assert one.taxes == other.taxes
    assert [(p.date, p.amount) for p in one.payments] == [(p.date, p.amount) for p in other.payments]


@bounded
@given(worlds(), rules(lanes=("promotion",), stack=False))
def test_the_best_of_a_lane_is_never_worse_than_any_loser(world: World, found: list[Data]) -> None:
    facts = world.but(catalog={"discounts": found}).facts()
    together, losers = facts.quote, Losers(facts.quote, facts.deal, facts.catalog)
    for line in together.lines:
        won = {(step.lane, step.path): step.rate for step in line.steps if step.rate is not None}
        for loser in losers.of(line):
            rate = won.get((loser.lane, loser.beaten_by or ()))
            assert rate is None or loser.rate is None or rate >= loser.rate
    for rule in found:
        alone = world.but(catalog={"discounts": [rule]}).quote()
        for best, single in zip(together.lines, alone.lines, strict=True):
            # a rate of other lines' nets has a lower list where those got a better discount
            if best.list == single.list:
                assert best.regular <= single.regular


@bounded
@given(worlds(amounts=False))
def test_an_optional_line_changes_nothing_but_itself(world: World) -> None:
    firm = [line for line in world.deal["lines"] if line["optional"] == "false"]
    assume(firm)
    one, other = world.quote(), world.but(deal={"lines": firm}).quote()
    assert one.totals == other.totals
    assert [(p.date, p.amount) for p in one.payments] == [(p.date, p.amount) for p in other.payments]


# ---- everything at once ---------------------------------------------------------------------------------------------
@bounded
@given(mixed_worlds())
def test_sums_hold_whatever_a_deal_mixes(world: World) -> None:
    """Upgrades, referral, partner, rebate, ramps, bundles, rates of others, taxes inside: list + steps = net, lines =
    totals, payments = what the customer pays, partner and house share what he pays without tax."""
    quote = world.quote()
    totals, counted = quote.totals, [line for line in quote.lines if not line.line.optional]
    for line in quote.lines:
        assert line.list + sum((s.amount for s in line.steps), Decimal(0)) == line.net
        assert line.net + line.tax == line.gross and min(line.net, line.gross, line.customer, line.credit) >= 0
        assert line.credit == -_credit_step(line)
    for name in (*AMOUNTS, "credit"):
        assert sum((getattr(line, name) for line in counted), Decimal(0)) == getattr(totals, name), name
    assert sum((p.amount - p.interest for p in quote.payments), Decimal(0)) == totals.customer_gross
    assert totals.conceded_rate <= totals.discount_rate
    if quote.partner is not None:
        own, paid_out = quote.partner, sum((line.paid_out for line in counted), Decimal(0))
        assert (own.sells, own.buys) == (totals.customer_gross - totals.customer_tax, totals.net)
        assert own.rebate + own.commission == paid_out
        assert own.earns + totals.net - paid_out == own.sells


def _credit_step(line: QuoteLine) -> Decimal:
    return sum((s.amount for s in line.steps if s.path[-1:] == ("upgrade",)), Decimal(0))


@bounded
@given(mixed_worlds())
def test_a_referral_gives_its_rate_or_exactly_its_maximum(world: World) -> None:
    quote = world.quote()
    given_ = [-s.amount for line in quote.counted for s in line.steps if s.path == ("referral",)]
    programme, way = world.catalog["referral"], "referred" if "by" in world.deal["referral"] else "referrer"
    rate, most = Fraction(programme[way].rstrip("%")) / 100, programme.get("maximum")
    assert most is None or sum(given_) <= to_minor(Decimal(most), quote.digits)
    if most is None or sum(given_) < to_minor(Decimal(most), quote.digits):
        for line in quote.counted:
            left = line.list
            for step in line.steps:
                if step.path == ("referral",):
                    assert -step.amount == _half_up(Fraction(left) * rate, quote.digits)
                left += step.amount


@bounded
@given(mixed_worlds(amounts=False), st.randoms(use_true_random=False))
def test_the_order_of_lines_changes_nothing_whatever_a_deal_mixes(world: World, random: Any) -> None:
    shuffled = list(world.deal["lines"])
    random.shuffle(shuffled)
    one, other = world.quote(), world.but(deal={"lines": shuffled}).quote()
    assert (one.totals, one.taxes, one.partner, one.renewal) == (
        other.totals,
        other.taxes,
        other.partner,
        other.renewal,
    )
    assert [(p.date, p.amount) for p in one.payments] == [(p.date, p.amount) for p in other.payments]


@bounded
@given(mixed_worlds())
def test_no_loser_of_a_mixed_deal_was_better_than_its_winner_and_the_json_holds_them(world: World) -> None:
    facts = world.facts()
    losers = Losers(facts.quote, facts.deal, facts.catalog)
    for line in facts.quote.lines:
        won = {(step.lane, step.path): step.rate for step in line.steps if step.rate is not None}
        for loser in losers.of(line):
            rate = won.get((loser.lane, loser.beaten_by or ()))
            assert rate is None or loser.rate is None or rate >= loser.rate
            if loser.price is not None and loser.lane == "contract":
                assert loser.price >= min(Decimal(each["price"]) for each in world.catalog["contract_prices"])
    told = price_json(facts)
    assert json.loads(json.dumps(told, ensure_ascii=False)) == told
    for line in told["lines"]:
        assert Decimal(line["list"]) + sum(Decimal(s["amount"]) for s in line["steps"]) == Decimal(line["net"])


# ---- an engine of ten lines, for simple deals -----------------------------------------------------------------------
@bounded
@given(
    st.lists(st.tuples(prices, quantities, rates), min_size=1, max_size=5),
    st.tuples(rates, rates, rates),
    st.sampled_from(["0%", "6%", "13%", "7.7%"]),
)
def test_simple_deals_agree_with_a_second_engine(items: Any, others: Any, tax: str) -> None:
    volume, deal, partner = others
    catalog: Data = {
        "price_list": "x",
        "currency": "CNY",
        "taxes": {"t": tax},
        "partner_tiers": {"gold": partner},
        "products": [{"sku": f"P{i}", "name": "p", "kind": "licence", "price": p} for i, (p, _, _) in enumerate(items)],
        "discounts": [{"name": "v", "lane": "volume", "percent": volume}],
    }
    sold: Data = {
        "deal": "D-1",
        "date": "2026-01-31",
        "customer": {"name": "ACME"},
        "partner": {"name": "P", "tier": "gold"},
        "lines": [{"sku": f"P{i}", "quantity": q, "discount": d} for i, (_, q, d) in enumerate(items)],
        "discounts": [{"name": "d", "percent": deal}],
    }
    quote = World(catalog, sold).quote()
    for line, (unit, quantity, own) in zip(quote.lines, items, strict=True):
        left = _half_up(Fraction(unit) * Fraction(quantity), 2)
        assert line.list == left
        for rate in (volume, own, deal, partner):
            left -= _half_up(Fraction(left) * Fraction(rate.rstrip("%")) / 100, 2)
        assert line.net == left
        assert line.tax == _half_up(Fraction(left) * Fraction(tax.rstrip("%")) / 100, 2)


# ---- the JSON -------------------------------------------------------------------------------------------------------
@bounded
@given(worlds())
def test_the_json_reads_back_the_same_and_holds_no_float(world: World) -> None:
    told = price_json(world.facts())
    assert json.loads(json.dumps(told, ensure_ascii=False)) == told
    for value in _scalars(told):
        assert value is None or isinstance(value, str | bool | int), type(value)


@bounded
@given(worlds())
def test_the_json_sums_by_itself_as_the_engine_does(world: World) -> None:
    """A reader of the JSON who adds its texts up finds its totals."""
    told = price_json(world.facts())
    counted = [line for line in told["lines"] if not line["optional"]]
    for name in AMOUNTS:
        assert sum((Decimal(line[name]) for line in counted), Decimal(0)) == Decimal(told["totals"][name])
    for line in told["lines"]:
        assert Decimal(line["list"]) + sum(Decimal(s["amount"]) for s in line["steps"]) == Decimal(line["net"])
    for value in _scalars(told["lines"]):
        assert not isinstance(value, str) or ("E+" not in value and value not in ("-0", "-0.00"))


def _scalars(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for key, inner in value.items():
            assert isinstance(key, str)
            yield from _scalars(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _scalars(inner)
    else:
        yield value


# ---- tiers ----------------------------------------------------------------------------------------------------------
def _catalog_of(found: Data) -> Catalog:
    product = {"sku": "T", "name": "t", "kind": "licence", "tiers": found}
    return Catalog.model_validate({"price_list": "x", "currency": "CNY", "products": [product]})


@bounded
@given(tiers(), quantities)
def test_tiers_agree_with_counting_unit_by_unit(found: Data, quantity: str) -> None:
    assume(found["mode"] != "package")  # packages: below
    wanted = _by_the_thousandth(found, Fraction(quantity))
    assert Fraction(tier_amount(_catalog_of(found).products[0], Decimal(quantity))) == wanted


def _by_the_thousandth(found: Data, quantity: Fraction) -> Fraction:
    edges = [Fraction(s["up_to"]) if "up_to" in s else None for s in found["steps"]]
    reached = next(i for i, edge in enumerate(edges) if edge is None or quantity <= edge)
    if found["mode"] == "volume":
        step = found["steps"][reached]
        return quantity * Fraction(step["price"]) + Fraction(step.get("flat", "0"))
    amount = Fraction(0)
    for i, step in enumerate(found["steps"][: reached + 1]):
        below = edges[i - 1] if i else Fraction(0)
        top = quantity if i == reached else edges[i]
        assert below is not None and top is not None
        amount += (top - below) * Fraction(step["price"]) + Fraction(step.get("flat", "0"))
    return amount


@bounded
@given(tiers(), quantities, quantities)
def test_more_units_never_cost_less_where_slices_are_summed(found: Data, one: str, other: str) -> None:
    """Slices and packages only add; a volume tier may make more units cheaper than fewer, as long as prices fall."""
    if found["mode"] == "volume":
        ordered = sorted(found["steps"], key=lambda s: Decimal(s["price"]))
        flat = sorted(Decimal(s.get("flat", "0")) for s in ordered)
        edges = [s.get("up_to") for s in found["steps"]]
        found = {"mode": "volume", "steps": [
            {"price": s["price"], "flat": text(f), **({"up_to": e} if e else {})}
            for s, f, e in zip(ordered, flat, edges, strict=True)
        ]}  # fmt: skip
    item = _catalog_of(found).products[0]
    low, high = sorted((Decimal(one), Decimal(other)))
    assert tier_amount(item, low) <= tier_amount(item, high)


@bounded
@given(st.integers(1, 40), prices, quantities)
@example(20, "50", "45")
def test_packages_cover_the_units_with_none_to_spare(size: int, unit: str, quantity: str) -> None:
    item = _catalog_of({"mode": "package", "size": str(size), "price": unit}).products[0]
    packages = math.ceil(Fraction(quantity) / size)
    assert Fraction(tier_amount(item, Decimal(quantity))) == packages * Fraction(unit)


# ---- a wanted gross total -------------------------------------------------------------------------------------------
small_nets = st.integers(1, 60)
tax_rates = st.sampled_from(["13%", "6%", "7.7%", "19%", "0%"])


@bounded
@given(st.integers(1, 500), tax_rates, st.booleans(), st.data())
def test_one_line_reaches_every_total_it_can(net: int, rate: str, by_total: bool, data: st.DataObject) -> None:
    items = [(net, True)]
    _reaches(_wanting(items, rate, rate, by_total), _all_totals(items, rate, rate, by_total), data)


@bounded
@given(
    st.lists(st.tuples(small_nets, st.booleans()), min_size=2, max_size=2),
    tax_rates,
    tax_rates,
    st.booleans(),
    st.data(),
)
def test_two_lines_reach_a_total_or_name_the_nearest(
    items: list[tuple[int, bool]], one: str, other: str, by_total: bool, data: st.DataObject
) -> None:
    """Of some cents. Tax rounded by total may miss what only two lines together reach: the case in the files."""
    _reaches(_wanting(items, one, other, by_total), _all_totals(items, one, other, by_total), data, may_miss=by_total)


@bounded
@given(st.tuples(st.integers(1000, 4000), st.integers(1000, 4000)), tax_rates, tax_rates, st.data())
def test_two_lines_of_some_money_reach_every_total_they_can(
    nets: tuple[int, int], one: str, other: str, data: st.DataObject
) -> None:
    world = _wanting([(nets[0], True), (nets[1], False)], one, other, False)
    single = [_all_totals([(net, True)], rate, rate, False) for net, rate in zip(nets, (one, other), strict=True)]
    wanted = data.draw(st.integers(sum(map(max, single)) // 2, sum(map(max, single))))
    quote = _brought_to(world, wanted)
    if any(wanted - first in single[1] for first in single[0]):
        assert quote.totals.gross == Decimal(wanted).scaleb(-2)
    else:
        assert [p.code for p in quote.problems] == ["total_not_reachable"]


def _reaches(world: World, reachable: set[int], data: st.DataObject, *, may_miss: bool = False) -> None:
    """A total some lowering of the lines has is reached; else the two figures named are totals, the nearest."""
    wanted = data.draw(st.integers(0, max(reachable)))
    quote = _brought_to(world, wanted)
    missed = [p for p in quote.problems if p.code == "total_not_reachable"]
    if not missed:
        assert quote.totals.gross == Decimal(wanted).scaleb(-2)
        assert wanted in reachable
        return
    assert may_miss or wanted not in reachable
    below, above = (int(Decimal(missed[0].params[key]).scaleb(2)) for key in ("below", "above"))
    assert {below, above} <= reachable
    if wanted not in reachable:
        assert below == max(r for r in reachable if r < wanted)
        assert above == min(r for r in reachable if r > wanted)


def _brought_to(world: World, cents: int) -> Quote:
    return world.but(deal={"discounts": [{"name": "to", "to": text(Decimal(cents).scaleb(-2))}]}).quote()


def _wanting(items: list[tuple[int, bool]], one: str, other: str, by_total: bool) -> World:
    catalog: Data = {
        "price_list": "x",
        "currency": "CNY",
        "taxes": {"a": one, "b": other},
        "tax_rounding": "total" if by_total else "line",
        "products": [{"sku": "P", "name": "p", "kind": "licence", "price": "1", "tax": "a"}],
    }
    lines = [
        {"custom": "c", "price": text(Decimal(net).scaleb(-2)), "tax": "a" if first else "b"} for net, first in items
    ]
    return World(catalog, {"deal": "D-1", "date": "2026-01-31", "customer": {"name": "ACME"}, "lines": lines})


def _all_totals(items: list[tuple[int, bool]], one: str, other: str, by_total: bool) -> set[int]:
    """The gross in cents of every lowering of the lines."""
    rate = {True: Fraction(one.rstrip("%")) / 100, False: Fraction(other.rstrip("%")) / 100}
    out = set()
    for nets in product(*(range(net + 1) for net, _ in items)):
        groups = [(net, first) for net, (_, first) in zip(nets, items, strict=True)]
        if by_total:
            groups = [(sum(n for n, f in groups if f is first), first) for first in (True, False)]
        out.add(sum(nets) + sum(math.floor(n * rate[first] + Fraction(1, 2)) for n, first in groups))
    return out


# ---- the tools ------------------------------------------------------------------------------------------------------
whole = st.integers(-(10**9), 10**9)


@bounded
@given(whole, st.lists(st.integers(0, 10**7), min_size=1, max_size=8), st.sampled_from([0, 2, 3]))
def test_what_is_spread_sums_and_no_part_is_a_unit_off(amount: int, weights: list[int], digits: int) -> None:
    unit = Decimal(1).scaleb(-digits)
    parts = allocate(amount * unit, [w * unit for w in weights], digits)
    assert sum(parts) == amount * unit
    assert parts == [-p for p in allocate(-amount * unit, [w * unit for w in weights], digits)]
    if total := sum(weights):
        for part, weight in zip(parts, weights, strict=True):
            exact = Fraction(amount) * weight / total
            assert abs(Fraction(part / unit) - exact) < 1
            assert weight or not part, "a line with nothing left takes nothing"


@bounded
@given(st.fractions(min_value=-(10**9), max_value=10**9), st.sampled_from([0, 2, 3, 6]))
@example(Fraction(5, 1000), 2)
@example(Fraction(-5, 1000), 2)
@example(Fraction(25, 1000), 2)
def test_rounding_is_half_up_away_from_zero(value: Fraction, digits: int) -> None:
    assert to_minor(value, digits) == _half_up(value, digits)
    assert share_of(Decimal(3), value, digits) == _half_up(3 * value, digits)


@bounded
@given(decimals("0", "99999", 6), st.sampled_from([0, 2, 3]))
def test_rounding_does_not_hang_on_the_context_of_its_caller(value: str, digits: int) -> None:
    """Decimal's own context rounds half-even at 28 digits; money must not see it."""
    with localcontext() as context:
        context.prec, context.rounding = 4, "ROUND_DOWN"
        found = to_minor(Decimal(value), digits)
    assert found == Decimal(value).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


@bounded
@given(st.dates(min_value=DATE.replace(day=1), max_value=LAST), st.integers(1, 60), st.integers(1, 60))
def test_a_term_of_whole_months_has_that_many(starts: Any, months: int, further: int) -> None:
    ends = last_day(starts, months)
    assert months_between(starts, ends) == months
    assert months_between(starts, ends, "whole_month") == months
    assert months_between(starts, ends, "daily") == Fraction(((ends - starts).days + 1) * 12, 365)
    assert add_months(starts, months).day <= starts.day
    assert last_day(starts, months + further) > ends


@bounded
@given(st.dates(min_value=DATE, max_value=LAST), st.integers(0, 1200), st.integers(1, 400))
def test_a_later_end_never_makes_a_shorter_term(starts: Any, days: int, more: int) -> None:
    one = starts.fromordinal(starts.toordinal() + days)
    other = starts.fromordinal(one.toordinal() + more)
    for way in ("month_day", "daily", "whole_month"):
        assert months_between(starts, one, way) <= months_between(starts, other, way)
    assert months_between(starts, one) <= months_between(starts, one, "whole_month")
