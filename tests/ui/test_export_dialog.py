import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QRadioButton,
)
from pytestqt.qtbot import QtBot

from esa_desktop.domain.errors import ReportError
from esa_desktop.domain.fields import Kind, framework_field
from esa_desktop.domain.printing import Form, PrintOptions
from esa_desktop.domain.richtext import from_plain
from esa_desktop.services.exporting import stored_options
from esa_desktop.services.reprinting import printed_before
from esa_desktop.ui import export_dialog, print_wish
from esa_desktop.ui.export_dialog import ExportDialog, unknown_sentence
from tests.ui.rounds import YEAR, unverified
from tests.ui.test_preview_pane import Book


@pytest.fixture
def book() -> Book:
    return Book()


@pytest.fixture
def dialog(qtbot: QtBot, book: Book, tmp_path: Path) -> Iterator[ExportDialog]:
    made = ExportDialog(book, code="1.2", folder=tmp_path)
    qtbot.addWidget(made)
    made.open()
    yield made
    qtbot.waitUntil(lambda: made._task is None, timeout=10_000)
    made.close()
    qtbot.waitUntil(lambda: made.preview._task is None, timeout=10_000)


def press(dialog: ExportDialog, words: str) -> None:
    found = [b for b in dialog.findChildren(QPushButton) if b.text() == words and b.isVisible()]
    assert found, f"no button {words!r}"
    assert found[-1].isEnabled()
    found[-1].click()


def way(dialog: ExportDialog, words: str) -> QRadioButton:
    return next(b for b in dialog.findChildren(QRadioButton) if b.text().startswith(words))


def said(dialog: ExportDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def path(dialog: ExportDialog) -> QLineEdit:
    return next(e for e in dialog.findChildren(QLineEdit) if e.accessibleName() == "บันทึกไว้ที่")


def scope_list(dialog: ExportDialog) -> QListWidget:
    lists = dialog.findChildren(QListWidget)
    return next(box for box in lists if box.accessibleName() == "ตัวบ่งชี้ที่จะพิมพ์")


def choose_form(dialog: ExportDialog, form: str) -> None:
    forms = next(b for b in dialog.findChildren(QComboBox) if b.accessibleName() == "พิมพ์อะไร")
    forms.setCurrentIndex(forms.findData(form))


def check(dialog: ExportDialog, words: str) -> QCheckBox:
    return next(b for b in dialog.findChildren(QCheckBox) if b.text().startswith(words))


def shown_pages(qtbot: QtBot, dialog: ExportDialog) -> int:
    """Pages in the preview, once it is fresh."""
    qtbot.waitUntil(lambda: not dialog.preview.is_working, timeout=20_000)
    return dialog.preview.view.pages


def save(qtbot: QtBot, dialog: ExportDialog) -> Path:
    with qtbot.waitSignal(dialog.saved, timeout=20_000) as told:
        press(dialog, "บันทึกเป็น PDF")
    qtbot.waitUntil(lambda: "บันทึกเป็น PDF แล้ว" in said(dialog))
    target: Path = told.args[0]
    return target


def pages(target: Path) -> list[str]:
    document = pypdfium2.PdfDocument(target)
    texts = ["".join(p.get_textpage().get_text_range().split()) for p in document]
    document.close()
    return texts


def test_the_indicator_in_view_is_what_is_saved_first(
    qtbot: QtBot, dialog: ExportDialog, tmp_path: Path
) -> None:
    target = save(qtbot, dialog)

    texts = pages(target)
    assert target.parent == tmp_path
    assert "1.2" in target.name
    assert "ดำเนินการครบทุกโรงเรียน" in texts[0]
    assert "ประชุมชี้แจง" not in "".join(texts)
    assert "บันทึก" in said(dialog)
    assert str(target) in said(dialog)


def test_the_whole_book_holds_every_indicator(qtbot: QtBot, dialog: ExportDialog) -> None:
    way(dialog, "ทุกตัวบ่งชี้").click()

    target = save(qtbot, dialog)

    text = "".join(pages(target))
    assert "ประชุมชี้แจงผู้บริหารโรงเรียน" in text
    assert "ดำเนินการครบทุกโรงเรียน" in text
    assert "1.2" not in target.name


def test_some_indicators_can_be_chosen_and_none_is_refused(
    qtbot: QtBot, dialog: ExportDialog
) -> None:
    way(dialog, "เลือกตัวบ่งชี้").click()
    box = scope_list(dialog)
    assert box.isVisible()
    for row in range(box.count()):
        box.item(row).setCheckState(Qt.CheckState.Unchecked)
    assert "เลือกอย่างน้อยหนึ่งตัวบ่งชี้" in said(dialog)

    box.item(0).setCheckState(Qt.CheckState.Checked)
    box.item(2).setCheckState(Qt.CheckState.Checked)
    target = save(qtbot, dialog)

    assert "ประชุมชี้แจง" in "".join(pages(target))
    assert "ดำเนินการครบทุกโรงเรียน" not in "".join(pages(target))


def test_names_that_are_not_verified_are_told_of_and_hinder_nothing(
    qtbot: QtBot, book: Book, tmp_path: Path
) -> None:
    framework = unverified("good-4")
    book.editor.apply(book.editor.change(framework_field(YEAR), framework))
    dialog = ExportDialog(book, code="1.2", folder=tmp_path)
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitUntil(lambda: not dialog.preview.is_working, timeout=20_000)
    sentence = "มีชื่อหรือเกณฑ์ที่ยังไม่ได้ตรวจกับประกาศ โปรดตรวจก่อนใช้เป็นฉบับทางการ"
    seen = [sentence in said(dialog)]
    for choice in ("ทุกตัวบ่งชี้", "เลือกตัวบ่งชี้"):
        way(dialog, choice).click()
        seen.append(sentence in said(dialog))
    box = scope_list(dialog)
    box.item(0).setCheckState(Qt.CheckState.Checked)
    seen.append(sentence in said(dialog))

    target = save(qtbot, dialog)

    assert seen == [False, True, False, True]
    assert "ยังไม่ได้ตรวจ" not in "".join(pages(target))
    dialog.close()


def test_what_was_chosen_is_remembered_with_the_project(
    qtbot: QtBot, dialog: ExportDialog, book: Book
) -> None:
    press(dialog, "แนวตั้ง")
    numbers = next(b for b in dialog.findChildren(QComboBox) if b.accessibleName() == "เลขหน้า")
    numbers.setCurrentIndex(2)
    assert stored_options(book.editor).paper == "a4-landscape"

    target = save(qtbot, dialog)

    assert stored_options(book.editor).paper == "a4-portrait"
    assert stored_options(book.editor).page_numbers == "none"
    assert book.desk.undo.count() == 0  # Ctrl+Z in a text is about the text
    assert "หน้า๑จาก" not in pages(target)[0]


def test_saving_with_the_same_choice_is_no_step(
    qtbot: QtBot, dialog: ExportDialog, book: Book
) -> None:
    save(qtbot, dialog)

    assert book.desk.undo.count() == 0


def test_a_file_that_is_there_is_said_before_it_is_replaced(
    qtbot: QtBot, dialog: ExportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "เก่า.pdf"
    old.write_bytes(b"old")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(old), ""))

    press(dialog, "เลือกที่เก็บ…")

    assert "ไฟล์เดิมจะถูกแทนที่" in said(dialog)
    assert save(qtbot, dialog) == old
    assert old.read_bytes().startswith(b"%PDF")


def test_a_name_without_ending_becomes_a_pdf(
    qtbot: QtBot, dialog: ExportDialog, tmp_path: Path
) -> None:
    path(dialog).setText(str(tmp_path / "รายงาน"))
    path(dialog).textEdited.emit(path(dialog).text())

    assert save(qtbot, dialog) == tmp_path / "รายงาน.pdf"


def test_it_can_be_stopped_and_begun_again(
    qtbot: QtBot, dialog: ExportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = threading.Event()
    real = print_wish.export_pdf

    def slow(*given: Any, **named: Any) -> Any:
        started.set()
        while not named["cancelled"]():
            pass
        return real(*given, **named)

    monkeypatch.setattr(print_wish, "export_pdf", slow)
    press(dialog, "บันทึกเป็น PDF")
    assert started.wait(5)

    press(dialog, "หยุดบันทึก")
    qtbot.waitUntil(lambda: dialog._task is None, timeout=10_000)

    assert dialog.isVisible()
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setattr(print_wish, "export_pdf", real)
    assert save(qtbot, dialog).is_file()


def test_what_went_wrong_is_said_in_the_dialog(
    qtbot: QtBot, dialog: ExportDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> Any:
        raise ReportError("ไฟล์นี้เปิดอยู่ในโปรแกรมอื่น ปิดแล้วลองอีกครั้ง")

    monkeypatch.setattr(print_wish, "export_pdf", fail)
    press(dialog, "บันทึกเป็น PDF")

    qtbot.waitUntil(lambda: "เปิดอยู่ในโปรแกรมอื่น" in said(dialog), timeout=10_000)
    assert dialog.isVisible()


def test_the_file_and_its_folder_can_be_opened(
    qtbot: QtBot, dialog: ExportDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []

    def open_url(url: Any) -> bool:
        opened.append(Path(url.toLocalFile()))
        return len(opened) == 1

    target = save(qtbot, dialog)
    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    press(dialog, "เปิดในโปรแกรมอ่าน PDF")
    press(dialog, "เปิดโฟลเดอร์")

    assert opened == [target, target.parent]
    assert "ไม่มีโปรแกรมที่เปิดไฟล์นี้ได้" in said(dialog)
    press(dialog, "ปิดหน้าต่างนี้")
    assert not dialog.isVisible()


def test_opening_in_the_reader_saves_first(
    qtbot: QtBot, dialog: ExportDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: opened.append(Path(url.toLocalFile())) or True
    )

    with qtbot.waitSignal(dialog.saved, timeout=20_000) as told:
        press(dialog, "เปิดในโปรแกรมอ่าน PDF")

    assert opened == [told.args[0]]
    assert opened[0].is_file()


def test_what_is_typed_but_not_yet_saved_is_printed_too(
    qtbot: QtBot, dialog: ExportDialog, book: Book
) -> None:
    from esa_desktop.domain.fields import issue_field

    field = issue_field(2557, "learn-1", Kind.METHOD)
    book.editor.type_value(field, from_plain("ข้อความที่กำลังพิมพ์อยู่"))

    target = save(qtbot, dialog)

    assert "ข้อความที่กำลังพิมพ์อยู่" in "".join(pages(target))
    assert "กำลังพิมพ์" in book.editor.view(field).body


def test_unknown_characters_are_one_sentence() -> None:
    assert unknown_sentence([]) == []
    assert unknown_sentence(["☃", "漢"])[0].endswith(": ☃ 漢")
    assert unknown_sentence(list("漢字仮名交文章例題集第一二三"))[0].endswith(" …")


# --- the pages beside the choices ---------------------------------------------------------------


def test_the_pages_that_would_be_printed_are_in_view_and_follow_the_choice(
    qtbot: QtBot, dialog: ExportDialog
) -> None:
    one = shown_pages(qtbot, dialog)
    way(dialog, "ทุกตัวบ่งชี้").click()
    everything = shown_pages(qtbot, dialog)

    assert 0 < one < everything
    assert len(pages(save(qtbot, dialog))) == everything


def test_what_cannot_be_printed_is_said_where_the_pages_would_be(
    qtbot: QtBot, dialog: ExportDialog
) -> None:
    check(dialog, "เฉพาะตัวบ่งชี้ที่ทำเครื่องหมาย").setChecked(True)

    shown_pages(qtbot, dialog)

    assert "ยังไม่มีตัวบ่งชี้ที่ทำเครื่องหมายว่าพร้อมพิมพ์" in said(dialog)


@pytest.mark.parametrize("form", ["book", "blank", "committee"])
def test_every_form_is_shown_saved_and_named(qtbot: QtBot, dialog: ExportDialog, form: str) -> None:
    sheets = path(dialog).text()
    choose_form(dialog, form)
    count = shown_pages(qtbot, dialog)

    target = save(qtbot, dialog)

    assert str(target) != sheets
    assert len(pages(target)) == count > 0


def test_a_book_without_parts_is_refused_in_words(qtbot: QtBot, dialog: ExportDialog) -> None:
    choose_form(dialog, "book")
    parts = next(
        box
        for box in dialog.findChildren(QListWidget)
        if box.accessibleName().startswith("ส่วนของเล่ม")
    )
    for row in range(parts.count()):
        parts.item(row).setCheckState(Qt.CheckState.Unchecked)

    assert "เลือกอย่างน้อยหนึ่งส่วน" in said(dialog)
    assert shown_pages(qtbot, dialog) == 0


def test_only_changed_pages_can_be_asked_for_after_a_whole_printing(
    qtbot: QtBot, dialog: ExportDialog, book: Book, tmp_path: Path
) -> None:
    only = check(dialog, "เฉพาะหน้าที่เปลี่ยน")
    way(dialog, "ทุกตัวบ่งชี้").click()
    assert not only.isEnabled()
    whole = len(pages(save(qtbot, dialog)))
    book.desk.set("learn-1", Kind.METHOD, from_plain("แก้ไขหลังพิมพ์แล้ว"))

    again = ExportDialog(book, code="1.2", folder=tmp_path)
    qtbot.addWidget(again)
    again.open()
    way(again, "ทุกตัวบ่งชี้").click()
    check(again, "เฉพาะหน้าที่เปลี่ยน").setChecked(True)
    changed = shown_pages(qtbot, again)
    texts = pages(save(qtbot, again))

    assert 0 < changed == len(texts) < whole
    assert any("แก้ไขหลังพิมพ์แล้ว" in text for text in texts)
    again.close()
    dialog.close()


def test_where_no_page_changed_nothing_is_wrong_and_nothing_can_be_printed(
    qtbot: QtBot, dialog: ExportDialog, book: Book, tmp_path: Path
) -> None:
    way(dialog, "ทุกตัวบ่งชี้").click()
    whole = save(qtbot, dialog)
    again = ExportDialog(book, code="1.2", folder=tmp_path)
    qtbot.addWidget(again)
    again.open()
    way(again, "ทุกตัวบ่งชี้").click()
    check(again, "เฉพาะหน้าที่เปลี่ยน").setChecked(True)

    assert shown_pages(qtbot, again) == 0
    assert "ไม่มีหน้าใดเปลี่ยน" in said(again)
    assert "ยังแสดงหน้าพิมพ์ไม่ได้" not in said(again)
    buttons = [b for b in again.findChildren(QPushButton) if b.text() == "บันทึกเป็น PDF"]
    assert not buttons[0].isEnabled()
    assert Path(path(again).text()) != whole
    again.close()


def test_a_draft_is_not_remembered_and_takes_nobody_s_place(
    qtbot: QtBot, dialog: ExportDialog, book: Book
) -> None:
    way(dialog, "ทุกตัวบ่งชี้").click()
    named = path(dialog).text()
    check(dialog, "ฉบับร่าง").setChecked(True)

    assert path(dialog).text() != named
    target = save(qtbot, dialog)

    assert "ร่าง" in "".join(pages(target))
    assert stored_options(book.editor).watermark == ""
    assert printed_before(book.editor, PrintOptions(watermark="ร่าง")) is None


@pytest.mark.parametrize("form", ["blank", "committee"])
def test_empty_forms_and_the_committee_s_are_offered_whole(
    qtbot: QtBot, book: Book, tmp_path: Path, form: Form
) -> None:
    made = ExportDialog(book, code="1.2", folder=tmp_path, form=form)
    qtbot.addWidget(made)

    assert way(made, "ทุกตัวบ่งชี้").isChecked()


def test_without_a_printer_the_sentence_is_in_the_dialog(
    qtbot: QtBot, dialog: ExportDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export_dialog, "has_printer", lambda: False)

    press(dialog, "พิมพ์…")

    assert "ยังไม่พบเครื่องพิมพ์" in said(dialog)
    assert dialog.isVisible()


def test_with_a_printer_the_dialog_hands_over_what_it_shows(
    qtbot: QtBot, dialog: ExportDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export_dialog, "has_printer", lambda: True)
    wishes: list[Any] = []
    dialog.print_requested.connect(wishes.append)

    press(dialog, "พิมพ์…")

    assert wishes[0].indicators == ("1.2",)
    assert not dialog.isVisible()


@pytest.mark.parametrize("height", range(400, 690, 29))
def test_no_line_of_the_choices_is_cut_and_the_path_shows_both_its_ends(
    qtbot: QtBot, dialog: ExportDialog, height: int
) -> None:
    dialog.resize(895, height)
    qtbot.wait(20)

    for kind in (QLabel, QComboBox, QCheckBox, QRadioButton):
        for part in dialog._form.findChildren(kind):
            seen = part.visibleRegion().boundingRect().height()
            assert seen in (0, part.height()), (part.accessibleName(), seen, part.height())
    shown = dialog._path.shown()
    assert shown[:3] == path(dialog).text()[:3]
    assert shown.endswith(".pdf")
