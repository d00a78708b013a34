"""A problem's code as a sentence and a way out; the sentences stand in problems.<language>.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from docgen.locales import HERE
from docgen.problems import Problem
from docgen.source.yaml_file import parse_yaml
from docgen.spelling import closest

MOST_NAMED = 12


@cache
def _sentences(language: str) -> dict[str, Any]:
    path = HERE / f"problems.{language}.yaml"
    return dict(parse_yaml(path.read_text("utf-8"), path.name).data)


def describe(problem: Problem, language: str = "en") -> tuple[str, str]:
    """Message and hint. Of several hints the first is taken whose values are all known; "" if there is none.

    A complaint of the grammar that has no sentence of its own is told as not accepted. What is wrong only with one
    alternative says with which.
    """
    sentences = _sentences(language)
    entry = sentences.get(problem.code) or sentences["not_accepted"]
    params = _with_nearest({**problem.params, "path": dotted(problem)})
    hints = entry.get("hint") or []
    fitting = (hint for hint in ([hints] if isinstance(hints, str) else hints) if _fits(hint, params))
    where = f" (in the alternative {params['alternative']})" if "alternative" in params else ""
    return _fill(entry["message"], params) + where, _fill(next(fitting, ""), params)


def because(code: str, params: Mapping[str, str], language: str = "en") -> str:
    """A reason as a sentence: why a rule was not taken."""
    return _fill(_sentences(language)[code]["message"], dict(params))


def dotted(problem: Problem) -> str:
    return ".".join(str(key) for key in problem.path)


def _with_nearest(params: dict[str, str]) -> dict[str, str]:
    """Add `near`, the known word closest to the first one given, and `known` as a short list."""
    known = [w for w in params.get("known", "").split("\n") if w]
    if not known:
        return {k: v for k, v in params.items() if k != "known"}
    subject = next(iter(params.values()))
    near = closest(subject, known) if subject not in known else None
    rest = f", … ({len(known)} in all)" if len(known) > MOST_NAMED else ""
    return {**params, "near": near or params.get("near", ""), "known": ", ".join(known[:MOST_NAMED]) + rest}


class _Gaps(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


def _fits(hint: str, params: dict[str, str]) -> bool:
    from string import Formatter

    return all(params.get(name) for _, name, _, _ in Formatter().parse(hint) if name)


def _fill(sentence: str, params: dict[str, str]) -> str:
    return sentence.format_map(_Gaps(params))
