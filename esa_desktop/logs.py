"""One rotating log file in the user's folder; it never holds a word of the report."""

import logging
from logging.handlers import RotatingFileHandler

from esa_desktop.paths import user_folder


def start_log() -> logging.Logger:
    """The program's logger, writing to ``log.txt`` where that is possible.

    A folder that cannot be written must not keep anybody from working: then there is no log.
    """
    log = logging.getLogger("esa_desktop")
    if log.handlers:
        return log
    log.setLevel(logging.INFO)
    try:
        user_folder().mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(
            user_folder() / "log.txt", maxBytes=500_000, backupCount=2, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    log.addHandler(handler)
    return log
