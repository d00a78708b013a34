"""Parts of a Word file as trees, and trees as bytes again.

A document type is refused, since it can define entities that multiply, and so is nesting deeper than any Word file's.
Prefixes are kept as they were: Word refuses a file whose `mc:Ignorable` names a prefix that nobody declares.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from docgen.wordfile.names import STRICT, WORD

DEEPEST = 400
"""Elements inside one another; a table in a table in a table takes 30."""
_XML = "http://www.w3.org/XML/1998/namespace"


class XmlRefused(Exception):  # noqa: N818 - an answer, turned into a problem by the archive
    """Not well formed, or more than a Word file needs."""


@dataclass(frozen=True)
class Tree:
    """A part. `prefixes`: namespace → prefix, as the part declares them."""

    root: Element
    prefixes: Mapping[str, str] = field(default_factory=dict)


def parse(data: bytes) -> Tree:
    """Bytes to a tree. XmlRefused if they cannot be."""
    reader = _Reader()
    try:
        reader.parser.Parse(data, True)
    except expat.ExpatError as error:
        raise XmlRefused(f"not well formed in line {error.lineno}") from error
    return Tree(reader.builder.close(), reader.prefixes)


class _Reader:
    """Builds the tree while expat reads, and counts how deep it stands."""

    def __init__(self) -> None:
        self.builder = TreeBuilder()
        self.prefixes: dict[str, str] = {}
        self._depth = 0
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self.builder.data
        self.parser.StartNamespaceDeclHandler = self._declare
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise XmlRefused("nested too deep")
        self.builder.start(_qualified(name), {_qualified(key): value for key, value in attributes.items()})

    def _end(self, name: str) -> None:
        self._depth -= 1
        self.builder.end(_qualified(name))

    def _declare(self, prefix: str | None, uri: str) -> None:
        if uri not in self.prefixes and (prefix or "") not in self.prefixes.values():
            self.prefixes[WORD if uri == STRICT else uri] = prefix or ""

    def _refuse_doctype(self, *_: object) -> None:
        raise XmlRefused("it declares a document type of its own")


def _qualified(name: str) -> str:
    if name.startswith(STRICT):
        name = WORD + name.removeprefix(STRICT)
    return f"{{{name}" if "}" in name else name


# ---- out ------------------------------------------------------------------------------------------------------------
def serialise(tree: Tree) -> bytes:
    """The tree as the bytes of a part, every namespace declared on its root."""
    names = _Names(tree.prefixes)
    body: list[str] = []
    _write(tree.root, names, body)
    head = "".join(f' xmlns{f":{prefix}" if prefix else ""}="{_attribute(uri)}"' for uri, prefix in names.known.items())
    opening = body[0]
    cut = len(f"<{names.of(tree.root.tag)}")
    text = "".join([opening[:cut], head, opening[cut:], *body[1:]])
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}'.encode()


class _Names:
    """Qualified names as they are written; a namespace nobody declared gets a prefix of its own."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self.known = {uri: prefix for uri, prefix in prefixes.items() if uri != _XML}
        self._cache: dict[str, str] = {}

    def of(self, name: str) -> str:
        if name not in self._cache:
            self._cache[name] = self._made(name)
        return self._cache[name]

    def _made(self, name: str) -> str:
        if not name.startswith("{"):
            return name
        uri, _, local = name[1:].partition("}")
        if uri == _XML:
            return f"xml:{local}"
        prefix = self.known.setdefault(uri, f"n{len(self.known)}")
        return f"{prefix}:{local}" if prefix else local


def _write(element: Element, names: _Names, out: list[str]) -> None:
    name = names.of(element.tag)
    attributes = "".join(f' {names.of(key)}="{_attribute(value)}"' for key, value in element.items())
    if not element.text and not len(element):
        out.append(f"<{name}{attributes}/>")
    else:
        out.append(f"<{name}{attributes}>{_text(element.text or '')}")
        for child in element:
            _write(child, names, out)
        out.append(f"</{name}>")
    if element.tail:
        out.append(_text(element.tail))


def _text(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def _attribute(text: str) -> str:
    return _text(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")
