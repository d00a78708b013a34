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


Settled = tuple[list[Decimal], tuple[Decimal | None, Decimal | None] | None]
"""New amounts of the lines; or, where the total cannot be reached, the nearest below and above that can."""


def nets_for_gross(counted: Sequence[Priced], reached: Sequence[Priced], wanted: Decimal, book: Book) -> Settled:
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
        amounts[place] = max(ZERO, gross if inclusive else book.round(gross / (ONE + rate)))
    lowered = set(places)
    kept = total(t.gross for i, t in enumerate(now) if i not in lowered)
    if kept > wanted:
        return [], (None, kept)
    return _settle(counted, places, amounts, wanted, book)


def _settle(
    counted: Sequence[Priced], places: list[int], amounts: list[Decimal], wanted: Decimal, book: Book
) -> Settled:
    """First single cents, line after line, towards `wanted`; what no single cent mends a few lines do together, one up
    and another down."""
    cent = Decimal(1).scaleb(-book.digits)
    now = total(t.gross for t in taxed(counted, amounts, book))
    near = places if _is_separable(book) else places[:_FEW]
    for place in [*near, *reversed(near)]:
        if now == wanted:
            break
        before = amounts[place]
        amounts[place] = min(max(ZERO, before + (cent if now < wanted else -cent)), counted[place].left)
        moved = now + _gross_change(counted, amounts, place, before, book)
        if abs(wanted - moved) >= abs(wanted - now):
            amounts[place] = before
        else:
            now = moved
    if now == wanted:
        return [amounts[i] for i in places], None
    return _settle_together(counted, places, amounts, (now, wanted), book)


_TOGETHER, _AROUND, _FEW = 6, 7, 40
"""Lines moved together; cents each may move up or down; lines tried where every try taxes the whole deal."""


def _settle_together(
    counted: Sequence[Priced], places: list[int], amounts: list[Decimal], span: tuple[Decimal, Decimal], book: Book
) -> Settled:
    """The smallest moves of a few lines whose gross changes sum to what is missing, or the nearest totals there are. No
    line rises above what was left on it.

    `reached` maps a total to the moves that reach it, built up line by line; on a line every net has one gross.
    """
    now, wanted = span
    cent = Decimal(1).scaleb(-book.digits)
    reached: dict[Decimal, dict[int, Decimal]] = {now: {}}
    for place in _unlike(counted, places, book):
        before, options = amounts[place], []
        for step in sorted(range(-_AROUND, _AROUND + 1), key=abs):
            amounts[place] = before + step * cent
            if step and 0 <= amounts[place] <= counted[place].left:
                options.append((amounts[place], _gross_change(counted, amounts, place, before, book)))
        amounts[place] = before
        for gross, moves in list(reached.items()):
            for net, change in options:
                reached.setdefault(gross + change, {**moves, place: net})
        if wanted in reached:
            moved = [reached[wanted].get(i, amount) for i, amount in enumerate(amounts)]
            if total(t.gross for t in taxed(counted, moved, book)) == wanted:
                return [moved[i] for i in places], None
    below = max((g for g in reached if g < wanted), default=None)
    above = min((g for g in reached if g > wanted), default=None)
    return [], (below, above)


def _unlike(counted: Sequence[Priced], places: list[int], book: Book) -> list[int]:
    """A few of the lines, those of different rates first: they round differently."""
    by_rate: dict[Decimal, list[int]] = {}
    for place in places:
        by_rate.setdefault(rate_of_line(counted[place], book), []).append(place)
    rounds = (members[turn] for turn in range(_TOGETHER) for members in by_rate.values() if turn < len(members))
    return list(rounds)[:_TOGETHER]


def _is_separable(book: Book) -> bool:
    """Whether each line's gross hangs on that line alone."""
    return book.catalog.tax_rounding == "line" or book.catalog.prices == "tax_inclusive"


def _gross_change(
    counted: Sequence[Priced], amounts: list[Decimal], place: int, before: Decimal, book: Book
) -> Decimal:
    """What changing one line's amount does to the gross total: its own tax, or that of its whole tax code."""
    if _is_separable(book):
        old, new = taxed([counted[place]], [before], book), taxed([counted[place]], [amounts[place]], book)
        return new[0].gross - old[0].gross
    code, rate = default_code(counted[place], book), rate_of_line(counted[place], book)
    base = total(a for p, a in zip(counted, amounts, strict=True) if default_code(p, book) == code)
    lowered = before - amounts[place]
    return book.share(base, rate) - book.share(base + lowered, rate) - lowered
