from __future__ import annotations

import hashlib
import html
import re
import subprocess
import zipfile
from pathlib import Path

import pytest

from esa_desktop import __version__
from esa_desktop.paths import resources_folder
from tools.installing import __main__ as installing
from tools.installing.deb import make_deb
from tools.installing.host_libraries import host_packages
from tools.installing.names import HERE, PAGE, SUMS, NotBuilt
from tools.installing.page import EXIT_CODES, page
from tools.installing.portable import FOLDER, MARK, READ_FIRST, make_portable
from tools.installing.setup_exe import list_of, make_setup, write_list
from tools.installing.signing import sign
from tools.installing.sums import write_sums


@pytest.fixture
def windows_tree(tmp_path: Path) -> Path:
    """As the frozen program lies, with files that are no programs."""
    tree = tmp_path / "windows" / "esa-desktop"
    for name in (
        "esa-desktop.exe",
        "esa-desktop-cli.exe",
        "_internal/resources/icons/document.ico",
        "_internal/โฟลเดอร์ ไทย/ไฟล์.txt",
    ):
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_bytes(name.encode())
    return tree


@pytest.fixture
def linux_tree(tmp_path: Path) -> Path:
    tree = tmp_path / "linux" / "esa-desktop"
    (tree / "_internal").mkdir(parents=True)
    (tree / "esa-desktop").write_bytes(Path("/bin/true").read_bytes())
    (tree / "_internal" / "ข้อมูล.txt").write_text("x", encoding="utf-8")
    return tree


# --- Setup.exe ----------------------------------------------------------------------------------


def test_the_list_names_every_file_and_each_folder_before_and_behind_its_files(
    windows_tree: Path,
) -> None:
    lines = list_of(windows_tree)
    files = {line for line in lines if not line.endswith("\\")}
    there = {
        str(path.relative_to(windows_tree)).replace("/", "\\")
        for path in windows_tree.rglob("*")
        if path.is_file()
    }
    assert files == there | {"uninstall.exe"}
    for folder in ("_internal\\", "_internal\\resources\\", "_internal\\โฟลเดอร์ ไทย\\"):
        inside = [n for n, line in enumerate(lines) if line.startswith(folder) and line != folder]
        first, last = (n for n, line in enumerate(lines) if line == folder)
        assert first < min(inside)
        assert max(inside) < last


def test_the_list_is_written_as_the_installer_reads_it(windows_tree: Path, tmp_path: Path) -> None:
    write_list(windows_tree, tmp_path / "list")
    content = (tmp_path / "list").read_bytes()
    assert content.startswith(b"\xff\xfe")
    assert content.decode("utf-16").split("\r\n")[:-1] == list_of(windows_tree)


def test_a_folder_that_is_no_frozen_program_is_refused(windows_tree: Path, tmp_path: Path) -> None:
    (windows_tree / "esa-desktop-cli.exe").unlink()
    with pytest.raises(NotBuilt, match=r"esa-desktop-cli\.exe"):
        make_setup(windows_tree, tmp_path / "Setup.exe")
    assert not (tmp_path / "Setup.exe").exists()


def test_the_page_and_the_installer_know_the_same_exit_codes() -> None:
    script = "".join((HERE / name).read_text(encoding="utf-8") for name in SCRIPTS)
    used = {int(code) for code in re.findall(r"(?:REFUSE|SetErrorLevel) (\d+)", script)}
    assert used | {0, 2} == set(EXIT_CODES)
    told = (HERE / "refusals.nsh").read_text(encoding="utf-8").split("!define")[0]
    assert {int(code) for code in re.findall(r"(?<=\s)(\d)(?= )", told)} >= set(EXIT_CODES)


SCRIPTS = ("setup.nsi", "listed.nsh", "refusals.nsh", "associations.nsh", "words.nsh", "Thai.nsh")


def test_no_folder_is_ever_removed_with_what_lies_in_it() -> None:
    for name in SCRIPTS:
        text = (HERE / name).read_text(encoding="utf-8")
        code = "\n".join(line.partition(";")[0] for line in text.splitlines())
        assert "RMDir /r" not in code, name


def test_everything_is_written_for_this_person_only() -> None:
    text = "".join((HERE / name).read_text(encoding="utf-8") for name in SCRIPTS)
    assert "RequestExecutionLevel user" in text
    for hive in ("HKLM", "HKCR", "SHCTX", "$PROGRAMFILES"):
        assert hive not in text


def test_every_refusal_says_what_to_do() -> None:
    words = (HERE / "words.nsh").read_text(encoding="utf-8")
    refusals = re.findall(
        r'!define TXT_(?:OLD_WINDOWS|32_BIT|RUNNING|TWICE|NEWER|PORTABLE|NO_\w+|FAILED|IN_USE) "(.+)"',
        words,
    )
    assert len(refusals) == 10
    assert all("กรุณา" in sentence for sentence in refusals)


@pytest.mark.torture
def test_nsis_makes_the_installer_without_a_warning(windows_tree: Path, tmp_path: Path) -> None:
    made = make_setup(windows_tree, tmp_path / "ตัวติดตั้ง" / "Setup.exe")
    content = made.read_bytes()
    assert content[:2] == b"MZ"
    assert __version__.encode("utf-16-le") in content
    assert list(made.parent.iterdir()) == [made]


@pytest.mark.torture
def test_a_signing_command_is_asked_for_programs_uninstaller_and_installer(
    windows_tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = tmp_path / "signed.txt"
    command = tmp_path / "signer.sh"
    command.write_text(f'#!/bin/sh\necho "$1" >> "{told}"\ncp "$1" "$2"\n', encoding="utf-8")
    command.chmod(0o755)
    monkeypatch.setenv("ESA_SIGN", f"{command} {{file}} {{signed}}")
    make_setup(windows_tree, tmp_path / "Setup.exe")
    signed = [Path(line).name for line in told.read_text(encoding="utf-8").splitlines()]
    assert signed[:2] == ["esa-desktop-cli.exe", "esa-desktop.exe"]
    assert len(signed) == 4  # and the uninstaller under a passing name, and Setup.exe
    assert signed[-1] == "Setup.exe.part"


def test_a_file_is_signed_in_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "โปรแกรม ของเรา.exe"
    program.write_bytes(b"program")
    monkeypatch.setenv("ESA_SIGN", "cp {file} {signed}")
    sign(program)
    assert [path.name for path in tmp_path.iterdir()] == [program.name]
    monkeypatch.setenv("ESA_SIGN", "false {file} {signed}")
    with pytest.raises(NotBuilt, match="signing"):
        sign(program)


# --- portable -----------------------------------------------------------------------------------


def test_the_portable_zip_has_the_same_bytes_every_time(windows_tree: Path, tmp_path: Path) -> None:
    first = make_portable(windows_tree, tmp_path / "a.zip").read_bytes()
    for path in windows_tree.rglob("*"):
        path.touch()
    assert make_portable(windows_tree, tmp_path / "b.zip").read_bytes() == first
    (windows_tree / "esa-desktop.exe").write_bytes(b"other")
    assert make_portable(windows_tree, tmp_path / "c.zip").read_bytes() != first


def test_the_portable_zip_is_the_tree_with_its_mark(windows_tree: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(make_portable(windows_tree, tmp_path / "a.zip")) as packed:
        packed.extractall(tmp_path / "stick")
        assert packed.testzip() is None
    place = tmp_path / "stick" / FOLDER
    found = {path.relative_to(place) for path in place.rglob("*") if path.is_file()}
    ours = {path.relative_to(windows_tree) for path in windows_tree.rglob("*") if path.is_file()}
    assert found == ours | {Path(MARK), Path(READ_FIRST)}
    assert all((place / name).read_bytes() == (windows_tree / name).read_bytes() for name in ours)


def test_the_program_knows_the_mark(
    windows_tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from esa_desktop import paths

    with zipfile.ZipFile(make_portable(windows_tree, tmp_path / "a.zip")) as packed:
        packed.extractall(tmp_path)
    program = tmp_path / FOLDER / "esa-desktop.exe"
    monkeypatch.setattr("sys.frozen", True, raising=False)
    monkeypatch.setattr("sys._MEIPASS", str(program.parent / "_internal"), raising=False)
    monkeypatch.setattr("sys.executable", str(program))
    assert paths.portable_folder() == program.parent
    words = (program.parent / READ_FIRST).read_text(encoding="utf-8-sig")
    monkeypatch.delenv("ESA_HOME")
    assert f"“{paths.user_folder().name}”" in words
    assert f"“{paths.documents_folder().name}”" in words


# --- .deb ---------------------------------------------------------------------------------------


def test_the_packages_needed_are_read_from_the_binaries(linux_tree: Path) -> None:
    found = host_packages(linux_tree)
    assert re.match(r"libc6 \(>= 2\.\d+\)(, |$)", found)
    assert "libx11-6" not in found


def test_the_deb_says_what_it_is_and_holds_the_tree(linux_tree: Path, tmp_path: Path) -> None:
    made = make_deb(linux_tree, tmp_path / "a.deb")

    def field(name: str) -> str:
        asked = ["dpkg-deb", "--field", str(made), name]
        return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()

    assert field("Package") == "esa-desktop"
    assert field("Version") == __version__
    assert field("Architecture") == "amd64"
    assert field("Depends").startswith("libc6")
    assert int(field("Installed-Size")) > 0
    out = tmp_path / "out"
    subprocess.run(["dpkg-deb", "-R", str(made), str(out)], check=True)
    home = out / "usr/lib/esa-desktop"
    assert (home / "_internal" / "ข้อมูล.txt").read_text(encoding="utf-8") == "x"
    assert (out / "usr/bin/esa-desktop").resolve() == home / "esa-desktop"
    for kind in ("apps/esa-desktop", "mimetypes/application-x-esa-package"):
        for side in (16, 48, 256):
            assert (out / f"usr/share/icons/hicolor/{side}x{side}/{kind}.png").stat().st_size > 100
    menu = (out / "usr/share/applications/esa-desktop.desktop").read_text(encoding="utf-8")
    assert "Name[th]=ประเมินมาตรฐานสำนักงานเขตพื้นที่การศึกษา" in menu
    assert "application/x-esa-package" in menu
    sums = subprocess.run(
        ["md5sum", "--quiet", "-c", "DEBIAN/md5sums"], cwd=out, capture_output=True, check=False
    )
    assert sums.returncode == 0, sums.stdout


def test_the_deb_has_the_same_bytes_every_time(linux_tree: Path, tmp_path: Path) -> None:
    first = make_deb(linux_tree, tmp_path / "a.deb", "libc6").read_bytes()
    assert make_deb(linux_tree, tmp_path / "b.deb", "libc6").read_bytes() == first


@pytest.mark.torture
def test_lintian_finds_no_error(linux_tree: Path, tmp_path: Path) -> None:
    made = make_deb(linux_tree, tmp_path / "esa-desktop.deb")
    told = subprocess.run(
        ["lintian", "--allow-root", "--fail-on", "error", str(made)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stdout


# --- sums, page, command ------------------------------------------------------------------------


def test_the_sums_are_those_of_the_files(tmp_path: Path) -> None:
    (tmp_path / "a.exe").write_bytes(b"a")
    (tmp_path / "b.deb").write_bytes(b"b")
    (tmp_path / "note.txt").write_bytes(b"c")
    sums = write_sums(tmp_path)
    assert sums == {name: hashlib.sha256(name[:1].encode()).hexdigest() for name in sums}
    assert set(sums) == {"a.exe", "b.deb"}
    checked = subprocess.run(
        ["sha256sum", "-c", SUMS], cwd=tmp_path, capture_output=True, check=False
    )
    assert checked.returncode == 0
    (tmp_path / "a.exe").write_bytes(b"changed")
    checked = subprocess.run(
        ["sha256sum", "-c", SUMS], cwd=tmp_path, capture_output=True, check=False
    )
    assert checked.returncode != 0


def test_the_page_is_one_file_and_calls_its_pictures_drawings() -> None:
    text = page({"x.exe": "0" * 64})
    assert not re.search(r"(?:src|href)=|https?://(?!www\.w3\.org/)|@import|url\(", text)
    assert text.count("<svg") == text.count("<figcaption>ภาพวาด") == 3
    assert "0" * 64 in text
    for meaning in EXIT_CODES.values():
        assert html.escape(meaning) in text


def test_one_command_makes_what_is_asked_for(
    windows_tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installing, "WINDOWS_TREE", windows_tree)
    into = tmp_path / "installer"
    assert installing.main(["--only", "portable", "--into", str(into)]) == 0
    made = f"EsaDesktop-{__version__}-portable.zip"
    assert {path.name for path in into.iterdir()} == {made, SUMS, PAGE}
    assert made in (into / PAGE).read_text(encoding="utf-8")


def test_what_cannot_be_made_is_said_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(installing, "LINUX_TREE", tmp_path)
    assert installing.main(["--only", "deb", "--into", str(tmp_path / "out")]) == 1
    assert "esa-desktop is missing" in capsys.readouterr().err


# --- icons --------------------------------------------------------------------------------------


def test_the_icon_files_are_those_of_the_drawings() -> None:
    from tools.make_app_icon import NAMES, SIDES, drawn, icon_file

    for name in NAMES:
        content = (resources_folder() / "icons" / f"{name}.ico").read_bytes()
        count = int.from_bytes(content[4:6], "little")
        sides = tuple(content[6 + 16 * n] or 256 for n in range(count))
        assert sides == SIDES
        assert content == icon_file([drawn(name, side) for side in SIDES])
