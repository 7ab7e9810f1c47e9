"""Saving when the session ends under us: log-off, shutdown, the lid of the laptop, a signal to stop."""

import logging
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractNativeEventFilter,
    QByteArray,
    QObject,
    QSocketNotifier,
    QTimer,
    Slot,
)
from PySide6.QtGui import QGuiApplication, QSessionManager

WM_QUERYENDSESSION: Final = 0x0011
WM_ENDSESSION: Final = 0x0016
WM_POWERBROADCAST: Final = 0x0218
PBT_APMSUSPEND: Final = 0x0004
WINDOWS: Final = (b"windows_generic_MSG", b"windows_dispatcher_MSG")
"""What Qt calls the messages of Windows."""

_log = logging.getLogger(__name__)


class SessionEnd(QObject):
    """Calls ``save`` whenever the program may be about to be ended or frozen by somebody else.

    ``save`` may be called several times over and may raise: what cannot be saved is in the rescue
    file by then, and nothing here stands in the way of the session's end. Signals of Unix also
    end the program, as those who send them expect.
    """

    def __init__(
        self, app: QGuiApplication, save: Callable[[], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._app = app
        self._save = save
        self._saving = False
        self._released = False
        app.commitDataRequest.connect(self._commit)
        app.saveStateRequest.connect(self._commit)
        app.aboutToQuit.connect(self.save)
        self._filter = _PowerFilter(self.save)
        if sys.platform == "win32":  # elsewhere it would be asked about every event for nothing
            app.installNativeEventFilter(self._filter)
        self._signals = _UnixSignals(self._stop, self) if sys.platform != "win32" else None

    @Slot()
    def save(self) -> None:
        """Save now; what goes wrong is only logged. Heard again while it runs, it does nothing."""
        if self._saving:
            return
        self._saving = True
        try:
            self._save()
        except Exception:  # noqa: BLE001 - the session ends all the same
            _log.exception("not all was saved at the end of the session")
        finally:
            self._saving = False

    def release(self) -> None:
        """Listen no more, and put the handlers of signals back. Before the application ends."""
        if self._released:
            return
        self._released = True
        self._app.commitDataRequest.disconnect(self._commit)
        self._app.saveStateRequest.disconnect(self._commit)
        self._app.aboutToQuit.disconnect(self.save)
        self._app.removeNativeEventFilter(self._filter)
        if self._signals is not None:
            self._signals.release()

    def _commit(self, _manager: QSessionManager) -> None:
        self.save()

    def _stop(self, again: bool) -> None:
        """A first signal closes the windows, which may object; a second one ends the program."""
        self.save()
        if again:
            self._app.exit(1)
        else:
            # From the event loop: a window that asks something must not do so inside a notifier.
            QTimer.singleShot(0, self._app, self._app.quit)


class _PowerFilter(QAbstractNativeEventFilter):
    """Hears of the end of a Windows session and of suspend before Qt does."""

    def __init__(self, save: Callable[[], None]) -> None:
        super().__init__()
        self._save = save

    def nativeEventFilter(
        self, eventType: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> Any:
        """Never keeps a message from Qt."""
        name = eventType.data() if isinstance(eventType, QByteArray) else bytes(eventType)
        if name in WINDOWS:
            number, parameter = _windows_message(int(message))
            suspended = number == WM_POWERBROADCAST and parameter == PBT_APMSUSPEND
            if suspended or number == WM_QUERYENDSESSION or (number == WM_ENDSESSION and parameter):
                self._save()
        return False, 0


def _windows_message(address: int) -> tuple[int, int]:
    """``message`` and ``wParam`` of the MSG at an address."""
    import ctypes

    class Message(ctypes.Structure):
        """The head of MSG (winuser.h); what follows is not looked at."""

        _fields_ = (
            ("hwnd", ctypes.c_void_p),
            ("message", ctypes.c_uint),
            ("wParam", ctypes.c_size_t),
        )

    found = Message.from_address(address)
    return found.message, found.wParam


class _UnixSignals(QObject):
    """Brings signals into the event loop: Python's own handlers run only when Python code runs."""

    def __init__(self, stop: Callable[[bool], None], parent: QObject) -> None:
        super().__init__(parent)
        self._stop = stop
        self._count = 0
        self._near, self._far = socket.socketpair()
        for end in (self._near, self._far):
            end.setblocking(False)
        self._handlers: dict[int, Any] = {}
        for name in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            # Whoever started us with nohup wants us to stay.
            if signal.getsignal(name) is not signal.SIG_IGN:
                self._handlers[name] = signal.signal(name, _note)
        self._wakeup = signal.set_wakeup_fd(self._far.fileno(), warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._near.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._hear)

    def release(self) -> None:
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._wakeup)
        for name, handler in self._handlers.items():
            signal.signal(name, handler)
        self._handlers = {}
        self._near.close()
        self._far.close()

    @Slot()
    def _hear(self) -> None:
        numbers = b""
        with suppress(BlockingIOError):
            numbers = self._near.recv(64)
        # Every signal Python has a handler for arrives here, those of others too.
        if any(number in self._handlers for number in numbers):
            self._count += 1
            self._stop(self._count > 1)


def _note(_number: int, _frame: FrameType | None) -> None:
    """What is to be done is done when the notifier hears of it."""
