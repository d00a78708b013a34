"""approvals, approve, reject, revoke: who must say yes, and what they said."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from docgen.approvals import Approval
from docgen.approvals.standing import Given, names_of, refusal
from docgen.cli.common import EXIT_ERRORS, prepared, priced, refuse_record, workspace_for
from docgen.cli.show import show_card, show_problems
from docgen.cli.show_approvals import show_names, show_path, show_proofs
from docgen.facts import Facts
from docgen.problems import Problem, only_errors, problem
from docgen.records import Decision, content_of, keep, load_record, record_path, signing_refused
from docgen.vocabulary import ROLES, RolePolicy

if TYPE_CHECKING:
    from docgen.source.signing import Signer


@click.command("approvals")
@click.argument("deal", required=False)
@click.option("--verify", is_flag=True, help="Check the record of decisions: unchanged, and signed by whom.")
@click.option("--names", is_flag=True, help="List the names that conditions of approval rules may use.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.pass_context
def approvals_command(ctx: click.Context, deal: str | None, verify: bool, names: bool, form: str) -> None:
    """Show who must approve DEAL and why: each limit beside the actual figure, and who has decided.

    \b
    docgen approvals deal.yaml
    docgen approvals deal.yaml --verify
    docgen approvals --names
    """
    from docgen.answers import approvals_json

    if names:
        show_names()
        return
    if deal is None:
        raise click.UsageError("name a deal, or ask for --names", ctx)
    if verify:
        _verify(ctx, deal, form)
        return
    facts = priced(ctx, deal, quiet=form == "json")
    if form == "json":
        click.echo(json.dumps(approvals_json(facts), ensure_ascii=False, indent=1))
    else:
        show_card(facts)
        show_path(facts)


def _verify(ctx: click.Context, deal: str, form: str) -> None:
    """Every entry with what proves it; exit 1 where the record is not what was written. What the deal costs does not
    matter here, nor whether it can be priced."""
    from docgen.answers import record_json
    from docgen.reading import load_deal

    refuse_record(deal)
    path, found = Path(deal), load_deal(Path(deal))
    if found.model is None:
        show_problems(found.problems)
        ctx.exit(EXIT_ERRORS)
    roles = _roles(ctx, deal)
    kept = load_record(path, found.model, roles)
    if form == "json":
        click.echo(json.dumps(record_json(record_path(path), kept), ensure_ascii=False, indent=1))
    else:
        show_problems(replace(each, severity="error") for each in kept.problems)
        show_proofs(record_path(path), kept, roles)
    if not kept.is_good:
        ctx.exit(EXIT_ERRORS)


def _roles(ctx: click.Context, deal: str) -> dict[str, RolePolicy]:
    policies = workspace_for(ctx, Path(deal)).policies()
    return policies.model.by_role if policies is not None and policies.model is not None else {}


# ---- deciding -------------------------------------------------------------------------------------------------------
def _options(command: Any) -> Any:
    for option in reversed(
        (
            click.argument("deal"),
            click.option(
                "--as",
                "role",
                required=True,
                metavar="ROLE",
                type=click.Choice(ROLES),
                help=f"The role you speak for: {', '.join(ROLES[:-1])} or {ROLES[-1]}.",
            ),
            click.option("--by", required=True, metavar="NAME", callback=_said, help="Your name."),
            click.option("--rule", help="Decide about this rule only; default: all that ask your role."),
            click.option("--comment", callback=_said, help="Kept with the decision; never on a paper."),
            click.option(
                "--key",
                type=click.Path(dir_okay=False),
                help="Sign with this Ed25519 private key (OpenSSH or PEM); its passphrase: DOCGEN_KEY_PASSPHRASE.",
            ),
            click.pass_context,
        )
    ):
        command = option(command)
    return command


LONGEST_NAME, LONGEST_COMMENT = 300, 2000


def _said(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """A name or comment that can be kept in a file and shown to people."""
    from docgen.source.text_file import forbidden_characters

    text = (value or "").strip()
    longest = LONGEST_NAME if param.name == "by" else LONGEST_COMMENT
    if value is not None and not 0 < len(text) <= longest:
        raise click.BadParameter(f"write a text of 1 to {longest:,} characters; this one has {len(text):,}")
    if forbidden_characters(text, "") or any(char in text for char in "\n\r\t"):
        raise click.BadParameter("it holds line breaks, invisible or control characters")
    return text or None


@click.command("approve")
@_options
def approve_command(ctx: click.Context, **options: Any) -> None:
    """Record your yes to DEAL, for every rule that asks your role now. It holds until a figure you looked at moves
    further than it may.

    \b
    docgen approve deal.yaml --as sales_manager --by 王强
    docgen approve deal.yaml --as finance --by "Ann Lee" --comment "one time" --key ~/.ssh/id_ed25519
    """
    _decide(ctx, "approved", **options)


@click.command("reject")
@_options
def reject_command(ctx: click.Context, **options: Any) -> None:
    """Record your no to DEAL. It stands until you say otherwise, or until a figure you looked at moves.

    \b
    docgen reject deal.yaml --as finance --by "Ann Lee" --comment "45 days at most"
    """
    _decide(ctx, "rejected", **options)


@click.command("revoke")
@_options
def revoke_command(ctx: click.Context, **options: Any) -> None:
    """Take back what you decided about DEAL; the record keeps both.

    \b
    docgen revoke deal.yaml --as sales_manager --by 王强
    """
    _decide(ctx, "revoked", **options)


def _decide(
    ctx: click.Context, decision: Any, deal: str, role: str, by: str, rule: str | None, comment: str | None, key: Any
) -> None:
    facts, policies = _with_whole_record(ctx, deal), _roles(ctx, deal)
    problems = list(_not_entitled(facts, role, by, rule, policies))
    signer = _signer(key) if not problems else None
    if isinstance(signer, Problem):
        problems, signer = [signer], None
    elif not problems and (code := signing_refused(signer, role, by, policies)):
        problems = [problem(code, by=by, role=role)]
    chosen = _CHOICES[decision](facts, role, names_of(by, policies), rule) if not problems else []
    if not problems and not chosen:
        if decision == "approved" and not any(a.is_open for a in _asked(facts, role, rule)):
            click.echo(f"  nothing is missing from {role}")
            return
        problems = [_nothing_to_decide(decision, facts, role, by, rule)]
    if not problems:
        said = Decision(decision, role, by, _now(), comment)
        contents = [content_of(said, approval, facts.deal, facts.quote.currency) for approval in chosen]
        problems = keep(Path(deal), facts.deal, policies, contents, signer)
    if problems:
        show_problems(problems)
        ctx.exit(EXIT_ERRORS)
    _report(ctx, deal, decision, by, chosen)


def _with_whole_record(ctx: click.Context, deal: str) -> Facts:
    """As `priced`; here a record that is not whole is an error, since nothing can be added to it."""
    ready, _ = prepared(ctx, deal)
    problems = [replace(p, severity="error") if p.origin == "record" else p for p in ready.problems]
    show_problems(problems)
    if ready.facts is None or only_errors(problems):
        ctx.exit(EXIT_ERRORS)
    return ready.facts


def _report(ctx: click.Context, deal: str, decision: str, by: str, chosen: Sequence[Approval]) -> None:
    ready, _ = prepared(ctx, deal)
    for approval in chosen:
        click.echo(f"  {decision}: {approval.rule}, by {by}")
    click.echo(f"  {record_path(Path(deal))}")
    if ready.facts is not None:
        show_path(ready.facts, whole=False)


def _now() -> str:
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _signer(key: str | None) -> Signer | Problem | None:
    """The key to sign with; a locked one asks for its passphrase where somebody can answer."""
    from docgen.source.signing import read_signer

    if key is None:
        return None
    found = read_signer(Path(key).expanduser(), os.environ.get("DOCGEN_KEY_PASSPHRASE"))
    if isinstance(found, Problem) and found.code == "key_locked" and sys.stdin is not None and sys.stdin.isatty():
        return read_signer(Path(key).expanduser(), click.prompt("Passphrase", hide_input=True, err=True))
    return found


# ---- which approvals a decision is about ----------------------------------------------------------------------------
def _asked(facts: Facts, role: str, rule: str | None) -> list[Approval]:
    """The approvals that ask this role, in the order of their chains."""
    found = [a for a in facts.verdict.approvals if role in a.approvers and rule in (None, a.rule)]
    return sorted(found, key=lambda a: a.step)


def _to_approve(facts: Facts, role: str, by: frozenset[str], rule: str | None) -> list[Approval]:
    """What is open and whose turn it is; a later step too where this very decision closes the earlier one."""
    chosen: list[Approval] = []
    for approval in _asked(facts, role, rule):
        own = _own(approval, role, by)
        if approval.is_open and not (own and own.status in ("valid", "within_tolerance")):
            earlier = [
                a
                for a in facts.verdict.open
                if a.chain == approval.chain and a.step < approval.step and not _closes(a, chosen)
            ]
            chosen += [] if earlier else [approval]
    return chosen


def _closes(approval: Approval, chosen: Sequence[Approval]) -> bool:
    """Whether the one yes given now is all that an approval needs."""
    needs_one = approval.quorum in ("any", "1") or (approval.quorum == "all" and len(approval.approvers) == 1)
    return needs_one and any(a is approval for a in chosen)


def _to_reject(facts: Facts, role: str, by: frozenset[str], rule: str | None) -> list[Approval]:
    asked = [a for a in _asked(facts, role, rule) if rule is not None or not a.follows_open]
    return [a for a in asked if (own := _own(a, role, by)) is None or own.status != "rejected"]


def _to_revoke(facts: Facts, role: str, by: frozenset[str], rule: str | None) -> list[Approval]:
    return [a for a in _asked(facts, role, rule) if (own := _own(a, role, by)) and own.status != "revoked"]


_CHOICES = {"approved": _to_approve, "rejected": _to_reject, "revoked": _to_revoke}


def _own(approval: Approval, role: str, by: frozenset[str]) -> Given | None:
    """What this person has decided in this role; `by`: every name she goes by."""
    return next((g for g in approval.given if g.role == role and g.names & by), None)


# ---- why not --------------------------------------------------------------------------------------------------------
def _not_entitled(
    facts: Facts, role: str, by: str, rule: str | None, roles: dict[str, RolePolicy]
) -> Iterator[Problem]:
    if not _asked(facts, role, None):
        asked = dict.fromkeys(f"{a.rule} ({a.approver})" for a in facts.verdict.approvals)
        yield problem("not_asked", role=role, asked=", ".join(asked))
        return
    if not _asked(facts, role, rule):
        known = "\n".join(a.rule for a in _asked(facts, role, None))
        yield problem("rule_not_asked", rule=rule, role=role, known=known)
        return
    code = refusal(role, by, facts.deal, roles)
    if code is not None:
        members = ", ".join(str(m.name) for m in roles[role].members)
        yield problem(code, by=by, role=role, members=members)


def _nothing_to_decide(decision: str, facts: Facts, role: str, by: str, rule: str | None) -> Problem:
    if decision == "approved":
        waiting = [a for a in _asked(facts, role, rule) if a.is_open]
        first = [
            a
            for a in facts.verdict.open
            for w in waiting
            if a.chain == w.chain and a.step < w.step and not a.follows_open
        ]
        if first:
            names = ", ".join(dict.fromkeys(f"{a.approver} ({a.rule})" for a in first))
            return problem("must_wait", role=role, first=names)
        return problem("decided_already", by=by, role=role)
    return problem("nothing_to_revoke" if decision == "revoked" else "decided_already", by=by, role=role)
