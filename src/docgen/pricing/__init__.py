"""What it costs, every step explained.

`price(deal, configuration, catalog)` runs the river: list prices, automatic lanes, negotiated, deal, partner, tax,
payments. Lines that are a rate of others come in later waves, when their base is known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from docgen.catalog import Catalog
from docgen.configuration import Configuration
from docgen.currencies import minor_digits
from docgen.deal import Deal
from docgen.money import ZERO, exactly
from docgen.pricing.book import Book, Priced
from docgen.pricing.list_price import set_all_lists, set_percent_lists
from docgen.pricing.partner import paid_out, partner_share
from docgen.pricing.payments import plan_payments
from docgen.pricing.quote import PartnerShare, Payment, Quote, QuoteLine, RenewalPrice, Step, TaxLine, Totals, total
from docgen.pricing.renewal import net_of_last_month, renewal_price
from docgen.pricing.rules import AUTOMATIC, CHANNEL, NEGOTIATED, WHOLE_DEAL
from docgen.pricing.rules.partner_discount import partner_problems
from docgen.pricing.tax import Taxed, default_code, rate_of_line, take_tax_out, taxed, unknown_codes
from docgen.problems import Problem, problem

__all__ = ["PartnerShare", "Payment", "Quote", "QuoteLine", "RenewalPrice", "Step", "TaxLine", "Totals", "price"]


def price(deal: Deal, configuration: Configuration, catalog: Catalog) -> Quote:
    """Price configured lines; amounts in the price list's currency. What is wrong stands in `Quote.problems`."""
    with exactly():
        book = Book(deal, catalog, configuration.lines, minor_digits(catalog.currency))
        book.problems += [*unknown_codes(book), *partner_problems(book)]
        _own_prices(book)
        for priced in book.lines:
            priced.regular = priced.list + total(s.amount for s in priced.steps if s.lane != "negotiated")
        _shared_prices(book)
        return _quote(book)


def _own_prices(book: Book) -> None:
    """List prices and each line's own lanes; lines that are a rate of the net of others come after those."""
    done: list[Priced] = []
    for number, wave in enumerate(set_all_lists(book)):
        if number:
            set_percent_lists(wave, done, book)
        for lane in (*AUTOMATIC, *NEGOTIATED):
            lane(wave, book)
        done += wave


def _shared_prices(book: Book) -> None:
    """Deal discounts, partner discount, and the tax inside tax-inclusive prices."""
    for lane in WHOLE_DEAL:
        lane(book.lines, book)
    for priced in book.lines:
        priced.customer = priced.left
    for lane in CHANNEL:
        lane(book.lines, book)


def _quote(book: Book) -> Quote:
    after = [p.left for p in book.lines]
    taxes = taxed(book.lines, after, book)
    customer = taxed(book.lines, [p.customer for p in book.lines], book) if _is_resale(book) else None
    below = [_is_below_floor(p, amount) for p, amount in zip(book.lines, after, strict=True)]
    take_tax_out(book.lines, book)
    rate = paid_out(book, total(t.net for p, t in zip(book.lines, taxes, strict=True) if not p.line.optional))
    lines = tuple(
        _line(p, taxes[i], customer[i] if customer else None, below[i], rate, book) for i, p in enumerate(book.lines)
    )
    totals = _totals(lines, book)
    payments, problems = plan_payments(book.deal, book.catalog, lines, book.digits)
    return Quote(
        currency=book.catalog.currency,
        digits=book.digits,
        tax_inclusive=book.catalog.prices == "tax_inclusive",
        lines=lines,
        totals=totals,
        taxes=_tax_lines(lines),
        payments=payments,
        problems=(*book.problems, *problems, *_too_large(totals)),
        partner=partner_share(book, lines, rate),
        renewal=renewal_price(book.deal, lines, book.digits, is_inclusive=book.catalog.prices == "tax_inclusive"),
    )


LARGEST = Decimal(10) ** 15
"""No total reaches it: more digits than a spreadsheet keeps, and than amounts in words are written for."""


def _too_large(totals: Totals) -> Iterator[Problem]:
    """A slip of the keyboard, most often; nothing behind this could print it."""
    most = max(totals.list, totals.gross, totals.customer_gross, totals.cost, totals.tcv, totals.arr)
    if most >= LARGEST:
        yield problem("total_too_large", "lines", amount=f"{most:,}", limit=f"{LARGEST:,}")


def _is_resale(book: Book) -> bool:
    return book.deal.partner is not None and book.deal.partner.mode == "resale"


def _line(
    priced: Priced, own: Taxed, customer: Taxed | None, below_floor: bool, rate: Decimal, book: Book
) -> QuoteLine:
    line, later = priced.line, book.share(own.net, rate)
    return QuoteLine(
        line=line,
        unit_price=priced.unit_price,
        list=book.round(priced.list),
        steps=tuple(priced.steps),
        regular=book.round(priced.regular),
        customer=book.round(priced.customer),
        net=book.round(own.net),
        tax_code=default_code(priced, book),
        tax_rate=rate_of_line(priced, book),
        tax=book.round(own.tax),
        gross=book.round(own.gross),
        cost=_cost(priced, book) + later,
        paid_out=later,
        credit=book.round(priced.credit),
        below_floor=below_floor,
        customer_tax=customer.tax if customer else None,
        customer_gross=customer.gross if customer else None,
    )


def _cost(priced: Priced, book: Book) -> Decimal:
    """Unit cost × quantity × periods."""
    line = priced.line
    unit = line.line.cost if line.product is None else line.product.cost
    if line.role == "heading" or unit is None:
        return book.round(ZERO)
    return book.extended(unit, line.quantity, line.periods)


def _is_below_floor(priced: Priced, amount: Decimal) -> bool:
    """Per unit and period, after all steps but an upgrade's credit.

    Parts given with a bundle are judged too: free is below any floor.
    """
    product = priced.line.product
    if product is None or product.floor is None or priced.line.role in ("heading", "included"):
        return False
    periods = priced.line.periods
    amount += priced.credit
    return amount * periods.denominator < product.floor * priced.line.quantity * periods.numerator


def _tax_lines(lines: Sequence[QuoteLine]) -> tuple[TaxLine, ...]:
    """One row per tax code, of the lines that count."""
    out: dict[str, TaxLine] = {}
    for line in lines:
        if not line.counts or line.line.role == "heading" or line.tax_code is None:
            continue
        before = out.get(line.tax_code, TaxLine(line.tax_code, line.tax_rate, ZERO, ZERO))
        out[line.tax_code] = TaxLine(line.tax_code, line.tax_rate, before.base + line.net, before.tax + line.tax)
    return tuple(sorted(out.values(), key=lambda t: (-t.rate, t.code)))


def _totals(lines: Sequence[QuoteLine], book: Book) -> Totals:
    counted = [line for line in lines if line.counts]
    zero = book.round(ZERO)

    def sum_of(name: str) -> Decimal:
        return sum((getattr(line, name) for line in counted), zero)

    net = sum_of("net")
    recurring = total(line.net for line in counted if line.line.is_recurring)
    month = net_of_last_month(counted, is_inclusive=book.catalog.prices == "tax_inclusive")
    return Totals(
        list=sum_of("list"),
        regular=sum_of("regular"),
        customer=sum_of("customer"),
        net=net,
        tax=sum_of("tax"),
        gross=sum_of("gross"),
        one_time=book.round(net - recurring),
        recurring_month=book.round(month),
        arr=book.round(month * 12),
        tcv=net,
        cost=sum_of("cost"),
        credit=sum_of("credit"),
        customer_tax=sum((line.tax if line.customer_tax is None else line.customer_tax for line in counted), zero),
        customer_gross=sum(
            (line.gross if line.customer_gross is None else line.customer_gross for line in counted), zero
        ),
    )
