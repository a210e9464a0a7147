"""Check the sound for `coach doctor`, through the same player and process that a session uses."""

from __future__ import annotations

import time
from importlib.util import find_spec
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from coach.audio.bank import RATE, SOUND_NAMES
from coach.audio.outputs import simpleaudio_refusal
from coach.audio.protocol import BELL_ASKED_FOR, Begun, Ready, Trouble
from coach.values import frozen

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Iterator, Mapping

    from coach.audio.protocol import Event, PlayerLike

ANSWER_S = 8.0
"""How long a device may take to answer: a sound process gives up after 3 s, and a second one may do better."""
SILENCE_BETWEEN_MS = 350
"""Silence between two sounds, so that they are heard as two."""
LATE_S = 3.0
"""How late the report of a sound may be."""


@frozen
class OutputChoice:
    """A value of `--output`: whether it is available here, and a sentence about it."""

    name: str
    available: bool
    why: str


@frozen
class Sound:
    """The sound that a session would have. Without a device, `trouble` says why and `output` is the bell."""

    output: str
    device: str
    why: str
    lead_ms: int
    """How long after a key its sound is heard, because of the queue of the device."""
    rate: int = 0
    """The rate it plays at, in hertz."""
    resampler: str = "none"
    """What converts that to the device's own rate."""
    rate_why: str = ""
    trouble: str | None = None


def output_choices(has: Callable[[str], bool] = lambda name: find_spec(name) is not None) -> tuple[OutputChoice, ...]:
    """Return the outputs; `has` says whether a library is installed. No library is loaded."""
    miniaudio = has("miniaudio")
    refusal = simpleaudio_refusal(installed=has("simpleaudio"))
    return (
        OutputChoice(
            "miniaudio", miniaudio, "Sample-accurate." if miniaudio else "miniaudio is not available for this computer."
        ),
        OutputChoice(
            "simpleaudio",
            not refusal,
            refusal or "Opens the device for each beep, so beeps vary by a few milliseconds.",
        ),
        OutputChoice("bell", available=True, why="The terminal bell, for when there is no sound."),
        OutputChoice("null", available=True, why="Silent."),
    )


def voice_choice(has: Callable[[str], bool] = lambda name: find_spec(name) is not None) -> OutputChoice:
    """Return whether there is a voice, and how to get it."""
    there = has("espeakng_loader")
    return OutputChoice(
        "espeak-ng", there, "Installed." if there else "Not installed: install it with pip install 'coach-tui[voice]'."
    )


class Checkup:
    """Opens the sound as a session would, and plays every sound.

    `make_player` takes what gets the events and returns the player; `clock_ns` is its clock.
    """

    def __init__(
        self,
        make_player: Callable[[Callable[[Event], None]], PlayerLike],
        *,
        clock_ns: Callable[[], int] = time.perf_counter_ns,
    ) -> None:
        self._events: SimpleQueue[Event] = SimpleQueue()
        self._player = make_player(self._events.put)
        self._clock_ns = clock_ns

    def open(self) -> Sound:
        """Wait for the device, or for the reason why there is none."""
        self._player.start()
        match self._next(ANSWER_S):
            case Ready() as ready:
                return Sound(
                    *(ready.output, ready.device, ready.why, ready.lead_ms),
                    *(ready.rate, ready.resampler, ready.rate_why),
                )
            case Trouble(words=words):
                return _bell(words)
            case _:
                return _bell("The sound device does not answer.")

    def play(self, sounds: Mapping[str, array[int]], lead_ms: int) -> Iterator[str]:
        """Play all sounds, one after the other, and yield the name of each as it begins.

        It ends early if the device is lost.
        """
        plan, end_ms = _plan(sounds)
        origin_ns = self._clock_ns() + lead_ms * 1_000_000
        self._player.plan(origin_ns, plan)
        for _ in plan:
            left_s = (origin_ns - self._clock_ns()) / 1e9 + end_ms / 1000 + LATE_S
            match self._next(left_s):
                case Begun(sound=sound):
                    yield sound
                case _:
                    return

    def close(self, *, drain_s: float = 0.0) -> None:
        """End the sound, after at most `drain_s` seconds for what is still sounding."""
        self._player.close(drain_s=drain_s)

    def _next(self, timeout_s: float) -> Event | None:
        try:
            return self._events.get(timeout=max(0.0, timeout_s))
        except Empty:
            return None


def lengths_ms(sounds: Mapping[str, array[int]]) -> dict[str, int]:
    """Return the length of each sound."""
    return {name: 1000 * len(sounds[name]) // RATE for name in SOUND_NAMES}


def _plan(sounds: Mapping[str, array[int]]) -> tuple[list[tuple[int, str]], int]:
    """Return every sound with its moment, and the moment at which the last one ends."""
    plan = []
    at_ms = 0
    for name, length_ms in lengths_ms(sounds).items():
        plan.append((at_ms, name))
        at_ms += length_ms + SILENCE_BETWEEN_MS
    return plan, at_ms


def _bell(words: str) -> Sound:
    # A user who asked for the bell needs no explanation.
    why = "" if words == BELL_ASKED_FOR.words else "Using the terminal bell and a flash instead."
    return Sound("bell", "terminal", why, 0, trouble=words)
