"""The one style sheet of the program, built from a palette; widgets ask for a look by their role.

A role is the dynamic property ``role`` (see `esa_desktop.ui.theme.set_role`), a colour of
meaning the property ``tone`` (good, warn, bad, accent). Fonts are left to the application's
font except where a role is larger or heavier, so that an editor may zoom.

Focus is a border of 2 px where there was one of 1 px, and 1 px less padding: nothing moves.
"""

from dataclasses import asdict
from string import Template
from typing import Final

from esa_desktop.ui.palette import Palette

_TEXT: Final = """
QLabel { background: transparent; padding: 1px 0; qproperty-indent: 0; }
QLabel[role="pageTitle"], QLabel[role="figure"] { font-size: 20pt; font-weight: 600; }
QLabel[role="title"] { font-size: 14pt; font-weight: 600; }
QLabel[role="longTitle"] { font-size: 12pt; font-weight: 600; }
QLabel[role="heading"] { font-weight: 600; }
QLabel[role="second"] { font-size: 10.5pt; color: $ink2; }
QLabel[role="quiet"] { color: $ink2; }
QLabel[role="tableHead"] { font-size: 10.5pt; font-weight: 600; color: $ink2; }
QLabel[role="code"] { font-size: 10.5pt; font-weight: 600; color: $accent; }
QLabel[role="link"] { color: $accent; }
QLabel[tone="good"] { color: $good; }
QLabel[tone="warn"] { color: $warn; }
QLabel[tone="bad"] { color: $bad; }
QLabel[tone="accent"] { color: $accent; }
QLabel:disabled { color: $faint; }
"""

_SURFACES: Final = """
QMainWindow, QWidget[role="page"], QFrame[role="page"] { background: $ground; }
QDialog, QMessageBox { background: $surface; }
QFrame[role="bar"], QFrame[role="pane"] { background: $surface; border: none; }
QFrame[role="card"] { background: $surface; border: 1px solid $line; border-radius: 8px; }
QFrame[role="card"][chosen="true"] { background: $accent_soft; border: 2px solid $accent; }
QFrame[role="popup"] { background: $surface; border: 1px solid $edge; border-radius: 8px; }
QFrame[role="tour"] { background: $surface; border: 2px solid $accent; border-radius: 8px; }
QFrame[role="well"] { background: $sunken; border: none; border-radius: 8px; }
QFrame[role="rule"] { background: $line; border: none; }
QFrame[role="drop"] { background: transparent; border: 1px dashed $edge; border-radius: 8px; }
QFrame[role="drop"][chosen="true"] { background: $accent_soft; border: 2px dashed $accent; }
QFrame[role^="banner"] { border: none; border-left: 4px solid $accent; background: $accent_soft; }
QFrame[role="banner-bad"] { border-left-color: $bad; background: $bad_soft; }
QFrame[role="banner-warn"] { border-left-color: $warn; background: $warn_soft; }
QFrame[role="banner-good"] { border-left-color: $good; background: $good_soft; }
QFrame[role^="banner"][stressed="true"] { border: 2px solid $accent; border-left-width: 4px; }
QScrollArea, QScrollArea > QWidget > QWidget[role="page"] { border: none; }
QScrollArea { background: transparent; }
QAbstractScrollArea[role="desk"] { background: $sunken; border: 2px solid $sunken; }
QAbstractScrollArea[role="desk"]:focus { border-color: $accent; }
QToolTip { background: $surface; color: $ink; border: 1px solid $edge; padding: 2px 6px; }
QSplitter::handle { background: transparent; }
QSplitter::handle:horizontal { width: 7px; border-left: 1px solid $line; margin-left: 3px; }
QSplitter::handle:vertical { height: 7px; border-top: 1px solid $line; margin-top: 3px; }
QSplitter::handle:hover { border-color: $accent; }
QStatusBar { background: $surface; border-top: 1px solid $line; min-height: 27px; }
QStatusBar::item { border: none; }
QStatusBar QLabel, QStatusBar QPushButton { font-size: 10.5pt; }
QStatusBar QPushButton[role="quiet"] { min-height: 22px; padding: 0 8px; }
QToolBar { background: $surface; border: none; border-bottom: 1px solid $line;
  spacing: 2px; padding: 3px 8px; }
QToolBar::separator { background: $line; width: 1px; margin: 7px 6px; }
QProgressBar { background: $sunken; border: none; border-radius: 3px; max-height: 6px;
  min-height: 6px; color: transparent; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
"""

_BUTTONS: Final = """
QPushButton { background: $surface; color: $ink; border: 1px solid $edge; border-radius: 6px;
  padding: 1px 13px; min-height: 28px; }
QPushButton:hover { background: $sunken; }
QPushButton:pressed, QPushButton:checked { background: $accent_soft; }
QPushButton:focus { border: 2px solid $accent; padding: 0 12px; }
QPushButton:disabled { color: $faint; border-color: $line; }
QPushButton[role="main"] { background: $accent; border-color: $accent; color: $on_accent;
  font-weight: 600; }
QPushButton[role="main"]:hover, QPushButton[role="main"]:pressed { background: $accent_hover;
  border-color: $accent_hover; }
QPushButton[role="main"]:focus { border: 2px solid $ink; padding: 0 12px; outline: none; }
QPushButton[role="main"]:disabled { background: $sunken; border-color: $sunken; color: $faint; }
QPushButton[role="quiet"], QPushButton[role="link"], QPushButton[role="tool"] {
  background: transparent; border-color: transparent; }
QPushButton[role="quiet"], QPushButton[role="link"] { padding: 1px 7px; }
QPushButton[role="link"] { color: $accent; }
QPushButton[role="tool"] { padding: 1px 5px; min-width: 20px; }
QPushButton[role="quiet"]:hover, QPushButton[role="link"]:hover,
QPushButton[role="tool"]:hover { background: $sunken; }
QPushButton[role="quiet"]:focus, QPushButton[role="link"]:focus { border: 2px solid $accent;
  padding: 0 6px; }
QPushButton[role="tool"]:focus { border: 2px solid $accent; padding: 0 4px; }
QPushButton[role="tool"]:checked { background: $accent_soft; }
QPushButton[role="link"]:disabled, QPushButton[role="quiet"]:disabled { color: $faint; }
QPushButton[role="crumb"] { background: transparent; border-color: transparent; color: $ink2;
  font-size: 10.5pt; padding: 1px 4px; min-height: 24px; text-align: left; }
QPushButton[role="crumb"][tone="warn"] { color: $warn; text-decoration: underline; }
QPushButton[role="crumb"]:hover { color: $accent; }
QPushButton[role="crumb"]:focus { border: 2px solid $accent; padding: 0 3px; }
QPushButton[role="row"] { background: transparent; border-color: transparent; text-align: left;
  padding: 1px 5px; min-height: 30px; }
QPushButton[role="row"]:hover { color: $accent; }
QPushButton[role="row"]:focus { border: 2px solid $accent; padding: 0 4px; }
QPushButton[role="segment"] { background: transparent; border: 1px solid transparent;
  color: $ink2; font-size: 10.5pt; padding: 1px 7px; min-height: 26px; }
QPushButton[role="segment"]:hover { color: $ink; }
QPushButton[role="segment"]:checked { background: $surface; border-color: $edge; color: $ink; }
QPushButton[role="segment"]:focus { border: 2px solid $accent; padding: 0 6px; }
QPushButton[role="segment"]:disabled { color: $faint; border-color: transparent; }
QPushButton[role="card"], QPushButton[role="entry"] { border-color: $line; border-radius: 8px;
  padding: 1px; }
QPushButton[role="entry"] { background: transparent; border-color: transparent; }
QPushButton[role="card"]:hover { background: $surface; border-color: $edge; }
QPushButton[role="entry"]:hover { background: $ground; }
QPushButton[role="card"]:focus, QPushButton[role="entry"]:focus { border: 2px solid $accent;
  padding: 0; }
QToolButton { background: transparent; color: $ink; border: 1px solid transparent;
  border-radius: 6px; padding: 1px 5px; min-height: 28px; }
QToolButton:hover { background: $sunken; }
QToolButton:checked, QToolButton:pressed { background: $accent_soft; }
QToolButton:focus { border: 2px solid $accent; padding: 0 4px; }
QToolButton:disabled { color: $faint; }
QLineEdit > QToolButton { border: none; padding: 0; min-height: 0; }
QToolButton::menu-indicator { image: none; width: 0; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
"""

_FIELDS: Final = """
QLineEdit, QTextEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox { background: $surface;
  color: $ink; border: 1px solid $edge; border-radius: 6px; padding: 1px 9px;
  selection-background-color: $accent; selection-color: $on_accent;
  placeholder-text-color: $ink2; }
QLineEdit, QComboBox, QAbstractSpinBox { min-height: 28px; }
QTextEdit, QPlainTextEdit { border-radius: 8px; padding: 2px 10px; }
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus { border: 2px solid $accent;
  padding: 0 8px; }
QTextEdit:focus, QPlainTextEdit:focus { border: 2px solid $accent; padding: 1px 9px; }
QLineEdit[role="search"] { background: $ground; }
QLineEdit[tone="bad"], QTextEdit[tone="bad"], QPlainTextEdit[tone="bad"] { border-color: $bad; }
QLineEdit:read-only, QTextEdit:read-only, QPlainTextEdit:read-only { background: $ground; }
QTextEdit[role="reading"]:read-only { background: $surface; }
QLineEdit:disabled, QTextEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled {
  color: $faint; background: $ground; border-color: $line; }
QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus, QComboBox QLineEdit,
QComboBox QLineEdit:focus { border: none; padding: 0; min-height: 0; background: transparent; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: url("$marks/down.svg"); width: 16px; height: 16px; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $edge; padding: 0 4px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; width: 24px;
  background: transparent; }
QAbstractSpinBox::up-arrow { image: url("$marks/up.svg"); width: 12px; height: 12px; }
QAbstractSpinBox::down-arrow { image: url("$marks/down.svg"); width: 12px; height: 12px; }
QCheckBox, QRadioButton { spacing: 8px; min-height: 28px; padding: 1px 5px 1px 3px;
  border: 1px solid transparent; border-radius: 6px; }
QCheckBox:focus, QRadioButton:focus { border: 2px solid $accent; padding: 0 4px 0 2px; }
QCheckBox:disabled, QRadioButton:disabled { color: $faint; }
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator,
QGroupBox::indicator, QMenu::indicator { width: 16px; height: 16px; border: 1px solid $edge;
  background: $surface; border-radius: 4px; }
QRadioButton::indicator, QMenu::indicator:exclusive { border-radius: 8px; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked, QGroupBox::indicator:checked,
QMenu::indicator:checked { background: $accent; border-color: $accent;
  image: url("$marks/tick.svg"); }
QRadioButton::indicator:checked, QMenu::indicator:exclusive:checked { background: $accent;
  border-color: $accent; image: url("$marks/dot.svg"); }
QCheckBox::indicator:indeterminate, QAbstractItemView::indicator:indeterminate {
  background: $accent; border-color: $accent; image: url("$marks/dash.svg"); }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: $line;
  background: $sunken; }
QGroupBox { border: none; margin-top: 30px; }
QGroupBox::title { subcontrol-origin: margin; subcontrol-position: top left; font-weight: 600; }
"""

_LISTS: Final = """
QTreeView, QListView, QTableView { background: $surface; color: $ink; border: none; outline: none;
  alternate-background-color: $surface; selection-background-color: $accent_soft;
  selection-color: $ink; }
QTableView { gridline-color: transparent; font-size: 10.5pt; }
QTreeView::item, QListView::item { min-height: 32px; padding: 1px 3px; border-radius: 6px;
  border: 1px solid transparent; }
QTableView::item { padding: 0 8px; border: none; border-bottom: 1px solid $line; }
QTreeView::item:hover, QListView::item:hover { background: $sunken; }
QTreeView::item:selected, QListView::item:selected, QTableView::item:selected {
  background: $accent_soft; color: $ink; }
QTreeView::item:focus, QListView::item:focus { border: 2px solid $accent; padding: 0 2px; }
QTableView::item:focus { border: 2px solid $accent; padding: 0 6px; }
QTableView[role="rows"]::item, QTableView[role="rows"]::item:selected,
QTableView[role="rows"]::item:focus { border: none; padding: 0; background: transparent; }
QTreeView:focus, QListView:focus, QTableView:focus { outline: none; }
QTreeView::branch { background: transparent; }
QTreeView::branch:has-children:closed { image: url("$marks/right.svg"); }
QTreeView::branch:has-children:open { image: url("$marks/down.svg"); }
QHeaderView { background: $surface; border: none; }
QHeaderView::section { background: $surface; color: $ink2; border: none;
  border-bottom: 1px solid $line; padding: 4px 8px; font-size: 10.5pt; font-weight: 600; }
QTabWidget::pane { border: none; border-top: 1px solid $line; }
QTabBar { background: transparent; qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: $ink2; border: none; margin: 0;
  border-bottom: 3px solid transparent; padding: 3px 9px 4px 9px; min-height: 28px; }
QTabBar::tab:hover { color: $ink; }
QTabBar::tab:selected { color: $accent; border-bottom-color: $accent; }
QTabBar::tab:focus { border: 2px solid $accent; border-radius: 6px; padding: 1px 7px 5px 7px; }
QTabBar::tab:disabled { color: $faint; }
QMenuBar { background: $surface; color: $ink; }
QMenuBar::item { background: transparent; padding: 5px 10px; border-radius: 6px; }
QMenuBar::item:selected { background: $sunken; }
QMenuBar::item:pressed { background: $accent_soft; }
QMenu { background: $surface; color: $ink; border: 1px solid $edge; padding: 4px; }
QMenu::item { padding: 3px 24px 3px 12px; border-radius: 4px; min-height: 26px; }
QMenu::item:selected { background: $accent_soft; color: $ink; }
QMenu::item:disabled { color: $faint; }
QMenu::icon { padding-left: 8px; }
QMenu::indicator { margin-left: 8px; }
QMenu::right-arrow { image: url("$marks/right.svg"); width: 16px; height: 16px; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: $edge; border-radius: 4px; margin: 2px; }
QScrollBar::handle:hover { background: $ink2; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; }
"""

_SHEET: Final = Template(_TEXT + _SURFACES + _BUTTONS + _FIELDS + _LISTS)


def style_sheet(palette: Palette, marks: str) -> str:
    """The style sheet in these colours.

    ``marks`` is the folder of the little pictures Qt takes from files only (ticks, arrows),
    with forward slashes.
    """
    return _SHEET.substitute(
        asdict(palette),
        accent_hover=palette.accent_hover,
        faint=palette.faint,
        marks=marks.replace('"', '\\"'),
    )
