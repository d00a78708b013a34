"""draft(sides, library) → Draft: which clauses a contract holds, in which variant, with which values, and what of it
departs from the standard so that somebody must agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from docgen.contract.deviating import deviations
from docgen.contract.drafted import NOTHING, Chosen, Deviation, Draft, Gap, LeftOut, Nothing, Reason
from docgen.contract.facts import ContractFacts
from docgen.contract.gather import gather
from docgen.contract.library import STANDARD, Clause, Library, Variable
from docgen.contract.names import comparable, deal_path, flat
from docgen.contract.sides import Sides
from docgen.contract.values import ValueTrouble, read_value
from docgen.deal.contract import Contract
from docgen.expressions import ExpressionError, read
from docgen.problems import Path, Problem
from docgen.values import Text

__all__ = ["NOTHING", "Chosen", "Deviation", "Draft", "Gap", "LeftOut", "Nothing", "draft"]


def draft(sides: Sides, library: Library) -> Draft:
    """The contract of one deal. Problems name clauses, variants or values nobody knows, and what cannot go together."""
    facts = gather(sides, library)
    drafter = _Drafter(sides.deal.contract or Contract(), library, facts)
    chosen, left_out = drafter.decide()
    return Draft(
        sides=sides,
        library=library,
        facts=facts,
        title=kind.title if (kind := library.book.kind_of(facts)) is not None else library.book.mixed,
        chosen=chosen,
        left_out=left_out,
        deviations=tuple(deviations(drafter.own, facts.currency, chosen, drafter.missed(left_out))),
        problems=tuple(drafter.problems),
    )


class _Drafter:
    """Decides clause by clause; collects what is wrong on the way."""

    def __init__(self, own: Contract, library: Library, facts: ContractFacts) -> None:
        self.own = own
        self.library = library
        self.facts = facts
        self.types = facts.contract.types
        self.names = flat(facts)
        self.compared = comparable(self.names)
        self.problems: list[Problem] = list(self._unknown())

    # -- in or out ----------------------------------------------------------------------------------------------------
    def decide(self) -> tuple[tuple[Chosen, ...], tuple[LeftOut, ...]]:
        chosen: list[Chosen] = []
        left_out: list[LeftOut] = []
        for clause in self.library.in_order:
            inside, why, since = self._decide(clause)
            found = self._chosen(clause, why, since) if inside else LeftOut(clause, why, since)
            (chosen if isinstance(found, Chosen) else left_out).append(found)  # type: ignore[arg-type]
        return tuple(chosen), tuple(left_out)

    def _decide(self, clause: Clause) -> tuple[bool, Reason, str]:
        card, key = clause.card, clause.key
        spared = card.unless is not None and self._holds(card.unless, clause, ("unless",))
        wanting = [kind for kind in self.types if kind in card.must and not spared]
        allowing = [kind for kind in self.types if kind in (*card.must, *card.may)]
        if wanting:
            if key in self.own.without:
                self._tell("clause_is_mandatory", ("contract", "without"), clause=key, types=", ".join(wanting))
            return True, "must", ", ".join(wanting)
        if key in self.own.without:
            return False, "left_out", ""
        if key in self.own.added:
            return True, "on_request", ""
        if not allowing:
            return False, "not_of_type", ", ".join(self.types)
        if card.when is None:
            return False, "condition", ""
        holds = self._holds(card.when, clause, ("when",))
        return holds, "when" if holds else "condition", card.when

    def _holds(self, condition: str, clause: Clause, path: Path) -> bool:
        try:
            read_ = read(condition, dotted=True)
            unknown = [name for name in read_.names if name not in self.names]
            if unknown:
                raise ExpressionError("unknown_name", name=unknown[0], known="\n".join(sorted(self.names)))
            return read_.is_true(self.compared)
        except ExpressionError as error:
            self.problems.append(Problem(error.code, path, error.params, origin=f"clause {clause.key}"))
            return False

    # -- variant and values -------------------------------------------------------------------------------------------
    def _chosen(self, clause: Clause, why: Reason, since: str) -> Chosen | LeftOut:
        values: dict[str, Any] = {}
        gaps: list[Gap] = []
        for name, variable in clause.card.variables.items():
            if _is_misnamed(name, self.names):
                words = {"name": name}
                self.problems.append(
                    Problem("clause_value_misnamed", ("variables", name), words, origin=f"clause {clause.key}")
                )
            elif "." in name or name in self.names:
                outcome = self._fact(clause, name, variable, values, gaps)
                if outcome == "omit":
                    return LeftOut(clause, "nothing_to_say", name)
            else:
                values[name] = self._local(clause, name, variable)
        variant, because = self._variant(clause)
        return Chosen(clause, variant, why, since, values, tuple(gaps), because)

    def _fact(
        self, clause: Clause, name: str, variable: Variable, values: dict[str, Any], gaps: list[Gap]
    ) -> Literal["", "omit"]:
        if self.names.get(name) is not None:
            return ""
        match variable.absent:
            case "omit_clause":
                return "omit"
            case "required":
                gap = Gap(clause.key, name, variable.name or Text.of(name), deal_path(name))
                gaps.append(gap)
                values[name] = gap
            case "say_none":
                values[name] = NOTHING
            case _:
                values[name] = self._default(clause, name, variable)
        return ""

    def _default(self, clause: Clause, name: str, variable: Variable) -> Any:
        try:
            return read_value(variable.value, variable.kind, name, self.facts.currency)
        except ValueTrouble as trouble:
            self._of_card(clause, name, trouble)
            return None

    def _local(self, clause: Clause, name: str, variable: Variable) -> Any:
        own = self.own.values.get(clause.key, {}).get(name)
        if own is None:
            return self._default(clause, name, variable)
        try:
            return read_value(own, variable.kind, name, self.facts.currency)
        except ValueTrouble as trouble:
            path: Path = ("contract", "values", clause.key, name)
            self._tell("clause_value_unreadable", path, value=trouble.value, wanted=trouble.wanted)
            return self._default(clause, name, variable)

    def _of_card(self, clause: Clause, name: str, trouble: ValueTrouble) -> None:
        words = {"value": trouble.value, "wanted": trouble.wanted}
        path: Path = ("variables", name, "value")
        self.problems.append(Problem("clause_value_unreadable", path, words, origin=f"clause {clause.key}"))

    def _variant(self, clause: Clause) -> tuple[str, Text | None]:
        named = self.own.variants.get(clause.key)
        if named == STANDARD:
            return STANDARD, None
        if named is not None and (found := clause.card.variant(named)) is not None:
            return found.name, found.because
        for variant in clause.card.variants:
            if variant.when is not None and self._holds(variant.when, clause, ("variants",)):
                return variant.name, variant.because
        return STANDARD, None

    def missed(self, left_out: Sequence[LeftOut]) -> list[LeftOut]:
        """Clauses the deal leaves out that would be in otherwise."""
        otherwise = _Drafter(self.own.model_copy(update={"without": (), "added": ()}), self.library, self.facts)
        return [each for each in left_out if each.why == "left_out" and otherwise._decide(each.clause)[0]]

    # -- what is wrong ------------------------------------------------------------------------------------------------
    def _unknown(self) -> Iterator[Problem]:
        known = self.library.clauses
        for group, keys in (("with", self.own.added), ("without", self.own.without)):
            for index, key in enumerate(keys):
                if key not in known:
                    yield _unknown_clause(("contract", group, index), key, known)
                elif group == "with":
                    yield from self._cannot_be_added(key, index)
        for key, name in self.own.variants.items():
            if key not in known:
                yield _unknown_clause(("contract", "variants", key), key, known)
            elif name != STANDARD and known[key].card.variant(name) is None:
                names = "\n".join((STANDARD, *(each.name for each in known[key].card.variants)))
                words = {"clause": key, "name": name, "known": names}
                yield Problem("unknown_variant", ("contract", "variants", key), words)
        for key, values in self.own.values.items():
            if key not in known:
                yield _unknown_clause(("contract", "values", key), key, known)
                continue
            local = [name for name in known[key].card.variables if "." not in name]
            for name in values:
                if name not in local:
                    words = {"name": name, "clause": key, "known": "\n".join(local)}
                    yield Problem("unknown_clause_value", ("contract", "values", key, name), words)

    def _cannot_be_added(self, key: str, index: int) -> Iterator[Problem]:
        """A clause of another kind of contract may speak of what this one does not have."""
        path: Path = ("contract", "with", index)
        card = self.library.clauses[key].card
        if key in self.own.without:
            yield Problem("clause_wanted_and_not", path, {"clause": key})
        elif self.types and not set(self.types) & {*card.must, *card.may}:
            yield Problem("clause_not_of_type", path, {"clause": key, "types": ", ".join(self.types)}, "warning")

    def _tell(self, code: str, path: Path, **words: str) -> None:
        self.problems.append(Problem(code, path, words))


def _is_misnamed(name: str, facts: Mapping[str, Any]) -> bool:
    """A fact nobody gathers, or a value of the clause's own that would hide a group of facts."""
    if "." in name:
        return name not in facts
    return name in ("clause", "annex") or any(fact.startswith(f"{name}.") for fact in facts)


def _unknown_clause(path: Path, key: str, known: Mapping[str, Clause]) -> Problem:
    return Problem("unknown_clause", path, {"clause": key, "known": "\n".join(sorted(known))})
