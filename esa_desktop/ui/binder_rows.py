"""The rows of the binder's dialog: what changed since the last one, the volumes made, the files in trouble."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.binder import Trouble, Volume
from esa_desktop.domain.evidence import Evidence
from esa_desktop.domain.thai import thai_digits
from esa_desktop.services.binder_changes import BinderChanges
from esa_desktop.ui import painting
from esa_desktop.ui.binder_words import TONES, changed_word, volume_words
from esa_desktop.ui.row_list import Row, RowDelegate
from esa_desktop.ui.theme import SECOND, interface_font

PAD: Final = 12
_LINE: Final = 27


@dataclass(frozen=True, slots=True)
class BinderRow(Row):
    """Code and title, at the right a word in a tone, below it a sentence of any length."""

    code: str
    title: str
    word: str = ""
    tone: str = "ink2"
    sentence: str = ""
    trouble: Trouble | None = None


class BinderRowDelegate(RowDelegate[BinderRow]):
    def row_height(self, row: BinderRow, width: int) -> int:
        lines = len(self._sentence(row, width))
        return round(
            8 + _LINE + lines * painting.pitch(interface_font(SECOND)) + (6 if lines else 0)
        )

    def paint_row(self, painter: QPainter, box: QRectF, row: BinderRow) -> None:
        palette = painting.colors()
        strong, second = interface_font(semibold=True), interface_font(SECOND)
        top = QRectF(box.x() + PAD, box.y() + 4, box.width() - 2 * PAD, _LINE)
        word = painting.text_width(row.word, second) + PAD if row.word else 0.0
        color = getattr(palette, row.tone)
        painting.draw_line(painter, top, row.word, second, color, painting.RIGHT)
        painting.draw_line(painter, top, row.code, strong, palette.accent)
        taken = painting.text_width(row.code, strong) + 8 if row.code else 0.0
        title = top.adjusted(taken, 0, -word, 0)
        painting.draw_line(painter, title, row.title, interface_font(), palette.ink)
        lines = self._sentence(row, round(box.width()))
        if lines:
            below = QRectF(top.x(), top.bottom(), top.width(), box.bottom() - top.bottom() - 4)
            painting.draw_lines(painter, below, lines, second, palette.ink2)

    @staticmethod
    def _sentence(row: BinderRow, width: int) -> list[str]:
        if not row.sentence:
            return []
        return painting.wrapped(row.sentence, interface_font(SECOND), width - 2 * PAD)


def changed_rows(assessed: AssessmentRound, changes: BinderChanges) -> Iterator[BinderRow]:
    """In the order of the binder; those to be taken out last, under the code the paper bears."""
    for item_id, kind in changes.changed.items():
        item = assessed.items.get(item_id)
        code = changes.codes.get(item_id) or (item.code if item else "")
        title = item.title if item else ""
        word = changed_word(kind)
        spoken = thai_digits(" ".join(filter(None, (code, title, word))))
        yield BinderRow(item_id, spoken, thai_digits(code), title, word, TONES[kind])


def volume_rows(volumes: Sequence[Volume]) -> Iterator[BinderRow]:
    """By their paths."""
    for volume in volumes:
        name, words = Path(volume.path).name, volume_words(volume)
        yield BinderRow(volume.path, f"{name} {words}", "", name, sentence=words)


def trouble_rows(troubles: Sequence[Trouble]) -> Iterator[BinderRow]:
    """Each file with its sentence."""
    for place, trouble in enumerate(troubles):
        code = thai_digits(trouble.code)
        spoken = f"{code} {trouble.name} {trouble.sentence}"
        yield BinderRow(
            str(place), spoken, code, trouble.name, sentence=trouble.sentence, trouble=trouble
        )


def item_in_trouble(assessed: AssessmentRound, trouble: Trouble) -> Evidence | None:
    """Two laptops may have given one code twice: then the file's name tells which is meant."""
    found = [item for item in assessed.items.values() if item.code == trouble.code]
    named = (item for item in found if any(file.name == trouble.name for file in item.files))
    return next(named, found[0] if found else None)
