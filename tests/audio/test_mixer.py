"""The mixer: where sounds lie, how loud they are, and that they are whole."""

from array import array
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.audio.mixer import BUS, FADE_MS, Mixer

RATE = 48_000


def played(mixer, frames, block=480):
    """Return `frames` samples, asked for block by block."""
    values = array("h")
    while len(values) < frames:
        values.frombytes(bytes(mixer.block(min(block, frames - len(values)))))
    return values


def tone(length, level=10_000):
    return array("h", [level if at % 2 else level - 2 for at in range(length)])


@given(
    st.lists(st.tuples(st.integers(0, 3000), st.integers(1, 2000)), max_size=4),
    st.lists(st.integers(1, 1000), min_size=1, max_size=8),
)
def test_a_mix_is_the_sum_of_its_sounds_whatever_the_blocks(laid, blocks):
    mixer = Mixer(RATE)
    expected = [0] * 6000
    for start, length in laid:
        mixer.lay(tone(length), start)
        for at, value in enumerate(tone(length)):
            expected[start + at] += round(value * BUS)
    got = array("h")
    for turn in range(10_000):
        if len(got) >= 6000:
            break
        got.frombytes(bytes(mixer.block(blocks[turn % len(blocks)])))
    assert list(got[:6000]) == expected


def test_sums_are_clamped_and_two_full_sounds_do_not_need_it():
    mixer = Mixer(RATE)
    full = array("h", [32767, -32768] * 50)
    mixer.lay(full, 0)
    mixer.lay(full, 0)
    assert list(played(mixer, 100)[:2]) == [32767, -32768]
    for _ in range(4):
        mixer.lay(full, 100)
    assert set(played(mixer, 100)) == {32767, -32768}


def test_silence_is_one_block_kept():
    mixer = Mixer(RATE)
    first, second = mixer.block(1920), mixer.block(1920)
    assert bytes(first) == bytes(3840)
    assert first.obj is second.obj


def test_a_sound_laid_too_late_begins_at_the_next_frame_and_is_whole():
    mixer = Mixer(RATE)
    mixer.block(1000)
    mixer.lay(array("h", [200] * 10), 500)
    assert list(played(mixer, 20)) == [100] * 10 + [0] * 10


def test_volume_scales_and_mute_silences():
    mixer = Mixer(RATE)
    mixer.set_level(volume=0.5)
    mixer.lay(array("h", [1000] * 10), 0)
    assert list(played(mixer, 10)) == [250] * 10
    mixer.set_level(mute=True)
    mixer.lay(array("h", [1000] * 10), 10)
    assert list(played(mixer, 10)) == [0] * 10
    mixer.set_level(mute=False)
    mixer.lay(array("h", [1000] * 10), 20)
    assert list(played(mixer, 10)) == [250] * 10


def test_a_change_of_level_while_a_sound_rings_is_a_slope_and_not_a_step():
    mixer = Mixer(RATE)
    mixer.lay(array("h", [20_000] * RATE), 0)
    before = played(mixer, 960)
    mixer.set_level(mute=True)
    after = played(mixer, 2000)
    assert set(before) == {10_000}
    assert all(abs(two - one) < 30 for one, two in pairwise(after))
    assert set(after[700:]) == {0}


def test_clearing_fades_what_has_long_to_go_and_leaves_the_rest():
    mixer = Mixer(RATE)
    mixer.lay(array("h", [20_000] * RATE), 0)
    mixer.block(480)
    mixer.fade()
    faded = played(mixer, RATE)
    assert faded[0] > 9_000
    assert set(faded[4000:]) == {0}
    assert mixer.ringing <= 0

    mixer.lay(array("h", [20_000] * (RATE // 5)), mixer.position)
    mixer.block(480)
    mixer.fade()
    assert set(played(mixer, RATE // 5 - 480)) == {10_000}


def test_ringing_counts_the_frames_still_to_come():
    mixer = Mixer(RATE)
    mixer.lay(tone(1000), 100)
    assert mixer.ringing == 1100
    mixer.block(600)
    assert mixer.ringing == 500
    mixer.block(600)
    assert mixer.ringing == -100


@pytest.mark.parametrize("length", [500, RATE])
def test_stopping_fades_everything_without_a_step(length):
    mixer = Mixer(RATE)
    assert mixer.ringing < -RATE
    mixer.lay(array("h", [20_000] * length), 0)
    mixer.lay(array("h", [20_000] * length), 700)
    before = played(mixer, 480)
    mixer.stop()
    rings = mixer.ringing
    after = played(mixer, RATE)
    assert set(before) == {10_000}
    assert rings == min(length - 480, FADE_MS * RATE // 1000)
    steps = [abs(two - one) for one, two in pairwise(after[: min(rings, 500 - 481)])]
    assert max(steps) < 10
    assert not any(after[rings:])


def test_starts_gives_each_sound_once_and_whole():
    mixer = Mixer(RATE)
    mixer.lay(array("h", [1000] * 5000), 2000)
    assert mixer.starts(1920) == []
    assert mixer.starts(1920) == [(80, array("h", [500] * 5000))]
    assert mixer.starts(1920) == []
