"""Every screen as it looks: its text against a kept grid, its colours for eyes, its characters for terminals.

After a change that is meant: `python -m tests.tui.pictures`, and read what `git diff` says.
"""

from __future__ import annotations

import html
import re
import unicodedata
from importlib import import_module
from itertools import pairwise
from pkgutil import iter_modules

import pytest
from rich._palettes import STANDARD_PALETTE
from rich.color import Color, ColorSystem
from rich.terminal_theme import TerminalTheme
from textual.geometry import Region
from textual.screen import Screen
from textual.scrollbar import ScrollBar

from coach.history.report.text import LEGEND
from coach.settings import OWN_THEMES, THEMES
from coach.text.clean import cell_len
from coach.tui import screens
from coach.tui.themes import FEW_PALETTES
from coach.tui.widgets.stage import Stage
from tests.tui.pictures import GRIDS, PICTURES, SCREENS, SIZES, grid, grid_file, pictured

BLOCKS = re.compile("[\u2500-\u259f]")
SIGNS = re.compile("[\u25b6\u25cf\u25c0\u25c9\u25cb\u2605\u2713\u00b7\u2022\u2026]")
"""Our own signs beside those. A terminal that draws them wide gets ASCII."""
ALL = [(name, size) for name in PICTURES for size in SIZES]
FOREIGN = ("textual-dark", "textual-light", "nord", "solarized-light", "gruvbox")
_COLOURS = [tuple(STANDARD_PALETTE[number]) for number in range(16)]
TABLE = TerminalTheme((0, 0, 0), (255, 255, 255), _COLOURS[:8], _COLOURS[8:])
"""The table by which the nearest of sixteen colours is found."""


def luminance(rgb):
    """Return the relative luminance as WCAG 2 defines it."""
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in rgb))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def hard_to_read(rig, least=4.5, *, few=False):
    """Return what on the screen stands out too little, with how much it does; `few` with sixteen colours.

    Behind a dialog the screen is dimmed, so only the dialog counts.
    """
    low = {}
    dialogs = rig.screen.query("Dialog, CommandScreen #--input, CommandList") if rig.screen.is_modal else ()
    box = Region.from_union([dialog.region for dialog in dialogs]) if dialogs else rig.screen.region
    cover = next((stage.picture.cover for stage in rig.screen.query(Stage)), None)
    if cover:
        box = Region(cover.column, cover.row, cell_len(cover.rows[0].text), len(cover.rows))
    for strip in (strip.crop(box.x, box.right) for strip in rig.strips[box.y : box.bottom]):
        for segment in strip:
            text, style = BLOCKS.sub("", segment.text).strip(), segment.style
            if not any(each.isalnum() for each in text):
                continue  # a bar or a frame
            colours = (style.color, style.bgcolor)
            if few:
                colours = [each.downgrade(ColorSystem.STANDARD) for each in colours]
            ink, ground = (each.get_truecolor(TABLE) for each in colours)
            found = contrast(ink, ground)
            if found < least or style.dim:
                low[text] = round(found, 2)
    return low


def on_the_terminals_ground(rig):
    """Return, by row, the cells without a ground of their own: white holes where the terminal's window is white."""
    found = {}
    for y, strip in enumerate(rig.strips):
        grounds = ((segment.text, segment.style and segment.style.bgcolor) for segment in strip)
        if holes := "".join(text for text, ground in grounds if ground is None or ground.is_default):
            found[y] = holes
    return found


@pytest.mark.parametrize(("name", "size"), ALL, ids=[f"{name}-{size[0]}x{size[1]}" for name, size in ALL])
async def test_a_screen_looks_as_it_was_drawn(name, size):
    async with pictured(name, size) as rig:
        seen = grid(rig)
        bare = on_the_terminals_ground(rig)
        low = {}
        for theme in (*OWN_THEMES, *FOREIGN) if size == SIZES[0] else ():
            rig.app.theme = theme
            await rig.pilot.pause()
            if found := hard_to_read(rig):
                low[theme] = found
    assert seen == grid_file(name, size).read_text(encoding="utf-8")
    assert low == {}
    assert bare == {}


def test_there_is_a_picture_of_every_screen():
    modules = [import_module(f"coach.tui.screens.{each.name}") for each in iter_modules(screens.__path__)]
    found = {each for module in modules for each in vars(module).values() if isinstance(each, type)}
    drawn_by_others = {base for each in found for base in each.__mro__[1:]}
    whole = {each.__name__ for each in found - drawn_by_others if issubclass(each, Screen)}
    assert whole <= {each.shown for each in PICTURES.values()}


@pytest.mark.parametrize("name", ["choose", "choose-broken", "settings", "session-work", "session-paused", "help"])
async def test_with_sixteen_colours_every_text_can_be_read(name):
    async with pictured(name, SIZES[0], COLORTERM="", TERM="xterm") as rig:
        assert rig.app.console.color_system == "standard"
        for theme in OWN_THEMES:
            rig.app.theme = theme
            await rig.pilot.pause()
            assert hard_to_read(rig, few=True) == {}


@pytest.mark.parametrize("palette", FEW_PALETTES.values(), ids=str)
def test_with_sixteen_colours_kinds_still_differ(palette):
    kinds = [palette.prepare, palette.work, palette.rest, palette.wait, palette.paused]
    assert len({Color.parse(each).downgrade(ColorSystem.STANDARD).number for each in kinds}) == 5


@pytest.mark.parametrize("name", ["choose", "session-work", "settings"])
async def test_without_colours_all_that_is_shown_is_the_same(name):
    async with pictured(name, SIZES[0], NO_COLOR="1") as rig:
        shown, kept = grid(rig), grid_file(name, SIZES[0]).read_text(encoding="utf-8")
        # What is drawn has soft edges in colours, and none without.
        assert [words(line) for line in shown.splitlines()] == [words(line) for line in kept.splitlines()]
        marked = [each for each in rig.text.splitlines() if "\u25b6 " in each or each.startswith("> ")]
        assert len(marked) == (0 if name == "session-work" else 1)


@pytest.mark.parametrize("theme", [*OWN_THEMES, *FOREIGN])
@pytest.mark.parametrize("terminal", [{}, {"COLORTERM": "", "TERM": "xterm-256color"}], ids=["truecolor", "256"])
async def test_the_levels_of_the_heat_map_can_be_told_apart(theme, terminal):
    async with pictured("history", SIZES[1], **terminal) as rig:
        rig.app.theme = theme
        await rig.pilot.pause()
        shades = {}
        for strip in rig.strips:
            for segment, following in zip(strip, [*strip][1:], strict=False):
                if segment.text == "\u2580\u2580" and following.text.strip() in LEGEND:
                    shades[following.text.strip()] = segment.style.color
    levels = [shades[words].downgrade(rig.app.console._color_system).get_truecolor(TABLE) for words in LEGEND]
    steps = [contrast(one, other) for one, other in pairwise(levels)]
    assert min(steps) >= 1.15, levels
    assert contrast(levels[0], levels[-1]) >= 3


def words(line):
    return [word for word in line.split() if not BLOCKS.search(word)]


def test_the_themes_looked_at_are_some_there_are():
    assert {*OWN_THEMES, *FOREIGN} <= {*THEMES}


def test_there_is_a_picture_of_each_grid_and_nothing_else():
    names = {grid_file(*each).stem for each in ALL}
    assert {each.stem for each in GRIDS.iterdir()} == names
    assert {each.stem for each in SCREENS.glob("*.svg")} == names


@pytest.mark.parametrize("name", sorted(PICTURES))
def test_the_pictures_show_what_the_grids_say(name):
    for size in SIZES:
        drawn = (SCREENS / f"{grid_file(name, size).stem}.svg").read_text(encoding="utf-8")
        shown = html.unescape("".join(re.findall(r"<text[^>]*>(.*?)</text>", drawn, re.DOTALL)))
        missing = [
            word
            for word in grid_file(name, size).read_text(encoding="utf-8").split()
            if not BLOCKS.search(word) and word not in shown
        ]
        assert missing == []
        assert "@import" not in drawn
        assert not re.search(r"url\(['\"]?http", drawn)


@pytest.mark.parametrize("name", ["choose", "commands", "press", "history", "session-work", "session-jump", "summary"])
async def test_a_terminal_that_draws_blocks_wide_gets_none(name, monkeypatch):
    monkeypatch.setattr(ScrollBar, "renderer", ScrollBar.renderer)
    async with pictured(name, SIZES[0], COACH_COARSE="1") as rig:
        rig.app.notify("Look", severity="warning")
        await rig.pilot.pause()
        assert {each for each in rig.text if not each.isascii()} == set()


@pytest.mark.parametrize("file", sorted(GRIDS.glob("*.txt")), ids=lambda each: each.stem)
def test_no_character_is_of_a_width_that_terminals_disagree_on(file):
    text = SIGNS.sub("", BLOCKS.sub("", file.read_text(encoding="utf-8")))
    odd = {each for each in text if each != "\n" and not (each.isascii() and each.isprintable())}
    assert {each: unicodedata.name(each) for each in odd} == {}
