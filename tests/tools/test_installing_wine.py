"""The hardships of an installer, under wine, with a program of a few kilobytes in place of ours."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.freezing.wine import Wine, screen, windows_path
from tools.installing import setup_exe
from tools.installing.setup_exe import LIST, make_setup

pytestmark = pytest.mark.torture

OLD, NEW = "0.0.1", "0.0.2"
PROGRAM = r"""
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
int wmain(int count, wchar_t **words) {
    for (int n = 1; n < count; n++) {
        if (!wcscmp(words[n], L"-o")) {
            FILE *out = _wfopen(words[n + 1], L"wb");
            fputs("[]", out);
            fclose(out);
        }
        if (!wcscmp(words[n], L"--hold"))
            CreateFileW(words[n + 1], GENERIC_READ, FILE_SHARE_READ, 0, OPEN_EXISTING, 0, 0);
        if (!wcscmp(words[n], L"--sleep")) Sleep(60000);
    }
    return getenv("ESA_FAIL") ? 2 : 0;
}
"""
FINE, RUNNING, NEWER, NO_SPACE, NO_PLACE, OLD_WINDOWS = 0, 4, 5, 6, 7, 3


class Laptop:
    """A prefix of wine, the installers of two versions, and a small drive that gets full."""

    def __init__(self, wine: Wine, place: Path, program: Path) -> None:
        self.wine = wine
        self.program = program
        self.trees = {version: self._tree(place / version, version) for version in (OLD, NEW)}
        self.setups = {
            version: make_setup(tree, place / f"Setup-{version}.exe", version)
            for version, tree in self.trees.items()
        }
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(setup_exe, "SPACE", -100)
            self.careless = make_setup(self.trees[NEW], place / "Setup-careless.exe", NEW)
            """Does not ask for room first, so that copying itself fails."""
        self.drive = place / "drive"
        self.drive.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=60m", "tmpfs", self.drive], check=True)
        self.folder = self.drive / "ที่ ติดตั้ง"

    def _tree(self, tree: Path, version: str) -> Path:
        inside = tree / "_internal"
        icons = inside / "resources" / "icons"
        icons.mkdir(parents=True)
        (icons / "document.ico").write_bytes(b"icon")
        for name in ("esa-desktop.exe", "esa-desktop-cli.exe"):
            shutil.copy(self.program, tree / name)
        (inside / "ไลบรารี.dll").write_bytes(version.encode() * 500_000)
        (inside / f"only-{version}.txt").write_text(version, encoding="ascii")
        return tree

    def setup(self, setup: str | Path, *more: str, **variables: str) -> int:
        file = self.setups[setup] if isinstance(setup, str) else setup
        return self.wine.run(file, "/S", *more, more=variables)[0]

    def fresh(self, version: str = OLD) -> None:
        """Nothing is installed but this version."""
        entry = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\esa_desktop"
        for key in (r"HKCU\Software\esa_desktop", entry):
            self.wine.run("reg", "delete", key, "/f")
        shutil.rmtree(self.folder, ignore_errors=True)
        self.size("60m")
        assert self.setup(version, f"/D={windows_path(self.folder)}") == FINE

    def size(self, size: str) -> None:
        remount = ["mount", "-o", f"remount,size={size}", str(self.drive)]
        subprocess.run(remount, check=True)

    def files(self) -> dict[str, str]:
        return {
            path.relative_to(self.folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in self.folder.rglob("*")
            if path.is_file()
        }

    def is_whole(self, version: str) -> bool:
        found = {name: digest for name, digest in self.files().items() if "ของฉัน" not in name}
        tree = self.trees[version]
        wanted = {
            path.relative_to(tree).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in tree.rglob("*")
            if path.is_file()
        }
        own = {name: found.pop(name) for name in (LIST, "uninstall.exe")}
        left = [name for name in ("_old", "_new") if (self.folder / name).exists()]
        return len(own) == 2 and found == wanted and not left


@pytest.fixture(scope="module")
def laptop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Laptop]:
    place = tmp_path_factory.mktemp("laptop")
    source, program = place / "program.c", place / "program.exe"
    source.write_text(PROGRAM, encoding="ascii")
    compiler = ("x86_64-w64-mingw32-gcc", "-municode", "-O1", "-s", "-o", program, source)
    subprocess.run(compiler, check=True)
    with screen() as display:
        wine = Wine(place / "wine", display)
        wine.make()
        made = Laptop(wine, place, program)
        try:
            yield made
        finally:
            wine.end()
            subprocess.run(["umount", made.drive], check=False)


def test_an_upgrade_takes_the_old_files_away_and_leaves_foreign_ones(laptop: Laptop) -> None:
    laptop.fresh()
    foreign = [laptop.folder / "ของฉัน.txt", laptop.folder / "_internal" / "ของฉัน.pyd"]
    for file in foreign:
        file.write_text("ของฉัน", encoding="utf-8")
    assert laptop.setup(NEW) == FINE
    assert all(file.read_text(encoding="utf-8") == "ของฉัน" for file in foreign)
    assert laptop.is_whole(NEW)
    assert laptop.setup(OLD) == NEWER
    assert laptop.is_whole(NEW)


def test_a_full_disk_is_told_before_anything_is_copied(laptop: Laptop) -> None:
    laptop.fresh()
    laptop.size("8m")
    assert laptop.setup(NEW) == NO_SPACE
    assert laptop.is_whole(OLD)


def test_a_disk_that_gets_full_while_copying_leaves_the_old_version_whole(laptop: Laptop) -> None:
    laptop.fresh()
    laptop.size("4m")
    assert laptop.setup(laptop.careless) == NO_SPACE
    assert laptop.is_whole(OLD)
    assert not (laptop.folder / "_new").exists()
    laptop.size("60m")
    assert laptop.setup(NEW) == FINE
    assert laptop.is_whole(NEW)


def test_a_file_that_somebody_holds_brings_the_old_version_back(laptop: Laptop) -> None:
    laptop.fresh()
    held = laptop.folder / "_internal" / "ไลบรารี.dll"
    holder = laptop.wine.start(laptop.program, "--hold", windows_path(held), "--sleep")
    time.sleep(3)
    try:
        assert laptop.setup(NEW) == RUNNING
        assert laptop.is_whole(OLD)
    finally:
        laptop.wine.end()
        holder.wait(30)
        assert holder.stdout is not None
        holder.stdout.close()
    assert laptop.setup(NEW) == FINE
    assert laptop.is_whole(NEW)


@pytest.mark.parametrize("program", ["esa-desktop.exe", "esa-desktop-cli.exe"])
def test_a_running_program_is_not_installed_over(laptop: Laptop, program: str) -> None:
    laptop.fresh()
    running = laptop.wine.start(laptop.folder / program, "--sleep")
    time.sleep(3)
    try:
        assert laptop.setup(NEW) == RUNNING
        assert laptop.is_whole(OLD)
    finally:
        laptop.wine.end()
        running.wait(30)
        assert running.stdout is not None
        running.stdout.close()


@pytest.mark.parametrize("moved", ["few out", "all out", "some in", "all in"])
def test_a_power_cut_in_the_middle_is_mended_by_the_next_start(
    laptop: Laptop, tmp_path: Path, moved: str
) -> None:
    laptop.fresh(NEW)
    made_new = {name: (laptop.folder / name).read_bytes() for name in (LIST, "uninstall.exe")}
    laptop.fresh()
    folder = laptop.folder
    shutil.copytree(laptop.trees[NEW], folder / "_new")
    for name, content in made_new.items():
        (folder / "_new" / name).write_bytes(content)

    def move(start: Path, to: Path, count: int | None) -> None:
        lines = (start / LIST if (start / LIST).exists() else to / LIST).read_text("utf-16")
        files = [line.replace("\\", "/") for line in lines.splitlines() if line[-1] != "\\"]
        for name in files[:count]:
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            (start / name).rename(to / name)

    (folder / "_old").mkdir()
    (folder / LIST).rename(folder / "_old" / LIST)
    move(folder, folder / "_old", 2 if moved == "few out" else None)
    if moved in ("some in", "all in"):
        move(folder / "_new", folder, 2 if moved == "some in" else None)
    # What comes next fails for want of room, so that only the mending is seen.
    laptop.size("9m")
    assert laptop.setup(NEW) == NO_SPACE
    assert laptop.is_whole(OLD)
    laptop.size("60m")
    assert laptop.setup(NEW) == FINE
    assert laptop.is_whole(NEW)


def test_a_backup_that_fails_does_not_keep_it_in_silence_from_going_on(laptop: Laptop) -> None:
    laptop.fresh()
    assert laptop.setup(NEW, ESA_FAIL="1") == FINE
    log = laptop.wine.local / "esa_desktop" / "setup.log"
    assert "สำรองข้อมูลของงานประเมินบางงานไม่สำเร็จ" in log.read_text("utf-16")


def test_the_settings_are_copied_before_an_upgrade(laptop: Laptop) -> None:
    laptop.fresh()
    user = laptop.wine.local / "esa_desktop"
    shutil.rmtree(user, ignore_errors=True)
    (user / "copies").mkdir(parents=True)
    (user / "copies" / "งาน.json").write_text("{}", encoding="ascii")
    for number in (1, 2):
        laptop.fresh()
        assert laptop.setup(NEW) == FINE
        copy = user / "backup" / f"upgrade-{OLD}-{number}"
        assert (copy / "copies" / "งาน.json").is_file()
        assert (copy / "projects.json").read_text("ascii") == "[]"
        assert not (copy / "backup").exists()


def test_a_portable_program_is_not_installed_over(laptop: Laptop) -> None:
    laptop.fresh()
    stick = laptop.drive / "แฟลช"
    stick.mkdir()
    (stick / "portable.txt").write_text("x", encoding="ascii")
    assert laptop.setup(NEW, f"/D={windows_path(stick)}") == NO_PLACE
    assert [path.name for path in stick.iterdir()] == ["portable.txt"]


def test_an_old_windows_is_refused(laptop: Laptop) -> None:
    laptop.fresh()
    for version in ("win7", "win81"):
        laptop.wine.must("winecfg", "-v", version)
        try:
            assert laptop.setup(NEW) == OLD_WINDOWS
        finally:
            laptop.wine.must("winecfg", "-v", "win10")
    assert laptop.is_whole(OLD)


def test_uninstalling_takes_what_is_ours_and_no_more(laptop: Laptop) -> None:
    laptop.fresh()
    foreign = laptop.folder / "_internal" / "ของฉัน.txt"
    foreign.write_text("ของฉัน", encoding="utf-8")
    user = laptop.wine.local / "esa_desktop"
    (user / "settings.json").write_text("{}", encoding="ascii")
    assert laptop.wine.run(laptop.folder / "uninstall.exe", "/S")[0] == FINE
    assert laptop.wine.wait_for(laptop.folder / "uninstall.exe", there=False)
    time.sleep(1)
    assert [path for path in laptop.folder.rglob("*") if path.is_file()] == [foreign]
    assert (user / "settings.json").is_file()


if sys.platform != "linux":
    pytest.skip("wine is for Linux", allow_module_level=True)
