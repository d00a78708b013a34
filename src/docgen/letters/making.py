"""A letter of one deal: from the company's file to the bytes of its papers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass

from docgen.content.blocks import Blocks, Document
from docgen.documents.audience import seen_by
from docgen.documents.checks import check_templates
from docgen.documents.components import component
from docgen.documents.compose import paper_around, unmet_here
from docgen.documents.manifest import Found, Letter
from docgen.documents.outlining import outlined
from docgen.documents.page import Page
from docgen.facts import Facts
from docgen.letters.filling import PLACE, Filling
from docgen.letters.lint import names_of, tag_problems
from docgen.letters.marks import mark
from docgen.letters.measures import Widths, section_widths
from docgen.letters.opened import OpenedLetter, open_letter
from docgen.letters.places import Placing
from docgen.letters.scope import Scope, scope_of
from docgen.letters.written import write_letter
from docgen.problems import Place, Problem, ProblemsFound
from docgen.render.docx.guests import Guests, Host
from docgen.render.theme import Look
from docgen.source.text_file import read_bytes
from docgen.wordfile.names import W
from docgen.wordfile.xml import Tree, serialise

_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"


@dataclass(frozen=True)
class MadeLetter:
    """A letter as Word has it, the paper it is (title, marks, the customer's copy), and what was left behind."""

    docx: bytes
    document: Document
    warnings: tuple[Problem, ...]


FORMATS = ("docx", "pdf", "txt", "json")


def letter_files(
    found: Found,
    facts: Facts,
    languages: tuple[str, ...],
    made: dt.datetime,
    look: Look,
    formats: Sequence[str],
    *,
    review: bool,
) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """A letter in the wanted formats, and what was left behind. ProblemsFound where one of them cannot be had."""
    shown = found.letters[languages[0]].shown
    refused = [_refused("letter_no_format", found, shown, format=each) for each in formats if each not in FORMATS]
    if review:
        refused.append(_refused("letter_no_review", found, shown))
    if refused:
        raise ProblemsFound(refused)
    letter = make_letter(found, facts, languages, made, look)
    return {name: _file(name, letter, made, shown) for name in formats}, letter.warnings


def _refused(code: str, found: Found, shown: str, **words: str) -> Problem:
    words = {"document": found.manifest.document, **words}
    return Problem(code, (), words, origin="template", place=Place(shown))


def _file(form: str, letter: MadeLetter, made: dt.datetime, shown: str) -> bytes:
    if form == "docx":
        return letter.docx
    if form == "json":
        return next(each.data for each in letter.document.attachments if each.media_type == "application/json")
    from docgen.letters.formats import as_pdf, as_text

    if form == "txt":
        return as_text(letter.docx)
    pdf = as_pdf(letter.docx, made)
    if isinstance(pdf, Problem):
        raise ProblemsFound([pdf.at(Place(shown))])
    return pdf


def make_letter(found: Found, facts: Facts, languages: tuple[str, ...], made: dt.datetime, look: Look) -> MadeLetter:
    """ProblemsFound names every control that cannot be filled, all at once."""
    problems = [*check_templates(found, languages), *unmet_here(found, facts)]
    if not problems and len(languages) > 1:
        problems = [_bilingual(found, languages)]
    if problems:
        raise ProblemsFound(problems)
    page = Page(seen_by(found.manifest.audience, facts), languages, found.manifest.title)
    contract = "contract" in found.manifest.needs
    scope = scope_of(page, contract=contract)
    file = found.letters[languages[0]]
    letter = _opened(file, scope)
    problems = tag_problems(letter, names_of(found.manifest))
    if problems:
        raise ProblemsFound(problems)
    trees = {name: Tree(deepcopy(tree.root), tree.prefixes) for name, tree in letter.trees.items()}
    _fill(letter, trees, scope, chinese=page.language == "zh-CN")
    blocks = {name: component(name)(page) for name in _placed(letter, trees)}
    document = paper_around(found, page, tuple(block for each in blocks.values() for block in each), made)
    document = outlined(document, found)
    return _written(letter, trees, document, _shared_out(blocks, document.blocks), look)


def _bilingual(found: Found, languages: Sequence[str]) -> Problem:
    letter = next(each for each in found.letters.values())
    words = {"document": found.manifest.document, "language": languages[0]}
    return Problem("letter_bilingual", (), words, origin="template", place=Place(letter.shown))


def _opened(file: Letter, scope: Scope) -> OpenedLetter:
    data = read_bytes(file.path, file.shown)
    if isinstance(data, Problem):
        raise ProblemsFound([data])
    if file.is_jinja:
        from docgen.letters.jinja import fill_marks, put_values

        found = open_letter(data, file.shown)
        if not isinstance(found, OpenedLetter):
            raise ProblemsFound(found)
        data, values = fill_marks(data, scope.values, file.shown)
    letter = open_letter(data, file.shown)
    if not isinstance(letter, OpenedLetter):
        raise ProblemsFound(letter)
    for name in letter.texts if file.is_jinja else ():
        put_values(letter.trees[name].root, values)
    return letter


def _fill(letter: OpenedLetter, trees: Mapping[str, Tree], scope: Scope, *, chinese: bool) -> None:
    filling = Filling(chinese=chinese)
    body = trees[letter.main].root.find(f"{W}body")
    widths = section_widths(body) if body is not None else []
    for name in letter.texts:
        filling.part(trees[name].root, scope, Widths(widths))
    if filling.troubles:
        raise ProblemsFound(
            Problem(
                each.code,
                (),
                {"tag": each.tag, "near_by": each.near or "an empty paragraph", "file": letter.shown},
                origin="template",
                place=Place(letter.shown),
            )
            for each in filling.troubles
        )


def _placed(letter: OpenedLetter, trees: Mapping[str, Tree]) -> Iterator[str]:
    """The blocks that have a place, in the order they are met."""
    names = (place.get("block", "") for part in letter.texts for place in trees[part].root.iter(PLACE))
    yield from dict.fromkeys(names)


def _shared_out(blocks: Mapping[str, Blocks], counted: Blocks) -> dict[str, Blocks]:
    """Blocks by name again, as they are once everything is counted."""
    out, at = {}, 0
    for name, each in blocks.items():
        out[name] = counted[at : at + len(each)]
        at += len(each)
    return out


def _written(
    letter: OpenedLetter, trees: dict[str, Tree], document: Document, blocks: Mapping[str, Blocks], look: Look
) -> MadeLetter:
    guests = Guests(document, look, _host(letter, trees))
    placing = Placing(guests, blocks)
    for name in letter.texts:
        trees[name] = placing.into(name, trees[name])
    mark(letter, document, trees, placing)
    docx = write_letter(letter, document, trees, guests, placing.relations)
    return MadeLetter(docx, document, letter.warnings)


def _host(letter: OpenedLetter, trees: Mapping[str, Tree]) -> Host:
    texts = [trees[name].root for name in letter.texts]
    marks = [node for root in texts for node in root.iter(f"{W}bookmarkStart")]
    drawn = [node.get("id", "0") for root in texts for node in root.iter(_DRAWN)]
    numbers = [each for each in (*(node.get(f"{W}id", "0") for node in marks), *drawn) if each.isdigit()]
    return Host(
        _text(letter, "styles"),
        _text(letter, "numbering"),
        frozenset(node.get(f"{W}name", "") for node in marks),
        max(map(int, numbers), default=0),
    )


def _text(letter: OpenedLetter, kind: str) -> str:
    name = letter.named(kind)
    return serialise(letter.trees[name]).decode() if name is not None else ""
