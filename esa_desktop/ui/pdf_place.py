"""Where a binder is to be saved: its path, a way to choose another one, and what it would replace there."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from esa_desktop.domain.evidence import safe_file_name
from esa_desktop.domain.thai import thai_digits
from esa_desktop.services.binder_volumes import replaced_by
from esa_desktop.ui.dialog_frame import wrapping_label


class PdfPlace(QWidget):
    """Always in view: nobody should have to look for the file afterwards."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        """``title``: of the dialog that asks for a file."""
        super().__init__(parent)
        self._title = title
        self._is_own = False
        self._path = QLineEdit(self)
        self._path.setAccessibleName(self.tr("บันทึกไว้ที่"))
        self.browse = QPushButton(self.tr("เลือกที่เก็บ…"), self)
        self.browse.setAccessibleName(self.browse.text())
        self.browse.setAutoDefault(False)
        self._note = wrapping_label("", "second")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(2)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(wrapping_label(self._path.accessibleName(), "heading"))
        row.addWidget(self._path, 1)
        row.addWidget(self.browse)
        column.addLayout(row)
        column.addWidget(self._note)
        self._path.textEdited.connect(self._own)
        self.browse.clicked.connect(self._choose)
        self._tell()

    def offer(self, path: Path) -> None:
        """A name, unless the person chose one."""
        if not self._is_own:
            self._path.setText(str(path))
        self._tell()

    @property
    def target(self) -> Path:
        """Safe on every system, and a PDF by its name."""
        typed = Path(self._path.text().strip())
        name = typed.name if typed.suffix.lower() == ".pdf" else f"{typed.name}.pdf"
        return typed.parent / safe_file_name(name)

    def _own(self) -> None:
        self._is_own = True
        self._tell()

    def _choose(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self,
            self._title,
            str(self.target),
            self.tr("ไฟล์ PDF (*.pdf)"),
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if name:
            self._path.setText(name)
            self._own()

    def _tell(self) -> None:
        """Also of volumes, whose names are not the one that is typed."""
        target = self.target
        there = replaced_by(target)
        words = self.tr("มีไฟล์ชื่อนี้อยู่แล้ว ไฟล์เดิมจะถูกแทนที่") if there else ""
        if there not in ((), (target,)):
            told = self.tr("แฟ้มชื่อนี้มีไว้แล้ว {0} เล่ม (“{1}”) ชุดเดิมจะถูกแทนที่ทั้งชุด")
            words = told.format(thai_digits(len(there)), self.tr("” ถึง “").join(_ends(there)))
        self._note.setText(words)
        self._note.setVisible(bool(words))


def _ends(paths: Sequence[Path]) -> list[str]:
    """Names of the first and the last."""
    return list(dict.fromkeys(paths[place].name for place in (0, -1)))
