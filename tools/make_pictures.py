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


def _take(pdf: Path, picture: Path) -> None:
    """The pages of a PDF in a row, as one small PNG."""
    with tempfile.TemporaryDirectory() as scratch:
        subprocess.run(["pdftoppm", "-r", str(DOTS), "-png", pdf, f"{scratch}/page"], check=True)
        pages = [Image.open(path).convert("RGB") for path in sorted(Path(scratch).glob("page*.png"))][:MOST]
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
