"""The interface of a synthesiser: text in, samples out, at a rate of its own.

It stands alone so that `phrases` and the synthesisers need not import each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from array import array


class VoiceError(Exception):
    """There is no voice; the message is a sentence for the user."""


class Synthesiser(Protocol):
    """Speaks texts."""

    rate: int
    problem: str | None
    """A sentence for the user when it is not the voice that was asked for."""

    def say(self, text: str) -> array[int]:
        """Return `text` as samples of 16 bits, one channel; none when it cannot be spoken."""
