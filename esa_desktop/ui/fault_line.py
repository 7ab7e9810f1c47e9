"""Says below boxes in words why what was typed in one of them cannot be stored."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QLabel, QWidget

from esa_desktop.domain.thai import clean_text
from esa_desktop.ui.figure_edit import FigureEdit
from esa_desktop.ui.theme import set_role, set_tone
from esa_desktop.ui.words_edit import WordsEdit

Box = WordsEdit | FigureEdit
_SHOWN: Final = 40
"""Letters of what was typed that are told again."""


def refused_boxes(form: QWidget) -> list[Box]:
    """The boxes of a form in which something stands that could not be stored."""
    boxes: list[Box] = [*form.findChildren(WordsEdit), *form.findChildren(FigureEdit)]
    return [box for box in boxes if box.is_refused]


def refused_words(form: QWidget) -> str:
    """What could not be stored, why, and that it is not lost: one sentence, or nothing."""
    boxes = refused_boxes(form)
    if not boxes:
        return ""
    box = boxes[0]
    typed = " ".join(clean_text(box.typed).split())
    typed = typed if len(typed) <= _SHOWN else f"{typed[:_SHOWN]}…"
    words = QCoreApplication.translate(
        "frameworkDesk", "ยังไม่ได้เก็บ “{typed}” ในช่อง{name} เพราะ{why} กลับไปแก้ได้ที่ช่องเดิม"
    )
    return words.format(typed=typed, name=box.accessibleName(), why=box.toolTip())


class FaultLine(QLabel):
    """Nothing is to be seen while nothing is wrong; of several faults the first is told."""

    def __init__(self, boxes: Sequence[Box], parent: QWidget, *, names: bool = False) -> None:
        """``names``: each sentence begins with the name of its box."""
        super().__init__(parent)
        self._boxes = tuple(boxes)
        self._names = names
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setIndent(0)
        set_role(self, "second")
        set_tone(self, "bad")
        self.hide()
        for box in self._boxes:
            box.faulty.connect(self._say)

    def _say(self, *_: object) -> None:
        faulty = next((box for box in self._boxes if box.toolTip()), None)
        words = faulty.toolTip() if faulty is not None else ""
        if faulty is not None and self._names:
            words = f"{faulty.accessibleName()}: {words}"
        self.setText(words)
        self.setVisible(bool(words))
