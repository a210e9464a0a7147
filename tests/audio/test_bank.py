"""The bank: which file a sound comes from, and what happens when it is broken."""

import wave
from array import array

import pytest

from coach import paths
from coach.audio import bank


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
    for name in bank.NAMES:
        wav(tmp_path / "shipped" / "classic" / f"{name}.wav", [1])
    return [tmp_path / "mine", tmp_path / "shipped"]


def test_the_shipped_classic_is_read_without_a_word():
    sounds, problems = bank.load("classic", [paths.user("sounds"), paths.shipped("sounds")])
    assert problems == ()
    assert set(sounds) == set(bank.NAMES)
    assert len(sounds["go"]) == 48 * 400


def test_the_users_folder_wins_and_classic_fills_what_is_missing(folders):
    wav(folders[0] / "gym" / "go.wav", [5, 6])
    wav(folders[1] / "gym" / "go.wav", [7])
    wav(folders[1] / "gym" / "rest.wav", [8])
    wav(folders[0] / "classic" / "tick.wav", [9])
    sounds, problems = bank.load("gym", folders)
    assert problems == ()
    assert [list(sounds[name]) for name in ("go", "rest", "tick", "count")] == [[5, 6], [8], [9], [1]]


@pytest.mark.parametrize("content", [b"", b"not a sound", b"RIFF\x00\x00\x00\x00WAVE", b"RIFF" + b"\xff" * 60])
def test_a_broken_file_is_named_and_replaced(folders, content):
    (folders[0] / "gym").mkdir(parents=True)
    (folders[0] / "gym" / "go.wav").write_bytes(content)
    sounds, problems = bank.load("gym", folders)
    assert list(sounds["go"]) == [1]
    assert len(problems) == 1
    assert "go.wav cannot be played" in problems[0]


def test_a_shortened_file_plays_what_is_there(folders):
    wav(folders[0] / "gym" / "go.wav", range(1, 101))
    path = folders[0] / "gym" / "go.wav"
    path.write_bytes(path.read_bytes()[:-51])
    sounds, _ = bank.load("gym", folders)
    assert sounds["go"][0] == 1
    assert len(sounds["go"]) in {1, 74}


@pytest.mark.parametrize("theme", ["../../etc", "/etc", "a/b", "..", "", "Gym", "a\\b", "x" * 65, "classic\n"])
def test_a_theme_cannot_lead_out_of_its_folder(folders, theme):
    sounds, problems = bank.load(theme, folders)
    assert list(sounds["go"]) == [1]
    assert "cannot be the name of a sound theme" in problems[0]


def test_an_unknown_theme_is_said_and_classic_plays(folders):
    sounds, problems = bank.load("nowhere", folders)
    assert list(sounds["go"]) == [1]
    assert problems == ('There is no sound theme "nowhere". classic plays.',)


def test_nothing_at_all_is_silence_with_words(tmp_path):
    sounds, problems = bank.load("classic", [tmp_path])
    assert not any(sounds.values())
    assert 'The sound "go" is missing.' in problems


def test_stereo_and_other_rates_are_brought_to_ours(folders):
    wav(folders[0] / "gym" / "go.wav", [10, 20, 30, 50], channels=2)
    wav(folders[0] / "gym" / "rest.wav", [0, 100, 200], rate=24_000)
    sounds, problems = bank.load("gym", folders)
    assert problems == ()
    assert list(sounds["go"]) == [15, 40]
    assert list(sounds["rest"]) == [0, 50, 100, 150, 200, 100]


@pytest.mark.parametrize(
    ("made", "words"),
    [
        ({"values": [0] * 480_001}, "longer than 10 s"),
        ({"values": [1, 2], "width": 1}, "8 bits"),
        ({"values": [1, 2, 3], "channels": 3}, "one or two channels"),
        ({"values": [1], "rate": 100}, "48000"),
    ],
)
def test_what_we_do_not_play_is_said_with_what_to_do(folders, made, words):
    wav(folders[0] / "gym" / "go.wav", made.pop("values"), **made)
    sounds, problems = bank.load("gym", folders)
    assert list(sounds["go"]) == [1]
    assert words in problems[0]


def test_themes_are_listed_with_the_users(folders):
    wav(folders[0] / "gym" / "go.wav", [1])
    (folders[0] / "Not A Theme").mkdir()
    assert bank.themes(folders) == ("classic", "gym")
