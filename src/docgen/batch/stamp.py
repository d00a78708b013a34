"""What a finished paper says of itself: which deal, which document, in which languages. By its properties, or, where
its format has none, by its name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from docgen.batch.job import MODEL
from docgen.problems import Place, Problem
from docgen.render import READERS
from docgen.render.spoken import NotReadable, Spoken, lines_of
from docgen.source.workbook import cells_of
from docgen.source.workspace import shown_path

_LANGUAGES = r"(?:-(?P<languages>(?:zh-CN|en)(?:-(?:zh-CN|en))?))?"
FORMATS = (*READERS, "xlsx")


@dataclass(frozen=True, slots=True)
class Stamp:
    """`languages`: () for the deal's own. `says`: the properties of the paper, none for formats without."""

    deal: str
    document: str
    languages: tuple[str, ...] = ()
    review: bool = False
    says: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finished:
    """A paper as it lies there: its bytes, its stamp, its words."""

    path: Path
    form: str
    data: bytes
    stamp: Stamp
    spoken: Spoken

    @property
    def shown(self) -> str:
        return shown_path(self.path)


def read_finished(path: Path, documents: Iterable[str]) -> Finished | Problem:
    """A finished paper, or why it cannot be had. `documents`: those there are, for names."""
    shown, form = shown_path(path), path.suffix.lower().removeprefix(".")
    try:
        data = path.read_bytes()
        spoken = spoken_of(form, data)
    except OSError as error:
        return _unreadable(shown, error.strerror or type(error).__name__)
    except NotReadable as reason:
        return _unreadable(shown, str(reason))
    stamp = _of_properties(spoken.says) or _of_name(path.stem, form, documents)
    if stamp is None:
        return Problem("not_a_paper", params={"file": shown}, place=Place(shown))
    return Finished(path, form, data, stamp, spoken)


def _unreadable(shown: str, reason: str) -> Problem:
    return Problem("paper_unreadable", params={"file": shown, "reason": reason}, place=Place(shown))


def spoken_of(form: str, data: bytes) -> Spoken:
    """Properties and words of a paper; NotReadable where it has none of this format."""
    if form == "xlsx":
        try:
            return Spoken({}, tuple(line for cell in cells_of(data) for line in lines_of(cell)))
        except ValueError as reason:
            raise NotReadable(str(reason)) from None
    if form not in READERS:
        raise NotReadable(f"{form or 'a file without an ending'} is no format of papers")
    return READERS[form](data)


def _of_properties(says: Mapping[str, str]) -> Stamp | None:
    own = {name: value for name, value in says.items() if name.startswith("docgen.")}
    if not {"docgen.deal", "docgen.document"} <= set(own):
        return None
    languages = tuple(filter(None, own.get("docgen.languages", "").split(",")))
    document = own["docgen.document"].partition("@")[0]
    return Stamp(own["docgen.deal"], document, languages, own.get("docgen.state") == "review", own)


def _of_name(stem: str, form: str, documents: Iterable[str]) -> Stamp | None:
    """D-1-quote-en-internal: the number, the document, languages that are not the deal's, for whom."""
    if form in MODEL and stem.endswith("-value-model"):
        return Stamp(stem.removesuffix("-value-model"), "value")
    known = "|".join(sorted(map(re.escape, documents), key=len, reverse=True))
    found = re.fullmatch(rf"(?P<deal>.+?)-(?P<document>{known}){_LANGUAGES}(?:-internal)?(?P<review>-review)?", stem)
    if found is None:
        return None
    languages = re.findall("zh-CN|en", found["languages"] or "")
    return Stamp(found["deal"], found["document"], tuple(languages), found["review"] is not None)
