"""More units never cost less, and where they do `prices lint` says so: held against counting every quantity."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.catalog import Catalog, Product
from docgen.lists.lint.cliffs import tier_cliffs
from docgen.money import exactly
from docgen.pricing.list_price import tier_amount

MOST = 60
"""Beyond the last edge of every list made here."""


@st.composite
def products(draw: Any) -> Product:
    mode = draw(st.sampled_from(["volume", "graduated", "package"]))
    product: dict[str, Any] = {"sku": "A", "name": "A", "kind": "licence"}
    if mode == "package":
        size, price = draw(st.integers(1, 12)), draw(st.integers(0, 90))
        product["tiers"] = {"mode": mode, "size": str(size), "price": str(price)}
    else:
        edges = sorted(draw(st.sets(st.integers(1, 40), max_size=3)))
        steps = [{"up_to": str(edge)} for edge in edges] + [{}]
        for step in steps:
            step["price"] = str(draw(st.integers(0, 30)))
            step["flat"] = str(draw(st.integers(0, 40)))
        product["tiers"] = {"mode": mode, "steps": steps}
    for key in ("minimum", "maximum"):
        if draw(st.booleans()):
            product[key] = str(draw(st.integers(0, 400)))
    if draw(st.booleans()):
        product["free_units"] = str(draw(st.integers(1, 10)))
    return Product.model_validate(product)


@settings(max_examples=300, deadline=None)
@given(product=products())
def test_a_list_without_a_cliff_is_monotone_in_quantity_and_a_cliff_is_told(product: Product) -> None:
    catalog = Catalog.model_validate({"price_list": "x", "currency": "CNY"}).model_copy(update={"products": (product,)})
    with exactly():
        amounts = [tier_amount(product, Decimal(quantity)) for quantity in range(1, MOST + 1)]
    falls = any(more < less for less, more in pairwise(amounts))
    assert bool(list(tier_cliffs(catalog))) == falls
