"""Names that run, deceive, or are none; what is in these files is harmless."""

from collections.abc import Iterator

from tests.hostile.kinds import Expect, Found
from tests.hostile.office import docx, letter
from tests.hostile.pdfs import page_of
from tests.hostile.strangers import PROGRAM, SHORTCUT

NAMED, SHOWN = Expect.NAMED, Expect.SHOWN


def named() -> Iterator[Found]:
    yield Found("program", "a.pdf.exe", PROGRAM, NAMED)
    yield Found("shortcut", "รายงาน.pdf.lnk", SHORTCUT, NAMED)
    yield Found("web address", "คู่มือ.url", b"[InternetShortcut]\r\nURL=http://192.0.2.1/\r\n", NAMED)
    running = "com scr pif bat cmd js vbs hta ps1 msi jar reg chm html svg wsf cpl".split()
    for ending in running:
        yield Found(f"PDF that runs as .{ending}", f"document.{ending}", page_of(), NAMED)
    for name in (
        "a.pdf.exe",
        "a.EXE",
        "a.exe.pdf",
        "a.exe .pdf",
        "a.js.jpg",
        "a.scr.docx",
        "a.exe.",
        "a.exe ",
        "annex\u202efdp.exe",
        "photo\u202egpj.scr",
        "a.\u200bexe",
        "ประกาศ .pdf                                        .exe",
    ):
        yield Found(f"PDF with a name to deceive: {name!r}", name, page_of(), NAMED)
    for name in (
        "CON.pdf",
        "nul.pdf",
        "COM1.pdf",
        "LPT¹.pdf",
        "-rf.pdf",
        "--output=x.pdf",
        "..pdf",
        "...pdf",
        " .pdf",
        "a\nb.pdf",
        "a\tb.pdf",
        'a"b<c>|?*.pdf',
        "a:b.pdf",
        "..\\..\\a.pdf",
        "$(touch esa-executed).pdf",
        "`id`.pdf",
        "%TEMP%.pdf",
        "a;b&c.pdf",
        "{0}%s%n.pdf",
        "<b>ตัวหนา<i>.pdf",
        "แฟ้ม" * 19 + ".pdf",
        "ก" + "่" * 70 + ".pdf",
        "fdp.\u202eexnna.pdf",
        "📎👩‍👩‍👧.pdf",
        "a.pdf．pdf",
        "a.tar.gz.pdf",
        "๑.๒.๓-๐๔.pdf",
    ):
        yield Found(f"PDF with an odd name: {name!r}", name, page_of(), SHOWN)
    yield Found("letter with an odd name", "&amp;<img src=x>.docx", docx(letter()), SHOWN)
