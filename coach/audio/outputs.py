"""Sound devices behind one small protocol, and the choice of one.

An output asks a source for blocks at its own pace, for as long as the process runs; it is never reopened. Each library
is imported only when it is needed, so that a missing or broken one causes a message and not a crash.
"""

from __future__ import annotations

import sys
import threading
import time
from array import array
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from coach.audio.bank import RATE
from coach.audio.rates import converted
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from coach.audio.rates import Convert

    Buffer = bytes | memoryview

PERIOD_MS = 40
"""Length of one request."""
PERIODS = 3
"""How many periods are queued: enough to outlast a busy moment of the computer."""
QUEUED_MS = PERIOD_MS * (PERIODS - 1)
"""A period is requested once its place in the queue is free, while the other two are still to be played."""
PULSE_PERIOD_MS = 80
"""With PulseAudio the library keeps one period queued whatever number it is given, and wakes four times for each.
Measured: with 40 ms it takes 0.6 % of a core and runs dry when held up for 30 ms; with 80 ms, 0.35 % and 70 ms."""


ASKED_FOR = "You chose it."
LOWEST, HIGHEST = 22_050, 96_000
"""Device rates to play at directly, in hertz. Lower ones lose too much of the sounds; higher ones cost more than
anybody hears."""
WANDER = "beeps can be up to 30 ms off while other programs play"


class NoOutputError(Exception):
    """This output cannot be opened; the message is a sentence for the user.

    `final` means that trying again will not help.
    """

    def __init__(self, words: str, *, final: bool = False) -> None:
        super().__init__(words)
        self.final = final


@frozen
class Rate:
    """The rate that an output plays at, in hertz.

    `resampler` names what converts it to the device's own rate: "none", or the name of a sound system. `why` says in a
    sentence why it is this rate.
    """

    hz: int = RATE
    resampler: str = "none"
    why: str = ""


class BlockSource(Protocol):
    """What an output gets its samples from."""

    def fill(self, frames: int) -> memoryview:
        """Return the next `frames` frames: 16 bit, one channel, as bytes."""

    def starts(self, frames: int) -> list[tuple[int, array[int]]]:
        """Return the sounds that begin in the next `frames` frames, as (offset in frames, whole sound at its level)."""

    def failed(self, words: str) -> None:
        """Learn that the output has failed, and why."""


class Output(Protocol):
    """An open device."""

    name: str
    device: str
    period_ms: int
    """Length of one request."""
    heard_after_ms: int
    """How long after a request its first frame is heard."""
    why: str
    """Why it is this output, in a sentence."""
    rate: Rate

    @property
    def convert(self) -> Convert:
        """Converts sounds to its rate."""

    def start(self, source: BlockSource) -> None:
        """Begin to send requests to `source`; returns at once.

        Raises:
            NoOutputError: the device does not start.
        """


class Miniaudio:
    """One stream that stays open: exact to the sample, and a Bluetooth speaker stays awake."""

    name = "miniaudio"
    why = ASKED_FOR

    def __init__(self) -> None:
        try:
            import miniaudio  # takes 100 ms, and not every computer has it
        except (ImportError, OSError) as error:
            raise NoOutputError(f"The sound library miniaudio cannot be loaded ({error}).", final=True) from error
        self._library: Any = miniaudio
        self._error: type[Exception] = miniaudio.MiniaudioError
        stream = partial(
            miniaudio.PlaybackDevice,
            output_format=miniaudio.SampleFormat.SIGNED16,
            nchannels=1,
            app_name="coach",
        )
        # Named one by one: by default the library falls back to a device that swallows everything.
        pulse, unheard = miniaudio.Backend.PULSEAUDIO, {"NULL", "CUSTOM"}
        others = [backend for backend in miniaudio.Backend if backend is not pulse and backend.name not in unheard]
        try:
            self._open(partial(stream, buffersize_msec=PULSE_PERIOD_MS, callback_periods=1, backends=[pulse]))
            self.period_ms = self.heard_after_ms = PULSE_PERIOD_MS
        except self._error:
            try:
                self._open(partial(stream, buffersize_msec=PERIOD_MS, callback_periods=PERIODS, backends=others))
            except self._error as error:
                raise NoOutputError("No sound device was found.") from error
            self.period_ms, self.heard_after_ms = PERIOD_MS, QUEUED_MS
        self.device = f"default device of {self.backend}"

    def convert(self, values: array[int], rate: int, to_rate: int) -> array[int]:
        """Return `values` at `to_rate`, by the library's converter, which is a hundred times as fast as `converted`.

        Where that does not work, `converted` does it.
        """
        if rate == to_rate:
            return values
        try:
            kind = self._library.SampleFormat.SIGNED16
            data = self._library.convert_frames(kind, 1, rate, values.tobytes(), kind, 1, to_rate)
        except (self._error, AttributeError, TypeError):
            return converted(values, rate, to_rate)
        return array("h", bytes(data))

    def _open(self, stream: Callable[..., Any]) -> None:
        """Open a stream at the device's own rate, so that nothing resamples, or else at `RATE`.

        The requests of a server that resamples move in steps and slopes, which say little about when the sound leaves.
        """
        try:
            # 0 asks for the device's own.
            self._stream: Any = stream(sample_rate=0)
        except self._error:
            own = None
            why = "The device cannot be opened at its own rate"
        else:
            own = _rate_of(self._stream)
            why = (
                "miniaudio does not report the device's own rate"
                if own is None
                else f"The device's own rate is {own} Hz, but coach plays only {LOWEST} to {HIGHEST} Hz"
            )
        if own is not None and LOWEST <= own <= HIGHEST:
            self.rate = Rate(own, why="This is the device's own rate, so nothing is resampled.")
        else:
            self._stream = None
            self._stream = stream(sample_rate=RATE)
            self.rate = Rate(RATE, str(self._stream.backend), f"{why}, so the sound is resampled, and {WANDER}.")
        self.backend = str(self._stream.backend)

    def start(self, source: BlockSource) -> None:
        """Begin to send requests to `source`."""
        requests = _requests(source)
        next(requests)
        try:
            self._stream.start(requests)
        except self._error as error:
            raise NoOutputError(f"The {self.device} does not start.") from error


def _rate_of(stream: Any) -> int | None:
    """Return the rate of a stream in hertz, or None where this version of the library does not tell."""
    # The device is private to the library.
    try:
        rate = stream._device.sampleRate
    except AttributeError:
        return None
    return rate if isinstance(rate, int) and rate > 0 else None


def _requests(source: BlockSource) -> Generator[Buffer, int, None]:
    """Answer requests for frames, as the generator that miniaudio expects."""
    frames = yield b""
    while True:
        frames = yield source.fill(frames)


class _Pace:
    """Makes a request every `PERIOD_MS` by the computer's clock, where there is no device to do it."""

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
    rate = Rate(why="There is no device.")
    convert = staticmethod(converted)

    def start(self, source: BlockSource) -> None:
        """Begin to send requests to `source`."""
        _Pace(source.fill)


def simpleaudio_refusal(*, installed: bool) -> str:
    """Return why simpleaudio is not available here, or an empty text."""
    if sys.version_info >= (3, 12):
        return "simpleaudio crashes on Python 3.12 and later; use --output miniaudio, or Python 3.11."
    if not installed:
        return "simpleaudio is not installed; install coach-tui[simpleaudio], or use --output miniaudio."
    return ""


class Simpleaudio:
    """Opens the device anew for every sound, with 8 ms of jitter: the library offers no more."""

    name = "simpleaudio"
    device = "default device of simpleaudio"
    why = ASKED_FOR
    # Enough time to get a sound ready before its moment.
    period_ms = PERIOD_MS
    heard_after_ms = QUEUED_MS
    rate = Rate(resampler="the sound system", why="simpleaudio does not report the device's own rate.")
    convert = staticmethod(converted)

    def __init__(self) -> None:
        if refusal := simpleaudio_refusal(installed=True):
            raise NoOutputError(refusal, final=True)
        try:
            import simpleaudio  # an extra that few have
        except (ImportError, OSError) as error:
            raise NoOutputError(simpleaudio_refusal(installed=False), final=True) from error
        self._library: Any = simpleaudio
        try:
            # It opens the device for every sound, so only a sound, a silent one, shows whether there is a device.
            simpleaudio.play_buffer(bytes(2 * RATE // 100), 1, 2, RATE)
        except Exception as error:
            raise NoOutputError(f"simpleaudio finds no sound device ({error}).") from error

    def start(self, source: BlockSource) -> None:
        """Begin to send requests to `source`."""
        _Pace(lambda frames: self._ask(source, frames))

    def _ask(self, source: BlockSource, frames: int) -> None:
        for offset, samples in source.starts(frames):
            delay_s = self.heard_after_ms / 1000 + offset / RATE
            threading.Timer(delay_s, self._play, (source, samples.tobytes())).start()

    def _play(self, source: BlockSource, data: bytes) -> None:
        try:
            self._library.play_buffer(data, 1, 2, RATE)
        except Exception as error:  # noqa: BLE001 - the library has no error class of its own
            source.failed(f"simpleaudio cannot play ({error}).")


def choose_output() -> Output:
    """Return the best output that is available, with the reason in its `why`.

    Raises:
        NoOutputError: there is none; the message is about the best one.
    """
    try:
        best = Miniaudio()
    except NoOutputError as error:
        if not error.final:
            raise
        # The library and not a device is missing, as on some processors; the other library may be there.
        try:
            other = Simpleaudio()
        except NoOutputError:
            raise error from None
        other.why = f"{error} Using simpleaudio instead."
        return other
    exact = "miniaudio is sample-accurate"
    best.why = (
        f"{exact}, and PulseAudio is running."
        if best.backend == "PulseAudio"
        else f"{exact}; PulseAudio is not running, but {best.backend} is."
    )
    return best


OPENERS: dict[str, Callable[[], Output]] = {
    "auto": choose_output,
    "miniaudio": Miniaudio,
    "simpleaudio": Simpleaudio,
    "null": Null,
}


def open_output(name: str) -> Output:
    """Return an output, open but silent until it is started.

    Raises:
        NoOutputError: there is none of this name, or it cannot be opened.
    """
    if name not in OPENERS:
        raise NoOutputError(f'There is no sound output "{name}".', final=True)
    return OPENERS[name]()
