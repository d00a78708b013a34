"""Fuzzes what reads other people's files: deals, tables, templates, Markdown, conditions, records, Word files, finished
papers.

    python tools/fuzz.py                       every target, a minute each
    python tools/fuzz.py deals --seconds 600   one target, longer
    python tools/fuzz.py templates --seed 7    the run that found something, again

Each example is made by breaking a good file, or of pieces of the grammar. docgen must answer with problems that have a
sentence and a place, or with papers; anything raised is a finding: hypothesis makes the example small and prints it,
and the exit code is 1.
"""

from __future__ import annotations

import argparse
import datetime as dt
import io
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import pikepdf
from hypothesis import HealthCheck, given, seed, settings

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from docgen.batch.stamp import spoken_of  # noqa: E402
from docgen.content.markdown import read_markdown  # noqa: E402
from docgen.documents.allowed import Allowance  # noqa: E402
from docgen.documents.words import TemplateTrouble, Wording  # noqa: E402
from docgen.expressions import ExpressionError, read  # noqa: E402
from docgen.locales.problems import describe  # noqa: E402
from docgen.pipeline import check, made_on, prepare, produce  # noqa: E402
from docgen.problems import Problem, ProblemsFound  # noqa: E402
from docgen.reading import Workspace, load_catalog  # noqa: E402
from docgen.render.spoken import NotReadable  # noqa: E402
from docgen.source.table_file import parse_csv  # noqa: E402
from docgen.source.workbook import Cell, Sheet, write_workbook  # noqa: E402
from docgen.source.yaml_file import parse_yaml  # noqa: E402
from docgen.wordfile import read_word  # noqa: E402

TODAY = dt.date(2026, 11, 22)
Property = Callable[[], None]

# ---- breaking good files --------------------------------------------------------------------------------------------
PIECES = (
    *("{", "}", "[", "]", ": ", "- ", "? ", "&a ", "*a", "!!str ", "!x ", "|\n  ", ">\n ", "<<: ", "---\n", "...\n"),
    *("#", " #x", "'", '"', "\\x00", "\\u202e", "\t", "\n", "\r", "  ", "~", "null", "NaN", "1e9", "-1", "0x1", "50%"),
    *("99999999999999999999", "0.5", "=1+1", "2026-02-30", "2026-11-20", "\u200b", "\ufeff", "\u043e", "𠮷", "é", "字"),
    *("{{ x }}", "::: slot totals", "name: ", "lines: ", "sku: ", "quantity: ", "discount: ", "options: ", "price: "),
    *("because: x", "alternatives: ", "true", "en: ", "<w:p>", "</w:p>", "<w:r/>", "<!DOCTYPE x>", "&amp;", "&x;"),
)
"""What is put in at random places: the grammar's own signs, odd numbers, odd letters."""


@st.composite
def broken(draw: st.DrawFn, sources: tuple[str, ...]) -> str:
    """A good file with up to six wounds: pieces put in, taken out, doubled, or moved."""
    text = draw(st.sampled_from(sources))
    for _ in range(draw(st.integers(1, 6))):
        at, to = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
        to = min(to, at + 40)
        kind = draw(st.integers(0, 3))
        if kind == 0:
            text = text[:at] + draw(st.sampled_from(PIECES)) + text[at:]
        elif kind == 1:
            text = text[:at] + text[to:]
        elif kind == 2:
            text = text[:to] + text[at:to] + text[to:]
        else:
            text = text[:at] + draw(st.text(max_size=8)) + text[to:]
    return text


def _answered(problems: list[Problem]) -> None:
    """Each problem has words, and a place unless nothing of it is in a file."""
    for each in problems:
        message, _ = describe(each)
        assert message
        assert len(message) < 20_000


# ---- targets --------------------------------------------------------------------------------------------------------
def deals(folder: Path) -> Property:
    """A deal to its quotation, or to problems."""
    sources = tuple(path.read_text("utf-8") for path in sorted((ROOT / "samples").glob("**/deal*.yaml")))
    path = folder / "deal.yaml"

    @given(broken(sources))
    def deal(text: str) -> None:
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        workspace = Workspace.for_deal(path)
        ready = prepare(path, workspace, TODAY)
        _answered(list(ready.problems))
        if ready.facts is None or ready.has_errors:
            return
        for document in ("quote", "proposal"):
            try:
                produce(ready.facts, document, workspace, today=TODAY, formats=("txt", "html", "docx"))
            except ProblemsFound as found:
                _answered(list(found.problems))

    return deal


def lists(folder: Path) -> Property:
    """A price list, and a deal priced by it."""
    sources = tuple(path.read_text("utf-8") for path in sorted((ROOT / "price_lists").glob("*/**/list.yaml")))
    path = folder / "price_lists" / "fuzzed" / "list.yaml"
    path.parent.mkdir(parents=True)

    @given(broken(sources))
    def price_list(text: str) -> None:
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        loaded = load_catalog(path)
        _answered(list(loaded.problems))
        if loaded.model is None:
            return
        products = [product.sku for product in loaded.model.products[:6]]
        lines = "".join(f"  - {{sku: {sku}, quantity: 7}}\n" for sku in products)
        deal = folder / "deal.yaml"
        named = f"price_list: {loaded.model.price_list}"
        deal.write_text(f"deal: D-1\ndate: 2026-11-20\n{named}\ncustomer: {{name: A}}\nlines:\n{lines}", "utf-8")
        _answered(check(deal, Workspace.for_deal(deal), TODAY, "quote"))

    return price_list


def tables(folder: Path) -> Property:
    """Tables and trees by themselves."""
    sources = (
        "sku,quantity,note\nA-1,2,hi\n",
        'sku,quantity,note.en\nA-1,2,"say ""hi"", ok"\n',
        "a: [1, {b: c}]\nd: &x e\nf: *x\n",
    )

    @given(broken(sources))
    def table(text: str) -> None:
        _answered(parse_csv(text, "t.csv").problems)
        _answered(parse_yaml(text, "t.yaml").problems)

    return table


FACTS: Mapping[str, Any] = {
    "title": "A title",
    "number": 7,
    "taxed": True,
    "nothing": None,
    "terms": {"notes": ["one", "two *three*"], "price": "fixed", "acceptance": {"days": 5, "deemed": False}},
}
VALUES = [
    "title",
    "number",
    "taxed",
    "nothing",
    "terms",
    "terms.notes",
    "terms.price",
    "terms.acceptance.days",
    "a",
    "b",
]
ODD = [
    "loop.index",
    "self",
    "x.y",
    "title.__class__",
    "terms.items",
    "'text'",
    "1",
    "1.5",
    "[1,2]",
    "(1,2)",
    "{}",
    "none",
]
NAMES = st.sampled_from([*VALUES, *ODD])
OPERATORS = st.sampled_from(
    [" + ", " - ", " * ", " ~ ", " == ", " > ", " in ", " and ", " or ", " is ", "|", ".", " if "]
)
SAID = st.recursive(
    NAMES,
    lambda inner: st.builds("{0}{1}{2}".format, inner, OPERATORS, inner) | st.builds("({0})".format, inner),
    max_leaves=6,
)
WORDS = st.sampled_from(
    [
        "words ",
        "\n\n",
        "# head\n",
        "- item\n",
        "**bold** ",
        "[a](https://x.y) ",
        "::: slot x\n",
        "{",
        "%}",
        "{{",
        "{#",
        "\ue0000\ue001",
    ]
)


def templates(folder: Path) -> Property:
    """A template of random pieces: filled and read as Markdown, or refused at one of its lines."""

    def enclosed(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        return (
            st.builds("{0}{1}".format, inner, inner)
            | st.builds("{{% if {0} %}}{1}{{% endif %}}".format, SAID, inner)
            | st.builds(
                "{{% for {0} in {1} %}}{2}{{% endfor %}}".format, st.sampled_from(["a", "b", "a, b"]), SAID, inner
            )
            | st.builds(
                "{{% {0} {1} %}}{2}".format,
                st.sampled_from(["set", "include", "macro", "filter", "elif", "with"]),
                SAID,
                inner,
            )
        )

    piece = WORDS | st.builds("{{{{ {0} }}}}".format, SAID)

    @given(st.recursive(piece, enclosed, max_leaves=25))
    def template(source: str) -> None:
        try:
            text, values = Wording(FACTS, Allowance()).fill(source, "t.md", 1)
        except TemplateTrouble as trouble:
            _answered([trouble.problem])
            assert trouble.problem.place is not None
            assert 1 <= trouble.problem.place.line <= source.count("\n") + 1
            return
        assert not any("object at 0x" in value for value in values), "where a thing lies in memory was printed"
        read_markdown(text, values)

    return template


def markdown(folder: Path) -> Property:
    """Any text of the signs Markdown knows."""
    signs = st.sampled_from(
        [*"*_[]()#>-+`|!\\~:.<&\n 1ax字，。", "  ", "\n\n", "](", "[#a]", "1. ", "- ", "    ", "\u3000", "https://x.y"]
    )

    @given(st.lists(signs, max_size=60).map("".join))
    def text(source: str) -> None:
        read_markdown(source, [])

    return text


def conditions(folder: Path) -> Property:
    """A condition of approval rules: true, false, or refused."""
    figures = [
        "discount",
        "margin",
        "net",
        "20%",
        "0.15",
        "7",
        "sum(lines(),'net')",
        "max(lines(),'net')",
        "count(lines())",
    ]
    odd = ["'a'", "lines()", "lines(kind='service')", "true", "none", "x.y", "[1]", "(1,2)", "{}", "sum", "''"]
    atoms = st.sampled_from([*figures, *odd])
    signs = st.sampled_from(
        [
            " + ",
            " - ",
            " * ",
            " / ",
            " > ",
            " >= ",
            " == ",
            " != ",
            " in ",
            " and ",
            " or ",
            " not ",
            " if ",
            " else ",
            "|",
            ".",
            ", ",
            "**",
        ]
    )
    said = st.recursive(
        atoms,
        lambda i: (
            st.builds("{0}{1}{2}".format, i, signs, i) | st.builds("not {0}".format, i) | st.builds("({0})".format, i)
        ),
        max_leaves=8,
    )
    values = {
        "discount": Fraction(1, 5),
        "margin": None,
        "net": Fraction(100),
        "lines": lambda: [{"kind": "service", "net": Fraction(3)}],
    }

    @given(said)
    def condition(text: str) -> None:
        try:
            found = read(text)
            known = {name: values.get(name) for name in found.names} | {"lines": values["lines"]}
            found.holds(known)
            if all(known[name] is not None for name in found.names):
                found.looked_at(known)
                found.comparisons(known)
        except ExpressionError as error:
            _answered([Problem(error.code, (), error.params)])

    return condition


def records(folder: Path) -> Property:
    """The record of decisions beside a deal: it counts, or for nothing."""
    from docgen.records import load_record

    (folder / "deal.yaml").write_text((ROOT / "samples/ten-lines/deal.yaml").read_text("utf-8"), "utf-8")
    ready = prepare(folder / "deal.yaml", Workspace.for_deal(folder / "deal.yaml"), TODAY)
    assert ready.facts is not None
    good = (
        "deal: D-1\nentries: '1'\nhead: abc\napprovals:\n- {number: '1', deal: D-1, revision: '1', decision: approved,"
        " rule: r, role: finance, by: Ann, at: '2026-11-20T10:00:00Z', currency: CNY, looked_at: {discount: '0.2'},"
        " tolerance: {}, content: x, before: '', hash: abc}\n"
    )

    @given(broken((good,)))
    def record(text: str) -> None:
        (folder / "deal.approvals.yaml").write_bytes(text.encode("utf-8", "surrogatepass"))
        kept = load_record(folder / "deal.yaml", ready.facts.deal, {})  # type: ignore[union-attr]
        _answered(list(kept.problems))
        assert kept.problems or not kept.record.entries, "a forged record counts"

    return record


def word(folder: Path) -> Property:
    """A Word file that others changed: read, or refused."""
    path = ROOT / "samples" / "ten-lines" / "deal.yaml"
    workspace = Workspace.for_deal(path)
    facts = prepare(path, workspace, TODAY).facts
    assert facts is not None
    good = produce(facts, "quote", workspace, today=TODAY, formats=("docx",)).files["docx"]
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    wounded = ("word/document.xml", "word/styles.xml", "word/numbering.xml", "word/_rels/document.xml.rels")

    @given(st.data(), st.sampled_from(wounded), st.integers(0, len(good) - 1))
    def file(data: st.DataObject, part: str, at: int) -> None:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for name, text in parts.items():
                text = data.draw(broken((text,))) if name == part else text
                archive.writestr(name, text.encode("utf-8", "surrogatepass"))
        for tried in (packed.getvalue(), good[:at], good[:at] + bytes([good[at] ^ 0xFF]) + good[at + 1 :]):
            found = read_word(tried, "w.docx")
            _answered([found] if isinstance(found, Problem) else list(found.problems))

    return file


def papers(folder: Path) -> Property:
    """A finished paper that was damaged on its way: read, or refused."""
    path = ROOT / "samples" / "ten-lines" / "deal.yaml"
    workspace = Workspace.for_deal(path)
    facts = prepare(path, workspace, TODAY).facts
    assert facts is not None
    good = produce(facts, "quote", workspace, today=TODAY, formats=("docx", "pdf", "html")).files
    table = Sheet("t", [[Cell("x"), Cell(5)], [Cell(formula="A1")]])
    book = write_workbook([table], title="t", digits=2, made_on=made_on(TODAY))
    good = {**good, "pdf": _unpacked_pdf(good["pdf"]), "xlsx": book}
    signs = (
        b" Tm ",
        b" Tf ",
        b" [ ] TJ ",
        b" Do ",
        b" -5 Tj ",
        b"null",
        b"<<",
        b"[",
        b"endbfrange",
        b"<ffff> <0000>",
        b"\0",
    )

    @given(st.data(), st.sampled_from(sorted(good)))
    def paper(data: st.DataObject, form: str) -> None:
        content = good[form]
        for _ in range(data.draw(st.integers(1, 4))):
            at = data.draw(st.integers(0, len(content)))
            to = data.draw(st.one_of(st.just(len(content)), st.integers(at, at + 40)))
            content = content[:at] + data.draw(st.one_of(st.sampled_from(signs), st.binary(max_size=3))) + content[to:]
        try:
            spoken_of(form, content)
        except NotReadable as reason:
            assert str(reason) and " at 0x" not in str(reason)

    return paper


def _unpacked_pdf(data: bytes) -> bytes:
    """So that wounds reach what is drawn."""
    packed = io.BytesIO()
    with pikepdf.Pdf.open(io.BytesIO(data)) as pdf:
        pdf.save(packed, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.all)
    return packed.getvalue()


TARGETS: dict[str, Callable[[Path], Property]] = {
    each.__name__: each for each in (deals, lists, tables, templates, markdown, conditions, records, word, papers)
}


# ---- running --------------------------------------------------------------------------------------------------------
def fuzz(name: str, seconds: float, first: int, examples: int) -> tuple[int, bool]:
    """How many seeds were run until the time was over, and whether nothing was found."""
    calm = settings(
        max_examples=examples, deadline=None, database=None, print_blob=False, suppress_health_check=list(HealthCheck)
    )
    ends, number = time.monotonic() + seconds, first
    while True:
        with tempfile.TemporaryDirectory() as folder:
            property_ = seed(number)(calm(TARGETS[name](Path(folder))))
            try:
                property_()
            except Exception as error:
                print(
                    f"{name}: seed {number} found {type(error).__name__}: {error}",
                    *getattr(error, "__notes__", ()),
                    sep="\n",
                )
                return number - first + 1, False
        number += 1
        if time.monotonic() >= ends:
            return number - first, True


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="*", choices=[*TARGETS, []], help="default: all")
    parser.add_argument("--seconds", type=float, default=60, help="for each target")
    parser.add_argument("--seed", type=int, default=1, help="the first; one more for each round")
    parser.add_argument("--examples", type=int, default=300, help="of one round")
    asked = parser.parse_args()
    found = False
    for name in asked.targets or TARGETS:
        rounds, calm = fuzz(name, asked.seconds, asked.seed, asked.examples)
        print(
            f"{name}: {rounds} rounds of {asked.examples} examples, {'nothing found' if calm else 'FOUND'}", flush=True
        )
        found |= not calm
    return int(found)


if __name__ == "__main__":
    raise SystemExit(main())
