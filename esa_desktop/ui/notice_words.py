"""The words of the notices about the project that is open: where it lies, and what other copies know."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication

from esa_desktop.domain.thai import shorten, thai_date, thai_digits, thai_time
from esa_desktop.services.history import local_moment
from esa_desktop.services.known_copies import NewerCopy
from esa_desktop.services.places import Risk
from esa_desktop.ui.banner import BannerButton
from esa_desktop.ui.notices import ONLY_READ, Notice

COPIES: Final = "copies"
RESCUED: Final = "rescued"
PLACE: Final = "place"
CHANGES: Final = "changes"
REMINDER: Final = "reminder"
NEVER_OPENED: Final = "never opened"
AILING: Final = "ailing"
MOST_NAMED: Final = 3
LONGEST: Final = 90
"""Letters of a folder; the whole is in the title bar once it is open."""

Act = Callable[[], object]


def _tr(words: str) -> str:
    return QCoreApplication.translate("notices", words)


def only_read(copy_here: Act) -> Notice:
    """The project cannot be changed here; everything in it can be read, copied and printed."""
    advice = _tr("อ่าน คัดลอกข้อความ และพิมพ์ได้ ถ้าจะแก้ไขให้คัดลอกงานมาไว้ในเครื่องนี้")
    return _only_read(advice, BannerButton(_tr("คัดลอกมาไว้ในเครื่องนี้"), copy_here, is_main=True))


def only_read_while_held(holder: str, *, copy_here: Act, open_again: Act) -> Notice:
    """Somebody else writes in it (`services.holding`): a copy would go its own way."""
    advice = _tr("งานนี้เปิด{0} ที่เห็นคือเมื่อตอนเปิด ถ้าจะแก้ไขให้ปิดที่นั่นก่อน").format(holder)
    return _only_read(
        advice,
        BannerButton(_tr("คัดลอกมาไว้ในเครื่องนี้"), copy_here),
        BannerButton(_tr("เปิดใหม่อีกครั้ง"), open_again, is_main=True),
    )


def _only_read(advice: str, *buttons: BannerButton) -> Notice:
    return Notice(ONLY_READ, 0, "warn", _tr("เปิดดูอย่างเดียว แก้ไขไม่ได้"), advice, buttons)


def risky_place(risk: Risk, copy_here: Act, *, stay: Act) -> Notice:
    """Who closes it chose to ``stay``, and is not told again."""
    return Notice(
        PLACE,
        3,
        "warn",
        risk.what,
        risk.advice,
        (BannerButton(_tr("คัดลอกมาไว้ในเครื่องนี้"), copy_here, is_main=True),),
        close_words=_tr("ทำงานที่นี่ต่อ"),
        closed=stay,
    )


def rescued(count: int) -> Notice:
    """Texts (``count`` fields) that never reached the disk are in the project again."""
    what = _tr("นำข้อความที่ยังไม่ได้บันทึกกลับมาแล้ว {0} ช่อง").format(count)
    return Notice(
        RESCUED,
        2,
        "info",
        thai_digits(what),
        _tr("พิมพ์ไว้ครั้งก่อนแต่บันทึกไม่สำเร็จ ตอนนี้บันทึกในงานนี้แล้ว"),
        close_words=_tr("ปิดข้อความ"),
    )


def newer_copy(
    newer: NewerCopy, here: Path, *, open_it: Act, show_backups: Act, forget: Act
) -> Notice:
    """That this copy lacks something; who closes the notice knows of it and is not told again."""
    is_elsewhere = newer.folder != here
    button: BannerButton | None = None
    if is_elsewhere and newer.is_there:
        words = _tr("เปิดฉบับที่ใหม่กว่า") if newer.goes_on else _tr("เปิดฉบับนั้น")
        button = BannerButton(words, open_it, is_main=newer.goes_on)
    elif newer.went_back:
        button = BannerButton(_tr("ดูข้อมูลสำรอง…"), show_backups, is_main=True)
    what, advice = _about(newer, is_elsewhere=is_elsewhere)
    return Notice(
        COPIES,
        1,
        "warn",
        what,
        advice,
        (button,) if button else (),
        close_words=_tr("ทำงานในฉบับนี้ต่อ"),
        closed=forget,
    )


def _about(newer: NewerCopy, *, is_elsewhere: bool) -> tuple[str, str]:
    folder = shorten(str(newer.folder), LONGEST)
    by = _by(newer)
    if newer.went_back:
        what = _tr("ข้อมูลในโฟลเดอร์นี้เก่ากว่าเมื่อเปิดครั้งก่อน")
        lost = _tr("ข้อความที่{0} ไม่อยู่แล้ว").format(by) if by else _tr("ข้อความบางส่วนไม่อยู่แล้ว")
        lost = f"{lost} {_tr('อาจมีผู้คัดลอกฉบับเก่ามาวางทับ')}"
        where = _tr("แต่ยังมีอยู่ที่ {0}").format(folder) if is_elsewhere else _tr("ดูได้จากข้อมูลสำรอง")
        return what, f"{lost} {where}"
    if not newer.is_there:
        what = _tr("เครื่องนี้เคยเปิดฉบับที่มีข้อความมากกว่านี้")
        advice = _tr("อยู่ที่ {0} ซึ่งตอนนี้ไม่พบ ถ้าอยู่ในแฟลชไดรฟ์ให้เสียบก่อน {1}")
        return what, advice.format(folder, by)
    if newer.goes_on:
        what = _tr("ที่เปิดอยู่นี้เป็นฉบับเก่า")
        return what, _tr("ฉบับที่ใหม่กว่าอยู่ที่ {0} {1}").format(folder, by)
    what = _tr("มีอีกฉบับที่มีข้อความซึ่งฉบับนี้ไม่มี")
    # That this copy has something of its own is not known for certain: hence the "may".
    advice = _tr("อยู่ที่ {0} {1} ต่างฝ่ายต่างอาจมีข้อความที่อีกฉบับไม่มี เปิดดูก่อน แล้วทำงานต่อในฉบับเดียว")
    return what, advice.format(folder, by)


def _by(newer: NewerCopy) -> str:
    """``แก้ล่าสุดโดย … เมื่อ …``, as far as it is known; the time where the day tells nothing."""
    said = _tr("แก้ล่าสุดโดย {0}").format(shorten(newer.author, 28)) if newer.author else ""
    then, own = local_moment(newer.time), local_moment(newer.own_time)
    if then is None:
        return said
    when = thai_date(then.date(), short=True)
    if own is not None and own.date() == then.date():
        when = f"{when} {thai_time(then)}"
    return f"{said} {_tr('เมื่อ')} {when}".strip()


def changes(count: int, authors: tuple[str, ...], show: Act) -> Notice:
    """What others changed since this person last had the project open."""
    what = _tr("มีการแก้ไขใหม่ {0} ช่องตั้งแต่ท่านเปิดครั้งก่อน").format(count)
    return Notice(
        CHANGES,
        4,
        "info",
        thai_digits(what),
        _tr("โดย {0}").format(" ".join(shorten(name, 28) for name in authors[:3])),
        (BannerButton(_tr("ดูรายการ"), show),),
        close_words=_tr("ปิดข้อความ"),
    )


def never_opened(names: Sequence[str]) -> Notice:
    """Files of kinds that act when they are opened were attached all the same."""
    named = " · ".join(shorten(name, 60) for name in names[:MOST_NAMED])
    if len(names) > MOST_NAMED:
        more = _tr("และอีก {0} ไฟล์").format(len(names) - MOST_NAMED)
        named += f" · {thai_digits(more)}"
    return Notice(
        NEVER_OPENED,
        1,
        "warn",
        _tr("เก็บไฟล์ไว้แล้ว แต่โปรแกรมจะไม่เปิดและไม่รวมในแฟ้มหลักฐาน"),
        _tr("เป็นชนิดที่อาจสั่งให้เครื่องทำงาน: {0}").format(named),
        close_words=_tr("รับทราบ"),
        is_awaited=True,
    )


def ailing(show: Act) -> Notice:
    """The check that comes by itself found damage; what is open can still be read and written."""
    return Notice(
        AILING,
        1,
        "bad",
        _tr("ตรวจพบว่าข้อมูลบางส่วนของงานนี้เสียหาย"),
        _tr("ข้อความที่เปิดอยู่ยังใช้ได้และบันทึกได้ ดูว่าส่วนใดเสียหายและต้องทำอย่างไร"),
        (BannerButton(_tr("ตรวจสุขภาพ…"), show, is_main=True),),
    )


def reminder(words: str, copy_now: Act) -> Notice:
    """A copy on another drive is missing or old."""
    return Notice(
        REMINDER,
        5,
        "info",
        words,
        "",
        (BannerButton(_tr("สำรองไปไว้ไดรฟ์อื่น…"), copy_now),),
        close_words=_tr("ปิดข้อความ"),
    )
