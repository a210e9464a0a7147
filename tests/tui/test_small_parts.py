"""Colours, keys and texts: the parts without a screen."""

from __future__ import annotations

from dataclasses import asdict

import pytest
from rich._palettes import EIGHT_BIT_PALETTE
from rich.color import Color as RichColor
from rich.color import ColorSystem
from textual.color import Color

from coach.text.clean import cell_len, safe, wrapped
from coach.text.rows import columns, fit
from coach.tui.actions import ACTIONS, HEADINGS, bindings, footer, key_name, names_of
from coach.tui.screens.help import help_rows
from coach.tui.themes import FEW_PALETTES, PALETTES, PALETTES_256, Palette, theme
from coach.tui.widgets.keybar import action_at, key_row


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour):
    """Return the relative luminance as WCAG 2 defines it."""
    parts = [each / 255 for each in Color.parse(colour).rgb]
    red, green, blue = (each / 12.92 if each <= 0.03928 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_contrast_is_reckoned_as_it_is_defined():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


EVERY_PALETTE = [
    pytest.param(palettes[name], id=f"{name}-{depth}")
    for depth, palettes in (("full", PALETTES), ("256", PALETTES_256), ("16", FEW_PALETTES))
    for name in palettes
]


@pytest.mark.parametrize("palette", EVERY_PALETTE)
def test_every_text_stands_out_from_its_ground(palette):
    low = [(pair, contrast(*pair)) for pair in palette.pairs() if contrast(*pair) < 4.5]
    assert low == []


@pytest.mark.parametrize("palette", EVERY_PALETTE)
def test_every_frame_and_bar_stands_out_from_its_ground(palette):
    low = [(pair, contrast(*pair)) for pair in palette.edges() if contrast(*pair) < 3]
    assert low == []


@pytest.mark.parametrize("name", PALETTES_256)
def test_what_a_terminal_with_256_colours_shows_can_be_read(name):
    """Rich brings a colour to the nearest one of the table."""
    shown = {key: table_colour(each) for key, each in asdict(PALETTES_256[name]).items()}
    palette = Palette(**shown)
    assert [pair for pair in palette.pairs() if contrast(*pair) < 4.5] == []
    assert [pair for pair in palette.edges() if contrast(*pair) < 3] == []
    assert {len(set(Color.parse(each).rgb)) for each in (palette.ground, palette.raised)} == {1}
    assert len({palette.prepare, palette.work, palette.rest, palette.wait, palette.paused}) == 5


def table_colour(colour):
    number = RichColor.parse(colour).downgrade(ColorSystem.EIGHT_BIT).number
    return EIGHT_BIT_PALETTE[number].hex


def test_high_contrast_is_higher():
    assert min(contrast(*pair) for pair in PALETTES["high-contrast"].pairs()) >= 7


@pytest.mark.parametrize("name", PALETTES)
def test_kinds_differ_in_colour(name):
    palette = PALETTES[name]
    kinds = [palette.prepare, palette.work, palette.rest, palette.wait, palette.paused]
    assert len(set(kinds)) == 5
    assert theme(name).dark == (name != "light")


def test_no_key_means_two_things_in_one_place():
    for scope in HEADINGS:
        keys = [key for each in ACTIONS if each.scope == scope for key in each.keys.split()]
        assert len(keys) == len(set(keys)), scope


def test_every_action_has_all_its_words_and_an_id_of_its_own():
    assert len({each.id for each in ACTIONS}) == len(ACTIONS)
    assert all(each.label and each.tooltip and each.does and each.keys for each in ACTIONS)


def test_bindings_carry_what_the_table_says():
    found = {each.id: each for each in bindings("session")}
    assert found["session.next"].key == "n,right,pagedown,N"
    assert found["session.next"].description == "next"
    assert found["session.longer"].action == "extend(10)"


def test_the_footer_has_the_most_important_first():
    assert key_row(footer("question"), 40).text.split() == ["y", "end", "n", "stay"]
    keys = footer("session", {"session.pause": "go on"}, frozenset({"session.done", "session.undo"}))
    assert key_row(keys, 24).text.split() == ["Space", "go", "on", "n", "next"]
    assert key_row(keys, 24, {"session.pause": "p space"}).text.split() == ["p", "go", "on", "n", "next"]


@pytest.mark.parametrize(
    ("x", "name"), [(0, None), (1, "end"), (5, "end"), (6, None), (9, "stay"), (14, "stay"), (15, None)]
)
def test_a_place_in_the_row_of_keys_is_an_action(x, name):
    found = action_at(footer("question"), x, 40)
    assert (found.name if found else None) == name
    assert action_at(footer("question"), x, 12) in (None, footer("question")[0].action)


@pytest.mark.parametrize(
    ("key", "name"), [("space", "Space"), ("ctrl+q", "Ctrl-q"), ("+", "+"), ("?", "?"), ("shift+up", "Shift-Up")]
)
def test_keys_have_names_for_people(key, name):
    assert key_name(key) == name


@pytest.mark.parametrize("width", [5, 20, 40, 80, 200])
def test_a_row_of_keys_shows_whole_keys_only(width):
    row = key_row(footer("session"), width)
    assert cell_len(row.text) == width
    for part in row.text.split("   "):
        assert part.strip() in {"", *(f"{names_of(each.action).split()[0]} {each.label}" for each in footer("session"))}


@pytest.mark.parametrize("width", [36, 76])
def test_the_help_names_every_key(width):
    text = "\n".join(row.text for row in help_rows(("session", "question"), width))
    assert all(cell_len(line) <= width for line in text.splitlines())
    for each in ACTIONS:
        if each.scope in ("session", "question"):
            assert " ".join(map(key_name, each.keys.split())) in text
            assert each.tooltip.split()[0] in text


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("plain", "plain"),
        ("two\nlines\tand  more", "two lines and more"),
        ("\x1b[2Jx\x07\x9b", "?[2Jx??"),
        ("a\u202eb\u200bc\u2066", "abc"),
        ("[b]kept[/b]", "[b]kept[/b]"),
        ("\u5de6 caf\u00e9", "\u5de6 caf\u00e9"),
        ("\ud800", "?"),
    ],
)
def test_text_is_made_fit_for_a_terminal(given, expected):
    assert safe(given) == expected


def test_lines_break_between_words():
    assert wrapped("Back knee kisses the floor", 12) == ["Back knee", "kisses the", "floor"]
    assert wrapped("a-word-that-is-too-long x", 10) == ["a-word-tha", "t-is-too-l", "ong x"]
    assert wrapped("\u5de6\u53f3\u5de6\u53f3", 5) == ["\u5de6\u53f3", "\u5de6\u53f3"]
    assert wrapped("", 5) == []


@pytest.mark.parametrize(
    ("width", "expected"), [(26, "Back knee kisses the floor"), (20, "Back knee kisses..."), (8, "Back..."), (3, "")]
)
def test_what_does_not_fit_ends_with_a_whole_word(width, expected):
    assert fit("Back knee kisses the floor", width) == expected


@pytest.mark.parametrize("width", [12, 20, 40, 80])
def test_columns_never_overlap(width):
    for row in columns("Bulgarian split squat", "24 of 24 reps", width, indent=2):
        assert cell_len(row.text) <= width
