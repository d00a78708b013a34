"""Exact money: Decimal from the file to the page, half-up, rounded once per step, never a float.

Amounts of a deal are `Decimal` in the deal's one currency. Inside `exactly()` products of prices, quantities and rates
are exact (80 digits are far beyond what bounded inputs can need); `to_minor` then rounds once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import ROUND_HALF_UP, Context, Decimal, Inexact, localcontext
from fractions import Fraction

ZERO = Decimal(0)
ONE = Decimal(1)
Exact = Decimal | Fraction

_EXACT = Context(prec=80, rounding=ROUND_HALF_UP)
_EXACT.traps[Inexact] = False
_QUANTA = tuple(Decimal(1).scaleb(-digits) for digits in range(16))


@contextmanager
def exactly() -> Iterator[None]:
    """Arithmetic in which no product of bounded inputs is rounded behind our back."""
    with localcontext(_EXACT):
        yield


def to_minor(value: Exact, digits: int) -> Decimal:
    """Round half-up, away from zero for negatives, to `digits` decimals.

    >>> to_minor(Decimal("2.665"), 2), to_minor(Decimal("-2.665"), 2), to_minor(Fraction(1, 3), 2)
    (Decimal('2.67'), Decimal('-2.67'), Decimal('0.33'))
    """
    if type(value) is Fraction:
        value = _EXACT.divide(Decimal(value.numerator), Decimal(value.denominator))
    return value.quantize(_QUANTA[digits], context=_EXACT)  # type: ignore[union-attr]


def share_of(amount: Decimal, rate: Exact, digits: int) -> Decimal:
    """`rate` of `amount`, rounded once: 12 % of 273600.00 = 32832.00."""
    if type(rate) is Fraction:
        product = _EXACT.multiply(amount, Decimal(rate.numerator))
        return to_minor(_EXACT.divide(product, Decimal(rate.denominator)), digits)
    return to_minor(_EXACT.multiply(amount, rate), digits)  # type: ignore[arg-type]


def allocate(amount: Decimal, weights: Sequence[Decimal], digits: int) -> list[Decimal]:
    """Spread `amount` over `weights` so that the parts sum to it exactly: largest remainder, ties to the earlier.

    Negative amounts mirror positive ones. All weights zero: the parts are spread evenly, so nothing is lost.
    100.00 over 1 : 1 : 1 gives 33.34, 33.33, 33.33.
    """
    if not weights:
        return []
    if amount < 0:
        return [-part for part in allocate(-amount, weights, digits)]
    places = max(max(-int(weight.as_tuple().exponent) for weight in weights), 0)
    whole = [int(_EXACT.scaleb(weight, places)) for weight in weights]
    if not any(whole):
        whole = [1] * len(whole)
    units, total = int(_EXACT.scaleb(amount, digits)), sum(whole)
    shares = [divmod(weight * units, total) for weight in whole]
    parts = [part for part, _ in shares]
    by_remainder = sorted(range(len(parts)), key=lambda i: -shares[i][1])
    for i in by_remainder[: units - sum(parts)]:
        parts[i] += 1
    return [Decimal(part).scaleb(-digits) for part in parts]


def plain(value: Exact, places: int = 6) -> str:
    """A number as text without exponent and without trailing zeros: `0.05`, `60`; fractions half-up to `places`."""
    if isinstance(value, Fraction):
        value = to_minor(value, places)
    text = format(value + 0 if value else ZERO, "f")
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text
