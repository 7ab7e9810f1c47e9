import logging
import sys
from pathlib import Path

import pytest

from esa_desktop import paths
from esa_desktop.logs import start_log
from esa_desktop.services.sample import sample_for_trying
from esa_desktop.ui.preferences import read_preferences
from tests.bundles import be_frozen, make_bundle
from tests.projects import WHO


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a frozen program on a stick, and a person without ``ESA_HOME``."""
    inside = make_bundle(tmp_path / "แฟลชไดรฟ์ ของฉัน")
    be_frozen(monkeypatch, inside)
    monkeypatch.delenv("ESA_HOME")
    paths._takes_files.cache_clear()
    return inside.parent


def test_a_checkout_has_no_bundle() -> None:
    assert (paths.is_frozen(), paths.portable_folder()) == (False, None)
    assert (paths.thai_library(), paths.licences_folder()) == (None, None)


def test_a_bundle_names_its_parts_by_their_full_paths(program: Path) -> None:
    names = {"win32": "thai.dll", "darwin": "libthai.dylib"}
    assert paths.thai_library() == program / "_internal" / names.get(sys.platform, "libthai.so.0")
    assert paths.licences_folder() == program / "_internal" / "licences"
    assert paths.fonts_folder() == program / "_internal" / "fonts"


def test_an_installed_program_keeps_its_things_with_the_user(program: Path) -> None:
    assert paths.portable_folder() is None
    assert not paths.user_folder().is_relative_to(program)
    assert not paths.documents_folder().is_relative_to(program)


def test_a_portable_program_keeps_its_things_beside_itself(program: Path) -> None:
    (program / "portable.txt").touch()

    assert paths.portable_folder() == program
    assert paths.user_folder() == program / "ข้อมูลโปรแกรม"
    assert paths.documents_folder() == program / "งานประเมิน"
    assert paths.documents_folder().is_dir()
    assert not paths.portable_is_refused()


def test_everything_of_a_portable_program_goes_there(
    program: Path, profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (program / "portable.txt").touch()

    assert read_preferences(paths.user_folder()).last_folder == program / "งานประเมิน"
    sample = sample_for_trying(paths.user_folder(), WHO)

    assert sample.is_relative_to(program / "ข้อมูลโปรแกรม")
    assert list(profile.iterdir()) == []


def test_the_mark_means_nothing_in_a_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "portable.txt").touch()
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))

    assert paths.portable_folder() is None


def test_a_named_folder_wins_over_a_portable_one(
    program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (program / "portable.txt").touch()
    monkeypatch.setenv("ESA_HOME", str(tmp_path / "named"))

    assert paths.user_folder() == tmp_path / "named"


def refuse(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """As a stick with its lock on: for tests run by root, whom no folder refuses."""

    def locked(dir: Path) -> None:  # noqa: A002 - tempfile's name
        assert dir == folder
        raise PermissionError(13, "locked")

    monkeypatch.setattr("tempfile.TemporaryFile", locked)


def test_a_locked_stick_leaves_the_things_with_the_user(
    program: Path, profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (program / "portable.txt").touch()
    refuse(monkeypatch, program)

    assert paths.portable_is_refused()
    assert paths.user_folder().is_relative_to(profile)
    assert paths.documents_folder() == profile
    monkeypatch.setattr(logging.getLogger("esa_desktop"), "handlers", [])
    start_log()
    assert sorted(path.name for path in program.iterdir()) == [
        "_internal",
        "esa-desktop",
        "portable.txt",
    ]


def test_the_answer_of_a_stick_stays_while_the_program_runs(
    program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (program / "portable.txt").touch()
    before = paths.user_folder()
    refuse(monkeypatch, program)

    assert paths.user_folder() == before


def test_a_file_in_the_place_of_the_folder_is_no_trouble(program: Path, profile: Path) -> None:
    (program / "portable.txt").touch()
    (program / "งานประเมิน").write_text("ไฟล์ของใครสักคน", "utf-8")

    assert paths.documents_folder() == profile


@pytest.mark.skipif(sys.platform == "win32", reason="Windows is asked itself")
def test_the_documents_are_where_the_desktop_has_them(profile: Path) -> None:
    assert paths.documents_folder() == profile
    (profile / "Documents").mkdir()
    assert paths.documents_folder() == profile / "Documents"
    (profile / "เอกสาร").mkdir()
    (profile / ".config").mkdir()
    named = '# comment\nXDG_DOWNLOAD_DIR="$HOME/x"\nXDG_DOCUMENTS_DIR="$HOME/เอกสาร"\n'
    (profile / ".config" / "user-dirs.dirs").write_text(named, "utf-8")
    assert paths.documents_folder() == profile / "เอกสาร"
    (profile / "เอกสาร").rmdir()
    assert paths.documents_folder() == profile / "Documents"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows is asked itself")
def test_a_part_of_a_path_is_no_documents_folder(
    profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (profile / ".config").mkdir()
    (profile / ".config" / "user-dirs.dirs").write_text('XDG_DOCUMENTS_DIR="in"\n', "utf-8")
    (profile / "in").mkdir()
    monkeypatch.chdir(profile)
    assert paths.documents_folder() == profile


def test_moved_documents_of_windows_are_followed_and_gone_ones_are_not(
    profile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer of the system stands in: `SHGetKnownFolderPath` is tried where it exists."""
    moved = tmp_path / "OneDrive - สพป." / "เอกสาร"
    monkeypatch.setattr(paths, "_known_documents", lambda: moved)

    assert paths.documents_folder() == profile
    moved.mkdir(parents=True)
    assert paths.documents_folder() == moved


if sys.platform == "win32":  # elsewhere there is nobody to ask, and a skipped test is a failure

    def test_windows_knows_the_documents() -> None:
        assert paths._windows_documents() is not None
