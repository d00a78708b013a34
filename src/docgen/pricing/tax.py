"""Tax on what the waterfall leaves, each line at its own rate, never one rate over the whole.

line (default): each line's tax is rounded, totals are sums, as a Chinese VAT invoice has it.
total: per tax code on the sum of its nets (EN 16931), then spread over the lines so that they still sum.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from docgen.money import ONE, ZERO, allocate
from docgen.pricing.book import Book, Priced
from docgen.pricing.names import TAX_TAKEN_OUT
from docgen.pricing.quote import total
from docgen.problems import Problem


@dataclass(frozen=True, slots=True)
class Taxed:
    net: Decimal
    tax: Decimal
    gross: Decimal


def code_of(priced: Priced) -> str | None:
    """The line's tax code: the product's, a custom line's own, else the only one the price list has."""
    line = priced.line
    return line.product.tax if line.product is not None else line.line.tax


def rate_of_line(priced: Priced, book: Book) -> Decimal:
    return book.catalog.taxes.get(default_code(priced, book) or "", ZERO)


def default_code(priced: Priced, book: Book) -> str | None:
    code = code_of(priced)
    if code is None and len(book.catalog.taxes) == 1:
        return next(iter(book.catalog.taxes))
    return code


def unknown_codes(book: Book) -> list[Problem]:
    """Custom lines that name no tax code the price list knows; those of products are checked with the list."""
    taxes = book.catalog.taxes
    out = []
    for priced in book.lines:
        line = priced.line
        if line.product is None and default_code(priced, book) not in taxes and taxes:
            code, path = ("unknown_tax", (*line.path, "tax")) if line.line.tax else ("custom_needs_tax", line.path)
            out.append(Problem(code, path, {"tax": str(line.line.tax), "known": "\n".join(taxes)}))
    return out


def take_tax_out(lines: Sequence[Priced], book: Book) -> None:
    """For tax-inclusive lists the last step: net = gross / (1 + rate); the gross stays as quoted.

    113.00 at 13 %: net 100.00, a step of −13.00.
    """
    if book.catalog.prices != "tax_inclusive":
        return
    for priced in lines:
        rate = rate_of_line(priced, book)
        net = book.round(priced.left / (ONE + rate))
        path = ("taxes", default_code(priced, book) or "")
        priced.step("tax", TAX_TAKEN_OUT, net - priced.left, "price_list", path, rate=rate)


def taxed(lines: Sequence[Priced], amounts: Sequence[Decimal], book: Book) -> list[Taxed]:
    """Net, tax and gross of each line, from its amount after the waterfall (inclusive lists: the gross)."""
    rates = [rate_of_line(p, book) for p in lines]
    if book.catalog.prices == "tax_inclusive":
        nets = [book.round(a / (ONE + r)) for a, r in zip(amounts, rates, strict=True)]
        return [Taxed(n, a - n, a) for n, a in zip(nets, amounts, strict=True)]
    if book.catalog.tax_rounding == "line":
        taxes = [book.share(a, r) for a, r in zip(amounts, rates, strict=True)]
    else:
        taxes = _by_total(lines, amounts, rates, book)
    return [Taxed(a, t, a + t) for a, t in zip(amounts, taxes, strict=True)]


def _by_total(
    lines: Sequence[Priced], amounts: Sequence[Decimal], rates: Sequence[Decimal], book: Book
) -> list[Decimal]:
    """Per tax code: the tax of the sum, spread over its lines. Optional lines are taxed by themselves."""
    out = [ZERO] * len(lines)
    groups: dict[tuple[str, bool], list[int]] = {}
    for i, priced in enumerate(lines):
        groups.setdefault((default_code(priced, book) or "", priced.line.optional), []).append(i)
    for (_, optional), members in groups.items():
        if optional:
            for i in members:
                out[i] = book.share(amounts[i], rates[i])
            continue
        tax = book.share(total(amounts[i] for i in members), rates[members[0]])
        for i, part in zip(members, allocate(tax, [amounts[i] for i in members], book.digits), strict=True):
            out[i] = part
    return out


# ---- hitting a gross total ------------------------------------------------------------------------------------------
def gross_total(lines: Sequence[Priced], book: Book) -> Decimal:
    return total(t.gross for t in taxed(lines, [p.left for p in lines], book))


def nets_for_gross(
    counted: Sequence[Priced], reached: Sequence[Priced], wanted: Decimal, book: Book
) -> tuple[list[Decimal], tuple[Decimal, Decimal] | None]:
    """New amounts of the `reached` lines so that the gross of all `counted` lines is `wanted`.

    First the gross difference is spread by what is left, each share taken back to a net; then single cents are moved,
    line by line, until the total fits. Some totals no cent can reach (at 13 % about one in nine, with a single line):
    then the nearest below and above are returned instead.
    """
    index = {id(p): i for i, p in enumerate(counted)}
    amounts = [p.left for p in counted]
    now = taxed(counted, amounts, book)
    places = [index[id(p)] for p in reached]
    cut = total(t.gross for t in now) - wanted
    inclusive = book.catalog.prices == "tax_inclusive"
    for place, part in zip(places, allocate(-cut, [now[i].gross for i in places], book.digits), strict=True):
        rate = rate_of_line(counted[place], book)
        gross = now[place].gross + part
        amounts[place] = gross if inclusive else book.round(gross / (ONE + rate))
    if any(amounts[i] < 0 for i in places):
        return [], (ZERO, total(t.gross for t in now))
    return _settle(counted, places, amounts, wanted, book)


def _settle(
    counted: Sequence[Priced], places: list[int], amounts: list[Decimal], wanted: Decimal, book: Book
) -> tuple[list[Decimal], tuple[Decimal, Decimal] | None]:
    """Move single cents, one line after the other, towards `wanted`; a move that only swaps the side is kept once."""
    cent = Decimal(1).scaleb(-book.digits)
    now = total(t.gross for t in taxed(counted, amounts, book))
    sides = {now < wanted: now}
    for place in [*places, *reversed(places), *places]:
        if now == wanted:
            return [amounts[i] for i in places], None
        before = amounts[place]
        amounts[place] = before + (cent if now < wanted else -cent)
        moved = now + _gross_change(counted, amounts, place, before, book) if amounts[place] >= 0 else now
        nearest = sides.get(moved < wanted)
        if nearest is None or abs(wanted - moved) < abs(wanted - nearest):
            sides[moved < wanted] = moved
        if amounts[place] < 0 or abs(wanted - moved) > abs(wanted - now):
            amounts[place] = before
        else:
            now = moved
    if now == wanted:
        return [amounts[i] for i in places], None
    return [], (sides.get(True, now), sides.get(False, now))


def _gross_change(
    counted: Sequence[Priced], amounts: list[Decimal], place: int, before: Decimal, book: Book
) -> Decimal:
    """What changing one line's amount does to the gross total: its own tax, or that of its whole tax code."""
    if book.catalog.tax_rounding == "line" or book.catalog.prices == "tax_inclusive":
        old, new = taxed([counted[place]], [before], book), taxed([counted[place]], [amounts[place]], book)
        return new[0].gross - old[0].gross
    old_amounts = [*amounts[:place], before, *amounts[place + 1 :]]
    return total(t.gross for t in taxed(counted, amounts, book)) - total(
        t.gross for t in taxed(counted, old_amounts, book)
    )
