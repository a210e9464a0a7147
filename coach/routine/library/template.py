"""The text of a new file: complete as it is, with comments that show what else can be written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.syntax.emit import scalar

if TYPE_CHECKING:
    from coach.routine.ids import FileKind

SCHEMA_NAMES: dict[FileKind, str] = {"routine": "routine.schema.json", "exercise": "exercise.schema.json"}
"""The name of the schema beside a file; the first lines of a new file point editors to it."""

_ROUTINE = """\
# A one-line summary, words to search by, and the equipment it needs.
# Remove the "# " from a line to use it.
# summary: Squats, a plank and a short finisher.
# tags: [legs, beginner]
# equipment: [mat]

# prepare: 10s
rest: 20s

steps:
  - exercise: Squat
    reps: 12
    tempo: 3-1-1-0

  - exercise: Side plank
    time: 30s
    sides: each
    # sets: 2
    # rest: 15s
    # cue: Hips high

  # - wait: Put the band on

  - rest: 60s Walk about

  - block: Finisher
    rounds: 3
    rest: 10s
    # round_rest: 45s
    steps:
      - exercise: high-knees
        time: 20s
      - exercise: Wall sit
        time: 20s
"""

_EXERCISE = """\
# Remove the "# " from a line to use it.
# aliases: [another name]
# summary: What it is, in one line
# muscles: [calves]
# equipment: [mat]

cue: Push the floor away

# One rep, part by part.
phases:
  - 2s Up
  - 1s Hold
  - 3s Down

# The dose, unless a routine gives its own.
reps: 8
sides: each
# sets: 2

# key_points:
#   - What to get right
# mistakes:
#   - A common mistake
# easier: How to make it easier
# avoid_if: When to leave it out
"""
_TEXTS: dict[FileKind, str] = {"routine": _ROUTINE, "exercise": _EXERCISE}


def new_file_text(name: str, kind: FileKind) -> str:
    """Return the text of a new file for `name`."""
    schema = SCHEMA_NAMES[kind]
    return f"{schema_lines(schema)}name: {scalar(name)}\n\n{_TEXTS[kind]}"


def schema_lines(schema: str) -> str:
    """Return the comments that point editors to the schema: JetBrains editors read the second, all others the first."""
    return f"# yaml-language-server: $schema=./{schema}\n# $schema: ./{schema}\n"


def quick_text(name: str, spec: str) -> str:
    """Return a routine file with the steps of a line of the quick notation, as that line has them."""
    steps = "".join(f"  - {scalar(step)}\n" for step in quick_steps(spec))
    return f"{schema_lines(SCHEMA_NAMES['routine'])}name: {scalar(name)}\nsteps:\n{steps}"


def quick_steps(spec: str) -> list[str]:
    """Split a line of the quick notation into its steps, at commas outside brackets and quotes."""
    steps, depth, quoted = [""], 0, False
    for char in spec:
        quoted ^= char == '"'
        depth += 0 if quoted else (char == "(") - (char == ")")
        if char == "," and not quoted and depth <= 0:
            steps.append("")
        else:
            steps[-1] += char
    return [step.strip() for step in steps if step.strip()]
