"""Who has a project open, for whoever finds it locked or never closed. SQLite's lock keeps others out."""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from esa_desktop.domain.thai import clean_text, shorten, thai_date, thai_time
from esa_desktop.storage.durable import write_durably
from esa_desktop.storage.layout import LOCK

LONGEST: Final = 60
"""Characters of a name shown; the file may come from anywhere."""


@dataclass(frozen=True, slots=True)
class Holder:
    """The person and computer that have a project open; ``since`` is UTC, ISO 8601."""

    person: str
    computer: str
    since: str
    device: str = ""
    """The id of the computer; two may bear one name. Empty in files of older programs."""

    def is_elsewhere(self, here: "Holder") -> bool:
        """Whether another computer wrote this: there it may still be open, or its stick was pulled."""
        if self.device and here.device:
            return self.device != here.device
        return self.computer != here.computer


def write_holder(folder: Path, holder: Holder) -> None:
    text = json.dumps(asdict(holder), ensure_ascii=False)
    write_durably(folder / LOCK, text.encode("utf-8", "replace"))


def remove_holder(folder: Path, holder: Holder) -> None:
    """Take back what ``holder`` wrote, not what another did since. Left behind it does no harm."""
    if read_holder(folder) == _shown(holder):
        with suppress(OSError):
            (folder / LOCK).unlink(missing_ok=True)


def read_holder(folder: Path) -> Holder | None:
    """Whoever wrote the file last; ``None`` where it is missing or says nothing.

    Only worth asking while SQLite says locked: after a crash the file stays behind.
    """
    try:
        with (folder / LOCK).open("rb") as file:
            values = json.loads(file.read(10_000))
        device = values.get("device", "")
        return _shown(Holder(values["person"], values["computer"], values["since"], device))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _shown(holder: Holder) -> Holder:
    said = (holder.person, holder.computer, holder.since, holder.device)
    return Holder(*map(_short, said))


def _short(value: object) -> str:
    return shorten(clean_text(str(value)).replace("\n", " ").strip(), LONGEST)


def said(holder: Holder | None) -> str:
    """``ที่เครื่อง … โดย … ตั้งแต่ …``, as far as it is known."""
    if holder is None:
        return "อยู่ในหน้าต่างหรือเครื่องอื่น"
    words = [f"อยู่ที่เครื่อง {holder.computer}" if holder.computer else "อยู่ที่เครื่องอื่น"]
    if holder.person:
        words.append(f"โดย {holder.person}")
    with suppress(ValueError, OverflowError, OSError):
        since = datetime.fromisoformat(holder.since).astimezone()
        words.append(f"ตั้งแต่ {thai_date(since.date(), short=True)} เวลา {thai_time(since)}")
    return " ".join(words)
