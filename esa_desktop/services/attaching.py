"""Evidence: from files on a disk to edits that attach, share, move, rename and detach items."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePath
from types import MappingProxyType
from typing import Final

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.edits import Batch, SetField
from esa_desktop.domain.errors import AttachError
from esa_desktop.domain.evidence import Evidence, EvidenceFile, code_sort_key
from esa_desktop.domain.fields import item_field, link_field
from esa_desktop.domain.ids import new_id
from esa_desktop.domain.ranks import rank_between, ranks_after
from esa_desktop.domain.thai import clean_text
from esa_desktop.services.editing import Editor
from esa_desktop.services.reading import may_run
from esa_desktop.services.title_proposal import Proposal, title_from_name
from esa_desktop.storage.evidence_copies import open_copy
from esa_desktop.storage.evidence_files import is_kept, keep

KINDS = {
    ".pdf": "เอกสาร",
    ".doc": "เอกสาร",
    ".docx": "เอกสาร",
    ".odt": "เอกสาร",
    ".rtf": "เอกสาร",
    ".txt": "เอกสาร",
    ".xls": "ตาราง",
    ".xlsx": "ตาราง",
    ".ods": "ตาราง",
    ".csv": "ตาราง",
    ".ppt": "งานนำเสนอ",
    ".pptx": "งานนำเสนอ",
    ".odp": "งานนำเสนอ",
    ".jpg": "ภาพถ่าย",
    ".jpeg": "ภาพถ่าย",
    ".png": "ภาพถ่าย",
    ".heic": "ภาพถ่าย",
    ".heif": "ภาพถ่าย",
    ".webp": "ภาพถ่าย",
    ".tif": "ภาพถ่าย",
    ".tiff": "ภาพถ่าย",
    ".mp4": "วีดิทัศน์",
    ".mov": "วีดิทัศน์",
}
"""What a file's ending says about the kind of evidence; a person may change it."""

TAKEN_AWAY: Final = "ไฟล์ “{name}” หายไปหลังจากแนบ อาจถูกโปรแกรมป้องกันไวรัสนำออก กรุณาตรวจไฟล์นี้แล้วแนบใหม่"
NO_PROPOSALS: Final[Mapping[str, Proposal]] = MappingProxyType({})
GONE: Final = "ไฟล์ “{name}” ไม่อยู่ในงานประเมินแล้ว กรุณาแนบไฟล์ต้นฉบับอีกครั้ง"
AT_ONCE: Final = 3
"""Files copied at a time: while the disk flushes one, another is read and hashed."""


@dataclass(frozen=True, slots=True)
class Intake:
    """What came of a handful of files: those that are safe in the project, and why others are not."""

    files: tuple[EvidenceFile, ...]
    refused: tuple[AttachError, ...]


def take_in(
    folder: Path,
    sources: Sequence[Path],
    *,
    cancelled: Callable[[], bool] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Intake:
    """Copy files into the project's evidence folder; slow, for a worker.

    One bad file never stops the others. ``progress`` gets (done, total) files.
    """
    files: list[EvidenceFile] = []
    refused: list[AttachError] = []
    with ThreadPoolExecutor(AT_ONCE) as copies:
        coming = [copies.submit(keep, source, folder, cancelled=cancelled) for source in sources]
        try:
            for done, copy in enumerate(coming):
                if progress:
                    progress(done, len(sources))
                try:
                    files.append(copy.result())
                except AttachError as error:
                    refused.append(error)
        except BaseException:
            for copy in coming:
                copy.cancel()
            raise
    if progress:
        progress(len(sources), len(sources))
    # A virus scanner takes a file away when it was just closed; the others must not fall with it.
    there = still_there(folder, files, TAKEN_AWAY)
    return Intake(there.files, (*refused, *there.refused))


def still_there(folder: Path, files: Sequence[EvidenceFile], gone: str = GONE) -> Intake:
    """Which files, copied some time ago, lie in the evidence folder now; asks the disk.

    ``gone``: the sentence about one that does not.
    """
    kept = tuple(file for file in files if is_kept(folder, file))
    lost = (file for file in files if file not in kept)
    return Intake(kept, tuple(AttachError(gone.format(name=file.name)) for file in lost))


def attach(
    editor: Editor,
    issue_id: str,
    files: Sequence[EvidenceFile],
    *,
    title: str = "",
    proposals: Mapping[str, Proposal] = NO_PROPOSALS,
) -> Batch:
    """The edit that attaches files to an issue: an item a file, or one titled item of all of them.

    A file without name tells nothing, so the item's title starts as the file's name, unless there
    is a proposal under its hash; a title that is given is never replaced by one.
    """
    editor.keep_files(files)
    groups = [tuple(files)] if title and files else [(file,) for file in files]
    items = [_item_of(group, title, proposals.get(group[0].sha256)) for group in groups]
    return new_items(editor, issue_id, items)


def add_without_file(editor: Editor, issue_id: str, title: str) -> Batch:
    """An item that is no file: a web address, "ตู้ ๓ แฟ้ม ๒"."""
    return new_items(editor, issue_id, [Evidence(new_id(), "", one_line(title))])


def one_line(text: str) -> str:
    """As it is kept of what was typed into a field of one line."""
    return clean_text(text).replace("\n", " ").strip()


def _item_of(files: tuple[EvidenceFile, ...], title: str, said: Proposal | None) -> Evidence:
    name = PurePath(files[0].name)
    said = said if said is not None and len(files) == 1 else Proposal()
    # Without its ending “a.pdf.exe” would read as what it only claims to be.
    named = "" if may_run(name.name) else title_from_name(name.name)
    words = one_line(title) or said.title or named
    return Evidence(
        new_id(),
        "",
        words or one_line(name.name),
        kind=said.kind or KINDS.get(name.suffix.lower(), ""),
        number=said.number,
        date=said.dated,
        files=files,
    )


def new_items(editor: Editor, issue_id: str, items: Sequence[Evidence]) -> Batch:
    """The edit that makes items and attaches them behind those of the issue, with the next codes."""
    assessed = editor.round
    year = assessed.fiscal_year
    links = assessed.issue(issue_id).links
    ranks = ranks_after(links[-1][0] if links else "", len(items))
    codes = next_codes(assessed, issue_id, len(items))
    edits: list[SetField] = []
    for item, code, rank in zip(items, codes, ranks, strict=True):
        edits.append(editor.change(item_field(item.id), replace(item, code=code)))
        edits.append(editor.change(link_field(year, issue_id, item.id), rank))
    return Batch(tuple(edits), "แนบหลักฐาน")


def next_codes(assessed: AssessmentRound, issue_id: str, count: int) -> list[str]:
    """Codes such as ``1.2.3-04`` behind the highest one given for this issue so far."""
    prefix = assessed.framework.code_of(issue_id)
    given = [
        code_sort_key(item.code)[-1]
        for item in assessed.items.values()
        if item.code.startswith(f"{prefix}-") and code_sort_key(item.code)
    ]
    first = max(given, default=0) + 1
    return [f"{prefix}-{number:02d}" for number in range(first, first + count)]


def detach(editor: Editor, issue_id: str, item_ids: Iterable[str]) -> Batch:
    """Take items out of an issue. The items and their files stay in the register."""
    year = editor.round.fiscal_year
    edits = (editor.change(link_field(year, issue_id, item_id), "") for item_id in item_ids)
    return Batch(tuple(edits), "นำออกจากประเด็นนี้")


def share(editor: Editor, issue_id: str, item_ids: Iterable[str]) -> Batch:
    """Use items for another issue too; those it has already are passed over."""
    edits = _links_at_end(editor, issue_id, item_ids)
    return Batch(edits, "ใช้กับประเด็นอื่นด้วย")


def move(editor: Editor, source_id: str, target_id: str, item_ids: Sequence[str]) -> Batch:
    """Take items from one issue to another. Their codes stay: they may be written on paper."""
    taken = detach(editor, source_id, item_ids).edits
    return Batch((*taken, *_links_at_end(editor, target_id, item_ids)), "ย้ายหลักฐาน")


def _links_at_end(editor: Editor, issue_id: str, item_ids: Iterable[str]) -> tuple[SetField, ...]:
    assessed = editor.round
    links = assessed.issue(issue_id).links
    new = [item_id for item_id in item_ids if item_id not in assessed.issue(issue_id).evidence]
    ranks = ranks_after(links[-1][0] if links else "", len(new))
    return tuple(
        editor.change(link_field(assessed.fiscal_year, issue_id, item_id), rank)
        for item_id, rank in zip(new, ranks, strict=True)
    )


def reorder(editor: Editor, issue_id: str, item_id: str, before: str | None) -> Batch:
    """Put an item in front of another one of the issue, or at the end (``None``)."""
    links = [link for link in editor.round.issue(issue_id).links if link[1] != item_id]
    place = next((i for i, link in enumerate(links) if link[1] == before), len(links))
    low = links[place - 1][0] if place else ""
    high = links[place][0] if place < len(links) else ""
    if high and low >= high:  # two laptops gave the same rank: the id broke the tie until now
        low = ""
    field = link_field(editor.round.fiscal_year, issue_id, item_id)
    return Batch((editor.change(field, rank_between(low, high)),), "จัดลำดับหลักฐาน")


def describe(
    editor: Editor,
    item_id: str,
    *,
    title: str,
    kind: str,
    number: str,
    dated: date | None,
) -> SetField:
    """The edit that changes what a document says of itself; all else about the item stays."""
    item = editor.round.items[item_id]
    changed = replace(
        item,
        title=one_line(title) or item.title,
        kind=one_line(kind),
        number=one_line(number),
        date=dated,
    )
    return editor.change(item_field(item_id), changed)


def copy_for_opening(folder: Path, file: EvidenceFile, to: Path) -> Path:
    """A read-only copy under the file's own name, for the program the system opens it with.

    Raises `AttachError` for a missing file and for kinds that could run.
    """
    return open_copy(folder, file, to)
