import logging
import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from esa_desktop.ui import crash_desk as module
from esa_desktop.ui.crash_desk import CrashDesk, install_excepthook
from esa_desktop.ui.crash_dialog import CrashDialog


@pytest.fixture
def saves() -> list[str]:
    return []


@pytest.fixture
def desk(qtbot: QtBot, saves: list[str]) -> Iterator[CrashDesk]:
    hooks = sys.excepthook, threading.excepthook
    made = install_excepthook(lambda: saves.append(threading.current_thread().name))
    yield made
    made.uninstall()
    assert (sys.excepthook, threading.excepthook) == hooks
    for dialog in dialogs():
        dialog.close()
    made.deleteLater()


def dialogs() -> list[CrashDialog]:
    return [
        w for w in QApplication.topLevelWidgets() if isinstance(w, CrashDialog) and w.isVisible()
    ]


def fail(message: str) -> None:
    raise ZeroDivisionError(message)


def crash(message: str) -> None:
    try:
        fail(message)
    except ZeroDivisionError as error:
        sys.excepthook(type(error), error, error.__traceback__)


def press(dialog: CrashDialog, words: str) -> None:
    next(b for b in dialog.findChildren(QPushButton) if b.text() == words).click()


def test_the_text_is_saved_before_anything_is_shown(
    qtbot: QtBot, desk: CrashDesk, saves: list[str]
) -> None:
    crash("one")

    assert saves == ["MainThread"]
    assert dialogs() == []
    qtbot.waitUntil(lambda: len(dialogs()) == 1)
    assert "ZeroDivisionError: one" in dialogs()[0].details
    assert "Traceback" in dialogs()[0].details


def test_what_an_error_says_of_the_report_is_in_neither_details_nor_clipboard(
    qtbot: QtBot, desk: CrashDesk
) -> None:
    crash("วิธีการดำเนินงานของนางสาวพิมพ์ใจ")

    qtbot.waitUntil(lambda: len(dialogs()) == 1)
    press(dialogs()[0], "คัดลอกรายละเอียด")

    for told in (dialogs()[0].details, QApplication.clipboard().text()):
        assert "ZeroDivisionError: …" in told
        assert "test_crash_desk.py" in told
        assert "พิมพ์ใจ" not in told


def test_a_second_error_joins_the_dialog_that_is_open(qtbot: QtBot, desk: CrashDesk) -> None:
    crash("one")
    qtbot.waitUntil(lambda: len(dialogs()) == 1)
    crash("two")

    qtbot.waitUntil(lambda: "two" in dialogs()[0].details)

    assert len(dialogs()) == 1


def test_an_endless_row_of_errors_does_not_fill_the_memory(qtbot: QtBot, desk: CrashDesk) -> None:
    for number in range(100):
        crash(f"run {number}.")
    qtbot.waitUntil(lambda: len(dialogs()) == 1)
    qtbot.wait(20)

    assert dialogs()[0].details.count("ZeroDivisionError: ") == 20


def test_an_error_while_saving_is_told_and_does_not_come_round_again(qtbot: QtBot) -> None:
    def refuse() -> None:
        raise OSError("full")

    desk = install_excepthook(refuse)
    try:
        crash("one")
        qtbot.waitUntil(lambda: len(dialogs()) == 1)
        said = " ".join(
            label.text() for label in dialogs()[0].findChildren(type(dialogs()[0].heading))
        )
        assert "อาจยังไม่ได้บันทึก" in said
        dialogs()[0].close()
    finally:
        desk.uninstall()


def test_an_error_while_reporting_is_only_logged(
    qtbot: QtBot,
    desk: CrashDesk,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def mistaken() -> str:
        crash("inside")
        raise RuntimeError("again")

    monkeypatch.setattr(module, "_surroundings", mistaken)

    with caplog.at_level(logging.ERROR, "esa_desktop"):
        crash("outside")

    assert "outside" in caplog.text
    assert "inside" in caplog.text
    assert "while an error was reported" in caplog.text
    qtbot.wait(10)
    assert dialogs() == []


def test_an_error_on_another_thread_ends_up_here_too(
    qtbot: QtBot, desk: CrashDesk, saves: list[str]
) -> None:
    def work() -> None:
        raise ZeroDivisionError("another thread")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()

    qtbot.waitUntil(lambda: len(dialogs()) == 1)
    assert "another thread" in dialogs()[0].details
    assert saves == ["MainThread"]


def test_leaving_with_control_c_is_no_crash(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    passed: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: passed.append(kind))
    desk = install_excepthook(lambda: None)

    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)

    desk.uninstall()
    qtbot.wait(10)
    assert passed == [KeyboardInterrupt]
    assert dialogs() == []


def test_an_error_inside_a_slot_comes_here_and_work_goes_on(qtbot: QtBot, desk: CrashDesk) -> None:
    QTimer.singleShot(0, lambda: crash("in a slot"))
    qtbot.waitUntil(lambda: len(dialogs()) == 1)

    press(dialogs()[0], "คัดลอกรายละเอียด")
    assert "in a slot" in QApplication.clipboard().text()
    press(dialogs()[0], "ทำงานต่อ")

    qtbot.waitUntil(lambda: dialogs() == [])
    crash("anew")
    qtbot.waitUntil(lambda: len(dialogs()) == 1)
    assert "in a slot" not in dialogs()[0].details
