"""Commands that examine: the health of a project, whole or damaged, and the program itself."""

import argparse
import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from esa_desktop.cli.answers import Answer, Finding
from esa_desktop.cli.opening import on_project, opened
from esa_desktop.domain.errors import DamagedProject, NotAProject, StorageError
from esa_desktop.domain.thai import thai_digits

if TYPE_CHECKING:
    from esa_desktop.services.health import Health

LONGEST_TEST: Final = 300.0
"""Seconds; it takes about ten."""


def add_to(command: Any) -> None:
    on_project(command("check", check, "ตรวจสุขภาพของงานประเมิน"), only_reads=True)
    made = command("self-test", self_test, "ทดสอบงานหลักทั้งหมดในโฟลเดอร์ชั่วคราว")
    made.add_argument(
        "-o", "--out", type=Path, metavar="OUT.json", help="บันทึกผลเป็น JSON ลงในไฟล์นี้ด้วย"
    )
    made.add_argument("--platform", metavar="NAME", help="ระบบแสดงผลของ Qt (ปกติไม่ขึ้นจอ)")


def check(given: argparse.Namespace) -> Answer:
    from esa_desktop.services.backing_up import list_backups
    from esa_desktop.services.health import check_health

    try:
        with opened(given) as project:
            health = check_health(project)
    except NotAProject as error:
        # Without any project.db, too, where its backups still lie.
        known = given.project.is_dir() and list_backups(given.project)
        if not known and not isinstance(error, DamagedProject):
            raise
        raise Finding(error.sentence, _recoverable(given.project)) from error
    answer = _healthy(health), "\n".join(health.sentences())
    if not health.is_whole:
        raise Finding(health.sentences()[0], answer)
    return answer


def self_test(given: argparse.Namespace) -> Answer:
    from esa_desktop.self_test import run_self_test

    if given.platform:
        os.environ["QT_QPA_PLATFORM"] = given.platform
    with _ended_after(LONGEST_TEST):
        report = run_self_test(partial(_write_report, given.out))
    _write_report(given.out, report)
    if not report["ok"]:
        failed = next(step["step"] for step in report["steps"] if not step["ok"])
        raise Finding(
            f"การทดสอบตัวเองไม่ผ่านที่ขั้น “{failed}” กรุณาติดตั้งโปรแกรมใหม่",
            (report, json.dumps(report, ensure_ascii=False, indent=1)),
            code=1,
        )
    return report, thai_digits(f"ทดสอบตัวเองผ่านทั้ง {len(report['steps'])} ขั้น")


def _write_report(target: Path | None, report: dict[str, Any]) -> None:
    """Also before every step: a program that dies leaves behind what it was about to do."""
    if target is None:
        return
    from esa_desktop.storage.durable import write_durably

    try:
        write_durably(target, json.dumps(report, ensure_ascii=False, indent=1).encode("utf-8"))
    except OSError as error:
        raise StorageError(
            f"บันทึกผลลงใน “{target.name}” ไม่ได้ กรุณาเลือกโฟลเดอร์อื่นที่บันทึกได้แล้วลองอีกครั้ง"
        ) from error


@contextmanager
def _ended_after(seconds: float) -> Iterator[None]:
    """An installer waits for the answer: better a bad one than none."""
    watch = threading.Timer(seconds, os._exit, (1,))
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()
        watch.join()


def _healthy(health: "Health") -> dict[str, Any]:
    examined = health.examination
    count, size = health.orphans
    return {
        "whole": health.is_whole,
        "opens": True,
        "sentences": list(health.sentences()),
        "faults": [asdict(fault) for fault in examined.faults],
        "revisions": examined.revisions,
        "drafts": examined.drafts,
        "evidence": {
            "files": len(examined.files),
            "missing": [_file(*named) for named in health.evidence_missing],
            "changed": [_file(*named) for named in health.evidence_changed],
            "unused": {"files": count, "bytes": size},
        },
        "backups": {"count": health.backups, "newest": health.newest_backup},
    }


def _file(item: str, name: str, sha256: str) -> dict[str, str]:
    return {"item": item, "name": name, "sha256": sha256}


def _recoverable(folder: Path) -> Answer:
    """What the window's recovery would give; nothing is changed here."""
    from esa_desktop.services.health import look_at_damage

    damage = look_at_damage(folder)
    sentences = damage.sentences()
    answer = {
        "whole": False,
        "opens": False,
        "sentences": list(sentences),
        "recovery": asdict(damage),
    }
    return answer, "\n".join(sentences)
