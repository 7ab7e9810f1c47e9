"""A register of a few items on the screen, for the tests of its page and of the checklist beside it."""

import json
from concurrent.futures import Future
from datetime import date
from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, QSize, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from esa_desktop.domain.edits import Batch, Edit
from esa_desktop.domain.evidence import Evidence, EvidenceFile
from esa_desktop.domain.fields import Field, item_field, link_field
from esa_desktop.services.checklists import add_requirements
from esa_desktop.services.editing import Editor
from esa_desktop.services.identity import Who
from esa_desktop.storage.evidence_files import keep
from esa_desktop.storage.store import Write
from esa_desktop.ui.evidence_model import MIME
from esa_desktop.ui.register_model import COLUMNS
from esa_desktop.ui.register_page import RegisterPage
from esa_desktop.ui.theme import apply_theme
from tests.ui.rounds import YEAR, Desk

ISSUE, OTHER = "learn-2", "good-1"
COMMAND, REPORT, PHOTO, CUPBOARD = "item0", "item1", "item2", "item3"


def read_only(desk: Desk) -> Editor:
    """The same round, of which nothing may be changed."""

    def refuse(_: Write) -> "Future[None]":
        raise AssertionError("a project that is only read was written")

    return Editor(
        desk.editor.round,
        desk.editor.views,
        submit=refuse,
        graph=lambda _: {},
        who=Who("ผู้อ่าน", "dev", "pc"),
        read_only=True,
    )


class Shelf:
    """Four items: two of one issue, a photograph nothing uses, one that is no file."""

    def __init__(self, folder: Path) -> None:
        self.desk = Desk()
        self.folder = folder
        (folder / "evidence").mkdir(exist_ok=True)
        self.steps: list[str] = []
        said = (
            (COMMAND, "1.2.2-02", "คำสั่งแต่งตั้งคณะกรรมการ", "เอกสาร", "นายธีระ"),
            (REPORT, "1.2.2-10", "รายงานการประชุม", "เอกสาร", "นางวันดี"),
            (PHOTO, "1.1.1-01", "ภาพถ่ายกิจกรรม", "ภาพถ่าย", ""),
            (CUPBOARD, "1.1.1-02", "โล่รางวัล", "", ""),
        )
        for item_id, code, title, kind, owner in said:
            files = () if item_id == CUPBOARD else (self.file(f"{title}.pdf"),)
            dated = date(2014, 6, 11) if item_id == REPORT else None
            self.put(Evidence(item_id, code, title, kind, "", dated, files, owner))
        self.link(COMMAND, ISSUE)
        self.link(REPORT, ISSUE)
        self.link(CUPBOARD, OTHER)

    def file(self, name: str) -> EvidenceFile:
        source = self.folder / name
        source.write_text(name, encoding="utf-8")
        return keep(source, self.folder)

    def lose(self, item_id: str) -> None:
        (file,) = self.desk.editor.round.items[item_id].files
        (self.folder / "evidence" / file.sha256[:2] / file.sha256).unlink()

    def put(self, item: Evidence) -> None:
        self.desk.editor.apply(self.desk.editor.change(item_field(item.id), item))

    def link(self, item_id: str, issue_id: str, year: int = YEAR) -> None:
        field = link_field(year, issue_id, item_id)
        self.desk.editor.apply(self.desk.editor.change(field, f"a{item_id}"))

    def ask_for(self, *texts: str, issue: str = ISSUE) -> None:
        ids = [f"r{n}" for n in range(len(texts))]
        edit = add_requirements(self.desk.editor, issue, texts, ids=ids)
        assert edit is not None
        self.desk.editor.apply(edit)

    def many(self, count: int) -> None:
        edits = [
            self.desk.editor.change(item_field(f"many{n}"), Evidence(f"many{n}", f"2.1.1-{n}", "ก"))
            for n in range(1, count + 1)
        ]
        self.desk.editor.apply(Batch(tuple(edits)))

    def push(self, edit: Edit, name: str) -> None:
        self.steps.append(name)
        self.desk.undo.push_edit(edit, name)

    def value(self, field: Field) -> object:
        return self.desk.editor.view(field).value


class Place:
    """The page in a window of its own, and what it asked for."""

    def __init__(
        self, qtbot: QtBot, shelf: Shelf, editor: Editor | None = None, width: int = 1094
    ) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        apply_theme(app, dark=False)
        self.qtbot = qtbot
        self.shelf = shelf
        self.page = RegisterPage(editor or shelf.desk.editor, shelf.push, shelf.folder)
        qtbot.addWidget(self.page)
        self.asked: list[tuple[str, object]] = []
        for name in ("go_to", "open_requested", "preview_requested", "refused", "bin_requested"):
            signal = getattr(self.page, name)
            signal.connect(lambda said, name=name: self.asked.append((name, said)))
        for name in ("binder_requested", "relink_requested", "bin_opened"):
            getattr(self.page, name).connect(lambda name=name: self.asked.append((name, None)))
        self.page.resize(QSize(width, 600))
        self.page.show()
        qtbot.waitExposed(self.page)
        self.settle()

    def settle(self) -> None:
        """Until the disk has said which files are there."""
        self.qtbot.waitUntil(lambda: "กำลังตรวจ" not in self.column("file"), timeout=5000)

    def column(self, name: str) -> list[str]:
        model = self.page.table.model()
        number = [column.value for column in COLUMNS].index(name)
        return [model.index(row, number).data() for row in range(model.rowCount())]

    def titles(self) -> list[str]:
        return self.column("title")

    def choose(self, *item_ids: str) -> None:
        self.page.table.setFocus()
        self.page.table.choose(item_ids, item_ids[0])

    def press(self, keys: str, widget: QWidget | None = None) -> None:
        QTest.keySequence(widget or self.page.table, QKeySequence(keys))

    def says(self) -> str:
        labels = self.page.findChildren(QLabel)
        return " ".join(label.text() for label in labels if label.isVisible())


def drag(item_ids: list[str]) -> QMimeData:
    mime = QMimeData()
    mime.setData(MIME, json.dumps(item_ids).encode())
    return mime


def drop(target: QWidget, mime: QMimeData, at: QPointF) -> bool:
    """Whether ``target`` (a viewport) took it."""
    actions = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction
    button, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for kind in (QDragEnterEvent, QDragMoveEvent):
        event = kind(at.toPoint(), actions, mime, button, keys)
        QApplication.sendEvent(target, event)
    last = QDropEvent(at, actions, mime, button, keys)
    QApplication.sendEvent(target, last)
    return last.isAccepted()
