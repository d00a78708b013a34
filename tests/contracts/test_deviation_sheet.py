"""The sheet for the house that goes with a contract: what approval rules ask of it, and nothing of cost or margin."""

from __future__ import annotations

import re
from pathlib import Path

from click.testing import CliRunner

from docgen.approvals.contract_names import CONTRACT_NAMES
from docgen.cli.main import cli
from docgen.documents.contract.asked import SAID
from tests.conftest import ROOT, SAMPLES, TODAY

LICENCE = SAMPLES / "contracts" / "licence-domestic" / "deal.yaml"
OWN_RULES = """\
approvals:
  - rule: dear-cap
    when: "liability_cap > 100% and margin < 99%"
    approver: legal
    because: The cap is high
  - rule: thin-margin
    when: "margin < 99%"
    approver: finance
    because: The deal earns little
  - rule: every-contract
    when: "contract_type and margin < 99%"
    approver: sales_manager
    documents: contract
    because: A contract is a contract
"""


def sheet(deal: str, folder: Path, workspace: Path = ROOT) -> str:
    """The sheet of a deal as one line of text, cells of a row joined as they stand."""
    file = folder / "deal.yaml"
    file.write_text(deal, "utf-8")
    asked = ["make", "deviation-sheet", file, "--out", folder / "out", "--format", "html", "--language", "en"]
    base = ["--workspace", str(workspace), "--today", TODAY.isoformat()]
    done = CliRunner().invoke(cli, [*base, *map(str, asked)])
    assert done.exit_code == 0, done.output
    text = next((folder / "out").glob("*-internal.html")).read_text("utf-8")
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", text.partition("<body")[2]))


def changed(*words: tuple[str, str]) -> str:
    text = LICENCE.read_text("utf-8")
    for old, new in words:
        assert old in text
        text = text.replace(old, new)
    return text


def test_the_sheet_tells_what_approval_rules_ask_of_the_contract_and_where_it_is_said(tmp_path: Path) -> None:
    text = sheet(changed(("cap: 100%", "cap: 250%"), ("days: 30}", "days: 75}")), tmp_path)
    row = (
        r"Limit of liability liability_cap The liability cap exceeds 200% of its basis liability-over-200 "
        r"liability cap, of its basis: 250% \(over 200%\) terms\.liability\.cap deal\.yaml:36 general_manager"
    )
    assert re.search(row, text)
    assert re.search(r"payment_plan .{0,90}credit-over-60-days .{0,40}: 75 \(over 60\) payment deal\.yaml:\d+", text)
    assert "Besides, approvals of price and quotation are needed: 1." in text


def test_the_sheet_of_a_plain_contract_names_only_who_agrees_to_every_contract(tmp_path: Path) -> None:
    text = sheet(changed(("share: 60%", "share: 90%"), ("share: 40%", "share: 10%")), tmp_path)
    table = text.partition("What the approval rules ask for")[2].partition("Clauses and their versions")[0]
    assert re.findall(r"(contract-[a-z-]+|credit-[a-z0-9-]+|liability-[a-z0-9-]+)", table) == ["contract-manager"]


def test_the_sheet_shows_no_margin_even_where_a_rule_looks_at_one(tmp_path: Path) -> None:
    (tmp_path / "approvals.yaml").write_text(OWN_RULES, "utf-8")
    for name in ("price_lists", "sellers.yaml"):
        (tmp_path / name).symlink_to(ROOT / name)
    text = sheet(changed(("cap: 100%", "cap: 250%")), tmp_path, tmp_path)
    assert "dear-cap" in text and "250% (over 100%)" in text and "every-contract" in text
    assert "thin-margin" not in text and "margin" not in text.lower() and "99%" not in text


def test_every_name_rules_may_ask_of_a_contract_has_a_place_on_the_sheet() -> None:
    assert {each.name for each in CONTRACT_NAMES} <= SAID.keys()
