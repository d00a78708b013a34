"""The word that was meant is found among a few keys and among the thousands of a price list."""

from __future__ import annotations

import random
import string

import pytest

from docgen.spelling import closest

KEYS = ("quantity", "discount", "because", "term_months", "unit_price", "starts", "ends")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("quantitty", "quantity"),
        ("Term-Months", "term_months"),
        ("qty", "quantity"),
        ("becuase", "because"),
        ("zzz", None),
    ],
)
def test_a_key_is_found_by_its_letters_or_by_another_word_for_it(written: str, meant: str | None) -> None:
    assert closest(written, KEYS) == meant


def test_a_product_is_found_among_thousands_with_one_letter_wrong() -> None:
    chance = random.Random(3)
    names = ("".join(chance.choices(string.ascii_uppercase, k=chance.choice((3, 4, 5)))) for _ in range(3000))
    known = [f"{chance.choice(('E1', 'E3', 'CRM'))}-{name}-{chance.randrange(1000)}" for name in names]
    for meant in chance.sample(known, 200):
        at = chance.randrange(len(meant))
        assert closest(meant[:at] + meant[at + 1 :], known) == meant, "a letter that is not there"
        assert closest(meant[:at] + "Q" + meant[at:], known) == meant, "a letter too many"
