"""Distances: open work that a key ends, and with a pace a planned length that counts."""

from __future__ import annotations

import pytest

from coach.problems import BrokenFile
from coach.routine.model import Block, Distance, Dose, Exercise, Pace, Phase, Series, Time, Until, Work
from coach.settings import SoundSettings
from coach.timeline.as_json import as_values
from coach.timeline.outline import outline_lines
from coach.timeline.schedule import interval_times
from coach.timeline.speech import speech
from coach.timeline.wording import amount, item_line, spoken_distance, total_length
from tests.builders import Shelf, compiled, heard, pause, rest

KM = Distance(1_000, "km")
FIVE = Pace(300_000, KM)


def run(thousandths=400_000, unit="m", name="Run", **more):
    dose = {key: more.pop(key) for key in ("sides", "sets", "pace", "cadence", "cap_ms") if key in more}
    return Work(name, Dose(Distance(thousandths, unit), **dose), **more)


def only(timeline, kind="work"):
    return [each for each in timeline.intervals if each.kind == kind]


def test_a_distance_is_open_and_counts_nothing():
    timeline = compiled(run(), prepare_ms=0)
    [interval] = timeline.intervals
    assert (interval.open, interval.limit_ms, interval.distance) == (True, None, Distance(400_000))
    assert (amount(interval), total_length(timeline)) == ("400 m", "about 2:00")


def test_a_pace_plans_its_length_which_counts_and_ends_nothing():
    timeline = compiled(run(pace=FIVE, sets=2, rest=pause(60)), prepare_ms=0)
    first = timeline.intervals[0]
    assert (first.duration_ms, first.planned_ms, first.limit_ms) == (None, 120_000, None)
    assert (amount(first), total_length(timeline)) == ("400 m at 5:00 /km", "5:00")
    assert timeline.starts == (0, 120_000, 180_000, 300_000)
    assert timeline.open_intervals == 2


def test_open_work_beside_it_is_estimated():
    timeline = compiled(run(pace=FIVE), Work("Stretch", Dose(Until("done"))), prepare_ms=0)
    assert total_length(timeline) == "about 3:00"


def test_a_cap_ends_it():
    assert compiled(run(cap_ms=90_000), prepare_ms=0).intervals[0].limit_ms == 90_000


def test_each_side_is_a_bout_of_its_own():
    left, right = only(compiled(run(sides="each"), prepare_ms=0))
    assert [(each.side, each.distance.words) for each in (left, right)] == [("left", "400 m"), ("right", "400 m")]


def test_lists_of_distances_and_paces_are_read_by_set_or_by_round():
    distances = Series((Distance(400_000), None, KM))
    paces = Series((FIVE, FIVE, Pace(240_000, KM)))
    step = Work("Run", Dose(distances, pace=paces))
    by_set = only(compiled(step, prepare_ms=0))
    by_round = only(compiled(Block((step,), rounds=3), prepare_ms=0))
    for found in (by_set, by_round):
        assert [(each.distance.words, each.planned_ms) for each in found] == [("400 m", 120_000), ("1 km", 240_000)]


def test_a_list_gives_its_steps_a_distance():
    found = only(compiled(Work("Run"), Work("Row"), work=Distance(500_000), prepare_ms=0))
    assert [amount(each) for each in found] == ["500 m", "500 m"]


def test_an_exercise_file_gives_distance_and_pace_together():
    shelf = Shelf(Exercise("shuttle", "Shuttle", dose=Dose(Distance(20_000), sets=4, pace=FIVE)))
    assert len(only(compiled(Work("shuttle"), catalogue=shelf))) == 4
    [own] = only(compiled(Work("shuttle", Dose(Distance(10_000))), catalogue=shelf))
    assert (own.distance.words, own.pace) == ("10 m", None)


def test_phases_lead_a_distance_until_the_key_and_not_to_any_cap():
    interval = compiled(run(name="Walking lunge", phases=(Phase(2_000, "Down"), Phase(1_000, "Up"))), prepare_ms=0)
    [found] = interval.intervals
    assert (found.repeats, found.limit_ms, len(found.phases)) == (True, None, 2)


def test_a_pace_without_a_distance_is_a_problem():
    with pytest.raises(BrokenFile, match='"pace" on "Run" has no distance: add "distance: 400 m"'):
        compiled(Work("Run", Dose(pace=FIVE)), work=Time(60_000))


def test_a_checklist_has_it_as_a_dose():
    timeline = compiled(Block((run(sides="each"), Work("Swing", Dose(KM))), time_ms=600_000), prepare_ms=0)
    assert [item_line(each) for each in timeline.intervals[0].items] == ["400 m Run, each side", "1 km Swing"]


def test_in_a_window_it_is_the_whole_window():
    timeline = compiled(Block((run(),), every_ms=120_000, rounds=2), prepare_ms=0)
    assert [(each.frame, each.duration_ms) for each in timeline.intervals] == [("window", 120_000)] * 2


def test_the_outline_says_how_far_and_how_long():
    timeline = compiled(run(pace=FIVE, sets=4), Block((run(name="Row"), rest(30)), rounds=3), prepare_ms=0)
    assert outline_lines(timeline, 50) == [
        "Run: 4 x 400 m at 5:00 /km                    8:00",
        "Block: 3 rounds                               1:00",
        "  Row: 400 m",
        "  Rest                                        0:30",
    ]


def test_the_document_has_words_and_millimetres():
    [found] = as_values(compiled(run(pace=FIVE), prepare_ms=0), SoundSettings())["intervals"]
    assert {key: found[key] for key in ("distance", "distance_mm", "pace", "planned_ms", "duration_ms", "open")} == {
        "distance": "400 m",
        "distance_mm": 400_000,
        "pace": "5:00 /km",
        "planned_ms": 120_000,
        "duration_ms": None,
        "open": True,
    }


def test_the_voice_says_how_far():
    timeline = compiled(run(), prepare_ms=0)
    assert speech(timeline, 0, SoundSettings(voice=True))[0].text == "Run, 400 metres"
    assert speech(timeline, 0, SoundSettings(voice=True, language="de"))[0].text == "Run, 400 m"


@pytest.mark.parametrize(
    ("distance", "pace", "words"),
    [
        (Distance(1_000, "km"), None, "1 kilometre"),
        (Distance(1_500, "km"), FIVE, "1.5 kilometres at 5 minutes a kilometre"),
        (Distance(25_000, "yd"), Pace(45_000, Distance(100_000)), "25 yards at 45 seconds for 100 metres"),
        (Distance(3_000, "mi"), Pace(490_000, Distance(1_000, "mi")), "3 miles at 8 minutes 10 a mile"),
    ],
)
def test_distances_and_paces_are_said_in_words(distance, pace, words):
    assert spoken_distance(distance, pace) == words


def test_several_distances_share_their_unit_in_the_outline():
    step = Work("Run", Dose(Series((Distance(400_000), Distance(800_000)))))
    assert outline_lines(compiled(step, prepare_ms=0), 50) == ["Run: 400, 800 m"]


def test_a_window_with_one_distance_says_it_once():
    timeline = compiled(Block((run(),), every_ms=120_000, rounds=2), prepare_ms=0)
    assert outline_lines(timeline, 50)[1] == "  Run: 400 m                                  2:00"


def test_it_starts_with_go_and_nothing_is_counted_before_the_planned_end():
    assert heard(compiled(run(pace=FIVE), run(), prepare_ms=0), 0) == ["0 go"]


def test_when_nobody_presses_a_key_it_lasts_as_planned():
    timeline = compiled(run(pace=FIVE), run(), prepare_ms=0)
    assert [each.end_ms - each.start_ms for each in interval_times(timeline, 30_000)] == [120_000, 30_000]
