from __future__ import annotations

import gc
import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from esa_desktop.domain.assessment import Status
from esa_desktop.paths import resources_folder
from esa_desktop.ui.icons import STATUS, app_icon, icon, pixmap, status_icon
from esa_desktop.ui.theme import DARK, LIGHT, apply_theme

NAMES = sorted(path.stem for path in (resources_folder() / "icons").glob("*.svg"))


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> Iterator[None]:
    apply_theme(qapp, dark=False)
    yield
    apply_theme(qapp, dark=False)


def inks(image: QImage) -> set[str]:
    """Colours of the pixels that are wholly covered."""
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {pixel.name().upper() for pixel in pixels if pixel.alpha() == 255}


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_can_be_drawn(name: str) -> None:
    assert QSvgRenderer(str(resources_folder() / "icons" / f"{name}.svg")).isValid()
    assert inks(pixmap(name, "ink2", 28).toImage())


def test_icons_are_different_from_each_other() -> None:
    drawn = {name: pixmap(name, "ink", 24).toImage() for name in NAMES}
    pairs = [(a, b) for a in NAMES for b in NAMES if a < b and drawn[a] == drawn[b]]
    assert pairs == []


def test_icons_take_their_colour_from_the_palette_only() -> None:
    for name in NAMES:
        svg = (resources_folder() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
        ours = name.removesuffix("-small") in ("app-icon", "document")
        assert ours or not re.search("#[0-9A-Fa-f]{3,8}", svg), name


def test_an_icon_wears_the_colour_of_its_token_and_follows_the_theme(qapp: QApplication) -> None:
    warning = icon("warning", "warn")
    assert LIGHT.warn in inks(warning.pixmap(QSize(28, 28), 1.0).toImage())
    apply_theme(qapp, dark=True)
    assert DARK.warn in inks(warning.pixmap(QSize(28, 28), 1.0).toImage())


def test_the_tick_of_complete_is_cut_out_in_the_surface() -> None:
    drawn = inks(status_icon("complete").pixmap(QSize(28, 28), 1.0).toImage())
    assert {LIGHT.good, LIGHT.surface} <= drawn


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0, 3.0])
def test_an_icon_is_drawn_in_the_pixels_of_the_screen(ratio: float) -> None:
    picture = icon("print").pixmap(QSize(20, 20), ratio)
    assert picture.width() == round(20 * ratio)
    assert picture.devicePixelRatio() == ratio
    assert pixmap("print", "ink", 20, ratio).width() == round(20 * ratio)


def test_a_disabled_icon_is_fainter() -> None:
    drawn = icon("print", "ink").pixmap(QSize(28, 28), 1.0, QIcon.Mode.Disabled).toImage()
    assert inks(drawn)
    assert LIGHT.ink not in inks(drawn)
    assert QColor(LIGHT.faint).name().upper() in inks(drawn)


def test_every_status_of_the_domain_has_a_mark_of_its_own() -> None:
    assert {status.value for status in Status} <= set(STATUS)
    domain = [STATUS[status.value] for status in Status]
    assert len(set(domain)) == len(domain)
    assert all(not status_icon(status).isNull() for status in STATUS)


def test_unknown_names_and_tokens_are_refused() -> None:
    with pytest.raises(FileNotFoundError):
        icon("no-such-icon")
    with pytest.raises(KeyError):
        icon("print", "mauve")


def test_icons_outlive_what_made_them(qtbot: QtBot) -> None:
    for _ in range(50):
        button = QToolButton()
        button.setIcon(icon("print"))
        copy = QIcon(button.icon())
        del button
        gc.collect(0)
        assert copy.pixmap(16, 16).width() >= 16


def test_the_programs_sign_has_the_sizes_windows_asks_for() -> None:
    sides = {size.width() for size in app_icon().availableSizes()}
    assert {16, 24, 32, 48, 256} <= sides
