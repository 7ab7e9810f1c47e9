import pytest
from hypothesis import given
from hypothesis import strategies as st

from esa_desktop.domain.book import (
    APPENDICES,
    BOOK_TEXTS,
    DEFAULT_PARTS,
    PART_NAMES,
    TEXTS_BY_NAME,
    Member,
    Part,
    members,
    texts_of,
)
from esa_desktop.domain.richtext import Paragraph, RichText, Run, Table, from_plain


def test_every_part_has_a_name_and_the_appendices_come_last() -> None:
    assert set(PART_NAMES) == set(Part)
    assert len(set(PART_NAMES.values())) == len(Part)
    assert DEFAULT_PARTS[-len(APPENDICES) :] == APPENDICES


def test_every_text_is_printed_in_its_part_or_in_several() -> None:
    of_parts = [text for part in Part for text in texts_of(part)]
    free = [text for text in BOOK_TEXTS if text.part is None]

    assert len(TEXTS_BY_NAME) == len(BOOK_TEXTS)
    assert sorted((*of_parts, *free), key=BOOK_TEXTS.index) == list(BOOK_TEXTS)
    assert [text.name for text in texts_of(Part.FOREWORD)] == ["foreword", "foreword_month"]


def test_what_is_stored_is_never_renamed() -> None:
    assert [part.value for part in Part] == [
        "cover",
        "foreword",
        "contents",
        "summary",
        "basics",
        "criteria",
        "sheets",
        "results",
        "orders",
        "minutes",
        "evidence",
        "pictures",
        "compilers",
    ]
    assert [text.name for text in BOOK_TEXTS] == [
        "emblem",
        "cover_lines",
        "foreword",
        "foreword_month",
        "summary",
        "strengths",
        "improvements",
        "basics",
        "basics_date",
        "criteria",
        "development",
        "orders",
        "minutes",
        "pictures",
        "compilers",
        "committee",
    ]


def test_a_text_tells_what_belongs_into_it() -> None:
    assert all(text.title.strip() and text.hint.strip() for text in BOOK_TEXTS)
    assert {text.name for text in BOOK_TEXTS if text.short} == {"foreword_month", "basics_date"}


@pytest.mark.parametrize(
    "line",
    [
        "นายสมมุติ ตัวอย่าง, ประธานกรรมการ",
        "นายสมมุติ ตัวอย่าง,ประธานกรรมการ",
        "  นายสมมุติ ตัวอย่าง   ประธานกรรมการ ",
        "นายสมมุติ ตัวอย่าง\tประธานกรรมการ",
        "นายสมมุติ ตัวอย่าง – ประธานกรรมการ",
        "นายสมมุติ ตัวอย่าง / ประธานกรรมการ",
        "นายสมมุติ ตัวอย่าง | ประธานกรรมการ",
        "๑. นายสมมุติ ตัวอย่าง, ประธานกรรมการ",
        "๑) นายสมมุติ ตัวอย่าง ประธานกรรมการ",
    ],
)
def test_a_name_and_a_role_are_told_apart_however_they_are_typed(line: str) -> None:
    assert members(from_plain(line)) == (Member("นายสมมุติ ตัวอย่าง", "ประธานกรรมการ"),)


def test_a_role_may_hold_a_comma_and_a_name_alone_has_none() -> None:
    found = members(from_plain("นาย ก, กรรมการ, เลขานุการ\n\nนาย ข"))

    assert found == (Member("นาย ก", "กรรมการ, เลขานุการ"), Member("นาย ข", ""))


@pytest.mark.parametrize(
    "role", ["รองประธานกรรมการ", "กรรมการและเลขานุการ", "ผู้ช่วยเลขานุการ", "ที่ปรึกษา"]
)
def test_a_role_behind_a_single_blank_is_known_by_its_word(role: str) -> None:
    assert members(from_plain(f"นาย ก ข้อดี {role}")) == (Member("นาย ก ข้อดี", role),)


def test_a_line_for_somebody_not_yet_named_keeps_the_role() -> None:
    assert members(from_plain(", ประธานกรรมการ")) == (Member("", "ประธานกรรมการ"),)


def test_a_dash_inside_a_name_parts_nothing() -> None:
    assert members(from_plain("ดร.สมมุติ-ชัย ตัวอย่าง")) == (Member("ดร.สมมุติ-ชัย ตัวอย่าง", ""),)


def cell(text: str) -> tuple[Paragraph, ...]:
    return (Paragraph((Run(text),) if text else ()),)


def test_a_table_is_a_person_a_row_below_its_head() -> None:
    rows = (
        (cell("ที่"), cell("ชื่อ"), cell("ตำแหน่ง")),
        (cell(""), cell("นาย ก"), cell("ประธาน")),
        (cell(""), cell("นาง ข"), cell("")),
        (cell("๓."), cell("นาง ค"), cell("กรรมการ")),
        (cell("(4)"), cell("นาย ง"), cell("")),
        (cell(""), cell(""), cell("")),
    )

    found = members(RichText((Table(rows, (10.0, 50.0, 40.0), 1),)))

    assert found == (
        Member("นาย ก", "ประธาน"),
        Member("นาง ข", ""),
        Member("นาง ค", "กรรมการ"),
        Member("นาย ง", ""),
    )


names = st.text("กขคงจฉชซญ", min_size=1, max_size=8)


@given(st.lists(st.tuples(names, st.none() | names), max_size=6))
def test_everybody_written_down_is_somebody_in_order(people: list[tuple[str, str | None]]) -> None:
    text = "\n".join(name if role is None else f"{name}, {role}" for name, role in people)

    assert members(from_plain(text)) == tuple(Member(name, role or "") for name, role in people)


@given(st.text(max_size=60))
def test_whatever_is_typed_names_and_roles_have_no_blanks_around_them(text: str) -> None:
    for member in members(from_plain(text)):
        assert (member.name, member.role) == (member.name.strip(), member.role.strip())
