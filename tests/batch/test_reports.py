"""Reports of a build: a page that needs nothing else, JUnit with a case for each paper, JSON that stays as it is."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.batch.house import furnish_many, numbered, write
from tests.safety.house import call

HOSTILE = """<script>alert("x")</script> & ]]> '"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """One good deal with two papers, one with an error and one with a paper that cannot be made."""
    return furnish_many(
        tmp_path,
        numbered("D-1", documents=["quote", "proposal"]),
        numbered("D-2", lines=[{"sku": HOSTILE, "quantity": 1}]),
        numbered("D-3", documents=["quote", "value"]),
    )


def report(house: Path, name: str, *more: str) -> str:
    call("build", "deals", "--format", "txt,html", "--report", name, *more, cwd=house)
    return (house / name).read_text("utf-8")


# ---- JUnit ----------------------------------------------------------------------------------------------------------
def test_junit_has_one_case_for_each_paper_and_one_for_a_deal_without(house: Path) -> None:
    root = ElementTree.fromstring(report(house, "junit.xml").encode())
    cases = {(case.get("classname"), case.get("name")): case for case in root.iter("testcase")}
    assert set(cases) == {
        ("deals/D-1.yaml", "quote"),
        ("deals/D-1.yaml", "proposal"),
        ("deals/D-2.yaml", "deal"),
        ("deals/D-3.yaml", "quote"),
        ("deals/D-3.yaml", "value"),
    }
    assert {key for key, case in cases.items() if case.find("failure") is not None} == {
        ("deals/D-2.yaml", "deal"),
        ("deals/D-3.yaml", "value"),
    }
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("5", "2", "0")
    message = cases["deals/D-2.yaml", "deal"].find("failure").get("message")  # type: ignore[union-attr]
    assert message is not None and HOSTILE in message and message.startswith("deals/D-2.yaml:")


def test_junit_tells_a_stale_paper_and_one_left_over_as_failures(house: Path) -> None:
    call("build", "deals/D-1.yaml", "--format", "txt,html", cwd=house)
    write(house / "deals" / "D-1.yaml", numbered("D-1", documents=["quote"], title="another"))
    call("build", "deals/D-1.yaml", "--format", "txt,html", "--check", "--report", "junit.xml", cwd=house)
    root = ElementTree.fromstring((house / "junit.xml").read_bytes())
    stale, *left = root.iter("failure")
    assert stale.get("message") == "stale"
    assert "D-1-quote.txt" in (stale.text or "")
    assert [each.text and each.text.partition(" ")[0] for each in left] == [
        "out/D-1-proposal.html:1:1:",
        "out/D-1-proposal.txt:1:1:",
    ]
    suites = root.findall("testsuite")
    for count in ("tests", "failures"):
        assert int(root.get(count, "")) == sum(int(each.get(count, "")) for each in suites)


# ---- JSON -----------------------------------------------------------------------------------------------------------
def test_json_has_the_keys_the_guide_names(house: Path) -> None:
    data = json.loads(report(house, "report.json"))
    assert set(data) == {"version", "today", "check", "seconds", "workers", "summary", "deals", "left_over"}
    assert data["summary"] == {
        "deals": 3,
        "failed_deals": 2,
        "papers": 4,
        "drafts": 1,
        "written": 3,
        "unchanged": 0,
        "stale": 0,
        "failed": 1,
    }
    first = data["deals"][0]
    assert set(first) == {"file", "deal", "seconds", "fault", "problems", "papers"}
    assert (
        first["papers"][0].items()
        >= {
            "document": "quote",
            "outcome": "written",
            "state": "clear",
            "files": ["D-1-quote.txt", "D-1-quote.html"],
        }.items()
    )
    (problem,) = data["deals"][1]["problems"]
    assert set(problem) == {"severity", "file", "line", "column", "path", "code", "message", "hint"}


# ---- the page -------------------------------------------------------------------------------------------------------
class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.words += data


def test_the_page_needs_nothing_else_and_its_links_lead_to_the_papers(house: Path) -> None:
    text = report(house, "reports/build.html")
    page = _Page()
    page.feed(text)
    assert not {"script", "link", "img", "iframe"} & set(page.tags)
    assert "url(" not in text and "@import" not in text
    assert page.links
    for link in page.links:
        assert (house / "reports" / link).resolve().is_file(), link
    assert "deals/D-1.yaml" in page.words
    assert HOSTILE in page.words, "text is shown as it is, and stays text"


def test_the_page_begins_with_what_somebody_must_look_at(house: Path) -> None:
    numbers = re.findall(r"<h2>(.*?)</h2>", report(house, "build.html"))
    assert numbers == ["D-2", "D-3", "D-1"]


def test_a_report_tells_unchanged_papers_with_their_warnings_too(house: Path) -> None:
    (house / "deals" / "D-2.yaml").unlink()
    write(house / "deals" / "D-3.yaml", numbered("D-3", documents=["quote"], valid_until="2026-11-01"))
    before, again = (json.loads(report(house, name)) for name in ("one.json", "two.json"))
    assert [deal["problems"] for deal in again["deals"]] == [deal["problems"] for deal in before["deals"]]
    assert any(paper["problems"] for deal in again["deals"] for paper in deal["papers"])


# ---- where it goes --------------------------------------------------------------------------------------------------
def test_a_report_of_another_kind_is_refused_before_anything_is_done(house: Path) -> None:
    done = call("build", "deals", "--report", "build.pdf", cwd=house)
    assert done.returncode == 2
    assert "build.pdf: a report is .html, .xml (JUnit) or .json" in done.stderr
    assert not (house / "out").exists()


def test_a_report_that_cannot_be_written_is_a_failure_and_the_papers_are_there(house: Path) -> None:
    (house / "file").write_text("x")
    done = call("build", "deals/D-1.yaml", "--format", "txt", "--report", "file/build.html", cwd=house)
    assert done.returncode == 1
    assert "cannot be written" in done.stderr
    assert (house / "out" / "D-1-quote.txt").is_file()
