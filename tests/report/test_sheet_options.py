"""What a person may choose about the paper of the sheets, measured on the pages that come out."""

import re
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest

from esa_desktop.domain.assessment import IndicatorAssessment
from esa_desktop.domain.errors import ReportError
from esa_desktop.domain.fields import READY
from esa_desktop.domain.printing import Form, PrintOptions
from esa_desktop.report.fonts import typeface
from esa_desktop.report.measures import page_measures
from esa_desktop.report.sheet import render_sheets
from tests.report.drawn import MM, boxes, dotted_lines, letters, pages, strokes, texts
from tests.report.rounds import invented_round, one_issue_round

A4 = (595.28, 841.89)
F4 = (612.0, 936.0)
FONTS = ["TH Sarabun New", "Sarabun"]
PAPERS = ["a4-landscape", "a4-portrait", "f4-landscape", "f4-portrait"]


def printed(options: PrintOptions) -> bytes:
    return render_sheets(invented_round(), options)[0]


def paper_sizes(content: bytes) -> set[tuple[float, float]]:
    with pikepdf.open(BytesIO(content)) as document:
        return {(float(page.mediabox[2]), float(page.mediabox[3])) for page in document.pages}


def frames(content: bytes) -> list[tuple[float, float, float, float]]:
    """Per page the outermost rules: left, lower, right, upper, on the paper."""
    found = []
    for page in pages(content):
        moved = sum(
            numbers[4]
            for name, numbers in page
            if name == "cm" and numbers[:4] == [1, 0, 0, 1] and numbers[5] == 0
        )
        rules = strokes(page, width=0.5)
        across = [edge for x, _, x2, _ in rules for edge in (x, x2)]
        upward = [edge for _, y, _, y2 in rules for edge in (y, y2)]
        found.append((min(across) + moved, min(upward), max(across) + moved, max(upward)))
    return found


@pytest.mark.parametrize(
    ("paper", "size"),
    [
        ("a4-landscape", A4[::-1]),
        ("a4-portrait", A4),
        ("f4-landscape", F4[::-1]),
        ("f4-portrait", F4),
    ],
)
def test_every_page_is_of_the_chosen_paper_and_keeps_the_margins(
    paper: str, size: tuple[float, float]
) -> None:
    content = printed(PrintOptions(paper=paper))
    assert paper_sizes(content) == {size}
    for left, lower, right, upper in frames(content):
        assert left == pytest.approx(20 * MM, abs=0.1)
        assert right == pytest.approx(size[0] - 15 * MM, abs=0.1)
        assert lower > 18 * MM - 0.1
        assert upper <= size[1] - 15 * MM + 0.1
    assert frames(content)[1][3] == pytest.approx(size[1] - 15 * MM, abs=0.1)  # no titles there


class TestMargins:
    @pytest.mark.parametrize("font", FONTS)
    @pytest.mark.parametrize("paper", PAPERS)
    @pytest.mark.parametrize("margins", [(5, 5, 5, 5), (30, 20, 25, 25), (45, 40, 30, 45)])
    def test_are_where_they_were_set(
        self, margins: tuple[float, float, float, float], paper: str, font: str
    ) -> None:
        options = PrintOptions(paper=paper, font=font, margins_mm=margins, header="หัว")
        content = printed(options)
        width, height = next(iter(paper_sizes(content)))
        left, right, _, _ = (edge * MM for edge in margins)
        measures = page_measures(typeface(font), options, landscape=options.landscape)
        top, bottom = measures.top, measures.bottom  # wider where the running lines need it
        assert top >= margins[2] * MM - 0.01
        assert bottom >= margins[3] * MM - 0.01
        for frame, on_page in zip(frames(content), letters(content), strict=True):
            assert frame[0] == pytest.approx(left, abs=0.1)
            assert frame[2] == pytest.approx(width - right, abs=0.1)
            inside = [
                letter for letter in on_page if letter.top < height - top and letter.bottom > bottom
            ]
            assert len(inside) > 20
            assert all(letter.left > left - 1 for letter in inside)
            assert all(letter.right < width - right + 1 for letter in inside)
            # Everything else is wholly in a margin: nothing lies across the edge.
            outside = [letter for letter in on_page if letter not in inside]
            assert all(
                letter.bottom >= height - top - 0.3 or letter.top <= bottom + 0.3
                for letter in outside
            )

    @pytest.mark.parametrize("margins", [(60, 60, 60, 60), (60, 60, 5, 5)])
    def test_that_leave_no_room_are_refused_with_advice(
        self, margins: tuple[float, float, float, float]
    ) -> None:
        options = PrintOptions(paper="a4-portrait", margins_mm=margins, gutter_mm=30)
        with pytest.raises(ReportError, match="กรุณาลดระยะขอบ"):
            printed(options)

    def test_a_gutter_may_be_what_leaves_no_room(self) -> None:
        options = PrintOptions(paper="a4-portrait", margins_mm=(40, 40, 15, 15))
        printed(options)
        with pytest.raises(ReportError, match="ที่เย็บเล่ม"):
            printed(replace(options, gutter_mm=30))


class TestBinding:
    def test_room_is_added_on_the_left_of_every_page(self) -> None:
        for left, _, right, _ in frames(printed(PrintOptions(gutter_mm=10))):
            assert left == pytest.approx(30 * MM, abs=0.1)
            assert right == pytest.approx(841.89 - 15 * MM, abs=0.1)

    @pytest.mark.parametrize("paper", PAPERS)
    def test_printed_on_both_sides_it_changes_sides_on_even_pages(self, paper: str) -> None:
        content = printed(PrintOptions(gutter_mm=10, duplex=True, paper=paper))
        width = next(iter(paper_sizes(content)))[0]
        found = frames(content)
        assert len(found) > 3
        for place, (left, _, right, _) in enumerate(found):
            odd = place % 2 == 0
            assert left == pytest.approx((30 if odd else 20) * MM, abs=0.1)
            assert width - right == pytest.approx((15 if odd else 25) * MM, abs=0.1)

    def test_letters_move_with_their_rules(self) -> None:
        content = printed(PrintOptions(gutter_mm=10, duplex=True))
        for (left, _, right, _), on_page in zip(frames(content), letters(content), strict=True):
            assert all(left - 1 < letter.left for letter in on_page)
            assert all(letter.right < right + 1 for letter in on_page)


class TestSizes:
    @pytest.mark.parametrize("font", FONTS)
    @pytest.mark.parametrize("paper", PAPERS)
    @pytest.mark.parametrize("size", [10.0, 12.5, 20.0, 24.0])
    def test_from_the_smallest_to_the_largest_nothing_leaves_the_frame(
        self, size: float, paper: str, font: str
    ) -> None:
        content = printed(PrintOptions(size_pt=size, paper=paper, font=font))
        width, height = next(iter(paper_sizes(content)))
        for on_page in letters(content):
            assert all(letter.left > 20 * MM - 1 for letter in on_page)
            assert all(letter.right < width - 15 * MM + 1 for letter in on_page)
            assert all(letter.top < height - 15 * MM + 0.3 for letter in on_page)

    def test_larger_type_is_larger_on_paper(self) -> None:
        heights = []
        for size in (10.0, 20.0):
            on_page = letters(printed(PrintOptions(size_pt=size)))[0]
            digits = [letter for letter in on_page if letter.sign == "๕"]
            heights.append(digits[0].top - digits[0].bottom)
        assert heights[1] == pytest.approx(2 * heights[0], rel=0.03)

    @pytest.mark.parametrize("size", [9.9, 24.1, 0.0, -1.0])
    def test_beyond_the_limits_are_refused_with_advice(self, size: float) -> None:
        with pytest.raises(ReportError, match="เลือกขนาดระหว่าง ๑๐ ถึง ๒๔"):
            printed(PrintOptions(size_pt=size))


class TestDigits:
    def test_everything_the_program_counts_follows_the_option(self) -> None:
        """Level digits, numbers of standard, indicator, issue, evidence, year, date and page."""
        thai, arabic = (
            "".join(texts(printed(PrintOptions(thai_digits=thai)))) for thai in (True, False)
        )
        pairs = [
            ("มาตรฐานที่๑", "มาตรฐานที่1"),
            ("ตัวบ่งชี้ที่๑:", "ตัวบ่งชี้ที่1:"),
            ("๑.ภาวะผู้นำ", "1.ภาวะผู้นำ"),
            ("(ปีงบประมาณ๒๕๕๗)", "(ปีงบประมาณ2557)"),
            ("ประเด็นที่๒", "ประเด็นที่2"),
            ("๒.บันทึกการประชุม", "2.บันทึกการประชุม"),
            ("ลงวันที่๑๑มิถุนายน๒๕๕๗", "ลงวันที่11มิถุนายน2557"),
            ("หน้า๑จาก", "หน้า1จาก"),
        ]
        for with_thai, with_arabic in pairs:
            assert with_thai in thai
            assert with_arabic not in thai
            assert with_arabic in arabic
            assert with_thai not in arabic

    def test_levels_of_the_ladder_do_so_too(self) -> None:
        for thai, digits in ((True, "๕๔๓๒๑"), (False, "54321")):
            content = printed(PrintOptions(thai_digits=thai))
            column = [
                letter.sign
                for letter in letters(content)[0]
                if letter.left < 20 * MM + 17 * MM - 15
                and letter.sign in "๑๒๓๔๕12345"
                and letter.bottom > 18 * MM
            ]
            assert "".join(column) == digits

    def test_what_people_typed_stays_as_typed(self) -> None:
        arabic = "".join(texts(printed(PrintOptions(thai_digits=False))))
        assert "๔๙.๕๘" in arabic
        assert "๖ธันวาคม๒๕๕๗" in arabic
        assert "(1)ส่งแบบสอบถาม" in "".join(texts(printed(PrintOptions())))


class TestPureBlack:
    @pytest.mark.parametrize("form", ["sheets", "blank", "committee", "book"])
    def test_no_page_holds_grey_or_colour(self, form: str) -> None:
        options = PrintOptions(form=form, pure_black=True, watermark="ร่าง", signatures=True)
        for page in pages(printed(options)):
            inks = [
                (name, numbers)
                for name, numbers in page
                if name.lower() in {"g", "rg", "k", "sc", "scn", "gs"}
                and numbers not in ([0.0], [1.0], [0.0, 0.0, 0.0])
            ]
            assert inks == []

    def test_text_stays_readable_over_a_watermark(self) -> None:
        """The mark is drawn first, so nothing is covered, and no letter of it is filled."""
        with_mark = printed(PrintOptions(pure_black=True, watermark="ร่าง"))
        without = printed(PrintOptions(pure_black=True))
        for marked, plain in zip(texts(with_mark), texts(without), strict=True):
            assert marked == f"ร่าง{plain}"


class TestOnlyReady:
    def test_only_indicators_marked_as_ready_are_printed(self) -> None:
        assessed = replace(
            invented_round(), indicators={"indicator-2": IndicatorAssessment(status=READY)}
        )
        for form in ("sheets", "blank", "committee"):
            options = PrintOptions(form=form, only_ready=True)
            words = "".join(texts(render_sheets(assessed, options)[0]))
            assert "ตัวบ่งชี้ที่๒" in words
            assert "ตัวบ่งชี้ที่๑" not in words

    def test_without_any_the_person_is_told_what_to_do(self) -> None:
        with pytest.raises(ReportError, match="กรุณาทำเครื่องหมายก่อน"):
            render_sheets(invented_round(), PrintOptions(only_ready=True))


class TestSignatures:
    def test_are_off_unless_asked_for(self) -> None:
        assert "ลงชื่อ" not in "".join(texts(printed(PrintOptions())))

    @pytest.mark.parametrize("font", FONTS)
    @pytest.mark.parametrize("size", [10.0, 16.0, 24.0])
    @pytest.mark.parametrize("paper", PAPERS)
    def test_two_stand_under_every_sheet_clear_of_its_frame(
        self, paper: str, size: float, font: str
    ) -> None:
        options = PrintOptions(signatures=True, paper=paper, size_pt=size, font=font)
        content, result = render_sheets(invented_round(), options)
        pairs = zip(pages(content), texts(content), letters(content), strict=True)
        signed = []
        for place, (page, text, on_page) in enumerate(pairs, 1):
            if "(ลงชื่อ)" not in text:
                continue
            assert "(ลงชื่อ)ผู้รายงาน()วันที่เดือนพ.ศ." in text
            signed += [place] * text.count("(ลงชื่อ)")
            frame = [min(y, y2) for _, y, _, y2 in strokes(page, width=0.5)]
            lines = dotted_lines(page)
            assert max(line.y for line in lines) < min(frame, default=9999) - 8 * MM + 6
            assert min(line.y for line in lines) > 18 * MM - 6
            signs = [letter for letter in on_page if letter.sign == "ล" and letter.bottom > 18 * MM]
            assert signs
        last = [result.page_of_indicator["1.2"] - 1, result.pages]
        if size < 24:
            assert signed == sorted(last * 2)
        else:
            assert len(signed) == 4

    def test_a_full_page_sends_them_on_with_the_end_of_its_text(self) -> None:
        content = printed_short(PrintOptions(signatures=True))
        first, second = texts(content)
        assert "ลงชื่อ" not in first
        assert "วิธีการดำเนินงานสั้น" in first
        assert "อ้างอิงผลการดำเนินงานความเห็นและข้อเสนอแนะ(ลงชื่อ)ผู้รายงาน" in second
        assert second.endswith("ตัวบ่งชี้ที่๑:การบริหารจัดการที่ดี(ต่อ)หน้า๒จาก๒")

    def test_of_a_form_nobody_filled_they_stand_on_a_page_that_says_whose_they_are(self) -> None:
        content, _ = render_sheets(one_issue_round(), PrintOptions(signatures=True))
        first, second = texts(content)
        assert "ลงชื่อ" not in first
        assert second.startswith("ตัวบ่งชี้ที่๑:การบริหารจัดการที่ดี(ต่อ)(ลงชื่อ)")
        assert strokes(pages(content)[1], width=0.5) == []

    @pytest.mark.parametrize("paper", PAPERS)
    @pytest.mark.parametrize("words", range(60, 900, 60))
    def test_they_never_stand_alone_and_nothing_is_lost(self, words: int, paper: str) -> None:
        text = " ".join(f"คำ{word}" for word in range(words))
        assessed = one_issue_round(text, text, level=4)
        content, _ = render_sheets(assessed, PrintOptions(signatures=True, paper=paper))
        *_, last = zip(texts(content), pages(content), strict=True)
        assert last[0].count("(ลงชื่อ)") == 2
        assert strokes(last[1], width=0.5)
        plain, _ = render_sheets(assessed, PrintOptions(paper=paper))
        printed = [re.findall(r"คำ\d+", "".join(texts(made))) for made in (content, plain)]
        assert printed[0] == printed[1]

    def test_they_stay_on_the_sheet_where_there_is_room(self) -> None:
        options = PrintOptions(signatures=True, paper="a4-portrait", size_pt=10)
        content = printed_short(options)
        assert len(texts(content)) == 1
        assert texts(content)[0].count("(ลงชื่อ)") == 2

    def test_they_do_not_change_the_sheet_itself(self) -> None:
        without, with_them = (
            pages(printed(PrintOptions(signatures=signed, page_numbers="none")))
            for signed in (False, True)
        )
        assert [boxes(page) for page in without] == [
            boxes(page) for page in with_them if strokes(page, width=0.5)
        ]


@pytest.mark.parametrize("form", ["sheets", "blank"])
def test_the_largest_type_within_the_widest_margins_comes_to_an_end(form: Form) -> None:
    options = PrintOptions(form=form, size_pt=24, margins_mm=(60, 60, 60, 58))
    content, result = render_sheets(invented_round(), options)
    assert len(texts(content)) == result.pages
    assert "วิธีการดำเนินงาน" in "".join(texts(content))


def printed_short(options: PrintOptions) -> bytes:
    return render_sheets(one_issue_round("สั้น", level=4), options)[0]
