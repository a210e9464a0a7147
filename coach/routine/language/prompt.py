"""A page for language models that write routines: rules, examples, and the keys from their tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.routine.language import fields as f

if TYPE_CHECKING:
    from coach.syntax.keys import Table

_HEAD = """\
# Write a routine for coach

You write workout routines for `coach`, an interval timer for the terminal. Answer with one YAML file in one code block
and nothing else. The person saves it as `name-of-it.yaml` and runs `coach check name-of-it.yaml`.

## Rules

1. Use only the keys in the tables below. There are no others. Never use YAML tags, anchors or `<<`.
2. The top needs `name` and `steps`. A step is one mapping that begins with `exercise`, `rest`, `wait`, `block` or
   `routine`, or one line of the quick notation.
3. Every exercise needs one dose: `time`, `reps`, `distance` or `until`, as a key and never inside the name.
   `work: 40s` above a list is the dose of those of its steps that have none. A dose is one value, never a range such as
   `8-12`.
4. Durations: `45s`, `1m30s`, `1:30`, `2 min`. In keys a bare number is seconds; in the quick notation it is reps.
   Distances: `400 m`, `1.5 km`, `100 yd`, `1 mi`. Before `m` there is a space: `5 m` is metres, `5m` minutes.
5. `rest` beside `steps` stands between neighbouring steps of that list. `rest` on an exercise stands between its sets.
   `round_rest` on a block stands between rounds. Write a rest after the last step only where the session is to end
   with it.
6. `reps` count for each side and direction. `time` and `distance` are per side with `sides: each`.
7. A list such as `reps: [12, 10, 8]` has a value for each round of a block with `rounds`, `time` or `until`, else for
   each set. In `time` and `until` blocks the last value stays. Each step of an `every` block takes a window: two steps
   and `rounds: 5` are ten windows.
8. `sides: each` on a block does all of it on the left, then on the right; its steps have no `sides` then.
9. Reps with `phases`, `tempo` or `rep_time` are timed; without they are at the person's own pace.
10. Put a text in double quotes when it has a colon and a space, a `#`, or begins with `[`, `{`, `*`, `&`, `!`, `@` or
    `%`. Use plain spaces, hyphens and straight quotes.
11. Cues are short and in the imperative, at most 60 characters. The person reads them from three metres away.
12. Write `effort: easy`, `moderate`, `hard` or `all-out` on steps or blocks of intervals that differ in how hard they
    should feel.
13. Give no medical advice. Put a warning that has to be confirmed into `notice`.
"""

_QUICK = """\
## Quick notation

A step in one line: `30s plank` · `12 squats` · `3x12 squat @3-1-1-0` · `3x30s/side side plank: hips high` ·
`400 m run` · `4x1 km` · `5 km run @5:00 /km` · `max push-ups` · `60s rest` · `60s rest Walk` ·
`wait Put the band on` · `8x(20s high knees, 10s rest)`.
`3x` is sets before a dose and rounds before `( )`; `/side` does both sides, also after `( )`; `@` gives the tempo, or
the pace of a distance; a colon the cue. The dose comes before the name. Steps in `( )` have commas between them, and in
an `every` block they share one window.
"""

_EXAMPLES = """\
## Examples

```yaml
name: Tabata
steps:
  - 8x(20s high knees, 10s rest)
```

```yaml
name: Legs and trunk
summary: Squats by tempo, a plank on each side, and a short finisher.
tags: [legs, trunk]
level: beginner
equipment: [mat]
rest: 30s
steps:
  - exercise: Squat
    reps: [12, 10, 8]
    tempo: 3-1-1-0
    rest: 60s
    cue: Push the floor away
  - exercise: Side plank
    time: 30s
    sides: each
    switch: 5s Turn round
  - wait: Put the band on
  - exercise: Banded walk
    until: the band slips
    cap: 90s
  - block: Finisher
    rounds: 3
    round_rest: 45s
    rest: 10s
    steps:
      - 20s high knees
      - exercise: Wall sit
        time: 20s
        cue: {10s: Press the floor away, -5s: Nearly there}
```

```yaml
name: Calves in phases
steps:
  - exercise: Calf raise
    reps: 8
    sides: each
    sets: 2
    rest: 45s
    phases:
      - 2s Rise on the toes
      - 1s Stay high
      - 3s Lower slowly
```

```yaml
name: Every minute, then as many rounds as you can
steps:
  - block: Every minute
    every: 60s
    rounds: 6
    steps:
      - 12 swings
      - (5 push-ups, 5 squats)
  - rest: 2 min
  - block: As many rounds as you can
    time: 8m
    steps:
      - 5 pull-ups
      - 10 push-ups
      - 15 squats
```

```yaml
name: Intervals, a ladder, and a stretch on both sides
steps:
  - 10m Easy run
  - exercise: Run
    distance: 400 m
    pace: 4:40 /km
    sets: 6
    rest: 90s Jog
  - rest: 3m Walk
  - block: For time
    until: done
    cap: 12m
    steps:
      - exercise: Burpee
        reps: [21, 15, 9]
      - exercise: Swing
        reps: [21, 15, 9]
        load: 16 kg
  - rest: 2m
  - block: Stretch
    sides: each
    switch: 10s Change legs
    rest: 5s
    steps:
      - 45s half-kneeling stretch
      - 45s calf stretch
  - rest: 3m Lie down
```
"""


def prompt_page() -> str:
    """Return the page, in Markdown."""
    tables = [("At the top of the file", f.ROUTINE_KEYS)]
    tables += [(f'Beside "{kind}", in a step', table) for kind, table in f.STEP_TABLES.items()]
    keys = "\n\n".join(_keys(title, table) for title, table in tables)
    return f"{_HEAD}\n## Keys\n\n{keys}\n\n{_QUICK}\n{_EXAMPLES}"


def _keys(title: str, table: Table) -> str:
    rows = [f"- `{field.key}`: {field.words} Example: `{_example(field.example)}`" for field in table.fields.values()]
    return "\n".join([f"{title}:", "", *rows])


def _example(example: str) -> str:
    return "| and the text on the next lines" if example == "|" else example
