"""The PDF file: numbered objects, pages, and the bytes around them. The only module that knows the PDF library.

reportlab's document model numbers the objects and formats catalogue and page tree. Saving is ours: small objects are
packed into compressed object streams (a tagged table of 10,000 lines has 90,000 of them, and this is a tenth of the
size), stream data ends as PDF/A wants it, and nothing depends on a clock, a user's reportlab settings or a machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import chain, islice
from struct import pack
from zlib import compress

from reportlab.pdfbase.pdfdoc import PDFCatalog, PDFDocument, PDFObject, PDFPages

_PACKED = 200
"""Objects in one object stream: more compress better, fewer are quicker to open one page of."""

_Entry = tuple[int, int, int]
"""What the cross-reference table says of an object: kind, then offset and 0, or object stream and place in it."""


class _Raw(PDFObject):  # type: ignore[misc, unused-ignore]
    """An object whose text is ready."""

    def __init__(self, body: bytes, data: bytes | None = None) -> None:
        self.body = body
        self.data = data

    def format(self, document: PDFDocument) -> bytes:
        return self.body


class _Catalog(PDFCatalog):  # type: ignore[misc, unused-ignore]
    """reportlab's catalogue does not know the two entries PDF/A adds."""

    __NoDefault__ = (*PDFCatalog.__NoDefault__, "AF", "OutputIntents")
    __Refs__ = ("Pages",)


class PaperFile:
    def __init__(self) -> None:
        self._document = PDFDocument(invariant=1, compression=0, pdfVersion=(1, 7))
        self._document.Catalog = self._catalog = _Catalog()
        self._catalog.Pages = self._document.Pages = PDFPages()
        self._pages = self._refer(self._document.Pages)
        self._bulk: list[tuple[int, Iterable[bytes]]] = []

    def _refer(self, entry: PDFObject) -> str:
        return str(self._document.Reference(entry).format(self._document), "ascii")

    def add(self, body: str) -> str:
        """Store an object; return the reference to it ("12 0 R")."""
        return self._refer(_Raw(body.encode("latin-1")))

    def stream(self, entries: str, data: bytes, *, packed: bool = False) -> str:
        """Store a stream. It is compressed here, unless it is `packed` already or is to stay readable."""
        if not packed:
            data, entries = compress(data), f"{entries}/Filter/FlateDecode"
        return self._refer(_Raw(f"<<{entries}/Length {len(data)}>>".encode("latin-1"), data))

    def page(self, entries: str) -> str:
        """Append a page; the link to its parent is added here."""
        page = _Raw(f"<</Type/Page/Parent {self._pages}{entries}>>".encode("latin-1"))
        self._document.Pages.addPage(page)
        return self._refer(page)

    def reserve(self, count: int) -> int:
        """Numbers for many objects that refer to one another; return the first. `fill` brings their bodies."""
        first: int = self._document.objectcounter + 1
        self._document.objectcounter += count
        return first

    def fill(self, first: int, bodies: Iterable[bytes]) -> None:
        """The bodies of reserved objects, made one by one while the file is written."""
        self._bulk.append((first, bodies))

    def save(self, catalog: dict[str, str], info: str) -> bytes:
        """The whole file. `catalog`: entries of the document catalogue by name; `info`: the information dictionary."""
        for key, value in catalog.items():
            setattr(self._catalog, key, value)
        root = self._refer(self._catalog)
        about = self.add(info)
        writer = _Writer()
        entries = list(self._numbered())
        for number, entry in entries:
            if entry.data is not None:
                writer.stream(number, entry.body, entry.data)
        small = ((number, entry.body) for number, entry in entries if entry.data is None)
        bulk = ((first + place, body) for first, bodies in self._bulk for place, body in enumerate(bodies))
        writer.objects(chain(small, bulk), self._document.objectcounter + 1)
        return writer.finish(root, about)

    def _numbered(self) -> Iterator[tuple[int, _Raw]]:
        """Every registered object; reportlab's own (catalogue, page tree) are given the shape of ours,
        their line ends too, which a user's reportlab settings may change."""
        document = self._document
        for number, name in list(document.numberToId.items()):
            entry = document.idToObject[name]
            yield number, entry if isinstance(entry, _Raw) else _Raw(b" ".join(entry.format(document).split()))


class _Writer:
    """Bytes in order, and where each object lies in them."""

    def __init__(self) -> None:
        self._parts = [b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"]
        self._size = len(self._parts[0])
        self._entries: dict[int, _Entry] = {}

    def stream(self, number: int, entries: bytes, data: bytes) -> None:
        self._entries[number] = (1, self._size, 0)
        part = b"%d 0 obj\n%b\nstream\n%b\nendstream\nendobj\n" % (number, entries, data)
        self._parts.append(part)
        self._size += len(part)

    def objects(self, numbered: Iterable[tuple[int, bytes]], number: int) -> None:
        """Pack objects into object streams; `number` is free for the first of these, and so on."""
        items = iter(numbered)
        while batch := list(islice(items, _PACKED)):
            places, offset = [], 0
            for place, (item, body) in enumerate(batch):
                self._entries[item] = (2, number, place)
                places.append(b"%d %d" % (item, offset))
                offset += len(body) + 1
            index = b" ".join(places) + b"\n"
            data = compress(index + b"\n".join(body for _, body in batch))
            self.stream(
                number,
                b"<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>" % (len(batch), len(index), len(data)),
                data,
            )
            number += 1

    def finish(self, root: str, about: str) -> bytes:
        """The cross-reference stream and the end of the file. The file's identifier is a digest of its content."""
        digest = sha256()
        for part in self._parts:
            digest.update(part)
        identifier = digest.hexdigest()[:32]
        number = max(self._entries) + 1
        self._entries[number] = (1, start := self._size, 0)
        rows = (self._entries.get(item, (0, 0, 65535)) for item in range(number + 1))
        data = compress(b"".join(pack(">BLH", *row) for row in rows))
        entries = f"/Size {number + 1}/W[1 4 2]/Root {root}/Info {about}/ID[<{identifier}><{identifier}>]"
        self.stream(number, f"<</Type/XRef{entries}/Filter/FlateDecode/Length {len(data)}>>".encode(), data)
        self._parts.append(b"startxref\n%d\n%%%%EOF\n" % start)
        return b"".join(self._parts)


def text(value: str) -> str:
    """A text string for a dictionary, any language."""
    if value.isascii() and value.isprintable():
        return "(" + value.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") + ")"
    return f"<FEFF{value.encode('utf-16-be').hex()}>"


def name(value: str) -> str:
    """A name, every byte that might mean something escaped."""
    plain = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.")
    return "/" + "".join(chr(byte) if byte in plain else f"#{byte:02X}" for byte in value.encode())
