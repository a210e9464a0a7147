"""Make numbers and sounds small enough to travel inside a page."""

from __future__ import annotations

import base64
import json
import sys
import zlib
from array import array
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

SOUND_RATE = 16_000
"""Hertz of the sounds in a page. The shipped ones have no partial above 7,040 Hz, so nothing of them is lost."""


def packed(value: object) -> str:
    """Return a value of JSON, compressed, as base64 text; `unpack` in the page's script reads it."""
    return _deflated(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())


def packed_sound(samples: Sequence[int]) -> str:
    """Return 16-bit samples as base64 text, low bytes before high ones, each less the sample before."""
    before = 0
    steps = array("h")
    for sample in samples:
        steps.append((sample - before + 0x8000) % 0x10000 - 0x8000)
        before = sample
    if sys.byteorder == "big":
        steps.byteswap()
    data = steps.tobytes()
    # High bytes are nearly all alike: side by side they take little room.
    return _deflated(data[::2] + data[1::2])


def _deflated(data: bytes) -> str:
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return base64.b64encode(packer.compress(data) + packer.flush()).decode()
