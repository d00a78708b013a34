"""Whatever stands in a story comes out literally on the proposal, or is refused in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html

import docgen.render.text
from docgen.pipeline import prepare, produce
from docgen.problems import Problem, ProblemsFound, only_errors
from docgen.texts import texts
from tests.documents.tales import house, told_deal
from tests.safety.hostile import HOSTILE
from tests.safety.house import TODAY, word_paragraphs

FIXED = {"id", "priority", "part", "start_month", "months", "plan_starts", "deadline", "likelihood", "impact"}
FIXED |= {"confirmed", "references", "lines", "payment", "reaches"}
"""Keys whose values are words of the grammar, or names of something else."""
FREE_OWNERS = ("initiatives", "risks")


@pytest.fixture(autouse=True)
def _unwrapped_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docgen.render.text, "WIDTH", 20_000)


class _Numbered:
    """The hostile text with a number of its own for every field of the story."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.said: list[str] = []

    def fill(self, value: Any, path: tuple[str, ...] = ()) -> Any:
        if isinstance(value, dict):
            fixed = FIXED | ({"answer"} if path == ("requirements",) else set())
            return {key: value[key] if key in fixed else self.fill(value[key], (*path, key)) for key in value}
        if isinstance(value, list):
            return [self.fill(each, path) for each in value]
        if not isinstance(value, str) or (path[-1:] == ("owner",) and path[0] not in FREE_OWNERS):
            return value
        self.said.append(f"{self.text}~{len(self.said):02}~".strip())
        return self.said[-1]


def _packed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _files(folder: Path, text: str) -> tuple[dict[str, bytes], _Numbered, list[Problem]]:
    say, deal = _Numbered(text), told_deal()
    deal["story"] = say.fill(deal["story"])
    path, workspace = house(folder, deal)
    ready = prepare(path, workspace, TODAY)
    if ready.facts is None or ready.has_errors:
        return {}, say, only_errors(ready.problems)
    try:
        papers = produce(ready.facts, "proposal", workspace, today=TODAY, formats=("docx", "pdf", "txt", "html"))
    except ProblemsFound as found:
        return {}, say, list(found.problems)
    assert len(list(texts(ready.facts.deal.story))) > len(say.said)
    return papers.files, say, []


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text)[1:31])
def test_hostile_text_in_a_story_comes_out_literally_or_is_refused_with_its_place(tmp_path: Path, text: str) -> None:
    files, say, problems = _files(tmp_path, text)
    if problems:
        assert all(each.place is not None for each in problems)
        return
    shown = {
        "txt": files["txt"].decode(),
        "docx": "".join(word_paragraphs(files["docx"])),
        "html": html.document_fromstring(files["html"].decode()).text_content(),
    }
    packed = {form: _packed(said) for form, said in shown.items()}
    lost = [(form, line) for form in shown for line in _lines(say.said, form) if _packed(line) not in packed[form]]
    assert lost == []
    assert b'TargetMode="External"' not in files["docx"]


def _lines(said: list[str], form: str) -> Iterator[str]:
    """In plain text the lines of cells side by side stand between one another."""
    for words in said:
        yield from words.split("\n") if form == "txt" else [words]
