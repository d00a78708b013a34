"""Ed25519 keys of the people in approval stories, the same in every run."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

PEOPLE = ("ann", "bob", "eve")


def private_key(person: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(person.encode()).digest())


def public_key(person: str) -> str:
    public = private_key(person).public_key()
    return public.public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode("ascii")


def write(folder: Path) -> dict[str, Path]:
    """Everybody's private key as a file, in OpenSSH's form."""
    folder.mkdir(parents=True, exist_ok=True)
    out = {}
    for person in PEOPLE:
        out[person] = folder / person
        out[person].write_bytes(openssh(person))
    return out


def openssh(person: str) -> bytes:
    """A private key as ssh-keygen writes it."""
    return private_key(person).private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())


def filled_in(data: Any) -> Any:
    """Roles with `key: ann` turned into Ann's public key."""
    if isinstance(data, dict):
        return {k: public_key(v) if k == "key" and v in PEOPLE else filled_in(v) for k, v in data.items()}
    return [filled_in(each) for each in data] if isinstance(data, list) else data
