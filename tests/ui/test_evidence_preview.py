import dataclasses
import itertools
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from esa_desktop.domain.errors import Cancelled
from esa_desktop.domain.evidence import Evidence, EvidenceFile
from esa_desktop.domain.fields import item_field
from esa_desktop.services.reading import Drawing, Look, Reader
from esa_desktop.ui import preview_reading
from esa_desktop.ui.elided_label import ElidedLabel
from esa_desktop.ui.evidence_preview import EvidencePreview
from esa_desktop.ui.page_view import PageView
from esa_desktop.ui.preview_reading import LastWish, Seen, Wish
from esa_desktop.ui.theme import apply_theme
from esa_desktop.ui.words_view import WordsView
from tests.ui.rounds import Desk

CONTROL = Qt.KeyboardModifier.ControlModifier


class Shelf(Reader):
    """A reader that knows what is in every file, as long as it likes to take."""

    def __init__(self) -> None:
        super().__init__(children=0)
        self.pages: dict[str, int] = {}
        self.looks: dict[str, Look] = {}
        self.said: dict[str, tuple[str, ...]] = {}
        self.small: dict[str, tuple[int, int]] = {}
        self.slow: dict[str, float] = {}
        self.asked: list[tuple[str, tuple[int, int], int, int]] = []
        self.given_up: list[str] = []
        self.threads: set[int] = set()

    def draw(
        self,
        path: Path,
        name: str,
        box: tuple[int, int],
        *,
        page: int = 0,
        turn: int = 0,
        cancelled: Any = None,
    ) -> Drawing | None:
        self.threads.add(threading.get_ident())
        self.asked.append((path.name, box, page, turn))
        until = time.monotonic() + self.slow.get(path.name, 0.0)
        while time.monotonic() < until:
            time.sleep(0.005)
            if cancelled():
                self.given_up.append(path.name)
                raise Cancelled("ยกเลิก")
        if path.name not in self.pages:
            return None
        width, height = self.small.get(path.name, (210, 297))
        if turn % 2:
            width, height = height, width
        scale = min(box[0] / width, box[1] / height)
        if path.name in self.small:
            scale = min(scale, 1.0)
        width, height = round(width * scale), round(height * scale)
        shade = 10 + 40 * page
        return Drawing(width, height, bytes([shade]) * (3 * width * height), self.pages[path.name])

    def look(self, path: Path, name: str, *, cancelled: Any = None) -> Look:
        return self.looks.get(path.name, Look(sentence="แสดงไม่ได้ กรุณาแนบใหม่"))

    def words(self, path: Path, name: str, *, cancelled: Any = None) -> tuple[str, ...]:
        return self.said.get(path.name, ())


class Place:
    """The preview of a project of five items, and what it asked for."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.folder = folder
        self.editor = Desk().editor
        self.qtbot = qtbot
        self.reader = Shelf()
        self.preview = EvidencePreview(self, self.reader)  # type: ignore[arg-type]
        self.opened: list[str] = []
        self.closed = 0
        self.preview.open_requested.connect(self.opened.append)
        self.preview.closed.connect(self._count)
        self.add("one", "1.2.1-01", "คำสั่ง", "a.pdf", "b.pdf")
        self.reader.pages = {"a.pdf": 3, "b.pdf": 1}
        self.add("photo", "1.2.1-02", "ภาพ", "p.jpg")
        self.reader.pages["p.jpg"] = 1
        self.add("letter", "1.2.1-03", "บันทึก", "c.docx")
        self.reader.looks["c.docx"] = Look(kind="document")
        self.reader.said["c.docx"] = ("<b>เรื่อง</b>", "ประชุม")
        self.add("broken", "1.2.1-04", "รายงาน", "d.pdf")
        self.preview.resize(430, 560)
        self.preview.show()

    def path_of(self, sha256: str) -> Path:
        return self.folder / sha256

    def _count(self) -> None:
        self.closed += 1

    def add(self, item_id: str, code: str, title: str, *names: str, **more: Any) -> None:
        files = tuple(EvidenceFile(name, f"เอกสาร {name}", 9) for name in names)
        for name in names:
            (self.folder / name).write_bytes(b"x")
        self.put(Evidence(item_id, code, title, files=files, **more))

    def put(self, item: Evidence) -> None:
        self.editor.apply(self.editor.change(item_field(item.id), item))

    def item(self, item_id: str) -> Evidence:
        return self.editor.round.items[item_id]

    def show(self, item_id: str) -> None:
        before = len(self.reader.asked)
        self.preview.show_item(item_id)
        self.qtbot.waitUntil(lambda: len(self.reader.asked) > before)
        self.settle()

    def settle(self) -> None:
        """Until what was wished for has come."""
        wishes = self.preview._wishes
        self.qtbot.waitUntil(lambda: wishes.wish == wishes.granted and wishes._task is None)

    @property
    def view(self) -> PageView:
        return self.preview.findChild(PageView)

    @property
    def words(self) -> WordsView:
        return self.preview.findChild(WordsView)

    def button(self, name: str) -> QPushButton:
        return next(
            button
            for button in self.preview.findChildren(QPushButton)
            if button.accessibleName().startswith(name) or button.text() == name
        )

    def press(self, name: str) -> None:
        button = self.button(name)
        assert button.isVisible()
        assert button.isEnabled()
        button.click()

    def told(self) -> str:
        told = [*self.preview.findChildren(QLabel), *self.preview.findChildren(QPushButton)]
        return " | ".join(
            one.words if isinstance(one, ElidedLabel) else one.text()
            for one in told
            if one.isVisible()
        )

    def shade(self) -> int:
        assert self.view.isVisible()
        image = self.view.image
        assert image is not None
        return image.pixelColor(5, 5).red()


@pytest.fixture
def place(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Place]:
    apply_theme(qapp, dark=False)
    made = Place(qtbot, tmp_path)
    qtbot.addWidget(made.preview)
    yield made
    made.preview.release()


def test_the_first_page_fits_the_width_and_says_whose_it_is(place: Place) -> None:
    place.show("one")

    room = place.view.room().width()
    assert place.shade() == 10
    assert abs(place.view.page_size.width() - room) <= 1
    assert "๑.๒.๑-๐๑" in place.told()
    assert "คำสั่ง" in place.told()
    assert "ไฟล์ ๑ จาก ๒ · เอกสาร a.pdf" in place.told()
    assert "หน้า ๑ จาก ๓" in place.told()
    assert place.reader.threads.isdisjoint({threading.get_ident()})


def test_pages_are_turned_with_buttons_and_keys_and_end_at_the_ends(place: Place) -> None:
    place.show("one")

    place.press("หน้าถัดไป")
    place.settle()
    assert place.shade() == 50
    assert "หน้า ๒ จาก ๓" in place.told()
    QTest.keyClick(place.view, Qt.Key.Key_Right)
    place.settle()
    assert place.shade() == 90
    assert not place.button("หน้าถัดไป").isEnabled()
    QTest.keyClick(place.view, Qt.Key.Key_Right)
    place.settle()
    assert place.shade() == 90
    QTest.keyClick(place.view, Qt.Key.Key_Left)
    place.settle()
    assert place.shade() == 50


def test_page_down_reads_on_to_the_next_page(place: Place) -> None:
    place.show("one")
    down = place.view.verticalScrollBar()
    assert down.maximum() > 0

    QTest.keyClick(place.view, Qt.Key.Key_End)
    assert down.value() == down.maximum()
    QTest.keyClick(place.view, Qt.Key.Key_PageDown)
    place.settle()

    assert place.shade() == 50
    assert down.value() == 0


def test_the_next_file_begins_at_its_first_page(place: Place) -> None:
    place.show("one")
    place.press("หน้าถัดไป")
    place.settle()

    place.press("ไฟล์ถัดไป")
    place.settle()

    assert place.reader.asked[-1][0::2] == ("b.pdf", 0)
    assert "ไฟล์ ๒ จาก ๒" in place.told()
    assert "หน้า" not in place.told()
    assert not place.button("ไฟล์ถัดไป").isEnabled()


def test_one_item_after_the_other_and_back_begins_anew(place: Place) -> None:
    place.show("one")
    place.press("หน้าถัดไป")
    place.settle()
    place.show("photo")
    assert "ไฟล์" not in place.told()

    place.show("one")

    assert place.shade() == 10


def test_it_is_turned_by_quarters(place: Place) -> None:
    place.show("photo")
    for quarters in (1, 2, 3, 0):
        place.press("หมุน")
        place.settle()
        assert place.view.image is not None
        lies = place.view.image.width() > place.view.image.height()
        assert place.preview._wishes.granted is not None
        assert place.preview._wishes.granted.turn == quarters
        assert lies == bool(quarters % 2)


def wheel(view: QWidget, up: int) -> None:
    event = QWheelEvent(
        QPointF(50, 50),
        QPointF(view.mapToGlobal(QPoint(50, 50))),
        QPoint(),
        QPoint(0, 120 * up),
        Qt.MouseButton.NoButton,
        CONTROL,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, event)


def test_the_wheel_with_control_zooms_at_once_and_sharpens_soon(place: Place) -> None:
    place.show("one")
    room = place.view.room().width()

    wheel(place.view.viewport(), 1)
    at_once = place.view.page_size.width()
    place.settle()

    assert abs(at_once - room * 1.25) <= 2
    assert place.view.image is not None
    assert abs(place.view.image.width() - room * 1.25 * place.preview.devicePixelRatioF()) <= 2
    assert "๑๒๕%" in place.told()
    for _ in range(12):
        wheel(place.view.viewport(), -1)
    place.settle()
    assert "๕๐%" in place.told()
    assert not place.button("ย่อ").isEnabled()


def test_plus_and_minus_zoom_on_every_keyboard(place: Place) -> None:
    place.show("one")

    QTest.keyClick(place.view, Qt.Key.Key_Plus)
    QTest.keyClick(place.view, Qt.Key.Key_Equal)
    assert "๑๕๐%" in place.told()
    QTest.keyClick(place.view, Qt.Key.Key_Minus)
    assert "๑๒๕%" in place.told()
    for thai in "ข", "ช":  # what the Thai layout has on the keys of minus and plus
        key = QKeyEvent(QKeyEvent.Type.KeyPress, ord(thai), Qt.KeyboardModifier.NoModifier, thai)
        QApplication.sendEvent(place.view, key)
    assert "๑๒๕%" in place.told()
    place.settle()


def test_the_whole_page_fits_and_back(place: Place) -> None:
    place.show("one")

    place.press("ขนาดที่แสดง")
    place.settle()
    room = place.view.room()
    assert "พอดีหน้า" in place.told()
    assert place.view.page_size.height() <= room.height()
    assert place.view.verticalScrollBar().maximum() == 0
    place.press("ขยาย")  # from what a whole page comes to
    place.settle()
    assert place.view.page_size.height() > room.height() * 0.8
    place.press("ขนาดที่แสดง")
    place.press("ขนาดที่แสดง")
    place.settle()
    assert abs(place.view.page_size.width() - place.view.room().width()) <= 1


def test_what_is_in_the_middle_stays_there_while_zooming(place: Place) -> None:
    place.show("one")
    down = place.view.verticalScrollBar()
    down.setValue(down.maximum() // 2)
    before = (down.value() + place.view.viewport().height() / 2) / place.view.page_size.height()

    place.press("ขยาย")
    place.settle()

    after = (down.value() + place.view.viewport().height() / 2) / place.view.page_size.height()
    assert abs(after - before) < 0.03


def test_a_small_picture_stays_small_until_it_is_zoomed(place: Place) -> None:
    place.reader.small["p.jpg"] = (100, 80)
    place.show("photo")
    ratio = place.preview.devicePixelRatioF()
    assert place.view.page_size == QSize(100, 80) / ratio

    for _ in range(3):
        place.press("ขยาย")
    place.settle()

    assert place.view.page_size == QSize(100, 80) / ratio * 2


def test_another_width_draws_the_page_anew(place: Place, qtbot: QtBot) -> None:
    place.show("one")
    before = place.view.page_size.width()

    place.preview.resize(600, 560)
    qtbot.waitUntil(lambda: place.view.page_size.width() > before + 100)

    place.settle()
    assert place.shade() == 10


def test_a_copy_for_paper_is_enough_until_somebody_looks_closer(place: Place) -> None:
    file = dataclasses.replace(place.item("photo").files[0], printable="small", printable_size=1)
    place.put(dataclasses.replace(place.item("photo"), files=(file,)))
    (place.folder / "small").write_bytes(b"x")
    place.reader.pages["small"] = 1

    place.show("photo")
    assert [asked[0] for asked in place.reader.asked] == ["small"]
    place.press("ขยาย")
    place.settle()

    assert place.reader.asked[-1][0] == "p.jpg"


def test_a_copy_for_paper_that_is_gone_is_done_without(place: Place) -> None:
    file = dataclasses.replace(place.item("photo").files[0], printable="gone", printable_size=1)
    place.put(dataclasses.replace(place.item("photo"), files=(file,)))

    place.show("photo")

    assert place.shade() == 10


def test_words_are_shown_as_words(place: Place) -> None:
    place.show("letter")

    assert place.words.isVisible()
    assert place.words.text.toPlainText() == "<b>เรื่อง</b>\nประชุม"
    assert place.words.text.isReadOnly()
    assert "แสดงเฉพาะข้อความ" in place.told()
    assert not place.button("หมุน").isVisible()
    size = place.words.text.document().defaultFont().pointSizeF()
    wheel(place.words.text.viewport(), 1)
    assert place.words.text.document().defaultFont().pointSizeF() == size * 1.25


def test_what_cannot_be_shown_says_why_and_offers_another_program(place: Place) -> None:
    place.show("broken")

    assert "แสดงไฟล์นี้ไม่ได้" in place.told()
    assert "แสดงไม่ได้ กรุณาแนบใหม่" in place.told()
    next(
        button
        for button in place.preview.findChildren(QPushButton)
        if button.text() == "เปิดด้วยโปรแกรมอื่น"
    ).click()
    assert place.opened == ["broken"]


def test_a_program_is_not_offered_to_anybody(place: Place) -> None:
    place.put(Evidence("exe", "1.2.1-09", "โปรแกรม", files=(EvidenceFile("e", "a.pdf.exe", 1),)))
    (place.folder / "e").write_bytes(b"MZ")

    place.show("exe")

    assert "แสดงไฟล์นี้ไม่ได้" in place.told()
    assert "เปิดด้วยโปรแกรมอื่น" not in place.told()
    assert not place.button("เปิดด้วยโปรแกรมอื่น").isEnabled()


def test_a_file_that_is_gone_is_said_to_be(place: Place) -> None:
    (place.folder / "d.pdf").unlink()

    place.show("broken")

    assert "ไม่พบไฟล์" in place.told()
    assert "เปิดด้วยโปรแกรมอื่น" not in place.told()


@pytest.mark.parametrize(
    ("where", "said", "button"),
    [
        ("https://www.example.go.th/a", "https://www.example.go.th/a", True),
        ("ตู้ ๓ แฟ้ม ๒", "ตู้ ๓ แฟ้ม ๒", False),
        ("", "แนบไฟล์", False),
    ],
)
def test_an_item_without_a_file_says_where_it_is(
    place: Place, where: str, said: str, button: bool
) -> None:
    place.put(Evidence("web", "1.2.1-07", "ประกาศ", place=where))

    place.preview.show_item("web")

    assert said in place.told()
    assert ("เปิดที่อยู่เว็บ" in place.told()) == button
    if button:
        place.press("เปิดที่อยู่เว็บ")
        assert place.opened == ["web"]


def test_a_confidential_item_is_shown_when_somebody_says_so(place: Place) -> None:
    place.put(dataclasses.replace(place.item("one"), confidential=True))

    place.preview.show_item("one")
    assert "แสดงเอกสาร" in place.told()
    assert place.reader.asked == []
    place.press("แสดงเอกสาร")
    place.settle()

    assert place.shade() == 10
    assert "เอกสารลับ" in place.told()
    place.show("photo")
    assert "เอกสารลับ" not in place.told()
    place.show("one")
    assert place.shade() == 10


def test_what_becomes_confidential_is_covered_at_once(place: Place) -> None:
    place.show("one")

    place.put(dataclasses.replace(place.item("one"), confidential=True))

    assert not place.view.isVisible()
    assert "แสดงเอกสาร" in place.told()


def test_what_is_removed_while_it_is_seen_is_said_to_be_and_comes_back(place: Place) -> None:
    place.show("one")
    item = place.item("one")

    place.put(dataclasses.replace(item, binned=True))
    assert "ถูกนำออกแล้ว" in place.told()
    place.put(item)
    place.settle()

    assert place.shade() == 10


def test_another_title_is_told_without_reading_again(place: Place) -> None:
    place.show("one")
    asked = len(place.reader.asked)

    place.put(dataclasses.replace(place.item("one"), title="คำสั่งฉบับใหม่"))

    assert "คำสั่งฉบับใหม่" in place.told()
    assert len(place.reader.asked) == asked


def test_a_new_version_of_the_file_is_shown(place: Place) -> None:
    place.show("broken")
    place.reader.pages["new"] = 1

    place.put(dataclasses.replace(place.item("broken"), files=(EvidenceFile("new", "ใหม่.pdf", 1),)))
    place.settle()

    assert place.shade() == 10
    assert "ใหม่.pdf" in place.told()


def test_asked_quickly_only_the_last_is_shown(place: Place) -> None:
    place.reader.slow = dict.fromkeys(("a.pdf", "p.jpg", "c.docx", "d.pdf"), 0.05)
    came: list[Seen] = []
    place.preview._wishes.came.connect(came.append)

    for item in ("one", "photo", "letter", "broken", "one", "photo", "letter"):
        place.preview.show_item(item)
    place.settle()

    assert place.words.isVisible()
    assert len(place.reader.asked) <= 3
    assert len(came) == 1  # nor did anything else come by


def test_a_file_that_takes_for_ever_is_given_up_for_the_next(place: Place) -> None:
    place.reader.slow["a.pdf"] = 30
    begun = time.monotonic()

    place.preview.show_item("one")
    place.qtbot.waitUntil(lambda: "กำลังเปิด…" in place.told())
    place.preview.show_item("photo")
    place.settle()

    assert place.shade() == 10
    assert place.reader.given_up == ["a.pdf"]
    assert time.monotonic() - begun < 5


@pytest.mark.alone
def test_the_window_goes_on_while_a_file_is_read(place: Place) -> None:
    place.reader.slow["a.pdf"] = 0.4
    ticks = [time.monotonic()]
    timer = QTimer()
    timer.timeout.connect(lambda: ticks.append(time.monotonic()))
    timer.start(5)

    place.show("one")
    timer.stop()

    gaps = [later - earlier for earlier, later in itertools.pairwise(ticks)]
    assert len(gaps) > 20
    assert sorted(gaps)[len(gaps) * 9 // 10] < 0.05


def test_escape_and_the_button_close_it_and_nothing_is_read_on(place: Place) -> None:
    place.show("one")
    QTest.keyClick(place.view, Qt.Key.Key_Escape)
    assert place.closed == 1
    assert place.preview.item_id == ""
    assert place.view.image is None

    place.reader.slow["a.pdf"] = 30
    place.preview.show_item("one")
    place.press("ปิดภาพหลักฐาน")

    place.qtbot.waitUntil(lambda: place.preview._wishes._task is None)
    assert place.closed == 2


def test_all_that_takes_the_keyboard_has_a_name_and_is_large_enough(place: Place) -> None:
    place.show("one")

    for widget in place.preview.findChildren(QWidget):
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            assert widget.accessibleName(), widget
            assert widget.height() >= 28, widget


def test_it_may_die_while_it_reads(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    place = Place(qtbot, tmp_path)
    place.reader.slow["a.pdf"] = 30
    place.preview.show_item("one")
    qtbot.waitUntil(lambda: bool(place.reader.asked))

    place.preview.deleteLater()

    qtbot.waitUntil(lambda: place.reader.given_up == ["a.pdf"])
    place.put(dataclasses.replace(place.item("one"), title="x"))  # nobody listens any more


def test_a_closed_reader_is_not_asked_again_and_again(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    reader = Reader(children=1)
    reader.close()
    wishes = LastWish(reader)

    with qtbot.assertNotEmitted(wishes.came, wait=200):
        wishes.ask(Wish(tmp_path, "a.pdf", (9, 9)))
    assert wishes._task is None


def test_a_line_without_end_is_cut_for_the_eye(tmp_path: Path) -> None:
    reader = Shelf()
    reader.looks["t"] = Look(kind="text")
    reader.said["t"] = ("x" * 10_000,)

    found = preview_reading.seen(reader, Wish(tmp_path / "t", "a.txt", (9, 9)), lambda: False)

    assert [len(line) for line in found.words.splitlines()] == [4000, 4000, 2000]
    assert found == dataclasses.replace(Seen(), words=found.words)
