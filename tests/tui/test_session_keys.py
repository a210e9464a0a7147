"""Every key of a session, as it is pressed."""

from __future__ import annotations

import pytest

from coach.routine.language.reader import read_routine
from coach.routine.model import Block
from coach.settings import KeyChoice, Settings
from coach.timeline.compile.compile import compile_routine
from coach.tui.widgets.stage import Stage
from tests.builders import Shelf, counted, rest, timed
from tests.tui.rig import running, session

THREE = (timed("Plank", 30), rest(20), timed("Squat", 40))


async def test_space_pauses_and_resumes():
    async with session(*THREE) as rig:
        await rig.advance(1000)
        await rig.press("space")
        assert rig.state.mode == "paused"
        assert "PAUSED" in rig.text
        assert "Space resume" in rig.text
        await rig.advance(1000)
        await rig.press("space")
        assert rig.state.mode == "running"
        assert "PAUSED" not in rig.text


async def test_the_clock_stands_while_paused():
    async with session(*THREE) as rig:
        await rig.advance(5000)
        await rig.press("space")
        shown = rig.text
        await rig.advance(60_000)
        assert rig.text == shown
        assert rig.state.elapsed_ms(rig.session.runner.now_ms) == 5000


async def test_after_a_long_pause_work_is_counted_in():
    async with session(*THREE) as rig:
        await rig.advance(5000)
        await rig.press("space")
        await rig.advance(5000)
        await rig.press("space")
        assert rig.state.mode == "count_in"
        assert "COUNT-IN" in rig.text
        assert rig.scene.view.digits == "3"
        await rig.advance(1000)
        assert rig.scene.view.digits == "2"
        await rig.press("space")
        assert rig.state.mode == "paused"


@pytest.mark.parametrize("key", ["n", "right", "pagedown"])
async def test_next_skips(key):
    async with session(*THREE) as rig:
        await rig.press(key)
        assert rig.state.index == 1
        assert "REST" in rig.text


@pytest.mark.parametrize("key", ["b", "left", "pageup"])
async def test_back_starts_again_and_at_the_start_goes_to_the_one_before(key):
    async with session(*THREE) as rig:
        await rig.press("n")
        await rig.advance(5000)
        await rig.press(key)
        assert (rig.state.index, rig.state.elapsed_ms(rig.session.runner.now_ms)) == (1, 0)
        await rig.press(key)
        assert rig.state.index == 0


@pytest.mark.parametrize(
    ("key", "seconds"),
    [("plus", 40), ("equals_sign", 40), ("up", 40), ("minus", 20), ("down", 20)],
)
async def test_an_interval_gets_longer_and_shorter(key, seconds):
    async with session(*THREE) as rig:
        await rig.press(key)
        assert rig.state.interval.duration_ms == seconds * 1000
        assert rig.scene.view.digits == str(seconds)


async def test_enter_ends_open_work():
    async with session(counted("Push-up", 10), timed("Plank", 30)) as rig:
        assert "Enter when done" in rig.text
        assert "Enter done" in rig.keys
        await rig.press("enter")
        assert rig.state.index == 1
        assert "Enter done" not in rig.keys


async def test_enter_says_that_the_clock_ends_the_rest():
    async with session(*THREE) as rig:
        await rig.press("enter")
        assert rig.state.index == 0
        assert "This ends by itself." in rig.text


async def test_mute_is_a_badge():
    async with session(*THREE) as rig:
        await rig.press("m")
        assert rig.player.muted is True
        assert "MUTED" in rig.text
        assert "m unmute" in rig.keys
        await rig.press("m")
        assert rig.player.muted is False
        assert "MUTED" not in rig.text


@pytest.mark.parametrize(("key", "volume"), [("left_square_bracket", 0.7), ("right_square_bracket", 0.9)])
async def test_volume_goes_by_tenths(key, volume):
    async with session(*THREE) as rig:
        await rig.press(key)
        assert rig.player.volume == pytest.approx(volume)
        assert f"Volume {volume * 100:.0f} %" in rig.text


async def test_volume_ends_at_both_ends():
    async with session(*THREE) as rig:
        for _ in range(12):
            await rig.press("left_square_bracket")
        assert rig.player.volume == 0
        for _ in range(12):
            await rig.press("right_square_bracket")
        assert rig.player.volume == 1


async def test_the_clock_runs_behind_the_help():
    async with session(*THREE) as rig:
        await rig.press("question_mark")
        assert rig.where == "HelpScreen"
        assert "In a session" in rig.text
        await rig.advance(31_000)
        assert rig.state.index == 1
        await rig.press("space")
        assert rig.where == "HelpScreen"
        await rig.press("escape")
        assert rig.where == "SessionScreen"
        assert "REST" in rig.text


@pytest.mark.parametrize("key", ["escape", "question_mark", "q", "enter", "ctrl+q", "ctrl+c"])
async def test_help_closes_without_ending_the_session(key):
    async with session(*THREE) as rig:
        await rig.press("question_mark")
        await rig.press(key)
        assert rig.where == "SessionScreen"
        assert rig.state.mode == "running"
        assert rig.state.asking_until_ms is None


async def test_help_scrolls_where_it_is_longer_than_the_screen():
    async with session(*THREE, size=(40, 12)) as rig:
        await rig.press("question_mark")
        top = rig.text
        await rig.press("down", "down")
        assert rig.text != top
        await rig.press("up", "up")
        assert rig.text == top


async def test_ctrl_z_pauses_before_it_suspends(monkeypatch):
    async with session(*THREE) as rig:
        suspended = []
        monkeypatch.setattr(type(rig.driver), "can_suspend", property(lambda _: True))
        monkeypatch.setattr("os.kill", lambda *_: suspended.append(rig.state.mode))
        await rig.press("ctrl+z")
        assert suspended == ["paused"]


async def test_ctrl_z_does_nothing_where_a_program_cannot_be_suspended():
    async with session(*THREE) as rig:
        await rig.press("ctrl+z")
        assert rig.state.mode == "running"


async def test_r_and_enter_count_rounds():
    laps = Block((counted("Pull-up", 5), counted("Squat", 15)), time_ms=60_000)
    async with session(laps, size=(120, 34)) as rig:
        assert "Enter counts a round" in rig.text
        await rig.press("r", "enter")
        assert "2 rounds done" in rig.text


async def test_enter_ends_the_work_of_a_window():
    async with session(Block((counted("Squat", 15),), every_ms=60_000, rounds=2)) as rig:
        await rig.advance(20_000)
        await rig.press("enter")
        assert rig.state.interval.cause == "window"


async def test_capital_s_keeps_the_loudness():
    async with session(*THREE, keep=lambda volume, *, muted: f"kept {volume} {muted}") as rig:
        await rig.press("left_square_bracket", "m", "S")
        assert "kept 0.7 True" in rig.text


@pytest.mark.parametrize("key", ["q", "ctrl+q", "ctrl+c"])
async def test_leaving_asks_first_while_the_clock_runs(key):
    async with session(*THREE) as rig:
        await rig.press(key)
        assert rig.state.mode == "running"
        assert "End now?" in rig.text
        assert "n stay" in rig.keys
        before = rig.scene.view.digits
        await rig.advance(3000)
        assert int(rig.scene.view.digits) == int(before) - 3


async def test_the_question_goes_by_itself():
    async with session(*THREE) as rig:
        await rig.press("q")
        await rig.advance(9_900)
        assert "End now?" in rig.text
        await rig.advance(200)
        assert "End now?" not in rig.text
        assert rig.state.mode == "running"


async def test_an_answer_that_comes_too_late_is_a_key_like_any_other():
    async with session(*THREE) as rig:
        await rig.press("q")
        rig.clock.ns += 11_000_000_000
        await rig.press("q")
        assert rig.where == "SessionScreen"
        assert "End now?" in rig.text


@pytest.mark.parametrize("key", ["y", "ctrl+c"])
async def test_yes_ends_and_shows_what_was_done(key):
    async with session(*THREE) as rig:
        await rig.advance(5000)
        await rig.press("q", key)
        assert rig.where == "SummaryScreen"
        assert "Stopped at " in rig.text
        assert rig.state.mode == "over"


@pytest.mark.parametrize("key", ["n", "escape"])
async def test_no_continues_the_session(key):
    async with session(*THREE) as rig:
        await rig.press("q", key)
        assert (rig.state.mode, rig.state.index, rig.state.asking_until_ms) == ("running", 0, None)
        assert "End now?" not in rig.text


@pytest.mark.parametrize(
    "key",
    [
        "q",
        "enter",
        "ctrl+q",
        "space",
        "b",
        "left",
        "right",
        "plus",
        "minus",
        "up",
        "down",
        "m",
        "x",
        "tab",
        "question_mark",
        "ctrl+z",
    ],
)
async def test_while_asked_any_other_key_is_a_no_and_nothing_else(key):
    async with session(*THREE) as rig:
        before = rig.state
        await rig.press("q", key)
        assert rig.state == before
        assert rig.where == "SessionScreen"
        assert "End now?" not in rig.text


STRAY = [
    *"abcdefghijklmnoprstuvwxyzS0123456789",
    *("escape", "tab", "shift+tab", "backspace", "delete", "home", "end", "pageup", "pagedown", "f1", "f10"),
    *("ctrl+a", "ctrl+d", "ctrl+p", "ctrl+w", "ctrl+x", "ctrl+backslash", "ctrl+l", "alt+q", "Q", "Y", "full_stop"),
]


async def test_no_single_key_loses_the_session():
    async with session(*[timed("Plank", 600)] * 40) as rig:
        for key in STRAY:
            await rig.press(key)
            assert rig.where in ("SessionScreen", "HelpScreen", "JumpScreen", "CommandScreen"), key
            assert rig.state.mode != "over", key
            while rig.where != "SessionScreen":
                await rig.press("escape")


async def test_undo_is_offered_and_says_so():
    async with session(*THREE) as rig:
        assert "u undo" not in rig.keys
        await rig.advance(5000)
        await rig.press("n")
        assert "u undo" in rig.keys
        await rig.advance(1000)
        await rig.press("u")
        assert (rig.state.index, rig.state.elapsed_ms(rig.session.runner.now_ms)) == (0, 5000)
        assert "Undone. Back to Plank." in rig.text
        assert "u undo" not in rig.keys


async def test_undo_is_offered_for_ten_seconds():
    async with session(*THREE) as rig:
        await rig.press("n")
        await rig.advance(9_900)
        assert "u undo" in rig.keys
        await rig.advance(100)
        assert "u undo" not in rig.keys
        await rig.press("u")
        assert "Nothing to undo" in rig.text


async def test_home_starts_a_part_again_at_any_moment():
    async with session(*THREE) as rig:
        await rig.press("n")
        await rig.advance(500)
        await rig.press("home")
        assert (rig.state.index, rig.state.elapsed_ms(rig.session.runner.now_ms)) == (1, 0)


async def test_reps_are_corrected_during_and_after():
    async with session(counted("Push-up", 12), rest(20), timed("Squat", 40)) as rig:
        assert "12 reps" in rig.text
        assert any(one.drawing.lines == ("12",) for one in rig.session.query_one(Stage).picture.letters)
        await rig.press("full_stop")
        assert "13 of 12 reps" in rig.text
        await rig.press("comma", "comma", "enter")
        assert "REST" in rig.text
        assert ". +1 rep" in rig.keys
        await rig.press("comma")
        assert "Push-up: 10 of 12 reps." in rig.text
        await rig.press("n")
        assert "+1 rep" not in rig.keys


LOCKED_OUT = [
    *("space", "enter", "n", "right", "b", "left", "r", "u", "j", "home", "plus", "minus", "up", "down", "m", "S"),
    *(
        "left_square_bracket",
        "right_square_bracket",
        "question_mark",
        "q",
        "full_stop",
        "comma",
        "ctrl+z",
        "ctrl+p",
    ),
]


async def test_a_lock_ignores_all_keys_but_its_own():
    async with session(counted("Push-up", 12), rest(20), timed("Squat", 40)) as rig:
        await rig.press("L")
        assert "Locked: L unlocks" in rig.text
        assert "LOCKED" in rig.text
        assert "L unlock" in rig.keys
        before = rig.state
        for key in LOCKED_OUT:
            await rig.press(key)
            assert rig.state == before, key
            assert rig.where == "SessionScreen", key
        assert not rig.session.runner.muted
        await rig.advance(5_000)
        assert rig.scene.view.digits == "5"
        await rig.press("L", "space")
        assert rig.state.mode == "paused"
        assert "LOCKED" not in rig.text


@pytest.mark.parametrize("key", ["ctrl+c", "ctrl+q"])
async def test_one_can_leave_although_keys_are_locked(key):
    async with session(*THREE) as rig:
        await rig.press("L", key)
        assert "End now?" in rig.text
        await rig.press("x")
        assert "End now?" not in rig.text
        assert rig.state.locked
        await rig.press(key, "y")
        assert rig.where == "SummaryScreen"


async def test_the_prompt_names_the_key_that_was_chosen():
    settings = Settings(keys=(KeyChoice("session.done", ("d",)), KeyChoice("question.end", ("e",))))
    async with session(counted("Push-up", 12), timed("Squat", 40), settings=settings) as rig:
        assert "d when done" in rig.text
        await rig.press("q")
        assert "e: end" in rig.text


async def test_less_time_cuts_what_is_left_and_is_undone_in_one_step():
    text = "name: N\nprepare: 0\nsteps: [{exercise: Plank, time: 60s, sets: 10, rest: 60s}]\n"
    timeline = compile_routine(read_routine(text, "n.yaml", "n").value, Shelf())
    async with running(timeline) as rig:
        await rig.begin(0)
        await rig.advance(5000)
        await rig.press("t")
        assert rig.where == "ShortenScreen"
        assert "3 sets of Plank instead of 10: 4:55" in " ".join(rig.text.split())
        await rig.press("9", "enter")
        assert rig.where == "SessionScreen"
        assert "5 sets of Plank instead of 10: 8:55." in " ".join(rig.text.split())
        assert [rig.state.interval.sets, len(rig.state.timeline.intervals)] == [5, 9]
        await rig.press("u")
        assert rig.state.timeline.intervals == timeline.intervals


async def test_less_time_than_the_shortest_changes_nothing():
    text = "name: N\nprepare: 0\nsteps: [5m Plank, 5m Squat]\n"
    timeline = compile_routine(read_routine(text, "n.yaml", "n").value, Shelf())
    async with running(timeline) as rig:
        await rig.begin(0)
        await rig.press("t", "1", "enter")
        assert rig.where == "ShortenScreen"
        assert "The shortest is 5:00." in rig.text
        await rig.press("escape")
        assert rig.state.timeline.intervals == timeline.intervals
