"""The steps of a program's life on a Windows machine, each of which must show what its name says."""

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from esa_desktop import __version__
from tools.freezing import installed
from tools.freezing.life_cycle_machine import Machine, expect
from tools.freezing.windows import CONSOLE_PROGRAM, PROGRAM, self_test
from tools.freezing.wine import windows_path

Step = tuple[str, Callable[[], None]]
OLDER: Final = "0.0.1"
RUNNING, NEWER_THERE = 4, 5
"""Exit codes of Setup.exe, from ``refusals.nsh``."""
STALE: Final = "_internal/จากรุ่นก่อน/ข้างใน.pyd"
"""A file of the older version that the newer one has no more, in a folder it has no more."""
THAI_FOLDER: Final = "โปรแกรมของ สพป"
STICK: Final = "แฟลชไดรฟ์ ของฉัน"


class FirstLife:
    """Installed on a machine that never had the program, used, uninstalled."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self._wine = machine.wine
        self._foreign: list[Path] = []

    def steps(self) -> list[Step]:
        return [
            ("silent install", self.install),
            ("the installed tree is the frozen tree, byte for byte", self.same_tree),
            ("self-test of the installed program", self.self_test),
            ("entry in the list of programs", self.entry),
            (".esax, .esa and the folder's verb are associated", self.association),
            ("links in the start menu and on the desktop", self.shortcuts),
            ("a double click opens the project in a window", self.double_click),
            ("Setup refuses while the program runs, and changes nothing", self.refuse_running),
            ("asked to close, the program lets go of the project and ends", self.close),
            ("uninstall keeps data, settings and foreign files", self.uninstall),
            ("uninstall leaves nothing of ours: files, links, registry", self.left_nothing),
        ]

    def install(self) -> None:
        self._machine.clean()
        self._machine.run_setup(self._machine.setup)
        expect((self._machine.program / PROGRAM).is_file(), f"no {PROGRAM} is there")

    def same_tree(self) -> None:
        found = installed.differences(self._machine.program, self._machine.tree)
        expect(not found, f"different: {', '.join(found[:10])}")

    def self_test(self) -> None:
        self_test(self._wine, self._machine.program / PROGRAM, "windows")

    def entry(self) -> None:
        place = self._machine.own_path(self._machine.program)
        for name, wanted in (
            ("DisplayVersion", __version__),
            ("InstallLocation", place),
            ("QuietUninstallString", f'"{place}\\uninstall.exe" /S'),
        ):
            found = installed.value(self._wine, installed.ENTRY, name)
            expect(found == wanted, f"{name} is {found}, not {wanted}")

    def association(self) -> None:
        command = f'"{self._machine.own_path(self._machine.program)}\\{PROGRAM}" "%1"'
        classes = installed.CLASSES
        for suffix, kind in ((".esax", "EsaDesktop.Package"), (".esa", "EsaDesktop.Project")):
            found = installed.value(self._wine, rf"{classes}\{suffix}")
            expect(found == kind, f"{suffix} is a {found}")
            opens = installed.value(self._wine, rf"{classes}\{kind}\shell\open\command")
            expect(opens == command, f"{suffix} opens {opens}")
        verb = rf"{classes}\Directory\shell\{installed.PRODUCT}"
        expect(installed.value(self._wine, verb), "the folder's verb has no words")
        found = installed.value(self._wine, rf"{verb}\command")
        expect(found == command, f"the folder's verb starts {found}")

    def shortcuts(self) -> None:
        found = installed.links(self._wine)
        on_desktop = ["Desktop" in link.parts for link in found]
        expect(sorted(on_desktop) == [False, True], f"links: {[str(link) for link in found]}")
        for link in found:
            expect(installed.aims_at(link, PROGRAM), f"{link.name} aims at something else")

    def double_click(self) -> None:
        """On the file of the project's folder that is there for it."""
        machine = self._machine
        machine.command("sample", windows_path(machine.project))
        marks = list(machine.project.glob("*.esa"))
        expect(len(marks) == 1, "no file for a double click in the project's folder")
        machine.open_by_shell(marks[0])

    def refuse_running(self) -> None:
        before = installed.tree_of(self._machine.program)
        self._machine.run_setup(self._machine.setup, code=RUNNING)
        after = installed.tree_of(self._machine.program)
        expect(after == before, "the program's files were changed")

    def close(self) -> None:
        self._machine.close_window()

    def uninstall(self) -> None:
        self._foreign = list(installed.foreign_files(self._machine.program))
        project = installed.tree_of(self._machine.project)
        settings = set(installed.tree_of(self._machine.user))
        self._machine.uninstall(self._machine.program)
        expect(all(path.is_file() for path in self._foreign), "a foreign file is gone")
        expect(project and installed.tree_of(self._machine.project) == project, "data was touched")
        lost = settings - set(installed.tree_of(self._machine.user))
        expect(settings and not lost, f"settings are gone: {sorted(lost)}")

    def left_nothing(self) -> None:
        there = {path for path in self._machine.program.rglob("*") if path.is_file()}
        ours = sorted(path.name for path in there - set(self._foreign))
        expect(not ours, f"left behind: {', '.join(ours[:10])}")
        keys = [key for key in installed.KEYS if installed.has_key(self._wine, key)]
        expect(not keys, f"left in the registry: {', '.join(keys)}")
        expect(not installed.links(self._wine), "a link is left behind")


class SecondLife:
    """An older version, used, upgraded, mended; the project of the first life is still there."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self._wine = machine.wine
        self._foreign: list[Path] = []
        self._shown = ""
        self._backups: set[str] = set()

    def steps(self) -> list[Step]:
        return [
            ("an older version is installed and used", self.install_older),
            ("upgrade in place", self.upgrade),
            ("the upgrade is the frozen tree; old program files are gone", self.no_stale),
            ("the upgrade kept foreign files", self.foreign_kept),
            ("the upgrade kept the project and backed it up first", self.data_kept),
            ("the upgrade copied the settings first", self.settings_kept),
            ("the older version is refused over the newer one", self.refuse_older),
            ("Setup over the same version mends a damaged file", self.repair),
            ("uninstalled", lambda: self._machine.uninstall(self._machine.program)),
        ]

    def install_older(self) -> None:
        machine = self._machine
        machine.run_setup(machine.older)
        expect((machine.program / STALE).is_file(), "it is not the older version that is there")
        version = installed.value(self._wine, installed.ENTRY, "DisplayVersion")
        expect(version == OLDER, f"version {version}")
        machine.open_by_name(machine.project)
        machine.close_window()

    def upgrade(self) -> None:
        machine = self._machine
        self._foreign = list(installed.foreign_files(machine.program))
        # Something new since the last backup, or there is nothing to back up.
        note = machine.project.with_name("หลักฐานใหม่.txt")
        note.write_text("หลักฐาน", encoding="utf-8")
        machine.command("attach", windows_path(machine.project), "1.1.1", windows_path(note))
        self._shown, self._backups = machine.shown_project(), machine.backups()
        machine.run_setup(machine.setup)
        version = installed.value(self._wine, installed.ENTRY, "DisplayVersion")
        expect(version == __version__, f"version {version}")

    def no_stale(self) -> None:
        program = self._machine.program
        foreign = {path.relative_to(program).as_posix() for path in self._foreign}
        found = installed.differences(program, self._machine.tree)
        strange = [name for name in found if name not in foreign]
        expect(not strange, f"different: {', '.join(strange[:10])}")
        expect(not (program / STALE).parent.exists(), "a folder of the older version is there")

    def foreign_kept(self) -> None:
        expect(self._foreign and all(path.is_file() for path in self._foreign), "one is gone")

    def data_kept(self) -> None:
        expect(self._machine.shown_project() == self._shown, "the project is another than before")
        expect(self._machine.backups() - self._backups, "no backup was made before the upgrade")

    def settings_kept(self) -> None:
        copies = list((self._machine.user / "backup").glob(f"upgrade-{OLDER}-*"))
        expect(len(copies) == 1 and any(copies[0].iterdir()), "the settings were not copied")

    def refuse_older(self) -> None:
        before = installed.tree_of(self._machine.program)
        self._machine.run_setup(self._machine.older, code=NEWER_THERE)
        after = installed.tree_of(self._machine.program)
        expect(after == before, "the program's files were changed")

    def repair(self) -> None:
        (self._machine.program / "_internal" / "thai.dll").write_bytes(b"damaged")
        self._machine.run_setup(self._machine.setup)
        self.no_stale()


class OtherPlaces:
    """Installed where somebody wished, and not installed at all."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self._wine = machine.wine
        self._place = machine.wine.drive / THAI_FOLDER

    def steps(self) -> list[Step]:
        return [
            ("installed into a folder with Thai letters and a blank", self.install),
            ("uninstalled from there, the folder with it", self.uninstall),
            ("portable: from a Thai folder, its settings beside it", self.portable),
        ]

    def install(self) -> None:
        self._machine.clean()
        shutil.rmtree(self._place, ignore_errors=True)
        # Behind /D= NSIS takes the rest of the line as it is, so no quotes may be round it.
        self._machine.run_setup(
            self._machine.setup, *f"/D={self._machine.own_path(self._place)}".split(" ")
        )
        found = installed.differences(self._place, self._machine.tree)
        expect(not found, f"different: {', '.join(found[:10])}")
        self_test(self._wine, self._place / PROGRAM, "offscreen")

    def uninstall(self) -> None:
        self._machine.uninstall(self._place)
        expect(not self._place.exists(), "the folder is left")

    def portable(self) -> None:
        stick = self._wine.drive / STICK
        self._machine.clean()
        shutil.rmtree(stick, ignore_errors=True)
        with zipfile.ZipFile(self._machine.portable) as packed:
            packed.extractall(stick)
        program = next(stick.rglob(PROGRAM))
        self_test(self._wine, program, "windows")
        code, said = self._wine.run(program.with_name(CONSOLE_PROGRAM), "backup", "--recent")
        expect(code == 0, f"it cannot work with its settings: {said}")
        expect((program.parent / "ข้อมูลโปรแกรม").is_dir(), "no settings beside the program")
        expect(not self._machine.user.exists(), "it wrote into this computer's folder of the user")
        shutil.rmtree(stick)
