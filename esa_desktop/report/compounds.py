"""Compounds of this work put together again: engines part them where no official would end a line."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Final

_COMPOUNDS: Final = frozenset(
    # What is done, and by whom.
    "ดำเนินงาน ดำเนินการ การดำเนินงาน การดำเนินการ ผลการดำเนินงาน ปฏิบัติงาน การปฏิบัติงาน "
    "แผนปฏิบัติการ พัฒนางาน พัฒนาคน ภาระงาน ผลงาน กลุ่มงาน หน่วยงาน หัวหน้างาน งานบุคคล คณะกรรมการ คณะทำงาน "
    "คณะอนุกรรมการ คณะผู้บริหาร องค์คณะ องค์คณะบุคคล ผู้บริหาร ผู้เรียน ผู้สอน ครูผู้สอน ผู้รับผิดชอบ ผู้ปกครอง "
    "ผู้อำนวยการ รองผู้อำนวยการ กลุ่มอำนวยการ อำนวยการ ผู้เกี่ยวข้อง ผู้เข้าร่วม เข้าร่วม ผู้รับบริการ ข้าราชการครู "
    "ผู้มีส่วนได้|ส่วนเสีย มีส่วนได้|ส่วนเสีย มีส่วนร่วม ร่วมกัน ร่วมใจ ร่วมคิด ร่วมทำ สั่งการ ข้อสั่งการ คำสั่ง มอบอำนาจ "
    "การมอบอำนาจ จัดทำ จัดส่ง จัดหา นำส่ง ส่งผล แจ้งเวียน วางแผน ตัดสินใจ ได้รับ ลงนาม ชี้แจง เสนอแนะ ข้อเสนอแนะ "
    "ข้อเสนอ ข้อตกลง ข้อสอบ คำถาม คำตอบ ความคิดเห็น เห็นชอบ เห็นว่า ถือว่า แลกเปลี่ยน ฝึกอบรม การฝึกอบรม "
    "จุดฝึกอบรม ดูงาน ศึกษาดูงาน ขับเคลื่อน การขับเคลื่อน เชื่อมโยง ปรับเปลี่ยน ปรับตัว เฝ้าระวัง สอดรับ แก้ปัญหา ยกระดับ "
    "คัดกรอง ค้นพบ พูดคุย แกนนำ ประสานงาน เป็นทีม ใฝ่รู้ ใฝ่เรียน ประยุกต์ใช้ คิดวิเคราะห์ การคิดวิเคราะห์ หน้าที่ ทำหน้าที่ แบบรายงาน รวมทั้ง "
    # Where.
    "เขตพื้นที่ อ.ก.ค.ศ.เขตพื้นที่ ท้องถิ่น ส่วนท้องถิ่น ห้องประชุม ห้องเรียน ชั้นเรียน ครัวเรือน หมู่บ้าน ประเทศไทย "
    "ต่างประเทศ เว็บไซต์ ลำน้ำ "
    # School.
    "การศึกษา สถานศึกษา ประถมศึกษา มัธยมศึกษา ปีการศึกษา ทางการศึกษา ทางการเรียน จัดการศึกษา การจัดการศึกษา "
    "จัด|การเรียนรู้ การจัด|การเรียนรู้ การเรียน|การสอน จัด|การเรียน|การสอน การจัด|การเรียน|การสอน แหล่งเรียนรู้ "
    "องค์ความรู้ ผลสัมฤทธิ์ หลักสูตร ภาคเรียน ภาคเรียนที่ สรรพศาสตร์ ภูมิปัญญา เกียรติบัตร เชิดชูเกียรติ "
    "ศิลปะการแสดง คู่ขนาน กลุ่มสาระ นอกระบบ ภาคบังคับ "
    "ขั้นพื้นฐาน ระดับชาติ ทางวิชาการ ทางราชการ ทางไกล "
    # How good, and how it is known.
    "ตัวบ่งชี้ บ่งชี้ ตัวชี้วัด ประเมินผล ประมวลผล ติดตามผล สรุปผล ผลการนิเทศ ผลการประเมิน "
    "หลักฐานอ้างอิง ประเด็นที่ มาตรฐานที่ ตัวบ่งชี้ที่ ข้อที่ ทุกข้อ ร้อยละ คิดเป็น ค่าเฉลี่ย อัตรากำลัง ดีเยี่ยม มากที่สุด "
    "น้อยที่สุด ดีที่สุด มากกว่า น้อยกว่า ไม่น้อยกว่า จุดแข็ง จุดอ่อน จุดเด่น จุดเน้น ภาพรวม ความเป็นเลิศ ความเป็นจริง "
    "ภาคภูมิใจ ความภาคภูมิใจ เชื่อมั่น ความเชื่อมั่น จิตสำนึก เชิงระบบ องค์ประกอบ ขนาดเล็ก ขนาดกลาง ขนาดใหญ่ สูงสุด "
    "มากขึ้น ยิ่งขึ้น มากยิ่งขึ้น สูงขึ้น ดีขึ้น เกิดขึ้น เพิ่มขึ้น ลดลง ใกล้ชิด ใกล้เคียง แท้จริง สวยงาม ครึ่งหนึ่ง บางส่วน "
    "ส่วนหนึ่ง ขั้นต่ำ ข้อดี อยู่ระหว่าง ส่วนบุคคล รายบุคคล รายเดือน ทางเลือก ช่องทาง ขั้นตอน ภาคส่วน "
    # When.
    "ปีงบประมาณ ประจำปี ประจำปีงบประมาณ วันที่ ลงวันที่ ครั้งที่ รุ่นที่ ปีที่ ชั้นปีที่ ผ่านมา ที่ผ่านมา แล้วเสร็จ เสร็จสิ้น "
    "สิ้นเสร็จ ตลอดเวลา ตลอดแนว ระเบียบวาระ ระเบียบวาระที่ "
    # Small words.
    "ประกอบด้วย ดังต่อไปนี้ ต่อไปนี้ ต่อไป ดังกล่าว ข้างต้น ต่างๆ ทุกคน ทั่วกัน ด้วยกัน ซึ่งกันและกัน ต่อเนื่อง อย่างต่อเนื่อง "
    "ภายใต้ เกี่ยวกับ เนื่องจาก นอกจากนั้น นอกจากนี้ นอกเหนือจาก โดยเฉพาะ ฉะนั้น เพราะฉะนั้น ล้วนแล้วแต่ ไม่ใช่ มิใช่ "
    "ที่ประชุม สิ่งที่ ทั้งสอง ทั้งสาม เปิดโอกาส เครื่องใช้ มี|มติ พา|กลับ "
    # Of the King, as they are written in every foreword.
    "พระมหากษัตริย์ ความจงรักภักดี พระบรมราโชวาท พระบาทสมเด็จ|พระเจ้าอยู่หัว".split()
)
"""``|``: a line may end there, whatever the engine thinks."""
_CUTS: Final = {
    marked.replace("|", ""): tuple(accumulate(map(len, marked.split("|"))))[:-1]
    for marked in _COMPOUNDS
}
_TAILS: Final = frozenset(word[at:] for word in _CUTS for at in range(len(word) + 1))
_THAI: Final = re.compile("[\u0e01-\u0e2e][\u0e01-\u0e3a\u0e47-\u0e4d]|[เแโใไ][\u0e01-\u0e2e]")
_AROUND: Final = "([“‘«)]”’»,.:;!?%ฯๆ/"
_BEHIND: Final = _AROUND + "_๐๑๒๓๔๕๖๗๘๙0123456789"
_PREFIXES: Final = frozenset("การ ความ ผู้ นัก นาย นาง นางสาว ทุก ไม่".split())
"""Belong to the word after them: a line does not end with one."""
_SUFFIXES: Final = frozenset("ละ กัน นี้ นั้น ใด กว่า".split())
"""Belong to the word before them: a line does not begin with one."""
_LONGEST_WORD: Final = 14
_MISREAD: Final = {"งานการ": "งาน", "ให้การ": "ให้", "ทางใน": "ทาง"}
"""Words to an engine that are the end of one and the beginning of another: ดำเนิน|งานการ|บริหาร."""
_AMBIGUOUS: Final = {"พัฒนาการ": "พัฒนา", "แผนการ": "แผน"}
"""The same where a verb follows: พัฒนา|การคิด, but พัฒนาการ|ของเด็ก."""
_VERBS: Final = frozenset(
    "ดำเนิน ดำเนินงาน จัด จัดการ บริหาร คิด ศึกษา เรียน เรียนรู้ สอน นิเทศ ปฏิบัติ ทำงาน ประเมิน อ่าน เขียน ใช้ "
    "ตรวจสอบ ติดตาม".split()
)
_SHORT_WORDS: Final = frozenset(
    "กฎ กบ กา กง กด ก็ ขอ ขา คน คำ คอ คู งบ งด งา งู จด จน จบ จะ จำ จอ ชม ชา ซอ ดำ ดี ดู ตก ตน ตา ถก ทน ทอ ที ทำ ธง นก "
    "นม นา นำ บก บท บน บอ ปก ปี ผล ผม ผา ฝน พบ พอ มด มา มิ มี ยก ยา ยำ รถ รบ รส รอ ลง ลด ลบ ลม ละ ลา ลำ วง วน ศพ สด "
    "สน สม สี หก หด หา หู อบ ใจ ใด ใน ใบ ใส ไป ไฟ ไว ไอ โต โท แก แม แล เท เอ และ ของ ที่ ให้ ได้ โดย ตาม จาก กับ ต่อ แต่ "
    "หรือ ว่า ซึ่ง ณ ก่อน เขต ครู นี้ นั้น".split()
)
"""Words of two signs; what else is as short is the first or last syllable of a name no engine
knows (ตะ|โหมด). With them the words a name may be followed by.
"""


_TAIL: Final = 1
_PREFIX: Final = 2
_SUFFIX: Final = 4
_SYLLABLE: Final = 8
_MISLEADS: Final = 16
_NOT_PLAIN: Final = 32
"""With signs around it, or a compound by itself that breaks."""


def join_kept(pieces: Sequence[str]) -> tuple[str, ...]:
    """Compounds put together again from the right (ประจำ|ปีงบประมาณ), prefixes to what follows, and
    what is no word by itself to its neighbour.
    """
    if len(pieces) == 1:
        return tuple(pieces)
    kinds = list(map(_kind, pieces))
    met = 0
    for kind in kinds:
        met |= kind
    if met & _MISLEADS:
        pieces = [part for place in range(len(pieces)) for part in _reread(pieces, place)]
        kinds = list(map(_kind, pieces))
    joined: list[str] = []  # backwards
    end = len(pieces)
    while end:
        end -= 1
        word, kind = pieces[end], kinds[end]
        # What stands before decides mostly at once.
        if kind & _TAIL and (
            kind & _NOT_PLAIN
            or (end and (kinds[end - 1] & _NOT_PLAIN or pieces[end - 1] + word in _TAILS))
        ):
            end, parts = _compound(pieces, end)
            joined += parts[:0:-1]
            if parts[0] != word:
                word, kind = parts[0], 0
        if kind & _PREFIX and joined and len(word + joined[-1]) <= _LONGEST_WORD:
            joined[-1] = word + joined[-1]
        else:
            joined.append(word)
    if met & (_SUFFIX | _SYLLABLE):
        return tuple(_leaning(joined))
    return tuple(joined[::-1])


@lru_cache(maxsize=10_000)
def _kind(piece: str) -> int:
    """What an engine's word is, however often it comes."""
    word = piece.rstrip(_BEHIND)
    bare = word.lstrip(_AROUND)
    kind = _TAIL if word in _TAILS else 0
    if piece.lstrip(_AROUND) in _PREFIXES:
        kind |= _PREFIX
    if bare in _SUFFIXES:
        kind |= _SUFFIX
    if len(bare) == 2 and _THAI.fullmatch(bare) and bare not in _SHORT_WORDS:
        kind |= _SYLLABLE
    if bare in _MISREAD or bare in _AMBIGUOUS:
        kind |= _MISLEADS
    if bare != piece or _CUTS.get(bare):
        kind |= _NOT_PLAIN
    return kind


def _reread(pieces: Sequence[str], place: int) -> tuple[str, ...]:
    """A piece that is two words here, as these."""
    word = pieces[place]
    if place + 1 == len(pieces):
        return (word,)
    bare = word.lstrip(_AROUND)
    first = _MISREAD.get(bare)
    if first is None and pieces[place + 1].rstrip(_BEHIND) in _VERBS:
        first = _AMBIGUOUS.get(bare)
    if first is None:
        return (word,)
    at = len(word) - len(bare) + len(first)
    return word[:at], word[at:]


def _compound(pieces: Sequence[str], last: int) -> tuple[int, Sequence[str]]:
    """Where the longest compound begins that ends with the piece ``last``, and its parts; else that
    piece.
    """
    best, parts = last, [pieces[last]]
    typed = ""
    for start in range(last, -1, -1):
        typed = pieces[start] + typed
        word = typed.lstrip(_AROUND) if typed[0] in _AROUND else typed
        bare = word.rstrip(_BEHIND) if word and word[-1] in _BEHIND else word
        cuts = _CUTS.get(bare)
        if cuts is not None:
            before = len(typed) - len(word)
            ends = [0, *(before + cut for cut in cuts), len(typed)]
            best, parts = start, [typed[a:b] for a, b in pairwise(ends)]
        if bare not in _TAILS or word is not typed:
            break
    return best, parts


def _leaning(backwards: Sequence[str]) -> Iterator[str]:
    """From left to right: suffixes with what stands before them, syllables with their name."""
    held = backwards[-1]
    for place in range(len(backwards) - 2, -1, -1):
        piece = backwards[place]
        kind = _kind(piece)
        leans = kind & _SUFFIX or (
            kind & _SYLLABLE and (not place or backwards[place - 1] in _SHORT_WORDS)
        )
        opens = _kind(held) & _SYLLABLE and piece not in _SHORT_WORDS
        if (leans or opens) and len(held + piece) <= _LONGEST_WORD:
            held += piece
        else:
            yield held
            held = piece
    yield held
