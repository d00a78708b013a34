"""T01 for the templates of all other papers: quotation, proposal, value statement, and what a house adds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from docgen.documents.manifest import Template, find_manifest, manifests
from docgen.documents.projection.names import ASKED, PRINTED, REPEATED, groups
from docgen.legal.bench import Bench, Finding
from docgen.legal.loops import Said, spoken
from docgen.problems import Place, Problem
from docgen.source.workspace import shown_path

FILTERS = ("default", "first", "in_words", "join", "last", "length", "lower", "upper")


def other_papers(bench: Bench) -> Iterator[Finding]:
    """The templates of other papers speak only about what papers are given."""
    if bench.workspace is None or not bench.looks_at_papers:
        return
    folders = bench.workspace.template_folders()
    for name, folder in manifests(folders).items():
        if folders[0].resolve() in folder.resolve().parents:
            found, _ = find_manifest(name, folders)
            for template in found.templates.values() if found is not None else ():
                yield from _of_template(template, _lines(folder, template))


def _lines(folder: Path, template: Template) -> list[str]:
    path = next((each for each in folder.iterdir() if shown_path(each) == template.shown), None)
    return path.read_text("utf-8").splitlines() if path is not None else []


def _of_template(template: Template, lines: list[str]) -> Iterator[Finding]:
    for first, source in template.parts.values():
        for said in spoken(source):
            code, known = _wrong(said)
            if code:
                number = first + said.line - 1
                line = lines[number - 1] if number <= len(lines) else ""
                place = Place(template.shown, number, max(0, line.find(said.written)) + 1)
                params = {"name": said.written, "known": "\n".join(known)}
                yield Finding(Problem(code, (), params, origin="template", place=place), "", line)


def _wrong(said: Said) -> tuple[str, list[str]]:
    """What is wrong with a name where it stands: "" where nothing is."""
    if said.use == "filter":
        return ("" if said.name in FILTERS else "t01_unknown_filter"), list(FILTERS)
    if said.name not in KNOWN:
        return "t01_unknown_projected", _siblings(said) or sorted(KNOWN)
    if said.use == "print" and said.name in _ONLY_ASKED:
        return "t01_only_decides", []
    return "", []


def _siblings(said: Said) -> list[str]:
    """What stands beside the name, written as the template would: `each.name` for an unknown `each.price`."""
    group, written = said.name.rpartition(".")[0], said.written.rpartition(".")[0]
    return [
        f"{written}.{each.rpartition('.')[2]}" for each in sorted(KNOWN) if group and each.rpartition(".")[0] == group
    ]


_ITEMS = {
    f"{name}[].{word}" for name, (_, words, switches) in REPEATED.items() for word in f"{words} {switches}".split()
}
_SWITCHES = {f"{name}[].{word}" for name, (_, _, switches) in REPEATED.items() for word in switches.split()}
_ONLY_ASKED = (ASKED - PRINTED) | set(REPEATED) | _SWITCHES
KNOWN = frozenset({*PRINTED, *ASKED, *groups(PRINTED | ASKED), *REPEATED, *(f"{name}[]" for name in REPEATED), *_ITEMS})
"""Every name there is; items of lists behind `[]`."""
