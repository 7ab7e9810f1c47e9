"""Thai office prose for the benches: as much as is asked for, the same for the same seed, no sentence twice.

A cache of words or lines earns on it only what it would earn on what people write.
"""

import random
import re
from functools import lru_cache
from typing import Any, Final

from esa_desktop.domain.thai import MONTHS, thai_digits
from esa_desktop.paths import resources_folder

INDICATORS: Final = 20
ISSUES: Final = 5
"""Of each indicator."""

_WHO: Final = (
    "สำนักงานเขตพื้นที่การศึกษา กลุ่มนโยบายและแผน กลุ่มบริหารงานบุคคล กลุ่มอำนวยการ กลุ่มนิเทศติดตามและประเมินผล "
    "กลุ่มส่งเสริมการจัดการศึกษา หน่วยตรวจสอบภายใน ศึกษานิเทศก์ คณะกรรมการสถานศึกษา ผู้บริหารสถานศึกษา "
    "คณะทำงาน ครูผู้สอน เจ้าหน้าที่ผู้รับผิดชอบ ผู้อำนวยการสำนักงานฯ บุคลากรในสังกัด เครือข่ายโรงเรียน"
).split()
_DID: Final = (
    "จัดทำ ทบทวน ประชุมชี้แจง แต่งตั้งคณะทำงาน ติดตาม ประเมินผล รายงาน เผยแพร่ประชาสัมพันธ์ นิเทศ พัฒนา ปรับปรุง "
    "วิเคราะห์ สนับสนุน ส่งเสริม กำกับดูแล แลกเปลี่ยนเรียนรู้ รวบรวม ตรวจสอบ สรุป ยกย่องเชิดชู อบรมปฏิบัติการ"
).split()
_WHAT: Final = (
    "แผนปฏิบัติการประจำปี ข้อมูลสารสนเทศ คู่มือการปฏิบัติงาน ระบบควบคุมภายใน หลักสูตรสถานศึกษา ผลการดำเนินงาน "
    "การบริหารงบประมาณ การจัดการเรียนการสอน มาตรฐานการปฏิบัติราชการ ระบบดูแลช่วยเหลือนักเรียน "
    "การประกันคุณภาพการศึกษา แหล่งเรียนรู้ สื่อและนวัตกรรม องค์ความรู้ ผลสัมฤทธิ์ทางการเรียน"
).split()
_JOIN: Final = (
    "และ หรือ ของ ในการ เพื่อการ โดยการ ตามหลัก ด้วยความ ซึ่งเป็น ที่มี ให้แก่ ร่วมกับ ตลอดจน รวมทั้ง สำหรับ เกี่ยวกับ "
    "อย่างต่อเนื่องตาม ภายใต้ ระหว่าง เป็นผลให้"
).split()
_COUNTED: Final = "คน โรงเรียน เรื่อง ครั้ง ข้อ กิจกรรม แห่ง ชุด รุ่น".split()
_ENDINGS: Final = (
    "เพื่อ{topic} ตามหนังสือที่ ศธ ๐๔{low}/{high} ลงวันที่ {date}",
    "เมื่อวันที่ {date} ณ ห้องประชุม{word} มีผู้เข้าร่วม จำนวน {count}",
    "จำนวน {count} คิดเป็นร้อยละ {share} สูงกว่าเป้าหมายซึ่งกำหนดไว้ร้อยละ {low}.๕๐",
    "ให้ครบทั้ง {count} ภายในปีงบประมาณ พ.ศ.{year} โดยใช้งบประมาณ {high},{low}๐ บาท",
    "ในด้าน{topic} (ปีการศึกษา {year}) และ{topic}ต่าง ๆ ฯลฯ",
    "ผ่านระบบ My Office และเว็บไซต์ https://www.esa{low}.example/{high}/index.html ให้ “{word}” ทราบโดยทั่วกัน",
    "ได้แก่ {topic} , {topic} และ{topic} อันก่อให้เกิด{topic}",
    "ตามกระบวนการ P D C A ครั้งที่ {low}/{year} โดย{who}ร่วมกัน{did}{topic}",
)
_PLAIN_WORD: Final = re.compile("[ก-ฮเแโใไ][ก-ฮะ-ูเ-์]{2,11}")


@lru_cache(maxsize=1)
def _word_list() -> tuple[str, ...]:
    """Words of the dictionary that stand in a text as they are: no abbreviations, no phrases."""
    listed = (resources_folder() / "words_th.txt").read_text("utf-8").split("\n")
    return tuple(word for word in listed if _PLAIN_WORD.fullmatch(word))


class Prose:
    """A writer who never says a sentence twice."""

    def __init__(self, seed: int) -> None:
        self._dice = random.Random(seed)
        self._words = list(_word_list())
        self._dice.shuffle(self._words)
        self._told: set[str] = set()

    def form(self, paragraphs: int) -> list[dict[str, Any]]:
        """A round of `INDICATORS`: per issue so many paragraphs of method and half as many results."""
        return [
            {
                "title": self._topic(),
                "level": self._dice.randint(1, 5),
                "issues": [self._issue(paragraphs) for _ in range(ISSUES)],
                "opinions": "\n".join(self._list(3)),
            }
            for _ in range(INDICATORS)
        ]

    def _issue(self, paragraphs: int) -> dict[str, Any]:
        method = self._list(max(paragraphs - paragraphs // 8, 1))
        for _ in range(paragraphs // 8):
            method += self._table()
        return {
            "title": f"การ{self._pick(_DID)}{self._topic()}",
            "method": "\n".join([f"{self.sentence()} โดยดำเนินการดังนี้", *method]),
            "results": "\n".join(self.sentence() for _ in range(max(paragraphs // 2, 1))),
            "evidence": [f"{self._pick(_DID)}{self._topic()}" for _ in range(6)],
        }

    def _list(self, count: int) -> list[str]:
        """Numbered lines, every fourth a level deeper: ๑. ๒. ๓. ๓.๑ ๔."""
        lines: list[str] = []
        number = inner = 0
        for place in range(count):
            if place % 4 == 3:
                inner += 1
                label = f"{number}.{inner}"
            else:
                number, inner = number + 1, 0
                label = f"{number}."
            more = f" {self.sentence()}" if self._dice.random() < 0.4 else ""
            lines.append(f"{thai_digits(label)} {self.sentence()}{more}")
        return lines

    def _table(self) -> list[str]:
        rows = [
            f"{thai_digits(row)} | {self._topic()} | {self._count()} | {self._pick(_WHO)}"
            for row in range(1, self._dice.randint(4, 9))
        ]
        return [f"{self.sentence()} ดังตารางต่อไปนี้", "ที่ | กิจกรรม | จำนวน | ผู้รับผิดชอบ", *rows]

    def sentence(self) -> str:
        """A sentence of 60 to 250 letters that was not told before."""
        while True:
            ending = self._pick(_ENDINGS)
            opening = f"{self._pick(_WHO)}{self._pick(_DID)}{self._pick(_WHAT)}"
            told = f"{opening}{self._pick(_JOIN)}{self._word()} {self._fill(ending)}"
            if told not in self._told:
                self._told.add(told)
                return told

    def _fill(self, ending: str) -> str:
        return re.sub("{([a-z]+)}", lambda match: self._slot(match[1]), ending)

    def _slot(self, name: str) -> str:
        dice = self._dice
        if name == "date":
            return f"{thai_digits(dice.randint(1, 28))} {self._pick(MONTHS)} {self._slot('year')}"
        numbers = {"low": (10, 99), "high": (100, 9999), "year": (2550, 2568)}
        if name in numbers:
            return thai_digits(dice.randint(*numbers[name]))
        if name == "share":
            return thai_digits(f"{dice.uniform(40, 100):.2f}")
        if name == "count":
            return self._count()
        if name == "word":
            return self._word()
        return self._topic() if name == "topic" else self._pick({"who": _WHO, "did": _DID}[name])

    def _count(self) -> str:
        return f"{thai_digits(self._dice.randint(2, 3999))} {self._pick(_COUNTED)}"

    def _topic(self) -> str:
        words = [self._word()]
        for _ in range(self._dice.randint(1, 4)):
            words += [self._pick(_JOIN), self._word()]
        return "".join(words)

    def _word(self) -> str:
        """By Zipf's law, as in any language: the word of rank k one k-th as often as the first."""
        return self._words[int(len(self._words) ** self._dice.random()) - 1]

    def _pick(self, choices: tuple[str, ...] | list[str]) -> str:
        return choices[int(len(choices) * self._dice.random())]
