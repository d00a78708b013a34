"""Good, better, best laid side by side: which came, which went, what each now costs, which is recommended.

The deal's own money, lines and terms are the recommended one's. Here the others are told as well, so that nothing a
customer may take changes unseen.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from docgen.comparing.difference import AlternativeChange, Change
from docgen.comparing.leaves import Leaves, changed, leaves
from docgen.comparing.lines import lines_changed
from docgen.comparing.terms import NAMES, payment_parts
from docgen.facts import Facts
from docgen.offers import Offer
from docgen.values import LANGUAGES

Pair = tuple[Offer | None, Offer | None]


def alternatives_changed(
    before: Facts, after: Facts, of_the_deal: Collection[Change]
) -> tuple[tuple[AlternativeChange, ...], tuple[str, str] | None]:
    """Those that differ, in the order of `after`, then those that are gone; and the names of the two recommended ones,
    where another is recommended now. `of_the_deal`: terms that are told already."""
    pairs = _paired(before.alternatives, after.alternatives)
    found = [_compared(one, other, before, after, of_the_deal) for one, other in pairs]
    return tuple(each for each in found if each is not None), _switched(pairs, after.deal.language[0])


# ---- pairing --------------------------------------------------------------------------------------------------------
def _paired(before: Sequence[Offer], after: Sequence[Offer]) -> list[Pair]:
    """By a name they share in some language; of the rest those with the same lines, which were renamed."""
    known: dict[int, Offer] = {}
    for is_like in (_shares_a_name, _has_the_same_lines):
        for index, other in enumerate(after):
            one = next((one for one in _free(before, known) if is_like(one, other)), None)
            if index not in known and one is not None:
                known[index] = one
    both: list[Pair] = [(known.get(index), other) for index, other in enumerate(after)]
    return [*both, *((one, None) for one in _free(before, known))]


def _free(before: Sequence[Offer], known: dict[int, Offer]) -> list[Offer]:
    return [one for one in before if not any(one is taken for taken in known.values())]


def _shares_a_name(one: Offer, other: Offer) -> bool:
    return any(one.called(language) == other.called(language) for language in LANGUAGES)


def _has_the_same_lines(one: Offer, other: Offer) -> bool:
    return one.deal.lines == other.deal.lines


def _switched(pairs: Sequence[Pair], language: str) -> tuple[str, str] | None:
    """Nothing where the same one is recommended, whatever it is called, or one side has no alternatives."""
    earlier = next((pair for pair in pairs if pair[0] is not None and pair[0].recommended), None)
    now = next((pair for pair in pairs if pair[1] is not None and pair[1].recommended), None)
    if earlier is None or now is None or earlier is now or earlier[0] is None or now[1] is None:
        return None
    return earlier[0].called(language), now[1].called(language)


# ---- two of them ----------------------------------------------------------------------------------------------------
def _compared(
    one: Offer | None, other: Offer | None, before: Facts, after: Facts, of_the_deal: Collection[Change]
) -> AlternativeChange | None:
    language = after.deal.language[0]
    if one is None or other is None:
        return _told(one, other, language)
    renamed = (one.called(language), other.called(language))
    was_called = renamed[0] if renamed[0] != renamed[1] else None
    if one.recommended and other.recommended:  # the rest of it is the deal, which is told by itself
        return _told(one, other, language, was_called=was_called) if was_called else None
    lines, repriced = lines_changed(one, other)
    own, others = _own_terms(one, before, language), _own_terms(other, after, language)
    terms = tuple(each for each in changed(own, others, NAMES) if each not in of_the_deal)
    if was_called or lines or repriced or terms or one.quote.totals != other.quote.totals:
        return _told(one, other, language, was_called=was_called, lines=lines, repriced=repriced, terms=terms)
    return None


def _own_terms(offer: Offer, facts: Facts, language: str) -> Leaves:
    """What an alternative may have of its own beside its lines."""
    discounts = leaves(offer.deal.discounts, language, ("discounts",))
    return discounts | leaves(payment_parts(offer.deal, facts.catalog), language, ("payment",))


def _told(one: Offer | None, other: Offer | None, language: str, **more: object) -> AlternativeChange:
    offer = other or one
    assert offer is not None
    return AlternativeChange(
        state="changed" if one and other else "added" if other else "removed",
        name=offer.called(language),
        recommended=offer.recommended,
        total_before=one.quote.totals.customer_gross if one else None,
        total_after=other.quote.totals.customer_gross if other else None,
        **more,  # type: ignore[arg-type]
    )
