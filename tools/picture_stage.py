"""The stage of the pictures: a folder without a person's name, the sample in it, and the window."""

import json
import os
import platform
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEventLoop, QRect, QTimer
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QWidget

from esa_desktop.app import make_application, make_window
from esa_desktop.services.identity import who_am_i
from esa_desktop.services.sample import make_sample
from esa_desktop.ui.middle_pane import WRITE
from esa_desktop.ui.tour_offer import settle_tour
from esa_desktop.ui.worker import wait_for_done
from esa_desktop.ui.workspace import Workspace
from tools.picture_clock import StandingClock
from tools.picture_frame import Part, take

SIZE: Final = (1366, 698)
AUTHOR: Final = "พิมพ์ใจ"
COMPUTER: Final = "งานแผน-1"
DRIVE: Final = "D:"
"""What stands for the folder of the pictures wherever a path is shown: they are read on Windows."""
LIMIT_MS: Final = 60_000


class Stage:
    """Everything a scene needs: the program with the sample open, and a way to take a picture."""

    def __init__(self, folder: Path, target: Path) -> None:
        self.folder = folder
        self.target = target
        self.taken: list[Path] = []
        home = folder / "ผู้ใช้"
        (home / "Documents").mkdir(parents=True)
        os.environ["HOME"] = os.environ["USERPROFILE"] = str(home)
        os.environ["ESA_HOME"] = str(folder / "โปรแกรม")
        (folder / "โปรแกรม").mkdir()
        known = {"author": AUTHOR, "device": "0" * 32}
        (folder / "โปรแกรม" / "device.json").write_text(json.dumps(known), encoding="utf-8")
        platform.node = lambda: COMPUTER
        self.app = make_application()
        self.app.setCursorFlashTime(0)
        self.place = folder / "งานประเมิน" / "เวียงสายธาร เขต ๑ ปี ๒๕๖๘.esaproj"
        self.place.parent.mkdir()
        make_sample(self.place, who_am_i(folder / "โปรแกรม"))
        StandingClock.pass_by(minutes=5)
        self.window = make_window()
        self.window.resize(*SIZE)
        settle_tour(self.window.preferences, self.window.notices)
        self.window.show_welcome()
        self.window.show()
        self.settle()

    @property
    def workspace(self) -> Workspace:
        workspace = self.window.workspace
        if workspace is None:
            raise RuntimeError("no project is open on the stage")
        return workspace

    def open_sample(self) -> None:
        if self.window.workspace is not None:
            return
        self.window.show_project_at(self.place)
        self.settle(2500)

    def go(self, code: str, page: int = WRITE) -> Workspace:
        """To an issue or indicator, on a page of the middle."""
        workspace = self.workspace
        workspace.choose(workspace.project.editor.round.framework.node(code).id)
        workspace.middle.show_tab(page)
        self.window.activateWindow()
        workspace.focus_text()
        self.settle(1500)
        return workspace

    def act(self, name: str, wait_ms: int = 1500) -> QDialog:
        """The dialog that an action opens."""
        self.window.action(name).trigger()
        self.settle(wait_ms)
        dialog = self.dialog()
        if dialog is None:
            raise RuntimeError(f"{name} opened no dialog")
        return dialog

    def dialog(self) -> QDialog | None:
        found = [d for d in self.window.findChildren(QDialog) if d.isVisible()]
        return found[-1] if found else None

    def close_dialogs(self) -> None:
        while (dialog := self.dialog()) is not None:
            dialog.reject()
            self.settle(200)

    def settle(self, milliseconds: int = 600) -> None:
        """Let the event loop run: timers, background work and painting."""
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def until(self, is_so: Callable[[], object], what: str) -> None:
        """Wait for background work; the pictures must not depend on how fast a machine is."""
        for _ in range(LIMIT_MS // 100):
            if is_so():
                self.settle(300)
                return
            self.settle(100)
        raise RuntimeError(f"waited in vain for {what}")

    def leave(self) -> None:
        """Close the window and wait for what is still being written into the folder."""
        self.window.close()
        wait_for_done()

    def take(
        self,
        name: str,
        widget: QWidget | None = None,
        *,
        crop: QRect | None = None,
        parts: Sequence[Part] = (),
        beside: bool = False,
    ) -> None:
        """``beside`` the folder of the pictures: for the README, not for the manual."""
        shown = widget or self.window
        self._hide_machine(shown)
        self.settle(200)
        folder = self.target.parent if beside else self.target
        take(folder / f"{name}.png", shown, crop=crop, parts=parts)
        self.taken.append(folder / f"{name}.png")

    def _hide_machine(self, shown: QWidget) -> None:
        """Show a drive of Windows where a label would show this machine's folder."""
        ours = str(self.folder)
        for label in _texts(shown):
            words = label.text()
            if ours in words:
                label.setText(words.replace(ours, DRIVE).replace("/", "\\"))


def _texts(shown: QWidget) -> list[QLabel | QLineEdit]:
    return [*shown.findChildren(QLabel), *shown.findChildren(QLineEdit)]
