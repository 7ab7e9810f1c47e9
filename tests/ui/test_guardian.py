"""The guardian's timing on a fake backup, and what it leaves on the disk with the real ones."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, QThreadPool, QTimer
from pytestqt.qtbot import QtBot

from esa_desktop.domain.errors import Cancelled, EsaError, StorageError
from esa_desktop.domain.fields import Field, Kind, issue_field
from esa_desktop.domain.revision import FieldView
from esa_desktop.domain.richtext import from_plain
from esa_desktop.services.attaching import attach
from esa_desktop.services.backing_up import Reason, list_backups
from esa_desktop.services.health_dates import check_is_due
from esa_desktop.services.mirroring import mirror
from esa_desktop.services.projects import Project, open_project
from esa_desktop.storage.evidence_files import keep
from esa_desktop.storage.store import Store
from esa_desktop.ui import guardian as guardian_module
from esa_desktop.ui.guardian import PATIENCE, Guardian, Pauses
from tests.projects import WHO, YEAR, new_project

NEVER = 10_000_000
FULL = StorageError("ดิสก์เต็ม")

Views = Mapping[Field, FieldView]


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
        self.is_deaf_for = 0.0
        """Seconds from the wish to stop until it is heard, as on a disk that hangs."""

    def __call__(self, _project: Project, reason: Reason, *, cancelled: Callable[[], bool]) -> None:
        self.reasons.append(reason)
        while self.gate is not None and not self.gate.wait(0.005):
            if cancelled():
                time.sleep(self.is_deaf_for)
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


class SlowMirrors:
    """The real mirror behind a gate; counts how many run at once."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.begun: list[Callable[[], bool]] = []
        """Whether each was cancelled."""
        self.ended = 0
        self.most_at_once = 0

    def __call__(
        self, folder: Path, project_id: str, views: Views, *, cancelled: Callable[[], bool]
    ) -> int:
        self.begun.append(cancelled)
        self.most_at_once = max(self.most_at_once, len(self.begun) - self.ended)
        try:
            assert self.gate.wait(5)
            return mirror(folder, project_id, views, cancelled=cancelled)
        finally:
            self.ended += 1


@pytest.fixture
def slow_mirrors(monkeypatch: pytest.MonkeyPatch) -> Iterator[SlowMirrors]:
    made = SlowMirrors()
    monkeypatch.setattr(guardian_module, "mirror", made)
    yield made
    made.gate.set()


@pytest.fixture
def full_pool() -> Iterator[None]:
    """As many long tasks as Qt's own pool takes at a time: a print, a film on its way."""
    gate = threading.Event()
    pool = QThreadPool.globalInstance()
    for _ in range(pool.maxThreadCount()):
        pool.start(lambda: gate.wait(10))
    yield
    gate.set()


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


def mirrored(folder: Path) -> str:
    return "".join(p.read_text(encoding="utf-8-sig") for p in folder.glob("mirror/*/*.txt"))


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


def test_stop_cancels_the_backup_under_way_and_waits_until_it_has_gone(
    qtbot: QtBot, guard: Callable[..., Guardian], backups: Backups, mirrors: list[int]
) -> None:
    backups.gate = threading.Event()
    guardian = guard(opened=1)
    qtbot.waitUntil(lambda: bool(backups.reasons))

    guardian.stop()

    assert backups.ended == ["cancelled"]


@pytest.mark.alone
def test_a_cancelled_backup_leaves_the_older_ones(
    qtbot: QtBot, project: Project, guard: Callable[..., Guardian], monkeypatch: pytest.MonkeyPatch
) -> None:
    guard(opened=1)
    qtbot.waitUntil(lambda: len(list_backups(project.folder)) == 1, timeout=10_000)
    write(project, "หลังสำรองครั้งแรก")
    copying = threading.Event()

    def never_ends(_: object, path: Path, breathe: Callable[[], None]) -> None:
        path.write_bytes(b"half of it")
        copying.set()
        until = time.monotonic() + 5
        while time.monotonic() < until:
            time.sleep(0.002)
            breathe()

    monkeypatch.setattr(Store, "copy_to", never_ends)
    guardian = guard(opened=1)
    qtbot.waitUntil(copying.is_set)
    begun = time.monotonic()

    guardian.stop()

    assert time.monotonic() - begun < PATIENCE
    assert [backup.reason for backup in list_backups(project.folder)] == [Reason.OPENED]
    assert not list(project.folder.glob("backups/*.part"))


@pytest.mark.alone
def test_a_backup_that_had_no_turn_yet_is_not_waited_for(
    qtbot: QtBot, full_pool: None, guard: Callable[..., Guardian], backups: Backups
) -> None:
    guardian = guard(opened=1)
    qtbot.waitUntil(lambda: guardian._backup.is_busy)
    begun = time.monotonic()

    guardian.stop(10)

    assert time.monotonic() - begun < 1
    assert backups.reasons == []


@pytest.mark.alone
def test_stop_has_an_end_with_a_disk_that_hangs(
    qtbot: QtBot, guard: Callable[..., Guardian], backups: Backups, mirrors: list[int]
) -> None:
    backups.gate = threading.Event()
    backups.is_deaf_for = 0.8
    guardian = guard(opened=1)
    qtbot.waitUntil(lambda: bool(backups.reasons))

    begun = time.monotonic()
    guardian.stop(0.05)
    assert time.monotonic() - begun < 0.6

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

    qtbot.waitUntil(lambda: "ประโยคสุดท้ายก่อนปิด" in mirrored(project.folder))


@pytest.mark.alone
def test_two_long_tasks_hold_up_neither_the_closing_nor_the_last_mirror(
    qtbot: QtBot, full_pool: None, project: Project, guard: Callable[..., Guardian]
) -> None:
    guardian = guard()
    write(project, "ประโยคสุดท้ายก่อนปิด")
    begun = time.monotonic()

    guardian.stop()

    assert time.monotonic() - begun < 1
    qtbot.waitUntil(lambda: "ประโยคสุดท้ายก่อนปิด" in mirrored(project.folder), timeout=3000)


@pytest.mark.alone
def test_a_slow_mirror_does_not_hold_up_the_closing(
    qtbot: QtBot, guard: Callable[..., Guardian], slow_mirrors: "SlowMirrors"
) -> None:
    guardian = guard()
    begun = time.monotonic()

    guardian.stop(10)

    assert time.monotonic() - begun < 1
    slow_mirrors.gate.set()
    qtbot.waitUntil(lambda: slow_mirrors.ended == 1)


def test_closed_and_opened_again_the_newer_mirror_waits_for_the_older_and_wins(
    qtbot: QtBot, project: Project, guard: Callable[..., Guardian], slow_mirrors: "SlowMirrors"
) -> None:
    write(project, "ก่อนปิดครั้งแรก")
    guard().stop()
    qtbot.waitUntil(lambda: len(slow_mirrors.begun) == 1)
    write(project, "ก่อนปิดครั้งที่สอง")
    guard().stop()
    write(project, "ก่อนปิดครั้งที่สาม")
    guard().stop()
    slow_mirrors.gate.set()

    qtbot.waitUntil(lambda: slow_mirrors.ended == 3)
    assert slow_mirrors.most_at_once == 1
    assert "ก่อนปิดครั้งที่สาม" in mirrored(project.folder)


def test_the_mirror_under_way_makes_room_for_the_last_one(
    qtbot: QtBot, project: Project, guard: Callable[..., Guardian], slow_mirrors: "SlowMirrors"
) -> None:
    guardian = guard(idle=1)
    qtbot.waitUntil(lambda: len(slow_mirrors.begun) == 1)
    write(project, "ประโยคสุดท้ายก่อนปิด")

    guardian.stop()

    assert slow_mirrors.begun[0]()  # is cancelled
    slow_mirrors.gate.set()
    qtbot.waitUntil(lambda: "ประโยคสุดท้ายก่อนปิด" in mirrored(project.folder))


def test_a_change_during_a_mirror_is_in_the_next_one(
    qtbot: QtBot, project: Project, guard: Callable[..., Guardian], slow_mirrors: "SlowMirrors"
) -> None:
    guard(idle=20, mirrored=1)
    qtbot.waitUntil(lambda: len(slow_mirrors.begun) == 1)
    for words in ("ขณะเขียน", "สำเนา", "ขณะเขียนสำเนา"):
        write(project, words)
        pause(60)
    assert len(slow_mirrors.begun) == 1

    slow_mirrors.gate.set()

    qtbot.waitUntil(lambda: "ขณะเขียนสำเนา" in mirrored(project.folder))
    pause(60)
    assert slow_mirrors.ended == 2


def test_after_stop_nothing_begins_any_more(
    qtbot: QtBot,
    project: Project,
    guard: Callable[..., Guardian],
    backups: Backups,
    mirrors: list[int],
) -> None:
    guardian = guard(opened=20, worked=20, idle=20)
    guardian.stop()
    qtbot.waitUntil(lambda: len(mirrors) == 1)

    write(project, "หลังหยุด")
    guardian.stop()
    pause(100)

    assert backups.reasons == []
    assert len(mirrors) == 1


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
