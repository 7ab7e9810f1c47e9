import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
import shiboken6
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from esa_desktop.domain.errors import ReportError
from esa_desktop.domain.fields import Kind, framework_field
from esa_desktop.domain.richtext import from_plain
from esa_desktop.services.editing import Editor
from esa_desktop.services.exporting import stored_options
from esa_desktop.ui import preview_pane as module
from esa_desktop.ui.preview_pane import PreviewPane, indicator_code
from tests.ui.rounds import FRAMEWORK, YEAR, Desk


class Book:
    """A project without a disk."""

    def __init__(self) -> None:
        self.desk = Desk()
        self.desk.set("good-1", Kind.METHOD, from_plain("๑. ประชุมชี้แจงผู้บริหารโรงเรียน\n" * 60))
        self.desk.set("learn-1", Kind.RESULTS, from_plain("ดำเนินการครบทุกโรงเรียน\n" * 20))

    @property
    def editor(self) -> Editor:
        return self.desk.editor

    def image_bytes(self, sha256: str) -> bytes | None:
        return None


@pytest.fixture
def book() -> Book:
    return Book()


@pytest.fixture
def pane(qtbot: QtBot, book: Book, monkeypatch: pytest.MonkeyPatch) -> Iterator[PreviewPane]:
    monkeypatch.setattr(module, "QUIET_MS", 20)
    made = PreviewPane(book)
    qtbot.addWidget(made)
    made.resize(760, 560)
    made.show_indicator("1.1.1")
    yield made
    made.release()


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What was asked of the renderer, run by run."""
    asked: list[dict[str, Any]] = []
    real = module.render_pdf

    def watched(assessed: Any, options: Any, **rest: Any) -> Any:
        asked.append({"assessed": assessed, "options": options, **rest})
        return real(assessed, options, **rest)

    monkeypatch.setattr(module, "render_pdf", watched)
    return asked


def state(pane: PreviewPane) -> str:
    label = pane.findChild(QLabel, "previewState")
    assert label is not None
    return label.text()


def where(pane: PreviewPane) -> str:
    label = pane.findChild(QLabel, "previewPage")
    assert label is not None
    return label.text()


def fresh(pane: PreviewPane) -> Callable[[], bool]:
    return lambda: state(pane) == "ตรงกับข้อความล่าสุด"


def press(pane: PreviewPane, words: str) -> None:
    next(b for b in pane.findChildren(QPushButton) if b.text() == words).click()


def test_no_page_is_set_before_the_pane_is_seen(
    qtbot: QtBot, pane: PreviewPane, book: Book, runs: list[dict[str, Any]]
) -> None:
    book.desk.set("good-1", Kind.RESULTS, from_plain("ก่อนเปิดแท็บ"))
    qtbot.wait(60)
    assert runs == []

    pane.show()

    qtbot.waitUntil(fresh(pane), timeout=10_000)
    assert [run["indicators"] for run in runs] == [["1.1"]]
    assert where(pane).startswith("หน้า ๑ จาก ")


def test_the_pages_follow_the_typing_and_the_reader_keeps_his_place(
    qtbot: QtBot, pane: PreviewPane, book: Book, runs: list[dict[str, Any]]
) -> None:
    pane.show()
    qtbot.waitUntil(fresh(pane), timeout=10_000)
    pages = pane.view.pages
    pane.view.show_page(2)
    place = pane.view.verticalScrollBar().value()

    book.desk.set("good-2", Kind.METHOD, from_plain("๑. ขั้นตอนใหม่\n" * 60))
    assert state(pane) == "กำลังจัดหน้าใหม่…"
    assert pane.view.pages == pages

    qtbot.waitUntil(fresh(pane), timeout=10_000)
    assert pane.view.pages > pages
    assert pane.view.verticalScrollBar().value() == place
    assert runs[-1]["options"].widths is not None


def test_many_changes_in_a_row_are_one_run(
    qtbot: QtBot, pane: PreviewPane, book: Book, runs: list[dict[str, Any]]
) -> None:
    pane.show()
    qtbot.waitUntil(fresh(pane), timeout=10_000)
    runs.clear()

    for number in range(10):
        book.desk.set("good-2", Kind.METHOD, from_plain(f"ฉบับที่ {number}"))

    qtbot.waitUntil(fresh(pane), timeout=10_000)
    assert len(runs) == 1
    assert "ฉบับที่ 9" in runs[0]["assessed"].issue("good-2").method.plain


def test_a_change_during_a_run_is_not_lost(
    qtbot: QtBot, pane: PreviewPane, book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, seen = threading.Event(), []
    real = module.render_pdf

    def slow(assessed: Any, options: Any, **rest: Any) -> Any:
        seen.append(assessed.issue("good-2").method.plain)
        gate.wait(5)
        return real(assessed, options, **rest)

    monkeypatch.setattr(module, "render_pdf", slow)
    pane.show()
    qtbot.waitUntil(lambda: len(seen) == 1)
    book.desk.set("good-2", Kind.METHOD, from_plain("ระหว่างจัดหน้า"))
    qtbot.wait(60)
    gate.set()

    qtbot.waitUntil(fresh(pane), timeout=10_000)
    assert seen == ["", "ระหว่างจัดหน้า"]


def test_the_choice_of_paper_and_font_is_kept_with_the_project(
    qtbot: QtBot, pane: PreviewPane, book: Book
) -> None:
    pane.show()
    qtbot.waitUntil(fresh(pane), timeout=10_000)
    wide = pane.view._places[0].width() / pane.view._places[0].height()

    press(pane, "แนวตั้ง")
    qtbot.waitUntil(fresh(pane), timeout=10_000)

    assert stored_options(book.editor).paper == "a4-portrait"
    assert pane.view._places[0].width() / pane.view._places[0].height() < 1 < wide
    assert book.desk.undo.count() == 0  # Ctrl+Z is about what people wrote
    press(pane, "แนวนอน")
    assert stored_options(book.editor).paper == "a4-landscape"
    qtbot.waitUntil(fresh(pane), timeout=10_000)
    assert pane.view._places[0].width() > pane.view._places[0].height()

    fonts = next(b for b in pane.findChildren(QComboBox) if b.findText("Sarabun") >= 0)
    fonts.textActivated.emit("Sarabun")
    assert stored_options(book.editor).font == "Sarabun"
    qtbot.waitUntil(fresh(pane), timeout=10_000)


def test_the_whole_book_opens_at_the_indicator_and_walks_with_it(
    qtbot: QtBot, pane: PreviewPane, runs: list[dict[str, Any]]
) -> None:
    pane.show_indicator("1.2")
    pane.show()
    qtbot.waitUntil(fresh(pane), timeout=10_000)
    alone = pane.view.pages

    press(pane, "ทุกตัวบ่งชี้")
    qtbot.waitUntil(fresh(pane), timeout=10_000)
    count = len(runs)

    assert pane.view.pages > alone
    assert pane.view.page > 1
    pane.show_indicator("1.1.3")
    assert pane.view.page == 1
    assert len(runs) == count


def test_what_went_wrong_is_said_in_place_and_can_be_tried_again(
    qtbot: QtBot, pane: PreviewPane, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = module.render_pdf

    def fail(*_: Any, **__: Any) -> Any:
        raise ReportError("ไม่พบแบบอักษร กรุณาเลือกแบบอื่น")

    monkeypatch.setattr(module, "render_pdf", fail)
    pane.show()
    qtbot.waitUntil(lambda: state(pane) == "ยังจัดหน้าไม่ได้", timeout=10_000)
    assert any(
        label.text() == "ไม่พบแบบอักษร กรุณาเลือกแบบอื่น" and label.isVisible()
        for label in pane.findChildren(QLabel)
    )

    monkeypatch.setattr(module, "render_pdf", real)
    press(pane, "ลองอีกครั้ง")

    qtbot.waitUntil(fresh(pane), timeout=10_000)
    assert pane.view.isVisible()


def test_a_pane_may_die_in_the_middle_of_a_run_and_hears_nothing_after(
    qtbot: QtBot, book: Book
) -> None:
    pane = PreviewPane(book)
    pane.show_indicator("1.1")
    pane.show()
    qtbot.wait(5)

    shiboken6.delete(pane)
    book.desk.set("good-1", Kind.METHOD, from_plain("หลังปิด"))
    qtbot.wait(50)

    assert book.editor._listeners == []


@pytest.mark.parametrize(
    ("code", "indicator"), [("1.2.3", "1.2"), ("1.2", "1.2"), ("2", "2.1"), ("9", ""), ("", "")]
)
def test_every_code_has_its_indicator(code: str, indicator: str) -> None:
    assert indicator_code(FRAMEWORK, code) == indicator


def test_an_edition_without_indicators_has_no_page_and_says_where_to_add_one(
    qtbot: QtBot, pane: PreviewPane, book: Book, runs: list[dict[str, Any]]
) -> None:
    editor = book.editor
    whole = editor.round.framework
    editor.apply(editor.change(framework_field(YEAR), replace(whole, standards=())))
    pane.show()
    qtbot.waitUntil(lambda: state(pane) == "ยังไม่มีหน้าพิมพ์", timeout=10_000)
    shown = [label.text() for label in pane.findChildren(QLabel) if label.isVisible()]
    assert "ยังไม่มีอะไรให้พิมพ์" in shown
    assert any("เพิ่มมาตรฐานและตัวบ่งชี้" in words for words in shown)
    assert where(pane) == "ยังไม่มีหน้า"
    assert runs == []
    save = next(b for b in pane.findChildren(QPushButton) if b.text() == "บันทึกเป็น PDF")
    assert not save.isEnabled()
    assert "เพิ่มมาตรฐานและตัวบ่งชี้" in save.toolTip()

    editor.apply(editor.change(framework_field(YEAR), whole))
    qtbot.waitUntil(fresh(pane), timeout=10_000)
    assert pane.view.isVisible()
    assert save.isEnabled()
    assert save.toolTip() == ""


def test_the_last_indicator_that_goes_takes_its_pages_along(
    qtbot: QtBot, pane: PreviewPane, book: Book
) -> None:
    pane.show()
    qtbot.waitUntil(fresh(pane), timeout=10_000)
    editor = book.editor
    none = replace(editor.round.framework, standards=())
    editor.apply(editor.change(framework_field(YEAR), none))
    qtbot.waitUntil(lambda: state(pane) == "ยังไม่มีหน้าพิมพ์", timeout=10_000)
    assert not pane.view.isVisible()
    assert pane.view.pages == 0
    assert where(pane) == "ยังไม่มีหน้า"
