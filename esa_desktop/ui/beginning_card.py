"""One way to begin, as a large button: a mark, its name, and in one line what happens next."""

from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from esa_desktop.ui.card_button import CardButton, Mark


@dataclass(frozen=True, slots=True)
class Way:
    icon: str
    name: str
    about: str


class BeginningCard(CardButton):
    def __init__(self, way: Way, parent: QWidget) -> None:
        super().__init__("card", parent)
        self.setAccessibleName(way.name)
        self.setAccessibleDescription(way.about)
        text = QVBoxLayout()
        text.setSpacing(0)
        text.addWidget(self.words(way.name, "heading"))
        text.addWidget(self.words(way.about, "quiet"))
        self.row.addWidget(Mark(way.icon, "accent", 28))
        self.row.addLayout(text, 1)
        self.row.addWidget(Mark("chevron-right", "ink2", 20))

    def set_tight(self, tight: bool) -> None:
        """Less air around the words, where the window is low."""
        margins = self.row.contentsMargins()
        high = 4 if tight else 11
        if margins.top() != high:
            self.row.setContentsMargins(margins.left(), high, margins.right(), high)
            self.updateGeometry()
