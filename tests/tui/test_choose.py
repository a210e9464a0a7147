"""The chooser: its list, its search, its preview, its keys."""

from __future__ import annotations

import pytest

from coach.routine.library import Library
from coach.tui.choosing import Choices
from tests.tui.rig import running

ROUTINE = """\
name: {name}
summary: {summary}
tags: [{tag}]
level: beginner
equipment: [mat, band]
steps:
  - exercise: {exercise}
    time: 40s
  - rest: 20s
  - exercise: {exercise}
    reps: 8
"""


@pytest.fixture
def folders(tmp_path):
    for name in ("shipped/exercises", "user"):
        (tmp_path / name).mkdir(parents=True)
    put(tmp_path, "shipped/arms", name="Strong arms", tag="arms", exercise="Push-up", summary="Push a lot.")
    put(tmp_path, "shipped/legs", name="Morning legs", tag="legs", exercise="heel-circle", summary="Wake the legs.")
    put(tmp_path, "user/back", name="Calm back", tag="back", exercise="Bridge", summary="Slow.")
    (tmp_path / "user/zz-broken.yaml").write_text("name: X\nstep: []\nlevel: easy\n", encoding="utf-8")
    return tmp_path


def put(folder, file, **texts):
    (folder / f"{file}.yaml").write_text(ROUTINE.format(**texts), encoding="utf-8")


def choosing(folders, **more):
    return running(library=Library(folders / "shipped", folders / "user"), **more)


async def settle(rig):
    """Wait until every file is read and unrolled."""
    choices = rig.app.screen._choices
    for _ in range(200):
        if choices.complete and choices.next_untold() is None:
            break
        await rig.pilot.pause(0.002)
    await rig.pilot.pause()


def listed(rig):
    return [each.name for each in rig.app.screen._list.choices]


def under_cursor(rig):
    return rig.app.screen._list.highlighted.name


async def test_it_lists_what_there_is_with_how_long_it_takes(folders):
    async with choosing(folders) as rig:
        await settle(rig)
        assert listed(rig) == ["Strong arms", "Calm back", "Morning legs", "zz-broken"]
        lines = [line[:32] for line in rig.text.splitlines()[1:5]]
        assert lines[0].split() == [">", "Strong", "arms", "1:10+"]
        assert lines[1].split() == ["Calm", "back", "yours", "1:10+"]
        assert lines[2].split() == ["Morning", "legs", "1:10+"]
        assert lines[3].split()[0] == "zz-broken"
        assert lines[3].split()[-2:] == ["yours", "broken"]


async def test_the_preview_tells_about_the_routine(folders):
    async with choosing(folders, size=(100, 30)) as rig:
        await settle(rig)
        for told in ("Strong arms", "comes with coach", "1:10+, beginner, needs mat, band", "Push a lot.", "#arms"):
            assert told in rig.text
        assert "Get ready" in rig.text
        assert "8 reps" in rig.text


async def test_a_broken_file_tells_all_its_problems_and_does_not_start(folders):
    async with choosing(folders, size=(120, 30)) as rig:
        await settle(rig)
        await rig.press("end")
        assert "cannot be started" in rig.text
        assert 'unknown key "step"' in rig.text
        assert "line 3:" in rig.text
        await rig.press("enter")
        assert rig.where == "ChooseScreen"
        assert rig.players == []


async def test_a_routine_that_cannot_be_unrolled_says_why(folders):
    (folders / "user/aa.yaml").write_text("name: Vague\nsteps:\n  - exercise: Plank\n", encoding="utf-8")
    async with choosing(folders) as rig:
        await settle(rig)
        assert under_cursor(rig) == "Vague"
        assert 'no time or reps for "Plank"' in " ".join(rig.app.screen._sheet.text.split())
        await rig.press("enter")
        assert rig.where == "ChooseScreen"


async def test_enter_starts_and_the_summary_leads_back(folders):
    async with choosing(folders) as rig:
        await rig.press("down", "enter")
        assert rig.where == "SessionScreen"
        assert rig.session.timeline.name == "Calm back"
        await rig.begin()
        await rig.press("q", "y", "enter")
        assert rig.where == "ChooseScreen"
        assert rig.player.closed
        await rig.press("enter")
        assert rig.where == "SessionScreen"
        assert len(rig.players) == 2


@pytest.mark.parametrize(
    ("keys", "name"),
    [
        (["down"], "Calm back"),
        (["j", "j"], "Morning legs"),
        (["down", "down", "up"], "Calm back"),
        (["j", "k"], "Strong arms"),
        (["up"], "Strong arms"),
        (["end"], "zz-broken"),
        (["end", "down"], "zz-broken"),
        (["end", "home"], "Strong arms"),
        (["pagedown"], "zz-broken"),
        (["pagedown", "pageup"], "Strong arms"),
    ],
)
async def test_the_cursor_moves(folders, keys, name):
    async with choosing(folders) as rig:
        await rig.press(*keys)
        assert under_cursor(rig) == name
        assert any(line.startswith(f"> {name}") for line in rig.text.splitlines())


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("calm", ["Calm back"]),
        ("legs", ["Morning legs"]),
        ("PUSH", ["Strong arms"]),
        ("heel circle", ["Morning legs"]),
        ("heel-circle", ["Morning legs"]),
        ("ar st", ["Strong arms"]),
        ("zz", ["zz-broken"]),
        ("nothing-like-it", []),
    ],
)
async def test_search_looks_in_names_tags_and_exercises(folders, search, found):
    async with choosing(folders) as rig:
        await settle(rig)
        await rig.press("slash", *("space" if each == " " else each for each in search))
        assert listed(rig) == found
        if not found:
            assert "Nothing has all of these words" in rig.text


async def test_while_searching_arrows_move_enter_starts_and_letters_are_letters(folders):
    async with choosing(folders) as rig:
        await settle(rig)
        await rig.press("slash", *"a")
        assert "Esc clear" in rig.text
        assert listed(rig) == ["Strong arms", "Calm back", "Morning legs"][: len(listed(rig))]
        await rig.press("down")
        assert under_cursor(rig) == listed(rig)[1]
        await rig.press("up")
        assert under_cursor(rig) == listed(rig)[0]
        await rig.press("pagedown")
        assert under_cursor(rig) == listed(rig)[-1]
        await rig.press("pageup", "backspace", *"qk")
        assert rig.app.is_running
        assert rig.app.screen._wanted == "qk"
        await rig.press("backspace", "backspace", *"back", "enter")
        assert rig.session.timeline.name == "Calm back"


async def test_escape_clears_the_search_and_goes_back_to_the_list(folders):
    async with choosing(folders) as rig:
        await settle(rig)
        await rig.press("slash", *"calm", "escape")
        assert len(listed(rig)) == 4
        assert under_cursor(rig) == "Calm back"
        await rig.press("j")
        assert under_cursor(rig) == "Morning legs"
        await rig.press("escape")
        assert rig.where == "ChooseScreen"
        await rig.press("slash", *"arms")
        assert listed(rig) == ["Strong arms"]


@pytest.mark.parametrize("key", ["q", "ctrl+q", "ctrl+c"])
async def test_q_leaves(folders, key):
    async with choosing(folders) as rig:
        await rig.press(key)
    assert not rig.app.is_running


@pytest.mark.parametrize("key", ["ctrl+q", "ctrl+c"])
async def test_leaving_works_from_the_search_too(folders, key):
    async with choosing(folders) as rig:
        await rig.press("slash", "x", key)
    assert not rig.app.is_running


async def test_help_shows_the_keys(folders):
    async with choosing(folders) as rig:
        await rig.press("question_mark")
        assert "Choosing a routine" in rig.text
        await rig.press("q")
        assert rig.where == "ChooseScreen"


async def test_the_preview_scrolls(folders):
    async with choosing(folders, size=(80, 12)) as rig:
        await settle(rig)
        top = rig.text
        await rig.press("shift+down", "shift+down")
        assert rig.text != top
        await rig.press("shift+up", "shift+up")
        assert rig.text == top


async def test_a_click_moves_the_cursor_and_another_one_starts(folders):
    async with choosing(folders) as rig:
        await settle(rig)
        await rig.pilot.click("RoutineList", offset=(5, 2))
        await rig.pilot.pause()
        assert under_cursor(rig) == "Morning legs"
        await rig.pilot.click("RoutineList", offset=(5, 20))
        assert under_cursor(rig) == "Morning legs"
        await rig.pilot.click("RoutineList", offset=(5, 2))
        await rig.pilot.pause()
        assert rig.where == "SessionScreen"


@pytest.mark.parametrize("size", [(40, 12), (60, 20), (80, 24), (200, 60)])
async def test_every_size_shows_list_and_keys(folders, size):
    async with choosing(folders, size=size) as rig:
        await settle(rig)
        assert "> Strong arms" in rig.text
        assert "Enter start" in rig.text
        assert ("Push a lot." in rig.text) == (size[1] > 15)


async def test_an_empty_library_says_so(tmp_path):
    async with running(library=Library(tmp_path / "a", tmp_path / "b")) as rig:
        await settle(rig)
        assert "There are no routines yet." in rig.text
        await rig.press("enter", "down", "end", "slash", "x")
        assert rig.where == "ChooseScreen"


async def test_only_what_is_in_sight_is_read_before_the_first_frame(folders):
    for number in range(60):
        put(folders, f"user/r{number:02}", name=f"R {number}", tag="x", exercise="Plank", summary="x")
    async with choosing(folders) as rig:
        await settle(rig)
        assert len(listed(rig)) == 64
        await rig.press("end")
        assert any(line.startswith("> zz-broken") for line in rig.text.splitlines())


def test_few_are_read_at_first(folders):
    for number in range(60):
        put(folders, f"user/r{number:02}", name=f"R {number}", tag="x", exercise="Plank", summary="x")
    choices = Choices(Library(folders / "shipped", folders / "user"))
    choices.read(10)
    assert len(choices.choices) == 10
    assert not choices.complete
    assert choices.total(choices.choices[0].key) is None


async def test_strangers_texts_are_neither_markup_nor_control(folders):
    markup = '"[bold]x[/bold] [@click=app.exit]y[/]"'
    control = '"\\e[31m \\u202eevil \\a"'
    put(folders, "user/aaa", name=markup, tag="x", exercise=markup, summary=markup)
    put(folders, "user/aab", name=control, tag="x", exercise=control, summary=control)
    async with choosing(folders, size=(160, 30)) as rig:
        await settle(rig)
        assert rig.text.count("[bold]x[/bold] [@click=app.exit]y[/]") >= 3
        await rig.press("down")
        assert "evil" in rig.text or "aab" in rig.text
        assert not any(each in rig.text for each in "\x1b\u202e\x07")


async def test_a_long_preview_leaves_the_scrollbar_its_column():
    async with running() as rig:
        await rig.press("end", "home")
        for _ in range(4):
            assert any(line.rstrip().endswith(("0:10", "0:10  ▂")) for line in rig.text.splitlines()), rig.text
            await rig.press("down")


async def test_what_is_typed_right_after_the_slash_is_searched_for(folders):
    async with running(library=Library(folders / "shipped", folders / "user")) as rig:
        await rig.pilot.press("slash", "j", "k", "q")
        await rig.pilot.pause()
        assert rig.screen._search.value == "jkq"
