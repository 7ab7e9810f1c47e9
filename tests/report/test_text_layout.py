import itertools
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image as Pictures

from esa_desktop.domain.richtext import Image, Paragraph, RichText, Run, Table, paragraph
from esa_desktop.report.measures import MM
from esa_desktop.report.slugs import KEEP, ImageSlug, Slug, TextSlug
from esa_desktop.report.text_layout import ColumnText
from tests.report.reading import HAS_POPPLER, pdfium_pages, poppler_pages
from tests.report.set_lines import NARROW, pages_of, printed, read_slug, text_setter

ROOMS = (400, 700, 7)
"""Heights of columns, as different pages leave them."""
ALL_ROOMS = (230, 700, 7)
"""Also those below long titles or at 24 points."""
LABELS = ("๑.", "๑.๑", "๑)", "(๑)", "•")
SENTENCE = "ส่งเสริมการจัดการเรียนรู้ของครูและบุคลากรทางการศึกษาอย่างต่อเนื่อง"
PROSE = "สำนักงานได้ดำเนินการพัฒนาบุคลากร อย่างต่อเนื่องและทั่วถึง เมื่อวันที่ ๖ ธันวาคม ๒๕๕๗ ที่ห้องประชุม น้ำใส "


def five_levels(widest: str = "") -> RichText:
    blocks = [paragraph(SENTENCE * 2, label, level=level) for level, label in enumerate(LABELS)]
    if widest:
        blocks.append(paragraph(SENTENCE * 2, widest, level=0))
    return RichText(tuple(blocks))


def text_slugs(text: RichText, width: float, *, hang_all: bool = False) -> list[TextSlug]:
    slugs = text_setter().cell(text, hang_all=hang_all).slugs(width)
    assert all(isinstance(slug, TextSlug) for slug in slugs)
    return [slug for slug in slugs if isinstance(slug, TextSlug)]


def page_ends(slugs: list[Slug], room: float) -> list[tuple[str, str]]:
    """The last line of every page but the last, and the first one after it."""
    pages = pages_of(slugs, room)
    return [
        (read_slug(before[-1]), read_slug(after[0])) for before, after in itertools.pairwise(pages)
    ]


class TestBoldLines:
    """What somebody set in bold above a paragraph, in the notes and in the book."""

    def slugs(self, heading: str, *, width: float = 200.0) -> list[TextSlug]:
        bold = Paragraph((Run(heading, bold=True),))
        item = paragraph("รายการ", "๑.")
        return text_slugs(RichText((item, bold, paragraph(SENTENCE * 3))), width)

    def test_a_bold_line_stands_at_the_edge_with_white_above_and_what_follows_below(self) -> None:
        _, heading, text, *_ = self.slugs("โครงสร้างของสำนักงาน")
        assert (heading.x, heading.line.indent) == (0.0, 0.0)
        assert text.line.indent > 0
        assert heading.before > 0
        assert text.cost == KEEP

    def test_a_bold_paragraph_of_several_lines_is_a_paragraph(self) -> None:
        _, first, second, *rest = self.slugs(SENTENCE * 2)
        assert first.line.indent > 0
        assert first.before == 0
        assert KEEP not in {slug.cost for slug in (second, *rest)}

    def test_evidence_in_bold_stays_where_evidence_stands(self) -> None:
        bold = Paragraph((Run("ฯลฯ", bold=True),))
        text = RichText((paragraph("รายการ", "๑."), bold))
        item, other = text_slugs(text, 200, hang_all=True)
        assert other.x == item.x


class TestHangingLabels:
    @pytest.mark.parametrize("width", [NARROW, 60 * MM, 80 * MM, 129 * MM])
    def test_each_of_five_levels_stands_further_right(self, width: float) -> None:
        slugs = text_slugs(five_levels(), width)
        labels = [slug for slug in slugs if slug.label]
        assert [
            read_slug(slug)[: len(label)] for slug, label in zip(labels, LABELS, strict=True)
        ] == list(LABELS)
        places = [slug.label_x for slug in labels]
        assert all(right - left >= 5 for left, right in itertools.pairwise(places))

    @pytest.mark.parametrize("width", [NARROW, 60 * MM, 80 * MM, 129 * MM])
    def test_all_lines_of_an_item_begin_below_its_first_word(self, width: float) -> None:
        edges: list[set[float]] = []
        for slug in text_slugs(five_levels(), width):
            if slug.label:
                edges.append(set())
                assert slug.label_x + slug.label.width <= slug.x + 0.5
            edges[-1].add(round(slug.x + slug.line.indent, 2))
        assert [len(places) for places in edges] == [1] * 5

    @pytest.mark.parametrize("label", ["๑.๒.๓.๔.๕", "๑๐.๑๑.๑๒.๑๓.๑๔", "กิจกรรมที่ ๑๒๓๔๕๖๗๘๙:"])
    @pytest.mark.parametrize("width", [NARROW, 80 * MM, 129 * MM])
    def test_a_wide_label_covers_no_text_and_moves_nobody_elses(
        self, width: float, label: str
    ) -> None:
        usual = text_slugs(five_levels(), width)
        slugs = text_slugs(five_levels(label), width)
        assert slugs[0].x == usual[0].x
        read = "".join(read_slug(slug) for slug in slugs).replace(" ", "")
        assert label.replace(" ", "") + "ส่งเสริม" in read
        for slug in slugs:
            if slug.label:
                assert slug.label_x + slug.label.width <= slug.x + slug.line.indent + 0.5
            assert slug.x + slug.line.indent + slug.line.width <= width + 0.1
            assert slug.x + slug.line.indent >= -0.01

    def test_a_short_line_below_an_item_is_its_continuation(self) -> None:
        text = RichText(
            (paragraph(SENTENCE, "๑."), paragraph("โดยครูทุกคน"), paragraph(SENTENCE * 3))
        )
        slugs = text_slugs(text, 80 * MM)
        edge = slugs[0].x
        below = next(slug for slug in slugs if read_slug(slug).startswith("โดยครู"))
        assert below.x + below.line.indent == pytest.approx(edge)
        own = slugs[slugs.index(below) + 1]
        assert own.x + own.line.indent == pytest.approx(7 * MM)
        assert slugs[slugs.index(own) + 1].x == 0


class TestCuts:
    def column(self, texts: int, lines: int) -> ColumnText:
        setter = text_setter()
        column = ColumnText(setter)
        for number in range(texts):
            column.add_heading(setter.heading(f"ประเด็น{number} " * 9, label=f"{number}."), 9)
            column.add_heading(setter.heading("หัวข้อวิธี"), 3)
            blocks = [paragraph("ความ" + SENTENCE * (1 + (number + n) % lines)) for n in range(6)]
            column.add_cell(setter.cell(RichText(tuple(blocks))))
        return column

    @pytest.mark.parametrize("lines", [1, 3, 7])
    @pytest.mark.parametrize("width", [60 * MM, 129 * MM])
    def test_no_page_ends_with_a_heading(self, width: float, lines: int) -> None:
        slugs = self.column(12, lines).slugs(width)
        cuts = 0
        for room in range(*ALL_ROOMS):
            for before, after in page_ends(slugs, room):
                cuts += 1
                assert "หัวข้อ" not in before
                assert "ประเด็น" not in before, (before, after)
        assert cuts > 100

    def test_no_page_begins_or_ends_with_a_lone_line_of_a_paragraph(self) -> None:
        slugs = self.column(12, 7).slugs(80 * MM)
        element = {id(slug): slug.element for slug in slugs}
        sizes = {id(e): sum(slug.element is e for slug in slugs) for e in element.values()}
        lone = cuts = 0
        for room in range(*ROOMS):
            for page in pages_of(slugs, room)[:-1]:
                last = page[-1]
                if slugs.index(last) + 1 == len(slugs):
                    continue
                after = slugs[slugs.index(last) + 1]
                cuts += 1
                if after.element is last.element and sizes[id(last.element)] > 3:
                    same = [slug for slug in slugs if slug.element is last.element]
                    lone += same.index(last) in {0, len(same) - 2}
        assert cuts > 100
        assert lone == 0

    def test_the_heading_of_an_empty_section_rather_stays_with_the_next(self) -> None:
        setter = text_setter()
        column = ColumnText(setter)
        for number in range(30):
            column.add_cell(setter.cell(RichText((paragraph(f"บรรทัด{number}"),))))
            column.add_heading(setter.heading("วิธี"), 3, keep=False)
            column.add_heading(setter.heading("ผล"), 3)
        column.add_cell(setter.cell(RichText((paragraph("จบ"),))))
        slugs = column.slugs(200)
        ends = [before for room in range(*ROOMS) for before, _ in page_ends(slugs, room)]
        assert len(ends) > 50
        assert {end[:6] for end in ends} == {"บรรทัด"}

    def test_what_announces_a_list_goes_over_with_it(self) -> None:
        setter = text_setter()
        blocks = []
        for number in range(40):
            blocks += [
                paragraph(f"ดำเนินการ {number} ดังนี้"),
                paragraph("แผน", "๑."),
                paragraph("งาน", "๒."),
            ]
        slugs = setter.cell(RichText(tuple(blocks))).slugs(300)
        ends = [before for room in range(*ROOMS) for before, _ in page_ends(slugs, room)]
        assert len(ends) > 50
        assert not any("ดังนี้" in end for end in ends)


class TestDistributedLines:
    def styled(self) -> RichText:
        return RichText(
            (
                paragraph(PROSE * 4),
                Paragraph((Run(PROSE), Run(PROSE, bold=True), Run(PROSE * 2, underline=True))),
                paragraph(PROSE * 3, "๑.๑", level=1),
                paragraph("บรรทัดแรก " + PROSE + "\n" + PROSE * 2),
                Paragraph((Run(PROSE * 3, bold=True),)),
                paragraph(PROSE * 3, align="right"),
                Table((((paragraph(PROSE),), (paragraph("ช่อง"),)),) * 2, (1.0, 1.0)),
            )
        )

    @pytest.mark.parametrize("font", ["TH Sarabun New", "Sarabun"])
    @pytest.mark.parametrize("width", [NARROW, 80 * MM, 129 * MM])
    def test_are_read_exactly_as_ragged_ones(self, tmp_path: Path, width: float, font: str) -> None:
        found = []
        for distribute in (False, True):
            setter = text_setter(font=font, distribute=distribute)
            target = tmp_path / f"{distribute}.pdf"
            target.write_bytes(printed(setter, setter.cell(self.styled()).slugs(width)))
            read = [pdfium_pages(target)]
            if HAS_POPPLER:
                read.append(poppler_pages(target))
            found.append(read)
        assert found[0] == found[1]
        assert "ธันวาคม ๒๕๕๗" in found[0][0][0]

    def test_are_only_those_of_running_text(self) -> None:
        setter = text_setter(distribute=True)
        slugs = setter.cell(self.styled()).slugs(80 * MM)
        texts = [slug for slug in slugs if isinstance(slug, TextSlug)]
        spread = [slug for slug in texts if slug.align == "justify"]
        assert len(spread) > 15
        bold = [s for s in texts if s.line.text.pieces[0].typed[0][1].bold and s.align == "left"]
        assert len(bold) > 3
        assert any(slug.align == "right" for slug in texts)
        assert setter.heading("หัวข้อ").align == "left"
        assert all(
            s.align == "left"
            for s in setter.cell(self.styled(), hang_all=True).slugs(200)
            if isinstance(s, TextSlug) and s.align != "right"
        )

    def test_leave_the_end_of_a_paragraph_and_of_a_typed_line_alone(self) -> None:
        slugs = (
            text_setter(distribute=True)
            .cell(RichText((paragraph(f"{PROSE}\n{PROSE}"),)))
            .slugs(80 * MM)
        )
        texts = [slug for slug in slugs if isinstance(slug, TextSlug)]
        ends = [slug for slug in texts if slug.last]
        assert len(ends) == 2
        assert all(read_slug(slug).endswith("น้ำใส") for slug in ends)
        assert len(texts) > 3


class TestPicturesInText:
    def picture(self, width: int, height: int) -> bytes:
        stream = BytesIO()
        Pictures.new("RGB", (width, height), (200, 30, 30)).save(stream, "PNG")
        return stream.getvalue()

    def slugs(self, block: Image, *, size: tuple[int, int], width: float = 200) -> list[Slug]:
        setter = text_setter(image=lambda _: self.picture(*size))
        text = RichText(
            (paragraph(SENTENCE), block, paragraph("ภาพที่ ๑ การประชุม"), paragraph(SENTENCE))
        )
        return setter.cell(text).slugs(width)

    def test_one_in_the_middle_of_text_keeps_its_place_and_its_words(self) -> None:
        slugs = self.slugs(Image("ab", 100), size=(40, 20))
        place = next(n for n, slug in enumerate(slugs) if isinstance(slug, ImageSlug))
        assert 0 < place < len(slugs) - 1
        assert slugs[place].height == pytest.approx(50, abs=8)
        for room in range(150, 260, 3):
            assert not any(after.startswith("ภาพที่") for _, after in page_ends(slugs, room))

    def test_one_too_tall_for_the_rest_of_a_page_goes_to_the_next(self) -> None:
        setter = text_setter(image=lambda _: self.picture(100, 300))
        blocks = [paragraph("คำ") for _ in range(20)] + [Image("ab", 0)]
        slugs = setter.cell(RichText(tuple(blocks))).slugs(150)
        pages = pages_of(slugs, 600)
        assert len(pages) == 2
        assert isinstance(pages[1][0], ImageSlug)
        assert pages[1][0].height <= setter.measures.tallest_picture + 4


def test_a_table_without_rows_prints_nothing_and_harms_nothing() -> None:
    text = RichText((paragraph("ก่อน"), Table((), ()), Table((), (1.0,)), paragraph("หลัง")))
    assert [read_slug(slug) for slug in text_slugs(text, 200)] == ["ก่อน", "หลัง"]


def test_a_table_without_rows_prints_nothing_and_breaks_nothing() -> None:
    from esa_desktop.domain.richtext import Table

    column = ColumnText(text_setter())
    column.add_cell(column.setter.cell(RichText((Table((), (), 0),))))

    assert column.slugs(200.0) == []
