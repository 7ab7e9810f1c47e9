"""What is said about an item of evidence: with files, or of the real thing in a cupboard or on the web."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QWidget

from esa_desktop.domain.evidence import Evidence
from esa_desktop.domain.thai import shorten, thai_date, thai_digits
from esa_desktop.services.describing import Description, said_about
from esa_desktop.services.title_proposal import Proposal
from esa_desktop.ui.dialog_frame import wrapping_label
from esa_desktop.ui.elided_button import ElidedButton
from esa_desktop.ui.evidence_form import EvidenceForm
from esa_desktop.ui.evidence_model import size_words
from esa_desktop.ui.theme import set_role

MOST_FILES = 4
"""Named in the dialog; of more it says how many."""


class EvidenceDialog(EvidenceForm):
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
        super().__init__(
            thai_digits(heading.format(code=item.code)), said_about(item), kinds, parent
        )
        self.setObjectName("evidenceDialog")
        self.add_title(self.tr("ชื่อหลักฐาน"))
        self._proposal = Proposal()
        self.proposed = ElidedButton(self)
        set_role(self.proposed, "link")
        self.proposed.hide()
        self.proposed.clicked.connect(self._take_proposal)
        self.body.addWidget(self.proposed, 0, Qt.AlignmentFlag.AlignLeft)
        self.add_document()
        self.add_place()
        self.add_owner()
        if item.files:
            told = [f"{shorten(file.name, 70)} ({size_words(file.size)})" for file in item.files]
            if len(told) > MOST_FILES:
                more = self.tr("และอีก {count} ไฟล์").format(count=len(told) - MOST_FILES)
                told[MOST_FILES:] = [thai_digits(more)]
            self.body.addWidget(wrapping_label("\n".join(told), "second"))
        self.add_button(self.tr("ไม่แก้ไข")).clicked.connect(self.reject)
        self.keep = self.add_button(self.tr("ใช้รายละเอียดนี้"), "main")
        self.keep.clicked.connect(self._keep)
        self.tab_through(self.title, self.proposed, self.kind)
        self.title.selectAll()
        self.title.setFocus()

    def suggest(self, said: Proposal) -> None:
        """Offer what the document says of itself, where that is anything new; nothing is changed."""
        self._proposal = said
        words = self._words_of_proposal()
        self.proposed.setVisible(bool(words))
        self.proposed.set_words(self.tr("ใช้จากเอกสาร: {words}").format(words=words))
        self.fit()

    def _words_of_proposal(self) -> str:
        """Title, number and date, those only that are not in their fields."""
        said = self._proposal
        dated = thai_date(said.dated, short=True) if said.dated else ""
        fields = ((said.title, self.title), (said.number, self.number), (dated, self.date))
        return " · ".join(words for words, field in fields if words and words != field.text())

    def _take_proposal(self) -> None:
        """What the document does not say stays as it is typed."""
        said = self._proposal
        self.title.setText(said.title or self.title.text())
        self.kind.setCurrentText(said.kind or self.kind.currentText())
        self.number.setText(said.number or self.number.text())
        if said.dated:
            self.date.setText(thai_date(said.dated, short=True))
        self.proposed.hide()
        self.title.setFocus()
        self.fit()

    def _keep(self) -> None:
        said = self.said()
        if said is not None:
            self.accept()
            self.described.emit(said)


class NewEvidenceDialog(EvidenceForm):
    """Evidence that is no file: a web address, a binder in a cupboard."""

    described = Signal(object)
    """A `Description`."""

    def __init__(
        self, *, kinds: Iterable[str] = (), place: str = "", parent: QWidget | None = None
    ) -> None:
        """``place``: an address that was pasted."""
        heading = QCoreApplication.translate("NewEvidenceDialog", "หลักฐานที่ไม่มีไฟล์")
        super().__init__(heading, Description("", place=place), kinds, parent)
        self.setObjectName("newEvidenceDialog")
        advice = self.tr("ของจริงเก็บไว้ที่อื่น บอกให้ผู้อ่านหาพบ")
        self.body.addWidget(wrapping_label(advice, "quiet"))
        self.title.setPlaceholderText(self.tr("เช่น โล่รางวัลบริการสาธารณะ"))
        self.add_title(self.tr("ชื่อหลักฐาน"))
        self.add_place()
        self.add_document()
        self.add_owner()
        self.add_button(self.tr("ไม่เพิ่ม")).clicked.connect(self.reject)
        self.keep = self.add_button(self.tr("เพิ่มหลักฐาน"), "main")
        self.keep.clicked.connect(self._keep)
        self.tab_through(self.title, self.place, self.kind, self.number, self.date, self.owner)
        self.title.setFocus()

    def _keep(self) -> None:
        said = self.said()
        if said is not None:
            self.accept()
            self.described.emit(said)
