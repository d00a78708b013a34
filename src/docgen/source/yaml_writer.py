"""YAML out: a tree's data as a file that reads back as the same data, every scalar as text."""

from __future__ import annotations

import io
from typing import Any

import yaml

from docgen.source.yaml_file import NOTHING

_STR = "tag:yaml.org,2002:str"


class _TextDumper(
    yaml.emitter.Emitter, yaml.serializer.Serializer, yaml.representer.SafeRepresenter, yaml.resolver.BaseResolver
):
    """Writes what `parse_yaml` reads back: every scalar is text, and needs no quotes to stay one."""

    def __init__(self, stream: Any) -> None:
        yaml.emitter.Emitter.__init__(self, stream, allow_unicode=True, width=110)
        yaml.serializer.Serializer.__init__(self)
        yaml.representer.SafeRepresenter.__init__(self, sort_keys=False)
        yaml.resolver.BaseResolver.__init__(self)

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: Any, value: str) -> Any:
    return dumper.represent_scalar(_STR, value, style="'" if value in NOTHING else None)


_TextDumper.add_representer(str, _text)


def dump_yaml(data: dict[str, Any]) -> bytes:
    """A tree's data as a YAML file, which reads back as the same data."""
    stream = io.StringIO()
    dumper = _TextDumper(stream)
    dumper.open()
    dumper.represent(data)
    dumper.close()
    return stream.getvalue().encode("utf-8")
