"""Small damage to bytes: what hypothesis chooses and shrinks in the suite, and chance in a long run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hypothesis import strategies as st

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

WHERE = 1 << 16
LONGEST = 40


@dataclass(frozen=True, slots=True)
class Edit:
    """`length` bytes at a place, given in parts of `WHERE`, give way to `piece`, said `times` over."""

    where: int
    length: int
    piece: bytes
    times: int = 1

    def done(self, data: bytes) -> bytes:
        at = self.where * len(data) // WHERE
        return data[:at] + self.piece * self.times + data[at + self.length :]


def edits(pieces: Sequence[bytes]) -> st.SearchStrategy[Edit]:
    """Return the edits that hypothesis may make, with `pieces` that mean something to the reader."""
    piece = st.one_of(st.sampled_from(pieces), st.binary(max_size=8), st.characters().map(_encoded))
    return st.builds(
        Edit, st.integers(0, WHERE), st.integers(0, LONGEST), piece, st.sampled_from([1, 1, 1, 2, 33, 1000])
    )


def chosen(chance: random.Random, pieces: Sequence[bytes]) -> Edit:
    """Return an edit by chance."""
    some = (
        chance.choice(pieces),
        chance.randbytes(chance.randrange(8)),
        _encoded(chr(chance.choice((chance.randrange(0x250), chance.randrange(0x110000))))),
    )
    length = chance.choice((0, 0, 1, 4, chance.randrange(LONGEST)))
    return Edit(chance.randrange(WHERE + 1), length, chance.choice(some), chance.choice((1, 1, 1, 1, 2, 33, 1000)))


def _encoded(char: str) -> bytes:
    return char.encode("utf-8", "surrogatepass")
