"""The list of a session's parts, and the mouse in a session."""

from __future__ import annotations

import pytest

from coach.routine.model import Block, Wait
from coach.session.state import Jump
from coach.tui.stage.track import Track, head_cell, index_at, track_pieces
from coach.tui.widgets.parts import PartList, part_row, parts_of
from tests.builders import compiled, counted, pause, rest, timed
from tests.tui.rig import session

THREE = (timed("Plank", 30), rest(20), timed("Squat", 40))
BLOCKS = (
    Block((timed("Plank", 30), timed("Squat", 40, sides="each")), "Main", 2, rest=pause(10)),
    Wait("Put the band on"),
    counted("Push-up", 12, sets=2),
)


def listed(rig):
    return rig.screen.query_one(PartList)


def cursor_of(rig):
    return listed(rig).picked


async def test_every_part_is_listed_under_its_round():
    async with session(*BLOCKS, size=(80, 40)) as rig:
        await rig.press("j")
        assert rig.where == "JumpScreen"
        lines = listed(rig).text.splitlines()
        assert [" ".join(line.split()) for line in lines[:4]] == [
            "Main, round 1 of 2",
            "now \u25cf Plank, 0:30 0:00",
            "\u25cb Rest, 0:10 0:30",
            "\u25cf Squat, left, 0:40 0:40",
        ]
        assert " Main, round 2 of 2" in lines
        assert any("Push-up, 12 reps, set 2 of 2" in line for line in lines)
        assert any("\u00b7 Put the band on " in line for line in lines)


async def test_arrows_pick_a_part_and_the_session_goes_there():
    async with session(*THREE) as rig:
        await rig.press("j", "down", "down", "enter")
        assert rig.where == "SessionScreen"
        assert (rig.state.index, rig.session.runner.visits[-1].ending) == (2, "jump")
        assert "Squat" in rig.text
        await rig.press("u")
        assert rig.state.index == 0


async def test_the_cursor_begins_where_one_is_and_passes_over_headings():
    async with session(*BLOCKS) as rig:
        await rig.press("n", "n", "j")
        assert cursor_of(rig) == 2
        await rig.press("up", "up", "up", "up")
        assert cursor_of(rig) == 0
        await rig.press("end")
        assert cursor_of(rig) == len(rig.state.timeline.intervals) - 1
        await rig.press("home")
        assert cursor_of(rig) == 0
        seen = []
        for _ in range(12):
            seen.append(cursor_of(rig))
            await rig.press("down")
        assert seen == list(range(12))


async def test_the_clock_runs_and_the_present_part_is_marked():
    async with session(*THREE) as rig:
        await rig.press("j")
        assert "Plank 30" in rig.text
        await rig.advance(31_000)
        assert rig.where == "JumpScreen"
        assert "Rest 19" in rig.text
        assert [line.startswith(" now") for line in listed(rig).text.splitlines()] == [False, True, False]
        await rig.advance(60_000)
        assert rig.where == "SummaryScreen"


@pytest.mark.parametrize("key", ["escape", "ctrl+c", "ctrl+q"])
async def test_leaving_the_list_moves_nothing(key):
    async with session(*THREE) as rig:
        await rig.press("j", "down", key)
        assert (rig.where, rig.state.index, rig.session.runner.visits) == ("SessionScreen", 0, [])


async def test_typing_narrows_the_list():
    async with session(*BLOCKS) as rig:
        await rig.press("j", *"squat", "space", *"right")
        assert "Search: squat right" in rig.text
        assert "Plank" not in listed(rig).text
        assert listed(rig).text.count("Squat, right") == 2
        assert listed(rig).text.count("Main, round") == 2
        await rig.press("space", "2", "enter")
        assert rig.state.interval.title == "Squat"
        assert (rig.state.interval.side, rig.state.interval.block[0].round) == ("right", 1)


async def test_headings_are_searched_too_and_letters_can_be_erased():
    async with session(*BLOCKS) as rig:
        await rig.press("j", *"zz")
        assert "no matches" in rig.text
        await rig.press("enter")
        assert rig.where == "JumpScreen"
        await rig.press("backspace", "backspace", *"round")
        assert "Plank" in listed(rig).text
        assert "Push-up" not in listed(rig).text
        await rig.press("escape")
        assert "Type to search" in rig.text
        assert rig.where == "JumpScreen"


async def test_a_click_on_a_part_goes_there():
    async with session(*THREE) as rig:
        await rig.press("j")
        await rig.pilot.click(PartList, offset=(10, 2))
        await rig.pilot.pause()
        assert (rig.where, rig.state.index) == ("SessionScreen", 2)


async def test_a_long_list_has_the_present_part_in_sight():
    async with session(*[timed(f"Exercise {each}", 30) for each in range(300)]) as rig:
        rig.session.do(Jump(200))
        await rig.press("j")
        assert "Exercise 200" in rig.text
        await rig.press("pagedown")
        assert cursor_of(rig) > 210
        await rig.press("pageup", "home")
        assert "Exercise 0," in rig.text


@pytest.mark.parametrize("width", [20, 40, 60, 100])
def test_rows_are_as_wide_as_the_list(width):
    for part in parts_of(compiled(*BLOCKS)):
        for under_cursor in (False, True):
            row = part_row(part, width, now=2, under_cursor=under_cursor)
            assert sum(each.cells for each in row.spans) == width


# The mouse.


async def click(rig, x, y):
    await rig.pilot.click(offset=(x, y))
    await rig.pilot.pause()


async def test_a_click_pauses_and_resumes():
    async with session(*THREE) as rig:
        await click(rig, 40, 10)
        assert rig.state.mode == "paused"
        await click(rig, 40, 10)
        assert rig.state.mode == "running"


async def test_a_click_is_done_where_a_key_ends_it():
    async with session(counted("Push-up", 12), rest(20), timed("Squat", 40)) as rig:
        await click(rig, 40, 10)
        assert rig.state.index == 1


async def test_a_click_on_the_row_of_the_session_lists_its_parts():
    async with session(*THREE) as rig:
        row = next(y for y, line in enumerate(rig.text.splitlines()) if line.rstrip().endswith("1:30 left"))
        await click(rig, 66, row)
        assert rig.where == "JumpScreen"
        assert cursor_of(rig) == 2
        await rig.press("escape")
        assert rig.state.index == 0


async def test_a_click_is_no_answer_to_the_question():
    async with session(*THREE) as rig:
        await rig.press("q")
        await click(rig, 40, 10)
        assert (rig.state.mode, rig.state.asking_until_ms) == ("running", None)


async def test_a_lock_ignores_the_mouse_but_for_the_key_that_unlocks():
    async with session(*THREE) as rig:
        await rig.press("L")
        await click(rig, 40, 10)
        assert rig.state.mode == "running"
        assert "Keys and mouse are locked." in rig.text
        await click(rig, 2, 23)
        assert not rig.state.locked


async def test_the_keys_at_the_foot_can_be_clicked():
    async with session(*THREE) as rig:
        await click(rig, rig.keys.index("next"), 23)
        assert rig.state.index == 1


# The row of the whole session.


def test_the_row_is_to_scale_and_the_head_moves():
    track = Track.of(compiled(timed("A", 30), rest(10), timed("B", 20), prepare_ms=0))
    spans = track_pieces(track, 0, 0, 60)
    assert "".join(each.text for each in spans) == "|" + "#" * 29 + "-" * 10 + "#" * 20
    assert [each.role for each in spans] == ["head", "work-fill", "rest-fill", "work-fill"]
    half = track_pieces(track, 1, 500, 60)
    assert "".join(each.text for each in half) == "#" * 30 + "-----|----" + "#" * 20
    assert [each.role for each in half] == ["work-past", "rest-past", "head", "rest-fill", "work-fill"]
    assert head_cell(track, 2, 1000, 60) == 59


def test_open_work_has_a_place_in_the_row():
    track = Track.of(compiled(counted("A", 5), timed("B", 30), prepare_ms=0))
    assert track.lengths == (30_000, 30_000)
    assert [index_at(track, cell, 10) for cell in (0, 4, 5, 9)] == [0, 0, 1, 1]


@pytest.mark.parametrize("cells", [8, 33, 80, 240])
def test_the_row_is_as_wide_as_it_may_be(cells):
    track = Track.of(compiled(*[timed("A", 7), rest(3)] * 100, timed("B", 1)))
    for index in (0, 77, 199):
        for progress in (0, 333, 1000):
            spans = track_pieces(track, index, progress, cells)
            assert sum(len(each.text) for each in spans) == cells


async def test_with_nothing_found_no_key_does_harm():
    async with session(timed("Plank", 30), rest(10), timed("Squat", 20)) as rig:
        await rig.press("j", *"xyzzy", "down", "up", "pagedown", "pageup", "home", "end", "enter")
        assert rig.where == "JumpScreen"
        assert "no matches" in rig.text
        await rig.press("escape")
        assert "Squat" in rig.text
