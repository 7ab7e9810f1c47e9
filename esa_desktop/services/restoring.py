"""Getting back what a backup has: some of it as new revisions, or all of it as a project of its own."""

from collections.abc import Collection, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Final

from esa_desktop.domain.edits import Batch, SetField
from esa_desktop.domain.errors import StorageError
from esa_desktop.domain.evidence import Evidence, EvidenceFile
from esa_desktop.domain.fields import RICH_KINDS, Field, Kind, decode, encode
from esa_desktop.domain.revision import FieldView, unwritten
from esa_desktop.domain.wording import readable
from esa_desktop.services.backing_up import Backup, answer_of
from esa_desktop.services.changes import called, printed_place
from esa_desktop.services.editing import Editor
from esa_desktop.services.projects import Project, open_project
from esa_desktop.storage.backup_faults import Undertaking
from esa_desktop.storage.backup_list import read_backup
from esa_desktop.storage.backups import is_intact
from esa_desktop.storage.evidence_files import is_kept
from esa_desktop.storage.evidence_pool import Cancel, Pool, Progress, Watch
from esa_desktop.storage.restored_project import restore

NOT_COMPARED: Final = frozenset({Kind.PRINTED, Kind.PRINT_OPTIONS, Kind.COMPUTER, Kind.BOUND})
"""What the program keeps for itself."""
FOREIGN: Final = "ข้อมูลสำรองชุดนี้เป็นของงานประเมินอื่น จึงเทียบกันไม่ได้ กรุณาเปิดเป็นงานแยกต่างหาก"
DAMAGED: Final = "ข้อมูลสำรองชุดนี้เสียหาย งานเดิมยังอยู่ครบ กรุณาเลือกข้อมูลสำรองชุดอื่น"
NO_BACKUP: Final = "“{name}” ไม่ใช่ข้อมูลสำรองที่ครบถ้วน กรุณาเลือกข้อมูลสำรองชุดอื่น"
CANCELLED: Final = "ยกเลิกการกู้คืนแล้ว ไม่มีอะไรเปลี่ยนแปลง"


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of which the backup says something else than the project."""

    field: Field
    code: str
    """In Arabic digits; empty where there is none."""
    name: str
    here: str
    """As a person reads it; equal to ``there`` where only the looks differ."""
    there: str
    body: str
    """What the field says in the backup; of an evidence item without the files in ``missing``."""
    files: tuple[EvidenceFile, ...] = ()
    """What the project must have before it takes this back; see `bring_evidence`."""
    missing: tuple[EvidenceFile, ...] = ()
    """What is neither in the project nor with the backup any more."""


@dataclass(frozen=True, slots=True)
class Restored:
    """A project made of a backup."""

    folder: Path
    missing: tuple[EvidenceFile, ...]
    """Evidence that was not to be had as it was."""


def differences(
    project: Project, backup: Backup, *, cancelled: Cancel | None = None
) -> tuple[Difference, ...]:
    """What the backup has and the project says otherwise, in printed order.

    Fields written since are not among them: nothing of the backup's stands against them. Blocks,
    for workers; call `Editor.checkpoint` first, for what is being typed is not looked at. Raises
    `StorageError`.
    """
    if backup.project_id != project.project_id:
        raise StorageError(FOREIGN)
    with Undertaking.backing_up(project.folder).said():
        intact = is_intact(backup, cancelled)
    if not intact:
        raise StorageError(DAMAGED)
    # Read from a private copy, with the drafts that were saved then.
    with Undertaking.reading(backup.folder).said_anew():
        then = open_project(backup.folder, who=project.who, read_only=True)
    with closing(then):
        there = then.editor.views
    here = project.editor.views
    views = {**there, **here}
    frameworks = {f.round: v.value for f, v in views.items() if f.kind is Kind.FRAMEWORK and v.body}
    evidence = _Evidence(project, backup, cancelled)
    found: list[Difference] = []
    for field, view in there.items():
        now = here.get(field) or unwritten(field)
        if field.kind not in NOT_COMPARED and now.body != view.body:
            code, name = called(field, view, views=views, frameworks=frameworks)
            found.append(evidence.settled(Difference(field, code, name, *_read(now, view))))
    return tuple(sorted(found, key=printed_place(frameworks, project.editor.round.fiscal_year)))


def _read(now: FieldView, then: FieldView) -> tuple[str, str, str]:
    here, there = (readable(view.field, view.body).plain for view in (now, then))
    return here, there, then.body


def bring_evidence(
    project: Project,
    backup: Backup,
    chosen: Iterable[Difference],
    *,
    cancelled: Cancel | None = None,
    progress: Progress | None = None,
) -> tuple[Difference, ...]:
    """Have in the project the files that ``chosen`` need, and return them as they can be taken back.

    Needed before `take_back`: a backup on another drive keeps its files there. One that proves
    damaged is missing from then on. Blocks, for workers. Raises `StorageError` or `Cancelled`.
    """
    wanted = tuple(chosen)
    files = {file.sha256: file for difference in wanted for file in difference.files}
    watch = Watch(cancelled, progress, sum(f.size for f in files.values()), sentence=CANCELLED)
    with Undertaking.restoring_to(project.folder, backup.folder).said():
        pool = Pool(project.folder, [backup.home], watch)
        lost = frozenset(sha256 for sha256, file in files.items() if not pool.bring(file))
        pool.settle()
    return tuple(_without(difference, lost) for difference in wanted)


def take_back(editor: Editor, chosen: Iterable[Difference]) -> Batch:
    """The edit that makes fields say again what they said in the backup; to be applied like any other.

    New revisions on top of what there is: nothing is lost, and it is one step that can be taken
    back. What is being typed becomes a revision first.
    """
    editor.checkpoint()
    wanted = tuple(chosen)
    files = {file.sha256: file for difference in wanted for file in difference.files}
    if files:
        editor.keep_files(files.values())
    edits = [
        SetField(difference.field, difference.body, view.head_ids, view.body)
        for difference in wanted
        if (view := editor.view(difference.field)).body != difference.body or view.state != "clean"
    ]
    return Batch(tuple(edits), "นำกลับจากข้อมูลสำรอง")


def restore_to(
    backup: Path,
    to: Path,
    *,
    cancelled: Cancel | None = None,
    progress: Progress | None = None,
) -> Path:
    """Make a project of its own of the backup in the folder ``backup``; see `restore_whole`."""
    return restore_whole(backup, to, cancelled=cancelled, progress=progress).folder


def restore_whole(
    backup: Path,
    to: Path,
    *,
    also_in: Sequence[Path] = (),
    cancelled: Cancel | None = None,
    progress: Progress | None = None,
) -> Restored:
    """The whole backup as a project in ``to``, a folder that is not there yet or empty.

    Database and evidence, each byte compared with its hash; the project keeps its id. Evidence is
    looked for where the backup lies, then in the project folders ``also_in``; what is nowhere is
    named, and no reason to refuse the rest. Whole or nothing left. Blocks, for workers.
    ``progress`` gets (bytes done, bytes in all). Raises `StorageError` or `Cancelled`.
    """
    found = read_backup(backup)
    if found is None:
        raise StorageError(NO_BACKUP.format(name=backup.name))
    watch = Watch(cancelled, progress, sentence=CANCELLED)
    missing = restore(found, [found.home, *also_in], to, watch)
    by_hash = {file.sha256: file for file in found.evidence}
    return Restored(to, tuple(by_hash[sha256] for sha256 in missing))


class _Evidence:
    """What of a backup's files the project has, could get, or must do without."""

    def __init__(self, project: Project, backup: Backup, cancelled: Cancel | None) -> None:
        self._project = project
        self._backup = backup
        self._cancelled = cancelled
        self._needed = {file.sha256: file for file in backup.evidence}

    @cached_property
    def _known(self) -> frozenset[str]:
        """Files the project's database knows, were they lost since or not."""
        asked = self._project.ask(lambda store: store.load().files)
        return answer_of(self._project, asked, self._cancelled)

    def settled(self, difference: Difference) -> Difference:
        files = self._files(difference)
        places = (self._project.folder, self._backup.home)
        absent = {f.sha256 for f in files if not any(is_kept(place, f) for place in places)}
        # What the project knows of and has lost it may go on naming: nothing is made worse.
        known = absent & self._known if absent else absent
        needed = tuple(file for file in files if file.sha256 not in known)
        return _without(replace(difference, files=needed), absent - known)

    def _files(self, difference: Difference) -> tuple[EvidenceFile, ...]:
        field, body = difference.field, difference.body
        try:
            value = decode(field, body)
        except ValueError:
            return ()
        if isinstance(value, Evidence):
            return value.stored_files
        if field.kind in RICH_KINDS:
            images = (self._needed.get(image.sha256) for image in value.images())
            return tuple(file for file in images if file is not None)
        return ()


def _without(difference: Difference, lost: Collection[str]) -> Difference:
    """The same without files that are not to be had: the store takes no item that names them."""
    gone = tuple(file for file in difference.files if file.sha256 in lost)
    body = difference.body
    if gone and difference.field.kind is Kind.ITEM:
        item: Evidence = decode(difference.field, body)
        left = replace(item, files=_left(item.files, lost), earlier=_left(item.earlier, lost))
        body = encode(Kind.ITEM, left)
        # A copy for paper can be made anew: nobody needs to hear of it.
        gone = tuple(file for file in item.all_files if file.sha256 in lost)
    return replace(
        difference,
        body=body,
        files=tuple(file for file in difference.files if file.sha256 not in lost),
        missing=(*difference.missing, *gone),
    )


def _left(files: Iterable[EvidenceFile], lost: Collection[str]) -> tuple[EvidenceFile, ...]:
    kept = (file for file in files if file.sha256 not in lost)
    return tuple(
        replace(file, printable="", printable_size=0) if file.printable in lost else file
        for file in kept
    )
