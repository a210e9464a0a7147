"""Shuffle steps like cards. Alone, because one seed must give the same order on every machine, forever."""

from __future__ import annotations

_MASK = (1 << 64) - 1


class Dealer:
    """Shuffles decks of numbers, each from 0 to n - 1.

    The randomness comes from splitmix64 (Steele, Lea and Flood, 2014), which never changes; Python's own generator
    promises that only for some of its functions.
    """

    def __init__(self, seed: int) -> None:
        self._state = seed & _MASK

    def copy(self) -> Dealer:
        """Return a dealer that will deal the same as this one from now on."""
        return Dealer(self._state)

    def deck(self, size: int, before: int | None) -> list[int]:
        """Return the numbers below `size` in a new order; if there are two or more, it does not begin with `before`."""
        cards = list(range(size))
        for last in range(size - 1, 0, -1):
            other = self._below(last + 1)
            cards[last], cards[other] = cards[other], cards[last]
        if size > 1 and cards[0] == before:
            other = 1 + self._below(size - 1)
            cards[0], cards[other] = cards[other], cards[0]
        return cards

    def _below(self, limit: int) -> int:
        """Return a number from 0 to `limit` - 1; the bias of the remainder is one in 2**40 for any deck."""
        self._state = (self._state + 0x9E3779B97F4A7C15) & _MASK
        mixed = self._state
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _MASK
        return (mixed ^ (mixed >> 31)) % limit


class Hand:
    """The cards of one shuffled block: each round continues the deck where the last one stopped.

    No card returns before all others were dealt, and none comes twice in a row.
    """

    def __init__(self, dealer: Dealer, size: int) -> None:
        self._dealer = dealer
        self._size = size
        self._left: list[int] = []
        self._last: int | None = None

    def deal(self, count: int) -> list[int]:
        """Return the next `count` numbers."""
        dealt: list[int] = []
        while len(dealt) < count and self._size:
            if not self._left:
                self._left = self._dealer.deck(self._size, self._last)[::-1]
            self._last = self._left.pop()
            dealt.append(self._last)
        return dealt
