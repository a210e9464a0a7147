"""Render a whole session as samples, and as a WAV file.

The samples come from the mixer that plays a session live. Blocks run from each start or end of a sound to the next, so
an hour renders in seconds: silence is a slice of zeros, and samples are added only where sounds overlap.
"""

from __future__ import annotations

import struct
from collections import deque
from itertools import pairwise
from typing import TYPE_CHECKING

from coach.audio.mixer import Mixer
from coach.timeline.speech import Say
from coach.values import frozen

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from coach.timeline.signals import Signal

LONGEST_BLOCK_S = 10
"""A longer block of silence would not be written faster, and this one takes 1 MB."""


@frozen
class PlacedSound:
    """Samples that begin at `frame`; `speech` fades when the next phrase begins."""

    frame: int
    samples: Sequence[int]
    speech: bool = False

    @property
    def end(self) -> int:
        """The frame after the last."""
        return self.frame + len(self.samples)


def place_sounds(
    entries: Iterable[tuple[int, Signal | Say]],
    sounds: Mapping[str, array[int]],
    phrases: Mapping[str, array[int]],
    rate: int,
) -> tuple[PlacedSound, ...]:
    """Return the (moment in ms, signal or phrase) entries that have samples, with these and their first frame."""
    found = []
    for at_ms, entry in entries:
        speech = isinstance(entry, Say)
        samples = phrases.get(entry.text) if isinstance(entry, Say) else sounds.get(entry.sound)
        if samples:
            found.append(PlacedSound(at_ms * rate // 1000, samples, speech))
    return tuple(found)


def total_frames(placed: Iterable[PlacedSound], at_least: int) -> int:
    """Return the number of frames until the last sound has ended, or `at_least` if that is more."""
    return max((sound.end for sound in placed if sound.end > at_least), default=at_least)


def mix(placed: Iterable[PlacedSound], frames: int, rate: int, volume: float = 1.0) -> Iterator[memoryview]:
    """Yield `frames` frames, 16 bit and one channel, as blocks of bytes. Each is valid until the next is yielded."""
    mixer = Mixer(rate, volume=volume)
    waiting = deque(sorted(placed, key=lambda sound: sound.frame))
    edges = {0, frames, *range(0, frames, LONGEST_BLOCK_S * rate)}
    edges.update(edge for sound in waiting for edge in (sound.frame, sound.end) if edge < frames)
    for begin, end in pairwise(sorted(edges)):
        while waiting and waiting[0].frame <= begin:
            sound = waiting.popleft()
            mixer.lay(sound.samples, sound.frame, speech=sound.speech)
        yield mixer.block(end - begin)


LONGEST_WAV = 2**32 - 1
"""Bytes that a 32-bit size can count."""


class TooLongError(ValueError):
    """The session does not fit into a WAV file."""


def wav_header(rate: int, frames: int, labels: Sequence[tuple[int, str]]) -> bytes:
    """Return everything before the samples of a WAV with one channel of 16 bits.

    `frames` samples must follow; their bytes are even, so nothing follows them. `labels` are (frame, text).

    Raises:
        TooLongError: a size does not fit its field.
    """
    size = 2 * frames
    points = [
        struct.pack("<II4sIII", number, frame, b"data", 0, 0, frame) for number, (frame, _) in enumerate(labels, 1)
    ]
    texts = [
        _chunk(b"labl", struct.pack("<I", number) + text.replace("\0", "").encode() + b"\0")
        for number, (_, text) in enumerate(labels, 1)
    ]
    body = b"WAVE" + _chunk(b"fmt ", struct.pack("<HHIIHH", 1, 1, rate, 2 * rate, 2, 16))
    if labels:
        body += _chunk(b"cue ", struct.pack("<I", len(points)) + b"".join(points))
        body += _chunk(b"LIST", b"adtl" + b"".join(texts))
    whole = len(body) + 8 + size
    if whole > LONGEST_WAV:
        raise TooLongError(f"a WAV file holds at most 4 GiB, {LONGEST_WAV // (2 * rate * 3600)} hours")
    return b"RIFF" + struct.pack("<I", whole) + body + b"data" + struct.pack("<I", size)


def _chunk(name: bytes, body: bytes) -> bytes:
    """Return a chunk: its size does not count the byte that makes it even."""
    return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)
