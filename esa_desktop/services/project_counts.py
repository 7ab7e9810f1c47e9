"""What a report of a problem says of the open project: numbers and dates, never a word of it."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from esa_desktop.domain.assessment import AssessmentRound, progress
from esa_desktop.domain.errors import EsaError
from esa_desktop.services.backing_up import list_backups
from esa_desktop.services.frameworks import shipped_frameworks
from esa_desktop.services.health_dates import last_check
from esa_desktop.services.places import IN_CLOUD, ON_NETWORK, ON_STICK, place_risk
from esa_desktop.services.problem_report import Fact
from esa_desktop.services.projects import Project
from esa_desktop.storage.layout import database_of, evidence_of
from esa_desktop.storage.tables import SCHEMA_VERSION

PATIENCE: Final = 10.0
"""Seconds the writer has to say how many revisions there are."""


def count_project(project: Project, user_folder: Path) -> tuple[Fact, ...]:
    """Blocks: for workers. What cannot be had is left out; nothing is raised for it."""
    return (
        *_of_round(project.editor.round),
        *_of_store(project),
        *_of_folder(project.folder),
        *_of_backups(project, user_folder),
        ("เปิดดูอย่างเดียว", "ใช่" if project.read_only else "ไม่ใช่"),
    )


def _of_round(assessed: AssessmentRound) -> Iterator[Fact]:
    framework = assessed.framework
    shipped = {edition.id for edition in shipped_frameworks()}
    indicators = [each for standard in framework.standards for each in standard.indicators]
    count = progress(assessed)
    items = assessed.items.values()
    yield "ฉบับมาตรฐาน", framework.id if framework.id in shipped else "ฉบับของสำนักงานเอง"
    yield "มาตรฐาน", str(len(framework.standards))
    yield "ตัวบ่งชี้", str(len(indicators))
    yield "ประเด็นการพิจารณา", str(sum(len(each.issues) for each in indicators))
    yield "ประเด็นที่กรอกครบ", f"{count.done} จาก {count.total}"
    yield "รายการหลักฐาน", str(len(items))
    yield "ไฟล์หลักฐานที่ระบุไว้", str(sum(len(item.files) for item in items))
    yield "ช่องที่แก้ไขไม่ตรงกัน", str(len(assessed.unsettled))


def _of_store(project: Project) -> Iterator[Fact]:
    yield "รุ่นของโครงสร้างข้อมูล", str(SCHEMA_VERSION)
    yield "ยังรอบันทึก", str(project.unsaved)
    with suppress(EsaError, TimeoutError, RuntimeError):
        state = project.ask(lambda store: store.state()).result(PATIENCE)
        yield "การแก้ไขที่บันทึกไว้", str(state.last_seq)
        yield "ไฟล์หลักฐานที่รู้จัก", str(state.files)


def _of_folder(folder: Path) -> Iterator[Fact]:
    with suppress(OSError):
        yield "ขนาดฐานข้อมูล", _size(database_of(folder).stat().st_size)
    files = [size for size in map(_size_of, evidence_of(folder).glob("*/*")) if size >= 0]
    yield "ไฟล์ในโฟลเดอร์หลักฐาน", f"{len(files)} ไฟล์ {_size(sum(files))}"
    risk = place_risk(folder)
    kinds = {IN_CLOUD.advice: "โฟลเดอร์ที่คัดลอกขึ้นอินเทอร์เน็ต", ON_STICK.advice: "แฟลชไดรฟ์"}
    kinds[ON_NETWORK.advice] = "เครื่องอื่นในเครือข่าย"
    yield "เก็บไว้ใน", kinds.get(risk.advice, "ที่อื่น") if risk else "เครื่องนี้"


def _of_backups(project: Project, user_folder: Path) -> Iterator[Fact]:
    backups = list_backups(project.folder)
    newest = backups[0].time if backups else "ไม่มี"
    yield "ข้อมูลสำรองในโฟลเดอร์งาน", f"{len(backups)} ชุด ล่าสุด {newest}"
    yield "ตรวจสุขภาพครบครั้งล่าสุด", last_check(user_folder, project.project_id) or "ไม่มีบันทึก"


def _size_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1


def _size(count: int) -> str:
    return f"{count / (1 << 20):.1f} MB"
