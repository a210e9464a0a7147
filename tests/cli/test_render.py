"""`coach render`: what is in the file, sample by sample, and what is refused."""

from __future__ import annotations

import io
import json
import sys
import wave

import numpy as np
import pytest

from coach import cli
from coach.audio import bank
from coach.problems import OK, USAGE
from coach.system import paths
from tests.audio.test_wavfile import labels
from tests.audio.voice.test_phrases import Talker

OPEN = """\
name: Open
prepare: 5s
steps:
  - exercise: Squat
    reps: 8
  - exercise: Plank
    time: 5s
"""


@pytest.fixture
def coach(capsysbinary, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        code = cli.run_command(list(arguments))
        captured = capsysbinary.readouterr()
        return code, captured.out, captured.err.decode()

    return run


@pytest.fixture
def theme():
    return bank.load_theme("classic", [paths.shipped("sounds")])[0]


def samples(data):
    with wave.open(io.BytesIO(data)) as file:
        assert file.getparams()[:3] == (1, 2, bank.RATE)
        return np.frombuffer(file.readframes(file.getnframes()), dtype=np.int16)


def plan(coach, name):
    return json.loads(coach("show", name, "--json")[1])


def test_every_sound_lies_on_its_sample(coach, theme, tmp_path):
    code, out, err = coach("render", "runner-legs", "-o", "legs.wav")
    assert (code, out, err) == (OK, b"", "Runner's legs: 6:00 written to legs.wav.\n")
    heard = samples((tmp_path / "legs.wav").read_bytes()).astype(np.int32)
    signals = plan(coach, "runner-legs")["signals"]
    expected = np.zeros(len(heard), np.int32)
    for each in signals:
        sound = np.array(theme[each["sound"]], dtype=np.int32)
        start = each["at_ms"] * 48
        expected[start : start + len(sound)] += np.rint(sound * 0.5).astype(np.int32)
    assert len(heard) == signals[-1]["at_ms"] * 48 + len(theme["finish"])
    np.testing.assert_array_equal(heard, np.clip(expected, -32768, 32767))


def test_onsets_are_those_of_the_plan_and_no_others(coach, theme):
    heard = samples(coach("render", "runner-legs", "-o", "-")[1])
    loud = np.flatnonzero(heard)
    # A sound has no silence of 100 ms inside, and the plan has none nearer than that to the one before.
    firsts = [loud[0], *loud[1:][np.diff(loud) > 4800]]
    expected = []
    last_end = -4800
    for each in plan(coach, "runner-legs")["signals"]:
        within = np.flatnonzero(np.array(theme[each["sound"]]) // 2)
        start = each["at_ms"] * 48
        if start + within[0] - last_end > 4800:
            expected.append(start + within[0])
        last_end = max(last_end, start + within[-1])
    assert len(expected) > 50
    assert np.abs(np.array(firsts) - np.array(expected)).max() <= 1


def test_players_can_jump_to_each_interval(coach):
    document = plan(coach, "runner-legs")
    found = labels(coach("render", "runner-legs", "-o", "-")[1])
    assert [at for at, _ in found] == [each["start_ms"] * 48 for each in document["intervals"]]
    assert found[0][1] == "1 Get ready"
    assert found[1][1] == "2 Lunge, left"
    assert all(each["title"] in text for each, (_, text) in zip(document["intervals"], found, strict=True))


@pytest.fixture
def open_file(tmp_path):
    (tmp_path / "open.yaml").write_text(OPEN, encoding="utf-8")
    return str(tmp_path / "open.yaml")


def test_open_work_needs_a_length(coach, open_file, tmp_path):
    assert coach("render", open_file) == (
        USAGE,
        b"",
        "coach: Open has 1 interval that only a key ends: add `--open-seconds 30` to give each one 30 seconds\n",
    )
    assert not (tmp_path / "open.wav").exists()
    code, _, err = coach("render", open_file, "--open-seconds", "7")
    assert (code, err) == (OK, "Open: 0:18 written to open.wav.\n")
    assert labels((tmp_path / "open.wav").read_bytes()) == [
        *((0, "1 Get ready"), (5 * 48_000, "2 Squat"), (12 * 48_000, "3 Plank")),
    ]


def test_a_file_that_is_there_is_kept(coach, tmp_path):
    (tmp_path / "song.wav").write_bytes(b"mine")
    code, _, err = coach("render", "runner-legs", "-o", "song.wav")
    assert code == USAGE
    assert "song.wav already exists: write `--force`" in err
    assert (tmp_path / "song.wav").read_bytes() == b"mine"
    assert coach("render", "runner-legs", "-o", "song.wav", "--force")[0] == OK
    assert (tmp_path / "song.wav").read_bytes()[:4] == b"RIFF"
    assert [each.name for each in tmp_path.iterdir()] == ["song.wav"]


def test_without_a_home_the_sounds_that_ship_are_used(coach, tmp_path, monkeypatch):
    def nobody(*_, **__):
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("COACH_HOME")
    monkeypatch.setattr("platformdirs.user_config_dir", nobody)
    code, _, err = coach("render", "runner-legs", "--theme", "soft")
    assert (code, err) == (OK, "Runner's legs: 6:00 written to runner-legs.wav.\n")
    assert (tmp_path / "runner-legs.wav").exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("-o", "nowhere/x.wav"), "there is no folder nowhere"),
        (("-o", "."), ". is not a file"),
        (("--theme", "clasic"), 'there is no sound theme "clasic": did you mean "classic"?'),
        (("--theme", "../x"), 'there is no sound theme "../x"'),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence(coach, arguments, sentence):
    code, out, err = coach("render", "runner-legs", *arguments)
    assert (code, out) == (USAGE, b"")
    assert sentence in err
    assert err.count("\n") == 1


def test_a_session_too_long_for_a_wav_is_refused(coach, tmp_path):
    steps = "".join(f"  - exercise: Plank {number}\n    time: 60m\n" for number in range(14))
    (tmp_path / "day.yaml").write_text(f"name: Day\nsteps:\n{steps}", encoding="utf-8")
    code, _, err = coach("render", "./day.yaml", "-o", "day.wav")
    assert (code, err) == (USAGE, "coach: Day is too long for a WAV file: a WAV file holds at most 4 GiB, 12 hours\n")
    assert not (tmp_path / "day.wav").exists()


def test_volume_is_the_files_own(coach):
    full = samples(coach("render", "runner-legs", "-o", "-")[1]).astype(int)
    half = samples(coach("render", "runner-legs", "-o", "-", "--volume", "50")[1]).astype(int)
    assert np.abs(half - full / 2).max() <= 1


def test_another_theme_sounds_otherwise(coach):
    own = paths.user("sounds") / "mine"
    own.mkdir(parents=True)
    with wave.open(str(own / "go.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(48_000)
        file.writeframes(np.full(480, 6000, np.int16).tobytes())
    heard = samples(coach("render", "runner-legs", "-o", "-", "--theme", "mine")[1])
    go = next(each for each in plan(coach, "runner-legs")["signals"] if each["sound"] == "go")
    assert set(heard[go["at_ms"] * 48 :][:480]) == {3000}


SAID = {"Plank": 5_500, "Next: Plank": 500}


@pytest.fixture
def plank(tmp_path):
    (tmp_path / "plank.yaml").write_text(
        "name: P\nprepare: 5s\nsteps:\n  - exercise: Plank\n    time: 5s\n", encoding="utf-8"
    )
    return str(tmp_path / "plank.yaml")


def test_the_voice_is_in_the_file_on_its_moments(coach, plank, monkeypatch):
    monkeypatch.setattr("coach.audio.voice.espeak.Espeak", lambda _: Talker())
    without = samples(coach("render", plank, "-o", "-")[1]).astype(int)
    voiced = samples(coach("render", plank, "-o", "-", "--voice")[1]).astype(int)
    document = json.loads(coach("show", plank, "--json", "--voice")[1])
    assert {each["say"]: each["at_ms"] for each in document["signals"] if "say" in each} == SAID
    added = np.flatnonzero(voiced - without)
    firsts = [added[0], *added[1:][np.diff(added) > 4800]]
    # The hum begins with a sample or two of nearly nothing.
    assert [at // 48 for at in firsts] == sorted(SAID.values())
    assert not any("say" in each for each in plan(coach, plank)["signals"])


def test_without_a_voice_the_file_has_the_sounds_and_a_warning_says_so(coach, plank, monkeypatch):
    monkeypatch.setitem(sys.modules, "espeakng_loader", None)
    code, out, err = coach("render", plank, "-o", "-", "--voice")
    assert (code, len(out) > 10 * 96_000) == (OK, True)
    assert err.splitlines()[0] == "coach: The voice is not installed; install it with `pip install 'coach-tui[voice]'`."
