"""A round without storage for the tests of the panes: a small framework and an Editor over it."""

from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import replace

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.fields import Field, Kind, issue_field
from esa_desktop.domain.framework import (
    Framework,
    Indicator,
    IndicatorType,
    Issue,
    Rubric,
    RubricRow,
    Standard,
)
from esa_desktop.domain.revision import FieldView, Revision, make_revision, view_of_heads
from esa_desktop.services.editing import Editor
from esa_desktop.services.identity import Who
from esa_desktop.storage.store import Write
from esa_desktop.ui.undo import UndoStack

YEAR = 2557
ACTED = "มีการดำเนินการตามประเด็นการพิจารณาครบ ๔ ข้อ"
CLEAR = "มีร่องรอยหลักฐานปรากฏชัดเจน"
NAMES = (
    "บุคลากรใฝ่รู้ทันการเปลี่ยนแปลง",
    "การแลกเปลี่ยนและเก็บรักษาความรู้",
    "ช่องทางสื่อสารและคลังความรู้",
    "การวิจัยเพื่อพัฒนางานประจำ",
)
LADDER = Rubric(
    (
        RubricRow(5, (ACTED, f"{CLEAR} ทุกข้อ"), 4, 4, verified=True),
        RubricRow(4, (ACTED, f"{CLEAR} ๓ ข้อ"), 3, 3, verified=True),
        RubricRow(3, (ACTED, f"{CLEAR} ๒ ข้อ"), 2, 2, verified=True),
        RubricRow(2, (ACTED, f"{CLEAR} ๑ ข้อ"), 1, 1, verified=True),
        RubricRow(1, (ACTED, "ไม่มีร่องรอยหลักฐานปรากฏ"), 0, 0, verified=True),
    )
)


def ladder(name: str, number: int, title: str) -> Indicator:
    """An indicator of four issues ``<name>-1`` … ``<name>-4`` and the real ladder."""
    issues = tuple(Issue(f"{name}-{n}", n, NAMES[n - 1], verified=True) for n in range(1, 5))
    kind = IndicatorType.EVIDENCE_LADDER
    return Indicator(name, number, title, kind, LADDER, issues, verified=True)


FREE = Indicator(
    "free",
    1,
    "ผลงานที่ภาคภูมิใจ",
    IndicatorType.RANKED_WORKS,
    Rubric(()),
    (Issue("free-1", 1, "ผลงานดีเด่น", verified=True),),
    verified=True,
)
FRAMEWORK = Framework(
    "small",
    "มาตรฐานสำนักงานเขตพื้นที่การศึกษา",
    YEAR,
    (
        Standard(
            "s1",
            1,
            "การบริหารจัดการองค์การสู่ความเป็นเลิศ",
            (
                ladder("good", 1, "การบริหารจัดการที่ดี"),
                ladder("learn", 2, "การพัฒนาสู่องค์การแห่งการเรียนรู้"),
            ),
            verified=True,
        ),
        Standard("s2", 2, "การบริหารและการจัดการศึกษาที่มีประสิทธิภาพ", (FREE,), verified=True),
    ),
)


def unverified(*ids: str) -> Framework:
    """The small framework, in which only the names of these nodes wait to be verified."""
    return replace(
        FRAMEWORK,
        standards=tuple(
            replace(
                standard,
                verified=standard.id not in ids,
                indicators=tuple(
                    replace(
                        indicator,
                        verified=indicator.id not in ids,
                        issues=tuple(
                            replace(i, verified=i.id not in ids) for i in indicator.issues
                        ),
                    )
                    for indicator in standard.indicators
                ),
            )
            for standard in FRAMEWORK.standards
        ),
    )


def wide_framework(indicators: int) -> Framework:
    """One standard with many indicators."""
    many = tuple(ladder(f"n{n}", n, f"งานลำดับที่ {n}") for n in range(1, indicators + 1))
    return replace(FRAMEWORK, standards=(Standard("s", 1, "งานทั้งหมด", many, verified=True),))


class Desk:
    """An Editor, its undo stack, and every write it asked for."""

    def __init__(
        self, framework: Framework = FRAMEWORK, views: Mapping[Field, FieldView] | None = None
    ) -> None:
        self.writes: list[Write] = []
        self.editor = Editor(
            AssessmentRound(YEAR, framework),
            views or {},
            submit=self._submit,
            graph=lambda _: {},
            who=Who("นางสาวพิมพ์ใจ", "dev", "pc"),
        )
        self.undo = UndoStack(self.editor)

    def _submit(self, write: Write) -> Future[None]:
        self.writes.append(write)
        done: Future[None] = Future()
        done.set_result(None)
        return done

    def set(self, owner: str, kind: Kind, value: object) -> None:
        """Change a field as another part of the window would."""
        self.editor.apply(self.editor.change(issue_field(YEAR, owner, kind), value))

    def judge(self, issue_ids: str, clear: int) -> None:
        """Tick "acted on" for four issues and "clear evidence" for the first ``clear`` of them."""
        for n in range(1, 5):
            self.set(f"{issue_ids}-{n}", Kind.ACTED_ON, True)
            self.set(f"{issue_ids}-{n}", Kind.EVIDENCE_CLEAR, n <= clear)


def two_heads(field: Field, first: str, second: str) -> FieldView:
    """A field that นายก้อง and นางดาว wrote on two laptops; the bodies are given."""
    heads: list[Revision] = [
        make_revision(
            field, (), body, author=author, device=author, time="2014-08-05T07:31:00.000+00:00"
        )
        for author, body in (("นายก้อง", first), ("นางดาว", second))
    ]
    return view_of_heads(field, heads, dict)
