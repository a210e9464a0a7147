"""The place in a plan: what comes next, why, and that nothing but a session that is done ever moves it."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.plan.model import slots_of
from coach.plan.position import find_slot, place_words, position, streak_words, week_words
from tests.plan.made import ROUND, at, day, did, plan, said

WEEK_1 = [did("a", 0, of=(1, 1)), did("b", 2, of=(1, 2)), did("c", 4, of=(1, 3))]


def here(*happened, today=0, text=None):
    """Return the place on a day, in the plan of three weeks unless another is given."""
    events = [item for item in happened if hasattr(item, "move")]
    sessions = [item for item in happened if not hasattr(item, "move")]
    return position(plan(text) if text else plan(), events, sessions, day(today))


def key(place):
    return place.next and place.next.key


@pytest.mark.parametrize(
    ("happened", "today", "expected", "state"),
    [
        # Not begun, begun, ended.
        ([], 0, None, "idle"),
        ([did("a", 0)], 0, None, "idle"),
        ([said("begin")], 0, "1.1", "due"),
        ([said("begin"), said("end", 1)], 2, None, "idle"),
        ([said("begin"), did("a", 0, of=(1, 1)), said("end", 1), said("begin", 2)], 2, "1.1", "due"),
        # The session after the latest one that is done; a day of rest between.
        ([said("begin"), did("a", 0, of=(1, 1))], 0, "1.2", "rest"),
        ([said("begin"), did("a", 0, of=(1, 1))], 1, "1.2", "rest"),
        ([said("begin"), did("a", 0, of=(1, 1))], 2, "1.2", "due"),
        ([said("begin"), *WEEK_1], 7, "2.1", "due"),
        # Starting and quitting never move the place.
        ([said("begin"), did("a", 0, of=(1, 1), done=False)], 1, "1.1", "due"),
        ([said("begin"), did("a", 0, of=(1, 1), done=False, percent=0)], 1, "1.1", "due"),
        # By hand only the next one counts; an old one done for fun throws nobody back.
        ([said("begin"), did("a", 0)], 2, "1.2", "due"),
        ([said("begin"), did("c", 0)], 2, "1.1", "due"),
        ([said("begin"), *WEEK_1, did("a", 5)], 7, "2.1", "due"),
        ([said("begin"), *WEEK_1, did("a", 5, of=(1, 1))], 7, "2.1", "due"),
        ([said("begin"), *WEEK_1, did("a", 5), did("b", 6)], 7, "2.1", "due"),
        # A session that was started for another plan counts as one by hand.
        ([said("begin"), did("a", 0, plan="other", week=4, ordinal=2)], 2, "1.2", "due"),
        ([said("begin"), did("c", 0, plan="other", week=1, ordinal=3)], 2, "1.1", "due"),
        # Hard but finished goes on; what was left early is offered again, unless the person says that it counts.
        ([said("begin"), did("a", 0, of=(1, 1), feeling="hard")], 2, "1.2", "due"),
        ([said("begin"), did("a", 0, of=(1, 1), done=False), said("skip", 1, to=(1, 1, "a"))], 2, "1.2", "due"),
        ([said("begin"), *WEEK_1, did("d", 7, of=(2, 1), done=False, feeling="hard")], 9, "2.1", "due"),
        # Before it began nothing counts.
        ([did("a", 0, hour=7), said("begin", 0, hour=8)], 0, "1.1", "due"),
        # Again, skip, go.
        ([said("begin"), *WEEK_1, said("again", 5, to=(1, 3, "c"))], 6, "1.3", "due"),
        ([said("begin"), said("skip", 0, to=(1, 1, "a"))], 0, "1.2", "due"),
        ([said("begin"), said("go", 0, to=(2, 2, "d"))], 0, "2.2", "due"),
        ([said("begin"), *WEEK_1, said("go", 5, to=(1, 1, "a")), did("a", 7, of=(1, 1))], 9, "1.2", "due"),
        ([said("begin"), *WEEK_1, said("again", 5, to=(1, 3, "c")), did("c", 6, of=(1, 3))], 8, "2.1", "due"),
        ([said("begin"), *WEEK_1, said("again", 5, to=(1, 3, "c")), did("c", 6, done=False)], 8, "1.3", "due"),
        ([said("begin"), said("skip", 0, to=(1, 1, "a")), said("skip", 0, to=(1, 2, "b"))], 0, "1.3", "due"),
        # What is skipped or left out of order loses nothing that was done.
        ([said("begin"), *WEEK_1, said("skip", 5, to=(1, 2, "b"))], 7, "2.1", "due"),
        ([said("begin"), did("d", 0, of=(2, 1))], 2, "2.2", "due"),
        # Said of another plan.
        ([said("begin"), said("end", 1, of="other")], 1, "1.1", "due"),
        # Done to its end.
        ([said("begin"), said("go", 0, to=(3, 2, "f")), did("f", 0, of=(3, 2))], 3, None, "finished"),
        ([said("begin"), said("go", 0, to=(3, 2, "f")), said("skip", 1, to=(3, 2, "f"))], 3, None, "finished"),
        # What is done after the end changes nothing, and it can begin anew.
        ([said("begin"), said("go", 0, to=(3, 2, "f")), did("f", 0), did("a", 2)], 3, None, "finished"),
        ([said("begin"), said("go", 0, to=(3, 2, "f")), did("f", 0), said("begin", 4)], 4, "1.1", "due"),
        # Begun on a second machine, before it knew of the first.
        ([said("begin"), *WEEK_1, said("begin", 5)], 7, "2.1", "due"),
        ([said("begin"), *WEEK_1, said("end", 5), said("begin", 5, hour=9)], 7, "1.1", "due"),
    ],
)
def test_what_comes_next(happened, today, expected, state):
    place = here(*happened, today=today)
    assert (key(place), place.state) == (expected, state)


@pytest.mark.parametrize(
    ("gap", "expected"),
    [
        (7, []),
        (8, [("1.1", "the week before"), ("2.1", "where you were")]),
        (21, [("1.1", "the week before"), ("2.1", "where you were")]),
        (22, [("1.1", "two weeks before"), ("2.1", "where you were")]),
    ],
)
def test_a_break_offers_an_earlier_week_and_no_penalty(gap, expected):
    place = here(said("begin"), *WEEK_1, today=4 + gap)
    assert [(offer.slot.key, offer.words) for offer in place.offers] == expected
    assert key(place) == "2.1"
    assert place.state == ("break" if expected else "due")


def test_after_a_long_break_there_are_three_choices():
    go = said("go", 5, to=(3, 1, "e"))
    place = here(said("begin"), *WEEK_1, go, did("e", 6, of=(3, 1)), today=20)
    offers = [(offer.slot.key, offer.words) for offer in place.offers]
    assert offers == [("2.1", "the week before"), ("3.2", "where you were"), ("1.1", "from the beginning")]


def test_an_answer_ends_the_break():
    said_so = said("go", 20, to=(1, 1, "a"))
    place = here(said("begin"), *WEEK_1, said_so, today=20)
    assert (key(place), place.state, place.offers) == ("1.1", "due", ())


def test_a_plan_that_goes_round_has_no_break():
    place = here(said("begin"), did("a", 0, of=(0, 1)), text=ROUND, today=40)
    assert (key(place), place.state, place.on_break) == ("2", "due", True)


@pytest.mark.parametrize(
    ("happened", "expected"),
    [
        ([], "1"),
        ([did("a", 0, of=(0, 1))], "2"),
        ([did("a", 0), did("b", 1)], "1"),
        ([did("b", 0)], "1"),
        ([did("a", 0, of=(0, 1)), did("a", 1, of=(0, 1))], "2"),
        ([said("skip", 0, to=(0, 1, "a"))], "2"),
        ([said("skip", 0, to=(0, 2, "b"))], "1"),
    ],
)
def test_turns_go_round(happened, expected):
    assert key(here(said("begin"), *happened, text=ROUND, today=3)) == expected


def test_the_same_routine_twice_in_a_plan():
    text = "name: N\nweeks: [[a, b, a], [a, b]]\n"
    first = [said("begin"), did("a", 0, of=(1, 1))]
    assert key(here(*first, text=text, today=2)) == "1.2"
    assert key(here(*first, did("a", 1), text=text, today=2)) == "1.2"
    assert key(here(*first, did("b", 1), did("a", 2), text=text, today=4)) == "2.1"


def test_a_session_past_midnight_belongs_to_the_evening_it_began():
    late = did("a", 0, hour=23, of=(1, 1))
    assert here(said("begin"), late, today=1).state == "rest"
    assert here(said("begin"), late, today=2).state == "due"


@pytest.mark.parametrize("offset", [-11, 0, 13])
def test_days_are_those_where_the_person_is(offset):
    session = did("a", 1, hour=23, of=(1, 1), offset=offset)
    assert here(said("begin"), session, today=2).state == "rest"
    assert here(said("begin"), session, today=3).state == "due"


def test_a_clock_that_was_set_back_makes_no_break():
    place = here(said("begin"), did("a", 9, of=(1, 1)), today=3)
    assert (key(place), place.state, place.on_break) == ("1.2", "due", False)


EDITED = (
    # A session put in before, one taken out, weeks exchanged, a week put in before.
    ("name: N\nweeks: [[x, a, b, c], 3x d, [e, f]]\n", "2.1"),
    ("name: N\nweeks: [[a, c], 3x d, [e, f]]\n", "2.1"),
    ("name: N\nweeks: [3x x, [a, b, c], 3x d, [e, f]]\n", "3.1"),
    ("name: N\nweeks: [[a, b], 3x d, [e, f]]\n", "2.1"),
    ("name: N\nweeks: [[a, b, c, g], 3x d]\n", "1.4"),
    ("name: N\nweeks: [[a, b, c]]\n", None),
    # The order within a week turned round, two weeks exchanged, a week added, all of it other routines.
    ("name: N\nweeks: [[c, b, a], 3x d]\n", "2.1"),
    ("name: N\nweeks: [3x d, [a, b, c], [e, f]]\n", "3.1"),
    ("name: N\nweeks: [[a, b, c], 3x d, [e, f], 3x g]\n", "2.1"),
    ("name: N\nweeks: [[x, y, z], 3x d]\n", "1.3"),
    # From weeks to turns.
    ("name: N\nturns: [a, b, c]\n", "1"),
)


@pytest.mark.parametrize(("text", "expected"), EDITED)
def test_a_plan_edited_half_way_keeps_the_place(text, expected):
    assert key(here(said("begin"), *WEEK_1, text=text, today=7)) == expected


@pytest.mark.parametrize(
    ("turns", "expected"),
    [("[a, b]", "2"), ("[x, a, b]", "3"), ("[b, a]", "1"), ("[a, x, b]", "2"), ("[b, x]", "2"), ("[a]", "1")],
)
def test_turns_edited_half_way_keep_the_place(turns, expected):
    done = [did("a", 0, of=(0, 1)), did("b", 1, of=(0, 2)), did("a", 2, of=(0, 1))]
    assert key(here(said("begin"), *done, text=f"name: N\nturns: {turns}\n", today=3)) == expected


@pytest.mark.parametrize(
    ("text", "why", "last"),
    [
        (None, "after a on Monday", "1.1"),
        ("name: N\nweeks: [[x, b, c], 3x d]\n", "after a on Monday", None),
        ("name: N\nweeks: [[b, c], 3x d]\n", "after a on Monday", None),
        ("name: N\nweeks: [[b, a, c], 3x d]\n", "after a on Monday", "1.2"),
        ("name: N\nturns: [x, b]\n", "after a on Monday", None),
    ],
)
def test_the_session_that_was_done_last_is_known_only_while_it_is_in_the_plan(text, why, last):
    place = here(said("begin"), did("a", 0, of=(1, 1)), text=text, today=2)
    assert (place.why, place.last_slot and place.last_slot.key, place.this_week) == (why, last, 1)


@pytest.mark.parametrize("move", ["go", "again"])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("name: N\nweeks: [[a, b, c], 3x d, [e, f]]\n", "3.1"),
        ("name: N\nweeks: [3x x, [a, b, c], 3x d, [e, f]]\n", "4.1"),
        ("name: N\nweeks: [[a, b, c], [e, f]]\n", "2.1"),
        ("name: N\nweeks: [[a, b, c], 3x d, [f, x, e]]\n", "3.3"),
    ],
)
def test_what_was_said_of_a_session_still_means_it_when_the_plan_was_edited(move, text, expected):
    assert key(here(said("begin"), *WEEK_1, said(move, 5, to=(3, 1, "e")), text=text, today=7)) == expected


def test_two_histories_merged_agree_whatever_came_first():
    mine = [said("begin"), did("a", 0, of=(1, 1)), did("b", 2, of=(1, 2))]
    theirs = [did("b", 3, of=(1, 2)), did("c", 5, of=(1, 3))]
    found = {key(here(*order, today=7)) for order in permutations([*mine, *theirs])}
    assert found == {"2.1"}


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        # Each did a part; both did the same session; the other one is ahead, behind, or knows the plan by hand.
        ([did("a", 0, of=(1, 1))], [did("b", 2, of=(1, 2))], "1.3"),
        ([did("a", 0, of=(1, 1))], [did("a", 1, of=(1, 1))], "1.2"),
        (WEEK_1, [did("a", 6, of=(1, 1))], "2.1"),
        ([did("a", 0, of=(1, 1))], [said("go", 1, to=(2, 1, "d")), did("d", 1, of=(2, 1))], "2.2"),
        ([did("a", 0)], [did("b", 2), did("c", 4)], "2.1"),
        # Begun on both; skipped on one and done on the other; ended on one.
        (WEEK_1, [said("begin", 5)], "2.1"),
        (WEEK_1[:2], [said("begin", 1), did("a", 1, hour=19, of=(1, 1))], "1.3"),
        ([did("a", 0, of=(1, 1))], [said("skip", 0, to=(1, 1, "a"))], "1.2"),
        (WEEK_1, [said("end", 6)], None),
    ],
)
def test_histories_of_two_machines_come_out_right(mine, theirs, expected):
    happened = [said("begin"), *mine, *theirs]
    assert {key(here(*order, today=7)) for order in (happened, happened[::-1])} == {expected}


@pytest.mark.parametrize("gone", range(3))
def test_a_session_that_is_removed_never_moves_the_place_unless_it_was_the_latest(gone):
    kept = [session for number, session in enumerate(WEEK_1) if number != gone]
    assert key(here(said("begin"), *kept, today=7)) == ("1.3" if gone == 2 else "2.1")


def test_one_that_is_behind_throws_nobody_back():
    place = here(said("begin"), *WEEK_1, did("a", 6, of=(1, 1)), today=8)
    assert (key(place), place.done) == ("2.1", 3)


def test_a_session_that_is_removed_takes_the_place_back():
    assert key(here(said("begin"), *WEEK_1[:2], today=7)) == "1.3"


@pytest.mark.parametrize(
    ("happened", "today", "why"),
    [
        ([], 0, "the first session"),
        ([did("a", 0, of=(1, 1))], 0, "after a today; done for today, next on Wednesday"),
        ([did("a", 0, of=(1, 1))], 1, "after a yesterday; a day of rest, next tomorrow"),
        ([did("a", 0, of=(1, 1))], 2, "after a on Monday"),
        ([did("a", 0, of=(1, 1), done=False, percent=60)], 1, "the same again: you left it at 60 % yesterday"),
        ([did("a", 0, of=(1, 1), done=False, percent=0)], 0, "the same again: you left it today"),
        ([said("skip", 0, to=(1, 1, "a"))], 1, "the one before it was skipped yesterday"),
        ([said("go", 0, to=(2, 1, "d"))], 0, "you chose it today"),
        ([did("a", 0, of=(1, 1)), said("again", 1, to=(1, 1, "a"))], 2, "again, as you asked yesterday"),
    ],
)
def test_the_reason_is_given(happened, today, why):
    assert here(said("begin"), *happened, today=today).why == why


def test_days_of_the_week_are_said_and_lose_nothing():
    text = "name: N\ndays: [mon, thu]\nweeks: [[a, b], [c, d]]\n"
    begun = [said("begin"), did("a", 0, of=(1, 1))]
    assert here(*begun, text=text, today=1).why == "after a yesterday; a day of rest, next on Thursday"
    assert here(*begun, text=text, today=3).state == "due"
    assert (key(here(*begun, text=text, today=5)), here(*begun, text=text, today=7).state) == ("1.2", "due")


def test_two_sessions_a_day():
    text = "name: N\nper_day: 2\nweeks: [4x a]\n"
    once = [said("begin"), did("a", 0, hour=8, of=(1, 1))]
    assert here(*once, text=text).state == "due"
    twice = here(*once, did("a", 0, hour=20, of=(1, 2)), text=text)
    assert (twice.state, twice.why) == ("rest", "after a today; done for today, next tomorrow")


NAGGING = ("missed", "behind", "late", "overdue", "lost", "fail", "should", "only")


@pytest.mark.parametrize(
    "text", [None, ROUND, "name: N\nper_week: 7\nturns: [a]\n", "name: N\ndays: [mon]\nturns: [a]\n"]
)
@pytest.mark.parametrize("today", [0, 1, 2, 6, 8, 14, 22, 60, 400])
def test_nothing_is_ever_missed(text, today):
    place = here(said("begin"), *WEEK_1, text=text, today=4 + today)
    words = f"{place.why} {streak_words(place)} {week_words(place)} {' '.join(offer.words for offer in place.offers)}"
    assert not set(words.split()) & set(NAGGING)
    assert place.next is not None
    # What was done stays done, and what comes next does not depend on the day.
    assert (place.done, key(place)) == (here(said("begin"), *WEEK_1, text=text, today=4).done, key(place))


def test_a_streak_counts_weeks_and_a_break_only_pauses_it():
    first = [said("begin"), *WEEK_1]
    again = [*first, *(did("d", number, of=(2, ordinal)) for ordinal, number in enumerate((7, 35), 1))]
    assert [streak_words(here(*first, today=number)) for number in (4, 5)] == ["", ""]
    assert streak_words(here(*again[:-1], today=9)) == "2-week streak"
    assert streak_words(here(*again[:-1], today=20)) == "2-week streak, then a break"
    assert streak_words(here(*again, today=36)) == "3-week streak"


def test_days_in_a_row_count_only_where_a_session_a_day_is_meant():
    daily = "name: N\nper_week: 7\nturns: [a]\n"
    sessions = [did("a", number, of=(0, 1)) for number in range(3)]
    assert streak_words(here(said("begin"), *sessions, text=daily, today=3)) == "3-day streak"
    assert streak_words(here(said("begin"), *sessions, text=ROUND, today=3)) == ""


def test_the_place_in_words():
    place = here(said("begin"), *WEEK_1, today=8)
    assert (place_words(place), week_words(place)) == ("week 2 of 3, session 1 of 3", "0 of 3 this week")
    assert place_words(here(said("begin"), text=ROUND)) == "turn 1 of 2"
    assert place_words(here(said("begin"), said("go", 0, to=(3, 2, "f")), did("f", 0, of=(3, 2)))) == "8 of 8 done"


@pytest.mark.parametrize(
    ("words", "expected"),
    [("2", "2.1"), ("2.3", "2.3"), ("2:3", "2.3"), ("e", "3.1"), (" E ", "3.1"), ("4", None), ("x", None), ("", None)],
)
def test_a_session_is_found_by_week_place_or_routine(words, expected):
    slot = find_slot(plan(), words)
    assert (slot and slot.key) == expected


MOVES = st.one_of(
    st.builds(
        lambda routine, number, done, place: did(routine, number, done=done, of=place),
        st.sampled_from("abcdefx"),
        st.integers(0, 30),
        st.booleans(),
        st.none() | st.tuples(st.integers(0, 4), st.integers(0, 4)),
    ),
    st.builds(
        lambda move, number, week, ordinal, routine: said(move, number, to=(week, ordinal, routine)),
        st.sampled_from(["begin", "again", "skip", "go", "end"]),
        st.integers(0, 30),
        st.integers(0, 4),
        st.integers(0, 4),
        st.sampled_from("abcdefx"),
    ),
)


@given(st.lists(MOVES, max_size=12), st.integers(0, 60), st.sampled_from([None, ROUND]), st.randoms())
def test_any_history_has_one_place_in_whatever_order_it_comes(happened, today, text, shuffle):
    place = here(*happened, today=today, text=text)
    mixed = list(happened)
    shuffle.shuffle(mixed)
    assert here(*mixed, today=today, text=text) == place
    assert (place.next is None) == (place.state in ("idle", "finished"))
    assert place.next is None or place.next in slots_of(place.plan)
    assert 0 <= place.done <= max(len(slots_of(place.plan)), len(happened))


@given(st.lists(MOVES, max_size=8), st.integers(0, 30))
def test_what_is_left_early_moves_nothing(happened, number):
    begun = [said("begin", 0, hour=1), *happened]
    left = did("a", number, of=(1, 1), done=False)
    assert key(here(*begun, left, today=40)) == key(here(*begun, today=40))


def test_moments_of_other_offsets_keep_their_order():
    west, east = did("a", 0, hour=10, of=(1, 1), offset=-8), did("b", 1, hour=1, of=(1, 2), offset=9)
    assert east.started - west.started == timedelta(hours=-2)
    assert at(0, 8) < west.started
    assert key(here(said("begin"), west, east, today=4)) == "1.3"
