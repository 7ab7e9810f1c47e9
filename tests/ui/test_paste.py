from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QTextEdit
from pytestqt.qtbot import QtBot

from esa_desktop.domain.richtext import (
    EMPTY,
    Paragraph,
    RichText,
    Run,
    Table,
    from_plain,
    paragraph,
)
from esa_desktop.ui import paste
from esa_desktop.ui.paste import mime_from, text_from, text_from_words
from esa_desktop.ui.pasted_html import text_from_html
from tests.ui.texts import texts

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"
 xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><title>x</title>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style><!-- p.MsoNormal {margin:0cm; font-family:"TH SarabunPSK"} --></style></head>
<body lang=EN-US><!--StartFragment-->
<p class=MsoNormal><b><span lang=TH style='font-size:16.0pt'>แผนปฏิบัติการ<o:p></o:p></span></b></p>
<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>๑.<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span><![endif]>
<span lang=TH>ตั้งคณะ<u>ทำงาน</u></span></p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><![if !supportLists]>
<span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;
</span></span></span><![endif]>ประชุม
ทุกเดือน</p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoNormal align=center style='text-align:center'>๒.<span style='mso-tab-count:1'>      </span>ติดตามผล</p>
<p class=MsoNormal><del>ลบแล้ว</del><span style='display:none'>ซ่อน</span>เห็น</p>
<table class=MsoTableGrid border=1><tr><td width=200 valign=top><p class=MsoNormal><b>ที่</b></p></td><td width=100>
<p class=MsoNormal><b>จำนวน</b></p></td></tr><tr><td><p>ก</p></td><td><p>๑</p><p>๒</p></td></tr></table>
<!--EndFragment--></body></html>"""


def test_words_own_lists_tables_and_styles_come_along() -> None:
    text = text_from_html(WORD)
    assert text.blocks == (
        Paragraph((Run("แผนปฏิบัติการ", bold=True),)),
        Paragraph((Run("ตั้งคณะ"), Run("ทำงาน", underline=True)), "๑."),
        paragraph("ประชุม ทุกเดือน", "•", 1),
        Paragraph(),
        paragraph("ติดตามผล", "๒.", 0, "center"),
        paragraph("เห็น"),
        Table(
            (
                ((Paragraph((Run("ที่", bold=True),)),), (Paragraph((Run("จำนวน", bold=True),)),)),
                ((paragraph("ก"),), (paragraph("๑"), paragraph("๒"))),
            ),
            (200.0, 100.0),
            1,
        ),
    )


LIBREOFFICE = """<!DOCTYPE html><html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"/>
<style type="text/css">p { line-height: 115% }</style></head><body lang="th-TH"><ol>
	<li><p style="margin-bottom: 0cm">หนึ่ง</p></li>
	<ol type="a"><li><p>ย่อย</p></li><li><p>ย่อยสอง</p></li></ol>
	<li><p><i>สอง</i><br/>
</p></li>
</ol>
<p align="right">ขวา<br/><br/>ล่าง</p></body></html>"""


def test_libreoffices_lists_are_numbered_as_they_were_shown() -> None:
    assert text_from_html(LIBREOFFICE).blocks == (
        paragraph("หนึ่ง", "1."),
        paragraph("ย่อย", "a.", 1),
        paragraph("ย่อยสอง", "b.", 1),
        Paragraph((Run("สอง", italic=True),), "2."),
        paragraph("ขวา\n\nล่าง", align="right"),
    )


@pytest.mark.parametrize(
    ("html", "plain"),
    [
        ("<ul><li>ก<ul><li>ข</ul></ul>", "• ก\n• ข"),
        ("<ol start=3><li>ก<li value=9>ข</ol>", "3. ก\n9. ข"),
        ("<ol style='list-style-type:thai'><li>ก</ol>", "๑. ก"),
        ("ก<div>ข</div>ค<br>ง", "ก\nข\nค\nง"),
        ("<p>a   b\n c</p>", "a b c"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("<p>เเผน สํานัก</p>", "แผน สำนัก"),
        ("<a href='http://x'>ลิงก์</a> <img src=x onerror=alert(1)>", "ลิงก์"),
        ("<script>alert(1)</script><style>p{}</style><p>ก</p>", "ก"),
        ("<table><tr><td><p>ก</p><p>ข</p></table>", "ก\nข"),
        ("<table><tr><td>a<table><tr><td>b<td>c</table></td><td>d</table>", "a b c | d"),
        ("<?xml version='1.0' encoding='utf-8'?><p>ก</p>", "ก"),
        ("<p>&#x200b;ก&amp;ข</p>", "ก&ข"),
        ("", ""),
    ],
)
def test_the_words_are_those_that_were_seen(html: str, plain: str) -> None:
    assert text_from_html(html).plain == plain


def test_merged_cells_are_taken_apart() -> None:
    html = """<table><tr><th rowspan=2>ก</th><th colspan=2>ข</th></tr><tr><th>ค</th><th>ง</th></tr>
    <tr><td>1</td><td>2</td><td>3</td></tr></table>"""
    text = text_from_html(html)
    table = text.blocks[0]
    assert isinstance(table, Table)
    assert text.plain == "ก | ข | \n | ค | ง\n1 | 2 | 3"
    assert table.header_rows == 2


def test_weight_can_be_taken_off_again() -> None:
    html = "<b style='font-weight:normal'>ก<span style='font-weight:700'>ข</span></b>"
    assert text_from_html(html).blocks == (Paragraph((Run("ก"), Run("ข", bold=True))),)


def test_a_typed_number_becomes_a_label_whatever_its_style() -> None:
    text = text_from_html("<p><b>๑.๒</b>&nbsp;&nbsp; <b>แผน</b>งาน</p>")
    assert text.blocks == (Paragraph((Run("แผน", bold=True), Run("งาน")), "๑.๒"),)


@settings(max_examples=300)
@given(
    st.lists(
        st.sampled_from(
            "<p> </p> <table> <tr> <td colspan=3> <td rowspan=70> </table> <ol> <li> </ul> <b> </i> ก"
            " <![if !x]> <!--[if y]> --> <o:p> &#xD800; \x00 <br> <th> <thead> <select> ]]> </body>".split(
                " "
            )
        )
    ).map("".join)
)
def test_no_html_is_too_broken_to_be_read(html: str) -> None:
    assert text_from_html(html).plain.count("ก") <= html.count("ก")


def test_deeply_nested_html_keeps_its_words() -> None:
    assert text_from_html("<div><span>" * 3000 + "ลึก").plain.strip() in ("ลึก", "")


def test_a_very_large_table_comes_as_lines() -> None:
    html = "<table>" + "<tr>" + "<td>ก" * 40 + "</table>"
    assert all(isinstance(block, Paragraph) for block in text_from_html(html).blocks)


@pytest.mark.alone
def test_large_html_is_taken_as_words_and_quickly() -> None:
    html = "<p>ก</p>" * (paste.MOST_HTML // 7)
    start = time.thread_time()
    assert text_from_words(html, "๑. คำ").blocks == (paragraph("คำ", "๑."),)
    assert time.thread_time() - start < 0.5


@pytest.mark.alone
def test_a_book_of_html_is_read_in_a_moment() -> None:
    html = "<p><b>แผน</b>ปฏิบัติการประจำปี</p>" * 4000
    start = time.thread_time()
    assert len(text_from_html(html).blocks) == 4000
    assert time.thread_time() - start < 5


def test_html_without_words_leaves_the_plain_words() -> None:
    assert text_from_words("<img src=x>", "คำ").plain == "คำ"
    assert text_from_words("", "ก\nข") == from_plain("ก\nข")


def test_cells_of_a_spreadsheet_without_html_become_a_table() -> None:
    text = text_from_words("", "ที่\tโรงเรียน\tครู\r\n๑\tบ้าน  เเม่\t\r\n๒\tวัด\t๙\r\n")
    cells = [["ที่", "โรงเรียน", "ครู"], ["๑", "บ้าน  แม่", ""], ["๒", "วัด", "๙"]]
    rows = tuple(tuple((paragraph(cell),) for cell in row) for row in cells)
    assert text.blocks == (Table(rows, (1.0, 1.0, 1.0), 1),)


def test_two_columns_and_two_rows_are_enough_for_a_table() -> None:
    assert text_from_words("", "ปี\tร้อยละ\n๒๕๖๗\t๘๐.๕").plain == "ปี | ร้อยละ\n๒๕๖๗ | ๘๐.๕"
    assert text_from_words("", "ที่\tงาน\n๑.\tอบรม").plain == "ที่ | งาน\n๑. | อบรม"


@pytest.mark.parametrize(
    "words",
    [
        "ก\tข",  # one line
        "ก\tข\nค",  # not the same number of cells
        "ก\tข\n\nค\tง",
        "\tย่อหน้า\n\tย่อหน้า",  # indents
        "๑.\tอบรม\n๒.\tสรุป\n\tต่อ",  # labels of a list
        "\t•\tอบรม\n\t•\tสรุป",
        'ก\t"ข\nค"\tง',  # a line end inside a cell
        "\t\n\t",
        "\n".join(["\t".join("ก" * 31)] * 2),  # too wide for a page
    ],
)
def test_tabs_that_make_no_simple_table_are_blanks(words: str) -> None:
    assert text_from_words("", words) == from_plain(words)


def test_a_cell_with_words_in_quotes_is_a_cell() -> None:
    assert text_from_words("", 'ก\t"ข" ค\nง\tจ').plain == 'ก | "ข" ค\nง | จ'


def test_html_decides_whether_there_is_a_table() -> None:
    assert text_from_words("<p>ก ข</p><p>ค ง</p>", "ก\tข\nค\tง").plain == "ก ข\nค ง"


@given(st.text('ก1.\t\n \r"', max_size=20))
def test_no_words_are_lost_between_tabs(words: str) -> None:
    kept = text_from_words("", words).plain.replace("|", "")
    assert kept.split() == from_plain(words).plain.split()


@given(texts)
def test_what_is_copied_here_is_pasted_here_exactly(text: RichText) -> None:
    assert text_from(mime_from(text)) == text


@pytest.mark.parametrize("stored", [b"{", b'[{"t":"x"}]', b"\xff", b"[1]", b'[{"t":"p"}]'])
def test_a_damaged_form_of_ours_falls_back_to_the_words(stored: bytes) -> None:
    mime = QMimeData()
    mime.setData(paste.RICH_TEXT, stored)
    mime.setText("คำ")
    assert text_from(mime).plain == "คำ"


def test_other_programs_get_words_styles_and_tables(qtbot: QtBot) -> None:
    table = Table((((paragraph("ก"),), (paragraph("ข"),)),), (1.0, 1.0))
    text = RichText((Paragraph((Run("<หนา>", bold=True), Run("\nต่อ")), "๑."), table))
    mime = mime_from(text)
    assert mime.text() == "๑. <หนา>\nต่อ\nก | ข"
    other = QTextEdit()
    qtbot.addWidget(other)
    other.setHtml(mime.html())
    assert "๑. <หนา>" in other.toPlainText()
    back = text_from_html(mime.html())
    assert back.plain == text.plain
    assert back.blocks[0].runs == text.blocks[0].runs  # type: ignore[union-attr]


def test_nothing_copied_is_nothing_on_the_clipboard() -> None:
    assert mime_from(EMPTY).formats() == []
