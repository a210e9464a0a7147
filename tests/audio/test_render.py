"""A session as samples: each where it belongs, whatever lies beside it."""

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.audio.render import PlacedSound, mix, place_sounds, total_frames
from coach.timeline.signals import Signal
from coach.timeline.speech import Say

RATE = 48_000


def rendered(laid, frames, volume=1.0):
    values = array("h")
    for block in mix(laid, frames, RATE, volume):
        values.frombytes(bytes(block))
    assert len(values) == frames
    return values


@given(st.lists(st.tuples(st.integers(0, 3000), st.integers(1, 900)), max_size=6), st.integers(0, 500))
def test_a_render_is_the_sum_of_what_is_laid(laid, tail):
    sounds = [PlacedSound(frame, array("h", [2000 + at for at in range(length)])) for frame, length in laid]
    frames = total_frames(sounds, tail)
    expected = [0] * frames
    for each in sounds:
        for at, value in enumerate(each.samples):
            expected[each.frame + at] += round(value / 2)
    assert list(rendered(sounds, frames)) == expected


def test_an_hour_of_silence_is_a_few_large_blocks():
    blocks = list(mix([], 3600 * RATE, RATE))
    assert len(blocks) <= 360
    assert len({id(each.obj) for each in blocks}) == 1


def test_volume_scales():
    assert list(rendered([PlacedSound(5, array("h", [1000] * 3))], 10, 0.5)) == [0] * 5 + [250] * 3 + [0] * 2


def test_signals_and_phrases_are_laid_at_their_moments_and_what_has_no_samples_is_left_out():
    go, words = array("h", [1] * 5), array("h", [2] * 7)
    entries = [
        (10, Signal(0, 10, "go")),
        (510, Say(0, 510, "Lunge", "name")),
        (600, Signal(0, 600, "gong")),
        (900, Say(0, 900, "unsaid", "cue")),
        (950, Signal(0, 950, "lost")),
    ]
    laid = place_sounds(entries, {"go": go, "lost": array("h")}, {"Lunge": words}, RATE)
    assert laid == (PlacedSound(480, go), PlacedSound(24_480, words, speech=True))
    assert total_frames(laid, 0) == 24_487
    assert total_frames(laid, 50_000) == 50_000


@pytest.mark.parametrize(("second_is_speech", "first_ends"), [(True, True), (False, False)])
def test_a_phrase_gives_way_to_the_next_and_to_nothing_else(second_is_speech, first_ends):
    long, short = array("h", [8000] * RATE), array("h", [0] * RATE)
    values = rendered([PlacedSound(0, long, speech=True), PlacedSound(1000, short, speech=second_is_speech)], RATE)
    assert set(values[:1000]) == {4000}
    assert (set(values[4000:]) == {0}) is first_ends
