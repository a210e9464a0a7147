"""What the voice says, and when: names first, then what is happening, then how to move.

A phrase belongs to one interval and depends only on it and its neighbours, so a plan that begins in the middle of a
session says the same as one from its start. The length of a phrase is estimated, because only a synthesiser knows
it; the mixer copes with a phrase that takes longer.
"""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass, field
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING, Literal

from coach.timeline.phrases import WORDS, words_for
from coach.timeline.signals import Signal, half_ms, is_turn, last_rep_ms, signals
from coach.timeline.wording import condition, effort_words, items_line, spoken_distance
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from coach.settings import SoundSettings
    from coach.timeline.model import Interval, Timeline
    from coach.timeline.phrases import Words

About = Literal["name", "half", "last", "note", "rep", "cue"]

SAY = "say:"
"""Prefix of a phrase where the name of a sound is expected."""

AFTER_START_MS = 500
"""How long after an interval's start the first phrase begins: the start sound is heard alone."""

AFTER_SOUND_MS = 300
"""How long after any other sound its phrase begins; the longest of them is 250 ms."""

APART_MS = 2_500
"""From the start of a phrase to the start of the next, at least."""

BETWEEN_MS = 200
"""From the end of a phrase, as estimated, to the start of the next, at least."""

TAIL_MS = APART_MS - AFTER_START_MS
"""The last phrase of an interval begins at least this long before its end, which leaves room for the next name."""

OVERRUN_MS = 1_000
"""How far a phase's cue may run into the next phase."""

LETTER_MS = 60
"""A word of five letters and its space in 0.36 s: 165 words a minute, a little slower than the voice speaks."""

STOP_MS = 250
"""The pause at a comma, a colon or the end of a sentence."""

CUE_REPS = 20
"""Reps after which a phase's cue that never fitted is given up: by then the movement is known."""

TO_DO = ("work", "wait")
"""The kinds of interval in which a person has something to do."""

COUNT_STEPS = (1, 2, 5, 10, 20, 50, 100)
"""Which reps are counted: where they are too quick for a voice, every second, fifth or tenth."""


_GIVEN_TITLES = {"Switch sides": "switch", "Change direction": "turn"}


@frozen
class Say:
    """A phrase of `interval`, which begins `offset_ms` after its start."""

    interval: int
    offset_ms: int
    text: str
    about: About

    @property
    def sound(self) -> str:
        """The phrase in place of the name of a sound."""
        return SAY + self.text


def heard(
    timeline: Timeline, index: int, settings: SoundSettings, from_ms: int = 0, to_ms: int | None = None
) -> list[Signal | Say]:
    """Return the signals of interval `index` and its phrases, if the voice is on, from `from_ms` to `to_ms`."""
    said = speech(timeline, index, settings, from_ms, to_ms) if settings.voice else ()
    return in_order(signals(timeline, index, settings, from_ms, to_ms), said)


def in_order(sounds: Iterable[Signal], said: Iterable[Say]) -> list[Signal | Say]:
    """Return the signals and phrases of one interval in the order they begin."""
    return sorted([*sounds, *said], key=attrgetter("offset_ms"))


def speech(
    timeline: Timeline, index: int, settings: SoundSettings, from_ms: int = 0, to_ms: int | None = None
) -> list[Say]:
    """Return the phrases of interval `index` with `from_ms` <= offset < `to_ms`, in order.

    No two phrases begin within 2.5 s of each other, not even in two intervals, and none before 500 ms. They are placed
    in order of importance, and a phrase without room is left out: names first, then "half-way", "last one" and the
    moments of a cue, then a note, counted reps, the cue, and the cues of phases, each on the first rep where it fits.
    """
    interval = timeline.intervals[index]
    words = words_for(settings.language)
    placed = _Placed(index, interval.limit_ms)
    placed.put_first(_openings(timeline, index, settings, words))
    for offset, text, about in _moments(interval, settings, words):
        placed.put(offset + AFTER_SOUND_MS, text, about)
    if interval.kind != "work" and interval.cue:
        placed.put_early(interval.cue, "note")
    if interval.ladder:
        placed.put_early(items_line(interval.items), "cue")
    if settings.count_reps and interval.phases:
        for offset, text in _counted(interval):
            placed.put(offset + AFTER_SOUND_MS, text, "rep")
    if until := condition(interval):
        placed.put_early(until[0].upper() + until[1:], "cue")
    if interval.kind == "work" and interval.cue and not interval.cues:
        placed.put_early(interval.cue, "cue")
    if interval.phases:
        _place_phases(placed, interval)
    return [say for say in placed.says if from_ms <= say.offset_ms and (to_ms is None or say.offset_ms < to_ms)]


def speaking_ms(text: str) -> int:
    """Return about how long `text` takes to say.

    A digit counts as a word, and a character of a script without letters as a syllable: each takes as long as four
    letters.
    """
    letters = sum(4 if letter.isdigit() or letter >= "\u2e80" else 1 for letter in text)
    return LETTER_MS * letters + STOP_MS * sum(letter in ",.:;!?\u2026" for letter in text)


@dataclass(slots=True)
class _Placed:
    """The phrases of one interval that have been placed so far, in order."""

    interval: int
    limit_ms: int | None
    says: list[Say] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)

    def put(self, offset: int, text: str, about: About) -> bool:
        """Place a phrase at `offset` if there is room, and return whether there was."""
        if not text or not self._is_free(offset, speaking_ms(text)):
            return False
        at = bisect(self._starts, offset)
        self._starts.insert(at, offset)
        self.says.insert(at, Say(self.interval, offset, text, about))
        return True

    def put_first(self, names: Iterable[str]) -> bool:
        """Place the first of `names` that has room at the start, and return whether one has."""
        return any(self.put(AFTER_START_MS, name, "name") for name in names)

    def put_early(self, text: str, about: About) -> bool:
        """Place a phrase at the first moment where there is room, and return whether there is one."""
        return any(self.put(offset, text, about) for offset in (AFTER_START_MS, *map(_free_from, self.says)))

    def _is_free(self, offset: int, length: int) -> bool:
        if offset < AFTER_START_MS:
            return False
        if self.limit_ms is not None and (offset > self.limit_ms - TAIL_MS or offset + length > self.limit_ms):
            return False
        at = bisect(self._starts, offset)
        if at and offset < _free_from(self.says[at - 1]):
            return False
        return at == len(self.says) or offset + max(APART_MS, length + BETWEEN_MS) <= self._starts[at]


def _free_from(say: Say) -> int:
    """Return when the next phrase may begin after `say`."""
    return say.offset_ms + max(APART_MS, speaking_ms(say.text) + BETWEEN_MS)


def _names(timeline: Timeline, index: int, words: Words) -> Iterator[str]:
    """Yield the names to try first, the best first: its own, or in a rest or get-ready that of what follows.

    The effort is left out where there is no room for it.
    """
    with_effort = list(_names_in(timeline, index, words, effort=True))
    yield from dict.fromkeys([*with_effort, *_names_in(timeline, index, words, effort=False)])


def _names_in(timeline: Timeline, index: int, words: Words, *, effort: bool) -> Iterator[str]:
    interval = timeline.intervals[index]
    if interval.kind == "wait":
        yield interval.title
        return
    if interval.kind == "work":
        title = _called(interval, words, effort=effort)
        if is_turn(timeline, index):
            other_side = timeline.intervals[index - 1].side != interval.side
            title = f"{words.switch if other_side else words.turn}. {title}"
        yield title
        return
    ahead = _next_to_do(timeline, index + 1)
    following = timeline.intervals[ahead] if ahead < len(timeline.intervals) else None
    coming = words.next.format(_called(following, words, effort=effort)) if following else ""
    own = interval.title
    if interval.cause == "switch":
        given = _GIVEN_TITLES.get(interval.title)
        own = getattr(words, given) if given else interval.title
        before = timeline.intervals[index - 1]
        if following and (before.title, before.exercise) != (following.title, following.exercise):
            yield f"{own}. {coming}"
        yield own
        return
    if following and (interval.kind == "prepare" or own == "Rest"):
        own = ""
    yield ". ".join(filter(None, (own, coming)))


def _openings(timeline: Timeline, index: int, settings: SoundSettings, words: Words) -> Iterator[str]:
    """Yield the opening phrases to try, the best first; if the user wants it, with the set or round that begins."""
    if settings.count_rounds:
        yield from _with_turn(timeline, index, words)
    yield from _names(timeline, index, words)


def _with_turn(timeline: Timeline, index: int, words: Words) -> Iterator[str]:
    """Yield opening phrases that name the set or round that begins; nothing where none does.

    A rest names it for the work that follows, which names it itself only when the rest has no room.
    """
    begins = index
    if timeline.intervals[index].kind in TO_DO:
        if index and timeline.intervals[index - 1].kind not in TO_DO:
            room = _Placed(index - 1, timeline.intervals[index - 1].limit_ms)
            if room.put_first(_with_turn(timeline, index - 1, words)):
                return
    else:
        begins = _next_to_do(timeline, index + 1)
    turn = _turn(timeline, begins, words) if begins < len(timeline.intervals) else ""
    if turn:
        for name in _names(timeline, index, words):
            yield f"{turn}. {name}"


def _turn(timeline: Timeline, index: int, words: Words) -> str:
    """Return which rounds, outermost first, and which set begin with an interval; the first ones are not named."""
    interval = timeline.intervals[index]
    before = next((at for at in range(index - 1, -1, -1) if timeline.intervals[at].kind in TO_DO), None)
    if before is None:
        return ""
    last = timeline.intervals[before]
    under_way = {(block.occurrence, block.round) for block in last.block}
    said = [
        words.which_round(block.round, block.rounds)
        for block in interval.block
        if block.rounds > 1 and (block.occurrence, block.round) not in under_way
    ]
    if interval.sets and interval.set and interval.set != last.set:
        said.append(words.which_set(interval.set, interval.sets))
    return ". ".join(filter(None, said))


def _next_to_do(timeline: Timeline, index: int) -> int:
    """Return the index of the first work or wait from `index` on, or the number of intervals if there is none."""
    intervals = timeline.intervals
    return next((at for at in range(index, len(intervals)) if intervals[at].kind in TO_DO), len(intervals))


def _called(interval: Interval, words: Words, *, effort: bool) -> str:
    """Return an interval's name as it is said aloud, with the reps or the distance where the person counts them.

    With `effort` it says how hard the work should feel, unless its title does.
    """
    side = {"left": words.left, "right": words.right, "alternate": words.in_turn}.get(interval.side or "", "")
    said = [interval.title, side, interval.direction]
    if interval.kind == "work" and interval.distance is not None:
        # The names of units are known in English alone; elsewhere the voice reads their signs.
        is_english = words is WORDS["en"]
        said.append(spoken_distance(interval.distance, interval.pace) if is_english else interval.distance.words)
    elif interval.kind == "work" and interval.open and interval.reps is not None:
        said.append(words.reps(interval.reps, a_side=interval.side == "alternate"))
    if effort and interval.effort and effort_words(interval.effort, interval.title):
        said.append(words.effort(interval.effort))
    return ", ".join(filter(None, said))


def _moments(interval: Interval, settings: SoundSettings, words: Words) -> Iterator[tuple[int, str, About]]:
    """Yield what is said after a sound, with the moment of that sound; a sound that is off says nothing."""
    if settings.halfway and (half := half_ms(interval)):
        yield half, words.half, "half"
    if settings.reps and (last := last_rep_ms(interval)):
        yield last, words.last, "last"
    for moment in interval.cues:
        yield moment.offset_ms or AFTER_START_MS, moment.cue, "cue"


def _counted(interval: Interval) -> Iterator[tuple[int, str]]:
    """Yield the number of each rep at its start, or of every second, fifth or tenth where reps are quick."""
    starts = list(_rep_starts(interval))
    if len(starts) < 2:
        return
    rep_ms = starts[1] - starts[0]
    step = next((every for every in COUNT_STEPS if every * rep_ms >= APART_MS), COUNT_STEPS[-1])
    for number, offset in enumerate(starts, 1):
        if number % step == 0:
            yield offset, str(number)


def _rep_starts(interval: Interval) -> Iterator[int]:
    """Yield when each rep begins; where the sides alternate, a rep is left and right."""
    rep = 0
    for cycle in _cycles(interval):
        for phase in interval.phases:
            if phase.rep != rep:
                yield cycle + phase.offset_ms
                rep = phase.rep
        rep = 0


def _cycles(interval: Interval) -> range:
    """Return when each cycle of the phases begins: one, or in guided open work as many as its cap allows."""
    return range(0, interval.limit_ms or 1, interval.cycle_ms) if interval.repeats else range(1)


def _place_phases(placed: _Placed, interval: Interval) -> None:
    """Place each phase's cue on the first rep where it fits."""
    missing = {phase.phase for phase in interval.phases if phase.cue}
    for cycle in islice(_cycles(interval), CUE_REPS):
        for phase in interval.phases:
            if not missing or phase.rep > CUE_REPS:
                return
            fits = AFTER_SOUND_MS + speaking_ms(phase.cue) <= phase.duration_ms + OVERRUN_MS
            at_ms = cycle + phase.offset_ms + AFTER_SOUND_MS
            if phase.phase in missing and fits and placed.put(at_ms, phase.cue, "cue"):
                missing.remove(phase.phase)
