"""What the Excel form says about itself: how to fill it in, on its first sheet."""

from typing import TYPE_CHECKING, Final

from esa_desktop.domain.thai import thai_digits
from esa_desktop.storage import framework_sheets as sheets
from esa_desktop.storage.workbook_look import (
    FONT,
    HEAD,
    INK,
    SHADE_OF,
    SIZE,
    Look,
    for_print,
    height_of,
    lines_of,
    put,
)

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

HELP_TITLE: Final = "วิธีกรอกแบบฟอร์มฉบับมาตรฐาน"

HELP: Final = (
    (
        f"แผ่นงาน “{sheets.EDITION_SHEET}” กรอกชื่อฉบับมาตรฐาน ปี พ.ศ. และที่มา เมื่อกรอกครบและตรวจแล้ว "
        f"จึงเปลี่ยนสถานะเป็น “{sheets.PUBLISHED}”"
    ),
    (
        f"แผ่นงาน “{sheets.NODE_SHEET}” พิมพ์แถวละหนึ่งชื่อ เรียงตามประกาศ: ชื่อมาตรฐานหนึ่งแถว "
        "ตามด้วยชื่อตัวบ่งชี้ แล้วตามด้วยประเด็นของตัวบ่งชี้นั้นแถวละประเด็น พิมพ์เฉพาะชื่อ ไม่ต้องใส่ลำดับที่ "
        "คัดลอกประเด็นทั้งชุดจาก Word มาวางในสดมภ์ประเด็นพร้อมกันได้"
    ),
    (
        "แบบของตัวบ่งชี้มี ๔ แบบ เลือกจากรายการ: “นับหลักฐาน” ให้ระดับตามจำนวนประเด็นที่มีหลักฐานชัดเจน (ต้องมีอย่างน้อย "
        "๔ ประเด็น) “วัดค่าเทียบเกณฑ์” ให้ระดับตามค่าที่วัดได้ เช่น ร้อยละความพึงพอใจ “เรียงลำดับผลงาน” "
        "เสนอผลงานเรียงจากดีที่สุด “พิจารณาตามคำอธิบาย” ผู้ประเมินอ่านแล้วเลือกระดับเอง ถ้าเว้นว่าง โปรแกรมถือว่านับหลักฐาน"
    ),
    (
        f"แผ่นงาน “{sheets.ROW_SHEET}” ตัวบ่งชี้แบบนับหลักฐานที่เพิ่มใหม่เว้นว่างได้ โปรแกรมจะใส่เกณฑ์ตามแบบของปี ๒๕๕๗ ให้ "
        "แบบวัดค่าต้องกรอกทั้งห้าระดับ พิมพ์รหัสตัวบ่งชี้ (เช่น 1.2 คือมาตรฐานที่ ๑ ตัวบ่งชี้ที่ ๒) ที่แถวแรกของแต่ละชุด"
    ),
    (
        f"“{sheets.CHECKED}” ใช้เมื่อมีผู้ตรวจกับตัวประกาศแล้วเท่านั้น น้ำหนักที่ยังไม่ได้ตรวจ โปรแกรมจะแสดงแยกไว้ ไม่รวมในคะแนน "
        "ถ้ายังไม่ทราบน้ำหนักให้เว้นว่าง"
    ),
    (
        f"ต้องการเลิกใช้รายการใด ให้เลือก “{sheets.OUT_OF_USE}” หรือลบทั้งแถวก็ได้ "
        "ข้อความและหลักฐานที่สำนักงานเขียนไว้แล้วจะไม่หาย"
    ),
    ("ย้ายลำดับได้โดยตัดทั้งแถวไปแทรกที่ใหม่ โปรแกรมจำแต่ละรายการได้จากสดมภ์ที่ซ่อนไว้ทางขวา กรุณาอย่าแก้หรือลบสดมภ์นั้น"),
    (
        "กรอกตัวเลขเป็นเลขไทยหรือเลขอารบิกก็ได้ อย่าใช้สูตร เมื่อกรอกเสร็จให้บันทึกเป็น Excel (.xlsx) แล้วเปิดโปรแกรม "
        "เลือก “นำเข้า…” โปรแกรมจะแสดงสิ่งที่จะเปลี่ยนให้ดูก่อนเสมอ"
    ),
)

EXAMPLE_TITLE: Final = f"ตัวอย่างแผ่นงาน “{sheets.NODE_SHEET}” (แถวตัวอย่างนี้โปรแกรมไม่อ่าน)"
EXAMPLE_HEADINGS: Final = ("ชื่อมาตรฐาน", "ชื่อตัวบ่งชี้", "ชื่อประเด็นการพิจารณา", "แบบของตัวบ่งชี้", "น้ำหนัก")
EXAMPLE: Final[tuple[tuple[str, ...], ...]] = (
    ("การบริหารจัดการองค์การสู่ความเป็นเลิศ", "", "", "", "๓๐"),
    ("", "การพัฒนาสู่องค์การแห่งการเรียนรู้", "", "นับหลักฐาน", "๕"),
    ("", "", "การส่งเสริมให้บุคลากรทุกคนใฝ่รู้", "", ""),
    ("", "", "การส่งเสริมให้เกิดการจัดการความรู้", "", ""),
)
_HELP_WIDTHS: Final = (40, 40, 44, 20, 12)
_HELP_WIDTH: Final = sum(_HELP_WIDTHS) - 8
_EXAMPLE_KEYS: Final = ("standard", "indicator", "issue", "type", "weight")


def help_sheet(book: "Workbook") -> None:
    """The first sheet: what to do, step by step, and an example that nobody reads back."""
    from openpyxl.styles import Alignment, Font, PatternFill

    sheet = book.create_sheet(sheets.HELP_SHEET)
    for letter, width in zip("ABCDE", _HELP_WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    plain = Font(FONT, SIZE + 1, color=INK)
    put(sheet["A1"], HELP_TITLE)
    sheet["A1"].font = Font(FONT, 22, bold=True, color=INK)
    for number, text in enumerate(HELP, 2):
        put(sheet.cell(number, 1), thai_digits(f"{number - 1}. ") + text)
        sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=5)
        sheet.cell(number, 1).font = plain
        sheet.cell(number, 1).alignment = Alignment("left", "top", wrap_text=True)
        # Merged cells are not fitted to their text by Excel.
        sheet.row_dimensions[number].height = height_of(lines_of(text, _HELP_WIDTH)) + 4
    top = len(HELP) + 3
    put(sheet.cell(top, 1), EXAMPLE_TITLE)
    sheet.cell(top, 1).font = Font(FONT, SIZE + 1, bold=True, color=INK)
    looks = [Look(c) for c in sheets.NODE_COLUMNS if c.key in _EXAMPLE_KEYS]
    for number, row in enumerate((EXAMPLE_HEADINGS, *EXAMPLE), top + 1):
        kind = next((key for key, text in zip(SHADE_OF, row, strict=False) if text), "")
        for place, (text, look) in enumerate(zip(row, looks, strict=True), 1):
            cell = sheet.cell(number, place)
            put(cell, text)
            look.dress(cell, kind if number > top + 1 else "")
            if number == top + 1:
                cell.fill = PatternFill("solid", HEAD)
                cell.font = Font(FONT, SIZE, bold=True, color=INK)
        sheet.row_dimensions[number].height = height_of(1)
    sheet.sheet_view.showGridLines = False
    for_print(sheet, heading=False)
