"""The routines to choose from: read a few at a time, searched, compiled when looked at, and kept as on disk."""

from __future__ import annotations

import re
from time import perf_counter
from typing import TYPE_CHECKING

from coach.problems import BrokenFile
from coach.routine.library.files import EXERCISES_FOLDER, changed, signature
from coach.routine.model import LEVELS
from coach.text.clean import safe
from coach.timeline.wording import total_length
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from coach.problems import Problem
    from coach.routine.library.files import FoundFile
    from coach.routine.library.library import Entry, Library
    from coach.routine.model import Step
    from coach.timeline.model import Timeline

YOURS = "your own"
OTHERS = "others"
AIMS = ("strength", "mobility", "feet", "hips", "intervals", "plan")
"""First tags, in the order they are listed: what a routine is for."""
FEW = 8
"""Files read between two looks at the clock."""
SKETCHED = 40
"""User's files sketched for the first frame: as many as a screen shows."""
_NAME = re.compile(r"""^name:[ ]+["']?([^\s"'|>&*!{\[].*?)["']?[ ]*(?: #.*)?$""", re.MULTILINE)
_LEVEL = re.compile(rf"""^level:\s*["']?({"|".join(LEVELS)})\b""", re.MULTILINE)
_FIRST_TAG = re.compile(r"""^tags:\s*(?:\[\s*|-\s+)?["']?([^\s,#"'\][][^,#"'\]\n]*)""", re.MULTILINE)


@frozen
class Choice:
    """One routine in the list."""

    key: str
    """The path of its file."""
    name: str
    yours: bool
    """Whether it is the user's own, and not shipped."""
    words: str
    """What a search looks in, in lower case."""
    trouble: str = ""
    """The first problem of a broken file."""
    group: str = YOURS
    """Its heading in the list: the user's own first, the others by their first tag."""
    id: str = ""
    level: str = ""
    """How hard it is. Within a group the easiest shipped routines come first."""

    @property
    def order(self) -> tuple[int, str, int, str]:
        """Sort key. The user's own are sorted by file name, which the user chose."""
        level = LEVELS.index(self.level) if self.level and not self.yours else len(LEVELS)
        return (*_rank(self.group), level, self.id)


class Choices:
    """The library as a list to choose from. Files are read and compiled once, when they are needed."""

    def __init__(self, library: Library) -> None:
        self._library = library
        sketches, self._unread = _sketches(library)
        self._listed = {choice.key: choice for choice in sketches}
        self._entries: dict[str, Entry] = {}
        self._timelines: dict[str, Timeline | tuple[Problem, ...]] = {}
        self._totals: dict[str, str] = {}
        self._sorted: tuple[Choice, ...] | None = tuple(self._listed.values())
        self._without_total: list[str] = []
        self.complete = False

    @property
    def library(self) -> Library:
        """The library that is listed."""
        return self._library

    @property
    def choices(self) -> tuple[Choice, ...]:
        """All choices in order. Until the list is `complete`, some are sketches and some may be missing."""
        if self._sorted is None:
            self._sorted = tuple(sorted(self._listed.values(), key=lambda choice: choice.order))
        return self._sorted

    @property
    def read_so_far(self) -> int:
        """How many files are read."""
        return len(self._entries)

    def renewed(self, changed: Collection[str]) -> Choices:
        """Return the choices as they are on disk now, not read yet; what the files in `changed` cannot touch is kept.

        The old total time is shown until the new one is known.
        """
        fresh = Choices(self._library.renewed(changed))
        fresh._totals = {key: total for key in self._timelines if (total := self.total(key)) is not None}
        if not any(EXERCISES_FOLDER in path.replace("\\", "/").split("/") for path in changed):
            fresh._timelines = {
                key: timeline
                for key, timeline in self._timelines.items()
                if key not in changed and not _has_include(self._entries[key])
            }
        return fresh

    def read(self, count: int) -> None:
        """Read up to `count` more files. After the last one the files that have no usable name are in, too."""
        now, self._unread = self._unread[:count], self._unread[count:]
        for routine_id in now:
            entry = self._library.entry(routine_id)
            self._entries[str(entry.path)] = entry
            self._listed[str(entry.path)] = _choice(entry)
        self._sorted = None
        if len(now) < count:
            known = self._listed
            self._entries = {str(entry.path): entry for entry in self._library.entries()}
            self._listed = {key: known.get(key) or _choice(entry) for key, entry in self._entries.items()}
            self._without_total = [choice.key for choice in reversed(self.choices)]
            self.complete = True

    def read_until(self, due: Callable[[], bool]) -> bool:
        """Read a few files, and more until `due`; return whether all are read."""
        while not self.complete:
            self.read(FEW)
            if due():
                break
        return self.complete

    def unroll_until(self, due: Callable[[], bool]) -> Iterator[str]:
        """Compile choices whose total time is unknown, at least one, until `due`. Yields their keys."""
        while (key := self.next_without_total()) is not None:
            self.timeline(key)
            yield key
            if due():
                return

    def found(self, search: str) -> tuple[Choice, ...]:
        """Return the choices that have every word of `search` in their name, id, tags or exercises."""
        wanted = search.casefold().split()
        return tuple(choice for choice in self.choices if all(word in choice.words for word in wanted))

    def entry(self, key: str) -> Entry:
        """Return the library entry of a choice, which is read now if it was not yet."""
        if key not in self._entries:
            self._entries[key] = self._library.entry(self._listed[key].id)
        return self._entries[key]

    def timeline(self, key: str) -> Timeline | tuple[Problem, ...]:
        """Return the timeline of a choice, or the problems of its file."""
        if key not in self._timelines:
            self._timelines[key] = self._unrolled(self.entry(key))
        return self._timelines[key]

    def total(self, key: str) -> str | None:
        """Return the total time of a choice: empty when its file is broken, None when it is not known yet."""
        timeline = self._timelines.get(key)
        if timeline is None:
            return self._totals.get(key)
        return "" if isinstance(timeline, tuple) else total_length(timeline)

    def dealt(self, key: str, seed: int) -> Timeline | tuple[Problem, ...]:
        """Return the timeline of a choice as `seed` shuffles it. Without a shuffle, every seed gives the same one."""
        timeline = self.timeline(key)
        if isinstance(timeline, tuple) or timeline.seed is None:
            return timeline
        return self._unrolled(self.entry(key), seed)

    def next_without_total(self) -> str | None:
        """Return a choice whose total time is not known yet. None before all are read, and when all are known."""
        while self._without_total and self._without_total[-1] in self._timelines:
            self._without_total.pop()
        return self._without_total[-1] if self._without_total else None

    def _unrolled(self, entry: Entry, seed: int = 0) -> Timeline | tuple[Problem, ...]:
        from coach.timeline.compile.compile import compile_routine

        if entry.routine is None:
            return entry.problems
        try:
            return compile_routine(entry.routine, self._library.catalogue(entry.routine), seed=seed)
        except BrokenFile as error:
            return error.problems


def _sketches(library: Library) -> tuple[list[Choice], list[str]]:
    """Return choices from a glance at name and first tag of each file, and all ids, both in the order of the list.

    Parsing the files would delay the first frame. They are parsed later, which corrects what the glance got wrong.
    Of the user's own files only the first `SKETCHED` are looked at.
    """
    found = library.files()
    own = [file for file in found if file.origin == "user"]
    shipped = sorted((_sketch(file) for file in found if file.origin != "user"), key=lambda choice: choice.order)
    sketches = [*map(_sketch, own[:SKETCHED]), *shipped]
    return sketches, [*(file.id for file in own), *(choice.id for choice in shipped)]


def _sketch(found: FoundFile) -> Choice:
    try:
        text = found.path.read_bytes().decode("utf-8", "replace")
    except OSError:  # reported when it is read
        text = ""
    name, tag, level = _NAME.search(text), _FIRST_TAG.search(text), _LEVEL.search(text)
    yours = found.origin == "user"
    group = YOURS if yours else safe(tag[1].strip()).casefold() if tag else OTHERS
    called = safe(name[1]) if name else found.id
    words = f"{found.id} {called} {group}".casefold()
    return Choice(str(found.path), called, yours, words, group=group, id=found.id, level=level[1] if level else "")


def _rank(group: str) -> tuple[int, str]:
    """Return the rank of a group: the user's own, the aims, other tags by the alphabet, routines without a tag."""
    if group in AIMS:
        return 1, str(AIMS.index(group))
    return {YOURS: 0, OTHERS: 3}.get(group, 2), group


def _choice(entry: Entry) -> Choice:
    yours = entry.origin == "user"
    routine = entry.routine
    if routine is None:
        trouble = safe(entry.problems[0].message) if entry.problems else "this file cannot be read"
        name, group = safe(entry.id), YOURS if yours else OTHERS
        return Choice(str(entry.path), name, yours, name.casefold(), trouble, group, entry.id)
    texts = [entry.id, routine.name, *routine.tags, *_exercises(routine.steps)]
    words = " ".join(texts)
    # An exercise may be written by its id: a search for "heel circle" must also find "heel-circle".
    words = f"{words} {words.replace('-', ' ')}".casefold()
    group = YOURS if yours else safe(routine.tags[0]).casefold() if routine.tags else OTHERS
    level = routine.level or ""
    return Choice(str(entry.path), safe(routine.name), yours, words, group=group, id=entry.id, level=level)


def _has_include(entry: Entry) -> bool:
    """Return whether a routine includes other routines. Then it changes with their files, too."""
    from coach.routine.model import Include, walk

    return entry.routine is not None and any(isinstance(step, Include) for step in walk(entry.routine.steps))


def _exercises(steps: Iterable[Step]) -> Iterator[str]:
    from coach.routine.model import Work, walk

    return (step.exercise for step in walk(steps) if isinstance(step, Work))


LOOK_S = 0.8
"""Seconds between two looks at the disk, so that a change shows within a second."""
_SHARE = 100
"""A look takes at most one part in this many of the time: a slow disk is looked at less often."""
_SLICE_S = 0.005
"""Seconds of reading between two chances for keys."""


class WatchedChoices:
    """Choices that follow the disk. `choices` is always whole: changes are read into a second list first."""

    def __init__(self, library: Library) -> None:
        # The signature comes first, so that a change while the files are read is seen at the next look.
        self._folders = library.folders
        self._last = signature(self._folders)
        self._pending: frozenset[str] = frozenset()
        self._fresh: Choices | None = None
        self.choices = Choices(library)
        self.delay = LOOK_S
        """Seconds to wait before the next look."""

    @property
    def is_reading(self) -> bool:
        """Whether something changed that is not in `choices` yet."""
        return self._fresh is not None

    def look(self, clock: Callable[[], float] = perf_counter) -> bool:
        """Return whether something changed since the last look; `read_on` then brings it in."""
        begun = clock()
        now = signature(self._folders)
        found = changed(self._last, now)
        self._last = now
        self.delay = max(LOOK_S, _SHARE * (clock() - begun))
        if found:
            self._pending |= found
            self._fresh = self.choices.renewed(self._pending)
        return bool(found)

    def read_on(self, clock: Callable[[], float] = perf_counter) -> bool:
        """Read a little of what changed, and return whether all of it is in `choices` now."""
        if self._fresh is None:
            return True
        until = clock() + _SLICE_S
        if not self._fresh.read_until(lambda: clock() > until):
            return False
        self.choices, self._fresh, self._pending = self._fresh, None, frozenset()
        return True
