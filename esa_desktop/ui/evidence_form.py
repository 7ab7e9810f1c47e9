"""The fields in which a person says what an item of evidence is; each with room for what is wrong with it."""

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from esa_desktop.domain.errors import ValueRefused
from esa_desktop.domain.thai import clean_text, parse_thai_date, thai_date
from esa_desktop.services.attaching import KINDS
from esa_desktop.services.describing import Description
from esa_desktop.ui.dialog_frame import DialogFrame, wrapping_label
from esa_desktop.ui.theme import set_tone

PAPER_KINDS = ("คำสั่ง", "ประกาศ", "บันทึกข้อความ", "หนังสือราชการ", "รายงานการประชุม", "รายงาน", "เว็บไซต์")
"""What a document may be called besides what its file's ending says."""


class EvidenceForm(DialogFrame):
    """A child adds the fields in the order in which its question is best answered, then `finish`."""

    def __init__(
        self, heading: str, said: Description, kinds: Iterable[str], parent: QWidget | None
    ) -> None:
        super().__init__(heading, parent)
        self.title = QLineEdit(said.title, self)
        self.kind = QComboBox(self)
        self.kind.setEditable(True)
        known = [*KINDS.values(), *PAPER_KINDS, *sorted(filter(None, kinds))]
        self.kind.addItems(list(dict.fromkeys(known)))
        self.kind.setCurrentText(said.kind)
        self.number = QLineEdit(said.number, self)
        self.number.setPlaceholderText(self.tr("เช่น ที่ ศธ ๐๔๐๐๑/๑๒๓"))
        self.date = QLineEdit(thai_date(said.dated, short=True) if said.dated else "", self)
        self.date.setPlaceholderText(self.tr("เช่น ๑๑ มิ.ย. ๒๕๖๘"))
        self.place = QLineEdit(said.place, self)
        self.place.setPlaceholderText(self.tr("เช่น ตู้ ๓ แฟ้ม ๒ หรือที่อยู่เว็บไซต์"))
        self.owner = QLineEdit(said.owner, self)
        self.owner.setPlaceholderText(self.tr("ชื่อบุคคลหรือกลุ่มงาน"))
        self.confidential = QCheckBox(self.tr("เอกสารลับ"), self)
        self.confidential.setChecked(said.confidential)
        self.confidential.setToolTip(self.tr("ไม่แสดงเนื้อหาและไม่เข้าเล่มแฟ้มหลักฐาน จนกว่าจะเลือกให้รวม"))

    def add_field(self, words: str, field: QLineEdit | QComboBox) -> QLabel:
        """The label for the sentence; hidden while there is none."""
        column, trouble = self._column_of(words, field)
        self.body.addLayout(column)
        return trouble

    def add_pair(
        self, left: tuple[str, QLineEdit], right: tuple[str, QLineEdit]
    ) -> tuple[QLabel, QLabel]:
        """Two short fields side by side."""
        row = QHBoxLayout()
        row.setSpacing(12)
        columns = [self._column_of(*left), self._column_of(*right)]
        for column, _ in columns:
            row.addLayout(column, 1)
        self.body.addLayout(row)
        return columns[0][1], columns[1][1]

    def _column_of(self, words: str, field: QLineEdit | QComboBox) -> tuple[QVBoxLayout, QLabel]:
        name = QLabel(words, self)
        name.setBuddy(field)
        field.setAccessibleName(words)
        trouble = wrapping_label("", "second")
        set_tone(trouble, "bad")
        trouble.hide()
        column = QVBoxLayout()
        column.setSpacing(4)
        for widget in (name, field, trouble):
            column.addWidget(widget)
        column.addStretch(1)
        return column, trouble

    def add_title(self, words: str) -> None:
        self.title_trouble = self.add_field(words, self.title)

    def add_document(self) -> None:
        """What a document says of itself."""
        self.add_field(self.tr("ประเภท"), self.kind)
        _, self.date_trouble = self.add_pair(
            (self.tr("เลขที่เอกสาร"), self.number), (self.tr("วันที่ของเอกสาร"), self.date)
        )

    def add_place(self) -> None:
        self.add_field(self.tr("ที่เก็บของจริง หรือที่อยู่เว็บไซต์"), self.place)

    def add_owner(self) -> None:
        """Who has it, and whether others may see it."""
        self.add_field(self.tr("ผู้เก็บต้นฉบับ"), self.owner)
        self.body.addWidget(self.confidential)

    def tab_through(self, *fields: QWidget) -> None:
        """The Tab key goes from each to the next; they were made in another order."""
        for before, after in pairwise(fields):
            self.setTabOrder(before, after)

    def say(self, field: QLineEdit, label: QLabel, sentence: str) -> bool:
        """``True`` when there is nothing to say against the field."""
        label.setText(sentence)
        label.setVisible(bool(sentence))
        set_tone(field, "bad" if sentence else "")
        field.setAccessibleDescription(sentence)
        if sentence:
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            # On a low screen the body is scrolled; the room for the sentence is there a moment later.
            QTimer.singleShot(0, label, lambda: self._scroll.ensureWidgetVisible(label))
        self.fit()
        return not sentence

    def said(self) -> Description | None:
        """What was typed; ``None`` where something of it is refused, which is said beside it."""
        dated, sentence = None, ""
        try:
            dated = parse_thai_date(clean_text(self.date.text()).strip())
        except ValueRefused as error:
            sentence = error.sentence
        is_dated = self.say(self.date, self.date_trouble, sentence)
        title = clean_text(self.title.text()).strip()
        missing = "" if title else self.tr("กรุณาพิมพ์ชื่อหลักฐาน")
        has_title = self.say(self.title, self.title_trouble, missing)  # last: the cursor goes there
        if not (has_title and is_dated):
            return None
        return Description(
            title,
            self.kind.currentText(),
            self.number.text(),
            dated,
            self.owner.text(),
            self.place.text(),
            self.confidential.isChecked(),
        )
