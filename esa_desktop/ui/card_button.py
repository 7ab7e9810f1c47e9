"""A button as large as a card, with several lines in it; to assistive tools it is one button."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QLabel, QLayout, QPushButton, QSizePolicy, QWidget

from esa_desktop.ui import icons
from esa_desktop.ui.dialog_frame import wrapping_label
from esa_desktop.ui.theme import set_role


class CardButton(QPushButton):
    """Put words and marks into ``row``; clicks on them are clicks on the card."""

    def __init__(
        self, role: str = "card", parent: QWidget | None = None, *, margin_y: int = 11
    ) -> None:
        super().__init__(parent)
        set_role(self, role)
        self.setAutoDefault(True)  # else Enter does nothing outside a dialog
        self.row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self.row.setContentsMargins(20, margin_y, 16, margin_y)
        self.row.setSpacing(16)
        self.row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def words(self, text: str, role: str = "", *, wraps: bool = True) -> QLabel:
        """A label for the card; the caller puts it in its place."""
        label = wrapping_label(text, role)
        label.setWordWrap(wraps)
        label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        return label

    # Qt overrides

    def sizeHint(self) -> QSize:
        return self.row.totalSizeHint()

    def minimumSizeHint(self) -> QSize:
        return self.row.totalMinimumSize()

    def hasHeightForWidth(self) -> bool:
        return self.row.hasHeightForWidth()

    def heightForWidth(self, width: int) -> int:
        return self.row.totalHeightForWidth(width)


class Mark(QLabel):
    """An icon in a colour of the theme; drawn anew when that changes."""

    def __init__(
        self, name: str, color: str, side: int, words: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = (name, color, side)
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not words)
        self._draw()

    def show_mark(self, name: str, color: str) -> None:
        self._look = (name, color, self._look[2])
        self._draw()

    def _draw(self) -> None:
        name, color, side = self._look
        self.setPixmap(icons.pixmap(name, color, side, self.devicePixelRatioF()))

    # Qt overrides

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()
        super().changeEvent(event)
