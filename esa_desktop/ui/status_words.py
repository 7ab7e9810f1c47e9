"""The words beside the marks of a status: colour and shape alone tell nobody anything."""

from typing import Final

from PySide6.QtCore import QCoreApplication

from esa_desktop.domain.assessment import Status

_WORDS: Final = {
    Status.NOT_STARTED.value: "ยังไม่เริ่ม",
    Status.WORKING.value: "กำลังจัดทำ",
    Status.NO_EVIDENCE.value: "ยังไม่มีหลักฐาน",
    Status.COMPLETE.value: "กรอกครบแล้ว",
    "conflict": "แก้ไขไม่ตรงกัน",
}


def status_word(status: str) -> str:
    """The word beside the mark of a `Status` or of ``conflict``."""
    return QCoreApplication.translate("status", _WORDS[status])
