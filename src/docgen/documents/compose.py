"""Manifest + templates + facts → content.Document.

A bilingual paper takes its parts in pairs, the first language then the second; tables and blocks come once, with heads
in both.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterator
from itertools import count

from docgen.answers import customer_copy
from docgen.content.blocks import Attachment, Block, Blocks, Document, Paragraph, Table, Together, text_of
from docgen.content.markdown import read_markdown
from docgen.documents.components import COMPONENTS
from docgen.documents.manifest import Found, Template
from docgen.documents.page import Page
from docgen.documents.projection import project
from docgen.documents.words import TemplateTrouble, fill
from docgen.facts import Facts
from docgen.locales import words
from docgen.problems import Place, Problem, ProblemsFound

_SLOT = re.compile(r"^:::[ \t]*slot[ \t]+(\S+)[ \t]*$", re.MULTILINE)


def compose(found: Found, facts: Facts, languages: tuple[str, ...], made: dt.datetime) -> Document:
    """The paper as neutral content. ProblemsFound names the template lines that cannot be filled."""
    page = Page(facts, languages)
    problems = list(check_templates(found, languages))
    if problems:
        raise ProblemsFound(problems)
    blocks: list[Block] = []
    try:
        for number, part in enumerate(found.manifest.parts, 1):
            blocks += _part(found, part, page, f"{part}-{number}-")
    except TemplateTrouble as trouble:
        raise ProblemsFound([trouble.problem]) from None
    return _document(found, page, _kept_together(tuple(blocks)), made)


# ---- parts ----------------------------------------------------------------------------------------------------------
def _part(found: Found, part: str, page: Page, anchors: str) -> Iterator[Block]:
    """Each language's words in turn; slots only once, where the first language has them."""
    for language in page.languages:
        template = found.templates[language]
        line, source = template.parts[part]
        text, values = fill(source, project(Page(page.facts, (language,))), template.shown, line)
        yield from _blocks(text, values, page, f"{anchors}{language[:2]}", with_slots=language == page.language)


def _blocks(text: str, values: list[str], page: Page, anchors: str, *, with_slots: bool) -> Iterator[Block]:
    at, piece = 0, count(1)
    for match in _SLOT.finditer(text):
        yield from read_markdown(text[at : match.start()], values, f"{anchors}{next(piece)}-")
        if with_slots:
            yield from COMPONENTS[match[1]](page)
        at = match.end()
    yield from read_markdown(text[at:], values, f"{anchors}{next(piece)}-")


def _kept_together(blocks: Blocks) -> Blocks:
    """Bilingual headings that follow one another become one; a short line before a table stays with it."""
    out: list[Block] = []
    for index, block in enumerate(blocks):
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        if (
            isinstance(block, Paragraph)
            and isinstance(following, Table | Together)
            and len(text_of(block.content)) < 200
        ):
            block = Paragraph(block.content, "note", keep_with_next=True)
        out.append(block)
    return tuple(out)


# ---- checks without data --------------------------------------------------------------------------------------------
def check_templates(found: Found, languages: tuple[str, ...]) -> Iterator[Problem]:
    """Parts the manifest names and a template lacks, and slots nobody knows."""
    for language in languages:
        template = found.templates.get(language)
        if template is None:
            known = "\n".join(found.templates)
            yield Problem(
                "language_not_offered",
                (),
                {"document": found.manifest.document, "language": language, "known": known},
                origin="template",
            )
            continue
        for part in found.manifest.parts:
            if part not in template.parts:
                place = Place(template.shown)
                yield Problem(
                    "unknown_part",
                    (),
                    {"part": part, "known": "\n".join(template.parts)},
                    origin="template",
                    place=place,
                )
        yield from _unknown_slots(template)


def _unknown_slots(template: Template) -> Iterator[Problem]:
    for line, source in template.parts.values():
        for match in _SLOT.finditer(source):
            if match[1] not in COMPONENTS:
                place = Place(template.shown, line + source.count("\n", 0, match.start()))
                yield Problem(
                    "unknown_slot",
                    (),
                    {"slot": match[1], "known": "\n".join(COMPONENTS)},
                    origin="template",
                    place=place,
                )


# ---- the paper around its parts -------------------------------------------------------------------------------------
def _document(found: Found, page: Page, blocks: Blocks, made: dt.datetime) -> Document:
    facts, deal = page.facts, page.facts.deal
    copy = json.dumps(customer_copy(facts), ensure_ascii=False, indent=1).encode()
    title = " ".join(found.manifest.title.get(x) for x in page.languages)
    open_points = len(facts.verdict.open) + len(facts.verdict.gates)
    return Document(
        title=f"{title} {deal.number}",
        blocks=blocks,
        languages=page.languages,
        date=made,
        author=page.text(facts.seller.name),
        subject=page.text(deal.title),
        running=(f"{title} {deal.number}", page.text(deal.customer.name)),
        footer=page.text(facts.seller.name),
        page_label=" · ".join(words(x).label("page", page="{page}", pages="{pages}") for x in page.languages),
        draft=" ".join(dict.fromkeys([page.words.label("draft"), "DRAFT"])) if open_points else "",
        draft_note=" ".join(words(x).label("draft_note", count=str(open_points)) for x in page.languages)
        if open_points
        else "",
        properties={
            "docgen.deal": deal.deal,
            "docgen.revision": str(deal.revision),
            "docgen.document": f"{found.manifest.document}@{found.manifest.version}",
            "docgen.price_list": facts.catalog.name,
            "docgen.state": "draft" if open_points else "approved" if facts.verdict.approvals else "clear",
            "docgen.content": f"sha256:{hashlib.sha256(copy).hexdigest()}",
        },
        attachments=(Attachment("deal.json", "application/json", copy, title),),
    )
