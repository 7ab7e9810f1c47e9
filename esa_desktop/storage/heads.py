"""The ``head`` table: the revisions nothing was written on top of. Derived, rebuildable."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import Connection, Subquery, Table, delete, func, insert, select

from esa_desktop.domain.fields import Field
from esa_desktop.storage.rows import field_values, in_field, parents_of, reading, revision_of
from esa_desktop.storage.tables import HEAD, REVISION


def settle(connection: Connection, fields: Iterable[Field]) -> None:
    """Work out the heads of these fields anew from all their revisions.

    Not "parents out, new one in": a package may bring a child before its parent, and that parent
    must not become a head when it comes at last.
    """
    for field in fields:
        graph = select(REVISION.c.id, REVISION.c.parents).where(in_field(REVISION, field))
        with reading(), connection.execute(graph) as found:
            now = _uncovered({row.id: parents_of(row.parents) for row in found})
        there = set(connection.scalars(select(HEAD.c.revision).where(in_field(HEAD, field))))
        for gone in there - now:
            connection.execute(delete(HEAD).where(in_field(HEAD, field), HEAD.c.revision == gone))
        _insert(connection, field, now - there)


def are_wrong(connection: Connection) -> bool:
    """A quick look: a head of no revision, or a field without any. The full one is `rebuild`."""
    dangling = select(HEAD.c.revision).where(HEAD.c.revision.not_in(select(REVISION.c.id)))
    if connection.execute(dangling.limit(1)).first():
        return True
    headed, written = (
        connection.scalar(select(func.count()).select_from(_fields(table)))
        for table in (HEAD, REVISION)
    )
    return headed != written


def _fields(table: Table) -> Subquery:
    return select(table.c.round, table.c.owner, table.c.kind).distinct().subquery()


def rebuild(connection: Connection) -> None:
    """Throw the table away and derive it from the revisions, each of them checked.

    Unchecked, one changed byte in a parent's name would bring an old text back as a head.
    """
    graphs: dict[Field, dict[str, tuple[str, ...]]] = defaultdict(dict)
    with reading(), connection.execute(select(*REVISION.c)) as found:
        for row in found:
            revision = revision_of(row)
            graphs[revision.field][revision.id] = revision.parents
    connection.execute(delete(HEAD))
    for field, graph in graphs.items():
        _insert(connection, field, _uncovered(graph))


def _uncovered(graph: dict[str, tuple[str, ...]]) -> set[str]:
    return graph.keys() - {parent for parents in graph.values() for parent in parents}


def _insert(connection: Connection, field: Field, names: Iterable[str]) -> None:
    rows = [{**field_values(field), "revision": name} for name in sorted(names)]
    if rows:
        connection.execute(insert(HEAD), rows)
