"""Which page of help fits where somebody is: by the names and classes of a widget and what it is in."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtWidgets import QWidget

START: Final = "start"
_AROUND_PAGE: Final = "screen"
"""What the tree and the bars say where no page tells more."""

BY_NAME: Final[Mapping[str, str]] = {
    "standardsTree": "screen",
    "methodEditor": "write",
    "resultsEditor": "write",
    "suggestionsEditor": "write",
    "reasonEdit": "level",
    "level5": "level",
    "level4": "level",
    "level3": "level",
    "level2": "level",
    "level1": "level",
    "evidenceList": "evidence",
    "evidencePreview": "evidence",
    "previewView": "preview-print",
    "searchEdit": "search",
    "bookSearchEdit": "search",
    "savedLabel": "history-undo",
}
"""By object name; the nearest one counts."""

BY_CLASS: Final[Mapping[str, str]] = {
    # what fills the window
    "WelcomePane": START,
    "FrameworkPane": "screen",
    "TopBar": "screen",
    "StatusLine": "screen",
    "IssuePage": "write",
    "IssuePane": "write",
    "RichTextEdit": "write",
    "FindBar": "search",
    "LevelCards": "level",
    "RubricTable": "level",
    "IndicatorPane": "level",
    "EvidencePane": "evidence",
    "EvidencePreview": "evidence",
    "RegisterPage": "register",
    "PreviewPane": "preview-print",
    "BookPane": "book",
    "DashboardPane": "overview",
    "FrameworkDesk": "framework",
    "SearchPane": "search",
    "JumpPopup": "search",
    "RecoveryPage": "health-recovery",
    "Banner": "problems",
    "Notices": "problems",
    "HelpWindow": "questions",
    # dialogs
    "AboutDialog": "install",
    "BackupsDialog": "backup-restore",
    "BinDialog": "evidence",
    "BinderDialog": "binder",
    "ChangesDialog": "history-undo",
    "CopyDialog": "usb-two-computers",
    "CrashDialog": "problems",
    "EvidenceDialog": "evidence",
    "EvidenceForm": "evidence",
    "ExportDialog": "preview-print",
    "FrameworkCompareDialog": "framework",
    "FrameworkImportDialog": "framework",
    "HealthDialog": "health-recovery",
    "HistoryDialog": "history-undo",
    "IssuePickerDialog": "evidence",
    "MessageDialog": "problems",
    "NewProjectDialog": START,
    "OpenBackupDialog": "backup-restore",
    "ProblemDialog": "problems",
    "RankedWorkDialog": "level",
    "RelinkDialog": "health-recovery",
    "RenumberDialog": "register",
    "RestoreDialog": "backup-restore",
    "ScanDialog": "scan",
    "ScoreDialog": "level",
    "TableSizeDialog": "write",
    "VersionsDialog": "evidence",
}
"""By the name of a class or of one it is made from, so that nothing is imported to be compared."""

AROUND: Final = ("FrameworkPane", "TopBar", "StatusLine", "FittingTabs")
"""Classes of what stands around the page in view: there the page tells what somebody is doing."""
IN_VIEW: Final = (
    "SearchPane",
    "FrameworkDesk",
    "PreviewPane",
    "BookPane",
    "RegisterPage",
    "DashboardPane",
    "IndicatorPane",
)
"""Classes of the pages in the middle; the texts, beside which the preview stands, are no such one."""

BY_FORM: Final[Mapping[str, str]] = {"blank": "forms", "committee": "forms", "book": "book"}
"""In the print dialog: by the form chosen there."""


def page_for(widget: QWidget | None) -> str:
    """Id of the page that fits where the focus is; of the start page where nothing tells.

    A dialog that says nothing of its own is about what it was opened from. In the tree, on the
    tabs and in the bars it is the page in view that counts, if it is another than the texts.
    """
    if widget is not None and _is_left_beside(widget):
        return _page_in_view(widget.window()) or _own_page(widget) or START
    said, place = "", widget
    while place is not None:
        said = said or _own_page(place)
        if said and said != _AROUND_PAGE:
            return said
        if type(place).__name__ in AROUND:
            return _page_in_view(place.window()) or said or _texts_in_view(place.window())
        place = place.parentWidget()
    return said or (_page_in_view(widget.window()) if widget is not None else "") or START


def _is_left_beside(widget: QWidget) -> bool:
    """A click on the tab of the preview leaves the cursor in the text that stays beside it."""
    place = widget.parentWidget()
    while place is not None and type(place).__name__ != "MiddlePane":
        place = place.parentWidget()
    return place is not None and getattr(place, "focus_left", None) is widget


def _page_in_view(window: QWidget) -> str:
    shown = {type(pane).__name__ for pane in window.findChildren(QWidget) if pane.isVisible()}
    return next((BY_CLASS[name] for name in IN_VIEW if name in shown), "")


def _texts_in_view(window: QWidget) -> str:
    """Of the tabs, which have no page of their own, while the texts are what they show."""
    panes = (pane for pane in window.findChildren(QWidget) if type(pane).__name__ == "IssuePane")
    return BY_CLASS["IssuePane"] if any(pane.isVisible() for pane in panes) else START


def _own_page(widget: QWidget) -> str:
    if type(widget).__name__ == "ExportDialog":
        for choice in widget.findChildren(QWidget):
            if type(choice).__name__ == "FormChoice":
                return BY_FORM.get(getattr(choice, "form", ""), BY_CLASS["ExportDialog"])
    named = BY_NAME.get(widget.objectName())
    if named:
        return named
    for made in type(widget).__mro__:
        if made.__name__ in BY_CLASS:
            return BY_CLASS[made.__name__]
    return ""
