"""The scenes of the other rooms, of paper and of what keeps the work safe, and all scenes in their order."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QListView,
    QPushButton,
    QTreeView,
)

from esa_desktop.domain.fields import Kind, issue_field
from esa_desktop.domain.richtext import from_plain
from esa_desktop.ui.form_choice import FormChoice
from esa_desktop.ui.help_window import HelpWindow
from esa_desktop.ui.live_preview import LivePreview
from esa_desktop.ui.middle_pane import BOOK, OVERVIEW, PREVIEW, REGISTER
from esa_desktop.ui.option_fields import OptionFields
from esa_desktop.ui.tour import Tour
from tools.picture_clock import StandingClock
from tools.picture_frame import Part
from tools.picture_scenes import (
    ISSUE,
    show_beginnings,
    show_evidence,
    show_levels,
    show_notice,
    show_scans,
    show_window,
)
from tools.picture_stage import Stage
from tools.picture_widgets import child, dialog_of, named

TEXTS = (
    "สำนักงานฯ สื่อสารกับโรงเรียนด้วยหนังสืออิเล็กทรอนิกส์และจดหมายข่าวรายเดือน",
    "สำนักงานฯ สื่อสารกับโรงเรียนด้วยหนังสืออิเล็กทรอนิกส์ จดหมายข่าวรายเดือน และการประชุมทางไกลเดือนละ ๑ ครั้ง",
)


def show_register(stage: Stage) -> None:
    stage.go(ISSUE, REGISTER)
    stage.take("register")
    stage.take("binder", stage.act("actionBinder", 3000))
    stage.close_dialogs()


def show_paper(stage: Stage) -> None:
    """What will be printed: beside the text, in the dialog, and the book's parts."""
    stage.go(ISSUE, PREVIEW)
    stage.settle(4000)
    stage.take("preview")
    dialog = stage.act("actionPrint", 4000)
    stage.take(
        "print",
        dialog,
        parts=[
            Part(child(dialog, FormChoice), at=(1.0, 0.55)),
            Part(child(dialog, OptionFields), at=(1.0, 0.3)),
            Part(child(dialog, LivePreview), at=(0.8, 0.0)),
        ],
    )
    stage.close_dialogs()
    stage.go(ISSUE, BOOK)
    stage.take("book")
    dialog = stage.act("actionCommitteeForm", 4000)
    stage.take("committee", dialog)
    stage.close_dialogs()


def show_desks(stage: Stage) -> None:
    """The overview, the edition's desk and the search through everything."""
    workspace = stage.go(ISSUE, OVERVIEW)
    stage.take("overview")
    stage.go("1.1.4")
    stage.window.action("actionFramework").trigger()
    stage.settle()
    desk = workspace.pages.framework_desk
    desk.show_node(workspace.project.editor.round.framework.node("1.1.4").id)
    stage.settle(1000)
    stage.take("framework")
    workspace.middle.leave_page()
    stage.go(ISSUE)
    stage.window.action("actionSearch").trigger()
    stage.settle(300)
    named(workspace.pages.search, QLineEdit, "bookSearchEdit").setText("นิเทศ")
    stage.settle(1500)
    stage.take("search")
    workspace.middle.leave_page()


def show_help(stage: Stage) -> None:
    """The tour upon the window, and the manual in its own."""
    stage.go(ISSUE)
    tour = Tour(stage.window)
    tour.start()
    stage.settle(1000)
    tour.forward()
    stage.settle(1000)
    stage.take("tour")
    tour.end()
    if not (stage.target / "help.png").exists():
        stage.take("help")  # the manual names its own picture, and is not read without it
    manual = HelpWindow(stage.window.preferences)
    manual.show_page("scan")
    manual.show()
    stage.settle(2000)
    stage.take("help", manual)
    manual.close()
    manual.deleteLater()


def show_safety(stage: Stage) -> None:
    """History of a text that was written thrice, backups, what one would bring back, health."""
    workspace = stage.go("1.3.4")
    editor = workspace.project.editor
    field = issue_field(editor.round.fiscal_year, workspace.node, Kind.RESULTS)
    for number, words in enumerate(TEXTS):
        StandingClock.pass_by(hours=1, minutes=7)
        workspace.push(editor.change(field, from_plain(words)), "แก้ผลการดำเนินงาน")
        workspace.project.flush()
        stage.settle(500)
        if number == 0:
            _back_up(stage)
    dialog = stage.act("actionHistory")
    fields = child(dialog, QComboBox)
    fields.setCurrentIndex(fields.findText("ผลการดำเนินงาน", Qt.MatchFlag.MatchContains))
    stage.settle(2500)
    stage.take("history", dialog)
    stage.close_dialogs()
    dialog = stage.act("actionBackup", 3000)
    stage.take("backups", dialog)
    backups = child(dialog, QListView)
    backups.setCurrentIndex(backups.model().index(0, 0))
    named(dialog, QPushButton, "", "กู้คืนจากชุดนี้…").click()
    stage.settle(4000)
    restore = dialog_of(stage)
    tree = child(restore, QTreeView)
    tree.expandAll()
    indicator = tree.model().index(0, 0)
    tree.setCurrentIndex(tree.model().index(0, 0, indicator))
    stage.settle(1500)
    stage.take("restore", restore)
    stage.close_dialogs()
    stage.take("health", stage.act("actionHealth", 4000))
    stage.close_dialogs()


def _back_up(stage: Stage) -> None:
    dialog = stage.act("actionBackup")
    named(dialog, QPushButton, "", "สำรองตอนนี้").click()
    stage.settle(3000)
    stage.close_dialogs()


SCENES = (
    show_beginnings,
    show_window,
    show_levels,
    show_evidence,
    show_notice,
    show_register,
    show_paper,
    show_desks,
    show_safety,
    show_scans,
    show_help,  # which shows a picture taken before
)
"""In the order in which they are played: the later ones change the sample."""
