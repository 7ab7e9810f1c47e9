"""Commands against loss: make a backup here or on another drive, restore one as a project of its own."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from esa_desktop.cli.answers import Answer, Finding
from esa_desktop.cli.opening import on_project, opened, who
from esa_desktop.cli.words import path, told_time
from esa_desktop.domain.errors import StorageError, ValueRefused
from esa_desktop.domain.thai import arabic_digits, thai_digits
from esa_desktop.paths import user_folder

if TYPE_CHECKING:
    from esa_desktop.services.backing_up import Backup


def add_to(command: Any) -> None:
    made = on_project(command("backup", backup, "สำรองข้อมูลของงานประเมิน"), optional=True)
    made.add_argument(
        "--to",
        type=path,
        metavar="DIR",
        help="คัดลอกพร้อมหลักฐานไปไว้ที่อื่น เช่น แฟลชไดรฟ์ (ถ้าไม่ใส่สำรองไว้ในโฟลเดอร์งาน)",
    )
    made.add_argument("--list", action="store_true", help="แสดงข้อมูลสำรองที่มี ชุดล่าสุดก่อน")
    made.add_argument(
        "--recent", action="store_true", help="สำรองทุกงานที่เปิดล่าสุดในเครื่องนี้ (แทนการระบุงาน)"
    )
    made.add_argument(
        "-o", dest="out", type=path, metavar="OUT.json", help="เขียนผลของ --recent ลงไฟล์นี้ด้วย"
    )

    made = command("restore", restore, "เปิดข้อมูลสำรองออกเป็นงานใหม่ โดยไม่แตะงานปัจจุบัน")
    made.add_argument("project", type=path, metavar="PROJECT")
    made.add_argument("backup", metavar="BACKUP", help="เลขชุดของข้อมูลสำรอง หรือโฟลเดอร์ของชุดนั้น")
    made.add_argument("--to", type=path, required=True, metavar="DIR", help="โฟลเดอร์ใหม่ที่ยังว่าง")


def backup(given: argparse.Namespace) -> Answer:
    from esa_desktop.services.backing_up import Reason, back_up, copy_elsewhere, list_backups

    if given.recent:
        return _backup_recent(given)
    if given.project is None:
        raise ValueRefused("กรุณาระบุโฟลเดอร์งานประเมิน หรือใช้ --recent เพื่อสำรองทุกงานที่เปิดล่าสุด")
    if given.list:
        found = list_backups(given.to or given.project)
        return [_told(one) for one in found], _list_words(found)
    with opened(given) as project:
        project.flush()
        if given.to is not None:
            made = copy_elsewhere(project, given.to, user_folder=user_folder())
            return {"new": True, **_told(made)}, _made_words(made)
        new = back_up(project, Reason.ASKED)
    if new is not None:
        return {"new": True, **_told(new)}, _made_words(new)
    newest = list_backups(given.project)[0]
    words = f"ไม่มีอะไรเปลี่ยนตั้งแต่สำรองชุดที่ {thai_digits(newest.seq)} ซึ่งอยู่ที่ {newest.folder}"
    return {"new": False, **_told(newest)}, words


def _backup_recent(given: argparse.Namespace) -> Answer:
    """Every project this user opened lately, for the installer; a `Finding` where one failed."""
    from esa_desktop.services.recent_backups import State, back_up_recent

    if given.project is not None or given.to is not None or given.list:
        raise ValueRefused("--recent สำรองทุกงานที่เปิดล่าสุด จึงใช้ร่วมกับชื่องาน --to หรือ --list ไม่ได้")
    found = tuple(back_up_recent(user_folder(), who()))
    told = [
        {
            "project": str(one.folder),
            "state": one.state.value,
            "sentence": one.sentence,
            "backup": str(one.backup) if one.backup else None,
        }
        for one in found
    ]
    if given.out is not None:
        _write(given.out, json.dumps(told, ensure_ascii=False, indent=1))
    answer = (told, "\n".join(one.sentence for one in found) or "ยังไม่มีงานที่เคยเปิดในเครื่องนี้")
    failed = sum(one.state is State.FAILED for one in found)
    if failed:
        raise Finding(
            f"สำรองข้อมูลไม่สำเร็จ {thai_digits(failed)} งาน กรุณาเปิดงานนั้นแล้วสำรองข้อมูลเอง", answer
        )
    return answer


def _write(target: Path, words: str) -> None:
    from esa_desktop.storage.durable import write_durably

    try:
        write_durably(target, words.encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise StorageError(
            f"สำรองข้อมูลแล้ว แต่เขียนผลลงใน “{target.name}” ไม่ได้ กรุณาเลือกโฟลเดอร์อื่นที่บันทึกได้"
        ) from error


def restore(given: argparse.Namespace) -> Answer:
    from esa_desktop.services.restoring import restore_to

    folder = _backup_folder(given.project, given.backup)
    place = restore_to(folder, given.to)
    answer = {"project": str(place), "backup": str(folder)}
    return answer, f"กู้คืนข้อมูลแล้ว เป็นงานใหม่ที่ {place}"


def _backup_folder(project: Path, word: str) -> Path:
    """A backup by its number, by the name of its folder, or by the way to it or to its copy."""
    from esa_desktop.services.backing_up import list_backups

    known = list_backups(project)
    digits = arabic_digits(word.strip())
    number = int(digits) if digits.isdecimal() else None
    for one in known:
        if number == one.seq or word == one.folder.name:
            return one.folder
    if number is None and path(word).is_dir():
        there = list_backups(Path(word))
        return there[0].folder if there else Path(word)
    if not known:
        raise ValueRefused(f"ไม่พบข้อมูลสำรองใน “{project.name}” กรุณาตรวจชื่อโฟลเดอร์แล้วลองอีกครั้ง")
    numbers = ", ".join(thai_digits(one.seq) for one in known)
    raise ValueRefused(f"ไม่พบข้อมูลสำรอง “{word}” กรุณาใช้เลขชุดที่มี คือ {numbers}")


def _told(one: "Backup") -> dict[str, Any]:
    return {
        "number": one.seq,
        "folder": str(one.folder),
        "time": one.time,
        "reason": one.reason.value,
        "author": one.author,
        "computer": one.computer,
        "revisions": one.revisions,
        "size": one.size,
        "missing": [
            {"name": file.name, "sha256": file.sha256}
            for file in one.evidence
            if file.sha256 in one.missing
        ],
    }


def _made_words(made: "Backup") -> str:
    words = f"สำรองข้อมูลชุดที่ {thai_digits(made.seq)} แล้วที่ {made.folder}"
    if made.missing:
        words += f"\nไม่พบไฟล์หลักฐาน {thai_digits(len(made.missing))} ไฟล์ ตรวจได้ด้วยคำสั่ง check"
    return words


def _list_words(found: "tuple[Backup, ...]") -> str:
    lines = (
        f"ชุดที่ {thai_digits(one.seq)} · {told_time(one.time)} · {one.author} · {one.folder}"
        for one in found
    )
    return "\n".join(lines) if found else "ยังไม่มีข้อมูลสำรอง"
