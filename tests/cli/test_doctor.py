"""`coach doctor` with a player that answers as the test wants: what is told, what is played, and never a failure."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from coach import cli
from coach.audio import player as player_module
from coach.audio.bank import SOUND_NAMES
from coach.audio.checkup import output_choices, voice_choice
from coach.audio.protocol import Begun, Ready, Trouble
from coach.cli.doctor import described
from coach.problems import OK, USAGE
from coach.system import paths

READY = Ready(
    "miniaudio",
    "default device of PulseAudio",
    170,
    why="PulseAudio answers.",
    rate=44_100,
    rate_why="It is the device's own.",
)


class FakePlayer:
    """Answers at once, and says of each planned sound that it has begun."""

    answer = READY
    dies_after = 1000
    made = None

    def __init__(self, sound, *, output, on_event):
        self.sound, self.output, self.tell = sound, output, on_event
        self.plans = []
        self.drained = None
        FakePlayer.made = self

    def start(self):
        self.tell(self.answer)

    def plan(self, origin_ns, signals, rate=1.0):
        self.plans.append(signals)
        for at_ms, sound in signals[: self.dies_after]:
            self.tell(Begun(at_ms, sound))
        self.tell(Trouble("The sound device has stopped."))

    def close(self, *, drain_s=0.0):
        self.drained = drain_s


@pytest.fixture
def doctor(capsys, monkeypatch):
    monkeypatch.setattr(player_module, "Player", FakePlayer)
    monkeypatch.setattr(FakePlayer, "answer", READY)

    def run(*arguments):
        code = cli.run_command(["doctor", *arguments])
        captured = capsys.readouterr()
        assert captured.err == "" or code != OK
        return code, captured.out

    return run


def test_it_shows_what_was_chosen_and_why(doctor):
    code, out = doctor("--quiet")
    assert code == OK
    assert "sound         miniaudio, default device of PulseAudio. PulseAudio answers.\n" in out
    assert "170 ms" in out
    assert "theme         classic" in out
    assert FakePlayer.made.plans == []
    assert FakePlayer.made.drained == 0.0


def test_it_plays_every_sound_by_name_and_lets_the_last_ring(doctor):
    code, out = doctor("--theme", "wood", "--output", "miniaudio")
    assert code == OK
    names = [line.strip() for line in out.split("as it plays:\n")[1].splitlines()]
    assert names == list(SOUND_NAMES)
    player = FakePlayer.made
    assert (player.sound.theme, player.output) == ("wood", "miniaudio")
    assert [sound for _, sound in player.plans[0]] == list(SOUND_NAMES)
    assert player.plans[0][1][0] == 90 + 350
    assert player.drained == 1.5


def test_a_device_that_stops_is_said(doctor, monkeypatch):
    monkeypatch.setattr(FakePlayer, "dies_after", 3)
    code, out = doctor()
    assert code == OK
    assert out.endswith("  count\n  go\n  rest\nSound stopped: the other sounds were not played.\n")


def test_without_a_device_it_says_so_and_all_is_well(doctor, monkeypatch):
    monkeypatch.setattr(FakePlayer, "answer", Trouble("No sound device was found."))
    code, out = doctor()
    assert code == OK
    assert "none: No sound device was found. Using the terminal bell and a flash instead." in out
    assert FakePlayer.made.plans == []


def test_the_bell_that_was_asked_for_is_shown_once(doctor, monkeypatch):
    monkeypatch.setattr(FakePlayer, "answer", Trouble("Using the terminal bell, as you chose.", final=True))
    assert "none: Using the terminal bell, as you chose.\n" in doctor("--output", "bell")[1]


def test_silence_is_not_played(doctor, monkeypatch):
    monkeypatch.setattr(FakePlayer, "answer", Ready("null", "no device", 0, why="You chose silence."))
    assert "as it plays" not in doctor("--output", "null")[1]


def test_a_missing_theme_is_a_problem(doctor):
    code, out = doctor("--quiet", "--theme", "gym")
    assert code == OK
    assert 'problem       There is no sound theme "gym". Using classic instead.' in out


def test_the_rate_is_shown_with_who_resamples_and_why(doctor, monkeypatch):
    assert "rate          44100 Hz, resampler: none. It is the device's own.\n" in doctor("--quiet")[1]
    refused = replace(READY, rate=48_000, resampler="PulseAudio", rate_why="It was refused.")
    monkeypatch.setattr(FakePlayer, "answer", refused)
    assert "rate          48000 Hz, resampler: PulseAudio. It was refused.\n" in doctor("--quiet")[1]
    # A sound process of another version does not say.
    monkeypatch.setattr(FakePlayer, "answer", replace(READY, rate=0))
    assert "\nrate" not in doctor("--quiet")[1]


def test_the_same_as_data(doctor):
    code, out = doctor("--json")
    data = json.loads(out)
    assert code == OK
    assert list(data) == [
        *(
            "format",
            "coach",
            "python",
            "system",
            "sound",
            "outputs",
            "theme",
            "sounds",
            "voice",
            "terminal",
            "hooks",
            "problems",
        ),
    ]
    assert data["sound"] == {
        "output": "miniaudio",
        "device": "default device of PulseAudio",
        "why": "PulseAudio answers.",
        "lead_ms": 170,
        "rate": 44_100,
        "resampler": "none",
        "rate_why": "It is the device's own.",
        "trouble": None,
        "latency_ms": 0,
    }
    assert data["sounds"][0] == {"name": "count", "ms": 90}
    assert [each["name"] for each in data["outputs"]] == ["miniaudio", "simpleaudio", "bell", "null"]
    assert data["terminal"]["is_terminal"] is False
    assert FakePlayer.made.plans == []


def test_hooks_are_listed_with_what_they_run(doctor):
    file = paths.settings_file()
    file.parent.mkdir(parents=True)
    file.write_text("on:\n  work: [no-such-program, now]\n  finish: [./lamp.sh, '\\e[2J']\n")
    lamp = file.with_name("lamp.sh")
    lamp.write_text("#!/bin/sh\n")
    lamp.chmod(0o700)
    _, out = doctor("--quiet")
    assert "hook work     no-such-program now: there is no program no-such-program\n" in out
    assert f"hook finish   ./lamp.sh \\e[2J: runs {lamp}\n" in out
    assert json.loads(doctor("--json")[1])["hooks"] == [
        {"event": "work", "command": ["no-such-program", "now"], "program": None},
        {"event": "finish", "command": ["./lamp.sh", "\\e[2J"], "program": str(lamp)},
    ]


def test_an_unknown_output_is_usage(doctor):
    assert doctor("--output", "tuba")[0] == USAGE


def test_outputs_and_voice_that_are_missing_say_how_to_get_them():
    assert [each.available for each in output_choices(lambda _: False)] == [False, False, True, True]
    assert output_choices(lambda _: True)[0].why == "Sample-accurate."
    assert voice_choice(lambda _: False).why == "Not installed: install it with pip install 'coach-tui[voice]'."
    assert voice_choice(lambda name: name == "espeakng_loader").available


@pytest.mark.parametrize(
    ("environment", "colours", "no_color"),
    [
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, 1 << 24, False),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, 256, True),
        ({"TERM": "xterm", "NO_COLOR": ""}, 16, False),
        ({"TERM": "dumb"}, 0, False),
        ({}, 0, False),
    ],
)
def test_colours_of_a_terminal_by_its_environment(environment, colours, no_color):
    found = described(environment, is_terminal=True, size=(80, 24), encoding="UTF-8")
    assert (found.colours, found.no_color, found.columns, found.rows) == (colours, no_color, 80, 24)


@pytest.mark.parametrize(
    ("encoding", "name", "unicode"),
    [("UTF8", "utf-8", True), ("latin-1", "iso8859-1", False), ("nonsense", "nonsense", False)],
)
def test_what_a_terminal_can_write(encoding, name, unicode):
    found = described({}, is_terminal=False, size=None, encoding=encoding)
    assert (found.encoding, found.unicode, found.columns) == (name, unicode, None)
