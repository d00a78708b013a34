"""What the customer gains: the value model of a deal, counted month by month and exact.

`value_case(deal, quote)` checks the deal's `value` section and works it out: streams of benefits and costs, discounted
by the stated convention, in three scenarios, with payback, sensitivity and what its maturity still lacks.
"""

from docgen.value.case import ValueCase, Valued, value_case

__all__ = ["ValueCase", "Valued", "value_case"]
