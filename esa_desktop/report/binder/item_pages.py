"""The pages of one item: of every file of it, or a page that says what stands in its place."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from esa_desktop.domain.binder import Trouble
from esa_desktop.domain.evidence import EvidenceFile
from esa_desktop.report.binder import sentences
from esa_desktop.report.binder.entries import Entry
from esa_desktop.report.binder.job import BinderJob, BoundFile
from esa_desktop.report.binder.leaf import Box, Leaf
from esa_desktop.report.binder.notes import note_page
from esa_desktop.report.binder.own_pages import own_leaf
from esa_desktop.report.binder.pdf_pages import PageFault, SourceFile
from esa_desktop.report.binder.picture_leaf import PictureFault, pictures_of
from esa_desktop.report.binder.text_pages import TextFault, text_pages
from esa_desktop.report.binder.volume_file import VolumeFile
from esa_desktop.report.book.column import BookSetting
from esa_desktop.report.measures import MM

_OFFICE: Final = ("document", "sheet", "slides")
_PICTURE_BOX: Final = (15 * MM, 22 * MM, 195 * MM, 275 * MM)
"""Left, lower, right, upper edge on A4: clear of the stamp in whatever corner it stands."""
_CERTIFIED_BOX: Final = (15 * MM, 50 * MM, 195 * MM, 275 * MM)
"""With a place to sign below the picture."""
_COARSEST: Final = 0.75
"""Points a pixel: a small picture drawn larger only shows its pixels."""

Tell = Callable[[Entry, str], None]
"""Called with the sha256 of a file before it is opened."""


@dataclass(frozen=True, slots=True)
class ItemLeaf:
    leaf: Leaf
    is_evidence: bool
    """A page of somebody's file, not one of the program's own."""


class _Fault(Exception):
    """A file that cannot be bound: what to tell the office, and what to print in its place."""

    def __init__(self, sentence: str, on_paper: str = sentences.NOT_PRINTED) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.on_paper = on_paper


class ItemPages:
    """Writes items into volumes; remembers files that were written, so that a second item with
    the same file costs nothing.
    """

    def __init__(self, job: BinderJob, setting: BookSetting, office: dict[str, Path]) -> None:
        """``office``: PDFs that LibreOffice made, by the sha256 of the file they were made from."""
        self._job = job
        self._setting = setting
        self._office = office
        self._known: dict[tuple[int, str], list[Leaf]] = {}

    def forget(self) -> None:
        """What was written is taken back or the volume is another one."""
        self._known.clear()

    def of(
        self, entry: Entry, volume: VolumeFile, tell: Tell
    ) -> tuple[list[ItemLeaf], list[Trouble]]:
        """At least one page, all its objects written, and the troubles met."""
        item = entry.item
        if item.confidential and self._job.options.confidential == "name":
            return [self._note(entry, sentences.CONFIDENTIAL, sentences.CONFIDENTIAL_WORDS)], []
        if not item.files:
            sentence = sentences.ELSEWHERE if item.place else sentences.NO_PLACE
            return [self._note(entry, "หลักฐานที่ไม่ได้อยู่ในแฟ้ม", sentence)], []
        leaves: list[ItemLeaf] = []
        troubles: list[Trouble] = []
        for file in item.files:
            mark = volume.mark()
            try:
                tell(entry, file.sha256)
                found = self._file(file, volume)
                leaves += [ItemLeaf(leaf, is_evidence=True) for leaf in found]
            except _Fault as fault:
                volume.take_back(mark)
                words = f"{fault.on_paper} {self._whom_to_ask(entry)}"
                leaves.append(self._note(entry, "ไฟล์ที่ไม่ได้พิมพ์ในแฟ้ม", words, file.name))
                troubles.append(Trouble(item.code, file.name, fault.sentence))
        return leaves, troubles

    def _whom_to_ask(self, entry: Entry) -> str:
        """Who answers for the item is named on the same page, where anybody is known."""
        if entry.item.owner:
            return sentences.ASK_OWNER
        return sentences.ASK_OFFICE.format(self._job.assessed.office or sentences.SOME_OFFICE)

    def _note(self, entry: Entry, heading: str, sentence: str, name: str = "") -> ItemLeaf:
        page = note_page(self._setting, entry, heading, sentence, name)
        return ItemLeaf(own_leaf(page), is_evidence=False)

    def _file(self, file: EvidenceFile, volume: VolumeFile) -> list[Leaf]:
        key = (id(volume), file.sha256)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = list(self._new(file, volume))
        return known

    def _new(self, file: EvidenceFile, volume: VolumeFile) -> Iterator[Leaf]:
        bound = self._job.files.get(file.sha256)
        if bound is None or not bound.path:
            sentence = bound.sentence if bound and bound.sentence else sentences.MISSING
            raise _Fault(sentence, sentences.NOT_THERE)
        if bound.sentence:
            raise _Fault(bound.sentence)
        path = Path(bound.path)
        if not path.is_file():
            raise _Fault(sentences.MISSING, sentences.NOT_THERE)
        if bound.kind in _OFFICE:
            yield from self._converted(file.sha256, volume)
        elif bound.kind == "pdf":
            yield from _pdf_leaves(path, volume, sentences.PDF_FAULT)
        elif bound.kind == "picture":
            box = _CERTIFIED_BOX if self._job.options.certified else _PICTURE_BOX
            yield from _picture_leaves(path, volume, box)
        elif bound.kind == "text":
            yield from self._text_leaves(bound)
        else:
            raise _Fault(sentences.OTHER, sentences.OTHER)

    def _converted(self, sha256: str, volume: VolumeFile) -> Iterator[Leaf]:
        made = self._office.get(sha256)
        if made is None:
            wanted = self._job.options.office_files and self._office_found
            if wanted:
                raise _Fault(sentences.OFFICE_FAULT)
            raise _Fault(sentences.NO_OFFICE, sentences.NO_OFFICE)
        yield from _pdf_leaves(made, volume, sentences.OFFICE_FAULT)

    @property
    def _office_found(self) -> bool:
        from esa_desktop.report.binder.office_files import find_office

        return find_office() is not None

    def _text_leaves(self, bound: BoundFile) -> Iterator[Leaf]:
        try:
            for page in text_pages(self._setting, Path(bound.path), bound.name):
                yield own_leaf(page)
        except TextFault as fault:
            raise _Fault(sentences.TEXT_FAULT) from fault


def _pdf_leaves(path: Path, volume: VolumeFile, sentence: str) -> Iterator[Leaf]:
    try:
        source = SourceFile(path)
        try:
            yield from source.leaves(volume)
        finally:
            source.close()
    except PageFault as fault:
        raise _Fault(sentence) from fault


def _picture_leaves(path: Path, volume: VolumeFile, box: Box) -> Iterator[Leaf]:
    try:
        for picture in pictures_of(path, volume):
            yield Leaf(content=picture.fitted(box, _COARSEST), objects=(("P", picture.number),))
    except PictureFault as fault:
        raise _Fault(sentences.PICTURE_FAULT) from fault
