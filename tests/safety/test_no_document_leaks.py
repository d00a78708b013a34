"""Whatever document of the workspace is made for a customer, in every format it has, no internal marker is in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from docgen.answers import price_json
from docgen.documents.manifest import find_manifest, manifests
from docgen.pipeline import prepare
from docgen.reading import Workspace
from tests.conftest import ROOT
from tests.safety.house import TODAY, call
from tests.safety.test_nothing_internal_leaves import _everything_in, _house, leaks, secrets

FORMATS = "docx,pdf,txt,html,json"


def _for_customers() -> list[str]:
    found = [find_manifest(name, [ROOT / "templates"])[0] for name in manifests([ROOT / "templates"])]
    return [each.manifest.document for each in found if each is not None and each.manifest.audience == "customer"]


SAID_IN_A_CONTRACT = {"special.text", "customer.bank.name", "customer.bank.account"}
SAID_IN_A_CONTRACT |= {"contact.0.email", "contact.0.phone"}
"""What a contract is there to say: its amendments, the parties' accounts, and to whom notices go."""
VALUE_FORMATS = "docx,pdf,txt,html,xlsx"
"""Of a value statement; its JSON is the model with all that is told about it, for the house."""
LETTERS, LETTER_FORMATS = ("letter-quote",), "docx,txt,json"
"""Word letters; their PDF is another program's."""


@pytest.mark.parametrize("document", _for_customers())
def test_no_internal_value_is_in_any_part_of_any_document_for_customers(tmp_path: Path, document: str) -> None:
    path, markers = _house(tmp_path, "", told=True)
    if document == "contract":
        comment, text = path.read_text("utf-8").split("\n", 1)
        made = json.loads(text)
        made["contract"]["type"] = "licence"
        path.write_text(f"{comment}\n{json.dumps(made)}", "utf-8")
    formats = VALUE_FORMATS if document == "value" else LETTER_FORMATS if document in LETTERS else FORMATS
    command = ("value", path) if document == "value" else ("make", document, path)
    done = call(*command, "--format", formats, cwd=tmp_path)
    assert done.returncode == 0, done.stderr

    files = {p.suffix[1:]: p.read_bytes() for p in (tmp_path / "out").iterdir() if not p.name.startswith(".")}
    assert {*formats.split(",")} <= {*files}
    facts = prepare(path, Workspace.for_deal(path), TODAY).facts
    assert facts is not None
    secret = secrets(markers, price_json(facts), tmp_path)
    if document == "contract":
        secret = {field: words for field, words in secret.items() if field not in SAID_IN_A_CONTRACT}
    for name in {"docx", "pdf", "txt"} & {*files}:
        assert any("customer.name" in text for _, text in _everything_in(name, files[name])), f"{name} was not searched"
    assert leaks(files, secret) == []


def test_the_search_looks_into_the_workbooks_of_charts(tmp_path: Path) -> None:
    path, _ = _house(tmp_path, "", told=True)
    assert call("value", path, "--format", "docx", cwd=tmp_path).returncode == 0
    (paper,) = (tmp_path / "out").glob("*.docx")
    parts = [part for part, _ in _everything_in("docx", paper.read_bytes())]
    assert [part for part in parts if ".xlsx › xl/worksheets/" in part]
