"""The zip of a Word file, read and written here: unchanged parts travel as the deflated bytes they already are.

The standard library's zipfile takes longer to import than a whole quotation takes to write, cannot copy deflated
bytes, and stamps names of the machine. What is written here depends on nothing but the parts given.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from docgen.render.theme import HouseBroken

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s4B4HL2L5H2L")
_END = struct.Struct("<4s4H2LH")
_NEW_YEAR_1980 = 0x21
_UTF8_NAME = 0x800
_DEFLATED = 8
_BIGGEST_PART = 64 * 1024 * 1024


class Part(NamedTuple):
    """One member as it lies in the zip."""

    method: int
    checksum: int
    size: int
    packed: bytes

    def unpack(self) -> bytes:
        if self.method == 0:
            return self.packed
        if self.size > _BIGGEST_PART:
            raise HouseBroken("the Word reference document holds a part of more than 64 MB")
        try:
            data = zlib.decompressobj(-15).decompress(self.packed, self.size + 1)
        except zlib.error as error:
            raise HouseBroken("the Word reference document is damaged") from error
        if len(data) != self.size or zlib.crc32(data) != self.checksum:
            raise HouseBroken("the Word reference document is damaged")
        return data


def pack(data: bytes) -> Part:
    squeeze = zlib.compressobj(6, zlib.DEFLATED, -15)
    return Part(_DEFLATED, zlib.crc32(data), len(data), squeeze.compress(data) + squeeze.flush())


def read_zip(data: bytes) -> dict[str, Part]:
    """Members by name, still packed. Damage of any kind is HouseBroken."""
    try:
        return _read(data)
    except struct.error as error:
        raise HouseBroken("the Word reference document is cut short") from error


def _read(data: bytes) -> dict[str, Part]:
    end = data.rfind(b"PK\x05\x06")
    if end < 0:
        raise HouseBroken("the Word reference document is not a .docx file")
    _, _, _, _, count, _, at, _ = _END.unpack_from(data, end)
    parts: dict[str, Part] = {}
    for _ in range(count):
        (
            magic,
            _,
            _,
            _,
            _,
            flags,
            method,
            _,
            _,
            checksum,
            packed,
            size,
            name_length,
            extra,
            comment,
            _,
            _,
            _,
            offset,
        ) = _CENTRAL.unpack_from(data, at)
        if magic != b"PK\x01\x02" or method not in (0, _DEFLATED) or flags & 1:
            raise HouseBroken("the Word reference document is packed in a way Word itself does not use")
        name = data[at + 46 : at + 46 + name_length].decode("utf-8", "replace")
        if not name.endswith("/"):
            header = _LOCAL.unpack_from(data, offset)
            start = offset + 30 + header[9] + header[10]
            if start + packed > len(data):
                raise HouseBroken("the Word reference document is cut short")
            parts[name] = Part(method, checksum, size, data[start : start + packed])
        at += 46 + name_length + extra + comment
    return parts


def write_zip(parts: Mapping[str, Part] | Iterable[tuple[str, Part]]) -> bytes:
    """Parts in the order given; every date is the first of January 1980, every name plain."""
    items = parts.items() if isinstance(parts, Mapping) else parts
    body: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for name, part in items:
        raw = name.encode("utf-8")
        flags = 0 if name.isascii() else _UTF8_NAME
        sizes = (part.checksum, len(part.packed), part.size)
        local = _LOCAL.pack(b"PK\x03\x04", 20, flags, part.method, 0, _NEW_YEAR_1980, *sizes, len(raw), 0)
        directory.append(
            _CENTRAL.pack(
                b"PK\x01\x02",
                20,
                0,
                20,
                0,
                flags,
                part.method,
                0,
                _NEW_YEAR_1980,
                *sizes,
                len(raw),
                0,
                0,
                0,
                0,
                0,
                offset,
            )
            + raw
        )
        body += (local, raw, part.packed)
        offset += len(local) + len(raw) + len(part.packed)
    listing = b"".join(directory)
    end = _END.pack(b"PK\x05\x06", 0, 0, len(directory), len(directory), len(listing), offset, 0)
    return b"".join((*body, listing, end))
