"""What other programs are told of a session: the events of a played session, and the facts about a moment."""

from __future__ import annotations

import pytest

from coach.audio.protocol import Ready
from coach.routine.model import Block, Wait
from coach.session.facts import facts_of, in_environment_of
from coach.session.runner import Runner
from coach.session.setup import SessionSetup
from coach.session.state import Back, Done, Extend, Next, Pause, Quit, Resume, State, Undo
from coach.settings import HOOK_EVENTS, Hook, Settings
from tests.builders import compiled, counted, rest, timed, until
from tests.session.fakes import Clock, RememberingPlayer, WritingHost


class RememberingHooks:
    """Runs nothing and keeps the calls."""

    def __init__(self):
        self.calls = []

    def run(self, call):
        self.calls.append(call)

    @property
    def events(self):
        """The events since the last look."""
        events = [call.event for call in self.calls]
        self.calls.clear()
        return events


class RememberingStatus:
    """Writes nothing and keeps what it should show."""

    def __init__(self):
        self.shown = []

    def show(self, status):
        self.shown.append(status and (status["mode"], status["runs"], status["name"], status["elapsed_ms"]))

    @property
    def news(self):
        """What was shown since the last look."""
        news = list(self.shown)
        self.shown.clear()
        return news


class Session:
    """A session whose sound is ready, and whose events are remembered."""

    def __init__(self, *steps, events=HOOK_EVENTS, prepare_ms=5_000, speed=1.0):
        self.clock, self.hooks, self.status = Clock(), RememberingHooks(), RememberingStatus()
        self.players = []
        settings = Settings(hooks=tuple(Hook(event, ("program", event)) for event in events))
        setup = SessionSetup(
            lambda _: self.make_player, settings, speed=speed, clock_ns=self.clock, hooks=self.hooks, status=self.status
        )
        self.host = WritingHost()
        self.runner = Runner(compiled(*steps, prepare_ms=prepare_ms), setup, host=self.host)
        self.host.wake = self.runner.wake

    def make_player(self, take_event):
        self.players.append(RememberingPlayer(take_event))
        return self.players[-1]

    def begin(self):
        self.runner.open()
        self.players[0].tell(Ready("null", "null", 0))
        return self.advance(150)

    def advance(self, ms):
        self.clock.ns += ms * 1_000_000
        self.runner.wake()
        return self.hooks.events

    def do(self, command):
        self.runner.do(command)
        return self.hooks.events


STEPS = (timed("Plank", 20), rest(10), until("Lunge", "max"), Wait("Get the band"))


def test_a_session_from_start_to_finish():
    session = Session(*STEPS)
    session.runner.open()
    assert session.hooks.events == [], "the sound is not ready yet"
    session.players[0].tell(Ready("null", "null", 0))
    assert session.advance(150) == ["start"]
    assert session.advance(4_999) == []
    assert session.advance(1) == ["work"]
    assert session.advance(20_000) == ["rest"]
    assert session.advance(10_000) == ["work"]
    assert session.do(Done()) == ["wait"]
    session.runner.do(Done())
    assert [(call.event, call.facts["COACH_RESULT"], call.is_last) for call in session.hooks.calls] == [
        ("finish", "finished", True)
    ]
    session.hooks.calls.clear()
    session.runner.close()
    assert session.hooks.events == []


def test_work_without_a_get_ready_begins_with_the_session():
    assert Session(*STEPS, prepare_ms=0).begin() == ["start", "work"]


def test_pause_and_resume():
    session = Session(*STEPS)
    session.begin()
    assert session.advance(6_000) == ["work"]
    assert session.do(Pause()) == ["pause"]
    assert session.do(Pause()) == []
    session.advance(5_000)
    assert session.do(Resume()) == ["resume"], "with the count-in"
    assert session.advance(1_000) == []
    assert session.do(Pause()) == ["pause"], "in the count-in"
    assert session.do(Resume()) == ["resume"]
    assert session.advance(3_000) == []


def test_an_interval_entered_in_a_pause_is_announced_when_the_session_resumes():
    session = Session(*STEPS, prepare_ms=0)
    session.begin()
    session.do(Pause())
    assert session.do(Next()) == []
    assert session.do(Next()) == []
    assert session.do(Resume()) == ["resume", "work"]


def test_going_back_and_undoing_announce_the_part_again():
    session = Session(*STEPS, prepare_ms=0)
    session.begin()
    assert session.advance(5_000) == []
    assert session.do(Back()) == ["work"]
    assert session.do(Next()) == ["rest"]
    assert session.do(Undo()) == ["work"]
    assert session.do(Extend(10_000)) == []


def test_what_a_stopped_program_missed_is_not_announced():
    session = Session(*STEPS, prepare_ms=0)
    session.begin()
    assert session.advance(35_000) == ["work"]
    assert session.runner.state.interval.title == "Lunge"


@pytest.mark.parametrize("is_paused", [False, True])
def test_ending_early_finishes(is_paused):
    session = Session(*STEPS, prepare_ms=0)
    session.begin()
    if is_paused:
        session.do(Pause())
    session.runner.do(Quit())
    assert [(call.event, call.facts["COACH_RESULT"]) for call in session.hooks.calls] == [("finish", "ended")]


def test_an_end_that_is_taken_back_resumes():
    session = Session(*STEPS, prepare_ms=0)
    session.begin()
    session.advance(5_000)
    assert session.do(Quit()) == ["finish"]
    assert session.do(Undo()) == ["resume"]
    session.advance(20_000)
    assert session.do(Quit()) == ["finish"]


def test_leaving_finishes_too():
    session = Session(*STEPS)
    session.begin()
    session.runner.close()
    assert [(call.event, call.facts["COACH_RESULT"]) for call in session.hooks.calls] == [("finish", "left")]


@pytest.mark.parametrize("end", [lambda session: session.do(Quit()), lambda session: session.runner.close()])
def test_a_session_that_never_began_announces_nothing(end):
    session = Session(*STEPS)
    session.runner.open()
    end(session)
    assert session.hooks.events == []


def test_only_events_with_a_hook_are_run_with_the_users_command():
    session = Session(*STEPS, events=("rest",), prepare_ms=0)
    session.begin()
    session.runner.do(Next())
    assert [(call.event, call.command, call.is_last) for call in session.hooks.calls] == [
        ("rest", ("program", "rest"), False)
    ]


def test_a_rehearsal_runs_hooks_too():
    assert Session(*STEPS, prepare_ms=0, speed=20.0).begin() == ["start", "work"]


def test_the_status_is_written_at_each_change_and_never_in_between():
    session = Session(*STEPS)
    session.runner.open()
    assert session.status.news == []
    session.players[0].tell(Ready("null", "null", 0))
    session.advance(150)
    assert session.status.news == [("running", True, "Get ready", 0)]
    for _ in range(9):
        session.advance(500)
    assert session.status.news == []
    session.advance(500)
    assert session.status.news == [("running", True, "Plank", 0)]
    session.advance(4_000)
    session.do(Pause())
    session.advance(3_000)
    assert session.status.news == [("paused", False, "Plank", 4_000)]
    session.do(Resume())
    session.advance(3_000)
    assert session.status.news == [("count_in", False, "Plank", 4_000), ("running", True, "Plank", 4_000)]
    session.do(Extend(10_000))
    assert session.status.news == [("running", True, "Plank", 4_000)]
    session.do(Quit())
    assert session.status.news == [None]
    session.do(Undo())
    assert len(session.status.news) == 1, "the end was taken back"
    session.runner.close()
    assert session.status.news == [None]


LEGS = Block((counted("Lunge", 8), rest(10)), "Main", rounds=3)


def moment(*steps, now_ms=0, index=0, prepare_ms=0):
    state = State(compiled(*steps, prepare_ms=prepare_ms), mode="running", index=index)
    return state, now_ms


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (
            moment(*STEPS, now_ms=7_500),
            {
                "EVENT": "work",
                "ROUTINE": "Demo",
                "ROUTINE_ID": "demo",
                "KIND": "work",
                "NAME": "Plank",
                "SIDE": "",
                "DOSE": "0:20",
                "SECONDS": "20",
                "NEXT": "Rest 0:10, then Lunge, as many as you can",
                "PART": "1",
                "PARTS": "4",
                "SET": "",
                "SETS": "",
                "ROUND": "",
                "ROUNDS": "",
                "SECONDS_LEFT": "",
                "RESULT": "",
            },
        ),
        (moment(timed("Plank", 2), index=0), {"SECONDS_LEFT": "2", "NEXT": "the end", "PARTS": "1"}),
        (
            moment(*STEPS, index=2),
            {"KIND": "work", "NAME": "Lunge", "DOSE": "as many as you can", "SECONDS": "", "PART": "3"},
        ),
        (moment(LEGS, index=1), {"ROUND": "1", "ROUNDS": "3"}),
        (moment(counted("Lunge", 8, sets=3), index=0), {"SET": "1", "SETS": "3", "DOSE": "8 reps", "SECONDS": "40"}),
        (moment(timed("Plank", 20), prepare_ms=2_500), {"KIND": "prepare", "SECONDS": "2.5"}),
        (moment(timed("A\x1b[2J\nB", 20)), {"NAME": "A?[2J B"}),
    ],
)
def test_the_facts_in_the_environment_of_a_hook(at, expected):
    found = in_environment_of("work", facts_of(*at))
    assert {name: found[f"COACH_{name}"] for name in expected} == expected
