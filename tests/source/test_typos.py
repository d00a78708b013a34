"""A misspelt key is answered with the key that was meant: one-edit typos of every key of every file's grammar."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from docgen.catalog.model import Catalog
from docgen.deal.model import Deal
from docgen.source.load import load
from docgen.source.yaml_file import parse_yaml
from docgen.values import Section, Text
from docgen.vocabulary import Policies

LETTERS = "abcdefghijklmnopqrstuvwxyz_"
Steps = tuple[str | int, ...]


def _models(annotation: Any) -> Iterator[tuple[type[BaseModel], Steps]]:
    """Every grammar a field may hold, with the steps from the field to it."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if annotation is not Text:
            yield annotation, ()
        return
    origin = getattr(annotation, "__origin__", None)
    for inner in get_args(annotation):
        step: Steps = (0,) if origin in (tuple, list) else ("k",) if origin is dict else ()
        for model, steps in _models(inner):
            yield model, (*step, *steps)


def _grammar(model: type[BaseModel], path: Steps = ()) -> Iterator[tuple[Steps, list[str]]]:
    """The path of every mapping in a file, and its keys."""
    yield path, [info.alias or name for name, info in model.model_fields.items()]
    for name, info in model.model_fields.items():
        section = next((m for m in info.metadata if isinstance(m, Section)), None)
        inner = [(section.model, ())] if section else list(_models(info.annotation))
        for found, steps in inner:
            yield from _grammar(found, (*path, info.alias or name, *steps))


def _typos(key: str, known: list[str]) -> list[str]:
    """A letter left out, doubled, swapped with its neighbour, replaced, and the wrong case, at places drawn once."""
    drawn = random.Random(key)
    at = drawn.randrange(1, len(key)) if len(key) > 1 else 0
    made = [
        key[:at] + key[at + 1 :],
        key[:at] + key[at] + key[at:],
        key[: at - 1] + key[at] + key[at - 1] + key[at + 1 :],
        key[:at] + drawn.choice(LETTERS) + key[at + 1 :],
    ]
    return [typo for typo in dict.fromkeys(made) if typo and typo not in known]


def _nested(path: Steps, inner: dict[str, Any]) -> Any:
    value: Any = inner
    for step in reversed(path):
        value = [value] if isinstance(step, int) else {step: value}
    return value


def _asked(model: type[BaseModel]) -> Iterator[tuple[str, str, str]]:
    """Where, the typo, the key that was meant; and what the loader suggests."""
    for path, known in _grammar(model):
        for key in known:
            if len(key) < 3:  # in, on, to, id: one edit is half the word
                continue
            for typo in _typos(key, known):
                yield ".".join(map(str, path)), typo, key


def _suggested(model: type[BaseModel], where: str, typo: str) -> str:
    path = tuple(int(step) if step.isdigit() else step for step in where.split(".")) if where else ()
    tree = parse_yaml(json.dumps(_nested(path, {typo: "x"})), "f.yaml")
    for found in load(tree, model, "deal").problems:
        if found.code == "unknown_key" and found.path[-1] == typo:
            assert found.place is not None
            return found.params.get("hint", "")
    return "not reported"


@pytest.mark.parametrize("model", [Deal, Catalog, Policies], ids=lambda m: m.__name__)
def test_one_edit_typos_of_every_key_are_answered_with_the_key_that_was_meant(model: type[BaseModel]) -> None:
    asked = list(_asked(model))
    wrong = [(where, typo, key, got) for where, typo, key in asked if (got := _suggested(model, where, typo)) != key]
    assert len(asked) >= (200 if model is Deal else 30)
    assert len(wrong) <= 0.05 * len(asked), wrong
    assert not [each for each in wrong if each[3] == "not reported"]


@pytest.mark.parametrize(
    ("typo", "meant"),
    [
        ("Language", "language"),
        ("price-list", "price_list"),
        ("valid until", "valid_until"),
        ("curency", "currency"),
        ("costumer", "customer"),
        ("lang", "language"),
        ("items", "lines"),
        ("client", "customer"),
        ("validity", "valid_days"),
        ("payments", "payment"),
        ("discount", "discounts"),
    ],
)
def test_what_people_write_instead_of_a_key_of_the_deal_is_answered(typo: str, meant: str) -> None:
    assert _suggested(Deal, "", typo) == meant


@pytest.mark.parametrize(
    ("typo", "meant"),
    [("qty", "quantity"), ("amount", "quantity"), ("reason", "because"), ("comment", "note"), ("vat", "tax")],
)
def test_what_people_write_instead_of_a_key_of_a_line_is_answered(typo: str, meant: str) -> None:
    assert _suggested(Deal, "lines.0", typo) == meant


def test_a_word_like_no_key_gets_the_list_of_keys_and_no_guess() -> None:
    assert _suggested(Deal, "", "zzqqxx") == ""


@pytest.mark.parametrize(
    ("model", "where", "typo", "meant"),
    [(Deal, "payment", "insalments", "instalments"), (Catalog, "bundles.k.price", "fxed", "fixed")],
)
def test_a_typo_in_the_second_form_of_a_value_is_answered(
    model: type[BaseModel], where: str, typo: str, meant: str
) -> None:
    assert _suggested(model, where, typo) == meant
