"""All that a person says about an item of evidence, as one value; with files or without."""

from dataclasses import dataclass, replace
from datetime import date

from esa_desktop.domain.edits import Batch, SetField
from esa_desktop.domain.evidence import Evidence
from esa_desktop.domain.fields import item_field
from esa_desktop.domain.ids import new_id
from esa_desktop.services.attaching import new_items, one_line
from esa_desktop.services.editing import Editor


@dataclass(frozen=True, slots=True)
class Description:
    title: str
    kind: str = ""
    number: str = ""
    dated: date | None = None
    owner: str = ""
    place: str = ""
    confidential: bool = False


def said_about(item: Evidence) -> Description:
    return Description(
        item.title,
        item.kind,
        item.number,
        item.date,
        item.owner,
        item.place,
        item.confidential,
    )


def describe_as(editor: Editor, item_id: str, said: Description) -> SetField:
    """The edit after which an item says this; its code and files stay, and so does its title
    where none is given.
    """
    return editor.change(item_field(item_id), _saying(editor.round.items[item_id], said))


def add_described(editor: Editor, issue_id: str, said: Description) -> Batch:
    """The edit that adds an item which is no file: a web address, a binder in a cupboard."""
    return new_items(editor, issue_id, [_saying(Evidence(new_id(), "", ""), said)])


def _saying(item: Evidence, said: Description) -> Evidence:
    return replace(
        item,
        title=one_line(said.title) or item.title,
        kind=one_line(said.kind),
        number=one_line(said.number),
        date=said.dated,
        owner=one_line(said.owner),
        place=one_line(said.place),
        confidential=said.confidential,
    )
