"""docgen build: all papers of all deals below a folder, only those that are due, and a bad deal stops no other."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.batch.house import build, furnish_many, numbered, outcomes, papers, write
from tests.conftest import ROOT, SAMPLES
from tests.safety.house import call, run

TODAY = "2026-11-22"


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """Two deals of which only the quotation is made."""
    return furnish_many(tmp_path, numbered("D-1", documents=["quote"]), numbered("D-2", documents=["quote"]))


# ---- a contract drafted before -------------------------------------------------------------------------------------
def test_a_contract_of_an_older_deal_is_one_line_of_the_build(tmp_path: Path) -> None:
    """It is told when the deal is built anew, and no more when the contract is drafted again."""
    deal = tmp_path / "deal.yaml"
    text = (SAMPLES / "contracts" / "saas-plain" / "deal.yaml").read_text("utf-8")
    deal.write_text(f"{text}\ndocuments: [quote]\n", "utf-8")
    base = ("--workspace", str(ROOT), "--today", TODAY)
    for language in ("zh-CN", "en"):
        done = call(*base, "contract", "deal.yaml", "--format", "docx", "--language", language, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
    said = "has changed since this contract was drafted"
    assert said not in call(*base, "build", "--format", "txt", cwd=tmp_path).stderr
    deal.write_text(deal.read_text("utf-8").replace("quantity: ", "quantity: 1", 1), "utf-8")
    told = [line for line in call(*base, "build", "--format", "txt", cwd=tmp_path).stderr.splitlines() if said in line]
    assert len(told) == 1 and told[0].startswith("out/D-") and "contract-en.docx" in told[0]
    for language in ("zh-CN", "en"):
        call(*base, "contract", "deal.yaml", "--format", "docx", "--language", language, cwd=tmp_path)
    assert said not in call(*base, "build", "--format", "txt", "--force", cwd=tmp_path).stderr
    deal.write_text(deal.read_text("utf-8").replace("[quote]", "[quote, contract]", 1), "utf-8")
    both = call(*base, "build", "--format", "txt,docx", "--force", cwd=tmp_path)
    assert both.returncode == 0 and said not in both.stderr


# ---- which papers ---------------------------------------------------------------------------------------------------
def test_every_deal_gets_the_documents_it_lists(tmp_path: Path) -> None:
    house = furnish_many(tmp_path, numbered("D-1", documents=["quote", "proposal"]), numbered("D-2", documents="quote"))
    done, report = build(house)
    assert done.returncode == 0, done.stderr
    assert set(outcomes(report)) == {"D-1 quote", "D-1 proposal", "D-2 quote"}
    assert set(papers(house / "out")) == {"D-1-quote.txt", "D-1-proposal.txt", "D-2-quote.txt"}


def _made_of_sample(name: str, folder: Path) -> set[str]:
    done = call("build", SAMPLES / name, "--format", "json", "--out", folder / "out", cwd=folder)
    assert done.returncode == 0, done.stderr
    number = yaml.safe_load((SAMPLES / name / "deal.yaml").read_text("utf-8"))["deal"]
    return {paper.removeprefix(f"{number}-").removesuffix(".json") for paper in papers(folder / "out")}


def test_a_deal_that_lists_none_gets_those_its_facts_allow(tmp_path: Path) -> None:
    told = {"quote", "proposal", "value-model", "evaluation-plan", "initial-solution", "requirements-report"}
    assert _made_of_sample("huarui-erp", tmp_path / "told") >= told
    assert _made_of_sample("ten-lines", tmp_path / "few") & told == {"quote"}


@pytest.fixture(autouse=True)
def _folders(tmp_path: Path) -> None:
    for name in ("told", "few"):
        (tmp_path / name).mkdir()


def test_a_partners_paper_is_made_in_a_resale_and_an_internal_one_only_when_it_is_listed(tmp_path: Path) -> None:
    assert "partner-quote" not in _made_of_sample("ten-lines", tmp_path / "few")
    unasked = _made_of_sample("zhilian-resale", tmp_path / "told")
    assert "partner-quote" in unasked
    assert not {each for each in unasked if "internal" in each}
    house = tmp_path / "asked"
    shutil.copytree(SAMPLES / "zhilian-resale", house)
    with (house / "deal.yaml").open("a", encoding="utf-8") as deal:
        deal.write("\ndocuments: [partner-arrangement]\n")
    done = call("build", "--format", "txt", cwd=house)
    assert done.returncode == 0, done.stderr
    (made,) = papers(house / "out")
    assert made.endswith("-partner-arrangement-internal.txt")


def test_the_papers_are_those_the_single_commands_write(house: Path) -> None:
    call("build", "deals", "--format", "docx,pdf", "--jobs", 2, cwd=house)
    call("quote", "deals/D-1.yaml", "deals/D-2.yaml", "--out", "single", cwd=house)
    assert papers(house / "out") == papers(house / "single")
    assert len(papers(house / "out")) == 4


def test_only_files_with_a_deal_and_a_customer_are_deals(house: Path) -> None:
    (house / "deals" / "notes.yaml").write_text("deal: a big one\nwho: nobody\n", "utf-8")
    (house / "deals" / "nested.yaml").write_text("x: {deal: D-9, customer: {name: A}}\n", "utf-8")
    write(house / "deals" / "renewal.template.yaml", numbered("D-9"))
    write(house / "deals" / ".hidden" / "deal.yaml", numbered("D-9"))
    write(house / "out" / "copy.yaml", numbered("D-9"))
    (house / "deals" / "plain.yaml").write_text(yaml.safe_dump(numbered("D-3", documents="quote"), allow_unicode=True))
    done = call("build", "--format", "txt", cwd=house)
    assert done.returncode == 0, done.stderr
    assert set(papers(house / "out")) - {"copy.yaml"} == {"D-1-quote.txt", "D-2-quote.txt", "D-3-quote.txt"}


def test_a_folder_without_deals_is_said_to_have_none(house: Path) -> None:
    done = call("build", "price_lists", cwd=house)
    assert done.returncode == 2
    assert "there is no deal below price_lists" in done.stderr


# ---- what is due ----------------------------------------------------------------------------------------------------
def test_what_nothing_has_changed_for_is_neither_made_nor_written(house: Path) -> None:
    build(house)
    before = {path: path.stat() for path in (house / "out").iterdir()}
    done, report = build(house)
    assert done.returncode == 0
    assert set(outcomes(report).values()) == {"unchanged"}
    assert {each["seconds"] for each in report["deals"]} == {0.0}
    assert {path: path.stat().st_mtime_ns for path in before} == {p: s.st_mtime_ns for p, s in before.items()}
    assert {path: path.stat().st_ino for path in before} == {path: stat.st_ino for path, stat in before.items()}


def _edit(path: str, old: str, new: str) -> Callable[[Path], None]:
    def change(house: Path) -> None:
        text = (house / path).read_text("utf-8")
        assert old in text
        (house / path).write_text(text.replace(old, new), "utf-8")

    return change


def _add(path: str, text: str) -> Callable[[Path], None]:
    def change(house: Path) -> None:
        (house / path).parent.mkdir(parents=True, exist_ok=True)
        (house / path).write_text(text, "utf-8")

    return change


THEME = (ROOT / "templates" / "_house" / "theme.yaml").read_text("utf-8")
CHANGES: dict[str, tuple[Callable[[Path], None], set[str]]] = {
    "the deal": (_edit("deals/D-1.yaml", '"quantity": 3', '"quantity": 4'), {"D-1"}),
    "the table of its lines": (_edit("deals/lines.csv", "7", "8"), {"D-2"}),
    "its record of decisions": (_add("deals/D-1.approvals.yaml", "deal: D-1\n"), {"D-1"}),
    "the price list": (_edit("price_lists/test-list/list.yaml", "1000", "1100"), {"D-1", "D-2"}),
    "a new edition": (_add("price_lists/test-list/2/list.yaml", "price_list: test-list\n"), {"D-1", "D-2"}),
    "the sellers": (_edit("sellers.yaml", "seller.name", "Another"), {"D-1", "D-2"}),
    "the rules": (_edit("approvals.yaml", "[]", "[ ]"), {"D-1", "D-2"}),
    "the theme": (_add("templates/_house/theme.yaml", THEME + "\n# ours\n"), {"D-1", "D-2"}),
    "a template of its own": (_add("templates/quote/note.txt", "x"), {"D-1", "D-2"}),
    "the contract book": (_add("templates/contract/contract.yaml", "x: 1\n"), {"D-1", "D-2"}),
    "a clause": (_add("templates/clauses/x/clause.yaml", "x: 1\n"), {"D-1", "D-2"}),
    "a reference story": (_add("templates/references/x.yaml", "x: 1\n"), {"D-1", "D-2"}),
    "a document nobody had": (_add("templates/memo/document.yaml", "document: memo\n"), {"D-1", "D-2"}),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_of_anything_a_paper_is_made_of_is_noticed(tmp_path: Path, what: str) -> None:
    second = numbered("D-2", documents=["quote"], lines="lines.csv")
    house = furnish_many(tmp_path, numbered("D-1", documents=["quote"]), second)
    (house / "deals" / "lines.csv").write_text("sku,quantity\nP-LIC,7\n", "utf-8")
    done, _ = build(house)
    assert done.returncode == 0, done.stderr
    change, expected = CHANGES[what]
    change(house)
    _, report = build(house)
    assert {each["deal"] or each["file"] for each in report["deals"] if each["seconds"]} == expected


def test_an_edited_template_makes_only_its_own_papers_again(tmp_path: Path) -> None:
    house = furnish_many(tmp_path, numbered("D-1", documents=["quote", "proposal"]))
    for name in ("quote", "proposal"):
        shutil.copytree(ROOT / "templates" / name, house / "templates" / name)
    build(house)
    template = house / "templates" / "quote" / "quote.en.md"
    template.write_text(template.read_text("utf-8").replace("# Quotation", "# Offer"), "utf-8")
    text = template.read_text("utf-8")
    template.write_text(text.replace("::: part terms", "::: part terms\n\nA sentence of ours.\n"), "utf-8")
    _, report = build(house)
    assert outcomes(report) == {"D-1 quote": "written", "D-1 proposal": "unchanged"}
    assert "A sentence of ours." in (house / "out" / "D-1-quote.txt").read_text("utf-8")


def test_a_paper_that_was_deleted_is_made_again(house: Path) -> None:
    build(house)
    (house / "out" / "D-1-quote.txt").unlink()
    _, report = build(house)
    assert outcomes(report) == {"D-1 quote": "written", "D-2 quote": "unchanged"}


def test_a_paper_is_made_again_when_its_offer_has_ended_and_on_no_other_day(house: Path) -> None:
    build(house)

    def built_on(day: str) -> set[str]:
        done = run("--today", day, "build", "deals", "--format", "txt", "--report", "r.json", cwd=house)
        assert done.returncode == 0, done.stderr
        return set(outcomes(json.loads((house / "r.json").read_text("utf-8"))).values())

    assert built_on("2026-12-20") == {"unchanged"}
    assert built_on("2026-12-21") == {"written"}
    assert built_on("2027-01-30") == {"unchanged"}


@pytest.mark.parametrize(
    "content", [None, b"", b"{", b"[]", b'{"version": 1, "deals": {"x": 1}}', b"\xff\xfe", b"[" * 99_999]
)
def test_the_cache_may_be_deleted_or_damaged_at_any_time(house: Path, content: bytes | None) -> None:
    build(house)
    before, cache = papers(house / "out"), house / "out" / ".docgen-build.json"
    cache.unlink()
    if content is not None:
        cache.write_bytes(content)
    done, report = build(house)
    assert done.returncode == 0, done.stderr
    assert set(outcomes(report).values()) == {"unchanged"}, "made again, and the same"
    assert papers(house / "out") == before
    _, report = build(house)
    assert {each["seconds"] for each in report["deals"]} == {0.0}


def test_a_moved_workspace_needs_no_new_papers(house: Path, tmp_path: Path) -> None:
    build(house)
    moved = tmp_path.parent / f"{tmp_path.name}-moved"
    shutil.copytree(house, moved)
    _, report = build(moved)
    assert {each["seconds"] for each in report["deals"]} == {0.0}


# ---- a check --------------------------------------------------------------------------------------------------------
def test_a_check_writes_nothing_and_tells_what_is_stale(house: Path) -> None:
    build(house)
    before = {path.name: path.read_bytes() for path in (house / "out").iterdir()}
    assert build(house, "--check")[0].returncode == 0
    _edit("deals/D-1.yaml", '"quantity": 3', '"quantity": 4')(house)
    done, report = build(house, "--check")
    assert done.returncode == 1
    assert "deals/D-1.yaml: stale: D-1-quote.txt" in done.stderr
    assert outcomes(report) == {"D-1 quote": "stale", "D-2 quote": "unchanged"}
    assert {path.name: path.read_bytes() for path in (house / "out").iterdir()} == before


def test_a_check_needs_no_cache_and_no_papers(house: Path) -> None:
    done, report = build(house, "--check")
    assert done.returncode == 1
    assert set(outcomes(report).values()) == {"stale"}
    assert not (house / "out").exists()
    build(house)
    (house / "out" / ".docgen-build.json").unlink()
    assert build(house, "--check")[0].returncode == 0


def test_a_check_finds_a_broken_deal(house: Path) -> None:
    build(house)
    _edit("deals/D-1.yaml", '"quantity": 3', '"quantity": "three"')(house)
    assert build(house, "--check")[0].returncode == 1


# ---- what is left over -----------------------------------------------------------------------------------------------
def _left(house: Path, *more: object) -> tuple[int, list[str], str]:
    done, report = build(house, *more)
    return done.returncode, report["left_over"], done.stderr


LEFT: dict[str, tuple[Callable[[Path], object], list[str]]] = {
    "a deal that was deleted": (lambda house: (house / "deals" / "D-1.yaml").unlink(), ["D-1-quote.txt"]),
    "another number": (_edit("deals/D-1.yaml", '"deal": "D-1"', '"deal": "D-9"'), ["D-1-quote.txt"]),
    "another document": (_edit("deals/D-1.yaml", '"quote"', '"proposal"'), ["D-1-quote.txt"]),
    "a deal in another file": (
        lambda house: (house / "deals" / "D-1.yaml").rename(house / "deals" / "one.yaml"), []
    ),
    "a deal with a mistake": (_edit("deals/D-1.yaml", '"quantity": 3', '"quantity": "three"'), []),
}  # fmt: skip


@pytest.mark.parametrize("what", LEFT)
def test_a_paper_no_deal_makes_any_more_is_told_until_it_is_gone(house: Path, what: str) -> None:
    build(house)
    change, expected = LEFT[what]
    change(house)
    for _ in range(2):
        code, left, told = _left(house)
        assert (code, left) == (int("mistake" in what), expected), told
        assert ("out/D-1-quote.txt:1:1: warning: no deal makes out/D-1-quote.txt any more" in told) == bool(expected)
    assert (house / "out" / "D-1-quote.txt").is_file(), "it may be the only copy"
    for each in expected:
        (house / "out" / each).unlink()
    assert _left(house)[1] == []


def test_for_a_check_a_paper_left_over_is_an_error(house: Path) -> None:
    build(house)
    (house / "deals" / "D-1.yaml").unlink()
    code, left, told = _left(house, "--check", "--report", "r.xml", "--report", "r.html")
    assert (code, left) == (1, ["D-1-quote.txt"])
    assert "error: no deal makes out/D-1-quote.txt any more" in told
    assert 'tests="2" failures="1"' in (house / "r.xml").read_text("utf-8")
    assert "left over: 1 file" in (house / "r.html").read_text("utf-8")


def test_other_formats_and_other_folders_leave_nothing_over(house: Path) -> None:
    write(house / "more" / "D-7.yaml", numbered("D-7", documents=["quote"]))
    for arguments in (("deals", "--format", "pdf"), ("more", "--format", "txt"), ("deals", "--format", "txt")):
        done = call("build", *arguments, cwd=house)
        assert (done.returncode, done.stderr) == (0, "")


# ---- bad deals ------------------------------------------------------------------------------------------------------
def test_a_bad_deal_stops_no_other_and_each_problem_is_one_line(house: Path) -> None:
    write(house / "deals" / "D-3.yaml", numbered("D-3", lines=[{"sku": "NOPE", "quantity": "x"}]))
    (house / "deals" / "D-4.yaml").write_text("deal: D-4\ncustomer: {name: [\n", "utf-8")
    write(house / "deals" / "D-5.yaml", numbered("D-5", documents=["quote", "contrakt"]))
    done, report = build(house)
    assert done.returncode == 1
    assert {"D-1-quote.txt", "D-2-quote.txt"} <= set(papers(house / "out"))
    lines = done.stderr.splitlines()
    assert all(line.startswith("deals/") and ": error: " in line for line in lines), done.stderr
    assert {line.split(":")[0] for line in lines} == {"deals/D-3.yaml", "deals/D-4.yaml", "deals/D-5.yaml"}
    assert "5 deals, 3 failed" in done.stdout
    assert report["summary"]["failed_deals"] == 3
    build(house)
    assert build(house)[0].stderr == done.stderr, "told each time, until it is right"


def test_a_document_that_cannot_be_made_stops_no_other_of_its_deal(tmp_path: Path) -> None:
    house = furnish_many(tmp_path, numbered("D-1", documents=["quote", "value", "proposal"]))
    done, report = build(house)
    assert done.returncode == 1
    assert outcomes(report) == {"D-1 quote": "written", "D-1 value": "failed", "D-1 proposal": "written"}
    assert "deals/D-1.yaml:" in done.stderr


def test_an_edited_paper_stays_and_the_others_are_written(house: Path) -> None:
    build(house)
    paper = house / "out" / "D-1-quote.txt"
    paper.write_text("mine", "utf-8")
    _edit("price_lists/test-list/list.yaml", "1000", "1100")(house)
    done, report = build(house)
    assert done.returncode == 1
    assert outcomes(report) == {"D-1 quote": "failed", "D-2 quote": "written"}
    assert "out/D-1-quote.txt was changed since docgen wrote it" in done.stderr
    assert paper.read_text("utf-8") == "mine"
    assert build(house, "--force")[0].returncode == 0
    assert paper.read_text("utf-8") != "mine"


# ---- names ----------------------------------------------------------------------------------------------------------
def test_deals_of_one_number_keep_their_folders_apart_and_are_told(house: Path) -> None:
    write(house / "deals" / "north" / "offer.yaml", numbered("D-1", documents=["quote"], title="another"))
    done, _ = build(house)
    assert done.returncode == 0
    assert set(papers(house / "out")) == {"D-1-quote.txt", "D-2-quote.txt", "north/D-1-quote.txt"}
    assert "deals/north/offer.yaml:1:1: warning: deals/D-1.yaml has the number D-1 too" in done.stderr
    assert "another" in (house / "out" / "north" / "D-1-quote.txt").read_text("utf-8")
    _, report = build(house)
    assert {each["seconds"] for each in report["deals"]} == {0.0}


def test_of_two_deals_of_one_number_in_one_folder_the_second_is_refused(house: Path) -> None:
    write(house / "deals" / "D-1-again.yaml", numbered("d-1", documents=["quote"]))
    done, _ = build(house)
    assert done.returncode == 1
    assert set(papers(house / "out")) == {"d-1-quote.txt", "D-2-quote.txt"}
    assert "deals/D-1.yaml:1:1: error: the deal D-1 was written from deals/D-1-again.yaml" in done.stderr


# ---- what is said ---------------------------------------------------------------------------------------------------
def test_a_log_holds_no_progress_bar_and_a_summary_of_counts(house: Path) -> None:
    done = run("build", "deals", "--format", "txt", "--jobs", 2, cwd=house)
    assert done.returncode == 0
    assert done.stderr == ""
    first, second, third = done.stdout.splitlines()
    assert (first, second) == ("2 deals   2 papers in out", "  2 written")
    assert third.endswith(" s, 2 workers")


def test_what_a_worker_finds_is_shown_as_a_person_would_type_it(house: Path) -> None:
    write(house / "deals" / "D-3.yaml", numbered("D-3", date="x"))
    write(house / "deals" / "D-4.yaml", numbered("D-4", date="x"))
    done = run("build", "../deals", "--jobs", 2, "--format", "txt", cwd=_made(house / "elsewhere"))
    assert done.returncode == 1
    assert {line.split(":")[0] for line in done.stderr.splitlines()} == {"../deals/D-3.yaml", "../deals/D-4.yaml"}


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def test_a_company_s_word_letter_is_made_in_word_when_it_is_listed(tmp_path: Path) -> None:
    house = furnish_many(tmp_path, numbered("D-1", documents=["letter-quote"]), numbered("D-2"))
    done = call("build", "deals", cwd=house)
    assert done.returncode == 0, done.stderr
    letters = {name for name in papers(house / "out") if "letter" in name}
    assert letters == {"D-1-letter-quote.docx"}


def test_the_value_model_is_written_as_a_spreadsheet(tmp_path: Path) -> None:
    options: tuple[Any, ...] = ("--format", "xlsx,json", "--out", tmp_path / "out")
    done = call("build", SAMPLES / "homebody-crm", *options, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    made = set(papers(tmp_path / "out"))
    assert {"D-2026-0088-value-model.xlsx", "D-2026-0088-value-model.json", "D-2026-0088-quote.json"} <= made
    assert "D-2026-0088-value.json" not in made
