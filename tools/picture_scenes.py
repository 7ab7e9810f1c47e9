"""The scenes of writing and of evidence: what is on the stage when a picture of the manual is taken."""

import os
import shutil

from PySide6.QtCore import QRect
from PySide6.QtWidgets import (
    QPushButton,
    QWidget,
)

from esa_desktop.services.places import ON_STICK
from esa_desktop.services.sample_files import write_evidence
from esa_desktop.ui.middle_pane import SUGGESTIONS
from esa_desktop.ui.notice_words import PLACE, risky_place
from tools.picture_clock import StandingClock
from tools.picture_frame import Part, around
from tools.picture_stage import Stage
from tools.picture_widgets import above, dialog_of, named

ISSUE = "1.2.3"
"""Written, with evidence and a level: the issue of most pictures."""
RICH = "1.2.1"
"""With two items of evidence, one of them a photograph that is used elsewhere, too."""
EMPTY = "1.3.4"
"""Without evidence."""
SCANS = (("สแกน 0001.pdf", 95), ("ภาพการประชุม.png", 40), ("สแกน 0002.pdf", 3))
"""Names of files in the scanner's folder, and how many minutes old each is."""


def show_beginnings(stage: Stage) -> None:
    """Before a project is open: the welcome page as at the first start, and the dialog for a new one."""
    stage.window.close_project()
    preferences = stage.window.preferences
    for project in preferences.recent:
        preferences.forget(project.folder)
    stage.window.beginnings.refresh()
    stage.settle()
    stage.take("welcome")
    stage.take("new-project", stage.act("actionNew"))
    stage.close_dialogs()
    stage.open_sample()


def show_window(stage: Stage) -> None:
    """The window while somebody writes: whole, with its parts numbered, and parts of it."""
    workspace = stage.go(ISSUE)
    stage.take("window", beside=True)
    window = stage.window
    page = workspace.issue_pane.page
    stage.take(
        "screen",
        parts=[
            Part(window.top_bar, at=(0.76, 0.5)),
            Part(workspace.tree, at=(0.45, 0.035)),
            Part(workspace.middle.tabs, at=(0.96, 0.5)),
            Part(workspace.issue_pane, at=(0.86, 0.055)),
            Part(workspace.evidence_pane, at=(0.5, 0.4)),
            Part(window.status_line, at=(0.5, 0.5)),
        ],
    )
    texts = around(page, window, 0)
    stage.take(
        "write",
        crop=texts,
        parts=[
            Part(page.acted_on),
            Part(page.evidence_clear),
            Part(page.method, at=(0.5, 0.1)),
            Part(page.results, at=(0.5, 0.1)),
        ],
    )


def show_levels(stage: Stage) -> None:
    """The cards of an indicator whose level differs from the rubric's, and its page."""
    workspace = stage.go("1.1.6")
    levels = workspace.issue_pane.page.levels
    advice = named(levels, QPushButton, "nextStepButton")
    parts = [
        Part(card) for card in (named(levels, QWidget, "level4"), named(levels, QWidget, "level3"))
    ]
    if advice.isVisible():
        parts.append(Part(advice))
    stage.take("level", crop=around(levels, stage.window, 5), parts=parts)
    stage.go("1.2", SUGGESTIONS)
    stage.take("suggestions", crop=around(workspace.pages.indicator_pane, stage.window, 0))


def show_evidence(stage: Stage) -> None:
    """The evidence of an issue, of one without any, its form, and the file beside the text."""
    workspace = stage.go(RICH)
    pane = workspace.evidence_pane
    drop = named(pane, QPushButton, "", "แนบหลักฐาน")
    stage.take(
        "evidence",
        crop=around(pane, stage.window, 0),
        parts=[
            Part(pane.list, QRect(4, 4, pane.list.width() - 8, 92), at=(1.0, 0.0)),
            Part(above(drop), at=(0.08, 0.2)),
            Part(pane.checklist, at=(0.9, 0.5)),
        ],
    )
    pane.list.setCurrentIndex(pane.list.model().index(0, 0))
    pane.item_actions.describe_action.trigger()
    stage.settle(2500)
    stage.take("evidence-form", dialog_of(stage))
    stage.close_dialogs()
    stage.go("1.2.2")
    pane.list.setCurrentIndex(pane.list.model().index(0, 0))
    pane.item_actions.preview_action.trigger()
    stage.settle(4000)
    stage.take("evidence-beside")
    workspace.close_evidence_preview()
    stage.go(EMPTY)
    stage.take("evidence-empty", crop=around(pane, stage.window, 0))


def show_notice(stage: Stage) -> None:
    """What is said of a project that lies on a stick."""
    window = stage.window
    stage.go(ISSUE)
    window.notices.tell(risky_place(ON_STICK, lambda: None, stay=lambda: None))
    stage.settle()
    width = window.width()
    stage.take("stick", crop=QRect(0, 0, width, around(window.notices, window).bottom() + 60))
    window.notices.drop(PLACE)


def show_scans(stage: Stage) -> None:
    """The dialog of a scanner's folder with files that just came."""
    folder = stage.folder / "สแกน"
    folder.mkdir()
    for name, age in SCANS:
        write_evidence(folder / name, "บันทึกการประชุม", "รายงานการประชุมคณะทำงาน")
        moment = StandingClock.present.timestamp() - age * 60
        os.utime(folder / name, (moment, moment))
    stage.window.preferences.set_folder("scan", folder)
    stage.window.close_project()
    stage.open_sample()
    stage.go("1.2.4")
    stage.take("scan", stage.act("actionScan", 4000))
    stage.close_dialogs()
    shutil.rmtree(folder)
