"""D01 to D14: a contract that was drafted and worded, read once more against its data. Only what could go wrong in
spite of how contracts are made is read here; what holds by construction is in docs/template-checks.md.

A rule is one function and one line in RULES; its problems' codes begin with its number (`d03_words_of_no_figure`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from docgen.answers import customer_figures
from docgen.content.blocks import Block, Clause, Cover, Document, Heading, Reference, SignatureBlock
from docgen.content.walk import leaves, words_of
from docgen.contract import Draft
from docgen.documents.audience import seen_by
from docgen.documents.contract.wording import anchor
from docgen.documents.manifest import Manifest
from docgen.facts import Facts
from docgen.locales.amount_in_words import amount_in_words
from docgen.problems import Problem, problem, warning
from docgen.texts import texts
from docgen.values import Text


@dataclass(frozen=True)
class Written:
    """A contract on the desk: the facts as its reader sees them, and the paper."""

    facts: Facts
    draft: Draft
    paper: Document

    @cached_property
    def words(self) -> str:
        return words_of(self.paper)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(leaves(self.paper.blocks))


def read_paper(manifest: Manifest, facts: Facts, draft: Draft, paper: Document) -> list[Problem]:
    """What a contract's paper says otherwise than its data, at the places of the deal."""
    written = Written(seen_by(manifest.audience, facts), draft, paper)
    return facts.sources["deal"].placed(read_over(written))


def read_over(written: Written) -> Iterator[Problem]:
    """Everything RULES find."""
    for each in RULES:
        yield from each(written)


# ---- money ----------------------------------------------------------------------------------------------------------
def payments_add_up(written: Written) -> Iterator[Problem]:
    """D01: the payments come to the total, to the cent, and their shares to all of it."""
    quote = written.facts.quote
    paid = sum((each.amount for each in quote.payments), Decimal(0))
    if quote.payments and paid != quote.totals.customer_gross:
        yield problem("d01_payments_differ", "payment", paid=paid, total=quote.totals.customer_gross)


def lines_add_up(written: Written) -> Iterator[Problem]:
    """D02: the lines come to the totals, before tax, in tax, and after."""
    quote = written.facts.quote
    lines = [customer_figures(line) for line in quote.counted if line.line.role != "heading"]
    net, tax, gross = (sum((each[column] for each in lines), Decimal(0)) for column in range(3))
    totals = quote.totals
    wanted = (totals.customer_gross - totals.customer_tax, totals.customer_tax, totals.customer_gross)
    if lines and (net, tax, gross) != wanted:
        yield problem("d02_lines_differ", "lines", lines=gross, total=totals.customer_gross)


_FIGURE = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})*(?:\.\d+)?(?![\d])")
_ZH_WORDS = "[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]+元[零壹贰叁肆伍陆柒捌玖角分厘毫]*整?"


def words_are_figures(written: Written) -> Iterator[Problem]:
    """D03: every amount in words on the paper is that of a figure on it."""
    currency = written.facts.quote.currency
    found = [Decimal(each.replace(",", "")) for each in dict.fromkeys(_FIGURE.findall(written.words))]
    figures = [each for each in found if -int(each.as_tuple().exponent) == written.facts.quote.digits]
    for language in written.paper.languages:
        known = {_in_words(each, currency, language) for each in figures}
        for said in _said_in_words(written.words, currency, language):
            if said not in known:
                yield problem("d03_words_of_no_figure", words=said)


def _in_words(amount: Decimal, currency: str, language: str) -> str:
    try:
        return amount_in_words(amount, currency, language)
    except ValueError:
        return ""


def _said_in_words(words: str, currency: str, language: str) -> list[str]:
    one = amount_in_words(Decimal(1), currency, language)
    if language == "zh-CN":
        return re.findall(re.escape(one.partition("壹")[0]) + _ZH_WORDS, words)
    return re.findall(re.escape(one.partition(" one")[0]) + r" [a-z][a-z -]*?(?: and \d+/\d+)? only", words)


_SIGNS = {
    "CNY": "人民币|RMB|CNY|￥|¥", "USD": r"US\$|USD|美元", "EUR": "€|EUR|欧元", "GBP": "£|GBP|英镑",
    "HKD": r"HK\$|HKD|港元", "SGD": r"S\$|SGD|新加坡元", "JPY": "JPY|日元",
}  # fmt: skip
"""Of the currencies deals are made in, how papers write them beside a figure."""


def one_currency(written: Written) -> Iterator[Problem]:
    """D04: no amount stands in another currency than the deal's."""
    own = written.facts.quote.currency
    for sign in (sign for code, sign in _SIGNS.items() if code != own):
        found = re.search(rf"(?<![A-Za-z])(?:{sign})\s?\d[\d,.]*\d?|\d[\d,.]*\s?(?:{sign})(?![A-Za-z])", written.words)
        if found is not None:
            yield warning("d04_other_currency", "contract", found=found[0].rstrip(",."), currency=own)
            return


# ---- law and sides --------------------------------------------------------------------------------------------------
def court_of_the_law(written: Written) -> Iterator[Problem]:
    """D06: a court sits in the country whose law it is to apply."""
    forum, law, book = written.draft.facts.forum, written.draft.facts.law, written.draft.library.book
    if forum.kind != "court" or forum.name is None or law.code not in book.laws:
        return
    for listed in book.fora:
        same = {listed.name.zh, listed.name.en} & {forum.name.zh, forum.name.en} - {None}
        if same and listed.country != book.laws[law.code].country:
            yield warning("d06_court_of_another_law", "terms", "forum", forum=str(forum.name), law=str(law.name))


def same_names(written: Written) -> Iterator[Problem]:
    """D07: cover and signatures name the sides as the deal does, both of them and nobody else."""
    language = written.paper.languages[0]
    facts = written.draft.facts
    names = [" ".join(party.name.get(language).split()) for party in (facts.customer, facts.seller)]
    for block in written.blocks:
        if isinstance(block, Cover):
            said = " ".join(block.recipient[1].split())
            yield from (problem("d07_not_on_cover", "customer", name=name) for name in names if name not in said)
        elif isinstance(block, SignatureBlock):
            signed = [" ".join(each.name.split()) for each in block.signatories]
            if not all(any(name in each for each in signed) for name in names) or len(signed) != len(names):
                yield problem("d07_other_signatures", "customer", names=", ".join(signed))


def nothing_forbidden(written: Written) -> Iterator[Problem]:
    """D10: what the deal adds in words of its own holds no word that no contract may hold."""
    said = [(path, text) for path, text in texts(written.facts.deal) if path[:1] in _PRINTED]
    for entry in written.draft.library.book.forbidden:
        if entry.get("types") or entry.get("when") or entry.get("unless"):
            continue
        because = Text.model_validate(entry.get("because") or "-").get("en")
        for word in entry.get("words", ()):
            for path, text in said:
                if word.lower() in text.lower():
                    yield warning("d10_forbidden_word", *path, word=word, because=because)


_PRINTED = (("contract",), ("terms",), ("title",))
"""What a contract prints of a deal's own words, besides names."""


# ---- the paper ------------------------------------------------------------------------------------------------------
def every_clause_once(written: Written) -> Iterator[Problem]:
    """D08, D14: every clause and annex that was decided on stands on the paper, once; every place has a name of its
    own; every reference leads to one."""
    anchors = Counter(each.anchor for each in written.blocks if isinstance(each, Clause | Heading))
    for chosen in written.draft.chosen:
        count = anchors[anchor(chosen.key, 1)]
        if count != 1:
            yield problem("d14_clause_not_once", clause=chosen.key, count=count)
    for name, count in anchors.items():
        if count > 1:
            yield problem("d14_same_bookmark", name=name, count=count)
    for target in sorted(set(_references(written.paper.blocks)) - set(anchors)):
        yield problem("d14_leads_nowhere", name=target)


def _references(node: object) -> Iterator[str]:
    if isinstance(node, Reference):
        yield node.anchor
    elif isinstance(node, tuple):
        for each in node:
            yield from _references(each)
    elif hasattr(node, "__dataclass_fields__"):
        for name in node.__dataclass_fields__:
            yield from _references(getattr(node, name))


RULES: tuple[Callable[[Written], Iterator[Problem]], ...] = (
    payments_add_up,
    lines_add_up,
    words_are_figures,
    one_currency,
    court_of_the_law,
    same_names,
    nothing_forbidden,
    every_clause_once,
)
