import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QLabel, QProgressBar, QWidget
from pytestqt.qtbot import QtBot

from esa_desktop.domain.errors import StorageError
from esa_desktop.ui.work_line import WorkLine
from esa_desktop.ui.worker import TaskHandle


@pytest.fixture
def line(qtbot: QtBot) -> Iterator[WorkLine]:
    made = WorkLine()
    qtbot.addWidget(made)
    yield made
    made.leave()


def said(line: WorkLine) -> str:
    return line.findChild(QLabel).text()


def until_stopped(handle: TaskHandle) -> None:
    while True:
        handle.check()
        threading.Event().wait(0.005)


def test_what_runs_is_said_and_its_result_arrives(qtbot: QtBot, line: WorkLine) -> None:
    gate, got, busy = threading.Event(), [], []
    line.busy.connect(busy.append)

    assert line.run("กำลังตรวจ…", lambda _: gate.wait(5) and "เสร็จ", got.append)
    assert line.is_busy
    assert said(line) == "กำลังตรวจ…"
    assert line.isVisible()
    gate.set()

    qtbot.waitUntil(lambda: not line.is_busy)
    assert got == ["เสร็จ"]
    assert said(line) == ""
    qtbot.waitUntil(lambda: busy == [True, False])


def test_a_second_click_starts_nothing(qtbot: QtBot, line: WorkLine) -> None:
    gate, got = threading.Event(), []
    line.run("หนึ่ง", lambda _: gate.wait(5), got.append)

    assert not line.run("สอง", lambda _: got.append("สอง"), got.append)
    gate.set()

    qtbot.waitUntil(lambda: not line.is_busy)
    assert got == [True]


def test_a_failure_is_one_sentence_that_stays(qtbot: QtBot, line: WorkLine) -> None:
    def fail(_: TaskHandle) -> None:
        raise StorageError("ดิสก์เต็ม ลบไฟล์ที่ไม่ใช้แล้วลองอีกครั้ง")

    line.run("กำลังสำรอง…", fail, lambda _: pytest.fail("it failed"))

    qtbot.waitUntil(lambda: not line.is_busy)
    assert said(line) == "ดิสก์เต็ม ลบไฟล์ที่ไม่ใช้แล้วลองอีกครั้ง"
    assert line.isVisible()
    assert not line.findChild(QProgressBar).isVisible()


def test_stopped_work_says_nothing_of_itself(qtbot: QtBot, line: WorkLine) -> None:
    stopped: list[bool] = []
    line.run(
        "กำลังตรวจ…",
        until_stopped,
        lambda _: pytest.fail("it was stopped"),
        stopped=lambda: stopped.append(True),
    )

    line.cancel()
    assert said(line) == "กำลังหยุด…"

    qtbot.waitUntil(lambda: not line.is_busy)
    assert stopped == [True]
    assert said(line) == ""


def test_work_whose_dialog_was_left_tells_nobody(qtbot: QtBot, line: WorkLine) -> None:
    gate, got = threading.Event(), []
    line.run("หนึ่ง", lambda _: gate.wait(5), got.append, stopped=lambda: got.append("stopped"))

    line.leave()
    gate.set()

    qtbot.waitUntil(lambda: not line.is_busy)
    assert got == []
    assert not line.run("สอง", lambda _: None, got.append)


def test_what_hears_the_result_may_begin_other_work(qtbot: QtBot, line: WorkLine) -> None:
    got: list[str] = []
    busy: list[bool] = []
    line.busy.connect(busy.append)

    line.run("หนึ่ง", lambda _: "หนึ่ง", lambda _: line.run("สอง", lambda _: "สอง", got.append))

    qtbot.waitUntil(lambda: got == ["สอง"])
    qtbot.waitUntil(lambda: not line.is_busy and busy[-1] is False)
    assert busy == [True, True, False]


def test_work_does_not_keep_its_window_alive(qtbot: QtBot) -> None:
    """A window that only its work held was destroyed by the end of the work, in the midst of it."""

    class Window(QWidget):
        def __init__(self) -> None:
            super().__init__()
            self.line = WorkLine(self)
            self.line.run("หนึ่ง", lambda _: None, self.hear)

        def hear(self, _: object) -> None:
            self.heard = True

    window = Window()
    gone = weakref.ref(window)
    del window  # only what runs could still hold it

    gc.collect()
    assert gone() is None
