"""docgen diff DEAL returned.docx: the quotation of a sample comes back with other words in it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import SAMPLES, need
from tests.safety.house import call
from tests.wordfile.papers import dele, ins, through_libreoffice, zipped

DEAL = SAMPLES / "ten-lines" / "deal.yaml"
Change = Callable[[str], str]


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    shutil.copy(DEAL, tmp_path / "deal.yaml")
    assert call("quote", "deal.yaml", "--format", "docx", cwd=tmp_path).returncode == 0
    return next((tmp_path / "out").glob("*-quote.docx"))


def returned(sent: Path, change: Change) -> str:
    """The file as it came back, its text changed."""
    import zipfile

    with zipfile.ZipFile(sent) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    body = files["word/document.xml"].decode()
    changed = change(body)
    assert changed != body
    files["word/document.xml"] = changed.encode()
    (sent.parent.parent / "returned.docx").write_bytes(zipped(files))
    return "returned.docx"


def test_a_paper_that_came_back_as_it_was_sent_has_nothing_to_tell(sent: Path) -> None:
    done = call("diff", "deal.yaml", str(sent), cwd=sent.parent.parent)
    assert (done.returncode, "nothing was changed" in done.stdout, done.stderr) == (0, True, "")


@pytest.mark.parametrize("command", [("diff", "deal.yaml"), ("templates", "import")])
def test_a_word_file_that_is_not_there_is_told_without_a_word_of_new_deals(
    command: tuple[str, ...], tmp_path: Path
) -> None:
    shutil.copy(DEAL, tmp_path / "deal.yaml")
    done = call(*command, "nothing.docx", cwd=tmp_path)
    assert done.returncode == 1 and "there is no file nothing.docx" in done.stderr
    assert "check its name and the folder it lies in" in done.stderr and "docgen new" not in done.stderr
    assert "docgen new" in call("check", "nothing.yaml", cwd=tmp_path).stderr


def test_a_paper_saved_by_libreoffice_has_nothing_to_tell(sent: Path, tmp_path: Path) -> None:
    need("soffice")
    saved = tmp_path / "saved.docx"
    saved.write_bytes(through_libreoffice(sent.read_bytes(), tmp_path))
    done = call("diff", "deal.yaml", str(saved), cwd=tmp_path)
    assert (done.returncode, "nothing was changed" in done.stdout, done.stderr) == (0, True, "")


def test_silent_and_tracked_changes_are_told_with_their_words(sent: Path) -> None:
    def change(body: str) -> str:
        tracked = "</w:t></w:r>" + dele("签署") + ins("盖章") + '<w:r><w:t xml:space="preserve">'
        return body.replace("30%", "20%").replace("需方签署即", f"需方{tracked}即")

    done = call("diff", "deal.yaml", returned(sent, change), cwd=sent.parent.parent)
    assert done.returncode == 0
    assert "[−30%−]{+20%+}" in done.stdout
    assert "NOT TRACKED" in done.stdout
    assert "tracked, Customer lawyer (invented) 2026-12-01" in done.stdout
    assert "[−签署−]{+盖章+}" in done.stdout


def test_the_answer_for_programs_says_the_same(sent: Path) -> None:
    name = returned(sent, lambda body: body.replace("30%", "20%"))
    done = call("diff", "deal.yaml", name, "--format", "json", cwd=sent.parent.parent)
    told = json.loads(done.stdout)
    assert (told["unchanged"], told["silent"]) == (False, 1)
    assert [(each["kind"], each["figures"][0]["new"]) for each in told["findings"]] == [("cell", "20%")]


def test_two_word_files_are_compared_without_a_deal(sent: Path) -> None:
    name = returned(sent, lambda body: body.replace("30%", "20%"))
    done = call("diff", str(sent), name, cwd=sent.parent.parent)
    assert (done.returncode, "1 change, 1 of them not tracked" in done.stdout) == (0, True)


def test_a_paper_of_another_deal_or_another_day_is_said_to_be_one(sent: Path) -> None:
    folder = sent.parent.parent
    text = (folder / "deal.yaml").read_text("utf-8")
    (folder / "deal.yaml").write_text(text.replace("quantity: 10", "quantity: 12"), "utf-8")
    assert "changed since" in call("diff", "deal.yaml", str(sent), cwd=folder).stderr
    number = text.split("deal: ", 1)[1].split("\n", 1)[0]
    (folder / "deal.yaml").write_text(text.replace(number, "D-9999-0001"), "utf-8")
    assert f"is a paper of {number}, not of D-9999-0001" in call("diff", "deal.yaml", str(sent), cwd=folder).stderr


def test_what_is_no_word_file_is_refused_with_the_way_out(sent: Path) -> None:
    folder = sent.parent.parent
    (folder / "no.docx").write_bytes(b"%PDF-1.7")
    done = call("diff", "deal.yaml", "no.docx", cwd=folder)
    assert (done.returncode, "no.docx is not a Word file" in done.stderr) == (1, True)
    assert call("diff", "deal.yaml", "absent.docx", cwd=folder).returncode == 1
    (folder / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    assert "save it as .docx" in call("diff", "deal.yaml", "old.doc", cwd=folder).stderr


def test_a_word_file_without_a_stamp_must_be_named(sent: Path) -> None:
    from tests.wordfile.papers import contract

    folder = sent.parent.parent
    (folder / "plain.docx").write_bytes(contract())
    done = call("diff", "deal.yaml", "plain.docx", cwd=folder)
    assert (done.returncode, "does not say which document it is" in done.stderr) == (1, True)
    assert call("diff", "deal.yaml", "plain.docx", "--document", "quote", cwd=folder).returncode == 0
