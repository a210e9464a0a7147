"""The keys of a routine file: one table for each kind of mapping.

Each key has its parser, its words for people, an example, and its piece of JSON Schema (draft-07), so that the
reader, the help and the schema can never say different things.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from coach.routine import parsers as p

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coach.routine.model import Level, Pause, Phase, Reps, Sides, Until
    from coach.routine.parsers import Parser

T_co = TypeVar("T_co", covariant=True)

Schema = dict[str, object]
_TEXT: Schema = {"type": "string", "minLength": 1}
_TEXTS: Schema = {"type": "array", "items": {"type": ["string", "object"]}}
_WHOLE: Schema = {"type": "integer", "minimum": 1, "maximum": 999_999}
_DURATION: Schema = {"type": ["string", "integer"]}
_STEPS: Schema = {"type": "array", "minItems": 1, "items": {"$ref": "#/definitions/step"}}


@dataclass(frozen=True, slots=True)
class Field(Generic[T_co]):
    """One key: how its value is read, what it is for, an example as it is written, its JSON Schema."""

    key: str
    parse: Parser[T_co]
    words: str
    example: str
    schema: Schema
    required: bool = False
    empty: str | None = None
    """What to say when nothing follows the colon, over the usual sentence; "" allows it."""


@dataclass(frozen=True, slots=True)
class Table:
    """The keys of one kind of mapping; `later` holds keys of the format that are not supported yet."""

    noun: str
    fields: Mapping[str, Field[object]]
    later: Mapping[str, str] = field(default_factory=dict)


def _table(noun: str, *fields: Field[object], later: tuple[str, ...] = ()) -> Table:
    not_yet = {key: f'{noun} with "{key}" is not supported yet: take the line out' for key in later}
    return Table(noun, {each.key: each for each in fields}, not_yet)


def _rest(words: str, example: str, key: str = "rest") -> Field[Pause]:
    return Field(key, p.pause, words, example, _DURATION)


def _name(whose: str, example: str) -> Field[str]:
    empty = f"write the {whose} name after the colon"
    return Field("name", p.text, "What it is called.", example, _TEXT, required=True, empty=empty)


# Head of a file, and what routines and exercises share.
NAME = _name("routine's", "Runner's legs")
EXERCISE_NAME = _name("exercise's", "Wall sit")
SUMMARY = Field("summary", p.text, "One line that says what it is.", "Lunges and high knees.", _TEXT)
DESCRIPTION = Field("description", p.markdown, "A longer text, in Markdown, shown in the chooser.", "|", _TEXT)
TAGS = Field("tags", p.texts(example="[legs, beginner]"), "Words to find it by.", "[legs, beginner]", _TEXTS)
LEVELS = ("beginner", "intermediate", "advanced")
LEVEL: Field[Level] = Field(
    "level", cast("Parser[Level]", p.choice(*LEVELS)), "Who it is for.", "beginner", {"enum": list(LEVELS)}
)
EQUIPMENT = Field("equipment", p.texts(example="[mat]"), "What has to be at hand.", "[mat]", _TEXTS)
SOURCE = Field("source", p.text, "Where the facts come from.", "A book on running", _TEXT)
NOTICE = Field("notice", p.text, "Shown and confirmed once before the first start.", "Ask a doctor first.", _TEXT)
PREPARE = Field("prepare", p.duration, "Get-ready countdown; 10s when left out, 0 for none.", "10s", _DURATION)
LIST_REST = _rest("Rest between neighbouring steps of the list; a name may follow.", "30s")
WORK = Field("work", p.time, "Time for steps of the list that say none of their own.", "40s", _DURATION)
COUNTDOWN = Field(
    "countdown",
    p.whole(0, 10),
    "How many of the last seconds are counted, over the setting.",
    "3",
    {"type": "integer", "minimum": 0, "maximum": 10},
)
SOUNDS = Field("sounds", p.one(p.theme_name), "Sound theme, over the setting.", "soft", _TEXT)
STEPS = Field("steps", p.steps, "What to do, in order.", "- exercise: lunge", _STEPS, required=True)
EXERCISES = Field(
    "exercises",
    p.definitions,
    "Exercises of this routine only, by id.",
    "{wall-sit: {name: Wall sit}}",
    {"type": "object", "additionalProperties": {"$ref": "#/definitions/exercise"}},
)

# Dose and timing: an exercise file and a step share them.
REPS: Field[Reps | Until] = Field(
    "reps", p.reps, "Repetitions a side and direction, or max.", "12", {"type": ["integer", "string"]}
)
TIME = Field("time", p.time, "How long, a side.", "30s", _DURATION)
UNTIL = Field("until", p.until, "Open: goes on until this, and ends at a key.", "the band slips", _TEXT)
CAP = Field("cap", p.some_time, "Ends an open step at the latest.", "90s", _DURATION)
SIDE_WORDS = ("each", "left", "right", "alternate")
SIDES: Field[Sides] = Field(
    "sides",
    cast("Parser[Sides]", p.choice(*SIDE_WORDS)),
    "Each: all on the left, then all on the right. Alternate: in turn.",
    "each",
    {"enum": list(SIDE_WORDS)},
)
DIRECTIONS = Field(
    "directions",
    p.texts(example="[clockwise, anticlockwise]", distinct=True),
    "The reps are done in each of these directions.",
    "[clockwise, anticlockwise]",
    _TEXTS,
)
SETS = Field("sets", p.whole(1, listable=True), "How many times over.", "3", _WHOLE)
CADENCE = Field(
    "cadence",
    p.whole(1, 1000, listable=True),
    "Metronome, in beats a minute.",
    "150",
    {"type": "integer", "minimum": 1, "maximum": 1000},
)
PHASES: Field[tuple[Phase, ...]] = Field(
    "phases", p.phases, "One rep, part by part: seconds, then the cue. [] for none.", "- 6s Draw a circle", _TEXTS
)
TEMPO = Field(
    "tempo",
    p.tempo,
    "One rep in four parts, lower-hold-lift-hold; X is one second.",
    "3-1-1-0",
    {"type": ["string", "integer"]},
)
REP_TIME = Field("rep_time", p.some_time, "How long one rep takes.", "4s", _DURATION)
FIRST = Field(
    "first", p.choice("lower", "lift"), "What a tempo's rep begins with.", "lift", {"enum": ["lower", "lift"]}
)
CUE = Field("cue", p.cue, "Shown while it is done.", "Push the floor away", _TEXT)
AMOUNTS = (REPS, TIME, UNTIL)
TIMINGS = (PHASES, TEMPO, REP_TIME)
_DOSE = (REPS, TIME, UNTIL, CAP, SIDES, DIRECTIONS, SETS, CADENCE)
_TIMING = (PHASES, TEMPO, REP_TIME, FIRST)

# An exercise file only.
ALIASES = Field("aliases", p.texts(example="[split squat]", distinct=True), "Other names.", "[split squat]", _TEXTS)
MUSCLES = Field("muscles", p.texts(example="[thighs]"), "What works.", "[thighs, glutes]", _TEXTS)
KEY_POINTS = Field("key_points", p.texts(example="[Stay tall]"), "What makes it right.", "- Stay tall", _TEXTS)
MISTAKES = Field("mistakes", p.texts(example="[Heel lifts]"), "What often goes wrong.", "- Heel lifts", _TEXTS)
EASIER = Field("easier", p.text, "How to make it easier.", "Hold on to a wall.", _TEXT)
AVOID_IF = Field("avoid_if", p.text, "When to leave it out.", "Your knee hurts.", _TEXT)

# Steps.
EXERCISE = Field("exercise", p.text, "An exercise's id or name, or any title.", "lunge", _TEXT)
SET_REST = _rest("Rest between sets; a name may follow.", "45s")
SWITCH = _rest("Time to change side or direction; 5s when left out, 0 for none.", "5s Turn round", "switch")
NOTE = Field("note", p.text, "Shown in the rest before it.", "Take the band", _TEXT)
LOAD = Field("load", p.one(p.plain, listable=True), "Weight, band, height: any words.", "40 kg", _TEXT)
REST_STEP = _rest("A rest; a name may follow.", "60s Walk")
WAIT = Field("wait", p.text, "Goes on at a key; the words are shown.", "Put the band on", _TEXT)
BLOCK = Field("block", p.text, "Steps that belong together, and their name.", "Main part", {"type": "string"}, empty="")
ROUNDS = Field("rounds", p.whole(1), "How many times the steps are gone through.", "3", _WHOLE)
ROUND_REST = _rest('Rest between rounds; left out, it is the block\'s "rest".', "60s Walk", "round_rest")

ROUTINE_KEYS = _table(
    "a routine", NAME, SUMMARY, DESCRIPTION, TAGS, LEVEL, EQUIPMENT, SOURCE, NOTICE, PREPARE, LIST_REST, WORK,
    COUNTDOWN, SOUNDS, STEPS, EXERCISES,
)  # fmt: skip
EXERCISE_KEYS = _table(
    "an exercise file", EXERCISE_NAME, ALIASES, SUMMARY, MUSCLES, EQUIPMENT, CUE, *_TIMING, *_DOSE, KEY_POINTS,
    MISTAKES, EASIER, AVOID_IF, NOTICE, SOURCE,
)  # fmt: skip
WORK_KEYS = _table('a step with "exercise"', EXERCISE, *_DOSE, *_TIMING, SET_REST, SWITCH, CUE, NOTE, LOAD)
REST_KEYS = _table('a step with "rest"', REST_STEP)
WAIT_KEYS = _table('a step with "wait"', WAIT)
BLOCK_KEYS = _table(
    "a block", BLOCK, ROUNDS, LIST_REST, ROUND_REST, WORK, STEPS,
    later=("every", "time", "until", "cap", "shuffle", "pick", "cue"),
)  # fmt: skip
TABLES = (ROUTINE_KEYS, EXERCISE_KEYS, WORK_KEYS, REST_KEYS, WAIT_KEYS, BLOCK_KEYS)
STEP_TABLES: Mapping[str, Table] = {
    # The first of these keys that a step has says what it is: a block has rests, an exercise has them too.
    "block": BLOCK_KEYS,
    "exercise": WORK_KEYS,
    "wait": WAIT_KEYS,
    "rest": REST_KEYS,
}
