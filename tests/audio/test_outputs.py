"""The outputs: the choice, and what is said when a library or a device is missing. No device is opened."""

import enum
import sys
import types
from array import array
from typing import ClassVar

import pytest

from coach.audio import bank, outputs
from coach.audio.outputs import NoOutputError, open_output
from coach.audio.rates import converted
from coach.system import paths


class Stream:
    """A PlaybackDevice that remembers."""

    made = None

    def __init__(self, *, backends, **options):
        if self.fails & {each.name for each in backends}:
            raise FakeError("cannot init context", -203)
        if options["sample_rate"] in self.refuses:
            raise FakeError("failed to init device", -1)
        self.options = {**options, "backends": [each.name for each in backends]}
        self._device = types.SimpleNamespace(sampleRate=options["sample_rate"] or self.own)
        if self.own is None:
            del self._device
        self.backend = {"PULSEAUDIO": "PulseAudio"}.get(backends[0].name, backends[0].name.title())
        Stream.made = self

    def start(self, requests):
        self.requests = requests


class FakeError(Exception):
    """MiniaudioError."""


class Source:
    """What an output asks, remembering what it was asked."""

    def __init__(self):
        self.asked = []
        self.failures = []

    def fill(self, frames):
        self.asked.append(frames)
        return memoryview(bytes(2 * frames))

    def starts(self, frames):
        self.asked.append(frames)
        return [(480, array("h", [1, 2]))]

    def failed(self, words):
        self.failures.append(words)


@pytest.fixture
def library(monkeypatch):
    module = types.ModuleType("miniaudio")
    module.Backend = enum.Enum("Backend", ["WASAPI", "PULSEAUDIO", "ALSA", "CUSTOM", "NULL"])
    module.SampleFormat = enum.Enum("SampleFormat", ["SIGNED16"])
    module.MiniaudioError = FakeError
    module.PlaybackDevice = Stream
    for name, value in {"fails": set(), "refuses": set(), "own": 44_100}.items():
        monkeypatch.setattr(Stream, name, value, raising=False)
    monkeypatch.setitem(sys.modules, "miniaudio", module)
    return module


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("name", ["auto", "miniaudio"])
def test_miniaudio_is_the_choice_and_asks_pulseaudio_first(name):
    output = open_output(name)
    assert Stream.made.options["backends"] == ["PULSEAUDIO"]
    assert (output.name, output.device) == ("miniaudio", "default device of PulseAudio")
    assert (output.period_ms, output.heard_after_ms) == (80, 80)
    assert output.why == (
        "You chose it." if name == "miniaudio" else "miniaudio is sample-accurate, and PulseAudio is running."
    )


@pytest.mark.usefixtures("library")
def test_other_backends_follow_and_never_the_one_nobody_hears(monkeypatch):
    monkeypatch.setattr(Stream, "fails", {"PULSEAUDIO"})
    output = open_output("auto")
    assert Stream.made.options["backends"] == ["WASAPI", "ALSA"]
    assert Stream.made.options["sample_rate"] == 0
    assert (Stream.made.options["buffersize_msec"], Stream.made.options["callback_periods"]) == (40, 3)
    assert (output.period_ms, output.heard_after_ms) == (40, 80)
    assert output.why == "miniaudio is sample-accurate; PulseAudio is not running, but Wasapi is."


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("own", [22_050, 44_100, 48_000, 96_000])
def test_the_devices_own_rate_is_taken(monkeypatch, own):
    monkeypatch.setattr(Stream, "own", own)
    rate = open_output("auto").rate
    assert Stream.made.options["sample_rate"] == 0
    assert (rate.hz, rate.resampler) == (own, "none")
    assert rate.why == "This is the device's own rate, so nothing is resampled."


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(
    ("more", "words"),
    [
        (
            {"own": 8_000},
            "The device's own rate is 8000 Hz, but coach plays only 22050 to 96000 Hz, so",
        ),
        ({"own": 192_000}, "The device's own rate is 192000 Hz"),
        ({"own": None}, "miniaudio does not report the device's own rate, so"),
        ({"own": "44100"}, "miniaudio does not report the device's own rate"),
        ({"own": -1}, "miniaudio does not report the device's own rate"),
        ({"refuses": {0}}, "The device cannot be opened at its own rate, so"),
    ],
)
def test_where_that_cannot_be_it_is_ours_and_doctor_can_say_why(monkeypatch, more, words):
    for name, value in more.items():
        monkeypatch.setattr(Stream, name, value)
    rate = open_output("auto").rate
    assert Stream.made.options["sample_rate"] == 48_000
    assert (rate.hz, rate.resampler) == (48_000, "PulseAudio")
    assert rate.why.startswith(words)
    assert rate.why.endswith("beeps can be up to 30 ms off while other programs play.")


def test_sounds_are_converted_by_the_library(library):
    asked = []

    def convert_frames(kind, channels, rate, data, *into):
        asked.append((kind, channels, rate, *into))
        return bytearray(data[:4])

    library.convert_frames = convert_frames
    output = open_output("auto")
    values = array("h", [1, 2, 3])
    assert output.convert(values, 44_100, 44_100) is values
    assert output.convert(values, 48_000, 44_100) == array("h", [1, 2])
    kind = library.SampleFormat.SIGNED16
    assert asked == [(kind, 1, 48_000, kind, 1, 44_100)]


@pytest.mark.parametrize("error", [FakeError, TypeError, None])
def test_where_the_librarys_converter_fails_ours_does_it(library, error):
    def convert_frames(*_):
        raise error

    if error:
        library.convert_frames = convert_frames
    values = array("h", [100] * 480)
    assert open_output("auto").convert(values, 48_000, 44_100) == converted(values, 48_000, 44_100)


def test_the_librarys_converter_keeps_sounds_as_they_are():
    """The real one, held against ours: as long, as loud, and on its moment to a twentieth of a millisecond."""
    library = pytest.importorskip("miniaudio", exc_type=ImportError)
    output = object.__new__(outputs.Miniaudio)
    output._library, output._error = library, library.MiniaudioError
    values = bank.read_wav(paths.shipped("sounds") / "classic" / "go.wav")
    for rate in (22_050, 44_100, 96_000):
        theirs, ours = output.convert(values, 48_000, rate), converted(values, 48_000, rate)
        assert abs(len(theirs) - len(ours)) <= 2
        assert max(theirs) == pytest.approx(max(ours), rel=0.05)
        loud = [next(at for at, value in enumerate(made) if abs(value) > 3000) for made in (theirs, ours)]
        assert abs(loud[0] - loud[1]) <= max(2, rate // 20_000)


@pytest.mark.usefixtures("library")
def test_no_device_is_said_in_words(monkeypatch):
    monkeypatch.setattr(Stream, "fails", {"PULSEAUDIO", "ALSA"})
    with pytest.raises(NoOutputError, match=r"No sound device was found\.") as caught:
        open_output("auto")
    assert not caught.value.final


@pytest.mark.usefixtures("library")
def test_a_stream_is_answered_request_by_request():
    source = Source()
    open_output("auto").start(source)
    assert len(Stream.made.requests.send(100)) == 200
    assert len(Stream.made.requests.send(50)) == 100
    assert source.asked == [100, 50]


def test_a_missing_library_is_final(monkeypatch):
    monkeypatch.setitem(sys.modules, "miniaudio", None)
    with pytest.raises(NoOutputError, match="miniaudio cannot be loaded") as caught:
        open_output("auto")
    assert caught.value.final


def test_where_miniaudio_cannot_be_had_the_choice_is_what_else_is_installed(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 11, 0, "final", 0))
    monkeypatch.setitem(sys.modules, "miniaudio", None)
    library = types.ModuleType("simpleaudio")
    library.play_buffer = lambda *_: None
    monkeypatch.setitem(sys.modules, "simpleaudio", library)
    output = open_output("auto")
    assert output.name == "simpleaudio"
    assert "miniaudio cannot be loaded" in output.why
    assert output.why.endswith("Using simpleaudio instead.")


@pytest.mark.parametrize(
    ("version", "installed", "words"),
    [((3, 12), True, "crashes on Python 3.12"), ((3, 13), False, "crashes"), ((3, 11), False, "is not installed")],
)
def test_simpleaudio_is_refused_in_words(monkeypatch, version, installed, words):
    monkeypatch.setattr(sys, "version_info", (*version, 0, "final", 0))
    monkeypatch.setitem(sys.modules, "simpleaudio", types.ModuleType("simpleaudio") if installed else None)
    with pytest.raises(NoOutputError, match=words) as caught:
        open_output("simpleaudio")
    assert caught.value.final


class Timer:
    """A threading.Timer that does not wait."""

    delays: ClassVar[list[float]] = []

    def __init__(self, delay_s, do, args):
        self.delays.append(delay_s)
        self._do = lambda: do(*args)

    def start(self):
        self._do()


@pytest.fixture
def simple(monkeypatch):
    """simpleaudio, asked once when it is started."""
    module = types.ModuleType("simpleaudio")
    monkeypatch.setattr(sys, "version_info", (3, 11, 0, "final", 0))
    monkeypatch.setitem(sys.modules, "simpleaudio", module)
    monkeypatch.setattr(outputs, "_Pace", lambda ask: ask(1920))
    monkeypatch.setattr(outputs.threading, "Timer", Timer)
    Timer.delays.clear()
    return module


def test_simpleaudio_plays_each_sound_whole_at_its_moment(simple):
    played = []
    simple.play_buffer = lambda *arguments: played.append(arguments)
    open_output("simpleaudio").start(Source())
    silence, sound = played
    assert not any(silence[0])
    assert sound == (array("h", [1, 2]).tobytes(), 1, 2, 48_000)
    assert Timer.delays == [pytest.approx(0.08 + 0.01)]


def test_simpleaudio_that_fails_is_said(simple):
    def fail(*_):
        raise OSError("no card")

    simple.play_buffer = lambda *_: None
    source = Source()
    output = open_output("simpleaudio")
    simple.play_buffer = fail
    output.start(source)
    assert source.failures == ["simpleaudio cannot play (no card)."]


def test_simpleaudio_without_a_device_is_said_before_it_is_ready(simple):
    def fail(*_):
        raise OSError("no card")

    simple.play_buffer = fail
    with pytest.raises(NoOutputError, match=r"finds no sound device \(no card\)") as caught:
        open_output("simpleaudio")
    assert not caught.value.final


def test_null_asks_like_a_device(monkeypatch):
    monkeypatch.setattr(outputs, "_Pace", lambda ask: [ask(1920) for _ in range(3)])
    source = Source()
    open_output("null").start(source)
    assert source.asked == [1920] * 3


def test_an_unknown_output_is_said():
    with pytest.raises(NoOutputError, match='no sound output "gramophone"'):
        open_output("gramophone")
