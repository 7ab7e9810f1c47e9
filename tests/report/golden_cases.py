"""The cases of the golden pages: one for each rule of setting and each option of a print, in invented words."""

from tests.report.golden.break_cases import break_cases
from tests.report.golden.case import Case
from tests.report.golden.form_cases import form_cases
from tests.report.golden.option_cases import option_cases, width_cases
from tests.report.golden.setting_cases import setting_cases


def all_cases() -> dict[str, Case]:
    """By name, in the order of the rules."""
    makers = (setting_cases, break_cases, width_cases, option_cases, form_cases)
    return {case.name: case for make in makers for case in make()}
