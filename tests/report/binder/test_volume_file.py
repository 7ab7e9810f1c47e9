"""Objects written one by one make a file every reader opens; what is taken back was never there."""

import tempfile
from pathlib import Path

import pikepdf
from hypothesis import given, settings
from hypothesis import strategies as st

from esa_desktop.report.binder.leaf import Leaf, visible_box
from esa_desktop.report.binder.own_pages import fonts_of
from esa_desktop.report.binder.volume import Bookmark, Volume, text_string
from esa_desktop.report.binder.volume_file import VolumeFile
from esa_desktop.report.fonts import typeface
from esa_desktop.report.typesetter import Typesetter
from tests.report.books import bookmarks, page_labels

FONTS = fonts_of(Typesetter(typeface("Sarabun")))


def test_what_is_taken_back_leaves_the_very_same_file(tmp_path: Path) -> None:
    contents = []
    for detour in (False, True):
        file = VolumeFile(tmp_path / f"{detour}.pdf")
        file.add(b"<</First true>>")
        if detour:
            mark = file.mark()
            file.add_text(b"0 g " * 50_000)
            file.reserve()
            file.layers[file.reserve()] = True
            file.take_back(mark)
            file.suspend()
            file.resume()
        root = file.add(b"<</Type/Catalog>>")
        file.finish(root, file.add(b"<<>>"), b"i" * 16)
        assert file.layers == {}
        file.close()
        contents.append(file.path.read_bytes())
    assert contents[0] == contents[1]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.booleans()), min_size=1, max_size=120))
def test_pages_labels_and_bookmarks_of_any_number_are_read_back(
    steps: list[tuple[int, bool]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        read_back(Path(folder), steps)


def read_back(folder: Path, steps: list[tuple[int, bool]]) -> None:
    volume = Volume(folder / "v.pdf", 1)
    expected = []
    for place, (depth, front) in enumerate(steps):
        page = volume.add(Leaf(content=b"0 g %d 0 9 9 re f" % place), f"ก{place}", front=front)
        deepest = volume.bookmarks[-1].depth + 1 if volume.bookmarks else 0
        volume.bookmarks.append(Bookmark(min(depth, deepest), f"ที่ {place} (x)", page))
        expected.append(page)
    pages, size = volume.finish(FONTS, "ชื่อ", "ผู้จัดทำ", "s")
    assert pages == len(steps)
    assert size == volume.file.path.stat().st_size
    order = [place for part in (True, False) for place, (_, f) in enumerate(steps) if f == part]
    assert page_labels(volume.file.path) == [f"ก{place}" for place in order]
    found = bookmarks(volume.file.path)
    assert [words for _, words, _ in found] == [f"ที่ {place} (x)" for place in range(len(steps))]
    assert [depth for depth, _, _ in found] == [mark.depth for mark in volume.bookmarks]
    assert [page for _, _, page in found] == [order.index(place) for place in range(len(steps))]
    with pikepdf.open(volume.file.path) as document:
        assert document.check_pdf_syntax() == []
        shown = [page.obj.Contents.read_bytes() for page in document.pages]
        assert shown == [b"0 g %d 0 9 9 re f" % place for place in order]


def test_the_size_is_never_smaller_than_reckoned_from_what_is_written(tmp_path: Path) -> None:
    volume = Volume(tmp_path / "v.pdf", 1)
    for place in range(130):
        page = volume.add(Leaf(content=b"q Q"), f"หน้า {place}")
        volume.bookmarks.append(Bookmark(0, "ชื่อเรื่อง" * 9, page))
    reckoned = volume.size + len(FONTS)
    _, size = volume.finish(FONTS, "", "", "")
    assert reckoned * 0.8 < size < reckoned


def test_words_that_are_no_plain_text_are_written_safely() -> None:
    assert text_string("plain 1.2") == b"(plain 1.2)"
    for words in ("a)b", "a\\b", "ไทย", "a\nb", ""):
        written = text_string(words)
        assert written.startswith((b"<FEFF", b"()"))


def test_boxes_that_make_no_sense_are_replaced() -> None:
    paper = (0.0, 0.0, 595.28, 841.89)
    assert visible_box(None, None) == paper
    assert visible_box([0, 0, "x", 5], None) == paper
    assert visible_box([0, 0, 0, 0], None) == paper
    assert visible_box([0, 0, float("nan"), 9], None) == paper
    assert visible_box([600, 800, 0, 0], None) == (0.0, 0.0, 600.0, 800.0)
    assert visible_box([0, 0, 600, 800], [700, 900, 800, 1000]) == (0.0, 0.0, 600.0, 800.0)
    assert visible_box([0, 0, 600, 800], [-9, 10, 99, 1000]) == (0.0, 10.0, 99.0, 800.0)
