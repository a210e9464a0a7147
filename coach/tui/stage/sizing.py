"""How the rows of the stage are shared: what a person must see from afar first, then the words, then the rest."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Literal

from coach.tui.stage.lettering import LARGEST_CAPITAL, LetterSize, letter_sizes, plain_lines, set_lines
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

NUMBER_GAP = 2
"""Cells between a number and the words beside it."""
_PLAIN_NUMBERS = (7, 10)
"""Heights of a number beside words in plain letters, in pixels: a higher one would outshout them."""
_BESIDE = (1.0, 1.6)
"""How much higher a number may be than the words beside it."""
_UNIT_SHARE = 0.4
"""How high the unit behind a dose is, as a share of the number."""
_FIRST_PHRASE = re.compile(r"(.+?[^\W\d])[,;:.] +(?=\S)")
ROW_PX = 2
"""The pixels of a row of cells."""
LEGIBLE = 7
"""From this height on, in pixels, words can be read from a mat."""
LEAST_NUMBER_ROWS = 6
"""From this number of rows on the number is large, even if less important words have to go."""
LEAST_NUMBER = 0.5
"""How much of the rows that the number wants it keeps when the words to act on would be too small otherwise."""
BESIDE_HEADLINE = 0.75
"""How large other words get at most, as a share of the headline's letters."""


@frozen
class Part:
    """Something the stage shows in a place of its own.

    Args:
        name: what it is.
        texts: every text that stands here in the course of the interval; a line feed begins a new line.
        rank: its importance: 0 is the number to see from afar, 1 the words to act on, 2 more words.
        ink: the colour of large letters: the tone of the moment, or that of text.
        role: the role of plain letters.
        numbers: a number in front of each text.
        kind: what its letters are for: a clock, a dose with its unit, or words.
        plain: whether it is never in large letters.
        listed: whether its lines are set to the left, as a list.
    """

    name: str
    texts: tuple[str, ...]
    rank: int
    ink: Literal["tone", "text"] = "text"
    role: str = "strong"
    numbers: tuple[str, ...] = ()
    kind: Literal["clock", "dose", "words"] = "words"
    plain: bool = False
    listed: bool = False


@frozen
class SizedPart:
    """A part at the size it gets: its letters, those of its number, and its rows. Without letters it is plain."""

    part: Part
    rows: int
    letters: LetterSize | None = None
    number: LetterSize | None = None
    columns: int = 0
    """How wide the widest of its lines is, without its number."""
    number_columns: int = 0
    tail_rows: int = 0
    """Rows of plain letters under the large ones: these say the first phrase alone, and these the rest."""
    parted: int = 0
    """How many of these rows are blank."""

    @property
    def capital(self) -> int:
        """The height of its letters in pixels; 0 for plain ones."""
        largest = self.number if self.part.kind == "dose" and self.number else self.letters
        return largest.capital if largest else 0


@lru_cache(maxsize=256)
def sizes_of(part: Part, width: int, rows: int, *, coarse: bool) -> tuple[SizedPart, ...]:
    """Return the sizes at which a part fits, from plain letters up; at least one, even if that is too high."""
    found = [_plain(part, width)]
    if part.plain:
        return tuple(found)
    if part.kind == "dose":
        found += _doses(part, width, rows, coarse=coarse)
    elif part.numbers:
        found += _numbered(part, width, rows, coarse=coarse)
    else:
        for size in letter_sizes(digits=part.kind == "clock", coarse=coarse):
            fitting = [one for one in _at(part, size, width) if one.rows <= rows] if size.capital <= 2 * rows else []
            if not fitting and len(found) > 1:
                break  # larger ones fit even less
            found += fitting
    return tuple(sorted(found, key=_precedence))


def _precedence(one: SizedPart) -> tuple[int, int]:
    """Return what sizes are ordered by: a first phrase in large letters is better than all of it in the smallest."""
    if one.letters is None:
        return 0, one.capital
    if one.capital < LEGIBLE:
        return 1, one.capital
    return 2 if one.tail_rows else 3, one.capital


def _at(part: Part, size: LetterSize, width: int, number: LetterSize | None = None) -> Iterator[SizedPart]:
    """Yield a part in letters of a size: all of it, and if it is what a person acts on, its first phrase."""
    whole = _lettered(part, part.texts, size, width, number)
    if whole is not None:
        yield whole
    leads = [lead_and_tail(text) for text in part.texts]
    if part.rank != 1 or part.listed or not any(tail for _, tail in leads):
        return
    lead = _lettered(part, tuple(text for text, _ in leads), size, width, number)
    if lead is not None:
        room = width - (lead.number_columns + NUMBER_GAP if number else 0)
        tails = [plain_lines(tail, room) for _, tail in leads]
        columns = max([lead.columns, *(len(line) for line in chain(*tails))])
        taken = max(map(len, tails))
        # A row parts them, unless there is one already: that of letters which reach below the line.
        parted = 0 if size.reach(tuple(text for text, _ in leads))[1] >= ROW_PX else 1
        yield replace(lead, rows=lead.rows + taken + parted, columns=columns, tail_rows=taken + parted, parted=parted)


def lead_and_tail(text: str) -> tuple[str, str]:
    """Return the first phrase of a text, and the rest of it; all of it where it has one phrase."""
    found = _FIRST_PHRASE.match(text)
    return (found[1], text[found.end() :]) if found else (text, "")


def _plain(part: Part, width: int) -> SizedPart:
    numbers = part.numbers or ("",) * len(part.texts)
    lines = [plain_lines(f"{number} {text}".strip(), width) for number, text in zip(numbers, part.texts, strict=True)]
    return SizedPart(part, max(map(len, lines), default=0))


def _lettered(
    part: Part, texts: tuple[str, ...], size: LetterSize, width: int, number: LetterSize | None = None
) -> SizedPart | None:
    """Return texts of a part in letters of a size, beside a number where it has one; None when one is too wide."""
    taken = _widest(part, number) if number else 0
    room = width - (taken + NUMBER_GAP if number else 0)
    lines = [set_lines(text, size, room) if text else () for text in texts] if room > 0 else [None]
    if any(some is None for some in lines):
        return None
    whole = [some for some in lines if some is not None]
    pixels = max((size.height(len(some), size.reach(texts)) for some in whole if some), default=0)
    rows = max(-(-pixels // 2), -(-number.capital // 2) if number else 0)
    columns = max((size.width(line) for line in chain(*whole)), default=0)
    return SizedPart(part, rows, size, number, columns, taken)


def _widest(part: Part, number: LetterSize) -> int:
    return max(number.width(text) for text in part.numbers)


def _numbered(part: Part, width: int, rows: int, *, coarse: bool) -> list[SizedPart]:
    found = []
    numbers = letter_sizes(digits=True, coarse=coarse)
    for high in _PLAIN_NUMBERS:
        number = next((size for size in numbers if size.capital >= high), None)
        if number is None or (room := width - _widest(part, number) - NUMBER_GAP) < width // 2:
            continue
        lines = [plain_lines(text, room) for text in part.texts]
        most = max(map(len, lines))
        if most <= -(-number.capital // 2) <= rows:
            columns = max((len(line) for line in chain(*lines)), default=0)
            found.append(SizedPart(part, -(-number.capital // 2), None, number, columns, _widest(part, number)))
    for size in letter_sizes(coarse=coarse):
        before = len(found)
        for ratio in _BESIDE if size.capital <= 2 * rows else ():
            number = next((one for one in numbers if one.capital >= size.capital * ratio), numbers[-1])
            found += [one for one in _at(part, size, width, number) if one.rows <= rows]
        if len(found) == before and any(one.letters for one in found):
            break
    return found


def _doses(part: Part, width: int, rows: int, *, coarse: bool) -> list[SizedPart]:
    """Return the sizes of a number with its unit behind it; the unit is plain where it would be too small."""
    found = []
    units = letter_sizes(coarse=coarse)
    for number in letter_sizes(digits=True, coarse=coarse):
        if -(-number.capital // 2) > rows:
            break
        taken = _widest(part, number)
        room = width - taken - NUMBER_GAP
        fits = (size for size in reversed(units) if size.capital <= number.capital * _UNIT_SHARE)
        drawn = (size for size in fits if all(map(size.has, part.texts)))
        unit = next((size for size in drawn if max(map(size.width, part.texts)) <= room), None)
        columns = max(map(unit.width if unit else len, part.texts))
        if columns <= room:
            found.append(SizedPart(part, -(-number.capital // 2), unit, number, columns, taken))
    return found


@lru_cache(maxsize=128)
def share_out(
    parts: tuple[Part, ...], width: int, rows: int, wanted: int, *, coarse: bool = False
) -> tuple[tuple[SizedPart, ...], int]:
    """Share `rows` between parts, and return them at their sizes with the blank rows between two of them.

    The words to act on are large if at all possible. Then the number grows to the rows that are `wanted` for it, then
    these words as far as they can, then other words, and what is left over goes to the number again.
    """
    choices = [sizes_of(part, width, rows, coarse=coarse) for part in parts]
    for rank in (3, 2, 1):
        kept = [options for options in choices if options[0].part.rank <= rank]
        tried = [(_shared(kept, rows - gap * (len(kept) - 1), wanted), gap) for gap in (1, 0)]
        # A row between two parts goes before letters become too small.
        shares, gap = max(tried, key=lambda one: (one[0].fits, one[0].capital(0) > 0, min(one[0].capital(1), LEGIBLE)))
        if shares.fits and (shares.capital(0) or rows < LEAST_NUMBER_ROWS or not shares.could_be_large(0)):
            break
    found = {one.part: one for one in shares.held()}
    return tuple(found.get(part, SizedPart(part, 0)) for part in parts), gap


def _shared(choices: Sequence[tuple[SizedPart, ...]], rows: int, wanted: int) -> _Shares:
    """Return sizes for parts in so many rows."""
    shares = _Shares(choices, rows)
    shares.make_legible(max(1, round(wanted * LEAST_NUMBER)))
    shares.grow(0, rows=wanted)
    shares.grow(1)
    headline = shares.capital(1)
    shares.grow(2, capital=headline * BESIDE_HEADLINE if headline or shares.could_be_large(1) else LARGEST_CAPITAL)
    shares.grow(0, left_over=2)
    return shares


class _Shares:
    """Sizes for the parts of the stage, of which each has a choice, in a number of rows."""

    def __init__(self, choices: Sequence[tuple[SizedPart, ...]], rows: int) -> None:
        self._choices = choices
        self._rows = rows
        self._chosen = [0] * len(choices)
        self._order = sorted(range(len(choices)), key=lambda place: choices[place][0].part.rank)

    def _of(self, rank: int) -> list[int]:
        """Return the places of the parts of a rank; 2 stands for all that follow, too."""
        return [place for place in self._order if min(2, self._choices[place][0].part.rank) == rank]

    def _now(self, place: int) -> SizedPart:
        return self._choices[place][self._chosen[place]]

    def _free(self, place: int) -> int:
        """Return the rows that the other parts leave."""
        return self._rows - sum(self._now(other).rows for other in self._order if other != place)

    def could_be_large(self, rank: int) -> bool:
        """Return whether there is a part of a rank that has large letters."""
        return any(len(self._choices[place]) > 1 for place in self._of(rank))

    @property
    def fits(self) -> bool:
        """Whether there are rows enough for all parts."""
        return sum(self._now(place).rows for place in self._order) <= self._rows

    def capital(self, rank: int) -> int:
        """Return how high the letters of a rank are, in pixels."""
        return max((self._now(place).capital for place in self._of(rank)), default=0)

    def make_legible(self, kept: int) -> None:
        """Give the words to act on the least size that can be read from afar, with `kept` rows left for the number."""
        kept = min([kept, *(self._choices[place][-1].rows for place in self._of(0))])
        for place in self._of(1):
            room = self._free(place) - (kept - 1 if self._of(0) else 0)
            fits = [number for number, option in enumerate(self._choices[place]) if number and option.rows <= room]
            options = self._choices[place]
            for least in (LEGIBLE, 1, 0):
                large = [number for number in fits if options[number].capital >= least]
                if large:
                    self._chosen[place] = min(large, key=[option.rows for option in options].__getitem__)
                    break

    def grow(
        self, rank: int, *, rows: int = LARGEST_CAPITAL, capital: float = LARGEST_CAPITAL, left_over: int = 0
    ) -> None:
        """Give the parts of a rank the largest size that leaves the others what they have."""
        for place in self._of(rank):
            room = min(rows, self._free(place) - left_over)
            here = self._choices[place]
            fits = (number for number in range(len(here) - 1, self._chosen[place], -1) if here[number].rows <= room)
            self._chosen[place] = next((one for one in fits if here[one].capital <= capital), self._chosen[place])

    def held(self) -> list[SizedPart]:
        """Return the parts, the least important of them with fewer rows where there is too little room."""
        found = [self._now(place) for place in range(len(self._choices))]
        over = sum(one.rows for one in found) - self._rows
        for place in reversed(self._order):
            if over <= 0:
                break
            one = found[place]
            kept = max(0 if one.part.rank > 1 else 1, one.rows - over)
            over -= one.rows - kept
            found[place] = replace(one, rows=kept)
        return found
