"""The report: tables, and the targets of the project held against what was measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from running import Cost

WHY = {
    "1 goal": "the floor is Python and what it imports (pydantic, click, jinja2, markdown-it); typst is one program.",
    "2 help": "half of it is importing click, the rest starting Python.",
    "2 check": "three fifths are imports of libraries (pydantic, jinja2, PyYAML, click), the rest our own classes and "
    "pydantic building the grammar of the deal file.",
    "3": "most of a warm document is its words: templates filled by Jinja in a sandbox and read as Markdown.",
    "4": "pages are tagged, PDF/A-3a and PDF/UA-1, in Python; typst sets its tagged pages in Rust.",
    "5 docx": "docgen composes the lines from a priced deal, and the complete command reads, checks and prices them "
    "first; the peers fill finished text into a template.",
    "5 pdf": "every cell is a tagged element of its own, made in Python; the command also reads and prices.",
    "6": "cause not found; it varies from run to run.",
    "7": "reading with the place of every value takes what the C loader takes without; on top of it each value is "
    "typed, and each line configured, priced in exact decimals (about 50 µs) and reviewed.",
    "8 goal": "the floor is Python and what it imports; typst is one program.",
    "9 scales": "two processes share one memory and one processor's caches; starting them costs each its imports.",
    "9 warm": "each quotation is read, priced, worded, tagged and embedded anew, in Python.",
    "10": "the structure tree that tags need, and the deal's data as an attachment, are part of every file.",
}
"""Why a target is missed, printed only where it is."""


class Report:
    def __init__(self) -> None:
        self.lines: list[str] = []
        self.targets: list[list[str]] = []
        self.missed: list[str] = []

    def say(self, *lines: str) -> None:
        self.lines += lines

    def table(self, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        self.say("", "| " + " | ".join(head) + " |", "|" + " --- |" * len(head))
        self.say(*("| " + " | ".join(row) + " |" for row in rows), "")

    def costs(self, name: str, costs: Mapping[str, Cost]) -> None:
        """Median, the quickest and the slowest round, processor time, memory."""
        self.table([name, "wall", "least … most", "CPU", "peak"], [cost_row(each, costs[each]) for each in costs])

    def target(self, key: str, what: str, got: Mapping[str, float], must: str, goal: str) -> None:
        """`got`: measures that must all pass. `must` and `goal` read "≤ 0.6" or "≥ 2"; "" where there is none."""
        words = ", ".join(f"{value:.2f} {name}".strip() for name, value in got.items()) or "not measured"
        verdicts = [_verdict(bound, got) for bound in (must, goal)]
        self.targets.append([key, what, words, must or "–", verdicts[0], goal or "–", verdicts[1]])
        for name, verdict in zip(("must", "goal"), verdicts, strict=True):
            reason = WHY.get(f"{key} {name}") or WHY.get(key)
            if verdict == "**no**" and reason and not any(each.startswith(f"- {key} ({what})") for each in self.missed):
                self.missed.append(f"- {key} ({what}), {name}: {reason}")


def _verdict(bound: str, got: Mapping[str, float]) -> str:
    if not bound or not got:
        return "–"
    sign, limit = bound[0], float(bound[1:])
    met = all(value <= limit if sign == "≤" else value >= limit for value in got.values())
    return "yes" if met else "**no**"


def seconds(value: float) -> str:
    return f"{value * 1000:.0f} ms" if value < 1 else f"{value:.2f} s"


def cost_row(name: str, cost: Cost) -> list[str]:
    spread = f"{seconds(cost.least)} … {seconds(cost.most)}"
    return [name, seconds(cost.wall), spread, seconds(cost.cpu), f"{cost.peak:.0f} MB"]


def against(mine: Cost, theirs: Sequence[Cost]) -> dict[str, float]:
    """The ratio by both measures; a target is met when both meet it."""
    return {
        "wall": mine.wall / sum(cost.wall for cost in theirs),
        "CPU": mine.cpu / sum(cost.cpu for cost in theirs),
    }
