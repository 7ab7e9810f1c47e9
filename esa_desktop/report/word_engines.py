"""Engines that find Thai words: libthai (as in Qt itself), nlpo3, or none at all."""

import ctypes
import logging
import threading
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final, Protocol

from esa_desktop.domain.thai import clusters
from esa_desktop.paths import resources_folder
from esa_desktop.report.thai_library import is_bundled, opened_library


class Breaker(Protocol):
    """Finds the words in a stretch of Thai letters without blanks or other signs."""

    def word_ends(self, text: str) -> Sequence[int]:
        """Places between two words, ascending, the ends of the text excluded."""


class LibThaiBreaker:
    """libthai through ctypes; ``OSError`` where it or its dictionary is not there."""

    def __init__(self) -> None:
        self._library = opened_library()
        self._library.th_brk_new.restype = ctypes.c_void_p
        self._library.th_brk_new.argtypes = [ctypes.c_char_p]
        self._library.th_brk_find_breaks.restype = ctypes.c_int
        self._library.th_brk_find_breaks.argtypes = [
            ctypes.c_void_p,
            ctypes.c_char_p,
            ctypes.POINTER(ctypes.c_int),
            ctypes.c_size_t,
        ]
        self._words = self._library.th_brk_new(None)
        if not self._words:
            raise OSError("libthai has no dictionary")
        self._lock = threading.Lock()
        self._found = (ctypes.c_int * 1024)()

    def word_ends(self, text: str) -> Sequence[int]:
        # One byte a letter in TIS-620, so places in bytes are places in the text.
        raw = text.encode("tis-620", "replace")
        with self._lock:
            if len(raw) > len(self._found):
                # One type an array length: they are never freed, so lengths are few.
                self._found = (ctypes.c_int * (1 << len(raw).bit_length()))()
            found = self._found
            count = self._library.th_brk_find_breaks(self._words, raw, found, len(found))
            return found[:count]


WORD_LIST: Final = "words_th.txt"
"""In the resources folder: a word a line, UTF-8, for machines without libthai."""


class Nlpo3Breaker:
    """nlpo3 with a word list; loading takes half a second, so it waits for the first text."""

    _loaded: Final[set[str]] = set()

    def __init__(self, words: Path) -> None:
        import nlpo3

        # nlpo3 keeps dictionaries by name for the whole process.
        self._name = str(words.resolve())
        if self._name not in self._loaded:
            _, loaded = nlpo3.load_dict(self._name, self._name)
            if not loaded:
                raise OSError(f"no word list at {words}")
            self._loaded.add(self._name)
        self._segment = nlpo3.segment

    def word_ends(self, text: str) -> Sequence[int]:
        ends = []
        at = 0
        # Its safe mode loses letters and its plain mode is slow on long text: short stretches.
        for start, stop in _stretches(text):
            for word in self._segment(text[start:stop], self._name):
                at += len(word)
                ends.append(at)
        return ends[:-1] if at == len(text) else []


class BlankBreaker:
    """Finds no words: lines break at blanks only, and long stretches between letters."""

    def word_ends(self, text: str) -> Sequence[int]:  # noqa: ARG002 - a breaker is asked so
        return ()


_LONGEST: Final = 300


def _stretches(text: str) -> list[tuple[int, int]]:
    """A long text cut between letters with their marks, about every three hundred signs."""
    if len(text) <= _LONGEST:
        return [(0, len(text))]
    cuts = [0]
    at = 0
    for cluster in clusters(text):
        if at - cuts[-1] >= _LONGEST:
            cuts.append(at)
        at += len(cluster)
    return list(zip(cuts, [*cuts[1:], len(text)], strict=True))


@lru_cache(maxsize=1)
def default_breaker() -> Breaker:
    """The best breaker of this machine, opened on first use: libthai, else nlpo3, else blanks.

    In a bundle libthai or blanks, as on screen: with words of another engine the paper would
    look right on this computer only, and nobody would find out what is missing.
    """
    try:
        return LibThaiBreaker()
    except OSError:
        if is_bundled():
            logging.getLogger(__name__).exception("lines of paper break at blanks only")
            return BlankBreaker()
    try:
        return Nlpo3Breaker(resources_folder() / WORD_LIST)
    except (OSError, ImportError, RuntimeError):
        return BlankBreaker()
