"""Indicators of every type through the window: typed, ranked, undone, read again from the disk."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from esa_desktop.app import make_application
from esa_desktop.domain.fields import Kind, indicator_field
from esa_desktop.services.projects import Project, create_project, open_project
from esa_desktop.services.searching import search_round
from esa_desktop.services.showing import show_round
from esa_desktop.ui.middle_pane import OVERVIEW, SUGGESTIONS, WRITE
from esa_desktop.ui.ranked_work_dialog import RankedWorkDialog
from esa_desktop.ui.score_dialog import ScoreDialog
from esa_desktop.ui.workspace import Workspace
from tests.keys import type_words
from tests.kinds_of_indicator import BEST_WORKS, SATISFIED, YEAR, framework, weighed
from tests.projects import WHO


class Office:
    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        make_application()
        self.place = folder / "งาน.esaproj"
        create_project(
            self.place, weighed(framework()), office="สพป.ทดสอบ เขต ๑", fiscal_year=YEAR, who=WHO
        )
        self.project: Project = open_project(self.place, who=WHO)
        self.page = Workspace(self.project)
        self.page.resize(1366, 620)
        with qtbot.waitActive(self.page):
            self.page.show()
            self.page.activateWindow()

    def close(self) -> None:
        self.page.leave()
        self.page.release()
        self.page.close()
        self.page.deleteLater()
        self.project.flush()
        self.project.close()


@pytest.fixture
def office(qtbot: QtBot, tmp_path: Path) -> Iterator[Office]:
    office = Office(qtbot, tmp_path)
    yield office
    office.close()


def add_work(office: Office, title: str) -> None:
    office.page.issue_pane.children_page.entry().input.works.add.click()
    shown = [d for d in office.page.findChildren(RankedWorkDialog) if d.isVisible()]
    type_words(shown[-1].title, title)
    shown[-1].keep.click()


def test_values_and_works_typed_in_the_window_are_read_again_from_the_disk(
    qtbot: QtBot, tmp_path: Path
) -> None:
    office = Office(qtbot, tmp_path)
    office.page.choose(SATISFIED)
    entry = office.page.issue_pane.children_page.entry()
    entry.input.measured.line.setFocus()
    type_words(entry.input.measured.line, "๘๗.๕๐\n")
    office.page.set_level(4)
    office.page.choose(BEST_WORKS)
    for title in ("ห้องสมุด", "สวนครัว", "คลินิกภาษา"):
        add_work(office, title)
    ranked = entry.input.works.list
    ranked.setFocus()
    qtbot.keyClick(ranked, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert office.page.node == BEST_WORKS, "Alt+Up stepped through the issues"
    office.close()

    again = open_project(office.place, who=WHO)
    try:
        shown = show_round(again.editor.round)
    finally:
        again.close()
    percent = shown["standards"][1]["indicators"][0]
    best = shown["standards"][2]["indicators"][0]
    assert (percent["measured"], percent["level"], percent["suggested_level"]) == ("87.50", 4, 4)
    assert [work["title"] for work in best["works"]] == ["ห้องสมุด", "คลินิกภาษา", "สวนครัว"]


def test_undo_stays_where_the_value_is_seen(qtbot: QtBot, office: Office) -> None:
    office.page.choose(SATISFIED)
    line = office.page.issue_pane.children_page.entry().input.measured.line
    type_words(line, "๘๐\n")
    stack = office.page.undo_stack
    office.page.show_step(stack.step_to_undo())
    stack.undo()
    assert (office.page.middle.tab, line.text()) == (WRITE, "")
    office.page.choose("counted-1")
    office.page.show_step(stack.step_to_redo())
    stack.redo()
    assert (office.page.node, office.page.middle.tab, line.text()) == (SATISFIED, WRITE, "๘๐")


def test_history_is_that_of_the_line_that_has_the_cursor(qtbot: QtBot, office: Office) -> None:
    office.page.choose(SATISFIED)
    office.page.issue_pane.children_page.entry().input.measured.line.setFocus()
    assert office.page.field_in_view() == indicator_field(YEAR, SATISFIED, Kind.MEASURED)


def test_what_is_typed_is_kept_when_drafts_are_saved(qtbot: QtBot, office: Office) -> None:
    edited = []
    office.page.edited.connect(lambda: edited.append(True))
    office.page.choose(SATISFIED)
    line = office.page.issue_pane.children_page.entry().input.measured.line
    type_words(line, "๗๕")
    assert office.page.is_unread
    assert edited
    office.page.save_drafts()
    assert not office.page.is_unread
    assert office.project.editor.round.indicator(SATISFIED).measured == "75"


def test_evidence_is_attached_to_an_indicator_without_issues(
    qtbot: QtBot, office: Office, tmp_path: Path
) -> None:
    source = tmp_path / "แบบสอบถาม.txt"
    source.write_text("สรุป", encoding="utf-8")
    office.page.choose(SATISFIED)
    assert office.page.evidence_pane.issue_id == SATISFIED
    office.page.attach_here([source])
    qtbot.waitUntil(lambda: bool(office.project.editor.round.evidence_of(SATISFIED)))
    (item,) = office.project.editor.round.evidence_of(SATISFIED)
    assert item.code == "2.1-01"


def test_a_work_that_was_found_is_shown_where_it_stands(qtbot: QtBot, office: Office) -> None:
    office.page.choose(BEST_WORKS)
    add_work(office, "ห้องสมุดลอยน้ำ")
    (hit,) = search_round(office.project.editor.round, "ลอยน้ำ")
    office.page.choose("counted-1")
    office.page.go_to_words(hit.node_id, hit.kind.value, "ลอยน้ำ")
    assert (office.page.node, office.page.middle.tab) == (BEST_WORKS, SUGGESTIONS)
    assert office.page.pages.indicator_pane.input.works.list.isVisible()


def test_a_score_leads_through_its_sum_to_the_indicator(qtbot: QtBot, office: Office) -> None:
    field = indicator_field(YEAR, SATISFIED, Kind.LEVEL)
    office.project.editor.apply(office.project.editor.change(field, 4))
    office.page.middle.show_tab(OVERVIEW)
    office.page.pages.dashboard.total.click()
    (dialog,) = [d for d in office.page.window().findChildren(ScoreDialog) if d.isVisible()]
    place = next(n for n, row in enumerate(dialog.list.rows.rows) if row.target == "s2")
    dialog.list.setCurrentIndex(dialog.list.rows.index(place, 0))
    dialog.list.choose_current()
    assert dialog.outcome.text() == "คะแนนบางส่วน ๔.๐๐ นับ ๑ จาก ๒ ตัวบ่งชี้"
    dialog.list.setCurrentIndex(dialog.list.rows.index(1, 0))
    dialog.list.choose_current()
    assert (office.page.node, office.page.middle.tab) == (SATISFIED, WRITE)
    assert QApplication.activeModalWidget() is None
