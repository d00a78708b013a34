"""docgen templates redline: a lawyer changes a template under git and sees what it does to the sample papers."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from docgen.wordfile import Paragraph, WordFile, accepted, read_word, rejected
from tests.conftest import ROOT, need
from tests.safety.house import call


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A workspace of its own, one sample in it, committed to git."""
    need("git")
    (tmp_path / "templates").mkdir()
    for name in ("_house", "quote", "evaluation-plan", "partner-quote"):
        shutil.copytree(ROOT / "templates" / name, tmp_path / "templates" / name)
    shutil.copytree(ROOT / "price_lists", tmp_path / "price_lists")
    shutil.copytree(ROOT / "samples" / "ten-lines", tmp_path / "samples" / "ten-lines")
    for name in ("sellers.yaml", "approvals.yaml"):
        shutil.copy(ROOT / name, tmp_path / name)
    commit(tmp_path, "first")
    return tmp_path


def git(folder: Path, *arguments: str) -> None:
    own = ("-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", str(folder), *own, *arguments], check=True, capture_output=True)


def commit(folder: Path, message: str) -> None:
    if not (folder / ".git").exists():
        git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", message)


def change(folder: Path, old: str, new: str, name: str = "templates/quote/quote.zh-CN.md") -> None:
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new), "utf-8")


def words(data: bytes) -> tuple[str, str]:
    """What a file says before and after its changes."""
    found = read_word(data, "paper.docx")
    assert isinstance(found, WordFile)
    before = (b.text_before for b in rejected(found.blocks) if isinstance(b, Paragraph))
    after = (b.text for b in accepted(found.blocks) if isinstance(b, Paragraph))
    return "\n".join(before), "\n".join(after)


def test_a_changed_template_gives_a_redline_and_names_what_stayed(house: Path) -> None:
    change(house, "需方签署即接受上列内容", "需方盖章即接受上列全部内容")
    done = call("templates", "redline", "--from", "HEAD", cwd=house)
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 paper changed" in done.stdout
    assert "out/D-2026-0150-quote-redline.docx" in done.stdout
    assert "unchanged: D-2026-0150-evaluation-plan" in done.stdout
    before, after = words((house / "out" / "D-2026-0150-quote-redline.docx").read_bytes())
    assert ("需方签署即接受上列内容" in before, "盖章" in before) == (True, False)
    assert ("需方盖章即接受上列全部内容" in after, "签署即" in after) == (True, False)


def test_nothing_changed_writes_nothing(house: Path) -> None:
    done = call("templates", "redline", "--from", "HEAD", cwd=house)
    assert (done.returncode, "no paper changed" in done.stdout, (house / "out").exists()) == (0, True, False)


def test_other_prices_and_other_deals_are_seen_too_and_older_revisions_can_be_named(house: Path) -> None:
    change(house, "quantity: 15", "quantity: 18", "samples/ten-lines/deal.yaml")
    commit(house, "second")
    change(house, "签署确认", "签署与确认")
    assert "1 paper changed" in call("templates", "redline", "--from", "HEAD", cwd=house).stdout
    done = call("templates", "redline", "--from", "HEAD~1", "--document", "quote", "--out", "r", cwd=house)
    assert done.returncode == 0
    found = read_word((house / "r" / "D-2026-0150-quote-redline.docx").read_bytes(), "x")
    assert isinstance(found, WordFile)
    assert "18 人天" in "\n".join(block.text for block in accepted(found.blocks))


def test_a_sample_and_a_document_that_are_new_are_told_and_not_redlined(house: Path) -> None:
    shutil.copytree(ROOT / "samples" / "huarui-erp", house / "samples" / "new-one")
    shutil.copytree(ROOT / "templates" / "initial-solution", house / "templates" / "initial-solution")
    done = call("templates", "redline", "--from", "HEAD", cwd=house)
    assert done.returncode == 0
    assert "new, not there then: D-2026-0117-evaluation-plan" in done.stdout
    assert "D-2026-0150-initial-solution" in done.stdout


def test_a_template_that_is_broken_now_is_an_error_and_one_that_was_broken_then_is_told(house: Path) -> None:
    change(house, "{{ valid_until }}", "{{ valid_untill }}")
    done = call("templates", "redline", "--from", "HEAD", cwd=house)
    assert (done.returncode, "cannot be made: D-2026-0150-quote" in done.stdout) == (1, True)
    assert "templates/quote/quote.zh-CN.md:" in done.stderr
    commit(house, "broken")
    change(house, "{{ valid_untill }}", "{{ valid_until }}")
    done = call("templates", "redline", "--from", "HEAD", cwd=house)
    assert (done.returncode, "could not be made then" in done.stdout) == (0, True)


def test_the_working_tree_and_the_history_stay_as_they_are(house: Path) -> None:
    change(house, "签署确认", "签署与确认")

    def state() -> str:
        command = ["git", "-C", str(house), "status", "--porcelain", "--branch"]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    before = state()
    call("templates", "redline", "--from", "HEAD", "--out", str(house.parent / "elsewhere"), cwd=house)
    assert state() == before


@pytest.mark.parametrize("name", ["nowhere", "--output=x", "HEAD:templates"])
def test_a_revision_git_does_not_know_is_refused(house: Path, name: str) -> None:
    done = call("templates", "redline", f"--from={name}", cwd=house)
    assert (done.returncode, f"git knows no revision {name} here" in done.stderr) == (1, True)


def test_a_machine_without_git_is_told(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(house))
    done = call("templates", "redline", "--from", "HEAD", cwd=house)
    assert (done.returncode, "git is not on this machine" in done.stderr) == (1, True)


def test_a_workspace_outside_git_is_told(house: Path) -> None:
    outside = house.parent / f"{house.name}-outside"
    outside.mkdir()
    (outside / "sellers.yaml").write_text("sellers: {main: {name: X}}\n")
    done = call("--workspace", str(outside), "templates", "redline", "--from", "HEAD", cwd=outside)
    assert (done.returncode, "lies in no git repository" in done.stderr) == (1, True)


def test_a_document_or_a_deal_that_does_not_belong_here_is_refused(house: Path) -> None:
    done = call("templates", "redline", "--from", "HEAD", "--document", "quotes", cwd=house)
    assert (done.returncode, "quotes" in done.stderr) == (1, True)
    elsewhere = ROOT / "samples" / "ten-lines" / "deal.yaml"
    done = call("--workspace", str(house), "templates", "redline", str(elsewhere), "--from", "HEAD", cwd=house)
    assert (done.returncode, "lies outside the workspace" in done.stderr) == (1, True)


def test_the_same_day_gives_the_same_bytes(house: Path) -> None:
    change(house, "签署确认", "签署与确认")
    for name in ("a", "b"):
        call("templates", "redline", "--from", "HEAD", "--out", name, cwd=house)
    one, other = ((house / name / "D-2026-0150-quote-redline.docx").read_bytes() for name in ("a", "b"))
    assert one == other
