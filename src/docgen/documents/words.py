"""The Jinja environment of templates: sandboxed, strict, and blind to markup in values.

Whatever a template prints is set aside and a numbered mark stands in its place until the Markdown is parsed. Bounded:
a template cannot loop without end or print without end.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from docgen.content.markdown import mark
from docgen.problems import Place, Problem

MOST_PRINTED = 200_000
"""Values one part of a paper may print."""
LONGEST = 10 * 1024 * 1024
"""Characters one part may have."""


class TemplateTrouble(Exception):  # noqa: N818 - carries what was found
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


class _Nothing(Exception):  # noqa: N818 - a state of the data
    """The template printed a value the deal does not state."""


class _Room(ImmutableSandboxedEnvironment):
    """No globals, few filters, no powers: a template words a paper and computes nothing."""

    intercepted_binops = frozenset(["**", "*", "%"])

    def __init__(self, printed: Callable[[Any], str]) -> None:
        super().__init__(
            undefined=StrictUndefined,
            autoescape=False,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            finalize=printed,
            cache_size=0,
        )
        self.globals = {}
        self.filters = {
            name: self.filters[name] for name in ("join", "first", "last", "length", "lower", "upper", "default")
        }

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        raise SecurityError(f"the operator {operator} is not for templates")


def fill(source: str, facts: Mapping[str, Any], shown: str, first_line: int) -> tuple[str, list[str]]:
    """The template's text with marks, and the values they stand for. TemplateTrouble at the template's own line."""
    values: list[str] = []

    def printed(value: Any) -> str:
        if value is None:
            raise _Nothing
        if len(values) >= MOST_PRINTED:
            raise SecurityError("the template prints without end")
        values.append(str(value))
        return mark(len(values) - 1)

    room = _Room(printed)
    try:
        tree = room.parse(source)
        _refuse_definitions(tree)
        text = room.from_string(source).render(facts)
    except TemplateSyntaxError as error:
        raise _trouble("template_syntax", shown, first_line + error.lineno - 1, str(error.message)) from None
    except UndefinedError as error:
        raise _trouble("template_unknown_word", shown, first_line + _line(error) - 1, str(error.message)) from None
    except _Nothing as error:
        raise _trouble("template_empty_value", shown, first_line + _line(error) - 1, "") from None
    except (TemplateError, TypeError, ValueError, ArithmeticError, RecursionError) as error:
        raise _trouble("template_fails", shown, first_line + _line(error) - 1, str(error)) from None
    if len(text) > LONGEST:
        raise _trouble("template_fails", shown, first_line, "it prints without end")
    return text, values


def _refuse_definitions(tree: nodes.Template) -> None:
    """Templates are one file: no includes, imports, inheritance, macros or self-made blocks."""
    for kind in (
        nodes.Include,
        nodes.Import,
        nodes.FromImport,
        nodes.Extends,
        nodes.Macro,
        nodes.CallBlock,
        nodes.Block,
    ):
        found = next(iter(tree.find_all(kind)), None)
        if found is not None:
            raise TemplateSyntaxError(f"{kind.__name__.lower()} is not for templates", found.lineno)


def _line(error: BaseException) -> int:
    """The line inside the template where it failed: Jinja names its frames `<template>`."""
    frames = traceback.extract_tb(error.__traceback__)
    return next((frame.lineno or 1 for frame in reversed(frames) if frame.filename == "<template>"), 1)


def _trouble(code: str, shown: str, line: int, reason: str) -> TemplateTrouble:
    return TemplateTrouble(Problem(code, (), {"reason": reason}, origin="template", place=Place(shown, max(1, line))))
