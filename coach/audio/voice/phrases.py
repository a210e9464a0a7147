"""Turn phrases into samples before they are due, the nearest first.

A phrase that is not ready at its moment is left out: spoken late, it would be about another moment.
"""

from __future__ import annotations

import threading
import unicodedata
from array import array
from collections import OrderedDict
from typing import TYPE_CHECKING

from coach.audio.bank import RATE
from coach.audio.rates import resampled, to_samples
from coach.audio.voice.synthesiser import VoiceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from coach.audio.voice.synthesiser import Synthesiser

PEAK = 0.56
"""Fraction of full scale, -5 dB. Sounds peak at -3 dB, so two of them and a phrase just do not clip on the bus."""
QUIET = 0.01
"""Fraction of the peak. What is quieter before and after a phrase is cut off, so that it begins on its moment."""
LONGEST_PHRASE = 300
"""Characters. The cue of a file may be a page long, and nobody listens to a page."""
KEPT_PHRASES = 128
"""Phrases in memory: 16 MB when each takes 1.3 s."""


def plain_words(text: str) -> str:
    """Return `text` as a synthesiser gets it: plain words without control characters, at most `LONGEST_PHRASE`."""
    plain = "".join(" " if unicodedata.category(letter).startswith("C") else letter for letter in text)
    return " ".join(plain.split())[:LONGEST_PHRASE]


def make_phrase(synthesiser: Synthesiser, text: str, rate: int = RATE) -> array[int]:
    """Return `text` as samples for the mixer: at its `rate`, as loud as the sounds, and without silence around it."""
    values = resampled(_trimmed(synthesiser.say(plain_words(text))), synthesiser.rate, rate)
    gain = PEAK * 32767 / max(map(abs, values), default=1.0)
    return to_samples(value * gain for value in values)


def _trimmed(values: array[int]) -> array[int]:
    threshold = max(map(abs, values), default=0) * QUIET
    loud = [at for at, value in enumerate(values) if abs(value) > threshold]
    return values[loud[0] : loud[-1] + 1] if loud else array("h")


class Phrases:
    """Phrases that are made ahead, on a thread that starts with the first one wanted.

    `get` never waits. At most `kept` phrases stay in memory; the one that has been unwanted the longest goes first.
    """

    def __init__(
        self,
        synthesiser: Synthesiser,
        *,
        spawn: Callable[[Callable[[], None]], None],
        rate: int = RATE,
        kept: int = KEPT_PHRASES,
    ) -> None:
        self._synthesiser = synthesiser
        self._spawn = spawn
        self._rate = rate
        self._room = kept
        self._made: OrderedDict[str, array[int]] = OrderedDict()
        self._wanted: list[str] = []
        self._lock = threading.Lock()
        self._working = False

    @property
    def made(self) -> Mapping[str, array[int]]:
        """The phrases made so far, by text."""
        return self._made

    def get(self, text: str) -> array[int] | None:
        """Return the samples of `text`, or None while they are not made."""
        return self._made.get(text)

    def want(self, texts: Iterable[str]) -> None:
        """Make these next, in this order, and none of those wanted before."""
        with self._lock:
            wanted = list(dict.fromkeys(texts))[: self._room]
            for text in wanted:
                if text in self._made:
                    # It becomes the last one to go; `get`, which takes no lock, still finds it meanwhile.
                    self._made.move_to_end(text)
            self._wanted = [text for text in wanted if text not in self._made]
            begins = bool(self._wanted) and not self._working
            self._working = self._working or begins
        if begins:
            self._spawn(self._work)

    def _work(self) -> None:
        while True:
            with self._lock:
                if not self._wanted:
                    self._working = False
                    return
                text = self._wanted.pop(0)
            made = make_phrase(self._synthesiser, text, self._rate)
            with self._lock:
                self._made[text] = made
                while len(self._made) > self._room:
                    self._made.popitem(last=False)


def open_phrases(
    language: str,
    spawn: Callable[[Callable[[], None]], None],
    make: Callable[[str], Synthesiser],
    *,
    rate: int = RATE,
) -> tuple[Phrases | None, tuple[str, ...]]:
    """Return the phrases of a voice, or None without a voice, and sentences about what was wrong.

    Args:
        language: What the voice speaks.
        spawn: Runs a function on another thread.
        make: Returns a synthesiser for a language, or raises VoiceError.
        rate: The rate of the mixer, in hertz.
    """
    try:
        synthesiser = make(language)
    except VoiceError as error:
        return None, (str(error),)
    problems = (synthesiser.problem,) if synthesiser.problem else ()
    return Phrases(synthesiser, spawn=spawn, rate=rate), problems
