"""The whole binder: every item written once in its place, then covers and indexes with all numbers."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from esa_desktop.domain.binder import BinderResult
from esa_desktop.domain.binder_order import BinderSection, binder_sections, without
from esa_desktop.domain.errors import ReportError
from esa_desktop.report.binder import sentences
from esa_desktop.report.binder.filling import Filling
from esa_desktop.report.binder.job import BinderJob, Cancel, Progress
from esa_desktop.report.binder.listener import Listener
from esa_desktop.report.binder.office_files import convert

_ATTEMPTS: Final = 6
"""At binding it anew, where a volume came out larger than was reckoned: the reckoning is generous."""
_SPARE: Final = 2_000
_OFFICE: Final = ("document", "sheet", "slides")


def bind(
    job: BinderJob,
    folder: Path,
    *,
    progress: Progress | None = None,
    cancelled: Cancel | None = None,
) -> BinderResult:
    """Write all volumes into an empty folder; slow, for a child process.

    `ReportError` where nothing is there to bind, `Cancelled` when asked. Files that cannot be
    bound are among the troubles; a page in their place says so.
    """
    sections = without(binder_sections(job.assessed, job.options.scope), job.options, job.changed)
    if not sections:
        changed = job.options.only_changed
        raise ReportError(sentences.NOTHING_CHANGED if changed else sentences.NOTHING)
    try:
        with tempfile.TemporaryDirectory(dir=folder) as scratch:
            listener = Listener(sections, progress, cancelled)
            office = _convert(job, sections, Path(scratch), listener)
            made = Filling(job, sections, folder, office, listener).made()
            spare = 0
            for attempt in range(_ATTEMPTS):
                over = _over(job, made)
                if over <= 0:
                    break
                spare += 2**attempt * (over + _SPARE)
                for volume in made.volumes:  # fewer of them bear other names
                    Path(volume.path).unlink()
                made = Filling(job, sections, folder, office, listener, spare).made()
            return made
    except OSError as error:
        raise ReportError(sentences.NO_ROOM) from error


def _over(job: BinderJob, made: BinderResult) -> int:
    """Bytes by which a volume of several items is larger than was asked for."""
    if job.options.most_mb is None:
        return 0
    most = int(job.options.most_mb * 1_000_000)
    return max((v.size - most for v in made.volumes if v.first != v.last), default=0)


def _convert(
    job: BinderJob, sections: Sequence[BinderSection], scratch: Path, listener: Listener
) -> dict[str, Path]:
    """What LibreOffice makes of documents, where it is wanted and installed."""
    if not job.options.office_files:
        return {}
    wanted: dict[str, tuple[Path, str]] = {}
    for section in sections:
        for item in section.items:
            if item.confidential and job.options.confidential == "name":
                continue
            for file in item.files:
                bound = job.files.get(file.sha256)
                if bound and bound.path and not bound.sentence and bound.kind in _OFFICE:
                    wanted[file.sha256] = (Path(bound.path), bound.name)
    return convert(
        wanted, scratch / "office", told=listener.converting, cancelled=listener.cancelled
    )
