from dataclasses import replace

from esa_desktop.domain.fields import Kind, encode, framework_field
from esa_desktop.domain.framework import Framework
from esa_desktop.domain.framework_outline import outline
from esa_desktop.domain.wording import readable
from tests.kinds_of_indicator import framework, weighed


def lines(made: Framework) -> set[str]:
    return set(outline(made).plain.split("\n"))


def changed(made: Framework) -> Framework:
    """Another threshold, another name, and an indicator out of use."""
    first, second, third = made.standards
    percent, schools = second.indicators
    rows = (replace(percent.rubric.rows[0], at_least=95.0), *percent.rubric.rows[1:])
    percent = replace(percent, name="ความพึงพอใจ", rubric=replace(percent.rubric, rows=rows))
    second = replace(second, indicators=(percent,), retired=(schools,))
    return replace(made, standards=(first, second, third))


def test_every_change_of_an_edition_is_a_line_that_is_another() -> None:
    before, after = lines(weighed(framework())), lines(changed(weighed(framework())))

    assert {"๒.๑ ความพึงพอใจ (ตรวจแล้ว)", "ระดับ ๕: ตั้งแต่ ๙๕ (ตรวจแล้ว)"} <= after - before
    assert "เลิกใช้แล้ว: โรงเรียนที่ผ่านการประเมินภายนอก" in after - before
    assert "สัดส่วน: ๓๐ (ตรวจแล้ว จากประกาศ สพฐ. หน้า ๔)" in before & after
    assert "๑.๑.๑ การวางแผน (ตรวจแล้ว)" in before & after


def test_the_history_of_an_edition_is_read_as_its_outline() -> None:
    made = framework()
    body = encode(Kind.FRAMEWORK, made)

    assert readable(framework_field(2557), body) == outline(made)
