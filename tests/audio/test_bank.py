"""The bank: which file a sound comes from, and what happens when it is broken."""

import os
import struct
import wave
from array import array
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.audio import bank
from coach.system import paths


def wav(path, values, *, rate=48_000, channels=1, width=2):
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(rate)
        file.writeframes(array("h", values).tobytes())


@pytest.fixture
def folders(tmp_path):
    """The user's folder, and a shipped one in which every sound of classic is a single 1."""
    for name in bank.SOUND_NAMES:
        wav(tmp_path / "shipped" / "classic" / f"{name}.wav", [1])
    return [tmp_path / "mine", tmp_path / "shipped"]


def test_the_shipped_classic_is_read_without_a_word():
    sounds, problems = bank.load_theme("classic", [paths.user("sounds"), paths.shipped("sounds")])
    assert problems == ()
    assert set(sounds) == set(bank.SOUND_NAMES)
    assert len(sounds["go"]) == 48 * 400


def test_the_users_folder_wins_and_classic_fills_what_is_missing(folders):
    wav(folders[0] / "gym" / "go.wav", [5, 6])
    wav(folders[1] / "gym" / "go.wav", [7])
    wav(folders[1] / "gym" / "rest.wav", [8])
    wav(folders[0] / "classic" / "tick.wav", [9])
    sounds, problems = bank.load_theme("gym", folders)
    assert problems == ()
    assert [list(sounds[name]) for name in ("go", "rest", "tick", "count")] == [[5, 6], [8], [9], [1]]


@pytest.mark.parametrize("content", [b"", b"not a sound", b"RIFF\x00\x00\x00\x00WAVE", b"RIFF" + b"\xff" * 60])
def test_a_broken_file_is_named_and_replaced(folders, content):
    (folders[0] / "gym").mkdir(parents=True)
    (folders[0] / "gym" / "go.wav").write_bytes(content)
    sounds, problems = bank.load_theme("gym", folders)
    assert list(sounds["go"]) == [1]
    assert len(problems) == 1
    assert "go.wav cannot be played" in problems[0]


def test_a_shortened_file_plays_what_is_there(folders):
    wav(folders[0] / "gym" / "go.wav", range(1, 101))
    path = folders[0] / "gym" / "go.wav"
    path.write_bytes(path.read_bytes()[:-51])
    sounds, _ = bank.load_theme("gym", folders)
    assert sounds["go"][0] == 1
    assert len(sounds["go"]) in {1, 74}


@pytest.mark.parametrize("theme", ["../../etc", "/etc", "a/b", "..", "", "Gym", "a\\b", "x" * 65, "classic\n"])
def test_a_theme_cannot_lead_out_of_its_folder(folders, theme):
    sounds, problems = bank.load_theme(theme, folders)
    assert list(sounds["go"]) == [1]
    assert "cannot be the name of a sound theme" in problems[0]


def test_an_unknown_theme_is_said_and_classic_plays(folders):
    sounds, problems = bank.load_theme("nowhere", folders)
    assert list(sounds["go"]) == [1]
    assert problems == ('There is no sound theme "nowhere". Using classic instead.',)


def test_nothing_at_all_is_silence_with_words(tmp_path):
    sounds, problems = bank.load_theme("classic", [tmp_path])
    assert not any(sounds.values())
    assert 'The sound "go" is missing.' in problems


def test_stereo_and_other_rates_are_brought_to_ours(folders):
    wav(folders[0] / "gym" / "go.wav", [10, 20, 30, 50], channels=2)
    wav(folders[0] / "gym" / "rest.wav", [0, 100, 200], rate=24_000)
    sounds, problems = bank.load_theme("gym", folders)
    assert problems == ()
    assert list(sounds["go"]) == [15, 40]
    assert list(sounds["rest"])[::2] == [0, 100, 200]
    assert len(sounds["rest"]) == 6


def test_sounds_come_at_the_rate_of_the_device(folders):
    wav(folders[0] / "gym" / "go.wav", [100] * 4800)
    wav(folders[0] / "gym" / "rest.wav", [100] * 44, rate=44_100)
    sounds, problems = bank.load_theme("gym", folders, 44_100)
    assert problems == ()
    assert len(sounds["go"]) == 4410
    assert set(sounds["go"][5:-5]) == {100}
    assert list(sounds["rest"]) == [100] * 44
    asked = []
    bank.load_theme("gym", folders, 44_100, lambda values, *rates: asked.append(rates) or values)
    assert {(48_000, 44_100), (44_100, 44_100)} == set(asked)


@pytest.mark.parametrize(
    ("made", "words"),
    [
        ({"values": [0] * 480_001}, "longer than 10 s"),
        ({"values": [1, 2], "width": 1}, "8 bits"),
        ({"values": [1, 2, 3], "width": 3}, "24 bits"),
        ({"values": [1, 2], "width": 4}, "32 bits"),
        ({"values": [1, 2, 3], "channels": 3}, "one or two channels"),
        ({"values": [1], "rate": 100}, "48000"),
    ],
)
def test_what_we_do_not_play_is_said_with_what_to_do(folders, made, words):
    wav(folders[0] / "gym" / "go.wav", made.pop("values"), **made)
    sounds, problems = bank.load_theme("gym", folders)
    assert list(sounds["go"]) == [1]
    assert words in problems[0]


def chunks(*, kind=1, channels=1, bits=16, data=b"\x01\x00", claims=None):
    """Return a WAV put together by hand, with a header that may lie."""
    width = channels * bits // 8
    form = struct.pack("<HHIIHH", kind, channels, 48_000, 48_000 * width, width, bits)
    body = b"WAVEfmt " + struct.pack("<I", len(form)) + form
    body += b"data" + struct.pack("<I", len(data) if claims is None else claims) + data
    return b"RIFF" + struct.pack("<I", len(body)) + body


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b"OggS" + bytes(60), "not a 16-bit WAV file", id="not a WAV"),
        pytest.param(chunks(kind=3, bits=32, data=bytes(4)), "not a 16-bit WAV file", id="float"),
        pytest.param(chunks(channels=0), "not a 16-bit WAV file", id="no channels"),
        pytest.param(chunks(claims=0xFFFFFFF0), "longer than 10 s", id="claims four gigabytes"),
        pytest.param(chunks()[:30], "ends too early", id="cut in the header"),
    ],
)
def test_files_that_lie_are_named_and_replaced(folders, content, words):
    (folders[0] / "gym").mkdir(parents=True)
    (folders[0] / "gym" / "go.wav").write_bytes(content)
    sounds, problems = bank.load_theme("gym", folders)
    assert list(sounds["go"]) == [1]
    assert len(problems) == 1
    assert words in problems[0]


def test_a_sound_of_no_length_is_silence_as_asked_for(folders):
    wav(folders[0] / "gym" / "tick.wav", [])
    sounds, problems = bank.load_theme("gym", folders)
    assert (list(sounds["tick"]), problems) == ([], ())


def test_a_folder_in_the_place_of_a_file_is_named_and_replaced(folders):
    (folders[0] / "gym" / "go.wav").mkdir(parents=True)
    sounds, problems = bank.load_theme("gym", folders)
    assert list(sounds["go"]) == [1]
    assert "it is not a file" in problems[0]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_that_never_ends_holds_up_nothing(folders):
    (folders[0] / "gym").mkdir(parents=True)
    os.mkfifo(folders[0] / "gym" / "go.wav")
    _, problems = bank.load_theme("gym", folders)
    assert "it is not a file" in problems[0]


def test_a_file_that_may_not_be_read_is_named_and_replaced(folders, monkeypatch):
    wav(folders[0] / "gym" / "go.wav", [5])
    opened = Path.open

    def refuse(path, *arguments):
        if path.parent.name == "gym":
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *arguments)

    monkeypatch.setattr(Path, "open", refuse)
    sounds, problems = bank.load_theme("gym", folders)
    assert list(sounds["go"]) == [1]
    assert "(Permission denied)" in next(each for each in problems if "go.wav" in each)


@given(at=st.integers(0, 45), value=st.integers(0, 255), length=st.integers(0, 60))
def test_no_damage_to_a_header_is_more_than_a_sentence(tmp_path_factory, at, value, length):
    content = bytearray(chunks(data=bytes(8)))
    content[at] = value
    folder = tmp_path_factory.mktemp("damaged") / "classic"
    folder.mkdir()
    (folder / "go.wav").write_bytes(content[:length])
    sounds, problems = bank.load_theme("classic", [folder.parent])
    assert len(sounds["go"]) <= 100
    assert len(problems) in {len(bank.SOUND_NAMES) - 1, len(bank.SOUND_NAMES), len(bank.SOUND_NAMES) + 1}


def test_themes_are_listed_with_the_users(folders):
    wav(folders[0] / "gym" / "go.wav", [1])
    (folders[0] / "Not A Theme").mkdir()
    assert bank.themes(folders) == ("classic", "gym")


def test_a_folder_of_themes_that_is_closed_to_us_has_none(folders, somebody_else):
    closed = folders[0].parent / "closed"
    (closed / "sounds" / "gym").mkdir(parents=True)
    closed.chmod(0o700)
    with somebody_else():
        assert bank.themes([closed / "sounds", folders[1]]) == ("classic",)
        _, problems = bank.load_theme("gym", [closed / "sounds", folders[1]])
    assert problems[0] == 'There is no sound theme "gym". Using classic instead.'
