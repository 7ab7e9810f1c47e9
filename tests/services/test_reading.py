import io
import struct
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pikepdf
import pytest
from PIL import Image

from esa_desktop.domain.errors import Cancelled
from esa_desktop.services import reading
from esa_desktop.services.child_process import ChildFault
from esa_desktop.services.reading import Drawing, Look, Reader, may_run
from tests import heic
from tests.hostile.office import odf, odf_content
from tests.hostile.pdfs import TEXT, page_of, stream, written

RED, BLUE = (200, 30, 30), (20, 40, 200)


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    """One for all: nothing a file did is to be felt by the next."""
    one = Reader(children=1)
    one.look(Path(__file__), "begun.txt")  # its thread is older than any test
    yield one
    one.close()


def photograph(path: Path, kind: str, size: tuple[int, int] = (400, 300), **more: Any) -> Path:
    """Red, with a blue band along the upper edge."""
    image = Image.new("RGB", size, RED)
    image.paste(BLUE, (0, 0, size[0], size[1] // 4))
    image.save(path, kind, **more)
    return path


def turned(orientation: int) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Telephone"
    return exif.tobytes()


def pixel(drawing: Drawing | None, x: float, y: float) -> tuple[int, ...]:
    """At a part of the width and height."""
    assert drawing is not None
    column, row = int(x * drawing.width), int(y * drawing.height)
    start = 3 * (row * drawing.width + column)
    return tuple(drawing.rgb[start : start + 3])


def near(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(a - b) < 25 for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP"])
def test_every_kind_of_picture_is_measured_and_drawn(
    reader: Reader, tmp_path: Path, kind: str
) -> None:
    path = photograph(tmp_path / "aa11", kind)

    look = reader.look(path, "ภาพ")
    drawing = reader.draw(path, "ภาพ", (200, 200))

    assert look == Look(kind="picture", pages=1, width=400, height=300)
    assert drawing is not None
    assert (drawing.width, drawing.height, drawing.pages) == (200, 150, 1)
    assert near(pixel(drawing, 0.5, 0.1), BLUE)
    assert near(pixel(drawing, 0.5, 0.8), RED)


@pytest.mark.parametrize(
    ("orientation", "band"),
    [
        (1, (0.5, 0.1)),
        (2, (0.5, 0.1)),
        (3, (0.5, 0.9)),
        (4, (0.5, 0.9)),
        (5, (0.1, 0.5)),
        (6, (0.9, 0.5)),
        (7, (0.9, 0.5)),
        (8, (0.1, 0.5)),
    ],
)
def test_a_photograph_is_shown_as_it_was_taken(
    reader: Reader, tmp_path: Path, orientation: int, band: tuple[float, float]
) -> None:
    path = photograph(tmp_path / "p", "JPEG", exif=turned(orientation))
    lying = orientation > 4

    look = reader.look(path, "p.jpg")
    drawing = reader.draw(path, "p.jpg", (100, 100))

    assert (look.width, look.height) == ((300, 400) if lying else (400, 300))
    assert drawing is not None
    assert (drawing.width, drawing.height) == ((75, 100) if lying else (100, 75))
    assert near(pixel(drawing, *band), BLUE)
    assert near(pixel(drawing, 0.5, 0.5), RED)


@pytest.mark.parametrize(
    ("content", "size", "band"),
    [(heic.PLAIN, (96, 64), (0.5, 0.1)), (heic.TURNED, (64, 96), (0.9, 0.5))],
)
def test_photographs_of_telephones_are_upright(
    reader: Reader, tmp_path: Path, content: bytes, size: tuple[int, int], band: tuple[float, float]
) -> None:
    path = tmp_path / "IMG_0001.HEIC"
    path.write_bytes(content)

    look = reader.look(path, path.name)
    drawing = reader.draw(path, path.name, (500, 500))

    assert (look.kind, look.width, look.height, look.sentence) == ("picture", *size, "")
    assert near(pixel(drawing, *band), BLUE)
    assert near(pixel(drawing, 0.4, 0.6), RED)


@pytest.mark.parametrize(
    ("turn", "size", "band"),
    [
        (1, (45, 60), (0.9, 0.5)),
        (2, (80, 60), (0.5, 0.9)),
        (3, (45, 60), (0.1, 0.5)),
        (4, (80, 60), (0.5, 0.1)),
        (-1, (45, 60), (0.1, 0.5)),
    ],
)
@pytest.mark.parametrize("kind", ["JPEG", "PDF"])
def test_it_is_turned_clockwise_within_the_box(
    reader: Reader,
    tmp_path: Path,
    kind: str,
    turn: int,
    size: tuple[int, int],
    band: tuple[float, float],
) -> None:
    path = photograph(tmp_path / "p", kind)

    drawing = reader.draw(path, "p", (100, 60), turn=turn)

    assert drawing is not None
    assert (drawing.width, drawing.height) == size
    assert near(pixel(drawing, *band), BLUE)


def test_a_small_picture_is_not_blown_up(reader: Reader, tmp_path: Path) -> None:
    drawing = reader.draw(photograph(tmp_path / "p", "PNG", (40, 30)), "p.png", (4000, 4000))

    assert drawing is not None
    assert (drawing.width, drawing.height) == (40, 30)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_sort_of_colours_comes_as_red_green_and_blue(
    reader: Reader, tmp_path: Path, mode: str
) -> None:
    grey = Image.linear_gradient("L")  # dark above, bright below
    image = (
        Image.frombytes("I;16", grey.size, b"".join(bytes((0, v)) for v in grey.tobytes()))
        if mode == "I;16"
        else grey.convert(mode)
    )
    image.save(tmp_path / "p", "PNG")

    drawing = reader.draw(tmp_path / "p", "p.png", (64, 64))

    assert near(pixel(drawing, 0.5, 0.02), (5, 5, 5))
    assert near(pixel(drawing, 0.5, 0.98), (250, 250, 250))


def test_what_is_transparent_lies_on_white_paper(reader: Reader, tmp_path: Path) -> None:
    Image.new("RGBA", (60, 60), (0, 0, 0, 0)).save(tmp_path / "p", "PNG")

    assert pixel(reader.draw(tmp_path / "p", "p.png", (60, 60)), 0.5, 0.5) == (255, 255, 255)


def test_the_pages_of_a_scan_are_drawn_one_by_one(reader: Reader, tmp_path: Path) -> None:
    first, second = Image.new("RGB", (80, 60), RED), Image.new("RGB", (60, 80), BLUE)
    first.save(tmp_path / "s", "TIFF", save_all=True, append_images=[second])

    assert reader.look(tmp_path / "s", "scan.tif").pages == 2
    assert near(pixel(reader.draw(tmp_path / "s", "s.tif", (60, 60), page=1), 0.5, 0.5), BLUE)
    assert reader.draw(tmp_path / "s", "scan.tif", (60, 60), page=2) is None


def test_a_pdf_is_counted_measured_and_read(reader: Reader, tmp_path: Path) -> None:
    path = tmp_path / "bb22"
    path.write_bytes(page_of())

    assert reader.look(path, "ประกาศ.pdf") == Look(
        kind="pdf", pages=1, width=595, height=842, words="Evidence"
    )


def test_a_page_of_a_pdf_is_drawn_on_white_paper(reader: Reader, tmp_path: Path) -> None:
    path = tmp_path / "bb22"
    pages = written(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 200]>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 400]/Contents 5 0 R>>",
            stream(b"1 0 0 rg 0 300 200 100 re f"),
        ]
    )
    path.write_bytes(pages)

    first, second = (reader.draw(path, "a.pdf", (100, 100), page=page) for page in (0, 1))

    assert first is not None
    assert second is not None
    assert (first.width, first.height, first.pages) == (100, 50, 2)
    assert (second.width, second.height) == (50, 100)
    assert set(first.rgb) == {255}
    assert pixel(second, 0.5, 0.1) == (255, 0, 0)
    assert pixel(second, 0.5, 0.6) == (255, 255, 255)
    assert reader.draw(path, "a.pdf", (100, 100), page=2) is None


@pytest.mark.parametrize("box", [(1, 1), (3, 997), (333, 333), (61, 59), (5000, 5000)])
def test_a_page_never_leaves_its_box(reader: Reader, tmp_path: Path, box: tuple[int, int]) -> None:
    path = tmp_path / "p"
    path.write_bytes(page_of(box=b"[0 0 611.7 397.3]"))

    drawing = reader.draw(path, "p.pdf", box)

    assert drawing is not None
    assert drawing.width <= box[0]
    assert drawing.height <= box[1]
    assert drawing.width in (box[0], box[0] - 1) or drawing.height in (box[1], box[1] - 1)


def test_what_was_filled_into_a_form_is_seen(reader: Reader, tmp_path: Path) -> None:
    look_of = stream(b"0 0 1 rg 0 0 400 400 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 400 400]")
    field = b"<</FT/Tx/T(a)/V(x)/Type/Annot/Subtype/Widget/F 4/Rect[0 0 400 400]/AP<</N 8 0 R>>>>"
    path = tmp_path / "form.pdf"
    path.write_bytes(
        page_of(
            b"",
            b"<</Fields[7 0 R]>>",
            field,
            look_of,
            catalog=b"/AcroForm 6 0 R",
            page=b"/Annots[7 0 R]",
        )
    )

    assert pixel(reader.draw(path, path.name, (200, 200)), 0.3, 0.8) == (0, 0, 255)


def letter(path: Path) -> Path:
    document = docx.Document()
    document.add_paragraph("บันทึกข้อความ")
    document.add_paragraph("เรื่อง  ขอเชิญประชุม")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "ลำดับ", "รายการ"
    document.save(str(path))
    return path


def workbook(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["ชื่อ", "คะแนน"])
    sheet.append(["สมชาย", 12.5])
    book.save(path)
    return path


def text_document(path: Path) -> Path:
    inside = "<office:text><text:h>หัวข้อ</text:h><text:p>ย่อ<text:span>หน้า</text:span></text:p></office:text>"
    path.write_bytes(odf("text", odf_content(inside)))
    return path


@pytest.mark.parametrize(
    ("make", "name", "kind", "words"),
    [
        (letter, "letter.docx", "document", ("บันทึกข้อความ", "เรื่อง ขอเชิญประชุม", "ลำดับ", "รายการ")),
        (workbook, "sheet.xlsx", "sheet", ("ชื่อ | คะแนน", "สมชาย | 12.5")),
        (text_document, "letter.odt", "document", ("หัวข้อ", "ย่อหน้า")),
    ],
)
def test_the_words_of_office_files_are_read(
    reader: Reader,
    tmp_path: Path,
    make: Callable[[Path], Path],
    name: str,
    kind: str,
    words: tuple[str, ...],
) -> None:
    path = make(tmp_path / "cc33")

    look = reader.look(path, name)
    read = tuple(" ".join(line.split()) for line in reader.words(path, name))

    assert (look.kind, look.sentence, look.has_scripts) == (kind, "", False)
    assert read == words
    assert [" ".join(line.split()) for line in look.words.splitlines()] == list(words)
    assert reader.draw(path, name, (100, 100)) is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp874"])
def test_text_is_read_in_the_encodings_of_offices(
    reader: Reader, tmp_path: Path, encoding: str
) -> None:
    path = tmp_path / "t"
    path.write_bytes("บันทึกข้อความ\r\n\r\nเรื่อง ประชุม".encode(encoding))

    assert reader.look(path, "ก.txt").kind == "text"
    assert reader.words(path, "ก.txt") == ("บันทึกข้อความ", "เรื่อง ประชุม")


@pytest.mark.parametrize("name", ["ไม่มี.pdf", "folder"])
def test_what_is_not_there_is_said(reader: Reader, tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()

    look = reader.look(tmp_path / name, name)

    assert look.sentence
    assert reader.draw(tmp_path / name, name, (9, 9)) is None
    assert reader.words(tmp_path / name, name) == ()


def test_a_photograph_becomes_an_upright_copy_for_paper(reader: Reader, tmp_path: Path) -> None:
    path = photograph(tmp_path / "p", "JPEG", (2000, 1000), exif=turned(6))
    to = tmp_path / "copy"

    assert reader.printable(path, "p.jpg", to, long_side=500)

    with Image.open(to) as copy:
        assert (copy.format, copy.mode, copy.size) == ("JPEG", "RGB", (250, 500))
        assert not dict(copy.getexif())
        assert near(copy.getpixel((225, 250)), BLUE)  # type: ignore[arg-type]
    assert sorted(file.name for file in tmp_path.iterdir()) == ["copy", "p"]


def test_a_heic_becomes_a_copy_that_paper_knows(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "h").write_bytes(heic.TURNED)

    assert reader.printable(tmp_path / "h", "IMG.HEIC", tmp_path / "copy")

    with Image.open(tmp_path / "copy") as copy:
        assert (copy.format, copy.size) == ("JPEG", (64, 96))


def scan(path: Path, pages: int, *, turned_page: int = -1) -> Path:
    """A PDF as scanners make them: a noisy picture of 300 dots an inch a page, half red, half blue."""
    import random

    import pikepdf

    noise = random.Random(7).randbytes(1240 * 1754 * 3)
    paper = Image.frombytes("RGB", (1240, 1754), noise).resize((2480, 3508))
    paper.paste((255, 0, 0), (0, 0, 2480, 1000))
    paper.paste((0, 0, 255), (0, 2508, 2480, 3508))
    paper.save(path, "PDF", resolution=300, save_all=True, append_images=[paper] * (pages - 1))
    if turned_page >= 0:
        with pikepdf.open(path, allow_overwriting_input=True) as opened:
            opened.pages[turned_page].rotate(90, relative=True)
            opened.save(path)
    return path


def test_a_big_scan_becomes_a_smaller_pdf_with_the_same_pages(
    reader: Reader, tmp_path: Path
) -> None:
    original = scan(tmp_path / "s", 3, turned_page=1)
    to = tmp_path / "copy"

    assert reader.printable(original, "สแกน.pdf", to)

    assert to.stat().st_size < original.stat().st_size / 2
    looked = reader.look(to, "สแกน.pdf")
    assert (looked.pages, looked.sentence) == (3, "")
    for page in range(3):
        before = reader.draw(original, "a.pdf", (200, 200), page=page)
        after = reader.draw(to, "a.pdf", (200, 200), page=page)
        assert before is not None
        assert after is not None
        assert (after.width, after.height) == (before.width, before.height)
        wrong = [abs(one - other) > 60 for one, other in zip(before.rgb, after.rgb, strict=True)]
        assert sum(wrong) < len(wrong) / 50


def test_a_page_of_words_among_scans_keeps_the_whole_file_as_it_is(
    reader: Reader, tmp_path: Path
) -> None:
    import pikepdf

    (tmp_path / "words.pdf").write_bytes(page_of())
    with (
        pikepdf.open(scan(tmp_path / "s", 1)) as both,
        pikepdf.open(tmp_path / "words.pdf") as words,
    ):
        both.pages.extend(words.pages)
        both.save(tmp_path / "both")

    assert not reader.printable(tmp_path / "both", "a.pdf", tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


def test_what_is_no_picture_has_no_copy_for_paper(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(page_of())
    (tmp_path / "a.jpg").write_bytes(b"\xff\xd8\xff broken")

    for name in ("a.pdf", "a.jpg", "nothing.jpg"):
        assert not reader.printable(tmp_path / name, name, tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


def test_colours_of_a_telephone_become_usual_ones(reader: Reader, tmp_path: Path) -> None:
    from PIL import ImageCms

    strange = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    usual = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    for name, profile in (("a", usual.tobytes()), ("b", strange.tobytes()), ("c", b"none")):
        photograph(tmp_path / name, "PNG", icc_profile=profile)
        assert near(pixel(reader.draw(tmp_path / name, "p.png", (80, 80)), 0.5, 0.8), RED)


@pytest.mark.parametrize("name", ["a.exe", "a.pdf.exe", "a.exe.pdf", "a.LNK", "a.docm", "a.svg"])
def test_what_may_run_is_not_even_opened(
    reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (tmp_path / "p").write_bytes(page_of())
    monkeypatch.setattr(reader, "_ask", lambda *_: pytest.fail("it was opened"))

    assert may_run(name)
    assert reader.look(tmp_path / "p", name) == Look(sentence=reading.MAY_RUN)
    assert reader.draw(tmp_path / "p", name, (9, 9)) is None
    assert reader.words(tmp_path / "p", name) == ()
    assert not reader.printable(tmp_path / "p", name, tmp_path / "q")


@pytest.mark.parametrize(
    "name", ["a.pdf", "a.b.pdf", "ประกาศ", "๑.๒.๓-๐๔.docx", "v1.0 com.pdf", ""]
)
def test_what_does_not_run_is_opened(name: str) -> None:
    assert not may_run(name)


ENDLESS = page_of(
    stream(b"/Pattern cs /P scn 0 0 595 842 re f"),
    stream(
        b"0 0 1 1 re f",
        b"/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep 0.0001/YStep 0.0001/Resources<<>>",
    ),
    resources=b"/Pattern<</P 6 0 R>>",
)


@pytest.mark.alone
def test_a_file_without_end_keeps_no_other_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "LOOKING", 1.5)
    (tmp_path / "endless").write_bytes(ENDLESS)
    (tmp_path / "honest").write_bytes(page_of())
    reader = Reader(children=2)
    looks: list[Look] = []
    slow = threading.Thread(target=lambda: looks.append(reader.look(tmp_path / "endless", "a.pdf")))
    slow.start()
    time.sleep(0.3)

    begun = time.monotonic()
    honest = reader.look(tmp_path / "honest", "a.pdf")
    took = time.monotonic() - begun
    slow.join()
    reader.close()

    assert honest.sentence == ""
    assert took < 1.0
    assert (looks[0].kind, looks[0].pages, looks[0].sentence) == ("pdf", 1, reading.TOO_SLOW)


def test_who_does_not_want_it_any_more_is_not_kept(tmp_path: Path) -> None:
    (tmp_path / "endless").write_bytes(ENDLESS)
    reader = Reader(children=1)
    until = time.monotonic() + 0.5
    begun = time.monotonic()

    with pytest.raises(Cancelled):
        reader.draw(
            tmp_path / "endless", "a.pdf", (99, 99), cancelled=lambda: time.monotonic() > until
        )

    assert time.monotonic() - begun < 3
    reader.close()


def test_closing_ends_what_is_read_and_what_waits(tmp_path: Path) -> None:
    (tmp_path / "endless").write_bytes(ENDLESS)
    reader = Reader(children=1)
    ended: list[str] = []

    def ask() -> None:
        try:
            reader.look(tmp_path / "endless", "a.pdf")
        except Cancelled:
            ended.append("cancelled")

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    time.sleep(0.5)
    reader.close()
    for thread in threads:
        thread.join(5)

    assert ended == ["cancelled"] * 3
    with pytest.raises(Cancelled):
        reader.look(tmp_path / "endless", "a.pdf")


class Liar:
    """A child that was taken over: what it answers is of its own making."""

    def __init__(self, answer: dict[str, Any] | ChildFault, body: bytes = b"") -> None:
        self.answer, self.body = answer, body

    def ask(self, *_: Any, **__: Any) -> tuple[dict[str, Any], bytes]:
        if isinstance(self.answer, ChildFault):
            raise self.answer
        return self.answer, self.body


def lying(answer: dict[str, Any] | ChildFault, body: bytes = b"") -> Reader:
    reader = Reader(children=0)
    reader._free.append(Liar(answer, body))  # type: ignore[arg-type]
    return reader


@pytest.mark.parametrize(
    ("answer", "body"),
    [
        ({"width": 100, "height": 100}, b"x" * 29_999),
        ({"width": -100, "height": -100}, b"x" * 30_000),
        ({"width": "100", "height": 100}, b"x" * 30_000),
        ({}, b""),
    ],
)
def test_a_picture_that_is_none_is_not_drawn(
    tmp_path: Path, answer: dict[str, Any], body: bytes
) -> None:
    assert lying(answer, body).draw(tmp_path, "a.pdf", (9, 9)) is None


def test_a_copy_that_is_no_jpeg_is_not_written(tmp_path: Path) -> None:
    assert not lying({}, b"MZ").printable(tmp_path, "a.jpg", tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


@pytest.mark.parametrize("kind", ["time", "memory", "crash"])
def test_what_was_known_before_the_fault_is_kept_and_the_fault_is_told(
    tmp_path: Path, kind: Any
) -> None:
    fault = ChildFault(kind, {"kind": "pdf", "pages": 3, "width": 595})

    look = lying(fault).look(tmp_path, "a.pdf")

    assert (look.kind, look.pages, look.width) == ("pdf", 3, 595)
    assert "กรุณา" in look.sentence


def test_a_pdf_is_known_by_its_sign_behind_some_dirt(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "p").write_bytes(b"\n\n" + page_of(stream(TEXT)))

    assert reader.look(tmp_path / "p", "p.pdf").kind == "pdf"


def test_a_pdf_that_only_its_owner_may_change_is_shown_and_marked(
    reader: Reader, tmp_path: Path
) -> None:
    with pikepdf.open(io.BytesIO(page_of())) as document:
        document.save(tmp_path / "p", encryption=pikepdf.Encryption(owner="x", user="", R=6))

    look = reader.look(tmp_path / "p", "p.pdf")

    assert look.is_encrypted
    assert look.sentence == ""
    assert reader.draw(tmp_path / "p", "p.pdf", (50, 50)) is not None


def test_half_a_photograph_is_named_and_not_drawn_as_a_whole_one(
    reader: Reader, tmp_path: Path
) -> None:
    path = photograph(tmp_path / "p", "PNG", (900, 900))
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])

    assert "เสียหาย" in reader.look(path, "p.png").sentence
    assert reader.draw(path, "p.png", (50, 50)) is None


def test_words_are_what_may_be_stored_and_shown(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "t").write_text("\u202eกลับ\u202c\x07 นํ้า\u200b", encoding="utf-8")

    assert reader.words(tmp_path / "t", "a.txt") == ("กลับ น้ำ",)


def test_a_picture_as_long_as_a_street_is_drawn(reader: Reader, tmp_path: Path) -> None:
    photograph(tmp_path / "p", "JPEG", (20_000, 40))

    drawing = reader.draw(tmp_path / "p", "p.jpg", (84, 112))

    assert drawing is not None
    assert (drawing.width, drawing.height) == (84, 1)


def test_exif_that_points_nowhere_harms_nobody(reader: Reader, tmp_path: Path) -> None:
    plain = photograph(tmp_path / "p", "JPEG").read_bytes()
    exif = b"Exif\x00\x00MM\x00*" + struct.pack(">I", 0xFFFFFF00)
    (tmp_path / "p").write_bytes(
        plain[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + plain[2:]
    )

    assert reader.draw(tmp_path / "p", "p.jpg", (84, 112)) is not None
