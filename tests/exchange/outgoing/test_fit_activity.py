"""Sessions of the history as FIT activities, as a FIT library reads them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.exchange.outgoing import fit_activity
from coach.exchange.outgoing.fit_activity import export_activity
from coach.exchange.outgoing.fit_file import EPOCH_S
from coach.history.outcome import outcome
from coach.history.past import Past, PastVisit
from coach.problems import CoachError
from tests.exchange.outgoing.shipped import lost, messages

STARTED = datetime(2026, 11, 21, 7, 30, 0, 400_000, tzinfo=timezone(timedelta(hours=1)))
BEGAN = int(STARTED.timestamp()) - EPOCH_S
PAST = Past(
    id="a" * 32,
    routine="legs",
    name="Legs",
    started=STARTED,
    seen=STARTED,
    ended=STARTED + timedelta(minutes=2),
    seed=None,
    first_index=0,
    planned_ms=120_000,
    open_intervals=0,
    filed=False,
    outcome=outcome({}, (), 0, reached_end=True),
)
VISITS = (
    PastVisit("prepare", "Get ready", None, 0, 10_000, 0, "clock"),
    PastVisit("work", "Side lunge", "side-lunge", 10_000, 30_500, 0, "clock", reps=8, load="2 x 10 kg"),
    PastVisit("rest", "Rest", None, 40_500, 20_000, 30_000, "clock"),
    PastVisit("work", "Toe yoga", None, 90_500, 15_000, 0, "done", reps=0),
)
TIMESTAMP, START, ELAPSED, TIMER = 253, 2, 7, 8


def test_laps_and_sets_are_the_visits_with_their_times():
    data = export_activity(PAST, VISITS).data
    laps, sets = messages(data, "lap"), messages(data, "set")
    assert [lap[254] for lap in laps] == [0, 1, 2, 3]
    assert [(lap[START] - BEGAN, lap[TIMESTAMP] - BEGAN) for lap in laps] == [(0, 10), (10, 40), (40, 90), (90, 105)]
    assert [(lap[ELAPSED], lap[TIMER]) for lap in laps] == [
        *((10_000, 10_000), (30_500, 30_500), (50_000, 20_000), (15_000, 15_000)),
    ]
    assert [(one[5], one[0], one.get(3)) for one in sets] == [
        *((0, 10_000, None), (1, 30_500, 8), (0, 20_000, None), (1, 15_000, 0)),
    ]
    assert (sets[1][7], sets[1][8], sets[1][4]) == (17, 61, 160)
    assert sets[3][7] == 65534


def test_sums_are_those_of_the_laps_and_the_local_time_is_ahead_of_utc():
    data = export_activity(PAST, VISITS).data
    [total], [activity], [head] = messages(data, "session"), messages(data, "activity"), messages(data, "file_id")
    assert (total[ELAPSED], total[TIMER], total[26]) == (105_500, 75_500, 4)
    assert (total[5], total[6]) == (10, 20)
    assert (total[START], total[TIMESTAMP]) == (BEGAN, BEGAN + 105)
    assert (activity[0], activity[5] - activity[TIMESTAMP]) == (75_500, 3600)
    assert (head[0], head[4]) == (4, BEGAN)


def test_the_clock_stops_in_a_pause_and_has_a_record_a_second_otherwise():
    data = export_activity(PAST, VISITS).data
    events = [(event[TIMESTAMP] - BEGAN, event[1]) for event in messages(data, "event")]
    assert events == [(0, 0), (60, 1), (90, 0), (105, 4)]
    records = [record[TIMESTAMP] - BEGAN for record in messages(data, "record")]
    assert records == [*range(61), *range(90, 106)]


def test_a_run_has_laps_with_distances_and_no_sets():
    run = replace(VISITS[1], title="Run", exercise=None, reps=None, load=None, distance_mm=400_000, ending="done")
    data = export_activity(PAST, (VISITS[0], run)).data
    [_, lap], [total] = messages(data, "lap"), messages(data, "session")
    assert (lap[9], lap[24], total[9], total[5]) == (40_000, 2, 40_000, 1)
    assert messages(data, "set") == []


def test_the_sport_can_be_chosen():
    [total] = messages(export_activity(PAST, VISITS, "mobility").data, "session")
    assert (total[5], total[6]) == (10, 19)


def test_what_is_not_carried_is_listed():
    past = replace(PAST, feeling="hard", note="knee")
    assert lost(export_activity(past, VISITS)) == [
        "FIT does not carry how the session felt",
        "FIT does not carry your note",
        "FIT does not carry when a pause began: it stands at the end of its interval",
    ]


@pytest.mark.parametrize(
    ("past", "visits", "sentence"),
    [
        (PAST, (), "nothing of Legs ran, so there is no activity to export"),
        (PAST, (replace(VISITS[0], active_ms=0),), "nothing of Legs ran"),
        (replace(PAST, ended=None), VISITS, "Legs can still be resumed: finish or save it with `coach resume` first"),
    ],
)
def test_what_is_no_activity_is_refused(past, visits, sentence):
    past = replace(past, outcome=outcome({}, (), 60_000, reached_end=False)) if past.ended is None else past
    with pytest.raises(CoachError, match=sentence):
        export_activity(past, visits)


def test_a_long_session_has_a_record_every_few_seconds(monkeypatch):
    monkeypatch.setattr(fit_activity, "MOST_RECORDS", 100)
    visit = replace(VISITS[1], entered_ms=0, active_ms=350_000)
    records = [record[TIMESTAMP] - BEGAN for record in messages(export_activity(PAST, [visit]).data, "record")]
    assert records == list(range(0, 351, 4))


_numbers = st.integers(0, 2**40)


@settings(deadline=None, max_examples=40)
@given(
    st.lists(
        st.builds(
            PastVisit,
            st.just("work"),
            st.text(max_size=3),
            st.none(),
            _numbers,
            st.integers(1, 60_000),
            _numbers,
            st.just("done"),
            _numbers,
            _numbers,
        ),
        min_size=1,
        max_size=3,
    ),
    st.datetimes(datetime(1970, 1, 3), datetime(9999, 12, 30), timezones=st.just(UTC)),  # noqa: DTZ001 - bounds have no zone here
)
def test_no_history_is_too_strange_to_be_written(visits, started):
    data = export_activity(replace(PAST, started=started), visits).data
    assert len(messages(data, "lap")) == len(visits)
