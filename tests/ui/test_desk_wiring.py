import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QScrollArea
from pytestqt.qtbot import QtBot

from esa_desktop.app import open_window
from esa_desktop.domain.errors import EsaError
from esa_desktop.domain.fields import Kind, framework_field, issue_field
from esa_desktop.domain.framework import Framework
from esa_desktop.domain.framework_edits import add_indicator, add_issue, move, rename, retire
from esa_desktop.domain.richtext import from_plain
from esa_desktop.services.evidence_bin import binned
from esa_desktop.ui.bin_dialog import BinDialog
from esa_desktop.ui.binder_dialog import BinderDialog
from esa_desktop.ui.evidence_dialog import NewEvidenceDialog
from esa_desktop.ui.evidence_model import Role
from esa_desktop.ui.framework_desk_rows import Rank
from esa_desktop.ui.main_window import MainWindow
from esa_desktop.ui.middle_pane import FRAMEWORK, PREVIEW, REGISTER, SUGGESTIONS, WRITE
from esa_desktop.ui.relink_dialog import RelinkDialog
from esa_desktop.ui.versions_dialog import VersionsDialog
from esa_desktop.ui.words_edit import WordsEdit
from esa_desktop.ui.workspace import Workspace
from tests.keys import type_words
from tests.projects import YEAR, new_project, opened
from tests.services.test_evidence_bin import attach


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    place = new_project(tmp_path)
    with opened(place) as project:
        for name in ("ก.txt", "ข.txt"):
            attach(project, tmp_path, "1.2.1", name, f"เนื้อหา {name}")
    made = open_window(place)
    qtbot.waitExposed(made)
    yield made
    made.close()
    made.deleteLater()


def page(window: MainWindow) -> Workspace:
    assert window.workspace is not None
    return window.workspace


def dialog(window: MainWindow, kind: type[QDialog]) -> QDialog:
    found = [one for one in window.findChildren(kind) if one.isVisible()]
    assert len(found) == 1, found
    return found[0]


def change_framework(workspace: Workspace, what: str) -> None:
    editor = workspace.project.editor
    framework = editor.round.framework
    issue = framework.issue("1.2.1")
    changed = rename(framework, issue.id, "ชื่อใหม่") if what == "rename" else framework
    if what == "empty":
        changed = replace(framework, standards=())
    if what == "retire":
        changed = retire(framework, issue.id)
    workspace.push(editor.change(framework_field(YEAR), changed), "แก้ฉบับมาตรฐาน")


@pytest.mark.parametrize(
    ("action", "kind"),
    [
        ("actionBin", BinDialog),
        ("actionRelink", RelinkDialog),
        ("actionBinder", BinderDialog),
        ("actionNoFile", NewEvidenceDialog),
    ],
)
def test_every_action_of_the_evidence_opens_its_dialog_and_escape_leaves_it(
    qtbot: QtBot, window: MainWindow, action: str, kind: type[QDialog]
) -> None:
    page(window).choose(page(window).project.editor.round.framework.issue("1.2.1").id)
    window.action(action).trigger()
    made = dialog(window, kind)
    qtbot.waitUntil(lambda: not getattr(made, "work", None) or not made.work.is_busy)

    QTest.keyClick(made, Qt.Key.Key_Escape)

    qtbot.waitUntil(lambda: not any(d.isVisible() for d in window.findChildren(kind)))


def test_the_desk_of_the_framework_takes_the_page_and_gives_it_back(window: MainWindow) -> None:
    workspace = page(window)
    window.action("actionFramework").trigger()

    assert workspace.middle.page == FRAMEWORK
    assert not workspace.middle.tabs.isVisible()
    assert not workspace.evidence_pane.isVisible()
    here = workspace.node
    window.action("actionNext").trigger()
    assert workspace.node == here  # nobody sees where that would lead
    workspace.pages.framework_desk.left.emit()
    assert workspace.middle.page == WRITE
    assert workspace.middle.tabs.isVisible()


def test_undoing_a_change_of_the_framework_shows_it(window: MainWindow) -> None:
    workspace = page(window)
    change_framework(workspace, "rename")

    window.action("actionUndo").trigger()

    assert workspace.middle.page == FRAMEWORK
    assert workspace.project.editor.round.framework.issue("1.2.1").name != "ชื่อใหม่"


def test_texts_of_a_retired_issue_are_kept_and_come_back_with_it(window: MainWindow) -> None:
    workspace = page(window)
    editor = workspace.project.editor
    issue = editor.round.framework.issue("1.2.1")
    field = issue_field(YEAR, issue.id, Kind.METHOD)
    workspace.choose(issue.id)
    workspace.push(editor.change(field, from_plain("สิ่งที่เขียนไว้")), "เขียน")

    change_framework(workspace, "retire")

    assert workspace.node != issue.id
    assert editor.round.framework.has_node(workspace.node)
    window.action("actionUndo").trigger()
    workspace.go_to(issue.id)
    assert editor.round.issue(issue.id).method.plain == "สิ่งที่เขียนไว้"
    assert len(editor.round.evidence_of(issue.id)) == 2


def test_retiring_what_was_written_in_last_does_not_lead_away_from_the_desk(
    window: MainWindow,
) -> None:
    """Else the next key lands in the text of another issue."""
    workspace = page(window)
    issue = workspace.project.editor.round.framework.issue("1.2.1")
    workspace.choose(issue.id)
    window.action("actionFramework").trigger()
    desk = workspace.pages.framework_desk
    desk.show_node(issue.id)
    desk.outline.tree.setFocus()

    QTest.keyClick(desk.outline.tree, Qt.Key.Key_Delete)

    assert not workspace.project.editor.round.framework.has_node(issue.id)
    assert workspace.middle.page == FRAMEWORK
    assert desk.isAncestorOf(QApplication.focusWidget())


def test_a_sentence_typed_at_the_desk_is_there_after_a_power_cut(
    qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "ตัด").mkdir()
    place = new_project(tmp_path / "ตัด")
    cut = open_window(place)
    qtbot.waitExposed(cut)
    workspace = page(cut)
    project = workspace.project
    cut.action("actionFramework").trigger()
    desk = workspace.pages.framework_desk
    desk.show_node(project.editor.round.framework.indicator("1.2").id)
    desk.page.node_form.lead_in.setFocus()
    desk.page.node_form.lead_in.setPlainText("ประโยคนำที่ยังพิมพ์ไม่จบ")
    qtbot.waitUntil(
        lambda: len(project.ask(lambda store: store.load().drafts).result(10)) == 1, timeout=10_000
    )
    # By another program, or our lock would go; without the word of who has it open.
    copy = (
        "import shutil, sys; passed = shutil.ignore_patterns('lock.json');"
        "shutil.copytree(*sys.argv[1:], ignore=passed)"
    )
    after = tmp_path / "หลังไฟดับ.esaproj"
    subprocess.run([sys.executable, "-c", copy, str(place), str(after)], check=True)
    desk.page.node_form.lead_in.give_up()
    cut.close()
    cut.deleteLater()

    with opened(after) as again:
        assert again.editor.round.framework.indicator("1.2").lead_in == "ประโยคนำที่ยังพิมพ์ไม่จบ"
    with opened(place) as given_up:
        assert given_up.editor.round.framework.indicator("1.2").lead_in != "ประโยคนำที่ยังพิมพ์ไม่จบ"


def test_a_click_in_the_tree_leads_from_the_desk_to_where_one_writes(window: MainWindow) -> None:
    workspace = page(window)
    window.action("actionFramework").trigger()

    workspace.tree.choose(workspace.project.editor.round.framework.issue("1.3.1").id)

    assert workspace.middle.page == WRITE


def test_an_edition_with_nothing_in_it_says_so_and_leads_to_its_desk(window: MainWindow) -> None:
    workspace = page(window)

    change_framework(workspace, "empty")

    assert workspace.node == ""
    assert workspace.issue_id is None
    assert workspace.indicator() is None
    button = workspace.issue_pane._nothing.button
    assert button.isVisibleTo(workspace)
    button.click()
    assert workspace.middle.page == FRAMEWORK
    window.action("actionUndo").trigger()
    assert workspace.project.editor.round.framework.standards


def test_what_the_register_throws_away_is_in_the_bin_and_undo_takes_it_out(
    window: MainWindow,
) -> None:
    workspace = page(window)
    window.action("actionRegister").trigger()
    assert workspace.middle.page == REGISTER
    (first, _) = workspace.project.editor.round.items

    workspace.pages.register.bin_requested.emit([first])
    assert [item.id for item in binned(workspace.project.editor.round)] == [first]
    window.action("actionUndo").trigger()
    assert binned(workspace.project.editor.round) == ()


def test_an_item_is_found_again_in_the_register(window: MainWindow) -> None:
    workspace = page(window)
    (_, second) = workspace.project.editor.round.items

    workspace.evidence_pane.register_requested.emit(second)

    assert workspace.middle.page == REGISTER
    assert workspace.pages.register.chosen_ids() == [second]


def test_the_preview_stands_beside_the_texts_and_goes_again(
    qtbot: QtBot, window: MainWindow
) -> None:
    workspace = page(window)
    (first, _) = workspace.project.editor.round.items
    workspace.evidence_pane.preview_requested.emit(first)
    pane = workspace.pages.evidence_preview
    assert pane.isVisible()
    assert workspace.issue_pane.isVisible()

    pane.closed.emit()
    assert not pane.isVisible()
    assert workspace.issue_pane.isVisible()


def previewing(qtbot: QtBot, window: MainWindow) -> Workspace:
    """The first of two items is chosen in the list and shown beside the texts."""
    workspace = page(window)
    workspace.choose(workspace.project.editor.round.framework.issue("1.2.1").id)
    workspace.evidence_pane.list.setFocus()
    qtbot.keyClick(workspace.evidence_pane.list, Qt.Key.Key_Space)
    assert workspace.pages.evidence_preview.isVisible()
    workspace.evidence_pane.list.setFocus()
    return workspace


def test_the_preview_follows_the_item_that_is_chosen_in_the_list(
    qtbot: QtBot, window: MainWindow
) -> None:
    workspace = previewing(qtbot, window)
    pane, view = workspace.pages.evidence_preview, workspace.evidence_pane.list
    first, second = (view.model().index(row, 0).data(Role.ID) for row in range(2))
    assert pane.item_id == first

    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert pane.item_id == second
    qtbot.keyClick(view, Qt.Key.Key_Space)
    qtbot.keyClick(view, Qt.Key.Key_Up)

    assert not pane.isVisible()
    assert pane.item_id == ""  # what is not in view follows nobody


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Escape])
def test_the_preview_goes_by_a_key_in_the_list_which_keeps_the_cursor(
    qtbot: QtBot, window: MainWindow, key: Qt.Key
) -> None:
    workspace = previewing(qtbot, window)

    qtbot.keyClick(workspace.evidence_pane.list, key)

    assert not workspace.pages.evidence_preview.isVisible()
    assert window.focusWidget() is workspace.evidence_pane.list


def test_beside_the_preview_no_line_is_cut_on_a_laptop_at_150_percent(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.resize(911, 465)
    workspace = previewing(qtbot, window)
    pane = workspace.pages.evidence_preview
    bar = workspace.issue_pane.findChild(QScrollArea).horizontalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() == 0)

    width = pane.width()
    qtbot.keyClick(workspace.evidence_pane.list, Qt.Key.Key_Down)

    assert pane.width() == width  # whatever is shown in it
    assert bar.maximum() == 0


def test_escape_in_the_preview_gives_the_cursor_back_to_the_list(
    qtbot: QtBot, window: MainWindow
) -> None:
    workspace = previewing(qtbot, window)
    pane = workspace.pages.evidence_preview
    pane.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    pane.setFocus()

    qtbot.keyClick(pane, Qt.Key.Key_Escape)

    assert not pane.isVisible()
    assert window.focusWidget() is workspace.evidence_pane.list


def test_versions_are_asked_for_only_of_what_has_a_file(window: MainWindow) -> None:
    workspace = page(window)
    said: list[EsaError] = []
    workspace.said.connect(said.append)
    workspace.evidence_pane.versions_requested.emit("no such item")
    assert len(said) == 1

    (first, _) = workspace.project.editor.round.items
    workspace.evidence_pane.versions_requested.emit(first)
    dialog(window, VersionsDialog).reject()


def test_closing_the_window_with_everything_open_leaves_nothing_running(
    qtbot: QtBot, window: MainWindow
) -> None:
    """The fixtures fail the test for threads, windows and children left behind."""
    workspace = page(window)
    (first, _) = workspace.project.editor.round.items
    window.action("actionFramework").trigger()
    window.action("actionRegister").trigger()
    workspace.evidence_pane.preview_requested.emit(first)
    assert QApplication.activeModalWidget() is None


def at_desk(window: MainWindow, make: Callable[[Framework], Framework]) -> Workspace:
    """The edition is changed while the desk is in view, which is left again."""
    workspace = page(window)
    editor = workspace.project.editor
    window.action("actionFramework").trigger()
    workspace.push(
        editor.change(framework_field(YEAR), make(editor.round.framework)), "แก้ฉบับมาตรฐาน"
    )
    workspace.middle.leave_page()
    return workspace


def test_a_level_goes_to_the_indicator_in_view_after_its_issue_moved_to_another(
    window: MainWindow,
) -> None:
    workspace = page(window)
    framework = workspace.project.editor.round.framework
    issue, other = framework.issue("1.2.1").id, framework.indicator("1.3").id
    workspace.choose(issue)
    workspace.middle.show_tab(SUGGESTIONS)

    at_desk(window, lambda edition: move(edition, issue, other, 0))
    workspace.set_level(4)

    title = workspace.findChild(QLabel, "indicatorTitle")
    assert title.text().startswith("ตัวบ่งชี้ที่ ๑.๓ ")
    assert workspace.project.editor.round.indicator(other).level == 4


def test_the_preview_follows_an_indicator_that_got_another_code(window: MainWindow) -> None:
    workspace = page(window)
    framework = workspace.project.editor.round.framework
    workspace.choose(framework.issue("1.2.1").id)
    workspace.middle.show_tab(PREVIEW)
    standard, indicator = framework.standards[0].id, framework.indicator("1.2").id

    at_desk(window, lambda edition: move(edition, indicator, standard, 0))

    assert workspace.code == "1.1.1"
    assert workspace.pages.preview._wish().code == "1.1"


def test_the_page_of_a_standard_lists_what_is_in_it_after_a_visit_to_the_desk(
    window: MainWindow,
) -> None:
    workspace = page(window)
    framework = workspace.project.editor.round.framework
    workspace.choose(framework.standards[0].id)
    gone = framework.indicator("1.2").id

    at_desk(window, lambda edition: retire(edition, gone))

    listed = [row.target for row in workspace.issue_pane.children_page.list.rows.rows]
    assert listed == [
        one.id for one in workspace.project.editor.round.framework.standards[0].indicators
    ]


def test_evidence_is_offered_for_what_still_has_some_of_its_own(window: MainWindow) -> None:
    workspace = page(window)
    standard = workspace.project.editor.round.framework.standards[0].id
    at_desk(window, lambda edition: add_indicator(edition, standard, "ใหม่", node_id="new"))
    workspace.choose("new")
    assert workspace.evidence_pane.issue_id == "new"

    at_desk(window, lambda edition: add_issue(edition, "new", "ประเด็น", node_id="new-1"))

    assert workspace.evidence_pane.issue_id is None


def test_a_node_that_is_out_of_use_leaves_in_view_what_is_there(window: MainWindow) -> None:
    workspace = page(window)
    issue = workspace.project.editor.round.framework.issue("1.2.1").id
    at_desk(window, lambda edition: retire(edition, issue))
    here = workspace.node

    workspace.go_to(issue)

    assert workspace.node == here


TOO_MANY_LINES = "\n".join(f"บรรทัดที่ {line}" for line in range(1, 10))


def type_too_much(window: MainWindow, code: str) -> WordsEdit:
    window.action("actionFramework").trigger()
    desk = page(window).pages.framework_desk
    desk.show_node(page(window).project.editor.round.framework.indicator(code).id)
    box = desk.page.node_form.rubric.lines[5].words
    box.setFocus()
    box.selectAll()
    box.insertPlainText(TOO_MANY_LINES)
    return box


def test_words_that_cannot_be_stored_are_found_again_where_they_were_typed(
    window: MainWindow,
) -> None:
    box = type_too_much(window, "1.1")
    desk = page(window).pages.framework_desk
    framework = page(window).project.editor.round.framework

    desk.show_node(framework.indicator("1.2").id)
    assert box.toPlainText() != TOO_MANY_LINES
    desk.show_node(framework.indicator("1.1").id)

    assert box.toPlainText() == TOO_MANY_LINES
    assert box.toolTip()
    box.selectAll()
    box.insertPlainText("สั้นลง")
    desk.leave()
    row = page(window).project.editor.round.framework.indicator("1.1").rubric.row(5)
    assert row is not None
    assert row.lines == ("สั้นลง",)


def test_the_window_closes_over_words_that_cannot_be_stored_only_when_asked_twice(
    window: MainWindow,
) -> None:
    type_too_much(window, "1.1")

    assert not window.close()
    assert window.workspace is not None
    assert window.close()


def test_words_of_a_checklist_that_were_not_yet_added_are_in_the_project_after_closing(
    window: MainWindow,
) -> None:
    workspace = page(window)
    issue, place = workspace.place_id, workspace.project.folder
    assert issue is not None
    workspace.evidence_pane.checklist.add.setText("แผนปฏิบัติการ")

    assert window.close()

    with opened(place) as project:
        assert [line.text for line in project.editor.round.required[issue]] == ["แผนปฏิบัติการ"]


def test_a_file_that_is_gone_is_marked_in_the_list_though_the_window_asks_no_disk(
    window: MainWindow, qtbot: QtBot
) -> None:
    workspace = page(window)
    pane, assessed = workspace.evidence_pane, workspace.project.editor.round
    workspace.choose(assessed.framework.issue("1.2.1").id)
    (item, *_) = assessed.evidence_of(str(pane.issue_id))
    index = pane.list.model().index(0, 0)
    workspace.project.path_of(item.files[0].sha256).unlink()

    workspace.look_for_files()

    qtbot.waitUntil(lambda: index.data(Role.MISSING) is True)


def says_saved(window: MainWindow) -> bool:
    return "บันทึกแล้ว" in window.findChild(QLabel, "savedLabel").text()


def test_a_name_begun_and_given_up_leaves_no_claim_that_it_is_being_saved(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.action("actionFramework").trigger()
    desk = page(window).pages.framework_desk
    desk.add(Rank.STANDARD)
    for words, key in (("ด้านใหม่", Qt.Key.Key_Return), ("ครึ่งชื่อ", Qt.Key.Key_Escape)):
        box = desk.findChildren(WordsEdit, "nameInPlace")[-1]
        type_words(box, words)
        assert not says_saved(window)
        if key is Qt.Key.Key_Escape:
            qtbot.waitUntil(lambda: page(window).project.unsaved == 0)
            qtbot.wait(700)
            assert not says_saved(window)
        QTest.keyClick(box, key)

    qtbot.waitUntil(lambda: says_saved(window))


def test_a_share_that_was_refused_does_not_keep_the_rest_from_being_told_saved(
    qtbot: QtBot, window: MainWindow
) -> None:
    workspace = page(window)
    window.action("actionFramework").trigger()
    desk = workspace.pages.framework_desk
    desk.show_node(workspace.project.editor.round.framework.standards[0].id)
    share = desk.page.node_form.share.value
    share.setFocus()
    share.selectAll()
    type_words(share, "150")
    workspace.middle.leave_page()
    assert share.is_refused
    change_framework(workspace, "rename")

    qtbot.waitUntil(lambda: workspace.project.unsaved == 0)
    qtbot.waitUntil(lambda: says_saved(window))
    assert not window.close()  # it is still there to be mended
    assert window.close()


def test_leaving_the_desk_by_the_tree_tells_what_is_no_number(window: MainWindow) -> None:
    workspace = page(window)
    said: list[EsaError] = []
    workspace.said.connect(said.append)
    framework = workspace.project.editor.round.framework
    window.action("actionFramework").trigger()
    desk = workspace.pages.framework_desk
    desk.show_node(framework.indicator("1.1").id)
    desk.page.node_form.weight.value.setText("ยี่สิบ")

    workspace.tree.choose(framework.issue("1.3.1").id)

    assert workspace.middle.page == WRITE
    assert ["ยี่สิบ" in error.sentence for error in said] == [True]
    desk.page.node_form.weight.value.setText("๒๐")
    desk.leave()
    assert workspace.project.editor.round.framework.indicator("1.1").weight == 20


def test_files_of_the_framework_are_proposed_where_the_last_one_was(
    window: MainWindow, tmp_path: Path
) -> None:
    window.preferences.set_folder("framework", tmp_path)
    files = page(window).pages.framework_desk.files
    assert files._folder == tmp_path
    files.folder_used.emit(tmp_path / "อีกที่")
    assert window.preferences.chosen_folder("framework") == tmp_path / "อีกที่"
