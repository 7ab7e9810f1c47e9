from dataclasses import dataclass

import pytest

from esa_desktop.foreign.drawn import MOST_PIXELS, fitting
from esa_desktop.foreign.pdf import _packed
from esa_desktop.foreign.trouble import Unshowable


@dataclass
class Bitmap:
    """What PDFium drew, with rows padded as it likes."""

    width: int
    height: int
    stride: int
    buffer: bytes
    n_channels: int = 3


def test_rows_are_packed_however_they_were_padded() -> None:
    padded = b"".join(bytes([row] * 9) + b"\xff" * 3 for row in range(4))

    picture = _packed(Bitmap(3, 4, 12, padded))

    assert picture.rgb == b"".join(bytes([row] * 9) for row in range(4))


def test_a_bitmap_of_other_colours_is_not_taken_for_one_of_three() -> None:
    with pytest.raises(Unshowable):
        _packed(Bitmap(3, 4, 12, b"\0" * 48, n_channels=4))


@pytest.mark.parametrize(
    ("size", "box", "scale"),
    [((100, 50), (200, 200), 2.0), ((100, 50), (200, 50), 1.0), ((50, 100), (10, 1000), 0.2)],
)
def test_a_page_is_as_large_as_fits(
    size: tuple[int, int], box: tuple[int, int], scale: float
) -> None:
    assert fitting(*size, box) == scale


def test_however_large_the_box_the_pixels_are_bounded() -> None:
    scale = fitting(595, 842, (16_000, 16_000))

    assert 595 * 842 * scale**2 <= MOST_PIXELS + 1
