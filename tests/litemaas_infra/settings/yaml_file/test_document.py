"""YAML as plain values that know their lines, and what people are told of YAML that is wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litemaas_infra.settings.words import Way
from litemaas_infra.settings.yaml_file.document import parse

TEXT = """\
# a comment
a: 1
b:
  - x
  - c: |
      two
      lines
    d: [1,
        2]
"""


@pytest.mark.parametrize(
    ("way", "line"),
    [
        ((), 1),
        (("a",), 2),
        (("b",), 3),
        (("b", 0), 4),
        (("b", 1), 5),
        (("b", 1, "c"), 5),
        (("b", 1, "d"), 8),
        (("b", 1, "d", 1), 9),
        (("b", 1, "missing"), 5),
        (("missing", 3), 1),
    ],
)
def test_each_part_knows_its_line_and_a_missing_one_that_of_what_should_hold_it(way: Way, line: int) -> None:
    assert parse(TEXT).line(way) == line


def test_the_values_are_yamls() -> None:
    assert parse(TEXT).value == {"a": 1, "b": ["x", {"c": "two\nlines\n", "d": [1, 2]}]}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1e3", "1e3"),
        ("1.5e+3", 1500.0),
        ("yes", True),
        ("~", None),
        ("0x10", 16),
        ("2023-05-15", "2023-05-15"),
        ("2023-99-99", "2023-99-99"),
        ("'1'", "1"),
        ("!!str 1", "1"),
        ("!unsafe '{{ x }}'", "{{ x }}"),
        ("=", "="),
        ("\ufeffa", "a"),
        ("", None),
    ],
)
def test_a_scalar_is_what_ansible_and_litellm_take_it_for_save_that_a_date_is_text(
    text: str, value: object
) -> None:
    document = parse(text)
    assert (document.value, document.mistakes) == (value, [])


@pytest.mark.parametrize("key", ["1", "null", "yes", "2023-05-15", "'x'"])
def test_a_key_is_the_text_it_is_written_as(key: str) -> None:
    assert parse(f"{key}: 1").value == {key.strip("'"): 1}


def test_aliases_and_merges_are_followed_and_what_stands_there_itself_wins() -> None:
    document = parse("a: &a {x: 1, y: 2}\nb: &b {y: 3, z: 4}\nc:\n  <<: [*a, *b]\n  x: 5\nd: *a\n")
    assert document.value["c"] == {"x": 5, "y": 2, "z": 4}
    assert document.value["d"] == {"x": 1, "y": 2}
    assert document.line(("c", "x")) == 5
    assert document.mistakes == []


def test_a_merge_may_be_merged_again() -> None:
    assert parse("a: &a {x: 1}\nb: &b {<<: *a, y: 2}\nc: {<<: *b}\nd: {<<: *b}\n").value["d"] == {
        "x": 1,
        "y": 2,
    }


@pytest.mark.parametrize(
    ("text", "line", "way", "words"),
    [
        ("a: 1\nb:\n  c: 1\n  c: 2\n", 4, ("b", "c"), "stands here twice, in line 3 too; remove one"),
        ("a:\n - !vault |\n    $ANSIBLE_VAULT;1.1\n", 2, ("a", 0), "is encrypted by ansible-vault"),
        ("a: !secret x\n", 1, ("a",), "has a YAML tag that means nothing here"),
        ("\na: !!python/object/apply:os.system [ls]\n", 2, ("a",), "has a YAML tag that means nothing here"),
        ("a: !!binary aGVsbG8=\n", 1, ("a",), "has a YAML tag that means nothing here"),
        ("a: !!set {x}\n", 1, ("a",), "has a YAML tag that means nothing here"),
        ("a: {{ key }}\n", 1, ("a",), "{{ ... }} is an expression that only Ansible evaluates"),
        ("a: 1\n<<: 5\n", 2, (), "has a << of something that has no fields"),
        ("a: .nan\n", 1, ("a",), "is no number that can be sent"),
        ("a: -.inf\n", 1, ("a",), "is no number that can be sent"),
        (f"a: {'9' * 5000}\n", 1, ("a",), "is no number that can be sent"),
        ("a: !!int many\n", 1, ("a",), "is no number that can be sent"),
        ("a: !!bool ''\n", 1, ("a",), "is no number that can be sent"),
    ],
)
def test_what_is_no_plain_value_is_named_where_it_stands(text: str, line: int, way: Way, words: str) -> None:
    (mistake,) = parse(text).mistakes
    assert (mistake.line, mistake.way) == (line, way)
    assert words in mistake.words


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: b: c", 1, "a text with ': ' in it needs quotes"),
        ("a:\n  b: 1\n\tc: 2", 3, "a tab where YAML wants spaces"),
        ("a: @x", 1, "a character that YAML keeps for itself; put it in quotes"),
        ("a: *x", 1, "a text that begins with * needs quotes"),
        ("a: &x 1\nb: &x 2", 2, "a text that begins with & needs quotes"),
        ("a: *", 1, "needs quotes"),
        ("a: 1\nb:2\nc: 3", 2, "write NAME: VALUE"),
        ("a:\n  b: 1\n c: 2", 3, "the indent differs"),
        ("a: 'x'y", 1, "a quote ends too early"),
        ("a: - b", 1, "put - on a line of its own"),
        ('a: "\\q"', 1, "use single quotes"),
        ("a: 1\nb: 'c\nd: 2\n", 2, "a quote is opened here and never closed"),
        ("a: 1\nb: [1,\n2\nd: 2\n", 2, "a [ or { is opened here and never closed"),
        ("a: 1\n---\nb: 2", 2, "remove the line ---"),
        ("a: !<x", 1, "it cannot be read from here on"),
    ],
)
def test_what_is_no_yaml_is_named_in_words_that_mend_it(text: str, line: int, words: str) -> None:
    (mistake,) = parse(text).mistakes
    assert (mistake.line, mistake.way) == (line, ())
    assert mistake.words.startswith("is not YAML: ")
    assert words in mistake.words


def test_a_control_character_is_named_with_its_line() -> None:
    (mistake,) = parse("a: 1\nb: \x07").mistakes
    assert (mistake.line, mistake.words) == (2, "holds a control character; remove it")


LAUGHS = "a: &a [1, 2]\n" + "".join(
    f"{new}: &{new} [{f'*{old}, ' * 9}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)
"""Ten lines that stand for a hundred million values."""


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "- " * 100_000,
        "{a: " * 100_000,
        "&a [*a]",
        "&a {<<: *a}",
        LAUGHS,
        "- 1\n" * 60_000,
        "- 1\n" * 60_000 + "'",
    ],
    ids=["lists", "entries", "maps", "itself", "merged", "laughs", "long", "unread"],
)
def test_what_comes_to_too_much_is_refused_without_being_made(text: str) -> None:
    (mistake,) = parse(text).mistakes
    assert mistake.words == "is nested too deeply, or comes to too much by its aliases; write it out plainly"


def test_a_mistake_within_one_that_is_known_is_none_of_its_own() -> None:
    document = parse("a: {b: {c: 1}}")
    document.mistake(("a", "b"), "first")
    document.mistake(("a", "b"), "second")
    document.mistake(("a", "b", "c"), "third")
    document.mistake(("a",), "fourth")
    assert [mistake.words for mistake in document.mistakes] == ["first", "fourth"]


@given(st.text())
def test_any_text_is_read_or_is_a_mistake(text: str) -> None:
    document = parse(text)
    assert all(1 <= mistake.line <= len(text.splitlines()) + 1 for mistake in document.mistakes)


PIECES = st.sampled_from(
    [*"{}[]:,-&*!|>'\"#%@`?\n\t ", "a", "- ", ": ", "\n  ", "<<", "!vault ", "{{ ", "---\n"]
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_any_of_yamls_own_characters_are_read_or_are_a_mistake(text: str) -> None:
    parse(text)
