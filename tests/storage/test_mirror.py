import errno
import itertools
import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esa_desktop.domain.errors import Cancelled, StorageError
from esa_desktop.domain.evidence import EvidenceFile
from esa_desktop.domain.fields import Field, Kind
from esa_desktop.storage import durable
from esa_desktop.storage import mirror as module
from esa_desktop.storage.mirror import Entry, Index, index_of, lay_down, read_index
from tests.storage.projects import is_one_thai_sentence, text_body

FILE = EvidenceFile("ab" * 32, "คำสั่ง แต่งตั้ง.pdf", 1234)


def entry(number: int, text: str = "ข้อความ") -> Entry:
    field = Field("2557", f"issue-{number}", Kind.METHOD)
    return Entry(field, (f"{number:064x}",), text_body(f"{text} {number}"))


ENTRIES = tuple(entry(number) for number in range(20))
TEXTS = {
    "อ่านก่อน.txt": "ก่อน\n",
    "2557/1.1 หนึ่ง.txt": "บรรทัดหนึ่ง\nบรรทัดสอง\n",
    "2557/1.2 สอง.txt": "สอง\n",
}
INDEX = Index("project-1", ENTRIES, (FILE,), tuple(sorted(TEXTS)))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "งาน.esaproj"
    folder.mkdir()
    (folder / "project.db").write_bytes(b"opened by nobody here")
    return folder


def names(project: Path) -> set[str]:
    place = project / "mirror"
    return {path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file()}


def test_texts_open_in_any_notepad_and_the_index_in_any_reader_of_json(project: Path) -> None:
    lay_down(project, TEXTS, INDEX)

    text = (project / "mirror" / "2557" / "1.1 หนึ่ง.txt").read_bytes()
    assert text == "\ufeffบรรทัดหนึ่ง\r\nบรรทัดสอง\r\n".encode()
    told = json.loads(index_of(project).read_text("utf-8"))
    assert (told["format"], told["version"], told["project"]) == ("esa-mirror", 1, "project-1")
    assert told["files"] == [{"sha256": FILE.sha256, "size": 1234, "name": FILE.name}]
    assert [(f["owner"], f["heads"], f["body"]) for f in told["fields"]] == [
        (e.field.owner, list(e.heads), e.body) for e in sorted(ENTRIES, key=lambda e: e.field)
    ]
    assert told["texts"] == sorted(TEXTS)


def test_what_is_read_is_what_was_laid_down(project: Path) -> None:
    several = Entry(Field("", "item-1", Kind.ITEM), ("a" * 64, "b" * 64), "", ("", '{"code":"1"}'))
    index = Index("project-1", (*ENTRIES, several), (FILE,), tuple(sorted(TEXTS)))
    lay_down(project, TEXTS, index)

    found = read_index(project)

    assert found is not None
    assert (found.project, found.files, found.texts) == ("project-1", (FILE,), index.texts)
    assert (set(found.entries), found.is_whole) == (set(index.entries), True)


@given(st.lists(st.text(max_size=100), max_size=5), st.text(max_size=40))
def test_any_body_and_any_name_comes_back(
    tmp_path_factory: pytest.TempPathFactory, bodies: list[str], name: str
) -> None:
    project = tmp_path_factory.getbasetemp() / "any.esaproj"
    project.mkdir(exist_ok=True)
    (project / "project.db").touch()
    entries = {
        Entry(Field("2557", f"issue-{n}", Kind.METHOD), ("c" * 64,), body)
        for n, body in enumerate(bodies)
    }
    file = EvidenceFile("cd" * 32, name, 1)
    lay_down(project, {}, Index("p", tuple(entries), (file,)))

    found = read_index(project)

    assert found is not None
    assert (set(found.entries), found.files, found.is_whole) == (entries, (file,), True)


def test_equal_facts_are_equal_bytes_and_are_not_written_again(project: Path) -> None:
    assert lay_down(project, TEXTS, INDEX) == 4
    before = index_of(project).read_bytes()
    stamp = index_of(project).stat().st_mtime_ns
    shuffled = list(ENTRIES)
    random.Random(1).shuffle(shuffled)

    assert (
        lay_down(
            project, dict(reversed(TEXTS.items())), Index("project-1", tuple(shuffled), (FILE,))
        )
        == 0
    )

    assert (index_of(project).read_bytes(), index_of(project).stat().st_mtime_ns) == (before, stamp)


def test_only_what_changed_is_written(project: Path) -> None:
    lay_down(project, TEXTS, INDEX)

    assert lay_down(project, {**TEXTS, "2557/1.2 สอง.txt": "อื่น\n"}, INDEX) == 1


def test_what_is_gone_is_removed_and_what_others_put_there_stays(project: Path) -> None:
    lay_down(project, {**TEXTS, "2556/1.1 เก่า.txt": "เก่า"}, INDEX)
    mine = project / "mirror" / "2557" / "1.2 สอง - สำเนา.txt"
    mine.write_text("ของฉัน")

    lay_down(project, {"2557/1.1 หนึ่ง.txt": "หนึ่ง"}, INDEX)

    assert names(project) == {"index.json", "2557/1.1 หนึ่ง.txt", "2557/1.2 สอง - สำเนา.txt"}
    assert not (project / "mirror" / "2556").exists()


@pytest.mark.parametrize(
    "name", ["../project.db", "2557/../../a.txt", "/etc/x.txt", "C:\\x.txt", "a/b.txt"]
)
def test_a_name_that_leads_elsewhere_is_never_removed(project: Path, name: str) -> None:
    lay_down(project, TEXTS, INDEX)
    outside = (project / "mirror" / name).resolve() if name[0] != "/" else project / "x.txt"
    outside.parent.mkdir(parents=True, exist_ok=True)
    outside.write_text("not ours")
    content = index_of(project).read_bytes()
    spelled = json.dumps(name, ensure_ascii=False).encode()
    index_of(project).write_bytes(
        content.replace(b'"texts":[\n', b'"texts":[\n' + spelled + b",\n")
    )

    lay_down(project, TEXTS, INDEX)

    assert outside.read_text() == "not ours"


def test_what_a_crash_left_half_written_is_swept_and_nothing_else(project: Path) -> None:
    place = project / "mirror" / "2557"
    place.mkdir(parents=True)
    left = place / "1.1 หนึ่ง.txt.0123abcd.part"
    others = [place / "ดาวน์โหลด.part", place / "x.0123abcd.part.txt"]
    for path in (left, *others):
        path.write_text("x")

    lay_down(project, TEXTS, INDEX)

    assert not left.exists()
    assert all(path.exists() for path in others)


def damaged_somewhere(content: bytes, dice: random.Random) -> bytes:
    start = dice.randrange(len(content))
    if dice.random() < 0.5:
        flipped = content[start] ^ (1 << dice.randrange(8))
        return content[:start] + bytes([flipped]) + content[start + 1 :]
    if dice.random() < 0.5:
        return content[:start]
    return content[:start] + dice.randbytes(300) + content[start + 300 :]


def test_of_a_damaged_index_only_what_proves_itself_is_read(project: Path) -> None:
    lay_down(project, TEXTS, INDEX)
    content = index_of(project).read_bytes()
    dice = random.Random(2)
    kept = 0
    for _ in range(300):
        index_of(project).write_bytes(damaged_somewhere(content, dice))
        found = read_index(project)
        assert found is not None
        assert set(found.entries) <= set(ENTRIES)
        assert found.project in ("", "project-1")
        assert not found.is_whole or len(found.entries) == len(ENTRIES)
        kept += len(found.entries)
    assert kept > 300 * len(ENTRIES) * 0.8


def test_without_the_proof_damage_would_come_in(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the test above."""
    lay_down(project, TEXTS, INDEX)
    content = index_of(project).read_bytes()
    monkeypatch.setattr(module, "_is_proven", lambda values: True)
    dice = random.Random(2)
    wrong = 0
    for _ in range(100):
        index_of(project).write_bytes(damaged_somewhere(content, dice))
        found = read_index(project)
        wrong += found is not None and not set(found.entries) <= set(ENTRIES)
    assert wrong > 10


@pytest.mark.parametrize("content", [b"", b"[" * 99_999, b"\xff" * 99, b"{}", b"null\n", b'"x"'])
def test_what_is_no_index_gives_nothing_and_is_written_anew(project: Path, content: bytes) -> None:
    index_of(project).parent.mkdir(parents=True)
    index_of(project).write_bytes(content)

    found = read_index(project)
    lay_down(project, TEXTS, INDEX)

    assert found is not None
    assert (found.entries, found.project, found.is_whole) == ((), "", False)
    assert read_index(project.parent) is None
    again = read_index(project)
    assert again is not None
    assert again.is_whole


@pytest.mark.parametrize(
    ("number", "words"), [(errno.ENOSPC, "เนื้อที่เต็ม"), (errno.EIO, "ไดรฟ์"), (errno.EACCES, "ปิดไฟล์")]
)
def test_a_disk_that_refuses_at_any_file_leaves_the_old_ones_whole(
    project: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    lay_down(project, TEXTS, INDEX)
    before = {name: (project / "mirror" / name).read_bytes() for name in names(project)}
    after = {name: text + "ใหม่" for name, text in TEXTS.items()}
    newer = Index("project-1", (*ENTRIES, entry(99)), (FILE,))
    for place in range(4):
        lay_down(project, TEXTS, INDEX)
        flushed = itertools.count()

        def refuse(
            descriptor: int, flushed: "itertools.count[int]" = flushed, place: int = place
        ) -> None:
            if next(flushed) >= place * 2:  # the file, then its folder
                raise OSError(number, "refused")

        with monkeypatch.context() as failing:
            failing.setattr(durable, "flush_to_disk", refuse)
            with pytest.raises(StorageError, match=words) as refusal:
                lay_down(project, after, newer)
        assert is_one_thai_sentence(refusal.value)
        assert "บันทึกแล้ว" in str(refusal.value)  # the work itself is safe
        for name, content in before.items():
            now = (project / "mirror" / name).read_bytes()
            assert now in (content, module._for_notepad(after.get(name, "")))
        assert not [name for name in names(project) if name.endswith(".part")]
    lay_down(project, after, newer)
    assert lay_down(project, after, newer) == 0


def test_a_text_that_is_open_in_another_program_does_not_keep_the_others_back(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay_down(project, TEXTS, INDEX)
    real = module.write_durably

    def held(path: Path, content: bytes) -> None:
        if path.name == "1.1 หนึ่ง.txt":
            raise PermissionError(errno.EACCES, "held by Word")
        real(path, content)

    monkeypatch.setattr(module, "write_durably", held)
    newer = Index("project-1", (*ENTRIES, entry(99)), (FILE,))
    with pytest.raises(StorageError, match="ปิดไฟล์"):
        lay_down(project, {name: text + "ใหม่" for name, text in TEXTS.items()}, newer)

    found = read_index(project)
    assert found is not None
    assert entry(99) in found.entries
    assert "ใหม่" in (project / "mirror" / "2557" / "1.2 สอง.txt").read_text("utf-8-sig")


def test_of_a_project_that_was_renamed_nothing_is_made_where_it_was(project: Path) -> None:
    """A folder with a mirror and no database would pass for a damaged project."""
    project.rename(project.with_name("ใหม่.esaproj"))
    assert lay_down(project, TEXTS, INDEX) == 0
    assert not project.exists()


def test_a_project_that_is_renamed_between_two_texts_is_left_alone(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    renamed = project.with_name("ใหม่.esaproj")

    def write(path: Path, content: bytes) -> None:
        durable.write_durably(path, content)
        if not renamed.exists():
            project.rename(renamed)

    monkeypatch.setattr(module, "write_durably", write)
    assert lay_down(project, TEXTS, INDEX) == 1
    assert not project.exists()
    assert len(names(renamed)) == 1


def test_cancelled_the_old_index_stays(project: Path) -> None:
    lay_down(project, TEXTS, INDEX)
    answers = iter([False, True])

    with pytest.raises(Cancelled):
        lay_down(project, dict.fromkeys(TEXTS, "x"), Index("p", (), ()), lambda: next(answers))

    found = read_index(project)
    assert found is not None
    assert found.project == "project-1"
