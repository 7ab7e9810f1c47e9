import time
import uuid

from esa_desktop.domain.ids import new_id


def test_an_id_is_a_uuid_of_version_7() -> None:
    value = uuid.UUID(new_id())

    assert (value.version, value.variant) == (7, uuid.RFC_4122)
    assert abs((value.int >> 80) / 1000 - time.time()) < 5


def test_ids_are_never_the_same() -> None:
    assert len({new_id() for _ in range(20_000)}) == 20_000


def test_ids_sort_by_birth_from_one_millisecond_to_the_next() -> None:
    older = new_id()
    time.sleep(0.003)

    assert older < new_id()
