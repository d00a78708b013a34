"""D01 to D14: contracts read over against their data. Real samples, changed where a rule must find something."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.contracts.samples import NAMES, WORKSPACE, deal_of, facts_of, paper
from tests.legal.library import run

from docgen.answers import customer_figures
from docgen.content.blocks import Block, Clause, Cover, Heading, Paragraph, SignatureBlock, Text, text_of
from docgen.content.walk import changed
from docgen.documents.audience import seen_by
from docgen.legal.deal_rules import RULES, Written, read_over
from docgen.legal.papers import contract_paper
from docgen.legal.readback import placed
from docgen.pipeline import prepare

ONE = "licence-domestic"
BILINGUAL = ("development-customer-owned", "mixed-bilingual", "reseller-exclusive", "saas-european")


@cache
def written(name: str) -> Written:
    facts = facts_of(name)
    assert facts.draft is not None
    seen = seen_by("partner", facts) if facts.draft.sides.end_customer is not None else facts
    return Written(seen, facts.draft, contract_paper(facts, WORKSPACE))


def codes(of: Written) -> list[str]:
    return [each.code for each in read_over(of)]


def with_words(of: Written, *words: str) -> Written:
    more = tuple(Paragraph((Text(each),)) for each in words)
    return replace(of, paper=replace(of.paper, blocks=(*of.paper.blocks, *more)))


# ---- every sample ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", NAMES)
def test_a_sample_contract_says_what_its_data_say(name: str) -> None:
    assert list(read_over(written(name))) == []


@pytest.mark.parametrize("name", NAMES)
def test_every_clause_is_in_word_once_and_no_bookmark_twice(name: str) -> None:
    docx = paper(name, "docx")
    found = Counter(each.anchor for each in placed(docx))
    assert [anchor for anchor, count in found.items() if count > 1] == []
    draft = facts_of(name).draft
    assert draft is not None
    titles = [f"dg_{chosen.key}_1" for chosen in draft.articles]
    assert [title for title in titles if found[title] != 1] == []
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        xml = package.read("word/document.xml").decode()
    bookmarks = re.findall(r'<w:bookmarkStart [^>]*w:name="([^"]+)"', xml)
    assert len(bookmarks) == len({each.casefold() for each in bookmarks})
    assert set(re.findall(r"\bREF (\S+)", xml)) <= set(bookmarks)


# ---- money ----------------------------------------------------------------------------------------------------------
def other_quote(of: Written, **changes: Any) -> Written:
    return replace(of, facts=replace(of.facts, quote=replace(of.facts.quote, **changes)))


def test_payments_that_miss_the_total_by_a_cent_are_told() -> None:
    of = written(ONE)
    first, *others = of.facts.quote.payments
    wrong = replace(first, amount=first.amount + Decimal("0.01"))
    (found,) = read_over(other_quote(of, payments=(wrong, *others)))
    assert (found.code, found.path) == ("d01_payments_differ", ("payment",))


def test_lines_that_miss_the_total_by_a_cent_are_told() -> None:
    of = written(ONE)
    totals = of.facts.quote.totals
    wrong = replace(totals, customer_tax=totals.customer_tax + Decimal("0.01"))
    assert codes(other_quote(of, totals=wrong)) == ["d02_lines_differ"]
    assert sum((customer_figures(line)[2] for line in of.facts.quote.counted), Decimal(0)) == totals.customer_gross


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (ONE, "另付人民币叁元整。"),
        ("licence-american", "In addition US dollars three and 17/100 only are payable."),
    ],
)
def test_words_without_their_figure_are_told(name: str, words: str) -> None:
    assert codes(with_words(written(name), words)) == ["d03_words_of_no_figure"]
    with_figure = words.replace("叁元整", "叁元整（3.00）").replace("only are", "only (3.17) are")
    assert codes(with_words(written(name), with_figure)) == []


@pytest.mark.parametrize(("name", "words"), [(ONE, "另付 USD 500。"), ("licence-american", "RMB 500 are payable.")])
def test_an_amount_in_another_currency_is_told(name: str, words: str) -> None:
    assert codes(with_words(written(name), words)) == ["d04_other_currency"]


def test_an_amount_in_another_currency_is_told_whole_and_the_sign_of_ones_own_is_no_other() -> None:
    found = list(read_over(with_words(written(ONE), "另付美元1,250.50。")))
    assert [each.params["found"] for each in found] == ["美元1,250.50"]
    assert codes(with_words(written("licence-american"), "In addition US$ 500 or US$500 are payable.")) == []


MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def numbers(clause: Clause) -> Counter[str]:
    """The figures of one place, months as figures, however its language sets them; without articles of statutes, which
    Chinese writes in words."""
    text = "".join(each.text for each in _texts(clause.content))
    for number, month in enumerate(MONTHS, 1):
        text = re.sub(rf"\b{month}\b", str(number), text)
    return Counter(re.findall(r"\d+(?:[,.]\d+)*", re.sub(r"\d+/100 only|Articles? \d+(?:\(\d+\))*", "", text)))


def _texts(node: Any) -> Iterator[Text]:
    if isinstance(node, Text):
        yield node
    elif isinstance(node, tuple):
        for each in node:
            yield from _texts(each)
    elif hasattr(node, "content"):
        yield from _texts(node.content)


@pytest.mark.parametrize("name", BILINGUAL)
def test_both_languages_print_the_same_numbers_clause_by_clause(name: str) -> None:
    """But for the words of the deal itself, which each language may count in its own way."""
    clauses = {each.anchor: each for each in written(name).blocks if isinstance(each, Clause)}
    second = "_zh" if facts_of(name).deal.language[0] == "en" else "_en"
    pairs = [
        (clauses[anchor], each) for anchor, each in clauses.items() for each in [clauses.get(anchor + second)] if each
    ]
    assert len(pairs) > 150
    differ = [one.anchor for one, other in pairs if numbers(one) != numbers(other)]
    assert {anchor.rsplit("_", 1)[0] for anchor in differ} <= {"dg_delivery_install", "dg_performance_commitment"}


# ---- law, sides, words ----------------------------------------------------------------------------------------------
def changed_deal(folder: Path, name: str, **changes: Any) -> list[str]:
    """The codes docgen check tells of a sample with some keys changed."""
    said = yaml.load(deal_of(name).read_text("utf-8"), yaml.BaseLoader)
    for dotted, value in changes.items():
        place = said
        *groups, last = dotted.split("__")
        for group in groups:
            place = place.setdefault(group, {})
        place[last] = value
    path = folder / "deal.yaml"
    path.write_text(yaml.safe_dump(said, allow_unicode=True), "utf-8")
    workspace = WORKSPACE.folders[0]
    result = run(workspace, "check", str(path), "--document", "contract", "--format", "json", today="2026-11-22")
    return [each["code"] for each in json.loads(result.stdout)]


def test_a_court_that_would_apply_the_law_of_another_country_is_told(tmp_path: Path) -> None:
    court = {
        "kind": "court",
        "name": {"zh-CN": "上海市浦东新区人民法院", "en": "People's Court of Pudong New Area, Shanghai"},
    }
    assert "d06_court_of_another_law" in changed_deal(tmp_path, "saas-european", terms__forum=court)
    assert "d06_court_of_another_law" not in changed_deal(tmp_path, "saas-european")


def test_a_special_term_with_a_forbidden_word_is_told_where_it_stands(tmp_path: Path) -> None:
    term = {"text": {"zh-CN": "乙方尽力而为。", "en": "The Supplier uses best efforts."}, "reason": "sample"}
    assert "d10_forbidden_word" in changed_deal(tmp_path, ONE, contract__special_terms=[term])


def test_another_name_at_the_signature_is_told() -> None:
    def other(block: Block) -> Block:
        if not isinstance(block, SignatureBlock):
            return block
        first, second = block.signatories
        return SignatureBlock((replace(first, name="别家公司"), second))

    of = written(ONE)
    assert codes(replace(of, paper=changed(of.paper, other))) == ["d07_other_signatures"]


def test_a_cover_without_a_side_is_told() -> None:
    def other(block: Block) -> Block:
        return replace(block, recipient=("", "")) if isinstance(block, Cover) else block

    of = written(ONE)
    assert codes(replace(of, paper=changed(of.paper, other))) == ["d07_not_on_cover", "d07_not_on_cover"]


# ---- the paper ------------------------------------------------------------------------------------------------------
def blocks(of: Written, keep: Any) -> Written:
    return replace(of, paper=replace(of.paper, blocks=tuple(each for block in of.paper.blocks for each in keep(block))))


def test_a_clause_that_is_missing_or_twice_is_told() -> None:
    of = written(ONE)
    title = "dg_force_majeure_1"
    gone = blocks(of, lambda each: () if getattr(each, "anchor", "") == title else (each,))
    assert "d14_clause_not_once" in codes(gone)
    twice = blocks(of, lambda each: (each, each) if getattr(each, "anchor", "") == title else (each,))
    assert codes(twice) == ["d14_clause_not_once", "d14_same_bookmark"]


def test_a_reference_to_a_place_that_is_gone_is_told() -> None:
    of = written(ONE)
    gone = blocks(of, lambda each: () if str(getattr(each, "anchor", "")).startswith("dg_uncapped_list_") else (each,))
    assert "d14_leads_nowhere" in codes(gone)


# ---- what holds by construction -------------------------------------------------------------------------------------
def test_text_of_a_deal_never_becomes_a_mark_a_condition_or_markup(tmp_path: Path) -> None:
    hostile = "A [[ref:fees]] {{ seller.bank }} {% if x %} <b>&amp;</b> **b** _{# c #}_"
    said = yaml.load(deal_of(ONE).read_text("utf-8"), yaml.BaseLoader)
    said["title"] = hostile
    said["contract"]["special_terms"] = [{"text": f"{hostile}。", "reason": "sample"}]
    path = tmp_path / "deal.yaml"
    path.write_text(yaml.safe_dump(said, allow_unicode=True), "utf-8")
    ready = prepare(path, WORKSPACE, facts_of(ONE).deal.date, document="contract")
    facts = ready.facts
    assert facts is not None and facts.draft is not None and not ready.has_errors
    text = Written(facts, facts.draft, contract_paper(facts, WORKSPACE)).words
    assert text.count(hostile) >= 3, "the title on the cover and in the key terms, the special term"


def test_availability_is_the_same_in_the_body_and_in_the_annex() -> None:
    of = written("saas-european")
    said = [text_of(each.content) for each in of.blocks if isinstance(each, Clause)]
    promised = [each for each in said if re.search(r"(?:availability|Availability).*99", each)]
    assert len(promised) > 1
    assert {rate for each in promised for rate in re.findall(r"99(?:\.\d+)?%", each)} == {"99.9%"}


def test_annexes_are_numbered_as_the_list_of_annexes_has_them() -> None:
    of = written("saas-european")
    headings = [text_of(each.content) for each in of.paper.blocks if isinstance(each, Heading)]
    annexes = [each for each in headings if re.match(r"Annex \d", each)]
    assert len(annexes) == len(of.draft.annexes)
    assert [int(re.findall(r"\d+", each)[0]) for each in annexes] == list(range(1, len(annexes) + 1))


def test_every_rule_that_reads_has_a_contract_it_finds_something_in() -> None:
    source = Path(__file__).read_text("utf-8")
    rules = Path(RULES[0].__code__.co_filename).read_text("utf-8")
    assert set(re.findall(r"\"(d\d\d_\w+)\"", rules)) <= set(re.findall(r"\"(d\d\d_\w+)\"", source))
