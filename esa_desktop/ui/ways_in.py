"""What is offered where somebody else has, or had, the project open: wait, take it over, only read it."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from esa_desktop.domain.errors import (
    EsaError,
    LeftOpen,
    ProjectLocked,
)
from esa_desktop.ui.banner import Banner, BannerButton


class WaysIn(QObject):
    """Decides nothing: the person does."""

    plain = Signal(object)
    """Open the `Path` as always."""
    taken_over = Signal(object)
    """Open the `Path` although another computer never closed it."""
    only_read = Signal(object)
    """Open the `Path` for reading."""

    def __init__(self, banner: Banner, parent: QObject) -> None:
        super().__init__(parent)
        self._banner = banner

    def offer(self, error: EsaError, folder: Path, *, reading: bool = False) -> None:
        """Say what ``error`` means, with the ways there are; opening ``folder`` raised it.

        ``reading``: it was opened for reading already, so that way is closed. Another project may
        be in view: the words name the one that is meant, and the bar can be closed.
        """
        name = folder.name.removesuffix(".esaproj")
        close = BannerButton(self.tr("ปิดข้อความ"), self._banner.dismiss)
        retry = BannerButton(self.tr("ลองอีกครั้ง"), partial(self.plain.emit, folder), is_main=True)
        read = BannerButton(self.tr("เปิดดูอย่างเดียว"), partial(self.only_read.emit, folder))
        if reading:
            self._banner.show_error(error)
        elif isinstance(error, LeftOpen):
            take = BannerButton(self.tr("เปิดต่อ"), partial(self.taken_over.emit, folder))
            self._banner.say(
                "warn",
                self.tr("งาน “{0}” ยังไม่ได้ปิดที่อีกเครื่อง").format(name),
                error.sentence,
                [close, read, take],
            )
        elif isinstance(error, ProjectLocked):
            self._banner.say(
                "bad",
                self.tr("งาน “{0}” เปิดอยู่แล้ว").format(name),
                error.sentence,
                [close, read, retry],
            )
        else:
            self._banner.show_error(error)
