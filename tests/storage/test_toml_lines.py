import tomllib
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from esa_desktop.storage.toml_lines import Place, toml_lines

TRICKY = '''\
# [[a]]
title = """
[[a]]
name = "not a key" """
'quoted "key"' = 'x = 1'

[[a]] # x
name = "one"
list = [ # ]
  "]", # "
  """
  b = 1""",
  [1, 2],
]
  [a.inner]
  deep.er = {x = 1, y.z = "}", w = [{v = 1}, {v = 2}]}
[[a]]
"na\\u006De" = "two"
  [[a.b]]
  x = 1979-05-27 07:32:00
  [[a.b]]
  x = \'\'\'
[[a.b]]\'\'\'\'
  y = 2
'''


def test_tables_and_keys_are_found_among_texts_that_look_like_them() -> None:
    lines = toml_lines(TRICKY)

    assert {place: line for place, line in lines.items() if place} == {
        ("title",): 2,
        ('quoted "key"',): 5,
        ("a",): 7,
        ("a", 0): 7,
        ("a", 0, "name"): 8,
        ("a", 0, "list"): 9,
        ("a", 0, "list", 0): 10,
        ("a", 0, "list", 1): 11,
        ("a", 0, "list", 2): 13,
        ("a", 0, "list", 2, 0): 13,
        ("a", 0, "list", 2, 1): 13,
        ("a", 0, "inner"): 15,
        ("a", 0, "inner", "deep"): 16,
        ("a", 0, "inner", "deep", "er"): 16,
        ("a", 0, "inner", "deep", "er", "x"): 16,
        ("a", 0, "inner", "deep", "er", "y"): 16,
        ("a", 0, "inner", "deep", "er", "y", "z"): 16,
        ("a", 0, "inner", "deep", "er", "w"): 16,
        ("a", 0, "inner", "deep", "er", "w", 0): 16,
        ("a", 0, "inner", "deep", "er", "w", 0, "v"): 16,
        ("a", 0, "inner", "deep", "er", "w", 1): 16,
        ("a", 0, "inner", "deep", "er", "w", 1, "v"): 16,
        ("a", 1): 17,
        ("a", 1, "name"): 18,
        ("a", 1, "b"): 19,
        ("a", 1, "b", 0): 19,
        ("a", 1, "b", 0, "x"): 20,
        ("a", 1, "b", 1): 21,
        ("a", 1, "b", 1, "x"): 22,
        ("a", 1, "b", 1, "y"): 24,
    }


def test_line_ends_of_windows_count_once() -> None:
    assert toml_lines(TRICKY.replace("\n", "\r\n")) == toml_lines(TRICKY)


def places(values: Any, at: Place = ()) -> set[Place]:
    inner = (
        values.items()
        if isinstance(values, dict)
        else enumerate(values)
        if isinstance(values, list)
        else ()
    )
    return {at}.union(*(places(value, (*at, key)) for key, value in inner))


KEYS = st.sampled_from(["a", "b", "'c d'", '"e.f"', "g-h"])
SCALARS = st.sampled_from(
    ["1", "-2.5", "true", '"]"', "'}'", '"""\n#"""', "'''\n[x]\n'''", "1979-05-27", '"\\""', '""']
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda v: "[ # ]\n" + ",\n".join(v) + " ]"),
        st.dictionaries(KEYS, inner, max_size=3).map(
            lambda v: "{" + ", ".join(f"{key} = {value}" for key, value in v.items()) + "}"
        ),
    ),
    max_leaves=6,
)
TABLES = st.dictionaries(KEYS, VALUES, max_size=3)


@given(top=TABLES, rows=st.lists(st.tuples(TABLES, st.lists(TABLES, max_size=2)), max_size=3))
def test_every_value_of_any_valid_file_has_a_line_on_which_it_stands(
    top: dict[str, str], rows: list[tuple[dict[str, str], list[dict[str, str]]]]
) -> None:
    text = written(top)
    for table, inner in rows:
        text += "[[row]]\n" + written(table) + "".join("[[row.in]]\n" + written(t) for t in inner)

    lines = toml_lines(text)

    assert set(lines) == places(tomllib.loads(text))
    written_lines = text.split("\n")
    for place, line in lines.items():
        if place and isinstance(place[-1], str):
            assert place[-1] in written_lines[line - 1]


def written(table: dict[str, str]) -> str:
    return "".join(f"{key} = {value}\n" for key, value in table.items())
