"""Two small pages of help with everything a page may hold, in a folder of their own."""

import io
from pathlib import Path

from PIL import Image as Pictures

START = """# เริ่มใช้งาน
คำค้น: เปิดโปรแกรม, งานใหม่

เลือก **ไฟล์ > เปิดงานประเมิน…** แล้วเขียนใน[หน้ากรอกข้อมูล](write)ได้เลย
บรรทัดนี้ต่อจากบรรทัดก่อน

![หน้าต้อนรับ](welcome.png)

## สร้างงานใหม่

1. กด Ctrl+N
2. พิมพ์ชื่อสำนักงาน
   - ชื่อเต็ม
   - ปีงบประมาณ

![กล่องสร้างงาน](small.png)

3. กด **สร้างงานประเมิน**

> เก็บงานไว้ในเครื่องก่อน
> แล้วจึงสำรองลงแฟลชไดรฟ์

| ต้องการ | กด |
| --- | --- |
| พิมพ์ | Ctrl+P |
| แนบหลักฐาน | **Ctrl+E** |
"""
WRITE = """# เขียนข้อความ
คำค้น: ตัวหนา

- พิมพ์ได้ทันที โปรแกรมบันทึกให้เอง
- กลับไป[เริ่มใช้งาน](start)

## น้ำหนักของประเด็นที่ ๑๒

ข้อความ ที่มีวรรค
"""
PAGES = {"01-start.md": START, "02-write.md": WRITE}
PICTURES = {"welcome.png": (1366, 698), "small.png": (300, 120)}


def help_in(folder: Path) -> Path:
    """A folder like ``resources/help``."""
    (folder / "pages").mkdir(parents=True)
    (folder / "pictures").mkdir()
    for name, text in PAGES.items():
        (folder / "pages" / name).write_text(text, encoding="utf-8")
    for name in PICTURES:
        (folder / "pictures" / name).write_bytes(picture(name))
    return folder


def picture(name: str) -> bytes:
    written = io.BytesIO()
    Pictures.new("RGB", PICTURES[name], (120, 150, 190)).save(written, "PNG")
    return written.getvalue()
