"""diff with a Word file: what a customer changed in a paper before he sent it back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple, NoReturn

import click

from docgen.cli.common import EXIT_ERRORS, is_word, prepared, today
from docgen.cli.show import count, show_problems
from docgen.comparing.returned import Finding, Noted, Owners, Returned, Sources, Spot, compare_returned, returned_json
from docgen.facts import Facts
from docgen.problems import Place, Problem, ProblemsFound
from docgen.source.text_file import read_bytes
from docgen.source.workspace import shown_path
from docgen.wordfile import WordFile, read_word

_STAMP = "docgen."
_KINDS = {
    "figure": "figures changed",
    "reworded": "reworded",
    "added": "added",
    "deleted": "deleted",
    "moved": "moved",
    "cell": "table changed",
    "row added": "row added",
    "row deleted": "row deleted",
    "note": "note added",
    "plain": "no longer bold and underlined",
    "reference": "cross-reference leads elsewhere",
    "level": "numbered otherwise",
    "hidden": "hidden words added",
}
_CONTEXT = 16
"""Characters shown before and behind a change."""


class Draft(NamedTuple):
    """What the returned file is held against. head: whose paper it is."""

    file: WordFile
    head: str
    sources: Sources
    owners: Owners


def show_paper_diff(
    ctx: click.Context, before: str, after: str, form: str, document: str | None, language: tuple[str, ...]
) -> None:
    """Compare the Word file AFTER with the deal or Word file BEFORE, and show it."""
    theirs = _read(ctx, after)
    sent = is_word(before)
    draft = Draft(_read(ctx, before), "", {}, {}) if sent else _drafted(ctx, before, after, theirs, document, language)
    found = compare_returned(draft.file, theirs, sources=draft.sources, owners=draft.owners)
    show_problems(theirs.problems)
    if form == "json":
        click.echo(json.dumps(returned_json(found), ensure_ascii=False, indent=1))
        return
    if draft.head:
        click.echo(click.style(draft.head, bold=True))
    click.echo(f"  {before} → {after}")
    _show(found)


def _read(ctx: click.Context, name: str) -> WordFile:
    shown = shown_path(Path(name))
    data = read_bytes(Path(name), shown)
    found = data if isinstance(data, Problem) else read_word(data, shown)
    if isinstance(found, Problem):
        _stop(ctx, found)
    return found


def _stop(ctx: click.Context, *problems: Problem) -> NoReturn:
    show_problems(problems)
    ctx.exit(EXIT_ERRORS)


# ---- our own side ---------------------------------------------------------------------------------------------------
def _drafted(
    ctx: click.Context, deal: str, name: str, theirs: WordFile, document: str | None, language: tuple[str, ...]
) -> Draft:
    """The paper as docgen writes it of the deal now."""
    from docgen.pipeline import produce

    stamp = {key.removeprefix(_STAMP): value for key, value in theirs.properties if key.startswith(_STAMP)}
    wanted = document or stamp.get("document", "").partition("@")[0]
    if not wanted:
        _stop(ctx, Problem("word_of_no_document", (), {"file": name}, place=Place(name)))
    ready, workspace = prepared(ctx, deal, document=wanted)
    if ready.facts is None or ready.has_errors:
        _stop(ctx, *ready.problems)
    try:
        papers = produce(
            ready.facts, wanted, workspace, today=today(ctx), languages=language, formats=("docx",)
        )  # fmt: skip
    except ProblemsFound as found:
        _stop(ctx, *found.problems)
    ours = read_word(papers.files["docx"], "")
    assert isinstance(ours, WordFile), "docgen reads what it writes"
    show_problems(_other_paper(ready.facts, ours, stamp, name))
    customer = ready.facts.deal.customer.name.get(ready.facts.deal.language[0])
    return Draft(ours, f"{ready.facts.deal.number} · {customer} · {wanted}", *_meaning(ready.facts, wanted, language))


def _meaning(facts: Facts, document: str, language: tuple[str, ...]) -> tuple[Sources, Owners]:
    """Of a contract: the deal's field behind each printed value, and who must agree to a change of each clause."""
    if document != "contract" or facts.draft is None:
        return {}, {}
    from docgen.documents.contract.origins import owners, sources
    from docgen.documents.page import Page

    page = Page(facts, language or facts.deal.language, facts.draft.title)
    return sources(facts.draft, page), owners(facts.draft)


def _other_paper(facts: Facts, ours: WordFile, stamp: dict[str, str], name: str) -> list[Problem]:
    """Warnings where the returned file is not a version of what docgen writes now."""
    if stamp.get("deal", facts.deal.deal) != facts.deal.deal:
        params = {"file": name, "found": stamp["deal"], "deal": facts.deal.deal}
        return [Problem("word_of_another_deal", (), params, "warning", place=Place(name))]
    now = dict(ours.properties).get(f"{_STAMP}content")
    if "content" in stamp and stamp["content"] != now:
        return [Problem("word_of_another_day", (), {"file": name}, "warning", place=Place(name))]
    return []


# ---- on a terminal --------------------------------------------------------------------------------------------------
def _show(found: Returned) -> None:
    if found.is_unchanged:
        click.echo("\nnothing was changed")
        return
    silent = f", {found.silent} of them not tracked" if found.silent else ""
    click.echo(f"  {count(len(found.findings), 'change')}{silent}")
    for each in found.findings:
        _show_finding(each)
    if found.remarks:
        click.echo("\ncomments")
        for remark in found.remarks:
            _show_remark(remark)


def _show_finding(finding: Finding) -> None:
    kind = _KINDS[finding.kind] + (f": {finding.within}" if finding.within else "")
    click.echo(f"\n{click.style(place_of(finding.spot), bold=True)}   {kind}   {_how(finding)}")
    for line in _words(finding):
        click.echo(f"    {line}")
    for figure in finding.figures:
        field = f"   {figure.field}" if figure.field else ""
        click.echo(f"    {figure.old or '–'} → {figure.new or '–'}{field}")
    others = [field for field in finding.fields if field not in {figure.field for figure in finding.figures}]
    if others:
        click.echo(f"    from the deal: {', '.join(others)}")
    if finding.approvers:
        click.echo(f"    must agree: {', '.join(finding.approvers)}")


def place_of(spot: Spot) -> str:
    """`3.2 付款方式 (payment_plan)`; what came in stands behind its place."""
    behind = "after " if spot.after and spot.number else ""
    name = " ".join(filter(None, (spot.number, spot.title))) or "at the top"
    return f"{behind}{name}" + (f" ({spot.key})" if spot.key else "")


def _how(finding: Finding) -> str:
    by = ", ".join(dict.fromkeys(f"{each.author or 'somebody'} {each.date[:10]}".strip() for each in finding.by))
    if finding.how == "tracked":
        return f"tracked{f', {by}' if by else ''}"
    told = "NOT TRACKED" if finding.how == "silent" else f"NOT ALL OF IT TRACKED ({by})"
    return click.style(told, fg="red", bold=True)


def _words(finding: Finding) -> list[str]:
    if finding.kind == "moved":
        return [finding.old, f"now behind {finding.now_after}" if finding.now_after else "now at the top"]
    if finding.edits:
        return [_marked(finding)]
    old = [_removed(finding.old)] if finding.old and finding.kind != "plain" else []
    return old + ([_added(finding.new) if finding.kind != "plain" else finding.new] if finding.new else [])


def _marked(finding: Finding) -> str:
    """The text with what went and what came; long stretches that stayed are cut."""
    last = len(finding.edits) - 1
    return "".join(
        f"{_removed(each.old)}{_added(each.new)}" if each.is_change else _cut(each.old, at == 0, at == last)
        for at, each in enumerate(finding.edits)
    )


def _cut(text: str, is_first: bool, is_last: bool) -> str:
    if len(text) <= 2 * _CONTEXT:
        return text
    head, tail = text[:_CONTEXT], text[-_CONTEXT:]
    return f"…{tail}" if is_first else f"{head}…" if is_last else f"{head}…{tail}"


def _removed(text: str) -> str:
    return click.style(f"[−{text}−]", fg="red") if text else ""


def _added(text: str) -> str:
    return click.style(f"{{+{text}+}}", fg="green") if text else ""


def _show_remark(remark: Noted) -> None:
    who = " ".join(filter(None, (remark.author, remark.date[:10])))
    click.echo(f"  {click.style(place_of(remark.spot), bold=True)}   {who}")
    click.echo(f"    {' '.join(remark.text.split())}")
