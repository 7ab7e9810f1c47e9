"""Asks about files that are in the project already: use the item there is, or keep both."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.edits import Edit
from esa_desktop.domain.evidence import EvidenceFile
from esa_desktop.domain.thai import shorten, thai_digits
from esa_desktop.services.editing import Editor
from esa_desktop.services.intake_duplicates import (
    MOST_NAMED,
    Known,
    holders,
    is_here,
    where_words,
)
from esa_desktop.ui.banner import BannerButton
from esa_desktop.ui.notices import Notice, Notices

RANK: Final = 1
"""Before most others: somebody waits for these files to appear."""


class DuplicateQuestions(QObject):
    """A question a handful; each stays until it is answered, and nothing is attached before."""

    def __init__(
        self,
        editor: Editor,
        notices: Notices,
        *,
        push: Callable[[Edit, str], None],
        attach: Callable[[str, Sequence[EvidenceFile]], None],
        is_in_use: Callable[[str], bool],
        parent: QObject,
    ) -> None:
        """``attach`` makes new items of files for an issue; ``is_in_use`` tells, and says why not."""
        super().__init__(parent)
        self._editor = editor
        self._notices = notices
        self._push = push
        self._attach = attach
        self._is_in_use = is_in_use
        self._open: set[str] = set()
        self._number = 0

    def ask(
        self, issue_id: str, known: Sequence[Known], twice: Sequence[EvidenceFile] = ()
    ) -> None:
        """About files that came for an issue: ``known`` are items already, ``twice`` came twice."""
        if known:
            key = self._new_key()
            notice = duplicate_notice(
                key,
                self._editor.round,
                issue_id,
                known,
                share=partial(self._use, key, issue_id, known),
                attach=partial(self._attach_anew, key, issue_id, known),
                leave=partial(self._end, key),
            )
            self._notices.tell(notice)
        if twice:
            key = self._new_key()
            self._notices.tell(twice_notice(key, twice, partial(self._end, key)))

    def close(self) -> None:
        for key in tuple(self._open):
            self._end(key)

    def _new_key(self) -> str:
        self._number += 1
        key = f"duplicate {self._number}"
        self._open.add(key)
        return key

    def _use(self, key: str, issue_id: str, known: Sequence[Known]) -> None:
        """What went into the bin since, or got another file, would show nothing: a new item does."""
        from esa_desktop.services.attaching import share

        self._end(key)
        if not self._is_in_use(issue_id):
            return
        has = holders(self._editor.round)
        ids = dict.fromkeys(has[one.file.sha256] for one in known if one.file.sha256 in has)
        if ids:
            self._push(share(self._editor, issue_id, ids), self.tr("ใช้หลักฐานกับประเด็นอื่นด้วย"))
        gone = [one.file for one in known if one.file.sha256 not in has]
        if gone:
            self._attach(issue_id, gone)

    def _attach_anew(self, key: str, issue_id: str, known: Sequence[Known]) -> None:
        self._end(key)
        self._attach(issue_id, [one.file for one in known])

    def _end(self, key: str) -> None:
        self._open.discard(key)
        self._notices.drop(key)


def duplicate_notice(
    key: str,
    assessed: AssessmentRound,
    issue_id: str,
    known: Sequence[Known],
    *,
    share: Callable[[], object],
    attach: Callable[[], object],
    leave: Callable[[], object],
) -> Notice:
    """``share`` uses the items there are; ``attach`` makes new ones of the files; ``leave`` neither."""
    code = thai_digits(assessed.framework.code_of(issue_id))
    one = len(known) == 1
    what = (
        _tr("ไฟล์ “{name}” มีอยู่ในงานประเมินนี้แล้ว").format(name=shorten(known[0].file.name, 60))
        if one
        else thai_digits(_tr("{count} ไฟล์มีอยู่ในงานประเมินนี้แล้ว").format(count=len(known)))
    )
    if is_here(assessed, issue_id, known):
        way_on = BannerButton(_tr("ไม่แนบซ้ำ"), leave, is_main=True)
    else:
        words = _tr("ใช้รายการเดิมกับ {code} ด้วย").format(code=code)
        way_on = BannerButton(words, share, is_main=True)
    return Notice(
        key,
        RANK,
        "info",
        what,
        where_words(assessed, known),
        (way_on,),
        close_words=_tr("แนบเป็นรายการใหม่"),
        closed=attach,
        is_awaited=True,
    )


def twice_notice(key: str, twice: Sequence[EvidenceFile], seen: Callable[[], object]) -> Notice:
    """Chat programs save one file under several names."""
    names = " · ".join(shorten(file.name, 60) for file in twice[:MOST_NAMED])
    more = len(twice) - MOST_NAMED
    if more > 0:
        names += " · " + thai_digits(_tr("และอีก {count} ไฟล์").format(count=more))
    return Notice(
        key,
        RANK,
        "info",
        _tr("ไฟล์ที่เนื้อหาเหมือนกันแนบไว้ให้รายการเดียว"),
        _tr("ไม่ได้แนบซ้ำ: {names}").format(names=names),
        close_words=_tr("รับทราบ"),
        closed=seen,
        is_awaited=True,
    )


def _tr(words: str) -> str:
    return QCoreApplication.translate("duplicates", words)
