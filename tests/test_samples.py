"""Every sample, from the deal file to finished papers read back: expected texts, and the same figures everywhere."""

from __future__ import annotations

import re
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from docgen.answers import customer_figures, price_json
from docgen.cli.main import cli
from docgen.facts import Facts
from docgen.pipeline import check, prepare, produce
from docgen.reading import Workspace
from tests.conftest import SAMPLES, TODAY, need
from tests.reading_papers import words_in_pdf, words_in_word

NAMES = sorted(path.parent.name for path in SAMPLES.glob("*/deal.yaml"))


def facts_of(name: str) -> tuple[Facts, Workspace]:
    deal = SAMPLES / name / "deal.yaml"
    workspace = Workspace.for_deal(deal)
    ready = prepare(deal, workspace, TODAY)
    assert ready.facts is not None and not ready.has_errors, ready.problems
    return ready.facts, workspace


def paper(name: str, form: str, languages: tuple[str, ...] = (), document: str = "quote") -> bytes:
    facts, workspace = facts_of(name)
    return produce(facts, document, workspace, today=TODAY, languages=languages, formats=[form]).files[form]


RESALES = [name for name in NAMES if "mode: resale" in (SAMPLES / name / "deal.yaml").read_text("utf-8")]
TOLD = [name for name in NAMES if "\nstory:" in (SAMPLES / name / "deal.yaml").read_text("utf-8")]
PAPERS = [(name, "quote") for name in NAMES]
TELLING = ("proposal", "requirements-report", "evaluation-plan", "initial-solution", "investment-analysis")
PAPERS += [(name, document) for name in TOLD for document in TELLING]
PAPERS += [(name, "value") for name in NAMES if "\nvalue:" in (SAMPLES / name / "deal.yaml").read_text("utf-8")]
PAPERS += [(name, document) for name in RESALES for document in ("partner-quote", "partner-arrangement")]


# ---- expected texts -------------------------------------------------------------------------------------------------
def expected(name: str, file: str, found: str, update: bool) -> None:
    """Compare with the golden beside the sample; with --update-goldens write it."""
    path = SAMPLES / name / "expected" / file
    if update:
        path.parent.mkdir(exist_ok=True)
        path.write_text(found, "utf-8")
    assert path.is_file(), f"no {path.name} yet: run make goldens and read it"
    assert found == path.read_text("utf-8")


@pytest.mark.parametrize(("name", "document"), PAPERS)
def test_the_paper_reads_as_expected(name: str, document: str, request: pytest.FixtureRequest) -> None:
    language = "-".join(facts_of(name)[0].deal.language)
    text = paper(name, "txt", document=document).decode()
    expected(name, f"{document}.{language}.txt", text, request.config.getoption("--update-goldens"))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("command", ["explain", "approvals"])
def test_the_terminal_shows_what_is_expected(
    name: str, command: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(SAMPLES.parent)
    shown = CliRunner().invoke(cli, ["--today", str(TODAY), command, f"samples/{name}/deal.yaml"])
    assert shown.exit_code == 0
    expected(name, f"{command}.txt", shown.output, request.config.getoption("--update-goldens"))


def test_no_expected_text_is_left_over() -> None:
    kept = {"explain.txt", "approvals.txt"}
    for name in NAMES:
        language = "-".join(facts_of(name)[0].deal.language)
        found = {path.name for path in (SAMPLES / name / "expected").iterdir()}
        assert found == kept | {f"{document}.{language}.txt" for each, document in PAPERS if each == name}


# ---- one figure everywhere ------------------------------------------------------------------------------------------
def shown(amount: str) -> str:
    return f"{Decimal(amount):,.2f}"


def customers(totals: dict[str, str]) -> list[str]:
    """Net and gross as the customer pays them."""
    gross = Decimal(totals.get("customer_gross", totals["gross"]))
    return [shown(str(gross - Decimal(totals.get("customer_tax", totals["tax"])))), shown(str(gross))]


@pytest.mark.parametrize("name", NAMES)
def test_totals_are_the_same_in_json_word_and_text(name: str) -> None:
    totals = price_json(facts_of(name)[0])["totals"]
    for text in (words_in_word(paper(name, "docx")), paper(name, "txt").decode()):
        for figure in customers(totals):
            assert figure in text


@pytest.mark.pages
@pytest.mark.parametrize("name", NAMES)
def test_totals_are_the_same_in_json_and_pdf(name: str) -> None:
    need("pdftotext")
    answer = price_json(facts_of(name)[0])
    text = words_in_pdf(paper(name, "pdf"))
    for figure in customers(answer["totals"]):
        assert figure in text
    for payment in answer["payments"]:
        assert shown(payment["amount"]) in text


@pytest.mark.parametrize("name", NAMES)
def test_every_line_of_the_quote_is_on_the_paper(name: str) -> None:
    facts, _ = facts_of(name)
    text = re.sub(r"\s+", "", paper(name, "txt").decode())
    for line in facts.quote.lines:
        named = re.sub(r"\s+", "", line.line.name.get(facts.deal.language[0]))
        assert named in text
        if line.line.role != "heading":
            assert f"{customer_figures(line)[0]:,}" in text


@pytest.mark.pages
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("languages", [("zh-CN",), ("en",), ("zh-CN", "en")], ids="-".join)
def test_word_and_pdf_say_the_same(name: str, languages: tuple[str, ...]) -> None:
    need("pdftotext")

    def figures(text: str) -> list[str]:
        return sorted(re.findall(r"[\d,]+\.\d\d\b", text))

    word = words_in_word(paper(name, "docx", languages))
    pdf = words_in_pdf(paper(name, "pdf", languages))
    assert figures(word) == figures(pdf)


@pytest.mark.pages
@pytest.mark.parametrize("name", NAMES)
def test_the_pdf_is_sound(name: str, tmp_path: Path) -> None:
    need("qpdf")
    path = tmp_path / "paper.pdf"
    path.write_bytes(paper(name, "pdf"))
    assert subprocess.run(["qpdf", "--check", path], capture_output=True).returncode == 0


def test_a_misspelt_word_of_a_template_is_found_by_checking_the_document(tmp_path: Path) -> None:
    for name in ("templates", "price_lists"):
        shutil.copytree(SAMPLES.parent / name, tmp_path / name)
    for name in ("sellers.yaml", "approvals.yaml"):
        shutil.copyfile(SAMPLES.parent / name, tmp_path / name)
    deal = shutil.copyfile(SAMPLES / "ten-lines" / "deal.yaml", tmp_path / "deal.yaml")
    text = tmp_path / "templates" / "quote" / "quote.zh-CN.md"
    text.write_text(text.read_text("utf-8").replace("{{ valid_until }}", "{{ valid_untill }}"), "utf-8")
    found = check(Path(deal), Workspace.for_deal(Path(deal)), TODAY, "quote", fill=True)
    assert [problem.code for problem in found] == ["template_unknown_word"]
    place = found[0].place
    assert place is not None and "valid_untill" in text.read_text("utf-8").splitlines()[place.line - 1]
