import hashlib
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from esa_desktop.domain.evidence import EvidenceFile
from esa_desktop.services.attaching import add_without_file, attach, describe, share
from esa_desktop.ui.evidence_delegate import PICTURE, EvidenceDelegate
from esa_desktop.ui.evidence_list import EvidenceList
from esa_desktop.ui.evidence_model import EvidenceModel
from esa_desktop.ui.theme import apply_theme
from esa_desktop.ui.thumbnails import Thumbnails
from tests.ui.rounds import Desk

ISSUE = "learn-2"


class Rows:
    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.desk = Desk()
        self.gone: set[str] = set()
        self.view = EvidenceList()
        qtbot.addWidget(self.view)
        self.model = EvidenceModel(
            self.desk.editor, lambda file: file.name not in self.gone, self.view
        )
        thumbnails = Thumbnails(lambda file: folder / file.sha256, PICTURE, self.view)
        self.delegate = EvidenceDelegate(thumbnails, self.view)
        self.view.setModel(self.model)
        self.view.setItemDelegate(self.delegate)
        self.view.resize(264, 600)
        self.view.show()
        self.model.show_issue(ISSUE)

    def attach(self, name: str) -> str:
        file = EvidenceFile(hashlib.sha256(name.encode()).hexdigest(), name, 1)
        self.desk.editor.apply(attach(self.desk.editor, ISSUE, [file]))
        return self.model.item_ids[-1]

    def height(self, row: int = 0) -> int:
        option = QStyleOptionViewItem()
        option.widget = self.view  # type: ignore[attr-defined]
        size: QSize = self.delegate.sizeHint(option, self.model.index(row))
        return size.height()

    def painted(self, row: int = 0) -> QImage:
        box = self.view.visualRect(self.model.index(row))
        return self.view.viewport().grab(box).toImage()


@pytest.fixture
def rows(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Rows:
    apply_theme(qapp, dark=False)
    return Rows(qtbot, tmp_path)


def test_a_row_is_high_enough_for_the_thumbnail_and_grows_with_its_lines(rows: Rows) -> None:
    short = rows.attach("ก.pdf")
    rows.attach("คำสั่งแต่งตั้งคณะทำงานคลังความรู้ของสำนักงาน.pdf")

    one, two = rows.height(0), rows.height(1)
    rows.desk.editor.apply(share(rows.desk.editor, "learn-1", [short]))
    rows.gone.add("ก.pdf")
    rows.model.look_for_files()

    assert one >= 58 + 12
    assert two > one
    assert rows.height(0) > two


def test_a_title_takes_no_more_than_two_lines(rows: Rows) -> None:
    rows.attach("คำสั่งแต่งตั้งคณะทำงานคลังความรู้.pdf")
    rows.attach("คำสั่งแต่งตั้งคณะทำงานคลังความรู้" * 6 + ".pdf")

    assert rows.height(0) == rows.height(1)


def test_a_missing_file_and_none_at_all_look_different(rows: Rows) -> None:
    rows.attach("ก.pdf")
    there = rows.painted()
    rows.gone.add("ก.pdf")
    rows.model.look_for_files()
    missing = rows.painted()
    rows.desk.editor.apply(add_without_file(rows.desk.editor, ISSUE, "ก"))

    thumb = (0, 0, 60, 70)
    assert there.copy(*thumb) != missing.copy(*thumb)
    assert rows.painted(1).copy(*thumb) not in (there.copy(*thumb), missing.copy(*thumb))


def test_number_and_date_take_two_lines_only_where_they_do_not_fit(rows: Rows) -> None:
    short, long = rows.attach("ก.pdf"), rows.attach("ข.pdf")
    for item_id, number in ((short, "ที่ ๔๗/๒๕๖๘"), (long, "ที่ ศธ ๐๔๙๙๙/๓๑๒๐ ฉบับแก้ไข")):
        edit = describe(
            rows.desk.editor, item_id, title="ก", kind="", number=number, dated=date(2024, 10, 17)
        )
        rows.desk.editor.apply(edit)
        rows.desk.editor.apply(share(rows.desk.editor, "learn-1", [item_id]))

    assert rows.height(1) > rows.height(0)
