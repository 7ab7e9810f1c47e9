"""Files that come from outside: attached, looked at, drawn and read by the child process."""

import base64
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final, TypeVar

from esa_desktop.self_test.workshop import WORDS, Step, Workshop, expect
from esa_desktop.services.attaching import attach, take_in
from esa_desktop.services.reading import Kind, Look, Reader
from esa_desktop.services.sample_files import write_evidence

PHOTOGRAPH: Final = base64.b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAVZtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAA"
    "AAAAAAAAAAACJpbG9jAAAAAERAAAEAAQAAAAABegABAAAAAAAAACgAAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAAB"
    "AABodmMxAAAAAA5waXRtAAAAAAABAAAA1mlwcnAAAAC3aXBjbwAAAHhodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADw"
    "NgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQArQgEBA3AAAAMAkAAAAwAAAwAeoDCBBZbqSSmubgIaDAgA"
    "AAMAyAAAAwAIQGIAAQAHRAHBcrAiQAAAABNjb2xybmNseAABAA0ABoAAAAAUaXNwZQAAAAAAAABgAAAAQAAAABBwaX"
    "hpAAAAAAMICAgAAAAXaXBtYQAAAAAAAAABAAEEgQIDBAAAADBtZGF0AAAAJCgBr1j1rTqv/+/Fcj5Mv/8rqpIOfh8o"
    "/w0mn6yoY0ULS8/Ipg=="
)
"""A HEIC picture as telephones write it, 96 x 64: red with a blue band along the upper edge."""
_OPEN: Final = "http://schemas.openxmlformats.org"
_LETTER: Final = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_OPEN}/package/2006/content-types">'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.wordprocessingml.document.main+xml"/></Types>'
    ),
    "word/document.xml": (
        f'<w:document xmlns:w="{_OPEN}/wordprocessingml/2006/main"><w:body>'
        f"<w:p><w:r><w:t>{WORDS}</w:t></w:r></w:p></w:body></w:document>"
    ),
}


ASKED: Final = 3
"""Times a file is asked about, at most. Children give way to everything else, so one may be late
where a virus scanner has the machine to itself; one that is broken is so every time."""
A = TypeVar("A")


class Outside:
    """The steps in order; they need the project of the main job."""

    def __init__(self, shop: Workshop) -> None:
        self._shop = shop
        self._places: dict[str, Path] = {}

    def steps(self) -> list[Step]:
        return [
            ("แนบไฟล์จากภายนอก", self.attach),
            ("อ่านไฟล์ PDF", lambda: self._read("pdf", "pdf", WORDS)),
            ("อ่านภาพ JPEG", lambda: self._read("jpg", "picture")),
            ("อ่านภาพ HEIC จากโทรศัพท์", lambda: self._read("heic", "picture")),
            ("อ่านคำในไฟล์ Word", self.read_letter),
        ]

    def attach(self) -> None:
        folder = self._shop.folder / "ไฟล์ที่ได้รับ"
        folder.mkdir()
        files = {ending: folder / f"หลักฐาน.{ending}" for ending in ("pdf", "jpg", "heic")}
        write_evidence(files["pdf"], "หนังสือทดสอบ", WORDS)
        write_evidence(files["jpg"], "ภาพทดสอบ", "")
        files["heic"].write_bytes(PHOTOGRAPH)
        with self._shop.opened() as project:
            editor = project.editor
            issue = editor.round.framework.issue("1.1.2")
            intake = take_in(project.folder, list(files.values()))
            expect(len(intake.files) == len(files) and not intake.refused, "a file is refused")
            editor.apply(attach(editor, issue.id, intake.files))
            project.flush()
            for ending, file in zip(files, intake.files, strict=True):
                self._places[ending] = project.path_of(file.sha256)

    def read_letter(self) -> None:
        """Not attached: only an Office program could put it into the binder."""
        self._places["docx"] = path = self._shop.folder / "หลักฐาน.docx"
        with zipfile.ZipFile(path, "w") as letter:
            for name, content in _LETTER.items():
                letter.writestr(name, content)
        with closing(Reader(children=1)) as reader:
            self._look(reader, "docx", "document")
            words = reader.words(path, path.name)
        expect(words == (WORDS,), "the words of the letter are others")

    def _read(self, ending: str, kind: Kind, words: str = "") -> None:
        """What it is, what it says, how it looks; a photograph also made fit for paper."""
        path, name = self._places[ending], f"หลักฐาน.{ending}"
        with closing(Reader(children=1)) as reader:
            seen = self._look(reader, ending, kind)
            expect("".join(words.split()) in "".join(seen.words.split()), "its words are others")
            drawn = _patiently(lambda: reader.draw(path, name, (200, 200)), bool)
            expect(drawn and len(set(drawn.rgb)) > 1, "it cannot be drawn")
            copy = self._shop.folder / f"{ending}.jpg"
            if kind == "picture":
                expect(reader.printable(path, name, copy), "it cannot be made printable")

    def _look(self, reader: Reader, ending: str, kind: Kind) -> Look:
        def is_right(seen: Look) -> bool:
            return seen.kind == kind and not seen.sentence

        path, name = self._places[ending], f"หลักฐาน.{ending}"
        seen = _patiently(lambda: reader.look(path, name), is_right)
        told = f"a file of kind {kind} is taken for {seen.kind} {seen.sentence}".strip()
        expect(is_right(seen), told)
        return seen


def _patiently(ask: Callable[[], A], is_right: Callable[[A], bool]) -> A:
    """The first answer that is right, else the last."""
    for _ in range(ASKED - 1):
        answer = ask()
        if is_right(answer):
            return answer
    return ask()
