import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from esa_desktop.domain.fields import Kind, issue_field
from esa_desktop.services.projects import open_project
from esa_desktop.ui.session_end import SessionEnd
from tests.projects import WHO, YEAR, new_project

ROOT = Path(__file__).resolve().parents[2]
on_unix = pytest.mark.skipif(sys.platform == "win32", reason="signals are Unix's")


class Message(ctypes.Structure):
    """MSG of winuser.h, whole."""

    _fields_ = (
        ("hwnd", ctypes.c_void_p),
        ("message", ctypes.c_uint),
        ("wParam", ctypes.c_size_t),
        ("lParam", ctypes.c_ssize_t),
        ("time", ctypes.c_uint),
        ("x", ctypes.c_long),
        ("y", ctypes.c_long),
    )


@pytest.fixture
def saves() -> list[str]:
    return []


@pytest.fixture
def started_by_hand() -> Iterator[None]:
    """Not in the background or with nohup, as a whole run may be: then some signals are ignored."""
    names = ("SIGTERM", "SIGHUP", "SIGINT") if sys.platform != "win32" else ()
    before = {name: signal.signal(getattr(signal, name), signal.SIG_DFL) for name in names}
    yield
    for name, handler in before.items():
        signal.signal(getattr(signal, name), handler)


@pytest.fixture
def end(
    qtbot: QtBot, saves: list[str], monkeypatch: pytest.MonkeyPatch, started_by_hand: None
) -> Iterator[SessionEnd]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    monkeypatch.setattr(app, "quit", lambda: saves.append("quit"), raising=False)
    monkeypatch.setattr(app, "exit", lambda code: saves.append(f"exit {code}"), raising=False)
    made = SessionEnd(app, lambda: saves.append("save"), app)
    yield made
    made.release()
    made.deleteLater()


def hear(end: SessionEnd, kind: bytes, number: int, parameter: int = 0) -> object:
    message = Message(message=number, wParam=parameter)
    return end._filter.nativeEventFilter(QByteArray(kind), ctypes.addressof(message))


# The numbers are those of winuser.h, not the program's own.
@pytest.mark.parametrize(
    ("number", "parameter", "saved"),
    [
        (0x0011, 0, True),  # WM_QUERYENDSESSION
        (0x0016, 1, True),  # WM_ENDSESSION
        (0x0016, 0, False),  # somebody else objected: the session goes on
        (0x0218, 0x4, True),  # WM_POWERBROADCAST, PBT_APMSUSPEND
        (0x0218, 0x12, False),  # awake again
        (0x0200, 0, False),  # the mouse
    ],
)
def test_what_windows_says_before_it_ends_or_sleeps_saves_and_is_kept_from_nobody(
    end: SessionEnd, saves: list[str], number: int, parameter: int, saved: bool
) -> None:
    assert hear(end, b"windows_generic_MSG", number, parameter) == (False, 0)

    assert saves == ["save"] * saved


def test_messages_of_other_systems_are_not_read(end: SessionEnd, saves: list[str]) -> None:
    end._filter.nativeEventFilter(QByteArray(b"xcb_generic_event_t"), 0)

    assert saves == []


def test_the_end_of_the_session_and_of_the_program_saves(end: SessionEnd, saves: list[str]) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)

    app.aboutToQuit.emit()

    assert saves == ["save"]


def test_what_goes_wrong_while_saving_is_logged_and_stops_nothing(
    qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)

    def refuse() -> None:
        raise OSError("full")

    end = SessionEnd(app, refuse)
    try:
        end.save()
    finally:
        end.release()

    assert "not all was saved" in caplog.text


def test_a_save_that_leads_to_another_does_not_go_round_for_ever(qtbot: QtBot) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    times: list[int] = []

    def save() -> None:
        times.append(1)
        end.save()

    end = SessionEnd(app, save)
    end.save()
    end.save()
    end.release()

    assert len(times) == 2


@on_unix
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_a_signal_saves_and_closes_and_a_second_one_ends_the_program(
    qtbot: QtBot, end: SessionEnd, saves: list[str], name: str
) -> None:
    os.kill(os.getpid(), getattr(signal, name))
    qtbot.waitUntil(lambda: saves == ["save", "quit"])

    os.kill(os.getpid(), signal.SIGTERM)
    qtbot.waitUntil(lambda: saves == ["save", "quit", "save", "exit 1"])


@on_unix
def test_signals_are_as_before_once_it_is_released(qtbot: QtBot, started_by_hand: None) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)
    end = SessionEnd(app, lambda: None)
    assert signal.getsignal(signal.SIGTERM) is not before[0]

    end.release()
    end.release()

    assert (signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)) == before
    assert signal.set_wakeup_fd(-1) == -1


TYPING = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from esa_desktop.app import make_window
from esa_desktop.ui.session_end import SessionEnd
from esa_desktop.ui.text_editor import RichTextEdit
from tests.keys import type_words

window = make_window()
app = QApplication.instance()
if sys.argv[2] == "guarded":
    end = SessionEnd(app, window.save_all, app)
window.show_project_at(Path(sys.argv[1]))
window.show()
method = window.findChild(RichTextEdit, "methodEditor")

def type_on():
    method.setFocus()
    type_words(method, "พิมพ์ก่อนดับ")
    print("typed", flush=True)

QTimer.singleShot(50, type_on)
code = QApplication.exec()
print("ended", flush=True)
"""


def typed_until_told_to_stop(project: Path, guard: str) -> int:
    """Type in a real window and send SIGTERM in the same moment; the process's exit code."""
    with subprocess.Popen(
        [sys.executable, "-c", TYPING, str(project), guard],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline() == "typed\n"
            process.send_signal(signal.SIGTERM)
            return process.wait(30)
        finally:
            process.kill()


def method_of(project: Path) -> str:
    # Another person here than in the process, which does not take its lock away when it is killed.
    again = open_project(project, who=WHO, take_over=True)
    try:
        issue = again.editor.round.framework.issue("1.1.1")
        field = issue_field(YEAR, issue.id, Kind.METHOD)
        text: str = again.editor.view(field).value.plain
        return text
    finally:
        again.close()


@on_unix
def test_nothing_typed_is_lost_when_the_program_is_told_to_stop(tmp_path: Path) -> None:
    project = new_project(tmp_path)

    code = typed_until_told_to_stop(project, "guarded")

    assert (code, method_of(project)) == (0, "พิมพ์ก่อนดับ")


@on_unix
def test_without_listening_to_signals_the_typed_words_would_be_lost(tmp_path: Path) -> None:
    """The control: a process that is simply ended takes what was typed with it."""
    project = new_project(tmp_path)

    code = typed_until_told_to_stop(project, "unguarded")

    assert (code, method_of(project)) == (-signal.SIGTERM, "")
