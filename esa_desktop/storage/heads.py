"""The ``head`` table: the revisions nothing was written on top of. Derived, rebuildable."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import Connection, Subquery, Table, delete, func, insert, select

from esa_desktop.domain.fields import Field
from esa_desktop.domain.revision import Revision
from esa_desktop.storage.rows import field_values, in_field, parents_of, reading, revision_of
from esa_desktop.storage.tables import HEAD, REVISION


def settle(connection: Connection, new: Iterable[Revision]) -> None:
    """Bring the heads up to date after these revisions were inserted.

    A revision written on top of exactly the present heads takes their place: nothing can stand
    on it yet, else that would be a head. Otherwise the field is worked out anew from all its
    revisions: a package may bring a child before its parent, and that parent must not become a
    head when it comes at last.
    """
    by_field: dict[Field, list[Revision]] = defaultdict(list)
    for revision in new:
        by_field[revision.field].append(revision)
    for field, arrived in by_field.items():
        there = set(connection.scalars(select(HEAD.c.revision).where(in_field(HEAD, field))))
        if len(arrived) == 1 and there == set(arrived[0].parents):
            if there:
                connection.execute(delete(HEAD).where(in_field(HEAD, field)))
            _insert(connection, field, [arrived[0].id])
            continue
        graph = select(REVISION.c.id, REVISION.c.parents).where(in_field(REVISION, field))
        with reading(), connection.execute(graph) as found:
            now = _uncovered({row.id: parents_of(row.parents) for row in found})
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
