from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QTabBar,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from esa_desktop.ui import theme
from esa_desktop.ui.palette import mixed
from esa_desktop.ui.theme import (
    DARK,
    LIGHT,
    Palette,
    apply_theme,
    contrast,
    palette_of,
    set_role,
    set_tone,
    theme_of,
)

GROUNDS = ("ground", "surface", "sunken")
TEXT_PAIRS = (
    *((text, ground) for text in ("ink", "ink2") for ground in (*GROUNDS, "accent_soft")),
    *(("accent", ground) for ground in ("ground", "surface", "accent_soft")),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    *((tone, ground) for tone in ("good", "warn", "bad") for ground in ("ground", "surface")),
    *((tone, f"{tone}_soft") for tone in ("good", "warn", "bad")),
    *(("ink", f"{tone}_soft") for tone in ("good", "warn", "bad")),
    ("warn", "accent_soft"),
    ("good", "accent_soft"),
)
MARKS = "ที่ป้ำ ญูฐุ ใฝ่รู้"


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    yield qapp
    apply_theme(qapp, dark=False)


def color(palette: Palette, name: str) -> str:
    return str(getattr(palette, name))


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_every_text_can_be_read_on_every_ground_it_occurs_on(
    palette: Palette, text: str, ground: str
) -> None:
    assert contrast(color(palette, text), color(palette, ground)) >= 4.5


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("border", ["edge", "accent"])
@pytest.mark.parametrize("ground", ["ground", "surface"])
def test_borders_of_controls_and_focus_stand_out(
    palette: Palette, border: str, ground: str
) -> None:
    assert contrast(color(palette, border), color(palette, ground)) >= 3


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_a_mixture_lies_between_its_colours() -> None:
    assert mixed("#000000", "#FFFFFF", 0.5) == "#808080"


def test_an_unknown_token_is_refused() -> None:
    with pytest.raises(KeyError):
        LIGHT.color("mauve")


def test_both_palettes_differ_in_every_token_but_paper() -> None:
    same = [name for name, value in asdict(LIGHT).items() if asdict(DARK)[name] == value]
    assert same == ["paper"]


def test_light_and_dark_dress_the_application(app: QApplication) -> None:
    for dark, palette in ((True, DARK), (False, LIGHT)):
        assert apply_theme(app, dark=dark) is palette
        assert palette_of(app) is palette
        assert app.palette().color(QPalette.ColorRole.Window) == QColor(palette.ground)
        assert palette.accent in app.styleSheet()


def test_the_system_is_followed_until_somebody_decides(app: QApplication) -> None:
    apply_theme(app, dark=None)
    worn = theme_of(app)
    assert worn is not None
    hints = app.styleHints()
    hints.setColorScheme(Qt.ColorScheme.Dark)
    expected = DARK if hints.colorScheme() is Qt.ColorScheme.Dark else LIGHT
    assert worn.palette is expected
    apply_theme(app, dark=False)
    hints.setColorScheme(Qt.ColorScheme.Dark)
    assert worn.palette is LIGHT


def test_a_change_of_theme_is_told(app: QApplication, qtbot: QtBot) -> None:
    apply_theme(app, dark=False)
    worn = theme_of(app)
    assert worn is not None
    with qtbot.waitSignal(worn.changed) as told:
        apply_theme(app, dark=True)
    assert told.args == [DARK]


def test_high_contrast_keeps_the_colours_of_the_system(
    app: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(theme, "high_contrast", lambda: True)
    apply_theme(app, dark=False)
    assert app.styleSheet() == ""
    assert app.palette().color(QPalette.ColorRole.Window) != QColor(LIGHT.ground)


def test_the_style_sheet_has_no_colour_of_its_own() -> None:
    from esa_desktop.ui.style_sheet import style_sheet

    blank = Palette(*["@"] * 16, paper="@")  # type: ignore[arg-type]
    object.__setattr__(blank, "accent", "#123456")
    for name in ("ink", "ink2", "surface"):
        object.__setattr__(blank, name, "#654321")
    known = {"#123456", "#654321", blank.accent_hover, blank.faint}
    words = style_sheet(blank, "/marks").replace(";", " ").split()
    assert {word for word in words if word.startswith("#")} <= known


def test_the_fonts_of_the_program_are_used(app: QApplication) -> None:
    apply_theme(app, dark=False)
    assert app.font().families()[0] == "Esa UI"
    assert app.font().pointSizeF() == 11
    assert "TH Sarabun New" in theme.load_fonts()
    assert theme.editor_font(2.0).pointSizeF() == 36


def test_qt_never_looks_for_a_font_by_its_path(
    app: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    """FreeType on Windows finds none in a folder with a Thai name."""
    monkeypatch.setattr(theme.QFontDatabase, "addApplicationFont", lambda _path: -1)
    assert "TH Sarabun New" in theme.load_fonts()


def widgets(parent: QWidget) -> list[QWidget]:
    column = QVBoxLayout(parent)
    main, plain, quiet = QPushButton("แนบหลักฐาน"), QPushButton("ส่งงาน"), QPushButton("ยกเลิก")
    set_role(main, "main")
    set_role(quiet, "quiet")
    combo = QComboBox()
    combo.addItems([MARKS])
    made = [main, plain, quiet, QLineEdit(MARKS), QCheckBox(MARKS), combo, QTextEdit(MARKS)]
    for widget in made:
        column.addWidget(widget)
    return made


def test_focus_is_seen_and_moves_nothing(app: QApplication, qtbot: QtBot) -> None:
    apply_theme(app, dark=False)
    window = QWidget()
    qtbot.addWidget(window)
    made = widgets(window)
    window.show()
    window.setFocus()
    for widget in made:
        before, size = widget.grab().toImage(), widget.sizeHint()
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        app.processEvents()
        assert widget.hasFocus()
        assert widget.sizeHint() == size, type(widget).__name__
        assert accented(widget.grab().toImage()) > accented(before), type(widget).__name__
        window.setFocus()


def accented(image: QImage) -> int:
    """Pixels in the colour focus is shown in: accent, or ink around the filled button."""
    at = ((x, y) for x in range(image.width()) for y in range(image.height()))
    found = [image.pixelColor(x, y).rgb() for x, y in at]
    accents = found.count(QColor(LIGHT.accent).rgb())
    return found.count(QColor(LIGHT.ink).rgb()) if accents > len(found) / 2 else accents


@pytest.mark.parametrize("role", ["", "pageTitle", "title", "heading", "second", "code"])
def test_no_label_cuts_thai_marks(app: QApplication, qtbot: QtBot, role: str) -> None:
    apply_theme(app, dark=False)
    page = QWidget()
    set_role(page, "page")
    qtbot.addWidget(page)
    label = QLabel(MARKS, page)
    set_role(label, role)
    label.adjustSize()
    page.show()
    # Of what is behind a label only its parent knows.
    assert not touched(page.grab(label.geometry()).toImage(), LIGHT.ground)


def test_no_tab_cuts_thai_marks(app: QApplication, qtbot: QtBot) -> None:
    apply_theme(app, dark=False)
    page = QWidget()
    set_role(page, "page")
    qtbot.addWidget(page)
    bar = QTabBar(page)
    bar.addTab("อื่น")
    bar.addTab(MARKS)
    bar.adjustSize()
    page.show()
    picture = page.grab(bar.tabRect(1)).toImage()
    # The tab draws its own line below; the ink must end above it.
    assert not touched(picture.copy(0, 0, picture.width(), picture.height() - 3), LIGHT.ground)


def touched(image: QImage, ground: str) -> bool:
    rows = (0, image.height() - 1)
    background = QColor(ground).rgb()
    return any(
        image.pixelColor(x, y).rgb() != background for x in range(image.width()) for y in rows
    )


def test_controls_have_the_heights_of_the_design(app: QApplication, qtbot: QtBot) -> None:
    apply_theme(app, dark=False)
    window = QWidget()
    qtbot.addWidget(window)
    *controls, _text = widgets(window)
    window.show()
    heights = {type(widget).__name__: widget.sizeHint().height() for widget in controls}
    assert heights["QPushButton"] == heights["QCheckBox"] == 32
    # Qt adds a pixel or two of its own to fields; a row of both must still look even.
    assert all(32 <= height <= 34 for height in heights.values())
    tabs = QTabBar(window)
    tabs.addTab("กรอกข้อมูล")
    assert tabs.sizeHint().height() == 38


def test_a_role_set_later_is_seen(app: QApplication, qtbot: QtBot) -> None:
    apply_theme(app, dark=False)
    label = QLabel(MARKS)
    qtbot.addWidget(label)
    label.show()
    plain = label.sizeHint()
    set_role(label, "pageTitle")
    assert label.sizeHint().height() > plain.height()
    set_tone(label, "bad")
    inks = {
        label.grab().toImage().pixelColor(x, y).rgb()
        for x in range(label.width())
        for y in range(label.height())
    }
    assert QColor(LIGHT.bad).rgb() in inks


def test_a_tick_is_drawn_in_a_ticked_box(app: QApplication, qtbot: QtBot) -> None:
    apply_theme(app, dark=False)
    box = QCheckBox("มีการดำเนินการ")
    box.setChecked(True)
    qtbot.addWidget(box)
    box.show()
    picture = box.grab().toImage()
    corner = picture.copy(0, 0, 26, box.height())
    pixels = [corner.pixelColor(x, y).rgb() for x in range(26) for y in range(corner.height())]
    assert pixels.count(QColor(LIGHT.accent).rgb()) > 80
    assert QColor(LIGHT.on_accent).rgb() in pixels
    assert box.sizeHint().height() >= QSize(0, 28).height()
