"""Ed25519 signatures: the one door to `cryptography`. Keys are read as OpenSSH or PEM writes them."""

from __future__ import annotations

import base64
import binascii
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from docgen.problems import Place, Problem
from docgen.source.text_file import read_bytes
from docgen.source.workspace import shown_path

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


class Signer:
    """A private key that was read; `public`: its public key as OpenSSH writes it, without a comment."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

        self._key = key
        self.public = key.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode("ascii")

    def sign(self, text: str) -> str:
        return base64.b64encode(self._key.sign(text.encode())).decode("ascii")


def read_signer(path: Path, passphrase: str | None) -> Signer | Problem:
    """The private key in a file, or why it cannot be used: no key, another kind, locked with a passphrase."""
    shown = shown_path(path)
    data = read_bytes(path, shown)
    if isinstance(data, Problem):
        return data
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_ssh_private_key

    def refused(code: str, reason: object = "") -> Problem:
        return Problem(code, params={"file": shown, "reason": str(reason).split(".")[0][:120]}, place=Place(shown))

    if data.startswith((b"ssh-", b"ecdsa-", b"sk-")) or b"PUBLIC KEY-----" in data:
        return refused("key_is_public")
    load = load_ssh_private_key if b"OPENSSH PRIVATE KEY" in data else load_pem_private_key
    try:
        key = load(data, None)
    except TypeError:  # it is locked; a passphrase for a key that is not would be a fault too
        try:
            key = load(data, (passphrase or "").encode())
        except UnsupportedAlgorithm as error:
            return refused("key_not_opened", error)
        except (ValueError, TypeError):
            return refused("key_locked", "the passphrase does not open it" if passphrase else "")
    except (ValueError, UnsupportedAlgorithm) as error:
        return refused("key_unreadable", error)
    return Signer(key) if isinstance(key, Ed25519PrivateKey) else refused("key_not_ed25519")


def is_signed(text: str, signature: str, public: str) -> bool:
    """Whether `signature` over `text` was made with the private half of `public`."""
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_ssh_public_key

    try:
        key = load_ssh_public_key(same_key(public).encode())
        if not isinstance(key, Ed25519PublicKey):
            return False
        raw = base64.b64decode(signature, validate=True)
        key.verify(raw, text.encode())
        return base64.b64encode(raw).decode("ascii") == signature  # one way to write it, so that any change is noticed
    except (ValueError, binascii.Error, InvalidSignature, UnsupportedAlgorithm):
        return False


def same_key(public: str) -> str:
    """An OpenSSH public key without its comment, for comparing."""
    return " ".join(public.split()[:2])


def fingerprint(public: str) -> str:
    """What `ssh-keygen -l` prints of a key: SHA256:…"""
    parts = public.split()
    try:
        raw = base64.b64decode(parts[1] if len(parts) > 1 else "", validate=True)
    except binascii.Error:
        return "SHA256:?"
    return "SHA256:" + base64.b64encode(hashlib.sha256(raw).digest()).decode("ascii").rstrip("=")
