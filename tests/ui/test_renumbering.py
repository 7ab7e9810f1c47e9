from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from esa_desktop.domain.errors import ReadOnlyProject
from esa_desktop.ui.renumbering import RenumberDialog
from tests.ui.registers import PHOTO, Place, Shelf, read_only
from tests.ui.safety import buttons, main_buttons, said

BEFORE = ["๑.๑.๑-๐๑", "๑.๑.๑-๐๒", "๑.๒.๒-๐๒", "๑.๒.๒-๑๐"]
AFTER = ["๑.๑.๑-๐๑", "๑.๑.๑-๐๒", "๑.๒.๒-๐๑", "๑.๒.๒-๐๒"]


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


@pytest.fixture
def place(qtbot: QtBot, shelf: Shelf) -> Place:
    return Place(qtbot, shelf)


@pytest.fixture
def dialog(place: Place) -> RenumberDialog:
    place.page.head.renumber.click()
    found = place.page.findChild(RenumberDialog, "renumberDialog")
    assert found is not None
    return found


def test_codes_old_and_new_are_listed_with_what_happens_to_paper(dialog: RenumberDialog) -> None:
    spoken = [row.spoken for row in dialog.list.rows.rows]
    assert spoken == [
        "๑.๒.๒-๐๒ → ๑.๒.๒-๐๑ · คำสั่งแต่งตั้งคณะกรรมการ",
        "๑.๒.๒-๑๐ → ๑.๒.๒-๐๒ · รายงานการประชุม",
    ]
    assert "บนกระดาษแล้วจะไม่ตรงกับรหัสใหม่" in said(dialog)
    assert buttons(dialog) == {"ไม่จัด": True, "จัดรหัสใหม่ ๒ รายการ": True}
    assert main_buttons(dialog) == ["จัดรหัสใหม่ ๒ รายการ"]
    dialog.reject()


def test_renumbering_is_one_step_that_is_taken_back_by_one(
    place: Place, dialog: RenumberDialog
) -> None:
    assert place.column("code") == BEFORE
    dialog.renumber.click()
    assert place.column("code") == AFTER
    assert place.shelf.steps == ["จัดรหัสหลักฐานใหม่"]
    place.shelf.desk.undo.undo()
    assert place.column("code") == BEFORE


@pytest.mark.parametrize("way", ["button", "Esc"])
def test_no_code_changes_when_it_is_left(place: Place, dialog: RenumberDialog, way: str) -> None:
    if way == "Esc":
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    else:
        dialog.leave.click()
    assert not dialog.isVisible()
    assert place.column("code") == BEFORE
    assert place.shelf.steps == []


def test_where_nothing_would_change_the_button_stays_and_says_why(
    place: Place, dialog: RenumberDialog
) -> None:
    button = place.page.head.renumber
    assert button.isEnabled()
    assert button.toolTip() == ""
    dialog.renumber.click()
    assert button.isVisible()
    assert not button.isEnabled()
    assert button.toolTip() == "รหัสหลักฐานตรงกับประเด็นและลำดับอยู่แล้ว"
    assert place.page.renumbering.ask() is None
    place.page.resize(600, 600)
    assert button.text() == ""
    assert button.toolTip() == "รหัสหลักฐานตรงกับประเด็นและลำดับอยู่แล้ว"
    place.shelf.desk.undo.undo()
    assert button.isEnabled()
    assert button.toolTip() == "จัดรหัสใหม่…"


def test_a_project_that_is_only_read_says_so_and_keeps_its_codes(
    qtbot: QtBot, shelf: Shelf
) -> None:
    place = Place(qtbot, shelf, read_only(shelf.desk))
    button = place.page.head.renumber
    assert button.isVisible()
    assert not button.isEnabled()
    assert "เปิดดูอย่างเดียว" in button.toolTip()
    assert place.page.renumbering.ask() is None
    ((name, error),) = place.asked
    assert name == "refused"
    assert isinstance(error, ReadOnlyProject)


def test_what_comes_into_use_brings_the_button_back(place: Place, dialog: RenumberDialog) -> None:
    dialog.renumber.click()
    assert not place.page.head.renumber.isEnabled()
    place.shelf.link(PHOTO, "good-3")
    assert place.page.head.renumber.isEnabled()
    again = place.page.renumbering.ask()
    assert again is not None
    assert again.list.rows.rows[0].spoken.startswith("๑.๑.๑-๐๒ → ๑.๑.๑-๐๑")  # no gap is left
    again.renumber.click()
    assert place.column("code") == ["๑.๑.๑-๐๑", "๑.๑.๓-๐๑", *AFTER[2:]]
    assert not place.page.head.renumber.isEnabled()
