"""Phrases: how loud, how long, when made; with a voice that hums. And espeak-ng itself, where it is installed."""

from __future__ import annotations

import os
import subprocess
import sys
import types
from array import array
from math import pi, sin

import pytest

from coach.audio.bank import RATE
from coach.audio.mixer import BUS
from coach.audio.voice.espeak import Espeak, languages
from coach.audio.voice.phrases import PEAK, Phrases, make_phrase, plain_words
from coach.audio.voice.synthesiser import VoiceError
from coach.tui.screens.settings import options

HERTZ = 441


class Talker:
    """A voice that hums for a second, with silence around it, and remembers what it was asked."""

    rate = 22_050

    def __init__(self, *, problem=None, level=5000):
        self.asked = []
        self.language = None
        self.problem = problem
        self.level = level

    def speaking(self, language):
        self.language = language
        return self

    def say(self, text):
        self.asked.append(text)
        hum = [round(self.level * sin(2 * pi * HERTZ * at / self.rate)) for at in range(self.rate)]
        return array("h", [0] * 2205 + hum + [0] * 4410)


@pytest.mark.parametrize("level", [300, 5000, 32_767])
def test_a_phrase_is_as_loud_as_may_be_and_begins_at_once(level):
    made = make_phrase(Talker(level=level), "Lunge")
    assert max(map(abs, made)) == round(PEAK * 32_767)
    assert abs(len(made) - RATE) < RATE // 100
    assert max(map(abs, made[: RATE // 1000])) > 500


def test_two_loudest_sounds_and_a_phrase_do_not_clip():
    assert BUS * (2 * 10 ** (-3 / 20) + PEAK) < 1


@pytest.mark.parametrize("rate", [22_050, 44_100, 96_000])
def test_a_phrase_comes_at_the_rate_of_the_device(rate):
    made = make_phrase(Talker(), "Lunge", rate)
    assert abs(len(made) - rate) < rate // 100
    later = []
    phrases = Phrases(Talker(), spawn=later.append, rate=rate)
    phrases.want(["Lunge"])
    later[0]()
    assert phrases.get("Lunge") == made


def test_nothing_said_is_nothing():
    class Mute(Talker):
        def say(self, text):
            return array("h", [0] * 100 if text else [])

    assert make_phrase(Mute(), "x") == make_phrase(Mute(), "") == array("h")


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Lunge, left", "Lunge, left"),
        ("a\x00b\x01c\x1b[31m\nd\ud800", "a b c [31m d"),
        ("  Ausfall   schritt ", "Ausfall schritt"),
        ("x" * 1000, "x" * 300),
    ],
)
def test_what_is_spoken_is_plain_words(text, plain):
    assert plain_words(text) == plain


class Later:
    """Runs what is to run beside when the test says so."""

    def __init__(self):
        self.todo = []

    def __call__(self, do):
        self.todo.append(do)

    def run(self):
        while self.todo:
            self.todo.pop(0)()


def test_phrases_are_made_beside_once_and_in_order():
    talker, later = Talker(), Later()
    phrases = Phrases(talker, spawn=later)
    phrases.want(["a", "b", "a"])
    phrases.want(["c", "a"])
    assert phrases.get("a") is None
    assert len(later.todo) == 1
    later.run()
    assert talker.asked == ["c", "a"]
    first = phrases.get("a")
    assert first
    phrases.want(["a", "b"])
    later.run()
    assert talker.asked == ["c", "a", "b"]
    assert phrases.get("a") is first


def test_what_nobody_wished_for_longest_goes_first():
    talker, later = Talker(), Later()
    phrases = Phrases(talker, spawn=later, kept=2)
    for wish in (["a", "b"], ["a"], ["c"]):
        phrases.want(wish)
        later.run()
    assert [text for text in "abc" if phrases.get(text)] == ["a", "c"]
    phrases.want("defghi")
    later.run()
    assert [text for text in "abcdefghi" if phrases.get(text)] == ["d", "e"]


def test_a_missing_wheel_is_a_sentence(monkeypatch):
    monkeypatch.setitem(sys.modules, "espeakng_loader", None)
    with pytest.raises(
        VoiceError,
        match=r"The voice is not installed; install it with `pip "
        r"install 'coach-tui\[voice\]'`\.",
    ):
        Espeak("en")


@pytest.mark.parametrize("data", ["/nowhere", "/" + "x" * 200])
def test_a_wheel_that_does_not_load_is_a_sentence(monkeypatch, data):
    wheel = types.SimpleNamespace(get_data_path=lambda: data, get_library_path=lambda: "/nowhere/lib.so")
    monkeypatch.setitem(sys.modules, "espeakng_loader", wheel)
    with pytest.raises(VoiceError, match="The voice cannot be loaded"):
        Espeak("en")


@pytest.fixture
def english():
    pytest.importorskip(
        "espeakng_loader", reason="the voice is an extra: pip install coach-tui[voice]", exc_type=ImportError
    )
    return Espeak("en")


def test_espeak_speaks(english):
    made = make_phrase(english, "Next: Lunge, left")
    assert 1.2 < len(made) / RATE < 2
    assert english.problem is None
    assert make_phrase(english, "") == array("h")


@pytest.mark.usefixtures("english")
def test_a_voice_made_anew_reads_no_memory_that_is_gone():
    """In a process of its own, with an allocator that gives memory back at once, and what is given back taken again."""
    script = """
import mmap
from coach.audio.voice.espeak import Espeak
taken = []
for _ in range(5):
    voice = Espeak("en")
    taken.append([mmap.mmap(-1, 4096 * pages) for pages in range(1, 160)])
    assert voice.say("Lunge, left")
"""
    environment = os.environ | {"MALLOC_MMAP_THRESHOLD_": "4096"}
    run = subprocess.run([sys.executable, "-c", script], check=False, timeout=300, env=environment)
    assert run.returncode == 0


def test_espeak_knows_languages_and_says_when_it_does_not(english):
    in_english = len(english.say("Zweiundzwanzig"))
    german = Espeak("de")
    assert german.problem is None
    assert abs(len(german.say("Zweiundzwanzig")) - in_english) > 1000
    unknown = Espeak("xyz-x")
    assert unknown.problem.startswith('There is no voice "xyz-x", so coach uses English')
    assert abs(len(unknown.say("Zweiundzwanzig")) - in_english) < 1000
    assert Espeak("../lang/gmw/de").problem.startswith('There is no voice "../lang/gmw/de", so coach uses English')
    assert Espeak("").problem == 'There is no voice "", so coach uses English. `coach doctor` lists the voices.'


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("written", "like"),
    [
        ("de-DE", "de"),
        ("DE_de.UTF-8", "de"),
        ("German", "de"),
        ("en_GB", "en"),
        ("en-AU", "en"),
        ("en_CA", "en-us"),
        ("zh", "cmn"),
        ("zh_TW", "cmn"),
        ("zh-HK", "yue"),
        ("no", "nb"),
        ("nn-NO", "nb"),
        ("iw", "he"),
        ("in_ID", "id"),
        ("pt_BR", "pt-br"),
        ("es-AR", "es-419"),
    ],
)
def test_a_language_is_found_however_it_is_written(written, like):
    voice = Espeak(written)
    said = voice.say("1 2 3 4 5 6 7")
    same = Espeak(like)
    assert (voice.problem, same.problem) == (None, None)
    assert len(said) == pytest.approx(len(same.say("1 2 3 4 5 6 7")), rel=0.02)


@pytest.mark.usefixtures("english")
def test_every_language_of_the_settings_screen_has_a_voice_and_the_doctor_lists_it():
    assert [each for each in options()["language"] if Espeak(each).problem] == []
    assert set(options()["language"]) <= set(languages())


@pytest.mark.usefixtures("english")
def test_a_silent_voice_is_reported(monkeypatch):
    """Some builds lack the dictionary of a language, and its voice is silent."""
    monkeypatch.setattr(Espeak, "say", lambda *_: array("h", [0] * 154))
    assert Espeak("de").problem == (
        'The voice "de" is silent because one of its files is missing. Using English instead.'
    )


@pytest.mark.parametrize("text", ["<speak></speak>", "<break time='9s'/>", "[[_::]]", "<audio src='x'/>"])
def test_markup_is_read_out_and_not_obeyed(english, text):
    """Were it obeyed, nothing would be said, or silence."""
    assert 0.3 < len(make_phrase(english, text)) / RATE < 5


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("folder", "sentence"), [("x" * 200, "the name of its folder is too long"), ("none", "cannot find its data")]
)
def test_espeak_without_its_data_is_a_sentence_and_no_end(tmp_path, folder, sentence):
    """In a process of its own: the library looks for its data once."""
    script = f"""
import espeakng_loader
from coach.audio.voice.espeak import Espeak
from coach.audio.voice.synthesiser import VoiceError
espeakng_loader.get_data_path = lambda: {str(tmp_path / folder)!r}
try:
    Espeak("en")
except VoiceError as error:
    print(error)
"""
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert sentence in run.stdout
