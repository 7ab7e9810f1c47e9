"""Rounds nobody would write: drawn from one seed, so that a round that fails is one number to report."""

import datetime
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import pairwise
from typing import Final

from PIL import Image as Pictures

from esa_desktop.domain.assessment import AssessmentRound, IndicatorAssessment, IssueAssessment
from esa_desktop.domain.evidence import Evidence
from esa_desktop.domain.framework import Framework, Indicator, Rubric, RubricRow, Standard
from esa_desktop.domain.printing import PrintOptions
from esa_desktop.domain.richtext import (
    MOST_LEVELS,
    Align,
    Block,
    Cell,
    Image,
    Paragraph,
    RichText,
    Run,
    Table,
    from_plain,
    tidy_runs,
)
from tests.report.rounds import indicator

LONGEST: Final = 60_000
"""Characters of the longest cell."""

_WORDS: Final = (
    "สำนักงานเขตพื้นที่การศึกษา ดำเนินการ แผนปฏิบัติการ ประจำปีงบประมาณ พ.ศ.๒๕๕๗ สถานศึกษา ผู้บริหาร ครู นักเรียน "
    "ประเมินผล ต่าง ๆ ฯลฯ กรุงเทพฯ ดังนี้ ได้แก่ ก ณ ที่ ร้อยละ ๔๙.๕๘ ๑๑๗ แห่ง จำนวน ๓ ครั้ง เมื่อวันที่ ๖ ธันวาคม ๒๕๕๗ "
    "น้ำหนัก ปัญญา ป่าไม้ ฝึกอบรม ผู้ที่รู้ซึ้ง ฎีกา ญาติ ฐาน ฤๅษี กิ๊ก เป็น เก็บ แป้น เสร็จสิ้น อย่างต่อเนื่องและทั่วถึง ปู่ ปั้น ฟ้า ใฝ่ "
    "(สพป.) “อ้าง” ‘เดี่ยว’ – — … • ก.ค.ศ. ศธ/๐๔๐๐๑ ,สถานศึกษา / และ/หรือ ๑/๒๕๕๗ นางสาวสมมุติ นามสกุลยาวมาก "
    "มาตรฐานที่ ข้อที่ ประเด็นที่ กล้าหาญ เกล้ากระหม่อม ธรรมาภิบาล พระราชบัญญัติ สร้างสรรค์ วิสัยทัศน์ พันธกิจ"
).split(" ")
_LATIN: Final = (
    "PDCA Focus Group KM e-office ICT Smart OBEC 4.0 3/2014 12 % AV VA To. fi office well-known "
    "http://www.example.go.th/ระบบ/index.php?page=12&x=1 somebody@example.go.th P D C A - –"
).split(" ")
_ODD: Final[dict[str, tuple[str, ...]]] = {
    "control": ("\x00", "\x07ก", "ข\x0bค", "\x0c", "\x1b[0m", "ง\x7f", "\x85", "\r", "a\x01b"),
    "zero-width": (
        "คำ\u200bคำ",
        "ก\u200dข",
        "\ufeff",
        "ด\u2060ด",
        "แบ่ง\u00adคำ",
        "\u200c",
        "\u200b",
    ),
    "marks alone": ("่", "ิ", "์", "็็", " ้ ", "ำ", "ุู", "ก่่", "กิ้์", "\u0301", "ฺ", "ๅ", "่" * 12),
    "emoji": ("😀", "👍🏽", "👨\u200d👩\u200d👧", "⚠\ufe0f", "✔", "🇹🇭", "☐"),
    "chinese": ("教育", "評估報告", "日本語", "한국", "。、", "全角ＡＢ"),
    "private": ("\ue123", "\uf8ff", "\U000f0001", "\uf70a"),
    "surrogates": ("\ud800", "ก\udfffข", "\udc00\ud800"),
    "blanks": (
        "\t",
        "\u00a0",
        "ก\u00a0ข",
        "\u3000",
        "\n",
        "\n\n",
        "  ",
        " " * 30,
        "\u2028",
        "\u2009",
    ),
    "never": ("\ufffe", "\uffff", "\ufdd0", "\ufffd", "\u202eกลับ\u202c", "\u2066", "\u034f"),
    "latin marks": ("éü", "e\u0301", "ñ", "ö̈", "Ω≈ç√", "½", "①", "ℓ", "ﬁ", "ǅ", "x\u0332"),
    "endless": (
        "ก" * 300,
        "abcdefghij" * 40,
        "_" * 200,
        "……………" * 30,
        "/" * 90,
        "-" * 70,
        "๑" * 120,
    ),
}
_ARABIC: Final = ("التعليم", "سلام", "עברית")
"""Seldom: around it readers change the order of signs, and only their number can be checked."""
_LABELS: Final = (
    "๑. ๒. ๑๐. ๑.๑ ๑.๑.๑ ๑) (๑) 1. 2) (3) • - ก. ก) ๕. ๕. ๑๒.๑๓.๑๔.๑๕.๑๖ ข้อที่ยาวกว่าที่ที่มีให้ป้ายในช่องนี้ทั้งช่องอย่างแน่นอน:"
).split(" ")
_ALIGNS: Final[tuple[Align, ...]] = ("left", "left", "left", "center", "right", "justify")
_PAPERS: Final = ("a4-landscape", "a4-portrait", "f4-landscape", "f4-portrait")


@dataclass(frozen=True)
class RandomRound:
    seed: int
    assessed: AssessmentRound
    options: PrintOptions
    pictures: dict[str, bytes]
    lengths: tuple[int, ...]
    """Characters of every cell that was drawn."""


def random_round(seed: int) -> RandomRound:
    """The round of this seed, the same on every machine."""
    return _Drawing(seed).round()


class _Drawing:
    """One round on its way; everything is drawn in a fixed order from one generator."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._dice = random.Random(seed)
        self._pictures: dict[str, bytes] = {}
        self._lengths: list[int] = []
        self._marker = 0
        most = self._dice.choices((0, 1, 3, len(_ODD)), (45, 25, 20, 10))[0]
        kinds = self._dice.sample(list(_ODD), most)
        self._odd = [word for kind in kinds for word in _ODD[kind]]
        if self._dice.random() < 0.06:
            self._odd += _ARABIC
        self._latin = self._dice.choice((0.0, 0.0, 0.1, 0.6))
        self._often = self._dice.choice((0.02, 0.1, 0.4)) if self._odd else 0.0
        self._largest = self._dice.choices((80, 600, 4_000, 15_000, LONGEST), (20, 60, 16, 3, 1))[0]
        self._giant = self._dice.randrange(3) if self._largest > 4_000 else -1
        """Which text of the round is as long as that; the others stay short."""

    def round(self) -> RandomRound:
        dice = self._dice
        made = [self._indicator(number) for number in range(1, dice.choice((1, 1, 1, 2, 3)) + 1)]
        title = dice.choice(("มาตรฐานสำนักงานเขตพื้นที่การศึกษา พ.ศ.๒๕๕๗", "", self._name()))
        standard = Standard("standard-1", 1, self._name(), tuple(made))
        items: dict[str, Evidence] = {}
        issues = {issue.id: self._issue(issue.id, items) for one in made for issue in one.issues}
        judged = {one.id: self._judged() for one in made if dice.random() < 0.8}
        assessed = AssessmentRound(
            2557,
            Framework("test", title, 2557, (standard,)),
            dice.choice(("สพป.ตัวอย่าง เขต ๑", "", self._name())),
            issues,
            judged,
            items,
        )
        options = random_options(dice)
        return RandomRound(self._seed, assessed, options, self._pictures, tuple(self._lengths))

    # --- what people write ------------------------------------------------------------------------

    def _indicator(self, number: int) -> Indicator:
        dice = self._dice
        names = [self._name() for _ in range(dice.choices((0, 1, 2, 4), (5, 50, 30, 15))[0])]
        made = indicator(number, self._name(), names, self._name() if dice.random() < 0.5 else "")
        if dice.random() < 0.3:
            levels = sorted(dice.sample(range(1, 6), dice.randint(0, 5)), reverse=True)
            rows = tuple(
                RubricRow(level, tuple(self._name() for _ in range(dice.randint(0, 3))))
                for level in levels
            )
            made = replace(made, rubric=Rubric(rows))
        return made

    def _name(self) -> str:
        """A name on one line, with a letter of its own in front: seldom long, never only white."""
        length = self._dice.choices((8, 40, 150, 1_200), (30, 50, 17, 3))[0]
        return "ชื่อ" + self._text(self._dice.randint(0, length), marked=False).replace("\n", " ")

    def _issue(self, issue_id: str, items: dict[str, Evidence]) -> IssueAssessment:
        dice = self._dice
        links = []
        for place in range(dice.choices((0, 1, 5, 40), (35, 30, 30, 5))[0]):
            item = self._evidence(f"{issue_id}-{place}", place)
            items[item.id] = item
            links.append((f"{place:03}", item.id))
        if links and dice.random() < 0.1:
            links.append(("999", "an item that was deleted"))
        return IssueAssessment(method=self._cell(), results=self._cell(), links=tuple(links))

    def _evidence(self, item_id: str, place: int) -> Evidence:
        dice = self._dice
        title = dice.choice(("", "", "", "๕) ", "๙.", "(๒) ", "๑.๑ ")) + self._name()
        number = dice.choice(("", "", "ที่ ศธ ๐๔๐๐๑/๑๒๓"))
        day = datetime.date(2014, 6, 11) if dice.random() < 0.3 else None
        return Evidence(item_id, f"1.1.1-{place + 1:02}", title, number=number, date=day)

    def _judged(self) -> IndicatorAssessment:
        level = self._dice.choice((None, 1, 2, 3, 4, 5))
        return IndicatorAssessment(level, suggestions=self._cell())

    def _cell(self) -> RichText:
        cell = self._typed(self._length())
        self._lengths.append(len(cell.plain))
        return cell

    def _typed(self, length: int) -> RichText:
        """A text of about this length: a line a paragraph, or with everything the model knows."""
        dice = self._dice
        if dice.random() < 0.15:
            return from_plain(self._text(length).replace(" ", "\n", length // 90))
        blocks: list[Block] = []
        left = length
        while left > 0:
            kind = dice.random()
            block: Block
            if length >= 1_000 and left <= 100:
                block = Paragraph(self._runs(left))
            elif kind < 0.06:
                block = self._table()
            elif kind < 0.10:
                block = self._image()
            else:
                share = min(left, dice.choice((0, 5, 60, 60, 300, 300, 2_000, left)))
                block = self._paragraph(share)
            size = len(RichText((block,)).plain) + 1
            if size <= left + 1 or length < 1_000:  # no table beyond what was asked for
                blocks.append(block)
                left -= size
        return RichText(tuple(blocks))

    def _length(self) -> int:
        largest = 600 if self._giant >= 0 else self._largest
        if len(self._lengths) >= self._giant >= 0:
            self._giant, largest = -1, self._largest
            return largest
        return int(largest * self._dice.random() ** 3)

    def _paragraph(self, length: int) -> Paragraph:
        dice = self._dice
        label = dice.choice(_LABELS) if dice.random() < 0.45 else ""
        return Paragraph(
            self._runs(length), label, dice.randrange(MOST_LEVELS), dice.choice(_ALIGNS)
        )

    def _runs(self, length: int) -> tuple[Run, ...]:
        """Mostly one style; sometimes it changes anywhere, between a letter and its mark too."""
        dice = self._dice
        text = self._text(length)
        styles = [False] * 12 + [True]
        if dice.random() < 0.75:
            return tidy_runs([Run(text, *(dice.choice(styles) for _ in range(3)))])
        cuts = sorted(dice.randint(0, len(text)) for _ in range(dice.randint(1, 8)))
        edges = [0, *cuts, len(text)]
        return tidy_runs(
            Run(text[a:b], *(dice.random() < 0.4 for _ in range(3))) for a, b in pairwise(edges)
        )

    def _table(self) -> Table:
        dice = self._dice
        columns = dice.choices((1, 2, 4, 7, 14), (10, 35, 35, 17, 3))[0]
        rows = dice.choices((1, 3, 12, 70), (15, 45, 35, 5))[0]
        giant = dice.randrange(rows * columns) if dice.random() < 0.2 else -1
        cells = [
            [self._table_cell(r * columns + c == giant) for c in range(columns)]
            for r in range(rows)
        ]
        heads = dice.choices((0, 1, 2, rows, rows + 3, -1), (25, 50, 15, 4, 3, 3))[0]
        even = dice.random() < 0.6
        widths = tuple(1.0 if even else dice.choice((0.2, 1.0, 3.5, 40.0)) for _ in range(columns))
        return Table(tuple(tuple(row) for row in cells), widths, heads)

    def _table_cell(self, giant: bool) -> Cell:
        dice = self._dice
        if giant:
            return (self._paragraph(dice.choice((900, 5_000))),)
        lengths = dice.choices(((), (0,), (3,), (12,), (50,), (8, 30, 0)), (4, 5, 30, 30, 25, 6))[0]
        return tuple(self._paragraph(length) for length in lengths)

    def _image(self) -> Image:
        name = f"picture-{len(self._pictures)}"
        self._pictures[name] = random_picture(self._dice)
        return Image(name, self._dice.choice((0.0, 1.0, 60.0, 200.0, 5_000.0, -5.0)))

    def _text(self, length: int, *, marked: bool = True) -> str:
        """So many characters, with a running number now and then that stands nowhere else."""
        dice = self._dice
        words: list[str] = []
        room = length
        while room > 0:
            word = self._word()
            if marked and dice.random() < 0.03:
                self._marker += 1
                word = f"ฦ{self._marker}ฦ"
            if dice.random() < 0.55:
                word += " " * dice.choices((1, 2, 6, 45), (900, 60, 30, 10))[0]
            words.append(word)
            room -= len(word)
        return "".join(words)[:length]

    def _word(self) -> str:
        dice = self._dice
        if dice.random() < self._often:
            return dice.choice(self._odd)
        return dice.choice(_LATIN if dice.random() < self._latin else _WORDS)


# --- options ----------------------------------------------------------------------------------------


def random_options(dice: random.Random) -> PrintOptions:
    """Half of the time one of the usual prints, else anything a person can choose."""
    usual = PrintOptions(
        paper=dice.choice(_PAPERS), font=dice.choice(("TH Sarabun New", "Sarabun"))
    )
    if dice.random() < 0.4:
        return usual
    return replace(
        usual,
        size_pt=dice.choice((10.0, 12.0, 14.0, 16.0, 18.0, 20.0, 24.0)),
        thai_digits=dice.random() < 0.6,
        page_numbers=dice.choice(("x_of_y", "plain", "none")),
        evidence_codes=dice.random() < 0.3,
        pure_black=dice.random() < 0.3,
        distribute=dice.random() < 0.3,
        rubric_mm=dice.choice((None, None, (25.0, 30.0), (60.0, 90.0))),
        evidence_mm=dice.choice((None, None, (30.0, 40.0), (50.0, 70.0))),
        margins_mm=dice.choice((None, None, (25.0, 20.0, 25.0, 20.0), (10.0, 8.0, 7.0, 9.0))),
        gutter_mm=dice.choice((0.0, 0.0, 5.0, 12.0)),
        duplex=dice.random() < 0.4,
        header=dice.choice(("", "", "หัวกระดาษที่เลือกเอง", "ยาว" * 60)),
        footer=dice.choice(("", "", "ท้ายกระดาษที่เลือกเอง", "ยาว" * 60)),
        watermark=dice.choice(("", "", "ฉบับร่าง")),
        kept_words=dice.choice(((), ("นามสกุลยาวมาก", "วิสัยทัศน์พันธกิจ"))),
    )


# --- pictures ---------------------------------------------------------------------------------------


def _drawn(mode: str, size: tuple[int, int], kind: str, dice: random.Random) -> bytes:
    stream = BytesIO()
    picture = Pictures.new(mode, size, dice.randrange(2))
    picture.putpixel(
        (0, 0), dice.randrange(2) if len(picture.getbands()) == 1 else picture.getpixel((0, 0))
    )
    picture.save(stream, kind)
    return stream.getvalue()


def _png(dice: random.Random) -> bytes:
    mode = dice.choice(("RGB", "L", "RGBA", "LA", "P", "1", "I;16"))
    return _drawn(mode, (dice.randint(1, 300), dice.randint(1, 300)), "PNG", dice)


def _jpeg(dice: random.Random) -> bytes:
    mode = dice.choice(("RGB", "L", "CMYK"))
    return _drawn(mode, (dice.randint(1, 300), dice.randint(1, 300)), "JPEG", dice)


def _one_point(dice: random.Random) -> bytes:
    return _drawn("RGB", (1, 1), dice.choice(("PNG", "JPEG")), dice)


def _enormous(dice: random.Random) -> bytes:
    return _drawn(
        dice.choice("L1"), dice.choice(((3_000, 2_000), (9_000, 3), (2, 7_000))), "PNG", dice
    )


def _damaged(dice: random.Random) -> bytes:
    whole = bytearray(dice.choice((_png, _jpeg))(dice))
    way = dice.randrange(4)
    if way == 0:
        return bytes(whole[: dice.randrange(len(whole))])
    if way == 1:
        whole[dice.randrange(len(whole))] ^= 0xFF
    elif way == 2:
        return bytes(whole) + b"left over" * 9
    else:
        return dice.choice((b"", b"no picture", bytes(whole[8:])))
    return bytes(whole)


_PICTURES: Final[tuple[tuple[Callable[[random.Random], bytes], int], ...]] = (
    (_png, 35),
    (_jpeg, 25),
    (_one_point, 10),
    (_enormous, 3),
    (_damaged, 27),
)


def random_picture(dice: random.Random) -> bytes:
    """PNG or JPEG of any kind of pixels: whole, cut off, with a wrong byte, or no picture at all."""
    kinds, weights = zip(*_PICTURES, strict=True)
    return dice.choices(kinds, weights)[0](dice)
