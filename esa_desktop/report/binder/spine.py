"""The spine label (สันแฟ้ม) of a volume, in two widths, with marks to cut along."""

from typing import Final

from esa_desktop.report.binder.front import VolumeWords
from esa_desktop.report.binder.own_pages import Label
from esa_desktop.report.binder.sentences import TITLE
from esa_desktop.report.book.column import BookSetting
from esa_desktop.report.document import Page
from esa_desktop.report.measures import MM
from esa_desktop.report.slugs import Pen
from esa_desktop.report.text_lines import Style
from esa_desktop.report.typesetter import BOLD, PLAIN

_HEIGHT: Final = 230 * MM
_WIDTHS: Final = (60 * MM, 30 * MM)
_BETWEEN: Final = 30 * MM
_CUT: Final = 6 * MM
"""Length of the marks at the corners."""
_APART: Final = 1.5 * MM
"""From the corner to its marks."""
_FOOT: Final = 0.2
"""Of the height, for the number of the volume."""
_NOTE: Final = "พิมพ์หน้านี้ด้านเดียว แล้วตัดป้ายที่พอดีกับสันแฟ้มตามรอย"


def spine_page(setting: BookSetting, words: VolumeWords) -> Page:
    m = setting.measures

    def draw(pen: Pen) -> None:
        across = sum(_WIDTHS) + _BETWEEN * (len(_WIDTHS) - 1)
        x = (m.paper[0] - across) / 2
        bottom = (m.paper[1] - _HEIGHT) / 2 + 6 * MM
        for width in _WIDTHS:
            pen.decoration(_marks(x, bottom, width))
            _draw_label(setting, pen, words, (x, bottom, width))
            x += width + _BETWEEN
        note = Label(setting.job.typesetter, _NOTE, m.small_size)
        pen.text(None, note.drawn((m.paper[0] - note.width) / 2, 16 * MM))

    return Page(m, draw, series="unnumbered", is_bare=True)


def _marks(x: float, bottom: float, width: float) -> str:
    """Two short lines at every corner, and a hair line between them that is cut away."""
    strokes = []
    for left, outward in ((x, -1), (x + width, 1)):
        for low, down in ((bottom, -1), (bottom + _HEIGHT, 1)):
            strokes.append(
                f"{left + outward * _APART:.2f} {low:.2f} m {left + outward * (_APART + _CUT):.2f} {low:.2f} l "
                f"{left:.2f} {low + down * _APART:.2f} m {left:.2f} {low + down * (_APART + _CUT):.2f} l"
            )  # fmt: skip
    frame = f"[2 3] 0 d 0.6 G {x:.2f} {bottom:.2f} {width:.2f} {_HEIGHT:.2f} re S"
    return f"q 0.4 w {' '.join(strokes)} S {frame} Q"


def _draw_label(
    setting: BookSetting, pen: Pen, words: VolumeWords, box: tuple[float, float, float]
) -> None:
    """Office, title and year along the spine, read from its foot upwards; the volume upright below."""
    x, bottom, width = box
    foot = _FOOT * _HEIGHT
    inner = width - 4 * MM
    long = _HEIGHT - foot - 8 * MM
    lines: list[tuple[str, float, Style]] = [
        (f"{TITLE}  ปีงบประมาณ พ.ศ. {words.year}", 0.34, BOLD),
        (words.office, 0.26, BOLD),
        (words.framework or words.codes, 0.17, PLAIN),
    ]
    lines = [line for line in lines if line[0]]
    step = inner / sum(share for _, share, _ in lines)
    at = x + 2 * MM
    for text, share, style in lines:
        room = share * step
        label = _fitting(setting, text, min(room * 0.72, 30.0), long, style)
        base = at + room / 2 + 0.28 * label.size
        start = bottom + foot + 4 * MM + (long - label.width) / 2
        pen.decoration(f"q 0 1 -1 0 {base:.2f} {start:.2f} cm {label.drawn(0, 0)} Q")
        at += room
    pen.decoration(f"q 1 w {x:.2f} {bottom + foot:.2f} m {x + width:.2f} {bottom + foot:.2f} l S Q")
    _draw_foot(setting, pen, words, (x, bottom, width, foot))


def _draw_foot(
    setting: BookSetting, pen: Pen, words: VolumeWords, box: tuple[float, float, float, float]
) -> None:
    x, bottom, width, foot = box
    room = width - 3 * MM
    volume = words.volume.split(" จาก ")
    first, _, last = words.codes.removeprefix("รหัส ").partition(" ถึง ")
    lines = [
        (volume[0] or "เล่มเดียว", 26.0, BOLD),
        (f"จาก {volume[1]} เล่ม" if len(volume) > 1 else "", 15.0, PLAIN),
        (first, 15.0, BOLD),
        ("ถึง" if last else "", 12.0, PLAIN),
        (last, 15.0, BOLD),
    ]
    labels = [_fitting(setting, text, size, room, style) for text, size, style in lines if text]
    steps = [label.size * 1.25 for label in labels]
    y = bottom + foot - (foot - sum(steps)) / 2
    for label, step in zip(labels, steps, strict=True):
        y -= step
        pen.decoration(label.drawn(x + (width - label.width) / 2, y + 0.3 * step))


def _fitting(setting: BookSetting, words: str, size: float, room: float, style: Style) -> Label:
    size *= setting.job.typesetter.typeface.relative_size
    label = Label(setting.job.typesetter, words, size, style)
    if label.width > room:
        label = Label(setting.job.typesetter, words, size * room / label.width, style)
    return label
