"""Words of a contract as a clause's text: references and sides become marks, everything else stays what it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from docgen.intake.labels import counted
from docgen.intake.outline import is_chinese
from docgen.wordfile import Piece

_NUMBER = r"\d{1,3}(?:\.\d{1,3})*|[〇零一二三四五六七八九十百]{1,5}"
_OWN = "(?:本合同|本协议|本协议书|合同|协议)?"
_ZH = re.compile(
    rf"(?<![》法例定]){_OWN}第\s*(?P<article>{_NUMBER})\s*条(?:第\s*[（(]?(?P<paragraph>{_NUMBER})[）)]?\s*款)?"
    rf"|{_OWN}第\s*(?P<dotted>\d{{1,3}}(?:\.\d{{1,3}})+)\s*[款项]"
)
_EN = re.compile(
    r"\b(?:[Cc]lause|[Ss]ection|[Aa]rticle|[Pp]aragraph)s?\s+(?P<dotted>\d{1,3}(?:\.\d{1,3})*)"
    r"(?!\d)(?:\s+(?:hereof|of this (?:Agreement|Contract)))?"
    r"(?P<other>\s+of\s+(?:the|that|such|Regulation|Directive)\b)?"
)
_FIELD = re.compile(
    r"(?:本合同|本协议)?第?\s*\ue000(?P<zh>\d+)\ue001\s*[条款项]?"
    r"|(?:(?:[Cc]lause|[Ss]ection|[Aa]rticle|[Pp]aragraph)s?\s+)?\ue000(?P<en>\d+)\ue001"
)
_TERMS = re.compile(
    r"[（(]\s*(?:以下)?(?:简称|统称|合称|下称)(?:为)?\s*[“\"「](?P<short>[^”\"」]{1,20})[”\"」]\s*[）)]"
    r"|[“\"](?P<means>[^”\"]{1,30})[”\"]\s*(?:是指|系指|指|means|shall mean|has the meaning)"
    r"|[（(]\s*(?:hereinafter\s+(?:referred to as\s+)?)?(?:the|each an?|an?)?\s*"
    r"[“\"](?P<english>[A-Z][^”\"]{1,40})[”\"]\s*[）)]"
)
_SPECIAL = re.compile(r"[\\*\[\]]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
_AT_START = re.compile(r"^([#+-]|\d+[.)])(?=\s|$)")
_DELIMITERS = {"{{": "｛｛", "}}": "｝｝", "{%": "｛%", "%}": "%｝", "{#": "｛#", "#}": "#｝"}


@dataclass(frozen=True, slots=True)
class Target:
    """Where a reference leads: a clause, its paragraph (0 for the whole), and the item named behind it."""

    key: str
    paragraph: int = 0
    item: str = ""

    @property
    def mark(self) -> str:
        return f"[[ref:{self.key}{f'.{self.paragraph}' if self.paragraph else ''}]]"


@dataclass(frozen=True, slots=True)
class Term:
    """A word the contract defines, and the sentence that does."""

    word: str
    sentence: str
    key: str
    at: int


@dataclass
class Marker:
    """by_number: places by what they are counted as, (3, 2) for 3.2; by_bookmark: by their bookmark in the file; sides:
    what the file calls the two sides, and their marks. unknown: references that lead nowhere, with their places."""

    by_number: Mapping[tuple[int, ...], Target]
    by_bookmark: Mapping[str, Target]
    sides: Mapping[str, str]
    unknown: list[tuple[int, str]] = field(default_factory=list)
    braces: list[int] = field(default_factory=list)
    references: int = 0

    def marked(self, words: Sequence[Piece], at: int) -> str:
        """The words of one paragraph as a clause's text."""
        marks: list[str] = []

        def keep(mark: str) -> str:
            marks.append(mark)
            return f"\ue002{len(marks) - 1}\ue003"

        text = self._fields(words, keep)
        text = self._typed(text, at, keep)
        text = self._named(text, keep)
        if any(each in text for each in _DELIMITERS):
            self.braces.append(at)
        return re.sub(r"\ue002(\d+)\ue003", lambda found: marks[int(found[1])], _as_typed(text))

    def marked_title(self, title: str) -> str:
        """A title, in which nothing is a mark."""
        return _as_typed(title)

    def _fields(self, words: Sequence[Piece], keep: Callable[[str], str]) -> str:
        """Cross-reference fields; one whose bookmark is in no article stays the words it shows."""
        shown: list[Target] = []
        out = ""
        for piece in words:
            target = self.by_bookmark.get(piece.refers) if piece.refers else None
            if target is None:
                out += re.sub("[\ue000-\ue003]", "", piece.text)
            elif not out.endswith(f"\ue000{len(shown) - 1}\ue001"):
                shown.append(target)
                out += f"\ue000{len(shown) - 1}\ue001"

        def put(found: re.Match[str]) -> str:
            self.references += 1
            return keep(shown[int(found["zh"] or found["en"])].mark)

        return _FIELD.sub(put, out)

    def _typed(self, text: str, at: int, keep: Callable[[str], str]) -> str:
        """References typed as words: 第3.2条, Clause 3.2. Articles of statutes are none of ours."""

        def put(found: re.Match[str]) -> str:
            groups = found.groupdict()
            if groups.get("other"):
                return found[0]
            said = groups.get("dotted") or groups.get("article") or ""
            numbers = (*counted(said), *counted(groups.get("paragraph") or ""))
            target = self.by_number.get(numbers)
            if target is None:
                self.unknown.append((at, found[0].strip()))
                return found[0]
            self.references += 1
            return keep(target.mark)

        return (_ZH if is_chinese(text) else _EN).sub(put, text)

    def _named(self, text: str, keep: Callable[[str], str]) -> str:
        for name, mark in self.sides.items():
            pattern = re.escape(name) if is_chinese(name) else rf"\b{re.escape(name)}\b"
            text = re.sub(pattern, lambda found, mark=mark: keep(mark), text)  # type: ignore[misc]
        return text


def _as_typed(text: str) -> str:
    """Words that stay words: what the library's texts would take for a mark is written so that it is none."""
    plain = " ".join(text.replace("\u2011", "-").split())
    for delimiter, harmless in _DELIMITERS.items():
        plain = plain.replace(delimiter, harmless)
    plain = re.sub("(?<=\ue003)}", "｝", re.sub("{(?=\ue002)", "｛", plain))
    return _AT_START.sub(r"\\\1", _SPECIAL.sub(r"\\\g<0>", plain))


def terms_in(text: str, key: str, at: int) -> list[Term]:
    """What a paragraph defines."""
    words = [next(each for each in match.groups() if each).strip() for match in _TERMS.finditer(text)]
    return [Term(word, _meaning(" ".join(text.split()), word), key, at) for word in words]


def _meaning(sentence: str, word: str) -> str:
    """What the word means, where the sentence begins with it; else the sentence."""
    return re.sub(rf'^[“"]{re.escape(word)}[”"]\s*', "", sentence)
