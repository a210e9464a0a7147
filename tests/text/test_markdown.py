"""Markdown as rows: what it looks like, and that strangers' texts do no harm."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.text.clean import cell_len
from coach.text.markdown import markdown_rows


def lines(text, width=40):
    return [row.text for row in markdown_rows(text, width)]


def bold(text, width=40):
    return [span.text.strip() for row in markdown_rows(text, width) for span in row.spans if span.role == "strong"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("One line\nand its end.", ["One line and its end."]),
        ("One.\n\nTwo.", ["One.", "", "Two."]),
        ("# Title\nText.", ["Title", "Text."]),
        ("## Title ##", ["Title"]),
        ("- one\n- two", ["\u2022 one", "\u2022 two"]),
        ("* one\n  more\n* two", ["\u2022 one more", "\u2022 two"]),
        ("1. one\n2) two", ["1. one", "2) two"]),
        ("- one\n  - two", ["\u2022 one", "  \u2022 two"]),
        ("> said\n> so", ["\u2502 said", "\u2502 so"]),
        ("a\n---\nb", ["a", "\u2500" * 8, "b"]),
        ("```\nkept  as\nit is\n```", ["  kept as", "  it is"]),
        ("[words](http://a.b)", ["words (http://a.b)"]),
        ("[a.b](a.b)", ["a.b"]),
        ("**Bold** and *slanted* and `code`.", ["Bold and slanted and code."]),
        ("2 * 3 * 4 and snake_case_name", ["2 * 3 * 4 and snake_case_name"]),
        ("**open", ["**open"]),
        ("(**bold**), end", ["(bold), end"]),
        ("", []),
    ],
)
def test_what_it_looks_like(text, shown):
    assert lines(text) == shown


def test_marked_words_are_strong():
    assert bold("# A title\nPlain **two words** and *one*.") == ["A", "title", "two", "words", "one"]


def test_a_list_keeps_its_indent_where_its_lines_break():
    assert lines("1. one two three four", 12) == ["1. one two", "   three", "   four"]


def test_terminals_and_markup_get_nothing_to_obey():
    text = "[bold]x[/bold] \x1b[31m \u202eevil \x07 [@click=app.exit]y[/]"
    shown = " ".join(lines(text, 80))
    assert "[bold]x[/bold]" in shown
    assert "[@click=app.exit]y[/]" in shown
    assert not set(shown) & {"\x1b", "\u202e", "\x07"}


@given(st.text(alphabet="ab *_`#-[]()>1.\n\u5de6\x1b", max_size=200), st.integers(1, 30))
def test_rows_are_never_wider_than_asked_and_no_letter_is_lost(text, width):
    rows = markdown_rows(text, width)
    assert all(cell_len(row.text) <= max(2, width) for row in rows)
    shown = "".join(row.text for row in rows)
    for letter in "ab\u5de6":
        assert shown.count(letter) == text.count(letter)


def test_a_long_text_of_marks_takes_no_longer_than_a_plain_one():
    assert lines("*" * 20_000 + "a", 80)
    assert lines("[" * 20_000, 80)
    assert lines("**a" * 5_000, 80)
