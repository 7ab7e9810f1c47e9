"""What is put upon pages: a QR code that can be read, a place to sign that covers nothing."""

from pathlib import Path

import pytest
import segno
from PIL import Image as Pictures
from PIL import ImageChops

from esa_desktop.report.binder.qr_code import LONGEST, QUIET, can_be_code, qr_path
from esa_desktop.report.binder.stamps import QR
from tests.report.binder.made import Office, bound, changed, pdf, rendered

BARE = dict.fromkeys(
    ("cover", "spine", "index", "standard_dividers", "indicator_dividers", "issue_dividers"), False
)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    folder = tmp_path / "files"
    folder.mkdir()
    return Office(folder)


def modules(picture: Pictures.Image, box: tuple[int, int, int, int], count: int) -> list[list[int]]:
    """What a telephone sees in a square of so many modules a side: 1 is black."""
    step = (box[2] - box[0]) / count
    return [
        [
            int(picture.getpixel((int(box[0] + (x + 0.5) * step), int(box[1] + (y + 0.5) * step))) < 128)  # type: ignore[operator]
            for x in range(count)
        ]
        for y in range(count)
    ]  # fmt: skip


@pytest.mark.parametrize("corner", ["top-right", "bottom-left"])
def test_the_code_beside_the_first_stamp_is_that_of_the_item(
    office: Office, tmp_path: Path, corner: str
) -> None:
    office.item("1.1.1", "ก", office.keep("a.pdf", pdf("", "")))
    path = bound(office, tmp_path / "out", **BARE, qr=True, corner=corner).paths[0]
    expected = [list(row) for row in segno.make("1.1.1-01", error="m", micro=False).matrix]
    first, second = (rendered(path, n, tmp_path, 300).convert("L") for n in (1, 2))
    only = ImageChops.difference(first, second)
    dark = only.point(lambda v: 255 if v > 128 else 0)
    width = first.width
    # the stamp's box is in both pages nearly alike: the code is the block away from the edge
    inner = dark.crop((0, 0, width, first.height)).getbbox()
    assert inner is not None
    side = round(QR / 72 * 300 * len(expected) / (len(expected) + 2 * QUIET))
    left = inner[0] if corner.endswith("right") else inner[2] - side
    top = inner[1] if corner.startswith("top") else inner[3] - side
    assert modules(first, (left, top, left + side, top + side), len(expected)) == expected
    assert office.items["item-1.1.1-1"].code == "1.1.1-01"


def test_only_words_short_enough_for_paper_become_codes() -> None:
    assert can_be_code("https://www.example.go.th/เอกสาร")
    assert not can_be_code("")
    assert not can_be_code("x" * (LONGEST + 1))
    assert qr_path("x" * LONGEST, 0, 0, 100).endswith("Q")


def test_the_place_to_sign_covers_nothing_and_is_seen_on_a_dark_scan(
    office: Office, tmp_path: Path
) -> None:
    office.item("1.1.1", "ก", office.keep("a.pdf", pdf("")))
    office.item("1.1.1", "ข", office.keep("b.pdf", black_page()))
    path = bound(office, tmp_path / "out", **BARE, certified=True, stamp=False).paths[0]
    on_white, on_black = (rendered(path, n, tmp_path, 150).convert("L") for n in (1, 2))
    box = on_white.point(lambda v: 255 if v < 128 else 0).getbbox()
    assert box is not None
    assert box[0] > on_white.width / 2
    assert box[1] > on_white.height * 2 / 3
    inside = on_black.crop(box).histogram()
    assert sum(inside[200:]) > 500  # the halo
    assert sum(inside[:50]) > sum(inside) / 2  # and the scan between the letters


def black_page() -> bytes:
    return changed(
        pdf(""), lambda d: d.pages[0].contents_add(b"0 g 0 0 600 850 re f", prepend=False)
    )


def test_no_place_to_sign_on_pages_of_the_program(office: Office, tmp_path: Path) -> None:
    office.item("1.1.1", "ก", place="ตู้ ๑")
    office.item("1.1.1", "ข", office.keep("a.pdf", pdf("x")))
    texts = bound(office, tmp_path / "out", **BARE, certified=True).texts()
    assert ["สำเนาถูกต้อง" in text for text in texts] == [False, True]


def test_a_page_too_small_to_sign_has_only_its_stamp(office: Office, tmp_path: Path) -> None:
    office.item("1.1.1", "ก", office.keep("a.pdf", pdf("", size=(150, 300))))
    (text,) = bound(office, tmp_path / "out", **BARE, certified=True).texts()
    assert "สำเนาถูกต้อง" not in text
    assert "๑.๑.๑-๐๑(๑/๑)" in text


def test_place_to_sign_and_stamp_never_share_a_corner(office: Office, tmp_path: Path) -> None:
    office.item("1.1.1", "ก", office.keep("a.pdf", pdf("")))
    path = bound(office, tmp_path / "out", **BARE, certified=True, corner="bottom-right").paths[0]
    shown = rendered(path, 1, tmp_path).convert("L").point(lambda v: 255 if v < 128 else 0)
    middle = shown.crop((shown.width * 2 // 5, 0, shown.width * 3 // 5, shown.height))
    assert middle.getbbox() is None
    assert shown.crop((0, shown.height // 2, shown.width // 2, shown.height)).getbbox()
