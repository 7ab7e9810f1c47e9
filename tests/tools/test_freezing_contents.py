import os
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools.freezing import contents
from tools.freezing.bundle import surroundings
from tools.freezing.contents import missing_after, missing_before

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def prepared(tmp_path: Path) -> Path:
    """As `bundle.prepare` leaves it, with nothing in the files."""
    for name in ("thai/libthai.so.0", "thai/thai.dll", "thai/thbrk.tri", "licences/index.json"):
        path = tmp_path / "prepared" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return tmp_path / "prepared"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    for name in ("resources", "fonts"):
        shutil.copytree(ROOT / name, tmp_path / "checkout" / name)
    return tmp_path / "checkout"


def test_this_checkout_has_all_that_is_shipped(prepared: Path) -> None:
    assert missing_before(ROOT, prepared, "linux") == []
    assert missing_before(ROOT, prepared, "windows") == []


@pytest.mark.parametrize("name", [*contents.SHIPPED, *contents.ONLY_BUILT_WITH])
def test_a_file_that_is_not_there_is_named(checkout: Path, prepared: Path, name: str) -> None:
    for path in checkout.glob(name):
        path.unlink()
    assert missing_before(checkout, prepared, "linux") == [name]


@pytest.mark.parametrize("name", ["thai/libthai.so.0", "thai/thbrk.tri", "licences/index.json"])
def test_the_build_ends_with_a_sentence_that_names_what_is_missing(
    prepared: Path, tmp_path: Path, name: str
) -> None:
    (prepared / name).unlink()
    done = subprocess.run(
        [
            *(sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level=WARN"),
            *(f"--workpath={tmp_path / 'work'}", f"--distpath={tmp_path / 'dist'}"),
            str(ROOT / "pyinstaller.spec"),
        ],
        env=surroundings(prepared),
        capture_output=True,
        text=True,
        check=False,
    )
    said = f"the program is not frozen, because this is missing: prepared/{name}"
    assert done.returncode != 0
    assert said in done.stderr
    assert not list(tmp_path.glob("dist/*"))


def test_a_library_and_a_module_that_were_not_found_are_named() -> None:
    pdf, driver = "PySide6/Qt/lib/libQt6Pdf.so.6", "sqlalchemy.dialects.sqlite.pysqlite"
    wanted = [*contents.SHIPPED, *contents.LIBRARIES["linux"], "libthai.so.0", "thbrk.tri"]
    there = [name.replace("*", "x") for name in [*wanted, "licences/index.json"]]
    there += [name.replace("*", "so") for name in contents.MODULES_IN_C]
    assert missing_after("linux", there, contents.HIDDEN) == []
    there.remove(pdf)
    modules = [name for name in contents.HIDDEN if name != driver]
    assert missing_after("linux", there, modules) == [pdf, driver]


def test_windows_names_are_read_whatever_their_slashes_and_letters() -> None:
    there = [name.replace("/", "\\").upper() for name in contents.LIBRARIES["windows"]]
    missing = missing_after("windows", there, contents.HIDDEN)
    assert not set(missing) & set(contents.LIBRARIES["windows"])


def test_only_the_plugins_that_are_used_are_kept() -> None:
    plugins = "PySide6/Qt/plugins"
    assert contents.keeps(f"{plugins}/platforms/libqxcb.so")
    assert contents.keeps(r"PySide6\plugins\platforms\qwindows.dll")
    assert contents.keeps(f"{plugins}/wayland-shell-integration/libxdg-shell.so")
    assert not contents.keeps(f"{plugins}/platforms/libqeglfs.so")
    assert not contents.keeps(f"{plugins}/platformthemes/libqgtk3.so")
    assert not contents.keeps(f"{plugins}/sqldrivers/libqsqlite.so")
    assert not contents.keeps(r"PySide6\opengl32sw.dll")
    assert contents.keeps("licences/libthai-beside.c")
    assert not contents.keeps("lxml/etree.h")


def test_libraries_go_with_the_plugin_that_needed_them() -> None:
    plugins = "PySide6/Qt/plugins"
    linked = {
        "xcb": {"libQt6Gui.so.6", "libc.so.6"},
        "gtk": {"libgtk-3.so.0", "libQt6Gui.so.6"},
        "gui": {"libicudata.so.73"},
    }
    binaries = [
        (f"{plugins}/platforms/libqxcb.so", "xcb", "BINARY"),
        (f"{plugins}/platformthemes/libqgtk3.so", "gtk", "BINARY"),
        ("PySide6/Qt/lib/libQt6Gui.so.6", "gui", "BINARY"),
        ("libQt6Gui.so.6", "PySide6/Qt/lib/libQt6Gui.so.6", "SYMLINK"),
        ("libgtk-3.so.0", "gtk3", "BINARY"),
        ("libicudata.so.73", "icu", "BINARY"),
        ("libthai.so.0", "thai", "BINARY"),
        ("lxml/etree.so", "etree", "EXTENSION"),
    ]
    kept = contents.needed_of(binaries, lambda file: linked.get(file, set()))
    assert [name for name, *_ in kept] == [
        f"{plugins}/platforms/libqxcb.so",
        "PySide6/Qt/lib/libQt6Gui.so.6",
        "libicudata.so.73",
        "libthai.so.0",
        "lxml/etree.so",
    ]


def test_every_module_of_the_program_is_taken(tmp_path: Path) -> None:
    modules = contents.modules_of(ROOT)
    assert {"esa_desktop", "esa_desktop.child", "esa_desktop.services.binder_child"} <= set(modules)
    assert "esa_desktop.__main__" not in modules  # the script itself
    stray = tmp_path / "esa_desktop" / "kept"
    stray.mkdir(parents=True)
    (stray / "old.py").touch()
    assert contents.modules_of(tmp_path) == []


def test_the_word_list_and_the_texts_of_licences_stay_in_the_checkout() -> None:
    folders = {folder for _, folder in contents.copied_from(ROOT)}
    names = {Path(file).name for file, _ in contents.copied_from(ROOT)}
    assert "resources/licences" not in folders
    assert not names & {"words_th.txt", "app-icon.ico"}


HOOK = str(ROOT / "tools" / "freezing" / "own_libraries.py")


def test_what_the_program_starts_finds_the_systems_libraries(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LD_LIBRARY_PATH", "/bundle:/mine")
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", "/mine")
    runpy.run_path(HOOK)
    assert os.environ["LD_LIBRARY_PATH"] == "/mine"
    assert "LD_LIBRARY_PATH_ORIG" not in os.environ
    monkeypatch.setenv("LD_LIBRARY_PATH", "/bundle")
    runpy.run_path(HOOK)
    assert "LD_LIBRARY_PATH" not in os.environ
