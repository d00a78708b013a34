"""What a customer gives up for a line: an older edition or product, and what of it is still unused."""

from __future__ import annotations

from decimal import Decimal

from docgen.values import Amount, Day, Model, Quantity, Share, Sku


class Upgrade(Model):
    """The old product by `sku`.

    paid    the net paid for it, all units and the whole old term; without it the list price × `quantity` counts
    starts  and ends: its old term, both days included; without them all of it is unused
    credit  the share of the unused worth that is credited
    """

    sku: Sku
    quantity: Quantity | None = None
    paid: Amount | None = None
    starts: Day | None = None
    ends: Day | None = None
    credit: Share = Decimal(1)
