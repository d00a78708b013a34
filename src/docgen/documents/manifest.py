"""document.yaml: what a kind of paper is called, for whom it is, in which order its parts come."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from docgen.documents.parts import Need, Part
from docgen.problems import Place, Problem, only_errors
from docgen.source.load import Loaded, load
from docgen.source.workspace import read_text, read_yaml, shown_path
from docgen.values import LANGUAGES, Count, Model, Stage, Text, Word
from docgen.vocabulary import Audience, OneOrMany

LONGEST_TEXT = 150_000
"""Characters a template, or the words it makes, may have; the texts of a proposal of 14 pages have 5,000."""
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")


class Manifest(Model):
    """One kind of document.

    needs             what a deal must have for it: `resale`, a partner who buys from us and sells on; `value`, a value
                      model with its discount rate; `contract`, lines or a `contract:` that say which clauses it holds
    goes_with         the paper it goes with, as a sheet for the house does with a contract: it waits for what that one
                      waits for
    build_needs       facts without which `docgen build` does not make it unasked; see `docgen.documents.applying`
    final_from_stage  a final paper needs this selling stage, where a deal states one
    final_needs       what else a final paper needs; see `docgen.telling.gates`
    checks            `story`: the deal's tale is looked through before a reader does; see `docgen.telling`; `value`:
                      so are the lines of the value model
    most_pages        of the body: cover, contents and appendix are not counted; a longer one is told
    numbered_headings, chapters_begin_pages    headings are 1, 1.1, 1.1.1; every `#` heading begins a page
    parts             none for a document that is a company's own Word letter, see `Letter`
    """

    document: Word
    title: Text
    audience: Audience = "customer"
    needs: OneOrMany[Literal["resale", "value", "contract"]] = ()
    goes_with: Word | None = None
    build_needs: OneOrMany[Need] = ()
    languages: tuple[Literal["zh-CN", "en"], ...] = ("zh-CN", "en")
    parts: tuple[Part, ...] = ()
    final_from_stage: Stage | None = None
    final_needs: OneOrMany[
        Literal["investment", "proven_value", "ripe_value", "dated_plan", "clean_words", "consent"]
    ] = ()
    checks: OneOrMany[Literal["story", "value"]] = ()
    most_pages: Count | None = None
    version: Word = "1"
    numbered_headings: bool = False
    chapters_begin_pages: bool = False


@dataclass(frozen=True)
class Template:
    """One language's text of a document: its parts by name, each with the line it begins on."""

    shown: str
    language: str
    parts: dict[str, tuple[int, str]]


@dataclass(frozen=True)
class Letter:
    """One language's template where that is a Word file of the company: `quote.en.docx` with content controls, or
    `quote.en.jinja.docx` with Jinja's marks in its text."""

    path: Path
    shown: str
    language: str
    is_jinja: bool = False


@dataclass(frozen=True)
class Found:
    """A document's folder, its manifest, its templates; `letters`: of the languages whose template is a Word file."""

    folder: Path
    manifest: Manifest
    templates: dict[str, Template]
    letters: dict[str, Letter] = field(default_factory=dict)

    def spoken(self, asked: tuple[str, ...], own: tuple[str, ...]) -> tuple[str, ...]:
        """The languages of a paper: those asked for, else the deal's own; of a letter, which has one, the first."""
        return asked or (own[:1] if own[0] in self.letters else own)


def manifests(folders: Sequence[Path]) -> dict[str, Path]:
    """Every document by name, with its folder; the first folder that has a name wins it."""
    found: dict[str, Path] = {}
    for folder in folders:
        for each in sorted(folder.iterdir()):
            if _NAME.fullmatch(each.name) and (each / "document.yaml").is_file():
                found.setdefault(each.name, each)
    return found


def find_manifest(name: str, folders: Sequence[Path]) -> tuple[Found | None, list[Problem]]:
    """A document by name, or why it cannot be made."""
    known = manifests(folders)
    if name not in known:
        return None, [Problem("unknown_document", (), {"document": name, "known": "\n".join(known)}, origin="template")]
    folder = known[name]
    loaded = read_manifest(folder)
    if loaded.model is None or only_errors(loaded.problems):
        return None, list(loaded.problems)
    templates, problems = _templates(folder, name, loaded.model)
    letters = {each.language: each for each in letters_in(folder, name, loaded.model.languages)}
    problems += _one_of_both(templates, letters)
    if not loaded.model.parts and not letters:
        problems.append(Problem("missing_key", ("parts",), {"key": "parts"}, origin="template").at(loaded.place(())))
    return Found(folder, loaded.model, templates, letters), [*loaded.problems, *problems]


def letters_in(folder: Path, name: str, languages: Sequence[str]) -> Iterator[Letter]:
    """The Word files in a document's folder that are its templates. Beside one with controls, one with Jinja's marks is
    not looked at."""
    for language in languages:
        for ending, is_jinja in ((".docx", False), (".jinja.docx", True)):
            path = folder / f"{name}.{language}{ending}"
            if path.is_file():
                yield Letter(path, shown_path(path), language, is_jinja)
                break


def all_letters(folders: Sequence[Path]) -> Iterator[Letter]:
    """The letters of every document in these folders of templates, in whatever language there is."""
    for folder in folders:
        for name, home in manifests((folder,)).items():
            yield from letters_in(home, name, LANGUAGES)


def _one_of_both(templates: Mapping[str, Template], letters: Mapping[str, Letter]) -> list[Problem]:
    """A language has a text or a Word file, never both."""
    return [
        Problem(
            "two_templates",
            (),
            {"file": letters[language].shown, "other": templates[language].shown},
            origin="template",
            place=Place(letters[language].shown),
        )
        for language in letters
        if language in templates
    ]


def is_letter(name: str, folders: Sequence[Path], language: str) -> bool:
    """Whether a document's template in this language is a company's Word letter."""
    folder = manifests(folders).get(name)
    return folder is not None and any(True for _ in letters_in(folder, name, (language,)))


def read_manifest(folder: Path) -> Loaded[Manifest]:
    """The manifest in a document's folder, or what is wrong with it."""
    return load(read_yaml(folder / "document.yaml"), Manifest, "template")


def _templates(folder: Path, name: str, manifest: Manifest) -> tuple[dict[str, Template], list[Problem]]:
    templates: dict[str, Template] = {}
    problems: list[Problem] = []
    for language in manifest.languages:
        path = folder / f"{name}.{language}.md"
        if not path.is_file():
            continue
        text = read_text(path)
        if isinstance(text, Problem):
            problems.append(text)
            continue
        if len(text) > LONGEST_TEXT:
            words = {"limit": f"{LONGEST_TEXT:,}"}
            problems.append(Problem("template_too_long", (), words, origin="template", place=Place(shown_path(path))))
            continue
        templates[language] = Template(shown_path(path), language, split_parts(text))
    return templates, problems


_PART = re.compile(r"^:::[ \t]*part[ \t]+(\S+)[ \t]*$", re.MULTILINE)


def split_parts(text: str) -> dict[str, tuple[int, str]]:
    """`::: part name` begins a part that goes on to the next one; what stands before the first is a comment."""
    marks = list(_PART.finditer(text))
    parts = {}
    for index, match in enumerate(marks):
        end = marks[index + 1].start() if index + 1 < len(marks) else len(text)
        parts[match[1]] = (text.count("\n", 0, match.end()) + 1, text[match.end() : end])
    return parts
