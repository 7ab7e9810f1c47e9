"""The look of the program: fonts, style sheet, colours that follow the system's light and dark."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QObject, Qt, QTemporaryDir, Signal
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from esa_desktop.paths import fonts_folder
from esa_desktop.ui.palette import DARK, LIGHT, TOKENS, Palette, contrast
from esa_desktop.ui.style_sheet import style_sheet

__all__ = [
    "DARK",
    "LIGHT",
    "TOKENS",
    "Palette",
    "Theme",
    "apply_theme",
    "contrast",
    "editor_font",
    "high_contrast",
    "interface_font",
    "load_fonts",
    "palette_of",
    "set_role",
    "set_tone",
    "theme_of",
]

INTERFACE_FAMILIES: Final = ["Esa UI", "Sarabun"]
"""Esa UI is Sarabun with a box tall enough for ที่ and ญู; Sarabun alone cuts marks in Qt."""
EDITOR_FAMILIES: Final = ["TH Sarabun New", "Sarabun"]
BODY: Final = 11.0
SECOND: Final = 10.5
EDITOR: Final = 18.0
"""In points, like the two above. TH Sarabun New is small for its size: 18 reads as 11 elsewhere."""

_STROKE: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" fill="none" stroke="{color}" '
    'stroke-width="{width}" stroke-linecap="round" stroke-linejoin="round"><path d="{path}"/></svg>'
)
_MARKS: Final = {
    "tick": ("on_accent", 2, "M3.5 8.3l3 3L12.500 5"),
    "dash": ("on_accent", 2, "M4 8h8"),
    "dot": ("on_accent", 6, "M8 8h.01"),
    "down": ("ink2", 1.5, "M4 6.500l4 4 4-4"),
    "up": ("ink2", 1.5, "M4 9.500l4-4 4 4"),
    "right": ("ink2", 1.5, "M6.500 4l4 4-4 4"),
}


_NAME: Final = "theme"


class Theme(QObject):
    """The palette in use; a child of the application, found again with `theme_of`."""

    changed = Signal(object)
    """Emitted with the new `Palette` after the application wears it."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.setObjectName(_NAME)
        self._app = app
        self._dark: bool | None = None
        self._marks = QTemporaryDir()
        self.palette = LIGHT
        app.styleHints().colorSchemeChanged.connect(self._follow)

    def wear(self, *, dark: bool | None) -> Palette:
        """``None`` follows the system, now and when it changes."""
        self._dark = dark
        hints = self._app.styleHints()
        if dark is None:
            hints.unsetColorScheme()
        else:
            # Windows paints the title bar by this; bare X11 ignores it.
            hints.setColorScheme(Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light)
        self._put_on()
        return self.palette

    def _follow(self) -> None:
        if self._dark is None:
            self._put_on()

    def _put_on(self) -> None:
        dark = self._dark
        if dark is None:
            dark = self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark
        self.palette = DARK if dark else LIGHT
        self._app.setFont(interface_font())
        if high_contrast():
            # The person's own colours must win everywhere: no style sheet, no palette of ours.
            self._app.setStyleSheet("")
            self._app.setPalette(QPalette())
        else:
            self._app.setPalette(qt_palette(self.palette))
            self._app.setStyleSheet(style_sheet(self.palette, self._draw_marks()))
        self.changed.emit(self.palette)

    def _draw_marks(self) -> str:
        """A folder of its own for each palette, since Qt keeps pictures by their path."""
        folder = Path(self._marks.path()) / ("dark" if self.palette.is_dark else "light")
        folder.mkdir(exist_ok=True)
        for name, (token, width, path) in _MARKS.items():
            color = getattr(self.palette, token)
            svg = _STROKE.format(color=color, width=width, path=path)
            (folder / f"{name}.svg").write_text(svg, encoding="utf-8")
        return folder.as_posix()


def apply_theme(app: QApplication, *, dark: bool | None = None) -> Palette:
    """Dress the application; may be called again when the setting changes.

    ``dark``: ``True``, ``False``, or ``None`` to follow the system.
    """
    theme = theme_of(app)
    if theme is None:
        load_fonts()
        app.setStyle(QStyleFactory.create("Fusion"))
        theme = Theme(app)
    return theme.wear(dark=dark)


def theme_of(app: QObject | None) -> Theme | None:
    if app is None:
        return None
    # By name: for a class of ours PySide makes objects of all that Qt has there, at a start 5 ms.
    found = app.findChild(QObject, _NAME)
    return found if isinstance(found, Theme) else None


def palette_of(app: QObject | None) -> Palette:
    """The colours in use; the light ones before `apply_theme`."""
    theme = theme_of(app)
    return theme.palette if theme else LIGHT


def load_fonts() -> tuple[str, ...]:
    """Register the fonts that come with the program; the families found."""
    families: list[str] = []
    for path in sorted(fonts_folder().glob("*.ttf")):
        # As bytes: where Qt uses FreeType on Windows, it finds no file in a folder with a Thai name.
        number = QFontDatabase.addApplicationFontFromData(QByteArray(path.read_bytes()))
        families += QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return tuple(dict.fromkeys(families))


def interface_font(points: float = BODY, *, semibold: bool = False) -> QFont:
    return _font(INTERFACE_FAMILIES, points, QFont.Weight.DemiBold if semibold else None)


def editor_font(zoom: float = 1.0) -> QFont:
    """The letter of the editors, 18 pt at ``zoom`` 1."""
    return _font(EDITOR_FAMILIES, EDITOR * zoom, None)


def _font(families: list[str], points: float, weight: QFont.Weight | None) -> QFont:
    font = QFont(families)
    font.setPointSizeF(points)
    if weight is not None:
        font.setWeight(weight)
    return font


def high_contrast() -> bool:
    """Whether the person asked the system for more contrast (Windows: a contrast theme)."""
    hints = QGuiApplication.styleHints()
    if not hasattr(hints, "accessibility"):
        return False  # Qt before 6.10 does not know
    return hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget its look; see `esa_desktop.ui.style_sheet` for the roles there are."""
    set_look(widget, "role", role)


def set_tone(widget: QWidget, tone: str) -> None:
    """Colour of meaning: ``good``, ``warn``, ``bad``, ``accent``, or empty for none."""
    set_look(widget, "tone", tone)


def set_look(widget: QWidget, name: str, value: object) -> None:
    """Set a property the style sheet selects by, and look again at the sheet."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return  # it looks when it is first seen or measured
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def qt_palette(palette: Palette) -> QPalette:
    """The same colours for all that Qt paints without the style sheet."""
    roles = {
        QPalette.ColorRole.Window: palette.ground,
        QPalette.ColorRole.WindowText: palette.ink,
        QPalette.ColorRole.Base: palette.surface,
        QPalette.ColorRole.AlternateBase: palette.ground,
        QPalette.ColorRole.ToolTipBase: palette.surface,
        QPalette.ColorRole.ToolTipText: palette.ink,
        QPalette.ColorRole.PlaceholderText: palette.ink2,
        QPalette.ColorRole.Text: palette.ink,
        QPalette.ColorRole.Button: palette.surface,
        QPalette.ColorRole.ButtonText: palette.ink,
        QPalette.ColorRole.BrightText: palette.bad,
        QPalette.ColorRole.Light: palette.surface,
        QPalette.ColorRole.Midlight: palette.sunken,
        QPalette.ColorRole.Mid: palette.line,
        QPalette.ColorRole.Dark: palette.edge,
        QPalette.ColorRole.Shadow: palette.edge,
        QPalette.ColorRole.Highlight: palette.accent,
        QPalette.ColorRole.HighlightedText: palette.on_accent,
        QPalette.ColorRole.Accent: palette.accent,
        QPalette.ColorRole.Link: palette.accent,
        QPalette.ColorRole.LinkVisited: palette.accent,
    }
    made = QPalette()
    for role, color in roles.items():
        made.setColor(role, color)
    for role in (
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
        QPalette.ColorRole.PlaceholderText,
    ):
        made.setColor(QPalette.ColorGroup.Disabled, role, palette.faint)
    return made
