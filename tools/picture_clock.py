"""A clock that stands still, so that pictures of the window are the same whenever they are taken."""

import datetime as clock
import os
import time
from datetime import datetime
from typing import Final

BANGKOK: Final = "<+07>-7"
"""A POSIX time zone, which needs no database of zones."""


class _AnyDatetime(type):
    """Moments that C code made (`fromisoformat` of the parent, SQLite) are moments, too."""

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, datetime)


class StandingClock(datetime, metaclass=_AnyDatetime):
    """`datetime` whose present is set by hand."""

    present = datetime(2025, 8, 5, 7, 32, tzinfo=clock.UTC)
    """14.32 น. of 5 ส.ค. ๒๕๖๘, inside the sample's fiscal year."""

    @classmethod
    def now(cls, tz: clock.tzinfo | None = None) -> "StandingClock":
        """As `datetime.now`; without a zone it is local time."""
        local = cls.present.astimezone(tz)
        zone = local.tzinfo if tz is not None else None
        return cls(
            local.year,
            local.month,
            local.day,
            local.hour,
            local.minute,
            local.second,
            tzinfo=zone,
        )

    @classmethod
    def pass_by(cls, **elapsed: float) -> None:
        """Let time go by: ``days``, ``hours``, ``minutes`` as `timedelta` takes them."""
        cls.present = cls.present + clock.timedelta(**elapsed)


def stop_the_clock() -> None:
    """Put the standing clock where ``from datetime import datetime`` finds it.

    Must come before the first module of the program is imported.
    """
    os.environ["TZ"] = BANGKOK
    if hasattr(time, "tzset"):
        time.tzset()
    clock.datetime = StandingClock  # type: ignore[misc]
