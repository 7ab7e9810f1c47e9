"""The command that prints: forms, parts of the book and changed pages into a PDF."""

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, get_args

from esa_desktop.cli.answers import Answer
from esa_desktop.cli.opening import on_project, opened
from esa_desktop.cli.words import BOOK, one_of, path
from esa_desktop.domain.book import Part
from esa_desktop.domain.errors import ValueRefused
from esa_desktop.domain.printing import SIZES, Form, Paper, PrintOptions
from esa_desktop.domain.thai import arabic_digits, thai_digits

if TYPE_CHECKING:
    from esa_desktop.services.editing import Editor

FORMS: Final = get_args(Form)
PAPERS: Final = get_args(Paper)
PARTS: Final = tuple(part.value for part in Part)
DRAFT: Final = "ร่าง"


def add_to(command: Any) -> None:
    made = on_project(command("export", export, "พิมพ์แบบประเมินหรือทั้งเล่มเป็น PDF"), only_reads=True)
    made.add_argument("-o", "--out", type=path, required=True, metavar="OUT.pdf")
    made.add_argument(
        "--form",
        type=one_of("แบบ", FORMS),
        default=FORMS[0],
        metavar="FORM",
        help="แบบที่พิมพ์: แบบประเมิน (sheets) แบบฟอร์มเปล่า (blank) แบบสำหรับคณะกรรมการ (committee)"
        " หรือเล่มรายงาน (book)",
    )
    made.add_argument("--indicator", action="append", metavar="CODE", help="เฉพาะตัวบ่งชี้นี้ (ใส่ซ้ำได้)")
    made.add_argument("--ready", action="store_true", help="เฉพาะตัวบ่งชี้ที่พร้อมพิมพ์")
    made.add_argument("--changed", action="store_true", help="เฉพาะหน้าที่เปลี่ยนตั้งแต่พิมพ์ครั้งก่อน")
    made.add_argument(
        "--parts", type=_parts, metavar="PART,…", help=f"ส่วนของเล่ม: {', '.join(PARTS)}"
    )
    made.add_argument(
        "--paper", type=one_of("กระดาษ", PAPERS), metavar="PAPER", help=", ".join(PAPERS)
    )
    made.add_argument("--font", metavar="NAME")
    made.add_argument("--size", type=_size, metavar="PT", help="ขนาดตัวอักษร")
    made.add_argument("--draft", action="store_true", help=f"พิมพ์คำว่า “{DRAFT}” จาง ๆ ทุกหน้า")


def export(given: argparse.Namespace) -> Answer:
    from esa_desktop.services.reprinting import exchange, print_to_file, warning

    _refuse_nonsense(given)
    with opened(given) as project:
        options = _print_options(given, project.editor)
        told = print_to_file(
            project.editor,
            given.out,
            options,
            indicators=given.indicator,
            changed=given.changed,
            image=project.image_bytes,
        )
    reprint = told.reprint
    said = (warning(reprint, options.page_numbers) if reprint else "", told.result.warning)
    answer = {
        "file": str(given.out) if told.pages else None,
        "form": options.form,
        "pages": told.pages,
        "changed_pages": list(reprint.numbers) if reprint else None,
        "removed_pages": list(reprint.removed) if reprint else None,
        "warning": "\n".join(filter(None, said)),
        "unknown_characters": sorted(told.result.unknown_characters),
    }
    words = "ไม่มีหน้าที่ต้องพิมพ์ใหม่ จึงไม่ได้สร้างไฟล์"
    if told.pages:
        words = f"พิมพ์ลง {given.out.name} แล้ว {thai_digits(told.pages)} หน้า"
    return answer, "\n".join(filter(None, (words, exchange(reprint) if reprint else "", *said)))


def _refuse_nonsense(given: argparse.Namespace) -> None:
    """What cannot be meant together, before a project is opened."""
    if given.out.suffix.lower() != ".pdf":
        raise ValueRefused(
            f"ยังบันทึกเป็น “{given.out.suffix or given.out.name}” ไม่ได้ กรุณาใช้ชื่อไฟล์ที่ลงท้ายด้วย .pdf"
        )
    if given.changed and (given.indicator or given.draft):
        raise ValueRefused(
            "เฉพาะหน้าที่เปลี่ยนใช้ได้เมื่อพิมพ์ทั้งชุดที่ไม่ใช่ฉบับร่าง กรุณาใช้ --changed โดยไม่มี --indicator และ --draft"
        )
    if given.parts and given.form != BOOK:
        raise ValueRefused("--parts ใช้เลือกส่วนของเล่ม กรุณาใช้คู่กับ --form book")


def _print_options(given: argparse.Namespace, editor: "Editor") -> PrintOptions:
    """The options the project remembers, with what the command says instead."""
    from esa_desktop.services.exporting import stored_options

    options = stored_options(editor, paper=given.paper, font=given.font, form=given.form)
    said = {
        "size_pt": given.size,
        "parts": given.parts,
        "only_ready": True if given.ready else None,
        "watermark": DRAFT if given.draft else None,
    }
    return replace(options, **{name: value for name, value in said.items() if value is not None})


def _size(word: str) -> float:
    try:
        size = float(arabic_digits(word))
    except ValueError:
        size = 0.0
    if not SIZES[0] <= size <= SIZES[1]:
        limits = thai_digits(f"{SIZES[0]:g} ถึง {SIZES[1]:g}")
        raise ValueRefused(f"ขนาดตัวอักษร “{word}” ใช้ไม่ได้ กรุณาใช้ {limits} พอยต์")
    return size


def _parts(words: str) -> tuple[Part, ...]:
    wanted = [word.strip() for word in words.split(",") if word.strip()]
    unknown = [word for word in wanted if word not in PARTS]
    if unknown or not wanted:
        raise ValueRefused(f"ไม่รู้จักส่วนของเล่ม “{', '.join(unknown)}” กรุณาใช้ {', '.join(PARTS)}")
    return tuple(part for part in Part if part.value in wanted)
