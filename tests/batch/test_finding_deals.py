"""Which files below a folder are deals: however they are written, encoded and called, none is passed over silently."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from tests.batch.house import build, furnish_many, numbered, outcomes, papers, write
from tests.safety.house import call, run
from tests.safety.rights import without_powers


@pytest.fixture
def house(tmp_path: Path) -> Path:
    return furnish_many(tmp_path, numbered("D-1", documents=["quote"]))


def _text(number: str) -> str:
    return json.dumps(numbered(number, documents=["quote"], title="标题"), ensure_ascii=False, indent=1)


def test_a_folder_or_file_nobody_may_look_into_is_an_error(house: Path) -> None:
    write(house / "deals" / "locked" / "D-2.yaml", numbered("D-2"))
    write(house / "deals" / "unread.yaml", numbered("D-3"))
    for name, rights in (("locked", 0), ("unread.yaml", 0)):
        (house / "deals" / name).chmod(rights)
    try:
        done = run("build", "deals", "--format", "txt", cwd=house, prefix=without_powers())
    finally:
        (house / "deals" / "locked").chmod(0o755)
    assert done.returncode == 1
    for name in ("locked", "unread.yaml"):
        assert f"deals/{name}:1:1: error: deals/{name} cannot be read: Permission denied" in done.stderr
    assert set(papers(house / "out")) == {"D-1-quote.txt"}


@pytest.mark.parametrize("goal", ["gone/D-2.yaml", "D-2.yaml"], ids=["nowhere", "in a circle"])
def test_a_link_that_leads_to_no_file_is_an_error(house: Path, goal: str) -> None:
    (house / "deals" / "D-2.yaml").symlink_to(goal)
    done, report = build(house)
    assert done.returncode == 1
    assert "D-2.yaml cannot be read" in done.stderr
    assert outcomes(report) == {"D-1 quote": "written"}


def test_links_of_folders_in_a_circle_and_pipes_are_passed_over(house: Path) -> None:
    (house / "deals" / "up").symlink_to("..")
    (house / "deals" / "folder.yaml").mkdir()
    if hasattr(os, "mkfifo"):
        os.mkfifo(house / "deals" / "pipe.yaml")
    done, report = build(house)
    assert (done.returncode, done.stderr) == (0, "")
    assert outcomes(report) == {"D-1 quote": "written"}


def test_a_deal_in_another_encoding_is_told_as_one(house: Path) -> None:
    (house / "deals" / "wide.yaml").write_bytes(_text("D-2").encode("utf-16"))
    (house / "deals" / "gbk.yaml").write_bytes(_text("D-3").encode("gbk"))
    done, _ = build(house)
    assert done.returncode == 1
    assert "deals/wide.yaml:1:1: error: deals/wide.yaml is not UTF-8 (found: UTF-16)" in done.stderr
    assert "deals/gbk.yaml is not UTF-8 (found: GBK)" in done.stderr


WRITTEN = {
    "line ends of an old Mac": "deal: D-2\rREST",
    "line ends of Windows": "deal: D-2\r\nREST",
    "a block": "deal: >-\n  D-2\nREST",
    "the next line": "deal:\n  D-2\nREST",
    "an anchor": "deal: &number D-2\nREST",
    "escapes": 'deal: "D-\\x32"\nREST',
    "a byte order mark": "\ufeffdeal: D-2\nREST",
}


@pytest.mark.parametrize("how", WRITTEN)
def test_a_number_is_found_however_it_is_written(house: Path, how: str) -> None:
    rest = "\n".join(f"{key}: {json.dumps(value)}" for key, value in numbered("x", documents=["quote"]).items())
    rest = rest.replace('deal: "x"\n', "")
    for folder in ("a", "b"):
        (house / "deals" / folder).mkdir()
        text = WRITTEN[how].replace("REST", rest if how != "line ends of an old Mac" else rest.replace("\n", "\r"))
        (house / "deals" / folder / "deal.yaml").write_bytes(text.encode())
    done, _ = build(house)
    assert done.returncode == 0, done.stderr
    assert set(papers(house / "out")) == {"D-1-quote.txt", "a/D-2-quote.txt", "b/D-2-quote.txt"}


def test_a_list_of_the_words_a_deal_has_is_none(house: Path) -> None:
    (house / "deals" / "list.yaml").write_text("  - deal\n  - customer\n", "utf-8")
    assert build(house)[0].returncode == 0


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_files_whose_names_are_no_utf8_are_built_kept_and_reported(house: Path) -> None:
    """As they come out of a zip that was packed under Windows."""
    path = house / "deals" / os.fsdecode(b"\xb6\xa9\xb5\xa5") / os.fsdecode(b"\xd0\xc2.yaml")
    path.parent.mkdir()
    path.write_text(_text("D-2"), "utf-8")
    reports = ("--report", "r.html", "--report", "r.xml")
    done, report = build(house, *reports)
    assert done.returncode == 0, done.stderr
    assert outcomes(report) == {"D-1 quote": "written", "D-2 quote": "written"}
    done, report = build(house, *reports)
    assert {each["seconds"] for each in report["deals"]} == {0.0}
    assert (house / "r.html").is_file() and (house / "r.xml").is_file()


def test_papers_are_no_deals_however_their_folder_is_named(house: Path) -> None:
    (house / "renewal.template.yaml").write_text(_text("D-0"), "utf-8")
    (house / "rows.csv").write_text("deal,title\nD-7,x\n", "utf-8")
    batch = ("batch", "renewal.template.yaml", "rows.csv", "--format", "txt")
    assert call(*batch, "--out", "deals/out", cwd=house).returncode == 0
    (house / "link").symlink_to("deals/out")
    for out in ("deals/out", "deals/../deals/out", "link"):
        done = call("build", "deals", "--format", "txt", "--out", out, cwd=house)
        assert "1 deal " in done.stdout, (out, done.stdout, done.stderr)


def test_of_deals_of_one_number_the_one_that_stays_is_told_too(house: Path) -> None:
    write(house / "deals" / "north" / "offer.yaml", numbered("D-1", documents=["quote"]))
    done, _ = build(house)
    first, second = done.stderr.splitlines()
    assert "deals/D-1.yaml:1:1: warning: deals/north/offer.yaml has the number D-1 too" in first
    assert "its papers go into a folder of their own" in first
    assert "go into north below" in second


def test_a_deal_named_for_a_proof_that_is_not_there_is_said_not_to_be(house: Path) -> None:
    build(house)
    done = call("verify", "out/D-1-quote.txt", "--deal", "nothing.yaml", cwd=house)
    assert (done.returncode, "there is no file nothing.yaml" in done.stderr) == (1, True)
