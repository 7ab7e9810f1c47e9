import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QThreadPool
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from esa_desktop.domain.errors import HeadsMoved, StorageError
from esa_desktop.domain.fields import Field, Kind, encode, indicator_field, issue_field
from esa_desktop.domain.revision import make_revision
from esa_desktop.domain.richtext import from_plain
from esa_desktop.domain.thai import thai_time
from esa_desktop.services.editing import Editor
from esa_desktop.services.history import versions
from esa_desktop.services.projects import Project, open_project
from esa_desktop.storage.store import Write
from esa_desktop.ui import history_dialog
from esa_desktop.ui.history_dialog import BEFORE, NOW, WHOLE, HistoryDialog
from esa_desktop.ui.theme import apply_theme
from esa_desktop.ui.undo import UndoStack
from esa_desktop.ui.version_list import VersionRow, version_rows
from esa_desktop.ui.worker import wait_for_done
from tests.projects import OTHER, WHO, YEAR, new_project, opened


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return new_project(tmp_path)


@pytest.fixture
def project(place: Path) -> Iterator[Project]:
    with opened(place) as found:
        yield found
        wait_for_done()


def field_of(project: Project, kind: Kind = Kind.METHOD) -> Field:
    return issue_field(YEAR, project.editor.round.framework.issue("1.1.1").id, kind)


def write(project: Project, *texts: str) -> None:
    for text in texts:
        project.editor.apply(project.editor.change(field_of(project), from_plain(text)))


class Shown:
    """A history dialog on the screen, with the undo stack it pushes to."""

    def __init__(self, qtbot: QtBot, project: Project, field: Field | None = None) -> None:
        apply_theme(QApplication.instance(), dark=False)  # type: ignore[arg-type]
        self.qtbot = qtbot
        self.editor: Editor = project.editor
        self.stack = UndoStack(project.editor)
        self.field = field or field_of(project)
        self.dialog = HistoryDialog(project, self.field, self.stack.push_edit)
        qtbot.addWidget(self.dialog)
        with qtbot.waitActive(self.dialog):
            self.dialog.open()
            self.dialog.activateWindow()

    def wait_for(self, count: int) -> None:
        self.qtbot.waitUntil(lambda: len(self.dialog._versions) == count, timeout=5_000)

    def rows(self) -> list[str]:
        return [row.spoken for row in self.dialog.list.rows.rows]

    def said(self) -> str:
        labels = self.dialog.findChildren(QLabel)
        return "\n".join(label.text() for label in labels if label.isVisible())

    def text(self) -> str:
        return self.dialog.card.view.toPlainText()

    def press(self, key: Qt.Key) -> None:
        focused = self.dialog.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key)


@pytest.fixture
def shown(qtbot: QtBot, project: Project) -> Shown:
    write(project, "ประชุม ทุกเดือน", "ประชุม ทุกสองเดือน", "ประชุม ทุกปี")
    made = Shown(qtbot, project)
    made.wait_for(3)
    return made


def test_the_newest_version_is_chosen_and_shown_against_the_one_before(shown: Shown) -> None:
    assert shown.rows()[0] == "วันนี้"
    assert "ปัจจุบัน" in shown.rows()[1]
    assert f"{WHO.author} · เครื่อง {WHO.computer}" in shown.rows()[1]
    assert shown.dialog.list.version == shown.dialog._versions[0]
    assert "สองเดือน" in shown.text()
    assert "ปี" in shown.text()
    assert "สิ่งที่เปลี่ยนในฉบับนี้" in shown.said()


def test_the_arrows_walk_the_versions_and_the_text_follows(shown: Shown) -> None:
    shown.press(Qt.Key.Key_Down)
    shown.press(Qt.Key.Key_Down)

    assert shown.dialog.list.version == shown.dialog._versions[2]
    assert shown.text() == "ประชุม ทุกเดือน"
    shown.press(Qt.Key.Key_Up)
    assert shown.dialog.list.version == shown.dialog._versions[1]


def test_a_version_can_be_seen_against_the_present_and_whole(shown: Shown) -> None:
    dialog = shown.dialog
    dialog.list.choose(3)
    dialog.switch._segments[NOW].click()
    assert "จนถึงปัจจุบัน" in shown.said()
    assert "ปี" in shown.text()

    dialog.switch._segments[WHOLE].click()
    assert shown.text() == "ประชุม ทุกเดือน"
    assert not dialog.card.key.isVisible()

    dialog.switch._segments[BEFORE].click()
    assert dialog.card.key.isVisible()


def test_a_version_is_used_again_as_one_step_that_can_be_taken_back(shown: Shown) -> None:
    shown.dialog.list.choose(3)

    shown.dialog.use.click()

    assert not shown.dialog.isVisible()
    assert shown.editor.view(shown.field).value.plain == "ประชุม ทุกเดือน"
    assert shown.stack.count() == 1
    assert shown.stack.undoText() == "ใช้ฉบับก่อนของ ๑.๑.๑ วิธีการดำเนินงาน"
    shown.stack.undo()
    assert shown.editor.view(shown.field).value.plain == "ประชุม ทุกปี"


def test_that_a_version_is_in_use_again_is_told_with_the_way_to_undo_it(
    qtbot: QtBot, shown: Shown
) -> None:
    shown.dialog.list.choose(3)
    version = shown.dialog.list.version
    assert version is not None
    assert version.moment is not None

    with qtbot.waitSignal(shown.dialog.taken_back, timeout=1_000) as told:
        shown.dialog.use.click()

    (words,) = told.args
    when = thai_time(version.moment)
    assert words.startswith(f"นำ “๑.๑.๑ วิธีการดำเนินงาน” ฉบับของวันนี้ {when} กลับมาแล้ว ")
    assert words.endswith("ถ้าไม่ต้องการ กดเลิกทำ (Ctrl+Z)")


@pytest.mark.parametrize(
    ("time", "words"),
    [("2024-01-02T03:00:00.000+00:00", "ฉบับของวันที่ ๒ ม.ค. ๒๕๖๗"), ("nonsense", "ฉบับก่อนกลับมาแล้ว")],
)
def test_of_an_old_version_the_day_is_told_if_it_is_known(
    shown: Shown, time: str, words: str
) -> None:
    version = replace(shown.dialog._versions[0], time=time)

    assert words in shown.dialog._taken_words(version)


def test_a_version_that_is_refused_is_not_told_to_be_in_use(qtbot: QtBot, shown: Shown) -> None:
    def refuse(*_: Any) -> None:
        raise HeadsMoved("แก้ไขไปแล้ว กรุณาเปิดประวัติใหม่")

    shown.dialog.list.choose(3)
    shown.dialog._push = refuse

    with qtbot.assertNotEmitted(shown.dialog.taken_back):
        shown.dialog.use.click()


def test_the_fields_are_called_alike_and_none_by_the_year_in_view(shown: Shown) -> None:
    fields = shown.dialog.fields
    names = [fields.itemText(place) for place in range(fields.count())]

    assert fields.currentText() == "๑.๑.๑ วิธีการดำเนินงาน"
    assert not [name for name in names if "ปี" in name]


def test_the_whole_way_back_goes_by_keyboard_alone(shown: Shown) -> None:
    dialog = shown.dialog
    shown.press(Qt.Key.Key_Down)
    for _ in range(12):
        if dialog.focusWidget() is dialog.use:
            break
        shown.press(Qt.Key.Key_Tab)

    shown.press(Qt.Key.Key_Space)

    assert shown.editor.view(shown.field).value.plain == "ประชุม ทุกสองเดือน"


def test_tab_goes_in_the_order_of_reading(shown: Shown) -> None:
    dialog = shown.dialog
    dialog.fields.setFocus()
    walked = [dialog.focusWidget()]
    for _ in range(6):
        shown.press(Qt.Key.Key_Tab)
        walked.append(dialog.focusWidget())

    assert walked[:3] == [dialog.fields, dialog.list, dialog.switch._segments[BEFORE]]
    assert walked.index(dialog.card.view) < walked.index(dialog.leave)


def test_what_is_the_present_text_cannot_be_brought_back_and_says_why(shown: Shown) -> None:
    assert not shown.dialog.use.isEnabled()
    assert shown.dialog.use.toolTip() == "ฉบับนี้เหมือนกับที่ใช้อยู่แล้ว"
    shown.press(Qt.Key.Key_Down)
    assert shown.dialog.use.isEnabled()


def test_enter_in_the_text_brings_nothing_back(shown: Shown) -> None:
    shown.dialog.list.choose(3)
    shown.dialog.card.view.setFocus()

    shown.press(Qt.Key.Key_Return)

    assert shown.editor.view(shown.field).value.plain == "ประชุม ทุกปี"


def test_esc_leaves_everything_as_it_is(shown: Shown) -> None:
    shown.dialog.list.choose(3)
    shown.press(Qt.Key.Key_Escape)

    assert not shown.dialog.isVisible()
    assert shown.stack.count() == 0


def test_a_refusal_is_said_and_the_dialog_stays(shown: Shown) -> None:
    shown.dialog.list.choose(3)

    def refuse(*_: Any) -> None:
        raise HeadsMoved("แก้ไขไปแล้ว กรุณาเปิดประวัติใหม่")

    shown.dialog._push = refuse
    shown.dialog.use.click()

    assert shown.dialog.isVisible()
    assert "แก้ไขไปแล้ว" in shown.said()


def test_another_field_is_chosen_above_the_list(qtbot: QtBot, project: Project) -> None:
    write(project, "ก", "ข")
    level = indicator_field(YEAR, project.editor.round.framework.indicator("1.1").id, Kind.LEVEL)
    project.editor.apply(project.editor.change(level, 3))
    project.editor.apply(project.editor.change(level, 4))
    shown = Shown(qtbot, project)
    shown.wait_for(2)
    fields = shown.dialog.fields

    fields.setCurrentIndex(fields.findText("๑.๑ ระดับที่ประเมินตนเอง"))
    qtbot.waitUntil(lambda: "ระดับ ๔" in " ".join(shown.rows()), timeout=5_000)

    assert shown.text() == "ระดับ ๓\nระดับ ๔"
    assert shown.dialog._field == level


def test_a_slow_answer_for_a_field_that_was_left_is_dropped(
    qtbot: QtBot,
    project: Project,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    write(project, "ก", "ข")
    ticked = field_of(project, Kind.ACTED_ON)
    project.editor.apply(project.editor.change(ticked, True))
    may_answer = threading.Event()

    def slow(project: Project, field: Field) -> Any:
        if field != ticked:
            may_answer.wait(10)
        return versions(project, field)

    monkeypatch.setattr(history_dialog, "versions", slow)
    pool = QThreadPool.globalInstance()
    request.addfinalizer(partial(pool.setMaxThreadCount, pool.maxThreadCount()))
    pool.setMaxThreadCount(4)  # on one core the second answer would wait for the first
    shown = Shown(qtbot, project)
    fields = shown.dialog.fields
    fields.setCurrentIndex(fields.findText("๑.๑.๑ มีการดำเนินการ"))
    shown.wait_for(1)

    may_answer.set()
    assert pool.waitForDone(10_000)
    QApplication.sendPostedEvents()

    assert [version.field for version in shown.dialog._versions] == [ticked]


def test_a_field_nobody_wrote_says_so(qtbot: QtBot, project: Project) -> None:
    shown = Shown(qtbot, project, field_of(project, Kind.RESULTS))
    qtbot.waitUntil(lambda: "ยังไม่เคยแก้ไขช่องนี้" in shown.said(), timeout=5_000)

    assert not shown.dialog.use.isEnabled()


def test_what_cannot_be_read_is_said_in_place_of_the_text(
    qtbot: QtBot, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(project: Project, field: Field) -> Any:
        raise StorageError("ดิสก์ยังไม่ตอบ รอแล้วเปิดใหม่")

    write(project, "ก", "ข")
    monkeypatch.setattr(history_dialog, "versions", refuse)
    shown = Shown(qtbot, project)
    qtbot.waitUntil(lambda: "ดิสก์ยังไม่ตอบ รอแล้วเปิดใหม่" in shown.said(), timeout=5_000)

    assert not shown.dialog.use.isEnabled()
    assert shown.rows() == []


def test_slow_reading_is_said_and_the_versions_come_at_last(
    qtbot: QtBot, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(project, "ก", "ข")
    may_answer = threading.Event()

    def slow(project: Project, field: Field) -> Any:
        may_answer.wait(10)
        return versions(project, field)

    monkeypatch.setattr(history_dialog, "versions", slow)
    shown = Shown(qtbot, project)
    qtbot.waitUntil(lambda: "กำลังอ่านประวัติ…" in shown.said(), timeout=5_000)
    may_answer.set()
    shown.wait_for(2)

    assert "กำลังอ่านประวัติ…" not in shown.said()
    assert shown.dialog.list.version == shown.dialog._versions[0]


def test_a_version_that_cannot_be_read_is_listed_but_not_used(
    qtbot: QtBot, project: Project
) -> None:
    field = field_of(project)
    strange = make_revision(field, (), '"อะไร"', author="ก", device="d", time="")
    text = encode(field.kind, from_plain("ก"))
    on_top = make_revision(field, (strange.id,), text, author="ก", device="d", time="")
    project._writer.submit(Write(revisions=(strange, on_top))).result(10)
    shown = Shown(qtbot, project)
    shown.wait_for(2)
    assert shown.dialog.use.isEnabled()  # the editor of this test knows nothing of it yet

    shown.press(Qt.Key.Key_Down)

    assert "อ่านฉบับนี้ไม่ได้" in shown.text()
    assert not shown.dialog.use.isEnabled()


def test_what_is_being_typed_is_the_newest_version(qtbot: QtBot, project: Project) -> None:
    write(project, "ก")
    project.editor.type_value(field_of(project), from_plain("ก กำลังพิมพ์"))
    shown = Shown(qtbot, project)
    shown.wait_for(2)

    assert shown.dialog._versions[0].text == "ก กำลังพิมพ์"


def conflict(place: Path) -> None:
    with opened(place) as project:
        field = field_of(project)
        write(project, "ต้นฉบับ")
        base = project.editor.view(field).head_ids
        revisions = tuple(
            make_revision(
                field,
                base,
                encode(field.kind, from_plain(text)),
                author=who.author,
                device=who.device,
                time="2024-01-01T00:00:00.000+00:00",
            )
            for text, who in (("ของพิมพ์ใจ", WHO), ("ของธีระ", OTHER))
        )
        project._writer.submit(Write(revisions=revisions)).result(10)


def test_of_a_conflict_either_side_can_be_chosen_and_settles_it(qtbot: QtBot, place: Path) -> None:
    conflict(place)
    with opened(place) as project:
        shown = Shown(qtbot, project)
        shown.wait_for(3)
        assert [("แก้ไขไม่ตรงกัน" in row) for row in shown.rows() if "น." in row] == [
            True,
            True,
            False,
        ]
        sides = [row for row, spoken in enumerate(shown.rows()) if "แก้ไขไม่ตรงกัน" in spoken]
        for side in sides:  # also the one that is shown in the editor: nobody chose it yet
            shown.dialog.list.choose(side)
            assert shown.dialog.use.isEnabled()
        newest = shown.dialog.list.version
        assert newest is not None

        shown.dialog.use.click()

        view = project.editor.view(shown.field)
        assert view.state == "clean"
        assert view.body == newest.body
        assert len(view.heads[0].parents) == 2


def test_a_project_that_is_only_read_shows_its_history(qtbot: QtBot, place: Path) -> None:
    with opened(place) as project:
        write(project, "ก", "ข")
    project = open_project(place, who=OTHER, read_only=True)
    try:
        shown = Shown(qtbot, project)
        shown.wait_for(2)
        shown.dialog.list.choose(2)

        assert not shown.dialog.use.isEnabled()
        assert "อย่างเดียว" in shown.dialog.use.toolTip()
    finally:
        project.close()


def test_five_hundred_versions_are_quick(qtbot: QtBot, project: Project) -> None:
    field = field_of(project)
    parents: tuple[str, ...] = ()
    revisions = []
    for number in range(500):
        body = encode(
            field.kind, from_plain("\n".join(["ประชุม คณะทำงาน"] * 20 + [f"ครั้งที่ {number}"]))
        )
        revision = make_revision(
            field, parents, body, author="ก", device="d", time="2024-01-01T00:00:00.000+00:00"
        )
        revisions.append(revision)
        parents = (revision.id,)
    project._writer.submit(Write(revisions=tuple(revisions))).result(10)
    shown = Shown(qtbot, project)
    shown.wait_for(500)

    for _ in range(30):
        shown.press(Qt.Key.Key_Down)

    assert shown.dialog.list.version == shown.dialog._versions[30]
    assert "ครั้งที่" in shown.text()


def test_a_clock_that_went_back_shows_its_day_again_in_the_same_order(project: Project) -> None:
    write(project, "ก")
    (version,) = versions(project, field_of(project))
    days = ("2024-01-02", "2023-01-01", "2024-01-02", "nonsense")
    stamped = [replace(version, id=str(n), time=day) for n, day in enumerate(days)]

    rows = list(version_rows(stamped, project.editor.view(version.field)))

    headings = [row.title for row in rows if row.version is None]
    assert headings == ["๒ ม.ค. ๒๕๖๗", "๑ ม.ค. ๒๕๖๖", "๒ ม.ค. ๒๕๖๗", "ไม่ทราบวันที่"]
    assert [row.target for row in rows if isinstance(row, VersionRow) and row.version] == list(
        "0123"
    )
