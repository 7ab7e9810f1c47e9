import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esa_desktop.domain.evidence import EvidenceFile
from esa_desktop.storage.rescue import (
    Stamp,
    Superseded,
    net,
    proof_of,
    read,
    to_bytes,
)
from esa_desktop.storage.store import Write
from tests.storage.projects import METHOD, RESULTS, chain, draft, item, revision

STAMP = Stamp("project-1", "d1", "session-1", 7)
FILE = EvidenceFile("a" * 64, "คำสั่ง.pdf", 12)
WRITE = Write(
    revisions=(*chain(3), item("item-1", FILE)),
    drafts=(draft("ร่าง", field=RESULTS),),
    files=(FILE,),
)
OVER = draft("ร่างก่อนหน้า", field=RESULTS)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "project-1-d1.jsonl"


def facts(write: Write) -> set[object]:
    return {*write.revisions, *write.drafts, *write.files}


def test_what_is_kept_comes_back_as_it_was(path: Path) -> None:
    path.write_bytes(to_bytes(STAMP, WRITE, [OVER]))

    found = read(path)

    assert found is not None
    assert (found.stamp, found.write, found.is_whole) == (STAMP, WRITE, True)
    assert found.over == {Superseded(RESULTS, "d1", proof_of(OVER))}


@given(st.text(max_size=200))
def test_any_text_comes_back(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.jsonl"
    write = Write(drafts=(draft(text),), revisions=(revision(text),))
    path.write_bytes(to_bytes(STAMP, write))

    found = read(path)

    assert found is not None
    assert found.write == write


@given(place=st.floats(0, 0.999), byte=st.integers(0, 255), length=st.sampled_from([1, 1, 40]))
def test_a_changed_byte_costs_its_line_and_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, place: float, byte: int, length: int
) -> None:
    content = bytearray(to_bytes(STAMP, WRITE, [OVER]))
    start = int(place * len(content))
    changed = bytes(content[:start]) + bytes([byte]) * length + bytes(content[start + length :])
    path = tmp_path_factory.getbasetemp() / "changed.jsonl"
    path.write_bytes(changed)

    found = read(path)

    assert found is not None  # whose it is stands in two lines
    assert found.stamp == STAMP
    assert facts(found.write) <= facts(WRITE)
    assert len(facts(WRITE) - facts(found.write)) <= 2
    assert found.is_whole == (facts(found.write) == facts(WRITE) and len(found.over) == 1)


def test_without_the_hash_a_changed_byte_would_come_in(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: what is changed here is a letter that everything but the hash lets pass."""
    content = to_bytes(STAMP, Write(drafts=(draft("ร่างหนึ่ง"),)))
    path.write_bytes(content.replace("ร่างหนึ่ง".encode(), "ร่างสอง!!".encode()))
    found = read(path)
    assert found is not None
    assert (found.write.drafts, found.is_whole) == ((), False)

    monkeypatch.setattr("esa_desktop.storage.rescue._sha256", lambda values: _any_hash)
    found = read(path)

    assert found is not None
    assert found.write.drafts == (draft("ร่างสอง!!"),)


class _AnyHash(str):
    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 0


_any_hash = _AnyHash()


@given(st.floats(0, 1))
def test_of_a_file_that_was_cut_off_the_whole_lines_count(
    tmp_path_factory: pytest.TempPathFactory, share: float
) -> None:
    content = to_bytes(STAMP, WRITE)
    path = tmp_path_factory.getbasetemp() / "cut.jsonl"
    path.write_bytes(content[: int(share * len(content))])

    found = read(path)

    if found is not None:
        assert facts(found.write) <= facts(WRITE)
        assert found.is_whole == (facts(found.write) == facts(WRITE))
    else:
        assert int(share * len(content)) < len(content.split(b"\n")[0]) + 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n",
        b"{}",
        b"[" * 100_000,
        b"\xff\xfe",
        b'{"what":"esa-rescue","version":1}',
        b"\0" * 99,
    ],
)
def test_what_is_no_rescue_file_is_none(path: Path, content: bytes) -> None:
    path.write_bytes(content)

    assert read(path) is None
    assert read(path.parent) is None
    assert read(path.parent / "missing") is None


def test_a_fact_of_a_kind_this_program_does_not_know_is_passed_over(path: Path) -> None:
    from esa_desktop.storage import rescue

    lines = to_bytes(STAMP, WRITE).splitlines(keepends=True)
    values = json.loads(lines[1])
    del values["sha256"]
    lines[1] = rescue._line({**values, "what": "telepathy"})
    path.write_bytes(b"".join(lines))

    found = read(path)

    assert found is not None
    assert not found.is_whole
    assert found.write.revisions == WRITE.revisions


def test_the_net_of_many_writes_keeps_all_revisions_and_the_last_draft() -> None:
    first, second, third = chain(3)
    writes = [
        Write(drafts=(draft("หนึ่ง"),)),
        Write(drafts=(draft("สอง"), draft("อื่น", field=RESULTS)), files=(FILE,)),
        Write(revisions=(first,), dropped=((METHOD, "d1"),)),
        Write(revisions=(second, first), drafts=(draft("สาม", device="d2"),)),
        Write(revisions=(third,)),
    ]

    kept = net(writes)

    assert kept.revisions == (first, second, third)
    assert set(kept.drafts) == {draft("อื่น", field=RESULTS), draft("สาม", device="d2")}
    assert kept.dropped == ((METHOD, "d1"),)
    assert kept.files == (FILE,)
