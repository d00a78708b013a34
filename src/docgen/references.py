"""Reference stories: what other customers gained, one file each in `templates/references/<id>.yaml`."""

from __future__ import annotations

from docgen.values import Model, Text, Word, YesNo


class Reference(Model):
    """A customer's story in six steps. Without `publish` it never reaches a paper, and neither does the name; `called`:
    other names people use for the customer."""

    reference: Word
    publish: YesNo = False
    customer: Text
    called: tuple[Text, ...] = ()
    title: Text
    industry: Text | None = None
    size: Text | None = None
    situation: Text
    problem: Text
    reason_for_change: Text
    capability: Text
    solution: Text
    result: Text
    result_source: Text | None = None
