"""The keys of routine and exercise files: one table for each kind of mapping.

Each key has its parser, a description, an example and its piece of JSON Schema (draft-07), so the reader, the help and
the schema always agree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from coach.routine.language import parsers as p
from coach.routine.model import EFFORTS, LEVELS
from coach.syntax.keys import Field, Table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coach.routine.model import (
        Amounts,
        Cue,
        Distance,
        Effort,
        Level,
        Pace,
        Pauses,
        Phase,
        Progress,
        Reps,
        RestTime,
        Series,
        Sides,
        Time,
        Until,
    )
    from coach.syntax.keys import Parser, Schema

_TEXT: Schema = {"type": "string", "minLength": 1}
_TEXTS: Schema = {"type": "array", "items": {"type": ["string", "object"]}}
_WHOLE: Schema = {"type": "integer", "minimum": 1, "maximum": 999_999}
_DURATION: Schema = {"type": ["string", "integer"]}
_BEAT: Schema = {"type": "integer", "minimum": 1, "maximum": 1000}
_REPS: Schema = {"type": ["integer", "string"]}
_DISTANCE: Schema = {"type": "string", "minLength": 1}
_CUE: Schema = {"anyOf": [_TEXT, {"type": "object", "minProperties": 1, "additionalProperties": _TEXT}]}
_STEPS: Schema = {"type": "array", "minItems": 1, "items": {"$ref": "#/definitions/step"}}


def _table(noun: str, *fields: Field[object]) -> Table:
    return Table(noun, {field.key: field for field in fields}, tuple(field.key for field in fields if field.required))


def _or_list(schema: Schema) -> Schema:
    """Return the schema of one value, or of a list with a value for each round or set."""
    return {"anyOf": [schema, {"type": "array", "minItems": 1, "items": schema}]}


def _rest(words: str, example: str, key: str = "rest") -> Field[RestTime]:
    return Field(key, p.pause, words, example, _DURATION)


def _name(whose: str, example: str) -> Field[str]:
    empty = f"write the {whose} name after the colon"
    return Field("name", p.text, "The name to show.", example, _TEXT, required=True, empty=empty)


# Head of a file, and what routines and exercises share.
NAME = _name("routine's", "Runner's legs")
EXERCISE_NAME = _name("exercise's", "Wall sit")
SUMMARY = Field("summary", p.text, "A one-line summary.", "Lunges and high knees.", _TEXT, prose=True)
DESCRIPTION = Field(
    "description", p.markdown, "A longer description in Markdown, shown in the chooser.", "|", _TEXT, prose=True
)
TAGS = Field("tags", p.texts(example="[legs, beginner]"), "Words to search by.", "[legs, beginner]", _TEXTS)
LEVEL: Field[Level] = Field(
    "level", cast("Parser[Level]", p.choice(*LEVELS)), "The level it is for.", "beginner", {"enum": list(LEVELS)}
)
EQUIPMENT = Field("equipment", p.texts(example="[mat]"), "The equipment it needs.", "[mat]", _TEXTS)
SOURCE = Field("source", p.text, "Where the information comes from.", "A book on running", _TEXT, prose=True)
NOTICE = Field(
    "notice", p.text, "A warning to read and confirm before the first start.", "Ask a doctor first.", _TEXT, prose=True
)
PREPARE = Field("prepare", p.duration, "Get-ready countdown; 10s by default, 0 for none.", "10s", _DURATION)
LIST_REST = _rest("Rest between the steps of this list, with a name if you like.", "30s")
ROUTINE_WORK: Field[Time | Distance] = Field(
    "work", p.work, "Time or distance for the steps of this list that have no dose.", "40s", _DURATION
)
COUNTDOWN = Field(
    "countdown",
    p.whole_number(0, 10),
    "How many of the last seconds to count down; overrides the setting.",
    "3",
    {"type": "integer", "minimum": 0, "maximum": 10},
)
SOUNDS = Field("sounds", p.one(p.theme_name), "Sound theme; overrides the setting.", "soft", _TEXT)
STEPS = Field("steps", p.steps, "What to do, in order.", "- exercise: lunge", _STEPS, required=True)
EXERCISES = Field(
    "exercises",
    p.definitions,
    "Exercises for this routine only, by id.",
    "{wall-sit: {name: Wall sit}}",
    {"type": "object", "additionalProperties": {"$ref": "#/definitions/exercise"}},
    often="steps",
)

# Dose and timing: an exercise file and a step share them, but only a step takes lists of values.
_REPS_WORDS, _TIME_WORDS = (
    "Reps per side and direction, a range such as 8 to 12, or max",
    "How long, per side; a range such as 20s to 60s",
)
_DISTANCE_WORDS = "How far, per side, in m, km, yd or mi; a key ends it"
_OR_LIST = "; a list gives one per round or set, and 0 skips that one."
EXERCISE_REPS: Field[Reps | Until] = Field("reps", p.reps, f"{_REPS_WORDS}.", "12", _REPS)
EXERCISE_TIME = Field("time", p.time, f"{_TIME_WORDS}.", "30s", _DURATION)
REPS: Field[Amounts] = Field("reps", p.reps_or_list, _REPS_WORDS + _OR_LIST, "12", _or_list(_REPS))
EXERCISE_DISTANCE = Field("distance", p.distance, f"{_DISTANCE_WORDS}.", "400 m", _DISTANCE)
TIME: Field[Amounts] = Field("time", p.times, _TIME_WORDS + _OR_LIST, "30s", _or_list(_DURATION))
DISTANCE: Field[Amounts] = Field("distance", p.far, _DISTANCE_WORDS + _OR_LIST, "400 m", _or_list(_DISTANCE))
_PACE_WORDS = "How fast to cover the distance: its time then counts in totals, and a key still ends it"
EXERCISE_PACE = Field("pace", p.pace, f"{_PACE_WORDS}.", "5:00 /km", _DISTANCE)
PACE: Field[Pace | Series[Pace]] = Field(
    "pace", p.paces, f"{_PACE_WORDS}; a list gives one per round or set.", "5:00 /km", _or_list(_DISTANCE)
)
UNTIL = Field(
    "until", p.until, "Open work that lasts until this happens; a key ends it.", "the band slips", _TEXT, prose=True
)
CAP = Field("cap", p.some_time, "Time limit for an open step.", "90s", _DURATION)
SIDE_WORDS = ("each", "left", "right", "alternate")
SIDES: Field[Sides] = Field(
    "sides",
    cast("Parser[Sides]", p.choice(*SIDE_WORDS)),
    "Each: all on the left, then all on the right. Alternate: left, right, left, right.",
    "each",
    {"enum": list(SIDE_WORDS)},
)
DIRECTIONS = Field(
    "directions",
    p.texts(example="[clockwise, anticlockwise]", distinct=True),
    "Do the reps in each of these directions.",
    "[clockwise, anticlockwise]",
    _TEXTS,
)
SETS = Field("sets", p.whole_number(1), "How many sets.", "3", _WHOLE)
EXERCISE_CADENCE = Field(
    "cadence", p.whole_number(1, 1000, listing=p.ONLY_IN_STEPS), "Metronome, in beats per minute.", "150", _BEAT
)
CADENCE: Field[int | Series[int]] = Field(
    "cadence",
    p.whole_numbers(1, 1000),
    "Metronome, in beats per minute; a list gives one per round or set.",
    "150",
    _or_list(_BEAT),
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
    "first", p.choice("lower", "lift"), "Which part of the tempo comes first.", "lift", {"enum": ["lower", "lift"]}
)
EXERCISE_CUE = Field("cue", p.exercise_cue, "Shown during the work.", "Push the floor away", _TEXT, prose=True)
CUE: Field[Cue] = Field(
    "cue",
    p.cue,
    "Shown during the work: one text, or texts at certain times, as in {2:00: Hold the pace, -10s: Nearly there}.",
    "Push the floor away",
    _CUE,
    prose=True,
)
AMOUNTS = (REPS, TIME, DISTANCE, UNTIL)
TIMINGS = (PHASES, TEMPO, REP_TIME)
_TIMING = (PHASES, TEMPO, REP_TIME, FIRST)


def _effort(words: str) -> Field[Effort]:
    parser = cast("Parser[Effort]", p.choice(*EFFORTS))
    return Field("effort", parser, words, "hard", {"enum": list(EFFORTS)})


EXERCISE_EFFORT = _effort("How hard it should feel.")
EFFORT = _effort("How hard it should feel; by default as in the block or the exercise file.")
BLOCK_EFFORT = _effort("How hard the steps in it should feel, unless they say otherwise.")

# An exercise file only.
ALIASES = Field("aliases", p.texts(example="[split squat]", distinct=True), "Other names.", "[split squat]", _TEXTS)
MUSCLES = Field("muscles", p.texts(example="[thighs]"), "The muscles that work.", "[thighs, glutes]", _TEXTS)
KEY_POINTS = Field("key_points", p.texts(example="[Stay tall]"), "What to get right.", "- Stay tall", _TEXTS)
MISTAKES = Field("mistakes", p.texts(example="[Heel lifts]"), "Common mistakes.", "- Heel lifts", _TEXTS)
EASIER = Field("easier", p.text, "How to make it easier.", "Hold on to a wall.", _TEXT, prose=True)
FIGURE = Field(
    "figure", p.one(p.figure_name), "The figure to show; by default the one with the same id.", "squat", _TEXT
)
AVOID_IF = Field("avoid_if", p.text, "When to leave it out.", "Your knee hurts.", _TEXT, prose=True)

# Steps.
EXERCISE = Field("exercise", p.text, "An exercise's id or name, or any title.", "lunge", _TEXT)
SET_REST: Field[Pauses] = Field(
    "rest",
    p.pauses,
    "Rest between sets, with a name if you like; a list gives one per rest.",
    "45s",
    _or_list(_DURATION),
)
SWITCH = _rest("Time to change sides or direction; 5s by default, 0 for none.", "5s Turn round", "switch")
NOTE = Field("note", p.text, "Shown in the rest or get-ready before it.", "Take the band", _TEXT, prose=True)
LOAD: Field[str | Series[str]] = Field(
    "load",
    p.loads,
    "Weight, band or height, in any words; a list gives one per round or set.",
    "40 kg",
    _or_list(_TEXT),
    prose=True,
)
PROGRESS: Field[Progress] = Field(
    "progress",
    p.progress,
    "How much the next session adds: a load such as 2 kg, a time such as 5s, or reps such as 1; none for no progress.",
    "2 kg",
    {"type": ["string", "integer"]},
)
AS = Field("as", p.text, "A word that keeps this progress separate from the same exercise elsewhere.", "heavy", _TEXT)
OPTIONAL = Field("optional", p.flag, "Skipped first when time is short.", "yes", {"type": "boolean"})
FIXED = Field(
    "fixed",
    p.flag,
    "Keep its rests at full length when time is short.",
    "yes",
    {"type": "boolean"},
)
REST_STEP = _rest("A rest, with a name if you like.", "60s Walk")
WAIT = Field("wait", p.text, "Shows this text and waits for a key.", "Put the band on", _TEXT, prose=True)
BLOCK = Field(
    "block",
    p.block_name,
    "A group of steps, with a name if you like.",
    "Main part",
    {"type": "string"},
    empty="",
    often="steps",
)
ROUNDS = Field("rounds", p.whole_number(1), "How many times to do the steps.", "3", _WHOLE)
ROUND_REST: Field[Pauses] = Field(
    "round_rest",
    p.pauses,
    'Rest between rounds; by default the block\'s "rest"; a list gives one per rest.',
    "60s Walk",
    _or_list(_DURATION),
)
WORK: Field[Amounts] = Field(
    "work",
    p.work_or_list,
    "Time or distance for the steps of the block that have no dose; a list gives one per round.",
    "40s",
    _or_list(_DURATION),
)
EVERY = Field(
    "every", p.some_time, "Start a step each time this much time has passed, as in an EMOM.", "60s", _DURATION
)
BLOCK_TIME = Field("time", p.some_time, "As many rounds as fit in this time, as in an AMRAP.", "20m", _DURATION)
BLOCK_UNTIL = Field(
    "until", p.until, "Work for time: the clock counts up until you press a key.", "done", _TEXT, prose=True
)
BLOCK_CAP = Field("cap", p.some_time, 'Time limit for a block with "until".', "15m", _DURATION)
SHUFFLE = Field(
    "shuffle", p.flag, "Shuffle the steps like a deck of cards, again in each round.", "true", {"type": "boolean"}
)
PICK = Field("pick", p.whole_number(1), "How many of the shuffled steps to do in each round.", "2", _WHOLE)
BLOCK_CUE: Field[Cue] = Field(
    "cue",
    p.cue,
    'Shown during a block with "every", "time" or "until".',
    "{10:00: Half-way}",
    _CUE,
    prose=True,
)
BLOCK_SIDES: Field[Sides] = Field(
    "sides",
    cast("Parser[Sides]", p.choice(*SIDE_WORDS)),
    "Each: all rounds on the left, then all on the right. Alternate: the side changes each round.",
    "each",
    {"enum": list(SIDE_WORDS)},
)
BLOCK_SWITCH = _rest("Time to change sides; 5s by default, 0 for none.", "5s Turn round", "switch")
INCLUDE = Field(
    "routine", p.one(p.routine_name), "Another routine, by its id or name: its steps are done here.", "cool-down", _TEXT
)

ROUTINE_KEYS = _table(
    "a routine", NAME, SUMMARY, DESCRIPTION, TAGS, LEVEL, EQUIPMENT, SOURCE, NOTICE, PREPARE, LIST_REST,
    ROUTINE_WORK, COUNTDOWN, SOUNDS, STEPS, EXERCISES,
)  # fmt: skip
EXERCISE_KEYS = _table(
    "an exercise file", EXERCISE_NAME, ALIASES, SUMMARY, MUSCLES, EQUIPMENT, EXERCISE_CUE, *_TIMING,
    EXERCISE_REPS, EXERCISE_TIME, EXERCISE_DISTANCE, EXERCISE_PACE, UNTIL, CAP, SIDES, DIRECTIONS, SETS,
    EXERCISE_CADENCE, EXERCISE_EFFORT, KEY_POINTS, MISTAKES, EASIER, AVOID_IF, FIGURE, NOTICE, SOURCE,
)  # fmt: skip
WORK_KEYS = _table(
    'a step with "exercise"', EXERCISE, REPS, TIME, DISTANCE, PACE, UNTIL, CAP, SIDES, DIRECTIONS, SETS, CADENCE,
    *_TIMING, SET_REST, SWITCH, CUE, NOTE, LOAD, EFFORT, PROGRESS, AS, OPTIONAL, FIXED,
)  # fmt: skip
REST_KEYS = _table('a step with "rest"', REST_STEP)
WAIT_KEYS = _table('a step with "wait"', WAIT)
INCLUDE_KEYS = _table('a step with "routine"', INCLUDE, OPTIONAL)
BLOCK_KEYS = _table(
    "a block", BLOCK, ROUNDS, EVERY, BLOCK_TIME, BLOCK_UNTIL, BLOCK_CAP, SHUFFLE, PICK, LIST_REST, ROUND_REST, WORK,
    BLOCK_CUE, BLOCK_SIDES, BLOCK_SWITCH, BLOCK_EFFORT, OPTIONAL, FIXED, STEPS,
)  # fmt: skip
FRAMES = (EVERY, BLOCK_TIME, BLOCK_UNTIL)
"""The keys that make a block more than rounds; it has at most one of them."""
STEP_TABLES: Mapping[str, Table] = {
    # The first of these keys in a step decides its kind: a block or an exercise may have "rest" as well.
    "block": BLOCK_KEYS,
    "exercise": WORK_KEYS,
    "routine": INCLUDE_KEYS,
    "wait": WAIT_KEYS,
    "rest": REST_KEYS,
}
TABLES: tuple[Table, ...] = (ROUTINE_KEYS, EXERCISE_KEYS, *STEP_TABLES.values())
