import time
from collections.abc import Callable

import pytest
import shiboken6
from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from esa_desktop.domain.assessment import Status
from esa_desktop.domain.fields import (
    READY,
    Kind,
    encode,
    framework_field,
    indicator_field,
    issue_field,
    link_field,
)
from esa_desktop.domain.richtext import from_plain
from esa_desktop.ui.framework_model import FrameworkModel, Role
from esa_desktop.ui.framework_nodes import Grade
from tests.ui.rounds import FRAMEWORK, YEAR, Desk, two_heads, unverified, wide_framework

pytestmark = pytest.mark.usefixtures("qapp")
TOOLTIP = Qt.ItemDataRole.ToolTipRole
Build = Callable[[Desk], FrameworkModel]


@pytest.fixture
def build(qapp: QApplication) -> Build:
    """Models that Qt's own tester watches."""
    kept: list[QAbstractItemModelTester] = []

    def make(desk: Desk) -> FrameworkModel:
        model = FrameworkModel(desk.editor)
        fatal = QAbstractItemModelTester.FailureReportingMode.Warning  # a warning fails a test
        kept.append(QAbstractItemModelTester(model, fatal))
        return model

    return make


def rows(model: QAbstractItemModel, parent: QModelIndex | None = None) -> list[str]:
    """Every row as ``code name``, in printed order."""
    above = parent or QModelIndex()
    found: list[str] = []
    for row in range(model.rowCount(above)):
        index = model.index(row, 0, above)
        found += [index.data(Role.CODE), *rows(model, index)]
    return found


def changed_ids(model: FrameworkModel) -> list[str]:
    """Ids of the rows redrawn from now on."""
    ids: list[str] = []
    model.dataChanged.connect(lambda index: ids.append(index.data(Role.ID)))
    return ids


def complete(desk: Desk, issue_id: str) -> None:
    desk.set(issue_id, Kind.METHOD, from_plain("วิธี"))
    desk.set(issue_id, Kind.RESULTS, from_plain("ผล"))
    desk.set(issue_id, Kind.ACTED_ON, True)
    desk.editor.apply(desk.editor.change(link_field(YEAR, issue_id, "item"), "a"))


def test_the_rows_are_the_framework_in_printed_order(build: Build) -> None:
    model = build(Desk())

    assert rows(model) == [code for code, _ in FRAMEWORK.walk()]


def test_a_row_says_its_grade_code_and_name_in_thai_digits(build: Build) -> None:
    model = build(Desk())

    index = model.index_of("learn-3")

    assert index.data(Role.GRADE) == Grade.ISSUE
    assert index.data(Role.CODE) == "1.2.3"
    assert index.data() == "๑.๒.๓ ช่องทางสื่อสารและคลังความรู้"


def test_an_issue_without_a_word_is_not_started(build: Build) -> None:
    index = build(Desk()).index_of("good-1")

    assert index.data(Role.STATUS) == Status.NOT_STARTED
    assert "ยังไม่เริ่ม" in index.data(TOOLTIP)


def test_typing_redraws_the_row_of_the_issue_alone(build: Build) -> None:
    desk = Desk()
    model = build(desk)
    ids = changed_ids(model)

    desk.editor.type_value(issue_field(YEAR, "good-1", Kind.METHOD), from_plain("ว"))
    desk.editor.type_value(issue_field(YEAR, "good-1", Kind.METHOD), from_plain("วิ"))

    assert ids == ["good-1"]
    assert model.index_of("good-1").data(Role.STATUS) == Status.WORKING


def test_completing_an_issue_redraws_it_and_what_is_above_it(build: Build) -> None:
    desk = Desk()
    model = build(desk)
    complete(desk, "learn-2")
    ids = changed_ids(model)

    desk.set("learn-2", Kind.ACTED_ON, False)

    assert ids == ["learn-2", "learn", "s1"]


def test_progress_counts_complete_issues_on_every_storey(build: Build) -> None:
    desk = Desk()
    model = build(desk)
    heard: list[int] = []
    model.progress_changed.connect(lambda: heard.append(model.done))

    complete(desk, "good-1")
    complete(desk, "learn-2")

    assert heard == [1, 2]
    assert (model.done, model.total) == (2, 9)
    assert model.index_of("learn").data(Role.DONE) == 1
    assert model.index_of("s1").data(Role.DONE) == 2
    assert model.index_of("s2").data(Role.DONE) == 0


def test_attaching_the_first_evidence_completes_what_lacked_only_that(build: Build) -> None:
    desk = Desk()
    model = build(desk)
    complete(desk, "good-1")

    desk.editor.apply(desk.editor.change(link_field(YEAR, "good-1", "item"), ""))
    without = model.index_of("good-1").data(Role.STATUS)
    desk.editor.apply(desk.editor.change(link_field(YEAR, "good-1", "item"), "a"))

    assert without == Status.NO_EVIDENCE
    assert model.index_of("good-1").data(Role.STATUS) == Status.COMPLETE


def test_a_level_redraws_its_indicator_and_is_said_in_words(build: Build) -> None:
    desk = Desk()
    model = build(desk)
    ids = changed_ids(model)

    desk.editor.apply(desk.editor.change(indicator_field(YEAR, "learn", Kind.LEVEL), 4))

    index = model.index_of("learn")
    assert ids == ["learn"]
    assert index.data(Role.LEVEL) == 4
    assert "ระดับที่ประเมินตนเอง: ๔" in index.data(TOOLTIP)


def test_an_indicator_marked_ready_says_so_in_its_tooltip(build: Build) -> None:
    desk = Desk()
    model = build(desk)
    before = model.index_of("learn").data(TOOLTIP)
    desk.editor.apply(desk.editor.change(indicator_field(YEAR, "learn", Kind.STATUS), READY))

    assert model.index_of("learn").data(TOOLTIP) == f"{before} · พร้อมพิมพ์"


def test_no_level_is_unknown_and_not_one(build: Build) -> None:
    index = build(Desk()).index_of("learn")

    assert index.data(Role.LEVEL) is None
    assert "ยังไม่ระบุ" in index.data(TOOLTIP)


def test_two_versions_of_a_text_mark_the_issue_until_a_person_chose(build: Build) -> None:
    field = issue_field(YEAR, "good-2", Kind.METHOD)
    one, other = (encode(Kind.METHOD, from_plain(text)) for text in ("ก", "ข"))
    desk = Desk(views={field: two_heads(field, one, other)})
    model = build(desk)
    before = model.index_of("good-2").data(Role.CONFLICT)

    desk.editor.apply(desk.editor.change(field, from_plain("ก")))

    assert before is True
    assert model.index_of("good-2").data(Role.CONFLICT) is False


@pytest.mark.parametrize("node", ["s2", "learn", "good-2"])
def test_a_name_that_is_not_verified_says_so_after_the_status(build: Build, node: str) -> None:
    model = build(Desk(unverified(node)))

    told = model.index_of(node).data(TOOLTIP).split("\n")
    heard = model.index_of(node).data(Qt.ItemDataRole.AccessibleTextRole)

    assert (len(told), told[2]) == (3, "ยังไม่ได้ตรวจกับประกาศ")
    assert told[1]
    assert heard.endswith(" · ยังไม่ได้ตรวจกับประกาศ")
    assert "ยังไม่ได้ตรวจ" not in model.index_of(node).data()
    assert "ยังไม่ได้ตรวจ" not in model.index_of("good-1").data(TOOLTIP)
    assert model.index_of(node).data(Role.VERIFIED) is False


def test_what_does_not_concern_the_tree_redraws_nothing(build: Build) -> None:
    desk = Desk()
    model = build(desk)
    ids = changed_ids(model)

    desk.set("learn", Kind.SUGGESTIONS, from_plain("ควรทำต่อ"))

    assert ids == []


def test_another_framework_resets_the_rows_and_old_places_are_let_go(build: Build) -> None:
    desk = Desk()
    model = build(desk)
    place = QPersistentModelIndex(model.index_of("learn-1"))

    desk.editor.apply(desk.editor.change(framework_field(YEAR), wide_framework(3)))

    assert not place.isValid()
    assert len(rows(model)) == 1 + 3 + 12
    assert model.total == 12


def test_an_unknown_id_has_no_row(build: Build) -> None:
    assert not build(Desk()).index_of("never").isValid()


def test_the_editor_forgets_a_model_that_is_gone() -> None:
    desk = Desk()
    window = QObject()
    model = FrameworkModel(desk.editor, window)

    shiboken6.delete(window)

    desk.set("good-1", Kind.ACTED_ON, True)  # would call into the dead model
    assert not shiboken6.isValid(model)
    assert desk.editor._listeners == []


@pytest.mark.alone
def test_a_change_is_quick_among_a_thousand_issues(build: Build) -> None:
    desk = Desk(wide_framework(250))
    model = build(desk)
    assert model.total == 1000

    start = time.thread_time()
    desk.set("n200-1", Kind.ACTED_ON, True)

    assert time.thread_time() - start < 0.05
