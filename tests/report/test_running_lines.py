from dataclasses import replace

import pytest

from esa_desktop.domain.printing import PrintOptions
from esa_desktop.report.document import Document, Page, Steps, page_numbers
from esa_desktop.report.fonts import typeface
from esa_desktop.report.measures import page_measures
from esa_desktop.report.typesetter import Typesetter
from tests.report.drawn import MM, letters, pages, texts

FONTS = ["TH Sarabun New", "Sarabun"]
STACKED = "ผู้ที่รู้ซึ้งปี่ ฎฏฐู"
"""Marks as high and as deep as any."""


def document(options: PrintOptions, count: int = 3, footer: str = "ตัวบ่งชี้") -> bytes:
    """Empty pages with their running lines."""
    face = typeface(options.font)
    measures = page_measures(face, options, landscape=options.landscape)
    made = [Page(measures, lambda _: None, footer=footer) for _ in range(count)]
    return Document(Typesetter(face), options, "ทดสอบ", "").write(made, Steps(count))


class TestPageNumbers:
    @pytest.mark.parametrize(
        ("style", "thai", "words"),
        [
            ("x_of_y", True, "หน้า๒จาก๓"),
            ("x_of_y", False, "หน้า2จาก3"),
            ("plain", True, "๒"),
            ("plain", False, "2"),
        ],
    )
    def test_are_written_as_the_options_say(self, style: str, thai: bool, words: str) -> None:
        options = PrintOptions(page_numbers=style, thai_digits=thai)
        assert texts(document(options))[1] == f"ตัวบ่งชี้{words}"

    def test_may_be_left_out(self) -> None:
        assert texts(document(PrintOptions(page_numbers="none"))) == ["ตัวบ่งชี้"] * 3

    def test_of_preliminary_pages_are_letters_without_a_total(self) -> None:
        face = typeface("TH Sarabun New")
        options = PrintOptions()
        measures = page_measures(face, options, landscape=True)
        made = [
            Page(measures, lambda _: None, series=series)
            for series in ("unnumbered", "front", "front", "body")
        ]
        content = Document(Typesetter(face), options, "ทดสอบ", "").write(made, Steps(4))
        assert texts(content) == ["", "ก", "ข", "หน้า๑จาก๑"]
        assert [number.words for number in page_numbers(made, thai=True)] == ["", "ก", "ข", "๑"]

    def test_stand_at_the_right_edge_of_the_frame(self) -> None:
        for on_page in letters(document(PrintOptions())):
            assert max(letter.right for letter in on_page) == pytest.approx(
                841.89 - 15 * MM, abs=1.0
            )


class TestHeaderAndFooter:
    def test_a_footer_of_ones_own_replaces_the_indicator(self) -> None:
        assert texts(document(PrintOptions(footer="กลุ่มนโยบายและแผน")))[0].startswith(
            "กลุ่มนโยบายและแผนหน้า"
        )

    @pytest.mark.parametrize("empty", ["", "   ", "\n", " \n\t"])
    def test_white_counts_as_nothing(self, empty: str) -> None:
        plain = document(PrintOptions())
        assert texts(document(PrintOptions(header=empty, footer=empty, watermark=empty))) == texts(
            plain
        )

    def test_several_lines_become_one(self) -> None:
        content = document(PrintOptions(header="บรรทัดแรก\r\n  บรรทัดสอง\n\nบรรทัดสาม"))
        on_page = letters(content)[0]
        header = [letter for letter in on_page if letter.bottom > 595 - 15 * MM]
        assert "".join(letter.sign for letter in header) == "บรรทัดแรกบรรทัดสองบรรทัดสาม"
        assert max(letter.top for letter in header) - min(letter.bottom for letter in header) < 20

    @pytest.mark.parametrize("font", FONTS)
    @pytest.mark.parametrize("paper", ["a4-landscape", "f4-portrait"])
    def test_longer_than_the_page_they_are_shortened_and_never_meet_the_number(
        self, paper: str, font: str
    ) -> None:
        options = PrintOptions(
            header="หัวกระดาษ" * 60, footer="ท้ายกระดาษ" * 60, paper=paper, font=font
        )
        content = document(options)
        width = page_measures(typeface(font), options, landscape=options.landscape).paper[0]
        for text, on_page in zip(texts(content), letters(content), strict=True):
            assert text.count("…") == 2
            assert min(letter.left for letter in on_page) >= 20 * MM - 1
            assert max(letter.right for letter in on_page) <= width - 15 * MM + 1
            foot = [letter for letter in on_page if letter.bottom < 18 * MM]
            words = "".join(letter.sign for letter in foot)
            number = foot[words.index("หน้า")]
            before = foot[words.index("…")]
            assert number.left - before.right > 10

    @pytest.mark.parametrize("font", FONTS)
    @pytest.mark.parametrize("size", [10.0, 16.0, 24.0])
    @pytest.mark.parametrize("margin", [5, 7, 10, 18, 40])
    def test_they_stay_between_the_frame_and_the_edge_of_the_paper(
        self, margin: int, size: float, font: str
    ) -> None:
        options = PrintOptions(
            header=STACKED, footer=STACKED, size_pt=size, font=font, margins_mm=(margin,) * 4
        )
        m = page_measures(typeface(font), options, landscape=True)
        for on_page in letters(document(options)):
            assert len(on_page) > 30
            foot = [letter for letter in on_page if letter.top < 300]
            head = [letter for letter in on_page if letter.top > 300]
            assert min(letter.bottom for letter in foot) > 4 * MM - 0.5  # where printers reach
            assert max(letter.top for letter in foot) <= m.bottom
            assert max(letter.top for letter in head) < 595.28 - 4 * MM + 0.5
            assert min(letter.bottom for letter in head) >= 595.28 - m.top

    def test_in_a_wide_margin_they_are_as_large_as_ever(self) -> None:
        heights = []
        for margin in (15, 40):
            on_page = letters(document(PrintOptions(margins_mm=(20, 15, margin, margin))))[0]
            heights.append(max(letter.top - letter.bottom for letter in on_page))
        assert heights[0] == pytest.approx(heights[1], abs=0.05)


class TestWatermark:
    def test_lies_across_the_middle_of_the_paper_and_is_an_artifact(self) -> None:
        content = document(PrintOptions(watermark="ร่าง", page_numbers="none"), footer="")
        for page, on_page in zip(pages(content), letters(content), strict=True):
            names = [name for name, _ in page]
            assert names.index("BMC") < names.index("Tm") < names.index("EMC")
            assert "BDC" not in names
            middle = (
                (min(letter.left for letter in on_page) + max(letter.right for letter in on_page))
                / 2,
                (min(letter.bottom for letter in on_page) + max(letter.top for letter in on_page))
                / 2,
            )
            assert middle == pytest.approx((841.89 / 2, 595.28 / 2), abs=60)

    def test_is_drawn_before_everything_else(self) -> None:
        assert texts(document(PrintOptions(watermark="ร่าง")))[0].startswith("ร่าง")

    @pytest.mark.parametrize("words", ["ก", "ร่าง", "ร่างเพื่อพิจารณา ห้ามเผยแพร่ " * 6])
    @pytest.mark.parametrize("paper", ["a4-landscape", "a4-portrait", "f4-portrait"])
    def test_of_any_length_fits_the_paper(self, paper: str, words: str) -> None:
        options = PrintOptions(watermark=words, paper=paper, page_numbers="none")
        width, height = page_measures(
            typeface(options.font), options, landscape=options.landscape
        ).paper
        for on_page in letters(document(options, footer="")):
            assert all(letter.left > 0 and letter.right < width for letter in on_page)
            assert all(letter.bottom > 0 and letter.top < height for letter in on_page)

    def test_is_hollow_instead_of_pale_where_no_grey_is_wanted(self) -> None:
        pale = pages(document(PrintOptions(watermark="ร่าง")))[0]
        black = pages(document(PrintOptions(watermark="ร่าง", pure_black=True)))[0]
        assert [numbers for name, numbers in pale if name == "g"] == [[0.87]]
        assert [numbers for name, numbers in black if name == "g"] == []
        assert ("Tr", [1.0]) in black
        assert ("Tr", [1.0]) not in pale

    def test_hollow_letters_end_with_the_watermark(self) -> None:
        """The drawing state is put back before anything else is written."""
        black = pages(document(PrintOptions(watermark="ร่าง", pure_black=True)))[0]
        names = [name for name, _ in black]
        assert names.index("Tr") < names.index("Q") < names.index("Tm", names.index("Q"))


def test_pages_of_a_part_are_numbered_as_in_the_whole() -> None:
    options = PrintOptions()
    face = typeface(options.font)
    measures = page_measures(face, options, landscape=True)
    made = [Page(measures, lambda _: None) for _ in range(12)]
    content = Document(Typesetter(face), options, "ทดสอบ", "").write(made, Steps(12), only={4, 11})
    assert texts(content) == ["หน้า๕จาก๑๒", "หน้า๑๒จาก๑๒"]


def test_even_pages_are_moved_with_their_running_lines() -> None:
    options = PrintOptions(gutter_mm=20, duplex=True, header="หัว")
    first, second, third = (
        min(letter.left for letter in on_page) for on_page in letters(document(options))
    )
    assert first == pytest.approx(third, abs=0.01)
    assert first - second == pytest.approx(20 * MM, abs=0.01)
    straight = replace(options, duplex=False)
    assert len({round(min(one.left for one in page)) for page in letters(document(straight))}) == 1
