"""Plays the cases of tests/cases/hostile: what was made to break docgen, and what must come of it."""

from __future__ import annotations

import copy
import io
import os
import re
import shlex
import shutil
import subprocess
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf
import yaml
from lxml import html

from docgen.locales.problems import _sentences
from tests.conftest import ROOT
from tests.safety.house import call, catalog, deal, furnish, run, sellers, word_paragraphs, word_parts

CASES = ROOT / "tests" / "cases" / "hostile"
QUOTE = "quote deal.yaml --format docx,pdf,txt,html"
HOUSE = "templates/_house/house.docx"
_KEYS = {
    "case", "deal", "price_list", "sellers", "approvals", "everywhere", "written", "files", "links", "template",
    "house", "before", "command", "env", "limits", "exit", "problem", "at", "says", "shows", "hides",
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One case as it is written, see tests/cases/hostile/README.md."""

    category: str
    name: str
    given: Mapping[str, Any] = field(repr=False)

    def __getattr__(self, key: str) -> Any:
        return self.given.get(key)

    @property
    def of_the_process(self) -> bool:
        """Whether it needs a process of its own."""
        return bool(self.env or self.limits)


def cases() -> Iterator[Case]:
    for file in sorted(CASES.glob("*.yaml")):
        for given in yaml.safe_load(file.read_text("utf-8")):
            unknown = given.keys() - _KEYS
            assert not unknown, f"{file.name}: {given['case']}: nobody reads {unknown}"
            yield Case(file.stem, given["case"], given)


# ---- a workspace as the case wants it -------------------------------------------------------------------------------
def furnished(case: Case, folder: Path) -> None:
    say = _said_everywhere(case.everywhere) if case.everywhere else lambda name: name
    the_deal, price_list, profiles = deal(say), catalog(say), sellers(say)
    rules: dict[str, Any] = {"approvals": []}
    for root, changes in (
        (the_deal, case.deal),
        (price_list, case.price_list),
        (profiles, case.sellers),
        (rules, case.approvals),
    ):
        for path, value in (changes or {}).items():
            _put(root, str(path).split("."), _made(value))
    written = the_deal if case.written is None else _made(case.written)
    furnish(folder, written, price_list=price_list, profiles=profiles, policies=rules)
    if case.template is not None:
        _template(folder, str(_made(case.template)))
    if case.house is not None:
        (folder / HOUSE).parent.mkdir(parents=True, exist_ok=True)
        (folder / HOUSE).write_bytes(_house(case.house))
    for name, content in (case.files or {}).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        made = _made(content)
        path.write_bytes(made if isinstance(made, bytes) else str(made).encode())
    for name, goal in (case.links or {}).items():
        (folder / name).unlink(missing_ok=True)
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).symlink_to(goal)


def _said_everywhere(text: Any) -> Any:
    fields: list[str] = []

    def say(name: str) -> str:
        fields.append(name) if name not in fields else None
        return f"{_made(text)}~{fields.index(name):02}~"

    return say


def _put(root: Any, steps: list[str], value: Any) -> None:
    *outer, last = steps
    for step in outer:
        root = root[int(step)] if isinstance(root, list) else root.setdefault(step, {})
    if isinstance(root, list):
        root.append(value) if last == "+" else root.__setitem__(int(last), value)
    elif value is None:
        root.pop(last, None)
    else:
        root[last] = value


def _made(value: Any) -> Any:
    """A value as written; `{repeat: x, times: 3}` is xxx, `{bytes: ff00}` those bytes, a list of pieces is joined where
    one of them is such a mapping."""
    if isinstance(value, dict):
        if value.keys() == {"repeat", "times"}:
            return str(_made(value["repeat"])) * value["times"]
        if value.keys() == {"bytes"}:
            return bytes.fromhex(value["bytes"])
        if value.keys() == {"joined"}:
            return "".join(str(_made(each)) for each in value["joined"])
        if value.keys() == {"copies", "times"}:
            return [copy.deepcopy(_made(value["copies"])) for _ in range(value["times"])]
        return {key: _made(each) for key, each in value.items()}
    return [_made(each) for each in value] if isinstance(value, list) else value


def _template(folder: Path, text: str) -> None:
    """The quotation's English template with a text of the case below its totals."""
    shutil.copytree(ROOT / "templates" / "quote", folder / "templates" / "quote")
    path = folder / "templates" / "quote" / "quote.en.md"
    source = path.read_text("utf-8")
    assert source.count("::: slot totals\n") == 1
    path.write_text(source.replace("::: slot totals\n", f"::: slot totals\n\n{text}\n"), "utf-8")


def _house(changes: Mapping[str, Any]) -> bytes:
    """The house's reference document with parts changed, left out, or cut short."""
    with zipfile.ZipFile(ROOT / HOUSE) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name in changes.get("without", ()):
        del parts[name]
    for name, content in changes.get("with", {}).items():
        parts[name] = str(_made(content)).encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return packed.getvalue()[: changes.get("cut")]


# ---- playing it -----------------------------------------------------------------------------------------------------
def play(case: Case, folder: Path) -> None:
    furnished(case, folder)
    for command in case.before or ():
        done = call(*shlex.split(command), cwd=folder)
        assert done.returncode == 0, done.stderr
    before = _held(folder)
    done = _done(case, folder)
    told = f"{done.stderr}\n{done.stdout}"
    assert done.returncode == (case.exit or 0), told
    assert "Traceback" not in told and "fault of its own" not in told, told
    after = _held(folder)
    assert not [name for name in after if ".docgen-" in name], "a half-written file stayed"
    if done.returncode:
        assert after == before, "something was written"
    _looks_told(case, done)
    if done.returncode == 0 and (folder / "out").is_dir():
        _papers_are_whole(case, folder)


def _done(case: Case, folder: Path) -> subprocess.CompletedProcess[str]:
    words = shlex.split(case.command or QUOTE)
    if not case.of_the_process:
        return call(*words, cwd=folder)
    limits = [f"--{name}={value}" for name, value in (case.limits or {}).items()]
    env = {name: str(value) for name, value in (case.env or {}).items()}
    return run(*words, cwd=folder, env={**os.environ, **env}, prefix=("prlimit", *limits) if limits else ())


def _held(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def _looks_told(case: Case, done: subprocess.CompletedProcess[str]) -> None:
    for words in _each(case.says):
        assert words in done.stderr + done.stdout, done.stderr
    for words in _each(case.hides):
        assert words not in done.stderr + done.stdout, done.stderr
    if case.problem is None:
        return
    severity = "error" if done.returncode else "warning"
    sentence = re.sub(r"\\{\w+\\}", ".*", re.escape(_sentences("en")[case.problem]["message"]))
    place = "" if case.at == "nowhere" else rf"{re.escape(case.at) if case.at else r'[^:]+:[0-9]+:[0-9]+'}: "
    told = re.compile(rf"^{place}{severity}: (?:\S+: )?{sentence}", re.MULTILINE)
    assert told.search(done.stderr), f"{told.pattern}\n{done.stderr}"


def _each(value: Any) -> list[str]:
    return [] if value is None else [str(_made(each)) for each in (value if isinstance(value, list) else [value])]


def _papers_are_whole(case: Case, folder: Path) -> None:
    shown = {}
    for path in (folder / "out").iterdir():
        data = path.read_bytes()
        if path.suffix == ".docx":
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                assert archive.testzip() is None
            assert not [n for n, part in word_parts(data).items() if b'TargetMode="External"' in part]
            shown["docx"] = "".join(word_paragraphs(data))
        elif path.suffix == ".pdf":
            with pikepdf.open(io.BytesIO(data)) as pdf:
                assert "/OpenAction" not in pdf.Root and not [n for page in pdf.pages for n in page.get("/Annots", [])]
            if shutil.which("pdftotext"):
                read = subprocess.run(["pdftotext", "-raw", "-nopgbrk", "-", "-"], input=data, capture_output=True)
                shown["pdf"] = read.stdout.decode()
        elif path.suffix == ".txt":
            shown["txt"] = data.decode()
        elif path.suffix == ".html":
            page = html.document_fromstring(data.decode())
            assert not page.xpath("//script | //img[starts-with(@src, 'http')] | //iframe | //object")
            shown["html"] = page.text_content()
    for words in [*_each(case.shows), *([str(_made(case.everywhere))] if case.everywhere else [])]:
        for form, text in shown.items():
            lines = words.split("\n")
            assert all(_packed(line) in _packed(text) for line in lines), f"{words!r} is not in the {form} paper"


def _packed(text: str) -> str:
    return re.sub(r"\s+", "", text)
