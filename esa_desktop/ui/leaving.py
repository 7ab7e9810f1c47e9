"""What is asked when a project cannot be left as it should: something is unsaved, or still on its way in."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from esa_desktop.domain.errors import AttachError, EsaError
from esa_desktop.ui.banner import Banner, BannerButton


def _tr(words: str) -> str:
    return QCoreApplication.translate("leaving", words)


def still_attaching() -> AttachError:
    """Files are being copied; a second request to leave stops that."""
    return AttachError(_tr("กำลังแนบหลักฐาน รอสักครู่ หรือกดปิดอีกครั้งเพื่อหยุดแนบ"))


def offer_to_leave(
    banner: Banner, error: EsaError, *, retry: Callable[[], object], leave: Callable[[], object]
) -> None:
    """The project stays open; only the person may decide to leave without the last words."""
    buttons = (
        BannerButton(_tr("ปิดโดยไม่บันทึกส่วนที่เหลือ"), leave),
        BannerButton(_tr("ลองอีกครั้ง"), retry, is_main=True),
    )
    banner.say_unsaved(_tr("ยังบันทึกไม่ได้ จึงยังไม่ปิด ข้อความยังอยู่ครบ"), error.sentence, buttons)
