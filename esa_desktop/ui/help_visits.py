"""The pages somebody read one after the other, for going back and forward."""

from dataclasses import dataclass


@dataclass(slots=True)
class Visit:
    page: str
    """Id."""
    words: tuple[str, ...] = ()
    """That were looked for."""
    place: int = 0
    """How far it was scrolled, in pixels."""
    is_hint: bool = False
    """Shown while somebody typed what they look for; they have not chosen it."""


class Visits:
    """As in a reader of web pages: a new page forgets those that lay ahead."""

    def __init__(self) -> None:
        self._all: list[Visit] = []
        self._now = -1

    @property
    def now(self) -> Visit | None:
        return self._all[self._now] if self._all else None

    @property
    def can_go_back(self) -> bool:
        return self._now > 0

    @property
    def can_go_forward(self) -> bool:
        return self._now < len(self._all) - 1

    def leave_at(self, place: int) -> None:
        """Keep how far the present page is scrolled, before another one is shown."""
        if self._all:
            self._all[self._now].place = place

    def add(self, visit: Visit) -> None:
        """The same page again is the same visit."""
        if self._all and self._all[self._now].page == visit.page:
            self._all[self._now] = visit
            return
        self._all = [*self._all[: self._now + 1], visit]
        self._now += 1

    def hint(self, visit: Visit) -> None:
        """A page shown for the time being: the next hint takes its place."""
        self.drop_hint()
        now = self.now
        if now is not None and now.page == visit.page:
            now.words, now.place = visit.words, 0
            return
        visit.is_hint = True
        self.add(visit)

    def drop_hint(self) -> None:
        """Somebody chooses another page than the one that was proposed."""
        if self._now > 0 and self._all[self._now].is_hint:
            self._all = self._all[: self._now]
            self._now -= 1

    def go(self, steps: int) -> bool:
        """Whether there was a page to go to."""
        if not 0 <= self._now + steps < len(self._all):
            return False
        self._now += steps
        return True
