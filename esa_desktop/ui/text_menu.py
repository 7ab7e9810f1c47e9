"""The menu of the right mouse button in an editor."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QTextCursor
from PySide6.QtWidgets import QMenu

from esa_desktop.ui import text_tables
from esa_desktop.ui.icons import icon

if TYPE_CHECKING:
    from esa_desktop.ui.text_editor import RichTextEdit

_TABLE_CHANGES: tuple[tuple[str, Callable[[QTextCursor], object]] | None, ...] = (
    ("แทรกแถวด้านบน", partial(text_tables.insert_row, offset=0)),
    ("แทรกแถวด้านล่าง", partial(text_tables.insert_row, offset=1)),
    ("แทรกคอลัมน์ด้านซ้าย", partial(text_tables.insert_column, offset=0)),
    ("แทรกคอลัมน์ด้านขวา", partial(text_tables.insert_column, offset=1)),
    None,
    ("ลบแถวนี้", text_tables.remove_row),
    ("ลบคอลัมน์นี้", text_tables.remove_column),
    ("ลบทั้งตาราง", text_tables.remove_table),
)


def _tr(words: str) -> str:
    return QCoreApplication.translate("text_menu", words)


def text_menu(edit: "RichTextEdit") -> QMenu:
    """What can be done here and now; a child of the editor, shown by the caller."""
    menu = QMenu(edit)
    writable, selected = not edit.isReadOnly(), edit.textCursor().hasSelection()
    if writable:
        _add(menu, "เลิกทำ", edit.undo, "Ctrl+Z", "undo", enabled=edit.undo_available())
        _add(menu, "ทำซ้ำ", edit.redo, "Ctrl+Y", "redo", enabled=edit.redo_available())
        menu.addSeparator()
        _add(menu, "ตัด", edit.cut, "Ctrl+X", enabled=selected)
    _add(menu, "คัดลอก", edit.copy, "Ctrl+C", "copy", enabled=selected)
    if writable:
        _add(menu, "วาง", edit.paste, "Ctrl+V", enabled=edit.canPaste())
        plain = edit.canPaste()
        _add(menu, "วางเฉพาะข้อความ", edit.paste_plain, "Ctrl+Shift+V", enabled=plain)
    _add(menu, "เลือกทั้งหมด", edit.selectAll, "Ctrl+A")
    if writable:
        menu.addSeparator()
        _add_formats(menu, edit)
        _add_table(menu, edit)
    return menu


def _add_formats(menu: QMenu, edit: "RichTextEdit") -> None:
    _add(menu, "ตัวหนา", edit.toggle_bold, "Ctrl+B", "bold")
    _add(menu, "ตัวเอียง", edit.toggle_italic, "Ctrl+I", "italic")
    _add(menu, "ขีดเส้นใต้", edit.toggle_underline, "Ctrl+U", "underline")
    aligns = menu.addMenu(_tr("จัดแนว"))
    for words, align in (("ชิดซ้าย", "left"), ("กึ่งกลาง", "center"), ("ชิดขวา", "right")):
        _add(aligns, words, partial(edit.set_align, align))
    menu.addSeparator()
    _add(menu, "ใส่เลขข้อ หรือเอาเลขข้อออก", edit.toggle_label, icon_name="list")
    _add(menu, "จัดเลขใหม่", edit.renumber, icon_name="renumber")


def _add_table(menu: QMenu, edit: "RichTextEdit") -> None:
    if edit.textCursor().currentTable() is None:
        _add(menu, "แทรกตาราง…", edit.ask_for_table, icon_name="table")
        return
    table = menu.addMenu(icon("table"), _tr("ตาราง"))
    for change in _TABLE_CHANGES:
        if change is None:
            table.addSeparator()
        else:
            _add(table, change[0], partial(edit.change_table, change[1]))


def _add(
    menu: QMenu,
    words: str,
    command: Callable[[], object],
    shortcut: str = "",
    icon_name: str = "",
    *,
    enabled: bool = True,
) -> QAction:
    # The shortcut is only shown: as one of the menu's own it would rival the window's.
    action = menu.addAction(_tr(words) + (f"\t{shortcut}" if shortcut else ""))
    if icon_name:
        action.setIcon(icon(icon_name))
    action.setEnabled(enabled)
    action.triggered.connect(lambda _checked: command())
    return action
