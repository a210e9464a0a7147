"""The shipped sounds: what each theme must be, measured on the files."""

import importlib.util
import re
import sys
import wave
from itertools import pairwise

import numpy as np
import pytest

from coach.audio.bank import SOUND_NAMES
from coach.system import paths
from coach.timeline.signals import FREQUENT_SOUNDS

SOUNDS = paths.shipped("sounds")
RATE = 48_000
SOFTER = re.compile("|".join(FREQUENT_SOUNDS))
EVERY = [
    (theme.name, name) for theme in sorted(SOUNDS.iterdir()) if (theme / "go.wav").exists() for name in SOUND_NAMES
]
THEMES = sorted({theme for theme, _ in EVERY})


def _make():
    spec = importlib.util.spec_from_file_location("coach_sounds_make", SOUNDS / "make.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


make = _make()


def read(theme, name):
    with wave.open(str(SOUNDS / theme / f"{name}.wav")) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
        return np.frombuffer(file.readframes(file.getnframes()), dtype="<i2") / 32768


def weighted_db(samples):
    """Return the A-weighted RMS of the loudest 50 ms, by a filter over the whole spectrum."""
    padded = np.concatenate([samples, np.zeros(RATE)])
    hz = np.fft.rfftfreq(len(padded), 1 / RATE)
    square = hz**2
    curve = 12194.0**2 * square**2 * 10 ** (2.0 / 20)
    curve /= (square + 20.6**2) * np.sqrt((square + 107.7**2) * (square + 737.9**2)) * (square + 12194.0**2)
    heard = np.fft.irfft(np.fft.rfft(padded) * curve, len(padded))
    power = np.convolve(heard**2, np.ones(RATE // 20) / (RATE // 20), mode="valid")
    return 10 * np.log10(power.max())


def envelope(samples):
    return np.convolve(np.abs(samples), np.ones(96) / 96, mode="same")


def fundamentals(theme, name):
    return [hz for note in make.THEMES[theme].sounds[name] for hz in (note.hz, note.to_hz) if hz is not None]


def spectrum(theme, name):
    """Return the spectrum of a sound's first tone, a bin a hertz."""
    note = make.THEMES[theme].sounds[name][0]
    tone = read(theme, name)[: note.length_ms * RATE // 1000]
    return np.abs(np.fft.rfft(tone * np.hanning(len(tone)), RATE))


def test_three_themes_ship_and_each_is_whole():
    assert THEMES == ["classic", "soft", "wood"]
    for theme in THEMES:
        assert sorted(path.stem for path in (SOUNDS / theme).glob("*.wav")) == sorted(SOUND_NAMES)


def test_the_files_are_what_make_makes(tmp_path):
    for made in make.write(tmp_path):
        shipped = SOUNDS / made.relative_to(tmp_path)
        assert made.read_bytes() == shipped.read_bytes(), f"run python sounds/make.py: {shipped.name} differs"


@pytest.mark.parametrize(("theme", "name"), EVERY)
def test_peak_is_at_most_three_decibels_below_full(theme, name):
    assert np.abs(read(theme, name)).max() <= 10 ** (-3 / 20)


@pytest.mark.parametrize("theme", THEMES)
def test_sounds_of_a_theme_are_equally_loud_and_the_frequent_ones_softer(theme):
    levels = {name: weighted_db(read(theme, name)) for name in SOUND_NAMES}
    loud = {name: level for name, level in levels.items() if not SOFTER.match(name)}
    soft = {name: level for name, level in levels.items() if SOFTER.match(name)}
    assert max(loud.values()) - min(loud.values()) <= 2, levels
    middle = (max(loud.values()) + min(loud.values())) / 2
    assert all(5 <= middle - level <= 7 for level in soft.values()), levels


@pytest.mark.parametrize(("theme", "name"), EVERY)
def test_fundamentals_are_heard_by_everybody(theme, name):
    assert all(150 <= hz <= 1800 for hz in fundamentals(theme, name))
    # What the table says is what the file has: its strongest partial, give or take what a glide and a window blur.
    strongest = np.argmax(spectrum(theme, name))
    low, high = (pick(fundamentals(theme, name)) for pick in (min, max))
    assert low - 40 <= strongest <= high + 40


@pytest.mark.parametrize(("theme", "name"), EVERY)
def test_three_harmonics_lie_over_the_first_tone(theme, name):
    found = spectrum(theme, name)
    for number in (1, 2, 3, 4):
        middle = round(make.THEMES[theme].sounds[name][0].hz * number)
        assert found[middle - 40 : middle + 41].max() > found.max() / 100, f"partial {number}"


@pytest.mark.parametrize(("theme", "name"), EVERY)
def test_attack_is_a_raised_cosine_of_two_milliseconds(theme, name):
    samples = read(theme, name)
    assert abs(samples[0]) < 0.002
    # By half of it the sound is there, and after it the level no longer rises.
    first = np.flatnonzero(np.abs(samples) > 0.1 * np.abs(samples[: RATE // 50]).max())[0]
    assert first < RATE // 1000
    assert envelope(samples)[96 : 96 + 240].max() < 1.35 * envelope(samples)[96 + 48]


@pytest.mark.parametrize(("theme", "name"), EVERY)
def test_release_takes_eight_milliseconds_or_more(theme, name):
    assert all(note.release_ms >= 8 for note in make.THEMES[theme].sounds[name])
    samples = read(theme, name)
    assert np.abs(samples[-48:]).max() < 0.01 * max(0.1, np.abs(samples).max())


@pytest.mark.parametrize("theme", THEMES)
def test_phases_differ_in_pitch(theme):
    pitches = [np.argmax(spectrum(theme, f"phase-{number}")) for number in range(1, 10)]
    assert all(high / low > 1.1 for low, high in pairwise(pitches))


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    ("name", "low_ms", "high_ms"),
    [("count", 90, 90), ("go", 400, 400), ("rep", 60, 60), ("tick", 25, 25), ("finish", 1100, 1300)],
)
def test_lengths_are_those_of_the_table(theme, name, low_ms, high_ms):
    assert low_ms <= len(read(theme, name)) / 48 <= high_ms


def brightness_hz(theme, name):
    """Return the middle of a sound's spectrum."""
    found = np.abs(np.fft.rfft(read(theme, name), RATE)) ** 2
    return (found * np.arange(len(found))).sum() / found.sum()


def heard_ms(theme, name):
    """Return how long a sound stays within 20 dB of its strongest."""
    level = envelope(read(theme, name))
    return np.flatnonzero(level > level.max() / 10)[-1] / 48


@pytest.mark.parametrize("name", ["count", "go", "rest"])
def test_themes_sound_different(name):
    assert brightness_hz("soft", name) < 0.9 * brightness_hz("classic", name) < 0.9 * brightness_hz("wood", name)


@pytest.mark.parametrize("name", ["go", "rest", "finish"])
def test_wood_is_over_quickly(name):
    assert heard_ms("wood", name) < 0.9 * heard_ms("classic", name)
