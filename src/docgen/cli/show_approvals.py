"""How the path of approvals looks on a terminal: a picture, a table of limits and figures, what proves a record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from docgen.approvals import Approval
from docgen.approvals.names import MONEY, RATES
from docgen.approvals.record import Entry
from docgen.cli.show import ENGLISH, clip, count, pad, show_table, width
from docgen.expressions import Comparison
from docgen.facts import Facts
from docgen.locales.numbers import format_amount, format_quantity, format_rate, format_rate_exact
from docgen.money import plain
from docgen.records import Kept, Proof
from docgen.vocabulary import RolePolicy

_MARKS = {"valid": "✔", "within_tolerance": "✔", "rejected": "✘", "waiting": "○"}
_COLOURS = {"✔": "green", "✘": "red", "●": "yellow", "○": None}
_SIGNS = {"gt": "over", "gteq": "from", "lt": "below", "lteq": "up to", "eq": "is", "ne": "is not"}


def show_verdict(facts: Facts) -> None:
    """Who must still say yes, in one line each; nothing where nobody must."""
    verdict = facts.verdict
    if not verdict.approvals:
        click.echo("  no approval needed")
        return
    click.echo(_headline(facts))
    language = facts.deal.language[0]
    rows = [
        ("  " + _mark(a), a.approver, a.rule, _status(a), "; ".join(figures_of(a, facts)), a.because.get(language))
        for a in verdict.approvals
    ]
    show_table(("", "who", "rule", "status", "figures", "because"), rows, set())


def show_path(facts: Facts, *, whole: bool = True) -> None:
    """The whole way before anybody is asked: a picture of the chains, then every approval with limit and figure."""
    verdict = facts.verdict
    if not verdict.approvals:
        click.echo("  no approval needed")
    else:
        click.echo(_headline(facts))
        click.echo()
        for line in _picture(verdict.approvals):
            click.echo(f"  {line}")
    if not whole:
        return
    if verdict.approvals:
        click.echo()
        _show_limits(facts)
        _show_decisions(facts)
    _show_conditions(facts)


def _headline(facts: Facts) -> str:
    missing = facts.verdict.open
    if missing:
        return f"  {click.style('DRAFT', fg='red', bold=True)}: {count(len(missing), 'approval')} missing"
    return f"  {click.style('approved', fg='green', bold=True)}: nothing is missing"


def _mark(approval: Approval) -> str:
    mark = _MARKS.get(approval.status, "●")
    return click.style(mark, fg=_COLOURS[mark])


def _status(approval: Approval) -> str:
    words = approval.status.replace("_", " ")
    if approval.broken_by == approval.rule:  # what a clause's yes was given to is the clause itself
        return f"{words}: it changed"
    return f"{words} by {approval.broken_by}" if approval.broken_by else words


# ---- the picture ----------------------------------------------------------------------------------------------------
def _picture(approvals: Sequence[Approval]) -> Iterator[str]:
    """One row a chain, its steps from left to right; who is asked at the same step stands in one place."""
    chains: dict[str, dict[int, list[Approval]]] = {}
    for each in approvals:
        chains.setdefault(each.chain, {}).setdefault(each.step, []).append(each)
    room = max(width(chain) for chain in chains)
    for chain, steps in chains.items():
        places = [" + ".join(f"{_mark(a)} {a.approver}" for a in steps[step]) for step in sorted(steps)]
        yield f"{pad(chain, room)}  {' ─▶ '.join(places)}"
    yield click.style("✔ agreed   ● to be asked now   ○ waits for an earlier step   ✘ refused", dim=True)


# ---- the table ------------------------------------------------------------------------------------------------------
def _show_limits(facts: Facts) -> None:
    """A row for each figure a rule looked at; the rule's own cells stand in its first row."""
    language = facts.deal.language[0]
    rows: list[tuple[str, ...]] = []
    for a in sorted(facts.verdict.approvals, key=lambda a: (_order(facts, a.chain), a.step)):
        first = (f"  {a.chain} {a.step}", a.approver, a.rule, _status(a))
        figures = a.figures or (Comparison("", None, "", None),)
        for number, figure in enumerate(figures):
            own = first if not number else ("", "", "", "")
            because = clip(a.because.get(language), 48) if not number else ""
            where = facts.source_of(a.origin, a.path) if not number else ""
            actual = show_figure(figure.name, figure.figure, facts)
            rows.append((*own, figure.name, actual, _limit(figure, facts), because, where))
    show_table(("  step", "who", "rule", "status", "figure", "actual", "limit", "because", "from"), rows, {5, 6})


def _order(facts: Facts, chain: str) -> int:
    chains = list(dict.fromkeys(a.chain for a in facts.verdict.approvals))
    return chains.index(chain)


def figures_of(approval: Approval, facts: Facts) -> Iterator[str]:
    """`discount 12.5% (over 10%)`, for every figure a rule looked at."""
    for figure in approval.figures:
        limit = _limit(figure, facts)
        yield f"{figure.name} {show_figure(figure.name, figure.figure, facts)}" + (f" ({limit})" if limit else "")


def _limit(figure: Comparison, facts: Facts) -> str:
    if not figure.operator:
        return ""
    bound = figure.bound
    exact = format_rate_exact(bound, ENGLISH) if figure.name in RATES and isinstance(bound, Fraction) else None
    return f"{_SIGNS[figure.operator]} {exact or show_figure(figure.name, bound, facts)}"


_SMALL = Fraction(1, 100)
"""Rates below it are of another size, as 0.03% a day: they are shown to their last place."""


def show_figure(name: str, value: Any, facts: Facts) -> str:
    """A figure of an approval rule as people read it: rates in percent, money with its digits."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Fraction | Decimal):
        if name in RATES:
            return format_rate_exact(value, ENGLISH) if abs(Fraction(value)) < _SMALL else format_rate(value, ENGLISH)
        number = Decimal(value.numerator) / Decimal(value.denominator) if isinstance(value, Fraction) else value
        is_money = name in MONEY or name.endswith(("'net')", "'list')", "'gross')", "'cost')"))
        return format_amount(number, facts.quote.currency, ENGLISH) if is_money else format_quantity(number, ENGLISH)
    return clip(str(value), 40)


# ---- decisions and conditions ---------------------------------------------------------------------------------------
def _show_decisions(facts: Facts) -> None:
    """Who decided what, and what has moved since."""
    given = sorted(((g, a.rule) for a in facts.verdict.approvals for g in a.given), key=lambda each: each[0].number)
    rows = [
        (f"  {g.number}", rule, g.role, g.by, _minute(g.at), g.status.replace("_", " "), g.comment or "")
        for g, rule in given
    ]
    if rows:
        click.echo()
        show_table(("  no.", "rule", "role", "by", "when (UTC)", "now", "comment"), rows, set())
    for a in facts.verdict.approvals:
        for line in _moved(a):
            click.echo(f"  {line}")


MOST_MOVED = 8
"""Fields that are named one by one when a yes broke; of a deal that was turned over the rest is counted."""


def _moved(approval: Approval) -> Iterator[str]:
    told = [each for each in approval.moved if each.approved or each.now]
    for each in told[:MOST_MOVED]:
        was, now = _recorded(each.name, each.approved), _recorded(each.name, each.now)
        yield f"{approval.rule}: {each.name} was {was} when it was approved, now {now}"
    if len(told) > MOST_MOVED:
        yield f"{approval.rule}: and {len(told) - MOST_MOVED} more"


def _recorded(name: str, value: str) -> str:
    """A plain value as a reader has it: `0.210219512195` of a rate is 21.022%."""
    return f"{plain(Fraction(value) * 100, 4)}%" if name in RATES and value != "–" else value


def _minute(at: str) -> str:
    return at[:16].replace("T", " ")


def _show_conditions(facts: Facts) -> None:
    """The six purchase conditions as a checklist, with what shows that they are met."""
    conditions, language = facts.deal.opportunity.purchase_conditions, facts.deal.language[0]
    if conditions is None:
        return
    click.echo(f"\n  purchase conditions: {len(conditions.met)} of {len(conditions.all)} met")
    rows = []
    for name, found in conditions.all.items():
        is_met = found is not None and found.met
        evidence = found.evidence.get(language) if found is not None and found.evidence is not None else ""
        rows.append(("  ✔" if is_met else "  ○", name, evidence or ("no evidence given" if is_met else "open")))
    show_table(("", "condition", "evidence"), rows, set())


# ---- --verify and --names -------------------------------------------------------------------------------------------
_PROOFS = {
    "unsigned": "unchanged; who wrote it is not proved (no signature)",
    "proved": "unchanged; signed by {by}, with the key on file",
    "unknown_key": "unchanged; signed, with a key nobody vouches for: {key}",
    "other_key": "unchanged; NOT signed by {by}: another key, {key}",
    "wrong": "the signature does not fit this entry",
}


def show_proofs(path: Path, kept: Kept, roles: Mapping[str, RolePolicy]) -> None:
    """Every entry of a record and what proves it; `roles` say whose decisions must be signed."""
    if kept.loaded is None:
        click.echo(f"{path}: no decision was recorded yet")
        return
    rows = [
        (
            f"  {entry.number}",
            entry.decision,
            entry.rule,
            entry.role,
            entry.by,
            _minute(entry.at),
            _proof(entry, proof, roles) if kept.record.is_intact else _blame(index, kept),
        )
        for index, (entry, proof) in enumerate(kept.proofs)
    ]
    click.echo(f"{path}: " + ("whole and in order" if kept.record.is_intact else "nothing in it counts"))
    if rows:
        show_table(("  no.", "decision", "rule", "role", "by", "when (UTC)", "proof"), rows, set())


def _blame(index: int, kept: Kept) -> str:
    """Of a record that is not whole: whether this entry is what is wrong with it."""
    return "see above" if any(each.path[:2] == ("approvals", index) for each in kept.problems) else "does not count"


def _proof(entry: Entry, proof: Proof, roles: Mapping[str, RolePolicy]) -> str:
    from docgen.source.signing import fingerprint

    words = _PROOFS[proof].format(by=entry.by, key=fingerprint(entry.key or ""))
    must = entry.role in roles and roles[entry.role].signed
    return f"{words}; does not count, {entry.role} must sign" if must and proof != "proved" else words


def show_names() -> None:
    """The names rules may use, with what they mean."""
    from docgen.approvals.contract_names import CONTRACT_NAMES
    from docgen.approvals.looked_at import GROUPS
    from docgen.approvals.names import LINE_FIELDS, NAMES

    show_table(("name", "what it is", ""), [(n.name, n.en, n.zh) for n in NAMES], set())
    click.echo("\nof a contract; without a value where none is wanted:")
    show_table(("name", "what it is", ""), [(n.name, n.en, n.zh) for n in CONTRACT_NAMES], set())
    click.echo(
        "\nover lines: sum, max, min, avg (lines(kind='service'), 'net') and count(lines()); "
        f"fields: {', '.join(LINE_FIELDS)}\nin looks_at besides: {', '.join(GROUPS)}"
    )
