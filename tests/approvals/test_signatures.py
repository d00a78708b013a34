"""A signature proves who wrote an entry, with keys as people have them: from ssh-keygen, or PEM."""

from __future__ import annotations

import base64
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from docgen.source.chain import hash_of, link
from docgen.source.signing import is_signed
from tests.approvals import keys
from tests.approvals.stories import Stage, Story, _files
from tests.conftest import need

RULES = [{"rule": "deep", "when": "discount > 20%", "approver": "finance"}]
ROLES = {"finance": {"signed": "true", "members": [{"name": "Ann", "key": "ann"}, {"name": "Bob", "key": "bob"}]}}


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(Story("", "", "", _files({"rules": RULES, "roles": ROLES}), ()), tmp_path)


@pytest.fixture
def no_passphrase(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv("DOCGEN_KEY_PASSPHRASE", raising=False)
    yield


def approve(stage: Stage, key: Path | str, by: str = "Ann") -> subprocess.CompletedProcess[str]:
    return stage.docgen("approve", "deal.yaml", "--as", "finance", "--by", by, "--key", key)


def verify(stage: Stage) -> subprocess.CompletedProcess[str]:
    return stage.docgen("approvals", "deal.yaml", "--verify")


def with_key(stage: Stage, public: str) -> None:
    stage.files["company"]["roles"] = {"finance": {"signed": "true", "members": [{"name": "Ann", "key": public}]}}
    stage._write("company")


def read(stage: Stage) -> dict[str, Any]:
    found = yaml.load((stage.folder / "deal.approvals.yaml").read_text("utf-8"), yaml.BaseLoader)
    assert isinstance(found, dict)
    return found


def write(stage: Stage, data: dict[str, Any]) -> None:
    (stage.folder / "deal.approvals.yaml").write_text(
        yaml.safe_dump(data, sort_keys=False, allow_unicode=True), "utf-8"
    )


# ---- keys -----------------------------------------------------------------------------------------------------------
def ssh_keygen(folder: Path, passphrase: str = "", kind: str = "ed25519") -> Path:
    need("ssh-keygen")
    path = folder / f"id_{kind}"
    subprocess.run(
        ["ssh-keygen", "-q", "-t", kind, "-N", passphrase, "-C", "ann@example.cn", "-f", str(path)], check=True
    )
    return path


@pytest.mark.parametrize("passphrase", ["", "open 芝麻"])
def test_a_key_from_ssh_keygen_signs_and_its_public_line_vouches(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, passphrase: str
) -> None:
    if passphrase:
        pytest.importorskip("bcrypt")
    key = ssh_keygen(tmp_path, passphrase)
    with_key(stage, key.with_suffix(".pub").read_text("utf-8").strip())
    monkeypatch.setenv("DOCGEN_KEY_PASSPHRASE", passphrase)
    done = approve(stage, key)
    assert done.returncode == 0, done.stderr
    assert stage.statuses() == {"deep": "valid"}
    checked = verify(stage)
    assert checked.returncode == 0 and "unchanged; signed by Ann, with the key on file" in checked.stdout


def test_what_ssh_keygen_calls_a_key_verify_calls_it_too(stage: Stage, tmp_path: Path) -> None:
    key = ssh_keygen(tmp_path)
    shown = subprocess.run(["ssh-keygen", "-l", "-f", str(key)], capture_output=True, text=True, check=True).stdout
    with_key(stage, key.with_suffix(".pub").read_text("utf-8").strip())
    assert approve(stage, key).returncode == 0
    stage.play({"change_roles": {"finance": {"members": [{"name": "Ann", "key": "eve"}]}}})
    checked = verify(stage)
    assert checked.returncode == 1
    assert f"NOT signed by Ann: another key, {shown.split()[1]}" in checked.stdout


@pytest.mark.parametrize("form", [PrivateFormat.PKCS8, PrivateFormat.OpenSSH])
@pytest.mark.parametrize("passphrase", [b"", b"secret"])
def test_a_pem_key_signs(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: PrivateFormat, passphrase: bytes
) -> None:
    if passphrase and form is PrivateFormat.OpenSSH:
        pytest.importorskip("bcrypt")
    locked = BestAvailableEncryption(passphrase) if passphrase else NoEncryption()
    path = tmp_path / "key.pem"
    path.write_bytes(keys.private_key("ann").private_bytes(Encoding.PEM, form, locked))
    monkeypatch.setenv("DOCGEN_KEY_PASSPHRASE", passphrase.decode())
    done = approve(stage, path)
    assert done.returncode == 0, done.stderr
    assert stage.statuses() == {"deep": "valid"}


@pytest.mark.parametrize("form", [PrivateFormat.PKCS8, PrivateFormat.OpenSSH])
@pytest.mark.parametrize(
    ("given", "words"), [(None, "give it in the variable"), ("wrong", "the passphrase does not open it")]
)
def test_a_locked_key_asks_for_its_passphrase(
    stage: Stage,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    no_passphrase: None,
    form: PrivateFormat,
    given: str | None,
    words: str,
) -> None:
    if form is PrivateFormat.OpenSSH:
        pytest.importorskip("bcrypt")
    path = tmp_path / "key.pem"
    path.write_bytes(keys.private_key("ann").private_bytes(Encoding.PEM, form, BestAvailableEncryption(b"secret")))
    if given:
        monkeypatch.setenv("DOCGEN_KEY_PASSPHRASE", given)
    done = approve(stage, path)
    assert done.returncode == 1 and words in done.stderr and "DOCGEN_KEY_PASSPHRASE" in done.stderr, done.stderr
    assert not (stage.folder / "deal.approvals.yaml").exists()


def test_a_passphrase_that_is_not_needed_does_no_harm(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The variable may be set for another key."""
    path = tmp_path / "key.pem"
    path.write_bytes(keys.private_key("ann").private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    monkeypatch.setenv("DOCGEN_KEY_PASSPHRASE", "for another key")
    done = approve(stage, path)
    assert done.returncode == 0, done.stderr


OTHER_KINDS = {
    "RSA": lambda: rsa.generate_private_key(65537, 2048),
    "ECDSA": lambda: ec.generate_private_key(ec.SECP256R1()),
    "DSA": lambda: dsa.generate_private_key(1024),
    "Ed448": lambda: ed448.Ed448PrivateKey.generate(),
}


@pytest.mark.parametrize("kind", OTHER_KINDS)
def test_a_key_of_another_kind_is_refused(stage: Stage, tmp_path: Path, no_passphrase: None, kind: str) -> None:
    path = tmp_path / "key.pem"
    path.write_bytes(OTHER_KINDS[kind]().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    done = approve(stage, path)
    assert done.returncode == 1 and "is not an Ed25519 key" in done.stderr, done.stderr


def test_the_public_half_is_told_apart_from_the_private(stage: Stage, tmp_path: Path, no_passphrase: None) -> None:
    (tmp_path / "id.pub").write_text(keys.public_key("ann") + " ann@example.cn\n", "utf-8")
    pem = keys.private_key("ann").public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (tmp_path / "id.pem").write_bytes(pem)
    for name in ("id.pub", "id.pem"):
        done = approve(stage, tmp_path / name)
        assert done.returncode == 1 and "is the public half of a key" in done.stderr, done.stderr
        assert "without .pub" in done.stderr


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"-----BEGIN OPENSSH PRIVATE KEY-----\nxx\n", "钥匙".encode("gbk"), b"\0" * 100]
)
def test_what_is_no_key_is_told(stage: Stage, tmp_path: Path, no_passphrase: None, content: bytes) -> None:
    (tmp_path / "key").write_bytes(content)
    done = approve(stage, tmp_path / "key")
    assert done.returncode == 1 and "holds no private key that can be read" in done.stderr, done.stderr


def test_a_key_that_is_not_there_is_told(stage: Stage, tmp_path: Path) -> None:
    done = approve(stage, tmp_path / "nothing")
    assert done.returncode == 1 and "nothing" in done.stderr


def test_no_part_of_a_private_key_is_kept_or_shown(stage: Stage) -> None:
    done = approve(stage, stage._key_files["ann"])
    raw = keys.private_key("ann").private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
    kept = (stage.folder / "deal.approvals.yaml").read_bytes() + (done.stdout + done.stderr).encode()
    assert b"PRIVATE" not in kept
    assert base64.b64encode(raw)[:40] not in kept and raw.hex().encode() not in kept


# ---- records --------------------------------------------------------------------------------------------------------
def signed(stage: Stage) -> dict[str, Any]:
    assert approve(stage, stage._key_files["ann"]).returncode == 0
    return read(stage)


def chain_of(contents: list[dict[str, Any]]) -> dict[str, Any]:
    """A chain written anew, with good hashes; signatures stay as they are."""
    out: list[dict[str, Any]] = []
    for content in contents:
        bare = {k: v for k, v in content.items() if k not in ("number", "previous", "hash", "signature")}
        made = link(out, bare)
        out.append({**made, "signature": content["signature"]} if "signature" in content else made)
    return {"deal": "D-1", "entries": str(len(out)), "head": out[-1]["hash"], "approvals": out}


def is_noticed(stage: Stage, words: str) -> None:
    done = verify(stage)
    assert done.returncode == 1 and words in done.stderr, done.stdout + done.stderr
    assert stage.statuses()["deep"] in ("broken by record", "missing")
    assert approve(stage, stage._key_files["bob"], "Bob").returncode == 1


@pytest.mark.parametrize(
    ("field", "value"), [("by", "Bob"), ("decision", "rejected"), ("at", "2020-01-01T00:00:00Z"), ("comment", "x")]
)
def test_an_edited_entry_is_noticed_also_where_its_hash_was_made_anew(stage: Stage, field: str, value: str) -> None:
    data = signed(stage)
    write(stage, chain_of([{**data["approvals"][0], field: value}]))
    is_noticed(stage, "the signature of entry 1 does not fit it")


def test_signed_entries_in_another_order_are_noticed_also_where_hashes_were_made_anew(stage: Stage) -> None:
    signed(stage)
    stage.docgen("reject", "deal.yaml", "--as", "finance", "--by", "Bob", "--key", stage._key_files["bob"])
    entries = read(stage)["approvals"]
    assert stage.statuses() == {"deep": "rejected"}
    write(stage, chain_of(entries[::-1]))
    is_noticed(stage, "the signature of entry 1 does not fit it")
    write(stage, chain_of(entries[1:]))
    is_noticed(stage, "the signature of entry 1 does not fit it")


def test_a_signature_of_another_entry_is_noticed(stage: Stage) -> None:
    data = signed(stage)
    stage.docgen("revoke", "deal.yaml", "--as", "finance", "--by", "Ann", "--key", stage._key_files["ann"])
    entries = read(stage)["approvals"]
    entries[1]["signature"] = data["approvals"][0]["signature"]
    write(stage, {**read(stage), "approvals": entries})
    is_noticed(stage, "the signature of entry 2 does not fit it")


def test_a_signature_with_another_key_than_the_entry_names_is_noticed(stage: Stage) -> None:
    data = signed(stage)
    entry = {**data["approvals"][0], "key": keys.public_key("eve")}
    write(stage, chain_of([entry]))
    is_noticed(stage, "the signature of entry 1 does not fit it")


def test_a_signature_that_was_taken_out_is_noticed(stage: Stage) -> None:
    data = signed(stage)
    del data["approvals"][0]["signature"]
    write(stage, data)
    is_noticed(stage, "the signature of entry 1 does not fit it")


def test_key_and_signature_taken_out_with_a_hash_made_anew_count_for_nothing(stage: Stage) -> None:
    """Nothing in the file shows it, but the role signs, and an unsigned entry is no yes of hers."""
    data = signed(stage)
    bare = {k: v for k, v in data["approvals"][0].items() if k not in ("key", "signature")}
    write(stage, chain_of([bare]))
    assert stage.statuses() == {"deep": "missing"}
    shown = verify(stage).stdout
    assert "does not count, finance must sign" in shown


def test_an_entry_that_eve_signed_in_anns_name_counts_for_nothing(stage: Stage) -> None:
    data = signed(stage)
    (forged,) = chain_of([{**data["approvals"][0], "key": keys.public_key("eve")}])["approvals"]
    forged["signature"] = base64.b64encode(keys.private_key("eve").sign(forged["hash"].encode())).decode()
    write(stage, {**data, "head": forged["hash"], "approvals": [forged]})
    done = verify(stage)
    assert done.returncode == 1 and "NOT signed by Ann: another key, SHA256:" in done.stdout
    assert stage.statuses() == {"deep": "missing"}
    assert stage.play({"papers": "draft"}) is None


def test_an_entry_signed_elsewhere_and_pasted_is_noticed(stage: Stage, tmp_path: Path) -> None:
    files = _files({"rules": RULES, "roles": ROLES, "deal": {"deal": "D-2"}})
    other = Stage(Story("", "", "", files, ()), tmp_path / "other")
    foreign = signed(other)
    write(stage, {**foreign, "deal": "D-1"})
    assert stage.statuses() == {"deep": "missing"}
    write(stage, chain_of([{**foreign["approvals"][0], "deal": "D-1"}]))
    is_noticed(stage, "the signature of entry 1 does not fit it")


def test_every_bit_of_a_signature_counts(stage: Stage) -> None:
    """Base64 may write the same bytes in several ways; only one of them is accepted."""
    data = signed(stage)
    entry = data["approvals"][0]
    assert is_signed(entry["hash"], entry["signature"], entry["key"])
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
    for at, was in enumerate(entry["signature"]):
        other = alphabet[(alphabet.index(was) + 1) % len(alphabet)]
        changed = entry["signature"][:at] + other + entry["signature"][at + 1 :]
        assert not is_signed(entry["hash"], changed, entry["key"]), at
    for changed in ("", " ", entry["signature"] + "\n", entry["signature"][:-2], "语", "=" * 88):
        assert not is_signed(entry["hash"], changed, entry["key"])
    for key in ("", "x", "ssh-ed25519", "ssh-ed25519 AAAA", "ssh-ed25519 语", "ssh-rsa AAAA", entry["key"][:-4]):
        assert not is_signed(entry["hash"], entry["signature"], key)


def test_a_signature_covers_the_whole_entry() -> None:
    entry = link([], {"deal": "D-1", "by": "Ann", "looked_at": {"discount": "0.25"}})
    assert hash_of({**entry, "looked_at": {"discount": "0.26"}}) != entry["hash"]
    key = ed25519.Ed25519PrivateKey.generate()
    public = key.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode()
    signature = base64.b64encode(key.sign(entry["hash"].encode())).decode()
    assert is_signed(entry["hash"], signature, f"{public} a comment")
    assert not is_signed(hash_of({**entry, "by": "Bob"}), signature, public)


def test_verify_speaks_json(stage: Stage) -> None:
    import json

    signed(stage)
    done = stage.docgen("approvals", "deal.yaml", "--verify", "--format", "json")
    told = json.loads(done.stdout)
    assert done.returncode == 0 and told["is_good"] is True and told["problems"] == []
    assert [(e["number"], e["by"], e["proof"], e["counts"]) for e in told["entries"]] == [(1, "Ann", "proved", True)]
