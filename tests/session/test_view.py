"""What is shown, by hand-written moments."""

from __future__ import annotations

import pytest

from coach.routine.model import Block, Distance, Dose, Moment, Pace, Phase, Until, Wait, Work
from coach.session.state import Back, Correct, CountRound, Done, Lock, Next, Pause, Resume, Undo
from coach.session.view import Ahead, next_change_ms, view
from tests.builders import compiled, counted, ladder, pause, timed, until
from tests.builders import rest as pause_step
from tests.session.simulator import Simulation

PHASES = (Phase(2000, "Stand tall"), Phase(3000, "Reach back"))


def seen(sim):
    return view(sim.state, sim.now)


def started(*steps, lead_ms=0, **head):
    return Simulation(compiled(*steps, **head), lead_ms=lead_ms).start()


@pytest.mark.parametrize(
    ("at_ms", "digits"), [(0, "10"), (1, "10"), (999, "10"), (1_000, "9"), (9_000, "1"), (9_999, "1"), (10_000, "20")]
)
def test_a_countdown_shows_the_ceiling(at_ms, digits):
    assert seen(started(timed("A", 20)).advance(at_ms)).digits == digits


@pytest.mark.parametrize(("at_ms", "digits"), [(0, "0"), (999, "0"), (1_000, "1"), (61_500, "1:01")])
def test_open_work_shows_the_time_gone_by(at_ms, digits):
    shown = seen(started(counted("A", 5), prepare_ms=0).advance(at_ms))
    assert (shown.digits, shown.counts_up, shown.prompt) == (digits, True, "{done} when done")


def test_a_phase_takes_the_large_place():
    shown = seen(started(counted("A", 3, phases=PHASES, sides="left", cue="Tall"), prepare_ms=0).advance(7_500))
    assert (shown.cue, shown.phase, shown.rep, shown.reps, shown.way) == ("Reach back", 2, 2, 3, "left")
    assert shown.strip == ("Stand tall", "Reach back")


def test_moments_change_the_cue_when_they_come():
    cue = (Moment(5_500, "Push"), Moment(-2_300, "Nearly"))
    sim = started(timed("Wall sit", 20, cue=cue), prepare_ms=0).advance(5_100)
    assert (seen(sim).cue, next_change_ms(sim.state, sim.now)) == ("", 5_500)
    assert seen(sim.advance(400)).cue == "Push"
    assert seen(sim.advance(12_200)).cue == "Nearly"


def test_alternating_shows_the_side_of_the_moment():
    sim = started(counted("A", 3, phases=PHASES, sides="alternate"), prepare_ms=0)
    assert seen(sim).way == "left"
    assert seen(sim.advance(5_000)).way == "right"


def test_rounds_sets_and_what_comes_next():
    sim = started(Block((timed("A", 20, sets=2, rest=pause(15)), timed("B", 30, sides="left")), "Main", 2))
    assert seen(sim).next_up == "A, 0:20"
    sim.advance(10_000)
    assert (seen(sim).set, seen(sim).sets, seen(sim).block) == (1, 2, "Main, round 1 of 2")
    assert seen(sim).next_up == "Rest 0:15, then A, 0:20"
    sim.advance(20_000)
    assert (seen(sim).word, seen(sim).next_up) == ("REST", "A, 0:20")
    sim.advance(15_000)
    assert seen(sim).next_up == "B, left, 0:30"


def test_the_last_one_leads_to_the_end():
    assert seen(started(timed("A", 20)).advance(11_000)).next_up == "the end"


def test_a_closing_rest_leads_to_the_end():
    sim = started(timed("A", 20), pause_step(60, "Lie down"), pause_step(30, "Sit up"), Wait("Stretch"), prepare_ms=0)
    assert seen(sim).next_up == "Lie down 1:00, then Stretch"
    assert (seen(sim.advance(20_000)).next_up, seen(sim).ends) == ("Stretch", False)
    shown = seen(sim.advance(90_000))
    assert (shown.next_up, shown.ends, shown.prompt, shown.remaining) == ("the end", True, "{done} when done", "0:00+")


def test_of_two_closing_rests_the_second_is_named():
    sim = started(timed("A", 20), pause_step(60, "Lie down"), pause_step(30, "Sit up"), prepare_ms=0).advance(30_000)
    assert seen(sim).next_up == "Sit up 0:30"


def test_a_wait_says_which_key():
    sim = started(timed("A", 20), Wait("Put the band on"), timed("B", 20), prepare_ms=5_000).advance(26_000)
    assert (seen(sim).title, seen(sim).word, seen(sim).prompt) == (
        "Put the band on",
        "WAIT",
        "{done} when you are ready",
    )
    assert seen(sim.do(Done())).word == "GET READY"


def test_pause_and_count_in_are_shown():
    sim = started(timed("A", 20)).advance(12_000).do(Pause()).advance(5_000)
    assert (seen(sim).mode, seen(sim).digits, seen(sim).prompt) == ("paused", "18", "")
    sim.do(Resume())
    assert (seen(sim).mode, seen(sim).digits) == ("count_in", "3")
    assert seen(sim.advance(1_000)).digits == "2"


def test_an_amrap_shows_its_checklist_and_the_rounds():
    laps = Block((counted("Pull-up", 5), timed("Plank", 20)), "Cindy", time_ms=60_000)
    sim = started(laps, prepare_ms=0).do(Done())
    shown = seen(sim)
    assert (shown.items, shown.score, shown.prompt) == (
        ("5 Pull-up", "0:20 Plank"),
        "1 round done",
        "{done} counts a round",
    )


def facts(*steps, at_ms=0):
    """Return the facts of the view that are not empty, by name."""
    names = ("title", "way", "dose", "condition", "cap", "items", "score", "cue", "note", "load", "distance", "pace")
    shown = seen(started(*steps, prepare_ms=0).advance(at_ms))
    return {name: value for name in names if (value := getattr(shown, name))}


FACTS = {
    "time": ([timed("Plank", 30, cue="Hips level")], {"title": "Plank", "cue": "Hips level"}),
    "reps at one's own pace": (
        [counted("Squat", 12, cue="Sit back", load="40 kg")],
        {"title": "Squat", "dose": "12 reps", "cue": "Sit back", "load": "40 kg"},
    ),
    "reps by the clock": (
        [counted("Squat", 12, cue="Tall", phases=(Phase(2000, ""), Phase(2000, "")))],
        {"title": "Squat", "dose": "12 reps", "cue": "Tall"},
    ),
    "sides in turn": (
        [counted("Hop", 6, sides="alternate")],
        {"title": "Hop", "way": "sides in turn", "dose": "6 a side"},
    ),
    "a direction": (
        [counted("Circle", 6, sides="each", directions=("in", "out"))],
        {"title": "Circle", "way": "left, in", "dose": "6 reps"},
    ),
    "a distance": (
        [Work("Run", Dose(Distance(400_000), pace=Pace(300_000, Distance(1000, "km"))), cue="Tall")],
        {"title": "Run", "dose": "400 m", "distance": "400 m", "pace": "5:00 /km", "cue": "Tall"},
    ),
    "until, with a cue": (
        [until("Walk", "the band slips", cue="Knees out", cap_ms=90_000)],
        {"title": "Walk", "condition": "until the band slips", "cap": "1:30 at most", "cue": "Knees out"},
    ),
    "as many as possible": ([until("Dip", "max")], {"title": "Dip", "condition": "as many as you can"}),
    "a window of one exercise": (
        [Block((counted("Swing", 12, cue="Snap", load="16 kg"),), every_ms=60_000)],
        {"title": "Swing", "dose": "12 reps", "cue": "Snap", "load": "16 kg"},
    ),
    "a window of a distance": (
        [Block((Work("Row", Dose(Distance(200_000))),), every_ms=60_000)],
        {"title": "Row", "dose": "200 m"},
    ),
    "a window of several exercises": (
        [Block((Block((counted("Push-up", 8), counted("Squat", 8))),), every_ms=60_000, cue="Breathe")],
        {"title": "Push-up + Squat", "items": ("8 Push-up", "8 Squat"), "cue": "Breathe"},
    ),
    "as many rounds as possible, with a cue": (
        [Block((counted("Dip", 5), counted("Row", 10)), "Cindy", time_ms=60_000, cue="Steady")],
        {"title": "Cindy", "items": ("5 Dip", "10 Row"), "score": "0 rounds done", "cue": "Steady"},
    ),
    "for time, with a condition, a cap and a cue": (
        [Block((counted("Dip", 5),), "Fran", 3, until=Until("all is done"), cap_ms=900_000, cue="Go")],
        {"title": "Fran", "condition": "until all is done", "cap": "15:00 at most", "items": ("5 Dip",),
         "score": "0 of 3 rounds done", "cue": "Go"},
    ),
    "for time, done": (
        [Block((counted("Dip", 5),), "Fran", until=Until("done"))],
        {"title": "Fran", "items": ("5 Dip",), "score": "0 rounds done"},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("steps", "expected"), FACTS.values(), ids=FACTS)
def test_every_fact_has_a_place_of_its_own(steps, expected):
    assert facts(*steps) == expected


def test_a_rest_has_the_note_and_the_work_ahead():
    squat = counted("Squat", 12, note="Take the bar", load="40 kg", effort="hard", sides="left")
    shown = seen(started(timed("A", 20), pause_step(10), squat, prepare_ms=0).advance(22_000))
    assert (shown.note, shown.cue) == ("Take the bar", "")
    assert shown.ahead == Ahead("work", "Squat", "left", "12 reps", "40 kg", "hard", ())
    wait = seen(started(timed("A", 20), Wait("Band on"), prepare_ms=0).advance(3_000)).ahead
    assert (wait.kind, wait.title, wait.dose) == ("wait", "Band on", "")
    assert seen(started(timed("A", 20), prepare_ms=0)).ahead is None


def test_a_ladder_shows_the_round_one_is_in():
    sim = started(ladder(counted("Squat", 10)), prepare_ms=0)
    shown = [seen(sim).items, *(seen(sim.advance(1_000).do(CountRound())).items for _ in range(3))]
    assert shown == [(f"{reps} Burpee", "10 Squat") for reps in (3, 6, 9, 9)]
    assert seen(sim.do(Undo()).do(Undo())).items[0] == "6 Burpee"
    assert seen(sim.advance(20_000).do(Back())).items[0] == "3 Burpee"


def test_a_block_on_a_side_says_so():
    sim = started(Block((timed("Warrior", 20), timed("Triangle", 9)), "Flow", 2, sides="each"), prepare_ms=0)
    assert (seen(sim).way, seen(sim).block) == ("left", "Flow, left, round 1 of 2")
    assert seen(sim.advance(50_000)).next_up == "Switch sides 0:05, then Warrior, right, 0:20"
    shown = seen(sim.advance(8_000))
    assert (shown.word, shown.next_up) == ("SWITCH", "Warrior, right, 0:20")
    assert (seen(sim.advance(5_000)).way, seen(sim).block) == ("right", "Flow, right, round 1 of 2")


def test_sides_in_turn_change_with_the_counted_rounds():
    sim = started(ladder(sides="alternate", time_ms=600_000), prepare_ms=0)
    shown = [seen(sim), *(seen(sim.advance(1_000).do(CountRound())) for _ in range(3))]
    assert [(each.way, *each.items) for each in shown] == [
        *(("left", "3 Burpee"), ("right", "6 Burpee")),
        *(("left", "9 Burpee"), ("right", "9 Burpee")),
    ]


def test_for_time_shows_its_target():
    block = Block((counted("Squat", 15),), until=Until("done"), rounds=3)
    shown = seen(started(block, prepare_ms=0))
    assert (shown.score, shown.counts_up, shown.prompt) == (
        "0 of 3 rounds done",
        True,
        "{round} counts a round, {done} when done",
    )


def test_remaining_counts_what_is_known():
    sim = started(timed("A", 20), until("B", "max"), timed("C", 30)).advance(10_500)
    assert seen(sim).remaining == "0:50+"
    sim.advance(60_000).do(Done()).advance(1_000)
    assert seen(sim).remaining == "0:29"


def test_what_a_key_begins_stands_still_until_it_sounds():
    sim = started(timed("A", 20), timed("B", 30), lead_ms=120).advance(15_000).do(Next())
    assert (seen(sim).digits, next_change_ms(sim.state, sim.now)) == ("30", 15_120)


def test_nothing_changes_while_paused():
    sim = started(timed("A", 20)).advance(12_345).do(Pause())
    assert next_change_ms(sim.state, sim.now) is None


def changes_of(sim, number):
    """Return when the view next changes, `number` times."""
    moments = []
    for _ in range(number):
        due = next_change_ms(sim.state, sim.now)
        moments.append(due)
        sim.advance(due - sim.now)
    return moments


def test_it_says_when_it_changes():
    sim = started(counted("A", 3, phases=(Phase(1500, "Down"), Phase(2000, "Up"))), prepare_ms=0)
    assert changes_of(sim, 6) == [500, 1_500, 2_500, 3_500, 4_500, 5_000]


def test_a_single_phase_does_not_fill_and_changes_with_the_seconds_alone():
    sim = started(timed("A", 6, phases=(Phase(2500, "Down"),)), prepare_ms=0)
    assert changes_of(sim, 5) == [1_000, 2_000, 2_500, 3_000, 4_000]


def test_a_phase_fills_with_the_shown_seconds():
    sim = started(counted("A", 3, phases=(Phase(1700, "Down"), Phase(2000, "Up"))), prepare_ms=0)
    seen_at = {}
    for at in range(0, 3_700, 50):
        seen_at[at] = seen(sim).phase_fill
        sim.advance(50)
    changes = [at for at, before in zip([*seen_at][1:], seen_at.values(), strict=False) if seen_at[at] != before]
    # The whole takes 11.1 s, so the shown seconds change at 0.1 s, 1.1 s and so on; fills keep to that beat.
    assert changes == [100, 1_100, 1_700, 2_100, 3_100]
    assert (seen_at[1_600], seen_at[1_700], seen_at[2_700]) == (1000 * 1_100 // 1_700, 0, 200)


def test_what_comes_next_is_soon_ten_seconds_before():
    sim = started(timed("A", 20), pause_step(30), timed("B", 30), prepare_ms=0).advance(20_000 + 19_999)
    assert not seen(sim).soon
    assert seen(sim.advance(1)).soon
    assert not seen(sim.advance(10_000)).soon


def test_one_can_undo_for_ten_seconds_and_sees_it():
    sim = started(counted("A", 5), timed("B", 30), timed("C", 30), prepare_ms=0).advance(5_000)
    assert not seen(sim).can_undo
    sim.do(Done()).advance(9_999)
    assert seen(sim).can_undo
    assert next_change_ms(sim.state, sim.now) == 15_000
    assert not seen(sim.advance(1)).can_undo
    sim.do(Next())
    assert not seen(sim.do(Lock())).can_undo


def test_a_lock_is_shown():
    sim = started(timed("A", 20), prepare_ms=0)
    assert not seen(sim).locked
    shown = seen(sim.do(Lock()))
    assert (shown.locked, shown.prompt) == (True, "Locked: {lock} unlocks")


def test_corrected_reps_are_shown():
    sim = started(counted("A", 5, sides="alternate"), timed("B", 30), prepare_ms=0)
    assert seen(sim).reps_done == ""
    assert seen(sim.do(Correct(9))).reps_done == "9 of 10 reps"
    assert seen(sim.do(Done())).reps_done == ""


def test_open_reps_are_counted_from_nought():
    sim = started(until("A", "max"), timed("B", 30), prepare_ms=0)
    assert seen(sim).reps_done == ""
    assert seen(sim.do(Correct(1))).reps_done == "1 rep"
    assert seen(sim.do(Correct(2))).reps_done == "2 reps"


@pytest.mark.parametrize(("at_ms", "progress", "session"), [(0, 0, 0), (5_000, 250, 100), (20_000, 0, 400)])
def test_progress_is_in_thousandths(at_ms, progress, session):
    shown = seen(started(timed("A", 20), timed("B", 30), prepare_ms=0).advance(at_ms))
    assert (shown.progress, shown.session_progress) == (progress, session)


def test_the_right_side_has_phases_of_its_own():
    sim = started(counted("A", 1, phases=PHASES, sides="each"), prepare_ms=0)
    first = seen(sim)
    sim.advance(5_000 + 5_000)
    other = seen(sim)
    assert (first.way, first.phase, first.cue) == ("left", 1, "Stand tall")
    assert (other.way, other.phase, other.cue) == ("right", 1, "Stand tall")
    assert (seen(sim.advance(2_000)).way, seen(sim).phase, seen(sim).cue) == ("right", 2, "Reach back")
    assert [each.side for each in sim.state.interval.phases] in (["right", "right"], [None, None])


def paced(**head):
    dose = Dose(Distance(1_000, "km"), pace=Pace(300_000, Distance(1_000, "km")))
    return started(Work("Run", dose), timed("A", 20), prepare_ms=0, **head)


@pytest.mark.parametrize(
    ("at_ms", "digits", "remaining", "progress"),
    [
        (0, "5:00", "5:20", 0),
        (100_000, "3:20", "3:40", 333),
        (299_500, "1", "0:21", 998),
        (300_000, "+0", "0:20", 1000),
        (371_000, "+1:11", "0:20", 1000),
    ],
)
def test_a_paced_distance_counts_down_what_is_planned_and_then_up_and_does_not_end(at_ms, digits, remaining, progress):
    shown = seen(paced().advance(at_ms))
    assert (shown.digits, shown.remaining, shown.progress) == (digits, remaining, progress)
    assert (shown.distance, shown.pace, shown.prompt) == ("1 km", "5:00 /km", "{done} when done")


@pytest.mark.parametrize(("at_ms", "then"), [(0, 1_000), (299_400, 300_000), (300_000, 301_000), (300_250, 301_000)])
def test_a_paced_distance_changes_with_its_seconds(at_ms, then):
    sim = paced().advance(at_ms)
    assert next_change_ms(sim.state, sim.now) == then
