"""What the mirror says in words: an indicator, the book's texts, the register, as plain Thai text."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.book import BOOK_TEXTS, TEXTS_BY_NAME
from esa_desktop.domain.evidence import Evidence, EvidenceFile, code_sort_key
from esa_desktop.domain.fields import (
    DICTIONARY_FIELD,
    Field,
    Kind,
    book_field,
    decode,
    indicator_field,
    issue_field,
)
from esa_desktop.domain.framework import Indicator, IndicatorType, Issue, Standard
from esa_desktop.domain.measured import measured_words
from esa_desktop.domain.revision import FieldView
from esa_desktop.domain.richtext import Block, Image, Paragraph, RichText, Table
from esa_desktop.domain.rubric import works_words
from esa_desktop.domain.thai import thai_date, thai_digits
from esa_desktop.domain.works import Work
from esa_desktop.services.field_names import WORDS

DOUBLE: Final = "═" * 60
SINGLE: Final = "─" * 60
STEP: Final = "    "

ABOUT: Final = """\
โฟลเดอร์นี้คือสำเนาข้อความของงานประเมิน

โปรแกรมเขียนไฟล์ในโฟลเดอร์นี้ให้เองเมื่อท่านหยุดพิมพ์สักครู่ อ่านได้ด้วย Notepad หรือ Word โดยไม่ต้องใช้โปรแกรม
- โฟลเดอร์ชื่อปี พ.ศ. มีไฟล์ละหนึ่งตัวบ่งชี้ และไฟล์ “เล่มรายงาน.txt”
- “บัญชีหลักฐาน.txt” บอกชื่อจริงของไฟล์หลักฐานแต่ละไฟล์ และบอกว่าเก็บไว้ที่ใด
- index.json มีข้อความเดียวกันสำหรับให้โปรแกรมใช้กู้คืนข้อมูล กรุณาอย่าแก้ไข

แก้ข้อความในไฟล์เหล่านี้ไม่มีผลต่องานประเมิน และโปรแกรมจะเขียนทับเมื่องานเปลี่ยน
ถ้าต้องการแก้ กรุณาแก้ในโปรแกรม หรือคัดลอกไฟล์ไปไว้ที่อื่นก่อน

ไฟล์หลักฐานเก็บไว้ในโฟลเดอร์ evidence ของงานประเมิน ชื่อไฟล์เป็นรหัสยาวไม่มีนามสกุล
ถ้าต้องเปิดโดยไม่ใช้โปรแกรม ให้คัดลอกไฟล์ออกมา แล้วตั้งชื่อตามที่บอกไว้ในบัญชีหลักฐาน
"""


def indicator_text(
    assessed: AssessmentRound, code: str, standard: Standard, indicator: Indicator
) -> str:
    written, year = assessed.indicator(indicator.id), assessed.fiscal_year
    lines = [
        f"ตัวบ่งชี้ที่ {thai_digits(code)} {indicator.name}",
        f"มาตรฐานที่ {thai_digits(standard.number)} {standard.name}",
        " · ".join(filter(None, (assessed.office, f"ปีงบประมาณ {thai_digits(year)}"))),
        DOUBLE,
    ]
    level = indicator_field(year, indicator.id, Kind.LEVEL)
    reason = indicator_field(year, indicator.id, Kind.REASON)
    lines += _choice(assessed, level, thai_digits(written.level or "ยังไม่ระบุ"))
    if written.reason or reason in assessed.unsettled:
        lines += _choice(assessed, reason, written.reason)
    if written.is_ready:
        lines.append("สถานะ: พร้อมพิมพ์")
    lines += _measured(assessed, indicator)
    lines += _works(assessed, indicator)
    lines += _own_evidence(assessed, indicator)
    for issue in indicator.issues:
        lines += _issue(assessed, f"{code}.{issue.number}", issue)
    lines += ["", SINGLE, WORDS[Kind.SUGGESTIONS], ""]
    suggestions = indicator_field(year, indicator.id, Kind.SUGGESTIONS)
    lines += _written(assessed, suggestions, written.suggestions)
    return "\n".join(lines) + "\n"


def _measured(assessed: AssessmentRound, indicator: Indicator) -> Iterator[str]:
    """Also a value that was typed before the indicator became one of another type."""
    value = assessed.indicator(indicator.id).measured
    field = indicator_field(assessed.fiscal_year, indicator.id, Kind.MEASURED)
    asked_for = indicator.type is IndicatorType.THRESHOLD
    if asked_for or value or field in assessed.unsettled:
        words = measured_words(value, indicator.rubric.unit) if value else "ยังไม่ระบุ"
        yield from _choice(assessed, field, words)


def _works(assessed: AssessmentRound, indicator: Indicator) -> Iterator[str]:
    works = assessed.indicator(indicator.id).works
    field = indicator_field(assessed.fiscal_year, indicator.id, Kind.WORKS)
    view = assessed.unsettled.get(field)
    asked_for = indicator.type is IndicatorType.RANKED_WORKS
    if not (asked_for or works or view):
        return
    counted = works_words(len(works), indicator.works)
    yield from ("", SINGLE, f"{WORDS[Kind.WORKS]} เรียงจากดีที่สุด ({counted})", "")
    if view is not None and view.state == "conflict":
        yield f"{STEP}(แก้ไขไม่ตรงกัน มี {thai_digits(len(view.heads))} ฉบับ รอเลือก)"
        for head in view.heads:
            yield from ("", f"{STEP}ฉบับของ {head.author}:")
            yield from _ranked(assessed, decode(field, head.body), STEP * 2)
        return
    yield from _ranked(assessed, works, STEP) if works else (f"{STEP}(ยังไม่มีผลงาน)",)


def _ranked(assessed: AssessmentRound, works: Sequence[Work], indent: str) -> Iterator[str]:
    for place, work in enumerate(works, start=1):
        yield f"{indent}{thai_digits(place)}. {work.title}".rstrip()
        yield from (f"{indent}{STEP}{line}" for line in work.detail.split("\n") if line.strip())
        for item in assessed.shown_by(work):
            yield f"{indent}{STEP}หลักฐาน {thai_digits(item.code)} {item.title}"


def _own_evidence(assessed: AssessmentRound, indicator: Indicator) -> Iterator[str]:
    """Of an indicator without issues, or from before it had any."""
    items = assessed.evidence_of(indicator.id)
    if items or not indicator.issues:
        yield from ("", SINGLE, "เอกสาร/หลักฐานอ้างอิง", "")
    for item in items:
        yield from _item(item, STEP)
    if not items and not indicator.issues:
        yield f"{STEP}(ยังไม่มีหลักฐาน)"


def book_text(assessed: AssessmentRound) -> str:
    """Only what somebody wrote; other names than the program knows come last."""
    lines = [
        "ข้อความในเล่มรายงาน",
        " · ".join(
            filter(None, (assessed.office, f"ปีงบประมาณ {thai_digits(assessed.fiscal_year)}"))
        ),
    ]
    unsettled = {f.owner for f in assessed.unsettled if f.kind is Kind.BOOK_TEXT}
    there = {*assessed.book, *unsettled}
    known = [text.name for text in BOOK_TEXTS if text.name in there]
    for name in [*known, *sorted(there - set(known))]:
        title = TEXTS_BY_NAME[name].title if name in TEXTS_BY_NAME else name
        field = book_field(assessed.fiscal_year, name)
        lines += ["", DOUBLE, title, "", *_written(assessed, field, assessed.book_text(name))]
    if not assessed.dictionary.is_blank or DICTIONARY_FIELD in assessed.unsettled:
        lines += ["", DOUBLE, WORDS[Kind.DICTIONARY], ""]
        lines += _written(assessed, DICTIONARY_FIELD, assessed.dictionary)
    if len(lines) == 2:
        lines += ["", "(ยังไม่มีข้อความ)"]
    return "\n".join(lines) + "\n"


def register_text(rounds: Sequence[AssessmentRound]) -> str:
    """Every item of the project, with what it serves in each year; the rounds share their items."""
    items = rounds[-1].items if rounds else {}
    used: dict[str, list[str]] = defaultdict(list)
    for assessed in rounds:
        for item_id, codes in _uses(assessed).items():
            words = f"ใช้ในปี {assessed.fiscal_year} {_places(codes)}"
            used[item_id].append(thai_digits(words))
    lines = ["บัญชีหลักฐาน", DOUBLE]
    for item in sorted(items.values(), key=lambda item: (code_sort_key(item.code), item.id)):
        lines += _item(item, "")
        unused = "อยู่ในถังขยะ" if item.binned else "ยังไม่ได้ใช้กับประเด็นใด"
        lines += [f"{STEP}{words}" for words in used[item.id] or [unused]]
        lines.append("")
    unsettled = rounds[-1].unsettled.values() if rounds else ()
    for view in unsettled:
        if view.field.kind is Kind.ITEM:
            lines += [*_item_versions(view), ""]
    if len(lines) == 2:
        lines += ["(ยังไม่มีหลักฐาน)"]
    return "\n".join(lines).rstrip("\n") + "\n"


def _places(codes: Sequence[str]) -> str:
    """``ประเด็น 1.2.3, 1.2.4``; an indicator says that it is one."""
    issues = [code for code in codes if code.count(".") == 2]
    indicators = [code for code in codes if code.count(".") == 1]
    words = [f"ประเด็น {', '.join(issues)}"] if issues else []
    words += [f"ตัวบ่งชี้ {', '.join(indicators)}"] if indicators else []
    return " ".join(words)


def _uses(assessed: AssessmentRound) -> Mapping[str, list[str]]:
    """Codes of what each item serves, in printed order: issues, or indicators that have none."""
    codes: dict[str, list[str]] = defaultdict(list)
    for code, node in assessed.framework.walk():
        for item in assessed.evidence_of(node.id):
            codes[item.id].append(code)
    return codes


def rich_lines(text: RichText, indent: str = STEP) -> Iterator[str]:
    """A paragraph a line, set in by its depth; rows of a table with `` | `` between cells."""
    for block in text.blocks:
        yield from _block(block, indent)


def _block(block: Block, indent: str) -> Iterator[str]:
    if isinstance(block, Paragraph):
        inner = indent + STEP * block.level
        label = f"{block.label} " if block.label else ""
        first, *others = block.text.split("\n")
        yield f"{inner}{label}{first}".rstrip()
        for line in others:
            yield f"{inner}{' ' * len(label)}{line}".rstrip()
    elif isinstance(block, Table):
        for row in block.rows:
            cells = (" ".join(_one_line(p) for p in cell).strip() for cell in row)
            yield f"{indent}| {' | '.join(cells)} |"
    elif isinstance(block, Image):
        yield f"{indent}[รูปภาพ: {_place(block.sha256)}]"


def _one_line(paragraph: Paragraph) -> str:
    words = f"{paragraph.label} {paragraph.text}" if paragraph.label else paragraph.text
    return words.replace("\n", " ")


def _issue(assessed: AssessmentRound, code: str, issue: Issue) -> Iterator[str]:
    written, year = assessed.issue(issue.id), assessed.fiscal_year
    yield from ("", SINGLE, f"ประเด็นที่ {thai_digits(code)} {issue.name}", "")
    for kind, value in (
        (Kind.ACTED_ON, written.acted_on),
        (Kind.EVIDENCE_CLEAR, written.evidence_clear),
    ):
        field = issue_field(year, issue.id, kind)
        yield from _choice(assessed, field, _YES_OR_NO[value])
    for kind, text in ((Kind.METHOD, written.method), (Kind.RESULTS, written.results)):
        yield from ("", WORDS[kind], "")
        yield from _written(assessed, issue_field(year, issue.id, kind), text)
    yield from ("", "เอกสาร/หลักฐานอ้างอิง", "")
    items = assessed.evidence_of(issue.id)
    for item in items:
        yield from _item(item, STEP)
    if not items:
        yield f"{STEP}(ยังไม่มีหลักฐาน)"


_YES_OR_NO: Final = {True: "ใช่", False: "ยังไม่ได้ทำเครื่องหมาย"}


def _choice(assessed: AssessmentRound, field: Field, words: str) -> Iterator[str]:
    """A value on one line; of several those that stand against each other."""
    view = assessed.unsettled.get(field)
    if view is None:
        yield f"{WORDS[field.kind]}: {words}"
        return
    yield f"{WORDS[field.kind]}: แก้ไขไม่ตรงกัน รอเลือก"
    for head in view.heads:
        value = decode(field, head.body)
        shown = _YES_OR_NO[value] if isinstance(value, bool) else thai_digits(value or "ยังไม่ระบุ")
        yield f"{STEP}{shown} ({head.author})"


def _written(assessed: AssessmentRound, field: Field, text: RichText) -> Iterator[str]:
    view = assessed.unsettled.get(field)
    if view is not None and view.state == "conflict":
        yield from _versions(field, view)
        return
    if view is not None:
        yield f"{STEP}(รวมให้อัตโนมัติ รอยืนยัน)"
    if text.is_blank and not any(text.images()):
        yield f"{STEP}(ยังไม่มีข้อความ)"
    else:
        yield from rich_lines(text)


def _versions(field: Field, view: FieldView) -> Iterator[str]:
    yield f"{STEP}(แก้ไขไม่ตรงกัน มี {thai_digits(len(view.heads))} ฉบับ รอเลือก)"
    for head in view.heads:
        yield from ("", f"{STEP}ฉบับของ {head.author}:")
        text: RichText = decode(field, head.body)
        yield from rich_lines(text, STEP * 2)
        if not text.blocks:
            yield f"{STEP * 2}(ลบข้อความแล้ว)"


def _item(item: Evidence, indent: str) -> Iterator[str]:
    about = [item.kind, item.number, f"ลงวันที่ {thai_date(item.date)}" if item.date else ""]
    about += [f"เก็บที่ {item.place}" if item.place else "", "ลับ" if item.confidential else ""]
    told = " ".join(filter(None, about))
    yield f"{indent}{thai_digits(item.code)} {item.title}" + (f" ({told})" if told else "")
    for file in item.files:
        yield f"{indent}{STEP}ไฟล์ {file.name} ({_size(file)})"
        yield f"{indent}{STEP}เก็บไว้ที่ {_place(file.sha256)}"


def _item_versions(view: FieldView) -> Iterator[str]:
    yield "แก้ไขไม่ตรงกัน รอเลือก:"
    for head in view.heads:
        item: Evidence | None = decode(view.field, head.body)
        yield f"{STEP}ฉบับของ {head.author}:"
        yield from _item(item, STEP * 2) if item else (f"{STEP * 2}(ลบแล้ว)",)


def _place(sha256: str) -> str:
    """Below the project's folder; to be copied, so in the digits the file system has."""
    return f"evidence/{sha256[:2]}/{sha256}"


def _size(file: EvidenceFile) -> str:
    if file.size < 1_000_000:
        return thai_digits(f"{max(1, round(file.size / 1000))} KB")
    return thai_digits(f"{file.size / 1_000_000:.1f} MB")
