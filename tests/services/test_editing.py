import itertools
from concurrent.futures import Future

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.edits import Batch, Edit, SetField
from esa_desktop.domain.errors import HeadsMoved
from esa_desktop.domain.fields import Field, Kind, encode, indicator_field, issue_field
from esa_desktop.domain.framework import Framework
from esa_desktop.domain.revision import FieldView, make_revision, view_of_heads
from esa_desktop.domain.richtext import from_plain
from esa_desktop.services.editing import Editor
from esa_desktop.services.frameworks import find_framework
from esa_desktop.services.identity import Who
from esa_desktop.storage.store import Write

YEAR = 2557
WHO = Who("ผู้ทดสอบ", "dev", "pc")
FRAMEWORK: Framework = find_framework("obec-2557")
ISSUE = FRAMEWORK.issue("1.2.1").id
INDICATOR = FRAMEWORK.indicator("1.2").id
METHOD = issue_field(YEAR, ISSUE, Kind.METHOD)
LEVEL = indicator_field(YEAR, INDICATOR, Kind.LEVEL)


class Sink:
    """Takes writes as a writer would, and commits at once."""

    def __init__(self) -> None:
        self.writes: list[Write] = []

    def __call__(self, write: Write) -> "Future[None]":
        self.writes.append(write)
        done: Future[None] = Future()
        done.set_result(None)
        return done


def an_editor(views: dict[Field, FieldView] | None = None) -> tuple[Editor, Sink]:
    sink = Sink()
    ticks = itertools.count()
    editor = Editor(
        AssessmentRound(YEAR, FRAMEWORK),
        views or {},
        submit=sink,
        graph=lambda _: {},
        who=WHO,
        now=lambda: f"2026-01-01T00:00:00.{next(ticks):03}+00:00",
    )
    return editor, sink


def method_of(editor: Editor) -> str:
    return editor.round.issue(ISSUE).method.plain


def test_an_edit_shows_in_the_round_and_goes_to_the_writer_as_a_revision() -> None:
    editor, sink = an_editor()

    editor.apply(editor.change(LEVEL, 4))

    assert editor.round.indicator(INDICATOR).level == 4
    (write,) = sink.writes
    (revision,) = write.revisions
    assert (revision.field, revision.body, revision.parents) == (LEVEL, "4", ())
    assert (revision.author, revision.device) == (WHO.author, WHO.device)


def test_the_inverse_of_an_edit_takes_it_back_and_its_inverse_does_it_again() -> None:
    editor, _ = an_editor()
    editor.apply(editor.change(LEVEL, 2))

    back = editor.apply(editor.change(LEVEL, 5))
    again = editor.apply(back)
    assert editor.round.indicator(INDICATOR).level == 2

    editor.apply(again)
    assert editor.round.indicator(INDICATOR).level == 5


def test_an_edit_on_heads_that_moved_is_refused_with_a_sentence_and_changes_nothing() -> None:
    editor, sink = an_editor()
    stale = editor.change(LEVEL, 1)
    editor.apply(editor.change(LEVEL, 3))
    before = len(sink.writes)

    with pytest.raises(HeadsMoved, match="ประวัติ"):
        editor.apply(stale)

    assert editor.round.indicator(INDICATOR).level == 3
    assert len(sink.writes) == before


def test_a_batch_is_one_write_and_one_inverse() -> None:
    editor, sink = an_editor()
    edit = Batch((editor.change(LEVEL, 3), editor.change(METHOD, from_plain("ทำ"))), "สองช่อง")

    inverse = editor.apply(edit)

    assert len(sink.writes) == 1
    assert len(sink.writes[0].revisions) == 2
    editor.apply(inverse)
    assert editor.round.indicator(INDICATOR).level is None
    assert method_of(editor) == ""


def test_listeners_hear_which_fields_changed_until_they_stop() -> None:
    editor, _ = an_editor()
    heard: list[frozenset[Field]] = []
    stop = editor.subscribe(heard.append)
    editor.apply(editor.change(LEVEL, 3))
    stop()

    editor.apply(editor.change(LEVEL, 4))

    assert heard == [frozenset({LEVEL})]


def test_typing_is_shown_at_once_and_written_as_a_draft_not_as_a_revision() -> None:
    editor, sink = an_editor()

    editor.type_value(METHOD, from_plain("กำลังพิมพ์"))

    assert method_of(editor) == "กำลังพิมพ์"
    assert [len(w.revisions) for w in sink.writes] == [0]
    assert sink.writes[0].drafts[0].body == encode(Kind.METHOD, from_plain("กำลังพิมพ์"))
    assert editor.view(METHOD).body == ""


def test_the_end_of_a_visit_cuts_one_revision_and_drops_the_draft() -> None:
    editor, sink = an_editor()
    for words in ("ก", "กข", "กขค"):
        editor.type_value(METHOD, from_plain(words))

    undone_by = editor.finish_typing(METHOD)

    assert sink.writes[-1].dropped == ((METHOD, WHO.device),)
    assert [r.body for r in sink.writes[-1].revisions] == [encode(Kind.METHOD, from_plain("กขค"))]
    assert undone_by is not None
    editor.apply(undone_by)
    assert method_of(editor) == ""


def test_a_note_lies_on_the_disk_and_is_seen_nowhere_until_an_edit_takes_its_place() -> None:
    editor, sink = an_editor()
    before = editor.round

    editor.note(METHOD, from_plain("ครึ่งคำ"))
    editor.note(METHOD, from_plain("ครึ่งคำ"))

    assert editor.round == before
    assert [len(write.drafts) for write in sink.writes] == [1]
    editor.apply(editor.change(METHOD, from_plain("ครบคำ")))
    assert sink.writes[-1].dropped == ((METHOD, WHO.device),)
    assert len(sink.writes[-1].revisions) == 1
    editor.apply(editor.change(METHOD, from_plain("อีกครั้ง")))
    assert sink.writes[-1].dropped == ()


def test_a_note_of_what_is_stored_takes_the_note_back() -> None:
    editor, sink = an_editor()
    editor.note(METHOD, from_plain("ครึ่งคำ"))

    editor.note(METHOD, from_plain(""))

    assert sink.writes[-1].dropped == ((METHOD, WHO.device),)
    editor.note(METHOD, from_plain(""))
    assert len(sink.writes) == 2


def test_leaving_a_project_takes_back_what_was_given_up() -> None:
    editor, sink = an_editor()
    editor.note(METHOD, from_plain("เลิกพิมพ์แล้ว"))

    editor.finish_all_typing()

    assert sink.writes[-1].dropped == ((METHOD, WHO.device),)


def test_a_checkpoint_cuts_a_revision_but_the_visit_stays_one_step() -> None:
    editor, sink = an_editor()
    editor.type_value(METHOD, from_plain("ครึ่งแรก"))
    editor.checkpoint()
    editor.type_value(METHOD, from_plain("ครึ่งแรก ครึ่งหลัง"))

    undone_by = editor.finish_typing(METHOD)

    assert sum(len(w.revisions) for w in sink.writes) == 2
    assert isinstance(undone_by, SetField)
    assert undone_by.body == ""


def test_a_visit_that_changed_nothing_in_the_end_is_no_step() -> None:
    editor, sink = an_editor()
    editor.type_value(METHOD, from_plain("ลอง"))
    editor.type_value(METHOD, from_plain(""))

    assert editor.finish_typing(METHOD) is None
    assert all(not w.revisions for w in sink.writes)


def test_an_edit_of_a_field_that_is_being_typed_in_stands_on_nothing_lost() -> None:
    editor, _ = an_editor()
    editor.type_value(METHOD, from_plain("พิมพ์ค้าง"))
    stale = SetField(METHOD, encode(Kind.METHOD, from_plain("จากที่อื่น")), ())

    with pytest.raises(HeadsMoved):
        editor.apply(stale)

    assert method_of(editor) == "พิมพ์ค้าง"


def test_typing_into_a_field_with_two_heads_settles_it() -> None:
    one, two = (
        make_revision(
            METHOD,
            (),
            encode(Kind.METHOD, from_plain(words)),
            author="x",
            device=words,
            time="t",
        )
        for words in ("ฉบับหนึ่ง", "ฉบับสอง")
    )
    view = view_of_heads(METHOD, [one, two], dict)
    editor, _ = an_editor({METHOD: view})
    assert editor.round.unsettled

    editor.type_value(METHOD, from_plain("ตกลงตามนี้"))
    editor.finish_typing(METHOD)

    assert editor.view(METHOD).state == "clean"
    assert not editor.round.unsettled


@given(st.lists(st.tuples(st.booleans(), st.sampled_from([1, 2, 3, 4, 5, None])), max_size=12))
def test_taking_every_edit_back_in_order_restores_the_round(steps: list[tuple[bool, int]]) -> None:
    editor, _ = an_editor()
    inverses: list[Edit] = []
    for on_level, number in steps:
        field, value = (LEVEL, number) if on_level else (METHOD, from_plain(f"ข้อ {number}"))
        edit = editor.change(field, value)
        if editor.is_change(edit):
            inverses.append(editor.apply(edit))

    for inverse in reversed(inverses):
        editor.apply(inverse)

    assert editor.round.indicator(INDICATOR).level is None
    assert method_of(editor) == ""


def conflicting(field: Field, *bodies: str) -> FieldView:
    heads = [make_revision(field, (), body, author=body, device=body, time="t") for body in bodies]
    return view_of_heads(field, heads, dict)


def test_choosing_the_shown_one_of_two_texts_settles_the_conflict() -> None:
    texts = [encode(Kind.METHOD, from_plain(words)) for words in ("ก", "ข")]
    editor, _ = an_editor({METHOD: conflicting(METHOD, *texts)})
    shown = editor.view(METHOD).value

    edit = editor.change(METHOD, shown)
    assert editor.is_change(edit)
    editor.apply(edit)

    assert not editor.round.unsettled


def test_taking_back_the_choice_between_two_judgements_makes_no_judgement() -> None:
    editor, _ = an_editor({LEVEL: conflicting(LEVEL, "4", "2")})
    assert editor.round.indicator(INDICATOR).level is None

    back = editor.apply(editor.change(LEVEL, 5))
    editor.apply(back)

    assert editor.round.indicator(INDICATOR).level is None


def test_a_listener_that_fails_does_not_cost_the_others_or_the_step(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    editor, _ = an_editor()
    told: list[object] = []
    monkeypatch.setattr("sys.excepthook", lambda kind, error, trace: told.append(error))

    def fail(_: frozenset[Field]) -> None:
        raise ZeroDivisionError

    heard: list[frozenset[Field]] = []
    editor.subscribe(fail)
    editor.subscribe(heard.append)

    back = editor.apply(editor.change(LEVEL, 4))

    assert len(told) == len(heard) == 1
    editor.apply(back)
    assert editor.round.indicator(INDICATOR).level is None
