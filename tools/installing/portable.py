"""Makes the zip for a USB stick: the Windows program with the mark that it keeps everything beside it."""

import zipfile
from pathlib import Path, PurePosixPath
from typing import Final

from esa_desktop import __version__
from tools.installing.names import files_of

FOLDER: Final = "esa_desktop"
MARK: Final = "portable.txt"
READ_FIRST: Final = "อ่านก่อน.txt"
_TIME: Final = (2020, 1, 1, 0, 0, 0)
"""Of every entry, so that the same program gives the same bytes."""
_FILE: Final = 0o100644 << 16

MARK_WORDS: Final = "ไฟล์นี้บอกให้โปรแกรมเก็บการตั้งค่าและงานประเมินไว้ในโฟลเดอร์เดียวกับโปรแกรม กรุณาอย่าลบ\r\n"
READ_FIRST_WORDS: Final = f"""\
ประเมินมาตรฐานสำนักงานเขตพื้นที่การศึกษา รุ่น {__version__} แบบพกพา
ไม่ต้องติดตั้ง ใช้จากแฟลชไดรฟ์หรือโฟลเดอร์ใดก็ได้ (Windows 10 รุ่น 1809 ขึ้นไป 64 บิต)

วิธีใช้
๑. คลิกขวาที่ไฟล์ zip เลือก “แยกทั้งหมด” (Extract All) ไปไว้ในแฟลชไดรฟ์หรือในเครื่อง
   อย่าเปิดโปรแกรมจากในไฟล์ zip โดยตรง
๒. เปิดโฟลเดอร์ {FOLDER} แล้วดับเบิลคลิก esa-desktop
๓. ถ้า Windows ขึ้นหน้าต่างสีฟ้า ให้กด “ข้อมูลเพิ่มเติม” แล้วกด “เรียกใช้ต่อไป”

ข้อมูลอยู่ที่ไหน
•  งานประเมินใหม่ อยู่ในโฟลเดอร์ “งานประเมิน” ข้างโปรแกรม
•  การตั้งค่า อยู่ในโฟลเดอร์ “ข้อมูลโปรแกรม” ข้างโปรแกรม
คัดลอกทั้งโฟลเดอร์ {FOLDER} ไปเครื่องอื่นได้ งานและการตั้งค่าไปด้วยทั้งหมด

ก่อนถอดแฟลชไดรฟ์
ปิดโปรแกรม แล้วสั่งถอดอย่างปลอดภัย (Safely Remove) ทุกครั้ง
แฟลชไดรฟ์เสียหรือหายได้ กรุณาสำรองข้อมูลไว้ในเครื่องด้วย

เปลี่ยนเป็นรุ่นใหม่
ปิดโปรแกรม ลบโฟลเดอร์ _internal แล้วแยกไฟล์ zip ของรุ่นใหม่ทับโฟลเดอร์เดิม
งานและการตั้งค่าไม่ถูกแตะต้อง
"""


def make_portable(tree: Path, target: Path) -> Path:
    """The same bytes for the same tree, whenever and wherever it is made."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.part")
    # With the mark of UTF-8, Notepad of every Windows shows Thai.
    words = {MARK: MARK_WORDS, READ_FIRST: READ_FIRST_WORDS.replace("\n", "\r\n")}
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name, text in words.items():
            packed.writestr(_entry(PurePosixPath(name)), text.encode("utf-8-sig"))
        for file in files_of(tree):
            packed.writestr(_entry(PurePosixPath(file.as_posix())), (tree / file).read_bytes())
    part.replace(target)
    return target


def _entry(name: PurePosixPath) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(str(FOLDER / name), _TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3  # the same on every system
    entry.external_attr = _FILE
    return entry
