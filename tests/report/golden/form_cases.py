"""The golden cases of the other forms: blank, for the committee, signed, and the book."""

from dataclasses import replace

from esa_desktop.domain.book import Part
from esa_desktop.domain.printing import PrintOptions
from tests.report.golden.case import Case
from tests.report.golden.material import (
    book_round,
    picture,
    several,
)


def form_cases() -> list[Case]:
    """The other forms: blank, for the committee, signed sheets, and the book part by part."""
    whole = book_round()
    pictures = {"ab": picture(80, 50)}
    front = (Part.COVER, Part.FOREWORD, Part.CONTENTS, Part.SUMMARY)
    middle = (Part.BASICS, Part.CRITERIA, Part.RESULTS)
    appendices = (Part.ORDERS, Part.MINUTES, Part.EVIDENCE, Part.PICTURES, Part.COMPILERS)
    book = PrintOptions(form="book")
    return [
        Case("blank", "the form for handwriting", several(1), PrintOptions(form="blank")),
        Case(
            "blank-portrait-sarabun",
            "the same upright in Sarabun",
            several(1),
            PrintOptions(form="blank", paper="a4-portrait", font="Sarabun"),
        ),
        Case(
            "committee",
            "the committee's form: the office's level beside the assessor's, a line for everyone",
            whole,
            PrintOptions(form="committee"),
        ),
        Case(
            "committee-portrait",
            "the same upright",
            whole,
            PrintOptions(form="committee", paper="a4-portrait"),
        ),
        Case("signatures", "a place to sign under a sheet", whole, PrintOptions(signatures=True)),
        Case(
            "book-front",
            "cover, foreword, contents, summary",
            whole,
            replace(book, parts=front),
            pictures,
        ),
        Case(
            "book-middle", "basics, criteria, results", whole, replace(book, parts=middle), pictures
        ),
        Case("book-appendices", "the appendices", whole, replace(book, parts=appendices), pictures),
        Case(
            "book-sheets",
            "upright front, sheets on their side, both sides printed, in Sarabun",
            whole,
            replace(
                book,
                parts=(Part.COVER, Part.CONTENTS, Part.SHEETS, Part.RESULTS),
                font="Sarabun",
                duplex=True,
                gutter_mm=10.0,
            ),
            pictures,
        ),
    ]
