"""A session as lines: what is said, and what lines do. Nothing here waits for real time."""

from __future__ import annotations

import io
import os
import signal
import threading

import pytest

from coach.audio.protocol import Ready, Trouble
from coach.history.db.journal import Journal
from coach.problems import INTERRUPTED
from coach.routine.language.reader import read_routine
from coach.routine.model import Block, Moment, Phase, Until, Wait
from coach.session.plain import HELP, QUESTION, LineReader, PlainSession
from coach.session.resume import cut_off_sessions
from coach.session.setup import SessionSetup
from coach.timeline.compile.compile import compile_routine
from coach.timeline.wording import clock
from tests.builders import Shelf, compiled, counted, ladder, pause, rest, timed
from tests.session.fakes import Clock, RememberingPlayer


class ScriptedInbox:
    """Moves the clock instead of waiting; `script` is [(at_ms, line)], after the session's making.

    In the place of a line may stand what is raised, or what is called.
    """

    def __init__(self, clock, script, *, at_end) -> None:
        self.clock, self.begin, self.script, self.at_end = clock, clock.ns, list(script), at_end
        self.woken = False

    def wake(self):
        self.woken = True

    def wait(self, timeout_s):
        if self.woken:
            self.woken = False
            return None
        due_ns = self.clock.ns + round(1e18 if timeout_s is None else timeout_s * 1e9)
        if self.script and self.begin + self.script[0][0] * 1_000_000 <= due_ns:
            at_ms, line = self.script.pop(0)
            self.clock.ns = self.begin + at_ms * 1_000_000
            if isinstance(line, BaseException):
                raise line
            return line() if callable(line) else line
        assert timeout_s is not None, "the session would wait for ever"
        self.clock.ns = max(self.clock.ns + 1, due_ns)
        return None


class ReadyPlayer(RememberingPlayer):
    """Has sound at once."""

    event = Ready("null", "null", 120)

    def start(self):
        super().start()
        self.tell(self.event)


class Silent(ReadyPlayer):
    """Has none."""

    event = Trouble("no device")


class Terminal(io.StringIO):
    """Says that it is a terminal."""

    def isatty(self):
        return True


def played(*steps, script=(), at_end=False, open_seconds=30.0, out=None, player=ReadyPlayer, **head):
    now = Clock()
    out = out or io.StringIO()
    session = PlainSession(
        compiled(*steps, **head),
        SessionSetup(lambda _: player, clock_ns=now),
        out=out,
        inbox=ScriptedInbox(now, script, at_end=at_end),
        open_seconds=open_seconds,
    )
    session.run()
    return out.getvalue().splitlines()


@pytest.mark.skipif(not hasattr(signal, "SIGTSTP"), reason="there is no Ctrl-Z")
@pytest.mark.parametrize(
    ("player", "said"),
    [
        (ReadyPlayer, "You were in the shell. Paused. Press Enter to resume, or a to start this part again."),
        (RememberingPlayer, "You were in the shell."),
    ],
)
def test_after_a_stop_in_the_shell_the_lines_say_that_the_session_is_paused(player, said, monkeypatch):
    sent = []
    monkeypatch.setattr(os, "kill", lambda *what: sent.append(what))
    script = [(1_000, lambda: signal.raise_signal(signal.SIGTSTP)), (2_000, "q"), (2_000, "y")]
    lines = played(timed("Plank", 20), script=script, player=player)
    assert sent == [(os.getpid(), signal.SIGSTOP)]
    assert said in lines


def test_each_counted_round_is_a_line_with_what_the_next_one_is():
    script = [(1_000, "r"), (2_000, ""), (3_000, "u"), (4_000, "q"), (4_000, "y")]
    lines = played(ladder(), script=script, prepare_ms=0)
    assert lines[1:-1] == [
        "Open, 10:00. 3 Burpee",
        "  1 round done. 6 Burpee",
        "  2 rounds done. 9 Burpee",
        "Undone.",
        "  1 round done. 6 Burpee",
        QUESTION,
    ]


def test_after_the_last_round_that_was_meant_there_is_no_next():
    lines = played(
        ladder(until=Until("done"), rounds=3), script=[*((at, "r") for at in (1, 2, 3)), (4, "")], prepare_ms=0
    )
    assert lines[-4:-1] == [
        "  1 of 3 rounds done. 6 Burpee",
        "  2 of 3 rounds done. 9 Burpee",
        "  3 of 3 rounds done",
    ]


def test_a_round_on_another_side_says_which():
    hops = Block((counted("Hop", 5),), "Hops", rounds=2, until=Until("done"), sides="alternate")
    lines = played(hops, script=[(1_000, "r"), (2_000, "r"), (3_000, "")], prepare_ms=0)
    assert lines[1:-1] == [
        "Hops, sides in turn, for time. round 1 of 2. 5 Hop. Press Enter when done",
        "  1 of 2 rounds done. right",
        "  2 of 2 rounds done",
    ]


def test_rounds_that_are_alike_are_only_counted():
    lines = played(
        Block((counted("Dip", 5),), time_ms=60_000), script=[(1_000, "r"), (2_000, "q"), (2_000, "y")], prepare_ms=0
    )
    assert lines[2:-1] == ["  1 round done", QUESTION]


def test_a_wait_at_the_end_ends_the_session():
    lines = played(timed("Plank", 20), Wait("Stretch"), script=[(30_000, "")], prepare_ms=0)
    assert lines[2:] == ["wait: Stretch. Press Enter when done", "Finished: 0:29 done."]


def test_one_line_a_change():
    lines = played(
        Block((timed("Plank", 20), timed("Squat", 30, sets=2, sides="left")), "Main", 2, rest=pause(10)),
        script=[(130_000, "n"), (131_000, "q"), (131_000, "y")],
    )
    assert lines == [
        f"Demo, 3:40. {HELP}",
        "prepare: Get ready, 0:10",
        "Plank, 0:20. round 1 of 2",
        "rest: Rest, 0:10. round 1 of 2",
        "Squat, left, 0:30. set 1 of 2. round 1 of 2",
        "rest: Rest, 0:10. round 1 of 2",
        "Squat, left, 0:30. set 2 of 2. round 1 of 2",
        "rest: Rest, 0:10. round 1 of 2",
        "Plank, 0:20. round 2 of 2",
        "rest: Rest, 0:10. round 2 of 2",
        QUESTION,
        "Stopped at 56 %: 2:10 done.",
    ]


def test_phases_are_changes_too():
    lines = played(counted("Crunch", 2, phases=(Phase(2000, "Down"), Phase(2000, "Up"))), prepare_ms=0)
    assert lines[1:] == [
        "Crunch, 2 reps. 0:08",
        "  rep 1 of 2, 1/2 Down",
        "  rep 1 of 2, 2/2 Up",
        "  rep 2 of 2, 1/2 Down",
        "  rep 2 of 2, 2/2 Up",
        "Finished: 0:08 done.",
    ]


def test_a_new_cue_is_a_change():
    cue = (Moment(0, "Settle"), Moment(5_500, "Push"))
    assert played(timed("Wall sit", 20, cue=cue), prepare_ms=0)[1:] == [
        "Wall sit, 0:20",
        "  Settle",
        "  Push",
        "Finished: 0:20 done.",
    ]


def test_enter_is_done_and_resumes():
    lines = played(
        counted("Squat", 5),
        Wait("Band on"),
        timed("Plank", 20),
        script=[(8_000, ""), (9_000, ""), (20_000, "p"), (50_000, "")],
        prepare_ms=5_000,
    )
    assert lines[1:] == [
        "prepare: Get ready, 0:05",
        "Squat, 5 reps. Press Enter when done",
        "wait: Band on. Press Enter when ready",
        "prepare: Get ready, 0:05",
        "Plank, 0:20",
        "Paused. Press Enter to resume.",
        "Finished: 0:33 done.",
    ]


def test_back_and_unknown_lines():
    lines = played(timed("Plank", 20), script=[(5_000, "b"), (6_000, "x"), (7_000, "q"), (7_000, "y")], prepare_ms=0)
    assert lines[1:] == ["Plank, 0:20", "Plank, 0:20", HELP, QUESTION, "Stopped at 24 %: 0:06 done."]


def test_what_was_done_by_mistake_is_taken_back():
    steps = (timed("Plank", 20), timed("Squat", 20))
    lines = played(*steps, script=[(5_000, "n"), (6_000, "u"), (9_000, "q"), (9_000, "y")], prepare_ms=0)
    assert lines[1:] == [
        "Plank, 0:20",
        "Squat, 0:20",
        "Undone. Back to Plank.",
        QUESTION,
        "Stopped at 19 %: 0:07 done.",
    ]


PLANK = timed("Plank", 20)


@pytest.mark.parametrize("answer", ["", "n", "p", "x"])
@pytest.mark.parametrize("ends", ["q", "n"])
def test_a_line_that_would_end_the_session_is_asked_about_and_can_be_taken_back(ends, answer):
    lines = played(PLANK, script=[(5_000, ends), (6_000, answer)], prepare_ms=0)
    assert lines[1:] == ["Plank, 0:20", QUESTION, "Keep going.", "Finished: 0:20 done."]


@pytest.mark.parametrize("answer", ["y", "yes", "q"])
def test_the_answer_yes_ends_the_session(answer):
    lines = played(PLANK, PLANK, script=[(5_000, "q"), (6_000, answer)], prepare_ms=0)
    assert lines[2:] == [QUESTION, "Stopped at 14 %: 0:05 done."]


def test_the_question_answers_itself_when_nobody_is_left():
    lines = played(PLANK, script=[(5_000, "q")], at_end=True, prepare_ms=0)
    assert lines[2:] == [QUESTION, "Stopped at 24 %: 0:04 done."]


def test_next_asks_only_in_the_last_part():
    lines = played(PLANK, PLANK, script=[(5_000, "n")], prepare_ms=0)
    assert QUESTION not in lines


@pytest.mark.parametrize("player", [ReadyPlayer, Silent])
def test_the_bell_rings_only_without_sound_on_a_terminal(player):
    text = "\n".join(played(timed("Plank", 20), player=player, out=Terminal()))
    assert ("\a" in text) == (player is Silent)
    assert "\a" not in "\n".join(played(timed("Plank", 20), player=Silent))


def test_it_says_why_there_is_no_sound():
    assert "No sound: no device" in played(timed("Plank", 20), player=Silent)
    assert not [line for line in played(timed("Plank", 20)) if "sound" in line]


@pytest.mark.parametrize(
    ("at_ms", "has_journal", "last", "kept"),
    [
        (15_150, True, "Plank, 0:20", ["Demo"]),
        (35_150, True, "rest: Rest, 0:10", ["Demo"]),
        (5_150, True, "Stopped at 0 %: 0:05 done.", []),  # nothing but the get-ready: there is nothing to resume
        (15_150, False, "Stopped at 12 %: 0:15 done.", []),
    ],
)
def test_control_c_leaves_what_can_be_resumed_and_ends_the_rest(at_ms, has_journal, last, kept):
    now, out = Clock(), io.StringIO()
    journal = Journal() if has_journal else None
    session = PlainSession(
        compiled(PLANK, rest(10), PLANK),
        SessionSetup(lambda _: ReadyPlayer, clock_ns=now, journal=journal),
        out=out,
        inbox=ScriptedInbox(now, [(at_ms, lambda: signal.raise_signal(signal.SIGINT))], at_end=False),
    )
    session.run()
    assert journal is None or journal.close()
    assert (session.left_with, session.can_be_resumed) == (INTERRUPTED, bool(kept))
    assert out.getvalue().splitlines()[-1] == last
    assert [cut.name for cut in cut_off_sessions()] == kept


@pytest.mark.parametrize("open_seconds", [30.0, 5.0])
def test_with_nobody_there_open_work_lasts_a_while(open_seconds):
    lines = played(counted("Squat", 5), Wait("Band on"), timed("Plank", 20), at_end=True, open_seconds=open_seconds)
    assert lines[-1] == f"Finished: {clock(10 + 10 + 20 + 2 * int(open_seconds))} done."


def test_a_pause_that_nobody_can_end_ends_by_itself():
    lines = played(timed("Plank", 20), counted("Squat", 5), script=[(5_000, "p")], at_end=True, prepare_ms=0)
    assert lines.count("Paused. Press Enter to resume.") <= 1
    assert lines[-1].startswith("Finished")
    assert len(lines) < 10


def test_a_pause_before_the_start_is_not_claimed():
    class Late(ReadyPlayer):
        def start(self):
            pass

    lines = played(timed("Plank", 20), script=[(100, "p"), (9_000, "q"), (9_000, "y")], player=Late, prepare_ms=0)
    assert "Paused. Press Enter to resume." not in lines


def test_lines_are_read_to_their_end():
    reader = LineReader(io.StringIO("p\n\n"))
    assert [reader.wait(120), reader.wait(120), reader.wait(120), reader.at_end] == ["p\n", "\n", None, True]


def test_waiting_has_an_end():
    class Silence(io.StringIO):
        def __next__(self):
            threading.Event().wait()

    assert LineReader(Silence()).wait(0) is None


ROUTINE = """name: N
prepare: 0
steps:
  - {exercise: A, time: 60s, sets: 6, rest: 60s}
  - {block: Cool down, steps: [60s Walk]}
"""


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("t", "2 sets of A instead of 6: 3:55."),
        ("T 3", "1 set of A instead of 6: 1:55."),
        ("t 12m", "It fits already: 11:55."),
        ("t 1", "1:00 is too short: the shortest is 1:55."),
    ],
)
def test_a_line_cuts_what_is_left_to_the_minutes_there_are(line, said):
    now, out = Clock(), io.StringIO()
    timeline = compile_routine(read_routine(ROUTINE, "n.yaml", "n").value, Shelf())
    session = PlainSession(
        timeline,
        SessionSetup(lambda _: ReadyPlayer, clock_ns=now),
        out=out,
        inbox=ScriptedInbox(now, [(5_150, line), (6_000, "q")], at_end=False),
    )
    session.run()
    assert said in out.getvalue().splitlines()
