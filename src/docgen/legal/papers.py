"""A drafted contract as a paper, for who reads it back: what `docgen contract` writes, without its approvals."""

from __future__ import annotations

import datetime as dt

from docgen.content.blocks import Document
from docgen.documents.compose import compose
from docgen.documents.contract.signing import as_signed
from docgen.documents.manifest import find_manifest
from docgen.facts import Facts
from docgen.problems import ProblemsFound
from docgen.reading import Workspace, load_look


def contract_paper(facts: Facts, workspace: Workspace, languages: tuple[str, ...] = ()) -> Document:
    """The contract of a deal as neutral content. ProblemsFound where a clause cannot be worded."""
    found, problems = find_manifest("contract", workspace.template_folders())
    if found is None:
        raise ProblemsFound(problems)
    day = facts.deal.date
    made = dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)
    return compose(as_signed(found, facts), facts, languages or facts.deal.language, made)


def word_file(facts: Facts, workspace: Workspace, languages: tuple[str, ...] = ()) -> bytes:
    """The same as a Word file."""
    from docgen.render import WRITERS

    return WRITERS["docx"](contract_paper(facts, workspace, languages), load_look(workspace))
