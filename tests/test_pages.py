"""Pages as a reader meets them: a small deal is one sheet, in PDF and in Word."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from docgen.pipeline import prepare, produce
from docgen.reading import Workspace
from tests.conftest import TODAY, need

ONE_LINE = """\
deal: D-2026-0001
title: {zh-CN: 财务系统首期, en: Financials}
language: LANGUAGE
date: 2026-11-20
price_list: erp-cn
seller: main
customer: {name: 杭州清溪示例纸品有限公司, address: 杭州市余杭区文一西路 1 号, tax_id: 91330110MA2XX5555Q}
lines:
  - {sku: E1-FIN, quantity: 10}
terms: {delivery: {zh-CN: 首付款到账后五个工作日内交付, en: Within five working days of the first payment}}
"""


def one_line(tmp_path: Path, language: str, form: str) -> Path:
    deal = tmp_path / "deal.yaml"
    deal.write_text(ONE_LINE.replace("LANGUAGE", language), "utf-8")
    workspace = Workspace.for_deal(deal)
    facts = prepare(deal, workspace, TODAY).facts
    assert facts is not None
    paper = tmp_path / f"paper.{form}"
    paper.write_bytes(produce(facts, "quote", workspace, today=TODAY, formats=[form]).files[form])
    return paper


def pages(pdf: Path) -> int:
    told = subprocess.run(["pdfinfo", pdf], check=True, capture_output=True, text=True).stdout
    return int(told.split("Pages:")[1].split()[0])


@pytest.mark.pages
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_one_line_quotation_is_one_page_as_pdf(language: str, tmp_path: Path) -> None:
    need("pdfinfo")
    assert pages(one_line(tmp_path, language, "pdf")) == 1


@pytest.mark.pages
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_one_line_quotation_is_one_page_in_word(language: str, tmp_path: Path) -> None:
    need("pdfinfo", "soffice")
    paper = one_line(tmp_path, language, "docx")
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(tmp_path), str(paper)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert pages(tmp_path / "paper.pdf") == 1
