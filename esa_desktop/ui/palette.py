"""The colours of the program, light and dark: the only place that names one."""

from dataclasses import dataclass, fields
from typing import Final

from PySide6.QtGui import QColor


@dataclass(frozen=True, slots=True)
class Palette:
    """One set of colours, ``#RRGGBB``; what each is for is in its comment.

    Ratios are kept by a test: text 4.5, borders of controls and focus 3.
    """

    ground: str
    """The page behind everything, group rows of tables."""
    surface: str
    """Bars, panes, cards, editors."""
    sunken: str
    """Wells: the segmented switch, the empty part of a bar, the desk under the print preview."""
    line: str
    """Hairlines and card edges; decoration, never the only border of a control."""
    edge: str
    """Borders of controls, scroll handles."""
    ink: str
    ink2: str
    """Second line, placeholder, idle tab. There is no third grey."""
    accent: str
    """Main button, chosen, focus, links, codes."""
    on_accent: str
    accent_soft: str
    """The chosen row or card."""
    good: str
    good_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    is_dark: bool = False
    paper: str = "#FFFFFF"
    """Pages and thumbnails stay white in the dark: what is printed is black on white."""

    def color(self, token: str) -> QColor:
        """The colour of a token by name; ``KeyError`` for a name that is none."""
        if token not in TOKENS:
            raise KeyError(token)
        return QColor(getattr(self, token))

    @property
    def accent_hover(self) -> str:
        """The accent under the mouse: a step towards ink, so text on it only gains contrast."""
        return mixed(self.accent, self.ink, 0.15)

    @property
    def faint(self) -> str:
        """Ink of what cannot be used just now (exempt from contrast rules, WCAG 1.4.3)."""
        return mixed(self.ink2, self.surface, 0.4)


TOKENS: Final = frozenset(field.name for field in fields(Palette)) - {"is_dark"}

LIGHT: Final = Palette(
    ground="#F3F4F6",
    surface="#FFFFFF",
    sunken="#E9ECF0",
    line="#DADFE5",
    edge="#7F8995",
    ink="#1A2027",
    ink2="#4C5663",
    accent="#16579F",
    on_accent="#FFFFFF",
    accent_soft="#E2ECF8",
    good="#1C6838",
    good_soft="#E2F1E7",
    warn="#855000",
    warn_soft="#FBF0DD",
    bad="#A5241E",
    bad_soft="#FBE7E5",
)
DARK: Final = Palette(
    ground="#191C20",
    surface="#21252A",
    sunken="#2C3138",
    line="#383F48",
    edge="#7C8793",
    ink="#E9ECF0",
    ink2="#B4BDC8",
    accent="#86B9F4",
    on_accent="#0E1A28",
    accent_soft="#263950",
    good="#82CD9A",
    good_soft="#20382B",
    warn="#E8BA6E",
    warn_soft="#3B311F",
    bad="#F59A92",
    bad_soft="#45292A",
    is_dark=True,
)


def mixed(one: str, other: str, share: float) -> str:
    """``one`` with ``share`` (0 to 1) of ``other`` in it."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a * (1 - share) + b * share):02X}" for a, b in pairs)


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.1 between two colours, 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(color: str) -> float:
    shares = (channel / 255 for channel in _channels(color))
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares)
    return float(sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True)))


def _channels(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)
