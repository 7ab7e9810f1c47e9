from io import BytesIO

import pytest
from PIL import Image as Pictures

from esa_desktop.report.pictures import upright_picture
from esa_desktop.report.printable_picture import FINEST, printable_picture


def saved(mode: str, size: tuple[int, int], kind: str = "PNG") -> bytes:
    made = Pictures.effect_noise(size, 60).convert(mode)
    written = BytesIO()
    made.save(written, kind)
    return written.getvalue()


def shown(content: bytes) -> tuple[str, tuple[int, int], str | None]:
    with Pictures.open(BytesIO(content)) as opened:
        opened.load()
        return opened.mode, opened.size, opened.format


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_a_picture_no_finer_than_paper_is_left_as_it_is(mode: str) -> None:
    picture = saved(mode, (300, 200))
    assert printable_picture(picture, 72.0, 48.0) == picture


@pytest.mark.parametrize(
    ("mode", "kind"),
    [("RGB", "JPEG"), ("L", "JPEG"), ("RGB", "PNG"), ("P", "PNG"), ("1", "PNG"), ("LA", "PNG")],
)
def test_a_finer_picture_has_as_many_pixels_as_paper_shows(mode: str, kind: str) -> None:
    picture = saved(mode, (1600, 800), kind)

    found, size, form = shown(printable_picture(picture, 72.0, 36.0))

    assert size == (FINEST, FINEST // 2)
    assert form == kind
    assert found in {"L", "LA", "RGB", "RGBA"}


def test_a_photograph_of_ink_is_made_light_and_small_at_once() -> None:
    picture = saved("CMYK", (1600, 800), "JPEG")
    assert shown(printable_picture(picture, 72.0, 36.0)) == ("RGB", (300, 150), "JPEG")


def test_a_picture_too_large_for_the_memory_is_no_picture() -> None:
    enormous = BytesIO()
    Pictures.new("1", (7000, 6000)).save(enormous, "PNG")

    assert upright_picture(enormous.getvalue()) is None


def test_a_large_photograph_is_read_small() -> None:
    large = BytesIO()
    Pictures.new("RGB", (7000, 6000), "green").save(large, "JPEG")

    found = upright_picture(large.getvalue())

    assert found is not None
    assert found[1] == (7000, 6000)
    mode, (across, down), form = shown(printable_picture(found[0], 144.0, 123.4))
    assert (mode, form) == ("RGB", "JPEG")
    assert across == pytest.approx(600, abs=3)
    assert down == pytest.approx(514, abs=3)
