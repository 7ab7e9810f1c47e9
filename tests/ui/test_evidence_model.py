import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QAbstractItemModel, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from esa_desktop.domain.edits import Batch
from esa_desktop.domain.evidence import EvidenceFile
from esa_desktop.domain.fields import link_field
from esa_desktop.services.attaching import (
    add_without_file,
    attach,
    describe,
    detach,
    reorder,
    share,
)
from esa_desktop.ui.evidence_model import EvidenceModel, Role, dragged_items, size_words
from tests.ui.rounds import YEAR, Desk

ISSUE, OTHER = "learn-2", "learn-1"


def a_file(name: str, size: int = 2_400_000) -> EvidenceFile:
    return EvidenceFile(name.encode().hex().ljust(64, "0")[:64], name, size)


class Evidence:
    """A model over one issue; files named in ``gone`` are not there."""

    def __init__(self) -> None:
        self.desk = Desk()
        self.gone: set[str] = set()
        self.asked: list[str] = []
        self.model = EvidenceModel(self.desk.editor, self._is_present)
        mode = QAbstractItemModelTester.FailureReportingMode.Warning
        self._tester = QAbstractItemModelTester(self.model, mode)

    def _is_present(self, file: EvidenceFile) -> bool:
        self.asked.append(file.name)
        return file.name not in self.gone

    def attach(self, *names: str, issue: str = ISSUE) -> list[str]:
        """Ids of the new items."""
        before = self.desk.editor.round.issue(issue).evidence
        files = [a_file(name) for name in names]
        self.desk.editor.apply(attach(self.desk.editor, issue, files))
        after = self.desk.editor.round.issue(issue).evidence
        return [item_id for item_id in after if item_id not in before]

    def describe(self, item_id: str, **said: object) -> None:
        values = {"title": "", "kind": "", "number": "", "dated": None, **said}
        self.desk.editor.apply(describe(self.desk.editor, item_id, **values))  # type: ignore[arg-type]

    def told(self, role: int, row: int = 0) -> object:
        return self.model.index(row).data(role)


@pytest.fixture
def evidence(qapp: QApplication) -> Evidence:
    made = Evidence()
    made.model.show_issue(ISSUE)
    return made


def test_an_issue_shows_its_items_in_order_with_thai_codes(evidence: Evidence) -> None:
    evidence.attach("คำสั่ง.pdf", "ภาพ.jpg")
    evidence.attach("ของประเด็นอื่น.pdf", issue=OTHER)

    assert [evidence.told(Role.CODE, row) for row in range(2)] == ["๑.๒.๒-๐๑", "๑.๒.๒-๐๒"]
    assert evidence.told(Qt.ItemDataRole.DisplayRole) == "คำสั่ง"
    assert evidence.model.rowCount() == 2


def test_without_an_issue_there_are_no_rows(evidence: Evidence) -> None:
    evidence.attach("คำสั่ง.pdf")

    evidence.model.show_issue(None)
    evidence.attach("ภาพ.jpg")

    assert evidence.model.rowCount() == 0


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"number": "ที่ 47/2568"}, "ที่ ๔๗/๒๕๖๘"),
        ({"dated": datetime.date(2025, 6, 11)}, "๑๑ มิ.ย. ๒๕๖๘"),
        (
            {"number": "ที่ ๔๗/๒๕๖๘", "dated": datetime.date(2025, 6, 11)},
            "ที่ ๔๗/๒๕๖๘ · ๑๑ มิ.ย. ๒๕๖๘",
        ),
        ({"kind": "บันทึกข้อความ"}, "บันทึกข้อความ · ๒.๔ MB"),
        ({}, "๒.๔ MB"),
    ],
)
def test_the_second_line_is_number_and_date_or_else_the_file(
    evidence: Evidence, said: dict[str, object], words: str
) -> None:
    (item_id,) = evidence.attach("คำสั่ง.pdf")

    evidence.describe(item_id, **said)

    assert evidence.told(Role.DETAIL) == words


def test_several_files_of_one_item_are_counted(evidence: Evidence) -> None:
    files = [a_file(f"ภาพ {n}.jpg", 500_000) for n in range(8)]
    evidence.desk.editor.apply(attach(evidence.desk.editor, ISSUE, files, title="วงเล่าสู่กันฟัง"))

    before = evidence.told(Role.DETAIL)
    (item_id,) = evidence.model.item_ids
    evidence.describe(item_id, dated=datetime.date(2025, 6, 11))

    assert before == "ภาพถ่าย · ๘ ไฟล์ · ๔.๐ MB"
    assert evidence.told(Role.DETAIL) == "๑๑ มิ.ย. ๒๕๖๘ · ๘ ไฟล์"


def test_an_item_without_file_says_so_and_misses_nothing(evidence: Evidence) -> None:
    evidence.desk.editor.apply(add_without_file(evidence.desk.editor, ISSUE, "โล่รางวัล"))

    assert evidence.told(Role.DETAIL) == "ไม่มีไฟล์"
    assert evidence.told(Role.MISSING) is False


def test_a_file_that_is_gone_is_told_until_it_is_back(evidence: Evidence) -> None:
    evidence.gone.add("คำสั่ง.pdf")
    evidence.attach("คำสั่ง.pdf")
    missing = evidence.told(Role.MISSING)

    evidence.gone.clear()
    evidence.model.look_for_files()

    assert missing is True
    assert evidence.told(Role.MISSING) is False


def test_the_disk_is_not_asked_at_every_painting(evidence: Evidence) -> None:
    evidence.attach("คำสั่ง.pdf")
    evidence.told(Role.MISSING)
    asked = len(evidence.asked)

    for _ in range(50):
        evidence.told(Role.MISSING)

    assert len(evidence.asked) == asked


def test_sharing_from_elsewhere_redraws_the_row(evidence: Evidence) -> None:
    (item_id,) = evidence.attach("คำสั่ง.pdf")
    redrawn: list[str] = []
    evidence.model.dataChanged.connect(lambda index: redrawn.append(index.data(Role.ID)))

    evidence.desk.editor.apply(share(evidence.desk.editor, OTHER, [item_id]))

    assert redrawn == [item_id]
    assert evidence.told(Role.SHARED) == 2
    assert "ใช้กับ ๒ ประเด็น" in str(evidence.told(Qt.ItemDataRole.ToolTipRole))


def test_a_detached_row_goes_alone_and_undo_brings_it_back_in_place(evidence: Evidence) -> None:
    first, second, third = evidence.attach("ก.pdf", "ข.pdf", "ค.pdf")
    place = QPersistentModelIndex(evidence.model.index_of(third))

    evidence.desk.undo.push_edit(detach(evidence.desk.editor, ISSUE, [second]), "นำออก")
    without = evidence.model.item_ids
    evidence.desk.undo.undo()

    assert without == (first, third)
    assert evidence.model.item_ids == (first, second, third)
    assert place.data(Role.ID) == third


def test_a_new_order_moves_one_row_and_keeps_the_places(evidence: Evidence) -> None:
    first, second, third = evidence.attach("ก.pdf", "ข.pdf", "ค.pdf")
    place = QPersistentModelIndex(evidence.model.index_of(first))
    moves: list[int] = []
    evidence.model.rowsMoved.connect(lambda *_: moves.append(1))

    evidence.desk.editor.apply(reorder(evidence.desk.editor, ISSUE, first, None))

    assert evidence.model.item_ids == (second, third, first)
    assert place.row() == 2
    assert moves == [1]


def test_the_count_is_told_when_it_changes(evidence: Evidence) -> None:
    counts: list[int] = []
    evidence.model.counted.connect(counts.append)

    evidence.attach("ก.pdf", "ข.pdf")
    evidence.model.show_issue(OTHER)

    assert counts == [2, 0]


@pytest.mark.usefixtures("qapp")
@given(
    before=st.permutations("abcdefg").map(lambda p: p[:5]),
    after=st.permutations("abcdefg").map(lambda p: p[:5]),
)
def test_any_change_of_the_links_ends_in_the_order_of_the_round(
    before: list[str], after: list[str]
) -> None:
    evidence = Evidence()
    editor = evidence.desk.editor
    names = dict(zip("abcdefg", evidence.attach(*(f"{n}.pdf" for n in "abcdefg")), strict=True))
    evidence.model.show_issue(ISSUE)

    for wanted in (before, after):
        ranks = {letter: f"r{place}" for place, letter in enumerate(wanted)}
        edits = [
            editor.change(link_field(YEAR, ISSUE, names[letter]), ranks.get(letter, ""))
            for letter in "abcdefg"
        ]
        editor.apply(Batch(tuple(edits)))

        assert evidence.model.item_ids == tuple(names[letter] for letter in wanted)
        assert shown(evidence.model) == list(evidence.model.item_ids)


def shown(model: QAbstractItemModel) -> list[str]:
    return [model.index(row, 0).data(Role.ID) for row in range(model.rowCount())]


def test_dragged_rows_name_their_items_in_order(evidence: Evidence) -> None:
    first, second, _ = evidence.attach("ก.pdf", "ข.pdf", "ค.pdf")

    mime = evidence.model.mimeData([evidence.model.index(1), evidence.model.index(0)])

    assert dragged_items(mime) == [first, second]


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "๑ KB"),
        (999_499, "๙๙๙ KB"),
        (1_250_000, "๑.๒ MB"),
        (61_000_000, "๖๑.๐ MB"),
        (2_500_000_000, "๒.๕ GB"),
    ],
)
def test_sizes_are_said_in_the_usual_units(size: int, words: str) -> None:
    assert size_words(size) == words
