"""Commands that write: a sample, a new project, the value of a field, evidence."""

import argparse
import sys
from typing import Any

from esa_desktop.cli.answers import Answer
from esa_desktop.cli.opening import on_project, opened, who
from esa_desktop.cli.words import CODES_HELP, FIELDS, FIELDS_HELP, field_of, one_of, path, place_of
from esa_desktop.domain.errors import ValueRefused
from esa_desktop.domain.thai import parse_fiscal_year, thai_digits


def add_to(command: Any) -> None:
    made = command("sample", sample, "สร้างงานตัวอย่างที่กรอกแล้ว")
    made.add_argument("dir", type=path, metavar="DIR")

    made = command("new", new, "สร้างงานประเมินใหม่")
    made.add_argument("dir", type=path, metavar="DIR")
    made.add_argument(
        "--framework", required=True, help="รหัสฉบับมาตรฐาน เช่น obec-2557 หรือไฟล์ .toml .xlsx"
    )
    made.add_argument("--office", required=True, help="ชื่อสำนักงาน")
    made.add_argument("--year", required=True, help="ปีงบประมาณ พ.ศ.")

    made = on_project(command("set", set_field, "ใส่ค่าจากอินพุตมาตรฐานลงในช่อง"))
    made.add_argument("code", metavar="CODE", help=CODES_HELP)
    made.add_argument("field", metavar="FIELD", type=one_of("ช่อง", FIELDS), help=FIELDS_HELP)

    made = on_project(command("attach", attach, "แนบหลักฐาน"))
    made.add_argument("code", metavar="CODE")
    made.add_argument("file", type=path, nargs="+", metavar="FILE")
    made.add_argument("--title", help="ชื่อหลักฐาน (หลายไฟล์เป็นหลักฐานเดียว)")


def sample(given: argparse.Namespace) -> Answer:
    from esa_desktop.services.sample import make_sample

    make_sample(given.dir, who())
    return {"project": str(given.dir)}, f"สร้างงานตัวอย่างแล้วที่ {given.dir}"


def new(given: argparse.Namespace) -> Answer:
    from esa_desktop.services.frameworks import find_framework
    from esa_desktop.services.projects import create_project

    framework = find_framework(given.framework)
    year = parse_fiscal_year(given.year)
    create_project(given.dir, framework, office=given.office, fiscal_year=year, who=who())
    answer = {"project": str(given.dir), "framework": framework.id, "fiscal_year": year}
    return answer, f"สร้างงานประเมินแล้วที่ {given.dir}"


def set_field(given: argparse.Namespace) -> Answer:
    from esa_desktop.domain.fields import Kind, parse_plain
    from esa_desktop.domain.measured import parse_measured

    typed = _standard_input()  # before the project is locked: it may come from a command on it
    with opened(given) as project:
        editor = project.editor
        code, field = field_of(editor.round, given.code, given.field)
        if field.kind is Kind.MEASURED:
            value = parse_measured(typed, editor.round.framework.indicator(code).rubric.unit)
        else:
            value = parse_plain(field.kind, typed)
        edit = editor.change(field, value)
        if editor.is_change(edit):
            editor.apply(edit)
    return {"code": code, "field": given.field}, thai_digits(f"บันทึก {code} แล้ว")


def attach(given: argparse.Namespace) -> Answer:
    from esa_desktop.services.attaching import attach as attach_edit
    from esa_desktop.services.attaching import take_in

    with opened(given) as project:
        issue = place_of(project.editor.round.framework, given.code)
        intake = take_in(project.folder, given.file)
        if intake.refused:
            raise intake.refused[0]
        before = set(project.editor.round.items)
        project.editor.apply(
            attach_edit(project.editor, issue.id, intake.files, title=given.title or "")
        )
        items = project.editor.round.evidence_of(issue.id)
        codes = [item.code for item in items if item.id not in before]
    return codes, "\n".join(codes)


def _standard_input() -> str:
    if sys.stdin is None or sys.stdin.closed:
        raise ValueRefused(
            "ไม่มีข้อความส่งเข้ามา กรุณาส่งค่าที่จะใส่ทางอินพุตมาตรฐาน เช่น echo 4 | esa-desktop set …"
        )
    try:
        text = sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueRefused("ข้อความที่ส่งเข้ามาไม่ใช่ UTF-8 กรุณาบันทึกไฟล์เป็น UTF-8 แล้วลองใหม่") from error
    return text.removesuffix("\n").removesuffix("\r")
