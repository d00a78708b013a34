"""docgen from the inside: the steps of one deal, documents warm, and the figures the peers are given.

docgen_steps.py data DEAL JSON      the priced quotation as plain words, for the peers
docgen_steps.py words DEAL JSON DOC a long paper as headings, paragraphs, items and tables, for the peers
docgen_steps.py steps DEAL          CPU seconds of each step, imports and caches warm; sizes; pages
docgen_steps.py warm DEAL COUNT     seconds per document, warm: reading and pricing, docx, pdf, and the writers alone
docgen_steps.py yaml DEAL COUNT     PyYAML's C loader alone on the same file
"""

from __future__ import annotations

import datetime as dt
import gc
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

TODAY = dt.date(2026, 11, 20)
AS_THE_COMMAND = (100_000, 50, 100)
"""How often `docgen` itself lets Python look for circular garbage (docgen/cli/main.py)."""
SMALL = Path(__file__).parents[3] / "samples" / "huarui-erp" / "deal.yaml"


def clock(work: Callable[[], Any]) -> tuple[Any, float, float]:
    """The result, wall seconds, CPU seconds."""
    wall, cpu = perf_counter(), process_time()
    result = work()
    return result, perf_counter() - wall, process_time() - cpu


def prepared(path: Path, document: str | None = None) -> tuple[Any, Any]:
    from docgen.pipeline import prepare
    from docgen.reading import Workspace

    workspace = Workspace.for_deal(path, SMALL.parents[2])
    ready = prepare(path, workspace, TODAY, document=document)
    if ready.facts is None or ready.has_errors:
        raise SystemExit(f"the deal has errors: {[(p.code, p.path) for p in ready.problems][:5]}")
    return ready.facts, workspace


def papers(facts: Any, workspace: Any, *formats: str) -> dict[str, bytes]:
    from docgen.pipeline import produce

    return produce(facts, "quote", workspace, today=TODAY, formats=formats).files


def composed(facts: Any, workspace: Any, document: str = "quote") -> tuple[Any, Any]:
    """The neutral document and the look, as the writers get them."""
    from docgen.documents.compose import compose
    from docgen.documents.manifest import find_manifest
    from docgen.looking import as_signed, told
    from docgen.pipeline import made_on
    from docgen.reading import load_look

    found, _ = find_manifest(document, workspace.template_folders())
    facts = replace(facts, references=told(found.manifest, facts, workspace).references)
    return compose(as_signed(found, facts), facts, facts.deal.language, made_on(facts.deal.date)), load_look(workspace)


# ---- what the peers are given ---------------------------------------------------------------------------------------
def words_of(path: Path) -> dict[str, Any]:
    """The quotation as text: head, parties, tables, terms. No peer has to price, format or translate anything."""
    from docgen.content.blocks import Facts, Heading, KeyFigures, ListBlock, Paragraph, SignatureBlock, Table, text_of
    from docgen.content.blocks import TitleBlock as Title

    paper, _ = composed(*prepared(path))
    out: dict[str, Any] = {"title": paper.title, "figures": [], "parties": [], "words": [], "terms": [], "sides": []}
    out |= {"lines": None, "options": None, "payments": None, "totals": [], "draft": paper.draft_note}
    for block in flat(paper.blocks):
        if isinstance(block, Title):
            out |= {"title": block.title, "subtitle": block.subtitle, "brand": block.brand}
        elif isinstance(block, KeyFigures):
            out["figures"] = [[each.label, each.value] for each in block.figures]
        elif isinstance(block, Facts):
            out["parties"].append([block.title, [[fact.label, text_of(fact.value)] for fact in block.facts]])
        elif isinstance(block, Heading | Paragraph):
            out["words"].append(text_of(block.content))
        elif isinstance(block, ListBlock):
            out["terms"] += [text_of(each.content) for item in block.items for each in item]
        elif isinstance(block, SignatureBlock):
            out["sides"] = [[each.title, each.name] for each in block.signatories]
        elif isinstance(block, Table) and block.role == "summary":
            out["totals"] = [[text_of(cell.content) for cell in row.cells] for row in block.rows]
        elif isinstance(block, Table):
            name = "payments" if len(block.columns) < 6 else "options" if out["lines"] else "lines"
            out[name] = {
                "shares": [column.width for column in block.columns],
                "head": [text_of(cell.content) for cell in block.head],
                "rows": [spread(row.cells) for row in block.rows],
            }
    return out


def long_words(path: Path, document: str) -> dict[str, Any]:
    """A paper as one list of blocks, each a text with its kind or a table of texts."""
    paper, _ = composed(*prepared(path, document), document)
    return {"title": paper.title, "blocks": [words for block in flat(paper.blocks) for words in simple(block)]}


def simple(block: Any) -> Iterator[dict[str, Any]]:
    from docgen.content.blocks import (
        Clause,
        Facts,
        Heading,
        KeyFigures,
        ListBlock,
        Paragraph,
        SignatureBlock,
        Table,
        text_of,
    )

    if isinstance(block, Heading):
        yield {"kind": f"head{block.level}", "text": f"{block.number} {text_of(block.content)}".strip()}
    elif isinstance(block, Clause):
        kind = "head2" if block.level == 1 else "text"
        yield {"kind": kind, "text": f"{block.number or ''} {text_of(block.content)}".strip()}
    elif isinstance(block, Paragraph):
        yield {"kind": "text", "text": text_of(block.content)}
    elif isinstance(block, ListBlock):
        for item in block.items:
            yield {"kind": "item", "text": " ".join(text_of(each.content) for each in item if hasattr(each, "content"))}
    elif isinstance(block, Table):
        heads = [[text_of(cell.content) for cell in block.head]] if block.head else []
        yield {"kind": "table", "rows": [*heads, *(spread(row.cells) for row in block.rows)]}
    elif isinstance(block, Facts):
        yield {"kind": "table", "rows": [[fact.label, text_of(fact.value)] for fact in block.facts]}
    elif isinstance(block, KeyFigures):
        yield {"kind": "table", "rows": [[each.label, each.value] for each in block.figures]}
    elif isinstance(block, SignatureBlock):
        yield {"kind": "table", "rows": [[each.title, each.name] for each in block.signatories]}


def flat(blocks: Any) -> Iterator[Any]:
    from docgen.content.blocks import Captioned, Columns, Commented, Together

    for block in blocks:
        if isinstance(block, Together):
            yield from flat(block.blocks)
        elif isinstance(block, Columns):
            for column in block.columns:
                yield from flat(column)
        elif isinstance(block, Captioned | Commented):
            yield from flat([block.block])
        else:
            yield block


def spread(cells: Any) -> list[str]:
    from docgen.content.blocks import text_of

    return [text for cell in cells for text in (text_of(cell.content), *[""] * (cell.span - 1))]


# ---- measuring ------------------------------------------------------------------------------------------------------
def steps(path: Path) -> dict[str, float]:
    from docgen.render import WRITERS

    gc.set_threshold(*AS_THE_COMMAND)
    papers(*prepared(SMALL), "docx", "pdf")
    (facts, workspace), _, price = clock(lambda: prepared(path))
    (paper, look), _, words = clock(lambda: composed(facts, workspace))
    docx, _, docx_cpu = clock(lambda: WRITERS["docx"](paper, look))
    pdf, _, pdf_cpu = clock(lambda: WRITERS["pdf"](paper, look))
    sizes = {"docx_bytes": len(docx), "pdf_bytes": len(pdf)}
    return {"price": price, "compose": words, "docx": docx_cpu, "pdf": pdf_cpu, **sizes}


def warm(path: Path, count: int) -> dict[str, list[list[float]]]:
    """Wall and CPU seconds per document, a list for each kind of work."""
    from docgen.render import WRITERS

    facts, workspace = prepared(path)
    paper, look = composed(facts, workspace)
    work: dict[str, Callable[[], Any]] = {
        "price": lambda: prepared(path),
        "docx": lambda: papers(facts, workspace, "docx"),
        "pdf": lambda: papers(facts, workspace, "pdf"),
        "docx writer": lambda: WRITERS["docx"](paper, look),
        "pdf writer": lambda: WRITERS["pdf"](paper, look),
        "both, from the file": lambda: papers(*prepared(path), "docx", "pdf"),
    }
    for each in work.values():
        each()
    return {name: [list(clock(each)[1:]) for _ in range(count)] for name, each in work.items()}


def yaml_alone(path: Path, count: int) -> dict[str, float]:
    import yaml

    text = path.read_text("utf-8")

    def typical() -> float:
        times = sorted(clock(lambda: yaml.load(text, yaml.CSafeLoader))[2] for _ in range(count))
        return times[len(times) // 2]

    usual = typical()
    gc.set_threshold(*AS_THE_COMMAND)
    return {"yaml": usual, "yaml_quiet": typical()}


def main(command: str, deal: str, *rest: str) -> None:
    path = Path(deal)
    if command == "data":
        Path(rest[0]).write_text(json.dumps(words_of(path), ensure_ascii=False), "utf-8")
    elif command == "words":
        Path(rest[0]).write_text(json.dumps(long_words(path, rest[1]), ensure_ascii=False), "utf-8")
    elif command == "steps":
        print(json.dumps(steps(path)))
    elif command == "warm":
        print(json.dumps(warm(path, int(rest[0]))))
    elif command == "yaml":
        print(json.dumps(yaml_alone(path, int(rest[0]))))


if __name__ == "__main__":
    main(*sys.argv[1:])
