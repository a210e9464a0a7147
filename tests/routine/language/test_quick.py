from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.routine.language.quick import parse_quick, read_quick
from coach.routine.model import Block, Distance, Dose, Pace, Phase, Place, Reps, Rest, RestTime, Time, Until, Wait, Work
from coach.syntax.report import Report

MAX = Until("max")
SLOW = (Phase(3_000, "Lower"), Phase(1_000, "Hold"), Phase(1_000, "Lift"))


def at(column):
    return Place(1, column)


def work(name, amount=None, column=1, *, sides=None, sets=None, **more):
    return Work(name, Dose(amount, sides=sides, sets=sets), place=at(column), **more)


def seconds(number):
    return Time(number * 1000)


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("lunge", work("lunge")),
        ("Runner's  lunge", work("Runner's lunge")),
        ("Run 200 m", work("Run", Distance(200_000))),
        ("Run 400m", work("Run", Distance(400_000))),
        ("30s side plank each side", work("side plank", seconds(30), sides="each")),
        ("12 lunges each leg", work("lunges", Reps(12), sides="each")),
        ("10 bird dogs per side: slowly", work("bird dogs", Reps(10), sides="each", cue="slowly")),
        ("10 clamshells (each side)", work("clamshells", Reps(10), sides="each")),
        ("12/leg lunge", work("lunge", Reps(12), sides="each")),
        ("12 per side lunge", work("lunge", Reps(12), sides="each")),
        ("side plank each side", work("side plank", sides="each")),
        ("12 squats with 3s hold", work("squats with 3s hold", Reps(12))),
        ('20s "work x 8"', work("work x 8", seconds(20))),
        ("25min swim", work("swim", seconds(1500))),
        ("12 squats", work("squats", Reps(12))),
        ("12squats", work("squats", Reps(12))),
        ("012 squats", work("squats", Reps(12))),
        ("30s plank", work("plank", seconds(30))),
        ("30 s plank", work("plank", seconds(30))),
        ("30SEC plank", work("plank", seconds(30))),
        ("1:30 plank", work("plank", seconds(90))),
        ("1:02:03 walk", work("walk", seconds(3723))),
        ("1m30s plank", work("plank", seconds(90))),
        ("1m 30s plank", work("plank", seconds(90))),
        ("2 min plank", work("plank", seconds(120))),
        ("1.5s jump", work("jump", Time(1500))),
        ("400min walk", work("walk", Time(24_000_000))),
        ("5 m hop", work("hop", Distance(5_000))),
        ("2 min 400 m run", work("400 m run", seconds(120))),
        ("400 m run", work("run", Distance(400_000))),
        ("1.5 km", work("Run", Distance(1_500, "km"))),
        ("4 x 1 km", work("Run", Distance(1_000, "km"), sets=4)),
        ("1km row", work("row", Distance(1_000, "km"))),
        ("3 mi/side hops", work("hops", Distance(3_000, "mi"), sides="each")),
        ("25 yd swim: easy", work("swim", Distance(25_000, "yd"), cue="easy")),
        ("5 m rest", Rest(RestTime(300_000), at(1))),
        ("max push-ups", work("push-ups", MAX)),
        ("MAX push-ups", work("push-ups", MAX)),
        ("maximal effort", work("maximal effort")),
        ("12/side lunge", work("lunge", Reps(12), sides="each")),
        ("30s / Side plank", work("plank", seconds(30), sides="each")),
        ("max/side lunge", work("lunge", MAX, sides="each")),
        ("3x12 squat", work("squat", Reps(12), sets=3)),
        ("3 X 12squat", work("squat", Reps(12), sets=3)),
        ("3\u00d712 squat", work("squat", Reps(12), sets=3)),
        ("3xmax push-ups", work("push-ups", MAX, sets=3)),
        ("3x max push-ups", work("push-ups", MAX, sets=3)),
        ("3x30s/side plank: elbows in", work("plank", seconds(30), sides="each", sets=3, cue="elbows in")),
        ("3x12 squat @3-1-1-0", work("squat", Reps(12), sets=3, phases=SLOW)),
        ("3x12 squat@31X0", work("squat", Reps(12), sets=3, phases=SLOW)),
        ("12 squat @ 3/1/1/0 : low", work("squat", Reps(12), phases=SLOW, cue="low")),
        ("squat @3110: low", work("squat", phases=SLOW, cue="low")),
        ("12 x-jumps", work("x-jumps", Reps(12))),
        ("12 xylophones", work("xylophones", Reps(12))),
        ("12 waits", work("waits", Reps(12))),
        ("4:00 hard", work("hard", seconds(240))),
        ("30s plank: keep (really) low @ home", work("plank", seconds(30), cue="keep (really) low @ home")),
        ('30s plank: "low, and long"', work("plank", seconds(30), cue="low, and long")),
        ('30s "rest pose"', work("rest pose", seconds(30))),
        ('30s "Squat (deep), slow: 1"', work("Squat (deep), slow: 1", seconds(30))),
        ('"plank 30s"', work("plank 30s")),
        ('"wait"', work("wait")),
        ("rest 90s", Rest(RestTime(90_000), at(1))),
        ("REST 1:30 Walk  about", Rest(RestTime(90_000, "Walk about"), at(1))),
        ("90s rest", Rest(RestTime(90_000), at(1))),
        ("90s rest Walk", Rest(RestTime(90_000, "Walk"), at(1))),
        ('90s rest "Walk, slowly"', Rest(RestTime(90_000, "Walk, slowly"), at(1))),
        ("0s rest", Rest(RestTime(0), at(1))),
        ("30s resting", work("resting", seconds(30))),
        ("wait Put the band on", Wait("Put the band on", at(1))),
        ("Wait Put the band (red) on: now", Wait("Put the band (red) on: now", at(1))),
        ("waiting lunges", work("waiting lunges")),
        ("8x(20s high knees, 10s rest)", Block((work("high knees", seconds(20), 4), Rest(RestTime(10_000), at(20))), rounds=8, place=at(1))),
        ("8 x ( 20s high knees , 10s rest )", Block((work("high knees", seconds(20), 7), Rest(RestTime(10_000), at(24))), rounds=8, place=at(1))),
        ("(Run 200 m, 12 thrusters)", Block((work("Run", Distance(200_000), 2), work("thrusters", Reps(12), 13)), place=at(1))),
        ("1x(a)", Block((work("a", None, 4),), rounds=1, place=at(1))),
        ("2x(a: low (really))", Block((work("a", None, 4, cue="low (really)"),), rounds=2, place=at(1))),
        ("2x(3x(a))", Block((Block((work("a", None, 7),), rounds=3, place=at(4)),), rounds=2, place=at(1))),
    ],
)  # fmt: skip
def test_a_step_of_the_notation(text, step):
    assert read_quick(text).problems == ()
    assert read_quick(text).value == (step,)


@pytest.mark.parametrize("behind", ["/side", " / side", " each hand", " per side"])
def test_a_group_is_done_on_each_side(behind):
    [group] = read_quick(f"6x(7s hang, 3s rest){behind}").value
    assert (group.sides, group.rounds, len(group.steps)) == ("each", 6, 2)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("(5/side lunge)/side", '"lunge" in these brackets has its own sides: write it once'),
        ("((5 lunge)/side, 6 hop)/side", "this block in these brackets has its own sides"),
        ("2x(5 lunge)/sid", 'only "side" is allowed after "/": write "(…)/side"'),
        ("(5 lunge)/side now", "add a comma after the bracket"),
    ],
)
def test_sides_behind_a_bracket_that_make_no_sense(text, message):
    [problem] = read_quick(text).problems
    assert message in problem.message


def test_a_distance_may_have_a_pace_and_a_group_of_them_needs_no_name():
    found = read_quick("5 km run @5:00/km: easy, 4x(1 km @ 4:30 min/km, 90s rest)").value
    first, group = found
    assert first.dose == Dose(Distance(5_000, "km"), pace=Pace(300_000, Distance(1_000, "km")))
    assert (first.exercise, first.cue) == ("run", "easy")
    assert group.steps[0].exercise == "Run"
    assert group.steps[0].dose.pace == Pace(270_000, Distance(1_000, "km"))


@pytest.mark.parametrize(
    ("text", "warnings"),
    [
        ("25m swim", ["line:1:1: warning: that is 25 minutes: for metres write `25 m swim`, for minutes `25min swim`"]),
        (
            "20s plank, 8x(40m run, 90s rest)",
            ["line:1:15: warning: that is 40 minutes: for metres write `40 m run`, for minutes `40min run`"],
        ),
        (
            "5 m plank",
            ["line:1:1: warning: that is 5 metres: for minutes write `5min plank`, for metres `5 metres plank`"],
        ),
        ("40m run", []), ("25min swim", []), ("50 m sprint", []), ("1m farmer carry", []), ("5 metres plank", []),
    ],
)  # fmt: skip
def test_minutes_and_metres_that_may_be_the_other_are_asked_about(text, warnings):
    read = read_quick(text, "line")
    assert read.value is not None
    assert [str(warning) for warning in read.warnings] == warnings


def test_steps_stand_in_order_with_their_places():
    found = read_quick("20s a: low, 10s rest,wait b").value
    assert found == (work("a", seconds(20), cue="low"), Rest(RestTime(10_000), at(13)), Wait("b", at(22)))


def test_a_text_further_on_in_a_file_is_reported_at_its_place():
    report = Report("f")
    found = parse_quick("20s a, 10 rest, b", report, 7, 5)
    assert [str(problem) for problem in report.problems] == [
        'f:7:12: the time of a rest needs a unit: write "10s rest"'
    ]  # fmt: skip
    assert [step.place for step in found] == [Place(7, 5), Place(7, 21)]


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("20s a, 3x b", 8), ("20s a, 3x(b", 10), ("20s a) b", 6), ("20s a,", 6), ("20s a,,b", 7), ("12 a @311", 7),
        ("12/way a", 3), ("a, 400m b", 4), ("a, 12", 4), ('a, "b', 4), ("3x(a, 0 b)", 7), ("2x(a) b", 7), ("", 1),
        ("  ", 1), ("a: ", 2), ("a (b)", 3), ('12 "a" b', 8), ("30s rest: a", 9), ("a\nb, 0 c", 6),
    ],
)  # fmt: skip
def test_a_mistake_points_at_its_column(text, column):
    read = read_quick(text, "line")
    assert read.value is None
    assert [(problem.file, problem.line, problem.column) for problem in read.problems] == [("line", 1, column)]


@pytest.mark.parametrize("text", ["a\x1b[31m", "a\0", "a\ud800", "a" * 2_000_000])
def test_what_is_no_text_is_answered(text):
    read = read_quick(text)
    assert read.value is None
    assert len(read.problems) == 1


PIECES = ["(", ")", ",", ":", "@", '"', "/", "x", " ", "3", "12", "s", "m", "30s ", "1:30 ", "max ", "rest ", "wait ",
          "/side", "squat", "-", ".", "3x", "\u00d7", "{", "AMRAP", "kg", "\n", "\t", "'", "0", "pause",
          "each"]  # fmt: skip


@given(st.text() | st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_any_text_is_read_or_answered(text):
    read = read_quick(text)
    assert list(read.problems) == sorted(read.problems)
    assert (read.value is None) == bool(read.problems)
    report = Report("f")
    parse_quick(text, report, 3, 9)
    for problem in report.problems:
        assert problem.line == 3
        assert 9 <= problem.column <= 9 + len(text)


NAMES = st.sampled_from(["squat", "high knees", "Push-up", "Zone 2 ride", "Runner's lunge", "rest pose", "a, (b): c@d"])
CUES = st.sampled_from([None, "low", "keep it (really) low", "one, two"])
AMOUNTS = st.one_of(
    st.builds(Reps, st.integers(1, 999)),
    st.builds(Time, st.integers(1, 86_400_000)),
    st.just(MAX),
)
TEMPOS = st.sampled_from([None, SLOW])
DOSED = st.builds(
    lambda name, amount, sides, sets, phases, cue: work(name, amount, sides=sides, sets=sets, phases=phases, cue=cue),
    NAMES, AMOUNTS, st.sampled_from([None, "each"]), st.none() | st.integers(1, 99), TEMPOS, CUES,
)  # fmt: skip
STEPS = st.recursive(
    st.one_of(
        DOSED,
        st.builds(work, NAMES, phases=TEMPOS, cue=CUES),
        st.builds(
            lambda ms, name: Rest(RestTime(ms, name)), st.integers(0, 86_400_000), st.sampled_from([None, "Walk"])
        ),
        st.sampled_from([Wait("Put the band on"), Wait("Rest, then go")]),
    ),
    lambda inner: st.builds(
        lambda steps, rounds: Block(tuple(steps), rounds=rounds),
        st.lists(inner, min_size=1, max_size=3),
        st.none() | st.integers(1, 99),
    ),
    max_leaves=8,
)


def written(step):
    if isinstance(step, Rest):
        return f"{step.pause.ms / 1000:.3f}s rest {step.pause.name or ''}"
    if isinstance(step, Wait):
        return f"wait {quotes(step.text)}"
    if isinstance(step, Block):
        rounds = "" if step.rounds is None else f"{step.rounds}x"
        return f"{rounds}({', '.join(map(written, step.steps))})"
    dose = step.dose
    parts = ["" if dose.sets is None else f"{dose.sets}x"]
    match dose.amount:
        case Time(ms):
            parts.append(f"{ms / 1000:.3f}s")
        case Reps(count):
            parts.append(str(count))
        case Until(words):
            parts.append(words)
    parts += ["/side" if dose.sides else "", " ", quotes(step.exercise)]
    parts += ["" if step.phases is None else " @3-1-1-0", "" if step.cue is None else f": {quotes(step.cue)}"]
    return "".join(parts)


def quotes(text):
    return f'"{text}"' if "," in text or text.startswith("rest") else text


def without_places(step):
    if isinstance(step, Block):
        return Block(tuple(map(without_places, step.steps)), rounds=step.rounds)
    if isinstance(step, Work):
        return Work(step.exercise, step.dose, step.phases, step.cue)
    return Rest(step.pause) if isinstance(step, Rest) else Wait(step.text)


@pytest.mark.parametrize(
    ("line", "advised", "ms"),
    [
        ("90 s Pause", "90s rest", 90_000),
        ("30s off", "30s rest", 30_000),
        ("1:30 break", "1:30 rest", 90_000),
        ("1 min 30 s pause", "1min30s rest", 90_000),
        ("90 pause", "90s rest", 90_000),
        ("5 m pause", "5m rest", 300_000),  # a rest has no distance
        ("3x45s recovery", "45s rest", 45_000),
        ("20s/side pause", "20s rest", 20_000),
        ("plank, Pause 90s", "90s rest", 90_000),
        ("break for 2 min", "2min rest", 120_000),
        ("pause", "60s rest", 60_000),
        ("max pause", "60s rest", 60_000),
        ("60-90s pause", "60s rest", 60_000),
    ],
)
def test_another_word_for_a_rest_keeps_its_time(line, advised, ms):
    (problem,) = read_quick(line).problems
    assert f'write "{advised}"' in problem.message
    (rest,) = read_quick(advised).value
    assert rest.pause.ms == ms


@given(st.lists(STEPS, min_size=1, max_size=4))
def test_what_is_written_is_what_is_read(steps):
    read = read_quick(", ".join(map(written, steps)))
    assert read.problems == ()
    assert list(map(without_places, read.value)) == list(map(without_places, steps))
