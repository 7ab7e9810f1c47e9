import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pypdfium2
import pytest

from esa_desktop.domain.errors import Cancelled, ReportError, UnknownCode, ValueRefused
from esa_desktop.domain.fields import (
    DICTIONARY_FIELD,
    READY,
    Kind,
    indicator_field,
    print_options_field,
)
from esa_desktop.domain.printing import Form, Paper, PrintOptions
from esa_desktop.domain.richtext import from_plain
from esa_desktop.domain.thai import thai_digits
from esa_desktop.services.exporting import (
    choosable_fonts,
    export_pdf,
    pdf_name,
    remember_options,
    render_pdf,
    stored_options,
    with_widths,
)
from tests.reading import pdfium_pages
from tests.ui.rounds import YEAR, Desk


def test_the_choice_is_remembered_with_the_project_and_can_be_undone() -> None:
    desk = Desk()

    undo = desk.editor.apply(remember_options(desk.editor, PrintOptions(paper="a4-portrait")))
    assert stored_options(desk.editor).paper == "a4-portrait"
    assert stored_options(desk.editor, font="Sarabun") == PrintOptions(
        paper="a4-portrait", font="Sarabun"
    )

    desk.editor.apply(undo)
    assert stored_options(desk.editor) == PrintOptions()


@pytest.mark.parametrize("paper", get_args(Paper))
@pytest.mark.parametrize("form", get_args(Form))
def test_every_form_can_be_printed_on_every_paper(paper: Paper, form: Form) -> None:
    found = stored_options(Desk().editor, paper=paper, form=form)

    assert found == PrintOptions(paper=paper, form=form)


def test_a_paper_nobody_sells_and_an_unknown_form_are_refused_in_a_sentence() -> None:
    with pytest.raises(ValueRefused, match="a3"):
        stored_options(Desk().editor, paper="a3")
    with pytest.raises(ValueRefused, match="poster"):
        stored_options(Desk().editor, form="poster")


def test_the_words_of_the_dictionary_come_with_the_options_and_are_not_kept_with_them() -> None:
    desk = Desk()
    desk.editor.apply(desk.editor.change(DICTIONARY_FIELD, from_plain("สายธาร\nผาม่าน")))

    chosen = stored_options(desk.editor)
    desk.editor.apply(remember_options(desk.editor, chosen))

    assert chosen.kept_words == ("สายธาร", "ผาม่าน")
    assert desk.editor.view(print_options_field(YEAR)).body == ""


@pytest.fixture
def desk() -> Desk:
    made = Desk()
    for name in ("good-1", "learn-1"):
        made.set(name, Kind.METHOD, from_plain("๑. ประชุมชี้แจงผู้บริหารโรงเรียน\n" * 30))
        made.set(name, Kind.RESULTS, from_plain("ดำเนินการครบทุกโรงเรียน"))
    return made


def test_the_written_words_are_on_the_paper(desk: Desk, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []

    result = export_pdf(
        desk.editor.round,
        tmp_path / "เล่ม.pdf",
        PrintOptions(paper="a4-portrait", font="Sarabun"),
        progress=lambda done, total: told.append((done, total)),
    )

    document = pypdfium2.PdfDocument(tmp_path / "เล่ม.pdf")
    text = "".join(page.get_textpage().get_text_range() for page in document)
    assert len(document) == result.pages
    width, height = document[0].get_size()
    document.close()
    assert width < height
    assert "ประชุมชี้แจงผู้บริหารโรงเรียน" in "".join(text.split())
    assert list(result.page_of_indicator) == ["1.1", "1.2", "2.1"]
    assert told[-1][0] == told[-1][1]


def test_one_indicator_has_the_columns_of_the_whole_book(desk: Desk, tmp_path: Path) -> None:
    whole = export_pdf(desk.editor.round, tmp_path / "whole.pdf", PrintOptions())
    one = export_pdf(desk.editor.round, tmp_path / "one.pdf", PrintOptions(), indicators=["2.1"])

    assert one.widths == whole.widths
    assert list(one.page_of_indicator) == ["2.1"]


def test_the_columns_of_a_part_are_known_without_printing_the_rest(desk: Desk) -> None:
    _, whole = render_pdf(desk.editor.round, PrintOptions())
    fixed = PrintOptions(widths=(40.0, 150.0, 400.0, 120.0))

    assert with_widths(desk.editor.round, PrintOptions(), ["2.1"]).widths == whole.widths
    assert with_widths(desk.editor.round, fixed, ["2.1"]) == fixed
    assert with_widths(desk.editor.round, PrintOptions(), None) == PrintOptions()


def test_some_pages_alone_are_numbered_as_in_the_whole(desk: Desk, tmp_path: Path) -> None:
    whole = export_pdf(desk.editor.round, tmp_path / "whole.pdf", PrintOptions())
    some = export_pdf(desk.editor.round, tmp_path / "some.pdf", PrintOptions(), only={1, 3})

    assert [page.number for page in some.drawn] == ["๒", "๔"]
    pages = pdfium_pages(tmp_path / "whole.pdf")
    assert pdfium_pages(tmp_path / "some.pdf") == [pages[1], pages[3]]
    assert f"หน้า ๔ จาก {thai_digits(whole.pages)}" in pages[3]


def test_only_what_is_marked_ready_is_printed(desk: Desk, tmp_path: Path) -> None:
    options = PrintOptions(only_ready=True)
    with pytest.raises(ReportError, match="พร้อม"):
        export_pdf(desk.editor.round, tmp_path / "x.pdf", options)

    editor = desk.editor
    editor.apply(editor.change(indicator_field(YEAR, "learn", Kind.STATUS), READY))

    result = export_pdf(desk.editor.round, tmp_path / "x.pdf", options)
    assert list(result.page_of_indicator) == ["1.2"]


def test_the_preview_is_the_very_file(desk: Desk, tmp_path: Path) -> None:
    export_pdf(desk.editor.round, tmp_path / "x.pdf", PrintOptions(), indicators=["1.2"])

    content, result = render_pdf(desk.editor.round, PrintOptions(), indicators=["1.2"])

    assert content == (tmp_path / "x.pdf").read_bytes()
    assert result.pages >= 1


def test_a_cancelled_export_leaves_the_old_file(desk: Desk, tmp_path: Path) -> None:
    target = tmp_path / "เล่ม.pdf"
    target.write_bytes(b"old")

    with pytest.raises(Cancelled):
        export_pdf(desk.editor.round, target, PrintOptions(), cancelled=lambda: True)

    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["เล่ม.pdf"]


def test_what_cannot_be_written_is_said_in_a_sentence(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(ReportError):
        export_pdf(desk.editor.round, tmp_path / "gone" / "x.pdf", PrintOptions())
    with pytest.raises(UnknownCode):
        export_pdf(desk.editor.round, tmp_path / "x.pdf", PrintOptions(), indicators=["9.9"])
    with pytest.raises(ReportError, match="Papyrus"):
        export_pdf(desk.editor.round, tmp_path / "x.pdf", PrintOptions(font="Papyrus"))


def test_the_offered_name_tells_what_it_is() -> None:
    assessed = replace(Desk().editor.round, office="สพป.ทดสอบ เขต ๑/๒")

    assert pdf_name(assessed) == "แบบประเมิน สพป.ทดสอบ เขต ๑_๒ 2557.pdf"
    book = PrintOptions(form="book")
    assert pdf_name(assessed, options=book) == "เล่มรายงาน สพป.ทดสอบ เขต ๑_๒ 2557.pdf"
    kinds = [PrintOptions(form=form) for form in get_args(Form)]
    kinds += [replace(book, only_ready=True), replace(book, watermark="ร่าง")]
    names = {pdf_name(assessed, options=kind) for kind in kinds}
    assert len(names | {pdf_name(assessed, options=book, changed=True)}) == len(kinds) + 1
    assert pdf_name(assessed, ["1.2"]).endswith(" 2557 ตัวบ่งชี้ 1.2.pdf")
    assert pdf_name(assessed, ["1.2", "1.3", "2.1"]).endswith(" 1.2 และอีก 2 ตัวบ่งชี้.pdf")


def test_under_a_very_long_office_each_indicator_and_year_keeps_a_name_of_its_own() -> None:
    office = "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาเวียงสายธาร เขต ๑ " * 3
    assessed = replace(Desk().editor.round, office=office)

    names = {pdf_name(assessed, [code]) for code in ("1.1", "1.2", "2.1")}

    assert len(names) == 3
    assert pdf_name(assessed, ["1.1"]).endswith(" 2557 ตัวบ่งชี้ 1.1.pdf")
    assert pdf_name(assessed).startswith("แบบประเมิน สำนักงานเขต")
    assert pdf_name(assessed).endswith(" 2557.pdf")


def test_the_fonts_of_the_program_come_first() -> None:
    assert choosable_fonts()[:2] == ["TH Sarabun New", "Sarabun"]


def test_reading_the_options_loads_no_paper_library() -> None:
    code = "import sys, esa_desktop.services.exporting; print('reportlab' in sys.modules)"

    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert found.stdout.strip() == "False"
