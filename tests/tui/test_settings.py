"""The settings screen: what it shows, what it changes, and that nothing is written before it is asked to."""

from __future__ import annotations

import re

import pytest

from coach.audio.protocol import Ready, Trouble
from coach.config import settings_file
from coach.settings import Settings
from coach.system import paths
from coach.tui.screens.settings import GROUPS, ONLY_IN_THE_FILE, group_rows, options, stepped
from coach.tui.widgets.list import RowList
from tests.tui.rig import is_stopped, running

COMMENTED = "# mine\nvolume: 40   # the neighbours\n\nkeys:\n  # easier to hit\n  session.pause: p\n"


@pytest.fixture
def file():
    file = paths.settings_file()
    file.parent.mkdir(parents=True)
    file.write_text(COMMENTED, encoding="utf-8")
    return file


def messages(rig):
    return rig.said


def shown(rig, label):
    """Return what the row of a setting shows beside its name, without the cursor and the frame."""
    rows = (re.search(rf"[\u2502 ]{label} +(.*?) *\u2502", line) for line in rig.text.splitlines())
    return next(row[1] for row in rows if row)


async def go_to(rig, key):
    """Open the settings, and go to a setting."""
    await rig.press("comma")
    while rig.screen.key != key:
        await rig.press("down")


@pytest.mark.parametrize(
    ("value", "by", "expected"),
    [
        ("80", 1, "85"),
        ("80", -1, "75"),
        ("100", 1, "100"),
        ("0", -1, "0"),
        ("83", 1, "85"),
        ("83", -1, "80"),
        ("120", 1, "120"),
        ("abc", 1, "0"),
    ],
)
def test_a_step_goes_to_the_next_option_from_wherever_one_is(value, by, expected):
    assert stepped(value, options()["volume"], by) == expected


def test_a_time_between_two_steps_goes_to_its_neighbour():
    assert stepped("0.15s", options()["latency"], 1) == "0.16s"
    assert stepped("0.15s", options()["latency"], -1) == "0.14s"


def test_every_setting_can_be_set_to_each_of_its_options():
    usual = settings_file.as_texts(Settings())
    assert [*options(), "keys", ONLY_IN_THE_FILE] == list(settings_file.TABLE.fields)
    for key, among in options().items():
        assert usual[key] in among
        for value in among:
            assert settings_file.as_texts(settings_file.from_texts({**usual, key: value}))[key] == value


@pytest.mark.usefixtures("file")
async def test_it_shows_what_the_file_says():
    async with running() as rig:
        await rig.press("comma")
        assert rig.where == "SettingsScreen"
        assert shown(rig, "Volume") == "\u2584" * 6 + "\u2581" * 10 + " 40 %"
        assert shown(rig, "Mute") == "\u25cb\u2500\u2500 off"
        assert shown(rig, "Countdown") == "3"
        await rig.press("down")
        assert "How loud, in per cent." in rig.page
        assert "0 to 100." in rig.page
        await rig.press(*("down",) * 20)
        assert "1 of your own" in rig.text


async def test_nothing_is_written_before_it_is_asked_to_and_then_only_what_was_changed(file):
    async with running() as rig:
        await rig.press("comma", "down", "right")
        assert shown(rig, "Volume").endswith(" 45 % *")
        assert file.read_text() == COMMENTED
        await rig.press("s")
        assert file.read_text() == COMMENTED.replace("40", "45")
        assert rig.app.settings.sound.volume == 0.45
        assert "*" not in rig.text.replace("**", "")
        await rig.press("s")
        assert messages(rig)[-1] == "Nothing to save."
        await rig.press("escape")
        assert rig.where == "ChooseScreen"


@pytest.mark.parametrize(
    ("answer", "where", "volume"),
    [
        ("escape", "SettingsScreen", 40),
        ("d", "ChooseScreen", 40),
        ("s", "ChooseScreen", 45),
        ("enter", "ChooseScreen", 45),
    ],
)
async def test_leaving_with_something_unsaved_asks(file, answer, where, volume):
    async with running() as rig:
        await rig.press("comma", "down", "right", "escape")
        assert rig.where == "UnsavedScreen"
        assert "Save 1 change?" in rig.text
        await rig.press(answer)
        assert rig.where == where
    assert file.read_text() == COMMENTED.replace("40", str(volume))


async def test_what_cannot_be_saved_keeps_the_settings_open(file):
    file.write_text("volume: [\n", encoding="utf-8")
    async with running() as rig:
        await rig.press("comma", "down", "right", "escape", "s")
        assert rig.where == "SettingsScreen"
        assert "nothing was changed" in messages(rig)[-1]


async def test_a_theme_is_seen_at_once_and_is_gone_when_it_is_not_saved():
    async with running() as rig:
        await go_to(rig, "theme")
        await rig.press("right")
        assert rig.app.theme == "light"
        assert "Get ready" in rig.page
        await rig.press("escape", "d")
        assert rig.app.theme == "dark"
        await go_to(rig, "theme")
        await rig.press("enter", "s", "escape")
        assert rig.app.theme == "light"
    assert settings_file.load()[0].theme == "light"


def test_every_setting_is_in_one_group():
    named = [key for keys in GROUPS.values() for key in keys]
    assert sorted([*named, ONLY_IN_THE_FILE]) == sorted(settings_file.TABLE.fields)
    assert [row for row in group_rows() if not row.startswith("#")] == named


@pytest.mark.usefixtures("file")
async def test_enter_goes_round():
    async with running() as rig:
        await rig.press("comma", "down", "down", "enter")
        assert shown(rig, "Mute") == "\u2500\u2500\u25cf on *"
        await rig.press("space")
        assert "*" not in rig.text
        await rig.press("up", *("right",) * 12)
        assert shown(rig, "Volume").endswith(" 100 % *")
        await rig.press("enter")
        assert shown(rig, "Volume").endswith(" 0 % *")


async def test_a_broken_file_is_reported_and_not_touched(file):
    file.write_text("volume: [\n", encoding="utf-8")
    async with running(size=(100, 24)) as rig:
        await rig.press("comma")
        assert "coach check" in rig.text
        await rig.press("down", "right", "s")
        assert "nothing was changed" in messages(rig)[-1]
    assert file.read_text() == "volume: [\n"


async def test_the_sound_is_tried_as_it_is_set_here():
    async with running() as rig:
        await rig.press("comma", "t")
        assert rig.player.started
        assert rig.player.muted is False
        rig.player.tell(Ready("null", "nothing", 40))
        await rig.pilot.pause()
        origin_ns, signals, _ = rig.player.plans[0]
        assert origin_ns == rig.clock.ns + 140_000_000
        assert [sound for _, sound in signals] == ["count", "count", "count", "go", "rep", "rest", "finish"]
        first = rig.player
        end = rig.screen.trial_end
        await rig.press("t")
        assert first.closed
        assert is_stopped(end), "the first trial's end would cut the second short"
        rig.player.tell(Trouble("No sound device was found.", final=True))
        await rig.pilot.pause()
        assert messages(rig) == ["No sound device was found."]
        await rig.press("escape")
        assert rig.player.closed


async def to_keys(rig, downs):
    await go_to(rig, "keys")
    await rig.press("enter", *("down",) * downs)
    assert rig.where == "KeysScreen"


async def test_a_key_is_chosen_by_pressing_it(file):
    async with running() as rig:
        await to_keys(rig, 1)
        await rig.press("enter")
        assert "Start what is under the cursor" in rig.text
        await rig.press("n")
        assert rig.where == "PressScreen"
        assert "n is choose.new already" in " ".join(rig.text.split())
        await rig.press("g")
        assert rig.where == "KeysScreen"
        assert "g *" in rig.text
        await rig.press("escape", "s")
        assert file.read_text() == COMMENTED + "  choose.start: g\n"
        await rig.press("escape")
        assert "g start" in rig.text
        await rig.press("g")
        assert rig.where == "SessionScreen"


async def test_a_key_can_be_left_as_it_is_and_taken_back(file):
    file.write_text("keys: {choose.start: g}\n", encoding="utf-8")
    async with running(settings=settings_file.load()[0]) as rig:
        await to_keys(rig, 1)
        assert "g *" in rig.text
        await rig.press("enter", "escape", "backspace")
        assert "g *" not in rig.text
        await rig.press("escape", "s", "escape")
        assert file.read_text() == "keys: {choose.start: enter}\n"
        assert "Enter start" in rig.text


async def test_the_usual_key_is_not_taken_from_another_that_has_it_by_now(file):
    file.write_text("keys: {choose.start: n, choose.new: enter}\n", encoding="utf-8")
    async with running() as rig:
        await to_keys(rig, 1)
        await rig.press("backspace")
        assert messages(rig) == ["choose.new uses one of these keys. Change that first."]


async def test_settings_and_keys_can_be_clicked():
    async with running() as rig:
        await rig.press("comma")
        await rig.pilot.click("#list", offset=(4, 4))
        await rig.pilot.pause()
        assert shown(rig, "Mute") == "\u25cb\u2500\u2500 off", "a click on a name only goes there"
        await rig.pilot.click("#list", offset=(20, 4))
        await rig.pilot.pause()
        assert shown(rig, "Mute") == "\u2500\u2500\u25cf on *"
        await rig.pilot.click("#list", offset=(19 + 8, 3))
        await rig.pilot.pause()
        assert shown(rig, "Volume").endswith(" 55 % *")
        await rig.press(*("down",) * 20)
        assert rig.screen.key == "keys"
        row = next(y for y, line in enumerate(rig.text.splitlines()) if "the usual ones" in line)
        await rig.pilot.click("#list", offset=(20, row))
        await rig.pilot.pause()
        assert rig.where == "KeysScreen"
        await rig.pilot.click(RowList, offset=(5, 1))
        await rig.pilot.click(RowList, offset=(5, 4))
        await rig.pilot.click(RowList, offset=(5, 4))
        await rig.pilot.pause()
        assert rig.where == "PressScreen"


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (200, 60)])
async def test_it_fits(size):
    async with running(size=size) as rig:
        await go_to(rig, "keys")
        assert "the usual ones" in rig.text
        assert "Enter change" in rig.text
        await rig.press("enter", *("pagedown",) * 9)
        assert "\u25b6 " in rig.text
