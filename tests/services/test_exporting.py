import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from esa_desktop.domain.errors import Cancelled, ReportError, UnknownCode, ValueRefused
from esa_desktop.domain.fields import Kind
from esa_desktop.domain.richtext import from_plain
from esa_desktop.services.exporting import (
    PrintOptions,
    choosable_fonts,
    export_pdf,
    options_from_values,
    options_to_values,
    pdf_name,
    remember_options,
    render_pdf,
    stored_options,
)
from tests.ui.rounds import Desk

options = st.builds(
    PrintOptions,
    paper=st.sampled_from(["a4-landscape", "a4-portrait"]),
    font=st.sampled_from(["TH Sarabun New", "Sarabun"]),
    size_pt=st.floats(10, 24),
    thai_digits=st.booleans(),
    page_numbers=st.sampled_from(["x_of_y", "plain", "none"]),
    evidence_codes=st.booleans(),
    pure_black=st.booleans(),
    widths=st.none() | st.tuples(*[st.floats(21, 200)] * 4),
    gutter_mm=st.floats(0, 30),
)


@given(options)
def test_what_a_project_keeps_is_what_was_chosen(chosen: PrintOptions) -> None:
    assert options_from_values(options_to_values(chosen)) == chosen


strange = st.integers() | st.none() | st.text() | st.lists(st.text())


@given(st.dictionaries(st.sampled_from(PrintOptions.__slots__), strange))
def test_a_value_of_a_newer_version_is_the_default(values: dict[str, Any]) -> None:
    found = options_from_values({**values, "colour": "pink"})

    assert found.paper in ("a4-landscape", "a4-portrait")
    assert 10 <= found.size_pt <= 24
    assert isinstance(found.thai_digits, bool)


def test_nothing_chosen_stores_nothing() -> None:
    assert options_to_values(PrintOptions()) is None
    assert options_from_values(None) == PrintOptions()


def test_the_choice_is_remembered_with_the_project_and_can_be_undone() -> None:
    desk = Desk()

    undo = desk.editor.apply(remember_options(desk.editor, PrintOptions(paper="a4-portrait")))
    assert stored_options(desk.editor).paper == "a4-portrait"
    assert stored_options(desk.editor, font="Sarabun") == PrintOptions(
        paper="a4-portrait", font="Sarabun"
    )

    desk.editor.apply(undo)
    assert stored_options(desk.editor) == PrintOptions()


def test_a_paper_nobody_sells_is_refused_in_a_sentence() -> None:
    with pytest.raises(ValueRefused, match="a3"):
        stored_options(Desk().editor, paper="a3")


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
    assert pdf_name(assessed, ["1.2"]).endswith(" 2557 ตัวบ่งชี้ 1.2.pdf")
    assert pdf_name(assessed, ["1.2", "1.3", "2.1"]).endswith(" 1.2 และอีก 2 ตัวบ่งชี้.pdf")


def test_the_fonts_of_the_program_come_first() -> None:
    assert choosable_fonts()[:2] == ["TH Sarabun New", "Sarabun"]


def test_reading_the_options_loads_no_paper_library() -> None:
    code = "import sys, esa_desktop.services.exporting; print('reportlab' in sys.modules)"

    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert found.stdout.strip() == "False"
