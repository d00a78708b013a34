"""The same input gives the same bytes wherever and by whomever it is made; and nothing asks the network."""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
from pathlib import Path

import pytest

from docgen.documents.manifest import manifests
from tests.conftest import ROOT
from tests.documents.tales import told_deal
from tests.safety.house import call, deal, furnish, papers, run

FORMATS = ("docx", "pdf", "txt", "html", "json")
ELSEWHERE: dict[str, dict[str, str]] = {
    "far east": {"TZ": "Pacific/Kiritimati", "LANG": "zh_CN.UTF-8", "LC_ALL": "zh_CN.UTF-8", "PYTHONHASHSEED": "1"},
    "far west": {"TZ": "Pacific/Pago_Pago", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "4242", "PYTHONUTF8": "0"},
    "someone else": {"TZ": "Asia/Kolkata", "LC_ALL": "POSIX", "USER": "x", "LOGNAME": "x", "PYTHONHASHSEED": "random"},
}


def _digests(folder: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.iterdir())}


def _text(name: str) -> str:
    return f"{name} 苏州"


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("here")
    path = furnish(folder, deal(_text) | {"language": ["zh-CN", "en"]})
    done = run("quote", path.name, "--format", ",".join(FORMATS), cwd=folder)
    assert done.returncode == 0, done.stderr
    return _digests(folder / "out")


@pytest.mark.parametrize("where", ELSEWHERE)
def test_another_folder_zone_locale_hash_seed_and_umask_give_the_same_bytes(
    tmp_path: Path, reference: dict[str, str], where: str
) -> None:
    folder = tmp_path / "另一个 folder" / "deep"
    folder.mkdir(parents=True)
    path = furnish(folder, deal(_text) | {"language": ["zh-CN", "en"]})
    home = tmp_path / "home"
    home.mkdir()
    before = os.umask(0o077)
    try:
        done = run(
            "quote",
            path,
            "--out",
            tmp_path / "papers",
            "--format",
            ",".join(FORMATS),
            cwd=tmp_path,
            env={"HOME": str(home), **ELSEWHERE[where]},
        )
    finally:
        os.umask(before)
    assert done.returncode == 0, done.stderr
    assert _digests(tmp_path / "papers") == reference
    assert list(home.iterdir()) == [], "something was left in the home folder"


def test_today_decides_nothing_on_the_page(tmp_path: Path, reference: dict[str, str]) -> None:
    path = furnish(tmp_path, deal(_text) | {"language": ["zh-CN", "en"]})
    done = run("--today", "2026-11-25", "quote", path, "--format", ",".join(FORMATS), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert _digests(tmp_path / "out") == reference


HOSTILE = "https://example.com/x.png <img src='https://example.com/x.png'> ![x](https://example.com/x.png)"


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **options: object) -> None:
        raise AssertionError(f"asked the network for {args}")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    for name in ("getaddrinfo", "gethostbyname", "create_connection"):
        monkeypatch.setattr(socket, name, refuse)


def test_nothing_asks_the_network_while_a_quotation_is_made(tmp_path: Path, no_network: None) -> None:
    path = furnish(tmp_path, deal(lambda field: HOSTILE))
    files, problems = papers(path, FORMATS)
    assert problems == []
    assert set(files) == set(FORMATS)


def test_nothing_asks_the_network_while_any_document_is_made(tmp_path: Path, no_network: None) -> None:
    made = told_deal()
    made |= {
        "title": HOSTILE,
        "partner": {"name": HOSTILE, "discount": "5%", "because": HOSTILE},
        "contract": "licence",
    }
    furnish(tmp_path, made)
    names = manifests([ROOT / "templates"])
    for name in names:
        formats = "docx,txt,json" if name == "letter-quote" else ",".join(FORMATS)
        done = call("make", name, "deal.yaml", "--format", formats, cwd=tmp_path)
        assert done.returncode == 0, f"{name}: {done.stderr}"
    assert call("value", "deal.yaml", "--format", "xlsx", cwd=tmp_path).returncode == 0
    assert len(list((tmp_path / "out").glob("*.docx"))) == len(names)


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not there")
@pytest.mark.parametrize("command", [("quote", "deal.yaml"), ("build", ".", "--format", "docx,pdf,txt,html,json")])
def test_the_whole_process_opens_no_socket(tmp_path: Path, command: tuple[str, ...]) -> None:
    furnish(tmp_path, told_deal())
    log = tmp_path / "calls"
    tracing = ("strace", "-f", "-e", "trace=network", "-o", str(log))
    done = run(*command, cwd=tmp_path, prefix=tracing, timeout=120)
    if "ptrace" in done.stderr.lower():
        pytest.skip("strace may not trace here")
    assert done.returncode == 0, done.stderr
    calls = log.read_text("utf-8", "replace")
    assert not [line for line in calls.splitlines() if "connect(" in line or "sendto(" in line or "AF_INET" in line]
