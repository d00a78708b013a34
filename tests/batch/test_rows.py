"""docgen batch: one deal of each row of a table, checked like any deal, and made as the rows come."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.batch.house import furnish_many, numbered, papers, until, write
from tests.safety.house import TODAY, call


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A pattern of a renewal, of which only the quotation is made."""
    house = furnish_many(tmp_path)
    lines = [{"sku": "P-LIC", "quantity": 3}, {"sku": "P-SET", "quantity": 1}]
    write(house / "renewal.template.yaml", numbered("PATTERN", documents=["quote"], lines=lines))
    return house


def _batch(house: Path, table: str, *more: str) -> subprocess.CompletedProcess[str]:
    (house / "customers.csv").write_text(table, "utf-8")
    return call("batch", "renewal.template.yaml", "customers.csv", "--format", "txt", *more, cwd=house)


def _paper(house: Path, number: str) -> str:
    return (house / "out" / number / f"{number}-quote.txt").read_text("utf-8")


# ---- what a row does ------------------------------------------------------------------------------------------------
def test_each_row_is_a_deal_with_its_papers_and_itself_in_a_folder_of_its_own(house: Path) -> None:
    done = _batch(house, "deal,customer.name,lines.0.quantity\nR-1,江苏甲,12\nR-2,江苏乙,7\n")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("2 rows   2 papers in out\n")
    assert set(papers(house / "out")) == {f"{r}/{n}" for r in ("R-1", "R-2") for n in (f"{r}-quote.txt", "deal.yaml")}
    assert "江苏甲" in _paper(house, "R-1") and "江苏乙" in _paper(house, "R-2")
    assert "12,000.00" in _paper(house, "R-1") and "7,000.00" in _paper(house, "R-2")


def test_the_deal_a_row_made_is_one_like_any_other(house: Path) -> None:
    hostile = '"- # ""x"": [y', "{{ deal }}", "yes", "0123", " null", "'=1+1"
    for number, name in enumerate(hostile):
        text = name if name.startswith('"') else f'"{name}"'
        _batch(house, f"deal,customer.name,lines.0.quantity\nR-{number},{text + ('' if number else chr(34))},2\n")
        deal = f"out/R-{number}/deal.yaml"
        assert call("check", deal, cwd=house).returncode == 0
        proof = call("rebuild", f"out/R-{number}/R-{number}-quote.txt", cwd=house)
        assert (proof.returncode, deal in proof.stdout) == (0, True), proof.stderr


def test_an_empty_cell_leaves_what_the_pattern_says(house: Path) -> None:
    _batch(house, "deal,customer.name,lines.0.quantity\nR-1,,\n")
    made = yaml.safe_load((house / "out" / "R-1" / "deal.yaml").read_text("utf-8"))
    assert (made["customer"]["name"], str(made["lines"][0]["quantity"])) == ("customer.name", "3")


def test_a_row_may_add_an_item_behind_the_last_and_a_key_that_is_not_there(house: Path) -> None:
    done = _batch(house, "deal,lines.2.sku,lines.2.quantity,terms.sla.tier,stage\nR-1,P-SRV,4,gold,6\nR-2,,,,\n")
    assert done.returncode == 0, done.stderr
    first, second = (yaml.safe_load((house / "out" / r / "deal.yaml").read_text("utf-8")) for r in ("R-1", "R-2"))
    assert [line["sku"] for line in first["lines"]] == ["P-LIC", "P-SET", "P-SRV"]
    assert first["terms"]["sla"] == {"tier": "gold"}
    assert [line["sku"] for line in second["lines"]] == ["P-LIC", "P-SET"]
    assert "sla" not in second["terms"]


def test_what_lacks_beside_a_cell_is_told_at_the_cell(house: Path) -> None:
    done = _batch(house, "deal,partner.name\nR-1,伙伴\n")
    assert done.stderr.startswith("customers.csv:2:2: error: partner.tier")


def test_a_row_is_laid_over_lines_that_stand_in_a_table(house: Path) -> None:
    (house / "lines.csv").write_text("sku,quantity\nP-LIC,3\nP-SRV,5\n", "utf-8")
    write(house / "renewal.template.yaml", numbered("PATTERN", documents=["quote"], lines="lines.csv"))
    done = _batch(house, "deal,lines.1.quantity\nR-1,8\nR-2,zwei\n")
    assert done.stderr.splitlines()[0].startswith("customers.csv:3:2: error: lines.1.quantity: zwei")
    made = yaml.safe_load((house / "out" / "R-1" / "deal.yaml").read_text("utf-8"))
    assert [str(line["quantity"]) for line in made["lines"]] == ["3", "8"]


# ---- what is wrong with a row ---------------------------------------------------------------------------------------
def test_problems_of_a_row_have_its_line_and_column_and_stop_no_other(house: Path) -> None:
    table = "deal,customer.name,lines.0.quantity,date\nR-1,甲,x,2026-12-01\nR-2,乙,2,\n\nR-3,丙,1,tomorrow\nR 4,丁,1,\n"
    done = _batch(house, table, "--jobs", "2")
    assert done.returncode == 1
    places = [line.split(": error:")[0] for line in done.stderr.splitlines()]
    assert places == ["customers.csv:2:3", "customers.csv:5:4", "customers.csv:6:1"]
    assert [path.name for path in (house / "out").iterdir()] == ["R-2"]
    assert "4 rows, 3 failed   1 paper in out" in done.stdout


def test_a_quoted_cell_of_several_lines_does_not_shift_the_places(house: Path) -> None:
    done = _batch(house, 'deal,customer.address,lines.0.quantity\nR-1,"one\ntwo\nthree",1\nR-2,x,?\n')
    assert "customers.csv:5:3: error: lines.0.quantity" in done.stderr


def test_a_head_nobody_knows_and_an_error_of_the_pattern_are_told_once(house: Path) -> None:
    pattern = numbered("PATTERN", documents=["quote"], valid_days="soon")
    write(house / "renewal.template.yaml", pattern)
    done = _batch(house, "deal,custmer.name\n" + "".join(f"R-{number},甲\n" for number in range(20)))
    assert done.returncode == 1
    assert done.stderr.count("customers.csv:1:2: error: custmer: unknown key custmer → did you mean customer?") == 1
    assert done.stderr.count("valid_days") == 1
    assert "20 rows, 20 failed" in done.stdout


PATHS = {
    "lines.7.quantity": "names an item of a list that is not there",
    "lines.first.quantity": "names an item of a list that is not there",
    "title.x.y": "leads through a value that has nothing inside",
    "a.b.c.d.e.f.g.h.i": "leads too deep",
}


@pytest.mark.parametrize("head", PATHS)
def test_a_head_that_leads_nowhere_is_told_at_the_head(house: Path, head: str) -> None:
    done = _batch(house, f"deal,{head}\nR-1,1\nR-2,2\n")
    assert done.returncode == 1
    assert f"customers.csv:1:2: error: {head} {PATHS[head]}" in done.stderr


def test_rows_without_a_number_or_with_anothers_are_refused(house: Path) -> None:
    done = _batch(house, "customer.name,deal\n甲,R-1\n乙,\n丙,r-1\n")
    lines = done.stderr.splitlines()
    assert lines[0].startswith("customers.csv:3:1: error: this row has no number of its own")
    assert lines[1].startswith("customers.csv:4:2: error: deal: the deal r-1 stands in line 2 already")
    assert "甲" in _paper(house, "R-1")


TABLES = {
    "nothing": (b"", "the first row of the table is empty"),
    "semicolons": (b"deal;customer.name\nR-1;x\n", "not separated by commas"),
    "one head twice": (b"deal,deal\nR-1,R-2\n", "customers.csv:1:2"),
    "an open quote": (b'deal,title\nR-1,x\nR-2,"y\n', "not readable as CSV"),
    "GBK": (
        "deal,customer.name\nR-1,苏州\n".encode("gbk"),
        "customers.csv:2:2: error: customers.csv is not UTF-8 (found: GBK)",
    ),
    "heads in GBK": (
        "编号,客户\nR-1,x\n".encode("gbk"),
        "customers.csv:1:1: error: customers.csv is not UTF-8 (found: GBK)",
    ),
    "UTF-16": (
        "deal,title\nR-1,x\n".encode("utf-16"),
        "customers.csv:1:1: error: customers.csv is not UTF-8 (found: UTF-16)",
    ),
    "a cell too many": (b"deal,title\nR-1,x\nR-2,x,y\n", "customers.csv:3:3"),
    "an invisible character": ("deal,title\nR-1,a\u200bb\n".encode(), "customers.csv:2:2"),
}


@pytest.mark.parametrize("what", TABLES)
def test_a_table_that_cannot_be_read_is_told_with_its_place(house: Path, what: str) -> None:
    data, told = TABLES[what]
    (house / "customers.csv").write_bytes(data)
    done = call("batch", "renewal.template.yaml", "customers.csv", "--format", "txt", cwd=house)
    assert done.returncode == 1
    assert told in done.stderr
    assert all(line.startswith("customers.csv:") for line in done.stderr.splitlines())
    assert len(done.stderr.splitlines()) == 1


def test_rows_before_the_first_that_is_not_utf8_are_made(house: Path) -> None:
    rows = b"deal,title\nR-1,x\nR-2,y\nR-3,\xcb\xd5\xd6\xdd\nR-4,z\n"
    (house / "customers.csv").write_bytes(rows)
    done = call("batch", "renewal.template.yaml", "customers.csv", "--format", "txt", cwd=house)
    assert "customers.csv:4:2: error: " in done.stderr
    assert {each.split("/")[0] for each in papers(house / "out")} == {"R-1", "R-2"}


def test_a_table_with_a_byte_order_mark_and_windows_line_ends_is_read(house: Path) -> None:
    (house / "customers.csv").write_bytes("\ufeffdeal,customer.name\r\nR-1,甲\r\n".encode())
    done = call("batch", "renewal.template.yaml", "customers.csv", "--format", "txt", cwd=house)
    assert done.returncode == 0, done.stderr


# ---- as they come ---------------------------------------------------------------------------------------------------
def test_papers_are_there_before_the_last_row_is_read(house: Path) -> None:
    command = [sys.executable, "-m", "docgen", "--today", TODAY.isoformat(), "batch", "renewal.template.yaml", "-"]
    going = subprocess.Popen(
        [*command, "--format", "txt", "--jobs", "1"], cwd=house, stdin=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert going.stdin is not None
    going.stdin.write(b"deal,customer.name\n")
    for number in range(3):
        going.stdin.write(f"R-{number},x\n".encode() + b"\n" * 9000)
        going.stdin.flush()
        if number:
            until((house / "out" / f"R-{number - 1}" / "deal.yaml").is_file)
    going.stdin.close()
    assert going.wait(60) == 0
    assert len(papers(house / "out")) == 6


def test_what_is_held_in_memory_does_not_grow_with_the_rows(house: Path) -> None:
    """Rows are refused before they are made, so that many can be tried: what is kept of them is what counts."""
    import tracemalloc

    def peak(rows: int) -> int:
        (house / "rows.csv").write_text("deal,date\n" + "".join(f"R-{n} x,{'9' * 200}\n" for n in range(rows)), "utf-8")
        tracemalloc.start()
        done = call("batch", "renewal.template.yaml", "rows.csv", "--format", "txt", "--jobs", "1", cwd=house)
        assert done.returncode == 1
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most - len(done.stderr.encode()) * 8

    peak(5)
    assert peak(400) < peak(40) + 400_000


def test_a_paper_somebody_edited_stays(house: Path) -> None:
    table = "deal,customer.name\nR-1,甲\nR-2,乙\n"
    _batch(house, table)
    (house / "out" / "R-1" / "R-1-quote.txt").write_text("mine", "utf-8")
    done = _batch(house, table.replace("甲", "丙").replace("乙", "丁"))
    assert done.returncode == 1
    assert "out/R-1/R-1-quote.txt was changed since docgen wrote it" in done.stderr
    assert _paper(house, "R-1") == "mine"
    assert "丁" in _paper(house, "R-2")
    assert _batch(house, table, "--force").returncode == 0
    assert "甲" in _paper(house, "R-1")
