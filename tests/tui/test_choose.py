"""The chooser: its list, its search, its preview, its keys."""

from __future__ import annotations

import pytest

from coach.routine.library.library import Library
from coach.system import paths
from coach.tui.choices import FEW, SKETCHED, Choices
from coach.tui.screens.choose import ChooseScreen
from coach.tui.widgets.sheet import Sheet
from tests.history.made import fill, session, visit
from tests.tui.pictures import NOW, stock, trained
from tests.tui.rig import Rig, running

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


def listed(rig):
    return [each.name for each in rig.routines.choices]


def under_cursor(rig):
    return rig.routines.highlighted.name


def messages(rig):
    return rig.said


async def test_it_lists_what_there_is_with_how_long_it_takes(folders):
    async with choosing(folders) as rig:
        await rig.settle()
        assert listed(rig) == ["Calm back", "X", "Strong arms", "Morning legs"]
        lines = [" ".join(line[1:35].split()) for line in rig.text.splitlines()[2:10]]
        assert lines == [
            "Your own 2",
            "\u25b6 Calm back ~2 min",
            "X broken",
            "line 2: unknown key...",
            "Arms 1",
            "Strong arms ~2 min",
            "Legs 1",
            "Morning legs ~2 min",
        ]


async def test_the_preview_describes_the_routine(folders):
    async with choosing(folders, size=(100, 30)) as rig:
        await rig.settle()
        await rig.press("down", "down")
        for words in (
            "Strong arms",
            "comes with coach",
            "about 2 min, beginner, needs mat, band",
            "Push a lot.",
            "#arms",
        ):
            assert words in rig.text
        assert "Get ready" in rig.text
        assert "8 reps" in rig.text


async def test_open_work_takes_what_it_took_you_before(folders):
    push_ups = visit("Push-up", 160_000, planned_ms=None, planned_reps=8, reps=8, ending="done")
    fill(session(started=NOW, visits=[push_ups], routine="arms"))
    async with choosing(folders, size=(100, 30)) as rig:
        await rig.settle()
        totals = {choice.name: rig.screen.choices.total(choice.key) for choice in rig.routines.choices}
        assert (totals["Strong arms"], totals["Morning legs"]) == ("~4 min", "~2 min")
        assert "Strong arms ~4 min" in " ".join(rig.text.split())
        assert under_cursor(rig) == "Strong arms"
        assert "about 4 min, beginner, needs mat, band" in rig.text


async def test_a_broken_file_shows_all_its_problems_and_does_not_start(folders):
    async with choosing(folders, size=(120, 30)) as rig:
        await rig.settle()
        await rig.press("down")
        assert "Can't start: fix these errors first." in rig.text
        assert 'unknown key "step"' in rig.text
        assert "line 3:" in rig.text
        await rig.press("enter")
        assert rig.where == "ProblemsScreen"
        assert 'unknown key "step"' in rig.text
        assert "line 3:" in rig.text
        await rig.press("enter")
        assert rig.where == "ChooseScreen"
        assert rig.players == []


async def test_without_room_for_a_preview_enter_still_shows_the_problems(folders):
    async with choosing(folders, size=(40, 12)) as rig:
        await rig.settle()
        await rig.press("down")
        assert 'unknown key "level"' not in rig.text
        await rig.press("enter")
        assert 'unknown key "step"' in " ".join(rig.text.split())
        await rig.pilot.click("KeyBar", offset=(6, 0))
        await rig.pilot.pause()
        assert "cannot be handed over to an editor" in messages(rig)[0]


async def test_a_routine_that_cannot_be_unrolled_says_why(folders):
    (folders / "user/aa.yaml").write_text("name: Vague\nsteps:\n  - exercise: Plank\n", encoding="utf-8")
    async with choosing(folders) as rig:
        await rig.settle()
        assert under_cursor(rig) == "Vague"
        assert '"Plank" has no time or reps' in " ".join(rig.page.split())
        await rig.press("enter")
        assert rig.where == "ProblemsScreen"


async def test_enter_starts_and_the_summary_leads_back(folders):
    async with choosing(folders) as rig:
        await rig.press("end", "enter")
        assert rig.where == "SessionScreen"
        assert rig.session.timeline.name == "Morning legs"
        await rig.begin()
        await rig.end()
        assert rig.where == "ChooseScreen"
        assert rig.player.closed
        await rig.press("enter")
        assert rig.where == "SessionScreen"
        assert len(rig.players) == 2


@pytest.mark.parametrize(
    ("keys", "name"),
    [
        (["down"], "X"),
        (["j", "j"], "Strong arms"),
        (["down", "down", "up"], "X"),
        (["j", "k"], "Calm back"),
        (["up"], "Calm back"),
        (["end"], "Morning legs"),
        (["end", "down"], "Morning legs"),
        (["end", "home"], "Calm back"),
        (["pagedown"], "Morning legs"),
        (["pagedown", "pageup"], "Calm back"),
    ],
)
async def test_the_cursor_moves(folders, keys, name):
    async with choosing(folders) as rig:
        await rig.press(*keys)
        assert under_cursor(rig) == name
        assert any(f"\u25b6 {name}" in line for line in rig.text.splitlines())


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("calm", ["Calm back"]),
        ("legs", ["Morning legs"]),
        ("PUSH", ["Strong arms"]),
        ("heel circle", ["Morning legs"]),
        ("heel-circle", ["Morning legs"]),
        ("ar st", ["Strong arms"]),
        ("zz", ["X"]),
        ("nothing-like-it", []),
    ],
)
async def test_search_looks_in_names_tags_and_exercises(folders, search, found):
    async with choosing(folders) as rig:
        await rig.settle()
        await rig.press("slash", *("space" if each == " " else each for each in search))
        assert listed(rig) == found
        if not found:
            assert "No matches. Esc clears the search." in " ".join(rig.page.split())


async def test_while_searching_arrows_move_enter_starts_and_letters_are_letters(folders):
    async with choosing(folders) as rig:
        await rig.settle()
        await rig.press("slash", *"b")
        assert "Esc clear" in rig.text
        assert listed(rig) == ["Calm back", "X", "Strong arms", "Morning legs"]
        await rig.press("down")
        assert under_cursor(rig) == listed(rig)[1]
        await rig.press("up")
        assert under_cursor(rig) == listed(rig)[0]
        await rig.press("pagedown")
        assert under_cursor(rig) == listed(rig)[-1]
        await rig.press("pageup", "backspace", *"qk")
        assert rig.app.is_running
        assert rig.search.value == "qk"
        await rig.press("backspace", "backspace", *"back", "enter")
        assert rig.session.timeline.name == "Calm back"


async def test_escape_clears_the_search_and_goes_back_to_the_list(folders):
    async with choosing(folders) as rig:
        await rig.settle()
        await rig.press("slash", *"calm", "escape")
        assert len(listed(rig)) == 4
        assert under_cursor(rig) == "Calm back"
        await rig.press("j")
        assert under_cursor(rig) == "X"
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
        await rig.settle()
        top = rig.text
        await rig.press("shift+down", "shift+down")
        assert rig.text != top
        await rig.press("shift+up", "shift+up")
        assert rig.text == top


async def test_a_click_moves_the_cursor_and_another_one_starts(folders):
    async with choosing(folders) as rig:
        await rig.settle()
        await rig.pilot.click("RoutineList", offset=(5, 8))
        await rig.pilot.pause()
        assert under_cursor(rig) == "Morning legs"
        for nothing in (1, 4, 15):
            await rig.pilot.click("RoutineList", offset=(5, nothing))
            assert under_cursor(rig) == "Morning legs"
        await rig.pilot.click("RoutineList", offset=(5, 8))
        await rig.pilot.pause()
        assert rig.where == "SessionScreen"


@pytest.mark.parametrize("size", [(40, 12), (60, 20), (80, 24), (200, 60)])
async def test_every_size_shows_list_and_keys(folders, size):
    async with choosing(folders, size=size) as rig:
        await rig.settle()
        assert "\u25b6 Calm back" in rig.text
        assert "Enter start" in rig.text
        assert ("Slow." in rig.text) == (size[1] > 15)


def sighted(rig):
    """Return what the rows in sight are of."""
    rows, top = rig.routines, rig.routines.scroll_offset.y
    return rows.rows[top : top + rows.size.height]


@pytest.mark.parametrize("size", [(10, 3), (20, 4), (30, 5)])
async def test_the_cursor_is_in_sight_in_the_smallest_window(folders, size):
    async with choosing(folders, size=size) as rig:
        await rig.settle()
        for key in ("down", "down", "up", "up", "end", "home"):
            await rig.press(key)
            assert rig.routines.highlighted in sighted(rig)


async def test_an_empty_library_says_so(tmp_path):
    async with running(library=Library(tmp_path / "a", tmp_path / "b")) as rig:
        await rig.settle()
        assert "No routines yet." in rig.text
        await rig.press("enter", "down", "end", "slash", "x")
        assert rig.where == "ChooseScreen"


async def test_only_visible_files_are_read_before_the_first_frame(folders):
    for number in range(60):
        put(folders, f"user/r{number:02}", name=f"R {number}", tag="x", exercise="Plank", summary="x")
    async with choosing(folders) as rig:
        await rig.settle()
        assert len(listed(rig)) == 64
        await rig.press("end")
        assert any("\u25b6 Morning legs" in line for line in rig.text.splitlines())


def test_at_first_files_are_only_glanced_at(folders):
    for number in range(60):
        put(folders, f"user/r{number:02}", name=f"R {number}", tag="x", exercise="Plank", summary="x")
    choices = Choices(Library(folders / "shipped", folders / "user"))
    assert [each.name for each in choices.choices[:3]] == ["Calm back", "R 0", "R 1"]
    assert [each.name for each in choices.choices[-2:]] == ["Strong arms", "Morning legs"]
    assert len(choices.choices) == SKETCHED + 2
    assert choices.read_so_far == 0
    assert choices.total(choices.choices[0].key) is None
    assert choices.entry(choices.choices[0].key).routine.name == "Calm back"
    choices.read(10)
    assert not choices.complete
    choices.read(99)
    assert choices.complete
    assert len(choices.choices) == 64


def test_reading_stops_when_it_is_due_and_lengths_come_after(folders):
    for number in range(30):
        put(folders, f"user/r{number:02}", name=f"R {number}", tag="x", exercise="Plank", summary="x")
    choices = Choices(Library(folders / "shipped", folders / "user"))
    choices.read_until(lambda: True)
    assert (choices.read_so_far, choices.complete, choices.next_without_total()) == (FEW, False, None)
    choices.read_until(lambda: False)
    assert (choices.read_so_far, choices.complete) == (34, True)
    first = choices.choices[0].key
    assert list(choices.unroll_until(lambda: True)) == [first]
    assert choices.total(first) == "~2 min"
    rest = list(choices.unroll_until(lambda: False))
    assert [first, *rest] == [each.key for each in choices.choices]
    assert choices.next_without_total() is None


async def test_a_search_may_begin_before_anything_is_read(folders, monkeypatch):
    """Else its letters would be commands: the search is made when it is asked for."""
    monkeypatch.setattr(ChooseScreen, "after_first_frame", lambda _: None)
    async with choosing(folders) as rig:
        assert not rig.screen.choices.complete
        await rig.press("slash", "d", "n", "q")
        assert rig.search.value == "dnq"
        assert rig.app.is_running


@pytest.mark.parametrize(
    ("head", "name", "group"),
    [
        ("name: Plain\ntags: [feet, x]\n", "Plain", "feet"),
        ("# first\nname: 'Quoted name'   # why\ntags:\n  - Hips\n", "Quoted name", "hips"),
        ('name: "Double"\ntags: ["two words", x]\n', "Double", "two words"),
        ("name: |\n  Odd\n", "it", "others"),
        ("tags: []\n", "it", "others"),
        ("name: A # b\ntags: plan\n", "A", "plan"),
    ],
)
def test_a_glance_sees_what_reading_sees(tmp_path, head, name, group):
    (tmp_path / "it.yaml").write_text(f"{head}steps: [30s plank]\n", encoding="utf-8")
    choices = Choices(Library(tmp_path, tmp_path / "none"))
    assert [(each.name, each.group) for each in choices.choices] == [(name, group)]


def test_a_glance_at_what_ships_is_right():
    choices = Choices(Library())
    glance = [(each.name, each.group, each.id) for each in choices.choices]
    choices.read(999)
    assert choices.complete
    assert [(each.name, each.group, each.id) for each in choices.choices] == glance


async def test_strangers_texts_are_neither_markup_nor_control(folders):
    markup = '"[bold]x[/bold] [@click=app.exit]y[/]"'
    control = '"\\e[31m \\u202eevil \\a"'
    put(folders, "user/aaa", name=markup, tag="x", exercise=markup, summary=markup)
    put(folders, "user/aab", name=control, tag="x", exercise=control, summary=control)
    async with choosing(folders, size=(160, 30)) as rig:
        await rig.settle()
        assert rig.text.count("[bold]x[/bold] [@click=app.exit]y[/]") >= 3
        await rig.press("down")
        assert "evil" in rig.text or "aab" in rig.text
        assert not any(each in rig.text for each in "\x1b\u202e\x07")


async def test_a_long_preview_leaves_the_scrollbar_its_column():
    async with running() as rig:
        await rig.press("end", "home")
        for _ in range(4):
            rows = rig.text.splitlines()[2:-2]
            assert {row[77] for row in rows} == {" "}
            assert rig.screen.query(Sheet).last().show_vertical_scrollbar
            await rig.press("down")


async def test_a_shuffled_routine_is_shuffled_again_at_each_start(tmp_path):
    seeds = iter([7, 8])
    async with running(library=stock(tmp_path), seed=lambda: next(seeds), size=(100, 30)) as rig:
        await rig.settle()
        await rig.press("slash", *"deck", "escape")
        assert under_cursor(rig) == "Deck of ten"
        assert "Shuffled at each start" in " ".join(rig.page.split())
        titles = []
        for seed in (7, 8):
            await rig.press("enter")
            assert rig.session.timeline.seed == seed
            titles.append([each.title for each in rig.session.timeline.intervals])
            await rig.begin()
            await rig.end()
        assert titles[0] != titles[1]


async def test_last_done_is_looked_up_again_after_a_session(tmp_path):
    async with running(library=stock(tmp_path), now=lambda: NOW, size=(120, 30)) as rig:
        await rig.settle()
        assert "last done" not in rig.text
        trained(paths.data() / "history.db")
        await rig.press("question_mark", "escape")
        row = next(line for line in rig.text.splitlines() if "Tabata" in line)
        assert row[:47].split()[-3:] == ["2", "d", "14:00"]


async def test_letters_right_after_the_slash_are_searched_for(folders):
    async with running(library=Library(folders / "shipped", folders / "user")) as rig:
        await rig.pilot.press("slash", "j", "k", "q")
        await rig.pilot.pause()
        assert rig.search.value == "jkq"


@pytest.mark.parametrize(
    ("problems", "said"),
    [
        ((), []),
        (("a:1: no such key",), ["a:1: no such key"]),
        (
            ("a:1: no such key", "a:2: no number", "a:3: odd"),
            ["a:1: no such key. And 2 more: `coach check` shows them all."],
        ),
    ],
)
async def test_problems_of_the_settings_are_one_message(problems, said):
    rig = Rig()
    rig.app.warnings = problems
    async with rig.app.run_test() as pilot:
        await pilot.pause()
        assert messages(rig) == said


LEVELS = {"a": "advanced", "b": None, "c": "intermediate", "d": "beginner", "e": "beginner"}


async def test_in_a_group_of_ours_the_easiest_comes_first_and_ones_own_stand_as_one_named_them(tmp_path):
    for folder in ("shipped", "user"):
        (tmp_path / folder).mkdir()
        for name, level in LEVELS.items():
            text = f"name: X\ntags: [strength]\n{f'level: {level}' if level else ''}\nsteps: [10s plank]\n"
            (tmp_path / folder / f"{folder}-{name}.yaml").write_text(text, encoding="utf-8")
    choices = Choices(Library(tmp_path / "shipped", tmp_path / "user"))
    wanted = [*(f"user-{each}" for each in LEVELS), *(f"shipped-{each}" for each in "decab")]
    assert [each.id for each in choices.choices] == wanted
    choices.read_until(lambda: False)
    assert [each.id for each in choices.choices] == wanted


async def test_the_preview_says_level_and_equipment_once(tmp_path):
    head = "name: Bands\ntags: [strength, beginner, loop-band, legs]\nlevel: beginner\nequipment: [loop band]\n"
    (tmp_path / "user").mkdir()
    (tmp_path / "user/bands.yaml").write_text(f"{head}steps: [10s plank]\n", encoding="utf-8")
    async with choosing(tmp_path) as rig:
        await rig.settle()
        assert "beginner, needs loop band" in rig.text
        assert "#strength #legs" in rig.text
        assert "#beginner" not in rig.text
        assert "#loop-band" not in rig.text
