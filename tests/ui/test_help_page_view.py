from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from esa_desktop.domain.manual import Page
from esa_desktop.domain.manual_text import parse_page
from esa_desktop.ui.help_page_view import HelpPageView
from esa_desktop.ui.theme import apply_theme
from tests.help_pages import START, help_in


@pytest.fixture
def page() -> Page:
    return parse_page("01-start.md", START)


@pytest.fixture
def view(qtbot: QtBot, qapp: QApplication, tmp_path: Path, page: Page) -> HelpPageView:
    apply_theme(qapp, dark=False)
    view = HelpPageView(help_in(tmp_path / "help") / "pictures")
    qtbot.addWidget(view)
    view.resize(700, 500)
    view.show()
    view.show_page(page)
    return view


def shown_picture(document: QTextDocument, name: str = "welcome.png") -> QImage:
    kind = QTextDocument.ResourceType.ImageResource.value
    found = document.resource(kind, QUrl(f"picture:{name}"))
    assert isinstance(found, QImage)
    return found


def test_words_are_marked_and_forgotten(view: HelpPageView, page: Page) -> None:
    view.show_page(page, ("ctrl+n", "พิมพ์"))
    marked = [selection.cursor.selectedText() for selection in view.extraSelections()]

    assert marked == ["Ctrl+N", "พิมพ์", "พิมพ์"]
    view.forget_words()
    assert view.extraSelections() == []


def test_links_are_told_by_page_and_pictures_by_name(qtbot: QtBot, view: HelpPageView) -> None:
    with qtbot.waitSignal(view.page_wished) as page:
        view.anchorClicked.emit(QUrl("page:write"))
    assert page.args == ["write"]
    with qtbot.waitSignal(view.picture_wished) as picture:
        view.anchorClicked.emit(QUrl("picture:small.png"))
    assert picture.args[0] == "small.png"
    assert picture.args[1].width() == 300


def test_a_picture_nobody_can_read_is_not_enlarged(qtbot: QtBot, view: HelpPageView) -> None:
    with qtbot.assertNotEmitted(view.picture_wished):
        view.anchorClicked.emit(QUrl("picture:none.png"))


def test_pictures_follow_the_width(qtbot: QtBot, view: HelpPageView) -> None:
    before = shown_picture(view.document()).width()
    view.resize(500, 500)

    qtbot.waitUntil(lambda: shown_picture(view.document()).width() == before - 200)


def test_nothing_is_wider_than_the_view(qtbot: QtBot, view: HelpPageView) -> None:
    for width in (900, 420, 320):
        view.resize(width, 400)
        qtbot.waitUntil(lambda: view.document().size().width() <= view.viewport().width() + 1)
        assert view.horizontalScrollBar().maximum() == 0


def test_the_zoom_stops_at_its_ends(view: HelpPageView) -> None:
    for _ in range(20):
        view.zoom(1)
    assert view.document().defaultFont().pointSizeF() == pytest.approx(22)
    for _ in range(20):
        view.zoom(-1)
    assert view.document().defaultFont().pointSizeF() == pytest.approx(8.8)
    view.zoom(0)
    assert view.document().defaultFont().pointSizeF() == pytest.approx(11)
