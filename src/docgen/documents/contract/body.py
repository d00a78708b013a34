"""The whole of a draft as blocks: articles, then annexes, both languages clause by clause, defined terms last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from docgen.content.blocks import Block, Blocks, Clause, Heading, PageBreak, Strong, Text
from docgen.contract.draft import Chosen, Draft
from docgen.contract.library import Term
from docgen.documents.contract.tables import table
from docgen.documents.contract.wording import Speech, TableHere, Unit, anchor, placed_references, title_of
from docgen.documents.page import Page
from docgen.documents.words import TemplateTrouble
from docgen.locales import words
from docgen.problems import Problem, ProblemsFound

DEFINITIONS = "definitions"


@dataclass(frozen=True)
class Worded:
    """A draft with words: what stands before the signatures, and the annexes behind them."""

    articles: Blocks
    annexes: Blocks


def worded(draft: Draft, page: Page) -> Worded:
    """The words of a contract. ProblemsFound names the lines of clauses that cannot be worded."""
    speeches = [Speech(draft, language, second=bool(at)) for at, language in enumerate(page.languages)]
    try:
        spoken = {each.key: [speech.units(each) for speech in speeches] for each in _terms_last(draft)}
        blocks = {each.key: tuple(_blocks(each, spoken[each.key], draft, page, speeches)) for each in draft.chosen}
    except TemplateTrouble as trouble:
        raise ProblemsFound([trouble.problem]) from None
    source = page.facts.sources.get("deal")
    problems = [each for speech in speeches for each in speech.problems]
    problems = [each if each.place or source is None else each.at(source.place(each.path)) for each in problems]
    if problems:
        raise ProblemsFound({(each.code, each.place, *each.params.values()): each for each in problems}.values())
    articles = tuple(block for each in draft.articles for block in blocks[each.key])
    annexes = tuple(block for each in draft.annexes for block in blocks[each.key])
    whole: Blocks = placed_references(
        (*articles, *annexes), (pointer for speech in speeches for pointer in speech.pointers)
    )
    return Worded(whole[: len(articles)], whole[len(articles) :])


def _terms_last(draft: Draft) -> Iterator[Chosen]:
    """Definitions come when all other clauses have said which terms they use."""
    yield from (each for each in draft.chosen if each.key != DEFINITIONS)
    yield from (each for each in draft.chosen if each.key == DEFINITIONS)


def _blocks(
    chosen: Chosen, spoken: Sequence[list[Unit]], draft: Draft, page: Page, speeches: Sequence[Speech]
) -> Iterator[Block]:
    units = [_without_title(each) if chosen.clause.card.annex else each for each in spoken]
    if chosen.clause.card.annex:
        yield from _annex_head(chosen, draft, page)
    for unit in _paired(units):
        if isinstance(unit, TableHere):
            yield from _table(unit, draft, page, speeches, chosen)
        else:
            yield unit


def _paired(spoken: Sequence[list[Unit]]) -> Iterator[Unit]:
    """Paragraph by paragraph, a table once; languages out of step come one after the other, as the checks tell."""
    first, *others = spoken
    if any([_shape(unit) for unit in other] != [_shape(unit) for unit in first] for other in others):
        yield from first
        yield from (unit for other in others for unit in other if not isinstance(unit, TableHere))
        return
    for units in zip(first, *others, strict=True):
        yield from units[:1] if isinstance(units[0], TableHere) else units


def _shape(unit: Unit) -> object:
    return unit.name if isinstance(unit, TableHere) else unit.level


def _table(unit: TableHere, draft: Draft, page: Page, speeches: Sequence[Speech], chosen: Chosen) -> Iterator[Block]:
    if unit.name == DEFINITIONS:
        yield from _definitions(draft, page, speeches, chosen)
        return
    made = table(unit.name, draft, page)
    if made is None:
        raise ProblemsFound([Problem("unknown_table", (), {"name": unit.name}, origin="template", place=unit.place)])
    yield from made


# ---- annexes --------------------------------------------------------------------------------------------------------
def _annex_head(chosen: Chosen, draft: Draft, page: Page) -> Iterator[Block]:
    """Each annex begins a page, with its number and title."""
    number = str(1 + [each.key for each in draft.annexes].index(chosen.key))
    said = [
        words(language).label("annex_title", number=number, title=title_of(chosen, language))
        for language in page.languages
    ]
    yield PageBreak()
    yield Heading(1, (Text("  ".join(said)),), anchor(chosen.key, 1))


def _without_title(units: list[Unit]) -> list[Unit]:
    """An annex's own title is its heading; without headings of its own its paragraphs bear no numbers."""
    inner = [unit for unit in units if not (isinstance(unit, Clause) and unit.level == 0)]
    headed = any(isinstance(unit, Clause) and unit.level == 1 for unit in inner)
    return inner if headed else [_unnumbered(unit) for unit in inner]


def _unnumbered(unit: Unit) -> Unit:
    return replace(unit, number=None) if isinstance(unit, Clause) and unit.level == 2 else unit


# ---- definitions ----------------------------------------------------------------------------------------------------
def _definitions(draft: Draft, page: Page, speeches: Sequence[Speech], chosen: Chosen) -> Iterator[Block]:
    """A numbered paragraph for every term that is used, also in other definitions: in English by the alphabet, else in
    the order of their first use."""
    known = draft.library.terms
    meant: dict[str, list[Clause]] = {}
    while waiting := [key for key in _used(speeches) if key not in meant]:
        for key in waiting:
            meant[key] = [_definition(key, known[key], speech, chosen) for speech in speeches]
    order = sorted(meant, key=lambda key: known[key].en.casefold()) if page.language == "en" else list(meant)
    for key in order:
        yield from meant[key]


def _used(speeches: Sequence[Speech]) -> list[str]:
    return list(dict.fromkeys(key for speech in speeches for key in speech.used_terms))


def _definition(key: str, term: Term, speech: Speech, chosen: Chosen) -> Clause:
    """`“许可软件”指……`, `“Software” means …`."""
    called = term.called(speech.language)
    quoted = f"“{called}”" if speech.language == "zh-CN" else f"“{called}” "
    said = speech.inlines(term.definition.get(speech.language), speech.draft.library.terms_shown, chosen)
    name = f"dg_term_{key}" + (f"_{speech.language[:2]}" if speech.second else "")
    return Clause(
        2, (Strong((Text(quoted.strip()),)), Text(quoted[len(quoted.strip()) :]), *said), name, speech.language
    )
