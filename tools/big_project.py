"""A project of many years for the benches: every text different, evidence of any size that costs no room."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.evidence import Evidence, EvidenceFile
from esa_desktop.domain.fields import (
    Field,
    Kind,
    encode,
    framework_field,
    indicator_field,
    issue_field,
    item_field,
    link_field,
)
from esa_desktop.domain.framework import Framework
from esa_desktop.domain.revision import Revision, make_revision
from esa_desktop.services.identity import Who
from esa_desktop.services.projects import create_project
from esa_desktop.storage.evidence_files import path_of
from esa_desktop.storage.lock import Holder
from esa_desktop.storage.store import Store, Write
from tools.bench_paper import assessment_round
from tools.bench_text import Prose

WHO: Final = Who("bench", "0190a000-0000-7000-8000-00000000000b", "bench")
TIME: Final = "2026-11-22T03:00:00.000+00:00"
FIRST_YEAR: Final = 2550


@dataclass(frozen=True, slots=True)
class Size:
    """Of each year 20 indicators with 5 issues (`tools.bench_text`), a file of evidence an issue."""

    years: int
    paragraphs: int
    """Of an issue's method; its results have half as many."""
    versions: int
    """Of each text: what opening has to pass over."""
    evidence_bytes: int
    """In all."""


def build(folder: Path, size: Size) -> None:
    """Write the project; files of evidence are holes with a few bytes in front that tell them apart."""
    rounds = [_round(year, size) for year in range(FIRST_YEAR, FIRST_YEAR + size.years)]
    first = rounds[0]
    create_project(
        folder, first.framework, office="สพป.ทดสอบ", fiscal_year=first.fiscal_year, who=WHO
    )
    each = size.evidence_bytes // sum(len(assessed.issues) for assessed in rounds)
    store = Store.open(folder, Holder(WHO.author, WHO.computer, TIME, WHO.device))
    try:
        for assessed in rounds:
            files = {issue: _file(folder, assessed, issue, each) for issue in assessed.issues}
            revisions = tuple(_revisions(assessed, files, size.versions))
            store.write(Write(revisions=revisions, files=tuple(files.values())))
    finally:
        store.close()


def _round(year: int, size: Size) -> AssessmentRound:
    assessed = assessment_round(Prose(year).form(size.paragraphs))
    return replace(assessed, fiscal_year=year)


def _file(folder: Path, assessed: AssessmentRound, issue: str, size: int) -> EvidenceFile:
    scratch = folder / "evidence" / "new"
    with scratch.open("wb") as file:
        file.write(f"{assessed.fiscal_year} {issue} ".encode())
        file.truncate(size)
    with scratch.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    place = path_of(folder, sha256)
    place.parent.mkdir(exist_ok=True)
    scratch.rename(place)
    return EvidenceFile(sha256, f"{assessed.fiscal_year} {issue}.pdf", size)


def _revisions(
    assessed: AssessmentRound, files: dict[str, EvidenceFile], versions: int
) -> Iterator[Revision]:
    for field, value in _values(assessed, files):
        texts = field.kind in (Kind.METHOD, Kind.RESULTS, Kind.SUGGESTIONS)
        parents: tuple[str, ...] = ()
        for version in range(versions if texts else 1, 0, -1):
            # Earlier versions end earlier.
            told = replace(value, blocks=value.blocks[: -version + 1 or None]) if texts else value
            body = encode(field.kind, told)
            revision = make_revision(
                field, parents, body, author=WHO.author, device=WHO.device, time=TIME
            )
            yield revision
            parents = (revision.id,)


def _values(
    assessed: AssessmentRound, files: dict[str, EvidenceFile]
) -> Iterator[tuple[Field, Any]]:
    year = assessed.fiscal_year
    framework: Framework = assessed.framework
    if year != FIRST_YEAR:
        yield framework_field(year), framework
    for name, issue in assessed.issues.items():
        yield issue_field(year, name, Kind.METHOD), issue.method
        yield issue_field(year, name, Kind.RESULTS), issue.results
        yield issue_field(year, name, Kind.ACTED_ON), True
        item = f"{year}-{name}"
        told = Evidence(
            item, f"{framework.code_of(name)}-01", f"หลักฐาน {item}", files=(files[name],)
        )
        yield item_field(item), told
        yield link_field(year, name, item), "a"
    for name, indicator in assessed.indicators.items():
        yield indicator_field(year, name, Kind.LEVEL), indicator.level
        yield indicator_field(year, name, Kind.SUGGESTIONS), indicator.suggestions
