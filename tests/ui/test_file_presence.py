import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from esa_desktop.domain.evidence import EvidenceFile
from esa_desktop.services.attaching import take_in
from esa_desktop.storage.evidence_files import path_of
from esa_desktop.ui import file_presence
from esa_desktop.ui.file_presence import FilePresence
from tests.projects import new_project


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return new_project(tmp_path)


@pytest.fixture
def file(tmp_path: Path, folder: Path) -> EvidenceFile:
    source = tmp_path / "ก.txt"
    source.write_text("เนื้อหา", encoding="utf-8")
    return take_in(folder, [source]).files[0]


def settled(qtbot: QtBot, presence: FilePresence) -> None:
    qtbot.waitUntil(lambda: presence._task is None)


def test_a_file_that_is_gone_is_told_of_when_the_disk_has_answered(
    qtbot: QtBot, folder: Path, file: EvidenceFile
) -> None:
    path_of(folder, file.sha256).unlink()
    presence = FilePresence(folder)
    with qtbot.waitSignal(presence.answered):
        assert presence.is_present(file)
    assert not presence.is_present(file)
    settled(qtbot, presence)


def test_one_that_is_there_is_asked_after_once_until_somebody_wants_to_know_again(
    qtbot: QtBot, folder: Path, file: EvidenceFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[bool] = []
    real = file_presence.are_kept

    def counted(*asked: object) -> dict[str, bool]:
        threads.append(threading.current_thread() is threading.main_thread())
        return real(*asked)  # type: ignore[arg-type]

    monkeypatch.setattr(file_presence, "are_kept", counted)
    presence = FilePresence(folder)
    for _ in range(50):
        assert presence.is_present(file)
        settled(qtbot, presence)
    assert threads == [False]

    path_of(folder, file.sha256).unlink()
    presence.ask_again()
    with qtbot.waitSignal(presence.answered):
        assert presence.is_present(file)
    assert not presence.is_present(file)
    settled(qtbot, presence)
    assert not any(threads)


def test_a_file_that_was_put_back_is_there_again(
    qtbot: QtBot, tmp_path: Path, folder: Path, file: EvidenceFile
) -> None:
    path_of(folder, file.sha256).unlink()
    presence = FilePresence(folder)
    with qtbot.waitSignal(presence.answered):
        presence.is_present(file)
    settled(qtbot, presence)

    take_in(folder, [tmp_path / "ก.txt"])
    with qtbot.waitSignal(presence.answered):
        presence.is_present(file)

    assert presence.is_present(file)
    settled(qtbot, presence)
