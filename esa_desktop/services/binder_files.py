"""The files of a binder before they are bound: what each one is, and a copy for paper where it needs one."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Final

from esa_desktop.domain.binder import BinderOptions
from esa_desktop.domain.evidence import Evidence, EvidenceFile
from esa_desktop.services.binder_wish import PathOf
from esa_desktop.services.intake_printable import name_of_copy
from esa_desktop.services.reading import Reader

if TYPE_CHECKING:
    from esa_desktop.report.binder.job import BoundFile

Progress = Callable[[int, int], None]
Cancel = Callable[[], bool]
AT_ONCE: Final = 2
"""Files looked at a time, as many as a reader has children."""
MOST_PIXELS: Final = 50_000_000
"""Of a picture that can only be unpacked as a whole; a larger one gets a copy for paper."""
_UNPACKED_SMALL: Final = (b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
"""How pictures begin that are read small however large they are, or page by page: JPEG and TIFF."""
MISSING: Final = "ไม่พบไฟล์นี้ในงานประเมิน กรุณาหาไฟล์แล้วแนบใหม่"
UNREADABLE: Final = "อ่านรูปนี้ไม่ได้ กรุณาเปิดด้วยโปรแกรมดูรูป บันทึกเป็น JPG แล้วแนบใหม่"


def look_at_files(
    items: Iterable[Evidence],
    options: BinderOptions,
    reader: Reader,
    path_of: PathOf,
    place: Path,
    *,
    progress: Progress | None = None,
    cancelled: Cancel | None = None,
) -> dict[str, "BoundFile"]:
    """What every file of the items is, by the sha256 the item names; each is looked at once.

    Copies for paper are made in ``place``. Files of confidential items are not touched unless the
    options ask for them. Raises `Cancelled`.
    """
    wanted: dict[str, list[EvidenceFile]] = {}
    for file in _files(items, options):
        wanted.setdefault(file.sha256, []).append(file)
    found: dict[str, BoundFile] = {}
    with ThreadPoolExecutor(AT_ONCE) as eyes:
        looks = {
            sha256: eyes.submit(_look_by_names, files, reader, path_of, place, cancelled)
            for sha256, files in wanted.items()
        }
        try:
            for done, (sha256, look) in enumerate(looks.items()):
                if progress is not None:
                    progress(done, len(looks))
                found[sha256] = look.result()
        except BaseException:
            for look in looks.values():
                look.cancel()
            raise
    return found


def _files(items: Iterable[Evidence], options: BinderOptions) -> Iterator[EvidenceFile]:
    for item in items:
        if not item.confidential or options.confidential == "include":
            yield from item.files


def _look_by_names(
    files: "list[EvidenceFile]",
    reader: Reader,
    path_of: PathOf,
    place: Path,
    cancelled: Cancel | None,
) -> "BoundFile":
    """The same bytes under several names: one good name is enough, for it is the bytes that are bound."""
    first: BoundFile | None = None
    for file in {file.name: file for file in files}.values():
        look = _look(file, reader, path_of, place, cancelled)
        if not look.sentence:
            return look
        first = first or look
    assert first is not None  # noqa: S101 - for the type checker
    return first


def _look(
    file: EvidenceFile, reader: Reader, path_of: PathOf, place: Path, cancelled: Cancel | None
) -> "BoundFile":
    from esa_desktop.report.binder.job import BoundFile

    path, name = path_of(file.sha256), file.name
    if file.printable and path_of(file.printable).is_file():
        path, name = path_of(file.printable), name_of_copy(name)
    if not path.is_file():
        return BoundFile("", file.name, sentence=MISSING)
    look = reader.look(path, name, cancelled=cancelled)
    sentence = look.sentence
    if look.kind == "picture" and not sentence and _needs_copy(path, look.width * look.height):
        copy = place / f"{file.sha256}.jpg"
        if reader.printable(path, name, copy, cancelled=cancelled):
            path = copy
        else:
            sentence = UNREADABLE
    return BoundFile(str(path), file.name, look.kind, look.pages, sentence)


def _needs_copy(path: Path, pixels: int) -> bool:
    """Photographs of telephones (HEIC, AVIF) only the reader can unpack."""
    with path.open("rb") as picture:
        head = picture.read(12)
    if head[4:8] == b"ftyp":
        return True
    return pixels > MOST_PIXELS and not head.startswith(_UNPACKED_SMALL)
