"""A small round with every text of the book, in words that belong to nobody, and its book as bytes."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
from PIL import Image as Pictures

from esa_desktop.domain.assessment import AssessmentRound, IndicatorAssessment
from esa_desktop.domain.framework import Standard
from esa_desktop.domain.printing import PrintOptions
from esa_desktop.domain.richtext import Image, Paragraph, RichText, Run, from_plain, paragraph
from esa_desktop.report.sheet import SheetResult, write_sheets
from tests.report.reading import close, pdfium_pages
from tests.report.rounds import framework, indicator, invented_round

TEXTS = {
    "cover_lines": "เอกสารลำดับที่ ๑๒/๒๕๕๗\nกลุ่มนโยบายและแผน",
    "foreword": "รายงานฉบับนี้จัดทำขึ้นเพื่อเสนอผลการประเมินตนเอง",
    "foreword_month": "กันยายน ๒๕๕๗",
    "summary": "ผลการประเมินโดยรวมอยู่ในเกณฑ์ที่น่าพอใจ",
    "strengths": "มีเครือข่ายความร่วมมือครอบคลุมทุกอำเภอ",
    "improvements": "การจัดเก็บร่องรอยให้เป็นระบบเดียวกัน",
    "basics_date": "๑๐ มิถุนายน ๒๕๕๗",
    "basics": "สำนักงานตั้งอยู่ในอำเภอเมืองตัวอย่าง",
    "criteria": "ประเมินโดยคณะกรรมการที่แต่งตั้งขึ้น",
    "development": "จัดเวทีแลกเปลี่ยนเรียนรู้ภาคเรียนละครั้ง",
    "orders": "คำสั่งที่ ๑๒๓/๒๕๕๗ แต่งตั้งคณะทำงาน",
    "minutes": "การประชุมครั้งที่ ๑/๒๕๕๗ เริ่มประชุมเวลา ๐๙.๐๐ น.",
}
PICTURES = {"wide": (1600, 1200, "JPEG"), "small": (200, 150, "PNG"), "tall": (900, 1800, "PNG")}


def picture(name: str) -> bytes | None:
    """The loader of the pictures these books hold."""
    if name not in PICTURES:
        return None
    across, down, kind = PICTURES[name]
    written = io.BytesIO()
    Pictures.new("RGB", (across, down), (90, 120, 160)).save(written, kind)
    return written.getvalue()


def pictures(*names: str) -> RichText:
    """Pictures with the caption ``ภาพที่ ๑ …`` below each."""
    blocks: list[Image | Paragraph] = []
    for number, name in enumerate(names, 1):
        blocks += [Image(name, 100.0), paragraph(f"ภาพที่ {number} ของ {name}")]
    return RichText(tuple(blocks))


def book_round(**texts: RichText) -> AssessmentRound:
    """Two standards of three indicators, one of them without a level; every text is written."""
    first = invented_round()
    added = indicator(3, "ผลสัมฤทธิ์ทางการเรียน", ["ประเด็นเดียวที่มี"])
    second = Standard(
        "standard-2", 2, "สัมฤทธิผลการบริหารและการจัดการศึกษา", (replace(added, number=1),)
    )
    old = framework(list(first.framework.standards[0].indicators))
    people = RichText(
        (
            Paragraph((Run("ที่ปรึกษา", bold=True),)),
            paragraph("นายสมมุติ ตัวอย่าง, ผู้อำนวยการ"),
            Paragraph((Run("คณะทำงาน", bold=True),)),
            paragraph("นางสมศรี ทดสอบ - ศึกษานิเทศก์"),
            paragraph("นางพิมพ์ จัดหน้า"),
        )
    )
    written = {name: from_plain(text) for name, text in TEXTS.items()}
    book: Mapping[str, RichText] = {
        **written,
        "emblem": RichText((Image("small", 80.0),)),
        "pictures": pictures("wide", "wide"),
        "compilers": people,
        **texts,
    }
    levels = {"indicator-1": IndicatorAssessment(4), "indicator-3": IndicatorAssessment(2)}
    return replace(
        first,
        framework=replace(old, standards=(*old.standards, second)),
        indicators={**first.indicators, **levels},
        book={name: text for name, text in book.items() if not text.is_blank},
    )


def printed_book(
    assessed: AssessmentRound, folder: Path, **options: Any
) -> tuple[list[str], SheetResult]:
    """Pages as PDFium reads them, without white; the file is ``book.pdf``."""
    target = folder / "book.pdf"
    wanted = PrintOptions(form="book", **options)
    result = write_sheets(assessed, target, wanted, image=picture)
    return [close(page) for page in pdfium_pages(target)], result


def bookmarks(path: Path) -> list[tuple[int, str, int]]:
    """Depth, words and page (from 0) of every line of the outline."""
    with pikepdf.open(path) as document, document.open_outline() as outline:
        places = {page.objgen: n for n, page in enumerate(document.pages)}
        return list(_lines(outline.root, places, 0))


def _lines(items: Any, places: Mapping[Any, int], depth: int) -> Iterator[tuple[int, str, int]]:
    for item in items:
        yield depth, item.title, places[_target(item)]
        yield from _lines(item.children, places, depth + 1)


def _target(item: Any) -> Any:
    destination = item.destination
    if isinstance(destination, pikepdf.Array):
        return destination[0].objgen
    return item.obj.Dest[0].objgen


def page_labels(path: Path) -> list[str]:
    with pikepdf.open(path) as document:
        return [page.label for page in document.pages]


def roles(path: Path) -> list[str]:
    """Of everything in the structure tree, in reading order."""
    with pikepdf.open(path) as document:
        return list(_roles(document.Root.StructTreeRoot.K))


def _roles(node: Any) -> Iterator[str]:
    if isinstance(node, pikepdf.Array):
        for kid in node:
            yield from _roles(kid)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield str(node.S)[1:]
        if "/K" in node:
            yield from _roles(node.K)
