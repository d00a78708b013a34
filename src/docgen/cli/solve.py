"""solve: the discounts that reach a goal, each proposal proven by pricing it again."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import click
from pydantic import TypeAdapter, ValidationError

from docgen.approvals.review import Approval, RuleSet
from docgen.cli.common import DEFAULT_DEAL, EXIT_ERRORS, alternative_option, prepared
from docgen.cli.show import amount, clip, percent, show_card, show_problems, show_table
from docgen.cli.show_approvals import figures_of
from docgen.facts import Facts
from docgen.locales.problems import describe
from docgen.money import plain
from docgen.problems import Path, Problem
from docgen.solving import (
    Answer,
    Beyond,
    Edit,
    Goal,
    MarginGoal,
    NetGoal,
    NoApprovalGoal,
    Proposal,
    answer_json,
    discount_as_written,
    solve,
)
from docgen.values import Amount, AnyRate

MOST_ROWS = 30
_TITLES = {
    "whole": "one discount on the whole deal, evenly",
    "room": "on every line by the room above its floor",
    "software": "on licences and subscriptions only",
    "margin": "on the lines with the best margin",
    "fewest": "on as few lines as possible",
}


@click.command("solve")
@click.argument("deal", default=DEFAULT_DEAL)
@click.option("--net", metavar="AMOUNT", help="The net total to come to, exactly.")
@click.option("--margin", metavar="RATE", help="The margin to keep, as 35%: the lowest net that has it.")
@click.option("--no-approval", is_flag=True, help="The deepest discount that asks for no further approval.")
@alternative_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def solve_command(
    ctx: click.Context,
    deal: str,
    net: str | None,
    margin: str | None,
    no_approval: bool,
    alternative: str | None,
    form: str,
) -> None:
    """Find the discounts that bring DEAL to a goal: up to three proposals, each priced again as its proof.

    \b
    docgen solve deal.yaml --net 500000
    docgen solve deal.yaml --margin 35%
    docgen solve deal.yaml --no-approval
    """
    goal = _goal(ctx, net, margin, no_approval)
    ready, _ = prepared(ctx, deal, alternative)
    if ready.facts is None or ready.has_errors:
        show_problems(ready.problems)
        ctx.exit(EXIT_ERRORS)
    facts = ready.facts
    answer = solve(facts.deal, facts.catalog, _rule_sets(facts), goal)
    problems = facts.sources["deal"].placed(answer.problems)
    if form == "json":
        _print_json(answer, goal, facts, problems)
    elif not problems:
        _show(answer, goal, facts)
    if form != "json":
        show_problems(problems)
    ctx.exit(EXIT_ERRORS if problems else 0)


def _goal(ctx: click.Context, net: str | None, margin: str | None, no_approval: bool) -> Goal:
    if (net is not None) + (margin is not None) + no_approval != 1:
        raise click.UsageError("name one goal: --net AMOUNT, --margin RATE or --no-approval", ctx)
    if net is not None:
        return NetGoal(_read(Amount, net, "--net"))
    if margin is None:
        return NoApprovalGoal()
    rate = _read(AnyRate, margin, "--margin")
    if rate >= 1:
        raise click.BadParameter("a margin is less than 100%", param_hint="--margin")
    return MarginGoal(rate)


def _read(kind: Any, text: str, option: str) -> Decimal:
    """A number as deal files write it; what is wrong with it is told in the same words."""
    try:
        value: Decimal = TypeAdapter(kind).validate_python(text)
    except ValidationError as error:
        first = error.errors()[0]
        params = {name: str(value) for name, value in first.get("ctx", {}).items()}
        message, hint = describe(Problem(first["type"], (), params))
        raise click.BadParameter(f"{message}; {hint}" if hint else message, param_hint=option) from None
    return value


def _rule_sets(facts: Facts) -> list[RuleSet]:
    """The rules the deal was reviewed by: the price list's and the company's."""
    policies = facts.sources.get("approvals")
    company = [RuleSet(policies.model.approvals, "approvals")] if policies is not None and policies.model else []
    return [RuleSet(facts.catalog.approvals, "price_list"), *company]


def _print_json(answer: Answer, goal: Goal, facts: Facts, problems: list[Problem]) -> None:
    from docgen.answers import problem_json

    told = {
        **answer_json(answer, goal, lambda path: _written(path, facts)),
        "problems": [problem_json(p) for p in problems],
    }
    click.echo(json.dumps(told, ensure_ascii=False, indent=1))


# ---- proposals ------------------------------------------------------------------------------------------------------
def _show(answer: Answer, goal: Goal, facts: Facts) -> None:
    show_card(facts)
    now = answer.start.quote.totals
    click.echo(f"  net now {amount(now.net, facts)}, margin {percent(now.margin_rate)}; goal: {_told(goal, facts)}")
    for discount in answer.dropped if answer.proposals else ():
        click.echo(f"  {discount.name.get(facts.deal.language[0])} fixes the total and would have to go")
    if answer.is_there:
        click.echo("\n  the deal is there already")
        return
    if answer.from_regular:
        click.echo("  the discounts the deal has are replaced, from the regular price on")
    for number, proposal in enumerate(answer.proposals, 1):
        _show_proposal(number, proposal, answer, goal, facts)


def _told(goal: Goal, facts: Facts) -> str:
    if isinstance(goal, NetGoal):
        return f"net {amount(goal.net, facts)}"
    if isinstance(goal, MarginGoal):
        return f"the lowest net with a margin of {_rate(goal.rate)}"
    return "the deepest discount that asks for no further approval"


def _rate(rate: Decimal) -> str:
    return f"{plain(rate * 100)}%"


def _show_proposal(number: int, proposal: Proposal, answer: Answer, goal: Goal, facts: Facts) -> None:
    totals = proposal.trial.quote.totals
    click.echo()
    click.echo(click.style(f"{number}  {_TITLES[proposal.spread]}", bold=True))
    change = totals.net - answer.start.quote.totals.net
    sign = "+" if change > 0 else ""
    click.echo(
        f"   net {amount(totals.net, facts)} ({sign}{amount(change, facts)})   discount {percent(totals.discount_rate)}"
        f"   margin {percent(totals.margin_rate)}   total {amount(totals.customer_gross, facts, code=True)}"
    )
    _show_touched(proposal, facts)
    _show_asked(proposal, facts)
    click.echo("   write")
    for line in _as_yaml(proposal, facts):
        click.echo(f"     {line}")
    click.echo("   proof, priced again")
    for line in _proof(proposal, goal, facts):
        click.echo(f"     {line}")


def _show_touched(proposal: Proposal, facts: Facts) -> None:
    language = facts.deal.language[0]
    rows = [
        (
            f"   {after.number}",
            after.line.sku or "–",
            clip(after.line.name.get(language), 34),
            amount(before.net, facts),
            amount(after.net, facts) + (" ▼" if after.below_floor else ""),
            percent(after.discount_rate) if after.discount_rate else "",
        )
        for before, after in proposal.touched[:MOST_ROWS]
    ]
    show_table(("   line", "sku", "item", "net now", "net then", "discount"), rows, {3, 4, 5})
    more = len(proposal.touched) - MOST_ROWS
    if more > 0:
        click.echo(f"   … and {more} more lines; all of them: --format json")


def _show_asked(proposal: Proposal, facts: Facts) -> None:
    if not proposal.asked:
        click.echo("   approvals: none")
        return
    new = {(a.origin, a.rule) for a in proposal.new}
    rows = [
        (
            "   approvals" if number == 0 else "",
            a.approver,
            a.rule,
            "; ".join(figures_of(a, facts)),
            "new" if (a.origin, a.rule) in new else "",
        )
        for number, a in enumerate(proposal.asked)
    ]
    heads = ("", "who", "rule", "figures", "")
    show_table(heads, rows, set())


# ---- the proof ------------------------------------------------------------------------------------------------------
def _proof(proposal: Proposal, goal: Goal, facts: Facts) -> Iterator[str]:
    totals = proposal.trial.quote.totals
    if isinstance(goal, NetGoal):
        yield f"net {amount(totals.net, facts)} = goal"
    elif isinstance(goal, MarginGoal):
        yield f"margin {_exact(totals.margin_rate)} ≥ {_rate(goal.rate)}"
    yield "no line falls below its floor"
    if isinstance(goal, NoApprovalGoal):
        yield "approvals: none beyond those asked without any negotiated discount"
    else:
        rules = ", ".join(a.rule for a in proposal.new)
        yield f"approvals beyond those asked now: {rules or 'none'}"
    if not isinstance(goal, NetGoal):
        yield _deeper(proposal.beyond, goal, facts)


def _deeper(beyond: Beyond | None, goal: Goal, facts: Facts) -> str:
    """What stands in the way of the next cent."""
    if beyond is None:
        return "nothing more can go off these lines"
    at = f"at net {amount(beyond.net, facts)}"
    if beyond.below_floor:
        return f"{at} a line falls below its floor"
    if isinstance(goal, MarginGoal):
        return f"{at} the margin is {_exact(beyond.margin_rate)}"
    return f"{at} asked besides: {', '.join(_who(a) for a in beyond.asks)}"


def _who(approval: Approval) -> str:
    return f"{approval.approver} ({approval.rule}: {approval.when})"


def _exact(rate: Any) -> str:
    return f"{plain(rate * 100, 9)}%"


# ---- what to write --------------------------------------------------------------------------------------------------
def _as_yaml(proposal: Proposal, facts: Facts) -> Iterator[str]:
    deal = facts.sources["deal"]
    edits = [edit for edit in proposal.edits if edit.path != ("discounts",)]
    texts = [_line_edit(edit, facts) for edit in edits[:MOST_ROWS]]
    room = max(map(len, texts), default=0)
    for edit, text in zip(edits, texts, strict=False):
        yield f"{text.ljust(room)}   # {_where(edit, facts)}"
    tables = {deal.place(edit.path).file: None for edit in edits if deal.is_in_table(edit.path)}
    yield from (f"# in {table} each is a column; the column discount becomes discount.percent" for table in tables)
    if len(edits) > MOST_ROWS:
        yield f"# … and {len(edits) - MOST_ROWS} more lines; all of them: --format json"
    for edit in proposal.edits[len(edits) :]:
        yield ("discounts:" if edit.discounts else "discounts: []") + _whose(edit, facts)
        yield from (f"  - {_flow(discount_as_written(each))}" for each in edit.discounts)


def _written(path: Path, facts: Facts) -> Path:
    """Where an edit belongs in the file. Discounts on the deal go into the alternative that was solved, since they were
    proven for no other: they take the place of the deal's there."""
    lines = facts.sources["deal"].written(("lines",))
    return (*lines[:-1], "discounts") if path == ("discounts",) else facts.sources["deal"].written(path)


def _whose(edit: Edit, facts: Facts) -> str:
    path = _written(edit.path, facts)
    offer = next((each for each in facts.alternatives if each.deal is facts.deal), None)
    return "" if offer is None else f"   # in {path[0]}.{path[1]} {offer.called(facts.deal.language[0])}"


def _line_edit(edit: Edit, facts: Facts) -> str:
    if edit.discount is None:
        return "(no discount)"
    because = ", because: …" if edit.needs_because else ""
    written = discount_as_written(edit.discount)
    if facts.sources["deal"].is_in_table(edit.path):
        return ", ".join(f"discount.{key}: {value}" for key, value in written.items()) + because
    return f"discount: {_flow(written)}{because}"


def _where(edit: Edit, facts: Facts) -> str:
    """Place in the file, and what stands there."""
    _, index, *rest = edit.path
    line = facts.deal.lines[int(index)]
    what = line.sku or (line.custom.get(facts.deal.language[0]) if line.custom else "")
    segment = f", ramp segment {int(rest[1]) + 1}" if len(rest) > 1 else ""
    return f"{facts.source_of('deal', edit.path[:2])} {what}{segment}"


_PLAIN = re.compile(r"[^\W_][\w .%/()-]*")


def _flow(value: Any) -> str:
    """A value in YAML's flow form; texts in quotes where they need them."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return _flow(value[0]) if len(value) == 1 else f"[{', '.join(map(_flow, value))}]"
    return value if _PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)
