"""Plans in the chooser: what they say to do today, what Enter starts, what is folded; plans started and ended."""

from __future__ import annotations

from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from coach.history.db.journal import Journal
from coach.history.db.plans import keep_plan_event, plan_events
from coach.history.db.reader import read
from coach.plan.reader import read_plan
from coach.routine.library.library import Library
from coach.system import paths
from coach.timeline.model import PlanPlace
from coach.tui.today import sessions_in_words
from coach.tui.widgets.routines import TopRow
from tests.history.made import fill, session, visit
from tests.tui.rig import running

NOW = datetime(2026, 3, 3, 18, 0, tzinfo=UTC)
ROUTINE = "name: {}\nprepare: 0\nsteps: [{{exercise: Plank, time: 60s, sets: 3, rest: 30s}}]\n"
WEEKS = "name: '[b]Two weeks'\nper_week: 3\nweeks: [[push, pull], 2x push, 2x pull]\n"


@asynccontextmanager
async def chooser(*done, plan=WEEKS, begun=True, size=(100, 30), text=ROUTINE):
    """Run the chooser with a plan that is followed, and its sessions that are done, as (routine, place, days ago)."""
    folder = paths.user("routines")
    folder.mkdir(parents=True)
    for id_ in ("push", "pull"):
        (folder / f"{id_}.yaml").write_text(text.format(f"{id_.title()} day"))
    paths.user("plans").mkdir()
    (paths.user("plans") / "two.yaml").write_text(plan)
    if begun:
        keep_plan_event("two", "begin", NOW - timedelta(days=60))
    for number, (routine, (week, ordinal), days) in enumerate(done, 1):
        place = {"plan": "two", "plan_week": week, "plan_ordinal": ordinal}
        stay = visit(active=180_000, worth_ms=180_000)
        started = NOW - timedelta(days=days)
        fill(session(number, started, visits=[stay], routine=routine, worth_ms=180_000, offset=0, **place))
    library = Library(folder / "none", folder)
    async with running(size=size, library=library, now=lambda: NOW, journal=Journal()) as rig:
        await rig.settle()
        yield rig


def offered(rig, group="Today"):
    rows = rig.routines.rows
    return [(row.name, row.right) for row in rows if isinstance(row, TopRow) and row.group == group]


def said_of_plans():
    return [(event.plan, event.move, event.week, event.ordinal) for event in read(plan_events)]


async def command(rig, title):
    """Do what a line of the list of commands does."""
    next(command.run for command in rig.screen.commands() if command.title == title)()
    await rig.settle()


async def test_the_chooser_opens_on_what_is_next_and_says_why():
    async with chooser(("push", (1, 1), 2)) as rig:
        assert offered(rig) == [("Pull day", "week 1 of 3")]
        assert isinstance(rig.routines.under, TopRow)
        page = " ".join(rig.page.split())
        for words in ("[b]Two weeks", "0 of 3 this week", "Next: Pull day", "After push on Sunday."):
            assert words in page


async def test_its_page_shows_the_session_cut_to_the_plans_time_at_todays_targets():
    plan = "name: Short\ntime: 2m\nturns: [{routine: push, light: yes}, pull]\n"
    steps = "{{exercise: Squat, reps: 8 to 12}}, {{exercise: Plank, time: 60s, sets: 3}}"
    grows = f"name: {{}}\nprepare: 0\nsteps: [{steps}]\n"
    async with chooser(plan=plan, text=grows) as rig:
        page = " ".join(rig.page.split())
        assert "Next: Push day, light" in page
        assert "1 set of Plank instead of 3: about 1:32" in page
        assert "This time Squat 8 (first time)" in page
        assert "1. Squat 8 reps 2. Plank 1:00" in page


async def test_its_page_leaves_out_a_session_that_cannot_start():
    async with chooser() as rig:
        (paths.user("routines") / "push.yaml").write_text("name: Push day\nsteps: [{exercise: Plank}, 3]\n")
        rig.screen.look()
        await rig.settle()
        rig.app.on_choose_screen_shown(type(rig.screen).Shown(rig.screen))
        await rig.settle()
        assert "Next: " in rig.page
        assert "1. Plank" not in rig.page


async def test_open_work_takes_what_it_took_you_before_on_the_page_of_today():
    # Ten push-ups took 100 s.
    stay = visit("Push-up", 100_000, planned_ms=None, planned_reps=10, reps=10, ending="done")
    fill(session(90, NOW - timedelta(days=90), visits=[stay], routine="other"))
    text = "name: {}\nprepare: 0\nsteps: [{{exercise: Push-up, reps: 12}}]\n"
    async with chooser(text=text) as rig:
        assert "about 2:00" in rig.page


async def test_enter_starts_it_and_the_history_will_know():
    async with chooser(("push", (1, 1), 2)) as rig:
        await rig.press("enter")
        assert rig.where == "SessionScreen"
        assert rig.session.timeline.plan == PlanPlace("two", 1, 2)
        assert rig.session.timeline.id == "pull"


async def test_the_routines_of_the_plan_are_folded_and_can_still_be_found():
    async with chooser() as rig:
        rows = [getattr(row, "name", "") for row in rig.routines.rows]
        assert rows.count("Push day") == 1
        assert "Pull day" not in rows
        await rig.press("slash", *"pull")
        assert [choice.name for choice in rig.routines.choices] == ["Pull day"]


async def test_after_a_break_there_is_a_choice_and_it_is_kept():
    done = [("push", (1, 1), 30), ("pull", (1, 2), 29), ("push", (2, 1), 12)]
    async with chooser(*done) as rig:
        assert offered(rig) == [("Push day", "the week before"), ("Push day", "where you were")]
        await rig.press("enter")
        assert rig.session.timeline.plan == PlanPlace("two", 1, 1)
    assert [(event.move, event.week) for event in read(plan_events)] == [("begin", 0), ("go", 1)]


async def test_a_day_of_rest_says_so_and_does_not_forbid():
    async with chooser(("push", (1, 1), 0)) as rig:
        assert offered(rig) == [("Pull day", "rest day")]
        assert "Enter does it anyway." in rig.page
        await rig.press("enter")
        assert rig.where == "SessionScreen"


async def test_a_plan_with_a_time_starts_a_session_that_was_cut():
    async with chooser(plan="name: Short\ntime: 2m\nturns: [push, pull]\n") as rig:
        await rig.press("enter")
        assert sum(bout.kind == "work" for bout in rig.session.timeline.intervals) == 1


def bouts(rig):
    return sum(bout.kind == "work" for bout in rig.session.timeline.intervals)


async def test_less_time_cuts_todays_session_and_it_is_still_the_plans():
    async with chooser(("push", (1, 1), 2)) as rig:
        await rig.press("t")
        assert rig.where == "ShortenScreen"
        await rig.press("2")
        assert "1 set of Plank instead of 3" in " ".join(rig.text.split())
        await rig.press("escape")
        assert rig.where == "ChooseScreen"
        await rig.press("t", "2", "enter")
        assert bouts(rig) == 1
        assert rig.session.timeline.plan == PlanPlace("two", 1, 2)


async def test_less_time_starts_with_the_minutes_that_the_plan_gives_and_more_can_be_taken():
    async with chooser(plan="name: Short\ntime: 2m\nturns: [push, pull]\n") as rig:
        await rig.press("t")
        assert "1 min" in rig.text
        await rig.press("9", "enter")
        assert bouts(rig) == 3


async def test_after_a_break_less_time_keeps_the_choice_only_once_the_session_starts():
    done = [("push", (1, 1), 30), ("pull", (1, 2), 29), ("push", (2, 1), 12)]
    async with chooser(*done) as rig:
        await rig.press("t", "2", "escape")
        assert said_of_plans() == [("two", "begin", 0, 0)]
        await rig.press("t", "2", "enter")
        assert rig.session.timeline.plan == PlanPlace("two", 1, 1)
        assert said_of_plans() == [("two", "begin", 0, 0), ("two", "go", 1, 1)]


async def test_a_light_session_with_less_time_stays_light():
    plan = "name: Light\nturns: [{routine: push, light: yes}, pull]\n"
    async with chooser(plan=plan) as rig:
        await rig.press("t", "9", "enter")
        assert bouts(rig) == 2


async def test_less_time_means_nothing_on_a_plan_that_is_not_started():
    async with chooser(begun=False) as rig:
        await rig.press("end", "t")
        assert rig.where == "ChooseScreen"


@pytest.mark.parametrize(
    ("wanted", "note"),
    [
        ("push", "yours [b]Two weeks: week 1 of 3, next is Pull day"),
        ("pull", "yours [b]Two weeks: week 1 of 3, this is next"),
    ],
)
async def test_the_page_of_a_routine_says_its_place_in_a_plan_that_is_followed(wanted, note):
    async with chooser(("push", (1, 1), 2)) as rig:
        await rig.press("slash", *wanted)
        await rig.settle()
        assert note in " ".join(rig.page.split()).replace(", last done 2 days ago", "")
        await rig.press("escape")
        await command(rig, "End plan: [b]Two weeks")
        await rig.press("slash", *wanted)
        assert "Two weeks" not in rig.page


async def test_a_routine_of_two_plans_says_its_place_in_both():
    async with chooser() as rig:
        (paths.user("plans") / "turns.yaml").write_text("name: Turns\nturns: [pull, push]\n")
        keep_plan_event("turns", "begin", NOW - timedelta(days=1))
        rig.app.on_choose_screen_shown(type(rig.screen).Shown(rig.screen))
        await rig.settle()
        await rig.press("slash", *"push")
        await rig.settle()
        page = " ".join(rig.page.split())
        assert "Two weeks: week 1 of 3, this is next Turns: turn 1 of 2, next is Pull day" in page


@pytest.mark.parametrize("begun", [False, True])
async def test_without_a_plan_that_runs_there_is_no_row(begun):
    async with chooser(begun=begun) as rig:
        assert bool(offered(rig)) is begun


async def test_a_broken_plan_hides_no_routine():
    async with chooser(plan="name: N\nturns: [nothing]\n") as rig:
        assert offered(rig) == []
        assert len(rig.routines.choices) == 2


async def test_a_plan_is_started_where_its_page_says_and_that_can_be_undone():
    plan = f"notice: Ask a [b]doctor.\nsource: A book\n{WEEKS}"
    async with chooser(plan=plan, begun=False) as rig:
        assert offered(rig, "Plans") == [("[b]Two weeks", "3 weeks")]
        await rig.press("end")
        page = " ".join(rig.page.split())
        for words in (
            "3 weeks, 6 sessions, 3 a week",
            "Enter starts it at week 1, session 1: Push day.",
            "Before you start: Ask a [b]doctor.",
            "Week 1: Push day; Pull day",
            "Week 2: 2x Push day",
            "Source: A book",
        ):
            assert words in page
        assert "Enter start plan" in rig.text
        await rig.press("enter")
        await rig.settle()
        assert rig.where == "ChooseScreen"
        assert said_of_plans() == [("two", "begin", 0, 0)]
        assert (offered(rig), offered(rig, "Plans")) == ([("Push day", "week 1 of 3")], [])
        assert rig.routines.under.name == "Push day"
        assert rig.said == [
            "You now follow [b]Two weeks, starting at week 1, session 1. u undoes it.",
            "Before you start: Ask a [b]doctor.",
        ]
        await rig.press("u")
        await rig.settle()
        assert said_of_plans() == []
        assert (offered(rig), offered(rig, "Plans")) == ([], [("[b]Two weeks", "3 weeks")])
        assert rig.routines.under.name == "[b]Two weeks"


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("pull", ["Pull day", "[b]Pull two"]),
        ("two", ["[b]Pull two", "Pull day"]),
        ("day", ["Pull day", "Push day"]),
        ("nothing", []),
    ],
)
async def test_a_search_finds_a_plan_before_routines_that_are_not_called_so(wanted, found):
    described = ROUTINE.format("Pull day") + "summary: Do two.\n"
    plan = "name: '[b]Pull two'\nturns: [pull]\n"
    async with chooser(plan=plan, begun=False) as rig:
        (paths.user("routines") / "pull.yaml").write_text(described)
        rig.screen.look()
        await rig.settle()
        await rig.press("slash", *wanted)
        names = [row.name for row in rig.routines.rows if hasattr(row, "id")]
        assert names == found


async def test_starting_a_plan_from_a_search_clears_the_search():
    async with chooser(begun=False) as rig:
        await rig.press("slash", *"weeks")
        assert offered(rig, "Plans") == [("[b]Two weeks", "3 weeks")]
        assert "No matches" not in rig.text
        await rig.press("enter")
        await rig.settle()
        assert rig.search.value == ""
        assert rig.routines.under.group == "Today"


async def test_filters_leave_plans_out():
    async with chooser(begun=False) as rig:
        await rig.press("f", "right", "escape")
        assert offered(rig, "Plans") == []


@pytest.mark.parametrize(
    ("title", "kept", "row"),
    [
        ("Skip the next session: [b]Two weeks", ("two", "skip", 1, 2), ("Push day", "week 2 of 3")),
        ("Repeat the last session: [b]Two weeks", ("two", "again", 1, 1), ("Push day", "week 1 of 3")),
        ("End plan: [b]Two weeks", ("two", "end", 0, 0), None),
    ],
)
async def test_what_a_person_says_of_a_plan_is_a_command_that_can_be_undone(title, kept, row):
    async with chooser(("push", (1, 1), 2)) as rig:
        before = said_of_plans()
        await command(rig, title)
        assert said_of_plans() == [*before, kept]
        assert offered(rig) == ([row] if row else [])
        await rig.press("u")
        await rig.settle()
        assert said_of_plans() == before
        assert offered(rig) == [("Pull day", "week 1 of 3")]


async def test_the_key_to_delete_ends_a_plan_and_no_file():
    async with chooser(("push", (1, 1), 2), size=(160, 30)) as rig:
        assert "end plan" in rig.text
        await rig.press("delete")
        await rig.settle()
        assert (offered(rig), offered(rig, "Plans")) == ([], [("[b]Two weeks", "3 weeks")])
        assert sorted(path.stem for path in paths.user("routines").iterdir()) == ["pull", "push"]


async def test_nothing_that_a_plan_knows_is_taken_back_once_a_session_is_done():
    async with chooser(begun=False) as rig:
        await command(rig, "Start plan: [b]Two weeks")
        place = {"plan": "two", "plan_week": 1, "plan_ordinal": 1}
        stay = visit(active=180_000, worth_ms=180_000)
        fill(session(1, NOW + timedelta(hours=1), visits=[stay], routine="push", worth_ms=180_000, offset=0, **place))
        await rig.press("u")
        assert rig.said[-1] == "Can't undo: you have done a session of [b]Two weeks since"
        assert said_of_plans() == [("two", "begin", 0, 0)]


async def test_a_plan_that_was_started_elsewhere_is_not_started_again():
    async with chooser(begun=False) as rig:
        start = next(row.start for row in rig.routines.rows if isinstance(row, TopRow))
        start()
        await rig.settle()
        start()
        await rig.settle()
        assert "has already started" in rig.said[-1]
        assert said_of_plans() == [("two", "begin", 0, 0)]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("turns: [push, {routine: pull, light: yes}]", ["By turns: PUSH; PULL (light)"]),
        (
            "weeks: [2x push, 2x push, [push, 2x pull], [push]]",
            ["Weeks 1 to 2: 2x PUSH", "Week 3: PUSH; 2x PULL", "Week 4: PUSH"],
        ),
    ],
)
def test_the_sessions_of_a_plan_in_words(text, lines):
    plan = read_plan(f"name: N\n{text}\n".encode(), "n.yaml", "n").value
    assert sessions_in_words(plan, str.upper) == lines


async def test_a_finished_plan_starts_again_and_undoing_that_leaves_it_finished():
    plan = "name: Short\nweeks: [[push]]\n"
    async with chooser(("push", (1, 1), 2), plan=plan) as rig:
        assert offered(rig, "Plans") == [("Short", "finished")]
        await rig.press("end", "enter")
        await rig.settle()
        assert offered(rig) == [("Push day", "week 1 of 1")]
        await rig.press("u")
        await rig.settle()
        assert offered(rig, "Plans") == [("Short", "finished")]
        assert said_of_plans() == [("two", "begin", 0, 0)]
