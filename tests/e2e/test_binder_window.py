"""The binder from the window: by its action, to a volume on the disk, and back to an item in trouble."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from esa_desktop.app import open_window
from esa_desktop.ui.binder_dialog import BinderDialog
from tests.binders import office, pdf
from tests.reading import pdfium_pages, squeezed

ATTACHED = {
    "1.1.1": {"รายงาน.pdf": pdf("report")},
    "1.2.1": {"เสีย.pdf": b"%PDF-1.7 broken", "คำสั่ง.pdf": pdf("order")},
}


def test_the_binder_is_made_by_its_action_and_a_file_in_trouble_is_gone_to(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with office(tmp_path, ATTACHED) as project:
        place = project.folder
    window = open_window(place)
    qtbot.waitExposed(window)
    action = window.findChild(QAction, "actionBinder")
    assert action is not None

    action.trigger()
    dialog = window.findChild(BinderDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.isVisible)
    target = next(e for e in dialog.findChildren(QLineEdit) if e.accessibleName() == "บันทึกไว้ที่")
    target.setText(str(tmp_path / "แฟ้ม.pdf"))
    with qtbot.waitSignal(dialog.saved, timeout=60_000):
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    text = squeezed("".join(pdfium_pages(tmp_path / "แฟ้ม.pdf")))
    assert "report1" in text
    assert "order1" in text
    qtbot.waitUntil(lambda: not dialog.work.is_busy)

    dialog.outcome.troubles.setFocus()
    QTest.keyClick(dialog.outcome.troubles, Qt.Key.Key_Return)
    workspace = window.workspace
    assert workspace is not None
    issue = workspace.project.editor.round.framework.issue("1.2.1")
    qtbot.waitUntil(lambda: workspace.issue_id == issue.id)

    window.close()
    window.deleteLater()
