import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLineEdit, QListWidget, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from esa_desktop.domain.binder import BinderOptions, BinderResult
from esa_desktop.domain.evidence import Evidence
from esa_desktop.domain.fields import item_field
from esa_desktop.domain.thai import thai_digits
from esa_desktop.services.binder_memory import bound_before, stored_binder_options
from esa_desktop.services.evidence_bin import from_bin, to_bin
from esa_desktop.services.projects import Project, open_project
from esa_desktop.services.reading import Reader
from esa_desktop.ui import binder_dialog
from esa_desktop.ui.binder_dialog import BinderDialog
from esa_desktop.ui.number_box import NumberBox
from esa_desktop.ui.worker import TaskHandle
from tests.binders import attach_files, office, pdf, write
from tests.projects import WHO
from tests.reading import pdfium_pages, squeezed
from tests.ui.safety import buttons, main_buttons, press, said

THREE = {
    "1.1.1": {"รายงาน.pdf": pdf("report"), "เสีย.pdf": b"%PDF-1.7 broken"},
    "1.2.1": {"คำสั่ง.pdf": pdf("order")},
}


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with office(tmp_path, THREE) as made:
        yield made


@pytest.fixture
def reader() -> Iterator[Reader]:
    with closing(Reader()) as made:
        yield made


@pytest.fixture
def show(
    qtbot: QtBot, project: Project, reader: Reader, tmp_path: Path
) -> Callable[..., BinderDialog]:
    """Open the dialog and wait until it knows what it would bind."""
    (tmp_path / "out").mkdir()

    def open_dialog(code: str = "1.2.1", **more: Any) -> BinderDialog:
        dialog = BinderDialog(project, reader, folder=tmp_path / "out", code=code, **more)
        qtbot.addWidget(dialog)
        dialog.open()
        settled(qtbot, dialog)
        return dialog

    return open_dialog


def settled(qtbot: QtBot, dialog: BinderDialog) -> None:
    qtbot.waitUntil(lambda: dialog._looking is None, timeout=10_000)


def run(qtbot: QtBot, dialog: BinderDialog) -> Path:
    with qtbot.waitSignal(dialog.saved, timeout=30_000) as told:
        press(dialog, "สร้างแฟ้ม")
    qtbot.waitUntil(lambda: not dialog.work.is_busy)
    target: Path = told.args[0]
    return target


def check(dialog: QWidget, words: str) -> QCheckBox:
    return next(box for box in dialog.findChildren(QCheckBox) if words in box.accessibleName())


def way(dialog: QWidget, words: str) -> QRadioButton:
    return next(b for b in dialog.findChildren(QRadioButton) if b.text().startswith(words))


def number(dialog: QWidget, name: str) -> NumberBox:
    return next(box for box in dialog.findChildren(NumberBox) if box.accessibleName() == name)


def place(dialog: QWidget) -> QLineEdit:
    return next(e for e in dialog.findChildren(QLineEdit) if e.accessibleName() == "บันทึกไว้ที่")


def text(target: Path) -> str:
    return squeezed("".join(pdfium_pages(target)))


def spoken(rows: Any) -> list[str]:
    return [row.spoken for row in rows.rows.rows]


def test_everything_is_bound_and_the_files_that_could_not_be_are_named(
    qtbot: QtBot, show: Callable[..., BinderDialog], project: Project
) -> None:
    dialog = show()
    assert "๓ รายการ ๓ ไฟล์" in said(dialog)
    assert "ยังไม่เคยทำแฟ้มของส่วนนี้" in said(dialog)

    target = run(qtbot, dialog)

    assert target.parent.name == "out"
    found = text(target)
    assert "report1" in found
    assert "order1" in found
    assert "สร้างแฟ้มหลักฐานแล้ว" in said(dialog)
    assert "๑ เล่ม" in said(dialog)
    assert "ใส่ในแฟ้มไม่ได้ ๑ ไฟล์" in said(dialog)
    (trouble,) = spoken(dialog.outcome.troubles)
    assert trouble.startswith("๑.๑.๑-๐๒ เสีย.pdf ")
    assert main_buttons(dialog) == ["เปิดเล่มนี้"]
    assert bound_before(project.editor, ()) is not None


def test_a_file_in_trouble_leads_to_its_item(
    qtbot: QtBot, show: Callable[..., BinderDialog], project: Project
) -> None:
    dialog = show()
    run(qtbot, dialog)
    broken = next(i for i in project.editor.round.items.values() if i.title == "เสีย")

    dialog.outcome.troubles.setFocus()
    with qtbot.waitSignal(dialog.go_to) as told:
        QTest.keyClick(dialog.outcome.troubles, Qt.Key.Key_Return)

    issue = project.editor.round.framework.issue("1.1.1")
    assert told.args == [issue.id, broken.id]
    assert not dialog.isVisible()


def test_only_the_issue_in_view(qtbot: QtBot, show: Callable[..., BinderDialog]) -> None:
    dialog = show()
    way(dialog, "ประเด็น ๑.๒.๑").click()
    settled(qtbot, dialog)
    assert "๑ รายการ ๑ ไฟล์" in said(dialog)

    target = run(qtbot, dialog)

    assert "1.2.1" in target.name
    assert "order1" in text(target)
    assert "report1" not in text(target)


@pytest.mark.parametrize(("code", "ways"), [("1.2.1", 4), ("1.2", 3), ("", 2), ("9.9.9", 2)])
def test_what_is_in_view_can_be_chosen(
    show: Callable[..., BinderDialog], code: str, ways: int
) -> None:
    dialog = show(code)

    shown = [way.text() for way in dialog.findChildren(QRadioButton) if way.isVisible()]
    assert len(shown) == ways
    assert way(dialog, "ทั้งหมด").isChecked()


def test_it_can_be_opened_for_what_is_in_view_alone(show: Callable[..., BinderDialog]) -> None:
    assert way(show("1.2.1", only=True), "ประเด็น").isChecked()
    assert way(show("1.2", only=True), "ตัวบ่งชี้").isChecked()


def test_without_an_indicator_nothing_is_bound_and_it_says_why(
    qtbot: QtBot, show: Callable[..., BinderDialog]
) -> None:
    dialog = show("")
    way(dialog, "เลือกตัวบ่งชี้").click()

    assert "เลือกอย่างน้อยหนึ่งตัวบ่งชี้" in said(dialog)
    assert not dialog.make.isEnabled()
    assert dialog.make.toolTip() == "เลือกอย่างน้อยหนึ่งตัวบ่งชี้"

    box = dialog.findChild(QListWidget)
    assert box is not None
    box.item(1).setCheckState(Qt.CheckState.Checked)
    settled(qtbot, dialog)
    assert dialog.make.isEnabled()
    assert "๑ รายการ ๑ ไฟล์" in said(dialog)


def test_what_changed_since_the_last_binder_is_listed_and_bound_alone(
    qtbot: QtBot, show: Callable[..., BinderDialog], project: Project, tmp_path: Path
) -> None:
    first = show()
    assert not check(first, "เฉพาะที่ใหม่").isEnabled()
    assert "ใช้ได้เมื่อ" in check(first, "เฉพาะที่ใหม่").toolTip()
    run(qtbot, first)
    first.close()
    same = show()
    assert "ไม่มีอะไรเปลี่ยนจากแฟ้มครั้งก่อน" in said(same)
    assert not check(same, "เฉพาะที่ใหม่").isEnabled()
    same.close()

    attach_files(project, "1.2.1", [write(tmp_path, "ใหม่.pdf", pdf("addition"))])
    old = next(i for i in project.editor.round.items.values() if i.title == "คำสั่ง")
    project.editor.apply(project.editor.change(item_field(old.id), replace(old, title="คำสั่งแก้ไข")))
    dialog = show()

    assert spoken(dialog.outlook.list) == ["๑.๒.๑-๐๑ คำสั่งแก้ไข เปลี่ยน", "๑.๒.๑-๐๒ ใหม่ ใหม่"]
    assert "ใหม่ ๑ · เปลี่ยน ๑" in said(dialog)
    check(dialog, "เฉพาะที่ใหม่").click()
    settled(qtbot, dialog)
    assert "๒ รายการ ๒ ไฟล์" in said(dialog)
    target = run(qtbot, dialog)
    assert "เฉพาะที่เปลี่ยน" in target.name
    assert "addition1" in text(target)
    assert "report1" not in text(target)


def test_choices_are_kept_for_the_next_binder_and_secrets_are_asked_anew(
    qtbot: QtBot, show: Callable[..., BinderDialog], project: Project
) -> None:
    dialog = show()
    check(dialog, "คิวอาร์").click()
    check(dialog, "ปก").click()
    check(dialog, "หน้าต่อเล่ม").click()
    number(dialog, "หน้าต่อเล่ม").setValue(40)
    dialog.choices._confidential.setCurrentIndex(dialog.choices._confidential.findData("include"))
    dialog.choices._corner.setCurrentIndex(dialog.choices._corner.findData("bottom-left"))
    run(qtbot, dialog)
    dialog.close()

    kept = stored_binder_options(project.editor)
    assert kept == BinderOptions(qr=True, cover=False, most_pages=40, corner="bottom-left")
    assert show().choices.value() == kept


def test_a_limit_counts_only_while_it_is_ticked(show: Callable[..., BinderDialog]) -> None:
    dialog = show()
    assert not number(dialog, "MB ต่อเล่ม").isEnabled()
    assert dialog.choices.value().most_mb is None

    check(dialog, "MB ต่อเล่ม").click()

    assert number(dialog, "MB ต่อเล่ม").isEnabled()
    assert dialog.choices.value().most_mb == 10.0


class SlowBinding:
    """A binding that waits until it is let go, or cancelled; counts how often it was begun."""

    def __init__(self) -> None:
        self.begun = 0
        self.go = threading.Event()

    def __call__(
        self, wish: Any, reader: Any, *, progress: Any, cancelled: Callable[[], bool]
    ) -> BinderResult:
        self.begun += 1
        progress(300, 1000)
        while not self.go.wait(0.02):
            if cancelled():
                raise binder_dialog_cancelled()
        return BinderResult((), 0, (), {})


def binder_dialog_cancelled() -> Exception:
    from esa_desktop.domain.errors import Cancelled

    return Cancelled("ยกเลิกแล้ว")


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[SlowBinding]:
    made = SlowBinding()
    monkeypatch.setattr(binder_dialog, "bind_evidence", made)
    yield made
    made.go.set()


def test_a_second_click_begins_nothing(
    qtbot: QtBot, show: Callable[..., BinderDialog], slow: SlowBinding
) -> None:
    dialog = show()
    dialog.make.click()
    dialog.make.click()
    dialog._start()

    qtbot.waitUntil(lambda: slow.begun > 0)
    assert not dialog.make.isEnabled()
    assert not dialog.choices.isEnabled()
    assert not place(dialog).isEnabled()
    dialog.reject()
    qtbot.waitUntil(lambda: not dialog.work.is_busy)
    assert slow.begun == 1


def test_esc_stops_the_work_first_and_everything_can_be_begun_again(
    qtbot: QtBot, show: Callable[..., BinderDialog], slow: SlowBinding, project: Project
) -> None:
    dialog = show()
    press(dialog, "สร้างแฟ้ม")
    qtbot.waitUntil(lambda: slow.begun > 0)
    assert "หยุด" in buttons(dialog)

    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not dialog.work.is_busy)

    assert dialog.isVisible()
    assert "หยุดแล้ว ไม่มีไฟล์ใดถูกสร้างหรือเปลี่ยน" in said(dialog)
    assert dialog.make.isEnabled()
    assert bound_before(project.editor, ()) is None
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_dialog_that_is_closed_takes_the_work_along(
    qtbot: QtBot, show: Callable[..., BinderDialog], slow: SlowBinding
) -> None:
    dialog = show()
    dialog.make.click()
    qtbot.waitUntil(lambda: slow.begun > 0)

    dialog.done(0)

    assert not dialog.isVisible()
    qtbot.waitUntil(lambda: not dialog.work.is_busy)
    assert slow.begun == 1


def test_a_place_that_is_none_is_said_and_nothing_is_lost(
    qtbot: QtBot, show: Callable[..., BinderDialog], tmp_path: Path
) -> None:
    dialog = show()
    place(dialog).setText(str(tmp_path / "ไม่มี" / "แฟ้ม.pdf"))
    press(dialog, "สร้างแฟ้ม")
    qtbot.waitUntil(lambda: not dialog.work.is_busy, timeout=20_000)

    assert "เลือกที่บันทึกอื่น" in said(dialog)
    assert dialog.make.isEnabled()


def test_a_name_that_is_taken_is_told_before(
    show: Callable[..., BinderDialog], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = write(tmp_path, "เก่า.pdf", b"old")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(taken), ""))
    dialog = show()

    press(dialog, "เลือกที่เก็บ…")

    assert place(dialog).text() == str(taken)
    assert "ไฟล์เดิมจะถูกแทนที่" in said(dialog)
    way(dialog, "ตัวบ่งชี้").click()
    assert place(dialog).text() == str(taken)  # a name somebody chose stays


def test_a_volume_and_its_folder_are_opened_from_the_result(
    qtbot: QtBot, show: Callable[..., BinderDialog], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def open_url(url: QUrl) -> bool:
        opened.append(url.toLocalFile())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", staticmethod(open_url))
    dialog = show()
    check(dialog, "หน้าต่อเล่ม").click()
    number(dialog, "หน้าต่อเล่ม").setValue(10)
    first = run(qtbot, dialog)
    assert len(dialog.outcome.volumes.rows.rows) > 1

    press(dialog, "เปิดเล่มนี้")
    QTest.keyClick(dialog.outcome.volumes, Qt.Key.Key_Down)
    QTest.keyClick(dialog.outcome.volumes, Qt.Key.Key_Return)
    press(dialog, "เปิดโฟลเดอร์")

    assert opened[0] == str(first)
    assert opened[1] != opened[0]
    assert opened[2] == str(first.parent)


def test_a_project_that_is_only_read_is_bound_without_a_word(
    qtbot: QtBot, reader: Reader, tmp_path: Path
) -> None:
    with office(tmp_path, THREE) as project:
        folder = project.folder
    reading = open_project(folder, who=WHO, read_only=True)
    try:
        dialog = BinderDialog(reading, reader, folder=tmp_path)
        qtbot.addWidget(dialog)
        dialog.open()
        settled(qtbot, dialog)
        target = run(qtbot, dialog)
        dialog.close()
        assert "order1" in text(target)
    finally:
        reading.close()


def test_an_item_that_is_kept_elsewhere_is_counted(
    qtbot: QtBot, show: Callable[..., BinderDialog], project: Project
) -> None:
    old = next(i for i in project.editor.round.items.values() if i.title == "คำสั่ง")
    project.editor.apply(project.editor.change(item_field(old.id), replace(old, files=())))
    broken = next(i for i in project.editor.round.items.values() if i.title == "เสีย")
    secret: Evidence = replace(broken, confidential=True)
    project.editor.apply(project.editor.change(item_field(secret.id), secret))

    dialog = show()

    assert "เป็นหลักฐานลับ ๑ รายการ" in said(dialog)
    assert "ไม่มีไฟล์ ๑ รายการ" in said(dialog)
    assert "๓ รายการ ๑ ไฟล์" in said(dialog)


def test_everything_the_tab_key_reaches_has_a_name(show: Callable[..., BinderDialog]) -> None:
    dialog = show()

    for widget in dialog.findChildren(QWidget):
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            named = widget.accessibleName() or isinstance(widget.parent(), NumberBox)
            assert named, widget


def test_the_tab_key_goes_as_one_reads(show: Callable[..., BinderDialog]) -> None:
    dialog = show()
    stops: list[QWidget] = []
    widget: QWidget = dialog.nextInFocusChain()
    while widget is not dialog:
        if widget.isVisible() and widget.isEnabled():
            stops.append(widget)
        widget = widget.nextInFocusChain()

    known = [
        way(dialog, "ทั้งหมด"),
        check(dialog, "ปก"),
        check(dialog, "คิวอาร์"),
        check(dialog, "MB ต่อเล่ม"),
        place(dialog),
        dialog.leave,
        dialog.make,
    ]
    assert [stop for stop in stops if stop in known] == known


def test_handles_of_a_task_are_enough_for_a_binding() -> None:
    """The dialog passes them on as they are."""
    told: list[tuple[int, int]] = []
    handle = TaskHandle(lambda done, total: told.append((done, total)))
    handle.progress(1000, 1000)
    handle.cancel()

    assert told == [(1000, 1000)]
    assert handle.cancelled()


def test_where_nothing_is_to_print_only_what_changed_cannot_be_bound(
    qtbot: QtBot, show: Callable[..., BinderDialog], project: Project
) -> None:
    first = show()
    run(qtbot, first)
    first.close()
    gone = next(i for i in project.editor.round.items.values() if i.title == "คำสั่ง")
    project.editor.apply(to_bin(project.editor, [gone.id]))

    dialog = show()
    assert "ต้องนำออก ๑" in said(dialog)
    assert not check(dialog, "เฉพาะที่ใหม่").isEnabled()
    assert "ต้องนำออก" in check(dialog, "เฉพาะที่ใหม่").toolTip()


def test_what_is_as_it_was_by_the_time_it_is_bound_makes_no_binder(
    qtbot: QtBot, show: Callable[..., BinderDialog], project: Project, tmp_path: Path
) -> None:
    first = show()
    target = run(qtbot, first)
    first.close()
    editor = project.editor
    old = next(i for i in editor.round.items.values() if i.title == "คำสั่ง")
    editor.apply(editor.change(item_field(old.id), replace(old, title="ชื่อใหม่")))
    dialog = show()
    check(dialog, "เฉพาะที่ใหม่").click()
    settled(qtbot, dialog)
    editor.apply(editor.change(item_field(old.id), old))

    press(dialog, "สร้างแฟ้ม")
    qtbot.waitUntil(lambda: not dialog.work.is_busy, timeout=10_000)
    qtbot.waitUntil(lambda: "ไม่มีหลักฐานที่ใหม่หรือเปลี่ยน" in said(dialog))
    assert [path.name for path in target.parent.iterdir()] == [target.name]
    assert dialog.make.isVisible()


def test_volumes_of_that_name_are_told_before_and_old_ones_are_gone_after_fewer(
    qtbot: QtBot, show: Callable[..., BinderDialog], tmp_path: Path
) -> None:
    first = show()
    check(first, "หน้าต่อเล่ม").click()
    number(first, "หน้าต่อเล่ม").setValue(10)
    assert "จะถูกแทนที่" not in said(first)
    target = run(qtbot, first)
    first.close()
    before = sorted(path.name for path in target.parent.iterdir())
    assert len(before) > 1
    assert target.name == before[0]

    dialog = show()
    assert f"ไว้แล้ว {thai_digits(len(before))} เล่ม" in said(dialog)
    assert "ชุดเดิมจะถูกแทนที่ทั้งชุด" in said(dialog)
    check(dialog, "หน้าต่อเล่ม").setChecked(False)
    assert "ชุดเดิมจะถูกแทนที่ทั้งชุด" in said(dialog)  # also of one volume: none of them stays
    whole = run(qtbot, dialog)

    assert [path.name for path in target.parent.iterdir()] == [whole.name]


def test_volumes_of_somebody_else_are_not_said_to_be_replaced(
    show: Callable[..., BinderDialog], tmp_path: Path
) -> None:
    dialog = show()
    (tmp_path / "out" / "ของเขา เล่ม 1.pdf").write_bytes(b"of somebody else")
    place(dialog).setText(str(tmp_path / "out" / "ของเขา.pdf"))
    place(dialog).textEdited.emit(place(dialog).text())
    assert "จะถูกแทนที่" not in said(dialog)


def test_without_evidence_no_binder_is_offered_and_it_says_why(
    qtbot: QtBot, show: Callable[..., BinderDialog], project: Project
) -> None:
    ids = list(project.editor.round.items)
    project.editor.apply(to_bin(project.editor, ids))
    dialog = show()
    assert "๐ รายการ" in said(dialog)
    assert not dialog.make.isEnabled()
    assert dialog.make.toolTip().startswith("ยังไม่มีหลักฐานให้รวมเป็นแฟ้ม")
    assert dialog.make.toolTip() in said(dialog)

    project.editor.apply(from_bin(project.editor, ids))
    way(dialog, "ตัวบ่งชี้").click()
    settled(qtbot, dialog)
    assert dialog.make.isEnabled()
    assert dialog.make.toolTip() == ""


def test_the_index_is_offered_under_the_name_it_is_printed_under(
    show: Callable[..., BinderDialog],
) -> None:
    from esa_desktop.report.binder.sentences import INDEX

    assert check(show(), INDEX).accessibleName() == "สารบัญหลักฐาน"
