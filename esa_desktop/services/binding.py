"""From what is attached to a binder on the disk: files looked at, bound in a child process, put in place."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from esa_desktop.domain.binder import BinderResult
from esa_desktop.domain.errors import Cancelled
from esa_desktop.services.binder_child import BinderMaking
from esa_desktop.services.binder_files import look_at_files
from esa_desktop.services.binder_volumes import place_for, put_volumes, refuse_place
from esa_desktop.services.binder_wish import BinderWish
from esa_desktop.services.reading import Reader

Progress = Callable[[int, int], None]
Cancel = Callable[[], bool]
_LOOKING: Final = 20
"""Percent of the bar that looking at the files takes."""


def converts_office_files() -> bool:
    """Whether this computer can make pages of Office files."""
    from esa_desktop.report.binder.office_files import find_office

    return find_office() is not None


def bind_evidence(
    wish: BinderWish,
    reader: Reader,
    *,
    progress: Progress | None = None,
    cancelled: Cancel | None = None,
) -> BinderResult:
    """Write the volumes; slow, for a worker. The paths and sizes of the result are the final ones.

    Without anything to put in (only what changed, and nothing did) there is no volume and no file
    is touched. A file on which the child breaks is left out, named among the troubles, and the
    rest is bound. Raises `EsaError`, `Cancelled` too: then the disk is as it was.
    """
    if wish.options.only_changed and wish.changes.is_first:  # then there is nothing to complete
        wish = replace(wish, options=replace(wish.options, only_changed=False))
    elif wish.options.only_changed and not wish.changes.to_print:
        return BinderResult((), 0, (), {})
    several = wish.options.most_pages is not None or wish.options.most_mb is not None
    refuse_place(wish.target, several=several)
    with place_for(wish.target) as place:
        told = _Bar(progress)
        files = look_at_files(
            wish.items(),
            wish.options,
            reader,
            wish.path_of,
            place,
            progress=told.looked,
            cancelled=cancelled,
        )
        result = BinderMaking(wish, files, place, told.bound, cancelled).run()
        if cancelled is not None and cancelled():
            raise Cancelled("ยกเลิกแล้ว ไม่มีอะไรเปลี่ยนแปลง")
        paths = put_volumes(place, [Path(volume.path) for volume in result.volumes], wish.target)
    return replace(
        result,
        volumes=tuple(
            replace(volume, path=str(path), size=path.stat().st_size)
            for volume, path in zip(result.volumes, paths, strict=True)
        ),
    )


class _Bar:
    """One bar for looking and binding, in thousandths."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress

    def looked(self, done: int, total: int) -> None:
        self._tell(10 * _LOOKING * done / max(total, 1))

    def bound(self, done: int, total: int) -> None:
        self._tell(10 * (_LOOKING + (100 - _LOOKING) * done / max(total, 1)))

    def _tell(self, thousandths: float) -> None:
        if self._progress is not None:
            self._progress(min(round(thousandths), 1000), 1000)
