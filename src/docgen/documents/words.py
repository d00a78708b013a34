"""The Jinja environment of templates: sandboxed, strict, and blind to markup in values.

Whatever a template prints is set aside and a numbered mark stands in its place until the Markdown is parsed. Bounded:
a template cannot loop without end or print without end.
"""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from jinja2 import (
    StrictUndefined,
    Template,
    TemplateError,
    TemplateSyntaxError,
    UndefinedError,
    nodes,
    pass_context,
)
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from docgen.content.markdown import mark
from docgen.problems import Place, Problem

MOST_PRINTED = 200_000
"""Values one part of a paper may print."""
LONGEST = 10 * 1024 * 1024
"""Characters one part may have."""
_PRINTED = "(printed)"
"""Where a rendering keeps its values: no name a template could write."""


class TemplateTrouble(Exception):  # noqa: N818 - carries what was found
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


class EmptyValue(Exception):  # noqa: N818 - a state of the data
    """The template printed a value the deal does not state."""


class _Room(ImmutableSandboxedEnvironment):
    """No globals, few filters, no powers: a template words a paper and computes nothing."""

    intercepted_binops = frozenset(["**", "*", "%"])

    def __init__(self, *, markup: bool = False) -> None:
        """`markup`: for a text that is markup already, so that what is printed must be escaped."""
        super().__init__(
            undefined=StrictUndefined,
            autoescape=markup,
            trim_blocks=not markup,
            lstrip_blocks=not markup,
            keep_trailing_newline=True,
            finalize=_set_aside,
            cache_size=0,
        )
        self.globals = {}
        self.filters = {
            name: self.filters[name] for name in ("join", "first", "last", "length", "lower", "upper", "default")
        }
        self.filters["in_words"] = lambda value: getattr(value, "in_words", value)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        raise SecurityError(f"the operator {operator} is not for templates")


@pass_context
def _set_aside(context: Context, value: Any) -> str:
    """What a template prints goes to the list of its own rendering; a mark stands for it."""
    if value is None:
        raise EmptyValue
    values = context.parent[_PRINTED]
    if len(values) >= MOST_PRINTED:
        raise SecurityError("the template prints without end")
    values.append(str(value))
    return mark(len(values) - 1)


class MarkupRoom(_Room):
    """The same rules for templates that are XML: definitions are refused, what is not set aside is escaped. Its
    templates are rendered with `facts_and_values`."""

    def __init__(self) -> None:
        super().__init__(markup=True)

    def from_string(self, source: Any, *args: Any, **more: Any) -> Template:
        tree = self.parse(source)
        refuse_definitions(tree)
        return super().from_string(tree, *args, **more)


def facts_and_values(facts: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """What a template in a `MarkupRoom` is rendered with, and the list that gets what it prints."""
    values: list[str] = []
    return {**facts, _PRINTED: values}, values


@cache
def _room() -> _Room:
    return _Room()


@lru_cache(maxsize=256)
def _read(source: str) -> Template:
    """Parse and compile a part once, however many papers it words."""
    tree = _room().parse(source)
    refuse_definitions(tree)
    return _room().from_string(tree)


def fill(source: str, facts: Mapping[str, Any], shown: str, first_line: int) -> tuple[str, list[str]]:
    """The template's text with marks, and the values they stand for. TemplateTrouble at the template's own line."""
    values: list[str] = []
    try:
        text = _read(source).render({**facts, _PRINTED: values})
    except TemplateSyntaxError as error:
        raise _trouble("template_syntax", shown, first_line + error.lineno - 1, str(error.message)) from None
    except UndefinedError as error:
        raise _trouble(
            "template_unknown_word", shown, first_line + line_in_template(error) - 1, str(error.message)
        ) from None
    except EmptyValue as error:
        raise _trouble("template_empty_value", shown, first_line + line_in_template(error) - 1, "") from None
    except (TemplateError, TypeError, ValueError, ArithmeticError, RecursionError) as error:
        raise _trouble("template_fails", shown, first_line + line_in_template(error) - 1, str(error)) from None
    if len(text) > LONGEST:
        raise _trouble("template_fails", shown, first_line, "it prints without end")
    return text, values


_REFUSED = (
    nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends, nodes.Macro, nodes.CallBlock, nodes.Block,
)  # fmt: skip


def refuse_definitions(tree: nodes.Template) -> None:
    """Templates are one file: no includes, imports, inheritance, macros or self-made blocks."""
    for found in tree.find_all(_REFUSED):
        raise TemplateSyntaxError(f"{type(found).__name__.lower()} is not for templates", found.lineno)


def line_in_template(error: BaseException) -> int:
    """The line inside the template where it failed: Jinja names its frames `<template>`."""
    frames = traceback.extract_tb(error.__traceback__)
    return next((frame.lineno or 1 for frame in reversed(frames) if frame.filename == "<template>"), 1)


def _trouble(code: str, shown: str, line: int, reason: str) -> TemplateTrouble:
    return TemplateTrouble(Problem(code, (), {"reason": reason}, origin="template", place=Place(shown, max(1, line))))
