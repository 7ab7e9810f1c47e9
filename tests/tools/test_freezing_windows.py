import hashlib
import json
import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from tools.freezing import installed, windows, windows_python, wine
from tools.freezing.life_cycle_steps import FirstLife, OtherPlaces, SecondLife
from tools.freezing.windows_wheels import LOCK, pinned

ROOT = Path(__file__).resolve().parents[2]


def test_windows_gets_the_versions_that_were_tested_here():
    ours, here = pinned(LOCK), pinned(ROOT / "requirements.lock")

    assert len(here) > 15
    assert {name: ours.get(name) for name in here if name != "nlpo3"} == {
        name: version for name, version in here.items() if name != "nlpo3"
    }
    assert "nlpo3" not in ours


def test_both_programs_are_frozen_by_the_same_pyinstaller():
    ours, here = pinned(LOCK), pinned(ROOT / "requirements-dev.lock")

    tools = ("pyinstaller", "pyinstaller-hooks-contrib", "altgraph", "pefile", "pywin32-ctypes")
    for name in tools:
        assert ours[name] == here[name]


def test_a_lock_file_names_no_place_and_hashes_everything():
    lines = LOCK.read_text("utf-8").splitlines()
    entries = "\n".join(line for line in lines if not line.startswith("#")).split("\n\n")[0]

    assert not re.search(r"https?:|file:|--index|--find-links", entries)
    blocks = re.split(r"^(?=[A-Za-z])", entries, flags=re.MULTILINE)[1:]
    assert len(blocks) == len(pinned(LOCK))
    assert all("--hash=sha256:" in block for block in blocks)


def test_names_in_a_lock_file_are_compared_however_they_are_spelled(tmp_path):
    lock = tmp_path / "lock"
    lock.write_text("# Foo==9\nPySide6_Addons==6.1 \\\n    --hash=sha256:00\nlxml==6\n", "utf-8")

    assert pinned(lock) == {"pyside6-addons": "6.1", "lxml": "6"}


def test_of_the_archive_only_what_is_signed_is_taken(tmp_path):
    archive = tmp_path / "data.zip"
    names = "cp311/python.exe cp311/_ssl.pyd cp311/python311.dll cp311/python311.zip".split()
    with zipfile.ZipFile(archive, "w") as packed:
        for name in [*names, "cp311/python311._pth", "cp311/LICENSE.txt", "../../evil.dll"]:
            packed.writestr(name, name)
    folder = tmp_path / "python"
    folder.mkdir()

    windows_python._unpack(archive, folder)

    assert sorted(path.name for path in folder.iterdir()) == [
        "LICENSE.txt", "_ssl.pyd", "evil.dll", "python.exe", "python311.dll",
    ]  # fmt: skip
    assert not (tmp_path.parent / "evil.dll").exists()


def test_an_archive_that_is_not_the_pinned_one_is_refused(tmp_path, monkeypatch):
    other = tmp_path / "other.zip"
    other.write_bytes(b"another Python")
    monkeypatch.setattr(windows_python, "_fetched", lambda _place: other)

    with pytest.raises(wine.NoWine, match=r"3\.11\.9"):
        windows_python.prepare_python(tmp_path / "python")

    assert not (tmp_path / "python-embed.zip").exists()


def test_the_pinned_archive_is_fetched_once(tmp_path, monkeypatch):
    asked = []
    archive = tmp_path / "made.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("cp311/python.exe", "MZ")
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    monkeypatch.setattr(windows_python, "ARCHIVE_SHA256", digest)
    monkeypatch.setattr(windows_python, "_fetched", lambda _place: asked.append(1) or archive)
    monkeypatch.setattr(
        windows_python.shutil, "copytree", lambda _from, to, **_rest: to.mkdir(parents=True)
    )

    first = windows_python.prepare_python(tmp_path / "python")
    again = windows_python.prepare_python(tmp_path / "python")

    assert first == again
    assert first.read_bytes() == b"MZ"
    assert asked == [1]


@pytest.mark.skipif(shutil.which("osslsigncode") is None, reason="osslsigncode is not installed")
def test_a_file_without_a_signature_is_not_taken_for_a_signed_one(tmp_path):
    (tmp_path / "python.exe").write_bytes(b"MZ" + bytes(4096))

    assert windows_python.signatures(tmp_path) == (1, 0)


def test_a_path_is_named_as_programs_under_wine_name_it(tmp_path):
    place = tmp_path / "งาน ของฉัน"

    assert wine.windows_path(place) == "Z:" + str(place).replace("/", "\\")


def test_nothing_of_the_user_gets_into_the_prefix(tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_TOKEN", "x")
    monkeypatch.setenv("PYTHONPATH", "/somewhere")

    around = wine.Wine(tmp_path, ":9").environment({"ESA_HOME": "there"})

    assert {"SECRET_TOKEN", "PYTHONPATH"}.isdisjoint(around)
    assert around["HOME"] == str(tmp_path / "home")
    assert around["WINEPREFIX"] == str(tmp_path / "prefix")
    assert around["ESA_HOME"] == "there"
    assert around["LC_ALL"].endswith("UTF-8")


def test_a_machine_without_wine_is_told_what_to_install(monkeypatch):
    monkeypatch.setattr(wine.shutil, "which", lambda _name: None)
    monkeypatch.setattr(wine, "_WINESERVERS", ())

    with pytest.raises(wine.NoWine, match=r"apt-get install .*gcc-mingw-w64-x86-64 wine wine64"):
        wine.ensure_tools()


def test_the_stubs_for_wine_have_sources_and_no_other_part_knows_them():
    assert {path.stem for path in wine.STUBS.glob("*.c")} == set(wine.SYSTEM_STUBS)
    spec = (ROOT / "pyinstaller.spec").read_text("utf-8")
    assert "wine" not in spec


def test_a_stub_in_the_frozen_program_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(windows.look_through, "problems", lambda _folder: [])
    windows.refuse_problems(tmp_path)
    (tmp_path / "_internal").mkdir()
    (tmp_path / "_internal" / "icuuc.dll").write_bytes(b"MZ")

    with pytest.raises(wine.NoWine, match="stub"):
        windows.refuse_problems(tmp_path)


class Told:
    """A Wine that runs nothing and lets a program have written its answer."""

    def __init__(self, folder, code, answer):
        self.folder, self._code, self._answer = folder, code, answer

    def variable(self, _name, _value):
        import contextlib

        return contextlib.nullcontext()

    def run(self, *_command, **_rest):
        if self._answer is not None:
            path = self.folder / "self-test.json"
            path.write_text(json.dumps(self._answer), encoding="utf-8")
        return self._code, ""


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        (0, None),
        (1, {"ok": True, "frozen": True, "steps": [{}]}),
        (0, {"ok": False, "frozen": True, "steps": [{"step": "x"}]}),
        (0, {"ok": True, "frozen": False, "steps": [{}]}),
    ],
)
def test_only_a_frozen_program_that_says_so_and_ends_well_has_passed(tmp_path, code, answer):
    with pytest.raises(wine.NoWine):
        windows.self_test(Told(tmp_path, code, answer), Path("x.exe"), "offscreen")

    passed = {"ok": True, "frozen": True, "steps": [{}]}
    assert windows.self_test(Told(tmp_path, 0, passed), Path("x.exe"), "offscreen") >= 0


def test_trees_differ_by_one_byte_one_file_more_and_one_less(tmp_path):
    frozen, there = tmp_path / "frozen", tmp_path / "there"
    for folder in (frozen, there):
        (folder / "_internal").mkdir(parents=True)
        for name in ("esa-desktop.exe", "_internal/a.dll", "_internal/b.dll"):
            (folder / name).write_text(name)
    for name in ("uninstall.exe", "installed-files.txt"):
        (there / name).write_text(name)
    assert installed.differences(there, frozen) == []

    (there / "_internal" / "a.dll").write_text("another")
    (there / "_internal" / "b.dll").unlink()
    (there / "more.dll").write_text("more")
    (there / "uninstall.exe").unlink()

    assert installed.differences(there, frozen) == [
        "_internal/a.dll", "_internal/b.dll", "more.dll", "uninstall.exe",
    ]  # fmt: skip


def test_a_text_of_the_registry_is_read_with_its_thai_and_its_quotes(tmp_path):
    exported = (
        "Windows Registry Editor Version 5.00\r\n\r\n[HKEY_CURRENT_USER\\Software\\x]\r\n"
        '@="งานประเมิน"\r\n"Run"="\\"C:\\\\โปรแกรม\\\\x.exe\\" \\"%1\\""\r\n'
        '"Size"=dword:00000005\r\n\r\n[HKEY_CURRENT_USER\\Software\\x\\y]\r\n@="inner"\r\n'
    )

    class Registry(Told):
        def run(self, *_command, **_rest):
            (self.folder / "exported.reg").write_text(exported, "utf-16", newline="")
            return 0, ""

    told = Registry(tmp_path, 0, None)
    assert installed.value(told, "HKCU\\Software\\x") == "งานประเมิน"
    assert installed.value(told, "HKCU\\Software\\x", "Run") == '"C:\\โปรแกรม\\x.exe" "%1"'
    assert installed.value(told, "HKCU\\Software\\x", "Size") is None


def test_the_life_of_a_program_has_every_step_once():
    lives = [FirstLife, SecondLife, OtherPlaces]
    machine = type("Machine", (), {"wine": type("Wine", (), {"drive": Path()})()})()

    names = [name for life in lives for name, _ in life(machine).steps()]

    assert len(names) == len(set(names)) >= 20


@pytest.mark.torture
def test_the_windows_program_is_frozen_and_lives_under_wine():
    """A quarter of an hour; a machine that lacks something is told, and that is no pass."""
    if lacking := wine.missing_tools():
        pytest.fail(f"nothing of Windows can run here: apt-get install {' '.join(lacking)}")
    python = ROOT / ".venv" / "bin" / "python"
    for module in ("tools.freezing", "tools.installing", "tools.freezing.life_cycle"):
        arguments = {
            "tools.freezing": ["--windows"],
            "tools.installing": ["--only", "setup", "--only", "portable"],
        }.get(module, [])
        done = subprocess.run(
            [python, "-m", module, *arguments],
            cwd=ROOT,
            env=os.environ,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
