"""rebuild proves that a paper comes out the same; verify says whether it still says what its deal says."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from docx import Document

from tests.batch.house import furnish_many, numbered, papers, write
from tests.conftest import ROOT, SAMPLES, need
from tests.safety.house import call, run

FORMATS = ("docx", "pdf", "html", "txt", "json")


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """One deal and its quotation in every format."""
    house = furnish_many(tmp_path, numbered("D-1"), numbered("D-2"))
    assert call("quote", "deals/D-1.yaml", "--format", ",".join(FORMATS), cwd=house).returncode == 0
    return house


def _changed(house: Path, **keys: object) -> None:
    write(house / "deals" / "D-1.yaml", numbered("D-1", **keys))


def _in_word(path: Path, change: Callable[[str], str]) -> None:
    """Edit the body of a Word file as another program would."""
    _in_part(path, "word/document.xml", change)


def _in_part(path: Path, part: str, change: Callable[[str], str]) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            data = before.read(name)
            if name == part:
                text = change(data.decode())
                assert text != data.decode(), "nothing was changed"
                data = text.encode()
            after.writestr(name, data)
    path.write_bytes(packed.getvalue())


# ---- rebuild --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("form", FORMATS)
def test_a_paper_comes_out_the_same_from_the_deal_below_with_its_number(house: Path, form: str) -> None:
    before = {path: path.read_bytes() for path in house.rglob("*") if path.is_file()}
    done = call("rebuild", f"out/D-1-quote.{form}", cwd=house)
    assert done.returncode == 0, done.stderr
    assert f"out/D-1-quote.{form}: comes out the same from deals/D-1.yaml" in done.stdout
    assert re.search("sha256 [0-9a-f]{64}", done.stdout)
    assert {path: path.read_bytes() for path in house.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    "options",
    [
        ("quote", "--language", "zh-CN"),
        ("quote", "--language", "zh-CN,en"),
        ("quote", "--review"),
        ("proposal", "--review", "--language", "zh-CN"),
    ],
)
def test_another_language_and_a_paper_under_review_come_out_the_same(house: Path, options: tuple[str, ...]) -> None:
    made = call(*options, "deals/D-2.yaml", "--format", "docx,pdf,txt", "--out", "made", cwd=house)
    assert made.returncode == 0, made.stderr
    done = call("rebuild", *(f"made/{name}" for name in papers(house / "made")), cwd=house)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("comes out the same") == 3


def test_every_kind_of_paper_comes_out_the_same(tmp_path: Path) -> None:
    for name in ("homebody-crm", "zhilian-resale", "contracts/nda-mutual"):
        shutil.copytree(SAMPLES / name, tmp_path / "samples" / name)
    with (tmp_path / "samples" / "zhilian-resale" / "deal.yaml").open("a", encoding="utf-8") as deal:
        deal.write("\ndocuments: [quote, partner-quote, partner-arrangement]\n")
    formats = "docx,txt,xlsx,json"
    assert call("build", "samples", "--format", formats, cwd=tmp_path).returncode == 0
    made = papers(tmp_path / "out")
    known = {"D-2026-0088-value-model.xlsx", "D-2026-0171-partner-arrangement-internal.txt"}
    assert known | {"D-2026-0216-contract.docx", "D-2026-0088-proposal.txt"} <= set(made)
    done = call("rebuild", *(f"out/{name}" for name in made), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("comes out the same") == len(made)


REASONS: dict[str, tuple[Callable[[Path], None], str]] = {
    "data": (lambda house: _changed(house, title="Another"), "the data of the deal are others"),
    "revision": (lambda house: _changed(house, revision=2), "revision 1 in the paper, 2 now"),
    "words": (
        lambda house: _in_word(house / "out" / "D-1-quote.docx", lambda text: text.replace("D-1-1", "D-1-7")),
        "somebody changed its words",
    ),
    "look": (
        lambda house: _in_word(house / "out" / "D-1-quote.docx", lambda text: text.replace("<w:body>", "<w:body> ")),
        "its words are the same",
    ),
}


@pytest.mark.parametrize("what", REASONS)
def test_a_paper_that_comes_out_different_is_told_with_the_reason(house: Path, what: str) -> None:
    change, reason = REASONS[what]
    change(house)
    done = call("rebuild", "out/D-1-quote.docx", cwd=house)
    assert done.returncode == 1
    assert reason in done.stderr


def test_another_template_is_the_reason(house: Path) -> None:
    shutil.copytree(ROOT / "templates" / "quote", house / "templates" / "quote")
    template = house / "templates" / "quote" / "quote.en.md"
    template.write_text(template.read_text("utf-8").replace("::: part terms", "::: part terms\n\nOurs.\n"), "utf-8")
    done = call("rebuild", "out/D-1-quote.pdf", cwd=house)
    assert done.returncode == 1
    assert "the template's texts are others" in done.stderr


def test_after_the_offer_has_ended_a_paper_comes_out_as_on_its_last_day(house: Path) -> None:
    done = run("--today", "2027-05-01", "rebuild", "out/D-1-quote.docx", "out/D-1-quote.txt", cwd=house)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("as of 2026-12-20, the last day of the offer") == 2


def test_the_deal_must_be_one_and_the_right_one(house: Path) -> None:
    other = call("rebuild", "out/D-1-quote.pdf", "--deal", "deals/D-2.yaml", cwd=house)
    assert (other.returncode, "is of the deal D-1, and deals/D-2.yaml is D-2" in other.stderr) == (1, True)
    write(house / "deals" / "copy.yaml", numbered("D-1"))
    two = call("rebuild", "out/D-1-quote.pdf", cwd=house)
    assert (two.returncode, "both have the number D-1" in two.stderr) == (1, True)
    assert call("rebuild", "out/D-1-quote.pdf", "--deal", "deals/copy.yaml", cwd=house).returncode == 0
    for each in (house / "deals").glob("*.yaml"):
        each.unlink()
    none = call("rebuild", "out/D-1-quote.pdf", cwd=house)
    assert (none.returncode, "there is no deal D-1 below ." in none.stderr) == (1, True)


def test_a_deal_with_errors_is_told(house: Path) -> None:
    _changed(house, date="yesterday")
    done = call("rebuild", "out/D-1-quote.pdf", cwd=house)
    assert done.returncode == 1
    assert "deals/D-1.yaml:" in done.stderr


@pytest.mark.parametrize("name", ["paper.docx", "paper.pdf", "D-1-quote.xlsx", "notes.txt", "quote.md", "nothing.docx"])
@pytest.mark.parametrize("command", ["rebuild", "verify"])
def test_what_is_no_paper_is_said_to_be_none(house: Path, command: str, name: str) -> None:
    if name != "nothing.docx":
        (house / name).write_bytes(b"PK\x03\x04 not a paper \xff")
    done = call(command, name, cwd=house)
    assert done.returncode == 1
    assert done.stderr.startswith(f"{name}:1:1: error: {name} ")


# ---- verify ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("form", FORMATS)
def test_an_untouched_paper_says_what_its_deal_says(house: Path, form: str) -> None:
    done = call("verify", f"out/D-1-quote.{form}", cwd=house)
    assert done.returncode == 0, done.stderr
    assert "says what deals/D-1.yaml says, byte for byte" in done.stdout


@pytest.mark.parametrize("form", FORMATS)
def test_a_changed_deal_is_shown_line_by_line(house: Path, form: str) -> None:
    _changed(house, customer={"name": "Another customer"})
    done = call("verify", f"out/D-1-quote.{form}", cwd=house)
    assert done.returncode == 1
    assert "differ from what deals/D-1.yaml says" in done.stderr
    assert re.search(r"^  − .*customer\.name", done.stdout, re.MULTILINE)
    assert re.search(r"^  \+ .*Another customer", done.stdout, re.MULTILINE)


def test_a_paper_other_programs_saved_says_the_same(house: Path) -> None:
    word, pdf = house / "out" / "D-1-quote.docx", house / "out" / "D-1-quote.pdf"
    Document(str(word)).save(str(word))
    with pikepdf.open(pdf, allow_overwriting_input=True) as opened:
        opened.save(pdf, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False)
    done = call("verify", word, pdf, cwd=house)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("word for word") == 2


@pytest.mark.pages
@pytest.mark.parametrize("document", ["proposal", "value"])
def test_a_long_paper_that_libreoffice_saved_says_the_same(tmp_path: Path, document: str) -> None:
    need("soffice")
    deal = SAMPLES / "homebody-crm" / "deal.yaml"
    assert call(document, deal, "--format", "docx", "--out", tmp_path, cwd=tmp_path).returncode == 0
    name = f"D-2026-0088-{document}.docx"
    profile = f"-env:UserInstallation=file://{tmp_path}/office"
    command = ["soffice", "--headless", profile, "--convert-to", "docx", "--outdir", "saved", name]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=180)
    done = call("verify", f"saved/{name}", "--deal", deal, cwd=tmp_path)
    assert done.returncode == 0, done.stdout
    assert "word for word" in done.stdout
    assert "its charts were written anew by another program and are not compared" in done.stdout


_DRAWN = "http://schemas.openxmlformats.org/drawingml/2006/main"


def _inserted(text: str) -> str:
    run = '<w:ins w:id="900" w:author="x"><w:r><w:t>NOT </w:t></w:r></w:ins>'
    return text.replace("<w:r><w:t", f"{run}<w:r><w:t", 1)


def _deleted(text: str) -> str:
    """The first run as a tracked deletion."""
    return re.sub(
        r"<w:r>((?:<w:rPr>.*?</w:rPr>)?)<w:t([^>]*)>([^<]*)</w:t></w:r>",
        r'<w:del w:id="901" w:author="x"><w:r>\1<w:delText\2>\3</w:delText></w:r></w:del>',
        text,
        count=1,
    )


EDITS: dict[str, Callable[[str], str]] = {
    "a figure": lambda text: re.sub(r"(\d,\d\d\d)\.00<", r"\1.01<", text, count=1),
    "a word": lambda text: text.replace("customer.name", "customer.nаme"),
    "an insertion": _inserted,
    "a deletion": _deleted,
    "a picture": lambda text: text.replace(
        "</w:p>", f'<w:r><w:drawing><a:blip xmlns:a="{_DRAWN}"/></w:drawing></w:r></w:p>', 1
    ),
}


@pytest.mark.parametrize("what", EDITS)
def test_what_somebody_changed_in_word_is_found(house: Path, what: str) -> None:
    paper = house / "out" / "D-1-quote.docx"
    _in_word(paper, EDITS[what])
    done = call("verify", paper, cwd=house)
    assert done.returncode == 1
    assert "  − " in done.stdout or "  + " in done.stdout


def test_a_note_put_on_a_pdf_is_found(house: Path) -> None:
    paper = house / "out" / "D-1-quote.pdf"
    with pikepdf.open(paper, allow_overwriting_input=True) as pdf:
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FreeText, Rect=[0, 0, 99, 99], Contents="half price"
        )
        pdf.pages[0].obj["/Annots"] = pdf.make_indirect(pikepdf.Array([note]))
        pdf.save(paper)
    done = call("verify", paper, cwd=house)
    assert done.returncode == 1
    assert "− half price" in done.stdout


def _with_own_font(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    first = next(iter(dict(page.resources.Font)))
    page.contents_add(f"BT {first} 9 Tf 1 0 0 1 50 50 Tm <0001> Tj ET".encode())


def _with_another_font(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    page.resources.Font["/Other"] = pdf.make_indirect(font)
    page.contents_add(b"BT /Other 9 Tf 1 0 0 1 50 50 Tm (half price) Tj ET")


def _with_a_picture(pdf: pikepdf.Pdf) -> None:
    page, name = pdf.pages[0], pikepdf.Name
    picture = pdf.make_stream(
        bytes(3),
        Type=name.XObject,
        Subtype=name.Image,
        Width=1,
        Height=1,
        ColorSpace=name.DeviceRGB,
        BitsPerComponent=8,
    )
    page.resources["/XObject"] = pikepdf.Dictionary(Laid=picture)
    page.contents_add(b"q 200 0 0 20 50 400 cm /Laid Do Q")


def _with_a_picture_in_the_page(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(b"q 200 0 0 20 50 400 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q")


def _with_a_stamp(pdf: pikepdf.Pdf) -> None:
    stamp = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Stamp, Rect=[0, 0, 99, 99])
    pdf.pages[0].obj["/Annots"] = pdf.make_indirect(pikepdf.Array([stamp]))


@pytest.mark.parametrize(
    "put",
    [_with_own_font, _with_another_font, _with_a_picture, _with_a_picture_in_the_page, _with_a_stamp],
    ids=["words", "words in another font", "a picture", "a picture in the page", "a stamp"],
)
def test_what_another_program_put_over_a_pdf_is_found(house: Path, put: Callable[[pikepdf.Pdf], None]) -> None:
    paper = house / "out" / "D-1-quote.pdf"
    with pikepdf.open(paper, allow_overwriting_input=True) as pdf:
        put(pdf)
        pdf.save(paper)
    done = call("verify", paper, cwd=house)
    assert (done.returncode, "only in the paper" in done.stdout) == (1, True)


def test_a_pdf_somebody_signed_says_the_same(house: Path) -> None:
    paper = house / "out" / "D-1-quote.pdf"
    with pikepdf.open(paper, allow_overwriting_input=True) as pdf:
        name = pikepdf.Name
        field = pikepdf.Dictionary(Type=name.Annot, Subtype=name.Widget, FT=name.Sig, Rect=[0, 0, 9, 9])
        field = pdf.make_indirect(field)
        pdf.pages[0].obj["/Annots"] = pdf.make_indirect(pikepdf.Array([field]))
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]))
        pdf.save(paper)
    assert call("verify", paper, cwd=house).returncode == 0


@pytest.mark.parametrize("sample", ["homebody-crm", "huarui-erp"])
def test_a_pdf_whose_words_are_moved_apart_is_read(tmp_path: Path, sample: str) -> None:
    """A long paper has lines with numbers between their words."""
    deal = SAMPLES / sample / "deal.yaml"
    assert call("proposal", deal, "--format", "pdf", "--out", tmp_path, cwd=tmp_path).returncode == 0
    done = call("verify", next(tmp_path.glob("*.pdf")), "--deal", deal, cwd=tmp_path)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_a_paper_damaged_on_its_way_is_said_to_be_unreadable(house: Path, form: str) -> None:
    paper = house / "out" / f"D-1-quote.{form}"
    if form == "docx":
        _in_part(paper, "docProps/custom.xml", lambda text: text[: len(text) // 2])
    else:
        with pikepdf.open(paper, allow_overwriting_input=True) as pdf:
            pdf.pages[0].contents_add(b"1 0 Tm")
            pdf.save(paper)
    done = call("verify", paper, cwd=house)
    assert done.returncode == 1
    assert f"D-1-quote.{form} cannot be read as a paper" in done.stderr and " at 0x" not in done.stderr


def test_a_script_in_a_web_page_is_found(house: Path) -> None:
    paper = house / "out" / "D-1-quote.html"
    text = paper.read_text("utf-8")
    paper.write_text(text.replace("</body>", "<script>document.body.innerText = 'half price'</script></body>"), "utf-8")
    assert call("verify", paper, cwd=house).returncode == 1


def test_a_word_file_that_unfolds_without_end_or_declares_entities_is_refused(house: Path) -> None:
    paper = house / "out" / "D-1-quote.docx"
    entity = '<!DOCTYPE x [<!ENTITY a "aaaa">]>'
    _in_word(paper, lambda text: text.replace("?>", f"?>{entity}", 1))
    done = call("verify", paper, cwd=house)
    assert (done.returncode, "declares a document type of its own" in done.stderr) == (1, True)
    with zipfile.ZipFile(paper, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(300 * 1024 * 1024))
    done = call("verify", paper, cwd=house)
    assert (done.returncode, "unfolds to more than 256 MB" in done.stderr) == (1, True)
