"""The Jinja environment of templates: sandboxed, strict, and blind to markup in values.

Whatever a template prints is set aside and a numbered mark stands in its place until the Markdown is parsed. What it
may say, and how much of it, is in `documents.allowed`.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Iterator, Mapping, Sized
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from jinja2 import (
    StrictUndefined,
    Template,
    TemplateError,
    TemplateSyntaxError,
    Undefined,
    UndefinedError,
    nodes,
    pass_context,
)
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from docgen.content.markdown import FIRST, LAST, mark
from docgen.documents.allowed import STEPPING, Allowance, checked
from docgen.problems import Place, Problem

_PRINTED, _ALLOWANCE = "(printed)", "(allowance)"
"""Where a rendering keeps its values and its allowance: no names a template could write."""


class TemplateTrouble(Exception):  # noqa: N818 - carries what was found
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


class EmptyValue(Exception):  # noqa: N818 - a state of the data
    """The template printed a value the deal does not state."""


class _Room(ImmutableSandboxedEnvironment):
    """No globals, few filters, no powers: a template words a paper and computes nothing."""

    intercepted_binops = frozenset(["+", "-"])

    def __init__(self, *, markup: bool = False) -> None:
        """`markup`: for a text that is markup already; its white space is its own."""
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
        own = {"join": _joined, "lower": _lower, "upper": _upper, "in_words": _in_words, STEPPING: _stepping}
        self.filters = {name: self.filters[name] for name in ("first", "last", "length", "default")} | own

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        if not (isinstance(left, int | Decimal) and isinstance(right, int | Decimal)):
            raise SecurityError(f"{operator} is for numbers only")
        return left + right if operator == "+" else left - right


# ---- what a template does ------------------------------------------------------------------------------------------
def _text(value: Any) -> str:
    """A value as it is printed. Lists, mappings and yes or no are for `for` and `if`, and print nothing."""
    if value is None:
        raise EmptyValue
    if isinstance(value, Undefined):
        return str(value)  # which says what is missing
    if isinstance(value, bool) or not (isinstance(value, str | int | float) or _says_itself(value)):
        raise SecurityError("it prints something that is neither text nor a number")
    return str(value)


def _says_itself(value: Any) -> bool:
    """Whether it has a printed form of its own: no list or mapping, and nothing that prints where it lies in memory."""
    return not isinstance(value, Sized) and not callable(value) and type(value).__str__ != object.__str__  # type: ignore[comparison-overlap]


@pass_context
def _set_aside(context: Context, value: Any) -> str:
    """What a template prints goes to the list of its own rendering; a mark stands for it."""
    text = _text(value)
    context.parent[_ALLOWANCE].print_value(text)
    values = context.parent[_PRINTED]
    values.append(text)
    return mark(len(values) - 1)


@pass_context
def _stepping(context: Context, items: Iterable[Any], price: int) -> Iterator[Any]:
    for item in items:
        context.parent[_ALLOWANCE].step(price)
        yield item


@pass_context
def _joined(context: Context, items: Iterable[Any], between: Any = "") -> str:
    text = _text(between).join([_text(item) for item in items])
    context.parent[_ALLOWANCE].touch(text)
    return text


@pass_context
def _lower(context: Context, value: Any) -> str:
    text = _text(value)
    context.parent[_ALLOWANCE].touch(text)
    return text.lower()


@pass_context
def _upper(context: Context, value: Any) -> str:
    text = _text(value)
    context.parent[_ALLOWANCE].touch(text)
    return text.upper()


def _in_words(value: Any) -> Any:
    """An amount in words, where it has any."""
    return getattr(value, "in_words", value)


# ---- templates that are XML -----------------------------------------------------------------------------------------
class MarkupRoom(_Room):
    """The same rules for templates that are XML. They are rendered with `facts_and_values`."""

    def __init__(self) -> None:
        super().__init__(markup=True)

    def from_string(self, source: Any, *args: Any, **more: Any) -> Template:
        return super().from_string(self.read(source), *args, **more)

    def read(self, source: str) -> nodes.Template:
        """The tree of a template. TemplateSyntaxError at what is not for templates."""
        if FIRST in source or LAST in source:
            raise TemplateSyntaxError("it holds characters that stand for printed values", 1)
        return checked(self.parse(source), "")


def facts_and_values(facts: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """What a template in a `MarkupRoom` is rendered with, and the list that gets what it prints."""
    values: list[str] = []
    return {**facts, _PRINTED: values, _ALLOWANCE: Allowance()}, values


# ---- filling --------------------------------------------------------------------------------------------------------
@cache
def _room() -> _Room:
    return _Room()


@lru_cache(maxsize=256)
def _read(source: str) -> Template:
    """Parse and compile a part once, however many papers it words."""
    return _room().from_string(checked(_room().parse(source), source))


class Wording:
    """What the templates of one paper may speak about in one language; `allowance` is the whole paper's."""

    def __init__(self, facts: Mapping[str, Any], allowance: Allowance) -> None:
        self._facts = facts
        self._allowance = allowance

    def fill(self, source: str, shown: str, first_line: int) -> tuple[str, list[str]]:
        """The template's text with marks, and the values they stand for. TemplateTrouble at the template's own line."""
        values: list[str] = []
        try:
            text = _read(source).render({**self._facts, _PRINTED: values, _ALLOWANCE: self._allowance})
            self._allowance.say(text)
        except TemplateSyntaxError as error:
            raise _trouble("template_syntax", shown, first_line + error.lineno - 1, str(error.message)) from None
        except UndefinedError as error:
            raise _trouble(
                "template_unknown_word", shown, first_line + line_in_template(error) - 1, str(error.message)
            ) from None
        except EmptyValue as error:
            raise _trouble("template_empty_value", shown, first_line + line_in_template(error) - 1, "") from None
        except (RecursionError, MemoryError, OverflowError) as error:
            reason = "too many things stand inside one another, or it is too large"
            raise _trouble("template_fails", shown, first_line + line_in_template(error) - 1, reason) from None
        except (TemplateError, TypeError, ValueError, ArithmeticError) as error:
            raise _trouble("template_fails", shown, first_line + line_in_template(error) - 1, str(error)) from None
        return text, values

    def place(self, slot: str, shown: str, line: int) -> None:
        """A table of this name stands here. TemplateTrouble if it does so too often."""
        try:
            self._allowance.place(slot)
        except SecurityError as error:
            raise _trouble("template_fails", shown, line, str(error)) from None


def line_in_template(error: BaseException) -> int:
    """The line inside the template where it failed: Jinja names its frames `<template>`."""
    frames = traceback.extract_tb(error.__traceback__)
    return next((frame.lineno or 1 for frame in reversed(frames) if frame.filename == "<template>"), 1)


def _trouble(code: str, shown: str, line: int, reason: str) -> TemplateTrouble:
    return TemplateTrouble(Problem(code, (), {"reason": reason}, origin="template", place=Place(shown, max(1, line))))
