"""The same program without a window: thin commands over the services, for scripts, support and tests."""

import argparse
import json
import logging
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, NoReturn, get_args

from esa_desktop import __version__
from esa_desktop.domain.book import BOOK_TEXTS, Part
from esa_desktop.domain.errors import EsaError, ValueRefused
from esa_desktop.domain.printing import SIZES, Form, Paper
from esa_desktop.domain.thai import arabic_digits, parse_fiscal_year, thai_digits
from esa_desktop.logs import start_log
from esa_desktop.paths import user_folder

COMMANDS: Final = ("sample", "new", "show", "set", "attach", "export", "self-test")
NOT_BUILT: Final = (
    "binder",
    "import",
    "pack",
    "merge",
    "check",
    "backup",
    "restore",
    "history",
    "search",
)
"""Commands of later versions: refused by name, else the window would take them for a project."""
WINDOW_OPTIONS: Final = ("--screenshot", "--time-to-paint")
ISSUE_FIELDS: Final = ("method", "results", "acted_on", "evidence_clear")
INDICATOR_FIELDS: Final = ("suggestions", "level", "reason", "status")
BOOK: Final = "book"
BOOK_FIELDS: Final = tuple(text.name for text in BOOK_TEXTS)
DICTIONARY: Final = "dictionary"
DICTIONARY_FIELDS: Final = ("words",)
FORMS: Final = get_args(Form)
PAPERS: Final = get_args(Paper)
PARTS: Final = tuple(part.value for part in Part)
DRAFT: Final = "ร่าง"


def is_command(arguments: Sequence[str]) -> bool:
    """Whether the command line asks for a command; a path or nothing asks for the window."""
    if not arguments:
        return False
    first = arguments[0]
    if first.startswith("-"):
        return first.partition("=")[0] not in (*WINDOW_OPTIONS, "--")
    return first in (*COMMANDS, *NOT_BUILT)


def run(arguments: Sequence[str]) -> int:
    """Run one command: 0 on success, 2 with one sentence on standard error for what a user can mend.

    1 stands for a fault of the program: a sentence too, the details are in the log.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        chosen = _parsed(arguments)
        answer, words = chosen.run(chosen)
        print(json.dumps(answer, ensure_ascii=False, indent=1) if chosen.json else words)
    except EsaError as error:
        print(error.sentence, file=sys.stderr)
        return 2
    except BrokenPipeError:
        return 0
    except Exception:
        start_log()
        logging.getLogger("esa_desktop").exception("command failed")
        place = user_folder() / "log.txt"
        print(f"โปรแกรมทำงานผิดพลาด ข้อมูลที่บันทึกแล้วยังอยู่ครบ รายละเอียดอยู่ใน {place}", file=sys.stderr)
        return 1
    return 0


Answer = tuple[Any, str]
"""What ``--json`` prints, and what a person reads."""


def sample(given: argparse.Namespace) -> Answer:
    from esa_desktop.services.sample import make_sample

    make_sample(given.dir, _who())
    return {"project": str(given.dir)}, f"สร้างงานตัวอย่างแล้วที่ {given.dir}"


def new(given: argparse.Namespace) -> Answer:
    from esa_desktop.services.frameworks import find_framework
    from esa_desktop.services.projects import create_project

    framework = find_framework(given.framework)
    year = parse_fiscal_year(given.year)
    create_project(given.dir, framework, office=given.office, fiscal_year=year, who=_who())
    answer = {"project": str(given.dir), "framework": framework.id, "fiscal_year": year}
    return answer, f"สร้างงานประเมินแล้วที่ {given.dir}"


def show(given: argparse.Namespace) -> Answer:
    from esa_desktop.services.showing import show_round

    with _opened(given) as project:
        answer = show_round(project.editor.round)
    return answer, "\n".join(_shown_lines(answer))


def set_field(given: argparse.Namespace) -> Answer:
    from esa_desktop.domain.fields import parse_plain

    typed = _standard_input()  # before the project is locked: it may come from a command on it
    with _opened(given) as project:
        editor = project.editor
        code, field = _field(editor.round, given.code, given.field)
        edit = editor.change(field, parse_plain(field.kind, typed))
        if editor.is_change(edit):
            editor.apply(edit)
    return {"code": code, "field": given.field}, thai_digits(f"บันทึก {code} แล้ว")


def attach(given: argparse.Namespace) -> Answer:
    from esa_desktop.services.attaching import attach as attach_edit
    from esa_desktop.services.attaching import take_in

    with _opened(given) as project:
        issue = project.editor.round.framework.issue(given.code)
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


def export(given: argparse.Namespace) -> Answer:
    from esa_desktop.services.reprinting import exchange, print_to_file, warning

    _refuse_nonsense(given)
    with _opened(given) as project:
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


def self_test(_given: argparse.Namespace) -> Answer:
    from esa_desktop.self_test import run_self_test

    report = run_self_test(_who())
    if not report["ok"]:
        print(json.dumps(report, ensure_ascii=False, indent=1))
        failed = next(step["step"] for step in report["steps"] if not step["ok"])
        raise EsaError(f"การทดสอบตัวเองไม่ผ่านที่ขั้น “{failed}” กรุณาติดตั้งโปรแกรมใหม่")
    return report, thai_digits(f"ทดสอบตัวเองผ่านทั้ง {len(report['steps'])} ขั้น")


# --- parts ------------------------------------------------------------------------------------


def _one_of(what: str, known: Sequence[str]) -> Callable[[str], str]:
    """A word of a list; argparse would name the others in English."""

    def read(word: str) -> str:
        if word not in known:
            raise ValueRefused(f"ไม่รู้จัก{what} “{word}” กรุณาใช้ {' หรือ '.join(known)}")
        return word

    return read


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise ValueRefused(f"คำสั่งไม่ครบหรือไม่ถูกต้อง ({message}) ดูวิธีใช้ด้วย {self.prog} --help")


def _parsed(arguments: Sequence[str]) -> argparse.Namespace:
    """The command and what it was given; options may stand anywhere, ``--json`` in front too."""
    words = list(arguments)
    in_front = 0
    while words[in_front : in_front + 1] == ["--json"]:
        in_front += 1
    words = [*words[in_front : in_front + 1], *words[:in_front], *words[in_front + 1 :]]
    if words and words[0] in NOT_BUILT:
        raise ValueRefused(f"คำสั่ง {words[0]} ยังไม่มีในรุ่นนี้")
    parser, commands = _parsers()
    if words and words[0] in commands:
        return commands[words[0]].parse_intermixed_args(words[1:])
    return parser.parse_args(words)


def _parsers() -> tuple[argparse.ArgumentParser, Mapping[str, argparse.ArgumentParser]]:
    """The parser of the whole line, for help and refusals, and that of each command."""
    parser = _Parser(prog="esa-desktop", description="ประเมินมาตรฐานสำนักงานเขตพื้นที่การศึกษา")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=_Parser)

    def command(name: str, run_it: Callable[[argparse.Namespace], Answer], words: str) -> Any:
        made = commands.add_parser(name, help=words, description=words)
        made.add_argument("--json", action="store_true", help="พิมพ์คำตอบเป็น JSON")
        made.set_defaults(run=run_it)
        return made

    made = command("sample", sample, "สร้างงานตัวอย่างที่กรอกแล้ว")
    made.add_argument("dir", type=_path, metavar="DIR")

    made = command("new", new, "สร้างงานประเมินใหม่")
    made.add_argument("dir", type=_path, metavar="DIR")
    made.add_argument("--framework", required=True, help="รหัสฉบับมาตรฐาน เช่น obec-2557 หรือไฟล์ .toml")
    made.add_argument("--office", required=True, help="ชื่อสำนักงาน")
    made.add_argument("--year", required=True, help="ปีงบประมาณ พ.ศ.")

    made = _on_project(command("show", show, "แสดงทุกอย่างในปีที่ประเมิน"))

    made = _on_project(command("set", set_field, "ใส่ค่าจากอินพุตมาตรฐานลงในช่อง"))
    made.add_argument(
        "code",
        metavar="CODE",
        help=f"ประเด็น เช่น 1.2.3 ตัวบ่งชี้ เช่น 1.2 ข้อความในเล่ม ({BOOK}) หรือคำที่ไม่ให้ตัด ({DICTIONARY})",
    )
    made.add_argument(
        "field",
        metavar="FIELD",
        type=_one_of("ช่อง", (*ISSUE_FIELDS, *INDICATOR_FIELDS, *BOOK_FIELDS, *DICTIONARY_FIELDS)),
        help=f"ของประเด็น: {', '.join(ISSUE_FIELDS)} · ของตัวบ่งชี้: {', '.join(INDICATOR_FIELDS)}"
        f" (status รับ ready หรือว่าง) · ของ {BOOK}: {', '.join(BOOK_FIELDS)}"
        f" · ของ {DICTIONARY}: {', '.join(DICTIONARY_FIELDS)} (บรรทัดละคำ)",
    )

    made = _on_project(command("attach", attach, "แนบหลักฐาน"))
    made.add_argument("code", metavar="CODE")
    made.add_argument("file", type=_path, nargs="+", metavar="FILE")
    made.add_argument("--title", help="ชื่อหลักฐาน (หลายไฟล์เป็นหลักฐานเดียว)")

    _add_printing(_on_project(command("export", export, "พิมพ์แบบประเมินหรือทั้งเล่มเป็น PDF")))

    command("self-test", self_test, "ทดสอบงานหลักทั้งหมดในโฟลเดอร์ชั่วคราว")
    return parser, commands.choices


def _add_printing(made: Any) -> None:
    made.add_argument("-o", "--out", type=_path, required=True, metavar="OUT.pdf")
    made.add_argument(
        "--form",
        type=_one_of("แบบ", FORMS),
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
        "--paper", type=_one_of("กระดาษ", PAPERS), metavar="PAPER", help=", ".join(PAPERS)
    )
    made.add_argument("--font", metavar="NAME")
    made.add_argument("--size", type=_size, metavar="PT", help="ขนาดตัวอักษร")
    made.add_argument("--draft", action="store_true", help=f"พิมพ์คำว่า “{DRAFT}” จาง ๆ ทุกหน้า")


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


def _print_options(given: argparse.Namespace, editor: Any) -> Any:
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


def _field(assessed: Any, code: str, name: str) -> tuple[str, Any]:
    """The code as it is shown, and the field that a command means."""
    from esa_desktop.domain import fields

    for owner, names, field in (
        (BOOK, BOOK_FIELDS, fields.book_field(assessed.fiscal_year, name)),
        (DICTIONARY, DICTIONARY_FIELDS, fields.DICTIONARY_FIELD),
    ):
        if code == owner and name in names:
            return code, field
        if code == owner or name in names:
            raise ValueRefused(
                f"ช่องของ {owner} คือ {', '.join(names)} เช่น set PROJECT {owner} {names[0]}"
            )
    framework = assessed.framework
    node = (framework.issue if name in ISSUE_FIELDS else framework.indicator)(code)
    kind = fields.Kind(name)
    return framework.code_of(node.id), fields.Field(str(assessed.fiscal_year), node.id, kind)


def _path(word: str) -> Path:
    if not word.strip():
        raise ValueRefused("ชื่อไฟล์หรือโฟลเดอร์ว่างเปล่า กรุณาใส่ชื่อให้ครบแล้วลองใหม่")
    return Path(word)


def _on_project(made: Any) -> Any:
    made.add_argument("project", type=_path, metavar="PROJECT")
    made.add_argument("--year", help="ปีงบประมาณ (ถ้าไม่ใส่ใช้ปีล่าสุด)")
    return made


@contextmanager
def _opened(given: argparse.Namespace) -> Iterator[Any]:
    """The project of a command, open while the block runs and committed before it ends."""
    from esa_desktop.services.projects import open_project

    year = parse_fiscal_year(given.year) if given.year else None
    project = open_project(given.project, who=_who(), year=year)
    try:
        yield project
        project.flush()
    finally:
        project.close(timeout=5)


def _who() -> Any:
    from esa_desktop.services.identity import who_am_i

    return who_am_i(user_folder())


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
