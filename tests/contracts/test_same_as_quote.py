"""A contract says what its quotation says: read back from the finished files, to the cent."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import docx
import pytest

from docgen.answers import customer_figures
from docgen.documents.audience import seen_by
from docgen.documents.contract.drafting import sold_to_partner
from docgen.facts import Facts
from docgen.pipeline import produce
from tests.conftest import TODAY, need
from tests.contracts.samples import NAMES, WORKSPACE, facts_of, paper, pressed, text_of_pdf, text_of_word

ALL = [*NAMES, "xingchen-cloud"]
PRICED = [name for name in ALL if facts_of(name).quote.lines and not name.startswith("trial")]
"""Those that say a price; a trial has lines, but nothing is to be paid for it."""
READ_BACK = {"zh-CN": "licence-hardware", "en": "licence-american", "both": "mixed-bilingual"}


def buyers(name: str) -> tuple[Facts, str]:
    """The facts as the buyer of the contract sees them, and the quotation he got: in a resale the partner's."""
    facts = facts_of(name)
    return (seen_by("partner", facts), "partner-quote") if sold_to_partner(facts.deal) else (facts, "quote")


def shown(amount: Decimal) -> str:
    return f"{amount:,.2f}"


def money_of(facts: Facts) -> Iterator[str]:
    """Totals and payments, as any paper prints them."""
    totals = facts.quote.totals
    yield shown(totals.customer_gross)
    yield shown(totals.customer_gross - totals.customer_tax)
    for payment in facts.quote.payments:
        yield shown(payment.amount)


def words_of(facts: Facts) -> Iterator[str]:
    """Both sides, every line, every payment by name."""
    language = facts.deal.language[0]
    yield facts.deal.customer.name.get(language)
    yield facts.seller.name.get(language)
    for line in facts.quote.counted:
        yield line.line.name.get(language)
    for payment in facts.quote.payments:
        yield payment.name.get(language)


def words_in(form: str, name: str, document: str, folder: Path) -> str:
    read = text_of_word if form == "docx" else text_of_pdf
    return pressed(read(paper(name, form, document), folder))


@pytest.mark.parametrize("name", PRICED)
@pytest.mark.parametrize("form", ["docx", pytest.param("pdf", marks=pytest.mark.pages)])
def test_quotation_and_contract_name_the_same_sides_lines_totals_and_payments(
    name: str, form: str, tmp_path: Path
) -> None:
    if form == "pdf":
        need("pdftotext")
    facts, quotation = buyers(name)
    quoted, agreed = (words_in(form, name, document, tmp_path) for document in (quotation, "contract"))
    for each in (*money_of(facts), *map(pressed, words_of(facts))):
        assert each in quoted, each
        assert each in agreed, each


@pytest.mark.parametrize("name", PRICED)
def test_the_list_of_products_holds_every_line_of_the_quotation_in_its_order_to_the_cent(
    name: str, tmp_path: Path
) -> None:
    facts, _ = buyers(name)
    (tmp_path / "contract.docx").write_bytes(paper(name, "docx"))
    rows = [[cell.text for cell in row.cells] for row in priced_table(tmp_path / "contract.docx").rows]
    taxed = any(line.tax_rate for line in facts.quote.counted)
    wanted = []
    for line in facts.quote.counted:
        if line.line.role != "heading":
            net, tax, gross = customer_figures(line)
            wanted.append([shown(net), shown(tax), shown(gross)] if taxed else [shown(gross)])
    found = [[cell for cell in row if re.fullmatch(r"[\d,]+\.\d\d", cell)] for row in rows]
    lines, total = [row for row in found[:-1] if row], found[-1]
    assert lines == wanted
    sums = [sum((Decimal(row[at].replace(",", "")) for row in lines), Decimal(0)) for at in range(len(wanted[0]))]
    assert total == [shown(each) for each in sums]
    assert total[-1] == shown(facts.quote.totals.customer_gross)


def priced_table(path: Path) -> docx.table.Table:
    """The table of lines with their prices: the only one that ends with a total and has a column of quantities."""
    heads = ("数量", "Quantity")
    tables = docx.Document(str(path)).tables
    (found,) = [
        table
        for table in tables
        if any(cell.text.split("\n")[0] in heads for cell in table.rows[0].cells)
        and table.rows[-1].cells[0].text.startswith(("合计", "Total"))
    ]
    return found


def test_no_contract_shows_what_a_discount_was() -> None:
    for name in PRICED:
        facts, _ = buyers(name)
        text = paper(name, "txt").decode()
        assert not re.search(
            r"折扣额|目录价合计|List price|Discount\b", text.split("附件" if "附件" in text else "Annex")[0]
        )
        lists = {shown(line.list) for line in facts.quote.counted if line.list != line.customer}
        kept = {shown(each) for line in facts.quote.counted for each in customer_figures(line)} | set(money_of(facts))
        assert not [each for each in lists - kept if re.search(rf"(?<![\d,]){re.escape(each)}", text)]


# ---- numbers of clauses ---------------------------------------------------------------------------------------------
_NUMBERED = re.compile(r"^(?: {8})?(第\d+条|\d+\.\d*|\([a-z]+\))\s+(\S.*)$")


def numbered(text: str) -> list[str]:
    """Every numbered place of a contract in plain text, behind the contents: its number and its first words."""
    found = (_NUMBERED.match(line) for line in text.split("* * *", 1)[1].splitlines())
    return [pressed(each[1] + each[2])[:16] for each in found if each]


@pytest.mark.pages
@pytest.mark.parametrize("name", READ_BACK.values(), ids=READ_BACK)
def test_every_clause_bears_the_same_number_in_word_pdf_and_text(name: str, tmp_path: Path) -> None:
    need("soffice", "pdftotext")
    wanted = numbered(paper(name, "txt").decode())
    assert len(wanted) > 200
    for told in (by_office(paper(name, "docx"), tmp_path), text_of_pdf(paper(name, "pdf"), tmp_path)):
        text, at = pressed(told), 0
        at = text.index(wanted[1])
        for each in wanted[1:]:
            place = text.find(each, at)
            assert place >= 0, f"{each} is not behind {text[at : at + 60]}"
            at = place + len(each)


def by_office(data: bytes, folder: Path) -> str:
    """A Word file as LibreOffice reads it: it computes the numbers itself."""
    (folder / "contract.docx").write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    form = "txt:Text (encoded):UTF8"
    command = ["soffice", "--headless", profile, "--convert-to", form, "--outdir", str(folder)]
    subprocess.run([*command, str(folder / "contract.docx")], check=True, capture_output=True, timeout=120)
    return (folder / "contract.txt").read_text("utf-8-sig")


@pytest.mark.parametrize("name", READ_BACK.values(), ids=READ_BACK)
def test_the_same_deal_gives_the_same_bytes(name: str) -> None:
    def make() -> dict[str, bytes]:
        forms = ["docx", "pdf", "txt", "html"]
        return produce(facts_of(name), "contract", WORKSPACE, today=TODAY, formats=forms).files

    assert make() == make()
