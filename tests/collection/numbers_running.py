"""The numbers of the exercises and routines for runners that stand beside the articles and protocols in `numbers.py`.

The same tables in the same notation. What a published source says is marked with it; all other doses are the project's
own choice.
"""

from __future__ import annotations

from tests.collection.numbers import EACH, Exercise

ALTERNATE = "alternate"

EXERCISES = {
    "pogo-hop": Exercise(time=10, sets=5),  # Engeroff 2023
    "split-squat": Exercise((3, 1, 1), reps=8, sides=EACH, sets=2),
    "single-leg-heel-raise": Exercise((2, 1, 3), reps=12, sides=EACH, sets=2),
    "bent-knee-heel-raise": Exercise((1, 2, 3), reps=12, sides=EACH, sets=2),
    "step-down": Exercise((3, 1), reps=8, sides=EACH, sets=2),
    "copenhagen-plank": Exercise((3, 3), reps=6, sides=EACH, sets=2),  # Ishøi 2016
    "bird-dog": Exercise((1, 8, 1), reps=6, sides=EACH),  # McGill 2010: ten seconds a rep at most
    "dead-bug": Exercise((3, 1, 2), reps=6, sides=ALTERNATE),
}

ROUTINES = {
    "runner-strength-a": [
        "split-squat: 8 each x 2, phases 3 1 1 [switch 5, rest 60]",
        "- 45",
        "single-leg-heel-raise: 12 each x 2, phases 2 1 3 [switch 5, rest 30]",
        "- 45",
        "copenhagen-plank: 6 each x 2, phases 3 3 [switch 10, rest 45]",
        "- 45",
        "dead-bug: 6 alternate, phases 3 1 2",
    ],
    "runner-strength-b": [
        "step-down: 8 each x 2, phases 3 1 [switch 5, rest 45]",
        "- 45",
        "bent-knee-heel-raise: 12 each x 2, phases 1 2 3 [switch 5, rest 30]",
        "- 45",
        "hip-thrust-knee-lift: 5 each x 2, phases 2 2 2 2 [switch 5, rest 45]",
        "- 45",
        "bird-dog: 6 each, phases 1 8 1 [switch 5]",
    ],
}

TOTALS_S = {
    "runner-strength-a": (2 * 85 + 60) + (2 * 149 + 30) + (2 * 82 + 45) + 72 + 3 * 45,
    "runner-strength-b": (2 * 69 + 45) + (2 * 149 + 30) + (2 * 85 + 45) + 125 + 3 * 45,
}

HOPPING = {1: (5, 50), 2: (6, 40), 3: (8, 30), 4: (10, 20), 5: (15, 10)}
"""Bouts of ten seconds and the seconds between them, by week of the trial; the sixth week is like the fifth."""

RETURN_TO_RUNNING = {level: (10 - level, level) for level in range(1, 10)}
"""Minutes of walking and of running, three times over; the tenth level is thirty minutes of running."""
