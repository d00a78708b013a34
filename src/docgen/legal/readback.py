"""Word files read back as Word sees them: whose paragraph it is, and how its words are set."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ANCHOR = re.compile(r"dg_(?P<key>.+?)_(?P<number>\d+)(?P<language>_[a-z]{2})?$")


@dataclass(frozen=True, slots=True)
class Placed:
    """A paragraph that bears a clause's bookmark: the bookmark, its words, and those of them that are not both bold and
    underlined."""

    anchor: str
    key: str
    number: int
    words: str
    plain_words: str


def placed(docx: bytes) -> Iterator[Placed]:
    """Every paragraph of a Word file that belongs to a clause, in order."""
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        body = ElementTree.fromstring(package.read("word/document.xml"))
    for paragraph in body.iter(f"{_W}p"):
        for start in paragraph.iter(f"{_W}bookmarkStart"):
            anchor = start.get(f"{_W}name", "")
            if match := _ANCHOR.match(anchor):
                runs = [(_text(run), _is_strong(run)) for run in paragraph.iter(f"{_W}r")]
                words = "".join(text for text, _ in runs)
                plain = "".join(text for text, strong in runs if not strong).strip()
                yield Placed(anchor, match["key"], int(match["number"]), words, plain)


def _text(run: ElementTree.Element) -> str:
    return "".join(each.text or "" for each in run.iter(f"{_W}t"))


def _is_strong(run: ElementTree.Element) -> bool:
    """Bold and underlined by the run itself; a style alone could be changed without anybody noticing."""
    marks = run.find(f"{_W}rPr")
    return marks is not None and all(_is_on(marks.find(f"{_W}{name}")) for name in ("b", "u"))


def _is_on(mark: ElementTree.Element | None) -> bool:
    return mark is not None and mark.get(f"{_W}val", "1") not in ("0", "false", "none")
