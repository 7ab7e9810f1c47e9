"""What a document says of itself: title, kind, number and date proposed from the words on its first page.

Only proposals: what a scanner's letters or a careless layout make of a page is never trusted over
what a person typed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from esa_desktop.domain.thai import arabic_digits, clean_text, shorten, thai_digits
from esa_desktop.services.camera_names import photo_title
from esa_desktop.services.scanned_words import (
    date_in,
    first_page,
    loose,
    read_lines,
    reads_well,
    tidy,
)

LONGEST_TITLE: Final = 150
"""Characters: three lines in the list of evidence."""
LONGEST_NUMBER: Final = 40
_HEAD: Final = 25
"""Lines among which the heading, the number and the subject of an official document stand."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Each empty where the words do not say it."""

    title: str = ""
    kind: str = ""
    number: str = ""
    dated: date | None = None

    @property
    def is_empty(self) -> bool:
        return self == Proposal()


def propose(words: str) -> Proposal:
    """From the words of a document as its reader found them, a line of the page a line.

    The rules are those of the Prime Minister's Office for official papers: บันทึกข้อความ, หนังสือ,
    คำสั่ง, ประกาศ, รายงานการประชุม. Of anything else the first line that reads like a heading.
    """
    lines = read_lines(words)
    head = first_page(lines)[:_HEAD]
    kind = _official_kind(head)
    subject = _subject(head)
    if kind in ("คำสั่ง", "ประกาศ"):
        title = _joined(kind, subject)
        return Proposal(_cut(title), kind, _number(head), _signed_on(lines))
    if kind == "รายงานการประชุม":
        return Proposal(_cut(_meeting(head)), kind, "", _first_date(head))
    if kind or (subject and _is_letter(head)):
        kind = kind or "หนังสือราชการ"
        title = _joined("หนังสือ" if kind == "หนังสือราชการ" else kind, subject)
        return Proposal(_cut(title), kind, _number(head), _first_date(head))
    title = _cut(_heading(head))
    return Proposal(title, _kind_of_heading(title))


def title_from_name(name: str) -> str:
    """A file's name without what only a computer needs; empty where nothing is left.

    What a camera called it tells people no more than the day.
    """
    stem, dot, ending = name.rpartition(".")
    if not dot or not stem.strip(" .") or len(ending) > 10 or not ending.isascii():
        stem, ending = name, ""
    taken = photo_title(stem.strip(), ending)
    return taken or shorten(" ".join(clean_text(stem).replace("_", " ").split()), LONGEST_TITLE)


def _starts(word: str) -> "re.Pattern[str]":
    return re.compile(rf"^[\W_]{{0,3}}{loose(word)}\s*:?\s*")


_MEMO: Final = _starts("บันทึกข้อความ")
_ORDER: Final = _starts("คำสั่ง")
_NOTICE: Final = _starts("ประกาศ")
_MINUTES: Final = _starts("รายงานการประชุม")
_SUBJECT: Final = _starts("เรื่อง")
_DEAR: Final = re.compile(rf"^(?:{loose('กราบ')})? ?{loose('เรียน')}(?:\s|$)")
_ENDS_SUBJECT: Final = re.compile(
    r"^(?:\S{0,2}" + loose("เรียน") + r"\b|เรียน|กราบเรียน|อ้างถึง|สิ่งที่ส่งมาด้วย|ตามที่|ด้วย|อาศัย|เพื่อให้|โดยที่"
    r"|เนื่องจาก|เนื่องด้วย|ข้าพเจ้า|ที่\s|วันที่|ส่วนราชการ|[(]?[๑1][.)]|ก\.)"
)


# --- what it is ---------------------------------------------------------------------------------


def _official_kind(head: Sequence[str]) -> str:
    """By its first lines: the words may stand under a letterhead, never in the middle of a text."""
    for line in head[:8]:
        if _MEMO.match(line):
            return "บันทึกข้อความ"
        if _MINUTES.match(line):
            return "รายงานการประชุม"
        if len(line) <= 120:
            for kind, sign in (("คำสั่ง", _ORDER), ("ประกาศ", _NOTICE)):
                if sign.match(line) and (_subject(head) or _number(head)):
                    return kind
    return ""


def _is_letter(head: Sequence[str]) -> bool:
    return any(_DEAR.match(line) for line in head) or bool(_number(head))


def _subject(head: Sequence[str]) -> str:
    """What stands behind เรื่อง, with the lines it goes on in."""
    for place, line in enumerate(head):
        found = _SUBJECT.match(line)
        if not found:
            continue
        parts = [line[found.end() :]]
        rest = iter(head[place + 1 : place + 4])
        if not parts[0]:
            parts[0] = next(rest, "")
        for more in rest:
            if _ENDS_SUBJECT.match(more) or len(" ".join([*parts, more])) > LONGEST_TITLE:
                break
            if _is_body(more) or date_in(more):
                break
            parts.append(more)
        subject = tidy(" ".join(parts))
        if reads_well(subject) and not _ENDS_SUBJECT.match(subject):
            return subject
    return ""


def _is_body(line: str) -> bool:
    """A heading that goes on is short; the first line of the text is as wide as the page."""
    return len(line) > 75


def _joined(kind: str, subject: str) -> str:
    """As offices name their papers: คำสั่งแต่งตั้ง…, but ประกาศ เรื่อง นโยบาย…."""
    if not subject:
        return kind
    if kind == "คำสั่ง":
        return kind + subject.removeprefix(kind).lstrip()
    return f"{kind} เรื่อง {subject}"


_MEETING_ENDS: Final = re.compile(r"^(?:เมื่อ|วันที่|วัน\S+ที่|ณ |ผู้มาประชุม|ผู้เข้าประชุม|เริ่มประชุม|ระเบียบวาระ)")


def _meeting(head: Sequence[str]) -> str:
    """Whose meeting, and which."""
    place = next(n for n, line in enumerate(head) if _MINUTES.match(line))
    found = _MINUTES.match(head[place])
    gap = " " if found and found.group().endswith(" ") else ""
    parts = [_MINUTES.sub(f"รายงานการประชุม{gap}", head[place])]
    for line in head[place + 1 : place + 4]:
        if _MEETING_ENDS.match(line) or _is_body(line):
            break
        parts.append(line)
    words = " ".join(parts)
    ended = re.search(r"\s(?:เมื่อ|วัน(?!ที่)\S{2,9}ที่\s?\d|วันที่\s?\d)", arabic_digits(words))
    return tidy(words[: ended.start()] if ended else words)


# --- number and date ----------------------------------------------------------------------------

_NUMBER: Final = re.compile(
    r"(?:^|(?<!ครั้ง)\s|คำสั่ง|ประกาศ)ที่?\s*:?\s*("
    r"(?:[ก-ฮ]{1,4}\.?\s?){1,3}\d{2,6}(?:\s?\.\s?\d{1,4}){0,3}\s?/\s?(?:ว\s?\.?\s?)?\d{1,6}"
    r"|(?:พิเศษ\s?)?\d{1,5}\s?/\s?(?:พิเศษ\s?)?\d{4})"
)


def _number(head: Sequence[str]) -> str:
    """``ที่ ศธ ๐๔๐๐๑/๑๒๓`` or ``ที่ ๑๒/๒๕๕๗``; a number still to be filled in is none."""
    for line in head:
        found = _NUMBER.search(arabic_digits(line))
        if found:
            number = re.sub(r"\s?([/.])\s?", r"\1", found[1])
            number = re.sub(r"(?<=[ก-ฮ])\s?(?=\d{2})", " ", number)
            number = re.sub(r"/ว\.?\s?", "/ว ", number)
            return thai_digits(f"ที่ {' '.join(number.split())}")[:LONGEST_NUMBER]
    return ""


_SIGNED: Final = re.compile(rf"(?:{loose('สั่ง')}|{loose('ประกาศ')})\s?ณ\s?วันที่\s*(?P<on>.{{4,40}})")


def _first_date(head: Sequence[str]) -> date | None:
    return next(filter(None, map(date_in, head)), None)


def _signed_on(lines: Sequence[str]) -> date | None:
    """Of an order the day it was given, never the day from which it counts."""
    signed = (_SIGNED.search(line) for line in lines)
    return next(filter(None, (date_in(found["on"]) for found in signed if found)), None)


# --- any other document -------------------------------------------------------------------------

_LETTERHEAD: Final = re.compile(
    r"^(?:สำนักงาน(?:เขตพื้นที่|คณะกรรมการ|ปลัด|ศึกษาธิการ)|สพ[ปมฐ]|กระทรวง|โรงเรียน|กลุ่ม|หน้า(?:ที่)?\s?\d|โทร"
    r"|www\.|https?:)"
)
_GOES_ON: Final = re.compile(r"^(?:ประจำ|ปีงบประมาณ|ปีการศึกษา|ของ|ครั้งที่|ตามโครงการ|พ\.ศ\.)")
_HEADING_KINDS: Final = (
    "รายงาน", "โครงการ", "แผน", "คู่มือ", "เกียรติบัตร", "หนังสือ", "บันทึก", "ปฏิทิน", "แบบ", "ทะเบียน",
)  # fmt: skip


def _heading(head: Sequence[str]) -> str:
    """The first line that reads like one; a letterhead only says whose paper it is."""
    places = [n for n, line in enumerate(head) if reads_well(line) and not _LETTERHEAD.match(line)]
    if not places:
        return ""
    place = places[0]
    more = head[place + 1] if place + 1 < len(head) else ""
    goes_on = _GOES_ON.match(more) and not _is_body(head[place])
    return f"{head[place]} {more}" if goes_on else head[place]


def _kind_of_heading(title: str) -> str:
    return next((kind for kind in _HEADING_KINDS if kind != "แบบ" and title.startswith(kind)), "")


def _cut(title: str) -> str:
    title = shorten(title, LONGEST_TITLE)
    # A title of English words keeps its own digits: "ISO 9001", "OBEC 2020".
    return title if re.search("[A-Za-z]", title) else thai_digits(title)
