"""The files a scanner or a chat program saved last, to be attached to the issue in view with one key."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QItemSelectionModel, QPointF, QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QPushButton, QWidget

from esa_desktop.domain.evidence import EvidenceFile
from esa_desktop.domain.thai import clean_text, thai_digits
from esa_desktop.ui import painting
from esa_desktop.ui.choice_list import ChoiceList
from esa_desktop.ui.dialog_frame import WIDE, DialogFrame, wrapping_label
from esa_desktop.ui.elided_label import ElidedLabel
from esa_desktop.ui.empty_state import EmptyState
from esa_desktop.ui.evidence_delegate import ICONS, PICTURE, THUMB
from esa_desktop.ui.evidence_model import JOINT, size_words
from esa_desktop.ui.moments import moment_words
from esa_desktop.ui.row_list import Row, RowDelegate
from esa_desktop.ui.theme import SECOND, interface_font, set_role, set_tone
from esa_desktop.ui.watched_folder import WatchedFolder

MOST_ROWS: Final = 60
"""Of the newest files; who looks for an older one attaches it by the file dialog."""
LIST_HEIGHT: Final = 320
ROW_HEIGHT: Final = 74
Picture = Callable[[EvidenceFile, float], QPixmap | None]
"""`Thumbnails.picture`."""


@dataclass(frozen=True, slots=True)
class ScanRow(Row):
    """``target`` is the file's path."""

    name: str
    detail: str
    is_new: bool
    file: EvidenceFile
    """Under a made-up hash, by which its picture is found."""


class _ScanDelegate(RowDelegate[ScanRow]):
    """Picture, name, when it came and how large it is; whether nobody has seen it yet."""

    def __init__(self, picture: Picture) -> None:
        super().__init__()
        self._picture = picture

    def row_height(self, row: ScanRow, width: int) -> int:  # noqa: ARG002
        return ROW_HEIGHT

    def paint_row(self, painter: QPainter, box: QRectF, row: ScanRow) -> None:
        palette = painting.colors()
        thumb = QRectF(box.x() + 10, box.y() + 8, THUMB.width(), THUMB.height())
        self._paint_thumb(painter, thumb, row)
        words = box.adjusted(10 + THUMB.width() + 12, 8, -12, -8)
        top = QRectF(words.x(), words.y() + 2, words.width(), 26)
        second = interface_font(SECOND)
        if row.is_new:
            strong = interface_font(SECOND, semibold=True)
            mark = self.tr("ใหม่")
            painting.draw_line(painter, top, mark, strong, palette.accent, painting.RIGHT)
            top.setWidth(top.width() - painting.text_width(mark, strong) - 12)
        painting.draw_line(painter, top, row.name, interface_font(), palette.ink)
        below = QRectF(words.x(), words.y() + 30, words.width(), 24)
        painting.draw_line(painter, below, row.detail, second, palette.ink2)

    def _paint_thumb(self, painter: QPainter, box: QRectF, row: ScanRow) -> None:
        palette = painting.colors()
        picture = self._picture(row.file, painter.device().devicePixelRatio())
        if picture is None:
            painting.draw_box(painter, box, palette.ground, palette.line, radius=4)
            name = ICONS.get(Path(row.name).suffix.lower(), "file")
            painting.draw_icon(painter, box.center() - QPointF(12, 12), name, "ink2", 24)
            return
        painting.draw_box(painter, box, palette.paper, None, radius=4)
        size = picture.deviceIndependentSize()
        corner = box.center() - QPointF(size.width() / 2, size.height() / 2)
        painter.drawPixmap(corner, picture)
        painting.draw_box(painter, box, None, palette.line, radius=4)


class ScanDialog(DialogFrame):
    """What is new is chosen when it opens; Enter attaches, Esc leaves the files where they are.

    Where nothing is new, as in a folder that was just chosen, it is the newest file.
    """

    picked = Signal(list)
    """Paths of the files to attach."""
    folder_requested = Signal()
    """Somebody wants another folder, or a first one."""

    def __init__(
        self,
        watched: WatchedFolder,
        picture: Picture,
        *,
        code: str,
        parent: QWidget | None = None,
    ) -> None:
        """``code`` of the issue in view; empty while there is none to attach to."""
        super().__init__("", parent, width=WIDE)
        self.setObjectName("scanDialog")
        self.heading.setText(self.tr("แนบไฟล์ที่เพิ่งสแกน"))
        self.setWindowTitle(self.heading.text())
        self._watched = watched
        self._code = thai_digits(code)
        self._seen_new: set[str] = set()
        self._begun_in: Path | None = None
        """The folder in which something was chosen already."""
        self._proposed: set[str] = set()
        """What was chosen for want of anything new; it makes room for what comes."""
        self._add_folder_row()
        self._trouble = wrapping_label("", "second")
        set_tone(self._trouble, "bad")
        self.body.addWidget(self._trouble)
        self.list = ChoiceList(_ScanDelegate(picture), self.tr("ไฟล์ที่เพิ่งบันทึก"), self)
        self.list.setObjectName("scanList")
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setMinimumHeight(LIST_HEIGHT)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self._empty = EmptyState("inbox", self)
        self._empty.setMinimumHeight(LIST_HEIGHT)
        self.body.addWidget(self.list)
        self.body.addWidget(self._empty)
        self._why = wrapping_label("", "second")
        self.body.addWidget(self._why)
        self.add_button(self.tr("ไม่แนบตอนนี้")).clicked.connect(self.reject)
        self.attach = self.add_button("", "main")
        self.attach.clicked.connect(self._attach)
        self.list.taken.connect(lambda _: self._attach())
        self.list.selectionModel().selectionChanged.connect(lambda *_: self._name_button())
        watched.changed.connect(self._show_files)
        watched.troubled.connect(self._show_trouble)  # a lambda would outlive the dialog
        self._empty.button.clicked.connect(self.folder_requested)
        self._show_files()
        (self.list if self.list.rows.rows else self._folder_button).setFocus()

    def _show_trouble(self, _: object) -> None:
        self._show_files()

    def chosen(self) -> list[Path]:
        """In the order of the list."""
        rows = sorted({index.row() for index in self.list.selectionModel().selectedIndexes()})
        return [Path(self.list.rows.rows[row].target) for row in rows]

    def redraw(self) -> None:
        """A picture has come."""
        self.list.viewport().update()

    # --- parts --------------------------------------------------------------------------------

    def _add_folder_row(self) -> None:
        self._folder_words = ElidedLabel(self)
        set_role(self._folder_words, "second")
        self._folder_button = QPushButton(self)
        self._folder_button.clicked.connect(lambda _: self.folder_requested.emit())
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._folder_words, 1)
        row.addWidget(self._folder_button)
        self.body.addLayout(row)

    # --- what happens -------------------------------------------------------------------------

    def _show_files(self) -> None:
        kept = {str(path) for path in self.chosen()}
        new = {str(path) for path in self._watched.new}
        files = self._watched.files[:MOST_ROWS]
        fresh = new - self._seen_new
        if fresh and kept == self._proposed:
            kept = set()
        if files and self._begun_in != self._watched.folder:
            self._begun_in = self._watched.folder
            self._proposed = set() if kept | fresh else {str(files[0])}
            kept |= self._proposed
        self.list.rows.set_rows([self._row(path, is_new=str(path) in new) for path in files])
        self._choose(kept | fresh)
        self._seen_new |= new
        self._say_folder()
        self.list.setVisible(bool(files))
        self._empty.setVisible(not files)
        self._name_button()

    def _row(self, path: Path, *, is_new: bool) -> ScanRow:
        stamp = self._watched.stamp_of(path)
        size, when = (stamp.size, stamp.time_ns) if stamp else (0, 0)
        name = clean_text(path.name)
        detail = JOINT.join((moment_words(_moment(when)), size_words(size)))
        spoken = JOINT.join(filter(None, (name, detail, self.tr("ใหม่") if is_new else "")))
        file = EvidenceFile(f"{path}|{size}|{when}", path.name, size)
        return ScanRow(str(path), spoken, name, detail, is_new, file)

    def _choose(self, wanted: set[str]) -> None:
        flags = QItemSelectionModel.SelectionFlag
        model = self.list.selectionModel()
        model.clearSelection()
        first = True
        for place, row in enumerate(self.list.rows.rows):
            if row.target in wanted:
                if first:
                    model.setCurrentIndex(self.list.rows.index(place, 0), flags.NoUpdate)
                model.select(self.list.rows.index(place, 0), flags.Select)
                first = False

    def _say_folder(self) -> None:
        folder, trouble = self._watched.folder, self._watched.trouble
        self._folder_words.set_words(str(folder) if folder else self.tr("ยังไม่ได้เลือกโฟลเดอร์"))
        self._folder_button.setText(self.tr("เปลี่ยนโฟลเดอร์…") if folder else self.tr("เลือกโฟลเดอร์…"))
        self._trouble.setText(trouble)
        self._trouble.setVisible(bool(trouble))
        if folder is None:
            self._empty.say(
                self.tr("เลือกโฟลเดอร์ที่เครื่องสแกนหรือโปรแกรมแชตบันทึกไฟล์ไว้"),
                self.tr("โปรแกรมจะบอกเมื่อมีไฟล์ใหม่ และแนบให้ได้ด้วยปุ่มเดียว\nไฟล์ต้นฉบับอยู่ที่เดิม"),
            )
        else:
            self._empty.say(
                self.tr("ยังไม่มีไฟล์ในโฟลเดอร์นี้"),
                self.tr("สแกนหรือบันทึกไฟล์ลงโฟลเดอร์นี้ แล้วไฟล์จะปรากฏที่นี่เอง"),
            )

    def _name_button(self) -> None:
        count = len(self.chosen())
        if not self._code:
            words, why = self.tr("แนบกับประเด็นนี้"), self.tr("เลือกประเด็นการพิจารณาในแผนผังด้านซ้ายก่อน")
        elif not count:
            words, why = self.tr("แนบกับ {code}").format(code=self._code), self.tr("เลือกไฟล์ก่อน")
        else:
            words = thai_digits(
                self.tr("แนบ {count} ไฟล์กับ {code}").format(count=count, code=self._code)
            )
            why = ""
        self.attach.setText(words)
        self.attach.setAccessibleName(words)
        self.attach.setEnabled(not why)
        self.attach.setToolTip(why)
        self._why.setText(why if self.list.rows.rows else "")
        self._why.setVisible(bool(self._why.text()))

    def _attach(self) -> None:
        files = self.chosen()
        if files and self._code:
            self.accept()
            self.picked.emit(files)


def _moment(time_ns: int) -> datetime | None:
    """``None`` for times no calendar has: a file carries whatever its maker wrote."""
    try:
        return datetime.fromtimestamp(time_ns / 1e9).astimezone()
    except (OverflowError, OSError, ValueError):
        return None


def picture_size() -> QSize:
    """The room for a picture in a row, in logical pixels."""
    return PICTURE
