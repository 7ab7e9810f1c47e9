import datetime
import errno
import gc
import itertools
import os
import threading
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image as Pictures

from esa_desktop.domain.assessment import AssessmentRound, IndicatorAssessment
from esa_desktop.domain.errors import Cancelled, ReportError, UnknownCode
from esa_desktop.domain.evidence import Evidence
from esa_desktop.domain.framework import Rubric, RubricRow
from esa_desktop.domain.printing import Form
from esa_desktop.domain.richtext import Image, Paragraph, RichText, Run, Table, paragraph
from esa_desktop.report.sheet import (
    PrintOptions,
    SheetResult,
    render_sheets,
    sheet_widths,
    write_sheets,
)
from esa_desktop.report.sheet_table import HEADS
from tests.report.reading import (
    HAS_POPPLER,
    close,
    drawn_codes,
    letter_boxes,
    missing_runs,
    pdfium_pages,
    poppler_pages,
)
from tests.report.rounds import (
    framework,
    indicator,
    invented_round,
    one_issue_round,
    seed_round,
)

PAPERS = ["a4-landscape", "a4-portrait"]
FONTS = ["TH Sarabun New", "Sarabun"]


@pytest.fixture(scope="session")
def real_round(seed_folder: Path | None) -> AssessmentRound:
    """The real form where it is at hand, else the invented one."""
    return seed_round(seed_folder) if seed_folder else invented_round()


def printed(
    assessed: AssessmentRound, folder: Path, options: PrintOptions | None = None, **more: object
) -> tuple[list[str], SheetResult]:
    """Pages as PDFium reads them, without white."""
    target = folder / "sheets.pdf"
    result = write_sheets(assessed, target, options or PrintOptions(), **more)  # type: ignore[arg-type]
    return [close(page) for page in pdfium_pages(target)], result


@pytest.mark.parametrize("font", FONTS)
@pytest.mark.parametrize("paper", PAPERS)
class TestEveryPaperAndFace:
    def test_what_was_typed_can_be_copied(
        self, real_round: AssessmentRound, tmp_path: Path, paper: str, font: str
    ) -> None:
        target = tmp_path / "sheets.pdf"
        write_sheets(real_round, target, PrintOptions(paper=paper, font=font))
        readers = [pdfium_pages] + [poppler_pages] * HAS_POPPLER
        for read in readers:
            missing, count = missing_runs(real_round, "\f".join(read(target)))
            assert count > 300
            assert len(missing) <= count * 0.005, missing[:5]

    def test_every_irregularity_is_printed_as_typed(
        self, tmp_path: Path, paper: str, font: str
    ) -> None:
        assessed = invented_round()
        pages, _ = printed(assessed, tmp_path, PrintOptions(paper=paper, font=font))
        assert missing_runs(assessed, "\f".join(pages))[0] == []

    def test_no_page_is_without_its_head_row(
        self, real_round: AssessmentRound, tmp_path: Path, paper: str, font: str
    ) -> None:
        pages, result = printed(real_round, tmp_path, PrintOptions(paper=paper, font=font))
        assert result.pages == len(pages) > 4
        for page in pages:
            assert all(close(head) in page for head in HEADS)

    def test_heads_break_between_words_only(self, tmp_path: Path, paper: str, font: str) -> None:
        target = tmp_path / "sheets.pdf"
        write_sheets(one_issue_round("สั้น"), target, PrintOptions(paper=paper, font=font))
        lines = [line.strip() for line in "".join(pdfium_pages(target)).splitlines()]
        assert lines.index("คุณภาพ") == lines.index("ระดับ") + 1

    def test_no_page_shows_a_missing_glyph(
        self, real_round: AssessmentRound, tmp_path: Path, paper: str, font: str
    ) -> None:
        target = tmp_path / "sheets.pdf"
        write_sheets(real_round, target, PrintOptions(paper=paper, font=font))
        codes = set(drawn_codes(target))
        assert len(codes) > 100
        assert not [code for _, code in codes if code == "0000"]

    def test_frames_are_complete_on_every_page(
        self, real_round: AssessmentRound, tmp_path: Path, paper: str, font: str
    ) -> None:
        """Upper, lower and below the head; five upright rules from the top to the same bottom."""
        target = tmp_path / "sheets.pdf"
        result = write_sheets(real_round, target, PrintOptions(paper=paper, font=font))
        with pikepdf.open(target) as document:
            for page in document.pages:
                frame = _strokes(page, width=0.5)
                across = {y for x, y, x2, y2 in frame if y == y2 and abs(x2 - x) > 400}
                upright = {(x, y, y2) for x, y, x2, y2 in frame if x == x2}
                assert len(across) == 3
                assert len(upright) == 5
                assert {(y, y2) for _, y, y2 in upright} == {(max(across), min(across))}
                assert min(across) > 18 * 72 / 25.4 - 1
                edges = sorted(x for x, _, _ in upright)
                columns = [b - a for a, b in itertools.pairwise(edges)]
                assert columns == pytest.approx(result.widths, abs=0.05)

    def test_no_letter_crosses_a_rule_or_leaves_the_frame(
        self, real_round: AssessmentRound, tmp_path: Path, paper: str, font: str
    ) -> None:
        target = tmp_path / "sheets.pdf"
        result = write_sheets(real_round, target, PrintOptions(paper=paper, font=font))
        left = 20 * 72 / 25.4
        edges = [left, *itertools.accumulate(result.widths, initial=left)][1:]
        seen = 0
        for boxes in letter_boxes(target):
            below_titles = [box for box in boxes if box[1] > 18 * 72 / 25.4]
            for x, low, x2, _ in below_titles:
                assert edges[0] + 1 < x
                assert x2 < edges[-1] - 1
                if low < 200:  # below the titles on any page
                    seen += 1
                    assert not any(x < edge - 0.3 and x2 > edge + 0.3 for edge in edges)
        assert seen > 1000

    def test_no_stack_of_marks_touches_a_rule(
        self, real_round: AssessmentRound, tmp_path: Path, paper: str, font: str
    ) -> None:
        target = tmp_path / "sheets.pdf"
        write_sheets(real_round, target, PrintOptions(paper=paper, font=font))
        with pikepdf.open(target) as document:
            rules = [
                [(x, x2, y) for x, y, x2, y2 in _strokes(page, width=0.5) if y == y2]
                for page in document.pages
            ]
        for page_rules, boxes in zip(rules, letter_boxes(target), strict=True):
            touching = [
                box
                for box in boxes
                for left, right, y in page_rules
                if box[1] + 0.1 < y < box[3] - 0.1 and box[0] < right and box[2] > left
            ]
            assert touching == []


def _strokes(page: pikepdf.Page, width: float) -> list[tuple[float, float, float, float]]:
    lines = []
    pen, start = 0.0, (0.0, 0.0)
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name == "w":
            pen = float(operands[0])
        elif name == "m":
            start = (float(operands[0]), float(operands[1]))
        elif name == "l" and abs(pen - width) < 0.01:
            lines.append((*start, float(operands[0]), float(operands[1])))
    return lines


def test_the_same_round_printed_twice_gives_the_same_bytes(real_round: AssessmentRound) -> None:
    first, result = render_sheets(real_round, PrintOptions())
    assert render_sheets(real_round, PrintOptions())[0] == first
    kept = replace(PrintOptions(), widths=result.widths)
    again, later = render_sheets(real_round, kept)
    assert later.widths == result.widths
    assert later.pages == result.pages
    assert render_sheets(real_round, kept)[0] == again


def test_threads_print_the_same_as_one_after_the_other() -> None:
    assessed = invented_round()
    expected = render_sheets(assessed, PrintOptions())[0]
    found: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: found.append(render_sheets(assessed, PrintOptions())[0]))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 4


def test_the_file_says_whose_report_it_is(tmp_path: Path) -> None:
    target = tmp_path / "sheets.pdf"
    write_sheets(invented_round(), target, PrintOptions())
    with pikepdf.open(target) as document:
        title = str(document.docinfo["/Title"])
        assert "มาตรฐานสำนักงานเขตพื้นที่การศึกษา พ.ศ.๒๕๕๗" in title
        assert "สพป.ตัวอย่าง เขต ๑" in title
        assert "๒๕๕๗" in title
        assert str(document.docinfo["/Author"]) == "สพป.ตัวอย่าง เขต ๑"
        assert str(document.Root.Lang) == "th-TH"
        with document.open_outline() as outline:
            standard = outline.root[0]
            assert standard.title.startswith("มาตรฐานที่ ๑")
            assert [entry.title for entry in standard.children] == [
                "ตัวบ่งชี้ที่ ๑ : การบริหารจัดการที่ดี",
                "ตัวบ่งชี้ที่ ๒ : การพัฒนาสู่องค์การแห่งการเรียนรู้",
            ]
        fonts = {
            str(font.BaseFont) for page in document.pages for font in page.Resources.Font.values()
        }
        assert len(fonts) == 2  # regular and bold; no Helvetica that nobody embedded
        assert document.check_pdf_syntax() == []


def test_an_indicator_starts_a_page_and_the_result_says_which(tmp_path: Path) -> None:
    pages, result = printed(invented_round(), tmp_path)
    assert result.page_of_indicator["1.1"] == 1
    second = result.page_of_indicator["1.2"]
    title = "ตัวบ่งชี้ที่๒:การพัฒนาสู่องค์การแห่งการเรียนรู้"
    assert next(n for n, page in enumerate(pages, 1) if title in page) == second
    assert "(ต่อ)" in pages[second]
    assert "(ต่อ)" not in pages[second - 1]


def test_chosen_indicators_are_printed_in_the_order_of_the_form(tmp_path: Path) -> None:
    _, result = printed(invented_round(), tmp_path, indicators=["๑.๒", "1.1", "1.2"])
    assert list(result.page_of_indicator) == ["1.1", "1.2"]
    _, result = printed(invented_round(), tmp_path, indicators=["1.2"])
    assert result.page_of_indicator == {"1.2": 1}


def test_an_unknown_indicator_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(UnknownCode):
        printed(invented_round(), tmp_path, indicators=["9.9"])
    assert list(tmp_path.iterdir()) == []


class TestPageNumbers:
    def test_x_of_y_in_thai(self, tmp_path: Path) -> None:
        pages, _ = printed(one_issue_round("สั้น"), tmp_path)
        assert pages[0].endswith("หน้า๑จาก๑")

    def test_plain_and_arabic(self, tmp_path: Path) -> None:
        options = PrintOptions(page_numbers="plain", thai_digits=False)
        pages, _ = printed(one_issue_round("สั้น"), tmp_path, options)
        assert pages[0].endswith("การบริหารจัดการที่ดี1")
        assert "ตัวบ่งชี้ที่1:" in pages[0]

    def test_none(self, tmp_path: Path) -> None:
        pages, _ = printed(one_issue_round("สั้น"), tmp_path, PrintOptions(page_numbers="none"))
        assert pages[0].endswith("ตัวบ่งชี้ที่๑:การบริหารจัดการที่ดี")


def test_digits_people_typed_stay_as_typed(tmp_path: Path) -> None:
    for thai in (True, False):
        options = PrintOptions(thai_digits=thai)
        pages, _ = printed(one_issue_round("จำนวน 12 แห่ง และ ๓๔ คน"), tmp_path, options)
        assert "จำนวน12แห่งและ๓๔คน" in pages[0]


class TestLevels:
    def ticks(self, level: int | None, tmp_path: Path) -> tuple[int, int]:
        """Boxes and ticks on the first page."""
        target = tmp_path / "sheets.pdf"
        write_sheets(one_issue_round("สั้น", level=level), target, PrintOptions())
        with pikepdf.open(target) as document:
            page = document.pages[0]
            boxes = sum(
                str(operator) == "re" and float(operands[2]) == 10.5
                for operands, operator in pikepdf.parse_content_stream(page)
            )
            return boxes, len(_strokes(page, width=1.5)) // 2

    def test_an_unknown_level_is_five_empty_boxes(self, tmp_path: Path) -> None:
        assert self.ticks(None, tmp_path) == (5, 0)

    @pytest.mark.parametrize("level", [1, 3, 5])
    def test_a_level_is_one_tick(self, tmp_path: Path, level: int) -> None:
        assert self.ticks(level, tmp_path) == (5, 1)

    def test_a_rubric_row_higher_than_the_page_is_cut_and_complete(self, tmp_path: Path) -> None:
        made = indicator(1, "ตัวบ่งชี้", ["ประเด็น"])
        words = tuple(f"คำอธิบายที่ยาวมากบรรทัดที่ {n} จบ" for n in range(120))
        made = replace(made, rubric=Rubric((RubricRow(5, words), RubricRow(1, ("สุดท้าย",)))))
        assessed = AssessmentRound(2557, framework([made]), "สพป.")
        pages, result = printed(assessed, tmp_path)
        whole = "".join(pages)
        assert all(f"บรรทัดที่{n}จบ" in whole for n in range(120))
        assert "สุดท้าย" in whole
        assert result.pages > 3


class TestEvidence:
    def lines(
        self, items: Sequence[Evidence], tmp_path: Path, options: PrintOptions | None = None
    ) -> str:
        pages, _ = printed(one_issue_round(evidence=items), tmp_path, options)
        return pages[0]

    ITEMS = (
        Evidence("a", "1.1.1-01", "แผนปฏิบัติการ", number="ที่ ศธ ๐๔๐๐๑/๑๒๓"),
        Evidence("b", "1.1.1-02", "๕) บันทึกการประชุม", date=datetime.date(2014, 6, 11)),
        Evidence("c", "1.1.1-03", "๙.ภาพถ่าย"),
        Evidence("d", "1.1.1-07", "รายงาน"),
    )

    def test_a_typed_number_is_not_doubled(self, tmp_path: Path) -> None:
        text = self.lines(self.ITEMS, tmp_path)
        assert "ประเด็นที่๑ประกอบด้วย" in text
        assert "๑.แผนปฏิบัติการที่ศธ๐๔๐๐๑/๑๒๓๕)บันทึกการประชุมลงวันที่๑๑มิถุนายน๒๕๕๗๙.ภาพถ่าย๔.รายงาน" in text

    def test_codes_stand_in_front_when_asked_for(self, tmp_path: Path) -> None:
        text = self.lines(self.ITEMS, tmp_path, PrintOptions(evidence_codes=True))
        assert "๑.๑.๑-๐๑แผนปฏิบัติการ" in text
        assert "๑.๑.๑-๐๒๕)บันทึกการประชุม" in text
        assert "๑.๑.๑-๐๗รายงาน" in text

    def test_an_issue_without_evidence_has_no_heading_there(self, tmp_path: Path) -> None:
        text = self.lines((), tmp_path)
        assert "หมายเหตุ:โปรดระบุเอกสาร/หลักฐานอ้างอิง(ปีงบประมาณ๒๕๕๗)ทุกประเด็นการพิจารณา" in text
        assert "ประกอบด้วย" not in text


class TestHugeAndEmpty:
    def test_a_round_without_indicators_is_one_empty_page(self, tmp_path: Path) -> None:
        pages, result = printed(AssessmentRound(2557, framework([])), tmp_path)
        assert pages == [""]
        assert result.page_of_indicator == {}

    def test_an_indicator_without_issues_has_its_form(self, tmp_path: Path) -> None:
        bare = replace(indicator(1, "ตัวบ่งชี้เปล่า", []), rubric=Rubric(()))
        pages, _ = printed(AssessmentRound(2557, framework([bare])), tmp_path)
        assert "ตัวบ่งชี้เปล่า" in pages[0]
        assert "ความเห็นและข้อเสนอแนะ" in pages[0]

    def test_empty_sections_print_their_headings(self, tmp_path: Path) -> None:
        pages, result = printed(one_issue_round(), tmp_path)
        assert result.pages == 1
        assert "วิธีการดำเนินงานผลการดำเนินงานความเห็นและข้อเสนอแนะ" in pages[0]

    def test_two_hundred_indicators(self, tmp_path: Path) -> None:
        many = [indicator(n, f"ตัวบ่งชี้ลำดับ {n}", ["ประเด็นเดียว"]) for n in range(1, 201)]
        _, result = printed(AssessmentRound(2557, framework(many), "สพป."), tmp_path)
        assert len(result.page_of_indicator) == 200
        assert result.pages == 200

    @pytest.mark.parametrize("paper", PAPERS)
    def test_sixty_thousand_characters_in_one_cell(self, tmp_path: Path, paper: str) -> None:
        sentence = "สำนักงานเขตพื้นที่การศึกษาได้ดำเนินการพัฒนาบุคลากรอย่างทั่วถึง"
        text = "".join(f"{sentence}ครั้งที่{n}" for n in range(830))
        assert len(text) > 60_000
        pages, result = printed(one_issue_round(text), tmp_path, PrintOptions(paper=paper))
        body = "".join(
            page.split("หลักฐานอ้างอิง", 1)[1].rsplit("ตัวบ่งชี้ที่", 1)[0] for page in pages[1:-1]
        )
        assert body in text
        assert result.pages > 35

    def test_one_word_longer_than_a_page(self, tmp_path: Path) -> None:
        address = "http://example.go.th/" + "abcdefghij" * 400
        pages, result = printed(one_issue_round(address), tmp_path)
        assert result.pages >= 2
        assert "".join(pages).count("abcdefghij") > 350

    def test_a_name_longer_than_a_page(self, tmp_path: Path) -> None:
        long = indicator(1, "ชื่อตัวบ่งชี้ที่ยาวเกินหน้ากระดาษ " * 120, ["ประเด็น"])
        pages, result = printed(AssessmentRound(2557, framework([long])), tmp_path)
        assert result.pages > 1
        assert "".join(pages).count("ชื่อตัวบ่งชี้ที่ยาวเกินหน้ากระดาษ") >= 119
        assert result.page_of_indicator == {"1.1": 1}

    @pytest.mark.parametrize("size", [10.0, 24.0])
    @pytest.mark.parametrize("paper", PAPERS)
    def test_smallest_and_largest_type(self, tmp_path: Path, paper: str, size: float) -> None:
        assessed = invented_round()
        options = PrintOptions(paper=paper, size_pt=size, gutter_mm=10)
        pages, _ = printed(assessed, tmp_path, options)
        assert missing_runs(assessed, "".join(pages))[0] == []

    def test_type_nobody_can_read_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(ReportError, match="ระหว่าง ๑๐ ถึง ๒๔"):
            printed(invented_round(), tmp_path, PrintOptions(size_pt=80))


class TestRichText:
    def test_styles_have_fonts_of_their_own(self, tmp_path: Path) -> None:
        runs = (
            Run("ธรรมดา "),
            Run("หนา", bold=True),
            Run("เอียง", italic=True),
            Run("ทั้งสอง", bold=True, italic=True),
        )
        text = RichText((Paragraph(runs),))
        pages, _ = printed(one_issue_round(text), tmp_path)
        assert "ธรรมดาหนาเอียงทั้งสอง" in pages[0]
        assert len({font for font, _ in drawn_codes(tmp_path / "sheets.pdf")}) == 4

    def test_an_underline_is_drawn_below_its_words(self, tmp_path: Path) -> None:
        bare, _ = render_sheets(one_issue_round("ขีดเส้นใต้"), PrintOptions())
        text = RichText((Paragraph((Run("ขีด"), Run("เส้นใต้", underline=True))),))
        marked, _ = render_sheets(one_issue_round(text), PrintOptions())
        assert _rectangles(marked) == _rectangles(bare) + 1

    def test_a_style_that_changes_inside_a_letter_loses_no_mark(self, tmp_path: Path) -> None:
        text = RichText((Paragraph((Run("ที", bold=True), Run("่ประชุม"))),))
        pages, _ = printed(one_issue_round(text), tmp_path)
        assert "ที่ประชุม" in pages[0]

    def test_a_table_repeats_its_head_where_a_page_ended(self, tmp_path: Path) -> None:
        rows = [("ลำดับที่", "รายการตรวจ")] + [(f"{n}", f"รายการ {n} จบ") for n in range(60)]
        table = Table(tuple(tuple((paragraph(t),) for t in row) for row in rows), (1.0, 1.0))
        pages, result = printed(one_issue_round(RichText((table,))), tmp_path)
        assert result.pages > 2
        assert all("ลำดับที่รายการตรวจ" in page for page in pages)
        assert all(f"รายการ{n}จบ" in "".join(pages) for n in range(60))

    def test_a_cell_of_several_lines_is_copied_as_a_whole(self, tmp_path: Path) -> None:
        long = "การส่งเสริมการมีส่วนร่วมในการจัดการศึกษาของบุคคลและชุมชนท้องถิ่นอย่างต่อเนื่อง" * 2
        row = ((paragraph(long),), (paragraph(long),))
        table = Table((row, row), (1.0, 1.0))
        pages, _ = printed(one_issue_round(RichText((table,))), tmp_path)
        assert "".join(pages).count(long) == 4

    def test_a_label_wider_than_the_column_runs_into_its_text(self, tmp_path: Path) -> None:
        label = "ข้อที่ยาวมากเป็นพิเศษจนเกินความกว้างของช่องที่มีอยู่ในแบบฟอร์มนี้ทั้งหมดอย่างแน่นอน"
        text = RichText((paragraph("ข้อความหลังป้าย", label), paragraph("ปกติ", "๒.")))
        pages, _ = printed(one_issue_round(text), tmp_path, PrintOptions(paper="a4-portrait"))
        assert f"{label}ข้อความหลังป้าย๒.ปกติ" in pages[0]

    def test_line_breaks_and_empty_paragraphs_are_kept(self, tmp_path: Path) -> None:
        text = RichText((paragraph("หนึ่ง\nสอง\n\nสาม"), paragraph(""), paragraph("สี่")))
        target = tmp_path / "sheets.pdf"
        write_sheets(one_issue_round(text), target, PrintOptions())
        assert "หนึ่งสองสามสี่" in close(pdfium_pages(target)[0])

    def test_a_justified_line_copies_without_blanks_in_its_words(self, tmp_path: Path) -> None:
        words = "สำนักงานเขตพื้นที่การศึกษา ได้ดำเนินการพัฒนาบุคลากร อย่างต่อเนื่องและทั่วถึง " * 6
        target = tmp_path / "sheets.pdf"
        counts = []
        for align in ("left", "justify"):
            text = RichText((paragraph(words, align=align),))
            write_sheets(one_issue_round(text), target, PrintOptions())
            read = poppler_pages if HAS_POPPLER else pdfium_pages
            counts.append(len(read(target)[0].split()))
        assert counts[0] == counts[1]


def _rectangles(pdf: bytes) -> int:
    with pikepdf.open(BytesIO(pdf)) as document:
        return sum(
            str(operator) == "re"
            for page in document.pages
            for _, operator in pikepdf.parse_content_stream(page)
        )


class TestPictures:
    def picture(self, width: int, height: int) -> bytes:
        stream = BytesIO()
        Pictures.new("RGB", (width, height), (200, 30, 30)).save(stream, "PNG")
        return stream.getvalue()

    def test_a_picture_is_drawn_within_its_column(self, tmp_path: Path) -> None:
        text = RichText((Image("ab", 5000.0),))
        pictures = {"ab": self.picture(400, 100)}
        _, result = printed(one_issue_round(text), tmp_path, image=pictures.get)
        with pikepdf.open(tmp_path / "sheets.pdf") as document:
            placed = [
                [float(value) for value in operands]
                for page in document.pages
                for operands, operator in pikepdf.parse_content_stream(page)
                if str(operator) == "cm"
            ]
        across = max(matrix[0] for matrix in placed)
        assert result.widths[2] * 0.9 < across < result.widths[2]

    def test_a_tall_picture_fits_a_page(self, tmp_path: Path) -> None:
        text = RichText((paragraph("ก่อน"), Image("ab", 300.0), paragraph("หลัง")))
        pictures = {"ab": self.picture(10, 2000)}
        pages, _ = printed(one_issue_round(text), tmp_path, image=pictures.get)
        assert "หลัง" in "".join(pages)

    @pytest.mark.parametrize("content", [None, b"", b"no picture"])
    def test_a_picture_that_is_not_there_is_said_so(
        self, tmp_path: Path, content: bytes | None
    ) -> None:
        text = RichText((Image("ab", 300.0),))
        pages, _ = printed(one_issue_round(text), tmp_path, image=lambda _: content)
        assert "[รูป]" in pages[0]


class TestCharactersNoThaiFontHas:
    def test_an_unknown_character_is_visible_copyable_and_reported(self, tmp_path: Path) -> None:
        text = "อักษร \U00010380 และ \ue123 จบ"
        pages, result = printed(one_issue_round(text), tmp_path)
        assert "\ue123" in result.unknown_characters
        codes = [code for _, code in drawn_codes(tmp_path / "sheets.pdf")]
        assert "0000" not in codes
        assert "\ue123จบ" in pages[0]

    def test_nothing_is_reported_for_what_offices_write(self, tmp_path: Path) -> None:
        text = "“อ้าง” ‘เดี่ยว’ – — … • ๆ ฯลฯ ½ ๑๒ 34 (ก) [ข] % / @ # & * + = ~ ฿ ๏ ๚ ๛ ฤๅ ฦ ฅ"
        _, result = printed(one_issue_round(text), tmp_path)
        assert result.unknown_characters == ()

    def test_the_warning_is_one_sentence_that_says_what_to_do(self) -> None:
        _, result = render_sheets(one_issue_round("ก \ue123"), PrintOptions())
        assert "\ue123" in result.warning
        assert "กรุณา" in result.warning
        assert render_sheets(one_issue_round("ก"), PrintOptions())[1].warning == ""

    def test_control_characters_and_lone_marks_do_no_harm(self, tmp_path: Path) -> None:
        text = RichText((Paragraph((Run("ก\x07ข\ud800ค \u200b่า ้ ็็ \ufe0f \u202eท้าย"),)),))
        pages, _ = printed(one_issue_round(text), tmp_path)
        assert "กขค" in pages[0]
        assert "ท้าย" in pages[0]


class TestWriting:
    def test_progress_runs_to_its_end(self, tmp_path: Path) -> None:
        steps: list[tuple[int, int]] = []
        printed(
            invented_round(), tmp_path, progress=lambda done, total: steps.append((done, total))
        )
        assert steps == [(1, 4), (2, 4), (3, 4), (4, 4)]

    def test_cancelling_leaves_the_old_file_and_no_other(self, tmp_path: Path) -> None:
        target = tmp_path / "sheets.pdf"
        target.write_bytes(b"old")
        asked = iter([False, False, True])
        with pytest.raises(Cancelled):
            write_sheets(
                invented_round(), target, PrintOptions(), cancelled=lambda: next(asked, True)
            )
        assert target.read_bytes() == b"old"
        assert list(tmp_path.iterdir()) == [target]

    def test_an_old_file_is_replaced(self, tmp_path: Path) -> None:
        target = tmp_path / "sheets.pdf"
        target.write_bytes(b"old")
        write_sheets(one_issue_round("ใหม่"), target, PrintOptions())
        assert target.read_bytes().startswith(b"%PDF")
        assert list(tmp_path.iterdir()) == [target]

    @pytest.mark.parametrize(
        ("code", "advice"),
        [
            (errno.ENOSPC, "พื้นที่เก็บข้อมูลเต็ม"),
            (errno.EACCES, "เลือกที่บันทึกอื่น"),
            (errno.EROFS, "เลือกที่บันทึกอื่น"),
            (errno.EIO, "ลองอีกครั้ง"),
        ],
    )
    def test_a_disk_that_refuses_is_explained(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, advice: str
    ) -> None:
        target = tmp_path / "sheets.pdf"
        target.write_bytes(b"old")

        def refuse(_: int) -> None:
            raise OSError(code, os.strerror(code))

        monkeypatch.setattr(os, "fsync", refuse)
        with pytest.raises(ReportError, match=advice):
            write_sheets(one_issue_round(), target, PrintOptions())
        assert target.read_bytes() == b"old"
        assert list(tmp_path.iterdir()) == [target]

    def test_a_file_held_open_elsewhere_is_to_be_closed_first(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        target = tmp_path / "sheets.pdf"
        target.write_bytes(b"old")

        def locked(_: Path, __: Path) -> None:
            raise PermissionError(errno.EACCES, "the process cannot access the file")

        monkeypatch.setattr(Path, "replace", locked)
        with pytest.raises(ReportError, match="ปิดไฟล์นั้นก่อน"):
            write_sheets(one_issue_round(), target, PrintOptions())
        assert list(tmp_path.iterdir()) == [target]

    def test_a_folder_or_a_missing_folder_is_no_target(self, tmp_path: Path) -> None:
        with pytest.raises(ReportError, match="ตั้งชื่อไฟล์อื่น"):
            write_sheets(one_issue_round(), tmp_path, PrintOptions())
        with pytest.raises(ReportError, match="เลือกที่บันทึกอื่น"):
            write_sheets(one_issue_round(), tmp_path / "no" / "x.pdf", PrintOptions())


def test_widths_of_another_paper_are_chosen_anew() -> None:
    assessed = invented_round()
    _, wide = render_sheets(assessed, PrintOptions())
    _, tall = render_sheets(assessed, PrintOptions(paper="a4-portrait", widths=wide.widths))
    assert sum(tall.widths) < sum(wide.widths)
    assert sum(tall.widths) == pytest.approx(175 * 72 / 25.4, abs=0.5)


def test_a_binding_gutter_narrows_the_text_column_only() -> None:
    assessed = invented_round()
    _, without = render_sheets(assessed, PrintOptions())
    _, bound = render_sheets(assessed, PrintOptions(gutter_mm=5))
    assert without.widths[2] - bound.widths[2] == pytest.approx(5 * 72 / 25.4, abs=0.1)


def test_pure_black_fills_no_grey() -> None:
    assessed = invented_round()
    grey, _ = render_sheets(assessed, PrintOptions())
    black, _ = render_sheets(assessed, PrintOptions(pure_black=True))
    fills = []
    for pdf in (grey, black):
        with pikepdf.open(BytesIO(pdf)) as document:
            fills.append(
                sum(
                    str(operator) == "g"
                    for page in document.pages
                    for _, operator in pikepdf.parse_content_stream(page)
                )
            )
    assert fills[0] > 5
    assert fills[1] == 0


def test_the_first_sheet_names_the_framework_and_the_office(tmp_path: Path) -> None:
    pages, result = printed(invented_round(), tmp_path)
    assert pages[0].startswith("มาตรฐานสำนักงานเขตพื้นที่การศึกษาพ.ศ.๒๕๕๗สพป.ตัวอย่างเขต๑มาตรฐานที่๑")
    second = pages[result.page_of_indicator["1.2"] - 1]
    assert second.startswith("มาตรฐานที่๑")


def test_the_chosen_level_of_the_round_is_the_one_ticked_in_bold(tmp_path: Path) -> None:
    assessed = one_issue_round("สั้น", level=4)
    assert assessed.indicators == {"indicator-1": IndicatorAssessment(4)}
    write_sheets(assessed, tmp_path / "a.pdf", PrintOptions())
    with pikepdf.open(tmp_path / "a.pdf") as document:
        ticks = _strokes(document.pages[0], width=1.5)
        rows = sorted(
            (
                float(operands[1])
                for operands, operator in pikepdf.parse_content_stream(document.pages[0])
                if str(operator) == "re" and float(operands[2]) == 10.5
            ),
            reverse=True,
        )
    assert rows[1] < ticks[0][1] < rows[1] + 10.5


def test_widths_can_be_had_without_printing() -> None:
    assessed = invented_round()
    assert (
        sheet_widths(assessed, PrintOptions()) == render_sheets(assessed, PrintOptions())[1].widths
    )


@pytest.mark.parametrize("form", ["sheets", "book", "blank", "committee"])
def test_printing_leaves_no_rings_of_references_behind(form: Form) -> None:
    """Python's search for them is stopped while pages are set: what is left would pile up."""
    render_sheets(invented_round(), PrintOptions(form=form))  # loads what is loaded once
    gc.collect()
    gc.disable()
    try:
        render_sheets(invented_round(), PrintOptions(form=form))
        assert gc.collect() == 0
        ring: list[object] = []
        ring.append(ring)
        del ring
        assert gc.collect() == 1
    finally:
        gc.enable()


def test_the_search_for_rings_goes_on_afterwards_also_when_printing_failed() -> None:
    with pytest.raises(UnknownCode):
        render_sheets(invented_round(), PrintOptions(), indicators=["9.9"])
    assert gc.isenabled()
