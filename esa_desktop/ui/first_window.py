"""One window for a person on a computer: a second start hands its project to the first and ends."""

import hashlib
import json
import logging
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

LOCK: Final = "window.lock"
STARTING: Final = 15.0
"""Seconds a first window has to come up: imports on an old disk. Before that it cannot hang."""
ANSWER: Final = 2.0
"""Seconds a window that is up has to answer; one that hangs must not keep anybody from working."""
PAUSE: Final = 0.05
LONGEST: Final = 64 * 1024
"""Bytes of a message; a path of Windows has 32,767 letters at most."""
_ANY_PROCESS: Final = -1
_log = logging.getLogger(__name__)


class FirstWindow(QObject):
    """Courtesy, no guard: two windows at once do no harm, since SQLite lets only one of them in.

    The lock is the operating system's on an open file. It is gone with the process that held it,
    so nothing is left over after a crash, and no clock, process number or name of a computer has
    to be believed. Whoever has it is the first; that it listens says that it is up. Each person
    has a user folder, and so a first window, of their own.
    """

    asked = Signal(object)
    """Somebody started the program again: the `Path` of the project wanted, or ``None``."""

    def __init__(
        self,
        user_folder: Path,
        parent: QObject | None = None,
        *,
        starting: float = STARTING,
        answer: float = ANSWER,
    ) -> None:
        super().__init__(parent)
        self._folder = user_folder
        self._starting = starting
        self._answer = answer
        self._held: int | None = None
        self._server: QLocalServer | None = None

    def claim(self, project: Path | None) -> bool:
        """``False``: the first window took the project, and this program has nothing left to do.

        ``True``: this is the first one, or the first one does not answer. Needs an application
        object; blocks for `STARTING` seconds at most.
        """
        begun = time.monotonic()
        while not self._lock():
            heard = self._hand_over(project)
            if heard is not None:
                return not heard
            if time.monotonic() - begun > self._starting:
                _log.warning("another start of the program holds the lock and shows no window")
                return True
            time.sleep(PAUSE)
        return True

    def listen(self) -> None:
        """Hear of later starts, from now on. For the first turn of the event loop, when the
        window can answer; does nothing in a window that is not the first.
        """
        if self._held is None or self._server is not None:
            return
        from PySide6.QtNetwork import QLocalServer

        server = QLocalServer(self)
        # With rights of its own, the socket is renamed over one that a crash left behind.
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._greet)
        if server.listen(self._name):
            self._server = server
        else:
            _log.warning("cannot listen for later starts: %s", server.serverError().name)

    def release(self) -> None:
        """The window is closed: the next start is the first one, whatever still runs here."""
        if self._server is not None:
            self._server.close()
            self._server = None
        if self._held is not None:
            os.close(self._held)
            self._held = None

    # --- inside -------------------------------------------------------------------------------

    @property
    def _name(self) -> str:
        # Hashed: a socket's path is short (108 bytes), and a Thai name of a user is not.
        place = os.path.normcase(os.path.realpath(self._folder))
        return f"esa-{hashlib.sha256(place.encode('utf-8', 'surrogatepass')).hexdigest()[:24]}"

    def _lock(self) -> bool:
        """Whether this is the first window; also where nothing can be locked, for work goes on."""
        if self._held is not None:
            return True
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            file = os.open(self._folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError:
            return True
        try:
            _lock_file(file)
        except (BlockingIOError, PermissionError):
            os.close(file)
            return False
        except OSError:  # a network drive without locks
            os.close(file)
            return True
        self._held = file
        return True

    def _hand_over(self, project: Path | None) -> bool | None:
        """Whether the first window took it: ``False`` where it hangs, ``None`` where none is up."""
        from PySide6.QtNetwork import QLocalSocket

        _let_it_come_forward()
        wanted = "" if project is None else str(project.absolute())
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(int(self._answer * 1000)):
            return None
        socket.write(json.dumps({"project": wanted}).encode() + b"\n")
        until = time.monotonic() + self._answer
        while not socket.canReadLine():
            left = int((until - time.monotonic()) * 1000)
            if left <= 0:
                _log.warning("the first window does not answer")
                return False
            if not socket.waitForReadyRead(left) and not _is_connected(socket):
                return None  # it is just being closed
        # It does nothing before this word: a window that woke up late must not open what the
        # second one has open by then.
        socket.write(b"go\n")
        socket.waitForBytesWritten(int(self._answer * 1000))
        socket.disconnectFromServer()
        if _is_connected(socket):
            socket.waitForDisconnected(int(self._answer * 1000))
        return True

    def _greet(self) -> None:
        while self._server is not None and self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            socket.disconnected.connect(socket.deleteLater)
            visit = _Visit(socket, self)
            visit.asked.connect(self.asked)
            visit.read()


class _Visit(QObject):
    """What one later start has to say: its project, and after our ``ok`` the word ``go``."""

    asked = Signal(object)

    def __init__(self, socket: "QLocalSocket", parent: QObject) -> None:
        super().__init__(parent)
        self._socket = socket
        self._project: Path | None = None
        self._answered = False
        socket.readyRead.connect(self.read)
        socket.destroyed.connect(self.deleteLater)

    def read(self) -> None:
        while self._socket.canReadLine():
            line = bytes(self._socket.readLine(LONGEST).data()).strip()
            if not self._answered:
                self._hear(line)
            elif line == b"go":
                self._socket.disconnectFromServer()
                self.asked.emit(self._project)
                return
            else:
                self._socket.abort()
        if self._socket.bytesAvailable() > LONGEST:
            self._socket.abort()

    def _hear(self, line: bytes) -> None:
        try:
            wanted = json.loads(line)["project"]
            self._project = Path(wanted) if wanted else None
        except (ValueError, KeyError, TypeError, RecursionError):
            self._socket.abort()
            return
        self._answered = True
        self._socket.write(b"ok\n")


def bring_forward(window: QWidget) -> None:
    """In front of all others, as it was before somebody made it small."""
    state = window.windowState() & ~Qt.WindowState.WindowMinimized
    window.setWindowState(state | Qt.WindowState.WindowActive)
    window.show()
    window.raise_()
    window.activateWindow()


def _is_connected(socket: "QLocalSocket") -> bool:
    return socket.state() is not socket.LocalSocketState.UnconnectedState


def _lock_file(file: int) -> None:
    """Raises `OSError` where another process has it."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _let_it_come_forward() -> None:
    """Windows lets no window come to the front unless the one the person just used allows it."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(_ANY_PROCESS)
