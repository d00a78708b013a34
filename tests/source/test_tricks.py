"""Files made to break a reader: each is refused in its place, quickly, without a traceback and with nothing written."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from docgen.locales.problems import describe
from docgen.pipeline import check, prepare
from docgen.problems import Problem
from docgen.reading import Workspace
from tests.safety.house import run
from tests.source.test_many_mistakes import HEAD, LINES, TODAY, _house

DEAL = HEAD + LINES
BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 9)
)

REFUSED: dict[str, tuple[str | bytes, str, int, int]] = {
    # name: (file, code, line, column)
    "alias bomb": (BOMB + DEAL, "too_many_aliases", 1, 5),
    "alias that holds itself": (DEAL + "title: &t {en: *t}\n", "nested_too_deep", 6, 8),
    "alias of the whole file": ("&r\n" + DEAL + "title: *r\n", "nested_too_deep", 1, 1),
    "alias of nothing": (DEAL + "title: *nobody\n", "yaml_syntax", 6, 8),
    "python tag": (DEAL + "title: !!python/object/apply:os.system [id]\n", "tag_refused", 6, 8),
    "python name tag": (DEAL + "title: !!python/name:os.system x\n", "tag_refused", 6, 8),
    "own tag": (DEAL + "title: !thing x\n", "tag_refused", 6, 8),
    "binary tag": (DEAL + "title: !!binary aGVsbG8=\n", "tag_refused", 6, 8),
    "float tag": (DEAL + "stage: !!float 6\n", "tag_refused", 6, 8),
    "merge key": (DEAL + "prepared_by: {<<: {name: x}, name: y}\n", "merge_refused", 6, 15),
    "second document": (DEAL + "---\na: b\n", "many_documents", 6, 1),
    "tab as indentation": (HEAD + "lines:\n\t- {sku: A-BASE}\n", "yaml_syntax", 6, 1),
    "byte order mark inside": (DEAL + "title: a\ufeffb\n", "forbidden_character", 6, 9),
    "UTF-16": (DEAL.encode("utf-16"), "not_utf8", 1, 1),
    "GBK": (DEAL.encode() + "title: 苏州华瑞\n".encode("gbk"), "not_utf8", 6, 8),
    "NUL": (DEAL + "title: a\0b\n", "forbidden_character", 6, 9),
    "60 levels": (DEAL + "title: " + "[" * 60 + "]" * 60 + "\n", "nested_too_deep", 6, 48),
    "10,000 levels": (DEAL + "title: " + "[" * 10_000 + "]" * 10_000 + "\n", "nested_too_deep", 6, 48),
    "2,000 levels of blocks": (DEAL + "".join(" " * i + "k:\n" for i in range(2000)), "nested_too_deep", 47, 42),
    "5 MB in one value": (DEAL + "title: " + "x" * 5_000_000 + "\n", "text_too_long", 6, 8),
    "100,000 digits": (DEAL + "stage: " + "9" * 100_000 + "\n", "not_a_number", 6, 8),
    "1e400": (DEAL + "stage: 1e400\n", "not_a_number", 6, 8),
    ".inf": (DEAL + "stage: .inf\n", "not_a_number", 6, 8),
    "hexadecimal": (DEAL + "stage: 0x6\n", "not_a_number", 6, 8),
    "yes": (DEAL + "show_discounts: yes\n", "not_yes_no", 6, 17),
    "NO as a yes or no": (DEAL + "show_discounts: NO\n", "not_yes_no", 6, 17),
    "12:30 as months": (DEAL + "term_months: 12:30\n", "not_a_number", 6, 14),
    "key that is a list": (DEAL + "? [a, b]\n: c\n", "key_not_text", 6, 3),
    "same key twice": (DEAL + "stage: 6\nstage: 7\n", "duplicate_key", 7, 1),
    "same key twice, one quoted": (DEAL + "stage: 6\n'stage': 7\n", "duplicate_key", 7, 1),
    "text that begins with @": (DEAL + "title: @x\n", "yaml_syntax", 6, 8),
    "text that begins with %": (DEAL + "title: %x\n", "yaml_syntax", 6, 8),
    "colon in text": (DEAL + "title: a: b\n", "yaml_syntax", 6, 9),
    "open quote": (DEAL + "title: 'abc\n", "yaml_syntax", 6, 8),
    "open bracket": (DEAL + "title: [a\n", "yaml_syntax", 6, 8),
    "no lines": (HEAD + "lines:\n", "no_lines", 5, 1),
    "empty list": (HEAD + "lines: []\n", "no_lines", 5, 8),
    "nothing": ("", "file_empty", 1, 1),
    "only a comment": ("# nothing\n", "file_empty", 1, 1),
    "a list": ("- a\n", "not_a_mapping", 1, 1),
    "a word": ("word\n", "not_a_mapping", 1, 1),
    "a PDF": (b"%PDF-1.7\n\xe2\xe3\xcf\xd3\n", "not_utf8", 2, 1),
}


@pytest.fixture
def house(tmp_path: Path) -> Path:
    return _house(tmp_path, DEAL)


def _check(path: Path) -> list[Problem]:
    return check(path, Workspace.for_deal(path), TODAY, "quote")


@pytest.mark.parametrize(("data", "code", "line", "column"), REFUSED.values(), ids=REFUSED)
def test_a_trick_is_refused_in_its_place(house: Path, data: str | bytes, code: str, line: int, column: int) -> None:
    house.write_bytes(data if isinstance(data, bytes) else data.encode())
    began = time.perf_counter()
    problems = _check(house)
    assert time.perf_counter() - began < 10
    assert (code, line, column) in {(p.code, p.place.line, p.place.column) for p in problems if p.place and p.is_error}
    for each in problems:
        assert all(describe(each))
        assert len("".join(describe(each))) < 2000


READ_AS_TEXT = {
    "NO": "NO",
    "yes": "yes",
    "12:30": "12:30",
    "0123": "0123",
    "1e400": "1e400",
    "0x1F": "0x1F",
    "1_000": "1_000",
    ".nan": ".nan",
    "2026-11-20": "2026-11-20",
    "1.10": "1.10",
    '"null"': "null",
    "'~'": "~",
    "=": "=",
    "!!str x": "x",
    "a#b": "a#b",
    "> \n  folded\n  text": "folded text",
    "|\n  kept\n  lines": "kept\nlines",
}


@pytest.mark.parametrize(("written", "read"), READ_AS_TEXT.items(), ids=READ_AS_TEXT)
def test_a_scalar_is_read_as_the_text_it_is(house: Path, written: str, read: str) -> None:
    house.write_text(DEAL + f"title: {written}\n", "utf-8")
    facts = prepare(house, Workspace.for_deal(house), TODAY).facts
    assert facts is not None
    assert facts.deal.title is not None
    assert facts.deal.title.get("en") == read


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "BOM"])
def test_line_ends_and_a_byte_order_mark_do_not_move_a_place(house: Path, newline: str, mark: str) -> None:
    house.write_bytes((mark + DEAL + "titel: x\n").replace("\n", newline).encode())
    (found,) = _check(house)
    assert (found.code, found.place and (found.place.line, found.place.column)) == ("unknown_key", (6, 1))


def test_a_value_cut_short_by_a_comment_is_warned_of(house: Path) -> None:
    house.write_text(DEAL + "title: ACME #1\n", "utf-8")
    (found,) = _check(house)
    assert (found.code, found.severity, found.place and found.place.line) == ("cut_by_comment", "warning", 6)
    house.write_text(DEAL + "title: ACME # a comment\n", "utf-8")
    assert _check(house) == []


def test_null_is_the_same_as_nothing_written(house: Path) -> None:
    house.write_text(DEAL + "title: null\nterms: ~\nstage:\n", "utf-8")
    assert _check(house) == []


def test_honest_reuse_through_an_alias_is_read(house: Path) -> None:
    house.write_text(DEAL + "title: &t Hello\nprepared_by: {name: *t}\n", "utf-8")
    assert _check(house) == []


# ---- as a person meets it -------------------------------------------------------------------------------------------
def _places() -> Iterator[tuple[str, str]]:
    yield "nowhere.yaml", "there is no file nowhere.yaml"
    yield ".", "is a folder"
    yield "", "is a folder"
    yield "x" * 300, "cannot be read"
    yield "dangling.yaml", "there is no file"


@pytest.mark.parametrize(("name", "said"), list(_places()))
def test_a_deal_that_is_no_file_is_said_to_be_none(
    house: Path, name: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(house.parent)
    Path("dangling.yaml").symlink_to("nobody")
    problems = _check(Path(name))
    assert any(said in describe(p)[0] for p in problems)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is unreadable to root")
def test_an_unreadable_file_is_said_to_be_unreadable(house: Path) -> None:
    house.chmod(0)
    assert "cannot_read" in {p.code for p in _check(house)}


def test_a_symlink_to_a_deal_is_read(house: Path) -> None:
    link = house.with_name("link.yaml")
    link.symlink_to(house)
    assert _check(link) == []


def test_a_broken_file_writes_nothing_and_ends_with_1_and_no_traceback(house: Path) -> None:
    house.write_text(BOMB + DEAL, "utf-8")
    before = sorted(house.parent.rglob("*"))
    done = run("quote", house.name, cwd=house.parent)
    assert done.returncode == 1
    assert done.stdout == ""
    assert "deal.yaml:1:5: error:" in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(house.parent.rglob("*")) == before


def test_a_loop_of_symlinks_is_a_problem_of_the_input(house: Path) -> None:
    (house.parent / "a.yaml").symlink_to("b.yaml")
    (house.parent / "b.yaml").symlink_to("a.yaml")
    assert run("check", "a.yaml", cwd=house.parent).returncode == 1


def test_a_pipe_instead_of_a_file_is_refused(house: Path) -> None:
    os.mkfifo(house.parent / "pipe.yaml")
    done = run("check", "pipe.yaml", cwd=house.parent, prefix=("timeout", "30"))
    assert done.returncode == 1


def test_a_hundred_thousand_levels_do_not_kill_the_process(house: Path) -> None:
    house.write_text(DEAL + "title: " + "[" * 100_000 + "]" * 100_000 + "\n", "utf-8")
    assert run("check", house.name, cwd=house.parent).returncode == 1


def test_many_unknown_keys_are_refused_within_seconds(house: Path) -> None:
    house.write_text(DEAL + "".join(f"k{i}: v\n" for i in range(20_000)), "utf-8")
    assert run("check", house.name, cwd=house.parent, prefix=("timeout", "30")).returncode == 1


def test_a_long_text_aliased_often_is_refused_in_little_memory(house: Path) -> None:
    house.write_text(f"s: &s {'x' * 100_000}\nl: [{', '.join(['*s'] * 8_000)}]\n{DEAL}", "utf-8")
    limited = ("prlimit", f"--as={1 << 29}")
    assert run("check", house.name, cwd=house.parent, prefix=limited).returncode == 1


# ---- lines: lines.csv -----------------------------------------------------------------------------------------------
CSV = "sku,quantity,note\nA-BASE,2,hi\n"


def _with_csv(house: Path, data: str | bytes, name: str = "lines.csv") -> list[Problem]:
    house.write_text(HEAD + f"lines: {name}\n", "utf-8")
    (house.parent / "lines.csv").write_bytes(data if isinstance(data, bytes) else data.encode())
    return _check(house)


def _said(problems: list[Problem]) -> list[tuple[str, str, int, int]]:
    return [(Path(p.place.file).name, p.code, p.place.line, p.place.column) for p in problems if p.place]


@pytest.mark.parametrize(
    "name",
    [
        "../x.csv",
        "/etc/passwd",
        "/etc/x.csv",
        "./lines.csv",
        "sub/lines.csv",
        ".hidden.csv",
        "..csv",
        "lines.txt",
        "deal.yaml",
        "C:x.csv",
        "~/x.csv",
        "'lines.csv '",
        '"a\\\\b.csv"',
        "file:///etc/x.csv",
    ],
)
def test_lines_come_only_from_a_csv_in_the_deals_own_folder(house: Path, name: str) -> None:
    assert ("deal.yaml", "lines_not_a_file", 5, 8) in _said(_with_csv(house, CSV, name))


@pytest.mark.parametrize(
    "data",
    [
        CSV,
        "\ufeff" + CSV,
        CSV.replace("\n", "\r\n"),
        CSV.replace("\n", "\r"),
        'sku,quantity,note\n"A-BASE","2","say ""hi"", ok"\n',
        'sku,quantity,note\n\nA-BASE,2,"two\nlines"\n,,\n',
        "quantity,sku\n 2 , A-BASE \n",
        "sku,quantity,note.en,note.zh-CN\nA-BASE,2,hi,好\n",
    ],
)
def test_a_csv_as_spreadsheets_write_it_is_read(house: Path, data: str) -> None:
    assert _with_csv(house, data) == []
    facts = prepare(house, Workspace.for_deal(house), TODAY).facts
    assert facts is not None
    assert [(line.sku, line.quantity) for line in facts.deal.lines] == [("A-BASE", 2)]


CSV_REFUSED = {
    "unknown SKU after a cell of two lines": (
        'sku,quantity,note\nA-BASE,2,"one\ntwo"\nA-BSE,1,\n',
        ("lines.csv", "unknown_sku", 4, 1),
    ),
    "not a number": ("sku,quantity\nA-BASE,two\n", ("lines.csv", "not_a_number", 2, 2)),
    "open quote": ('sku,note\nA-BASE,"open\n', ("lines.csv", "csv_syntax", 2, 1)),
    "sign after a quote": ('sku,note\nA-BASE,"a"b\n', ("lines.csv", "csv_syntax", 2, 1)),
    "semicolons": (CSV.replace(",", ";"), ("lines.csv", "csv_not_comma", 1, 1)),
    "tabs": (CSV.replace(",", "\t"), ("lines.csv", "csv_not_comma", 1, 1)),
    "more cells than heads": ("sku,quantity\nA-BASE,1,2\n", ("lines.csv", "too_many_cells", 2, 3)),
    "a head twice": ("sku,sku\nA-BASE,A-REP\n", ("lines.csv", "duplicate_key", 1, 2)),
    "GBK": ("sku,note\nA-BASE,苏州\n".encode("gbk"), ("lines.csv", "not_utf8", 2, 8)),
    "UTF-16": (CSV.encode("utf-16"), ("lines.csv", "not_utf8", 1, 1)),
    "NUL": ("sku,note\nA-BASE,a\0b\n", ("lines.csv", "forbidden_character", 2, 9)),
    "one huge cell": ("sku,note\nA-BASE," + "x" * 200_000 + "\n", ("lines.csv", "csv_syntax", 2, 1)),
    "a list in a cell": ("sku,ramp\nA-CLOUD,[1]\n", ("lines.csv", "not_a_list", 2, 2)),
}


@pytest.mark.parametrize(("data", "expected"), CSV_REFUSED.values(), ids=CSV_REFUSED)
def test_a_broken_csv_is_refused_in_its_place(
    house: Path, data: str | bytes, expected: tuple[str, str, int, int]
) -> None:
    problems = _with_csv(house, data)
    if expected[1] == "csv_syntax":  # where the reader noticed is near enough: the row's line
        assert expected[:2] in {said[:2] for said in _said(problems)}
    else:
        assert expected in _said(problems)
    assert all(all(describe(p)) for p in problems)


CSV_WRONG = [
    pytest.param(
        "sku,quantity,discount\nA-BASE,1,12\n",
        [("lines.csv", "rate_without_percent", 2, 3)],
        id="discount",
    ),
    pytest.param(
        "sku,,quantity\nA-BASE,lost,2\n",
        [("lines.csv", "cell_without_head", 2, 2)],
        id="cells without a head",
    ),
    pytest.param(
        "custom.en,custom,price,tax\nlost,kept,5,goods\n",
        [("lines.csv", "head_of_head", 1, 2)],
        id="text beside its own language",
    ),
    pytest.param(
        "sku,qty\nA-BASE,2\nA-REP,2\nA-SHOP,2\n",
        [("lines.csv", "unknown_key", 1, 2)],
        id="misspelt head",
    ),
    pytest.param(
        CSV.replace(",", ";"),
        [("lines.csv", "csv_not_comma", 1, 1)],
        id="semicolons",
    ),
    pytest.param(
        "\n" + CSV,
        [],
        id="empty first line",
    ),
    pytest.param(
        b"\xff\xfe",
        [("lines.csv", "not_utf8", 1, 1)],
        id="no lines",
    ),
]


@pytest.mark.parametrize(("data", "expected"), CSV_WRONG)
def test_a_mistake_in_a_csv_is_one_problem_where_it_is(
    house: Path, data: str | bytes, expected: list[tuple[str, str, int, int]]
) -> None:
    assert _said(_with_csv(house, data)) == expected


def test_a_csv_that_is_a_symlink_out_of_the_folder_is_refused(
    house: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "secret.csv"
    outside.write_text("sku,password-of-the-house\nA-BASE,x\n", "utf-8")
    house.write_text(HEAD + "lines: lines.csv\n", "utf-8")
    (house.parent / "lines.csv").symlink_to(outside)
    assert not any("password" in " ".join(describe(p)) for p in _check(house))
