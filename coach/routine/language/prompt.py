"""A page for language models that write routines: rules, examples, and the keys from their tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.routine.language import fields as f

if TYPE_CHECKING:
    from coach.syntax.keys import Table

_HEAD = """\
# Write a routine for coach

You write workout routines for `coach`, an interval timer for the terminal. Answer with one YAML file in one code block
and nothing else. The user saves it as `some-name.yaml` and runs `coach check some-name.yaml`.

## Rules

1. Use only the keys in the lists below. There are no others. Never use YAML tags, anchors or `<<`.
2. The top level needs `name` and `steps`. A step is either one mapping that starts with `exercise`, `rest`, `wait`,
   `block` or `routine`, or one line of the quick notation.
3. Every exercise needs one dose: `time`, `reps`, `distance` or `until`. Write it as a key, never inside the name.
   `work: 40s` next to `steps` is the dose of every step in that list that has none. A dose is one value; write a range
   such as `8 to 12` only for reps or a time that should grow from session to session.
4. Durations: `45s`, `1m30s`, `1:30`, `2 min`. In keys a plain number means seconds; in the quick notation it means
   reps. Distances: `400 m`, `1.5 km`, `100 yd`, `1 mi`. Put a space before `m`: `5 m` is metres, `5m` is minutes.
5. `rest` next to `steps` goes between the steps of that list. `rest` on an exercise goes between its sets.
   `round_rest` on a block goes between rounds. Add a rest after the last step only if the session should end with it.
6. `reps` counts each side and direction separately. `time` and `distance` are per side with `sides: each`.
7. A list such as `reps: [12, 10, 8]` gives one value per round in a block with `rounds`, `time` or `until`, and one per
   set anywhere else. In `time` and `until` blocks the last value repeats. Each step of an `every` block takes one
   window: two steps with `rounds: 5` make ten windows.
8. `sides: each` on a block does everything in it on the left, then on the right. Its steps then have no `sides`.
9. Reps with `phases`, `tempo` or `rep_time` are timed. Without them the user does the reps at their own pace.
10. Put text in double quotes if it contains a colon and a space or a `#`, or starts with `[`, `{`, `*`, `&`, `!`, `@`
    or `%`. Use plain spaces, hyphens and straight quotes.
11. Keep cues short and imperative, at most 60 characters: the user reads them from three metres away.
12. Where a step or block should feel different from the others, write `effort: easy`, `moderate`, `hard` or `all-out`.
13. Give no medical advice. Put a warning that the user must confirm in `notice`.
"""

_QUICK = """\
## Quick notation

One step per line: `30s plank` · `12 squats` · `3x12 squat @3-1-1-0` · `3x30s/side side plank: hips high` ·
`400 m run` · `4x1 km` · `5 km run @5:00 /km` · `max push-ups` · `60s rest` · `60s rest Walk` ·
`wait Put the band on` · `8x(20s high knees, 10s rest)`.
`3x` means sets before a dose and rounds before `( )`. `/side` means both sides, also after `( )`. `@` adds a tempo, or
the pace of a distance. A colon adds a cue. The dose comes before the name. Separate the steps in `( )` with commas; in
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
    tables += [(f'In a step with "{kind}"', table) for kind, table in f.STEP_TABLES.items()]
    keys = "\n\n".join(_keys(title, table) for title, table in tables)
    return f"{_HEAD}\n## Keys\n\n{keys}\n\n{_QUICK}\n{_EXAMPLES}"


def _keys(title: str, table: Table) -> str:
    rows = [f"- `{field.key}`: {field.words} Example: `{_example(field.example)}`" for field in table.fields.values()]
    return "\n".join([f"{title}:", "", *rows])


def _example(example: str) -> str:
    return "| and the text on the next lines" if example == "|" else example
