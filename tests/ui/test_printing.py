from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from PIL import ImageStat
from PySide6.QtCore import QSizeF, QTimer
from PySide6.QtGui import QPageRanges
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from esa_desktop.domain.errors import Cancelled, EsaError
from esa_desktop.domain.printing import PrintOptions
from esa_desktop.services.exporting import render_pdf
from esa_desktop.services.reprinting import printed_before
from esa_desktop.ui import printing as module
from esa_desktop.ui.print_wish import PrintWish
from esa_desktop.ui.printing import (
    PrintFlow,
    ask_printer,
    make_printer,
    page_picture,
    page_run,
    paint_pages,
)
from esa_desktop.ui.worker import TaskHandle
from tests.ui.test_paper_view import TALL, pdf
from tests.ui.test_preview_pane import Book

PrintOn = Callable[[QPrinter], object]


def handle() -> TaskHandle:
    return TaskHandle(lambda done, total: None)


def to_file(target: Path, size: tuple[float, float] = TALL) -> QPrinter:
    """A real printer of Qt's, whose paper is a PDF."""
    printer = make_printer(QSizeF(*size))
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    return printer


def greys(target: Path) -> list[float]:
    """How bright each page is, 0 to 255."""
    document = pypdfium2.PdfDocument(target)
    means = []
    for page in document:
        picture = page.render(scale=0.5).to_pil().convert("L")
        means.append(ImageStat.Stat(picture).mean[0])
    document.close()
    return means


def wish(indicators: list[str] | None, book: Book | None = None) -> PrintWish:
    chosen = None if indicators is None else tuple(indicators)
    made = book or Book()
    return PrintWish(made.editor.round, PrintOptions(), chosen, made.image_bytes)


def sheets() -> bytes:
    return render_pdf(Book().editor.round, PrintOptions())[0]


def test_a_page_is_black_on_white_and_not_the_other_way_round(
    qapp: QApplication, tmp_path: Path
) -> None:
    sides = paint_pages(sheets(), to_file(tmp_path / "x.pdf"), handle())

    means = greys(tmp_path / "x.pdf")
    assert sides == len(means) > 1
    assert min(means) > 200
    assert means[0] < 254


def test_a_picture_of_a_page_has_the_resolution_of_a_laser_printer(qapp: QApplication) -> None:
    with module.opened(pdf(1, size=TALL)) as document:
        picture = page_picture(document, 0)

    assert (picture.width(), picture.height()) == (2479, 3508)
    assert not picture.hasAlphaChannel()


def test_a_wide_sheet_lies_on_wide_paper(qapp: QApplication, tmp_path: Path) -> None:
    paint_pages(sheets(), to_file(tmp_path / "x.pdf", (842, 595)), handle())

    document = pypdfium2.PdfDocument(tmp_path / "x.pdf")
    width, height = document[0].get_size()
    document.close()
    assert width > height


def test_only_the_pages_asked_for_are_painted(qapp: QApplication, tmp_path: Path) -> None:
    printer = to_file(tmp_path / "x.pdf")
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 3)

    assert paint_pages(pdf(5), printer, handle()) == 2
    assert len(greys(tmp_path / "x.pdf")) == 2


def test_a_page_between_two_ranges_is_left_out(qapp: QApplication, tmp_path: Path) -> None:
    printer = to_file(tmp_path / "x.pdf")
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setPageRanges(QPageRanges.fromString("1-2,5"))

    assert page_run(printer, 8).pages == (0, 1, 4)


def test_the_order_and_the_copies_are_those_of_the_dialog(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    printer = to_file(tmp_path / "x.pdf")
    printer.setCopyCount(2)
    monkeypatch.setattr(QPrinter, "supportsMultipleCopies", lambda _: False)

    printer.setCollateCopies(True)
    assert page_run(printer, 3) == module.PageRun((0, 1, 2), 2)
    printer.setCollateCopies(False)
    assert page_run(printer, 3) == module.PageRun((0, 0, 1, 1, 2, 2), 1)
    printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    assert page_run(printer, 2).pages == (1, 1, 0, 0)
    monkeypatch.setattr(QPrinter, "supportsMultipleCopies", lambda _: True)
    assert page_run(printer, 2) == module.PageRun((1, 0), 1)


def test_a_cancelled_print_stops(qapp: QApplication, tmp_path: Path) -> None:
    stopped = handle()
    stopped.cancel()

    with pytest.raises(Cancelled):
        paint_pages(pdf(3), to_file(tmp_path / "x.pdf"), stopped)


@pytest.fixture
def flow(qtbot: QtBot) -> PrintFlow:
    window = QWidget()
    qtbot.addWidget(window)
    made = PrintFlow(Book(), window)
    made.keep = window  # type: ignore[attr-defined]
    return made


def test_without_a_printer_the_sentence_says_what_else_can_be_done(
    qtbot: QtBot, flow: PrintFlow, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[EsaError] = []
    flow.failed.connect(heard.append)
    monkeypatch.setattr(module, "has_printer", lambda: False)

    with qtbot.waitSignal(flow.ended):
        flow.start(wish(None))

    assert "บันทึกเป็น PDF" in heard[0].sentence


def test_from_the_click_to_the_paper_the_end_is_told_once_and_last(
    qtbot: QtBot, flow: PrintFlow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[int] = []
    told: list[tuple[int, int]] = []
    ends: list[int] = []

    def choose(pages: int, size: Any, _: Any, *, print_on: PrintOn, **__: Any) -> None:
        asked.append(pages)
        printer = to_file(tmp_path / "x.pdf", (size.width(), size.height()))
        # The person takes a moment; a flow that is over by then would be gone.
        QTimer.singleShot(30, lambda: print_on(printer))

    monkeypatch.setattr(module, "has_printer", lambda: True)
    monkeypatch.setattr(module, "ask_printer", choose)
    flow.progress.connect(lambda done, total: told.append((done, total)))
    flow.ended.connect(lambda: ends.append(len(told)))
    flow.ended.connect(flow.deleteLater)

    with qtbot.waitSignal(flow.destroyed, timeout=20_000):
        flow.start(wish(["1.1"]))

    assert told[-1] == (asked[0], asked[0])
    assert ends == [len(told)]
    assert len(greys(tmp_path / "x.pdf")) == asked[0]


def test_leaving_the_dialog_prints_nothing(
    qtbot: QtBot, flow: PrintFlow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "has_printer", lambda: True)
    monkeypatch.setattr(module, "ask_printer", lambda *_, leave, **__: leave())
    painted: list[object] = []
    monkeypatch.setattr(module, "paint_pages", lambda *given: painted.append(given))

    with qtbot.waitSignal(flow.ended, timeout=20_000):
        flow.start(wish(["2.1"]))

    assert painted == []


def test_the_dialog_of_the_system_is_told_how_many_pages_there_are(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    shown: list[QPrintDialog] = []
    answers: list[str] = []

    def keep(dialog: QPrintDialog) -> None:
        shown.append(dialog)

    monkeypatch.setattr(QPrintDialog, "show", keep)
    for answer in ("accept", "reject"):
        ask_printer(
            7,
            QSizeF(842, 595),
            window,
            print_on=lambda printer: answers.append(printer.pageLayout().orientation().name),
            leave=lambda: answers.append("left"),
        )
        assert (shown[-1].minPage(), shown[-1].maxPage()) == (1, 7)
        getattr(shown[-1], answer)()

    assert answers == ["Landscape", "left"]


def test_an_unknown_code_is_said_and_prints_nothing(
    qtbot: QtBot, flow: PrintFlow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "has_printer", lambda: True)

    heard: list[EsaError] = []
    flow.failed.connect(heard.append)

    with qtbot.waitSignal(flow.ended, timeout=20_000):
        flow.start(wish(["9.9"]))

    assert "9.9" in heard[0].sentence


def test_wide_and_upright_pages_of_one_book_each_lie_on_their_paper(
    qapp: QApplication, tmp_path: Path
) -> None:
    upright = render_pdf(Book().editor.round, PrintOptions(paper="a4-portrait"), only=[0])[0]
    wide = render_pdf(Book().editor.round, PrintOptions(), only=[0])[0]
    both = pikepdf.new()
    for content in (upright, wide, upright):
        with pikepdf.open(BytesIO(content)) as one:
            both.pages.extend(one.pages)
    joined = BytesIO()
    both.save(joined)
    both.close()

    paint_pages(joined.getvalue(), to_file(tmp_path / "x.pdf"), handle())

    document = pypdfium2.PdfDocument(tmp_path / "x.pdf")
    turned = [page.get_width() > page.get_height() for page in document]
    document.close()
    assert turned == [False, True, False]
    assert min(greys(tmp_path / "x.pdf")) > 200


def test_both_sides_are_asked_of_the_printer(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[QPrinter.DuplexMode] = []
    monkeypatch.setattr(QPrinter, "setDuplex", lambda _, mode: asked.append(mode))

    make_printer(QSizeF(*TALL))
    assert asked == []
    make_printer(QSizeF(*TALL), duplex=True)
    assert asked == [QPrinter.DuplexMode.DuplexAuto]


@pytest.mark.parametrize("some", [False, True], ids=["all pages", "a range"])
def test_only_a_whole_printing_is_remembered(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, some: bool
) -> None:
    book, window = Book(), QWidget()
    qtbot.addWidget(window)
    flow = PrintFlow(book, window)

    def choose(pages: int, size: Any, _: Any, *, print_on: PrintOn, **__: Any) -> None:
        printer = to_file(tmp_path / "x.pdf", (size.width(), size.height()))
        if some:
            printer.setPrintRange(QPrinter.PrintRange.PageRange)
            printer.setFromTo(1, 1)
        print_on(printer)

    monkeypatch.setattr(module, "has_printer", lambda: True)
    monkeypatch.setattr(module, "ask_printer", choose)
    with qtbot.waitSignal(flow.ended, timeout=20_000):
        flow.start(wish(None, book))

    assert (printed_before(book.editor, PrintOptions()) is None) == some


def test_a_print_that_outlives_its_project_ends_and_writes_nothing(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    book, window, is_open = Book(), QWidget(), [True]
    qtbot.addWidget(window)
    flow = PrintFlow(book, window, lambda: is_open[0])

    def choose(pages: int, size: Any, _: Any, *, print_on: PrintOn, **__: Any) -> None:
        print_on(to_file(tmp_path / "x.pdf", (size.width(), size.height())))
        is_open[0] = False

    monkeypatch.setattr(module, "has_printer", lambda: True)
    monkeypatch.setattr(module, "ask_printer", choose)
    with qtbot.waitSignal(flow.ended, timeout=20_000):
        flow.start(wish(None, book))

    assert printed_before(book.editor, PrintOptions()) is None
    assert len(greys(tmp_path / "x.pdf")) > 1
