from io import BytesIO

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from esa_desktop.domain.errors import ReportError
from esa_desktop.ui.paper_view import PaperView

WIDE, TALL = (842.0, 595.0), (595.0, 842.0)
RED, BLUE = Color(1, 0, 0), Color(0, 0, 1)


def pdf(pages: int, color: Color = RED, size: tuple[float, float] = WIDE) -> bytes:
    target = BytesIO()
    canvas = Canvas(target, pagesize=size)
    for _ in range(pages):
        canvas.setFillColor(color)
        canvas.rect(0, 0, *size, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


@pytest.fixture
def view(qtbot: QtBot) -> PaperView:
    made = PaperView()
    qtbot.addWidget(made)
    made.resize(600, 500)
    made.show()
    return made


def centre(view: PaperView) -> QColor:
    picture = view.viewport().grab().toImage()
    return picture.pixelColor(picture.width() // 2, picture.height() // 2)


def looks(view: PaperView, color: str) -> bool:
    return centre(view).name() == QColor(color).name()


def test_the_pages_are_counted_and_walked(qtbot: QtBot, view: PaperView) -> None:
    told: list[tuple[int, int]] = []
    view.page_changed.connect(lambda page, pages: told.append((page, pages)))

    view.show_pdf(pdf(4))
    view.show_page(3)

    assert (view.page, view.pages) == (3, 4)
    view.show_page(99)
    assert view.page == 4
    view.show_page(-5)
    assert view.page == 1
    assert told[0] == (1, 4)
    assert (3, 4) in told


def test_the_place_is_kept_when_the_pages_are_set_anew(qtbot: QtBot, view: PaperView) -> None:
    view.show_pdf(pdf(6))
    view.show_page(3)
    qtbot.wait(30)
    view.verticalScrollBar().setValue(view.verticalScrollBar().value() + 37)
    place = view.verticalScrollBar().value()

    view.show_pdf(pdf(7))

    assert view.verticalScrollBar().value() == place
    assert (view.page, view.pages) == (3, 7)


def test_a_shorter_book_shows_its_last_page(qtbot: QtBot, view: PaperView) -> None:
    view.show_pdf(pdf(6))
    view.show_page(6)

    view.show_pdf(pdf(2))

    assert (view.page, view.pages) == (2, 2)


def test_no_empty_paper_is_seen_when_the_pages_are_set_anew(qtbot: QtBot, view: PaperView) -> None:
    view.show_pdf(pdf(2, RED))
    assert looks(view, "red")

    view.show_pdf(pdf(2, BLUE))

    assert looks(view, "blue")


def test_bytes_that_are_no_pdf_leave_the_old_pages(view: PaperView) -> None:
    view.show_pdf(pdf(3))

    with pytest.raises(ReportError):
        view.show_pdf(b"%PDF-1.4 nothing")

    assert view.pages == 3


def test_an_empty_desk_has_no_page(view: PaperView) -> None:
    view.show_pdf(pdf(3))

    view.clear()

    assert (view.page, view.pages) == (0, 0)
    view.show_page(2)


def test_the_whole_page_or_its_width_can_be_fitted(qtbot: QtBot, view: PaperView) -> None:
    view.show_pdf(pdf(3, size=TALL))

    view.fit("page")
    per_page = view.verticalScrollBar().maximum()
    view.fit("width")

    assert view.verticalScrollBar().maximum() > per_page
    assert view.horizontalScrollBar().maximum() == 0
    view.fit(2.0)
    assert view.horizontalScrollBar().maximum() > 0


def test_another_zoom_keeps_the_page(view: PaperView) -> None:
    view.show_pdf(pdf(6))
    view.show_page(4)

    for how in ("page", "width", 1.5):
        view.fit(how)  # type: ignore[arg-type]

        assert view.page == 4


def test_another_width_keeps_what_was_at_the_top(qtbot: QtBot, view: PaperView) -> None:
    view.show_pdf(pdf(6))
    view.show_page(3)
    bar = view.verticalScrollBar()
    bar.setValue(bar.value() + 100)
    place = view._places[2]
    part = (bar.value() - place.top()) / place.height()

    view.resize(900, 500)

    place = view._places[2]
    assert (bar.value() - place.top()) / place.height() == pytest.approx(part, abs=0.01)
    assert view.page == 3


def test_scrolling_tells_the_page_in_view(qtbot: QtBot, view: PaperView) -> None:
    view.show_pdf(pdf(6))
    bar = view.verticalScrollBar()

    with qtbot.waitSignal(view.page_changed) as told:
        bar.setValue(bar.maximum())
    assert told.args == [6, 6]

    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert view.page == 1
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.page == 6


def test_only_a_few_pictures_are_kept(view: PaperView) -> None:
    view.show_pdf(pdf(30))
    for page in range(1, 31):
        view.show_page(page)
        view.viewport().grab()

    assert len(view._drawn) <= 6


def test_the_wheel_with_control_zooms(qtbot: QtBot, view: PaperView) -> None:
    view.show_pdf(pdf(2))
    before = view._places[0].width()
    turn = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )

    with qtbot.waitSignal(view.scaled):
        QApplication.sendEvent(view.viewport(), turn)

    assert view._places[0].width() == pytest.approx(before * 1.1, rel=0.01)
