"""Manifest + templates + facts → content.Document.

A bilingual paper takes its parts in pairs, the first language then the second; tables and blocks come once, with heads
in both.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from docgen.answers import customer_copy
from docgen.content.blocks import (
    Attachment,
    Block,
    Blocks,
    Break,
    Captioned,
    Document,
    Figure,
    Heading,
    Inlines,
    KeyFigures,
    ListBlock,
    Paragraph,
    SignatureBlock,
    Table,
    Text,
    Together,
    text_of,
)
from docgen.content.markdown import read_caption, read_markdown
from docgen.documents.allowed import Allowance
from docgen.documents.audience import seen_by, unmet
from docgen.documents.checks import SLOT, check_templates, refused_slots
from docgen.documents.components import component
from docgen.documents.in_number import in_number
from docgen.documents.manifest import Found
from docgen.documents.page import Page
from docgen.documents.parts import Missing, Part, missing_parts, told_parts
from docgen.documents.projection import project
from docgen.documents.remarks import Remarks
from docgen.documents.words import TemplateTrouble, Wording
from docgen.facts import Facts
from docgen.locales import words
from docgen.problems import Problem, ProblemsFound


def compose(
    found: Found,
    facts: Facts,
    languages: tuple[str, ...],
    made: dt.datetime,
    *,
    review: bool = False,
    points: Sequence[Problem] = (),
    whole: bool = True,
) -> Document:
    """The paper as neutral content, with review comments where asked. ProblemsFound names the template lines that
    cannot be filled. `points`: what reviewers should look at. Where only some parts are composed it is not `whole`, and
    may refer to what is not there."""
    problems = [*check_templates(found, languages), *unmet_here(found, facts)]
    if problems:
        raise ProblemsFound(problems)
    facts = seen_by(found.manifest.audience, facts)
    page = Page(facts, languages, found.manifest.title, Remarks(points, languages[0]) if review else None)
    missing = missing_parts(found.manifest.parts, facts)
    blocks: list[Block] = [*_open_points(page, points, missing)] if review else []
    allowance = Allowance()
    spoken = {each: Wording(project(replace(page, languages=(each,))), allowance) for each in languages}
    try:
        told: set[str] = set()
        for number, part in enumerate(told_parts(found.manifest.parts, facts), 1):
            if isinstance(part, Part):
                made_of = _part(found, part.part, page, spoken, f"{part.part}-{number}-")
                blocks += made_of if part.under is None or part.under in told else map(_raised, made_of)
                told.add(part.part)
    except TemplateTrouble as trouble:
        raise ProblemsFound([trouble.problem]) from None
    if not facts.verdict.is_clear:
        blocks += _to_be_filled(page, missing)
    document = paper_around(found, page, _kept_together(tuple(blocks)), made, review=review)
    if needs_outline(found, languages):
        from docgen.documents.outlining import outlined

        return outlined(document, found, whole=whole)
    return document


def _raised(block: Block) -> Block:
    """A heading one level higher: of a part whose chapter is not told, so that it begins one of its own."""
    return replace(block, level=max(1, block.level - 1)) if isinstance(block, Heading) else block


def _open_points(page: Page, points: Sequence[Problem], missing: Sequence[Missing]) -> Blocks:
    """Before everything else on a paper under review."""
    from docgen.documents.components.review import open_points

    return open_points(page, points, missing)


def _to_be_filled(page: Page, missing: Sequence[Missing]) -> Blocks:
    """At the end of a draft; a final paper says nothing of what it does not have."""
    if not missing:
        return ()
    from docgen.documents.components.drafting import to_be_filled

    return to_be_filled(page, missing)


def unmet_here(found: Found, facts: Facts) -> Iterator[Problem]:
    """What the document needs and the deal does not have, with its place."""
    for each in unmet(found.manifest, facts):
        source = facts.sources.get(each.origin)
        yield each if source is None else each.at(source.place(each.path))


# ---- parts ----------------------------------------------------------------------------------------------------------
Spoken = Mapping[str, Wording]
"""What templates may speak about, by language; the same for every part."""
Piece = tuple[Blocks, str, tuple[Inlines, str] | None]
"""Words, the slot that follows them ("" behind the last), and the slot's caption with its anchor."""


def _part(found: Found, part: str, page: Page, wordings: Spoken, anchors: str) -> Iterator[Block]:
    """Each language's words in turn. Around slots the words of both stand together, and the slot comes once."""
    spoken = [
        _pieces(found, part, language, wordings[language], anchors, f"-{language}" if at else "")
        for at, language in enumerate(page.languages)
    ]
    slots = [slot for _, slot, _ in spoken[0]]
    for index, slot in enumerate(slots):
        words_here = [pieces[index][0] if index < len(pieces) else () for pieces in spoken]
        yield from _paired(words_here) if any(slots) else _in_turn(words_here, found.manifest.numbered_headings)
        if slot:
            captions = [caption for pieces in spoken for _, _, caption in pieces[index : index + 1] if caption]
            blocks = component(slot)(page)
            if captions and blocks:
                from docgen.documents.outlining import captioned

                blocks = captioned(blocks, captions, f"{anchors}caption{index}")
            yield from blocks


def _pieces(found: Found, part: str, language: str, wording: Wording, anchors: str, suffix: str) -> list[Piece]:
    template = found.templates[language]
    line, source = template.parts[part]
    filled, values = wording.fill(source, template.shown, line)
    text = in_number(filled, values, language)
    for refused in refused_slots(template, part, text, found.manifest.audience):  # a slot may be pieced together
        raise TemplateTrouble(refused)
    out: list[Piece] = []
    at = 0
    for match in [*SLOT.finditer(text), None]:
        end = match.start() if match else len(text)
        if match:
            wording.place(match[1], template.shown, line + text.count("\n", 0, match.start()))
        name = f"{anchors}{language[:2]}{len(out)}-"
        blocks = read_markdown(text[at:end], values, name, language=language, suffix=suffix)
        caption = read_caption(match[2], values) if match and match[2] else None
        out.append((blocks, match[1] if match else "", caption))
        at = match.end() if match else end
    return out


def _in_turn(spoken: list[Blocks], numbered: bool) -> Iterator[Block]:
    """One language after the other; below one heading where headings are numbered, so that nothing is counted twice."""
    heads = [blocks[0] for blocks in spoken if blocks and isinstance(blocks[0], Heading)]
    if numbered and len(heads) == len(spoken) > 1:
        yield from _paired([(head,) for head in heads])
        spoken = [blocks[1:] for blocks in spoken]
    yield from _once(spoken)


def _paired(spoken: list[Blocks]) -> Iterator[Block]:
    """Headings and short notes of both languages as one; anything else one language after the other."""
    first, *others = spoken
    if any([type(b) for b in other] != [type(b) for b in first] for other in others):
        yield from _once(spoken)
        return
    for blocks in zip(first, *others, strict=True):
        leading = blocks[0]
        if isinstance(leading, Heading):
            yield Heading(leading.level, _joined(blocks, (Text(" "),)), leading.anchor)
        elif isinstance(leading, Paragraph):
            yield Paragraph(_joined(blocks, (Break(),)), leading.role)
        else:
            yield from _once([(block,) for block in blocks])


def _once(spoken: Sequence[Blocks]) -> Iterator[Block]:
    """One language after the other; what a deal says in the same words in both comes once."""
    first, *others = spoken
    yield from first
    for blocks in others:
        yield from (block for block in blocks if isinstance(block, Heading) or block not in first)


def _joined(blocks: Sequence[Block], between: Inlines) -> Inlines:
    said = dict.fromkeys(block.content for block in blocks if isinstance(block, Heading | Paragraph))
    out: Inlines = ()
    for content in said:
        out = (*out, *between, *content) if out else content
    return out


_APPARATUS = re.compile(r"\[#|\]\(#|^:::[ \t]*(?:caption|slot[ \t]+(?:contract-)?contents)\b", re.MULTILINE)


def needs_outline(found: Found, languages: Sequence[str]) -> bool:
    """Whether anything on the paper is counted or referred to; a quotation has nothing of it and pays nothing."""
    manifest = found.manifest
    if manifest.numbered_headings or manifest.chapters_begin_pages:
        return True
    sources = (source for language in languages for _, source in found.templates[language].parts.values())
    return any(map(_APPARATUS.search, sources))


LONGEST_NOTE = 200
"""Characters of a paragraph that may be set as the note of the table below it."""


def _kept_together(blocks: Blocks) -> Blocks:
    """A short line before a table becomes its note and stays with it; so does what leads up to the signatures."""
    out: list[Block] = []
    for index, block in enumerate(blocks):
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        if isinstance(block, Paragraph) and len(text_of(block.content)) < LONGEST_NOTE:
            block = _leading_in(blocks[index - 1] if index else None, block, following)
        if isinstance(block, SignatureBlock):
            block = Together((*_leading_up(out), block))
        out.append(block)
    return tuple(out)


def _leading_in(before: Block | None, block: Paragraph, following: Block | None) -> Paragraph:
    """A short paragraph before a table is its note; before other things it leads up to it stays with them. A heading
    is one of them right after a larger heading."""
    if isinstance(following, Table | Together):
        return Paragraph(block.content, "note", keep_with_next=True)
    opens = isinstance(before, Heading) and isinstance(following, Heading) and before.level < following.level
    if opens or isinstance(following, Captioned | KeyFigures | Figure | ListBlock):
        return replace(block, keep_with_next=True)
    return block


def _leading_up(out: list[Block]) -> list[Block]:
    """Take the headings and paragraphs at the end of `out` away, and return them."""
    start = len(out)
    while start and isinstance(out[start - 1], Heading | Paragraph):
        start -= 1
    taken = out[start:]
    del out[start:]
    return taken


# ---- the paper around its parts -------------------------------------------------------------------------------------
def paper_around(found: Found, page: Page, blocks: Blocks, made: dt.datetime, *, review: bool = False) -> Document:
    """Blocks as a paper: its title, what stands around every page, what the file says of itself."""
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
        footer=_foot(found, page, copy, review=review),
        page_label=" · ".join(words(x).label("page", page="{page}", pages="{pages}") for x in page.languages),
        draft=_mark(page, open_points, review=review),
        draft_note=_note(page, open_points, len(missing_parts(found.manifest.parts, facts)), review=review),
        properties={
            "docgen.deal": deal.deal,
            "docgen.revision": str(deal.revision),
            "docgen.document": f"{found.manifest.document}@{found.manifest.version}",
            "docgen.price_list": facts.catalog.name,
            "docgen.state": _state(facts, review=review),
            "docgen.content": f"sha256:{_digest(found, facts, copy)}",
            "docgen.languages": ",".join(page.languages),
            "docgen.template": f"sha256:{_wording(found, page.languages)}",
            **({"docgen.audience": page.audience} if page.audience != "customer" else {}),
            **_clauses(found, facts),
        },
        attachments=(Attachment("deal.json", "application/json", copy, title),),
        numbered=found.manifest.numbered_headings,
        chapters=found.manifest.chapters_begin_pages,
        review=review,
    )


def _foot(found: Found, page: Page, copy: bytes, *, review: bool) -> str:
    """Who wrote it and for whom; a contract also says which templates, deal and state it is of."""
    seller = page.text(page.facts.seller.name)
    if not _is_contract(found, page.facts):
        return " · ".join(filter(None, (seller, _meant_for(page))))
    state, digest = _state(page.facts, review=review), _digest(found, page.facts, copy)[:12]
    manifest = found.manifest
    return f"{seller}\n{manifest.document}@{manifest.version} · {page.facts.deal.number} · {state} · sha256:{digest}"


def _digest(found: Found, facts: Facts, copy: bytes) -> str:
    """The hash of what the paper says: the customer's copy of the deal, of a contract its facts and clauses too."""
    if facts.draft is None or not _is_contract(found, facts):
        return hashlib.sha256(copy).hexdigest()
    from docgen.documents.contract.content import contract_digest

    return contract_digest(copy, facts.draft)


def _is_contract(found: Found, facts: Facts) -> bool:
    return facts.draft is not None and "contract" in found.manifest.needs


def _clauses(found: Found, facts: Facts) -> dict[str, str]:
    """The version of every clause a contract was put together from."""
    if facts.draft is None or not _is_contract(found, facts):
        return {}
    from docgen.documents.contract.signing import versions

    return {"docgen.clauses": versions(facts.draft)}


def _wording(found: Found, languages: Sequence[str]) -> str:
    """Of the template's texts in these languages and the order of its parts; of a letter's file as it is."""
    letters = [found.letters[language] for language in languages if language in found.letters]
    if letters:
        return hashlib.sha256(b"".join(each.path.read_bytes() for each in letters)).hexdigest()
    texts = [sorted(found.templates[language].parts.items()) for language in languages]
    return hashlib.sha256(repr((found.manifest.parts, texts)).encode()).hexdigest()


def _mark(page: Page, open_points: int, *, review: bool) -> str:
    """Across every page: that it is internal, under review, or a draft."""
    if review:
        return " ".join(dict.fromkeys([page.words.label("review_mark"), "REVIEW"]))
    if page.audience == "internal":
        return " ".join(dict.fromkeys([page.words.label("internal"), "INTERNAL"]))
    return " ".join(dict.fromkeys([page.words.label("draft"), "DRAFT"])) if open_points else ""


def _note(page: Page, open_points: int, missing: int, *, review: bool) -> str:
    """At the head of every page: that it stays in the house, and what a draft still lacks."""
    if review:
        return " ".join(words(x).label("review_note") for x in page.languages)
    internal = [words(x).label("internal_note") for x in page.languages if page.audience == "internal"]
    draft = [words(x).label("draft_note", count=str(open_points)) for x in page.languages if open_points]
    if draft and missing:
        draft += [words(x).label("draft_sections", count=str(missing)) for x in page.languages]
    return " ".join([*internal, *draft])


def _meant_for(page: Page) -> str:
    """At the foot of every page that is not the customer's."""
    return "" if page.audience == "customer" else page.label(f"for_{page.audience}")


def _state(facts: Facts, *, review: bool) -> str:
    """What the file says of itself: under review, a draft, agreed to, or with nothing to agree to."""
    if review:
        return "review"
    if facts.verdict.open or facts.verdict.gates:
        return "draft"
    return "approved" if facts.verdict.approvals else "clear"
