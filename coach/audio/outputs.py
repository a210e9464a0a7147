"""Where sound goes: devices behind one small protocol, and the choice of one.

An output asks a source for blocks at its own pace and for as long as the process lives; it is never opened again. The
libraries are imported when they are asked for, so that one that is missing or broken is a sentence and not a crash.
"""

from __future__ import annotations

import sys
import threading
import time
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from coach.audio.bank import RATE

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Generator

    Buffer = bytes | memoryview

PERIOD_MS = 40
"""How much is asked for at once."""
PERIODS = 3
"""How many are queued: enough to outlast a busy moment of the computer."""
QUEUED_MS = PERIOD_MS * (PERIODS - 1)
"""A period is asked for when its place in the queue is free, with the other two still to be played."""
PULSE_PERIOD_MS = 80
"""With PulseAudio the library keeps one period queued however many are asked for, and wakes four times for each.
Measured: with 40 ms it takes 0.6 % of a core and runs dry when it is held up for 30 ms, with 80 ms 0.35 % and 70 ms."""


ASKED_FOR = "It was asked for."


class NoOutputError(Exception):
    """There is no sound this way; the message is a sentence for people.

    `final` says that trying again will not help.
    """

    def __init__(self, words: str, *, final: bool = False) -> None:
        super().__init__(words)
        self.final = final


class Source(Protocol):
    """What an output asks."""

    def fill(self, frames: int) -> memoryview:
        """Return the next `frames` frames: 16 bit, one channel, as bytes."""

    def starts(self, frames: int) -> list[tuple[int, array[int]]]:
        """Return what begins in the next `frames` frames: (frame in them, whole sound at its level)."""

    def failed(self, words: str) -> None:
        """Hear that the output cannot go on."""


class Output(Protocol):
    """A device."""

    name: str
    device: str
    period_ms: int
    """How much it asks for at once."""
    heard_after_ms: int
    """How long after a request its first frame is heard."""
    why: str
    """Why it is this one, in a sentence."""

    def start(self, source: Source) -> None:
        """Begin to ask `source`; returns at once. Raises NoOutputError."""


class Miniaudio:
    """One stream, held open: exact to the sample, and a Bluetooth speaker stays awake."""

    name = "miniaudio"
    why = ASKED_FOR

    def __init__(self) -> None:
        try:
            import miniaudio  # noqa: PLC0415 - 100 ms, and not to be had everywhere
        except (ImportError, OSError) as error:
            raise NoOutputError(f"The sound library miniaudio cannot be loaded ({error}).", final=True) from error
        self._error: type[Exception] = miniaudio.MiniaudioError
        stream = partial(
            miniaudio.PlaybackDevice,
            output_format=miniaudio.SampleFormat.SIGNED16,
            nchannels=1,
            sample_rate=RATE,
            app_name="coach",
        )
        # Named one by one: left to itself the library falls back to a device that swallows everything.
        pulse, unheard = miniaudio.Backend.PULSEAUDIO, {"NULL", "CUSTOM"}
        others = [each for each in miniaudio.Backend if each is not pulse and each.name not in unheard]
        try:
            self._stream = stream(buffersize_msec=PULSE_PERIOD_MS, callback_periods=1, backends=[pulse])
            self.period_ms = self.heard_after_ms = PULSE_PERIOD_MS
        except self._error:
            try:
                self._stream = stream(buffersize_msec=PERIOD_MS, callback_periods=PERIODS, backends=others)
            except self._error as error:
                raise NoOutputError("No sound device was found.") from error
            self.period_ms, self.heard_after_ms = PERIOD_MS, QUEUED_MS
        self.backend = str(self._stream.backend)
        self.device = f"default device of {self.backend}"

    def start(self, source: Source) -> None:
        """Begin to ask `source`."""
        requests = _requests(source)
        next(requests)
        try:
            self._stream.start(requests)
        except self._error as error:
            raise NoOutputError(f"The {self.device} does not start.") from error


def _requests(source: Source) -> Generator[Buffer, int, None]:
    """Answer requests for frames, as miniaudio wants it."""
    frames = yield b""
    while True:
        frames = yield source.fill(frames)


class _Pace:
    """Asks every `PERIOD_MS` by the computer's clock, where there is no device that asks."""

    def __init__(self, ask: Callable[[int], object]) -> None:
        self._ask = ask
        threading.Thread(target=self._run, name="pace", daemon=True).start()

    def _run(self) -> None:
        due = time.perf_counter()
        while True:
            self._ask(RATE * PERIOD_MS // 1000)
            due += PERIOD_MS / 1000
            time.sleep(max(0.0, due - time.perf_counter()))


class Null:
    """Keeps time and makes no sound: for tests, and to measure what a session costs without a device."""

    name = "null"
    device = "no device"
    why = ASKED_FOR
    period_ms = PERIOD_MS
    heard_after_ms = QUEUED_MS

    def start(self, source: Source) -> None:
        """Begin to ask `source`."""
        _Pace(source.fill)


def simpleaudio_refusal(*, installed: bool) -> str:
    """Return why simpleaudio is not to be had here, or an empty text."""
    if sys.version_info >= (3, 12):
        return "simpleaudio crashes on Python 3.12 and later; use --output miniaudio, or Python 3.11."
    if not installed:
        return "simpleaudio is not installed; install coach-tui[simpleaudio], or use --output miniaudio."
    return ""


class Simpleaudio:
    """Opens the device anew for each sound: 8 ms of jitter, and what the library offers."""

    name = "simpleaudio"
    device = "default device of simpleaudio"
    why = ASKED_FOR
    # Time enough to get a sound ready before its moment.
    period_ms = PERIOD_MS
    heard_after_ms = QUEUED_MS

    def __init__(self) -> None:
        if refusal := simpleaudio_refusal(installed=True):
            raise NoOutputError(refusal, final=True)
        try:
            import simpleaudio  # noqa: PLC0415 - an extra, seldom there
        except (ImportError, OSError) as error:
            raise NoOutputError(simpleaudio_refusal(installed=False), final=True) from error
        self._library: Any = simpleaudio
        try:
            # It opens the device for each sound, so whether there is one is known only by a sound: a silent one.
            simpleaudio.play_buffer(bytes(2 * RATE // 100), 1, 2, RATE)
        except Exception as error:
            raise NoOutputError(f"simpleaudio finds no sound device ({error}).") from error

    def start(self, source: Source) -> None:
        """Begin to ask `source`."""
        _Pace(lambda frames: self._ask(source, frames))

    def _ask(self, source: Source, frames: int) -> None:
        for offset, samples in source.starts(frames):
            delay_s = self.heard_after_ms / 1000 + offset / RATE
            threading.Timer(delay_s, self._play, (source, samples.tobytes())).start()

    def _play(self, source: Source, data: bytes) -> None:
        try:
            self._library.play_buffer(data, 1, 2, RATE)
        except Exception as error:  # noqa: BLE001 - the library has no error of its own to name
            source.failed(f"simpleaudio cannot play ({error}).")


def choose() -> Output:
    """Return the best output there is, which says why it is that one.

    Raises:
        NoOutputError: there is none; the reason is that of the best one.
    """
    try:
        best = Miniaudio()
    except NoOutputError as error:
        if not error.final:
            raise
        # Not a device but the library is missing, as it is for some processors; another library may be there.
        try:
            other = Simpleaudio()
        except NoOutputError:
            raise error from None
        other.why = f"{error} simpleaudio is installed."
        return other
    exact = "miniaudio is exact to the sample"
    best.why = (
        f"{exact}, and PulseAudio, which is asked first, answers."
        if best.backend == "PulseAudio"
        else f"{exact}; PulseAudio does not answer, {best.backend} does."
    )
    return best


OUTPUTS: dict[str, Callable[[], Output]] = {
    "auto": choose,
    "miniaudio": Miniaudio,
    "simpleaudio": Simpleaudio,
    "null": Null,
}


def open_output(name: str) -> Output:
    """Return an output, open and silent until it is started.

    Raises:
        NoOutputError: there is none of this name, or no sound to be had through it.
    """
    if name not in OUTPUTS:
        raise NoOutputError(f'There is no sound output "{name}".', final=True)
    return OUTPUTS[name]()
