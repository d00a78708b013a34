"""Take the pictures of real pages that the README shows: `python tools/make_pictures.py`.

Every paper below is written once in Word and PDF; LibreOffice opens the Word file as a reader's machine would, and
pdftoppm draws both. The pages of one paper stand side by side in one picture, `docs/pictures/<sample>-word.png` and
`<sample>-pdf.png` for quotations, `<sample>-<document>-…` for other documents. Run it again whenever the pages change;
the pictures are replaced. Needs LibreOffice, poppler-utils and a Chinese font (Debian: libreoffice-writer poppler-
utils fonts-noto-cjk fonts-liberation).
"""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

from docgen.pipeline import prepare, produce
from docgen.reading import Workspace

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
PAPERS = (
    *(("huarui-erp", "quote"), ("xingchen-cloud", "quote"), ("homebody-crm", "quote")),
    *(("homebody-crm", "value"), ("huarui-erp", "proposal"), ("xingchen-cloud", "contract")),
)
LETTER = "homebody-crm"
"""The sample whose letter is shown beside the letter's template."""
TODAY = dt.date(2026, 11, 22)
"""The day the tests run on too; every sample's offer still stands on it."""
DOTS = 96
"""Dots an inch: an A4 page becomes 794 dots wide."""
GAP, DESK = 14, (203, 208, 214)
"""Between the pages, and the colour behind them."""
COLOURS = 128
"""Enough for a page with one accent colour; a full palette is twice the size."""
MOST = 5
"""Pages of one picture; of a longer paper the first ones."""
LARGEST = 300_000
"""Bytes a picture may have."""


def main() -> None:
    for program in ("soffice", "pdftoppm"):
        if shutil.which(program) is None:
            sys.exit(f"{program} is not on this machine; see the head of this file")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        for sample, document in PAPERS:
            pdf, word = _papers(sample, document, Path(scratch))
            _take(pdf, PICTURES / f"{pdf.stem}-pdf.png")
            _take(_as_libreoffice_shows(word), PICTURES / f"{word.stem}-word.png")
        _take_letter(Path(scratch))


def _take_letter(scratch: Path) -> None:
    """A company's Word letter as the company sees it, and what becomes of it."""
    template = ROOT / "templates" / "letter-quote" / "letter-quote.en.docx"
    deal = ROOT / "samples" / LETTER / "deal.yaml"
    workspace = Workspace.for_deal(deal)
    facts = prepare(deal, workspace, TODAY).facts
    if facts is None:
        sys.exit(f"{LETTER} cannot be made")
    made = produce(facts, "letter-quote", workspace, today=TODAY, formats=("docx",)).files["docx"]
    shown = []
    for name, data in (("template", template.read_bytes()), ("letter", made)):
        word = scratch / f"{name}.docx"
        word.write_bytes(data)
        shown.append(_as_libreoffice_shows(word))
    _take(shown, PICTURES / "letter-quote.png", first=1)


def _papers(sample: str, document: str, folder: Path) -> tuple[Path, Path]:
    """A document of a sample as PDF and as Word file."""
    deal = ROOT / "samples" / sample / "deal.yaml"
    workspace = Workspace.for_deal(deal)
    ready = prepare(deal, workspace, TODAY, document=document)
    if ready.facts is None or ready.has_errors:
        sys.exit(f"{sample} cannot be made; ask: docgen check {deal.relative_to(ROOT)}")
    files = produce(ready.facts, document, workspace, today=TODAY, formats=("pdf", "docx")).files
    stem = sample if document == "quote" else f"{sample}-{document}"
    for form, data in files.items():
        (folder / f"{stem}.{form}").write_bytes(data)
    return folder / f"{stem}.pdf", folder / f"{stem}.docx"


def _as_libreoffice_shows(word: Path) -> Path:
    out = word.parent / "shown"
    profile = f"-env:UserInstallation=file://{word.parent}/profile"
    command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", out, word]
    subprocess.run(command, check=True, capture_output=True)
    return out / f"{word.stem}.pdf"


def _take(pdfs: Path | list[Path], picture: Path, *, first: int = MOST) -> None:
    """The first pages of a PDF, or of several, in a row, as one small PNG."""
    with tempfile.TemporaryDirectory() as scratch:
        pages = []
        for number, pdf in enumerate(pdfs if isinstance(pdfs, list) else [pdfs]):
            subprocess.run(["pdftoppm", "-r", str(DOTS), "-png", pdf, f"{scratch}/{number}-page"], check=True)
            found = sorted(Path(scratch).glob(f"{number}-page*.png"))[:first]
            pages += [Image.open(path).convert("RGB") for path in found]
        width = sum(page.width + GAP for page in pages) + GAP
        row = Image.new("RGB", (width, max(page.height for page in pages) + 2 * GAP), DESK)
        at = GAP
        for page in pages:
            row.paste(page, (at, GAP))
            at += page.width + GAP
    row.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(picture, optimize=True)
    size = picture.stat().st_size
    print(f"{picture.relative_to(ROOT)}  {len(pages)} pages, {size // 1000} KB")
    if size > LARGEST:
        sys.exit(f"{picture.name} is larger than {LARGEST // 1000} KB: lower DOTS or COLOURS")


if __name__ == "__main__":
    main()
