"""What is written to the terminal: only the cells that changed, and colours that stay are not asked for again."""

from __future__ import annotations

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from coach.tui.compositor import _written
from coach.tui.widgets.stage import Stage, changed_cells, laid_over
from tests.builders import timed
from tests.tui.rig import session

STYLES = (
    Style(color="#ff0000", bgcolor="#000000"),
    Style(color="#ff0000", bgcolor="#00ff00"),
    Style(color="#0000ff", bgcolor="#00ff00"),
    Style(bgcolor="#102030"),
    Style(color="#ff0000", bold=True),
    Style(reverse=True),
    Style(),
)
RUNS = st.lists(st.tuples(st.sampled_from(("a", "bc", " ", "   ", "\u2580")), st.sampled_from(STYLES)), max_size=8)


def strip_of(runs):
    return Strip([Segment(text, style) for text, style in runs])


def shown(text, width=40):
    """Return the cells that a terminal shows, with the colours that can be seen."""
    screen = pyte.Screen(width, 1)
    pyte.Stream(screen).feed(text)
    cells = [screen.buffer[0][x] for x in range(width)]
    return [
        (cell.data, "" if cell.data == " " and not cell.reverse else cell.fg, cell.bg, cell.bold, cell.reverse)
        for cell in cells
    ]


@given(RUNS)
def test_a_row_looks_as_rich_would_write_it(runs):
    rich = "".join(style.render(text, color_system=ColorSystem.TRUECOLOR) for text, style in runs)
    ours = _written(strip_of(runs), ColorSystem.TRUECOLOR)
    plain = [(*cell[:3], False if cell[0] == " " else cell[3], cell[4]) for cell in shown(rich)]
    assert [(*cell[:3], False if cell[0] == " " else cell[3], cell[4]) for cell in shown(ours)] == plain


def test_a_colour_that_stays_is_asked_for_once():
    row = _written(strip_of([("a", STYLES[0]), ("b", STYLES[1]), ("c", STYLES[2])]), ColorSystem.TRUECOLOR)
    assert row.count("38;2;255;0;0") == 1
    assert row.count("48;2;0;255;0") == 1


@given(RUNS, RUNS)
def test_cells_outside_of_the_change_are_alike(one, other):
    before, after = strip_of(one), strip_of(other)
    width = max(before.cell_length, after.cell_length)
    before, after = before.adjust_cell_length(width, STYLES[0]), after.adjust_cell_length(width, STYLES[0])
    first, end = changed_cells(before, after)
    assert before.crop(0, first).simplify() == after.crop(0, first).simplify()
    assert before.crop(end, width).simplify() == after.crop(end, width).simplify()
    if before == after:
        assert first == end


@given(RUNS, RUNS, st.integers(0, 40))
def test_a_row_laid_over_another_keeps_what_it_does_not_hide(one, other, column):
    under, over = strip_of(one), strip_of(other)
    end = column + over.cell_length
    under = under.adjust_cell_length(max(under.cell_length, end), STYLES[0])
    expected = Strip.join((under.crop(0, column), over, under.crop(end, under.cell_length)))
    assert Strip(laid_over(list(under), column, list(over))).simplify() == expected.simplify()


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_second_repaints_the_digits_alone(size):
    async with session(timed("Squat", 600), size=size) as rig:
        stage = rig.session.query_one(Stage)
        await rig.advance(21_100)
        regions = []
        paint = stage.refresh
        stage.refresh = lambda *some, **more: regions.extend(some) or paint(*some, **more)
        await rig.advance(1000)
        clock = next(one for one in stage.picture.letters if one.ink == "tone")
        rows = range(clock.row, clock.row + clock.drawing.rows)
        digits = [region for region in regions if region.y in rows and region.x >= clock.column]
        assert digits
        assert all(region.width < clock.drawing.columns // 2 for region in digits)


async def test_the_cells_beside_what_changed_are_painted_too():
    async with session(timed("Squat", 600), size=(80, 24)) as rig:
        stage = rig.session.query_one(Stage)
        await rig.advance(21_100)
        before, regions = rig.text.splitlines(), []
        paint = stage.refresh
        stage.refresh = lambda *some, **more: regions.extend(some) or paint(*some, **more)
        await rig.advance(1000)
        after, top = rig.text.splitlines(), stage.region.y
    for region in regions:
        old, new = before[region.y + top], after[region.y + top]
        changed = [x for x, pair in enumerate(zip(old, new, strict=True)) if pair[0] != pair[1]]
        assert not changed or region.x <= changed[0] - 1 < changed[-1] + 1 < region.right
    assert regions
