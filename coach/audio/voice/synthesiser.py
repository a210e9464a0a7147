"""What the voice asks of a synthesiser: text in, samples out at a rate of its own.

It stands alone so that the voice and its synthesisers need not know each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from array import array


class VoiceError(Exception):
    """There is no voice; the message is a sentence for people."""


class Synthesiser(Protocol):
    """Says a text."""

    rate: int
    problem: str | None
    """A sentence for people when it is not the voice that was asked for."""

    def say(self, text: str) -> array[int]:
        """Return `text` as samples of 16 bits, one channel; none when it cannot be said."""
