"""Writes the page that lies beside Setup.exe: what to do when Windows objects, in one file with its pictures."""

from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Final

from esa_desktop import __version__
from tools.installing.drawings import PICTURES

_STYLE: Final = """\
body{font-family:'Leelawadee UI',Tahoma,'Noto Sans Thai',sans-serif;font-size:18px;line-height:1.7;
color:#1A2027;background:#F3F4F6;margin:0}
main{max-width:720px;margin:0 auto;padding:24px;background:#fff}
h1{font-size:28px;line-height:1.4}h2{font-size:22px;margin-top:2em}
svg{width:100%;height:auto;border:1px solid #7F8995}
figure{margin:16px 0}figcaption{color:#4C5663}
code{font-family:Consolas,monospace;font-size:15px;overflow-wrap:anywhere}
table{border-collapse:collapse}td,th{border-bottom:1px solid #7F8995;padding:4px 12px 4px 0;
text-align:left;vertical-align:top}
"""

_FIRST: Final = """\
<h1>ติดตั้งโปรแกรมประเมินมาตรฐานสำนักงานเขตพื้นที่การศึกษา</h1>
<p>รุ่น {version} สำหรับ Windows 10 รุ่น 1809 ขึ้นไป และ Windows 11 (64 บิต)
ไม่ต้องใช้อินเทอร์เน็ต และไม่ต้องใช้รหัสผ่านของผู้ดูแลเครื่อง</p>
<ol>
<li>ดับเบิลคลิกไฟล์ <b>{setup}</b></li>
<li>ถ้ามีหน้าต่างสีฟ้าของ Windows ขึ้นมา ให้ทำตามข้อถัดไป ถ้าไม่มีให้ข้ามไป</li>
<li>กด <b>ต่อไป</b> แล้วกด <b>ติดตั้ง</b></li>
<li>กด <b>เสร็จสิ้น</b> โปรแกรมจะเปิดขึ้นเอง</li>
</ol>

<h2>เมื่อ Windows ขึ้นหน้าต่างสีฟ้า</h2>
<p>Windows ทักโปรแกรมใหม่ทุกโปรแกรมที่ยังไม่มีลายเซ็นดิจิทัลและยังมีคนใช้ไม่มาก
ไม่ได้แปลว่าพบไวรัส ถ้าได้ไฟล์มาจากคนที่รู้จัก ให้กดสองครั้งดังนี้
(ถ้อยคำในเครื่องของคุณอาจต่างจากนี้เล็กน้อย)</p>
{smartscreen}
<h2>ถ้าไม่มีปุ่ม “เรียกใช้ต่อไป”</h2>
<p>คลิกขวาที่ไฟล์ เลือก <b>คุณสมบัติ</b> (Properties) ติ๊ก <b>เลิกบล็อก</b> (Unblock)
แล้วกด <b>ตกลง</b> จากนั้นดับเบิลคลิกไฟล์อีกครั้ง</p>
{unblock}
<p>ถ้ายังไม่ได้ เครื่องนี้อาจถูกผู้ดูแลระบบตั้งไว้ ให้ส่งหน้านี้ให้ผู้ดูแลระบบ
หรือใช้แบบพกพา <b>{portable}</b> แทน: คลิกขวา เลือก <b>แยกทั้งหมด</b> (Extract All)
แล้วดับเบิลคลิก <b>esa-desktop</b> ในโฟลเดอร์ที่ได้</p>
<p>ถ้า Windows บอกว่า “แอปนี้ไม่สามารถทำงานบนพีซีของคุณ” แปลว่าเครื่องเป็น Windows แบบ 32 บิต
กรุณาใช้เครื่องอื่น</p>
"""

_CHECK: Final = """\
<h2>ตรวจว่าไฟล์มาครบและไม่ถูกแก้ไข</h2>
<p>เปิดหน้าต่างคำสั่ง (Command Prompt) ในโฟลเดอร์ของไฟล์ แล้วพิมพ์</p>
<p><code>certutil -hashfile {setup} SHA256</code></p>
<p>ตัวอักษรที่ได้ต้องตรงกับบรรทัดของไฟล์นั้นทุกตัว</p>
<table>{sums}</table>
"""

_FOR_IT: Final = """\
<h2>สำหรับผู้ดูแลระบบ</h2>
<ul>
<li>ติดตั้งเงียบ: <code>{setup} /S</code> เลือกโฟลเดอร์: <code>/S /D=C:\\folder</code> (ไว้ท้ายสุด)
ต้องสั่งในบัญชีของผู้ใช้ เพราะติดตั้งเฉพาะผู้ใช้ (HKCU)</li>
<li>ถอนเงียบ: <code>"%LOCALAPPDATA%\\Programs\\esa_desktop\\uninstall.exe" /S</code></li>
<li>ทดสอบหลังติดตั้ง: <code>esa-desktop-cli.exe self-test --json</code> ผลเป็น 0 เมื่อผ่าน</li>
<li>บันทึกการติดตั้ง: <code>%LOCALAPPDATA%\\esa_desktop\\setup.log</code></li>
<li>โปรแกรมไม่ใช้เครือข่าย ไม่มีการอัปเดตเอง และไม่เขียนนอกโฟลเดอร์ของผู้ใช้</li>
<li>โปรแกรมป้องกันไวรัสที่กักไฟล์ไว้ ให้ยกเว้นโฟลเดอร์
<code>%LOCALAPPDATA%\\Programs\\esa_desktop</code> หรืออนุญาตตามค่า SHA-256 ด้านบน</li>
</ul>
<table><tr><th>รหัสออก</th><th>ความหมาย</th></tr>{codes}</table>
"""

EXIT_CODES: Final[Mapping[int, str]] = {
    0: "สำเร็จ",
    1: "ผู้ใช้ยกเลิก",
    2: "ติดตั้งไม่สำเร็จด้วยเหตุอื่น",
    3: "Windows เก่ากว่ารุ่น 1809 หรือเป็นแบบ 32 บิต",
    4: "โปรแกรมยังเปิดอยู่ หรือไฟล์ของโปรแกรมถูกใช้อยู่",
    5: "เครื่องมีรุ่นใหม่กว่าอยู่แล้ว",
    6: "ที่ว่างไม่พอ หรือคัดลอกไฟล์ไม่สำเร็จ (โปรแกรมเดิมยังอยู่ครบ)",
    7: "ใช้โฟลเดอร์ที่เลือกไม่ได้",
    8: "มีตัวติดตั้งอื่นเปิดอยู่",
}
"""As in ``refusals.nsh``."""


def write_page(target: Path, sums: Mapping[str, str]) -> None:
    target.write_text(page(sums), encoding="utf-8", newline="\n")


def page(sums: Mapping[str, str]) -> str:
    """The whole page; ``sums`` by name of file."""
    words = {
        "version": escape(__version__),
        "setup": f"EsaDesktop-{__version__}-Setup.exe",
        "portable": f"EsaDesktop-{__version__}-portable.zip",
        "smartscreen": _figure("smartscreen-1") + _figure("smartscreen-2"),
        "unblock": _figure("unblock"),
        "sums": "".join(
            f"<tr><td>{escape(name)}</td><td><code>{digest}</code></td></tr>"
            for name, digest in sums.items()
        ),
        "codes": "".join(
            f"<tr><td>{code}</td><td>{escape(meaning)}</td></tr>"
            for code, meaning in EXIT_CODES.items()
        ),
    }
    body = "".join(part.format(**words) for part in (_FIRST, _CHECK, _FOR_IT))
    return (
        '<!DOCTYPE html>\n<html lang="th"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>อ่านก่อนติดตั้ง</title><style>{_STYLE}</style></head>\n"
        f"<body><main>{body}</main></body></html>\n"
    )


def _figure(name: str) -> str:
    draw, caption = PICTURES[name]
    return f"<figure>{draw()}<figcaption>{escape(caption)}</figcaption></figure>\n"
