"""A document with cover, contents, numbers, captions and references, worded in a workspace's own template."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from docgen.cli.main import cli
from docgen.content.blocks import Captioned, Contents, Cover, Document, Heading, Reference, text_of
from docgen.content.walk import nodes
from docgen.documents.compose import compose
from docgen.documents.manifest import find_manifest
from docgen.pipeline import made_on, prepare
from docgen.problems import Problem, ProblemsFound
from docgen.reading import Workspace
from tests.conftest import ROOT, SAMPLES, TODAY

MANIFEST = """\
document: study
title: {zh-CN: 方案, en: Study}
parts: [front, prices, words]
numbered_headings: true
chapters_begin_pages: true
"""
ENGLISH = """\
::: part front
::: slot cover
::: slot contents

::: part prices
# Prices [#prices]

As [](#all) shows; see [](#terms), [](#prices) and [the words](#words).

::: slot price-table
::: caption All items for {{ customer.name }} [#all]

::: slot totals

::: part words
# Words [#words]

As [](#all) shows.

## Terms [#terms]

{% for note in terms.notes %}
- {{ note }}
{% endfor %}
"""
CHINESE = (
    ENGLISH.replace("# Prices", "# 价格")
    .replace("# Words", "# 条款")
    .replace("## Terms", "## 细则")
    .replace("All items", "全部明细")
    .replace("As ", "见")
    .replace(" shows", "")
)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    for name in ("price_lists", "sellers.yaml", "approvals.yaml", "templates"):
        source = ROOT / name
        shutil.copytree(source, tmp_path / name) if source.is_dir() else shutil.copyfile(source, tmp_path / name)
    for name in ("xingchen-cloud", "huarui-erp"):
        shutil.copyfile(SAMPLES / name / "deal.yaml", tmp_path / f"{name}.yaml")
    write(tmp_path)
    return tmp_path


def write(workspace: Path, english: str = ENGLISH, chinese: str = CHINESE, manifest: str = MANIFEST) -> None:
    folder = workspace / "templates/study"
    folder.mkdir(exist_ok=True)
    for name, text in (("document.yaml", manifest), ("study.en.md", english), ("study.zh-CN.md", chinese)):
        (folder / name).write_text(text, "utf-8")


def composed(workspace: Path, *languages: str) -> Document:
    deal = workspace / "xingchen-cloud.yaml"
    place = Workspace.for_deal(deal)
    facts = prepare(deal, place, TODAY).facts
    found, problems = find_manifest("study", place.template_folders())
    assert facts is not None and found is not None and not problems
    return compose(found, facts, languages, made_on(facts.deal.date))


def problems_of(workspace: Path, language: str = "en") -> tuple[Problem, ...]:
    with pytest.raises(ProblemsFound) as found:
        composed(workspace, language)
    return found.value.problems


def told(document: Document) -> list[str]:
    return [text_of((each,)) for each in nodes(document.blocks, Reference)]


def run(workspace: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["--today", TODAY.isoformat(), *arguments, "--out", str(workspace / "out")])


def test_a_template_gets_cover_contents_numbers_captions_and_references(workspace: Path) -> None:
    document = composed(workspace, "en")
    (cover,) = nodes(document.blocks, Cover)
    assert cover.title == "Study" and cover.recipient[0] == "Prepared for"
    assert [label for label, _ in cover.facts][:3] == ["Number", "Date", "Version"]
    assert cover.recipient[1] in cover.notice
    (contents,) = nodes(document.blocks, Contents)
    assert [(entry.number, entry.title) for entry in contents.entries] == [
        ("1", "Prices"),
        ("2", "Words"),
        ("2.1", "Terms"),
    ]
    (caption,) = nodes(document.blocks, Captioned)
    assert f"{caption.label} {text_of(caption.content)}".startswith("Table 1 All items for ")
    assert told(document) == ["Table 1", "Section 2.1", "Chapter 1", "Table 1"]


def test_on_a_bilingual_paper_things_are_counted_once_and_referred_to_in_each_language(workspace: Path) -> None:
    document = composed(workspace, "zh-CN", "en")
    heads = [f"{each.number} {text_of(each.content)}" for each in nodes(document.blocks, Heading)]
    assert heads == ["1 价格 Prices", "2 条款 Words", "2.1 细则", "2.2 Terms"]
    (caption,) = nodes(document.blocks, Captioned)
    assert caption.label == "表 Table 1"
    assert text_of(caption.content).startswith("全部明细 for ") and "All items for" in text_of(caption.content)
    assert told(document) == ["表 1", "第 2.1 节", "第 1 章", "Table 1", "Section 2.2", "Chapter 1", "表 1", "Table 1"]


def test_without_the_options_headings_stay_unnumbered_and_captions_count(workspace: Path) -> None:
    write(workspace, manifest="\n".join(MANIFEST.splitlines()[:3]) + "\n")
    document = composed(workspace, "en")
    assert not document.numbered and not document.chapters
    assert told(document) == ["Table 1", "“Terms”", "“Prices”", "Table 1"]


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("[](#terms)", "[](#nowhere)", "reference_unknown", 8),
        ("## Terms [#terms]", "## Terms [#prices]", "anchor_twice", 20),
        ("::: slot totals", "::: caption Totals", "caption_alone", 13),
        ("::: slot price-table\n", "", "caption_alone", 10),
    ],
)
def test_what_a_template_gets_wrong_is_told_at_its_line(
    workspace: Path, old: str, new: str, code: str, line: int
) -> None:
    assert old in ENGLISH
    write(workspace, ENGLISH.replace(old, new).replace("[](#terms)", "[](#prices)"))
    found = {each.code: each for each in problems_of(workspace)}
    place = found[code].place
    assert place is not None and place.file.endswith("study.en.md")
    assert place.line == line


def test_a_reference_to_what_an_if_left_out_is_told(workspace: Path) -> None:
    left_out = ENGLISH.replace("## Terms [#terms]", "{% if false %}\n## Terms [#terms]\n{% endif %}")
    write(workspace, left_out)
    assert [each.code for each in problems_of(workspace)] == ["reference_unknown"]


def test_a_printed_value_is_never_an_anchor_or_a_reference(workspace: Path) -> None:
    deal = workspace / "xingchen-cloud.yaml"
    deal.write_text(re.sub(r"(?m)^title: .*$", 'title: "x [#evil] [](#evil)"', deal.read_text("utf-8")), "utf-8")
    write(workspace, ENGLISH.replace("# Words [#words]", "# {{ title }}").replace(" and [the words](#words)", ""))
    heads = [text_of(each.content) for each in nodes(composed(workspace, "en").blocks, Heading)]
    assert "x [#evil] [](#evil)" in heads


def test_a_paper_for_review_says_so_in_its_name_and_is_never_final(workspace: Path) -> None:
    deal = str(workspace / "xingchen-cloud.yaml")
    done = run(workspace, "make", "study", deal, "--review", "--language", "en", "--format", "docx,pdf,txt,html")
    assert done.exit_code == 0, done.output
    assert {path.name for path in (workspace / "out").glob("*study*")} == {
        f"D-2026-0142-study-en-review.{form}" for form in ("docx", "pdf", "txt", "html")
    }
    with zipfile.ZipFile(workspace / "out/D-2026-0142-study-en-review.docx") as package:
        assert b"review" in package.read("docProps/custom.xml")
    refused = run(workspace, "make", "study", deal, "--review", "--final")
    assert refused.exit_code == 2
    assert "--final or --review" in refused.output


def titles(text: str) -> Iterator[str]:
    lines = text.splitlines()
    for at, line in enumerate(lines[1:], 1):
        if line and set(line) <= set("=-") and len(line) < 60:
            yield lines[at - 1]


def test_the_quotation_has_nothing_of_it(workspace: Path) -> None:
    done = run(workspace, "quote", str(workspace / "huarui-erp.yaml"), "--format", "txt")
    assert done.exit_code == 0
    text = next((workspace / "out").glob("*.txt")).read_text("utf-8")
    assert not any(re.match(r"\d", title) for title in titles(text))
