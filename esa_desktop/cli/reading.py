"""Commands that only read: everything in a round, the history of a field, where words stand."""

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from esa_desktop.cli.answers import Answer
from esa_desktop.cli.opening import on_project, opened
from esa_desktop.cli.words import BOOK, CODES_HELP, FIELDS, FIELDS_HELP, field_of, one_of, told_time
from esa_desktop.domain.errors import ValueRefused
from esa_desktop.domain.fields import Kind
from esa_desktop.domain.revision import plain_text
from esa_desktop.domain.thai import clean_text, thai_digits

if TYPE_CHECKING:
    from esa_desktop.services.history import Version
    from esa_desktop.services.searching import Hit


def add_to(command: Any) -> None:
    on_project(command("show", show, "แสดงทุกอย่างในปีที่ประเมิน"), only_reads=True)

    made = on_project(
        command("history", history, "แสดงประวัติการแก้ไขของช่อง ฉบับล่าสุดก่อน"), only_reads=True
    )
    made.add_argument("code", metavar="CODE", help=CODES_HELP)
    made.add_argument("field", metavar="FIELD", type=one_of("ช่อง", FIELDS), help=FIELDS_HELP)

    made = on_project(command("search", search, "ค้นหาคำในทั้งเล่ม"), only_reads=True)
    made.add_argument("text", metavar="TEXT", help="คำที่ต้องการหา เลขไทยหรืออารบิกก็ได้")


def show(given: argparse.Namespace) -> Answer:
    from esa_desktop.services.showing import show_round

    with opened(given) as project:
        answer = show_round(project.editor.round)
    return answer, "\n".join(_shown_lines(answer))


def history(given: argparse.Namespace) -> Answer:
    from esa_desktop.services.history import versions

    with opened(given) as project:
        code, field = field_of(project.editor.round, given.code, given.field)
        found = versions(project, field)
    answer = {
        "code": code,
        "field": given.field,
        "versions": [
            {
                "id": version.id,
                "author": version.author,
                "computer": version.computer,
                "time": version.time,
                "current": version.is_head,
                "parents": list(version.parents),
                "text": plain_text(field, version.body),
            }
            for version in found
        ],
    }
    if not found:
        return answer, thai_digits(f"ช่อง {given.field} ของ {code} ยังไม่เคยมีใครเขียน")
    return answer, "\n".join(line for version in found for line in _version_lines(version))


def search(given: argparse.Namespace) -> Answer:
    from esa_desktop.services.searching import needle, search_round

    if not needle(given.text):
        raise ValueRefused("ไม่มีคำที่จะค้นหา กรุณาใส่คำที่ต้องการหา เช่น search PROJECT นิเทศ")
    with opened(given) as project:
        hits = search_round(project.editor.round, given.text, book=True)
    answer = {"text": given.text, "hits": [_hit(hit) for hit in hits]}
    if not hits:
        return answer, f"ไม่พบ “{clean_text(given.text)}”"
    return answer, "\n".join(_hit_line(hit) for hit in hits)


def _hit(hit: "Hit") -> dict[str, Any]:
    """In the words of ``set`` and ``history``; an evidence item by its code."""
    of_book = hit.kind is Kind.BOOK_TEXT
    return {
        "code": BOOK if of_book else hit.code,
        "field": hit.node_id if of_book else hit.kind.value,
        "name": hit.name,
        "snippet": hit.snippet,
        "count": hit.count,
    }


def _hit_line(hit: "Hit") -> str:
    times = f" ({thai_digits(hit.count)} แห่ง)" if hit.count > 1 else ""
    told = _hit(hit)
    return f"{thai_digits(told['code'])} {told['field']}{times}: {hit.snippet}"


def _version_lines(version: "Version") -> Iterator[str]:
    parts = (told_time(version.time), version.author, version.computer)
    current = " (ฉบับปัจจุบัน)" if version.is_head else ""
    yield " · ".join(filter(None, parts)) + current
    for line in (version.text or "(ว่าง)").splitlines():
        yield f"    {line}"


def _shown_lines(answer: dict[str, Any]) -> Iterator[str]:
    yield f"{answer['office']} ปีงบประมาณ {answer['fiscal_year']} · {answer['framework']['title']}"
    for standard in answer["standards"]:
        yield f"มาตรฐานที่ {standard['code']} {standard['name']}"
        for indicator in standard["indicators"]:
            level = indicator["level"] or "ยังไม่ระบุ"
            yield f"  {indicator['code']} {indicator['name']}: ระดับ {level}"
            for issue in indicator["issues"]:
                done = "มีการดำเนินการ" if issue["acted_on"] else "ยังไม่ระบุว่าดำเนินการ"
                count = len(issue["evidence"])
                yield f"    {issue['code']} {issue['name']}: {done} หลักฐาน {count} รายการ"
