"""What the README and the guides show is true: commands run, their output is as printed, files parse, links lead on.

Fenced blocks say what they are in the words behind the fence:

    console              lines that begin with `$ ` are run in a copy of the workspace, in the order of the page; the
                         rest is their output. A lone `…` leaves lines out; `# exits with 1` behind a command names
                         another exit code than 0. Of commands that are not docgen's, `sed -i 's/a/b/' FILE` and
                         `ssh-keygen … -f FILE` are played, with the same key each time; others are not run.
    yaml deal [NAME]     a deal, or some keys of one laid over BASE_DEAL; without errors. With NAME the file is there
    yaml file NAME       for later commands of the page; `file` is written as it is and not checked.
    yaml list            keys of a price list, laid over BASE_LIST; without problems
    yaml approvals [NAME]  approval rules; without problems. With NAME as above
    markdown part        a part of a template; can be filled with a deal and set

Decisions are made at 9:00 on the pages' day and every five minutes after.

`pytest tests/test_docs.py --update-goldens` writes the output of console blocks anew, but for those with `…`.
"""

from __future__ import annotations

import datetime as dt
import re
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest
from click.testing import CliRunner

from docgen.approvals import check_rules
from docgen.catalog.checks import check as check_catalog
from docgen.cli import approve
from docgen.cli.main import cli
from docgen.pipeline import prepare, produce
from docgen.problems import Problem, only_errors
from docgen.reading import Workspace, load_catalog, load_policies
from tests.approvals import keys
from tests.conftest import ROOT, TODAY

PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
NAMES = [page.relative_to(ROOT).as_posix() for page in PAGES]
WORKSPACE = ("samples", "templates", "price_lists", "sellers.yaml", "approvals.yaml")
ELISION = "…"

BASE_DEAL = """\
deal: D-2026-0999
date: 2026-12-08
price_list: erp-cn
seller: main
customer: {name: 杭州清溪示例纸品有限公司}
lines: [{sku: SV-STD, quantity: 10}]
"""
BASE_LIST = """\
price_list: guide
edition: "1"
currency: CNY
taxes: {goods: 13%, services: 6%}
families: {e3: {name: ERP3}}
products:
  - {sku: E3-FIN, name: Financials, kind: licence, unit: user, price: 4800, tax: goods, family: e3}
  - {sku: E3-FIN-LITE, name: Financials Lite, kind: licence, unit: user, price: 2000, tax: goods, family: e3}
  - {sku: E3-INV, name: Inventory, kind: licence, unit: user, price: 3000, tax: goods, family: e3}
  - {sku: E3-WF, name: Workflow, kind: licence, unit: user, price: 1600, tax: goods, family: e3}
  - {sku: E3-MRP, name: Requirements planning, kind: licence, unit: user, price: 4200, tax: goods, family: e3}
  - {sku: E3-APS, name: Advanced planning, kind: licence, unit: user, price: 6800, tax: goods, family: e3}
  - {sku: E3-QC, name: Quality, kind: licence, unit: user, price: 2600, tax: goods, family: e3}
  - {sku: SUITE, name: Suite, kind: bundle}
bundles: {SUITE: {groups: [{name: Core, options: [{sku: E3-FIN, required: true}]}]}}
"""


# ---- pages and their blocks -----------------------------------------------------------------------------------------
@dataclass
class Block:
    """A fenced block: the words behind its fence, its text, and where it begins: line of the page, and character."""

    info: list[str]
    text: str
    line: int
    start: int

    @property
    def kind(self) -> str:
        return " ".join(self.info[:2]) if self.info[:1] != ["console"] else "console"

    @property
    def name(self) -> str | None:
        return self.info[2] if len(self.info) > 2 else None


_FENCE = re.compile(r"^```([^\n`]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks_of(page: Path) -> Iterator[Block]:
    text = page.read_text("utf-8")
    for match in _FENCE.finditer(text):
        yield Block(match[1].split(), match[2], text.count("\n", 0, match.start(2)) + 1, match.start(2))


def pages_with(kind: str) -> list[str]:
    return [name for page, name in zip(PAGES, NAMES, strict=True) if any(b.kind == kind for b in blocks_of(page))]


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the workspace to stand in."""
    for name in WORKSPACE:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tmp_path / name)
        else:
            shutil.copyfile(source, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def laid_over(base: str, keys: str) -> str:
    """The keys of a guide's example, and those of `base` it does not have."""
    own = set(re.findall(r"^(\w+):", keys, re.MULTILINE))
    own |= {"lines"} if "alternatives" in own else set()
    parts = re.split(r"^(?=\w+:)", base, flags=re.MULTILINE)
    return "".join(part for part in parts if part and part.split(":")[0] not in own) + keys


def whole_deal(block: Block) -> str:
    return block.text if re.search(r"^deal:", block.text, re.MULTILINE) else laid_over(BASE_DEAL, block.text)


def told(problems: list[Problem]) -> str:
    return "; ".join(f"{p.code} {p.params}" for p in problems)


# ---- commands -------------------------------------------------------------------------------------------------------
@dataclass
class Command:
    """A command of a console block and the output printed below it."""

    line: str
    shown: list[str] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        match = re.search(r"# exits with (\d)$", self.line)
        return int(match[1]) if match else 0

    @property
    def arguments(self) -> list[str] | None:
        """What follows `docgen`; None for other programs."""
        words = shlex.split(self.line.split("# exits")[0])
        return words[1:] if words[:1] == ["docgen"] else None

    def is_true_to(self, output: list[str]) -> bool:
        """Whether the output is as printed: whole, or its pieces around each `…` in this order."""
        pieces: list[list[str]] = [[]]
        for line in self.shown:
            if line.strip() == ELISION:
                pieces.append([])
            else:
                pieces[-1].append(line)
        if len(pieces) == 1:
            return pieces[0] == output
        at = 0
        for number, piece in enumerate(pieces):
            starts = [i for i in range(at, len(output) - len(piece) + 1) if output[i : i + len(piece)] == piece]
            if number == 0:
                starts = [i for i in starts if i == 0]
            if number == len(pieces) - 1 and piece:
                starts = [i for i in starts if i + len(piece) == len(output)]
            if not starts:
                return False
            at = starts[0] + len(piece)
        return True


def commands_of(block: Block) -> list[Command]:
    commands: list[Command] = []
    for line in block.text.splitlines():
        if line.startswith("$ "):
            commands.append(Command(line[2:]))
        elif commands:
            commands[-1].shown.append(line.rstrip())
    return commands


def run(arguments: list[str]) -> tuple[int, list[str]]:
    result = CliRunner().invoke(cli, ["--today", TODAY.isoformat(), *arguments], prog_name="docgen")
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    output = [line.rstrip() for line in result.output.splitlines()]
    while output and not output[-1]:
        output.pop()
    return result.exit_code, output


def play(line: str, workspace: Path) -> None:
    """What a command of another program does to the files of the page."""
    words = shlex.split(line)
    if words[:2] == ["sed", "-i"]:
        _, old, new, _ = words[2].split("/")
        text = (workspace / words[3]).read_text("utf-8")
        assert old in text, line
        (workspace / words[3]).write_text(text.replace(old, new), "utf-8")
    elif words[0] == "ssh-keygen":
        name = words[words.index("-f") + 1]
        (workspace / name).write_bytes(keys.openssh(name))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Decisions at 9:00, 9:05 and so on, so that the pages can show when."""
    minutes = count(0, 5)
    began = dt.datetime.combine(TODAY, dt.time(9))
    monkeypatch.setattr(approve, "_now", lambda: (began + dt.timedelta(minutes=next(minutes))).isoformat() + "Z")


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize("name", [n for n in NAMES if n in pages_with("console")])
def test_every_command_shown_runs_and_prints_what_the_page_says(
    name: str, workspace: Path, request: pytest.FixtureRequest
) -> None:
    page = ROOT / name
    text, anew = page.read_text("utf-8"), ""
    differ, done = [], 0
    for block in blocks_of(page):
        if block.name and block.kind in ("yaml deal", "yaml file", "yaml approvals"):
            target = workspace / block.name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(whole_deal(block) if block.kind == "yaml deal" else block.text, "utf-8")
        if block.kind != "console":
            continue
        now = []
        for command in commands_of(block):
            now.append(f"$ {command.line}")
            if command.arguments is None:
                play(command.line, workspace)
                now += command.shown
                continue
            code, output = run(command.arguments)
            assert code == command.exit_code, f"{name}:{block.line}: {command.line} exits with {code}: {output}"
            if not command.is_true_to(output):
                differ.append(f"{name}:{block.line}: {command.line}\n" + "\n".join(output))
            now += command.shown if ELISION in command.shown else output
        anew += text[done : block.start] + "\n".join(now) + "\n"
        done = block.start + len(block.text)
    if request.config.getoption("--update-goldens"):
        page.write_text(anew + text[done:], "utf-8")
    else:
        assert not differ, "\n\n".join(differ)


# ---- files ----------------------------------------------------------------------------------------------------------
def blocks(kind: str) -> list[object]:
    return [
        pytest.param(block, id=f"{name}:{block.line}")
        for page, name in zip(PAGES, NAMES, strict=True)
        for block in blocks_of(page)
        if block.kind == kind
    ]


@pytest.mark.parametrize("block", blocks("yaml deal"))
def test_every_deal_shown_is_a_valid_deal(block: Block, workspace: Path) -> None:
    deal = workspace / "shown.yaml"
    deal.write_text(whole_deal(block), "utf-8")
    ready = prepare(deal, Workspace.for_deal(deal), TODAY)
    assert ready.facts is not None and not only_errors(ready.problems), told(list(ready.problems))


@pytest.mark.parametrize("block", blocks("yaml list"))
def test_every_piece_of_a_price_list_shown_is_without_problems(block: Block, tmp_path: Path) -> None:
    path = tmp_path / "list.yaml"
    path.write_text(laid_over(BASE_LIST, block.text), "utf-8")
    loaded = load_catalog(path)
    assert loaded.model is not None and not loaded.problems, told(list(loaded.problems))
    found = [*check_catalog(loaded.model), *check_rules(loaded.model.approvals, "price_list")]
    assert not found, told(found)


@pytest.mark.parametrize("block", blocks("yaml approvals"))
def test_every_approval_rule_shown_is_without_problems(block: Block, tmp_path: Path) -> None:
    path = tmp_path / "approvals.yaml"
    path.write_text(block.text, "utf-8")
    loaded = load_policies(path, "approvals")
    assert loaded.model is not None and not loaded.problems, told(list(loaded.problems))
    found = list(check_rules(loaded.model.approvals, "approvals"))
    assert not found, told(found)


@pytest.mark.parametrize("block", blocks("markdown part"))
def test_every_part_of_a_template_shown_can_be_set(block: Block, workspace: Path) -> None:
    folder = workspace / "templates" / "shown"
    folder.mkdir()
    (folder / "document.yaml").write_text("document: shown\ntitle: Shown\nparts: [shown]\n", "utf-8")
    for language in ("zh-CN", "en"):
        (folder / f"shown.{language}.md").write_text(f"::: part shown\n{block.text}", "utf-8")
    deal = workspace / "samples" / "huarui-erp" / "deal.yaml"
    where = Workspace.for_deal(deal)
    facts = prepare(deal, where, TODAY).facts
    assert facts is not None
    assert produce(facts, "shown", where, today=TODAY, formats=["txt"]).files["txt"]


def test_the_deal_the_readme_opens_with_is_the_smallest_sample() -> None:
    shown = next(b for b in blocks_of(ROOT / "README.md") if b.kind == "yaml deal")
    sample = (ROOT / "samples" / "ten-lines" / "deal.yaml").read_text("utf-8")
    assert shown.text == "".join(line for line in sample.splitlines(keepends=True) if not line.startswith("#"))


# ---- links ----------------------------------------------------------------------------------------------------------
_LINK = re.compile(r"(?<!`)\]\(([^)\s]+)\)|(?:src|href)=\"([^\"]+)\"")


@pytest.mark.parametrize("name", NAMES)
def test_every_link_and_picture_of_a_page_is_there(name: str) -> None:
    page = ROOT / name
    prose = _FENCE.sub("", page.read_text("utf-8"))
    missing = []
    for match in _LINK.finditer(prose):
        target, _, anchor = (match[1] or match[2]).partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        found = (page.parent / target).resolve() if target else page
        if not found.exists() or (anchor and anchor not in anchors(found)):
            missing.append(match[1] or match[2])
    assert not missing


def anchors(page: Path) -> set[str]:
    """The names GitHub gives the headings of a page."""
    heads = re.findall(r"^#+ (.+)$", _FENCE.sub("", page.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def test_no_picture_is_larger_than_a_reader_should_load() -> None:
    large = [p.name for p in (ROOT / "docs" / "pictures").glob("*.png") if p.stat().st_size > 300_000]
    assert not large
