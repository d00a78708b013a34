"""Stories of other customers: those a deal may tell, and the names it may not."""

from __future__ import annotations

from docgen.deal import Deal
from docgen.problems import Problem, only_errors, problem, warning
from docgen.reading import Workspace
from docgen.references import Reference
from docgen.seller import Seller
from docgen.telling.told import names_of


def told_references(deal: Deal, workspace: Workspace) -> tuple[tuple[Reference, ...], list[Problem]]:
    """The stories the deal names, where they may be told; why not, for the others. Paths are the deal's."""
    told: list[Reference] = []
    problems: list[Problem] = []
    for index, name in enumerate(deal.story.references if deal.story is not None else ()):
        loaded = workspace.reference(name)
        if loaded is None:
            known = "\n".join(workspace.reference_names())
            problems.append(problem("unknown_reference", "story", "references", index, name=name, known=known))
        elif loaded.model is None or only_errors(loaded.problems):
            problems += loaded.problems
        elif not loaded.model.publish:
            problems.append(warning("reference_not_published", "story", "references", index, name=name))
        else:
            told.append(loaded.model)
    return tuple(told), problems


def secret_names(seller: Seller, workspace: Workspace) -> dict[str, str]:
    """Names no other customer may read, each with the code that says why: of stories that may not be published, and
    of customers the house keeps secret."""
    secret = {name: "secret_customer" for each in seller.keep_secret for name in names_of(each)}
    for name in workspace.reference_names():
        loaded = workspace.reference(name)
        if loaded is not None and loaded.model is not None and not loaded.model.publish:
            for each in (loaded.model.customer, *loaded.model.called):
                secret |= dict.fromkeys(names_of(each), "secret_reference")
    return secret
