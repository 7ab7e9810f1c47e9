import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from esa_desktop.domain.errors import ValueRefused
from esa_desktop.domain.fields import Kind
from esa_desktop.domain.revision import make_revision
from esa_desktop.storage.lock import Holder, write_holder
from esa_desktop.storage.store import Store, Write
from tests.e2e.shell import Shell
from tests.projects import YEAR

ELSEWHERE = Holder("นายธีระ", "PC-๐๙", "2026-11-22T03:00:00.000+00:00", "device-9")
HOLD = """
import sys
from pathlib import Path
from esa_desktop.services.identity import Who
from esa_desktop.services.projects import open_project
project = open_project(Path(sys.argv[1]), who=Who("ผู้ถือ", "device-1", "PC-1"))
print("open", flush=True)
sys.stdin.read()
project.close()
"""


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(monkeypatch, capsys)


@pytest.fixture
def place(shell: Shell, tmp_path: Path) -> Path:
    """A small project: a text of two versions, a level, a file of evidence."""
    place = tmp_path / "งาน.esaproj"
    office = ("--office", "สพป.ทดสอบ เขต ๒", "--year", str(YEAR))
    shell.json("new", place, "--framework", "obec-2557", *office)
    shell.json("set", place, "1.2.1", "method", typed="๑. ประชุมชี้แจง")
    shell.json("set", place, "1.2.1", "method", typed="๑. ประชุมชี้แจงผู้บริหารทุกแห่ง ปี ๒๕๕๗")
    shell.json("set", place, "1.2", "level", typed="4")
    evidence = tmp_path / "คำสั่ง.txt"
    evidence.write_text("คำสั่งแต่งตั้งคณะทำงาน", encoding="utf-8")
    shell.json("attach", place, "1.2.1", evidence)
    return place


def evidence_file(place: Path) -> Path:
    (file,) = (place / "evidence").glob("??/*")
    return file


def bytes_of(place: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(place)): file.read_bytes()
        for file in sorted(place.rglob("*"))
        if file.is_file()
    }


@contextmanager
def held_open(place: Path) -> Iterator[None]:
    """Another process has the project open."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(place)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        try:
            yield
        finally:
            holder.communicate("")
        assert holder.returncode == 0


# --- backup and restore -------------------------------------------------------------------------


def test_a_backup_is_told_by_its_number_and_one_without_news_is_not_made(
    shell: Shell, place: Path
) -> None:
    first = shell.json("backup", place)
    again = shell.json("backup", place)
    shell.json("set", place, "1.2", "level", typed="5")
    second = shell.json("backup", place)

    assert (first["new"], again["new"], second["new"]) == (True, False, True)
    assert again["folder"] == first["folder"]
    assert second["number"] > first["number"]
    assert (Path(second["folder"]) / "project.db").is_file()
    listed = shell.json("backup", place, "--list")
    assert [one["number"] for one in listed] == [second["number"], first["number"]]
    code, out, err = shell.run("backup", place)
    assert (code, err) == (0, "")
    assert out.startswith("ไม่มีอะไรเปลี่ยน")


def test_a_backup_becomes_a_project_of_its_own_that_says_what_was_said_then(
    shell: Shell, place: Path, tmp_path: Path
) -> None:
    then = shell.json("show", place)
    number = shell.json("backup", place)["number"]
    shell.json("set", place, "1.2.1", "method", typed="ลบทิ้งทั้งหมด")
    now = shell.json("show", place)

    told = shell.json("restore", place, str(number), "--to", tmp_path / "เดิม.esaproj")

    restored = Path(told["project"])
    assert restored == tmp_path / "เดิม.esaproj"
    assert shell.json("show", restored) == then != now
    assert shell.json("show", place) == now
    assert evidence_file(restored).read_bytes() == evidence_file(place).read_bytes()
    assert shell.json("check", restored)["whole"] is True


@pytest.mark.parametrize("named", ["{number}", "๐{number}", "{name}", "{folder}"])
def test_a_backup_may_be_named_by_number_name_or_folder(
    shell: Shell, place: Path, tmp_path: Path, named: str
) -> None:
    told = shell.json("backup", place)
    folder = Path(told["folder"])
    word = named.format(number=told["number"], name=folder.name, folder=folder)

    shell.json("restore", place, word, "--to", tmp_path / "เดิม.esaproj")

    assert shell.json("show", tmp_path / "เดิม.esaproj") == shell.json("show", place)


def test_a_copy_on_another_drive_brings_everything_back_when_the_project_is_gone(
    shell: Shell, place: Path, tmp_path: Path
) -> None:
    then = shell.json("show", place)
    stick = tmp_path / "แฟลชไดรฟ์"
    stick.mkdir()

    copied = shell.json("backup", place, "--to", stick)
    shutil.rmtree(place)

    assert stick in Path(copied["folder"]).parents
    for number, named in enumerate([copied["folder"], Path(copied["folder"]).parent.parent, stick]):
        back = tmp_path / f"กลับมา {number}.esaproj"
        shell.json("restore", place, named, "--to", back)
        assert shell.json("show", back) == then
        assert evidence_file(back).read_text("utf-8") == "คำสั่งแต่งตั้งคณะทำงาน"


def test_what_cannot_be_restored_is_refused_and_nothing_is_left(
    shell: Shell, place: Path, tmp_path: Path
) -> None:
    new = tmp_path / "ใหม่.esaproj"
    assert "ไม่พบข้อมูลสำรอง" in shell.refusal("restore", place, "1", "--to", new)
    number = shell.json("backup", place)["number"]
    assert "เลขชุด" in shell.refusal("restore", place, str(number + 7), "--to", new)
    shell.refusal("restore", place, tmp_path, "--to", new)
    assert not new.exists()
    before = shell.json("show", place)
    shell.refusal("restore", place, str(number), "--to", place)
    assert shell.json("show", place) == before


# --- check --------------------------------------------------------------------------------------


def found(shell: Shell, place: Path) -> dict[str, Any]:
    """The report of a check that finds something: exit 2, a sentence, the report all the same."""
    code, out, err = shell.run("check", place, "--json")
    assert (code, err.count("\n")) == (2, 1)
    told: dict[str, Any] = json.loads(out)
    assert told["whole"] is False
    assert told["sentences"]
    return told


def test_a_whole_project_is_said_to_be_whole(shell: Shell, place: Path) -> None:
    told = shell.json("check", place)

    assert (told["whole"], told["opens"], told["faults"]) == (True, True, [])
    assert told["revisions"] > 5
    assert told["evidence"]["files"] == 1
    code, out, err = shell.run("check", place)
    assert (code, err) == (0, "")
    assert out.strip()


def test_evidence_that_was_changed_or_lost_is_named(shell: Shell, place: Path) -> None:
    file = evidence_file(place)
    file.chmod(0o600)
    file.write_bytes(b"x" + file.read_bytes()[1:])
    (changed,) = found(shell, place)["evidence"]["changed"]
    assert changed["sha256"] == file.name

    file.unlink()
    (missing,) = found(shell, place)["evidence"]["missing"]
    assert missing["sha256"] == file.name
    assert missing["name"] == "คำสั่ง.txt"
    assert missing["item"].startswith("1.2.1-01")


def empty_rows(database: Path) -> None:
    """Page 1 still says that it is a project."""
    content = database.read_bytes()
    database.write_bytes(content[:4096] + bytes(len(content) - 4096))


def garbage(database: Path) -> None:
    database.write_bytes(b"\x07" * database.stat().st_size)


@pytest.mark.parametrize("damage", [empty_rows, garbage, Path.unlink])
def test_a_damaged_project_is_looked_at_and_left_as_it_is(
    shell: Shell, place: Path, damage: Callable[[Path], None]
) -> None:
    shell.json("backup", place)
    revisions = shell.json("check", place)["revisions"]
    damage(place / "project.db")
    before = bytes_of(place)

    told = found(shell, place)

    assert told["opens"] is False
    recovery = told["recovery"]
    assert (recovery["whole"], recovery["from_backups"]) == (revisions, revisions)
    assert (recovery["lost"], recovery["evidence_files"]) == (0, 1)
    assert bytes_of(place) == before


# --- history and search -------------------------------------------------------------------------


def test_the_history_of_a_field_begins_with_what_it_says_now(shell: Shell, place: Path) -> None:
    told = shell.json("history", place, "๑.๒.๑", "method")

    assert (told["code"], told["field"]) == ("1.2.1", "method")
    assert [version["text"] for version in told["versions"]] == [
        "๑. ประชุมชี้แจงผู้บริหารทุกแห่ง ปี ๒๕๕๗",
        "๑. ประชุมชี้แจง",
    ]
    newest, first = told["versions"]
    assert (newest["current"], first["current"]) == (True, False)
    assert newest["parents"] == [first["id"]]
    assert all(v["author"] and v["computer"] and v["time"] for v in told["versions"])
    assert shell.json("history", place, "1.2.2", "results")["versions"] == []
    code, out, _ = shell.run("history", place, "1.2.1", "method")
    assert code == 0
    assert out.index("ทุกแห่ง") < out.rindex("ประชุมชี้แจง")


def test_two_heads_are_both_current(shell: Shell, place: Path) -> None:
    store = Store.open(place, ELSEWHERE)
    (level,) = [field for field in store.load().heads if field.kind is Kind.LEVEL]
    other = make_revision(
        level, (), "5", author=ELSEWHERE.person, device=ELSEWHERE.device, time=ELSEWHERE.since
    )
    store.write(Write(revisions=(other,)))
    store.close()

    versions = shell.json("history", place, "1.2", "level")["versions"]

    assert [(v["text"], v["current"]) for v in versions] == [("5", True), ("4", True)]
    assert versions[0]["author"] == ELSEWHERE.person


def test_words_are_found_with_either_digits_and_told_where_they_stand(
    shell: Shell, place: Path
) -> None:
    shell.json("set", place, "book", "foreword", typed="คำนำของปี 2557")

    for words in ("ปี 2557", "ปี ๒๕๕๗"):
        hits = shell.json("search", place, words)["hits"]
        assert [(hit["code"], hit["field"]) for hit in hits] == [
            ("1.2.1", "method"),
            ("book", "foreword"),
        ]
        assert all("2557" in hit["snippet"] or "๒๕๕๗" in hit["snippet"] for hit in hits)
    assert shell.json("search", place, "คำสั่ง")["hits"][0]["field"] == "item"
    assert shell.json("search", place, "ไม่มีคำนี้")["hits"] == []
    assert shell.run("search", place, "ไม่มีคำนี้") == (0, "ไม่พบ “ไม่มีคำนี้”\n", "")
    assert "คำที่" in shell.refusal("search", place, "  ")


# --- a project that is open elsewhere -----------------------------------------------------------


def test_what_is_open_elsewhere_can_be_read_but_not_written(
    shell: Shell, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("esa_desktop.storage.database.PATIENCE", 0.1)
    shown = shell.json("show", place)
    pdf = tmp_path / "แบบ.pdf"
    with held_open(place):
        before = bytes_of(place)
        for words in (("show", place), ("search", place, "ประชุม"), ("export", place, "-o", pdf)):
            assert "เปิดอยู่" in shell.refusal(*words)
        assert not pdf.exists()

        assert shell.json("show", place, "--read-only") == shown
        assert shell.json("search", place, "ประชุม", "--read-only")["hits"]
        assert shell.json("history", place, "1.2.1", "method", "--read-only")["versions"]
        assert shell.json("check", place, "--read-only")["whole"] is True
        assert shell.json("export", place, "-o", pdf, "--read-only")["pages"] > 0

        assert pdf.read_bytes().startswith(b"%PDF")
        assert bytes_of(place) == before
        assert "--help" in shell.refusal("set", place, "1.2", "level", "--read-only", typed="3")
        assert "เปิดอยู่" in shell.refusal("set", place, "1.2", "level", typed="3")
    shell.json("set", place, "1.2", "level", typed="3")


def test_a_project_left_open_on_another_computer_is_taken_over_when_told_to(
    shell: Shell, place: Path
) -> None:
    write_holder(place, ELSEWHERE)

    assert ELSEWHERE.computer in shell.refusal("set", place, "1.2", "level", typed="3")
    shell.json("set", place, "1.2", "level", "--take-over", typed="3")

    assert shell.json("history", place, "1.2", "level")["versions"][0]["text"] == "3"


def test_what_could_not_be_written_is_no_success(
    shell: Shell, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise ValueRefused("เขียนไม่ได้")

    with monkeypatch.context() as broken:
        broken.setattr(Store, "write", refuse)
        assert shell.refusal("set", place, "1.2", "level", typed="1") == "เขียนไม่ได้\n"

    assert shell.json("history", place, "1.2", "level")["versions"][0]["text"] == "4"


def test_pages_printed_from_a_project_that_is_only_read_are_not_remembered(
    shell: Shell, place: Path, tmp_path: Path
) -> None:
    pdf = tmp_path / "แบบ.pdf"
    revisions = shell.json("check", place)["revisions"]

    assert shell.json("export", place, "-o", pdf, "--read-only")["pages"] > 0
    assert shell.json("check", place)["revisions"] == revisions
    assert shell.json("export", place, "-o", pdf, "--changed")["pages"] > 0


# --- before an upgrade --------------------------------------------------------------------------


def opened_in_the_window(place: Path) -> None:
    """As the window does, this user folder hears of the project."""
    from esa_desktop.paths import user_folder
    from esa_desktop.services.known_copies import note
    from tests.projects import opened

    with opened(place) as project:
        note(user_folder(), project)


def test_all_projects_opened_lately_are_backed_up_at_once(
    shell: Shell, place: Path, tmp_path: Path
) -> None:
    assert shell.json("backup", "--recent") == []
    opened_in_the_window(place)
    (told,) = shell.json("backup", "--recent", "-o", tmp_path / "ผล.json")
    assert (told["project"], told["state"]) == (str(place), "made")
    assert Path(told["backup"]).is_dir()
    assert json.loads((tmp_path / "ผล.json").read_text(encoding="utf-8")) == [told]
    code, out, err = shell.run("backup", "--recent")
    assert (code, out, err) == (0, "งาน: สำรองไว้ครบแล้ว\n", "")


def test_a_backup_that_should_have_worked_is_an_error_and_the_result_is_written(
    shell: Shell, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from esa_desktop.domain.errors import NoRoom
    from esa_desktop.services import recent_backups

    opened_in_the_window(place)

    def full(*_: object) -> None:
        raise NoRoom("ไม่มีที่ว่าง กรุณาลบไฟล์ที่ไม่ใช้")

    monkeypatch.setattr(recent_backups, "back_up", full)
    code, out, err = shell.run("backup", "--recent", "-o", tmp_path / "ผล.json")
    assert (code, err.count("\n")) == (2, 1)
    assert "ไม่มีที่ว่าง" in out
    (told,) = json.loads((tmp_path / "ผล.json").read_text(encoding="utf-8"))
    assert told["state"] == "failed"


def test_recent_takes_no_project_and_without_it_one_is_needed(shell: Shell, place: Path) -> None:
    assert "--recent" in shell.refusal("backup", place, "--recent")
    assert "--recent" in shell.refusal("backup")
