"""When all have agreed, papers lose their DRAFT mark and say so in their properties; nothing of who and why leaves."""

from __future__ import annotations

import hashlib
import io
import re
from pathlib import Path

import docx
import pikepdf
import pytest

from tests.approvals.stories import Stage, Story, _files
from tests.safety.house import word_paragraphs, word_parts

RULES = [{"rule": "deep-secret", "when": "discount > 20%", "approver": "finance", "because": "marked reason"}]
FORMATS = ("docx", "pdf", "txt", "html", "json")


@pytest.fixture(scope="module")
def drafted_and_approved(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """The same quotation before and after the yes, in every format."""
    stage = Stage(Story("", "", "", _files({"rules": RULES}), ()), tmp_path_factory.mktemp("papers"))
    draft = _papers(stage, "draft")
    given = stage.docgen(
        "approve", "deal.yaml", "--as", "finance", "--by", "Marked Approver", "--comment", "marked comment"
    )
    assert given.returncode == 0
    return draft, _papers(stage, "final", "--final")


def _papers(stage: Stage, out: str, *more: str) -> dict[str, bytes]:
    done = stage.docgen("quote", "deal.yaml", "--format", ",".join(FORMATS), "--out", out, *more)
    assert done.returncode == 0, done.stderr
    return {form: (stage.folder / out / f"D-1-quote.{form}").read_bytes() for form in FORMATS}


def _properties(papers: dict[str, bytes]) -> dict[str, str]:
    custom = word_parts(papers["docx"])["docProps/custom.xml"].decode()
    return dict(re.findall(r'name="([^"]+)"[^>]*>\s*<vt:\w+>([^<]*)<', custom))


def test_the_mark_is_on_every_draft_and_on_no_approved_paper(
    drafted_and_approved: tuple[dict[str, bytes], dict[str, bytes]],
) -> None:
    draft, approved = drafted_and_approved
    for form in ("txt", "html"):
        assert b"DRAFT" in draft[form]
        assert b"DRAFT" not in approved[form]
    in_word = lambda papers: " ".join(word_paragraphs(papers["docx"])) + str(word_parts(papers["docx"]))  # noqa: E731
    assert "DRAFT" in in_word(draft)
    assert "DRAFT" not in in_word(approved)
    with pikepdf.open(io.BytesIO(draft["pdf"])) as before, pikepdf.open(io.BytesIO(approved["pdf"])) as after:
        assert str(before.docinfo["/docgen.state"]) == "draft"
        assert str(after.docinfo["/docgen.state"]) == "approved"


def test_word_and_pdf_carry_state_and_content_hash(
    drafted_and_approved: tuple[dict[str, bytes], dict[str, bytes]],
) -> None:
    draft, approved = drafted_and_approved
    assert _properties(draft)["docgen.state"] == "draft"
    assert _properties(approved)["docgen.state"] == "approved"
    expected = f"sha256:{hashlib.sha256(approved['json']).hexdigest()}"
    assert _properties(approved)["docgen.content"] == expected
    with pikepdf.open(io.BytesIO(approved["pdf"])) as pdf:
        assert str(pdf.docinfo["/docgen.content"]) == expected
    assert _properties(draft)["docgen.content"] == expected, "what the customer gets is the same; only the mark went"


def test_the_word_file_opens_in_a_reader_of_another_house(
    drafted_and_approved: tuple[dict[str, bytes], dict[str, bytes]],
) -> None:
    _, approved = drafted_and_approved
    assert docx.Document(io.BytesIO(approved["docx"])).core_properties.title


@pytest.mark.parametrize("marked", ["deep-secret", "marked reason", "Marked Approver", "marked comment", "finance"])
def test_nothing_of_who_agreed_and_why_is_in_a_paper(
    drafted_and_approved: tuple[dict[str, bytes], dict[str, bytes]], marked: str
) -> None:
    for papers in drafted_and_approved:
        parts = {**papers, **word_parts(papers["docx"])}
        with pikepdf.open(io.BytesIO(papers["pdf"])) as pdf:
            parts |= {str(number): obj.read_bytes() for number, obj in enumerate(pdf.objects) if _is_stream(obj)}
            parts["docinfo"] = str(pdf.docinfo).encode()
        assert not [name for name, data in parts.items() if marked.encode() in data]


def _is_stream(found: object) -> bool:
    return isinstance(found, pikepdf.Stream) and "/DCTDecode" not in str(found.get("/Filter", ""))


def test_a_deal_that_needs_nobody_is_clear_not_approved(tmp_path: Path) -> None:
    stage = Stage(Story("", "", "", _files({}), ()), tmp_path)
    assert _properties(_papers(stage, "out"))["docgen.state"] == "clear"


def test_an_approved_paper_does_not_say_who_agreed_when(tmp_path: Path) -> None:
    """The same bytes whoever agreed, and whenever."""
    made = []
    for number, by in enumerate(("Ann", "Bob")):
        stage = Stage(Story("", "", "", _files({"rules": RULES}), ()), tmp_path / str(number))
        stage.docgen("approve", "deal.yaml", "--as", "finance", "--by", by)
        made.append(_papers(stage, "out"))
    assert made[0] == made[1]
