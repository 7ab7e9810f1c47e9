"""Checked values out of a TOML file that a person wrote; what is wrong is said with its line."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final, NoReturn

from esa_desktop.domain.errors import FrameworkFileError
from esa_desktop.domain.thai import clean_text, thai_digits
from esa_desktop.storage.toml_lines import Place, toml_lines

LARGEST: Final = 2 * 1024 * 1024
"""In bytes; a whole edition with every word of its rubrics is about a twentieth of it."""
LONGEST_TEXT: Final = 2000
"""In characters; the longest lead-in of the real form has 130."""
MOST_TABLES: Final = 99
_ID: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")


def is_id(text: str) -> bool:
    """Whether a text can be the id of an edition or of a node in a file."""
    return bool(_ID.fullmatch(text))


class TomlFile:
    """The file as values, and the one way to complain about a place in it."""

    def __init__(self, path: Path, content: bytes | None = None) -> None:
        """``content`` instead of what is in the file, to see whether it could be read."""
        self._name = path.name
        self._lines: dict[Place, int] = {(): 1}
        read = self._read(path) if content is None else self._checked(content)
        self.values = self._parse(self._decode(read))

    def _read(self, path: Path) -> bytes:
        try:
            with path.open("rb") as file:
                content = file.read(LARGEST + 1)
        except OSError as error:
            trouble = "ไม่พบไฟล์" if isinstance(error, FileNotFoundError) else "เปิดไฟล์ไม่ได้"
            raise FrameworkFileError(
                f"{trouble} “{path.name}” กรุณาตรวจชื่อไฟล์และที่เก็บแล้วลองอีกครั้ง"
            ) from error
        return self._checked(content)

    def _checked(self, content: bytes) -> bytes:
        if len(content) > LARGEST:
            self._refuse_line(1, "ไฟล์ต้องไม่ใหญ่เกิน ๒ MB เพราะฉบับมาตรฐานมีแต่ข้อความ")
        return content

    def _decode(self, content: bytes) -> str:
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            # Notepad calls TIS-620 "ANSI" and UTF-16 "Unicode"; both are one click away.
            line = content.count(b"\n", 0, error.start) + 1
            self._refuse_line(line, "ตัวอักษรต้องบันทึกแบบ UTF-8 ให้บันทึกไฟล์ใหม่โดยเลือกการเข้ารหัสเป็น UTF-8")

    def _parse(self, text: str) -> dict[str, Any]:
        try:
            values = tomllib.loads(text)
            self._lines = toml_lines(text)
        except RecursionError:
            self._refuse_line(1, "วงเล็บซ้อนกันลึกเกินไป ฉบับมาตรฐานใช้วงเล็บซ้อนไม่เกินสองชั้น")
        except ValueError as error:  # tomllib's own, and numbers of more digits than Python reads
            at = re.search(r"\(at line (\d+), column \d+\)$", str(error))
            last = text.rstrip().count("\n") + 1
            self._refuse_line(
                int(at[1]) if at else last,
                "เขียนไม่ถูกรูปแบบ TOML แต่ละช่องต้องเขียนครั้งเดียวแบบ ชื่อช่อง = ค่า "
                'โดยข้อความอยู่ในเครื่องหมาย "…" และตัวเลขเป็นเลขอารบิก',
            )
        return values

    def refuse(self, place: Place, expected: str) -> NoReturn:
        """Names the line of ``place``, or of the nearest table around it."""
        while place not in self._lines:
            place = place[:-1]
        self._refuse_line(self._lines[place], expected)

    def _refuse_line(self, line: int, expected: str) -> NoReturn:
        raise FrameworkFileError(
            f"ใช้ไฟล์ “{self._name}” ไม่ได้ กรุณาแก้บรรทัดที่ {thai_digits(line)}: {expected}"
        )


class TomlTable:
    """One table of a file: hands out checked values, refuses with the line of the key."""

    def __init__(
        self,
        file: TomlFile,
        keys: Mapping[str, Sequence[str]],
        values: dict[str, Any],
        kind: str = "",
        place: Place = (),
    ) -> None:
        """``keys`` are those each kind of table may have; the kind of the whole file is ``""``."""
        self._file = file
        self._keys = keys
        self._values = values
        self._kind = kind
        self._place = place
        for key in values:
            if key not in keys[kind]:
                near = get_close_matches(key, keys[kind], 1)
                hint = f" (หมายถึง {near[0]} หรือไม่)" if near else ""
                known = " ".join(keys[kind])
                self.refuse(f"ไม่รู้จักช่อง {_shown(key)}{hint} ช่องที่ใช้ได้คือ {known}", key)

    def refuse(self, expected: str, *key: str | int) -> NoReturn:
        self._file.refuse((*self._place, *key), expected)

    def has(self, key: str) -> bool:
        return key in self._values

    def _required(self, key: str) -> Any:
        if key not in self._values:
            where = f"ตาราง {self._kind} นี้" if self._kind else "ส่วนต้นของไฟล์"
            self.refuse(f"{where}ต้องมีช่อง {key}")
        return self._values[key]

    def text(self, key: str, *, may_be_empty: bool = False) -> str:
        """A text that must be there and, as a rule, say something."""
        text = self._clean(self._required(key), key)
        if not text and not may_be_empty:
            self.refuse(f"ช่อง {key} ต้องไม่ว่าง", key)
        return text

    def text_or_empty(self, key: str) -> str:
        return self._clean(self._values.get(key, ""), key)

    def texts(self, key: str, least: int, most: int) -> tuple[str, ...]:
        """A list of texts, none of them empty; a list of none may be left out."""
        values = self._values.get(key, []) if least == 0 else self._required(key)
        if not isinstance(values, list) or not least <= len(values) <= most:
            span = thai_digits(f"{least} ถึง {most}")
            self.refuse(f'ช่อง {key} ต้องเป็นรายการข้อความ {span} ข้อ แบบ ["…", "…"]', key)
        texts = tuple(self._clean(value, key, place) for place, value in enumerate(values))
        if "" in texts:
            self.refuse(f"ข้อความในช่อง {key} ต้องไม่ว่าง", key, texts.index(""))
        return texts

    def _clean(self, value: Any, *key: str | int) -> str:
        if not isinstance(value, str):
            self.refuse(f'ช่อง {key[0]} ต้องเป็นข้อความในเครื่องหมาย "…"', *key)
        if any(unicodedata.category(c) == "Cc" and c != "\t" for c in value):
            self.refuse(f"ช่อง {key[0]} ต้องเป็นข้อความบรรทัดเดียวที่ไม่มีอักขระควบคุม", *key)
        if len(value) > LONGEST_TEXT:
            self.refuse(f"ช่อง {key[0]} ต้องยาวไม่เกิน {thai_digits(LONGEST_TEXT)} ตัวอักษร", *key)
        text = clean_text(value)
        if "\n" in text:  # Unicode has line ends of its own
            self.refuse(f"ช่อง {key[0]} ต้องเป็นข้อความบรรทัดเดียว", *key)
        return text.strip()

    def id(self) -> str:
        """The name of a node, stored for ever with everything an office writes under it."""
        text = self.text("id")
        if not is_id(text):
            self.refuse("ช่อง id ใช้ได้เฉพาะ a-z 0-9 - และ _ ไม่เกิน ๖๔ ตัว เช่น obec57-q12", "id")
        return text

    def whole(self, key: str, least: int, most: int) -> int:
        value = self._required(key)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            span = thai_digits(f"{least} ถึง {most}")
            self.refuse(f"ช่อง {key} ต้องเป็นจำนวนเต็ม {span} เขียนด้วยเลขอารบิก", key)
        return value

    def number(self, key: str, least: float, most: float) -> float | None:
        """``None`` where the key is left out: not known."""
        if key not in self._values:
            return None
        value = self._values[key]
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or not least <= value <= most
        ):
            span = thai_digits(f"{least:g} ถึง {most:g}")
            self.refuse(f"ช่อง {key} ต้องเป็นตัวเลข {span} เขียนด้วยเลขอารบิก", key)
        return float(value)

    def flag(self, key: str) -> bool:
        value = self._values.get(key, False)
        if not isinstance(value, bool):
            self.refuse(f"ช่อง {key} ต้องเป็น true (ใช่) หรือ false (ไม่ใช่)", key)
        return value

    def tables(self, kind: str, most: int = MOST_TABLES) -> Iterator["TomlTable"]:
        values = self._values.get(kind, [])
        if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
            self.refuse(f"{kind} ต้องเขียนเป็นหัวตารางวงเล็บคู่ เช่น [[standard]]", kind)
        if len(values) > most:
            self.refuse(f"{kind} ต้องมีไม่เกิน {thai_digits(most)} ตาราง", kind, most)
        for number, value in enumerate(values):
            yield TomlTable(self._file, self._keys, value, kind, (*self._place, kind, number))


def _shown(key: str) -> str:
    """A key of the file, safe to stand in a sentence on one line."""
    return clean_text(key).replace("\n", " ")[:40]
