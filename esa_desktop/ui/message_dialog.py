"""A sentence that needs an answer before work goes on: our own, with verbs on its buttons."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from esa_desktop.ui import icons
from esa_desktop.ui.dialog_frame import DialogFrame, wrapping_label

MARK_SIDE = 28


class MessageDialog(DialogFrame):
    """``what`` is the question or fact in one line, ``advice`` what follows from it.

    The default button only closes and is the safe answer; `offer` adds others to its left.
    """

    def __init__(
        self,
        what: str,
        advice: str = "",
        *,
        close: str = "",
        mark: tuple[str, str] = ("octagon", "bad"),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(what, parent)
        self.setObjectName("messageDialog")
        picture = QLabel(self)
        picture.setPixmap(icons.pixmap(*mark, MARK_SIDE, self.devicePixelRatioF()))
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(wrapping_label(advice), 1)
        self.body.addLayout(row)
        self.setAccessibleName(what)
        self.setAccessibleDescription(advice)
        self._close = self.add_button(close or self.tr("ปิดข้อความ"), "main")
        self._close.clicked.connect(self.reject)
        self._close.setFocus()

    def offer(self, words: str, act: Callable[[], object]) -> None:
        """Another answer: closes the dialog, then does what it says."""
        button = self.add_button(words)
        self._buttons.removeWidget(button)
        self._buttons.insertWidget(self._buttons.indexOf(self._close), button)
        self.setTabOrder(button, self._close)
        button.clicked.connect(self.accept)
        button.clicked.connect(lambda *_: act())


def tell(parent: QWidget | None, what: str, advice: str = "", *, close: str = "") -> MessageDialog:
    """Open a message that removes itself when it is closed."""
    dialog = MessageDialog(what, advice, close=close, parent=parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
