"""What is wrong with a letter, without any deal: its file, the tags of its controls."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.etree.ElementTree import Element

from docgen.documents.components import COMPONENTS, INTERNAL
from docgen.documents.manifest import Manifest, all_letters, read_manifest
from docgen.letters.controls import CHECKBOX, SDT, P, control, words_of
from docgen.letters.opened import OpenedLetter, open_letter
from docgen.letters.tags import NOT_IN_LETTERS, Names, Tag, names_for, read_tag
from docgen.problems import Place, Problem, only_errors
from docgen.source.text_file import read_bytes
from docgen.source.workspace import shown_path
from docgen.wordfile.names import W, val


def letters_to_lint(folders: Sequence[Path], paths: Sequence[Path] = ()) -> list[Path]:
    """The letters in folders of templates: with `paths` those that lie there, without them those of the first folder,
    which is the workspace's own."""
    if not paths:
        return [each.path for each in all_letters(folders[:1])]
    inside = [path.resolve() for path in paths]
    found = ((each.path, each.path.resolve()) for each in all_letters(folders))
    return [path for path, whole in found if any(where in (whole, *whole.parents) for where in inside)]


def lint_letters(letters: Sequence[Path]) -> list[Problem]:
    """What is wrong with each of them; what is wrong with the manifest two of them share is told once."""
    told: list[Problem] = []
    for path in letters:
        told += [each for each in letter_problems(path) if each not in told]
    return told


def letter_problems(path: Path) -> list[Problem]:
    """Everything that stands in the way of a Word letter, and as warnings what stays behind; no deal is needed. For
    whom it is and whether it is made of a contract says the `document.yaml` beside it."""
    manifest = read_manifest(path.parent) if (path.parent / "document.yaml").is_file() else None
    if manifest is not None and only_errors(manifest.problems):
        return list(manifest.problems)
    shown = shown_path(path)
    data = read_bytes(path, shown)
    if isinstance(data, Problem):
        return [data]
    letter = open_letter(data, shown)
    if not isinstance(letter, OpenedLetter):
        return list(letter)
    if path.name.endswith(".jinja.docx"):
        from docgen.letters.jinja import mark_problems

        found = mark_problems(data, shown)
        if found:
            return found
    return [*letter.warnings, *tag_problems(letter, names_of(manifest.model if manifest is not None else None))]


def names_of(manifest: Manifest | None) -> Names:
    """The names a letter with this manifest may use."""
    if manifest is None:
        return names_for("customer", contract=False)
    return names_for(manifest.audience, contract="contract" in manifest.needs)


def tag_problems(letter: OpenedLetter, names: Names) -> list[Problem]:
    """Every tag that names nothing a letter may name, with the words near it."""
    found = (each for part in letter.texts for each in _of(letter.trees[part].root, names, ""))
    return [_problem(letter.shown, tag, near, known) for tag, near, known in found]


def _of(parent: Element, names: Names, near: str) -> Iterator[tuple[Tag, str, Names]]:
    """Words near a control are those of its paragraph, else its own."""
    for child in parent:
        here, inner = near, names
        if child.tag == P:
            here = words_of(child)
        elif child.tag == SDT:
            here = near or words_of(child)
            tag = read_tag(val(child.find(f"{W}sdtPr"), "tag") or "")
            ticked = tag is not None and tag.kind == "text" and control(child, inside_paragraph=False).has(CHECKBOX)
            if tag is not None and tag.name not in (names.asked if ticked else names.known(tag.kind)):
                yield tag, here, names
            elif tag is not None and tag.kind == "each":
                inner = names.inside(tag.name)
            here = near
        yield from _of(child, inner, here)


def _problem(shown: str, tag: Tag, near: str, names: Names) -> Problem:
    words = {"tag": tag.raw, "near_by": near or "an empty paragraph", "file": shown}
    code = "letter_unknown_tag"
    if tag.kind == "block" and tag.name in NOT_IN_LETTERS:
        code = "letter_page_block"
    elif tag.kind == "block" and tag.name in INTERNAL:
        code = "letter_internal_block"
    elif tag.kind == "block" and tag.name in COMPONENTS:
        code = "letter_contract_block"
    elif tag.kind == "text" and tag.name in names.loops:
        code, words["name"], words["item"] = "letter_list", tag.name, names.loops[tag.name]
    elif tag.kind == "text" and tag.name in names.asked:
        code, words["name"] = "letter_only_asked", tag.name
    else:
        words["known"] = "\n".join(names.suggestions(tag))
    return Problem(code, (), words, origin="template", place=Place(shown))
