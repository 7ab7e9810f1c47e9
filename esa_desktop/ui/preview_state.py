"""What the preview says in place of a page, each with at most one way on."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from esa_desktop.services.web_address import web_address
from esa_desktop.ui.empty_state import EmptyState


class PreviewState(EmptyState):
    """Only says and asks."""

    show_wished = Signal()
    """Somebody wants to see a confidential file."""
    open_wished = Signal()
    """Another program is to open it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("file", parent)
        self._wish = self.open_wished
        self.button.clicked.connect(self._ask)

    def _ask(self) -> None:
        self._wish.emit()

    def say_removed(self) -> None:
        self.say(
            self.tr("หลักฐานนี้ถูกนำออกแล้ว"),
            self.tr("เลือกหลักฐานรายการอื่นเพื่อดู"),
            icon_name="inbox",
        )

    def say_confidential(self) -> None:
        self._wish = self.show_wished
        self.say(
            self.tr("เอกสารลับ"),
            self.tr("ตรวจดูว่าไม่มีผู้อื่นเห็นหน้าจอ ก่อนแสดงเอกสารนี้"),
            self.tr("แสดงเอกสาร"),
            "lock",
        )

    def say_loading(self) -> None:
        self.say(self.tr("กำลังเปิด…"), "", icon_name="clock")

    def say_why(self, sentence: str, *, is_there: bool, may_open: bool) -> None:
        """``sentence``: the reader's; empty for a file that holds no words."""
        self._wish = self.open_wished
        self.say(
            self.tr("แสดงไฟล์นี้ไม่ได้") if is_there else self.tr("ไม่พบไฟล์"),
            sentence or self.tr("ไฟล์นี้ไม่มีข้อความให้แสดง กรุณาเปิดด้วยโปรแกรมอื่น"),
            self.tr("เปิดด้วยโปรแกรมอื่น") if is_there and may_open else "",
            "file" if is_there else "missing-file",
        )

    def say_place(self, place: str) -> None:
        """Of an item without a file: where it is."""
        self._wish = self.open_wished
        is_address = bool(web_address(place))
        self.say(
            self.tr("หลักฐานนี้ไม่มีไฟล์"),
            place or self.tr("แนบไฟล์ หรือบันทึกที่เก็บไว้ในรายละเอียดของหลักฐาน"),
            self.tr("เปิดที่อยู่เว็บ") if is_address else "",
            "link" if is_address else "folder",
        )
