"""A small house of its own for these tests: price list, sellers, rules and a deal, each field open to any text."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from lxml import etree

from docgen.cli.main import cli
from docgen.pipeline import prepare, produce
from docgen.problems import Problem, ProblemsFound, only_errors
from docgen.reading import Workspace

TODAY = dt.date(2026, 11, 22)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Say = Callable[[str], str]
"""The text of a field, by the field's name."""


def catalog(say: Say = lambda field: field) -> dict[str, Any]:
    """A price list whose every text comes from `say`."""
    return {
        "price_list": "test-list",
        "edition": "1",
        "currency": "CNY",
        "taxes": {"goods": "13%", "services": "6%"},
        "products": [
            {
                "sku": "P-LIC",
                "name": say("product.name"),
                "description": say("product.description"),
                "kind": "licence",
                "unit": "user",
                "price": 1000,
                "tax": "goods",
            },
            {
                "sku": "P-SRV",
                "name": say("part.name"),
                "kind": "service",
                "unit": "day",
                "price": 500,
                "tax": "services",
            },
            {"sku": "P-SET", "name": say("bundle.name"), "kind": "bundle", "unit": "set"},
        ],
        "bundles": {
            "P-SET": {"groups": [{"name": "core", "options": [{"sku": "P-SRV", "quantity": 2, "required": True}]}]}
        },
    }


def sellers(say: Say = lambda field: field) -> dict[str, Any]:
    return {
        "sellers": {
            "main": {
                "name": say("seller.name"),
                "address": say("seller.address"),
                "tax_id": say("seller.tax_id"),
                "bank": {"name": say("seller.bank.name"), "account": say("seller.bank.account")},
            }
        }
    }


def deal(say: Say = lambda field: field) -> dict[str, Any]:
    """A deal whose every text on the quotation comes from `say`."""
    return {
        "deal": "D-1",
        "title": say("title"),
        "language": "en",
        "date": "2026-11-20",
        "price_list": "test-list",
        "prepared_by": {
            "name": say("prepared_by.name"),
            "title": say("prepared_by.title"),
            "phone": say("prepared_by.phone"),
            "email": say("prepared_by.email"),
        },
        "customer": {
            "name": say("customer.name"),
            "address": say("customer.address"),
            "tax_id": say("customer.tax_id"),
            "contacts": [{"name": say("contact.name"), "title": say("contact.title")}],
        },
        "lines": [
            {"sku": "P-LIC", "quantity": 3, "note": say("line.note")},
            {"sku": "P-SET", "quantity": 1},
            {"custom": say("custom.name"), "kind": "service", "quantity": 1, "price": 100, "tax": "services"},
            {"sku": "P-SRV", "quantity": 1, "optional": True, "note": say("option.note")},
        ],
        "payment": [
            {"name": say("payment.first"), "share": "40%", "due": "signing"},
            {"name": say("payment.rest"), "share": "60%", "due": "acceptance"},
        ],
        "terms": {
            "delivery": say("terms.delivery"),
            "price": say("terms.price"),
            "acceptance": {"days": 10, "criteria": say("terms.criteria")},
            "notes": [say("terms.note")],
        },
    }


def furnish(
    folder: Path,
    the_deal: Mapping[str, Any] | str | bytes,
    *,
    price_list: Mapping[str, Any] | None = None,
    profiles: Mapping[str, Any] | None = None,
    policies: Mapping[str, Any] | None = None,
) -> Path:
    """A workspace in `folder`; the deal file in it. Files are JSON, which YAML reads as it is."""
    (folder / "price_lists" / "test-list").mkdir(parents=True, exist_ok=True)
    _write(folder / "price_lists" / "test-list" / "list.yaml", price_list or catalog())
    _write(folder / "sellers.yaml", profiles or sellers())
    _write(folder / "approvals.yaml", policies or {"approvals": []})
    path = folder / "deal.yaml"
    _write(path, the_deal)
    return path


def _write(path: Path, content: Mapping[str, Any] | str | bytes) -> None:
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False, indent=1)
        path.write_text(text, "utf-8")


def papers(path: Path, formats: Sequence[str]) -> tuple[dict[str, bytes], list[Problem]]:
    """The quotation in memory, or the problems that stand in its way."""
    workspace = Workspace.for_deal(path)
    ready = prepare(path, workspace, TODAY)
    if ready.facts is None or ready.has_errors:
        return {}, only_errors(ready.problems)
    try:
        return produce(ready.facts, "quote", workspace, today=TODAY, formats=formats).files, []
    except ProblemsFound as found:
        return {}, list(found.problems)


def run(
    *args: object, cwd: Path, env: Mapping[str, str] | None = None, timeout: float = 60, prefix: Sequence[str] = ()
) -> subprocess.CompletedProcess[str]:
    """`docgen` as a person starts it, in a process of its own."""
    return subprocess.run(
        [*prefix, sys.executable, "-m", "docgen", "--today", TODAY.isoformat(), *map(str, args)],
        cwd=cwd,
        env={**os.environ, **(env or {})},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=timeout,
        check=False,
    )


def call(*args: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    """As `run`, in this process and so much quicker; a bug is raised, not reported."""
    with contextlib.chdir(cwd):
        done = CliRunner().invoke(cli, ["--today", TODAY.isoformat(), *map(str, args)], prog_name="docgen")
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return subprocess.CompletedProcess(args, done.exit_code, done.stdout, done.stderr)


# ---- what a Word file says ------------------------------------------------------------------------------------------
def word_parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def word_paragraphs(data: bytes) -> list[str]:
    """The text of every paragraph of the body, heads and feet; breaks as line feeds."""
    out = []
    for name, part in word_parts(data).items():
        if name.startswith(("word/document", "word/header", "word/footer")) and name.endswith(".xml"):
            for paragraph in etree.fromstring(part).iter(f"{W}p"):
                out.append("".join(_words(paragraph)))
    return out


def _words(paragraph: Any) -> list[str]:
    signs = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "\u2011"}
    return [
        (node.text or "") if node.tag == f"{W}t" else signs[node.tag]
        for node in paragraph.iter()
        if node.tag == f"{W}t" or (node.tag in signs and node.getparent().tag == f"{W}r")
    ]
