"""The sentences problems are told in: each once, and no example in a hint is taken for a value."""

from __future__ import annotations

from string import Formatter

from docgen.locales import HERE
from docgen.locales.problems import describe
from docgen.problems import problem
from docgen.source.yaml_file import parse_yaml

FILE = HERE / "problems.en.yaml"
READ = parse_yaml(FILE.read_text("utf-8"), FILE.name)


def test_no_code_has_two_sentences() -> None:
    assert [each.params for each in READ.problems] == []


def test_braces_in_sentences_are_names_of_values_or_written_twice() -> None:
    odd = []
    for code, entry in READ.data.items():
        hints = entry.get("hint") or []
        for words in (entry["message"], *([hints] if isinstance(hints, str) else hints)):
            for _, name, form, _ in Formatter().parse(words):
                if name is not None and (form or not name.isidentifier()):
                    odd.append((code, words))
    assert odd == []


def test_a_hint_with_an_example_in_braces_is_shown() -> None:
    assert describe(problem("trial_without_days", "contract"))[1] == "add `trial: {days: 30}`"
