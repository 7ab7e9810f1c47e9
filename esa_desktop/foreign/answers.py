"""Questions about a stranger's file and their answers: what it is, how it looks, what it says."""

import os
import stat
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final

from esa_desktop.domain.thai import clean_text
from esa_desktop.foreign import signs, trouble
from esa_desktop.foreign.drawn import Picture
from esa_desktop.foreign.trouble import Unshowable

MOST_LETTERS: Final = 4_000
"""Of the words that come with a look."""
MOST_WORDS: Final = 200_000
"""Letters of `words`."""
MOST_PARAGRAPHS: Final = 5_000
LARGEST_BOX: Final = 16_000
"""Pixels of a side; how many there may be in all is the business of `drawn`."""
_SENTENCES: Final = {
    "program": trouble.PROGRAM,
    "archive": trouble.ARCHIVE,
    "film": trouble.FILM,
    "web": trouble.WEB,
    "unknown": trouble.UNKNOWN,
}
Progress = Callable[[dict[str, Any]], None]


def answer(request: dict[str, Any], progress: Progress) -> tuple[dict[str, Any], bytes]:
    """Answer ``{"do": "look" | "draw" | "words" | "printable", "path", "name", …}``.

    What cannot be shown is no error: the answer then has a ``sentence`` for the person.
    """
    try:
        return _answered(request, progress)
    except Unshowable as reason:
        return {"sentence": reason.sentence, "is_encrypted": reason.is_encrypted}, b""
    except FileNotFoundError:
        return {"sentence": trouble.GONE}, b""
    except OSError:
        return {"sentence": trouble.UNREADABLE}, b""


def _answered(request: dict[str, Any], progress: Progress) -> tuple[dict[str, Any], bytes]:
    path, name = Path(request["path"]), str(request["name"])
    sort = _sort(path)
    match request["do"]:
        case "look":
            return _look(path, name, sort, progress), b""
        case "draw":
            box = tuple(min(max(int(side), 1), LARGEST_BOX) for side in request["box"])
            picture, pages = _draw(path, sort, (box[0], box[1]), request)
            return _drawn(picture, pages), picture.rgb
        case "words":
            return {"words": _limited(_words(path, name, sort))}, b""
        case "printable":
            return {"sentence": ""}, _printable(path, sort, request)
        case unknown:
            raise ValueError(f"no such question: {unknown}")


def _sort(path: Path) -> str:
    there = path.stat()
    if not stat.S_ISREG(there.st_mode):
        raise Unshowable(trouble.UNREADABLE)  # a pipe would never end
    if there.st_size == 0:
        raise Unshowable(trouble.EMPTY)
    with path.open("rb", buffering=0) as file:
        head = os.read(file.fileno(), signs.HEAD)
    return signs.sort_of(head)


def _look(path: Path, name: str, sort: str, progress: Progress) -> dict[str, Any]:
    found: dict[str, Any] = {"kind": _kind(sort)}

    def tell(more: dict[str, Any]) -> None:
        found.update(more)
        progress(found)

    try:
        if sort == "pdf":
            from esa_desktop.foreign import pdf

            found |= pdf.look(path, MOST_LETTERS, tell)
        elif sort in signs.PICTURES:
            from esa_desktop.foreign import pictures

            tell({})
            found |= pictures.look(path, sort, tell)
        else:
            found |= _look_at_words(path, name, sort, tell)
    except Unshowable as reason:
        found |= {"sentence": reason.sentence}
        found["is_encrypted"] = found.get("is_encrypted", False) or reason.is_encrypted
    found["words"] = clean_text(found.get("words", ""))[:MOST_LETTERS]
    return found


def _look_at_words(path: Path, name: str, sort: str, tell: Progress) -> dict[str, Any]:
    ending = signs.ending_of(name)
    if sort == "zip":
        from esa_desktop.foreign.office import acts, kind_of, refuse_wrong_claim
        from esa_desktop.foreign.packed import opened_package

        with opened_package(path) as package:
            tell({"kind": kind_of(package), "has_scripts": acts(package)})
            refuse_wrong_claim(ending, kind_of(package))
    elif sort == "ole":
        from esa_desktop.foreign.office import old_kind, refuse_wrong_claim

        kind, has_macros = old_kind(path)
        tell({"kind": kind, "has_scripts": has_macros})
        refuse_wrong_claim(ending, kind)
    elif sort == "text" and not signs.claims_text(name):
        raise Unshowable(trouble.NOT_WHAT_IT_SAYS)
    elif sort in _SENTENCES:
        raise Unshowable(_SENTENCES[sort])
    else:
        tell({})
    return {"words": "\n".join(_limited(_words(path, name, sort), MOST_LETTERS))}


def _kind(sort: str) -> str:
    """Of what is known from the first bytes."""
    if sort in signs.PICTURES:
        return "picture"
    return {"pdf": "pdf", "text": "text", "rtf": "document"}.get(sort, "other")


def _words(path: Path, name: str, sort: str) -> Iterable[str]:
    if sort == "zip":
        from esa_desktop.foreign import office

        return office.words(path)
    if sort == "text" and signs.claims_text(name):
        from esa_desktop.foreign import plain_text

        return plain_text.paragraphs(path)
    return ()


def _limited(paragraphs: Iterable[str], most: int = MOST_WORDS) -> list[str]:
    kept: list[str] = []
    for paragraph in paragraphs:
        line = clean_text(paragraph[:most]).strip()
        if line:
            kept.append(line)
            most -= len(line)
        if most <= 0 or len(kept) >= MOST_PARAGRAPHS:
            break
    return kept


def _draw(
    path: Path, sort: str, box: tuple[int, int], request: dict[str, Any]
) -> tuple[Picture, int]:
    page, turn = int(request.get("page", 0)), int(request.get("turn", 0)) % 4
    if sort == "pdf":
        from esa_desktop.foreign import pdf

        return pdf.draw(path, box, page, turn)
    if sort in signs.PICTURES:
        from esa_desktop.foreign import pictures

        return pictures.draw(path, sort, box, page, turn)
    raise Unshowable(_SENTENCES.get(sort, trouble.UNKNOWN))


def _drawn(picture: Picture, pages: int) -> dict[str, Any]:
    return {"width": picture.width, "height": picture.height, "pages": pages, "sentence": ""}


def _printable(path: Path, sort: str, request: dict[str, Any]) -> bytes:
    if sort == "pdf":
        from esa_desktop.foreign import pdf

        return pdf.printable(path, int(request["long_side"]), int(request["quality"]))
    if sort not in signs.PICTURES:
        raise Unshowable(_SENTENCES.get(sort, trouble.UNKNOWN))
    from esa_desktop.foreign import pictures

    return pictures.printable(path, sort, int(request["long_side"]), int(request["quality"]))
