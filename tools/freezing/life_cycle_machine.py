"""The machine an installer is tried on: what is run there, and what must come of it."""

import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tools.freezing import installed
from tools.freezing.windows import CONSOLE_PROGRAM, PROGRAM
from tools.freezing.wine import Wine, windows_path

PROJECT: Final = "งานทดสอบ.esaproj"
_MACHINE_CLASSES: Final = r"HKLM\Software\Classes"
_INSTALLING: Final = 300.0
_STARTING: Final = 60.0


class Failed(Exception):
    """A step did not show what it should; the words say what was found instead."""


def expect(wanted: object, words: str) -> None:
    if not wanted:
        raise Failed(words)


@dataclass(frozen=True)
class Machine:
    """wine with what is tried on it."""

    wine: Wine
    setup: Path
    older: Path
    """An installer of a version before that of ``setup``."""
    portable: Path
    tree: Path
    """The frozen program both were made of."""

    @property
    def program(self) -> Path:
        return installed.program_folder(self.wine)

    @property
    def user(self) -> Path:
        return installed.user_folder(self.wine)

    @property
    def project(self) -> Path:
        return self.wine.person / "Documents" / PROJECT

    def clean(self) -> None:
        installed.clean(self.wine)
        shutil.rmtree(self.project, ignore_errors=True)

    def run_setup(self, setup: Path, *options: str, code: int = 0) -> None:
        """Silently, as IT does; ``code`` is how it must end."""
        found, _ = self.wine.run(setup, "/S", *options, seconds=_INSTALLING)
        if found != code:
            log = self.user / "setup.log"
            said = log.read_text("utf-16").splitlines()[-1:] if log.exists() else []
            raise Failed(f"Setup ended with {found}, not {code}: {''.join(said)}")

    def uninstall(self, folder: Path) -> None:
        """It goes on in a copy of itself: done is when its last deed, in the registry, is done."""
        code, _ = self.wine.run(folder / "uninstall.exe", "/S")
        expect(code == 0, f"the uninstaller ended with {code}")
        until = time.monotonic() + _STARTING
        while installed.has_key(self.wine, installed.KEYS[0]):
            expect(time.monotonic() < until, "the uninstaller does not come to an end")
            time.sleep(0.5)

    def command(self, *words: str) -> str:
        """What the installed program answers to a command."""
        code, said = self.wine.run(self.program / CONSOLE_PROGRAM, *words)
        expect(code == 0, f"{words[0]} ended with {code}: {said[-400:]}")
        return said

    def shown_project(self) -> str:
        return self.command("show", windows_path(self.project), "--json")

    def backups(self) -> set[str]:
        return {path.name for path in (self.project / "backups").glob("*") if path.is_dir()}

    def open_by_shell(self, path: Path) -> None:
        """As a double click does it: the shell looks up who opens such a file.

        wine's looks only under the machine's classes, where Windows adds those of the person: for
        the time of the start a copy of ours stands there.
        """
        kind = installed.value(self.wine, rf"{installed.CLASSES}\{path.suffix}") or "none"
        for name in (path.suffix, kind):
            keys = (rf"{installed.CLASSES}\{name}", rf"{_MACHINE_CLASSES}\{name}")
            self.wine.run("reg", "copy", *keys, "/s", "/f")
        try:
            self.wine.start("start", "/unix", path)
            self.wait_for_window()
        finally:
            for name in (path.suffix, kind):
                self.wine.run("reg", "delete", rf"{_MACHINE_CLASSES}\{name}", "/f")

    def open_by_name(self, project: Path) -> None:
        self.wine.start(self.program / PROGRAM, windows_path(project))
        self.wait_for_window()

    def wait_for_window(self) -> None:
        """The project's lock says that a window has it."""
        there = self.wine.wait_for(self.project / "lock.json", seconds=_STARTING)
        expect(there, "no window has opened the project")
        time.sleep(3)  # the window is drawn after the project is open

    def close_window(self) -> None:
        """WM_CLOSE, as the cross of the window sends it; the program saves and ends."""
        self.wine.run("taskkill", "/IM", PROGRAM)
        gone = self.wine.wait_for(self.project / "lock.json", there=False, seconds=_STARTING)
        expect(gone, "the project is still held")
        until = time.monotonic() + _STARTING
        while self.wine.is_running(PROGRAM):
            expect(time.monotonic() < until, "the program still runs")
            time.sleep(0.5)

    def own_path(self, folder: Path) -> str:
        """As programs there name a folder on their drive C."""
        return "C:\\" + str(folder.relative_to(self.wine.drive)).replace("/", "\\")
