"""One clause in one language: its text filled, its marks resolved, its paragraphs as numbered places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from docgen.content.blocks import Block, Clause, Heading, Inlines, ListBlock, Paragraph, Strong, text_of
from docgen.content.markdown import mark, read_markdown
from docgen.contract.draft import Chosen, Draft
from docgen.contract.library import STANDARD, ClauseText
from docgen.documents.allowed import Allowance
from docgen.documents.contract.marks import TABLE, Mark, replaced
from docgen.documents.contract.printed import context
from docgen.documents.contract.soundness import Pointer, lost_pointers, says_nothing, text_problems, wish_of
from docgen.documents.in_number import in_number
from docgen.documents.words import Wording
from docgen.locales import words
from docgen.problems import Place, Problem, ProblemsFound


@dataclass(frozen=True, slots=True)
class TableHere:
    """A place where a clause's text asks for a table made by code."""

    name: str
    place: Place


Unit = Clause | TableHere
"""What a clause is made of, in order."""


@dataclass
class Speech:
    """The words of one contract in one language: what has been used so far, what went wrong."""

    draft: Draft
    language: str
    second: bool = False
    used_terms: dict[str, None] = field(default_factory=dict)
    pointers: list[Pointer] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    allowance: Allowance = field(default_factory=Allowance)

    def units(self, chosen: Chosen) -> list[Unit]:
        """A clause as numbered places and tables."""
        text = self._text(chosen)
        if text is None:
            return []
        wrong = list(text_problems(text))
        self.problems += wrong
        filled, values = self._wording(chosen).fill(lines_kept(text.source), text.shown, 1)
        units = list(_Maker(self, chosen, text).units(filled, values))
        if len(units) < 2 and not wrong:
            self.problems.append(says_nothing(text))
        return units

    def inlines(self, source: str, shown: str, chosen: Chosen) -> Inlines:
        """A sentence outside the clauses' own texts, a term's definition, worded as if it stood in `chosen`."""
        filled, values = self._wording(chosen).fill(source, shown, 1)
        maker = _Maker(self, chosen, ClauseText(shown, self.language, STANDARD, source))
        blocks = read_markdown(maker.marked(filled, values), values, "x", language=self.language)
        return blocks[0].content if blocks and isinstance(blocks[0], Paragraph) else ()

    def _wording(self, chosen: Chosen) -> Wording:
        return Wording(context(self.draft, chosen, self.language), self.allowance)

    def _text(self, chosen: Chosen) -> ClauseText | None:
        text = chosen.clause.text(chosen.variant, self.language)
        if text is None:
            name = self.language if chosen.variant == STANDARD else f"{self.language}.{chosen.variant}"
            words_ = {"clause": chosen.key, "file": f"{name}.md"}
            place = Place(chosen.clause.shown)
            self.problems.append(Problem("clause_without_text", (), words_, origin="template", place=place))
        return text


_ONLY_TAGS = re.compile(r"[ \t]*(?:(?:\{%[^%]*%\}|\{#.*?#\})[ \t]*)+")
_TAG_ENDS = ("%}", "#}")


def lines_kept(source: str) -> str:
    """A text whose paragraphs stay apart where one ends with a tag or a remark: Jinja drops the line's end behind any,
    and only a line of nothing but tags should vanish."""
    return "\n".join(_end_kept(line) for line in source.split("\n"))


def _end_kept(line: str) -> str:
    words_ = line.rstrip()
    if not words_.endswith(_TAG_ENDS) or _ONLY_TAGS.fullmatch(line):
        return line
    return f"{words_[:-2]}+{words_[-2:]}"


class _Maker:
    """Makes the places of one clause; knows where its marks lead."""

    def __init__(self, speech: Speech, chosen: Chosen, text: ClauseText) -> None:
        self.speech = speech
        self.draft = speech.draft
        self.chosen = chosen
        self.text = text
        self.count = 0

    # -- marks --------------------------------------------------------------------------------------------------------
    def marked(self, filled: str, values: list[str]) -> str:
        """The text with marks as house Markdown: references as `[](#anchor)`, words as printed values."""
        agreeing = in_number(filled, values, self.speech.language)
        return replaced(agreeing, lambda found: self._mark(found, values))

    def _mark(self, found: Mark, values: list[str]) -> str:
        match found.kind:
            case "ref":
                return self._reference(found)
            case "annex":
                return self._annex(found, values)
            case "term":
                return _printed(self._term(found), values)
            case "law":
                statute = self.draft.library.statutes.get(found.key)
                if statute is None:
                    return self._trouble("unknown_statute", found, known="\n".join(self.draft.library.statutes))
                return _printed(statute.called(self.speech.language), values)
        return self._trouble("table_not_alone", found)

    def _reference(self, found: Mark) -> str:
        key, _, place = found.key.partition(".")
        if key not in self.draft.library.clauses:
            return self._trouble("unknown_clause", found, clause=key, known="\n".join(self.draft.library.clauses))
        if not self.draft.has(key):
            return self._trouble("reference_to_absent", found, clause=key)
        if not place:
            return f"[](#{anchor(key, 1)})"
        self.speech.pointers.append(Pointer(found.key, Place(self.text.shown, _line_of(self.text.source, found))))
        return f"[](#{found.key})"

    def _annex(self, found: Mark, values: list[str]) -> str:
        numbers = {each.key: number for number, each in enumerate(self.draft.annexes, 1)}
        if found.key not in self.draft.library.clauses:
            return self._trouble("unknown_clause", found, clause=found.key, known="\n".join(self.draft.library.clauses))
        if found.key not in numbers:
            return self._trouble("reference_to_absent", found, clause=found.key)
        chosen = next(each for each in self.draft.annexes if each.key == found.key)
        speech = words(self.speech.language)
        title = title_of(chosen, self.speech.language)
        named = speech.label("annex_named", number=str(numbers[found.key]), title=title)
        return f"[{_printed(named, values)}](#{anchor(found.key, 1)})"

    def _term(self, found: Mark) -> str:
        term = self.draft.library.terms.get(found.key)
        if term is None:
            return self._trouble("unknown_term", found, known="\n".join(self.draft.library.terms))
        self.speech.used_terms.setdefault(found.key)
        return found.form or term.called(self.speech.language)

    def _trouble(self, code: str, found: Mark, **params: str) -> str:
        wish = wish_of(self.chosen, self.draft)
        if code == "reference_to_absent" and wish is not None:
            words_ = {"name": self.chosen.key, "clause": params["clause"]}
            self.speech.problems.append(Problem("wish_lacks_clause", wish, words_))
            return found.key
        place = Place(self.text.shown, _line_of(self.text.source, found))
        words_ = {"name": found.key, "clause": found.key, **params}
        self.speech.problems.append(Problem(code, (), words_, origin="template", place=place))
        return found.key

    # -- places -------------------------------------------------------------------------------------------------------
    def units(self, filled: str, values: list[str]) -> Iterator[Unit]:
        at = 0
        for match in [*TABLE.finditer(filled), None]:
            piece = filled[at : match.start()] if match else filled[at:]
            blocks = read_markdown(self.marked(piece, values), values, "x", language=self.speech.language)
            yield from self._places(blocks)
            if match:
                found = Mark("table", match[1], "", 0)
                yield TableHere(match[1], Place(self.text.shown, _line_of(self.text.source, found)))
                at = match.end()

    def _places(self, blocks: Iterable[Block]) -> Iterator[Clause]:
        for block in blocks:
            if isinstance(block, Heading):
                yield self._place(block.level if not self.annex else block.level - 1, block.content)
            elif isinstance(block, Paragraph):
                yield self._place(2, block.content)
            elif isinstance(block, ListBlock):
                yield from self._items(block, 3)

    def _items(self, items: ListBlock, level: int) -> Iterator[Clause]:
        for item in items.items:
            for block in item:
                if isinstance(block, Paragraph):
                    yield self._place(level, block.content)
                elif isinstance(block, ListBlock):
                    yield from self._items(block, min(level + 1, 4))

    def _place(self, level: int, content: Inlines) -> Clause:
        """A paragraph that is wholly `**strong**` must be pointed out, as all of a conspicuous clause must."""
        self.count += 1
        loud = len(content) == 1 and isinstance(content[0], Strong)
        return Clause(
            level=level,
            content=_unwrapped(content) if loud else content,
            anchor=anchor(self.chosen.key, self.count, self.speech.language if self.speech.second else ""),
            language=self.speech.language,
            series=self.chosen.key if self.annex else "",
            conspicuous=(loud or self.chosen.clause.card.conspicuous) and level > 1,
            keep_with_next=level == 1 or text_of(content)[-1:] in "：:",
        )

    @property
    def annex(self) -> bool:
        return self.chosen.clause.card.annex


def _unwrapped(content: Inlines) -> Inlines:
    first = content[0]
    return first.content if isinstance(first, Strong) else content


def anchor(key: str, count: int, language: str = "") -> str:
    """The name of a place in Word and PDF: dg_fees_2; in a contract's second language dg_fees_2_en."""
    return f"dg_{key}_{count}" + (f"_{language[:2]}" if language else "")


def title_of(chosen: Chosen, language: str) -> str:
    """The title in the first line of a clause's text, without filling it."""
    text = chosen.clause.text(chosen.variant, language) or chosen.clause.text(STANDARD, language)
    if text is None:
        return chosen.key
    first = next((line for line in text.source.split("\n") if line.startswith("# ")), "")
    return first.removeprefix("# ").strip() or chosen.key


def _printed(text: str, values: list[str]) -> str:
    """Words set aside as printed values are, so that nothing in them is markup."""
    values.append(text)
    return mark(len(values) - 1)


def _line_of(source: str, found: Mark) -> int:
    """The line of the template where a mark stands; filling may have moved it."""
    for number, line in enumerate(source.split("\n"), 1):
        if "[[" in line and found.kind in line and found.key in line:
            return number
    return 1


def placed_references(blocks: tuple[Any, ...], pointers: Iterable[Pointer]) -> tuple[Any, ...]:
    """References to a clause's n-th paragraph, which are known by that until all clauses have words. ProblemsFound
    where one leads nowhere."""
    from docgen.content.blocks import Reference
    from docgen.content.walk import changed, nodes

    clauses = tuple(nodes(blocks, Clause))
    paragraphs: dict[str, str] = {}
    for each in clauses:
        if each.level == 2:
            key = each.anchor.removeprefix("dg_").rpartition("_")[0]
            number = sum(1 for name in paragraphs if name.startswith(f"{key}.")) + 1
            paragraphs[f"{key}.{number}"] = each.anchor
    if lost := list(lost_pointers(pointers, paragraphs, clauses)):
        raise ProblemsFound(lost)

    def settle(node: Any) -> Any:
        if isinstance(node, Reference) and node.anchor in paragraphs:
            return replace(node, anchor=paragraphs[node.anchor])
        return node

    return changed(blocks, settle)  # type: ignore[no-any-return]
