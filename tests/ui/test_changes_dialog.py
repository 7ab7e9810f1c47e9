from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from esa_desktop.domain.fields import (
    Field,
    Kind,
    encode,
    indicator_field,
    issue_field,
    link_field,
)
from esa_desktop.domain.richtext import from_plain
from esa_desktop.services.changes import Change
from esa_desktop.services.last_seen import NotCompared
from esa_desktop.services.projects import Project
from esa_desktop.ui.changes_dialog import ChangesDialog, change_rows
from esa_desktop.ui.theme import apply_theme
from tests.projects import YEAR, new_project, opened

METHOD = issue_field(YEAR, "q", Kind.METHOD)


def body(text: str) -> str:
    return encode(Kind.METHOD, from_plain(text))


def change(
    field: Field = METHOD,
    before: str = body("เดิม"),
    after: str = body("ใหม่"),
    *,
    own: bool = False,
    settled: bool = True,
) -> Change:
    return Change(
        field,
        "1.1.1",
        "วิธีการดำเนินงาน",
        ("นายธีระ",),
        ("PC-2",),
        "2024-01-01T00:00:00.000+00:00",
        3,
        before,
        after,
        own,
        settled,
    )


MINE = change(issue_field(YEAR, "q", Kind.RESULTS), own=True)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with opened(new_project(tmp_path)) as found:
        yield found


class Shown:
    def __init__(
        self, qtbot: QtBot, project: Project, *changes: Change, why: NotCompared | None = None
    ) -> None:
        apply_theme(QApplication.instance(), dark=False)  # type: ignore[arg-type]
        self.dialog = ChangesDialog(project, why or changes)
        self.went: list[Field] = []
        self.dialog.go_to.connect(self.went.append)
        qtbot.addWidget(self.dialog)
        with qtbot.waitActive(self.dialog):
            self.dialog.open()
            self.dialog.activateWindow()

    def said(self) -> str:
        labels = self.dialog.findChildren(QLabel)
        return "\n".join(label.text() for label in labels if label.isVisible())


def test_others_stand_above_ones_own(qtbot: QtBot, project: Project) -> None:
    shown = Shown(qtbot, project, MINE, change())

    titles = [row.spoken for row in shown.dialog.list.rows.rows]

    assert titles[0] == "ผู้อื่นแก้ไข ๑ ช่อง"
    assert titles[1].startswith("๑.๑.๑ วิธีการดำเนินงาน · แก้ไข · นายธีระ · ๑ ม.ค. ๒๕๖๗")
    assert titles[2] == "แก้ไขจากเครื่องนี้ ๑ ช่อง"
    assert shown.dialog.change == change()


def test_what_it_said_then_and_says_now_is_beside_it(qtbot: QtBot, project: Project) -> None:
    shown = Shown(qtbot, project, change())

    assert shown.dialog.card.view.toPlainText() == "เดิม\nใหม่"
    assert "นายธีระ · เครื่อง PC-2 · แก้ไข ๓ ครั้ง" in shown.said()


def test_enter_goes_to_the_field_and_closes(qtbot: QtBot, project: Project) -> None:
    shown = Shown(qtbot, project, change(), MINE)
    QTest.keyClick(shown.dialog.list, Qt.Key.Key_Down)

    QTest.keyClick(shown.dialog.list, Qt.Key.Key_Return)

    assert shown.went == [MINE.field]
    assert not shown.dialog.isVisible()


def test_a_double_click_goes_there_too(qtbot: QtBot, project: Project) -> None:
    shown = Shown(qtbot, project, change())
    rows = shown.dialog.list
    centre = rows.visualRect(rows.rows.index(1, 0)).center()

    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=centre)
    QTest.mouseDClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=centre)

    assert shown.went == [METHOD]


def test_esc_goes_nowhere(qtbot: QtBot, project: Project) -> None:
    shown = Shown(qtbot, project, change())
    QTest.keyClick(shown.dialog.list, Qt.Key.Key_Escape)

    assert shown.went == []
    assert not shown.dialog.isVisible()


def test_a_field_of_another_year_is_shown_but_not_gone_to(qtbot: QtBot, project: Project) -> None:
    shown = Shown(qtbot, project, change(issue_field(2556, "q", Kind.METHOD)))

    QTest.keyClick(shown.dialog.list, Qt.Key.Key_Return)

    assert shown.went == []
    assert not shown.dialog.go.isEnabled()
    assert shown.dialog.go.toolTip() == "เปิดปี ๒๕๕๖ ก่อน จึงไปที่ช่องนี้ได้"


def test_nothing_changed_is_said(qtbot: QtBot, project: Project) -> None:
    shown = Shown(qtbot, project)

    assert "ไม่มีอะไรเปลี่ยน" in shown.said()
    assert not shown.dialog.go.isVisible()


@pytest.mark.parametrize(
    ("why", "said"),
    [
        (NotCompared.NEVER_SEEN, "เทียบไม่ได้ เพราะเครื่องนี้ไม่มีบันทึก"),
        (NotCompared.OTHER_STATE, "เทียบไม่ได้ เพราะฉบับที่เปิดอยู่นี้ไม่ใช่ฉบับเดียวกับ"),
    ],
)
def test_what_cannot_be_compared_is_not_called_unchanged(
    qtbot: QtBot, project: Project, why: NotCompared, said: str
) -> None:
    shown = Shown(qtbot, project, why=why)

    assert said in shown.said()
    assert "ไม่มีอะไรเปลี่ยน" not in shown.said()
    assert not shown.dialog.go.isVisible()


@pytest.mark.parametrize(
    ("told", "done"),
    [
        (change(), "แก้ไข"),
        (change(before=""), "เพิ่มใหม่"),
        (change(after=""), "ลบทั้งหมด"),
        (change(settled=False), "แก้ไขไม่ตรงกัน"),
        (change(indicator_field(YEAR, "n", Kind.LEVEL), "4", ""), "แก้ไข"),
        (change(issue_field(YEAR, "q", Kind.ACTED_ON), "true", ""), "แก้ไข"),
        (change(link_field(YEAR, "q", "i"), "", '"a"'), "แนบ"),
        (change(link_field(YEAR, "q", "i"), '"a"', ""), "นำออก"),
        (change(link_field(YEAR, "q", "i"), '"a"', '"b"'), "จัดลำดับใหม่"),
    ],
)
def test_what_was_done_is_said_in_a_word(qtbot: QtBot, told: Change, done: str) -> None:
    _, row = change_rows([told])

    assert row.done == done
