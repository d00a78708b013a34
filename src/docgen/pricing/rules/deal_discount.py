"""Lane deal: discounts on the whole deal or a part of it, in the order they are written.

5 % on licences: 5 % of what is left on each, rounded per line.  An amount is spread by what is left, to the cent.
`to: 1360000` brings the gross total to exactly that figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from docgen.deal.model import DealDiscount
from docgen.money import allocate
from docgen.pricing.book import Book, Priced
from docgen.pricing.quote import total
from docgen.pricing.tax import gross_total, nets_for_gross
from docgen.problems import Path, problem, warning


def deal_discounts(lines: Sequence[Priced], book: Book) -> None:
    """Reaches every line with a price of its own. A rate lowers optional lines too, so that the customer sees what they
    would cost; amounts and `to` are spread over the lines that count."""
    for index, discount in enumerate(book.deal.discounts):
        path: Path = ("discounts", index)
        name = discount.name.get(book.deal.language[0])
        if discount.until is not None and discount.until < book.day:
            book.problems.append(warning("discount_ended", *path, "until", name=name, until=discount.until))
            continue
        in_scope = [p for p in lines if p.is_paid and _in_scope(discount, p)]
        reached = [p for p in in_scope if not p.line.optional]
        if not (in_scope if discount.percent is not None else reached):
            book.problems.append(warning("discount_reaches_nothing", *path, name=name))
        elif discount.percent is not None:
            for priced in in_scope:
                amount = -book.share(priced.left, discount.percent)
                priced.step(
                    "deal", discount.name, amount, "deal", path, rate=discount.percent, because=discount.because
                )
        elif discount.amount is not None:
            _spread(discount, reached, -book.round(discount.amount), path, book)
        elif discount.to is not None:
            _bring_to(discount, reached, discount.to, path, book)


def _in_scope(discount: DealDiscount, priced: Priced) -> bool:
    line = priced.line
    return discount.on.reaches(line.sku, line.family, line.kind)


def _spread(discount: DealDiscount, reached: list[Priced], change: Decimal, path: Path, book: Book) -> None:
    left = total(p.left for p in reached)
    if -change > left:
        book.problems.append(problem("discount_too_large", *path, "amount", left=left, amount=-change))
        return
    for priced, amount in zip(reached, allocate(change, [p.left for p in reached], book.digits), strict=True):
        priced.step("deal", discount.name, amount, "deal", path, because=discount.because)


def _bring_to(discount: DealDiscount, reached: list[Priced], wanted: Decimal, path: Path, book: Book) -> None:
    """Lower the reached lines until the gross total of the deal is `wanted`, to the cent."""
    counted = [p for p in book.lines if p.is_paid and not p.line.optional]
    present = gross_total(counted, book)
    wanted = book.round(wanted)
    if wanted > present:
        book.problems.append(problem("discount_raises_price", *path, "to", left=present, wanted=wanted))
        return
    nets, missed = nets_for_gross(counted, reached, wanted, book)
    if missed is not None:
        nearest = {name: figure for name, figure in zip(("below", "above"), missed, strict=True) if figure is not None}
        book.problems.append(problem("total_not_reachable", *path, "to", wanted=wanted, **nearest))
        return
    for priced, net in zip(reached, nets, strict=True):
        priced.step("deal", discount.name, net - priced.left, "deal", path, because=discount.because)
