"""The mirror: everything the office wrote as plain text files and an index, readable without the program."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.errors import Cancelled
from esa_desktop.domain.evidence import Evidence, EvidenceFile, safe_file_name
from esa_desktop.domain.fields import Field, Kind, decode, framework_field
from esa_desktop.domain.framework import Framework
from esa_desktop.domain.revision import FieldView
from esa_desktop.domain.thai import shorten
from esa_desktop.services.mirror_text import ABOUT, book_text, indicator_text, register_text
from esa_desktop.storage.mirror import Entry, Index, lay_down

LONGEST: Final = 80
"""Characters of a file's name: the folder above it may be deep, and Windows takes 260 in all."""
READ_FIRST: Final = "อ่านก่อน.txt"
REGISTER: Final = "บัญชีหลักฐาน.txt"
BOOK: Final = "เล่มรายงาน.txt"

Cancel = Callable[[], bool]


def mirror(
    project_folder: Path,
    project_id: str,
    views: Mapping[Field, FieldView],
    *,
    cancelled: Cancel | None = None,
) -> int:
    """Write what changed; returns how many files. For workers: slow, and touches no store.

    Raises `Cancelled`, or a `StorageError` that says the work itself is saved.
    """
    index = Index(project_id, tuple(_entries(views)), tuple(_files(views)))
    return lay_down(project_folder, _texts(views, cancelled), index, cancelled)


def _entries(views: Mapping[Field, FieldView]) -> Iterator[Entry]:
    """Deleted fields too, so that nothing deleted comes back from here."""
    for field, view in views.items():
        if view.heads:
            several = view.state != "clean"
            bodies = tuple(head.body for head in view.heads) if several else ()
            yield Entry(field, view.head_ids, view.body, bodies)


def _files(views: Mapping[Field, FieldView]) -> set[EvidenceFile]:
    """Those of every version of an item that stands."""
    files: set[EvidenceFile] = set()
    for field, view in views.items():
        if field.kind is Kind.ITEM:
            for body in {head.body for head in view.heads}:
                item: Evidence | None = decode(field, body)
                files.update(item.files if item else ())
    return files


def _texts(views: Mapping[Field, FieldView], cancelled: Cancel | None) -> dict[str, str]:
    """The readable files by their path below the mirror."""
    by_round: dict[str, list[FieldView]] = defaultdict(list)
    for field, view in views.items():
        by_round[field.round].append(view)
    rounds: list[AssessmentRound] = []
    texts = {READ_FIRST: ABOUT}
    shared: AssessmentRound | None = None
    for year in sorted(filter(None, by_round)):
        pinned = views.get(framework_field(int(year)))
        if pinned is None or not pinned.body:
            continue
        framework: Framework = pinned.value
        # Items live across years: they are decoded once, not once a year.
        shared = shared or AssessmentRound(int(year), framework).with_views(by_round[""])
        whole = replace(shared, fiscal_year=int(year), framework=framework)
        whole = whole.with_views(by_round[year])
        rounds.append(whole)
        for code, standard, indicator in framework.indicators():
            if cancelled is not None and cancelled():
                raise Cancelled("ยกเลิกแล้ว สำเนาข้อความเดิมยังอยู่")
            name = f"{year}/{text_name(code, indicator.name)}"
            texts[name] = indicator_text(whole, code, standard, indicator)
        texts[f"{year}/{BOOK}"] = book_text(whole)
    texts[REGISTER] = register_text(rounds)
    return texts


def text_name(code: str, name: str) -> str:
    """``1.2 ชื่อตัวบ่งชี้.txt``, at most `LONGEST` characters, fit for Windows."""
    title = shorten(" ".join(name.split()), LONGEST - len(code) - len(" .txt"))
    return safe_file_name(f"{code} {title}.txt")
