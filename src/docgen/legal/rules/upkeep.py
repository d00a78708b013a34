"""T11 and T16 to T19: what the law wants, annexes, statutes, versions, and who must agree."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence

from docgen.contract.library import Clause, overdue
from docgen.legal.bench import Bench, Finding
from docgen.legal.conditions import Compare, Const, Expr, Name, Not
from docgen.legal.passages import Marked
from docgen.problems import Path

# ---- T11 ------------------------------------------------------------------------------------------------------------
WHERE_THEY_HOLD: dict[str, Expr] = {"P21.": Name("data.cn"), "G28": Name("data.eu")}
"""Duties that hold only where persons of a place are concerned, by the beginning of their names."""


def duties(bench: Bench) -> Iterator[Finding]:
    """T11: every duty the law lays on a type of contract is answered by a clause such a contract always holds."""
    if bench.looks_at_book:
        for kind, card in bench.library.book.types.items():
            for index, duty in enumerate(card.duties):
                yield from _unanswered(bench, str(kind), index, duty)
    known = bench.library.book.duties
    for clause in bench.clauses:
        for index, duty in enumerate(clause.card.legal):
            if known and duty not in known:
                yield bench.in_card(
                    clause, ("legal", index), "t11_unknown_duty", "warning", duty=duty, known=list(known)
                )


def answering(bench: Bench, kind: str, duty: str) -> list[Clause]:
    """Clauses that may stand in contracts of a type and answer a duty."""
    return [
        each for each in bench.library.in_order if duty in each.card.legal and kind in (*each.card.must, *each.card.may)
    ]


def is_always_answered(bench: Bench, kind: str, duty: str) -> bool:
    """Whether every contract of the type, where the duty holds, has one of the clauses that answer it."""
    absent = [Not(bench.presence.by_facts(each.key)) for each in answering(bench, kind, duty)]
    holds = [test for name, test in WHERE_THEY_HOLD.items() if duty.startswith(name)]
    return not bench.presence.is_possible(Compare("eq", Name("contract.types"), Const((kind,))), *holds, *absent)


def _unanswered(bench: Bench, kind: str, index: int, duty: str) -> Iterator[Finding]:
    path: Path = ("types", kind, "duties", index)
    if not answering(bench, kind, duty):
        yield bench.in_book(path, "t11_unanswered", duty=duty, type=kind)
    elif not is_always_answered(bench, kind, duty):
        keys = ", ".join(each.key for each in answering(bench, kind, duty))
        yield bench.in_book(path, "t11_sometimes_answered", "warning", duty=duty, type=kind, clauses=keys)


# ---- T16 ------------------------------------------------------------------------------------------------------------
_ANNEX_TYPED = re.compile(
    r"附件\s?[0-9０-９一二三四五六七八九十]+|\b(?:Annex|Appendix|Schedule|Exhibit) (?:[0-9]+|[A-Z])\b"
)


def annexes(bench: Bench) -> Iterator[Finding]:
    """T16: annexes are named by their key, and each is named somewhere, so that a reader finds it."""
    named = {
        node.key
        for passage in bench.all_passages
        for node, _ in passage.walk()
        if isinstance(node, Marked) and node.kind in ("annex", "ref") and node.key != passage.owner
    }
    for clause in bench.clauses:
        if clause.card.annex and clause.key not in named:
            yield bench.in_card(clause, ("annex",), "t16_never_named", "warning", name=clause.key)
        if clause.card.annex and not re.search(r"\d", clause.card.version):
            yield bench.in_card(clause, ("version",), "t16_no_version", name=clause.key)
    for passage in bench.passages:
        for match in _ANNEX_TYPED.finditer(passage.prose):
            yield bench.in_text(passage, match.start(), "t16_number_typed", found=match[0])


# ---- T17 ------------------------------------------------------------------------------------------------------------
_STATUTE_TYPED = re.compile(
    r"《[^《》]{2,40}(?:法|法典|条例|规定|办法|解释|细则)》"
    r"|\b(?:[A-Z][\w-]+ )+(?:of the )?(?:Law|Code|Act|Regulations?|Directive)\b|\b(?:Article|Section)s? \d+ of the\b"
)


def statutes(bench: Bench) -> Iterator[Finding]:
    """T17: statutes stand in the register, and nobody has forgotten to look at them or at a clause again."""
    known = bench.library.statutes
    for passage in bench.passages:
        for node, _ in passage.walk():
            if isinstance(node, Marked) and node.kind == "law" and node.key not in known:
                yield bench.in_text(passage, node.at, "t17_unknown_statute", name=node.key, known=list(known))
        for match in _STATUTE_TYPED.finditer(passage.prose):
            yield bench.in_text(passage, match.start(), "t17_statute_typed", found=match[0])
    for clause in bench.clauses:
        day = clause.card.review_by
        if day is None:
            yield bench.in_card(clause, (), "t17_no_review", "warning", name=clause.key)
        elif day < bench.today:
            yield bench.in_card(clause, ("review_by",), "t17_clause_overdue", "warning", name=clause.key, day=day)
    for key, statute in bench.statutes.items():
        if overdue(statute, bench.today):
            yield bench.in_law((key, "review_by"), "t17_statute_overdue", "warning", name=key, day=statute.review_by)


# ---- T18 ------------------------------------------------------------------------------------------------------------
def fingerprint(clause: Clause) -> str:
    """A hash of everything the clause says, in both languages and all variants."""
    said = hashlib.sha256()
    for (variant, language), text in sorted(clause.texts.items()):
        said.update(f"{variant}\0{language}\0{text.source}\0".encode())
    return said.hexdigest()


def versions(bench: Bench) -> Iterator[Finding]:
    """T18: words change with a new version and a line that says why; who may choose a fallback is said."""
    for clause in bench.clauses:
        card = clause.card
        if not any(change.version == card.version for change in card.changes):
            yield bench.in_card(clause, ("version",), "t18_no_change_line", name=clause.key, version=card.version)
        yield from _against_lock(bench, clause)
        for index, variant in enumerate(card.variants):
            if variant.position == "fallback":
                if not (variant.approver or card.approver):
                    path: Path = ("variants", index, "name")
                    yield bench.in_card(clause, path, "t18_fallback_without_approver", name=variant.name)
                if variant.because is None:
                    path = ("variants", index, "name")
                    yield bench.in_card(clause, path, "t18_fallback_without_reason", name=variant.name)


def _against_lock(bench: Bench, clause: Clause) -> Iterator[Finding]:
    lock = bench.lock_of(clause)
    if lock is None:
        return
    card, accepted = clause.card, lock.get(clause.key)
    if accepted is None:
        yield bench.in_card(clause, ("version",), "t18_not_accepted", "warning", name=clause.key, version=card.version)
    elif accepted.get("sha256") != fingerprint(clause):
        same = accepted.get("version") == card.version
        code = "t18_changed_silently" if same else "t18_not_accepted"
        path: Path = ("version",)
        yield bench.in_card(clause, path, code, "error" if same else "warning", name=clause.key, version=card.version)
    elif accepted.get("version") != card.version:
        yield bench.in_card(clause, ("version",), "t18_not_accepted", "warning", name=clause.key, version=card.version)


# ---- T19 ------------------------------------------------------------------------------------------------------------
def approvers(bench: Bench) -> Iterator[Finding]:
    """T19: whoever must agree is somebody: a role that approvals.yaml names."""
    if bench.roles is None:
        return
    for clause in bench.clauses:
        for path, roles in _asked(clause):
            for role in roles:
                if role not in bench.roles:
                    yield bench.in_card(clause, path, "t19_nobody", role=role, known=sorted(bench.roles))


def _asked(clause: Clause) -> Iterator[tuple[Path, Sequence[str]]]:
    yield ("approver",), clause.card.approver
    for index, variant in enumerate(clause.card.variants):
        yield ("variants", index, "approver"), variant.approver
    for name, variable in clause.card.variables.items():
        yield ("variables", name, "approver"), variable.approver
