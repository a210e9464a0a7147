"""The page and the terminal, held against one set of expectations: the same words, digits, moments and moves."""

import json
import random
import re
from dataclasses import asdict
from pathlib import Path

import pytest

from coach.figure import body, motion
from coach.figure.cast import Cast
from coach.figure.shelf import Figures
from coach.history.tally import reckon
from coach.routine.language.reader import read_routine
from coach.routine.library.library import Library
from coach.session import state as s
from coach.session.machine import step
from coach.session.state import Left, Options, State, Undone
from coach.session.view import view
from coach.settings import SoundSettings
from coach.timeline.signals import signals
from tests.page.chromium import content_of, made, opened

SHIPPED = Library().ids()
ROOT = Path(__file__).parents[2]
EXAMPLES = re.findall(r"```yaml\n(.*?)```", (ROOT / "docs/routine-files.md").read_text(encoding="utf-8"), re.DOTALL)
GUIDE = [text for text in EXAMPLES if "steps:" in text and read_routine(text, "f", "f").value]
"""The routines that the guide to the language shows."""
MOMENTS = 100
LEAD_MS = 60
FAR_MS = 600_000
ONLY_IN_A_TERMINAL = {"phase_fill", "prompt", "asking"}
"""What a view has for the keys and the cells of a terminal."""
CASES = {
    "phases": "- exercise: Lift\n    reps: 3\n    sides: each\n    phases: [2s Up, 1s Hold, 2s Down]",
    "in turn": "- exercise: Lunge\n    reps: 2\n    sides: alternate\n    phases: [2s Down, 1s Up]",
    "own pace": "- exercise: Squat\n    reps: 12\n    load: 20 kg\n    sets: 2\n    rest: 30s",
    "guided and open": "- exercise: Curl\n    reps: max\n    tempo: 3-1-1-0",
    "until": "- exercise: Clam\n    until: the band slips\n    cap: 45s",
    "cadence": "- exercise: Run\n    time: 70s\n    cadence: 173\n    cue: {0: Easy, 30s: Hold it, -10s: Nearly there}",
    "distance": "- exercise: Run\n    distance: 400 m\n    pace: 4:10 /km",
    "directions": "- exercise: Circle\n    time: 20s\n    directions: [in, out]",
    "emom": "- block: E\n    every: 40s\n    rounds: 3\n    steps: [12 swings, 20s plank]",
    "amrap": "- block: A\n    time: 3m\n    steps: [5 squats, 10 push-ups]",
    "for time": "- block: F\n    rounds: 3\n    until: done\n    steps: [{exercise: Row, reps: [12, 9, 6]}]",
    "waits and rests": "- wait: Put the band on\n  - rest: 40s Walk\n  - {exercise: Plank, time: 20s, sides: left}",
}


def text_of(step_text):
    return f"name: Tried\nprepare: 5s\nsteps:\n  {step_text}\n"


def moments_of(timeline, count):
    """Return places in a session, some of them on the edges where words change."""
    dice = random.Random(timeline.id)
    found = []
    for _ in range(count):
        index = dice.randrange(len(timeline.intervals))
        interval = timeline.intervals[index]
        limit = interval.limit_ms
        edges = [
            0,
            1,
            999,
            1000,
            1001,
            *(phase.offset_ms for phase in interval.phases),
            *(c.offset_ms for c in interval.cues),
        ]
        at = dice.choice(edges) if dice.random() < 0.4 else dice.randrange((limit or 100_000) + 1)
        found.append((index, at if limit is None else min(at, limit), dice.randrange(4) if interval.frame else 0))
    return found


def plain(value):
    """Return a value as it comes out of JSON."""
    return json.loads(json.dumps(value))


def assert_same(page, content, timeline):
    moments = moments_of(timeline, MOMENTS)
    seen = page.evaluate(
        """([content, moments]) => {
            const fresh = coach.newSession(content);
            return moments.map(([index, at, rounds]) => coach.view({...fresh, mode: "running", index, rounds}, at));
        }""",
        [content, moments],
    )
    for (index, at, rounds), found in zip(moments, seen, strict=True):
        state = State(timeline, Options(), mode="running", index=index, rounds=rounds)
        expected = {
            key: plain(value) for key, value in asdict(view(state, at)).items() if key not in ONLY_IN_A_TERMINAL
        }
        assert {key: found.get(key) for key in expected} == expected, (index, at, rounds)
    heard = page.evaluate(
        """([content, far]) => {
            const {intervals} = coach.newSession(content);
            const last = intervals.length - 1;
            return intervals.map((one, index) => coach.signalsOf(one, index === last, content.sound, 0, far));
        }""",
        [content, FAR_MS],
    )
    for index, found in enumerate(heard):
        expected = signals(timeline, index, SoundSettings(), 0, FAR_MS)
        assert [tuple(one) for one in found] == [(one.offset_ms, one.sound) for one in expected], index


@pytest.mark.parametrize("name", SHIPPED)
def test_a_page_says_and_plays_what_the_terminal_does(name, any_page):
    assert_same(any_page, *content_of(name=name))


@pytest.mark.parametrize("case", CASES)
def test_a_page_says_and_plays_every_kind_of_work(case, any_page):
    assert_same(any_page, *content_of(text_of(CASES[case])))


@pytest.mark.parametrize("number", range(len(GUIDE)))
def test_a_page_says_and_plays_every_example_of_the_guide(number, any_page):
    assert_same(any_page, *content_of(GUIDE[number]))


COMMANDS = {
    "pause": s.Pause, "resume": s.Resume, "next": s.Next, "back": s.Back, "restart": s.Restart, "done": s.Done,
    "round": s.CountRound, "quit": s.Quit, "undo": s.Undo, "lock": s.Lock, "unlock": s.Unlock, "tick": s.Tick,
}  # fmt: skip


def commands_of(timeline, dice, count):
    """Return commands at rising times, among them such as come again and again within a second."""
    now, found = 1000, []
    for _ in range(count):
        now += dice.choice([5, 80, 700, 1500, 2600, 9000, 25_000])
        kind = dice.choice([*COMMANDS, *COMMANDS, "unlock", "jump", "extend", "correct"])
        more = {
            "jump": {"index": dice.randrange(-1, len(timeline.intervals) + 1)},
            "extend": {"ms": dice.choice([10_000, -10_000])},
            "correct": {"reps": dice.randrange(15)},
        }.get(kind, {})
        found.append((kind, more, now))
    return found


def as_command(kind, more):
    if kind in COMMANDS:
        return COMMANDS[kind]()
    return {"jump": s.Jump, "extend": s.Extend, "correct": s.Correct}[kind](**more)


def traced(timeline, commands):
    """Return where the terminal's machine is after each command, the visits at its end, and how it judges them."""
    state, _ = step(State(timeline, Options(lead_ms=LEAD_MS)), s.Start(), 1000)
    trace, visits = [], []
    for kind, more, now in commands:
        # A number of reps goes to work that is over as well; a page has no such key.
        counts = kind != "correct" or (state.rep_count is not None and not state.rep_count.past)
        state, effects = step(state, as_command(kind, more) if counts else s.Tick(), now)
        for effect in effects:
            if isinstance(effect, Left):
                visits.append(effect.visit)
            elif isinstance(effect, Undone):
                del visits[len(visits) - effect.visits :]
        trace.append(
            [state.mode, state.index, state.elapsed_ms(now), state.rounds, state.reps, len(state.timeline.intervals)]
        )
    rows = [[v.index, v.entered_ms, v.left_ms, v.paused_ms, v.ending, v.rounds, v.reps, v.rest] for v in visits]
    judged = reckon(timeline, visits, reached_end=state.complete).outcome
    return trace, rows, [judged.done_ms, judged.percent, judged.is_finished]


@pytest.mark.parametrize("case", CASES)
def test_a_page_moves_and_judges_as_the_terminal_does(case, any_page):
    three = text_of(CASES[case] + "\n  - 40s squat\n  - rest: 20s\n  - 25s plank")
    content, timeline = content_of(three)
    for seed in range(6):
        commands = commands_of(timeline, random.Random(seed), 40)
        expected, visits, outcome = traced(timeline, commands)
        found = any_page.evaluate(
            """([content, commands]) => {
                let state = coach.step(coach.newSession(content), {type: "start"}, 1000);
                const trace = commands.map(([type, more, now]) => {
                    const counts = type !== "correct" || coach.countsReps(coach.present(state));
                    state = coach.step(state, counts ? {type, ...more} : {type: "tick"}, now);
                    const place = [state.mode, state.index, coach.elapsedIn(state, now)];
                    return [...place, state.rounds, state.reps, state.intervals.length];
                });
                const row = v => [v.index, v.entered, v.left, v.paused, v.ending, v.rounds, v.reps, v.rest];
                const planned = content.record.session.worth_ms;
                const judged = coach.outcomeOf(coach.visitRows(content, state), planned, state.complete);
                return [trace, state.visits.map(row), [judged.doneMs, judged.percent, judged.isFinished]];
            }""",
            [content, commands],
        )
        for number, (one, other) in enumerate(zip(found[0], expected, strict=True)):
            assert one == other, (seed, number, commands[: number + 1])
        assert found[1] == visits, seed
        assert found[2] == outcome, seed


def test_what_is_played_next_is_what_the_terminal_plans(phone, tmp_path):
    """At any place, also after a pause with its count-in, the sounds ahead are those of the terminal's plan."""
    file, timeline = made(tmp_path, "runner-legs")
    opened(phone, file)
    for index, held in ((1, 12_345), (3, 0), (5, 7_000)):
        state = State(timeline, Options(lead_ms=LEAD_MS), mode="paused", index=index, held_ms=held, since_ms=20_000)
        _, effects = step(state, s.Resume(), 50_000)
        (plan,) = (effect.signals for effect in effects if isinstance(effect, s.SoundPlan))
        found = phone.evaluate(
            """([index, held]) => {
                const place = {mode: "paused", index, held, since: 20000, origin: -held};
                const paused = {...coach.newSession(coach.content), ...place};
                const state = coach.step(paused, {type: "resume"}, 50000);
                return coach.soundsAhead(state, coach.content.sound, 50000, 15 * 60000);
            }""",
            [index, held],
        )
        assert [tuple(one) for one in found] == list(plan)


def test_the_figure_of_a_page_is_where_the_terminals_is(phone, tmp_path):
    file, timeline = made(tmp_path, "runner-legs")
    opened(phone, file)
    library = Library()
    catalogue = library.catalogue(library.routine("runner-legs"))
    cast = Cast(timeline, Figures(library), lambda name: catalogue.find(name)[0])
    index = next(place for place, interval in enumerate(timeline.intervals) if interval.phases)
    for at in range(0, timeline.intervals[index].duration_ms, 1375):
        shown = cast.at(index, at)
        drawn = phone.evaluate(
            """([index, at]) => {
                const state = {...coach.newSession(coach.content), mode: "running", index};
                coach.figure().show(state, at, false);
                const ends = line => ["x1", "y1", "x2", "y2"].map(name => Number(line.getAttribute(name)));
                return coach.figure().lines.map(ends);
            }""",
            [index, at],
        )
        strokes = body.body_strokes(shown.figure, motion.pose_at(shown.figure, shown.moment), swap=shown.moment.swap)
        expected = [[200 * one.x1, -200 * one.y1, 200 * one.x2, -200 * one.y2] for one in strokes]
        assert len(drawn) == len(expected)
        off = max(
            abs(a - b) for one, other in zip(drawn, expected, strict=True) for a, b in zip(one, other, strict=True)
        )
        assert off <= 1.0, at


def test_the_page_refuses_in_the_words_of_the_terminal():
    words = (ROOT / "coach/page/assets/machine.js").read_text(encoding="utf-8")
    refusals = re.findall(r'"([A-Z][^"]+\.)"', words)
    core = "".join(
        (ROOT / "coach" / name).read_text(encoding="utf-8")
        for name in ("session/machine.py", "session/undo.py", "timeline/edit.py")
    )
    assert len(refusals) > 5
    assert [each for each in refusals if f'"{each}"' not in core] == []
