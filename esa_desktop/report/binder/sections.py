"""What dividers, bookmarks and the index say of standards, indicators and issues."""

from collections.abc import Sequence

from esa_desktop.domain.binder_order import BinderSection
from esa_desktop.domain.framework import Issue
from esa_desktop.report.binder.dividers import Divider
from esa_desktop.report.binder.entries import Digits

_STANDARD = "มาตรฐานที่"
_INDICATOR = "ตัวบ่งชี้ที่"
_ISSUE = "ประเด็นการพิจารณาที่"


def headings(section: BinderSection, digits: Digits) -> tuple[str, str, str]:
    """Of standard, indicator and section, each on one line."""
    indicator = f"{section.standard.number}.{section.indicator.number}"
    return (
        f"{_STANDARD} {digits(section.standard.number)} {section.standard.name}".strip(),
        f"{_INDICATOR} {digits(indicator)} {section.indicator.name}".strip(),
        f"{digits(section.code)} {section.node.name}".strip(),
    )


def standard_divider(sections: Sequence[BinderSection], section: BinderSection) -> Divider:
    """``sections``: all of the binder; the divider names those behind it."""
    standard = section.standard
    held = [other for other in sections if other.standard is standard]
    indicators = {f"{standard.number}.{o.indicator.number}": o.indicator.name for o in held}
    return Divider(
        f"{standard.number}",
        _STANDARD,
        standard.name,
        holds=tuple(indicators.items()),
        place=standard.number - 1,
    )


def indicator_divider(
    sections: Sequence[BinderSection], section: BinderSection, digits: Digits
) -> Divider:
    standard, indicator = section.standard, section.indicator
    held = [o for o in sections if o.indicator is indicator and isinstance(o.node, Issue)]
    return Divider(
        f"{standard.number}.{indicator.number}",
        _INDICATOR,
        indicator.name,
        above=headings(section, digits)[:1],
        holds=tuple((o.code, o.node.name) for o in held),
        place=indicator.number - 1,
    )


def issue_divider(section: BinderSection, digits: Digits) -> Divider:
    return Divider(
        section.code,
        _ISSUE,
        section.node.name,
        above=headings(section, digits)[:2],
        place=section.node.number - 1,
    )
