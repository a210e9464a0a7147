"""What the chooser does beside starting: favourites, new names, deletion and undo, filters, lines and timers."""

from __future__ import annotations

import pytest

from coach.routine.library.favourites import read_favourites
from coach.routine.library.library import Library
from coach.routine.library.trash import trash_folder
from coach.tui.choices import Choice
from coach.tui.filters import FILTER_NAMES, NO_EQUIPMENT, NO_FILTERS, Filters, equipment_of
from coach.tui.listing import TODAY
from coach.tui.screens.quick import TimerScreen
from coach.tui.widgets.chips import ChipBar
from coach.tui.widgets.routines import FAVOURITES, Heading, TopRow
from tests.tui.rig import running

TEXT = "# mine\nname: {name}  # its name\ntags: [{tag}]\nlevel: {level}\nequipment: {things}\nsteps: [{steps}]\n"
FILES = {
    "shipped/arms": ("Arms", "strength", "advanced", "[mat]", "40s push-up, 20s rest, 40s dip"),
    "shipped/run": ("Run", "running", "beginner", "[]", "25m run"),
    "user/back": ("Back", "strength", "beginner", "[mat, band]", "9m bridge"),
    "user/legs": ("Legs", "strength", "intermediate", "[]", "4m squat"),
}


@pytest.fixture
def folders(tmp_path):
    for file, (name, tag, level, things, steps) in FILES.items():
        path = tmp_path / f"{file}.yaml"
        path.parent.mkdir(exist_ok=True)
        text = TEXT.format(name=name, tag=tag, level=level, things=things, steps=steps)
        path.write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture(autouse=True)
def _usual_timer(monkeypatch):
    monkeypatch.setattr(TimerScreen, "last", TimerScreen.last)


def choosing(folders, **more):
    return running(library=Library(folders / "shipped", folders / "user"), **more)


def listed(rig):
    return [each.name for each in rig.routines.choices]


def headings(rig):
    return [row.name for row in rig.routines.rows if isinstance(row, Heading)]


def under(rig):
    return rig.routines.under.name


async def find(rig, name):
    await rig.press("slash", *name.lower(), "escape")
    assert under(rig) == name


async def test_a_star_makes_a_group_at_the_top_and_undo_takes_it_back(folders):
    async with choosing(folders, size=(100, 30)) as rig:
        await rig.settle()
        await find(rig, "Run")
        await rig.press("s")
        assert headings(rig)[0] == FAVOURITES
        assert read_favourites().pairs == (("run", "Run"),)
        assert rig.text.count("Run \u2605") == 2
        await rig.press("u")
        assert FAVOURITES not in headings(rig)
        assert read_favourites().pairs == ()
        await rig.press("u")
        assert rig.said[-1] == "Nothing to undo."


async def test_another_name_is_written_into_the_file_and_undone(folders):
    file = folders / "user" / "legs.yaml"
    before = file.read_bytes()
    async with choosing(folders, size=(100, 30)) as rig:
        await rig.settle()
        await find(rig, "Legs")
        await rig.press("s", "r")
        assert rig.where == "NamingScreen"
        assert "legs.yaml" in rig.text
        await rig.press(*["backspace"] * 4, *"Day", "space", "1", "colon", "enter")
        await rig.settle()
        assert under(rig) == "Day 1:"
        assert file.read_text(encoding="utf-8").startswith('# mine\nname: "Day 1:"  # its name\n')
        assert read_favourites().pairs == (("legs", "Day 1:"),)
        await rig.press("u")
        await rig.settle()
        assert (under(rig), file.read_bytes()) == ("Legs", before)
        assert read_favourites().pairs == (("legs", "Legs"),)


async def test_a_name_is_not_undone_over_a_later_change(folders):
    file = folders / "user" / "legs.yaml"
    async with choosing(folders) as rig:
        await rig.settle()
        await find(rig, "Legs")
        await rig.press("r", "2", "enter")
        await rig.settle()
        later = file.read_text(encoding="utf-8") + "# later\n"
        file.write_text(later, encoding="utf-8")
        await rig.press("u")
        assert "Can't undo" in rig.said[-1]
        assert file.read_text(encoding="utf-8") == later


async def test_a_deleted_routine_is_in_the_trash_until_it_is_undone(folders):
    file = folders / "user" / "legs.yaml"
    before = file.read_bytes()
    async with choosing(folders) as rig:
        await rig.settle()
        await find(rig, "Legs")
        await rig.press("delete")
        await rig.settle()
        assert "Legs" not in listed(rig)
        assert rig.said == ["Deleted Legs. u undoes it."]
        assert [each.read_bytes() for each in trash_folder().iterdir()] == [before]
        await rig.press("u")
        await rig.settle()
        assert under(rig) == "Legs"
        assert file.read_bytes() == before


@pytest.mark.parametrize(("key", "what"), [("delete", "delete"), ("r", "rename")])
async def test_what_comes_with_coach_is_neither_deleted_nor_renamed(folders, key, what):
    async with choosing(folders) as rig:
        await rig.settle()
        await find(rig, "Arms")
        await rig.press(key)
        assert rig.where == "ChooseScreen"
        assert rig.said == [f"Can't {what} a routine that comes with coach. d makes a copy of your own."]
        assert (folders / "shipped" / "arms.yaml").exists()


async def test_deleting_ones_own_copy_brings_back_what_came_with_coach(folders):
    (folders / "user" / "arms.yaml").write_text("name: My arms\nsteps: [10s dip]\n", encoding="utf-8")
    async with choosing(folders) as rig:
        await rig.settle()
        await rig.press("slash", *"my", "space", *"arms", "escape", "delete")
        await rig.settle()
        assert "Arms" in listed(rig)
        assert "The one that comes with coach is used again." in rig.said[-1]


async def test_a_broken_file_can_be_deleted_and_not_renamed(folders):
    (folders / "user" / "legs.yaml").write_text("name: Legs\nstep: []\n", encoding="utf-8")
    async with choosing(folders) as rig:
        await rig.settle()
        await find(rig, "Legs")
        await rig.press("r")
        assert rig.said == ["Can't rename: fix the errors in its file first."]
        await rig.press("delete")
        await rig.settle()
        assert "Legs" not in listed(rig)


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        (NO_FILTERS, ["Back", "Legs", "Arms", "Run"]),
        (Filters(minutes=5), ["Legs", "Arms"]),
        (Filters(minutes=10), ["Back", "Legs", "Arms"]),
        (Filters(level="beginner"), ["Back", "Run"]),
        (Filters(equipment=NO_EQUIPMENT), ["Legs", "Run"]),
        (Filters(equipment="mat"), ["Back", "Arms"]),
        (Filters(minutes=5, equipment="mat"), ["Arms"]),
        (Filters(order="shortest"), ["Arms", "Legs", "Back", "Run"]),
        (Filters(order="longest"), ["Run", "Back", "Legs", "Arms"]),
        (Filters(order="name"), ["Arms", "Back", "Legs", "Run"]),
        (Filters(minutes=5, level="beginner"), []),
    ],
)
async def test_filters_narrow_and_sort(folders, filters, names):
    async with choosing(folders) as rig:
        await rig.settle()
        rig.screen._set_filters(filters)
        await rig.pilot.pause()
        assert listed(rig) == names
        if not names:
            assert "No matches. Esc clears the filters." in rig.page
        await rig.press("escape")
        assert listed(rig) == ["Back", "Legs", "Arms", "Run"]


async def test_the_dialog_filters_while_it_is_open(folders):
    async with choosing(folders) as rig:
        await rig.settle()
        chooser = rig.screen
        await rig.press("f", "down", "right")
        assert rig.where == "FilterScreen"
        assert "beginner" in rig.text
        assert [each.name for each in chooser.query_one("RoutineList").choices] == ["Back", "Run"]
        await rig.press("backspace", "up", "left", "enter")
        assert rig.where == "ChooseScreen"
        assert listed(rig) == ["Back", "Legs", "Arms", "Run"]
        assert "up to 45 min" in rig.screen.query_one(ChipBar).text


async def test_a_chip_turns_by_click_and_wheel(folders):
    async with choosing(folders, size=(120, 30)) as rig:
        await rig.settle()
        await rig.pilot.click(ChipBar, offset=(2, 0))
        assert "up to 5 min" in rig.text
        assert listed(rig) == ["Legs", "Arms"]
        chips = rig.screen.query_one(ChipBar)
        chips.post_message(ChipBar.Turned("minutes", -1))
        await rig.pilot.pause()
        assert "any length" in rig.text


async def test_in_a_narrow_window_only_chips_that_are_set_take_room(folders):
    async with choosing(folders, size=(50, 20)) as rig:
        await rig.settle()
        assert rig.screen.query_one(ChipBar).text.strip() == ""
        rig.screen._set_filters(Filters(level="beginner"))
        await rig.pilot.pause()
        assert rig.screen.query_one(ChipBar).text.strip() == "beginner"


def test_each_filter_goes_round_its_values():
    things = ("mat", "band")
    for name in FILTER_NAMES:
        there = back = NO_FILTERS
        seen = set()
        while (there := there.turned(name, 1, things)) not in seen:
            seen.add(there)
            assert there.words(name)
        assert NO_FILTERS in seen
        for _ in seen:
            back = back.turned(name, -1, things)
        assert back == NO_FILTERS


def test_equipment_is_offered_by_how_common_it_is():
    needs = (("mat",), ("mat", "band"), (), ("box",))
    choices = [Choice(str(at), "x", yours=False, equipment=things) for at, things in enumerate(needs)]
    assert equipment_of(choices) == ("mat", "band", "box")


async def test_a_line_typed_into_the_search_starts(folders):
    async with choosing(folders, size=(100, 30)) as rig:
        await rig.settle()
        await rig.press("slash", *("space" if each == " " else each for each in "2x(20s squat, 10s rest)"))
        assert isinstance(rig.routines.under, TopRow)
        assert "0:50" in rig.page
        await rig.press("enter")
        assert rig.where == "SessionScreen"
        assert rig.session.timeline.name == "2x(20s squat, 10s rest)"


async def test_o_takes_a_line_shows_its_mistake_and_starts_it(folders):
    async with choosing(folders, size=(100, 30)) as rig:
        await rig.settle()
        await rig.press("o")
        assert "8x(20s high knees, 10s rest)" in rig.text
        await rig.press(*"2x(20s", "space", *"squat")
        assert ")" in rig.page
        await rig.press("enter")
        assert rig.where == "QuickScreen"
        await rig.press(*")", "enter")
        assert rig.where == "SessionScreen"


async def test_a_line_is_saved_as_a_routine(folders):
    async with choosing(folders) as rig:
        await rig.settle()
        await rig.press("o", *"1m", "space", *"plank", "ctrl+s")
        assert rig.where == "NamingScreen"
        await rig.press(*"Hold", "enter")
        await rig.settle()
        assert under(rig) == "Hold"
        assert (folders / "user" / "hold.yaml").read_text(encoding="utf-8").endswith("steps:\n  - 1m plank\n")


async def test_three_numbers_are_typed_and_started(folders):
    async with choosing(folders) as rig:
        await rig.settle()
        await rig.press("w")
        assert "4:00 in all" in rig.text
        await rig.press("3", "0", "down", "left", "down", "backspace", "3", "enter")
        assert rig.where == "SessionScreen"
        work = [each.duration_ms for each in rig.session.timeline.intervals if each.kind == "work"]
        rest = [each.duration_ms for each in rig.session.timeline.intervals if each.kind == "rest"]
        assert (work, rest) == ([30_000] * 3, [5_000] * 2)


async def test_three_numbers_are_saved_under_a_name_and_kept_within_bounds(folders):
    async with choosing(folders) as rig:
        await rig.settle()
        await rig.press("w", *"99999", "right", "down", *["left"] * 5, "down", *"0", "s")
        assert rig.where == "NamingScreen"
        await rig.press("enter")
        await rig.settle()
        assert under(rig) == "1 x 3599 s work"
        assert "3599s Work" in (folders / "user" / "1-x-3599-s-work.yaml").read_text(encoding="utf-8")


async def test_rows_of_a_plan_stand_in_place_of_what_was_last_used(folders):
    done = []
    row = TopRow("plan", TODAY, "Walk and run, week 2", "2 of 3", lambda _: [], lambda: done.append(1), None, {})
    async with choosing(folders) as rig:
        await rig.settle()
        rig.screen.offer(TODAY, (row,))
        await rig.pilot.pause()
        assert headings(rig)[0] == TODAY
        assert under(rig) == "Walk and run, week 2"
        await rig.press("enter", "delete", "s", "e")
        assert done == [1]
        rig.screen.offer(TODAY, ())
        await rig.pilot.pause()
        assert TODAY not in headings(rig)


async def test_a_typo_says_what_was_searched_for_and_nothing_found_offers_what_is_near(folders):
    async with choosing(folders) as rig:
        await rig.settle()
        await rig.press("slash", *"birdge")
        assert listed(rig) == ["Back"]
        assert headings(rig) == ["Matches for bridge"]
        await rig.press(*["backspace"] * 6, *"squat", "space", *"pilates")
        assert listed(rig) == []
        assert headings(rig) == ["No matches. Close to it:"]
        assert under(rig) == "Legs"


async def test_y_copies_the_outline(folders):
    async with choosing(folders) as rig:
        await rig.settle()
        await find(rig, "Arms")
        await rig.press("y")
        assert rig.app.clipboard.splitlines()[0].startswith("Arms, 1:50")
