"""What is said about an item of evidence: title, kind, document number, date."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QWidget

from esa_desktop.domain.errors import ValueRefused
from esa_desktop.domain.evidence import Evidence
from esa_desktop.domain.thai import clean_text, parse_thai_date, thai_date, thai_digits
from esa_desktop.services.attaching import KINDS
from esa_desktop.ui.dialog_frame import DialogFrame, wrapping_label
from esa_desktop.ui.evidence_model import size_words
from esa_desktop.ui.theme import set_tone


@dataclass(frozen=True, slots=True)
class Description:
    title: str
    kind: str
    number: str
    dated: date | None


class _Form(DialogFrame):
    """Fields under their names, each with room for the sentence that says what is wrong with it."""

    def add_field(self, words: str, field: QLineEdit | QComboBox) -> QLabel:
        """The label for the sentence; hidden while there is none."""
        name = QLabel(words, self)
        name.setBuddy(field)
        field.setAccessibleName(words)
        trouble = wrapping_label("", "second")
        set_tone(trouble, "bad")
        trouble.hide()
        self.body.addWidget(name)
        self.body.addWidget(field)
        self.body.addWidget(trouble)
        return trouble

    def say(self, field: QLineEdit, label: QLabel, sentence: str) -> bool:
        """``True`` when there is nothing to say against the field."""
        label.setText(sentence)
        label.setVisible(bool(sentence))
        set_tone(field, "bad" if sentence else "")
        field.setAccessibleDescription(sentence)
        if sentence:
            field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.fit()
        return not sentence

    def said_title(self, field: QLineEdit, label: QLabel) -> str:
        """The title without blanks around it; an empty one is refused beside the field."""
        title = clean_text(field.text()).strip()
        self.say(field, label, "" if title else self.tr("กรุณาพิมพ์ชื่อหลักฐาน"))
        return title


class EvidenceDialog(_Form):
    """All there is to say about an item.

    A date that is none is refused beside its field; the dialog stays open with what was typed.
    """

    described = Signal(object)
    """A `Description`, when the person keeps what was typed."""

    def __init__(
        self, item: Evidence, *, kinds: Iterable[str] = (), parent: QWidget | None = None
    ) -> None:
        """``kinds``: what other items of the office are called, to choose from."""
        heading = QCoreApplication.translate("EvidenceDialog", "หลักฐาน {code}")
        super().__init__(thai_digits(heading.format(code=item.code)), parent)
        self.setObjectName("evidenceDialog")
        self.title = QLineEdit(item.title, self)
        self.kind = QComboBox(self)
        self.kind.setEditable(True)
        self.kind.addItems(list(dict.fromkeys([*KINDS.values(), *sorted(filter(None, kinds))])))
        self.kind.setCurrentText(item.kind)
        self.number = QLineEdit(item.number, self)
        self.number.setPlaceholderText(self.tr("เช่น ที่ ศธ ๐๔๐๐๑/๑๒๓"))
        self.date = QLineEdit(thai_date(item.date, short=True) if item.date else "", self)
        self.date.setPlaceholderText(self.tr("เช่น ๑๑ มิ.ย. ๒๕๖๘"))
        self.title_trouble = self.add_field(self.tr("ชื่อหลักฐาน"), self.title)
        self.add_field(self.tr("ประเภท"), self.kind)
        self.add_field(self.tr("เลขที่เอกสาร"), self.number)
        self.date_trouble = self.add_field(self.tr("วันที่ของเอกสาร"), self.date)
        if item.files:
            told = "\n".join(f"{file.name} ({size_words(file.size)})" for file in item.files)
            self.body.addWidget(wrapping_label(told, "second"))
        self.add_button(self.tr("ไม่แก้ไข")).clicked.connect(self.reject)
        self.keep = self.add_button(self.tr("ใช้รายละเอียดนี้"), "main")
        self.keep.clicked.connect(self._keep)
        self.title.selectAll()
        self.title.setFocus()

    def _keep(self) -> None:
        title = self.said_title(self.title, self.title_trouble)
        dated, sentence = None, ""
        try:
            dated = parse_thai_date(clean_text(self.date.text()).strip())
        except ValueRefused as error:
            sentence = error.sentence
        is_dated = self.say(self.date, self.date_trouble, sentence)
        if title and is_dated:
            said = Description(title, self.kind.currentText(), self.number.text(), dated)
            self.accept()
            self.described.emit(said)


class NewEvidenceDialog(_Form):
    """The title of evidence that is no file: a web address, a binder in a cupboard."""

    titled = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        heading = QCoreApplication.translate("NewEvidenceDialog", "หลักฐานที่ไม่มีไฟล์")
        super().__init__(heading, parent)
        self.setObjectName("newEvidenceDialog")
        advice = self.tr("ของจริงเก็บไว้ที่อื่น บอกให้ผู้อ่านหาพบ")
        self.body.addWidget(wrapping_label(advice, "quiet"))
        self.title = QLineEdit(self)
        self.title.setPlaceholderText(self.tr("เช่น โล่รางวัล ตู้ ๓ ชั้น ๒ หรือที่อยู่เว็บไซต์"))
        self.title_trouble = self.add_field(self.tr("ชื่อหลักฐานและที่เก็บ"), self.title)
        self.add_button(self.tr("ไม่เพิ่ม")).clicked.connect(self.reject)
        self.keep = self.add_button(self.tr("เพิ่มหลักฐาน"), "main")
        self.keep.clicked.connect(self._keep)
        self.title.setFocus()

    def _keep(self) -> None:
        title = self.said_title(self.title, self.title_trouble)
        if title:
            self.accept()
            self.titled.emit(title)
