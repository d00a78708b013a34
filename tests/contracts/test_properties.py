"""What holds for the contract of any deal, tried on generated ones: types, lines, facts, wishes and languages.

DOCGEN_THOROUGH=1 tries many more.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from docgen.configuration import configure
from docgen.content.blocks import Clause, Document, Heading, text_of
from docgen.content.walk import leaves
from docgen.contract import Draft, Sides, draft
from docgen.contract.checks import check
from docgen.deal import Deal
from docgen.documents.compose import compose
from docgen.documents.contract.signing import as_signed
from docgen.documents.manifest import find_manifest
from docgen.facts import Facts
from docgen.lawbook import load_lawbook
from docgen.legal.specimens import FACTORS, specimens
from docgen.pipeline import made_on
from docgen.pricing import price
from docgen.problems import only_errors
from docgen.reading import load_look
from docgen.render import WRITERS
from docgen.source.load import load
from docgen.source.workspace import read_yaml
from docgen.source.yaml_file import parse_yaml
from docgen.wordfile import Paragraph, WordFile, read_word
from tests.contracts.samples import WORKSPACE
from tests.pricing.deals import THOROUGH

LIBRARY = load_lawbook(WORKSPACE).library
assert LIBRARY is not None
FIRST = next(specimens(LIBRARY)).facts
"""Gives the small price list and the seller of all deals here."""
OPTIONS: Mapping[str, Mapping[str, Any]] = read_yaml(FACTORS).data["factors"]
VARIED = ("language", "forum", "data", "sla", "renewal", "ip", "acceptance", "warranty", "liability", "late", "flags")
LINES: tuple[dict[str, Any], ...] = (
    {"sku": "SOFT", "quantity": 3},
    {"sku": "CLOUD", "quantity": 5},
    {"sku": "BOX", "quantity": 1},
    {"sku": "CARE", "quantity": 1},
    {"sku": "DAYS", "quantity": 4},
    {"sku": "CLASS", "quantity": 1},
    {"sku": "GIFT", "quantity": 1},
    {"sku": "EXEMPT", "quantity": 2, "optional": True},
    {"custom": {"zh-CN": "接口", "en": "Interface"}, "kind": "custom", "quantity": 1, "price": 900, "tax": "services"},
)
TYPES = ("licence", "saas", "development", "maintenance", "trial", "reseller", "nda", "dpa")
BASE: Mapping[str, Any] = {
    "deal": "D-0",
    "date": "2026-12-01",
    "price_list": "specimens",
    "starts": "2027-01-01",
    "term_months": 12,
    "customer": {"name": {"zh-CN": "示例客户", "en": "Example Customer"}},
    "contract": {"trial": {"days": 30}},
}


def _over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    both = {key: _over(below[key], above[key]) for key in below.keys() & above.keys() if isinstance(above[key], dict)}
    return {**below, **above, **both}


@st.composite
def deals(draw: st.DrawFn, kind: str | None = None) -> dict[str, Any]:
    """A deal as its file would say it; of one type, or of the types its lines make."""
    said = dict(BASE)
    for name in VARIED:
        said = _over(said, OPTIONS[name][draw(st.sampled_from(sorted(OPTIONS[name])))])
    lines = draw(st.lists(st.sampled_from(LINES), max_size=5, unique_by=str))
    named = kind or draw(st.sampled_from([*TYPES, ""]))
    if named:
        said = _over(said, {"contract": {"type": named}})
        allowed = [each.key for each in LIBRARY.in_order if named in each.card.may]  # type: ignore[union-attr]
        said = _over(said, {"contract": {"with": draw(st.lists(st.sampled_from(allowed), max_size=3, unique=True))}})
    return {**said, "lines": lines} if lines else said


def _facts(said: Mapping[str, Any]) -> Facts:
    """The deal, priced and drafted; deals that cannot be are not tried."""
    loaded = load(parse_yaml(json.dumps(said, ensure_ascii=False), "deal.yaml"), Deal, "deal")
    assert loaded.model is not None, loaded.problems
    configured = configure(loaded.model, FIRST.catalog)
    quote = price(loaded.model, configured, FIRST.catalog)
    facts = Facts(loaded.model, FIRST.catalog, quote, FIRST.seller, FIRST.verdict, {"deal": loaded})
    assert LIBRARY is not None
    made = draft(Sides(loaded.model, quote, FIRST.seller, None), LIBRARY)
    assume(not only_errors((*configured.problems, *quote.problems, *made.problems, *check(made))))
    assume(made.facts.contract.types)
    return replace(facts, draft=made)


def _draft(said: Mapping[str, Any]) -> Draft:
    made = _facts(said).draft
    assert made is not None
    return made


def _paper(facts: Facts) -> Document:
    found, _ = find_manifest("contract", WORKSPACE.template_folders())
    assert found is not None
    return compose(as_signed(found, facts), facts, facts.deal.language, made_on(facts.deal.date))


def _decided(made: Draft) -> list[tuple[str, str]]:
    return [(each.key, each.variant) for each in made.chosen]


_patient: Mapping[str, Any] = {
    "derandomize": not THOROUGH,
    "deadline": None,
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.filter_too_much],
}
quick = settings(max_examples=400 if THOROUGH else 30, **_patient)
slow = settings(max_examples=100 if THOROUGH else 6, **_patient)


# ---- which clauses --------------------------------------------------------------------------------------------------
@quick
@given(deals())
def test_what_a_type_must_have_is_in_and_a_mixed_deal_has_what_each_of_its_types_must(said: dict[str, Any]) -> None:
    made = _draft(said)
    musts = {each.key for each in made.library.in_order if set(each.card.must) & set(made.facts.contract.types)}
    inside = {each.key for each in made.chosen}
    silent = {each.clause.key for each in made.left_out if each.why == "nothing_to_say"}
    goods_alone = made.facts.has.hardware and not made.facts.has.licence
    spared = {each.key for each in made.library.in_order if each.card.unless is not None} if goods_alone else set()
    assert musts - spared <= inside | silent
    assert {each.key for each in made.chosen if each.why == "must"} <= musts


@quick
@given(deals(), st.randoms(use_true_random=False))
def test_the_order_of_the_lines_decides_nothing(said: dict[str, Any], random: Any) -> None:
    lines = list(said.get("lines", ()))
    random.shuffle(lines)
    turned = {**said, "lines": lines} if lines else said
    assert _decided(_draft(said)) == _decided(_draft(turned))


@quick
@given(deals())
def test_notes_reasons_and_owners_decide_nothing(said: dict[str, Any]) -> None:
    term = {"text": {"zh-CN": "另行约定。", "en": "As agreed."}}
    plain = _over(said, {"contract": {"special_terms": [term]}})
    told = _over(said, {"contract": {"special_terms": [{**term, "owner": "sales", "reason": "because"}]}})
    told["lines"] = [{**line, "note": "a note of the house"} for line in said.get("lines", ())]
    if not told["lines"]:
        del told["lines"]
    assert _decided(_draft(plain)) == _decided(_draft(told))


# ---- the paper ------------------------------------------------------------------------------------------------------
_UNSOUND = re.compile(
    r"\bNone\b|\bTrue\b|\bFalse\b|\{\{|\{%|\[\[|\]\]|dict object|object at 0x|[\ue000-\uf8ff]"
    r"|。。|，，|；；|、、|，。|；。|、。|：。|（）|\(\)|“”|\. \.| [,.;]|,\.|;\.|  "
)


def _children(blocks: list[Any], at: int) -> bool:
    """Whether what follows a clause belongs below it: a deeper place, or anything that is no numbered place."""
    own = blocks[at]
    later = (each for each in blocks[at + 1 :] if not (isinstance(each, Clause) and each.language != own.language))
    following = next(later, None)
    if isinstance(following, Clause):
        return following.level > own.level or "dg_term_" in following.anchor
    return following is not None and not isinstance(following, Heading)


@slow
@given(deals())
def test_every_paragraph_is_a_sound_sentence_and_leads_somewhere(said: dict[str, Any]) -> None:
    document = _paper(_facts(said))
    blocks = list(leaves(document.blocks))
    names = [each.anchor.lower() for each in blocks if isinstance(each, Clause)]
    assert len(names) == len(set(names)) and all(name.isascii() and len(name) <= 40 for name in names)
    for at, block in enumerate(blocks):
        if isinstance(block, Clause):
            words = text_of(block.content)
            assert words.strip() and not _UNSOUND.search(words), words
            if block.level == 1 or words.rstrip().endswith((":", "：")):
                assert _children(blocks, at), words


@slow
@given(deals())
def test_word_counts_the_numbers_the_other_papers_print(said: dict[str, Any]) -> None:
    document = _paper(_facts(said))
    read = read_word(WRITERS["docx"](document, load_look(WORKSPACE)), "paper.docx")
    assert isinstance(read, WordFile) and not read.problems
    labels = {name: each.label for each in read.paragraphs() if isinstance(each, Paragraph) for name in each.bookmarks}
    printed = {each.anchor: each.number or "" for each in leaves(document.blocks) if isinstance(each, Clause)}
    assert {name: labels[name] for name in printed} == printed


@slow
@given(deals())
def test_the_same_deal_makes_the_same_paper(said: dict[str, Any]) -> None:
    assert _paper(_facts(said)) == _paper(_facts(said))
