"""The page types of the book one by one: contents, pictures, register, compilers, tables."""

from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from esa_desktop.domain.book import Part
from esa_desktop.domain.evidence import Evidence
from esa_desktop.domain.printing import PrintOptions
from esa_desktop.domain.richtext import EMPTY, Image, RichText, from_plain, paragraph
from esa_desktop.report.book.column import BookColumn, BookSetting
from esa_desktop.report.document import Steps
from esa_desktop.report.measures import MM
from esa_desktop.report.print_job import PrintJob
from tests.report.books import book_round, pictures, printed_book, roles
from tests.report.reading import close, letter_boxes


def image_boxes(path: Path) -> list[list[tuple[float, float]]]:
    """Width and height of the pictures on every page."""
    found = []
    with pikepdf.open(path) as document:
        for page in document.pages:
            matrix: list[float] = []
            sizes = []
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) == "cm":
                    matrix = [float(value) for value in operands]
                if str(operator) == "Do":
                    sizes.append((matrix[0], matrix[3]))
            found.append(sizes)
    return found


class TestCover:
    def test_it_holds_everything_and_no_running_words(self, tmp_path: Path) -> None:
        pages, _ = printed_book(book_round(), tmp_path, parts=(Part.COVER,))
        assert pages == [
            close(
                "รายงานผลการประเมินตนเอง ตามมาตรฐานสำนักงานเขตพื้นที่การศึกษา พ.ศ.๒๕๕๗ "
                "ปีงบประมาณ พ.ศ. ๒๕๕๗ สพป.ตัวอย่าง เขต ๑ เอกสารลำดับที่ ๑๒/๒๕๕๗ กลุ่มนโยบายและแผน"
            )
        ]

    def test_the_emblem_keeps_its_shape_within_its_room(self, tmp_path: Path) -> None:
        for name, ratio in (("small", 0.75), ("tall", 2.0)):
            emblem = RichText((Image(name, 300.0),))
            printed_book(book_round(emblem=emblem), tmp_path, parts=(Part.COVER,))
            (((width, height),),) = image_boxes(tmp_path / "book.pdf")
            assert height / width == pytest.approx(ratio, rel=0.01)
            assert height <= 42.1 * MM

    @pytest.mark.parametrize("emblem", [EMPTY, RichText((Image("lost", 90.0),))])
    def test_without_an_emblem_nothing_stands_in_its_place(
        self, tmp_path: Path, emblem: RichText
    ) -> None:
        pages, _ = printed_book(book_round(emblem=emblem), tmp_path, parts=(Part.COVER,))
        assert pages[0].startswith("รายงานผลการประเมินตนเอง")
        assert image_boxes(tmp_path / "book.pdf") == [[]]

    def test_it_is_one_page_at_every_size(self, tmp_path: Path) -> None:
        for size_pt in (10.0, 16.0, 24.0):
            pages, _ = printed_book(
                book_round(), tmp_path, parts=(Part.COVER,), size_pt=size_pt, font="Sarabun"
            )
            assert len(pages) == 1


class TestContents:
    def long_round(self, count: int) -> object:
        """With an indicator name of several lines, many times."""
        assessed = book_round()
        first, *others = assessed.framework.standards
        name = "การพัฒนาระบบบริหารจัดการที่มีคุณภาพและเกิดผลสัมฤทธิ์ต่อผู้เรียน " * 3
        made = tuple(
            replace(first.indicators[1], id=f"i{n}", number=n, name=name.strip(), issues=())
            for n in range(1, count + 1)
        )
        standards = (replace(first, indicators=made), *others)
        return replace(assessed, framework=replace(assessed.framework, standards=standards))

    def test_names_of_several_lines_stay_clear_of_the_numbers(self, tmp_path: Path) -> None:
        parts = (Part.CONTENTS, Part.SHEETS)
        printed_book(self.long_round(6), tmp_path, parts=parts)  # type: ignore[arg-type]
        boxes = next(letter_boxes(tmp_path / "book.pdf"))
        right = max(box[2] for box in boxes)
        lines = sorted({round(box[1]) for box in boxes})
        assert len(lines) > 15
        column = right - 30.0
        names = [box for box in boxes if box[2] < column]
        assert all(box[2] < column - 10 or box[0] > column for box in names)

    def test_further_pages_repeat_what_the_column_of_numbers_is(self, tmp_path: Path) -> None:
        parts = (Part.CONTENTS, Part.SHEETS)
        pages, _ = printed_book(self.long_round(20), tmp_path, parts=parts)  # type: ignore[arg-type]
        assert pages[1].startswith("สารบัญ(ต่อ)หน้า")
        assert "TOCI" in roles(tmp_path / "book.pdf")

    def test_dots_are_no_text(self, tmp_path: Path) -> None:
        pages, _ = printed_book(book_round(), tmp_path, parts=(Part.CONTENTS, Part.BASICS))
        assert pages[0] == "สารบัญหน้าส่วนที่๑ข้อมูลพื้นฐาน๑สารบัญก"


class TestPictures:
    def test_two_stand_on_a_page_each_with_its_words(self, tmp_path: Path) -> None:
        assessed = book_round(pictures=pictures("wide", "wide", "tall", "wide", "wide"))
        pages, _ = printed_book(assessed, tmp_path, parts=(Part.PICTURES,))
        shown = image_boxes(tmp_path / "book.pdf")[1:]
        assert [len(page) for page in shown] == [2, 2, 1]
        assert [page.count("ภาพที่") for page in pages[1:]] == [2, 2, 1]

    def test_a_small_picture_is_not_blown_up(self, tmp_path: Path) -> None:
        printed_book(book_round(pictures=pictures("small")), tmp_path, parts=(Part.PICTURES,))
        assert image_boxes(tmp_path / "book.pdf")[-1] == [(150.0, 112.5)]

    def test_a_long_caption_and_words_between_pictures_are_kept(self, tmp_path: Path) -> None:
        blocks = (
            paragraph("ก่อนภาพแรก"),
            Image("wide", 10.0),
            paragraph(""),
            paragraph("คำบรรยาย " * 60),
            paragraph("ระหว่างภาพ"),
            Image("lost", 10.0),
            paragraph("ภาพที่หายไป"),
        )
        assessed = book_round(pictures=RichText(blocks))
        pages, _ = printed_book(assessed, tmp_path, parts=(Part.PICTURES,))
        everything = "".join(pages)
        assert everything.count("คำบรรยาย") == 60
        for words in ("ก่อนภาพแรก", "ระหว่างภาพ", "[รูป]ภาพที่หายไป"):
            assert words in everything


class TestRegister:
    def test_items_stand_in_the_order_of_their_codes_with_all_they_serve(
        self, tmp_path: Path
    ) -> None:
        assessed = book_round()
        items = {
            "b": Evidence("b", "1.1.1-10", "แผนปฏิบัติการ"),
            "a": Evidence("a", "1.1.1-9", "บันทึกการประชุม"),
            "c": Evidence("c", "1.2.1-01", "ไม่ได้แนบกับประเด็นใด"),
        }
        links = {"issue-1-1": (("1", "b"), ("2", "a")), "issue-2-1": (("1", "b"),)}
        issues = {name: replace(assessed.issue(name), links=pairs) for name, pairs in links.items()}
        made = replace(assessed, items=items, issues=issues)
        pages, _ = printed_book(made, tmp_path, parts=(Part.EVIDENCE,))
        assert pages[1].startswith(
            "บัญชีหลักฐานรหัสชื่อเอกสาร/หลักฐานประเด็น๑.๑.๑-๙บันทึกการประชุม๑.๑.๑๑.๑.๑-๑๐แผนปฏิบัติการ๑.๑.๑,๑.๒.๑"
        )
        assert "ไม่ได้แนบ" not in pages[1]

    def test_a_long_one_repeats_its_head_and_loses_nothing(self, tmp_path: Path) -> None:
        assessed = book_round()
        items = {f"{n}": Evidence(f"{n}", f"1.1.1-{n}", f"หลักฐานชิ้นที่{n}จบ") for n in range(300)}
        links = tuple((f"{n:04}", f"{n}") for n in range(300))
        issues = {"issue-1-1": replace(assessed.issue("issue-1-1"), links=links)}
        made = replace(assessed, items=items, issues=issues)
        pages, _ = printed_book(made, tmp_path, parts=(Part.EVIDENCE,))
        assert all("รหัสชื่อเอกสาร" in page for page in pages[1:])
        everything = "".join(pages)
        assert [everything.count(f"ชิ้นที่{n}จบ") for n in range(300)] == [1] * 300
        assert roles(tmp_path / "book.pdf").count("TH") == 3


class TestCompilers:
    def test_people_are_counted_in_groups(self, tmp_path: Path) -> None:
        pages, _ = printed_book(book_round(), tmp_path, parts=(Part.COMPILERS,))
        assert pages[1].startswith(
            "คณะผู้จัดทำที่ปรึกษา๑.นายสมมุติตัวอย่างผู้อำนวยการคณะทำงาน๑.นางสมศรีทดสอบศึกษานิเทศก์๒.นางพิมพ์จัดหน้า"
        )

    def test_a_number_somebody_typed_stays(self, tmp_path: Path) -> None:
        people = from_plain("๕. นายหนึ่ง, ประธาน\nนายสอง, กรรมการ")
        pages, _ = printed_book(book_round(compilers=people), tmp_path, parts=(Part.COMPILERS,))
        assert "๕.นายหนึ่งประธาน๒.นายสองกรรมการ" in pages[1]

    def test_a_long_text_is_printed_as_it_was_written(self, tmp_path: Path) -> None:
        text = "ขอขอบคุณทุกท่านที่มีส่วนร่วมในการจัดทำรายงาน " * 5
        assessed = book_round(compilers=from_plain(text))
        pages, _ = printed_book(assessed, tmp_path, parts=(Part.COMPILERS,))
        assert "".join(pages).count("ขอขอบคุณทุกท่าน") == 5
        assert "๑.ขอขอบคุณ" not in "".join(pages)


class TestTexts:
    def test_who_signs_the_foreword_stands_at_its_end(self, tmp_path: Path) -> None:
        pages, _ = printed_book(book_round(), tmp_path, parts=(Part.FOREWORD,))
        assert pages[0] == close(
            "คำนำ รายงานฉบับนี้จัดทำขึ้นเพื่อเสนอผลการประเมินตนเอง สพป.ตัวอย่าง เขต ๑ กันยายน ๒๕๕๗ คำนำ ก"
        )

    @pytest.mark.parametrize("day", ["๑๐ มิถุนายน ๒๕๕๗", "ข้อมูล ณ วันที่ ๑๐ มิถุนายน ๒๕๕๗"])
    def test_the_day_of_the_figures_is_said_once(self, tmp_path: Path, day: str) -> None:
        assessed = book_round(basics_date=from_plain(day))
        pages, _ = printed_book(assessed, tmp_path, parts=(Part.BASICS,))
        assert pages[0].startswith("ส่วนที่๑ข้อมูลพื้นฐานข้อมูลณวันที่๑๐มิถุนายน๒๕๕๗สำนักงาน")

    def test_headings_of_texts_nobody_wrote_are_left_out(self, tmp_path: Path) -> None:
        assessed = book_round(strengths=EMPTY, development=EMPTY, criteria=EMPTY)
        parts = (Part.SUMMARY, Part.CRITERIA, Part.RESULTS)
        pages, _ = printed_book(assessed, tmp_path, parts=parts)
        for words in ("จุดเด่น", "แนวทางพัฒนา", "วิธีการประเมิน"):
            assert words not in "".join(pages).replace("เกณฑ์และวิธีการประเมิน", "")
        assert "จุดที่ควรพัฒนา" in pages[0]

    def test_a_text_of_many_pages_keeps_its_name_at_the_foot(self, tmp_path: Path) -> None:
        assessed = book_round(minutes=from_plain("ที่ประชุมรับทราบรายงานการดำเนินงาน\n" * 200))
        pages, _ = printed_book(assessed, tmp_path, parts=(Part.MINUTES,))
        assert len(pages) > 4
        assert "".join(pages).count("ที่ประชุมรับทราบ") == 200
        assert all("รายงานการประชุมหน้า" in page for page in pages[1:])


class TestCriteria:
    def test_equal_rubrics_are_printed_once_for_all_their_indicators(self, tmp_path: Path) -> None:
        pages, _ = printed_book(book_round(), tmp_path, parts=(Part.CRITERIA,))
        everything = "".join(pages)
        assert "ตัวบ่งชี้ที่๑.๑ระดับ" in everything
        assert "ตัวบ่งชี้ที่๑.๒และ๒.๑ระดับ" in everything
        assert everything.count("มีการดำเนินการตามประเด็นการพิจารณาครบ1ข้อ") == 5

    def test_large_type_on_a_narrow_page_leaves_room_for_names(self, tmp_path: Path) -> None:
        pages, _ = printed_book(
            book_round(),
            tmp_path,
            parts=(Part.RESULTS, Part.SUMMARY),
            size_pt=24.0,
            font="Sarabun",
            margins_mm=(45.0, 40.0, 25.0, 25.0),
        )
        assert len(pages) < 8
        assert close("มาตรฐานที่ ๑ การบริหารจัดการองค์การสู่ความเป็นเลิศ") in "".join(pages)


class TestBars:
    def test_a_bar_is_as_long_as_its_level_and_says_so_to_who_cannot_see(
        self, tmp_path: Path
    ) -> None:
        printed_book(book_round(), tmp_path, parts=(Part.RESULTS,))
        widths = {}
        with pikepdf.open(tmp_path / "book.pdf") as document:
            for entry in document.objects:
                if isinstance(entry, pikepdf.Dictionary) and entry.get("/S") == "/Figure":
                    left, _, right, _ = (float(edge) for edge in entry.A.BBox)
                    widths[str(entry.Alt)] = right - left
        assert list(widths) == ["ระดับ ๔ จาก ๕", "ระดับ ๒ จาก ๕"]
        assert widths["ระดับ ๔ จาก ๕"] == pytest.approx(2 * widths["ระดับ ๒ จาก ๕"], rel=0.01)


class TestHeadings:
    def test_a_heading_below_a_heading_stands_close_to_it(self) -> None:
        """คำอธิบายระดับคุณภาพ and the indicators of its first table."""
        job = PrintJob(book_round(), PrintOptions(form="book"), None, Steps(1), ())
        column = BookColumn(BookSetting(job, {}))
        column.heading("ข้อแรก")
        column.heading("ข้อย่อย", level=3)
        column.text(from_plain("ข้อความ"))
        column.heading("ข้อสอง")
        _, below, _, after = column.slugs
        assert 0 < below.before < after.before / 2
