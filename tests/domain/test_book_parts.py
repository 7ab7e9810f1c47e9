from dataclasses import replace

import pytest

from esa_desktop.domain.book import APPENDICES, Part
from esa_desktop.domain.book_parts import empty_parts, part_titles, printed_parts
from esa_desktop.domain.printing import PrintOptions
from esa_desktop.domain.richtext import from_plain
from esa_desktop.domain.thai import thai_digits
from tests.report.books import book_round


def test_chapters_are_counted_as_they_stand_in_this_book() -> None:
    titles = part_titles([Part.FOREWORD, Part.BASICS, Part.RESULTS], thai_digits)
    assert [title.line for title in titles.values()] == [
        "คำนำ",
        "ส่วนที่ ๑ ข้อมูลพื้นฐาน",
        "ส่วนที่ ๒ สรุปผลการประเมิน",
    ]


def test_appendices_have_letters_only_where_there_are_several() -> None:
    several = part_titles([Part.ORDERS, Part.PICTURES], str)
    assert [title.number for title in several.values()] == ["ภาคผนวก ก", "ภาคผนวก ข"]
    assert part_titles([Part.MINUTES], str)[Part.MINUTES].line == "รายงานการประชุม"


def test_a_part_nobody_wrote_is_left_out_and_told() -> None:
    assessed = replace(book_round(), book={})
    assert empty_parts(assessed, PrintOptions()) == (
        Part.FOREWORD,
        Part.BASICS,
        Part.ORDERS,
        Part.MINUTES,
        Part.PICTURES,
        Part.COMPILERS,
    )
    assert not set(empty_parts(assessed, PrintOptions())) & set(
        printed_parts(assessed, PrintOptions())
    )


def test_a_part_that_was_not_chosen_is_neither_printed_nor_called_empty() -> None:
    options = PrintOptions(parts=(Part.RESULTS, Part.COVER))
    assert printed_parts(book_round(), options) == (Part.COVER, Part.RESULTS)
    assert empty_parts(replace(book_round(), book={}), options) == ()


def test_a_text_of_blanks_is_no_text() -> None:
    assessed = book_round(foreword=from_plain("\n \n"))
    assert Part.FOREWORD in empty_parts(assessed, PrintOptions())


def test_the_register_is_empty_where_nothing_is_attached() -> None:
    assessed = replace(book_round(), issues={})
    assert Part.EVIDENCE in empty_parts(assessed, PrintOptions())


@pytest.mark.parametrize("part", APPENDICES)
def test_every_appendix_can_stand_alone(part: Part) -> None:
    assert printed_parts(book_round(), PrintOptions(parts=(part,))) == (part,)
