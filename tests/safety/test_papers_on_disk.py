"""Papers are written whole or not at all, with names that are safe, and never over somebody's own work."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from docgen.source import output
from docgen.source.output import RECORD, write_file, write_papers
from tests.safety.house import deal, furnish, run

OLD = {"a.docx": b"old word", "a.pdf": b"old pdf"}
NEW = {"a.docx": b"new word", "a.pdf": b"new pdf"}


def _kept(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    assert write_papers(folder, OLD) == []
    return folder


# ---- whole or not at all --------------------------------------------------------------------------------------------
@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_disk_that_fills_up_while_any_paper_is_written_leaves_all_old_papers(
    out: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    before, real, calls = _kept(out), os.fsync, [0]

    def full(handle: int) -> None:
        calls[0] += 1
        if calls[0] == number:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(handle)

    monkeypatch.setattr(os, "fsync", full)
    (found,) = write_papers(out, NEW)
    assert (found.code, found.params["reason"]) == ("cannot_write", "No space left on device")
    assert _kept(out) == before


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_file_that_cannot_be_put_in_place_leaves_every_paper_whole(
    out: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    real, calls = Path.replace, [0]

    def refuse(self: Path, target: Path) -> Path:
        calls[0] += 1
        if calls[0] == number:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return real(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    (found,) = write_papers(out, NEW)
    assert found.code == "cannot_write"
    after = _kept(out)
    assert set(after) == {*NEW, RECORD}, "no temporary file stays"
    assert all(after[name] in (OLD[name], NEW[name]) for name in NEW), "no torn file"


def test_after_a_failure_half_way_the_same_command_works_again(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, calls = Path.replace, [0]

    def refuse(self: Path, target: Path) -> Path:
        calls[0] += 1
        if calls[0] == 2:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return real(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", refuse)
        assert write_papers(out, NEW) != []
    assert write_papers(out, NEW) == []


def test_an_interrupt_while_writing_leaves_all_old_papers(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = _kept(out)

    def interrupt(handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_papers(out, NEW)
    assert _kept(out) == before


def test_a_single_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "deal.yaml"
    path.write_bytes(b"old")
    monkeypatch.setattr(output, "_beside", _broken)
    with pytest.raises(OSError):
        write_file(path, b"new")
    assert path.read_bytes() == b"old"


def _broken(folder: Path, data: bytes, begun: str) -> Path:
    raise OSError(errno.ENOSPC, "full")


@pytest.mark.parametrize("mask", [0o022, 0o077, 0o002])
def test_papers_have_the_rights_the_persons_umask_gives(tmp_path: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        assert write_papers(tmp_path / "out", NEW) == []
    finally:
        os.umask(before)
    for path in (tmp_path / "out").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~mask


# ---- somebody's own work --------------------------------------------------------------------------------------------
def test_an_edited_paper_stays_and_none_of_the_others_is_replaced(out: Path) -> None:
    (out / "a.docx").write_bytes(b"edited by hand")
    before = _kept(out)
    (found,) = write_papers(out, NEW)
    assert found.code == "edited_since"
    assert _kept(out) == before
    assert write_papers(out, NEW, force=True) == []
    assert {name: data for name, data in _kept(out).items() if name != RECORD} == NEW


def test_a_file_docgen_never_wrote_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"somebody's")
    assert [p.code for p in write_papers(tmp_path, NEW)] == ["edited_since"]
    assert _kept(tmp_path) == {"a.docx": b"somebody's"}


@pytest.mark.parametrize("record", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"a.docx": 1}'])
def test_a_damaged_record_never_costs_a_paper(out: Path, record: bytes) -> None:
    (out / RECORD).write_bytes(record)
    assert {p.code for p in write_papers(out, NEW)} == {"edited_since"}
    assert {name: _kept(out)[name] for name in OLD} == OLD


def test_a_paper_that_is_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.docx").mkdir()
    assert write_papers(tmp_path, NEW) != []
    assert write_papers(tmp_path, NEW, force=True) != []
    assert (tmp_path / "a.docx").is_dir()
    assert {path.name for path in tmp_path.iterdir()} <= {"a.docx", "a.pdf", RECORD}


def test_a_paper_that_is_a_symlink_is_replaced_itself_and_not_what_it_points_to(out: Path) -> None:
    outside = out.parent / "outside.docx"
    outside.write_bytes(b"keep")
    (out / "a.docx").unlink()
    (out / "a.docx").symlink_to(outside)
    assert write_papers(out, NEW, force=True) == []
    assert outside.read_bytes() == b"keep"


# ---- through the command line ---------------------------------------------------------------------------------------
def _quote(folder: Path, the_deal: Mapping[str, Any], *more: object) -> Any:
    path = furnish(folder, the_deal)
    return run("quote", path.name, "--format", "txt", *more, cwd=folder)


@pytest.mark.parametrize(
    "number",
    [
        "../x",
        "..",
        ".",
        "a/b",
        "a\\b",
        "-rf",
        ".hidden",
        "a..b",
        "a b",
        "a:b",
        "a*",
        "a?",
        "x.",
        "|",
        "a\tb",
        "a\u202eb",
        "CON",
        "nul",
    ],
)
def test_a_deal_number_that_no_file_should_bear_is_refused(tmp_path: Path, number: str) -> None:
    from docgen.pipeline import check
    from docgen.reading import Workspace
    from tests.safety.house import TODAY

    path = furnish(tmp_path, deal() | {"deal": number})
    codes = {p.code for p in check(path, Workspace.for_deal(path), TODAY, "quote")}
    assert codes & {"not_a_deal_number", "forbidden_character", "empty_text"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_said_to_be_so(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir(mode=0o555)
    done = _quote(tmp_path, deal())
    assert done.returncode == 1
    assert "cannot be written" in done.stderr


def test_an_out_folder_below_a_file_is_said_to_be_unwritable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    done = _quote(tmp_path, deal(), "--out", "file/out")
    assert done.returncode == 1
    assert done.stdout == ""
    assert "file/out:1:1: error: file/out cannot be written: Not a directory" in done.stderr
    assert "--out" in done.stderr


def test_a_full_disk_is_one_message(tmp_path: Path) -> None:
    done = _quote(tmp_path, deal(), "--out", "/dev/full/out")
    assert done.returncode == 1
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


def test_an_edited_paper_is_kept_until_force(tmp_path: Path) -> None:
    assert _quote(tmp_path, deal()).returncode == 0
    paper = tmp_path / "out" / "D-1-quote.txt"
    paper.write_text("mine")
    done = _quote(tmp_path, deal())
    assert done.returncode == 1
    assert done.stdout == ""
    assert "--force" in done.stderr
    assert paper.read_text() == "mine"
    assert _quote(tmp_path, deal(), "--force").returncode == 0
    assert paper.read_text() != "mine"
