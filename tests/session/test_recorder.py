"""What a runner keeps of its session, and a session made again from it."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.audio.protocol import Ready
from coach.cli.quick import _routine
from coach.history.copies import timeline_of
from coach.history.db import database
from coach.history.db.journal import Journal
from coach.history.db.rows import read_visits
from coach.history.db.unfinished import unfinished
from coach.problems import CoachError
from coach.routine.language.reader import read_routine
from coach.routine.library.library import Library
from coach.routine.library.template import quick_text
from coach.routine.model import Block, Phase
from coach.session import resume
from coach.session.place import beat_of, restored, where
from coach.session.recorder import REHEARSAL
from coach.session.runner import Runner
from coach.session.setup import SessionSetup
from coach.session.state import Back, Done, Extend, Jump, Next, Options, Pause, Quit, Resume, Tick, Undo, Unlock
from coach.system import paths
from coach.timeline.compile.compile import compile_routine
from coach.timeline.fit import fit_routine, lightened
from coach.timeline.model import PlanPlace, Target
from tests.builders import Shelf, compiled, counted, timed, timelines
from tests.session.fakes import Clock, RememberingPlayer, WritingHost
from tests.session.simulator import Simulation
from tests.session.test_properties import obey, scripts
from tests.session.test_runner import run


@settings(max_examples=300, deadline=None)
@given(timelines, scripts, st.sampled_from([0, 120]))
def test_a_restored_session_continues_as_if_it_had_been_paused(timeline, script, lead_ms):
    there = Simulation(timeline, lead_ms=lead_ms, queue_ms=lead_ms, count_in=0).start()
    for wait_ms, command in script:
        there.advance(wait_ms)
        obey(there, command)
    there.do(Unlock())
    if there.over:
        return
    beat = beat_of(there.state, timeline, there.now, 0)
    here = Simulation(timeline, lead_ms=lead_ms, queue_ms=lead_ms, count_in=0)
    visits = tuple(there.visits)
    here.state = restored(timeline, json.loads(beat.place), there.state.options, visits)
    here.now = there.now
    assert sum(each.active_ms + each.paused_ms for each in (*visits, beat.visit)) == beat.visit.left_ms
    assert beat.visit.active_ms >= 0
    there.do(Pause())
    there.heard, there.visits = [], []
    assert here.state.timeline == there.state.timeline
    assert here.state.half_heard == there.state.half_heard
    for each in (here, there):
        each.advance(4_000).do(Resume()).advance(90_000).do(Next()).advance(50_000)
    assert here.heard == there.heard
    assert here.visits == there.visits
    assert (here.over, here.state.index, here.state.rounds) == (there.over, there.state.index, there.state.rounds)


class Cut(Simulation):
    """A session that may be cut off, and keeps a ledger of how long it ran between the commands."""

    def __init__(self, timeline, **more) -> None:
        super().__init__(timeline, count_in=0, **more)
        self.planned, self.ran_ms = timeline, 0

    def advance(self, ms):
        begun, runs = self.now, self.state.mode == "running"
        super().advance(ms)
        if runs:
            self.ran_ms += (self.over[0] if self.over else self.now) - begun
        return self

    def cut_off(self, gap_ms):
        """End it without a word, and go on with what was written last, so much later."""
        beat = beat_of(self.state, self.planned, self.now, 0)
        place, visits = json.loads(beat.place), tuple(self.visits)
        assert sum(each.active_ms + each.paused_ms for each in (*visits, beat.visit)) == place["at_ms"]
        self.state = restored(self.planned, place, self.state.options, visits)
        self.now, self.plan = place["at_ms"] + gap_ms, []
        return self


simple = st.sampled_from([Pause(), Pause(), Resume(), Next(), Back(), Done(), Extend(10_000), Jump(1)])
gaps = st.integers(0, 86_400_000)
parts = st.lists(st.tuples(scripts, gaps), min_size=1, max_size=3)
simple_parts = st.lists(
    st.tuples(st.lists(st.tuples(st.integers(0, 9_000), simple), max_size=6), gaps), min_size=1, max_size=3
)


@settings(max_examples=300, deadline=None)
@given(timelines, parts | simple_parts, st.sampled_from([0, 120]))
def test_however_often_it_is_cut_off_its_times_add_up(timeline, parts, lead_ms):
    sim = Cut(timeline, lead_ms=lead_ms, queue_ms=lead_ms).start()
    by_sight = lead_ms == 0
    for script, gap_ms in parts:
        for wait_ms, command in script:
            sim.advance(wait_ms)
            obey(sim, command)
            # These make a pause of what had run.
            by_sight = by_sight and not isinstance(command, Undo | int)
        if sim.over:
            break
        sim.cut_off(gap_ms)
    if sim.over is None:
        sim.do(Unlock()).do(Quit())
    visits = sim.visits
    assert [each.left_ms for each in visits[:-1]] == [each.entered_ms for each in visits[1:]]
    assert (visits[0].entered_ms, visits[-1].left_ms) == (0, sim.over[0])
    assert all(each.active_ms >= 0 and each.paused_ms >= 0 for each in visits)
    assert sum(each.active_ms + each.paused_ms for each in visits) == sim.over[0]
    if by_sight:
        assert sum(each.active_ms for each in visits) == sim.ran_ms


def test_what_was_heard_of_a_part_that_was_made_longer_is_not_heard_again():
    timeline = compiled(timed("Plank", 40), prepare_ms=0)
    sim = Simulation(timeline).start().advance(25_000).do(Extend(10_000)).do(Extend(10_000))
    beat = beat_of(sim.state, timeline, sim.now, 0)
    sim.state = restored(timeline, json.loads(beat.place), sim.state.options)
    sim.do(Resume()).advance(40_000)
    assert [sound for _, sound in sim.heard].count("half") == 1


def test_a_heartbeat_that_comes_late_knows_no_more_than_what_was_done():
    sim = Simulation(compiled(timed("Plank", 20), timed("Squat", 20), prepare_ms=0)).start().advance(5_000)
    beat = beat_of(sim.state, sim.state.timeline, 300_000, 0)
    assert (json.loads(beat.place)["index"], beat.visit.active_ms, beat.visit.ending) == (0, 20_000, "cut")


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        ({}, "cannot be read"),
        ({"intervals": 7}, "plans its routine differently"),
        ({"index": 99}, "cannot be read"),
        ({"changed": {"0": "x"}}, "cannot be read"),
        ({"inserted": [9]}, "cannot be read"),
    ],
)
def test_a_place_that_is_not_whole_is_one_sentence(broken, words):
    timeline = compiled(timed("Plank", 20), prepare_ms=0)
    whole = json.loads(beat_of(Simulation(timeline).start().state, timeline, 1_000, 0).place)
    restored(timeline, whole, Options())
    with pytest.raises(CoachError, match=words):
        restored(timeline, whole | broken if broken else {}, Options())


@pytest.mark.parametrize(
    ("steps", "at_ms", "words"),
    [
        ([counted("Lunge", 12, phases=(Phase(1000, "Down"), Phase(1000, "Up")))], 6_500, "Lunge, rep 4 of 12"),
        ([counted("Squat", 12, sets=2, sides="left")], 61_000, "Squat, left, 1:01, set 1 of 2"),
        ([Block((timed("Plank", 20),), "Main", 3)], 25_000, "Plank, 0:05, round 2 of 3"),
    ],
)
def test_where_it_stood_is_in_words(steps, at_ms, words):
    sim = Simulation(compiled(*steps, prepare_ms=0)).start().advance(at_ms)
    assert where(sim.state, at_ms) == words


class Kept:
    """A runner with a journal, on a clock that stands still."""

    def __init__(self, timeline, *, resumed=None, speed=1.0, journal=None, now=None) -> None:
        self.clock, self.host, self.players = Clock(), WritingHost(), []
        self.journal = journal or Journal(now=lambda: now or datetime(2026, 5, 5, 10, tzinfo=UTC))
        setup = SessionSetup(lambda _: self.player, speed=speed, clock_ns=self.clock, journal=self.journal)
        self.runner = Runner(timeline, setup, host=self.host, resumed=resumed)
        self.host.wake = self.runner.wake

    def player(self, take):
        self.players.append(RememberingPlayer(take))
        return self.players[-1]

    def open(self):
        self.runner.open()
        self.players[0].tell(Ready("null", "null", 0))
        run(self.runner, self.clock, 200)
        return self

    def run(self, ms):
        run(self.runner, self.clock, ms)
        return self


def rows(query):
    with closing(database.open_database()) as connection:
        return connection.execute(query).fetchall()


def test_a_session_is_in_the_history_with_readings_from_its_start():
    kept = Kept(compiled(timed("A", 4), counted("B", 5), prepare_ms=0))
    assert kept.runner.session_id is None
    kept.open().run(6_000)
    kept.runner.do(Pause())
    kept.run(1_500)
    kept.runner.do(Resume())
    kept.run(1_000)
    kept.runner.do(Done())
    assert kept.journal.close()
    assert rows("SELECT id, complete FROM session") == [(kept.runner.session_id, 1)]
    assert rows("SELECT interval, entered_ms, left_ms, active_ms, paused_ms, ending FROM visit") == [
        (0, 0, 4_000, 4_000, 0, "clock"),
        (1, 4_000, 8_550, 3_050, 1_500, "done"),
    ]


def test_undone_visits_leave_the_history():
    kept = Kept(compiled(timed("A", 40), timed("B", 20), prepare_ms=0)).open().run(5_000)
    kept.runner.do(Next())
    assert [each.ending for each in kept.runner.visits] == ["next"]
    kept.runner.do(Undo())
    assert kept.runner.visits == []
    kept.runner.do(Quit())
    assert kept.journal.close()
    assert rows("SELECT interval, ending FROM visit") == [(0, "quit")]


@pytest.mark.parametrize("is_written", [True, False])
@pytest.mark.parametrize("command", [Next(), Quit()])
def test_a_session_whose_end_is_taken_back_is_running_again_in_the_history(command, is_written):
    kept = Kept(compiled(timed("A", 40), prepare_ms=0)).open().run(5_000)
    kept.runner.do(command)
    if is_written:
        assert kept.journal.settle()
        assert rows("SELECT complete, ended_at IS NULL FROM session") == [(isinstance(command, Next), 0)]
    kept.run(4_000)
    kept.runner.do(Undo())
    assert (kept.runner.is_over, kept.runner.visits) == (False, [])
    kept.run(6_000)
    kept.runner.close()
    assert kept.journal.close()
    assert rows("SELECT complete, ended_at, place IS NULL FROM session") == [(0, None, 0)]
    assert rows("SELECT interval, ending FROM visit") == [(0, "cut")]


def test_a_session_whose_end_was_taken_back_ends_once():
    kept = Kept(compiled(timed("A", 40), prepare_ms=0)).open().run(5_000)
    id_ = kept.runner.session_id
    kept.runner.do(Quit())
    assert kept.journal.settle()
    kept.run(4_000)
    kept.runner.do(Undo())
    kept.run(60_000)
    assert kept.host.ended is True
    assert kept.journal.close()
    assert rows("SELECT id, complete, ended_at IS NULL, place FROM session") == [(id_, 1, 0, None)]
    assert rows("SELECT interval, ending, active_ms, left_ms - entered_ms - active_ms - paused_ms FROM visit") == [
        (0, "clock", 40_000, 0)
    ]


def test_a_session_killed_while_its_end_can_be_taken_back_has_ended():
    kept = Kept(compiled(timed("A", 40), prepare_ms=0)).open().run(5_000)
    kept.runner.do(Quit())
    assert kept.journal.settle()
    # Nothing is closed in order here: what is written by now is what a killed program leaves.
    with closing(database.open_database()) as connection:
        assert unfinished(connection, paths.history_file()) == ()
    assert rows("SELECT complete, ended_at IS NULL, place FROM session") == [(0, 0, None)]
    assert kept.journal.close()


def test_a_session_killed_after_its_end_was_taken_back_can_be_resumed():
    kept = Kept(compiled(timed("A", 40), prepare_ms=0)).open().run(5_000)
    kept.runner.do(Quit())
    assert kept.journal.settle()
    kept.runner.do(Undo())
    kept.run(6_000)
    kept.runner.close()
    assert kept.journal.close()  # which releases the lock, as the system does for a killed program
    with closing(database.open_database()) as connection:
        [found] = unfinished(connection, paths.history_file())
    assert (found.id, found.where) == (kept.runner.session_id, "A, 0:11")


def test_a_rehearsal_is_not_kept_and_says_so():
    kept = Kept(compiled(timed("A", 4), prepare_ms=0), speed=10.0).open().run(2_000)
    assert kept.host.ended is True
    assert kept.host.notices == [REHEARSAL]
    assert kept.journal.close()
    assert not paths.data().exists()


def library(**texts):
    folder = paths.user("routines")
    for name, text in texts.items():
        file = folder / f"{name.replace('__', '/').replace('_', '-')}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return Library(folder / "none", folder)


def unrolled(found, name, seed=0):
    routine = found.routine(name)
    return compile_routine(routine, found.catalogue(routine), seed=seed)


def test_a_session_that_was_cut_off_resumes_with_its_copies():
    found = library(
        legs="name: Legs\nprepare: 0\nsteps:\n  - {exercise: LUNGE, time: 10s}\n  - routine: End\n",
        end="name: End\nsteps:\n  - {exercise: stretch, time: 20s}\n",
        exercises__lunge="name: Lunge\naliases: [step]\ncue: Tall\n",
        exercises__stretch="name: Long stretch\n",
    )
    kept = Kept(unrolled(found, "legs")).open().run(13_000)
    kept.runner.close()
    assert kept.journal.close()
    for each in paths.user("routines").rglob("*.yaml"):
        each.unlink()

    later = datetime(2026, 5, 5, 10, 12, tzinfo=UTC)
    (cut,) = resume.cut_off_sessions()
    assert (cut.name, cut.where) == ("Legs", "Long stretch, 0:03")
    resumed = resume.reopen(cut, later)
    assert resume.cut_off_sessions() == ()
    with pytest.raises(CoachError, match="running in another coach"):
        resume.reopen(cut, later)
    again = Kept(resumed.timeline, resumed=resumed, now=later)
    again.open().run(2_000)
    assert again.runner.state.mode == "paused"
    assert again.players[0].plans == []
    again.runner.do(Resume())
    # After so long one is counted in.
    assert [sound for _, sound in again.players[0].plans[0][1]] == ["count"] * 3 + ["go"] + ["half"] + ["count"] * 3 + [
        "finish"
    ]
    again.run(21_000)
    assert again.host.ended is True
    assert again.journal.close()
    assert rows("SELECT count(*) FROM session") == [(1,)]
    found = rows("SELECT title, active_ms, left_ms - entered_ms - active_ms - paused_ms, ending FROM visit")
    assert found == [("Lunge", 10_000, 0, "clock"), ("Long stretch", 20_000, 0, "clock")]
    assert rows("SELECT paused_ms > 11 * 60000 FROM visit WHERE interval = 1") == [(1,)]


STRONGER = """\
name: Growing
prepare: 0
rest: 0
steps:
  - {exercise: Squat, sets: 3, reps: 8 to 12, load: 16 kg, progress: 2 kg}
  - {exercise: Plank, sets: 2, time: 20s to 60s}
"""
TARGETS = {"squat": Target(14, load="20 kg", is_own=True), "plank": Target(ms=35_000)}
OF_PLAN = PlanPlace("strong", 2, 1)


def as_planned(growing, catalogue):
    return compile_routine(growing, catalogue, targets=TARGETS)


def light(growing, catalogue):
    return lightened(growing, catalogue, targets=TARGETS)


def shortened(growing, catalogue):
    return fit_routine(growing, catalogue, 200_000, targets=TARGETS).timeline


@pytest.mark.parametrize(
    ("made", "counting"),
    [
        (as_planned, {"squat": (3, 14, "20 kg"), "plank": (2, None, None)}),
        (shortened, {"plank": (2, None, None)}),
        (light, {}),
    ],
)
def test_a_resumed_session_keeps_its_targets_and_its_place_in_the_plan(made, counting):
    found = library(growing=STRONGER)
    growing = found.routine("growing")
    timeline = replace(made(growing, found.catalogue(growing)), plan=OF_PLAN)
    assert {one.progression: (one.bouts, one.reps, one.load) for one in timeline.asked} == counting
    kept = Kept(timeline).open().run(2_000)
    kept.runner.do(Done())
    kept.run(1_000)
    kept.runner.close()
    assert kept.journal.close()
    before = rows("SELECT * FROM asked"), rows("SELECT plan, plan_week, plan_ordinal, adjustments FROM session")
    # What the file says by then changes nothing.
    (paths.user("routines") / "growing.yaml").write_text(STRONGER.replace("8 to 12", "3 to 5"), encoding="utf-8")

    (cut,) = resume.cut_off_sessions()
    resumed = resume.reopen(cut, cut.seen)
    assert (resumed.timeline, resumed.timeline.cuts) == (timeline, timeline.cuts)
    assert resumed.timeline.targets == timeline.targets == TARGETS
    assert [target.is_own for target in resumed.timeline.targets.values()] == [True, False]
    assert (resumed.timeline.asked, resumed.timeline.plan) == (timeline.asked, OF_PLAN)
    again = Kept(resumed.timeline, resumed=resumed).open()
    again.runner.do(Resume())
    again.run(1_000)
    again.runner.do(Quit())
    assert again.journal.close()
    assert before == (
        rows("SELECT * FROM asked"),
        rows("SELECT plan, plan_week, plan_ordinal, adjustments FROM session"),
    )


def test_a_filed_session_is_not_offered_again():
    kept = Kept(compiled(timed("A", 40))).open().run(13_000)
    kept.runner.close()
    kept.journal.close()
    (cut,) = resume.cut_off_sessions()
    resume.file_session(cut)
    assert resume.cut_off_sessions() == ()
    assert rows("SELECT filed, ended_at FROM session") == [(1, None)]


def test_what_went_on_elsewhere_meanwhile_is_taken_as_it_is_now():
    kept = Kept(unrolled(library(a="name: A\nsteps: [40s plank]\n"), "a")).open().run(13_000)
    kept.runner.close()
    kept.journal.close()
    (asked,) = resume.cut_off_sessions()
    elsewhere = resume.reopen(asked, asked.seen)
    again = Kept(elsewhere.timeline, resumed=elsewhere).open()
    again.runner.do(Resume())
    again.run(20_000)
    again.runner.close()
    again.journal.close()

    resumed = resume.reopen(asked, asked.seen)
    assert resumed.place["held_ms"] > asked.place["held_ms"] + 10_000
    again = Kept(resumed.timeline, resumed=resumed).open()
    again.runner.do(Quit())
    again.journal.close()
    before = rows("SELECT * FROM visit")
    with pytest.raises(resume.Taken, match="A was already resumed or saved in another coach window"):
        resume.reopen(asked, asked.seen)
    assert rows("SELECT * FROM visit") == before
    assert list(paths.data().glob("*running*")) == []


def test_it_is_old_after_a_day_by_any_clock():
    kept = Kept(unrolled(library(a="name: A\nsteps: [40s plank]\n"), "a")).open().run(13_000)
    kept.runner.close()
    kept.journal.close()
    (cut,) = resume.cut_off_sessions()
    assert [cut.is_old(cut.seen + timedelta(hours=each)) for each in (-30, 0, 24, 25)] == [False, False, False, True]
    # A clock that was set back must not make the pause negative.
    resumed = resume.reopen(cut, cut.seen - timedelta(hours=3))
    assert resumed.gap_ms == 0
    resumed.lock.release()


def test_corrected_reps_come_back_as_they_were():
    timeline = compiled(counted("A", 12), timed("B", 40), prepare_ms=0)
    kept = Kept(timeline).open().run(3_000)
    kept.runner.do(Done())
    kept.run(1_000)
    kept.runner.close()
    kept.journal.close()
    with closing(database.open_database()) as connection:
        (visit,) = read_visits(connection, kept.runner.session_id)
    assert visit == replace(kept.runner.visits[0], reps=12)


DECK = """\
name: Deck
prepare: 5s
exercises:
  stretch: {name: Mine}
steps:
  - {exercise: Long stretch, time: 3s}
  - {exercise: hop, time: 3s}
  - block: Deck
    shuffle: true
    rounds: 3
    steps: [5s one, 5s two, 5s three, 5s lunge]
"""


def test_copies_mean_what_the_files_meant():
    found = library(
        deck=DECK,
        exercises__lunge="name: Lunge\ncue: Tall\n",
        exercises__stretch="name: Long stretch\n",
        exercises__jump="name: Jump\naliases: [hop, lunge press]\n",
    )
    timeline = unrolled(found, "deck", seed=17)
    assert [each.name for each in timeline.sources if each.role == "exercise"] == ["long stretch", "hop", "lunge"]
    assert timeline_of(timeline.sources, timeline.seed) == timeline
    assert {"Mine", "Jump"} <= {each.title for each in timeline.intervals}


def test_an_included_name_with_an_invisible_character_is_found_in_the_copies():
    found = library(main='name: Main\nsteps: [{routine: "co\u00adol"}]\n', cool="name: Cool\nsteps: [5s plank]\n")
    timeline = unrolled(found, "main")
    assert timeline_of(timeline.sources, timeline.seed) == timeline


@pytest.mark.parametrize("entry", Library().ids())
def test_every_shipped_routine_can_be_made_from_its_copies(entry):
    timeline = unrolled(Library(), entry)
    assert timeline_of(timeline.sources, timeline.seed) == timeline


@pytest.mark.parametrize(
    "line",
    [
        "8x(20s high knees, 10s rest)",
        '3x12 squat @3-1-1-0, 90s "rest pose": easy: breathe, wait Band on',
        "2x30s/side plank: elbows in, max push-ups, 2x(30s run, 12 thrusters)",
    ],
)
def test_a_line_of_the_quick_notation_is_kept_as_a_file_with_its_steps(line):
    routine, _ = _routine(line, None)
    assert routine.text == quick_text(routine.name, line).encode()
    timeline = compile_routine(routine, Library().catalogue(routine))
    assert timeline_of(timeline.sources, None) == timeline


def test_copies_that_are_not_whole_are_one_sentence():
    timeline = unrolled(library(legs="name: Legs\nsteps: [5s plank]\n"), "legs")
    with pytest.raises(CoachError, match="copy of its routine is missing"):
        timeline_of((), None)
    with pytest.raises(CoachError, match="cannot be read"):
        timeline_of((replace(timeline.sources[0], text=b"name: ["),), None)


def test_ticks_alone_write_nothing_more_often():
    kept = Kept(compiled(timed("A", 40), prepare_ms=0)).open()
    before = kept.journal._entries[0].snapshot.visits
    kept.runner.do(Tick())
    assert kept.journal._entries[0].snapshot.visits is before
    assert kept.journal.close()


GROWING = """name: N
prepare: 0
steps:
  - {exercise: A, reps: 8 to 12, sets: 3, rest: 60s}
  - {exercise: B, reps: 5 to 8, sets: 2, rest: 60s}
"""


def test_what_was_left_out_to_save_time_counts_as_not_planned():
    timeline = compile_routine(read_routine(GROWING, "n.yaml", "n").value, Shelf(), targets={})
    kept = Kept(timeline).open()
    kept.runner.cut_to(3 * 60_000)
    assert kept.host.notices[-1].startswith("2 sets of A instead of 3, 1 set of B instead of 2: about ")
    for _ in range(4):
        kept.run(40_000).runner.do(Done() if kept.runner.state.interval.open else Next())
    kept.run(40_000).runner.do(Done())
    assert kept.runner.is_over
    assert kept.journal.close()
    ((adjustments, worth, complete),) = rows("SELECT adjustments, worth_ms, complete FROM session")
    assert (json.loads(adjustments)["left_out"], worth, complete) == ([3, 4, 6, 7], 84_000, 1)
    assert rows("SELECT progression FROM asked") == []


def test_what_was_left_out_still_counts_for_no_progress_when_the_session_is_resumed():
    timeline = compile_routine(read_routine(GROWING, "n.yaml", "n").value, Shelf(), targets={})
    kept = Kept(timeline).open()
    kept.runner.cut_to(3 * 60_000)
    kept.run(2_000).runner.close()
    assert kept.journal.close()
    (cut,) = resume.cut_off_sessions()
    resumed = resume.reopen(cut, cut.seen)
    again = Kept(resumed.timeline, resumed=resumed).open()
    assert again.runner.state.left_out == kept.runner.state.left_out != ()
    again.runner.do(Quit())
    assert again.journal.close()
    ((adjustments,),) = rows("SELECT adjustments FROM session")
    assert (json.loads(adjustments)["left_out"], rows("SELECT * FROM asked")) == ([3, 4, 6, 7], [])


def test_what_was_left_out_and_taken_back_counts_again():
    timeline = compile_routine(read_routine(GROWING, "n.yaml", "n").value, Shelf(), targets={})
    kept = Kept(timeline).open()
    kept.runner.cut_to(3 * 60_000)
    kept.runner.do(Undo())
    assert kept.runner.state.timeline.intervals == timeline.intervals
    assert kept.runner.state.left_out == ()
    assert kept.journal.close()
    assert len(rows("SELECT progression FROM asked")) == 2
