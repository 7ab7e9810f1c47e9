import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from pytestqt.qtbot import QtBot

from esa_desktop.app import open_window
from esa_desktop.domain.errors import StorageError
from esa_desktop.domain.fields import Kind, issue_field
from esa_desktop.domain.richtext import from_plain
from esa_desktop.services.backing_up import list_backups
from esa_desktop.services.projects import Project
from esa_desktop.ui import guardian, safety_wiring
from esa_desktop.ui.banner import Banner
from esa_desktop.ui.changes_dialog import ChangesDialog
from esa_desktop.ui.history_dialog import HistoryDialog
from esa_desktop.ui.main_window import MainWindow
from esa_desktop.ui.middle_pane import OVERVIEW
from esa_desktop.ui.notice_words import rescued
from esa_desktop.ui.notices import ONLY_READ
from esa_desktop.ui.project_notices import ProjectNotices
from esa_desktop.ui.work_dialog import WorkDialog
from esa_desktop.ui.worker import Task, wait_for_done
from esa_desktop.ui.workspace import Workspace
from tests.keys import type_words
from tests.projects import OTHER, YEAR, new_project, opened


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return new_project(tmp_path)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for what is begun after the first paint."""
    monkeypatch.setattr(safety_wiring, "AFTER_PAINT_MS", 0)
    monkeypatch.setattr(guardian, "Pauses", lambda: QUICK)


QUICK = guardian.Pauses(opened=0, idle=60_000)


@pytest.fixture
def window(qtbot: QtBot, place: Path) -> Iterator[MainWindow]:
    made = open_window(place)
    made.resize(1366, 698)
    made.activateWindow()
    qtbot.waitExposed(made)
    yield made
    made.close()
    made.deleteLater()


def work(window: MainWindow) -> Workspace:
    assert window.workspace is not None
    return window.workspace


def write_method(project: Project, text: str, code: str = "1.1.1") -> None:
    editor = project.editor
    field = issue_field(YEAR, editor.round.framework.issue(code).id, Kind.METHOD)
    editor.apply(editor.change(field, from_plain(text)))


def dialogs() -> dict[str, QDialog]:
    found = (widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QDialog))
    return {dialog.objectName(): dialog for dialog in found if dialog.isVisible()}


def leave(qtbot: QtBot, dialog: QDialog) -> None:
    """Closed while it works it would only stop that."""
    assert isinstance(dialog, WorkDialog)
    qtbot.waitUntil(lambda: not dialog.work.is_busy)
    dialog.close()


def all_is_looked_at(qtbot: QtBot, window: MainWindow) -> None:
    """What is asked on opening has been answered."""
    wiring = next(child for child in work(window).children() if "_Safety" in type(child).__name__)
    qtbot.waitUntil(lambda: wiring.findChild(ProjectNotices) is not None)
    qtbot.waitUntil(lambda: not wiring.findChildren(Task))


@pytest.mark.parametrize(
    ("action", "dialog"),
    [
        ("actionHistory", "historyDialog"),
        ("actionChanges", "changesDialog"),
        ("actionBackup", "backupsDialog"),
        ("actionRestore", "backupsDialog"),
        ("actionHealth", "healthDialog"),
        ("actionCopy", "copyDialog"),
    ],
)
def test_each_way_to_safety_opens_its_dialog(
    qtbot: QtBot, window: MainWindow, action: str, dialog: str
) -> None:
    window.action(action).trigger()
    qtbot.waitUntil(lambda: dialog in dialogs())
    leave(qtbot, dialogs()[dialog])
    assert not dialogs()


def test_a_project_is_backed_up_soon_after_it_was_opened(
    qtbot: QtBot, window: MainWindow, place: Path
) -> None:
    qtbot.waitUntil(lambda: len(list_backups(place)) == 1)


def test_leaving_writes_the_copy_that_can_be_read_without_the_program(
    window: MainWindow, place: Path, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: len(list_backups(place)) == 1)
    write_method(work(window).project, "อ่านได้โดยไม่ต้องมีโปรแกรม")
    window.close_project()

    def readable() -> str:
        return "".join(path.read_text("utf-8-sig") for path in place.glob("mirror/*/1.1 *.txt"))

    qtbot.waitUntil(lambda: "อ่านได้โดยไม่ต้องมีโปรแกรม" in readable())


def test_what_others_changed_since_is_said_once_and_leads_to_the_text(
    qtbot: QtBot, window: MainWindow, place: Path
) -> None:
    qtbot.waitUntil(lambda: len(list_backups(place)) == 1)
    window.close_project()
    with opened(place, who=OTHER) as project:
        write_method(project, "แก้โดยคนอื่น", "1.2.2")

    window.open_folder(place)
    qtbot.waitUntil(lambda: "changes" in window.notices.keys)
    window.action("actionChanges").trigger()
    qtbot.waitUntil(lambda: "changesDialog" in dialogs())
    dialog = dialogs()["changesDialog"]
    assert isinstance(dialog, ChangesDialog)
    framework = work(window).project.editor.round.framework
    dialog.go_to.emit(issue_field(YEAR, framework.issue("1.2.2").id, Kind.METHOD))
    assert framework.code_of(work(window).node) == "1.2.2"
    leave(qtbot, dialog)

    window.close_project()
    window.open_folder(place)
    all_is_looked_at(qtbot, window)
    assert "changes" not in window.notices.keys


def test_another_copy_opened_in_between_hides_nothing(
    qtbot: QtBot, window: MainWindow, place: Path
) -> None:
    qtbot.waitUntil(lambda: len(list_backups(place)) == 1)
    window.close_project()
    assert wait_for_done()  # the mirror goes on by itself
    stick = place.with_name("แฟลช.esaproj")
    shutil.copytree(place, stick)
    window.open_folder(stick)
    write_method(work(window).project, "เขียนเองในแฟลชไดรฟ์")
    window.close_project()
    with opened(place, who=OTHER) as project:
        write_method(project, "แก้โดยคนอื่น", "1.2.2")

    window.open_folder(place)
    qtbot.waitUntil(lambda: "changes" in window.notices.keys)


def test_while_an_error_is_said_it_has_the_top_of_the_page_for_itself(
    qtbot: QtBot, window: MainWindow
) -> None:
    all_is_looked_at(qtbot, window)
    window.notices.tell(rescued(2))
    assert window.notices.isVisible()

    window.say(StorageError("พิมพ์ไม่ได้"))
    assert not window.notices.isVisible()
    window.banner.dismiss()
    assert window.notices.isVisible()


def test_own_changes_are_no_news(qtbot: QtBot, window: MainWindow, place: Path) -> None:
    qtbot.waitUntil(lambda: len(list_backups(place)) == 1)
    write_method(work(window).project, "เขียนเอง")
    window.close_project()
    window.open_folder(place)
    all_is_looked_at(qtbot, window)
    assert "changes" not in window.notices.keys


def test_the_history_is_that_of_the_text_with_the_cursor(qtbot: QtBot, window: MainWindow) -> None:
    results = work(window).issue_pane.editors()[1]
    results.setFocus()
    type_words(results, "ผลที่พิมพ์")

    window.action("actionHistory").trigger()

    qtbot.waitUntil(lambda: "historyDialog" in dialogs())
    dialog = dialogs()["historyDialog"]
    assert isinstance(dialog, HistoryDialog)
    framework = work(window).project.editor.round.framework
    assert dialog.fields.currentData() == issue_field(
        YEAR, framework.issue("1.1.1").id, Kind.RESULTS
    )
    leave(qtbot, dialog)


def test_a_project_closed_at_once_leaves_nothing_running(window: MainWindow) -> None:
    """The test's own watch over threads and windows says so."""
    for _ in range(3):
        folder = work(window).project.folder
        window.close_project()
        window.open_folder(folder)


def test_without_a_cursor_in_a_text_the_history_is_that_of_the_first_one(
    window: MainWindow,
) -> None:
    work(window).tree.focus_tree()
    framework = work(window).project.editor.round.framework
    first = issue_field(YEAR, framework.issue("1.1.1").id, Kind.METHOD)
    assert work(window).field_in_view() == first
    work(window).middle.show_tab(OVERVIEW)
    assert work(window).field_in_view() == first


def test_a_change_of_what_is_only_read_points_to_the_bar_with_the_way_on(
    window: MainWindow, place: Path, qtbot: QtBot
) -> None:
    assert window.open_folder(place, read_only=True)
    qtbot.waitUntil(lambda: ONLY_READ in window.notices.keys)
    bar = window.notices.findChild(Banner, "notice1")
    assert isinstance(bar, Banner)

    for change in (work(window).issue_pane.page.acted_on.click, work(window).attach):
        change()
        buttons = [b.text() for b in bar.findChildren(QPushButton) if b.isVisible()]
        assert buttons == ["คัดลอกมาไว้ในเครื่องนี้"]
        assert bar.property("stressed") is True
        assert not window.banner.isVisible()
        qtbot.waitUntil(lambda: bar.property("stressed") is False)
    assert not work(window).issue_pane.page.acted_on.isChecked()
