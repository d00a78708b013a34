"""What the last build made of what, in one small file of the out folder. It may be deleted at any time.

    {"version": 1, "deals": {"../deals/a.yaml": {"made_of": hash, "until": day, "papers": {"quote": {…}}}}, "left": […]}

Paths are relative to the out folder, so that a folder may be moved, or restored on another machine.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from docgen.problems import Place, Problem
from docgen.source.output import write_own

NAME = ".docgen-build.json"
_VERSION = 1


@dataclass(frozen=True, slots=True)
class KeptPaper:
    """One paper as it was made: of what, in which state, which files with which hashes, what was found on the way."""

    made_of: str
    state: str
    files: Mapping[str, str]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptDeal:
    """One deal as it was built. `until`: the last day of its offer; `day`: the day it was built on. Papers say whether
    the offer has ended, so they are made again when it has."""

    made_of: str
    number: str
    until: dt.date
    day: dt.date
    papers: Mapping[str, KeptPaper]
    problems: tuple[Problem, ...] = ()

    def says_the_same_on(self, day: dt.date) -> bool:
        return (day > self.until) == (self.day > self.until)


@dataclass
class Cache:
    """The kept deals of an out folder, by path of the deal file. `left`: papers that lie there though no deal makes
    them any more."""

    out: Path
    deals: dict[str, KeptDeal] = field(default_factory=dict)
    left: tuple[str, ...] = ()

    @classmethod
    def read(cls, out: Path) -> Cache:
        """What is kept; nothing where the file is absent, damaged or of another version."""
        try:
            data = json.loads((out / NAME).read_bytes())
            known = data["deals"] if data["version"] == _VERSION else {}
            left = tuple(str(name) for name in data.get("left", ()))
            return cls(out, {str(name): _deal_from(each) for name, each in known.items()}, left)
        except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
            return cls(out)

    def name_of(self, deal: Path) -> str:
        return Path(os.path.relpath(deal.absolute(), self.out.absolute())).as_posix()

    def is_gone(self, name: str) -> bool:
        """Whether there is no such deal any more; one that cannot be looked at may be there."""
        try:
            (self.out / name).stat()
        except (FileNotFoundError, NotADirectoryError):
            return True
        except OSError:
            return False
        return False

    def write(self) -> None:
        """Keep it, whole or not at all; a cache that cannot be kept is none, and no reason to fail."""
        deals = {name: _plain(each) for name, each in sorted(self.deals.items())}
        data = {"version": _VERSION, "deals": deals, "left": list(self.left)}
        try:
            write_own(self.out, NAME, (json.dumps(data, indent=0) + "\n").encode())
        except OSError:
            return


def _plain(deal: KeptDeal) -> dict[str, Any]:
    return {**asdict(deal), "until": deal.until.isoformat(), "day": deal.day.isoformat()}


def _deal_from(data: Mapping[str, Any]) -> KeptDeal:
    papers = {
        str(name): KeptPaper(
            str(each["made_of"]), str(each["state"]), dict(each["files"]), tuple(map(_problem_from, each["problems"]))
        )
        for name, each in data["papers"].items()
    }
    until, day = dt.date.fromisoformat(data["until"]), dt.date.fromisoformat(data["day"])
    found = tuple(map(_problem_from, data["problems"]))
    return KeptDeal(str(data["made_of"]), str(data["number"]), until, day, papers, found)


def _problem_from(data: Mapping[str, Any]) -> Problem:
    place = Place(**data["place"]) if data["place"] is not None else None
    return Problem(
        str(data["code"]), tuple(data["path"]), dict(data["params"]), data["severity"], data["origin"], place=place
    )
