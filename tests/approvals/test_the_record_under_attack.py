"""A record that is no longer what docgen wrote is noticed, named, and counts for nothing; one that only looks otherwise
is not. What a record cannot show is written down here too, as tests that say so."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docgen.approvals.record import Entry
from docgen.source.chain import hash_of, link
from tests.approvals.stories import Stage, Story, _files

RULES = [
    {"rule": "deep", "when": "discount > 20%", "approver": "sales_director", "tolerance": {"discount": "1%"}},
    {"rule": "small", "when": "net < 100000", "approver": "finance", "chain": "money"},
    {"rule": "law", "when": "discount > 20%", "approver": "legal", "chain": "law"},
]
WHO = (("sales_director", "Ann Lee"), ("finance", "Bob: the #1"), ("legal", "王丽"))
Data = dict[str, Any]


@pytest.fixture(scope="module")
def agreed(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """A deal that three people have agreed to, each with a comment."""
    made = Stage(Story("", "", "", _files({"rules": RULES}), ()), tmp_path_factory.mktemp("agreed"))
    for number, (role, by) in enumerate(WHO, 1):
        done = made.docgen("approve", "deal.yaml", "--as", role, "--by", by, "--comment", f"as agreed, {number}")
        assert done.returncode == 0
    return made


@pytest.fixture
def stage(agreed: Stage) -> Iterator[Stage]:
    """The same for every test: what one does to the record is undone behind it."""
    before = record_of(agreed).read_bytes()
    yield agreed
    if record_of(agreed).is_dir() and not record_of(agreed).is_symlink():
        record_of(agreed).rmdir()
    record_of(agreed).unlink(missing_ok=True)
    record_of(agreed).write_bytes(before)


def record_of(stage: Stage) -> Path:
    return stage.folder / "deal.approvals.yaml"


def read(stage: Stage) -> Data:
    found = yaml.load(record_of(stage).read_text("utf-8"), yaml.BaseLoader)
    assert isinstance(found, dict)
    return found


def write(stage: Stage, data: Any) -> None:
    record_of(stage).write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")


def is_noticed(stage: Stage, *words: str, papers: bool = False) -> None:
    """--verify names it and exits with 1; it counts for nothing; nothing can be added to it; it stays as it is."""
    before = record_of(stage).read_bytes() if record_of(stage).is_file() else None
    verified = stage.docgen("approvals", "deal.yaml", "--verify")
    assert verified.returncode == 1, verified.stdout
    for word in words:
        assert word in verified.stderr
    assert verified.stderr.count("error: ") >= 1 and "Traceback" not in verified.stderr
    assert set(stage.statuses().values()) <= {"broken by record", "missing"}
    if papers:
        assert stage.play({"papers": "draft"}) is None
        assert stage.play({"final": "3"}) is None
    done = stage.docgen("approve", "deal.yaml", "--as", "finance", "--by", "Chen")
    assert done.returncode == 1 and "error: " in done.stderr and not done.stdout, done.stdout
    after = record_of(stage).read_bytes() if record_of(stage).is_file() else None
    assert after == before


def is_fine(stage: Stage) -> None:
    assert stage.docgen("approvals", "deal.yaml", "--verify").returncode == 0
    assert stage.statuses() == {"deep": "valid", "small": "valid", "law": "valid"}


# ---- edited ---------------------------------------------------------------------------------------------------------
FIELDS = [name for name in Entry.model_fields if name not in ("key", "signature")]


@pytest.mark.parametrize("number", [1, 2, 3])
@pytest.mark.parametrize("field", FIELDS)
def test_any_field_of_any_entry_that_is_edited_is_noticed_with_its_entry(stage: Stage, number: int, field: str) -> None:
    data = read(stage)
    entry = data["approvals"][number - 1]
    entry[field] = _another(entry[field])
    write(stage, data)
    is_noticed(stage, "deal.approvals.yaml")
    told = stage.docgen("approvals", "deal.yaml", "--verify").stderr
    if field not in ("number", "previous"):
        assert f"entry {number} " in told or f"approvals.{number - 1}." in told, told


def _another(value: Any) -> Any:
    """The same kind of value, a little different."""
    if isinstance(value, dict):
        return {**value, next(iter(value), "discount"): "0.1"}
    known = {"approved": "rejected", "sales_director": "finance", "finance": "legal", "legal": "finance"}
    if value in known:
        return known[value]
    return str(int(value) + 1) if value.isdigit() else f"{value}x"


@pytest.mark.parametrize("field", ["comment", "tolerance", "looked_at", "hash", "previous"])
def test_a_field_that_is_taken_out_is_noticed(stage: Stage, field: str) -> None:
    data = read(stage)
    del data["approvals"][1][field]
    write(stage, data)
    is_noticed(stage)


@pytest.mark.parametrize("field", ["note", "key", "signature"])
def test_a_field_that_is_put_in_is_noticed(stage: Stage, field: str) -> None:
    data = read(stage)
    data["approvals"][1][field] = "something"
    write(stage, data)
    is_noticed(stage)


@pytest.mark.parametrize(
    ("key", "value"), [("entries", "2"), ("entries", "4"), ("entries", "many"), ("head", "sha256:00"), ("head", "")]
)
def test_an_edited_head_is_noticed(stage: Stage, key: str, value: str) -> None:
    write(stage, {**read(stage), key: value})
    is_noticed(stage)


@pytest.mark.parametrize("key", ["deal", "entries", "head", "approvals"])
def test_a_head_without_one_of_its_keys_is_noticed(stage: Stage, key: str) -> None:
    data = read(stage)
    del data[key]
    write(stage, data)
    is_noticed(stage, key)


def test_a_hash_made_anew_for_an_edited_entry_is_noticed_by_the_next(stage: Stage) -> None:
    data = read(stage)
    data["approvals"][0]["by"] = "Eve"
    data["approvals"][0]["hash"] = hash_of(data["approvals"][0])
    write(stage, data)
    is_noticed(stage, "entry 1 of the record was changed", papers=True)


# ---- dropped, moved, copied, pasted ---------------------------------------------------------------------------------
@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_dropped_entry_is_noticed_by_its_number(stage: Stage, number: int) -> None:
    data = read(stage)
    del data["approvals"][number - 1]
    write(stage, data)
    is_noticed(stage, f"entry {number} of the record is gone")


def test_a_cut_off_end_is_noticed_where_the_head_was_not_made_anew(stage: Stage) -> None:
    data = read(stage)
    write(stage, {**data, "entries": "2", "approvals": data["approvals"][:2]})
    is_noticed(stage, "entry 2 of the record")


def test_all_entries_dropped_is_noticed(stage: Stage) -> None:
    write(stage, {**read(stage), "approvals": []})
    is_noticed(stage, "entry 1 of the record is gone", "entry 3 of the record is gone", papers=True)


def test_entries_that_stand_for_nothing_are_noticed(stage: Stage) -> None:
    write(stage, {"deal": "D-1", "entries": "0", "head": "", "approvals": []})
    is_noticed(stage)


@pytest.mark.parametrize("order", [(1, 0, 2), (0, 2, 1), (2, 1, 0)])
def test_entries_in_another_order_are_noticed(stage: Stage, order: tuple[int, ...]) -> None:
    data = read(stage)
    write(stage, {**data, "approvals": [data["approvals"][i] for i in order]})
    is_noticed(stage, "out of order")


@pytest.mark.parametrize("number", [1, 3])
def test_a_copied_entry_is_noticed(stage: Stage, number: int) -> None:
    data = read(stage)
    write(stage, {**data, "entries": "4", "approvals": [*data["approvals"], data["approvals"][number - 1]]})
    is_noticed(stage, f"entry {number} of the record is there twice")


def test_an_alias_that_repeats_an_entry_is_noticed(stage: Stage) -> None:
    text = record_of(stage).read_text("utf-8")
    record_of(stage).write_text(text.replace("- number: '3'", "- &again\n  number: '3'") + "- *again\n", "utf-8")
    is_noticed(stage, "entry 3 of the record is there twice")


def test_entries_of_another_deal_are_noticed(stage: Stage, tmp_path: Path) -> None:
    other = Stage(Story("", "", "", _files({"rules": RULES, "deal": {"deal": "D-2"}}), ()), tmp_path / "other")
    other.docgen("approve", "deal.yaml", "--as", "finance", "--by", "Ann")
    data = read(stage)
    pasted = {**read(other)["approvals"][0], "number": "4"}
    write(stage, {**data, "entries": "4", "head": pasted["hash"], "approvals": [*data["approvals"], pasted]})
    is_noticed(stage, "entry 4 of the record was changed")
    write(stage, read(other))
    assert stage.statuses() == {"deep": "missing", "small": "missing", "law": "missing"}
    is_noticed(stage, "the record is of the deal D-2, not of D-1", papers=True)


def test_a_head_that_names_another_deal_makes_nothing_of_it_count(stage: Stage) -> None:
    """Head and entries contradict each other: whose they are cannot be told."""
    write(stage, {**read(stage), "deal": "D-2"})
    assert set(stage.statuses().values()) == {"broken by record"}
    is_noticed(stage, "the record is of the deal D-2, not of D-1")


def test_an_entry_of_another_deal_counts_for_nothing_even_in_a_chain_that_holds(stage: Stage) -> None:
    """Somebody who can make hashes can write such a chain; the entry still says whose it is."""
    data = read(stage)
    first = {key: value for key, value in data["approvals"][0].items() if key not in ("number", "previous", "hash")}
    pasted = link([], {**first, "deal": "D-2"})
    write(stage, {"deal": "D-1", "entries": "1", "head": pasted["hash"], "approvals": [pasted]})
    assert stage.statuses()["deep"] == "missing"


# ---- what a record without signatures cannot show -------------------------------------------------------------------
def _renumbered(entries: list[Data]) -> Data:
    """The whole chain written anew, as somebody who knows how can do."""
    out: list[Data] = []
    for entry in entries:
        out.append(link(out, {k: v for k, v in entry.items() if k not in ("number", "previous", "hash")}))
    return {"deal": "D-1", "entries": str(len(out)), "head": out[-1]["hash"], "approvals": out}


def test_a_chain_written_anew_with_good_hashes_cannot_be_noticed_without_signatures(stage: Stage) -> None:
    """docs/approvals.md says so: a hash proves that nothing changed since it was made, not who made it."""
    data = read(stage)
    write(stage, _renumbered([{**data["approvals"][0], "by": "Eve"}, *data["approvals"][1:]]))
    is_fine(stage)


def test_a_file_put_back_to_an_earlier_state_cannot_be_noticed(stage: Stage) -> None:
    """docs/approvals.md says so: keep the record under version control."""
    earlier = record_of(stage).read_bytes()
    stage.docgen("reject", "deal.yaml", "--as", "legal", "--by", "Chen")
    assert stage.statuses()["law"] == "rejected"
    record_of(stage).write_bytes(earlier)
    is_fine(stage)


# ---- files that are no records --------------------------------------------------------------------------------------
NOT_RECORDS: dict[str, tuple[str | bytes, str]] = {
    "empty": ("", "is empty"),
    "broken YAML": ("deal: [D-1\n", "YAML"),
    "a list": ("- deal: D-1\n", "does not hold keys"),
    "a text": ("hello\n", "does not hold keys"),
    "entries that are texts": ("deal: D-1\nentries: 1\nhead: x\napprovals: [hello]\n", "approvals.0"),
    "a text for entries": ("deal: D-1\nentries: 0\nhead: x\napprovals: hello\n", "approvals"),
    "no entries": ("deal: D-1\nentries: '0'\nhead: ''\n", "head"),
    "two documents": ("deal: D-1\n---\ndeal: D-1\n", "document"),
    "a tag": ("deal: !!python/name:os.system x\n", "!!python"),
    "GBK": ("deal: D-1\n# 王丽\n".encode("gbk"), "GBK"),
    "UTF-16": ("deal: D-1\n".encode("utf-16"), "UTF-16"),
    "zeros": (b"\0" * 4000, "not UTF-8"),
    "an alias bomb": (
        "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
        + "".join(f"{k}: &{k} [{', '.join([f'*{p}'] * 10)}]\n" for p, k in zip("abcdefg", "bcdefgh", strict=True)),
        "alias",
    ),
    "deep": ("deal: " + "[" * 3000 + "]" * 3000, "nest"),
    "an invisible character": ("deal: D-1\u200b\n", "U+200B"),
}


@pytest.mark.parametrize("what", NOT_RECORDS)
def test_what_is_no_record_is_told_and_stays(stage: Stage, what: str) -> None:
    content, word = NOT_RECORDS[what]
    record_of(stage).write_bytes(content if isinstance(content, bytes) else content.encode())
    is_noticed(stage, "deal.approvals.yaml", word)


def test_a_huge_file_is_not_read(stage: Stage) -> None:
    with record_of(stage).open("wb") as stream:
        stream.truncate(100 * 1024 * 1024)
    verified = stage.docgen("approvals", "deal.yaml", "--verify")
    assert verified.returncode == 1 and "it is larger than 32 MB" in verified.stderr
    assert stage.docgen("approve", "deal.yaml", "--as", "finance", "--by", "Chen").returncode == 1
    assert record_of(stage).stat().st_size == 100 * 1024 * 1024


def test_a_folder_in_its_place_is_told(stage: Stage) -> None:
    record_of(stage).unlink()
    record_of(stage).mkdir()
    is_noticed(stage, "it is a folder", papers=True)


def test_a_pipe_in_its_place_is_told_and_not_waited_for(stage: Stage) -> None:
    record_of(stage).unlink()
    os.mkfifo(record_of(stage))
    is_noticed(stage, "it is not a regular file")


@pytest.mark.parametrize("target", ["elsewhere.yaml", "nowhere.yaml", "deal.approvals.yaml", "/dev/zero"])
def test_a_link_in_its_place_is_told_and_not_followed(stage: Stage, target: str) -> None:
    record_of(stage).rename(stage.folder / "elsewhere.yaml")
    record_of(stage).symlink_to(target)
    is_noticed(stage, "it is a link")
    assert record_of(stage).is_symlink()


# ---- what does not matter -------------------------------------------------------------------------------------------
COSMETIC: dict[str, Callable[[bytes], bytes]] = {
    "a byte order mark": lambda data: b"\xef\xbb\xbf" + data,
    "Windows line ends": lambda data: data.replace(b"\n", b"\r\n"),
    "comments": lambda data: b"# seen by audit\n" + data.replace(b"\n- number", b"\n# next\n- number"),
    "a comment behind a value": lambda data: data.replace(b"deal: D-1\n", b"deal: D-1  #checked\n"),
    "empty lines": lambda data: data.replace(b"\n- number", b"\n\n\n- number"),
    "other quotes": lambda data: re.sub(rb": '([^'\n]*)'", rb': "\1"', data),
    "its head comment gone": lambda data: re.sub(rb"(?m)^#.*\n", b"", data),
    "wider indents": lambda data: data.replace(b"\n  ", b"\n     ").replace(b"\n- ", b"\n-    "),
    "an alias for a value": lambda data: data.replace(b"by: Ann Lee", b"by: &who Ann Lee"),
}


@pytest.mark.parametrize("what", COSMETIC)
def test_how_it_is_written_does_not_matter(stage: Stage, what: str) -> None:
    before = record_of(stage).read_bytes()
    after = COSMETIC[what](before)
    assert after != before
    record_of(stage).write_bytes(after)
    is_fine(stage)


def test_written_anew_by_another_program_it_is_the_same_record(stage: Stage) -> None:
    data = read(stage)
    entries = [dict(reversed(entry.items())) for entry in data["approvals"]]
    text = yaml.safe_dump({**data, "approvals": entries}, default_flow_style=True, allow_unicode=False, width=40)
    record_of(stage).write_text(text, "utf-8")
    is_fine(stage)


# ---- any text, any character ----------------------------------------------------------------------------------------
_TEXTS = st.one_of(
    st.sampled_from(
        ["王丽", "Ann 'Q' Lee", 'say "yes"', "- no", "# 1", "a: b", "a #b", "yes", "null", "~", "123", "1e3", "😀👍🏽",
         "{x}", "[x]", "*a", "&a", "!t", "%x", "@x", "`x", "| x", "> x", "? x", "\\n", "'", '"', "–", "é", "e\u0301",
         "0x1F", "<<", "2026-11-22", "=", "long " * 60, "语" * 300, "' '' \" #: -", "a: ", "---", "...", "%YAML"]
    ),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=60),
)  # fmt: skip
PROPERTY = settings(
    max_examples=30, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@PROPERTY
@given(by=_TEXTS, comment=_TEXTS)
def test_a_name_and_a_comment_that_are_accepted_are_kept_to_the_letter(stage: Stage, by: str, comment: str) -> None:
    before = record_of(stage).read_bytes()
    done = stage.docgen("reject", "deal.yaml", "--as=finance", f"--by={by}", f"--comment={comment}")
    if done.returncode == 2:
        assert "Invalid value" in done.stderr and record_of(stage).read_bytes() == before
        return
    kept = yaml.load(record_of(stage).read_text("utf-8"), yaml.BaseLoader)["approvals"][-1]
    record_of(stage).write_bytes(before)
    assert done.returncode == 0, done.stderr
    assert (kept["by"], kept["comment"]) == (by.strip(), comment.strip())
    assert hash_of(kept) == kept["hash"]


def _places(data: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(data, dict):
        return [place for key, value in data.items() for place in _places(value, (*way, key))]
    if isinstance(data, list):
        return [place for index, value in enumerate(data) for place in _places(value, (*way, index))]
    return [way] if data else []


@PROPERTY
@given(data=st.data())
def test_any_single_changed_character_of_any_value_is_noticed(stage: Stage, data: st.DataObject) -> None:
    record, before = read(stage), record_of(stage).read_bytes()
    place = data.draw(st.sampled_from(_places(record)))
    holder: Any = record
    for key in place[:-1]:
        holder = holder[key]
    text = str(holder[place[-1]])
    at = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from([c for c in "0aZ-: 王" if c != text[at]]))
    holder[place[-1]] = text[:at] + other + text[at + 1 :]
    write(stage, record)
    done = stage.docgen("approvals", "deal.yaml", "--verify")
    statuses = stage.statuses()
    record_of(stage).write_bytes(before)
    assert done.returncode == 1, place
    assert set(statuses.values()) <= {"broken by record", "missing"}


# ---- disks ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EROFS, errno.EDQUOT])
def test_a_full_or_read_only_disk_is_told_and_the_old_record_stays(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, error: int
) -> None:
    before = record_of(stage).read_bytes()

    def fails(handle: int) -> None:
        raise OSError(error, os.strerror(error))

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", fails)
        done = stage.docgen("reject", "deal.yaml", "--as", "finance", "--by", "Chen")
    assert done.returncode == 1 and os.strerror(error) in done.stderr and "could not be recorded" in done.stderr
    assert "rejected" not in done.stdout
    assert record_of(stage).read_bytes() == before
    assert not [path.name for path in stage.folder.iterdir() if path.name.startswith(".docgen-")]
    is_fine(stage)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_told(stage: Stage) -> None:  # pragma: no cover - not as root
    stage.folder.chmod(0o555)
    try:
        done = stage.docgen("reject", "deal.yaml", "--as", "finance", "--by", "Chen")
    finally:
        stage.folder.chmod(0o755)
    assert done.returncode == 1 and "could not be recorded" in done.stderr
    is_fine(stage)


# ---- records among deals --------------------------------------------------------------------------------------------
def test_deals_named_by_a_pattern_do_not_trip_over_their_records(stage: Stage) -> None:
    """The shell makes `*.yaml` into deal.yaml and deal.approvals.yaml."""
    for command in (["check"], ["quote", "--format", "txt"]):
        done = stage.docgen(*command, "deal.approvals.yaml", "deal.yaml")
        assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("command", ["check", "quote", "price", "approvals"])
def test_a_record_that_is_named_as_a_deal_is_told_so(stage: Stage, command: str) -> None:
    done = stage.docgen(command, "deal.approvals.yaml")
    assert done.returncode == 2 and "is the record of decisions about a deal; name the deal: deal.yaml" in done.stderr
