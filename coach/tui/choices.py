"""The routines to choose from: read a few at a time, searched, compiled when looked at, and kept as on disk."""

from __future__ import annotations

import re
from time import perf_counter
from typing import TYPE_CHECKING

from coach.problems import BrokenFile, CoachError
from coach.routine.library.files import EXERCISES_FOLDER, changed, read_file, signature
from coach.routine.library.searching import ALSO_CALLED, searchable
from coach.routine.model import LEVELS
from coach.text.clean import safe
from coach.text.search import Searchable, SearchIndex, prepared
from coach.timeline.estimate import session_ms
from coach.timeline.wording import clock, countdown_seconds
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping
    from datetime import date

    from coach.problems import Problem
    from coach.routine.library.files import FoundFile
    from coach.routine.library.library import Entry, Library
    from coach.timeline.model import Timeline

YOURS = "your own"
OTHERS = "others"
PLANS = "plan"
"""The first tag of routines that belong to a plan."""
AIMS = ("strength", "mobility", "feet", "hips", "intervals", PLANS)
"""First tags, in the order they are listed: what a routine is for."""
FEW = 8
"""Files read between two looks at the clock."""
SKETCHED = 40
"""User's files sketched for the first frame: as many as a screen shows."""
_NUMBERS = re.compile(r"(\D*)(\d{0,9})")
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
    trouble: str = ""
    """The first problem of a broken file, with its line."""
    group: str = YOURS
    """Its heading in the list: the user's own first, the others by their first tag."""
    id: str = ""
    level: str = ""
    """How hard it is. Within a group the easiest shipped routines come first."""
    equipment: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[int, str, int, list[tuple[str, int]]]:
        """Sort key. The user's own are sorted by file name, which the user chose."""
        level = LEVELS.index(self.level) if self.level and not self.yours else len(LEVELS)
        return (*_rank(self.group), level, _counted(self.id))


@frozen
class Found:
    """What a search found, the best first.

    `meant` are the words searched for in place of mistyped ones; `near` is what has some of the words, if none has all.
    """

    choices: tuple[Choice, ...]
    meant: tuple[str, ...] = ()
    near: tuple[Choice, ...] = ()


class Choices:
    """The library as a list to choose from. Files are read and compiled once, when they are needed."""

    def __init__(self, library: Library) -> None:
        self._library = library
        sketches, self._unread = _sketches(library)
        self._listed = {choice.key: choice for choice in sketches}
        self._entries: dict[str, Entry] = {}
        self._timelines: dict[str, Timeline | tuple[Problem, ...]] = {}
        self._lengths: dict[str, int] = {}
        self._rep_ms: Mapping[str, int] = {}
        self._texts: dict[str, Searchable] = {}
        self._index: tuple[tuple[Choice, ...], SearchIndex] | None = None
        self._without_text: list[str] = []
        self._ids: frozenset[str] | None = None
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
    def ids(self) -> frozenset[str]:
        """The ids of all choices."""
        if self._ids is None:
            self._ids = frozenset(choice.id for choice in self._listed.values())
        return self._ids

    @property
    def is_searchable(self) -> bool:
        """Whether a search finds all that it could; before, it finds less."""
        return self.complete and not self._without_text

    @property
    def read_so_far(self) -> int:
        """How many files are read."""
        return len(self._entries)

    def renewed(self, changed: Collection[str]) -> Choices:
        """Return the choices as they are on disk now, not read yet; what the files in `changed` cannot touch is kept.

        The old total time is shown until the new one is known.
        """
        fresh = Choices(self._library.renewed(changed))
        fresh._lengths = dict(self._lengths)
        fresh._rep_ms = self._rep_ms
        if not any(EXERCISES_FOLDER in path.replace("\\", "/").split("/") for path in changed):
            fresh._texts = {key: text for key, text in self._texts.items() if key not in changed}
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
        self._sorted = self._index = self._ids = None
        if len(now) < count:
            known = self._listed
            self._entries = {str(entry.path): entry for entry in self._library.entries()}
            self._listed = {key: known.get(key) or _choice(entry) for key, entry in self._entries.items()}
            self._without_total = [choice.key for choice in reversed(self.choices)]
            self._without_text = [key for key in self._without_total if key not in self._texts]
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

    def prepare_search_until(self, due: Callable[[], bool]) -> bool:
        """Look up what searches find, for some choices, until `due`; return whether that is done for all."""
        while self._without_text:
            key = self._without_text.pop()
            self._index = None
            entry = self.entry(key)
            if entry.routine is not None:
                self._texts[key] = searchable(entry.routine, self._library.catalogue(entry.routine))
            if due():
                break
        return not self._without_text

    def found(self, search: str) -> Found:
        """Return what `search` finds in names, tags, exercises, muscles, summaries and descriptions."""
        if not search.strip():
            return Found(self.choices)
        if self._index is None or self._index[0] is not self.choices:
            self._index = self.choices, SearchIndex([self._text(choice) for choice in self.choices], ALSO_CALLED)
        hits = self._index[1].find(search)
        choices = self.choices
        found, near = (tuple(choices[number] for number in numbers) for numbers in (hits.found, hits.near))
        return Found(found, hits.meant, near)

    def _text(self, choice: Choice) -> Searchable:
        """Return what a search looks in, as far as it is known."""
        if choice.key in self._texts:
            return self._texts[choice.key]
        entry = self._entries.get(choice.key)
        if entry is not None and entry.routine is not None:
            return searchable(entry.routine)
        return Searchable((prepared(choice.name, choice.id), prepared(choice.group)))

    def entry(self, key: str) -> Entry:
        """Return the library entry of a choice, which is read now if it was not yet."""
        if key not in self._entries:
            self._entries[key] = self._library.entry(self._listed[key].id)
        return self._entries[key]

    def timeline(self, key: str) -> Timeline | tuple[Problem, ...]:
        """Return the timeline of a choice, or the problems of its file."""
        if key not in self._timelines:
            timeline = self._timelines[key] = self._unrolled(self.entry(key))
            if isinstance(timeline, tuple):
                self._lengths.pop(key, None)
            else:
                self._lengths[key] = session_ms(timeline, self._rep_ms)
        return self._timelines[key]

    @property
    def rep_ms(self) -> Mapping[str, int]:
        """How long a rep takes this person, for the lengths of open work; see `estimate_ms`."""
        return self._rep_ms

    def look_up_paces(self) -> None:
        """Look up how long a rep takes this person, and work out the lengths anew.

        A history that another program keeps locked is not waited for.
        """
        from coach.plan.ready import rep_paces  # not before there is a history

        try:
            paces = rep_paces(waits=False)
        except CoachError:
            return
        if paces == self._rep_ms:
            return
        self._rep_ms = paces
        for key, timeline in self._timelines.items():
            if not isinstance(timeline, tuple):
                self._lengths[key] = session_ms(timeline, paces)

    def length_ms(self, key: str) -> int | None:
        """Return about how long a choice takes; None while that is not known, and when its file is broken."""
        return self._lengths.get(key)

    def total(self, key: str) -> str | None:
        """Return the total time of a choice: empty when its file is broken, None when it is not known yet."""
        timeline = self._timelines.get(key)
        if isinstance(timeline, tuple):
            return ""
        length = self._lengths.get(key)
        if length is None:
            return None
        return about_words(length, is_about=timeline is not None and timeline.last_open >= 0, short=True)

    def dealt(self, key: str, seed: int, today: date) -> Timeline | tuple[Problem, ...]:
        """Return the timeline of a choice as `seed` shuffles it, at the targets of `today`."""
        timeline = self.timeline(key)
        if not isinstance(timeline, tuple) and any(interval.progression for interval in timeline.intervals):
            return self._at_targets(self.entry(key), seed, today)
        if isinstance(timeline, tuple) or timeline.seed is None:
            return timeline
        return self._unrolled(self.entry(key), seed)

    def next_without_total(self) -> str | None:
        """Return a choice whose total time is not known yet. None before all are read, and when all are known."""
        while self._without_total and self._without_total[-1] in self._timelines:
            self._without_total.pop()
        return self._without_total[-1] if self._without_total else None

    def _at_targets(self, entry: Entry, seed: int, today: date) -> Timeline | tuple[Problem, ...]:
        """Return the timeline of a routine in which something grows; as it is written when the history cannot say."""
        from coach.plan.ready import SessionWish, ready

        if entry.routine is None:
            return entry.problems
        try:
            return ready(entry.routine, self._library.catalogue(entry.routine), today, SessionWish(seed)).timeline
        except BrokenFile as error:
            return error.problems
        except CoachError:
            return self._unrolled(entry, seed)

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
    return Choice(str(found.path), called, yours, group=group, id=found.id, level=level[1] if level else "")


def _counted(id_: str) -> list[tuple[str, int]]:
    """Return an id in a form that sorts numbers by their size: level-2 comes before level-10."""
    return [(text, int(number or 0)) for text, number in _NUMBERS.findall(id_)]


def _rank(group: str) -> tuple[int, str]:
    """Return the rank of a group: the user's own, the aims, other tags by the alphabet, routines without a tag."""
    if group in AIMS:
        return 1, str(AIMS.index(group))
    return {YOURS: 0, OTHERS: 3}.get(group, 2), group


def _choice(entry: Entry) -> Choice:
    yours = entry.origin == "user"
    routine, name = entry.routine, name_in(entry)
    if routine is None:
        group = YOURS if yours else OTHERS
        return Choice(str(entry.path), name, yours, _trouble(entry), group, entry.id)
    group = YOURS if yours else safe(routine.tags[0]).casefold() if routine.tags else OTHERS
    things = tuple(safe(thing).casefold() for thing in routine.equipment)
    return Choice(str(entry.path), name, yours, "", group, entry.id, routine.level or "", things)


def name_in(entry: Entry) -> str:
    """Return the name of a routine as it is shown. A broken file may still have one; otherwise it is the id."""
    if entry.routine:
        return safe(entry.routine.name)
    try:
        name = _NAME.search(read_file(entry.path).decode("utf-8", "replace"))
    except CoachError:
        name = None
    return (safe(name[1]) if name else "") or safe(entry.id)


def _trouble(entry: Entry) -> str:
    """Return the first problem of a broken file."""
    if not entry.problems:
        return "this file cannot be read"
    first = entry.problems[0]
    return safe(f"line {first.line}: {first.message}" if first.line else first.message)


def _has_include(entry: Entry) -> bool:
    """Return whether a routine includes other routines. Then it changes with their files, too."""
    from coach.routine.model import Include, walk

    return entry.routine is not None and any(isinstance(step, Include) for step in walk(entry.routine.steps))


def about_words(ms: int, *, is_about: bool, short: bool = False) -> str:
    """Return a length in words: "7:15", or "about 9 min" where a part of it is an estimate; `short` is "~9 min"."""
    if not is_about:
        return clock(countdown_seconds(ms))
    return f"{'~' if short else 'about '}{max(1, round(ms / 60_000))} min"


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
