"""Lines as wide as a terminal draws them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.text.clean import cell_len, legible, wrapped


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        (" \n ", []),
        ("one", ["- one"]),
        ("one  two three", ["- one two", "  three"]),
        ("twelve-letters long", ["- twelve-l", "  etters", "  long"]),
        ("ab twelve-letters", ["- ab", "  twelve-l", "  etters"]),
        ("\u7537\u5973\u8001\u5c11\u4e2d", ["- \u7537\u5973\u8001\u5c11", "  \u4e2d"]),
        ("\u7537\u5973 \u8001\u5c11", ["- \u7537\u5973", "  \u8001\u5c11"]),
        ("e\u0301" * 9, ["- " + "e\u0301" * 8, "  e\u0301"]),
    ],
)
def test_lines_are_broken_between_words_and_long_words_where_they_must(text, lines):
    assert wrapped(text, 10, "- ", "  ") == lines


@given(st.text(), st.integers(4, 40), st.sampled_from(["", "- "]), st.sampled_from(["", "  "]))
def test_no_line_is_too_wide_and_nothing_is_lost(text, width, first, later):
    # Four cells are an indent and one wide character, which nothing narrower could hold.
    lines = wrapped(text, width, first, later)
    assert all(cell_len(line) <= width for line in lines)
    bare = [line.removeprefix(later if number else first) for number, line in enumerate(lines)]
    assert "".join("".join(bare).split()) == "".join(text.split())


@given(st.text(st.characters(exclude_characters="\n\t")))
def test_cleaned_text_is_never_wider_than_it_was_measured(text):
    assert cell_len(legible(text)) <= cell_len(text)


def test_a_control_character_takes_the_cell_of_the_question_mark_in_its_place():
    assert cell_len("\x1b[31m\u202e\u7537\a") == cell_len("?[31m\u7537?") == 8
