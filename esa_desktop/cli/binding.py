"""The command that binds: the evidence of a round, or of a part of it, as a PDF in one or several volumes."""

import argparse
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from esa_desktop.cli.answers import Answer
from esa_desktop.cli.opening import on_project, opened
from esa_desktop.cli.words import path
from esa_desktop.domain.errors import ValueRefused
from esa_desktop.domain.thai import arabic_digits, thai_digits

if TYPE_CHECKING:
    from esa_desktop.domain.binder import BinderOptions, BinderResult
    from esa_desktop.services.binder_changes import BinderChanges
    from esa_desktop.services.editing import Editor

MEGABYTES = (1, 100_000)
PAGES = (2, 1_000_000)


def add_to(command: Any) -> None:
    made = on_project(command("binder", binder, "รวมหลักฐานเป็นแฟ้ม PDF"), only_reads=True)
    made.add_argument("-o", "--out", type=path, required=True, metavar="OUT.pdf")
    made.add_argument("--max-mb", metavar="N", help="แบ่งเล่มไม่ให้เกิน N MB (ไม่แบ่งกลางหลักฐาน)")
    made.add_argument("--max-pages", metavar="N", help="แบ่งเล่มไม่ให้เกิน N หน้า")
    for name, words in (
        ("--standard", "เฉพาะมาตรฐานนี้"),
        ("--indicator", "เฉพาะตัวบ่งชี้นี้"),
        ("--issue", "เฉพาะประเด็นนี้"),
    ):
        made.add_argument(
            name, action="append", dest="scope", metavar="CODE", help=f"{words} (ใส่ซ้ำได้)"
        )
    made.add_argument("--qr", action="store_true", help="พิมพ์คิวอาร์ของรหัสที่หน้าแรกของแต่ละรายการ")
    made.add_argument("--certified", action="store_true", help="พิมพ์ที่ลงชื่อ “สำเนาถูกต้อง” ทุกหน้า")
    made.add_argument(
        "--changed", action="store_true", help="เฉพาะที่ใหม่หรือเปลี่ยนตั้งแต่แฟ้มครั้งก่อนของส่วนเดียวกัน"
    )
    made.add_argument("--include-confidential", action="store_true", help="ใส่ไฟล์ของหลักฐานลับด้วย")


def binder(given: argparse.Namespace) -> Answer:
    from esa_desktop.services.binder_wish import remember_bound, wish_for
    from esa_desktop.services.binding import bind_evidence
    from esa_desktop.services.reading import Reader

    if given.out.suffix.lower() != ".pdf":
        raise ValueRefused(
            f"บันทึกแฟ้มเป็น “{given.out.suffix or given.out.name}” ไม่ได้ กรุณาใช้ชื่อไฟล์ที่ลงท้ายด้วย .pdf"
        )
    most_mb, most_pages = (
        _limit(given.max_mb, "MB", MEGABYTES),
        _limit(given.max_pages, "หน้า", PAGES),
    )
    with opened(given) as project, closing(Reader()) as reader:
        options = _options(given, project.editor, most_mb, most_pages)
        wish = wish_for(project, options, given.out)
        changes = wish.changes
        result = bind_evidence(wish, reader)
        if result.volumes:
            remember_bound(project, wish, as_chosen=False)
    return _answer(result, changes), _words(result, changes, only_changed=given.changed)


def _options(
    given: argparse.Namespace, editor: "Editor", most_mb: float | None, most_pages: float | None
) -> "BinderOptions":
    """As the last binder of the round was made, with what the command says instead.

    A limit belongs to one command: without one there is one volume, whatever was chosen before.
    """
    from esa_desktop.services.binder_memory import stored_binder_options

    options = stored_binder_options(editor)
    return replace(
        options,
        scope=tuple(arabic_digits(code) for code in given.scope or ()),
        most_mb=most_mb,
        most_pages=None if most_pages is None else int(most_pages),
        qr=options.qr or given.qr,
        certified=options.certified or given.certified,
        only_changed=given.changed,
        confidential="include" if given.include_confidential else options.confidential,
    )


def _limit(word: str | None, unit: str, limits: tuple[int, int]) -> float | None:
    if word is None:
        return None
    try:
        number = float(arabic_digits(word))
    except ValueError:
        number = 0.0
    if not limits[0] <= number <= limits[1]:
        raise ValueRefused(
            f"ขนาดเล่ม “{word}” ใช้ไม่ได้ กรุณาใช้ตัวเลขตั้งแต่ {thai_digits(limits[0])} {unit}ขึ้นไป"
        )
    return number


def _answer(result: "BinderResult", changes: "BinderChanges") -> dict[str, Any]:
    return {
        "volumes": [
            {
                "file": volume.path,
                "pages": volume.pages,
                "size": volume.size,
                "first": volume.first,
                "last": volume.last,
            }
            for volume in result.volumes
        ],
        "pages": result.pages,
        "items": result.items,
        "troubles": [
            {"code": trouble.code, "name": trouble.name, "sentence": trouble.sentence}
            for trouble in result.troubles
        ],
        "changes": {
            "since": changes.since or None,
            **{
                kind: changes.count(kind) if not changes.is_first else None
                for kind in ("new", "changed", "moved", "gone")
            },
            "take_out": sorted(changes.codes.values()),
        },
    }


def _words(result: "BinderResult", changes: "BinderChanges", *, only_changed: bool) -> str:
    lines = []
    if result.volumes:
        counted = f"{len(result.volumes)} เล่ม {result.pages} หน้า หลักฐาน {result.items} รายการ"
        lines.append(thai_digits(f"รวมแฟ้มหลักฐานแล้ว {counted}"))
        lines += [f"  {Path(volume.path)}" for volume in result.volumes]
    else:
        lines.append("ไม่มีหลักฐานที่ใหม่หรือเปลี่ยนจากแฟ้มครั้งก่อน จึงไม่ได้สร้างไฟล์")
    if only_changed and changes.is_first:
        lines.append("ยังไม่เคยทำแฟ้มของส่วนนี้มาก่อน จึงรวมทั้งหมด")
    if changes.codes and only_changed:
        lines.append(thai_digits(f"นำออกจากแฟ้มเดิม: {', '.join(sorted(changes.codes.values()))}"))
    if result.troubles:
        lines.append(thai_digits(f"ใส่ในแฟ้มไม่ได้ {len(result.troubles)} ไฟล์ มีใบบอกไว้ในตำแหน่งนั้น"))
    lines += [f"  {thai_digits(t.code)} {t.name}: {t.sentence}" for t in result.troubles]
    return "\n".join(lines)
