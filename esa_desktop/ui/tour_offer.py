"""The tour is offered once, quietly, to whoever opens a first project; answered, it is not offered again."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication

from esa_desktop.ui.banner import BannerButton
from esa_desktop.ui.notices import Notice, Notices
from esa_desktop.ui.preferences import Preferences

KEY: Final = "tour"
RANK: Final = 90
"""After everything that is about somebody's work."""


def offer_tour(preferences: Preferences, notices: Notices, start: Callable[[], object]) -> None:
    """``start`` begins the tour. Call when a project was opened."""
    if preferences.knows(KEY):
        return
    answered = partial(settle_tour, preferences, notices)

    def go() -> None:
        answered()
        start()

    words = partial(QCoreApplication.translate, "tour_offer")
    notices.tell(
        Notice(
            key=KEY,
            rank=RANK,
            tone="info",
            # One line: the page below it is what people came for.
            what=words("เพิ่งใช้ครั้งแรก ดูรอบหน้าจอก่อนได้ ใช้เวลาไม่ถึงหนึ่งนาที"),
            advice="",
            buttons=(BannerButton(words("พาชมหน้าจอ"), go),),
            close_words=words("ไม่ต้อง"),
            closed=answered,
        )
    )


def settle_tour(preferences: Preferences, notices: Notices) -> None:
    """It was answered, or begun from the menu."""
    preferences.learn(KEY)
    notices.drop(KEY)
