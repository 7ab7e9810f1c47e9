"""Where a Thai line may break: words by libthai (as in Qt itself) or nlpo3, and rules of print."""

import ctypes
import re
import threading
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final, Protocol

from esa_desktop.domain.thai import clusters
from esa_desktop.paths import program_folder, resources_folder


class Breaker(Protocol):
    """Finds the words in a stretch of Thai letters without blanks or other signs."""

    def word_ends(self, text: str) -> Sequence[int]:
        """Places between two words, ascending, the ends of the text excluded."""


class LibThaiBreaker:
    """libthai through ctypes; ``OSError`` or ``AttributeError`` where the library is not there."""

    NAMES: Final = ("thai", "libthai.so.0", "libthai.dylib")

    def __init__(self) -> None:
        self._library = _open_library()
        self._library.th_brk_new.restype = ctypes.c_void_p
        self._library.th_brk_new.argtypes = [ctypes.c_char_p]
        self._library.th_brk_find_breaks.restype = ctypes.c_int
        self._library.th_brk_find_breaks.argtypes = [
            ctypes.c_void_p,
            ctypes.c_char_p,
            ctypes.POINTER(ctypes.c_int),
            ctypes.c_size_t,
        ]
        self._words = self._library.th_brk_new(None)
        if not self._words:
            raise OSError("libthai has no dictionary")
        self._lock = threading.Lock()

    def word_ends(self, text: str) -> Sequence[int]:
        # One byte a letter in TIS-620, so places in bytes are places in the text.
        raw = text.encode("tis-620", "replace")
        places = (ctypes.c_int * len(raw))()
        with self._lock:
            count = self._library.th_brk_find_breaks(self._words, raw, places, len(raw))
        return places[:count]


def _open_library() -> ctypes.CDLL:
    bundled = [program_folder() / name for name in ("thai.dll", "libthai.so.0", "libthai.dylib")]
    for name in [*(str(path) for path in bundled if path.is_file()), *LibThaiBreaker.NAMES]:
        try:
            library = ctypes.CDLL(name)
        except OSError:
            continue
        if hasattr(library, "th_brk_new") and hasattr(library, "th_brk_find_breaks"):
            return library
    raise OSError("no libthai on this machine")


WORD_LIST: Final = "words_th.txt"
"""In the resources folder: a word a line, UTF-8, for machines without libthai."""


class Nlpo3Breaker:
    """nlpo3 with a word list; loading takes half a second, so it waits for the first text."""

    _loaded: Final[set[str]] = set()

    def __init__(self, words: Path) -> None:
        import nlpo3

        # nlpo3 keeps dictionaries by name for the whole process.
        self._name = str(words.resolve())
        if self._name not in self._loaded:
            _, loaded = nlpo3.load_dict(self._name, self._name)
            if not loaded:
                raise OSError(f"no word list at {words}")
            self._loaded.add(self._name)
        self._segment = nlpo3.segment

    def word_ends(self, text: str) -> Sequence[int]:
        ends = []
        at = 0
        # Its safe mode loses letters and its plain mode is slow on long text: short stretches.
        for start, stop in _stretches(text):
            for word in self._segment(text[start:stop], self._name):
                at += len(word)
                ends.append(at)
        return ends[:-1] if at == len(text) else []


class BlankBreaker:
    """Finds no words: lines break at blanks only, and long stretches between letters."""

    def word_ends(self, text: str) -> Sequence[int]:  # noqa: ARG002 - a breaker is asked so
        return ()


_LONGEST: Final = 300


def _stretches(text: str) -> list[tuple[int, int]]:
    """A long text cut between letters with their marks, about every three hundred signs."""
    if len(text) <= _LONGEST:
        return [(0, len(text))]
    cuts = [0]
    at = 0
    for cluster in clusters(text):
        if at - cuts[-1] >= _LONGEST:
            cuts.append(at)
        at += len(cluster)
    return list(zip(cuts, [*cuts[1:], len(text)], strict=True))


@lru_cache(maxsize=1)
def default_breaker() -> Breaker:
    """The best breaker of this machine, opened on first use: libthai, else nlpo3, else blanks."""
    try:
        return LibThaiBreaker()
    except (OSError, AttributeError):
        pass
    try:
        return Nlpo3Breaker(resources_folder() / WORD_LIST)
    except (OSError, ImportError, RuntimeError):
        return BlankBreaker()


_THAI: Final = re.compile("[\u0e01-\u0e3a\u0e40-\u0e4e]+")
_NO_START: Final = frozenset("ะัาำิีึืฺุูๅๆ็่้๊๋์ํ๎ฯ๏๚๛)]}”’»›,.:;!?%/…")
_NO_END: Final = frozenset("เแโใไ([{“‘«‹฿$")
_BREAK_AFTER: Final = "/–—-"
_COMPOUNDS: Final = frozenset(
    "ดำเนินงาน ดำเนินการ การดำเนินงาน การดำเนินการ ปีงบประมาณ ประจำปี ปีการศึกษา การศึกษา สถานศึกษา "
    "ประถมศึกษา มัธยมศึกษา คำสั่ง ประกอบด้วย คณะกรรมการ คณะทำงาน คณะอนุกรรมการ องค์คณะ องค์ความรู้ "
    "ผู้บริหาร ผู้เรียน ผู้สอน ผู้รับผิดชอบ ผู้ปกครอง ผู้อำนวยการ ผู้เกี่ยวข้อง ข้อเสนอแนะ เสนอแนะ ต่อเนื่อง "
    "อย่างต่อเนื่อง กลุ่มงาน หน่วยงาน ผลสัมฤทธิ์ ตัวบ่งชี้ บ่งชี้ ตัวชี้วัด ประเมินผล ติดตามผล สรุปผล ส่งผล "
    "ลงวันที่ ดังต่อไปนี้ ต่อไปนี้ ดังกล่าว ขั้นพื้นฐาน ระดับชาติ มีส่วนร่วม จัดทำ วางแผน ตัดสินใจ ได้รับ ร่วมกัน "
    "ทุกข้อ ทุกคน ต่างๆ ประเด็นที่ ครั้งที่ วันที่ มาตรฐานที่ รุ่นที่ ปีที่ ชั้นปีที่ ตัวบ่งชี้ที่ ข้อที่ ชี้แจง "
    "ภาคส่วน แก้ปัญหา ยกระดับ สรรพศาสตร์ ท้องถิ่น ภูมิปัญญา ร้อยละ คิดเป็น ห้องประชุม แลกเปลี่ยน".split()
)
"""Words of this work that the breakers take apart, but no printer would."""
_AROUND: Final = "([“‘«)]”’»,.:;!?%ฯๆ/"
_PREFIXES: Final = frozenset(("การ", "ความ", "ผู้", "นัก"))
"""Belong to the word after them: a line does not end with one."""
_LONGEST_WORD: Final = 14


class LineBreaker:
    """Cuts words without blanks into the pieces between which a line may break."""

    def __init__(self, breaker: Breaker) -> None:
        self._breaker = breaker
        self.pieces = lru_cache(maxsize=50_000)(self._pieces)
        """``pieces(token)``: joined again they are the token; none but the only one is a lone sign."""

    def _pieces(self, token: str) -> tuple[str, ...]:
        places = [place for place in self._candidates(token) if _may_break(token, place)]
        pieces: list[str] = []
        start = 0
        for place in places:
            # No piece of one sign: neither stranded at a line's end nor alone on the next.
            if place - start >= 2 or token[place - 1] in _BREAK_AFTER:
                pieces.append(token[start:place])
                start = place
        last = token[start:]
        if pieces and len(last) == 1:
            pieces[-1] += last
        else:
            pieces.append(last)
        return _join_kept(pieces)

    def _candidates(self, token: str) -> list[int]:
        places: set[int] = set()
        for match in _THAI.finditer(token):
            start = match.start()
            places.update((start, match.end()))
            if match.end() - start > 2:
                places.update(start + end for end in self._breaker.word_ends(match.group()))
        for place, sign in enumerate(token):
            if sign in _BREAK_AFTER or "\u2e80" <= sign <= "\uffef":  # Chinese: between any two
                places.add(place + 1)
        return sorted(places)


def _may_break(token: str, place: int) -> bool:
    if not 0 < place < len(token):
        return False
    before, after = token[place - 1], token[place]
    if after in _NO_START or before in _NO_END or before == ".":
        return False
    if after.isdigit() and before not in ")]":  # พ.ศ.๒๕๕๗, เขต๒, ๑/๒๕๕๗
        return False
    return not (before == "-" and place >= 2 and token[place - 2].isdigit())


def _join_kept(pieces: list[str]) -> tuple[str, ...]:
    """Compounds put together again from the right (ประจำ|ปีงบประมาณ), prefixes to what follows."""
    if len(pieces) == 1:
        return tuple(pieces)
    joined: list[str] = []  # backwards
    end = len(pieces)
    while end:
        start = end - 1
        for longer in range(max(0, end - 4), end - 1):
            if "".join(pieces[longer:end]).strip(_AROUND) in _COMPOUNDS:
                start = longer
                break
        word = "".join(pieces[start:end])
        if word in _PREFIXES and joined and len(word + joined[-1]) <= _LONGEST_WORD:
            joined[-1] = word + joined[-1]
        else:
            joined.append(word)
        end = start
    return tuple(reversed(joined))


@lru_cache(maxsize=1)
def default_line_breaker() -> LineBreaker:
    """The line breaker of this machine; what it found out about words is kept for the session."""
    return LineBreaker(default_breaker())
