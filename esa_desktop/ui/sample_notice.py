"""Says of the sample that it is one, at every opening, and how to begin with work of one's own."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication

from esa_desktop.services.places import sample_place
from esa_desktop.ui.banner import BannerButton
from esa_desktop.ui.later_start import is_same_folder
from esa_desktop.ui.notices import Notice, Notices

KEY: Final = "sample"
RANK: Final = 80
"""After everything that is about somebody's work, before the tour: first what it is that is seen."""


def tell_sample(
    folder: Path, user_folder: Path, notices: Notices, begin: Callable[[], object]
) -> None:
    """Nothing for any other project. ``begin`` asks for a new one."""
    if not is_same_folder(folder, sample_place(user_folder)):
        return
    words = partial(QCoreApplication.translate, "sample_notice")
    notices.tell(
        Notice(
            key=KEY,
            rank=RANK,
            tone="info",
            what=words("นี่คืองานตัวอย่าง แก้เล่นได้"),
            advice="",  # one line: the page below it is what people came for
            buttons=(BannerButton(words("สร้างงานของท่าน"), begin),),
            close_words=words("รับทราบ"),
        )
    )
