from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from esa_desktop.domain.fields import Field, Kind
from esa_desktop.domain.revision import Revision, heads_of, make_revision
from esa_desktop.storage.lock import Holder
from esa_desktop.storage.store import Store, Write

FIELD = Field("2557", "issue", Kind.LEVEL)
HOLDER = Holder(person="ผู้ทดสอบ", computer="pc", since="2026-01-01")


@st.composite
def histories(draw: st.DrawFn) -> list[list[Revision]]:
    """Revisions of one field with any parents, in any order, cut into writes of any size."""
    made: list[Revision] = []
    for number in range(draw(st.integers(1, 7))):
        parents = draw(st.sets(st.sampled_from(made), max_size=3)) if made else set()
        names = [parent.id for parent in parents]
        made.append(make_revision(FIELD, names, "3", author="x", device="d", time=f"{number:03}"))
    order = draw(st.permutations(made))
    writes: list[list[Revision]] = []
    for revision in order:
        if not writes or draw(st.booleans()):
            writes.append([])
        writes[-1].append(revision)
    return writes


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(writes=histories())
def test_in_whatever_order_revisions_come_the_heads_are_those_of_the_whole(
    tmp_path: Path, writes: list[list[Revision]]
) -> None:
    store = Store.create(tmp_path / f"{len(list(tmp_path.iterdir()))}.esaproj", HOLDER)
    try:
        arrived: list[Revision] = []
        for revisions in writes:
            store.write(Write(revisions=tuple(revisions)))
            arrived += revisions

            shown = store.load().heads[FIELD]
            assert {head.id for head in shown} == {head.id for head in heads_of(arrived)}
    finally:
        store.close()
