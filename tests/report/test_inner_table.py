import itertools
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from esa_desktop.domain.richtext import Paragraph, RichText, Table, paragraph
from esa_desktop.report.measures import MM
from esa_desktop.report.slugs import Slug
from esa_desktop.report.table_rows import Band
from tests.report.reading import close, letter_boxes, pdfium_pages
from tests.report.set_lines import NARROW, pages_of, printed, text_setter

LEFT = 20 * MM
SENTENCE = "การส่งเสริมการมีส่วนร่วมในการจัดการศึกษาของบุคคลและชุมชนท้องถิ่นอย่างต่อเนื่อง"


def table(rows: list[list[str]], widths: tuple[float, ...] = (), heads: int = 1) -> Table:
    cells = tuple(tuple((paragraph(text),) for text in row) for row in rows)
    return Table(cells, widths or (1.0,) * len(rows[0]), heads)


def set_table(made: Table, width: float, font: str = "TH Sarabun New") -> tuple[list[Slug], bytes]:
    setter = text_setter(font=font)
    slugs = setter.cell(RichText((made,))).slugs(width)
    return slugs, printed(setter, slugs)


def strokes(
    pdf: bytes,
) -> list[tuple[list[tuple[float, float, float]], list[tuple[float, float, float]]]]:
    """Per page upright lines (x, lower, upper end) and lines across (y, left, right end)."""
    pages = []
    with pikepdf.open(BytesIO(pdf)) as document:
        for page in document.pages:
            upright, across = [], []
            start = (0.0, 0.0)
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) == "m":
                    start = (float(operands[0]), float(operands[1]))
                elif str(operator) == "l":
                    x, y = float(operands[0]), float(operands[1])
                    if x == start[0]:
                        upright.append((x, min(y, start[1]), max(y, start[1])))
                    else:
                        across.append((y, min(x, start[0]), max(x, start[0])))
            pages.append((upright, across))
    return pages


def letters_across_rules(pdf: bytes, folder: Path) -> int:
    """How many letters cross an upright line; fails where nothing was read."""
    target = folder / "table.pdf"
    target.write_bytes(pdf)
    crossing = seen = 0
    for (upright, _), boxes in zip(strokes(pdf), letter_boxes(target), strict=True):
        for x, low, x2, high in boxes:
            seen += 1
            crossing += any(
                x < edge - 0.6 and x2 > edge + 0.6 and bottom < low and high < top + 4
                for edge, bottom, top in upright
            )
    assert seen
    return crossing


class TestOverPages:
    def rows(self) -> list[list[str]]:
        return [["ลำดับที่", "รายการตรวจ"]] + [[f"{n}", f"รายการ {n} จบ"] for n in range(120)]

    def test_the_head_is_repeated_and_every_frame_is_closed(self, tmp_path: Path) -> None:
        _, pdf = set_table(table(self.rows()), 80 * MM)
        target = tmp_path / "a.pdf"
        target.write_bytes(pdf)
        pages = [close(page) for page in pdfium_pages(target)]
        assert len(pages) > 3
        assert all(page.startswith("ลำดับที่รายการตรวจ") for page in pages)
        for upright, across in strokes(pdf):
            top, bottom = max(y for y, _, _ in across), min(y for y, _, _ in across)
            for edge in {x for x, _, _ in upright}:
                ends = [(low, high) for x, low, high in upright if x == edge]
                assert max(high for _, high in ends) == top
                assert min(low for low, _ in ends) == bottom

    def test_a_tall_row_is_cut_inside_with_its_head_above(self, tmp_path: Path) -> None:
        rows = [["ที่", "รายละเอียด"], ["๑", SENTENCE * 120], ["๒", "ท้าย"]]
        _, pdf = set_table(table(rows), 80 * MM)
        target = tmp_path / "a.pdf"
        target.write_bytes(pdf)
        pages = [close(page) for page in pdfium_pages(target)]
        assert len(pages) > 3
        assert all(page.startswith("ที่รายละเอียด") for page in pages)
        joined = "".join(page.removeprefix("ที่รายละเอียด") for page in pages)
        assert joined == "๑" + SENTENCE * 120 + "๒ท้าย"
        for _, across in strokes(pdf):
            assert len({y for y, _, _ in across}) >= 3

    def test_a_cut_inside_a_row_leaves_two_lines_on_either_side(self) -> None:
        rows = [[f"{n}", SENTENCE * (1 + n % 5)] for n in range(40)]
        slugs, _ = set_table(table(rows, heads=0), 60 * MM)
        bands = [slug for slug in slugs if isinstance(slug, Band)]
        cuts = 0
        for room in range(350, 700, 7):
            for page in pages_of(slugs, room)[:-1]:
                last = page[-1]
                assert isinstance(last, Band)
                after = bands[bands.index(last) + 1]
                if after.row is last.row:
                    cuts += 1
                    assert last.place >= 1
                    assert last.row.count - after.place >= 2
        assert cuts > 20

    def test_no_page_ends_with_the_head_alone(self) -> None:
        setter = text_setter()
        blocks: list[Paragraph | Table] = []
        for number in range(20):
            blocks += [paragraph(f"ตาราง {number} ดังนี้"), table(self.rows()[: 3 + number % 4])]
        slugs = setter.cell(RichText(tuple(blocks))).slugs(200)
        for room in range(200, 600, 11):
            for page in pages_of(slugs, room)[:-1]:
                assert page[-1].cost < 2 or page[-1].head


class TestColumns:
    def test_a_chosen_share_is_kept_where_words_allow_it(self) -> None:
        made = table([["ก", "ข"], ["ค", "ง"]], widths=(1.0, 3.0))
        _, pdf = set_table(made, 200)
        edges = sorted({x for x, _, _ in strokes(pdf)[0][0]})
        assert [round(b - a) for a, b in itertools.pairwise(edges)] == [50, 150]

    def test_columns_of_numbers_get_of_the_spare_room_but_not_most_of_it(self) -> None:
        edges = []
        for width in (140, 400):
            made = table([["ที่", "เครือข่าย", "จำนวน"], ["๑", "เวียงหลวง", "๑๐"]])
            _, pdf = set_table(made, width)
            edges.append(sorted({x for x, _, _ in strokes(pdf)[0][0]}))
        narrow, wide = ([b - a for a, b in itertools.pairwise(row)] for row in edges)
        assert wide[2] > narrow[2] + 10
        assert wide[0] < 45
        assert wide[1] > 200

    @pytest.mark.parametrize(
        ("numbers", "aligned"),
        [
            (["๒,๑๘๔", "๘๗๒", "๑๑,๑๕๒", "–"], True),
            (["๙๐.๖๓", "๔.๕๐", "๑๐๐.๐๐"], True),
            (["๔.๕", "๑๒", "๔๙.๕๘"], False),
            (["๑/๒๕๕๗", "๑๒/๒๕๕๗"], False),
        ],
    )
    def test_digits_stand_under_digits_in_the_middle_of_their_column(
        self, numbers: list[str], aligned: bool, tmp_path: Path
    ) -> None:
        made = table([["ก"]] + [[number] for number in numbers])
        _, pdf = set_table(made, 200)
        target = tmp_path / "a.pdf"
        target.write_bytes(pdf)
        (boxes,) = letter_boxes(target)
        left, right = sorted({x for x, _, _ in strokes(pdf)[0][0]})
        rows: dict[int, list[tuple[float, float]]] = {}
        for x, low, x2, _ in boxes:
            rows.setdefault(round(low / 15), []).append((x, x2))
        lines = sorted(rows.items(), reverse=True)[1:]
        assert sum(len(row) for _, row in lines) >= sum(len(n) - n.count(".") for n in numbers) - 4
        ends = {round(max(x2 for _, x2 in row)) for _, row in lines if len(row) > 1}
        assert (max(ends) - min(ends) <= 2) == aligned
        middle = (min(x for _, row in lines for x, _ in row) + max(ends)) / 2
        assert middle == pytest.approx((left + right) / 2, abs=3)

    @pytest.mark.parametrize("widths", [(0.0, 0.0), (-1.0, 2.0), (5.0, 0.0), (1.0,)])
    def test_odd_shares_do_no_harm(self, widths: tuple[float, ...], tmp_path: Path) -> None:
        made = table([["คำหนึ่ง", "คำสอง"], ["สาม", "สี่"]], widths=widths)
        _, pdf = set_table(made, 200)
        assert letters_across_rules(pdf, tmp_path) == 0

    @pytest.mark.parametrize("font", ["TH Sarabun New", "Sarabun"])
    @pytest.mark.parametrize("count", [5, 10, 12, 20])
    def test_many_columns_in_a_narrow_one_keep_to_their_cells(
        self, count: int, font: str, tmp_path: Path
    ) -> None:
        rows = [[f"หัวข้อ{n}" for n in range(count)]]
        rows += [["โรงเรียนบ้านหนองน้ำใส", "WWW", "mmm ณณ"] * 7] * 3
        made = table([row[:count] for row in rows])
        _, pdf = set_table(made, NARROW, font)
        assert letters_across_rules(pdf, tmp_path) == 0
        (upright, across), *_ = strokes(pdf)
        assert len({x for x, _, _ in upright}) == count + 1
        assert max(right for _, _, right in across) <= LEFT + NARROW + 0.5
        read = close("".join(pdfium_pages(tmp_path / "table.pdf")))
        assert read.count("โรงเรียนบ้านหนองน้ำใส") == 3 * len(rows[1][:count:3])

    def test_a_crowded_table_is_set_smaller_before_its_words_are_broken(self) -> None:
        rows = [["ปริมาณ"] * 6, ["โรงเรียน"] * 6]
        slugs, _ = set_table(table(rows), 80 * MM)
        usual, _ = set_table(table([row[:3] for row in rows]), 80 * MM)
        assert slugs[0].height < usual[0].height
        assert len(slugs) == len(usual) == 2

    def test_rows_of_unequal_length_are_filled_up(self, tmp_path: Path) -> None:
        cells = tuple(tuple((paragraph(text),) for text in row) for row in ("กขค", "ง", "", "จฉ"))
        _, pdf = set_table(Table(cells, (1.0, 1.0)), 200)
        target = tmp_path / "a.pdf"
        target.write_bytes(pdf)
        assert close("".join(pdfium_pages(target))) == "กขคงจฉ"
        assert len({x for x, _, _ in strokes(pdf)[0][0]}) == 4

    def test_an_empty_table_prints_its_frame(self) -> None:
        slugs, pdf = set_table(table([["", ""], ["", ""]]), 200)
        assert len(slugs) == 2
        assert len({x for x, _, _ in strokes(pdf)[0][0]}) == 3
        slugs, _ = set_table(Table((((), ()),), (1.0, 1.0), 0), 200)
        assert len(slugs) == 1


def test_one_enormous_cell_loses_nothing(tmp_path: Path) -> None:
    text = "".join(f"{SENTENCE}{n}" for n in range(600))
    assert len(text) > 40_000
    _, pdf = set_table(table([["ที่", "ข้อความ"], ["๑", text]]), NARROW)
    target = tmp_path / "a.pdf"
    target.write_bytes(pdf)
    pages = [close(page).removeprefix("ที่ข้อความ") for page in pdfium_pages(target)]
    assert "".join(pages) == "๑" + text
