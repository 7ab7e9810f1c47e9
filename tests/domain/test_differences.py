import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esa_desktop.domain.compared import ComparedImage, ComparedParagraph, ComparedTable, Piece
from esa_desktop.domain.differences import compare, differences
from esa_desktop.domain.richtext import (
    EMPTY,
    Image,
    Paragraph,
    RichText,
    Run,
    Table,
    from_plain,
    paragraph,
)
from tests.ui.texts import texts


def words(text: str) -> Sequence[str]:
    """Words of these tests have a dot between them, as Thai has nothing: ``ก·ข``."""
    return re.findall(r"·|\s+|[^·\s]+", text)


def told(before: str, after: str) -> str:
    """``[-removed-]`` and ``{+added+}`` in the flat line."""
    marks = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    pieces = differences(from_plain(before), from_plain(after), words)
    return "".join(marks[piece.change].format(piece.text) for piece in pieces)


def side(pieces: Sequence[Piece], change: str) -> str:
    return "".join(piece.text for piece in pieces if piece.change in ("same", change))


@given(texts, texts)
def test_both_texts_can_be_read_out_of_their_differences(before: RichText, after: RichText) -> None:
    pieces = differences(before, after, words)

    assert side(pieces, "removed") == before.plain
    assert side(pieces, "added") == after.plain


@given(texts, st.data())
def test_so_they_can_after_a_few_changes(before: RichText, data: st.DataObject) -> None:
    blocks = list(before.blocks)
    for _ in range(data.draw(st.integers(0, 3))):
        place = data.draw(st.integers(0, len(blocks)))
        blocks[place : data.draw(st.integers(place, len(blocks)))] = data.draw(texts).blocks
    after = RichText(tuple(blocks))

    pieces = differences(before, after, words)

    assert side(pieces, "removed") == before.plain
    assert side(pieces, "added") == after.plain


@given(st.lists(st.sampled_from(["ก·ข·ค·ง·จ", "ฉ ช·ซ", "ฌ·ญ", "ก·ข", ""]), max_size=5), st.data())
def test_parting_and_joining_paragraphs_changes_no_word(
    lines: list[str], data: st.DataObject
) -> None:
    joined = [[data.draw(st.booleans()), line] for line in lines]
    before = RichText(tuple(paragraph(line) for line in lines))
    merged: list[str] = []
    for same_line, line in joined:
        if same_line and merged:
            merged[-1] += line
        else:
            merged.append(str(line))
    after = RichText(tuple(paragraph(line) for line in merged))

    for one, other in ((before, after), (after, before)):
        pieces = differences(one, other, words)
        assert side(pieces, "removed") == one.plain
        assert side(pieces, "added") == other.plain


@given(texts)
def test_a_text_does_not_differ_from_itself(text: RichText) -> None:
    assert not any(block.is_touched for block in compare(text, text, words))


def test_whole_words_are_told_and_the_rest_stays() -> None:
    assert told("เปิด·วง·เดือน·ละ·ครั้ง·ทุก·โรงเรียน", "เปิด·วง·ทุก·สอง·สัปดาห์·ทุก·โรงเรียน") == (
        "เปิด·วง·[-เดือน·ละ·ครั้ง-]{+ทุก·สอง·สัปดาห์+}·ทุก·โรงเรียน"
    )


def test_changes_with_little_between_them_are_one() -> None:
    """``·`` alone stays between the two: nobody wants to read that."""
    assert (
        told("ต้น·ทาง ดี·งาม·ปลาย·ทาง", "ต้น·ทาง เก่า·แก่·ปลาย·ทาง")
        == "ต้น·ทาง [-ดี·งาม-]{+เก่า·แก่+}·ปลาย·ทาง"
    )


def test_two_additions_with_a_blank_between_them_do_not_strike_the_blank() -> None:
    before, after = "ประชุม·ทุก ภาค·เรียน·แรก", "ประชุม·ทุก·ใหม่ ใหม่·ภาค·เรียน·แรก"

    assert told(before, after) == "ประชุม·ทุก{+·ใหม่+} {+ใหม่·+}ภาค·เรียน·แรก"


def test_a_cell_written_anew_is_not_told_word_by_word() -> None:
    """Of a cell there is only one, so the two are compared, however little they have in common."""
    before, after = "ก ข ค ง จ ฉ ที่หนึ่ง", "ช ก ซ ข ฌ ที่สอง ญ"
    pairs = [("จำนวน", "จำนวน"), (before, after)]
    one, other = (table(*("|".join(["ชื่อ·งาน", pair[n]]) for pair in pairs)) for n in (0, 1))

    (line,) = compared_table(one, other).rows[1].cells[1]

    assert line.pieces == (Piece(before, "removed"), Piece(after, "added"))


def test_a_row_is_known_by_its_first_cell_whatever_is_in_the_others() -> None:
    found = compared_table(
        table("งาน|ผล", "นิเทศ|ยังไม่ได้ทำเลยสักครั้งเดียวในปีนี้"),
        table("งาน|ผล", "นิเทศ|ครบทุกโรงเรียนตามแผนที่ตั้งไว้"),
    )

    assert [row.change for row in found.rows] == ["same", "same"]


def test_a_new_paragraph_is_added_with_its_break() -> None:
    assert told("ก·ข\nค·ง", "ก·ข\nใหม่\nค·ง") == "ก·ข{+\n+}{+ใหม่+}\nค·ง"


def test_a_paragraph_parted_in_two_only_gets_a_break() -> None:
    line = "หนึ่ง·สอง·สาม·สี่·ห้า·หก·เจ็ด·แปด"

    assert told(line, "หนึ่ง·สอง·สาม·สี่\n·ห้า·หก·เจ็ด·แปด") == "หนึ่ง·สอง·สาม·สี่{+\n+}·ห้า·หก·เจ็ด·แปด"
    assert told("หนึ่ง·สอง·สาม·สี่\n·ห้า·หก·เจ็ด·แปด", line) == "หนึ่ง·สอง·สาม·สี่[-\n-]·ห้า·หก·เจ็ด·แปด"


def test_a_long_paragraph_made_a_list_keeps_its_words() -> None:
    before = "ประชุม·คณะ·ทำงาน·ทุก·เดือน สรุป·ผล·ส่ง·ทุก·โรงเรียน นิเทศ·ติดตาม·ให้·ครบ·ทุก·แห่ง"
    after = "๑. ประชุม·คณะ·ทำงาน·ทุก·เดือน\n๒. สรุป·ผล·ส่ง·ทุก·โรงเรียน\n๓. นิเทศ·ติดตาม·ให้·ครบ·ทุก·แห่ง"

    removed = "".join(
        p.text
        for p in differences(from_plain(before), from_plain(after), words)
        if p.change == "removed"
    )

    assert removed.strip() == ""


def test_another_number_in_front_leaves_the_text_alone() -> None:
    assert told("๑. ประชุม·คณะ", "๒. ประชุม·คณะ") == "[-๑.-]{+๒.+} ประชุม·คณะ"


def test_what_only_looks_otherwise_is_the_same_text_with_its_earlier_style() -> None:
    before = RichText((Paragraph((Run("ก·ข·ค"),)),))
    after = RichText((Paragraph((Run("ก·"), Run("ข", bold=True), Run("·ค"))),))

    (block,) = compare(before, after, words)

    assert isinstance(block, ComparedParagraph)
    assert block.is_touched
    assert block.pieces == (
        Piece("ก·"),
        Piece("ข", "same", (True, False, False), was=(False, False, False)),
        Piece("·ค"),
    )


def test_depth_and_alignment_are_named_apart_from_the_words() -> None:
    before = RichText((paragraph("ก·ข", "๑.", 0),))
    after = RichText((paragraph("ก·ข", "๑.", 1, "center"),))

    (block,) = compare(before, after, words)

    assert isinstance(block, ComparedParagraph)
    assert (block.level_was, block.align_was) == (0, "left")
    assert block.pieces == (Piece("ก·ข"),)


def table(*rows: str, widths: tuple[float, ...] = ()) -> Table:
    cells = tuple(tuple((paragraph(text),) for text in row.split("|")) for row in rows)
    return Table(cells, widths or (1.0,) * len(cells[0]))


def compared_table(before: Table, after: Table) -> ComparedTable:
    (block,) = compare(RichText((before,)), RichText((after,)), words)
    assert isinstance(block, ComparedTable)
    return block


def test_figures_in_a_table_are_told_in_their_cell() -> None:
    found = compared_table(table("งาน|ครั้ง", "นิเทศ|๑๐"), table("งาน|ครั้ง", "นิเทศ|๑๒"))

    assert [row.change for row in found.rows] == ["same", "same"]
    assert found.rows[1].cells[1][0].pieces == (Piece("๑๐", "removed"), Piece("๑๒", "added"))


def test_a_new_row_is_a_row_and_no_cell_beside_it_changes() -> None:
    found = compared_table(
        table("งาน|ครั้ง", "ก·ข|๑", "ค·ง|๒"), table("งาน|ครั้ง", "ก·ข|๑", "จ·ฉ|๓", "ค·ง|๒")
    )

    assert [row.change for row in found.rows] == ["same", "same", "added", "same"]
    assert not found.rows[3].cells[0][0].is_touched


def test_a_column_taken_out_is_told_as_a_column() -> None:
    found = compared_table(table("งาน|ครั้ง|คน", "ก·ข|๑|๙"), table("งาน|คน", "ก·ข|๙"))

    assert found.columns == ("same", "removed", "same")
    assert found.rows[1].cells[1][0].pieces == (Piece("๑", "removed"),)
    assert not found.rows[1].cells[2][0].is_touched


def test_other_column_widths_are_named() -> None:
    found = compared_table(table("ก|ข", widths=(1, 1)), table("ก|ข", widths=(1, 3)))

    assert found.reshaped
    assert found.is_touched


def test_pictures_are_told_by_what_they_show() -> None:
    one, other = Image("a" * 64, 100), Image("b" * 64, 100)
    larger = Image("a" * 64, 300)

    assert compare(RichText((one,)), RichText((other,)), words) == (
        ComparedImage(one, "removed"),
        ComparedImage(other, "added"),
    )
    assert compare(RichText((one,)), RichText((larger,)), words) == (
        ComparedImage(larger, width_was=100),
    )


def test_nothing_and_something_differ_by_all_of_it() -> None:
    text = from_plain("ก·ข\nค")

    assert differences(EMPTY, text, words) == (
        Piece("ก·ข", "added"),
        Piece("\n", "added"),
        Piece("ค", "added"),
    )
    assert differences(EMPTY, EMPTY, words) == ()


@pytest.mark.parametrize("hostile", ["\u2029", "ก\u2029ข", "\u2029\u2029"])
def test_a_separator_in_a_text_from_elsewhere_harms_nothing(hostile: str) -> None:
    before = RichText((Paragraph((Run(hostile + "หนึ่ง·สอง"),)),))
    after = RichText((Paragraph((Run("หนึ่ง·สอง·สาม"),)),))

    assert side(differences(before, after, words), "added") == after.plain
