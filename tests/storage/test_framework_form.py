from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from esa_desktop.domain import framework_edits as desk
from esa_desktop.domain.errors import FrameworkFileError
from esa_desktop.domain.framework import Framework, IndicatorType, RubricRow
from esa_desktop.domain.framework_changes import differences, merge_edition
from esa_desktop.domain.framework_problems import problems, unfinished
from esa_desktop.domain.framework_tree import places
from esa_desktop.storage import framework_sheets as sheets
from esa_desktop.storage.framework_file import shipped
from esa_desktop.storage.framework_form import form_bytes, read_form
from tests.domain.framework_steps import frameworks, office
from tests.storage.forms import EDITION, NOWHERE, Form, outline

FOUR = ("ก", "ข", "ค", "ง")


def refusal(form: Form, current: Framework | None = None) -> str:
    with pytest.raises(FrameworkFileError) as caught:
        form.read(current)
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert "wst.xlsx" in sentence
    return sentence


def filled(*names: str) -> Form:
    return Form().say().nodes(*outline(*names))


# --- round trips ------------------------------------------------------------------------------


@given(frameworks())
@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.too_slow])
def test_an_edition_is_read_as_it_was_written(framework: Framework) -> None:
    again = read_form(NOWHERE, None, form_bytes(framework, NOWHERE))

    assert again == replace(framework, draft=framework.draft or unfinished(framework))


@pytest.mark.parametrize("place", [0, 1])
def test_what_is_shipped_is_read_as_it_was_written(place: int) -> None:
    assert read_form(NOWHERE, None, form_bytes(shipped()[place], NOWHERE)) == shipped()[place]


@pytest.mark.parametrize(
    "name",
    ["=1+1", "+66", "-", "@SUM(A1)", "'ก", "#N/A", "_x0041_", "1.10", "TRUE", "=cmd|' /C calc'!A0"],
)
def test_a_text_is_never_a_formula(name: str) -> None:
    made = desk.rename(office(1, 1, 4), "q1", name)
    content = form_bytes(made, NOWHERE)
    form = Form(made)

    assert read_form(NOWHERE, None, content) == made
    cells = [cell for row in form.book[sheets.NODE_SHEET].iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    written = form.cell(sheets.NODE_SHEET, 3, "issue")
    assert written.quotePrefix == (name[0] in "=+-@'")


def test_an_edition_a_form_cannot_hold_is_refused_with_a_way_out() -> None:
    made = office(1, 1, 4)
    exact = replace(made.standards[0], share=100 / 3)

    with pytest.raises(FrameworkFileError, match=r"กรุณาบันทึกเป็นไฟล์ \.toml แทน"):
        form_bytes(replace(made, standards=(exact,)), NOWHERE)


# --- an empty form, filled --------------------------------------------------------------------


def test_an_office_fills_in_the_empty_form() -> None:
    rows = outline("# หนึ่ง", "## ตัวบ่งชี้", *FOUR, "## สอง", "# สาม")
    rows[1] |= {"weight": "๕.๕", "weight_verified": "ตรวจแล้ว", "weight_source": "คู่มือ หน้า ๔"}
    rows[0] |= {"weight": "ร้อยละ ๓๐"}
    rows[6] |= {"type": "วัดค่าเทียบเกณฑ์", "unit": "ร้อยละ"}
    form = Form().say().nodes(*rows)
    form.rubric(*[{"line": f"ตั้งแต่ร้อยละ {v}", "at_least": str(v)} for v in (90, 80, 70, 60, 50)])
    form.cell(sheets.ROW_SHEET, 0, "code").value = "๑.๒"

    read = form.read()

    assert (read.title, read.year, read.draft) == ("ฉบับของเขต", 2568, True)
    assert [code for code, _ in read.walk()] == [
        "1", "1.1", "1.1.1", "1.1.2", "1.1.3", "1.1.4", "1.2", "2",
    ]  # fmt: skip
    ladder, threshold = read.indicator("1.1"), read.indicator("1.2")
    assert ladder.rubric.rows == desk.usual_rows(IndicatorType.EVIDENCE_LADDER, 4)
    assert (ladder.weight, ladder.weight_verified, ladder.weight_source) == (5.5, True, "คู่มือ หน้า ๔")
    assert (read.standards[0].share, read.standards[0].share_verified) == (30, False)
    assert [row.at_least for row in threshold.rubric.rows] == [90, 80, 70, 60, 50]
    assert threshold.rubric.unit == "ร้อยละ"
    assert [p.sentence for p in problems(read)] == ["มาตรฐานนี้ยังไม่มีตัวบ่งชี้"]
    assert len(places(read)) == 8


def test_sixty_issues_pasted_as_columns_are_an_office() -> None:
    names: list[str] = []
    for n in range(14):
        names += [f"# มาตรฐาน {n // 5}"] if n % 5 == 0 else []
        names += [f"## ตัวบ่งชี้ {n}", *(f"ประเด็น {n} {q}" for q in range(5 if n < 4 else 4))]

    read = filled(*names).read()

    assert (len(read.standards), sum(1 for _ in read.indicators()), sum(1 for _ in read.issues())) == (
        3, 14, 60,
    )  # fmt: skip
    assert not unfinished(read)
    assert all(len(indicator.rubric.rows) == 5 for _, _, indicator in read.indicators())


@pytest.mark.parametrize("missing", list(EDITION))
def test_a_new_edition_has_a_title_and_a_year(missing: str) -> None:
    form = Form().say({**EDITION, missing: None}).nodes(*outline("# ก"))

    assert f"กรุณากรอกช่อง “{missing}”" in refusal(form)
    assert form.read(office(1, 1, 4)).year in (2557, 2568)


def test_blank_rows_between_and_a_million_below_are_nothing() -> None:
    form = filled("# ก", "", "", "## ข")
    form.book[sheets.NODE_SHEET].row_dimensions[1_048_576].height = 30

    assert [code for code, _ in form.read().walk()] == ["1", "1.1"]


def test_merged_cells_and_moved_columns_are_read() -> None:
    form = filled("# ก", "## ข", "ค")
    sheet = form.book[sheets.NODE_SHEET]
    sheet.merge_cells("B4:D4")
    sheet.insert_cols(2)
    sheet.insert_rows(1)

    assert [node.name for _, node in form.read().walk()] == ["ก", "ข", "ค"]


def test_a_percent_of_excel_is_what_it_looks_like() -> None:
    form = filled("# ก")
    cell = form.cell(sheets.NODE_SHEET, 0, "weight")
    cell.value, cell.number_format = 0.3, "0%"

    assert form.read().standards[0].share == 30


# --- what cannot be read ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "key", "value", "said"),
    [
        (0, "issue", "ก", "ช่อง D4: แถวหนึ่งมีได้ชื่อเดียว"),
        (2, "issue", "=B4", "ช่อง D6: ช่องนี้เป็นสูตร"),
        (1, "weight", date(2024, 2, 1), "Excel เปลี่ยนช่องนี้เป็นวันที่"),
        (0, "weight", "มาก", "ต้องเป็นตัวเลข ๐.๐๑ ถึง ๑๐๐"),
        (0, "weight", 101, "ต้องเป็นตัวเลข ๐.๐๑ ถึง ๑๐๐"),
        (0, "verified", "คิดว่าใช่", "กรุณาเลือก “ตรวจแล้ว” หรือ “ยังไม่ได้ตรวจ”"),
        (0, "weight_verified", "ตรวจแล้ว", "ตรวจแล้วได้ต่อเมื่อกรอกสัดส่วนหรือน้ำหนัก"),
        (1, "type", "อื่น", "กรุณาเลือก “นับหลักฐาน”"),
        (1, "works", 5, "จำนวนผลงานใช้กับตัวบ่งชี้แบบเรียงลำดับผลงานเท่านั้น"),
        (1, "works", "5.5", "ต้องเป็นจำนวนเต็ม"),
        (3, "weight", 5, "แถวนี้ยังไม่มีชื่อ"),
        (3, "use", "ทิ้ง", "กรุณาเลือก “ใช้อยู่” หรือ “เลิกใช้”"),
        (2, "issue", "ก" * 2001, "ไม่เกิน ๒,๐๐๐ ตัวอักษร"),
    ],
)
def test_what_is_wrong_is_named_with_its_cell(row: int, key: str, value: Any, said: str) -> None:
    form = filled("# ก", "## ข", "ค", *["ง"] * (key == "use"))
    form.cell(sheets.NODE_SHEET, row, key).value = value

    sentence = refusal(form)
    assert "แผ่นงาน “มาตรฐานและประเด็น”" in sentence
    assert said in sentence


@pytest.mark.parametrize(
    ("names", "said"), [(["ก"], "ไม่มีตัวบ่งชี้อยู่ข้างบน"), (["## ก"], "ไม่มีมาตรฐานอยู่ข้างบน")]
)
def test_a_node_without_one_above_it_is_told(names: list[str], said: str) -> None:
    assert said in refusal(filled(*names))


def test_a_hundredth_issue_is_told() -> None:
    assert "ไม่เกิน ๙๙" in refusal(filled("# ก", "## ข", *(f"ป{n}" for n in range(100))))


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([{"code": "9.9", "line": "ก"}], "ต้องเป็นรหัสตัวบ่งชี้ที่มีในแผ่นงาน"),
        ([{"line": "ก"}], "ต้องเป็นรหัสตัวบ่งชี้ที่มีในแผ่นงาน"),
        ([{"code": "1.1", "line": "ก", "level": 6}], "ต้องเป็นตัวเลข ๑ ถึง ๕"),
        ([{"code": "1.1", "line": "ก", "level": None}], "กรุณากรอกระดับ ๕ ถึง ๑"),
        ([{"code": "1.1", "line": "ก"}, {"line": "ข", "level": 5}], "ระดับนี้มีแถวแล้ว"),
        ([{"code": "1.1", "at_least": 5}], "ใช้กับตัวบ่งชี้แบบวัดค่าเทียบเกณฑ์เท่านั้น"),
        ([{"code": "1.1", "line": "\n".join("กขคงจฉช")}], "ไม่เกิน ๖ บรรทัด"),
        ([{"code": "1.1", "fewest": 1.5}], "ต้องเป็นจำนวนเต็ม"),
    ],
)
def test_a_wrong_rubric_row_is_named_with_its_cell(rows: list[dict[str, Any]], said: str) -> None:
    sentence = refusal(filled("# ก", "## ข", *FOUR).rubric(*rows))

    assert "แผ่นงาน “เกณฑ์”" in sentence
    assert said in sentence


def test_a_code_that_excel_made_a_number_of_is_not_guessed() -> None:
    form = filled("# ก", *(f"## ตัวบ่งชี้ {n}" for n in range(10)))
    form.rubric({"code": 1.1, "line": "ก"})

    assert "พิมพ์รหัสเป็นข้อความ" in refusal(form)
    form.rubric({"code": "1.10", "line": "ก"})
    assert form.read().indicator("1.10").rubric.rows[0].lines == ("ก",)


# --- a form that was saved from a project, edited ---------------------------------------------


def row_of(form: Form, node_id: str) -> int:
    rows = range(200)
    return next(n for n in rows if form.cell(sheets.NODE_SHEET, n, "id").value == node_id)


def test_a_changed_name_keeps_its_id() -> None:
    current = office(1, 1, 4)
    form = Form(current)
    form.cell(sheets.NODE_SHEET, row_of(form, "q1"), "issue").value = "ใหม่"

    assert form.read(current) == desk.rename(current, "q1", "ใหม่")


def test_an_inserted_row_is_a_new_issue_and_the_ladder_is_told_not_mended() -> None:
    current = office(1, 1, 4)
    form = Form(current)
    sheet = form.book[sheets.NODE_SHEET]
    sheet.insert_rows(sheets.HEADING_ROW + 1 + row_of(form, "q1"))
    form.nodes({"issue": "ใหม่"}, start=row_of(form, "q0") + 1)

    read = form.read(current)

    assert [issue.name for issue in read.indicator("1.1").issues][1] == "ใหม่"
    assert [issue.number for issue in read.indicator("1.1").issues] == [1, 2, 3, 4, 5]
    assert read.indicator("1.1").rubric == current.indicator("1.1").rubric
    assert [c.kind for c in differences(current, read)] == ["added"]
    assert unfinished(read)


def test_a_deleted_row_is_retired_on_merging_and_its_rubric_is_no_stray() -> None:
    current = office(1, 2, 8)
    form = Form(current)
    first = row_of(form, "n1")
    form.book[sheets.NODE_SHEET].delete_rows(sheets.HEADING_ROW + 1 + first, 5)

    merged = merge_edition(current, form.read(current))

    assert [c.kind for c in differences(current, merged)] == ["retired"]
    assert merged.retired_node("n1") == current.indicator("1.2")


def test_reordered_indicators_keep_their_rubrics() -> None:
    current = office(1, 2, 8)
    current = desk.set_rows(current, "n1", [RubricRow(5, ("ของ n1",), 4, 4)])
    form = Form(current)
    sheet, first = form.book[sheets.NODE_SHEET], sheets.HEADING_ROW + 2
    values = [
        [cell.value for cell in row] for row in sheet.iter_rows(min_row=first, max_row=first + 9)
    ]
    for n, row in enumerate([*values[5:], *values[:5]]):
        for place, value in enumerate(row, 1):
            sheet.cell(first + n, place).value = value

    read = form.read(current)

    assert [indicator.id for _, _, indicator in read.indicators()] == ["n1", "n0"]
    assert read.indicator("1.1").rubric.rows[0].lines == ("ของ n1",)
    assert [c.kind for c in differences(current, read)] == ["moved"]


def test_a_copied_row_is_a_new_node_and_the_original_keeps_its_id() -> None:
    current = office(1, 1, 4)
    form = Form(current)
    at = row_of(form, "q1")
    sheet = form.book[sheets.NODE_SHEET]
    sheet.insert_rows(sheets.HEADING_ROW + 1 + at)
    for column in ("issue", "id", "use", "verified"):  # the copy stands above its original
        form.cell(sheets.NODE_SHEET, at, column).value = form.cell(
            sheets.NODE_SHEET, at + 1, column
        ).value
    form.cell(sheets.NODE_SHEET, at, "issue").value = "สำเนาที่แก้แล้ว"

    read = form.read(current)

    assert [issue.id for issue in read.indicator("1.1").issues][2:] == ["q1", "q2", "q3"]
    assert read.issue("1.1.2").name == "สำเนาที่แก้แล้ว"
    assert read.issue("1.1.2").id not in places(current)


def test_a_row_marked_out_of_use_is_retired() -> None:
    current = office(1, 1, 5)
    form = Form(current)
    form.cell(sheets.NODE_SHEET, row_of(form, "q2"), "use").value = sheets.OUT_OF_USE

    assert [c.kind for c in differences(current, form.read(current))] == ["retired"]


def test_changed_rubric_rows_are_read() -> None:
    current = office(1, 1, 4)
    form = Form(current).rubric({"line": "ใหม่", "second": None, "verified": "ตรวจแล้ว"})

    row = form.read(current).indicator("1.1").rubric.rows[0]

    assert row == RubricRow(5, ("ใหม่",), 4, 4, verified=True)


def test_without_the_hidden_columns_names_find_their_nodes() -> None:
    current = office()
    form = Form(current)
    sheet = form.book[sheets.NODE_SHEET]
    sheet.delete_cols(len(sheets.NODE_COLUMNS) - 1, 2)
    rubric = form.book[sheets.ROW_SHEET]
    rubric.delete_cols(len(sheets.ROW_COLUMNS) - 1, 2)

    assert form.read(current) == current


def test_the_unchecked_stand_ins_of_a_shipped_edition_are_filled_by_a_new_form() -> None:
    current = shipped()[0]
    form = Form().nodes(
        *outline(
            "# การบริหารจัดการองค์การสู่ความเป็นเลิศ",
            "## การบริหารจัดการที่ดี",
            "ภาวะผู้นำ",
            "สารสนเทศ",
            "# การบริหารและการจัดการศึกษา",
        )
    )

    read = form.read(current)

    assert [(code, node.id) for code, node in read.walk()] == [
        ("1", "obec57-s1"),
        ("1.1", "obec57-n1"),
        ("1.1.1", "obec57-q1"),
        ("1.1.2", "obec57-q2"),
        ("2", "obec57-s2"),
    ]
    assert (read.title, read.year, read.source) == (current.title, current.year, current.source)
    assert read.standards[0].share == 30  # what the form leaves empty stays as it is
    assert read.standards[0].verified
    assert not read.issue("1.1.1").verified
    assert read.indicator("1.1").rubric == current.indicator("1.1").rubric


def test_a_ladder_that_had_no_rubric_when_it_was_saved_gets_none_by_itself() -> None:
    made = desk.set_rows(office(1, 1, 4), "n0", ())

    assert Form(made).read() == made
    assert Form(made).read(office(1, 1, 4)) == made
