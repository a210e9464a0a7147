"""A WAV with places to jump to: its length is known before its samples are, so it can go down a pipe.

Chunks as in "Multimedia Programming Interface and Data Specifications 1.0" (IBM and Microsoft, 1991): `fmt `, `cue `
with a point a label, a `LIST` of type `adtl` with a `labl` for each, and `data` last.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST = 2**32 - 1
"""Bytes that a 32-bit size can count."""


class TooLongError(ValueError):
    """A WAV cannot be so long."""


def head(rate: int, frames: int, labels: Sequence[tuple[int, str]]) -> bytes:
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
    if whole > LONGEST:
        raise TooLongError(f"a WAV holds 4 GiB at most, {LONGEST // (2 * rate * 3600)} hours")
    return b"RIFF" + struct.pack("<I", whole) + body + b"data" + struct.pack("<I", size)


def _chunk(name: bytes, body: bytes) -> bytes:
    """Return a chunk: its size does not count the byte that makes it even."""
    return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)
