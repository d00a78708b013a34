"""docgen templates lint as a command: what it looks at, how it ends, what it writes, and the versions it remembers."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest
from tests.conftest import ROOT
from tests.documents.word_letters import field, letter, p
from tests.legal.library import findings, run, written

from docgen.content.blocks import Clause, Document, Text
from docgen.legal.desk import lay_out
from docgen.legal.readback import placed
from docgen.legal.rules.conspicuous import conspicuous
from docgen.legal.rules.names import unused_names
from docgen.reading import Workspace, load_look
from docgen.render import WRITERS

GOOD = {"clause": "sound"}
BAD = {
    "clause": "numbered",
    "zh-CN": "应当在30日内修复。",
    "en": "Repair takes 30 days.",
}
WARNED = {"clause": "idle", "card": {"variables": {"cure_days": {"kind": "days", "value": "30"}}}}


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return written({"clauses": [GOOD, BAD, WARNED]}, tmp_path)


def clause_of(workspace: Path, key: str) -> Path:
    return workspace / "templates" / "clauses" / key


# ---- what it looks at, and how it ends ------------------------------------------------------------------------------
def test_only_the_workspaces_own_clauses_are_told_of(workspace: Path) -> None:
    assert {Path(each["file"]).parent.name for each in findings(workspace)} == {"numbered", "idle"}


@pytest.mark.parametrize("named", ["numbered", "numbered/en.md"])
def test_a_clause_is_named_by_its_folder_or_by_a_text(workspace: Path, named: str) -> None:
    found = findings(workspace, str(clause_of(workspace, named)))
    assert [each["code"] for each in found] == ["t09_typed_number", "t09_typed_number"]


def test_a_path_without_clauses_is_told(workspace: Path) -> None:
    result = run(workspace, "templates", "lint", str(workspace / "price_lists"))
    assert result.exit_code == 1
    assert f"there are no clauses and no Word letters in {workspace / 'price_lists'}" in result.stderr


def test_errors_end_with_1_and_warnings_with_0_unless_strict(workspace: Path) -> None:
    ends = {}
    for key in ("numbered", "idle", "sound"):
        for options in ((), ("--strict",)):
            args = ("templates", "lint", *options, str(clause_of(workspace, key)))
            ends[key, *options] = run(workspace, *args).exit_code
    assert ends == {
        ("numbered",): 1,
        ("numbered", "--strict"): 1,
        ("idle",): 0,
        ("idle", "--strict"): 1,
        ("sound",): 0,
        ("sound", "--strict"): 0,
    }


def test_text_names_the_place_the_severity_the_way_out_and_the_code(workspace: Path) -> None:
    result = run(workspace, "templates", "lint", str(clause_of(workspace, "numbered")))
    first, second, *_ = result.stderr.splitlines()
    assert first.endswith("numbered/en.md:3:14: error: 30 stands in the text [t09_typed_number]")
    assert second.startswith("    → print a fact")
    assert result.stdout == "1 clause: 2 errors\n"


@pytest.mark.parametrize("broken", ["ordr: 5\n", "order: [\n"])
def test_a_card_that_cannot_be_read_hides_only_what_is_wrong_with_its_own_clause(workspace: Path, broken: str) -> None:
    before = {each["code"] for each in findings(workspace, str(clause_of(workspace, "idle")))}
    card = clause_of(workspace, "numbered") / "clause.yaml"
    card.write_text(card.read_text("utf-8") + broken, "utf-8")
    found = findings(workspace)
    assert {Path(each["file"]).parent.name for each in found if each["code"] in before} == {"idle"}
    assert before and {each["code"] for each in found if "numbered" in each["file"]} <= {"unknown_key", "yaml_syntax"}
    assert {Path(each["file"]).parent.name for each in found} == {"numbered", "idle"}


def test_nothing_is_accepted_while_a_card_cannot_be_read(workspace: Path) -> None:
    card = clause_of(workspace, "sound") / "clause.yaml"
    card.write_text(card.read_text("utf-8") + "ordr: 5\n", "utf-8")
    done = run(workspace, "templates", "lint", "--accept")
    assert done.exit_code == 1 and "nothing accepted while a clause cannot be read" in done.stderr
    assert not (workspace / "templates" / "clauses" / "_versions.yaml").exists()


REFERRING = {"clause": "referring", "en": "[[ref:sound]] applies.", "zh-CN": "适用[[ref:sound]]的约定。"}


@pytest.mark.parametrize("broken", ["ordr: 5\n", "order: [\n"])
def test_what_only_follows_from_a_card_that_cannot_be_read_is_not_told(tmp_path: Path, broken: str) -> None:
    """A reference to it leads nowhere, and nobody answers its duties or uses its terms, as long as it is unread."""
    folder = written({"clauses": [GOOD, REFERRING], "book": {}, "terms": _OWN_TERM}, tmp_path)
    text = folder / "templates" / "clauses" / "sound" / "en.md"
    text.write_text(text.read_text("utf-8") + "\nThis is the [[term:thing]].\n", "utf-8")
    zh = folder / "templates" / "clauses" / "sound" / "zh-CN.md"
    zh.write_text(zh.read_text("utf-8") + "\n这是[[term:thing]]。\n", "utf-8")
    assert findings(folder) == []
    card = clause_of(folder, "sound") / "clause.yaml"
    card.write_text(card.read_text("utf-8") + broken, "utf-8")
    assert {each["file"].rpartition("/")[2] for each in findings(folder)} == {"clause.yaml"}


_OWN_TERM = {
    "thing": {
        "zh-CN": "样品件",
        "en": "Specimen",
        "definition": {"zh-CN": "指一件样品。", "en": "means one piece."},
    }
}


# ---- letters --------------------------------------------------------------------------------------------------------
def test_word_letters_are_looked_at_with_the_clauses(workspace: Path) -> None:
    home = workspace / "templates" / "ours"
    home.mkdir()
    (home / "document.yaml").write_text("document: ours\ntitle: Ours\naudience: customer\n", "utf-8")
    (home / "ours.en.docx").write_bytes(letter(p(field("customer.nmae"))))
    (home / "ours.zh-CN.docx").write_bytes(letter(p(field("customer.name"))))
    whole = run(workspace, "templates", "lint")
    assert whole.exit_code == 1 and "customer.nmae" in whole.stderr and "numbered/en.md" in whole.stderr
    assert whole.stdout.startswith("3 clauses, 2 letters: ")
    for named in (home, home / "ours.en.docx"):
        (found,) = findings(workspace, str(named))
        assert (found["code"], found["file"].rpartition("/")[2]) == ("letter_unknown_tag", "ours.en.docx")
    assert run(workspace, "templates", "lint", str(home / "ours.zh-CN.docx")).stdout == "1 letter: no findings\n"


@pytest.mark.parametrize("ending", ["en.docx", "en.jinja.docx"])
def test_a_letter_that_is_no_word_file_is_one_finding(workspace: Path, ending: str) -> None:
    home = workspace / "templates" / "ours"
    home.mkdir()
    (home / "document.yaml").write_text("document: ours\ntitle: Ours\naudience: customer\n", "utf-8")
    (home / f"ours.{ending}").write_bytes(b"no zip at all")
    (found,) = findings(workspace, str(home))
    assert found["severity"] == "error" and found["file"].endswith(ending)


def test_a_manifest_that_cannot_be_read_is_told_once_for_its_letters(workspace: Path) -> None:
    home = workspace / "templates" / "ours"
    home.mkdir()
    (home / "document.yaml").write_text("document: ours\ntitle: Ours\naudiense: internal\n", "utf-8")
    for language in ("en", "zh-CN"):
        (home / f"ours.{language}.docx").write_bytes(letter(p(field("contract.number"))))
    assert [each["code"] for each in findings(workspace, str(home))] == ["unknown_key"]


# ---- json and sarif -------------------------------------------------------------------------------------------------
def test_json_has_the_stable_shape_of_problems(workspace: Path) -> None:
    (first, *_) = findings(workspace, str(clause_of(workspace, "numbered")))
    assert set(first) == {"severity", "file", "line", "column", "path", "code", "message", "hint"}
    assert (first["severity"], first["line"], first["column"]) == ("error", 3, 14)


def test_sarif_holds_every_rule_with_help_and_every_finding_with_its_region(workspace: Path) -> None:
    result = run(workspace, "templates", "lint", "--format", "sarif")
    told = json.loads(result.stdout)
    assert (told["version"], len(told["runs"])) == ("2.1.0", 1)
    driver, results = told["runs"][0]["tool"]["driver"], told["runs"][0]["results"]
    assert driver["name"] == "docgen"
    assert [rule["id"] for rule in driver["rules"]] == [f"T{n:02}" for n in range(1, 21)]
    assert all(rule["help"]["text"] and rule["shortDescription"]["text"] for rule in driver["rules"])
    assert {each["level"] for each in results} == {"error", "warning"}
    for each in results:
        assert driver["rules"][each["ruleIndex"]]["id"] == each["ruleId"]
        (location,) = each["locations"]
        region = location["physicalLocation"]["region"]
        assert min(region["startLine"], region["startColumn"]) >= 1
        assert not location["physicalLocation"]["artifactLocation"]["uri"].startswith("/")
        assert each["message"]["text"].endswith(".")


# ---- versions -------------------------------------------------------------------------------------------------------
def told(workspace: Path, *args: str) -> list[str]:
    return [each["code"] for each in findings(workspace, *args, str(clause_of(workspace, "sound")))]


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_words_change_only_with_a_new_version_a_reason_and_consent(workspace: Path) -> None:
    folder = clause_of(workspace, "sound")
    assert told(workspace) == []
    assert run(workspace, "templates", "lint", "--accept", str(folder)).exit_code == 0
    lock = workspace / "templates" / "clauses" / "_versions.yaml"
    assert 'sound: {version: "1.0", sha256: ' in lock.read_text("utf-8")
    assert told(workspace) == []

    edit(folder / "en.md", "observe this Agreement", "keep this Agreement")
    assert told(workspace) == ["t18_changed_silently"]
    assert run(workspace, "templates", "lint", "--accept", str(folder)).exit_code == 1, "consent heals no silent change"
    assert told(workspace) == ["t18_changed_silently"]

    edit(folder / "clause.yaml", "version: '1.0'\norder", "version: '1.1'\norder")
    assert sorted(told(workspace)) == ["t18_no_change_line", "t18_not_accepted"]
    edit(folder / "clause.yaml", "changes:\n", "changes:\n- {version: '1.1', date: 2026-12-01, note: Plainer}\n")
    assert told(workspace) == ["t18_not_accepted"]
    assert run(workspace, "templates", "lint", "--accept", str(folder)).exit_code == 0
    assert told(workspace) == []


def test_a_clause_that_joins_an_accepted_library_waits_for_consent(workspace: Path) -> None:
    run(workspace, "templates", "lint", "--accept", str(clause_of(workspace, "idle")))
    assert told(workspace) == ["t18_not_accepted"]


def test_accepting_twice_writes_nothing_new(workspace: Path) -> None:
    run(workspace, "templates", "lint", "--accept")
    lock = workspace / "templates" / "clauses" / "_versions.yaml"
    before = (lock.read_bytes(), lock.stat().st_mtime_ns)
    assert "nothing new to accept" in run(workspace, "templates", "lint", "--accept").stderr
    assert (lock.read_bytes(), lock.stat().st_mtime_ns) == before


# ---- templates of other papers --------------------------------------------------------------------------------------
def test_names_in_templates_of_other_papers_are_known_and_printable(tmp_path: Path) -> None:
    written({"clauses": [GOOD]}, tmp_path)
    folder = tmp_path / "templates" / "quote"
    folder.mkdir()
    for each in (ROOT / "templates" / "quote").iterdir():
        (folder / each.name).write_bytes(each.read_bytes())
    assert findings(tmp_path) == []
    text = folder / "quote.en.md"
    wrong = (
        "{{ custommer.name }} {{ taxed }} {% for each in alternatives %}{{ each.price }}{{ loop.index }}{% endfor %}"
    )
    marker = next(line for line in text.read_text("utf-8").splitlines() if line.startswith("::: part"))
    edit(text, marker, f"{marker}\n{wrong} {{{{ total|upcase }}}}")
    told_of = [(each["code"], each["column"], each["hint"]) for each in findings(tmp_path)]
    assert told_of == [
        ("t01_unknown_projected", 4, "did you mean customer.name?"),
        ("t01_only_decides", 25, "ask for it, or go through it: {% if … %}, {% for … %}"),
        ("t01_unknown_projected", 67, "did you mean each.name?"),
        ("t01_unknown_filter", 118, "did you mean upper?"),
    ]


# ---- what no case file can show -------------------------------------------------------------------------------------
def test_a_fact_that_no_clause_of_the_whole_library_uses_is_told(tmp_path: Path) -> None:
    written({"clauses": [GOOD], "book": {}}, tmp_path)
    bench = lay_out(Workspace((tmp_path,)), dt.date(2026, 11, 30)).bench
    assert bench is not None
    unused = {each.problem.params["name"] for each in unused_names(bench)}
    assert {"ip.owner", "data.personal", "fees.total"} <= unused
    assert not {"customer.name", "currency"} & unused, "pages made by code print these"


@pytest.mark.parametrize(("strong", "plain_words"), [(True, ""), (False, "Our liability is limited.")])
def test_word_is_read_back_run_by_run(strong: bool, plain_words: str) -> None:
    title = Clause(1, (Text("Limit"),), "dg_liability_cap_1", "en")
    words = Clause(2, (Text("Our liability is limited."),), "dg_liability_cap_2", "en", conspicuous=strong)
    paper = Document("Contract", (title, words), ("en",), dt.datetime(2026, 11, 30, tzinfo=dt.UTC))
    first, second = placed(WRITERS["docx"](paper, load_look(Workspace((ROOT,)))))
    assert (first.key, first.number, second.number) == ("liability_cap", 1, 2)
    assert second.plain_words == plain_words


def test_conspicuous_clauses_of_the_packaged_library_are_bold_and_underlined_in_word() -> None:
    bench = lay_out(Workspace((ROOT,)), dt.date(2026, 11, 30)).bench
    assert bench is not None
    marked = frozenset(each.key for each in bench.clauses if each.card.conspicuous)
    assert {"liability_cap", "exclusion_indirect", "warranty_disclaimer"} <= marked
    assert list(conspicuous(replace(bench, wanted=marked))) == []
