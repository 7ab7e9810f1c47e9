"""The guardian's timing on a fake backup, and what it leaves on the disk with the real ones."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, QTimer
from pytestqt.qtbot import QtBot

from esa_desktop.domain.errors import Cancelled, EsaError, StorageError
from esa_desktop.domain.fields import Kind, issue_field
from esa_desktop.domain.richtext import from_plain
from esa_desktop.services.attaching import attach
from esa_desktop.services.backing_up import Reason, list_backups
from esa_desktop.services.health_dates import check_is_due
from esa_desktop.services.projects import Project, open_project
from esa_desktop.storage.evidence_files import keep
from esa_desktop.ui import guardian as guardian_module
from esa_desktop.ui.guardian import Guardian, Pauses
from tests.projects import WHO, YEAR, new_project

NEVER = 10_000_000
FULL = StorageError("ดิสก์เต็ม")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    opened = open_project(new_project(tmp_path), who=WHO)
    yield opened
    opened.close()


class Backups:
    """Stands for `back_up`: notes every call, and does what it is told."""

    def __init__(self) -> None:
        self.reasons: list[Reason] = []
        self.error: EsaError | None = None
        self.gate: threading.Event | None = None
        self.ended: list[str] = []

    def __call__(self, _project: Project, reason: Reason, *, cancelled: Callable[[], bool]) -> None:
        self.reasons.append(reason)
        while self.gate is not None and not self.gate.wait(0.005):
            if cancelled():
                self.ended.append("cancelled")
                raise Cancelled("ยกเลิกแล้ว")
        self.ended.append("failed" if self.error else "made")
        if self.error is not None:
            raise self.error


@pytest.fixture
def backups(monkeypatch: pytest.MonkeyPatch) -> Backups:
    made = Backups()
    monkeypatch.setattr(guardian_module, "back_up", made)
    return made


@pytest.fixture
def mirrors(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many fields each mirror was given."""
    made: list[int] = []

    def note(_folder: Path, _id: str, views: dict[object, object], *, cancelled: object) -> int:
        made.append(len(views))
        return 0

    monkeypatch.setattr(guardian_module, "mirror", note)
    return made


@pytest.fixture
def guard(project: Project, tmp_path: Path) -> Iterator[Callable[..., Guardian]]:
    made: list[Guardian] = []

    def make(
        opened: int = NEVER,
        worked: int = NEVER,
        failed: int = NEVER,
        idle: int = NEVER,
        mirrored: int = NEVER,
        checked: int = NEVER,
    ) -> Guardian:
        pauses = Pauses(opened, worked, failed, idle, mirrored, checked)
        made.append(Guardian(project, tmp_path, pauses=pauses))
        return made[-1]

    yield make
    for guardian in made:
        guardian.stop()
        guardian.deleteLater()


def write(project: Project, words: str, issue: str = "1.1.1") -> None:
    issue_id = project.editor.round.framework.issue(issue).id
    field = issue_field(YEAR, issue_id, Kind.METHOD)
    project.editor.apply(project.editor.change(field, from_plain(words)))


def pause(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def test_opening_backs_up_but_not_at_once(
    qtbot: QtBot, guard: Callable[..., Guardian], backups: Backups, mirrors: list[int]
) -> None:
    guard(opened=30)
    assert backups.reasons == []

    qtbot.waitUntil(lambda: backups.reasons == [Reason.OPENED])


def test_without_a_change_there_is_no_second_backup(
    qtbot: QtBot, guard: Callable[..., Guardian], backups: Backups, mirrors: list[int]
) -> None:
    guard(opened=1, worked=10)
    qtbot.waitUntil(lambda: backups.ended == ["made"])

    pause(100)

    assert backups.reasons == [Reason.OPENED]


def test_steady_work_is_backed_up_and_typing_does_not_put_it_off(
    qtbot: QtBot,
    project: Project,
    guard: Callable[..., Guardian],
    backups: Backups,
    mirrors: list[int],
) -> None:
    guard(worked=80)

    for n in range(20):
        write(project, f"ครั้งที่ {n}")
        pause(20)

    assert 2 <= backups.reasons.count(Reason.WORKED) <= 5


def test_a_failure_is_said_once_until_one_succeeds(
    qtbot: QtBot,
    project: Project,
    guard: Callable[..., Guardian],
    backups: Backups,
    mirrors: list[int],
) -> None:
    backups.error = FULL
    said: list[EsaError] = []
    guardian = guard(opened=1, worked=1, failed=20)
    guardian.said.connect(said.append)

    qtbot.waitUntil(lambda: len(backups.reasons) >= 4)
    assert said == [FULL]

    backups.error = None
    qtbot.waitUntil(lambda: "made" in backups.ended)
    qtbot.waitUntil(lambda: not guardian._work.isActive())
    backups.error = FULL
    write(project, "เปลี่ยน")
    qtbot.waitUntil(lambda: len(said) == 2)


def test_stop_waits_for_the_backup_under_way(
    qtbot: QtBot, guard: Callable[..., Guardian], backups: Backups, mirrors: list[int]
) -> None:
    backups.gate = threading.Event()
    guardian = guard(opened=1)
    qtbot.waitUntil(lambda: bool(backups.reasons))
    threading.Timer(0.2, backups.gate.set).start()

    guardian.stop(5)

    assert backups.ended == ["made"]


def test_stop_has_an_end_with_a_disk_that_hangs(
    qtbot: QtBot, guard: Callable[..., Guardian], backups: Backups, mirrors: list[int]
) -> None:
    backups.gate = threading.Event()
    guardian = guard(opened=1)
    qtbot.waitUntil(lambda: bool(backups.reasons))

    guardian.stop(0.05)

    qtbot.waitUntil(lambda: backups.ended == ["cancelled"])


def test_the_end_of_the_guardian_is_not_the_end_of_its_backup(
    qtbot: QtBot, project: Project, tmp_path: Path, backups: Backups, mirrors: list[int]
) -> None:
    backups.gate = threading.Event()
    guardian = Guardian(project, tmp_path, pauses=Pauses(opened=1))
    qtbot.waitUntil(lambda: bool(backups.reasons))

    guardian.deleteLater()
    pause(50)
    backups.gate.set()

    qtbot.waitUntil(lambda: backups.ended == ["made"])


def test_the_mirror_waits_for_quiet_and_does_not_come_too_often(
    qtbot: QtBot,
    project: Project,
    guard: Callable[..., Guardian],
    backups: Backups,
    mirrors: list[int],
) -> None:
    guard(idle=60, mirrored=400)
    for n in range(10):
        write(project, f"ครั้งที่ {n}")
        pause(20)
    assert mirrors == []
    qtbot.waitUntil(lambda: len(mirrors) == 1)

    write(project, "อีกครั้ง")
    pause(200)
    assert len(mirrors) == 1
    qtbot.waitUntil(lambda: len(mirrors) == 2)


def test_stop_writes_the_mirror_of_the_last_words(
    project: Project, guard: Callable[..., Guardian], qtbot: QtBot
) -> None:
    guardian = guard()
    write(project, "ประโยคสุดท้ายก่อนปิด")

    guardian.stop()

    texts = [p.read_text(encoding="utf-8-sig") for p in project.folder.glob("mirror/*/*.txt")]
    assert any("ประโยคสุดท้ายก่อนปิด" in text for text in texts)


def test_after_stop_nothing_begins_any_more(
    qtbot: QtBot,
    project: Project,
    guard: Callable[..., Guardian],
    backups: Backups,
    mirrors: list[int],
) -> None:
    guardian = guard(opened=20, worked=20, idle=20)
    guardian.stop()
    count = len(mirrors)

    write(project, "หลังหยุด")
    pause(100)

    assert backups.reasons == []
    assert len(mirrors) == count


def test_the_backups_on_the_disk_are_of_what_was_typed(
    qtbot: QtBot, project: Project, guard: Callable[..., Guardian]
) -> None:
    guard(opened=1, worked=50)
    qtbot.waitUntil(lambda: len(list_backups(project.folder)) == 1, timeout=10_000)
    issue = project.editor.round.framework.issue("1.1.1").id

    project.editor.type_value(issue_field(YEAR, issue, Kind.METHOD), from_plain("กำลังพิมพ์"))

    qtbot.waitUntil(lambda: len(list_backups(project.folder)) == 2, timeout=10_000)
    newest, oldest = list_backups(project.folder)
    assert (newest.reason, oldest.reason) == (Reason.WORKED, Reason.OPENED)
    # The text and the name of the computer: drafts are cut before the copy is made.
    assert newest.revisions > oldest.revisions


def test_once_a_week_everything_is_checked_through_and_a_sound_project_hears_nothing(
    guard: Callable[..., Guardian], project: Project, tmp_path: Path, qtbot: QtBot
) -> None:
    ailing: list[bool] = []
    guardian = guard(checked=0)
    guardian.ailing.connect(lambda: ailing.append(True))
    qtbot.waitUntil(lambda: not check_is_due(tmp_path, project.project_id))
    assert ailing == []


def test_what_the_weekly_check_finds_is_told_and_looked_for_again(
    guard: Callable[..., Guardian], project: Project, tmp_path: Path, qtbot: QtBot
) -> None:
    source = tmp_path / "คำสั่ง.pdf"
    source.write_bytes(b"%PDF")
    issue = next(issue.id for _, _, issue in project.editor.round.framework.issues())
    project.editor.apply(attach(project.editor, issue, [keep(source, project.folder)]))
    project.flush()
    next(path for path in project.folder.glob("evidence/*/*")).write_bytes(b"%PDX")
    guardian = guard(checked=0)
    with qtbot.waitSignal(guardian.ailing):
        pass
    assert check_is_due(tmp_path, project.project_id)
