from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from esa_desktop.domain.book import Part
from esa_desktop.domain.errors import Cancelled
from esa_desktop.domain.fields import Kind, book_field, printed_field
from esa_desktop.domain.printing import PrintOptions
from esa_desktop.domain.richtext import Image, Paragraph, RichText, Run, from_plain
from esa_desktop.services.reprinting import (
    Printed,
    export_changed,
    print_to_file,
    printed_before,
    remember_printed,
    render_changed,
)
from tests.reading import pdfium_pages
from tests.ui.rounds import YEAR, Desk

LONG = "๑. ประชุมชี้แจงผู้บริหารโรงเรียนทุกแห่งในเดือนตุลาคม\n" * 60


@pytest.fixture
def desk() -> Desk:
    made = Desk()
    for name in ("good-1", "learn-1", "free-1"):
        made.set(name, Kind.METHOD, from_plain(LONG))
    return made


def printed(desk: Desk, options: PrintOptions, target: Path) -> Printed:
    """Print everything, and what is remembered of it."""
    print_to_file(desk.editor, target, options)
    before = printed_before(desk.editor, options)
    assert before is not None
    return before


def test_what_lies_on_paper_is_remembered_with_the_project(desk: Desk, tmp_path: Path) -> None:
    options = PrintOptions()

    before = printed(desk, options, tmp_path / "x.pdf")

    _, whole, reprint = render_changed(desk.editor.round, options, before)
    assert [number for number, _ in before.pages] == [page.number for page in whole.drawn]
    assert before.widths == whole.widths
    assert reprint.pages == ()


@pytest.mark.parametrize(
    "other",
    [
        PrintOptions(paper="f4-landscape"),
        PrintOptions(font="Sarabun"),
        PrintOptions(size_pt=15),
        PrintOptions(header="ร่างที่ ๒"),
        PrintOptions(form="book"),
        PrintOptions(thai_digits=False),
        PrintOptions(gutter_mm=10, duplex=True),
        PrintOptions(rubric_mm=(80, 80)),
        PrintOptions(evidence_mm=(30, 60)),
    ],
    ids=[
        *("paper", "font", "size", "header", "form", "digits", "binding"),
        *("limits of column two", "limits of column four"),
    ],
)
def test_pages_of_another_look_are_no_pages_of_this_printing(
    desk: Desk, tmp_path: Path, other: PrintOptions
) -> None:
    printed(desk, PrintOptions(), tmp_path / "x.pdf")

    assert printed_before(desk.editor, other) is None


def test_every_form_has_a_memory_of_its_own(desk: Desk, tmp_path: Path) -> None:
    sheets = printed(desk, PrintOptions(), tmp_path / "x.pdf")
    book = printed(desk, PrintOptions(form="book"), tmp_path / "y.pdf")

    assert printed_before(desk.editor, PrintOptions()) == sheets != book


def test_only_the_page_with_the_new_words_is_printed(desk: Desk, tmp_path: Path) -> None:
    options = PrintOptions()
    before = printed(desk, options, tmp_path / "whole.pdf")
    desk.set("learn-1", Kind.METHOD, from_plain(LONG.replace("ตุลาคม", "มกราคม", 1)))

    whole, reprint = export_changed(desk.editor.round, tmp_path / "some.pdf", options, before)

    first = whole.page_of_indicator["1.2"] - 1
    assert reprint.pages == (first,)
    (page,) = pdfium_pages(tmp_path / "some.pdf")
    assert "มกราคม" in page
    assert f"หน้า {whole.drawn[first].number} จาก" in page


def test_columns_stay_as_they_lie_on_paper_while_only_changes_are_printed(
    desk: Desk, tmp_path: Path
) -> None:
    options = PrintOptions()
    before = printed(desk, options, tmp_path / "whole.pdf")
    desk.set("good-2", Kind.RESULTS, from_plain("ผลการดำเนินงานตามแผน " * 900))

    _, whole, reprint = render_changed(desk.editor.round, options, before)

    assert whole.widths == before.widths
    assert 0 < len(reprint.pages) < whole.pages


def with_picture(words: str, sha256: str) -> RichText:
    return RichText((Paragraph((Run(words),)), Image(sha256, 120.0), Paragraph((Run("ใต้ภาพ"),))))


def painted(colour: str) -> bytes:
    from PIL import Image as Pictures

    written = BytesIO()
    Pictures.new("RGB", (40, 30), colour).save(written, "PNG")
    return written.getvalue()


@pytest.mark.parametrize(
    ("words", "picture"), [("เหนือภาพนี้", "a"), ("เหนือภาพ", "b")], ids=["words above", "picture"]
)
def test_a_page_with_a_picture_is_printed_again_when_it_changed(words: str, picture: str) -> None:
    pictures = {"a": painted("red"), "b": painted("green")}
    desk, options = Desk(), PrintOptions()
    desk.set("good-1", Kind.METHOD, with_picture("เหนือภาพ", "a"))
    _, whole, _ = render_changed(desk.editor.round, options, None, image=pictures.get)
    desk.editor.apply(remember_printed(desk.editor, options, whole))
    desk.set("good-1", Kind.METHOD, with_picture(words, picture))

    before = printed_before(desk.editor, options)
    _, _, reprint = render_changed(desk.editor.round, options, before, image=pictures.get)

    assert reprint.pages == (0,)


def test_nothing_changed_writes_no_file(desk: Desk, tmp_path: Path) -> None:
    options = PrintOptions()
    before = printed(desk, options, tmp_path / "whole.pdf")

    _, reprint = export_changed(desk.editor.round, tmp_path / "some.pdf", options, before)

    assert reprint.pages == ()
    assert not (tmp_path / "some.pdf").exists()


def test_a_sheet_of_paper_with_a_changed_side_is_printed_on_both(
    desk: Desk, tmp_path: Path
) -> None:
    options = PrintOptions(duplex=True)
    before = printed(desk, options, tmp_path / "whole.pdf")
    desk.set("good-1", Kind.METHOD, from_plain(LONG.replace("ตุลาคม", "มกราคม", 1)))

    _, _, reprint = render_changed(desk.editor.round, options, before)

    assert reprint.pages == (0, 1)


def test_parts_and_drafts_are_not_what_lies_on_the_desk(desk: Desk, tmp_path: Path) -> None:
    print_to_file(desk.editor, tmp_path / "x.pdf", PrintOptions(), indicators=["1.2"])
    print_to_file(desk.editor, tmp_path / "x.pdf", PrintOptions(watermark="ร่าง"))

    assert desk.editor.view(printed_field(YEAR)).body == ""


def test_printing_the_same_again_writes_nothing_into_the_project(
    desk: Desk, tmp_path: Path
) -> None:
    printed(desk, PrintOptions(), tmp_path / "x.pdf")
    writes = len(desk.writes)

    told = print_to_file(desk.editor, tmp_path / "x.pdf", PrintOptions())

    assert len(desk.writes) == writes
    assert (told.reprint, told.pages) == (None, told.result.pages)


@pytest.mark.parametrize(
    "value",
    [{"sheets": 3}, {"sheets": {"look": "?"}}, [], {"sheets": None}, "x", {"sheets": {"pages": 1}}],
)
def test_a_memory_of_another_version_is_as_if_nothing_had_been_printed(value: object) -> None:
    desk = Desk()
    desk.editor.apply(desk.editor.change(printed_field(YEAR), value))

    assert printed_before(desk.editor, PrintOptions()) is None


@pytest.mark.parametrize("broken", [{"pages": 7}, {"widths": "wide"}, {"widths": ["x"]}])
def test_a_broken_memory_is_as_if_nothing_had_been_printed(
    desk: Desk, tmp_path: Path, broken: dict[str, object]
) -> None:
    printed(desk, PrintOptions(), tmp_path / "x.pdf")
    field = printed_field(YEAR)
    record = desk.editor.view(field).value["sheets"]
    desk.editor.apply(desk.editor.change(field, {"sheets": {**record, **broken}}))

    assert printed_before(desk.editor, PrintOptions()) is None


def test_progress_runs_to_its_end_once_and_cancelling_is_heard(desk: Desk, tmp_path: Path) -> None:
    options = PrintOptions()
    before = printed(desk, options, tmp_path / "x.pdf")
    desk.set("good-1", Kind.METHOD, from_plain("ใหม่"))
    told: list[float] = []

    render_changed(
        desk.editor.round,
        options,
        before,
        progress=lambda done, total: told.append(done / total),
    )

    assert told == sorted(told)
    assert told[-1] == 1
    assert told.count(1) == 1
    with pytest.raises(Cancelled):
        render_changed(desk.editor.round, replace(options), before, cancelled=lambda: True)


def test_a_page_whose_chapter_has_another_number_now_is_printed_again(
    desk: Desk, tmp_path: Path
) -> None:
    """“ส่วนที่ ๔ …” stands at the foot of each of its pages, the title on the first alone."""
    for name, words in (("basics", "ที่ตั้ง"), ("development", "จัดเวทีแลกเปลี่ยนเรียนรู้ " * 900)):
        desk.editor.apply(desk.editor.change(book_field(YEAR, name), from_plain(words)))
    options = PrintOptions(form="book", page_numbers="none")
    before = printed(desk, options, tmp_path / "x.pdf")
    fewer = replace(options, parts=tuple(part for part in Part if part is not Part.BASICS))

    export_changed(desk.editor.round, tmp_path / "some.pdf", fewer, before)

    pages = ["".join(page.split()) for page in pdfium_pages(tmp_path / "some.pdf")]
    assert sum(page.endswith("ส่วนที่๓สรุปผลการประเมิน") for page in pages) > 1


def test_a_cover_printed_again_leaves_the_book_on_the_desk(desk: Desk, tmp_path: Path) -> None:
    book = PrintOptions(form="book")
    print_to_file(desk.editor, tmp_path / "book.pdf", book)
    before = printed_before(desk.editor, book)
    cover = replace(book, parts=(Part.COVER,))

    print_to_file(desk.editor, tmp_path / "cover.pdf", cover)

    assert before is not None
    assert printed_before(desk.editor, book) == before
    assert printed_before(desk.editor, cover) is None


def test_printing_the_same_twice_is_no_second_revision(desk: Desk, tmp_path: Path) -> None:
    print_to_file(desk.editor, tmp_path / "a.pdf", PrintOptions())
    heads = desk.editor.view(printed_field(YEAR)).head_ids
    print_to_file(desk.editor, tmp_path / "b.pdf", PrintOptions())

    assert desk.editor.view(printed_field(YEAR)).head_ids == heads
