"""What is said and asked while something is unsaved: where it is kept, and whether to leave without it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QPushButton

from esa_desktop.domain.errors import AttachError, EsaError, ValueRefused
from esa_desktop.ui.banner import Banner, BannerButton


def _tr(words: str) -> str:
    return QCoreApplication.translate("leaving", words)


def still_attaching() -> AttachError:
    """Files are being copied; a second request to leave stops that."""
    return AttachError(_tr("กำลังแนบหลักฐาน รอสักครู่ หรือกดปิดอีกครั้งเพื่อหยุดแนบ"))


def still_refused() -> ValueRefused:
    """Words stand on the screen that no framework can hold; a second request drops them."""
    return ValueRefused(
        _tr("มีข้อความในหน้าฉบับมาตรฐานที่ยังเก็บไม่ได้ กรุณาแก้ช่องที่มีกรอบสีแดง หรือกดปิดอีกครั้งเพื่อทิ้งข้อความนั้น")
    )


def offer_to_leave(
    banner: Banner,
    error: EsaError,
    *,
    retry: Callable[[], object],
    leave: Callable[[], object],
    rescued: Path | None = None,
) -> None:
    """The project stays open; only the person may decide to leave without the last words.

    ``rescued`` is the text that has all of them: then nothing is lost by leaving.
    """
    go = _tr("ปิดไว้ก่อน ข้อความสำรองไว้แล้ว") if rescued else _tr("ปิดโดยไม่บันทึกส่วนที่เหลือ")
    buttons = (BannerButton(go, leave), BannerButton(_tr("ลองอีกครั้ง"), retry, is_main=True))
    banner.say_unsaved(_tr("ยังบันทึกไม่ได้ จึงยังไม่ปิด ข้อความยังอยู่ครบ"), error.sentence, buttons)
    if rescued is not None:
        banner.add_advice(_kept_at(rescued))


def offer_to_read(
    banner: Banner, error: EsaError, file: Path, *, retry: Callable[[], object]
) -> None:
    """The unsaved is not in memory alone: where it lies, and a button that shows it.

    Said at every try that fails, so buttons are put up once, and never below a finger.
    """
    if banner.isHidden():
        return
    shown = [button for button in banner.findChildren(QPushButton) if not button.isHidden()]
    focus = QApplication.focusWidget()  # none while the window is in the background
    if len(shown) < 2 and not (focus is not None and banner.isAncestorOf(focus)):
        buttons = (
            BannerButton(_tr("เปิดดูไฟล์"), lambda: open_to_read(file)),
            BannerButton(_tr("ลองอีกครั้ง"), retry, is_main=True),
        )
        banner.say_unsaved(_tr("ยังบันทึกไม่ได้ ข้อความยังอยู่ครบ"), error.sentence, buttons)
    banner.add_advice(_kept_at(file))


def open_to_read(file: Path) -> None:
    """The text in the program that shows texts; where there is none, the folder it lies in."""
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(file))):
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(file.parent)))


def _kept_at(file: Path) -> str:
    return _tr("ข้อความสำรองไว้ที่ {file} แล้ว").format(file=file)
