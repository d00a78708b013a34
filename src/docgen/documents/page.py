"""What a component of a paper is given: the facts, the languages it speaks, and how both write words and numbers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from docgen.content.blocks import Block, Inlines, plain, quiet, stacked
from docgen.documents.remarks import Remarks
from docgen.facts import Facts
from docgen.locales import Words, words
from docgen.locales.dates import format_date, format_date_short, format_month, format_months
from docgen.locales.numbers import format_amount, format_quantity, format_rate, format_rate_exact, format_unit_price
from docgen.money import Exact
from docgen.problems import Key, Path
from docgen.values import Text
from docgen.vocabulary import Audience


def one_line(text: str) -> str:
    """Where only a line has room (a title, a running head) line feeds become spaces."""
    return " ".join(text.split("\n")) if "\n" in text else text


@dataclass(frozen=True)
class Page:
    """One paper in the making, called `title`. With two languages every label is given in both, the first leading."""

    facts: Facts
    languages: tuple[str, ...]
    title: Text
    remarks: Remarks | None = None
    """What reviewers should look at; None on every paper that may leave the house."""

    @property
    def audience(self) -> Audience:
        return self.facts.audience

    @property
    def buyer(self) -> str:
        """What the one who buys from us is called: the key of a label."""
        return "partner" if self.audience == "partner" else "customer"

    @property
    def language(self) -> str:
        return self.languages[0]

    @property
    def is_bilingual(self) -> bool:
        return len(self.languages) > 1

    @property
    def words(self) -> Words:
        return words(self.language)

    # -- words --------------------------------------------------------------------------------------------------------
    def label(self, key: str, **values: str) -> str:
        """A label on one line: `编号 Number` on a bilingual paper."""
        return " ".join(dict.fromkeys(filter(None, (words(x).label(key, **values) for x in self.languages))))

    def head(self, key: str) -> Inlines:
        """A table head: the second language below the first, paler."""
        first, *rest = (words(x).label(key) for x in self.languages)
        return stacked(plain(first), *(quiet(word) for word in rest))

    def text(self, text: Text | None) -> str:
        """A text of the deal on one line; both languages where they differ."""
        if text is None:
            return ""
        return " / ".join(dict.fromkeys(one_line(text.get(x)) for x in self.languages))

    def lines(self, text: Text | None) -> Inlines:
        """A text of the deal; the second language below the first."""
        if text is None:
            return ()
        first, *rest = dict.fromkeys(text.get(x) for x in self.languages)
        return stacked(plain(first), *(quiet(word) for word in rest))

    def each(self, key: str, **values: str) -> Inlines:
        """A label sentence, one language below the other."""
        return stacked(*(plain(words(x).label(key, **values)) for x in self.languages))

    def per_language(self, write: object) -> str:
        """`write(words)` of each language, joined where they differ."""
        assert callable(write)
        return " / ".join(dict.fromkeys(str(write(words(x))) for x in self.languages))

    # -- review -------------------------------------------------------------------------------------------------------
    def remarked(self, content: Inlines, *path: Key) -> Inlines:
        """Words that show the deal's value at `path`, on a paper under review with what was found about it."""
        return content if self.remarks is None else self.remarks.on(content, path)

    def commented(self, block: Block, *paths: Path) -> Block:
        """A block as a whole, on a paper under review with what was found about these values."""
        return block if self.remarks is None else self.remarks.beside(block, *paths)

    # -- numbers ------------------------------------------------------------------------------------------------------
    def amount(self, amount: Decimal) -> str:
        return format_amount(amount, self.facts.quote.currency, self.language)

    def money(self, amount: Decimal) -> str:
        """With the currency: on totals and wherever an amount stands alone."""
        language = "en" if self.is_bilingual else self.language
        return format_amount(amount, self.facts.quote.currency, language, with_code=True)

    def unit_price(self, price: Decimal) -> str:
        return format_unit_price(price, self.facts.quote.currency, self.language)

    def rate(self, rate: Exact) -> str:
        """One decimal, as discounts are shown."""
        return format_rate(rate, self.language)

    def exact_rate(self, rate: Exact) -> str:
        return format_rate_exact(rate, self.language)

    def quantity(self, quantity: Decimal, unit: str) -> str:
        number = format_quantity(quantity, self.language)
        return f"{number} {self.per_language(lambda w: w.unit(unit, quantity))}"

    def number(self, quantity: Decimal) -> str:
        return format_quantity(quantity, self.language)

    def day(self, day: dt.date) -> str:
        """ISO on a bilingual paper, which both sides read alike."""
        return day.isoformat() if self.is_bilingual else format_date(day, self.language)

    def short_day(self, day: dt.date) -> str:
        """For narrow columns: the month's name shortened."""
        return day.isoformat() if self.is_bilingual else format_date_short(day, self.language)

    def month(self, day: dt.date, *, year: bool) -> str:
        """The month of a day, for the heads of a plan."""
        return f"{day:%Y-%m}" if self.is_bilingual else format_month(day, self.language, year=year)

    def months(self, months: Fraction) -> str:
        return " / ".join(format_months(months, x) for x in self.languages)
