"""The routines there are to choose from: read a few at a time, found by words, unrolled when they are looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coach.problems import BrokenFile
from coach.routine.files import EXERCISES
from coach.routine.model import Block, Include, Work
from coach.timeline.words import total
from coach.tui.safe import safe

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from coach.problems import Problem
    from coach.routine.library import Entry, Library
    from coach.routine.model import Step
    from coach.timeline.model import Timeline


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of the list. `words` is what a search looks in; `trouble` is the first problem of a broken file."""

    key: str
    name: str
    yours: bool
    words: str
    trouble: str = ""


class Choices:
    """The library as a list to choose from; whatever is costly is done once and when it is needed."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._unread = iter(library.ids())
        self._entries: dict[str, Entry] = {}
        self._timelines: dict[str, Timeline | tuple[Problem, ...]] = {}
        self._totals: dict[str, str] = {}
        self.choices: tuple[Choice, ...] = ()
        self.complete = False

    @property
    def library(self) -> Library:
        """What is listed."""
        return self._library

    def renewed(self, changed: Collection[str]) -> Choices:
        """Return the choices as they are on disk now, not read yet; what the files in `changed` cannot touch is kept.

        A length stays shown until it is known anew.
        """
        fresh = Choices(self._library.renewed(changed))
        fresh._totals = {key: told for key in self._timelines if (told := self.total(key)) is not None}
        if not any(EXERCISES in path.replace("\\", "/").split("/") for path in changed):
            fresh._timelines = {
                key: timeline
                for key, timeline in self._timelines.items()
                if key not in changed and not _has_include(self._entries[key])
            }
        return fresh

    def read(self, count: int) -> None:
        """Read up to `count` more files. After the last one the files that have no usable name are in, too."""
        for _, routine_id in zip(range(count), self._unread, strict=False):
            entry = self._library.entry(routine_id)
            self._entries[str(entry.path)] = entry
            self.choices = (*self.choices, _choice(entry))
            count -= 1
        if count > 0:
            entries = self._library.entries()
            self._entries = {str(each.path): each for each in entries}
            self.choices = tuple(map(_choice, entries))
            self.complete = True

    def found(self, search: str) -> tuple[Choice, ...]:
        """Return the choices that have every word of `search` in their name, id, tags or exercises."""
        wanted = search.casefold().split()
        return tuple(each for each in self.choices if all(word in each.words for word in wanted))

    def entry(self, key: str) -> Entry:
        """Return what a choice stands for."""
        return self._entries[key]

    def timeline(self, key: str) -> Timeline | tuple[Problem, ...]:
        """Return a choice unrolled, or why it cannot be."""
        if key not in self._timelines:
            self._timelines[key] = self._unrolled(self._entries[key])
        return self._timelines[key]

    def total(self, key: str) -> str | None:
        """Return how long a choice takes, empty when it is broken, or None as long as nobody has looked."""
        timeline = self._timelines.get(key)
        if timeline is None:
            return self._totals.get(key)
        return "" if isinstance(timeline, tuple) else total(timeline.duration_ms, has_open=timeline.open_intervals > 0)

    def next_untold(self) -> str | None:
        """Return a choice whose length nobody has looked up, or None."""
        return next((each.key for each in self.choices if each.key not in self._timelines), None)

    def _unrolled(self, entry: Entry) -> Timeline | tuple[Problem, ...]:
        from coach.timeline.compile import compile_routine  # noqa: PLC0415 - not before the first frame

        if entry.routine is None:
            return entry.problems
        try:
            return compile_routine(entry.routine, self._library.catalogue(entry.routine))
        except BrokenFile as error:
            return error.problems


def _choice(entry: Entry) -> Choice:
    yours = entry.origin == "user"
    routine = entry.routine
    if routine is None:
        trouble = safe(entry.problems[0].message) if entry.problems else "this file cannot be read"
        name = safe(entry.id)
        return Choice(str(entry.path), name, yours, name.casefold(), trouble)
    texts = [entry.id, routine.name, *routine.tags, *_exercises(routine.steps)]
    words = " ".join(texts)
    # An exercise may be written by its id: a search for "heel circle" is to find "heel-circle", too.
    return Choice(str(entry.path), safe(routine.name), yours, f"{words} {words.replace('-', ' ')}".casefold())


def _has_include(entry: Entry) -> bool:
    """Say whether a routine is made of other routines, too; then their files count as well as its own."""
    steps = list(entry.routine.steps) if entry.routine else []
    for step in steps:
        if isinstance(step, Block):
            steps += step.steps
    return any(isinstance(step, Include) for step in steps)


def _exercises(steps: Iterable[Step]) -> Iterator[str]:
    for step in steps:
        if isinstance(step, Block):
            yield from _exercises(step.steps)
        elif isinstance(step, Work):
            yield step.exercise
