from dataclasses import replace

import pytest

from esa_desktop.domain.book import BOOK_TEXTS, DEFAULT_PARTS, Part
from esa_desktop.domain.fields import DICTIONARY_FIELD, Kind, book_field, encode
from esa_desktop.domain.richtext import Image, RichText, Table, from_plain, paragraph
from esa_desktop.ui.book_entries import PartRow, count_words, entries, rows_of
from tests.ui.rounds import YEAR, Desk, two_heads

ENTRIES = entries(YEAR)


def rows(desk: Desk, included: tuple[Part, ...] = DEFAULT_PARTS) -> dict[str, PartRow]:
    return {row.target or row.title: row for row in rows_of(desk.editor.round, ENTRIES, included)}


def write(desk: Desk, name: str, text: RichText) -> None:
    desk.editor.apply(desk.editor.change(book_field(YEAR, name), text))


def test_every_text_of_the_book_has_one_place_where_it_is_written() -> None:
    fields = [text.field for entry in ENTRIES for text in entry.texts]
    assert sorted(fields) == sorted(
        [*(book_field(YEAR, text.name) for text in BOOK_TEXTS), DICTIONARY_FIELD]
    )


def test_the_parts_come_in_the_order_of_printing_with_headings_between() -> None:
    titles = list(rows(Desk()))
    assert titles[: titles.index("ภาคผนวก")] == [
        "cover", "foreword", "contents", "summary", "basics", "criteria", "sheets", "results",
    ]  # fmt: skip
    assert titles[titles.index("ภาคผนวก") + 1 :] == [
        "orders", "minutes", "evidence", "pictures", "compilers",
        "รายชื่อและคำที่ใช้ร่วมกัน", "committee", "dictionary",
    ]  # fmt: skip


def test_a_heading_leads_nowhere_and_every_entry_explains_itself() -> None:
    assert all(not row.target for title, row in rows(Desk()).items() if title == row.title)
    assert all(entry.about for entry in ENTRIES)


def test_what_nobody_wrote_is_said_apart_from_what_the_program_makes() -> None:
    told = rows(Desk())
    assert told["foreword"].note == "ยังไม่ได้เขียน จึงยังไม่พิมพ์"
    assert told["evidence"].note == "ยังไม่มีหลักฐาน จึงยังไม่พิมพ์"
    assert told["contents"].note == "โปรแกรมจัดทำให้"
    assert told["cover"].note == "โปรแกรมจัดทำให้ เขียนเพิ่มได้"
    assert told["dictionary"].note == "ยังไม่มีคำ"


def test_the_note_counts_what_was_written_in_all_texts_of_a_part() -> None:
    desk = Desk()
    write(desk, "strengths", from_plain("หนึ่ง\nสอง"))
    write(desk, "improvements", from_plain("สาม"))
    write(desk, "cover_lines", from_plain("เอกสารลำดับที่ ๑"))
    write(desk, "orders", from_plain("คำสั่งที่ ๑\nข้อ ๒"))
    told = rows(desk)
    assert told["summary"].note == "โปรแกรมจัดทำให้ เพิ่มแล้ว ๓ ย่อหน้า"
    assert told["orders"].note == "เขียนแล้ว ๒ ย่อหน้า"
    assert told["cover"].note == "โปรแกรมจัดทำให้ เพิ่มแล้ว ๑ ย่อหน้า"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (RichText(), ""),
        (from_plain("\n\n"), ""),
        (RichText((Image("a" * 64, 100.0),)), "๑ รูป"),
        (
            RichText(
                (
                    paragraph("ก"),
                    paragraph(""),
                    Table((((paragraph("ข"),),),), (1.0,)),
                    Image("b", 9),
                )
            ),
            "๑ ย่อหน้า ๑ ตาราง ๑ รูป",
        ),
    ],
)
def test_blank_paragraphs_do_not_count(text: RichText, words: str) -> None:
    assert count_words([text]) == words


def test_people_and_words_are_counted_as_such() -> None:
    desk = Desk()
    write(desk, "committee", from_plain("นายสมมุติ ตัวอย่าง, ประธาน\n\nนางดาว, กรรมการ"))
    desk.editor.apply(desk.editor.change(DICTIONARY_FIELD, from_plain("เวียงสายธาร\nบ้านทุ่ง\nดอย")))
    told = rows(desk)
    assert (told["committee"].note, told["dictionary"].note) == ("๒ คน", "๓ คำ")


def test_a_part_that_is_left_out_says_so_in_words() -> None:
    told = rows(Desk(), (Part.COVER,))
    assert told["cover"].spoken == "ปก · อยู่ในเล่ม · โปรแกรมจัดทำให้ เขียนเพิ่มได้"
    assert told["foreword"].spoken == "คำนำ · ไม่อยู่ในเล่ม · ยังไม่ได้เขียน"
    assert (told["cover"].included, told["foreword"].included) == (True, False)
    assert told["committee"].included is None


def test_a_conflict_is_named_before_a_merge() -> None:
    field = book_field(YEAR, "orders")
    view = two_heads(
        field,
        encode(Kind.BOOK_TEXT, from_plain("ฉบับหนึ่ง")),
        encode(Kind.BOOK_TEXT, from_plain("อีกฉบับ")),
    )
    told = rows(Desk(views={field: view}))
    assert (told["orders"].trouble, told["orders"].note) == ("conflict", "แก้ไขไม่ตรงกัน")
    merged = replace(view, state="merged")
    assert rows(Desk(views={field: merged}))["orders"].note == "รวมให้อัตโนมัติ รอยืนยัน"


def test_a_foreword_of_nothing_but_its_month_is_not_printed_and_that_is_said() -> None:
    desk = Desk()
    write(desk, "foreword_month", from_plain("กันยายน ๒๕๕๗"))
    assert rows(desk)["foreword"].note == "ยังไม่ได้เขียน จึงยังไม่พิมพ์"
    assert rows(desk, (Part.COVER,))["foreword"].note == "ยังไม่ได้เขียน"
