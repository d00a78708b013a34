"""What a search looks for."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class NetGoal:
    """totals.net is exactly this, to the cent."""

    net: Decimal


@dataclass(frozen=True, slots=True)
class MarginGoal:
    """The lowest net whose margin rate is at least this: 0.35 for 35 %."""

    rate: Decimal


@dataclass(frozen=True, slots=True)
class NoApprovalGoal:
    """The deepest discount that asks for no approval beyond those asked without any negotiated discount."""


Goal = NetGoal | MarginGoal | NoApprovalGoal
