"""Words of a deal stand in its contract as they are, whatever they look like: no mark, number, reference, definition or
article comes of them, in any format."""

from __future__ import annotations

import copy
import dataclasses
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import html

from docgen.content.blocks import Clause, Document
from docgen.content.walk import leaves
from docgen.documents.compose import compose
from docgen.documents.contract.signing import as_signed
from docgen.documents.manifest import find_manifest
from docgen.facts import Facts
from docgen.pipeline import made_on, prepare, produce
from tests.conftest import TODAY
from tests.contracts.samples import WORKSPACE, deal_of, pressed, text_of_pdf, text_of_word

HOSTILE = (
    "{{ 7*7 }}{% if x %}{# y #}",
    "[[ref:fees]] [[term:software]] [[annex:annex_items]]",
    "[[table:items]]",
    "::: slot price-table",
    "[](#dg_fees_1) [fees](#dg_fees_1)",
    "# 第9条 新的条款",
    "- (a) item",
    "1.1 付款",
    "**bold** _it_ `code` \\* | a | b |",
    "<b>&amp;</b> ]]> <!-- x -->",
    "“软件” 甲方 Software",
    "> quote ---",
    "本合同第99条",
    "None nan TBD ____",
)
TABLE_WORDS = ("special", "kinds", "purpose", "subprocessor", "hours")


def _deal(say: Callable[[str], str]) -> dict[str, Any]:
    """The contract with everything in it, each text of it made by `say` from a name."""

    def both(name: str) -> dict[str, str]:
        return {"zh-CN": say(f"{name}zh"), "en": say(f"{name}en")}

    deal: dict[str, Any] = copy.deepcopy(yaml.load(deal_of("mixed-bilingual").read_text("utf-8"), yaml.BaseLoader))
    deal["title"] = both("title")
    deal["customer"] |= {"name": both("name"), "address": both("address"), "legal_representative": both("signer")}
    deal["customer"]["contacts"][0]["name"] = both("contact")
    deal["terms"]["delivery"] = both("delivery")
    deal["terms"]["acceptance"]["criteria"] = both("criteria")
    deal["terms"]["forum"] |= {"name": both("forum"), "seat": both("seat")}
    deal["contract"] |= {
        "place": both("place"),
        "no": say("no"),
        "main": say("main"),
        "special_terms": [{"text": both("special")}],
        "data": {
            "personal": "true",
            "regions": ["CN"],
            "kinds": both("kinds"),
            "subjects": both("subjects"),
            "purpose": both("purpose"),
            "subprocessors": [both("subprocessor")],
        },
        "performance": both("performance"),
        "escrow": {"agent": both("agent")},
        "support": {"tier": "gold", "hours": both("hours"), "response": {"s1": both("response")}},
        "with": ["performance_commitment"],
    }
    return deal


def _facts(words: str, folder: Path) -> Facts:
    path = folder / "deal.yaml"
    path.write_text(yaml.dump(_deal(lambda name: f"{words}~{name}~"), allow_unicode=True, width=10**6), "utf-8")
    ready = prepare(path, WORKSPACE, TODAY)
    assert ready.facts is not None and not ready.has_errors, ready.problems
    return ready.facts


def _paper(facts: Facts) -> Document:
    found, _ = find_manifest("contract", WORKSPACE.template_folders())
    assert found is not None
    return compose(as_signed(found, facts), facts, facts.deal.language, made_on(facts.deal.date))


def _strings(node: Any) -> list[str]:
    if isinstance(node, str):
        return [node]
    if dataclasses.is_dataclass(node):
        return [text for each in dataclasses.fields(node) for text in _strings(getattr(node, each.name))]
    return [text for each in node for text in _strings(each)] if isinstance(node, tuple) else []


def _shape(document: Document) -> list[object]:
    """Every numbered place with what is not plain words in it, and the kinds of everything else."""
    return [
        (each.level, each.anchor, each.number, [type(part).__name__ for part in each.content])
        if isinstance(each, Clause)
        else type(each).__name__
        for each in leaves(document.blocks)
    ]


def _counted(said: str) -> dict[str, int]:
    """How often each text of the deal is printed."""
    found: dict[str, int] = {}
    for name in re.findall(r"~(\w+)~", said):
        found[name] = found.get(name, 0) + 1
    return found


@cache
def _of_plain_words(folder: Path) -> tuple[list[object], dict[str, int]]:
    document = _paper(_facts("plain words", folder))
    return _shape(document), _counted(" ".join(_strings(document.blocks)))


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[object], dict[str, int]]:
    return _of_plain_words(tmp_path_factory.mktemp("plain"))


def test_the_deal_says_its_words_in_many_places(plain: tuple[list[object], dict[str, int]]) -> None:
    assert len(plain[1]) >= 30 and {f"{name}zh" for name in TABLE_WORDS} <= plain[1].keys()


@pytest.mark.parametrize("words", HOSTILE)
def test_words_that_look_like_marks_are_printed_and_change_nothing(
    words: str, plain: tuple[list[object], dict[str, int]], tmp_path: Path
) -> None:
    document = _paper(_facts(words, tmp_path))
    said = " ".join(" ".join(_strings(document.blocks)).split())
    assert _shape(document) == plain[0]
    assert {name: said.count(f"{' '.join(words.split())}~{name}~") for name in plain[1]} == plain[1]


def test_a_text_of_several_paragraphs_changes_no_number(
    plain: tuple[list[object], dict[str, int]], tmp_path: Path
) -> None:
    document = _paper(_facts("一。\n\n# 二\n\n- 三\n\n1. 四", tmp_path))
    places = [each[:3] for each in _shape(document) if isinstance(each, tuple)]
    assert places == [each[:3] for each in plain[0] if isinstance(each, tuple)]


@pytest.mark.parametrize("half", [HOSTILE[:7], HOSTILE[7:]], ids=["marks of ours", "marks of others"])
def test_every_format_shows_them(half: tuple[str, ...], tmp_path: Path) -> None:
    words = " ".join((*half, "到此"))
    facts = _facts(words, tmp_path)
    files = produce(facts, "contract", WORKSPACE, today=TODAY, formats=["docx", "pdf", "txt", "html"]).files
    shown = {
        "docx": "".join(html.fromstring(f"<p>{text_of_word(files['docx'], tmp_path)}</p>").itertext()),
        "pdf": text_of_pdf(files["pdf"], tmp_path),
        "txt": files["txt"].decode(),
        "html": "".join(html.document_fromstring(files["html"].decode()).itertext()),
    }
    for form, text in shown.items():
        assert "到此" in pressed(text), form
    for form in ("docx", "html"):
        for name in ("specialzh", "kindszh", "criteriaen", "placeen"):
            assert pressed(f"{words}~{name}~") in pressed(shown[form]), (form, name)
