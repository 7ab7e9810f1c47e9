from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from esa_desktop.app import open_window
from esa_desktop.domain.errors import StorageError
from esa_desktop.domain.fields import Kind, issue_field
from esa_desktop.domain.richtext import from_plain
from esa_desktop.services.projects import Project
from esa_desktop.storage.store import Store
from esa_desktop.ui.banner import Banner
from esa_desktop.ui.leaving import offer_to_leave, offer_to_read, open_to_read
from esa_desktop.ui.main_window import MainWindow
from tests.projects import YEAR, new_project, opened

FULL = StorageError("เนื้อที่ดิสก์เต็ม")
FILE = Path("/เอกสาร/ข้อความที่ยังไม่ได้บันทึก – งาน.txt")


@pytest.fixture
def banner(qtbot: QtBot) -> Iterator[Banner]:
    page = QWidget()
    qtbot.addWidget(page)
    text = QLineEdit(page)
    page.show()
    page.activateWindow()
    text.setFocus()
    yield Banner(page)
    page.close()


@pytest.fixture
def opened_files(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What was handed to the system to open; folders only can be."""
    asked: list[Path] = []

    def open_url(url: QUrl) -> bool:
        asked.append(Path(url.toLocalFile()))
        return asked[-1].suffix == ""

    monkeypatch.setattr(QDesktopServices, "openUrl", staticmethod(open_url))
    return asked


def buttons(banner: Banner) -> list[QPushButton]:
    return [button for button in banner.findChildren(QPushButton) if not button.isHidden()]


def words(banner: Banner) -> str:
    return " ".join(label.text() for label in banner.findChildren(QLabel))


def offer(banner: Banner, rescued: Path | None) -> list[str]:
    done: list[str] = []
    offer_to_leave(
        banner,
        FULL,
        retry=lambda: done.append("retry"),
        leave=lambda: done.append("leave"),
        rescued=rescued,
    )
    return done


def test_leaving_is_no_loss_where_the_text_is_kept_elsewhere(banner: Banner) -> None:
    done = offer(banner, FILE)

    leave, retry = buttons(banner)
    assert (leave.text(), retry.text()) == ("ปิดไว้ก่อน ข้อความสำรองไว้แล้ว", "ลองอีกครั้ง")
    assert str(FILE) in words(banner)
    leave.click()
    retry.click()
    assert done == ["leave", "retry"]


def test_nothing_is_promised_where_the_text_is_in_memory_alone(banner: Banner) -> None:
    offer(banner, None)

    assert buttons(banner)[0].text() == "ปิดโดยไม่บันทึกส่วนที่เหลือ"
    assert "สำรอง" not in words(banner)


def test_the_bar_opens_the_text_that_has_the_unsaved(
    banner: Banner, opened_files: list[Path]
) -> None:
    banner.show_unsaved(FULL, lambda: None)
    for _ in range(3):
        offer_to_read(banner, FULL, FILE, retry=lambda: None)

    show, again = buttons(banner)
    assert (show.text(), again.text()) == ("เปิดดูไฟล์", "ลองอีกครั้ง")
    assert words(banner).count(str(FILE)) == 1
    show.click()
    assert opened_files == [FILE, FILE.parent]  # no program for the file: its folder


def test_no_button_is_exchanged_under_the_cursor(banner: Banner) -> None:
    banner.show_unsaved(FULL, lambda: None)
    (again,) = buttons(banner)
    again.setFocus()
    assert again.hasFocus()

    offer_to_read(banner, FULL, FILE, retry=lambda: None)

    assert buttons(banner) == [again]
    assert str(FILE) in words(banner)


def test_the_text_is_offered_also_while_nothing_has_the_cursor(
    banner: Banner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it is while another program is in front."""
    banner.show_unsaved(FULL, lambda: None)
    monkeypatch.setattr(QApplication, "focusWidget", staticmethod(lambda: None))

    offer_to_read(banner, FULL, FILE, retry=lambda: None)

    assert buttons(banner)[0].text() == "เปิดดูไฟล์"


def test_the_offer_to_leave_is_not_taken_away_again(banner: Banner) -> None:
    offer(banner, FILE)
    before = buttons(banner)

    offer_to_read(banner, FULL, FILE, retry=lambda: None)

    assert buttons(banner) == before


def test_a_bar_that_is_gone_stays_away(banner: Banner) -> None:
    offer_to_read(banner, FULL, FILE, retry=lambda: None)

    assert not banner.isVisible()


def test_where_a_program_shows_texts_no_folder_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", staticmethod(lambda url: not asked.append(url.toLocalFile()))
    )
    open_to_read(FILE)
    assert asked == [str(FILE)]


# --- the whole window -------------------------------------------------------------------------


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return new_project(tmp_path)


@pytest.fixture
def window(qtbot: QtBot, place: Path) -> Iterator[MainWindow]:
    made = open_window(place)
    qtbot.waitExposed(made)
    yield made
    made.close()
    made.deleteLater()


def test_a_disk_that_refuses_shows_the_text_and_lets_go_without_loss(
    window: MainWindow,
    qtbot: QtBot,
    place: Path,
    profile: Path,
    opened_files: list[Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert window.workspace is not None
    project = window.workspace.project
    field = issue_field(YEAR, project.editor.round.framework.issue("1.1.1").id, Kind.METHOD)
    real_flush = Project.flush
    with monkeypatch.context() as disk:
        disk.setattr(Project, "flush", lambda self, _=0: real_flush(self, 0.3))

        def refuse(*_: object) -> None:
            raise FULL

        disk.setattr(Store, "write", refuse)
        window.workspace.push(project.editor.change(field, from_plain("คำสุดท้าย")), "พิมพ์")
        qtbot.waitUntil(lambda: len(buttons(window.banner)) == 2)
        buttons(window.banner)[0].click()
        (file,) = profile.glob("*.txt")
        assert opened_files[0] == file
        assert str(file) in words(window.banner)
        assert "คำสุดท้าย" in file.read_text("utf-8")

        assert not window.close_project()
        leave = buttons(window.banner)[0]
        assert leave.text() == "ปิดไว้ก่อน ข้อความสำรองไว้แล้ว"
        leave.click()
        assert window.workspace is None

    with opened(place) as again:
        issue = again.editor.round.issue(field.owner)
        assert issue.method.plain == "คำสุดท้าย"
    assert not file.exists()
