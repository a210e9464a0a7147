"""Mix sounds, each placed at a frame, into blocks.

The bus is at half level, so two full sounds add up without clipping; sums are 32 bits wide and clamped last. A sound
that has begun plays whole and is never stretched or moved. Most of a workout is silence, which costs a slice of zeros.

Samples are 16 bit, one channel. Nothing here knows the time.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from operator import add
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

BUS = 0.5
RAMP_MS = 12
"""How long a change of level takes: a step would click."""
FADE_FROM_MS = 400
"""Sounds that have more than this left are faded when the plan is cleared."""
FADE_MS = 60


@dataclass(slots=True, eq=False)
class _Voice:
    """One sound under way: its samples, its first frame, its level, the level it moves to, and the change per frame."""

    samples: Sequence[int]
    start: int
    level: float
    aim: float
    step: float = 0.0
    ends: bool = False
    speech: bool = False

    @property
    def end(self) -> int:
        return self.start + len(self.samples)


@dataclass(slots=True)
class Mixer:
    """Mixes sounds, block by block; `position` is the first frame of the next block."""

    rate: int
    volume: float = 1.0
    mute: bool = False
    position: int = 0
    _voices: list[_Voice] = field(default_factory=list)
    _silent_from: int = -(2**62)
    """The frame at which the last sound ends, or ended."""
    _zeros: bytes = b""
    _scaled: dict[tuple[int, float], tuple[Sequence[int], array[int]]] = field(default_factory=dict)

    @property
    def level(self) -> float:
        """The factor every sample is multiplied by."""
        return 0.0 if self.mute else self.volume * BUS

    @property
    def ringing(self) -> int:
        """How many frames until the last sound ends; negative once it has ended."""
        return self._silent_from - self.position

    def set_level(self, *, volume: float | None = None, mute: bool | None = None) -> None:
        """Change the level, also of sounds under way."""
        self.volume = self.volume if volume is None else min(1.0, max(0.0, volume))
        self.mute = self.mute if mute is None else mute
        self._scaled.clear()
        for voice in self._voices:
            if not voice.ends:
                self._slope(voice, self.level, RAMP_MS)

    def lay(self, samples: Sequence[int], frame: int, *, speech: bool = False) -> None:
        """Begin a sound at `frame`, or at the next frame if that has passed.

        Sounds mix, but nobody understands two phrases at once: `speech` fades a phrase that is still being spoken.
        """
        if speech:
            for voice in self._voices:
                if voice.speech:
                    self._end(voice)
        level = self.level
        voice = _Voice(samples, max(frame, self.position), level, level, speech=speech)
        self._voices.append(voice)
        self._silent_from = max(self._silent_from, voice.end)

    def fade(self) -> None:
        """Fade sounds that have long to go."""
        for voice in self._voices:
            if voice.end - self.position > FADE_FROM_MS * self.rate // 1000:
                self._end(voice)

    def stop(self) -> None:
        """Fade all sounds, so that none is heard after `FADE_MS`."""
        for voice in self._voices:
            self._end(voice)
        self._voices = [voice for voice in self._voices if voice.start <= self.position]
        last = max((voice.end for voice in self._voices), default=min(self._silent_from, self.position))
        self._silent_from = min(last, self.position + FADE_MS * self.rate // 1000)

    def block(self, frames: int) -> memoryview:
        """Return the next `frames` frames as bytes of 16-bit samples."""
        first, self.position = self.position, self.position + frames
        parts = [self._part(voice, first, frames) for voice in self._voices if voice.start < self.position]
        if not parts:
            return self._silence(frames)
        self._voices = [
            voice for voice in self._voices if voice.end > self.position and (voice.level or not voice.ends)
        ]
        if len(parts) == 1:
            offset, samples = parts[0]
            mixed = array("h", bytes(2 * frames))
            mixed[offset : offset + len(samples)] = samples
            return memoryview(mixed).cast("B")
        return memoryview(_sum(parts, frames)).cast("B")

    def starts(self, frames: int) -> list[tuple[int, array[int]]]:
        """Return what begins in the next `frames` frames, each sound whole: for outputs that do not take blocks."""
        first, self.position = self.position, self.position + frames
        begun = [voice for voice in self._voices if first <= voice.start < self.position]
        self._voices = [voice for voice in self._voices if voice.end > self.position]
        return [(voice.start - first, self._at_level(voice.samples, voice.level)) for voice in begun]

    def _silence(self, frames: int) -> memoryview:
        if len(self._zeros) < 2 * frames:
            self._zeros = bytes(2 * frames)
        return memoryview(self._zeros)[: 2 * frames]

    def _end(self, voice: _Voice) -> None:
        voice.ends = True
        self._slope(voice, 0.0, FADE_MS)

    def _slope(self, voice: _Voice, aim: float, length_ms: int) -> None:
        voice.aim = aim
        voice.step = (aim - voice.level) / (length_ms * self.rate / 1000)

    def _part(self, voice: _Voice, first: int, frames: int) -> tuple[int, array[int]]:
        """Return the offset of `voice` in the block, and its samples there at its level."""
        offset = max(0, voice.start - first)
        low = first + offset - voice.start
        high = min(len(voice.samples), first + frames - voice.start)
        if voice.step == 0.0 and voice.speech:
            # Phrases are long and rarely repeat: scaled as needed, so that the device never waits for a whole phrase.
            return offset, array("h", [round(value * voice.level) for value in voice.samples[low:high]])
        if voice.step == 0.0:
            return offset, self._at_level(voice.samples, voice.level)[low:high]
        return offset, self._sloping(voice, low, high)

    def _at_level(self, samples: Sequence[int], level: float) -> array[int]:
        """Return `samples` at `level`, cached: the same few sounds come again and again."""
        # The cache also holds the original, so that no other sound can get its id.
        kept = self._scaled.get((id(samples), level))
        if kept is None:
            kept = (samples, array("h", [round(value * level) for value in samples]))
            self._scaled[id(samples), level] = kept
        return kept[1]

    def _sloping(self, voice: _Voice, low: int, high: int) -> array[int]:
        """Return the samples from `low` to `high` while the level changes."""
        values = array("h")
        level, low_end, high_end = voice.level, min(voice.level, voice.aim), max(voice.level, voice.aim)
        for value in voice.samples[low:high]:
            level = min(high_end, max(low_end, level + voice.step))
            values.append(round(value * level))
        voice.level = level
        if level == voice.aim:
            voice.step = 0.0
        return values


def _sum(parts: list[tuple[int, array[int]]], frames: int) -> array[int]:
    """Add parts of a block in 32 bits and clamp the sum."""
    total = array("i", bytes(4 * frames))
    for offset, samples in parts:
        end = offset + len(samples)
        total[offset:end] = array("i", map(add, total[offset:end], samples))
    return array("h", [-32768 if value < -32768 else min(value, 32767) for value in total])
