"""A routine, its exercises and their parts as values. Times are whole milliseconds.

Nothing here knows YAML. Every value that a later rule may complain about keeps its `Place`.
"""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Generic, Literal, TypeAlias, TypeVar, get_args

from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_T_co = TypeVar("_T_co", covariant=True)

Sides = Literal["each", "left", "right", "alternate"]
Level = Literal["beginner", "intermediate", "advanced"]
LEVELS: tuple[Level, ...] = get_args(Level)
"""The easiest first."""
Effort = Literal["easy", "moderate", "hard", "all-out"]
EFFORTS: tuple[Effort, ...] = get_args(Effort)
"""The easiest first."""
Unit = Literal["m", "km", "yd", "mi"]

_TENTHS_OF_MM: Mapping[Unit, int] = {"m": 10_000, "km": 10_000_000, "yd": 9_144, "mi": 16_093_440}
"""How long each unit is, exactly."""


@frozen
class Place:
    """Where a value stands in its file. Both count from 1; 0 means nowhere."""

    line: int = 0
    column: int = 0


NOWHERE = Place()


@frozen
class Source:
    """One of the files that a session is made of: the routine's own, or one that it names.

    `name` is the name by which the routine calls it, folded to lower case; `id` is its file's stem, `file` its path.
    """

    role: Literal["routine", "include", "exercise"]
    name: str
    id: str
    file: str
    text: bytes


@frozen
class Series(Generic[_T_co]):
    """A list of values instead of one: a value for each round, or for each set.

    `place` is for the problem that the list has the wrong length.
    """

    values: tuple[_T_co, ...]
    place: Place = NOWHERE


@frozen
class RestTime:
    """How long a rest or a switch lasts, and the name that the screen shows for it, if it has one."""

    ms: int
    name: str | None = None


@frozen
class Phase:
    """One numbered part of a rep."""

    ms: int
    cue: str = ""


@frozen
class Time:
    """An amount in milliseconds, for each side."""

    ms: int
    most: int | None = None
    """The top of a range such as "20s to 60s", whose bottom is `ms`; None without a range."""


@frozen
class Reps:
    """An amount in repetitions, for each side and direction."""

    count: int
    most: int | None = None
    """The top of a range such as "8 to 12", whose bottom is `count`; None without a range."""


@frozen
class Distance:
    """An amount in `thousandths` of a unit, for each side. Such work is open: a key ends it."""

    thousandths: int
    unit: Unit = "m"

    @property
    def mm(self) -> int:
        """The distance in whole millimetres."""
        return (self.thousandths * _TENTHS_OF_MM[self.unit] + 5_000) // 10_000

    @classmethod
    def of_mm(cls, mm: int, unit: Unit) -> Distance:
        """Return `mm` millimetres in thousandths of `unit`, rounded to the nearest."""
        tenths = _TENTHS_OF_MM[unit]
        return cls((20_000 * mm + tenths) // (2 * tenths), unit)

    @property
    def words(self) -> str:
        """The distance as people write it: "400 m", "1.5 km"."""
        whole, part = divmod(self.thousandths, 1000)
        return f"{whole}{f'.{part:03}'.rstrip('0') if part else ''} {self.unit}"


@frozen
class Pace:
    """How long a distance takes: `ms` for each `per`."""

    ms: int
    per: Distance

    def for_distance(self, distance: Distance) -> int:
        """Return how many milliseconds `distance` takes at this pace, at least 1."""
        far, per = (length.thousandths * _TENTHS_OF_MM[length.unit] for length in (distance, self.per))
        return max(1, (2 * self.ms * far + per) // (2 * per))


@frozen
class Until:
    """Open work: a key ends it, or the step's `cap_ms`. `words` say when, such as "the band slips"."""

    words: str


Amount: TypeAlias = Time | Reps | Distance | Until
Amounts: TypeAlias = Amount | Series[Amount | None]
"""One amount, or one for each round or set; None leaves the step out of that round or set."""
Pauses: TypeAlias = RestTime | Series[RestTime]


@frozen
class Moment:
    """A cue shown from `offset_ms` on, which counts from the start of a bout, or from its end when negative."""

    offset_ms: int
    text: str
    place: Place = NOWHERE


Cue: TypeAlias = str | tuple[Moment, ...]


@frozen
class Dose:
    """How much work: the amount, and how often and which way. None means that this place does not say."""

    amount: Amounts | None = None
    sides: Sides | None = None
    directions: tuple[str, ...] | None = None
    sets: int | None = None
    cadence: int | Series[int] | None = None
    """Metronome, in beats per minute."""
    pace: Pace | Series[Pace] | None = None
    """How fast a distance is covered, which gives it a planned length."""
    cap_ms: int | None = None


@frozen
class Exercise:
    """An exercise file, or a definition private to one routine.

    `phases` is one rep, in order; empty when reps are not timed.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    summary: str | None = None
    muscles: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()
    cue: str | None = None
    phases: tuple[Phase, ...] = ()
    dose: Dose = Dose()
    effort: Effort | None = None
    key_points: tuple[str, ...] = ()
    mistakes: tuple[str, ...] = ()
    easier: str | None = None
    avoid_if: str | None = None
    notice: str | None = None
    source: str | None = None
    figure: str | None = None
    """The id of the figure that shows it; None means the exercise's own id, an empty text no figure at all."""
    file: str = ""
    place: Place = NOWHERE
    text: bytes = field(default=b"", compare=False, repr=False)
    """The bytes of its file; empty for an exercise that is private to a routine."""


@frozen
class Progress:
    """How much more the next session asks for, if the last one went as asked.

    `size` counts reps or milliseconds, and thousandths of `unit` for a load.
    """

    kind: Literal["none", "reps", "time", "load"]
    size: int = 0
    unit: str = ""


@frozen
class Work:
    """A step that is an exercise. `exercise` is the name as it was written.

    `phases` is None for those of the exercise file, and () for none.
    """

    exercise: str
    dose: Dose = Dose()
    phases: tuple[Phase, ...] | None = None
    cue: Cue | None = None
    note: str | None = None
    load: str | Series[str] | None = None
    rest: Pauses | None = None
    """Between sets."""
    switch: RestTime | None = None
    """Between sides and between directions."""
    effort: Effort | None = None
    """How hard it should feel; None takes that of the block around it, or of the exercise file."""
    progress: Progress | None = None
    """How a range or a load grows; None for the usual way."""
    progression: str | None = None
    """A word that keeps its progress apart from that of the same exercise elsewhere."""
    optional: bool = False
    """Whether it goes first when there is too little time."""
    fixed: bool = False
    """Whether its rests stay as they are when there is too little time."""
    place: Place = NOWHERE


@frozen
class Rest:
    """A step that is a rest."""

    pause: RestTime
    place: Place = NOWHERE


@frozen
class Wait:
    """A step that lasts until a key is pressed; `text` is shown."""

    text: str
    place: Place = NOWHERE


@frozen
class Block:
    """Steps that belong together.

    A plain block does them in order, `rounds` times, or once when `rounds` is None. With `every_ms` each step starts on
    the next multiple of that time; with `time_ms` the steps repeat until the time is up; with `until` they are one open
    piece of work, and `rounds` is its target. A block has at most one of the three.
    """

    steps: tuple[Step, ...]
    name: str = ""
    rounds: int | None = None
    rest: RestTime | None = None
    """Between neighbouring steps of a round."""
    round_rest: Pauses | None = None
    """Between rounds; None means `rest`."""
    work: Amounts | None = None
    """For steps that have no dose of their own."""
    every_ms: int | None = None
    time_ms: int | None = None
    until: Until | None = None
    cap_ms: int | None = None
    """Ends an open block at the latest."""
    shuffle: bool = False
    pick: int | None = None
    """How many of the shuffled steps a round deals; None for all."""
    cue: Cue | None = None
    """For a block that is one interval."""
    sides: Sides | None = None
    """`each` does the whole block on the left, then on the right; `alternate` changes the side each round."""
    switch: RestTime | None = None
    """Between sides."""
    effort: Effort | None = None
    """For steps that have none of their own, those of blocks and routines inside it, too."""
    optional: bool = False
    """Whether it goes first when there is too little time."""
    fixed: bool = False
    """Whether its rests stay as they are when there is too little time: they are the protocol."""
    place: Place = NOWHERE

    @property
    def is_open(self) -> bool:
        """Whether its rounds repeat until a time is up or a key ends them."""
        return self.time_ms is not None or self.until is not None

    @property
    def varies_by_round(self) -> bool:
        """Whether a list inside has a value for each round; otherwise it has one for each set."""
        return self.is_open or self.rounds is not None or isinstance(self.work, Series)


@frozen
class Include:
    """A step that stands for all steps of another routine, which it names by id or name."""

    routine: str
    place: Place = NOWHERE
    optional: bool = False
    """Whether it goes first when there is too little time."""


Step: TypeAlias = Work | Rest | Wait | Block | Include


def values_of(values: _T_co | Series[_T_co]) -> tuple[_T_co, ...]:
    """Return the values of a list, or the single value that stands instead of a list."""
    return values.values if isinstance(values, Series) else (values,)


def lists_of(dose: Dose, load: str | Series[str] | None) -> list[Series[object]]:
    """Return the lists in a dose and a load, whose values are for rounds or sets."""
    return [value for value in (dose.amount, dose.cadence, dose.pace, load) if isinstance(value, Series)]


def is_work(step: Step) -> bool:
    """Return whether a step is work or contains work, and is not a break between two others."""
    match step:
        case Work() | Block() | Include():
            return True
        case Rest() | Wait():
            return False


def walk(steps: Iterable[Step]) -> Iterator[Step]:
    """Yield every step in the order it is written, each block before the steps inside it; includes stay closed."""
    for step in steps:
        yield step
        if isinstance(step, Block):
            yield from walk(step.steps)


@frozen
class Routine:
    """A routine file. `id` is the file's stem; `file` is where it was read from, for messages."""

    id: str
    name: str
    steps: tuple[Step, ...]
    summary: str | None = None
    description: str | None = None
    tags: tuple[str, ...] = ()
    level: Level | None = None
    equipment: tuple[str, ...] = ()
    source: str | None = None
    notice: str | None = None
    prepare_ms: int = 10_000
    rest: RestTime | None = None
    work: Time | Distance | None = None
    countdown: int | None = None
    """How many of the last seconds are counted down, in place of the user's setting; None for the setting."""
    sounds: str | None = None
    """Sound theme, in place of the user's setting."""
    exercises: Mapping[str, Exercise] = field(default_factory=dict)
    """The routine's private exercises by id; they replace files of the same id, name or alias."""
    file: str = ""
    text: bytes = field(default=b"", compare=False, repr=False)
    """The bytes of its file; for a line of the quick notation, those of a file with the same steps."""
