"""Mutation testing: is a wrong line of pricing, configuration or approvals noticed by a test?

Every expression of the watched files is changed a little, one change at a time, with the operators of mutmut (swapped
comparisons, other numbers and texts, dropped arguments, …), and the tests that run the changed line are run until one
fails. A change no test notices has survived: a rule nobody holds to its promise, or a change that makes no difference.

Unlike mutmut itself this looks into properties too, and is quick, since nothing is imported or collected twice: the
tests run once in this process to see which lines each of them runs, then each mutant gets a fork of it, with the code
of one function replaced. Tests must therefore do their work in the process; what they start beside it is unchanged.

    python tools/mutate.py                                   the whole run; survivors go to out/mutants.json
    python tools/mutate.py src/docgen/pricing/tax.py         one file
    python tools/mutate.py --survivors                       only those that survived last time
    python tools/mutate.py --told                            what the last run found, nothing is run
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import json
import os
import re
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import _lru_cache_wrapper
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any

import libcst as cst
import pytest
from _pytest.tmpdir import tmppath_result_key
from libcst.metadata import ByteSpanPositionProvider, MetadataWrapper, PositionProvider
from mutmut.mutation.mutators import mutation_operators

ROOT = Path(__file__).parents[1]
ROOMS = ("pricing", "configuration", "approvals", "money.py", "period.py")
TESTS = (
    "tests/pricing/test_cases.py",
    "tests/pricing/test_near_misses.py",
    "tests/pricing/test_values.py",
    "tests/pricing/test_dependencies.py",
    "tests/approvals/test_stories.py",
    "tests/approvals/test_gates.py",
    "tests/approvals/test_rules.py",
    "tests/approvals/test_looked_at.py",
    "tests/approvals/test_what_a_yes_is_bound_to.py",
)
PYTEST = ("-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-o", "tmp_path_retention_policy=failed")
RESULTS = ROOT / "out" / "mutants.json"
UNCHANGED_CALLS = {"len", "isinstance"}
"""Calls left alone, as mutmut does: their mutants raise at once or mean nothing."""
NO_TEST, SURVIVED, KILLED, TIMEOUT = "no test", "survived", "killed", "timeout"
FOUND, UNFOUND, NO_MUTANT = 0, 2, 3
"""How a judging process ends: a test failed, none did, or the change compiles to nothing or to the same."""
GIGABYTE = 1 << 30


# ---- mutants --------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Mutant:
    """One change of one function. `lines` are those of the statement it stands in."""

    file: str
    function: str
    line: int
    lines: tuple[int, int]
    before: str
    after: str
    start: int
    length: int
    number: int

    @property
    def key(self) -> tuple[Any, ...]:
        """The same mutant in a later run, while its function is unchanged."""
        return self.file, self.function, self.before, self.after, self.number

    def source(self) -> bytes:
        text = Path(self.file).read_bytes()
        return text[: self.start] + self.after.encode() + text[self.start + self.length :]


class Mutations(cst.CSTVisitor):
    """All mutants of a file, in its order; what stands outside functions is left alone."""

    METADATA_DEPENDENCIES = (PositionProvider, ByteSpanPositionProvider)

    def __init__(self, path: Path, module: cst.Module) -> None:
        super().__init__()
        self.path, self.module, self.found = path, module, list[Mutant]()
        self._names: list[str] = []
        self._outer: list[cst.FunctionDef] = []
        self._spans: list[tuple[cst.CSTNode, tuple[int, int]]] = []
        self._seen: Counter[tuple[str, str, str]] = Counter()

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, cst.Annotation | cst.Decorator | cst.Parameters) or _is_left_alone(node):
            return False
        if isinstance(node, cst.ClassDef | cst.FunctionDef) and not self._outer:
            self._names.append(node.name.value)
        if isinstance(node, cst.FunctionDef):
            self._outer.append(node)
        if isinstance(node, cst.BaseSmallStatement | cst.BaseCompoundStatement):
            self._spans.append((node, self._lines(node)))
        if self._outer:
            self._mutate(node)
        return True

    def on_leave(self, original_node: cst.CSTNode) -> None:
        if self._spans and self._spans[-1][0] is original_node:
            self._spans.pop()
        if self._outer and self._outer[-1] is original_node:
            self._outer.pop()
        if isinstance(original_node, cst.ClassDef | cst.FunctionDef) and not self._outer:
            self._names.pop()

    def _lines(self, node: cst.CSTNode) -> tuple[int, int]:
        """First and last line of a statement; of one that holds others, of its head."""
        place = self.get_metadata(PositionProvider, node)
        body = getattr(node, "body", None)
        end = self.get_metadata(PositionProvider, body).start.line if isinstance(body, cst.IndentedBlock) else None
        return place.start.line, max(place.start.line, end - 1) if end else place.end.line

    def _mutate(self, node: cst.CSTNode) -> None:
        for kind, operator in mutation_operators:
            if isinstance(node, kind):
                for other in operator(node):
                    self._add(node, other)

    def _add(self, node: cst.CSTNode, other: cst.CSTNode) -> None:
        place = self.get_metadata(PositionProvider, node, None)
        span = self.get_metadata(ByteSpanPositionProvider, node, None)
        if place is None or span is None:
            return
        before, after = (self.module.code_for_node(each) for each in (node, other))
        if _asserting(before) == _asserting(after):
            return
        name = ".".join(self._names)
        self._seen[name, before, after] += 1
        number, file = self._seen[name, before, after], str(self.path)
        found = Mutant(file, name, place.start.line, self._spans[-1][1], before, after, span.start, span.length, number)
        self.found.append(found)


def _asserting(text: str) -> str:
    """Code without `strict=…` of a zip, which is an assertion and changes nothing where things are right."""
    return re.sub(r",\s*\)", ")", re.sub(r"\s*strict=\w+", "", text))


def _is_left_alone(node: cst.CSTNode) -> bool:
    if isinstance(node, cst.Arg) and node.keyword is not None and node.keyword.value == "strict":
        return True
    return isinstance(node, cst.Call) and isinstance(node.func, cst.Name) and node.func.value in UNCHANGED_CALLS


def mutants_of(path: Path) -> list[Mutant]:
    wrapper = MetadataWrapper(cst.parse_module(path.read_bytes()))
    visitor = Mutations(path, wrapper.module)
    wrapper.visit(visitor)
    return visitor.found


# ---- putting one in place -------------------------------------------------------------------------------------------
def code_of(mutant: Mutant, source: bytes) -> CodeType | None:
    """The compiled function a mutant stands in; None where the change is no Python."""
    try:
        module = compile(source, mutant.file, "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return None
    return next((code for code in _codes(module) if code.co_qualname == mutant.function), None)


def _codes(code: CodeType) -> Iterator[CodeType]:
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield each
            yield from _codes(each)


def live_functions(files: set[str]) -> dict[tuple[str, str], list[FunctionType]]:
    out: dict[tuple[str, str], list[FunctionType]] = defaultdict(list)
    for each in gc.get_objects():
        if isinstance(each, FunctionType) and each.__code__.co_filename in files:
            out[each.__code__.co_filename, each.__code__.co_qualname].append(each)
    return out


def live_caches() -> list[Any]:
    """What `functools.cache` remembers; a mutant must not be answered from before its change."""
    return [each for each in gc.get_objects() if isinstance(each, _lru_cache_wrapper)]


# ---- judging --------------------------------------------------------------------------------------------------------
class Judge:
    """A pytest plugin: instead of running the collected tests once, it runs them against every mutant."""

    def __init__(self, files: Sequence[Path], options: argparse.Namespace) -> None:
        self.files, self.options = [str(file) for file in files], options
        self.verdicts: dict[Mutant, str] = {}
        self._tests: list[pytest.Item] = []
        self._seconds: list[float] = []
        self._about: dict[tuple[int, str], float] = defaultdict(float)
        self._running: dict[int, tuple[Mutant, int]] = {}
        self._killers: dict[str, Counter[int]] = defaultdict(Counter)
        self._reach: dict[tuple[str, int], set[int]] = defaultdict(set)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self._tests = session.items
        self._folder = Path(tempfile.mkdtemp(dir="/dev/shm" if Path("/dev/shm").is_dir() else None))
        try:
            self._run_unchanged()
            self._judge_all()
        finally:
            shutil.rmtree(self._folder, ignore_errors=True)
        return True

    def _run_unchanged(self) -> None:
        """Run every test as things are, and note which lines it runs."""
        watched = set(self.files)
        for number, test in enumerate(self._tests):
            with _lines_run(watched) as lines:
                began = time.process_time()
                ok = self._passes(test)
                self._seconds.append(time.process_time() - began)
            if not ok:
                self._say(f"left out, since it fails or skips without any change: {test.nodeid}")
            for line in lines if ok else ():
                self._reach[line].add(number)
        for (file, _), tests in self._reach.items():
            for number in tests:
                self._about[number, file] += 1 / len(tests)
        self._say(f"{len(self._tests)} tests in {sum(self._seconds):.0f} s of CPU, watched")

    def _passes(self, test: pytest.Item) -> bool:
        self._tests[0].config._tmp_path_factory._basetemp = self._folder / str(os.getpid())  # type: ignore[attr-defined]
        (self._folder / str(os.getpid())).mkdir(exist_ok=True)
        steps = test.session._setupstate
        test.stash[tmppath_result_key] = {}  # what pytest's own protocol would note of its reports
        try:
            steps.setup(test)
            test.runtest()
            steps.teardown_exact(None)
        except (Exception, pytest.fail.Exception, pytest.skip.Exception):
            with contextlib.suppress(Exception):
                steps.teardown_exact(None)
            return False
        return True

    def _judge_all(self) -> None:
        self._functions = live_functions(set(self.files))
        self._caches = [each for each in live_caches() if each.__module__.startswith("docgen.")]
        mutants = list(self._wanted())
        self._say(f"{len(mutants)} mutants")
        gc.freeze()
        self._leave_out_what_fails_in_a_fork()
        for mutant in mutants:
            tests = self._tests_for(mutant)
            if not tests:
                if self._changed(mutant) is not None:
                    self.verdicts[mutant] = NO_TEST
                continue
            while len(self._running) >= self.options.workers:
                self._wait()
            self._start(mutant, tests)
        while self._running:
            self._wait()

    def _leave_out_what_fails_in_a_fork(self) -> None:
        """Such a test would find every mutant."""
        reads, writes = os.pipe()
        child = os.fork()
        if not child:
            failed = [str(number) for number, test in enumerate(self._tests) if not self._passes(test)]
            os.write(writes, " ".join(failed).encode())
            os._exit(0)
        os.close(writes)
        os.waitpid(child, 0)
        failed = {int(number) for number in os.read(reads, 60000).split()}
        os.close(reads)
        for number in sorted(failed):
            self._say(f"left out, since it fails in a process of its own: {self._tests[number].nodeid}")
        for tests in self._reach.values():
            tests -= failed

    def _wanted(self) -> Iterator[Mutant]:
        again = {_key(each) for each in read_results()} if self.options.survivors else None
        for file in self.files:
            for mutant in mutants_of(Path(file)):
                if (again is None or mutant.key in again) and self._functions[file, mutant.function]:
                    yield mutant

    def _changed(self, mutant: Mutant) -> CodeType | None:
        """The changed function; None where the change makes none."""
        code = code_of(mutant, mutant.source())
        return None if code == self._functions[mutant.file, mutant.function][0].__code__ else code

    def _tests_for(self, mutant: Mutant) -> list[int]:
        """Those that run its statement: first those that found others of its function, then in turn one of each topic,
        its own room's first, and of a topic the one that runs what few others run of its file: it is about that."""
        first, last = mutant.lines
        reached = set().union(*(self._reach.get((mutant.file, line), ()) for line in range(first, last + 1)))
        found = self._killers[f"{mutant.file}:{mutant.function}"]
        room = mutant.file.removeprefix(str(ROOT / "src" / "docgen")).split("/")[1]

        turns: dict[int, int] = {}
        topics: Counter[str] = Counter()
        for test in sorted(reached, key=lambda test: -self._about[test, mutant.file]):
            topic = re.split(r": |\[(?!.*: )", self._tests[test].nodeid)[0]
            turns[test] = topics[topic]
            topics[topic] += 1

        def rank(test: int) -> tuple[int, int, bool]:
            return -found[test], turns[test], f"tests/{room}/" not in self._tests[test].nodeid

        return sorted(turns, key=rank)[: self.options.most or None]

    def _start(self, mutant: Mutant, tests: Sequence[int]) -> None:
        reads, writes = os.pipe()
        child = os.fork()
        if child:
            os.close(writes)
            self._running[child] = mutant, reads
            return
        os.close(reads)
        try:
            self._be_judged(mutant, tests, writes)
        finally:
            os._exit(1)

    def _be_judged(self, mutant: Mutant, tests: Sequence[int], writes: int) -> None:
        gc.disable()
        resource.setrlimit(resource.RLIMIT_AS, (3 * GIGABYTE, 3 * GIGABYTE))
        for each in self._caches:
            each.cache_clear()
        code = self._changed(mutant)
        if code is None:
            os._exit(NO_MUTANT)
        for function in self._functions[mutant.file, mutant.function]:
            function.__code__ = code
        for test in tests:
            signal.setitimer(signal.ITIMER_PROF, 1 + 10 * self._seconds[test])  # CPU: a busy machine is no time-out
            if not self._passes(self._tests[test]):
                os.write(writes, str(test).encode())
                os._exit(FOUND)
        os._exit(UNFOUND)

    def _wait(self) -> None:
        child, status = os.waitpid(-1, 0)
        mutant, reads = self._running.pop(child)
        killer = os.read(reads, 20)
        os.close(reads)
        shutil.rmtree(self._folder / str(child), ignore_errors=True)
        if killer:
            self._killers[f"{mutant.file}:{mutant.function}"][int(killer)] += 1
        ended = os.waitstatus_to_exitcode(status)
        if ended != NO_MUTANT:  # an end nobody foresaw is counted as if nothing was found
            self.verdicts[mutant] = {FOUND: KILLED, -signal.SIGPROF: TIMEOUT}.get(ended, SURVIVED)
        if len(self.verdicts) % 100 == 0:
            self._say(f"{len(self.verdicts)} judged, {sum(v == SURVIVED for v in self.verdicts.values())} survived")

    def _say(self, what: str) -> None:
        os.write(2, f"{what}\n".encode())


@contextlib.contextmanager
def _lines_run(files: set[str]) -> Iterator[set[tuple[str, int]]]:
    lines: set[tuple[str, int]] = set()

    def look(frame: FrameType, event: str, argument: object) -> Any:
        if frame.f_code.co_filename not in files:
            return None
        lines.add((frame.f_code.co_filename, frame.f_lineno))
        return look

    sys.settrace(look)
    try:
        yield lines
    finally:
        sys.settrace(None)


# ---- results --------------------------------------------------------------------------------------------------------
def read_results() -> list[dict[str, Any]]:
    """What was not killed last time."""
    found = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {"alive": []}
    return [{**each, "file": str(ROOT / each["file"])} for each in found["alive"]]


def _key(told: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(told[name] for name in ("file", "function", "before", "after", "number"))


def write_results(verdicts: dict[Mutant, str], *, survivors: bool) -> None:
    """Counts by file and every mutant alive; a run over survivors corrects the counts of the run before."""
    old = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {"files": {}, "alive": []}
    files: dict[str, Counter[str]] = defaultdict(Counter)
    for mutant, verdict in verdicts.items():
        files[str(Path(mutant.file).relative_to(ROOT))][verdict] += 1
    alive = [
        {**asdict(m), "file": str(Path(m.file).relative_to(ROOT)), "verdict": v}
        for m, v in verdicts.items()
        if v in (SURVIVED, NO_TEST)
    ]
    if survivors:
        for name, found in files.items():
            before = Counter(old["files"][name])
            before.subtract({kind: before[kind] for kind in (SURVIVED, NO_TEST)})
            files[name] = before + found
    rest = {name: counts for name, counts in old["files"].items() if name not in files}
    alive += [each for each in old["alive"] if each["file"] in rest]
    RESULTS.parent.mkdir(exist_ok=True)
    told = {"files": {**rest, **files}, "alive": sorted(alive, key=lambda each: (each["file"], each["line"]))}
    RESULTS.write_text(json.dumps(told, indent=1, ensure_ascii=False), "utf-8")


def tell(*, every: bool) -> None:
    found = json.loads(RESULTS.read_text("utf-8"))
    print(f"{'file':<46}{'mutants':>8}{'killed':>8}{'timeout':>8}{'alive':>7}{'no test':>9}{'score':>9}")
    rooms: dict[str, Counter[str]] = defaultdict(Counter)
    for name, counts in sorted(found["files"].items()):
        _row(name, Counter(counts))
        rooms[name.split("/")[2]] += Counter(counts)
    for name, counts in sorted(rooms.items()):
        _row(f"= {name}", counts)
    _row("= all", sum(rooms.values(), Counter()))
    for each in found["alive"] if every else ():
        print(f"{each['file']}:{each['line']} {each['function']} ({each['verdict']})")
        print(f"    {_one_line(each['before'])}\n  → {_one_line(each['after'])}")


def _row(name: str, counts: Counter[str]) -> None:
    total, dead = counts.total(), counts[KILLED] + counts[TIMEOUT]
    print(
        f"{name:<46}{total:>8}{counts[KILLED]:>8}{counts[TIMEOUT]:>8}{counts[SURVIVED]:>7}{counts[NO_TEST]:>9}"
        f"{100 * dead / total if total else 100:>8.1f}%"
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument(
        "files", nargs="*", help="files under src/docgen to change; else pricing, configuration, approvals"
    )
    ask.add_argument("--tests", nargs="*", default=TESTS)
    ask.add_argument("--workers", type=int, default=2)
    ask.add_argument("--most", type=int, default=0, help="at most so many tests for one mutant; 0: all that reach it")
    ask.add_argument("--survivors", action="store_true", help="only what survived the last run")
    ask.add_argument("--told", action="store_true", help="run nothing, tell what the last run found")
    options = ask.parse_args()
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    if not options.told:
        judge = Judge(_files(options.files), options)
        ended = pytest.main([*PYTEST, *options.tests], plugins=[judge])
        if ended not in (0, 5):
            sys.exit(int(ended))
        write_results(judge.verdicts, survivors=options.survivors)
    tell(every=options.told or options.survivors)


def _files(named: Sequence[str]) -> list[Path]:
    paths = [Path(name).resolve() for name in named] or [ROOT / "src" / "docgen" / room for room in ROOMS]
    return [file for path in paths for file in (sorted(path.rglob("*.py")) if path.is_dir() else [path])]


if __name__ == "__main__":
    main()
