"""The table of actions: name, Thai text, shortcut and icon, each in one line."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from esa_desktop.ui.icons import icon


@dataclass(frozen=True, slots=True)
class ActionRow:
    name: str
    """Object name, for tests and assistive tools."""
    text: str
    shortcut: str = ""
    icon: str = ""
    checkable: bool = False


ACTIONS: Final = (
    ActionRow("actionNew", "สร้างงานประเมินใหม่…", "Ctrl+N", "plus"),
    ActionRow("actionOpen", "เปิดงานประเมิน…", "Ctrl+O", "folder"),
    ActionRow("actionSample", "ลองดูงานตัวอย่าง", "", "book"),
    ActionRow("actionClose", "ปิดงานประเมินนี้", "Ctrl+W"),
    ActionRow("actionSave", "บันทึก", "Ctrl+S", "save"),
    ActionRow("actionBackup", "สำรองข้อมูล…", "Ctrl+Shift+S", "copy"),
    ActionRow("actionRestore", "กู้คืนข้อมูล…", "", "restore"),
    ActionRow("actionOpenBackup", "เปิดข้อมูลสำรอง…", "", "inbox"),
    ActionRow("actionCopy", "คัดลอกงานประเมินไปที่อื่น…"),
    ActionRow("actionHealth", "ตรวจสุขภาพงานประเมิน…", "", "check"),
    ActionRow("actionChanges", "มีอะไรเปลี่ยนตั้งแต่เปิดครั้งก่อน…", "", "clock"),
    ActionRow("actionFramework", "ฉบับมาตรฐาน…"),
    ActionRow("actionQuit", "ออกจากโปรแกรม", "Ctrl+Q"),
    ActionRow("actionUndo", "เลิกทำ", "Ctrl+Z", "undo"),
    ActionRow("actionRedo", "ทำซ้ำ", "Ctrl+Y", "redo"),
    ActionRow("actionHistory", "ประวัติการแก้ไข…", "Ctrl+H", "history"),
    ActionRow("actionBold", "ตัวหนา", "Ctrl+B", "bold", checkable=True),
    ActionRow("actionItalic", "ตัวเอียง", "Ctrl+I", "italic", checkable=True),
    ActionRow("actionUnderline", "ขีดเส้นใต้", "Ctrl+U", "underline", checkable=True),
    ActionRow("actionList", "ใส่เลขข้อ", "Ctrl+L", "list"),
    ActionRow("actionOutdent", "ลดระดับข้อ", "Ctrl+[", "outdent"),
    ActionRow("actionIndent", "เพิ่มระดับข้อ", "Ctrl+]", "indent"),
    ActionRow("actionRenumber", "จัดเลขใหม่", "Ctrl+Shift+L"),
    ActionRow("actionTable", "แทรกตาราง", "", "table"),
    ActionRow("actionFind", "ค้นหาในข้อความนี้", "Ctrl+F", "search"),
    ActionRow("actionSearch", "ค้นหาทั้งเล่ม", "Ctrl+Shift+F", "search"),
    ActionRow("actionJump", "ไปที่รหัสหรือคำ", "Ctrl+K", "search"),
    ActionRow("actionAttach", "แนบหลักฐาน…", "Ctrl+E", "attach"),
    ActionRow("actionNoFile", "เพิ่มหลักฐานที่ไม่มีไฟล์…", "", "plus"),
    ActionRow("actionScan", "แนบไฟล์ที่เพิ่งสแกน…", "Ctrl+Shift+E", "inbox"),
    ActionRow("actionRegister", "บัญชีหลักฐาน"),
    ActionRow("actionRelink", "หาไฟล์หลักฐานที่หายไป…"),
    ActionRow("actionBin", "ถังขยะหลักฐาน…", "", "trash"),
    ActionRow("actionBinder", "ทำแฟ้มหลักฐาน…", "Ctrl+Shift+K"),
    ActionRow("actionExportPdf", "บันทึกเป็น PDF…", "Ctrl+Shift+P", "pdf"),
    ActionRow("actionPrint", "พิมพ์…", "Ctrl+P", "print"),
    ActionRow("actionBook", "เล่มรายงาน…", "Ctrl+Shift+B", "book"),
    ActionRow("actionBlankForm", "พิมพ์แบบฟอร์มเปล่า…", "", "sheet"),
    ActionRow("actionCommitteeForm", "พิมพ์แบบสำหรับคณะกรรมการ…", "", "users"),
    ActionRow("actionPrevious", "ประเด็นก่อนหน้า", "Alt+Up", "chevron-up"),
    ActionRow("actionNext", "ประเด็นถัดไป", "Alt+Down", "chevron-down"),
    ActionRow("actionNextPane", "ไปช่องถัดไป", "F6"),
    ActionRow("actionPreviousPane", "ไปช่องก่อนหน้า", "Shift+F6"),
    ActionRow("actionNextTab", "หน้าถัดไป", "Ctrl+Tab"),
    ActionRow("actionPreviousTab", "หน้าก่อนหน้า", "Ctrl+Shift+Tab"),
    ActionRow("actionZoomIn", "ขยายตัวหนังสือ", "Ctrl++", "zoom-in"),
    ActionRow("actionZoomOut", "ย่อตัวหนังสือ", "Ctrl+-", "zoom-out"),
    ActionRow("actionZoomReset", "ตัวหนังสือขนาดปกติ", "Ctrl+0"),
    ActionRow("actionDark", "พื้นมืด", "", "", checkable=True),
    ActionRow("actionLevel5", "เลือกระดับ ๕", "Ctrl+5"),
    ActionRow("actionLevel4", "เลือกระดับ ๔", "Ctrl+4"),
    ActionRow("actionLevel3", "เลือกระดับ ๓", "Ctrl+3"),
    ActionRow("actionLevel2", "เลือกระดับ ๒", "Ctrl+2"),
    ActionRow("actionLevel1", "เลือกระดับ ๑", "Ctrl+1"),
    ActionRow("actionHelp", "วิธีใช้", "F1", "help"),
    ActionRow("actionManual", "คู่มือสำหรับพิมพ์…", "", "book"),
    ActionRow("actionTour", "พาชมหน้าจอ"),
    ActionRow("actionProblem", "แจ้งปัญหา…"),
    ActionRow("actionAbout", "เกี่ยวกับโปรแกรม"),
)
"""Actions of later parts (import, packages, merge) join this table when they work."""

WITHOUT_PROJECT: Final = frozenset(
    {"actionNew", "actionOpen", "actionSample", "actionOpenBackup", "actionQuit", "actionDark"}
    | {"actionHelp", "actionManual", "actionTour", "actionProblem", "actionAbout"}
)
"""What can be done while no project is open; everything else is for the one that is."""


def make_actions(owner: QWidget, rows: Iterable[ActionRow] = ACTIONS) -> dict[str, QAction]:
    """One QAction a row, added to ``owner`` so that its shortcut works everywhere in the window."""
    made: dict[str, QAction] = {}
    for row in rows:
        action = QAction(QCoreApplication.translate("actions", row.text), owner)
        action.setObjectName(row.name)
        action.setCheckable(row.checkable)
        if row.icon:
            action.setIcon(icon(row.icon))
        if row.shortcut:
            action.setShortcut(QKeySequence(row.shortcut))
            action.setToolTip(f"{action.text().rstrip('…')} ({row.shortcut})")
        owner.addAction(action)
        made[row.name] = action
    return made
