"""The same file attached again: told by its hash, with the items that have it already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.evidence import EvidenceFile
from esa_desktop.domain.thai import shorten, thai_digits

LONGEST_NAME = 60
MOST_NAMED = 3
"""Files a sentence names; of more it says how many."""


@dataclass(frozen=True, slots=True)
class Known:
    """A file that came in, and the item of the round whose file it is."""

    file: EvidenceFile
    item_id: str


def holders(assessed: AssessmentRound) -> Mapping[str, str]:
    """Hash of every present file to the id of the first item that has it; not what is in the bin.

    An item that serves an issue goes before one that serves none.
    """
    serving = {item for written in assessed.issues.values() for item in written.evidence}
    found: dict[str, str] = {}
    for item in sorted(assessed.items.values(), key=lambda item: (item.id not in serving, item.id)):
        if not item.binned:
            for file in item.files:
                found.setdefault(file.sha256, item.id)
    return found


def part(
    assessed: AssessmentRound, files: Sequence[EvidenceFile]
) -> tuple[tuple[EvidenceFile, ...], tuple[Known, ...], tuple[EvidenceFile, ...]]:
    """Files that are new, those an item has already, and those that came twice in this handful."""
    has = holders(assessed)
    new: dict[str, EvidenceFile] = {}
    known: dict[str, Known] = {}
    twice: list[EvidenceFile] = []
    for file in files:
        if file.sha256 in new or file.sha256 in known:
            twice.append(file)
        elif file.sha256 in has:
            known[file.sha256] = Known(file, has[file.sha256])
        else:
            new[file.sha256] = file
    return tuple(new.values()), tuple(known.values()), tuple(twice)


def is_here(assessed: AssessmentRound, issue_id: str, known: Sequence[Known]) -> bool:
    """Whether all of them serve this very issue."""
    here = assessed.issue(issue_id).evidence
    return all(one.item_id in here for one in known)


def where_words(assessed: AssessmentRound, known: Sequence[Known]) -> str:
    """One sentence: which items they are, and which issues those serve."""
    said = [_where(assessed, one) for one in known[:MOST_NAMED]]
    if len(known) > 1:  # names of files keep their own digits
        names = (shorten(one.file.name, LONGEST_NAME) for one in known)
        said = [f"“{name}” {where}" for name, where in zip(names, said, strict=False)]
    if len(known) > MOST_NAMED:
        said.append(thai_digits(f"และอีก {len(known) - MOST_NAMED} ไฟล์"))
    return " · ".join(said)


def _where(assessed: AssessmentRound, one: Known) -> str:
    item = assessed.items[one.item_id]
    codes = [assessed.framework.code_of(issue) for issue in assessed.issues_of(item.id)]
    serves = f"ใช้กับประเด็น {', '.join(codes)}" if codes else "ยังไม่ได้ใช้กับประเด็นใด"
    title = shorten(item.title, LONGEST_NAME)
    return f"คือหลักฐาน {thai_digits(item.code)} {title} ({thai_digits(serves)})"
