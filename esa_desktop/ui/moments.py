"""When and by whom something was written, in the words of lists: days, times, people, computers."""

from datetime import date, datetime, timedelta

from PySide6.QtCore import QCoreApplication

from esa_desktop.domain.thai import thai_date, thai_time


def _tr(words: str) -> str:
    return QCoreApplication.translate("moments", words)


def day_words(moment: datetime | None, today: date | None = None) -> str:
    """``วันนี้``, ``เมื่อวาน`` or ``๑๑ มิ.ย. ๒๕๖๘``; that it is not known, for no time."""
    if moment is None:
        return _tr("ไม่ทราบวันที่")
    now = today or datetime.now().astimezone().date()
    near = {now: _tr("วันนี้"), now - timedelta(days=1): _tr("เมื่อวาน")}
    return near.get(moment.date()) or thai_date(moment.date(), short=True)


def moment_words(moment: datetime | None, today: date | None = None) -> str:
    """Day and time."""
    if moment is None:
        return _tr("ไม่ทราบเวลา")
    return f"{day_words(moment, today)} {thai_time(moment)}"


def person_words(author: str, computer: str) -> str:
    """``นางสาวพิมพ์ใจ · เครื่อง PC-1``; without what is not known."""
    machine = _tr("เครื่อง {name}").format(name=computer) if computer else ""
    return " · ".join(filter(None, (author, machine)))
