from pathlib import Path, PureWindowsPath

import pytest

from esa_desktop.services.places import (
    ON_NETWORK,
    ON_STICK,
    accept,
    is_accepted,
    place_warning,
    synced_by,
)


def test_a_folder_of_this_computer_needs_no_warning(tmp_path: Path) -> None:
    assert place_warning(tmp_path / "งาน.esaproj", {}) == ""


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        (r"C:\Users\พิมพ์ใจ\OneDrive\เอกสาร\งาน.esaproj", "OneDrive"),
        (r"C:\Users\พิมพ์ใจ\OneDrive - สพป\งาน.esaproj", "OneDrive - สพป"),
        (r"G:\Google Drive\งาน.esaproj", "Google Drive"),
        (r"D:\งานประเมิน\งาน.esaproj", ""),
        (r"D:\ของ OneDrive เก่า\งาน.esaproj", ""),
    ],
)
def test_a_synced_folder_is_known_by_its_name(folder: str, name: str) -> None:
    assert synced_by(PureWindowsPath(folder), {}) == name


def test_a_synced_folder_is_known_by_what_windows_says() -> None:
    folder = PureWindowsPath(r"D:\คลาวด์\งาน.esaproj")

    assert synced_by(folder, {"OneDriveCommercial": r"D:\คลาวด์"}) == "OneDrive"
    assert synced_by(folder, {"OneDrive": r"D:\อื่น"}) == ""


def test_the_warning_says_what_to_do_instead(tmp_path: Path) -> None:
    cloud = place_warning(tmp_path / "x", {"OneDrive": str(tmp_path)})
    stick = place_warning(Path("/media/user/STICK/งาน"), {})

    assert "ควรเก็บไว้ในเครื่อง" in cloud
    assert "OneDrive" in cloud
    assert "แฟลชไดรฟ์" in stick


def test_what_was_accepted_of_one_folder_is_remembered_of_that_one_only(tmp_path: Path) -> None:
    user, folder = tmp_path / "ผู้ใช้", tmp_path / "งาน.esaproj"
    assert not is_accepted(user, folder, ON_STICK)

    accept(user, folder, ON_STICK)

    assert is_accepted(user, folder, ON_STICK)
    assert is_accepted(user, tmp_path / "x" / ".." / "งาน.esaproj", ON_STICK)
    assert not is_accepted(user, tmp_path / "อื่น.esaproj", ON_STICK)
    assert not is_accepted(user, folder, ON_NETWORK)
