"""The shipped sounds: what each theme must be, measured on the files."""

import importlib.util
import re
import sys
import wave
from itertools import pairwise

import numpy as np
import pytest

from coach import paths
from coach.audio.bank import NAMES

SOUNDS = paths.shipped("sounds")
RATE = 48_000
SOFTER = re.compile(r"phase-\d|tick")
EVERY = [(theme.name, name) for theme in sorted(SOUNDS.iterdir()) if (theme / "go.wav").exists() for name in NAMES]
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


def test_classic_ships_and_every_theme_is_whole():
    assert "classic" in THEMES
    for theme in THEMES:
        assert sorted(path.stem for path in (SOUNDS / theme).glob("*.wav")) == sorted(NAMES)


def test_the_files_are_what_make_makes(tmp_path):
    for made in make.write(tmp_path):
        shipped = SOUNDS / made.relative_to(tmp_path)
        assert made.read_bytes() == shipped.read_bytes(), f"run python sounds/make.py: {shipped.name} differs"


@pytest.mark.parametrize(("theme", "name"), EVERY)
def test_peak_is_at_most_three_decibels_below_full(theme, name):
    assert np.abs(read(theme, name)).max() <= 10 ** (-3 / 20)


@pytest.mark.parametrize("theme", THEMES)
def test_sounds_of_a_theme_are_equally_loud_and_the_frequent_ones_softer(theme):
    levels = {name: weighted_db(read(theme, name)) for name in NAMES}
    loud = {name: level for name, level in levels.items() if not SOFTER.fullmatch(name)}
    soft = {name: level for name, level in levels.items() if SOFTER.fullmatch(name)}
    assert max(loud.values()) - min(loud.values()) <= 2, levels
    middle = (max(loud.values()) + min(loud.values())) / 2
    assert all(5 <= middle - level <= 7 for level in soft.values()), levels


@pytest.mark.parametrize(("theme", "name"), EVERY)
def test_fundamentals_are_heard_by_everybody(theme, name):
    assert all(150 <= hz <= 1800 for hz in fundamentals(theme, name))


@pytest.mark.parametrize(("theme", "name"), EVERY)
def test_three_harmonics_lie_over_the_first_tone(theme, name):
    note = make.THEMES[theme].sounds[name][0]
    tone = read(theme, name)[: note.length_ms * RATE // 1000]
    spectrum = np.abs(np.fft.rfft(tone * np.hanning(len(tone)), RATE))
    strongest = spectrum.max()
    for number in (1, 2, 3, 4):
        near = spectrum[round(note.hz * number) - 40 : round(note.hz * number) + 41].max()
        assert near > strongest / 100, f"partial {number}"


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


def test_phases_are_told_apart_by_pitch():
    pitches = [fundamentals("classic", f"phase-{number}")[0] for number in range(1, 10)]
    assert all(high / low > 1.1 for low, high in pairwise(pitches))


@pytest.mark.parametrize(("name", "low_ms", "high_ms"), [("count", 90, 90), ("go", 400, 400), ("rep", 60, 60)])
def test_lengths_are_those_of_the_table(name, low_ms, high_ms):
    assert low_ms <= len(read("classic", name)) / 48 <= high_ms
    assert len(read("classic", "tick")) / 48 == 25
    assert 1100 <= len(read("classic", "finish")) / 48 <= 1300
