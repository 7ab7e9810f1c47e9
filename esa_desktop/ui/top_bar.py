"""The bar on top: menus, tools and the search field in one row while they fit."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QMenuBar,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from esa_desktop.ui.icons import icon
from esa_desktop.ui.theme import set_role

Entries = tuple["str | tuple[str, Entries]", ...]
"""Names of actions, ``""`` for a line, or a title with the entries of a menu of its own."""

MENUS: tuple[tuple[str, Entries], ...] = (
    (
        "ไฟล์",
        (
            "actionNew",
            "actionOpen",
            "actionSample",
            "",
            "actionSave",
            "actionClose",
            "",
            "actionBackup",
            "actionRestore",
            "actionOpenBackup",
            "actionCopy",
            "actionHealth",
            "",
            "actionFramework",
            "",
            "actionQuit",
        ),
    ),
    (
        "แก้ไข",
        (
            "actionUndo",
            "actionRedo",
            "actionHistory",
            "actionChanges",
            "",
            (
                "รูปแบบข้อความ",
                (
                    "actionBold",
                    "actionItalic",
                    "actionUnderline",
                    "",
                    "actionList",
                    "actionIndent",
                    "actionOutdent",
                    "actionRenumber",
                ),
            ),
            "actionTable",
            "",
            "actionFind",
            "actionSearch",
            "actionJump",
            "",
            "actionPrevious",
            "actionNext",
            "",
            (
                "มุมมอง",
                ("actionZoomIn", "actionZoomOut", "actionZoomReset", "", "actionDark"),
            ),
        ),
    ),
    (
        "หลักฐาน",
        (
            "actionAttach",
            "actionScan",
            "actionNoFile",
            "",
            "actionRegister",
            "actionRelink",
            "actionBin",
            "",
            "actionBinder",
            "",
        ),
    ),
    (
        "รายงาน",
        (
            "actionLevel5",
            "actionLevel4",
            "actionLevel3",
            "actionLevel2",
            "actionLevel1",
            "",
            "actionExportPdf",
            "actionPrint",
            "",
            "actionBook",
            "actionBlankForm",
            "actionCommitteeForm",
        ),
    ),
    (
        "วิธีใช้",
        ("actionHelp", "actionTour", "actionManual", "", "actionProblem", "actionAbout"),
    ),
)
"""Menus in order, none higher than a small screen. รับ–ส่งงาน joins with packages."""

TOOLS = (
    "actionUndo",
    "actionRedo",
    "",
    "actionBold",
    "actionItalic",
    "actionUnderline",
    "",
    "actionList",
    "actionOutdent",
    "actionIndent",
    "actionTable",
    "",
    "actionAttach",
    "actionPrint",
)
WITH_WORD = ("actionAttach", "actionPrint")
WIDE = 1180
"""Below this the words of the tools go, and the search field becomes its icon."""


class SearchField(QLineEdit):
    """Where Ctrl+K goes; the list that opens below it belongs to the search."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("searchEdit")
        self.setPlaceholderText(self.tr("ไปที่รหัสหรือคำ  (Ctrl+K)"))
        self.setAccessibleName(self.tr("ไปที่รหัสหรือคำ"))
        self.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.setFixedWidth(232)
        self.setClearButtonEnabled(False)


class TopBar(QFrame):
    """Set as the window's menu widget; takes the place of menu bar and tool bar."""

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topBar")
        set_role(self, "bar")
        self.menus = QMenuBar(self)
        self.menus.setNativeMenuBar(False)
        self._menu_by_title: dict[str, QMenu] = {}
        for title, names in MENUS:
            menu = self._menu_by_title[title] = self.menus.addMenu(self.tr(title))
            self._fill(menu, actions, names)
        self.search = SearchField(self)
        self._tools = QWidget(self)
        self._buttons = self._make_tools(actions)
        self._narrow = QToolButton(self)
        self._narrow.setDefaultAction(actions["actionJump"])
        self._narrow.setIconSize(QSize(20, 20))
        self._narrow.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 3, 12, 3)
        row.setSpacing(4)
        row.addWidget(self.menus, 0)
        row.addWidget(self._tools, 0)
        row.addStretch(1)
        row.addWidget(self.search, 0)
        row.addWidget(self._narrow, 0)
        self.menus.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._narrow.hide()
        self.search.installEventFilter(self)

    def show_tools(self, shown: bool) -> None:
        """The welcome page has menus only."""
        self._tools.setVisible(shown)
        self.search.setVisible(shown and self.width() >= WIDE)
        self._narrow.setVisible(shown and self.width() < WIDE)

    def add_evidence_actions(self, actions: Sequence[QAction]) -> None:
        """What can be done with the chosen evidence; the actions leave with the project they serve."""
        menu = self._menu_by_title["หลักฐาน"]
        menu.addActions([action for action in actions if action not in menu.actions()])

    def open_search(self) -> None:
        """Show the field also where there is no room for it, and put the cursor there."""
        self.search.show()
        self._narrow.hide()
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _fill(self, menu: QMenu, actions: Mapping[str, QAction], entries: Entries) -> None:
        for entry in entries:
            if not entry:
                menu.addSeparator()
            elif isinstance(entry, str):
                menu.addAction(actions[entry])
            else:
                title, inside = entry
                self._fill(menu.addMenu(self.tr(title)), actions, inside)

    def _make_tools(self, actions: Mapping[str, QAction]) -> dict[str, QToolButton]:
        row = QHBoxLayout(self._tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        made: dict[str, QToolButton] = {}
        row.addWidget(_line(self._tools))
        for name in TOOLS:
            if not name:
                row.addWidget(_line(self._tools))
                continue
            button = QToolButton(self._tools)
            button.setDefaultAction(actions[name])
            button.setText(actions[name].text().rstrip("…"))
            button.setIconSize(QSize(20, 20))
            # Tools act on the text that has the cursor: a click must not take the focus from it.
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            row.addWidget(button)
            made[name] = button
        return made

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= WIDE
        for name in WITH_WORD:
            self._buttons[name].setToolButtonStyle(
                Qt.ToolButtonStyle.ToolButtonTextBesideIcon
                if wide
                else Qt.ToolButtonStyle.ToolButtonIconOnly
            )
        if self._tools.isVisibleTo(self):
            self.show_tools(True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.search and event.type() is QEvent.Type.FocusOut:
            self.show_tools(self._tools.isVisibleTo(self))
        return super().eventFilter(watched, event)


def _line(parent: QWidget) -> QFrame:
    line = QFrame(parent)
    set_role(line, "rule")
    line.setFixedSize(1, 24)
    return line
