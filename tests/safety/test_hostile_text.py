"""Text from data is never markup, template code, path or formula: it comes out literally or is refused in its place."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from lxml import etree, html

import docgen.render.text
from docgen.locales.problems import describe
from docgen.problems import Problem
from docgen.source.text_file import has_forbidden
from tests.safety.hostile import HOSTILE, LONE_SURROGATE
from tests.safety.house import W, catalog, deal, furnish, papers, sellers, word_paragraphs, word_parts

STRUCTURE = {
    f"{W}{tag}" for tag in ("p", "tbl", "tr", "tc", "hyperlink", "instrText", "fldSimple", "drawing", "sectPr")
}
ONE_LINE = {"title", "prepared_by.name", "prepared_by.title", "contact.name", "contact.title"}
"""Shown where only a line has room: a line feed becomes a space."""


class _Told:
    """Gives every field the hostile text and a number of its own, so that each can be found again."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.fields: list[str] = []

    def __call__(self, field: str) -> str:
        if field not in self.fields:
            self.fields.append(field)
        return f"{self.text}~{self.fields.index(field):02}~"

    def expected(self) -> list[tuple[str, str]]:
        return [(field, self(field).strip()) for field in self.fields]


def _house(folder: Path, text: str) -> tuple[Path, _Told]:
    say = _Told(text)
    return furnish(folder, deal(say), price_list=catalog(say), profiles=sellers(say)), say


def _id(text: str) -> str:
    return ascii(text)[1:31]


def _shown(field: str, words: str) -> str:
    return words.replace("\n", " ") if field in ONE_LINE else words


def _packed(text: str) -> str:
    """Without white space: lines wrap where they must."""
    return re.sub(r"\s+", "", text)


def _pdf_text(data: bytes) -> str:
    """The words above the foot of the pages, running heads among them."""
    box = ["-x", "0", "-y", "0", "-W", "612", "-H", "805", "-raw", "-nopgbrk"]
    return subprocess.run(["pdftotext", *box, "-", "-"], input=data, capture_output=True, check=True).stdout.decode()


def _structure(docx: bytes) -> Counter[str]:
    parts = word_parts(docx)
    return Counter(
        str(node.tag)
        for name, part in parts.items()
        if name.startswith("word/") and name.endswith(".xml")
        for node in etree.fromstring(part).iter()
        if node.tag in STRUCTURE
    )


@pytest.fixture(autouse=True)
def _unwrapped_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """Plain text so wide that nothing wraps and every cell stands whole on its line."""
    monkeypatch.setattr(docgen.render.text, "WIDTH", 20_000)


@pytest.fixture(scope="module")
def plain_structure(tmp_path_factory: pytest.TempPathFactory) -> Counter[str]:
    path, _ = _house(tmp_path_factory.mktemp("plain"), "plain")
    return _structure(papers(path, ("docx",))[0]["docx"])


@pytest.fixture(scope="module")
def plain_page(tmp_path_factory: pytest.TempPathFactory) -> Counter[str]:
    path, _ = _house(tmp_path_factory.mktemp("page"), "plain")
    return _elements(html.document_fromstring(papers(path, ("html",))[0]["html"].decode()))


def _elements(page: Any) -> Counter[str]:
    """Elements with the names of their attributes; a break may stand for a line feed."""
    return Counter(
        f"{node.tag} {sorted(node.attrib)}" for node in page.iter() if isinstance(node.tag, str) and node.tag != "br"
    )


@pytest.mark.parametrize("text", HOSTILE, ids=_id)
def test_hostile_text_in_every_field_comes_out_literally_in_word_and_text_or_is_refused_with_its_place(
    tmp_path: Path, text: str, plain_structure: Counter[str]
) -> None:
    path, say = _house(tmp_path, text)
    files, problems = papers(path, ("docx", "txt"))
    if problems:
        _is_refused_in_its_place(problems, text)
        return
    paragraphs = "\0".join(word_paragraphs(files["docx"]))
    said = _packed(files["txt"].decode())
    lost = [f for f, words in say.expected() if _shown(f, words) not in paragraphs]
    assert lost == [], "altered or lost in Word"
    lost = [f for f, words in say.expected() for line in words.split("\n") if _packed(line) not in said]
    assert lost == [], "altered or lost in text"
    assert _structure(files["docx"]) == plain_structure, "text became structure in Word"
    for name, part in word_parts(files["docx"]).items():
        assert b'TargetMode="External"' not in part, f"a link out of the paper in {name}"


@pytest.mark.parametrize("text", HOSTILE, ids=_id)
def test_hostile_text_in_every_field_comes_out_literally_in_a_web_page_and_in_json(
    tmp_path: Path, text: str, plain_page: Counter[str]
) -> None:
    path, say = _house(tmp_path, text)
    files, problems = papers(path, ("html", "json"))
    if problems:
        _is_refused_in_its_place(problems, text)
        return
    page = html.document_fromstring(files["html"].decode())
    said = _packed(page.text_content())
    assert [f for f, words in say.expected() if _packed(words) not in said] == [], "altered or lost in the page"
    assert _elements(page) - plain_page == Counter(), "text became an element of the page"
    copy = json.loads(files["json"])
    assert copy["customer"]["name"] == say("customer.name").strip()
    assert copy["title"] == say("title").strip()
    assert copy["terms"]["delivery"] == say("terms.delivery").strip()


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not there")
@pytest.mark.parametrize("text", HOSTILE, ids=_id)
def test_hostile_text_in_every_field_comes_out_literally_in_pdf_or_is_refused_with_its_place(
    tmp_path: Path, text: str
) -> None:
    path, say = _house(tmp_path, text)
    files, problems = papers(path, ("pdf",))
    if problems:
        _is_refused_in_its_place([p for p in problems if p.place is not None], text)
        return
    head = _packed(f"Quotation D-1-1 {say('customer.name')}")
    shown = _packed(_pdf_text(files["pdf"])).replace(head, "")
    lost = [field for field, words in say.expected() if _packed(words) not in shown]
    assert lost == []
    with pikepdf.open(io.BytesIO(files["pdf"])) as pdf:
        assert "/JavaScript" not in str(pdf.Root.get("/Names", ""))
        assert "/OpenAction" not in pdf.Root
        assert not [note for page in pdf.pages for note in page.get("/Annots", [])], "text became a link"
        (attached,) = pdf.attachments.values()
        copy = json.loads(attached.get_file().read_bytes())
    assert copy["customer"]["name"] == say("customer.name").strip()
    assert copy["title"] == say("title").strip()


def _is_refused_in_its_place(problems: list[Problem], text: str) -> None:
    """Every problem is about a character of the text, and stands where that character is."""
    assert problems
    about = [p for p in problems if p.code in ("forbidden_character", "missing_glyph")]
    assert about, [describe(p) for p in problems]
    for found in about:
        message, hint = describe(found)
        assert found.place is not None, message
        assert found.place.line > 1 or found.place.column > 1
        assert hint
        assert any(f"U+{ord(c):04X}" in message for c in text), message


@pytest.mark.parametrize("text", [t for t in HOSTILE if has_forbidden(t)], ids=_id)
def test_a_control_or_invisible_character_is_refused_even_without_a_pdf(tmp_path: Path, text: str) -> None:
    path, _ = _house(tmp_path, text)
    files, problems = papers(path, ("docx", "txt"))
    assert files == {}
    assert "forbidden_character" in {p.code for p in problems}


@pytest.mark.parametrize("text", [t for t in HOSTILE if has_forbidden(t)], ids=_id)
def test_a_control_or_invisible_character_written_as_an_escape_is_refused(tmp_path: Path, text: str) -> None:
    made = deal()
    made["customer"]["name"] = "@@"
    escaped = "".join(f"\\U{ord(c):08X}" for c in text)
    path = furnish(tmp_path, json.dumps(made).replace("@@", escaped))
    files, problems = papers(path, ("txt",))
    assert files == {}
    assert [(p.code, p.place.line if p.place else 0) for p in problems] == [("forbidden_character", 1)]


@pytest.mark.parametrize("escape", ["\\N", "\\x85", "\\u0085"])
def test_the_next_line_control_is_refused_where_it_comes_from_an_escape(tmp_path: Path, escape: str) -> None:
    made = deal()
    made["customer"]["name"] = "one@@two"
    path = furnish(tmp_path, json.dumps(made).replace("@@", escape))
    files, problems = papers(path, ("docx", "txt"))
    assert files == {}
    assert [p.code for p in problems] == ["forbidden_character"]


@pytest.mark.parametrize("escape", ["\\0", "\\e", "\\u202e"])
def test_a_control_character_in_a_key_is_refused_and_never_printed(tmp_path: Path, escape: str) -> None:
    path = furnish(tmp_path, json.dumps(deal())[:-1] + f', "ti{escape}tle2": "x"}}')
    _, problems = papers(path, ("txt",))
    assert problems
    for found in problems:
        assert not any(unicodedata.category(c) in ("Cc", "Cf") for c in "".join(describe(found)))


def test_a_lone_surrogate_is_refused_as_bytes_and_as_an_escape(tmp_path: Path) -> None:
    made = json.dumps(deal() | {"title": "@@"})
    for number, broken in enumerate((made.replace("@@", "\\ud800"), made.replace("@@", LONE_SURROGATE))):
        folder = tmp_path / str(number)
        folder.mkdir()
        path = furnish(folder, broken.encode("utf-8", "surrogatepass"))
        files, problems = papers(path, ("txt",))
        assert files == {}
        first = next(p for p in problems if p.code in ("forbidden_character", "not_utf8", "yaml_syntax"))
        assert first.place is not None
        assert (first.place.line, first.place.column > 10) == (1, True)


def _fields() -> list[str]:
    say = _Told("")
    deal(say), catalog(say), sellers(say)
    return say.fields


@pytest.mark.parametrize("field", _fields())
def test_two_lines_in_a_field_make_every_format(tmp_path: Path, field: str) -> None:
    def say(name: str) -> str:
        return "first\nsecond" if name == field else name

    path = furnish(tmp_path, deal(say), price_list=catalog(say), profiles=sellers(say))
    files, problems = papers(path, ("docx", "pdf", "txt"))
    assert problems == []
    assert _shown(field, "first\nsecond") in "\0".join(word_paragraphs(files["docx"]))


# ---- characters no font has -----------------------------------------------------------------------------------------
def _rare(field: str) -> Any:
    return lambda name: "Ω𠮷" if name == field else name


@pytest.mark.parametrize("field", _fields())
def test_a_character_without_glyph_is_named_with_the_place_it_comes_from(tmp_path: Path, field: str) -> None:
    say = _rare(field)
    path = furnish(tmp_path, deal(say), price_list=catalog(say), profiles=sellers(say))
    files, problems = papers(path, ("pdf",))
    assert files == {}
    assert {p.code for p in problems} == {"missing_glyph"}
    for found in problems:
        assert found.place is not None
        written = Path(found.place.file).read_text("utf-8").splitlines()[found.place.line - 1]
        assert written[found.place.column - 1 :].startswith('"Ω𠮷'), written
        assert "𠮷 (U+20BB7" in describe(found)[0]


def test_one_missing_glyph_is_one_problem(tmp_path: Path) -> None:
    path = furnish(tmp_path, deal(_rare("customer.name")))
    assert len(papers(path, ("pdf",))[1]) == 1


def test_word_and_text_may_hold_what_the_pdf_font_lacks(tmp_path: Path) -> None:
    path = furnish(tmp_path, deal(_rare("customer.name")))
    files, problems = papers(path, ("docx", "txt"))
    assert problems == []
    assert "Ω𠮷" in word_paragraphs(files["docx"])
    assert "Ω𠮷" in files["txt"].decode()
