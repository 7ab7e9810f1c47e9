"""Pages of other people's PDFs, copied as they look and nothing else: no scripts, links, actions or files."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pikepdf

from esa_desktop.report.binder.acting import acts
from esa_desktop.report.binder.annotations import shown_annotations
from esa_desktop.report.binder.leaf import Leaf, operands, visible_box
from esa_desktop.report.binder.volume_file import VolumeFile

MOST_PAGES: Final = 5_000
"""Of one file: what is more was made to break programs, or is no single piece of evidence."""
_MOST_OBJECTS: Final = 500_000
_RESOURCES: Final = (
    "/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/XObject", "/Font", "/ProcSet",
    "/Properties",
)  # fmt: skip
_STREAM_ONLY: Final = (
    "/Length", "/F", "/FFilter", "/FDecodeParms", "/OPI", "/Ref", "/PS", "/AF", "/Metadata",
    "/PieceInfo", "/StructParent", "/StructParents", "/LastModified", "/DL",
)  # fmt: skip
"""Entries of a stream that point outside the file, into a structure that is not copied, or are counted anew."""
_REFERENCE: Final = re.compile(rb"\((?:[^\\()]|\\.)*\)|\b(\d+) (\d+) R\b", re.DOTALL)
_NULL: Final = b"null"


_FAULTS: Final = (
    pikepdf.PdfError,
    pikepdf.PikepdfError,
    RuntimeError,  # what qpdf throws and pikepdf does not know
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
    RecursionError,
)


class PageFault(Exception):
    """A page that cannot be copied; says why, for the log."""


class SourceFile:
    """One PDF that is open; its objects are copied into one volume as pages ask for them."""

    def __init__(self, path: Path) -> None:
        """Raises `PageFault` for what is no PDF, needs a password or has no pages."""
        try:
            self._document = pikepdf.open(path)
        except (*_FAULTS, pikepdf.PasswordError, OSError) as error:
            raise PageFault(str(error)) from error
        try:
            self.pages = len(self._document.pages)
            self._fill_forms()
        except _FAULTS as error:
            self.close()
            raise PageFault(str(error)) from error
        if not 0 < self.pages <= MOST_PAGES:
            self.close()
            raise PageFault(f"{self.pages} pages")

    def close(self) -> None:
        self._document.close()

    def _fill_forms(self) -> None:
        """A form may leave it to the reader to draw what was typed into it."""
        form = self._document.Root.get("/AcroForm")
        if isinstance(form, pikepdf.Dictionary) and form.get("/NeedAppearances", False):
            self._document.generate_appearance_streams()

    def leaves(self, volume: VolumeFile) -> Iterator[Leaf]:
        """Every page, its objects written. Raises `PageFault`."""
        copier = _Copier(self._document, volume)
        try:
            copier.take_layers(self._document.Root.get("/OCProperties"))
            for page in self._document.pages:
                yield copier.leaf(page)
        except _FAULTS as error:
            raise PageFault(f"{type(error).__name__}: {error}") from error


class _Copier:
    """From the numbers of one source to those of one volume."""

    def __init__(self, document: pikepdf.Pdf, volume: VolumeFile) -> None:
        self._document = document
        self._volume = volume
        self._numbers: dict[tuple[int, int], int] = {}
        self._waiting: list[tuple[int, int]] = []
        self._shared: dict[tuple[int, int], int] = {}

    def leaf(self, page: pikepdf.Page) -> Leaf:
        """The page with all it shows as one external object, so that nothing it does to the
        graphics state, balanced or not, is felt outside.
        """
        media, crop = page.obj.get("/MediaBox"), page.obj.get("/CropBox")
        box = visible_box(media, crop)
        names: list[tuple[str, int]] = []
        drawn: list[bytes] = []
        content = self._content(page, _whole(box, media))
        if content:
            names.append(("P", content))
            drawn.append(b"q /P Do Q")
        for place, (stream, matrix) in enumerate(shown_annotations(page)):
            name = f"A{place}"
            names.append((name, self._number(stream)))
            drawn.append(b"q %s cm /%s Do Q" % (operands(matrix), name.encode()))
        entries = b""
        for key in ("/Group", "/UserUnit"):
            if (value := page.obj.get(key)) is not None:
                entries += key.encode() + b" " + self._written(value)
        self._copy_waiting()
        return Leaf(
            box, _rotation(page.obj.get("/Rotate", 0)), b"\n".join(drawn), tuple(names), entries
        )

    def take_layers(self, properties: Any) -> None:
        """Layers, so that what was switched off in a plan stays invisible."""
        if not isinstance(properties, pikepdf.Dictionary):
            return
        layers = _layers(properties.get("/OCGs"))
        default = properties.get("/D")
        if not isinstance(default, pikepdf.Dictionary):
            default = pikepdf.Dictionary()
        off = {one.objgen for one in _layers(default.get("/OFF"))}
        if default.get("/BaseState") == "/OFF":
            shown = {one.objgen for one in _layers(default.get("/ON"))}
            off = {one.objgen for one in layers} - shown
        for layer in layers:
            self._volume.layers[self._number(layer)] = layer.objgen not in off

    def put(self, number: int, value: pikepdf.Object) -> None:
        """A value with everything it refers to."""
        written = value.unparse(resolved=True)
        self._volume.put(number, _REFERENCE.sub(self._renumbered, written))
        self._copy_waiting()

    def _content(self, page: pikepdf.Page, box: tuple[float, ...]) -> int:
        content = page.obj.get("/Contents")
        if isinstance(content, pikepdf.Array) and len(content) == 1:
            content = content[0]
        head = b"/Type/XObject/Subtype/Form/FormType 1/BBox[%s]/Resources %s" % (
            operands(box),  # type: ignore[arg-type]
            self._resources(page.obj.get("/Resources")),
        )
        if isinstance(content, pikepdf.Stream):
            return self._volume.add_stream(
                head + self._stream_entries(content), memoryview(content.get_raw_stream_buffer())
            )
        if isinstance(content, pikepdf.Array):
            # Parts of one text, which only read together make sense.
            parts = [part.read_bytes() for part in content if isinstance(part, pikepdf.Stream)]
            return self._volume.add_text(b"\n".join(parts), head)
        return 0

    def _resources(self, resources: Any) -> bytes:
        """What pages share is written once: some scanners list all pictures for every page."""
        if not isinstance(resources, pikepdf.Dictionary):
            return b"<<>>"
        known = self._shared.get(resources.objgen) if resources.is_indirect else None
        if known is not None:
            return b"%d 0 R" % known
        entries = b"".join(
            key.encode() + b" " + self._written(value)
            for key in _RESOURCES
            if (value := resources.get(key)) is not None
        )
        if not resources.is_indirect:
            return b"<<%s>>" % entries
        number = self._shared[resources.objgen] = self._volume.add(b"<<%s>>" % entries)
        return b"%d 0 R" % number

    def _written(self, value: Any) -> bytes:
        """A value as it stands in the volume."""
        if isinstance(value, pikepdf.Object) and value.is_indirect:
            return b"%d 0 R" % self._number(value)
        return self._harmless(value)

    def _harmless(self, value: Any) -> bytes:
        """The value itself; in place of what acts nothing: no page needs it to be seen."""
        written = _as_bytes(value)
        return _REFERENCE.sub(self._renumbered, _NULL if acts(value, written) else written)

    def _renumbered(self, match: re.Match[bytes]) -> bytes:
        if match[1] is None:
            return match[0]  # a string that may hold anything
        return b"%d 0 R" % self._number_of((int(match[1]), int(match[2])))

    def _number(self, value: pikepdf.Object) -> int:
        return self._number_of(value.objgen)

    def _number_of(self, place: tuple[int, int]) -> int:
        known = self._numbers.get(place)
        if known is None:
            known = self._numbers[place] = self._volume.reserve()
            self._waiting.append(place)
            if len(self._numbers) > _MOST_OBJECTS:
                raise PageFault("too many objects")
        return known

    def _copy_waiting(self) -> None:
        while self._waiting:
            place = self._waiting.pop()
            value: Any = self._document.get_object(place)
            number = self._numbers[place]
            if isinstance(value, pikepdf.Stream):
                self._copy_stream(number, value)
                continue
            self._volume.put(number, self._harmless(value))

    def _copy_stream(self, number: int, stream: pikepdf.Stream) -> None:
        if stream.get("/Type") == "/XObject" and stream.get("/Subtype") == "/PS":
            self._volume.put(number, _NULL)
            return
        self._volume.put_stream(
            number, self._stream_entries(stream), memoryview(stream.get_raw_stream_buffer())
        )

    def _stream_entries(self, stream: pikepdf.Stream) -> bytes:
        entries = stream.stream_dict
        written = entries.unparse(resolved=True)
        acting = acts(entries, written)
        if acting or any(key in entries for key in _STREAM_ONLY[1:]):
            kept = {
                key: value
                for key, value in entries.items()
                if key not in _STREAM_ONLY and not (acting and acts(value, _as_bytes(value)))
            }
            written = pikepdf.Dictionary(kept).unparse(resolved=True)
        return _REFERENCE.sub(self._renumbered, _LENGTH.sub(b"", written)[2:-2].strip())


def copied_fonts(content: bytes, volume: VolumeFile, number: int) -> None:
    """Put the fonts of the first page of a PDF of our own under a number of a volume."""
    with pikepdf.open(BytesIO(content)) as document:
        fonts = document.pages[0].obj.Resources.Font
        _Copier(document, volume).put(number, fonts)


_LENGTH: Final = re.compile(rb"/Length \d+(?: \d+ R)?")


def _as_bytes(value: Any) -> bytes:
    """A value itself, not a reference to it. Numbers and nothing pikepdf hands out as Python's own."""
    if isinstance(value, pikepdf.Object):
        return value.unparse(resolved=True)
    return pikepdf.Array([value]).unparse()[1:-1].strip()


def _layers(values: Any) -> list[pikepdf.Object]:
    """Those of a list that are layers indeed; what else stands in it is passed over."""
    listed = list(values) if isinstance(values, pikepdf.Array) else []
    return [one for one in listed if isinstance(one, pikepdf.Dictionary) and one.is_indirect]


def _rotation(value: Any) -> int:
    try:
        turned = int(value)
    except (TypeError, ValueError):
        return 0
    return turned % 360 if turned % 90 == 0 else 0


def _whole(box: tuple[float, ...], media: Any) -> tuple[float, ...]:
    """Of the form: the paper and what is seen of it, so that neither cuts more than before."""
    paper = visible_box(media, None)
    return (
        min(box[0], paper[0]), min(box[1], paper[1]), max(box[2], paper[2]), max(box[3], paper[3]),
    )  # fmt: skip
