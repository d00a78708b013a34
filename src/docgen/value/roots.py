"""How many internal rates of return a series of flows has, and the only one where there is only one.

A rate i with Σ flow_k / (1 + i)^k = 0 is a root x = 1/(1 + i) above zero of the polynomial Σ flow_k x^k. Descartes: it
has at most as many such roots as its coefficients change their sign, and just one where they change it once. Where they
change it more often, the roots are told apart by halving (Vincent, Collins and Akritas), in whole numbers, so the count
is exact.

−1.6, 10, −10 changes its sign twice and has two: x = 0.8 and 0.2, that is 25 % and 400 %.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Context, Decimal
from fractions import Fraction
from itertools import pairwise
from math import lcm

_DIGITS = Context(prec=60)
_ENOUGH = Decimal("1E-45")
_DEPTH = 20
"""Halvings: roots that lie closer than a millionth are counted as several."""


def count_rates(flows: Sequence[Fraction]) -> int:
    """How many rates above −100 % make the present value zero, touching ones counted twice; 2 stands for several."""
    whole = _whole(flows)
    changes = _changes(whole)
    if changes < 2:
        return changes
    at_zero, whole = _without_root_at_one(whole)
    found = at_zero
    for half in (whole, whole[::-1]):
        found += _between_zero_and_one(half, _DEPTH) if found < 2 else 0
    return min(found, 2)


def only_rate(flows: Sequence[Fraction]) -> Fraction:
    """The rate per period of flows of which `count_rates` is 1, to some forty digits.

    −100, 110: 0.1. Bisection of the factor x, since its sign is known at both ends.
    """
    whole = _whole(flows)
    at_one = sum(whole)
    if at_one == 0:
        return Fraction(0)
    rises = whole[-1] > 0
    coefficients = [Decimal(c) for c in reversed(whole)]
    low = high = Decimal(1)
    if (at_one > 0) == rises:
        while (_value(coefficients, low) > 0) == rises:
            low /= 2
    else:
        while (_value(coefficients, high) > 0) != rises:
            high *= 2
    while high - low > low * _ENOUGH:
        middle = _DIGITS.divide(_DIGITS.add(low, high), Decimal(2))
        if (_value(coefficients, middle) > 0) == rises:
            high = middle
        else:
            low = middle
    return 1 / Fraction(high) - 1


def _value(highest_first: Sequence[Decimal], x: Decimal) -> Decimal:
    total = Decimal(0)
    for coefficient in highest_first:
        total = _DIGITS.fma(total, x, coefficient)
    return total


def _whole(flows: Sequence[Fraction]) -> list[int]:
    """The flows as whole numbers of some common part, without zeros at either end."""
    common = lcm(*(Fraction(flow).denominator for flow in flows))
    out = [int(flow * common) for flow in flows]
    while out and out[-1] == 0:
        out.pop()
    first = next((i for i, flow in enumerate(out) if flow), len(out))
    return out[first:]


def _changes(coefficients: Sequence[int]) -> int:
    return sum(a != b for a, b in pairwise(c > 0 for c in coefficients if c))


def _without_root_at_one(coefficients: list[int]) -> tuple[int, list[int]]:
    """How often x = 1 (a rate of 0 %) is a root, and what is left when it is divided out."""
    times = 0
    while len(coefficients) > 1 and sum(coefficients) == 0:
        quotient, carry = [], 0
        for coefficient in reversed(coefficients[1:]):
            carry += coefficient
            quotient.append(carry)
        coefficients = quotient[::-1]
        times += 1
    return times, coefficients


def _between_zero_and_one(coefficients: list[int], depth: int) -> int:
    """Roots inside (0, 1): none or one where the sign changes say so, else those of both halves and the middle."""
    changes = _changes(_shifted(coefficients[::-1]))
    if changes < 2 or depth == 0:
        return changes
    degree = len(coefficients) - 1
    left = [c << (degree - k) for k, c in enumerate(coefficients)]
    right = _shifted(left)
    found = next(i for i, c in enumerate(right) if c)
    for half in (left, right[found:]):
        found += _between_zero_and_one(half, depth - 1) if found < 2 else 0
    return found


def _shifted(coefficients: list[int]) -> list[int]:
    """Coefficients of p(x + 1)."""
    out = list(coefficients)
    for done in range(len(out) - 1):
        carry = out[-1]
        for k in range(len(out) - 2, done - 1, -1):
            carry += out[k]
            out[k] = carry
    return out
