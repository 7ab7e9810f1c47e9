import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from esa_desktop.ui import preferences as module
from esa_desktop.ui.preferences import MOST_RECENT, NAME, Preferences, read_preferences


def remember(preferences: Preferences, number: int) -> None:
    folder = Path(f"/งานประเมิน/เขต {number}.esaproj")
    preferences.remember(folder, f"สพป.ตัวอย่าง เขต {number}", 2568, done=3, total=18)


def numbers(preferences: Preferences) -> list[int]:
    return [int(r.office.rpartition(" ")[2]) for r in preferences.recent]


def test_what_was_set_is_found_again(tmp_path: Path) -> None:
    preferences = read_preferences(tmp_path / "new")
    preferences.text_zoom = 1.25
    preferences.dark = True
    preferences.last_folder = tmp_path
    preferences.set_widths("main", (272, 800, 264))
    remember(preferences, 1)

    again = read_preferences(tmp_path / "new")

    assert (again.text_zoom, again.dark, again.last_folder) == (1.25, True, tmp_path)
    assert again.widths("main") == [272, 800, 264]
    assert again.recent == preferences.recent
    assert again.recent[0].total == 18


def test_the_newest_project_comes_first_and_only_once(tmp_path: Path) -> None:
    preferences = read_preferences(tmp_path)
    for number in (*range(15), 9):
        remember(preferences, number)

    assert numbers(preferences) == [9, 14, 13, 12, 11, 10, 8, 7, 6, 5]
    assert len(preferences.recent) == MOST_RECENT


def test_a_project_can_be_taken_off_the_list(tmp_path: Path) -> None:
    preferences = read_preferences(tmp_path)
    remember(preferences, 1)
    remember(preferences, 2)

    preferences.forget(Path("/งานประเมิน/เขต 2.esaproj"))

    assert numbers(read_preferences(tmp_path)) == [1]


def test_the_window_comes_back_where_it_was(qtbot: QtBot, tmp_path: Path) -> None:
    preferences = read_preferences(tmp_path)
    one, other = QWidget(), QWidget()
    qtbot.addWidget(one)
    qtbot.addWidget(other)
    one.setGeometry(40, 50, 333, 222)

    assert not preferences.restore_geometry(other)
    preferences.keep_geometry(one)

    assert read_preferences(tmp_path).restore_geometry(other)
    assert other.size() == one.size()


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"null", b"\xff\xfe"])
def test_a_broken_file_means_the_defaults(tmp_path: Path, content: bytes) -> None:
    (tmp_path / NAME).write_bytes(content)

    found = read_preferences(tmp_path)

    assert (found.text_zoom, found.dark, found.recent) == (1.0, None, ())


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@given(
    st.dictionaries(
        st.sampled_from(["recent", "geometry", "splitters", "text_zoom", "theme", "folders"]),
        json_values,
    )
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80)
def test_any_value_of_a_wrong_kind_is_its_default(tmp_path: Path, values: dict[str, Any]) -> None:
    (tmp_path / NAME).write_text(json.dumps(values), encoding="utf-8")

    found = read_preferences(tmp_path)
    remember(found, 1)

    assert not math.isnan(found.text_zoom)
    assert 0.8 <= found.text_zoom <= 2.0
    assert read_preferences(tmp_path).recent == found.recent


def test_a_write_that_fails_leaves_the_old_file_and_no_litter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    preferences = read_preferences(tmp_path)
    preferences.text_zoom = 1.25

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module.os, "fsync", full)
    preferences.text_zoom = 1.5

    assert preferences.text_zoom == 1.5
    assert read_preferences(tmp_path).text_zoom == 1.25
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def test_a_folder_that_is_gone_is_not_offered(tmp_path: Path, profile: Path) -> None:
    preferences = read_preferences(tmp_path)
    preferences.set_folder("export", tmp_path / "gone")

    assert preferences.folder("export") == profile
    preferences.set_folder("export", tmp_path)
    assert preferences.folder("export") == tmp_path


def carried(monkeypatch: pytest.MonkeyPatch, drive: Path) -> Path:
    """The user's folder of a portable program that lies in ``drive`` today."""
    monkeypatch.setattr(module, "portable_folder", lambda: drive)
    return drive / "ข้อมูลโปรแกรม"


def test_a_stick_with_another_drive_letter_finds_its_projects_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, now, elsewhere = tmp_path / "E", tmp_path / "F", tmp_path / "เครื่องนี้" / "งาน.esaproj"
    kept = read_preferences(carried(monkeypatch, before))
    kept.remember(elsewhere, "สพป.อื่น", 2568)
    kept.remember(before / "งานประเมิน" / "เวียงสายธาร.esaproj", "สพป.เวียงสายธาร", 2568)
    kept.last_folder = before / "งานประเมิน"
    before.rename(now)
    (now / "งานประเมิน").mkdir()

    found = read_preferences(carried(monkeypatch, now))

    folders = [project.folder for project in found.recent]
    assert folders == [now / "งานประเมิน" / "เวียงสายธาร.esaproj", elsewhere]
    assert found.last_folder == now / "งานประเมิน"
    assert str(before) not in (now / "ข้อมูลโปรแกรม" / NAME).read_text(encoding="utf-8")
    found.remember(folders[0], "สพป.เวียงสายธาร", 2568)  # known as the same one
    assert len(found.recent) == 2


def test_whole_paths_of_an_older_portable_version_are_read_as_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "E" / "งานประเมิน" / "ก.esaproj"
    user = carried(monkeypatch, tmp_path / "E")
    user.mkdir(parents=True)
    old = {"recent": [{"folder": str(folder), "office": "ก", "fiscal_year": 2568}]}
    (user / NAME).write_text(json.dumps(old), encoding="utf-8")

    assert [project.folder for project in read_preferences(user).recent] == [folder]


def test_beside_a_locked_stick_whole_paths_stay_for_the_installed_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    carried(monkeypatch, tmp_path / "E")
    user, folder = tmp_path / "ในเครื่อง", tmp_path / "E" / "ก.esaproj"
    read_preferences(user).remember(folder, "ก", 2568)
    monkeypatch.undo()

    assert [project.folder for project in read_preferences(user).recent] == [folder]


def test_a_part_of_a_path_leads_nowhere_in_an_installed_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = carried(monkeypatch, tmp_path / "E")
    kept = read_preferences(user)
    kept.remember(tmp_path / "E" / "ก.esaproj", "ก", 2568)
    monkeypatch.undo()

    assert read_preferences(user).recent == ()
