"""What `coach show --json` prints: the document, and the same as text made piece by piece."""

from __future__ import annotations

import json
from itertools import islice

from hypothesis import given, settings
from hypothesis import strategies as st

from coach.routine.model import Phase
from coach.settings import SoundSettings
from coach.timeline.as_json import as_values, json_chunks
from tests.builders import compiled, counted, ladder, timed, timelines, until

PHASES = (Phase(1000, "Down"), Phase(2000, "Up"))


def sounds(timeline):
    found = as_values(timeline, SoundSettings())["signals"]
    return [f"{each['offset_ms'] / 1000:g} {each['sound']}" for each in found if each["interval"] == 0]


def test_open_work_with_phases_shows_the_signals_of_its_first_cycle_and_says_that_it_repeats():
    timeline = compiled(until("A", "max", phases=PHASES), timed("B", 10), prepare_ms=0)
    interval = as_values(timeline, SoundSettings())["intervals"][0]
    assert sounds(timeline) == ["0 go", "1 phase-2"]
    assert (interval["open"], interval["duration_ms"], interval["cap_ms"]) == (True, None, 900_000)
    assert (interval["repeats"], len(interval["phases"])) == (True, 2)


def test_reps_to_a_beat_are_at_the_users_own_pace():
    timeline = compiled(counted("A", 12, cadence=60), timed("B", 10), prepare_ms=0)
    interval = as_values(timeline, SoundSettings())["intervals"][0]
    assert sounds(timeline) == ["0 wait"]
    assert (interval["open"], interval["cap_ms"], interval["repeats"]) == (True, None, False)
    assert (interval["reps"], interval["cadence"]) == (12, 60)


@settings(max_examples=150, deadline=None)
@given(timelines, st.booleans())
def test_the_pieces_of_text_make_the_whole_document(timeline, voice):
    sound = SoundSettings(voice=voice)
    whole = json.dumps(as_values(timeline, sound), ensure_ascii=False, indent=1)
    assert "".join(json_chunks(timeline, sound)) == whole + "\n"


def test_a_ladder_has_the_checklist_of_each_round_and_a_block_its_side():
    [interval] = as_values(compiled(ladder(sides="left", time_ms=60_000), prepare_ms=0), SoundSettings())["intervals"]
    assert [[each["reps"] for each in items] for items in interval["ladder"]] == [[3], [6], [9]]
    assert (interval["items"], interval["side"], interval["block"][0]["side"]) == (
        interval["ladder"][0],
        "left",
        "left",
    )


def test_odd_texts_stay_text():
    odd = 'Say "Hü"\\ \u2603 { } ,'
    timeline = compiled(timed(odd, 5, cue="a, b"), ladder(counted(odd, 5)), prepare_ms=0)
    whole = json.dumps(as_values(timeline, SoundSettings()), ensure_ascii=False, indent=1)
    assert "".join(json_chunks(timeline, SoundSettings())) == whole + "\n"


def test_the_text_begins_before_any_signal_is_asked_for():
    nobody = None  # signals would need settings
    text = "".join(islice(json_chunks(compiled(timed("A", 5)), nobody), 20))
    assert text.startswith('{\n "format": 1,\n "id": "demo"')
