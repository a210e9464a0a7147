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
    # Johnson 2009, the Myrtl routine: ten a leg, and five with each of three feet.
    "leg-swing-front": Exercise((1, 1), reps=10, sides=EACH),
    "leg-swing-side": Exercise((1, 1), reps=10, sides=EACH),
    "side-lying-leg-raise": Exercise((1, 1, 1), reps=5, sides=EACH, directions=("foot level", "toes down", "toes up")),
    # Johnson 2010 after Gray, the lunge matrix: five a leg, the legs in turn.
    "forward-lunge": Exercise((1, 1, 1), reps=5, sides=ALTERNATE),
    "lunge-twist": Exercise((1.5, 1, 1.5), reps=5, sides=ALTERNATE),
    "open-lunge": Exercise((1, 1, 1), reps=5, sides=ALTERNATE),
    "reverse-lunge": Exercise((1, 1, 1), reps=5, sides=ALTERNATE),
    "knee-to-wall": Exercise((2, 1, 1), reps=8, sides=EACH),
    "heel-flicks": Exercise(time=20, cadence=160),
    "stride": Exercise(time=20, sets=6),
    # Soligard 2008: thirty seconds, twice.
    "single-leg-balance": Exercise(time=30, sides=EACH, sets=2),
    "lateral-hop": Exercise((1, 2), reps=5, sides=ALTERNATE, sets=2),
    "single-leg-hop": Exercise(time=10, sides=EACH, sets=2, cadence=120),
    "short-foot": Exercise((2, 5, 2), reps=8, sides=EACH),
    "toe-yoga": Exercise((2, 2), time=60, sides=EACH),
    "toe-raise": Exercise((1, 1, 2), reps=12, sets=2),
    "towel-heel-raise": Exercise((3, 2, 3), reps=12, sides=EACH, sets=3),  # Rathleff 2015
    "curl-up": Exercise((1, 8, 1), reps=3, sides=EACH),  # McGill 2010
    # Garber 2011: ten to thirty seconds a hold.
    "calf-stretch": Exercise(time=30, sides=EACH),
    "bent-knee-calf-stretch": Exercise(time=30, sides=EACH),
    "quad-stretch": Exercise(time=30, sides=EACH),
    "figure-four": Exercise(time=30, sides=EACH),
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
    "run-warm-up": [
        "leg-swing-front: 10 each, phases 1 1 [switch 5]",
        "- 8",
        "leg-swing-side: 10 each, phases 1 1 [switch 5]",
        "- 8",
        "knee-to-wall: 6 each, phases 2 1 1 [switch 5]",
        "- 8",
        "reverse-lunge: 5 alternate, phases 1 1 1",
        "- 8",
        "heel-flicks: 20s, at 160",
        "- 8",
        "high-knees: 20s, at 150",
        "- 8",
        "a-skip: 20s x 2 [rest 15]",
    ],
    "lunge-matrix": [
        "forward-lunge: 5 alternate, phases 1 1 1",
        "- 5",
        "lunge-twist: 5 alternate, phases 1.5 1 1.5",
        "- 5",
        "side-lunge: 5 alternate, phases 1 2 1 1",
        "- 5",
        "open-lunge: 5 alternate, phases 1 1 1",
        "- 5",
        "reverse-lunge: 5 alternate, phases 1 1 1",
    ],
    "strides": ["stride: 20s x 6 [rest 60]"],
    "core-three": [
        "curl-up: 3 2 1 each x 3, phases 1 8 1 [switch 5, rest 20]",
        "- 20",
        "side-plank-lift: 3 2 1 each x 3, phases 1 8 1 [switch 5, rest 20]",
        "- 20",
        "bird-dog: 3 2 1 each x 3, phases 1 8 1 [switch 5, rest 20]",
    ],
    "hip-and-core": [
        "side-lying-leg-raise: 5 each foot level toes down toes up, phases 1 1 1 [switch 5]",
        "- 15",
        "hip-thrust-knee-lift: 5 each, phases 2 2 2 2 [switch 5]",
        "- 15",
        "dead-bug: 6 alternate, phases 3 1 2",
        "- 15",
        "bird-dog: 3 each, phases 1 8 1 [switch 5]",
        "- 15",
        "step-down: 8 each, phases 3 1 [switch 5]",
        "- 15",
        "single-leg-balance: 30s each [switch 5]",
    ],
    "foot-core": [
        "toe-yoga: 60s each, phases 2 2 [switch 5]",
        "- 15",
        "short-foot: 5 each, phases 2 5 2 [switch 5]",
        "- 15",
        "single-leg-balance: 30s each [switch 5]",
        "- 15",
        "single-leg-heel-raise: 10 each, phases 2 1 3 [switch 5]",
        "- 15",
        "toe-raise: 12, phases 1 1 2",
    ],
    "post-run-stretch": [
        "calf-stretch: 30s each [switch 5]",
        "- 8",
        "bent-knee-calf-stretch: 30s each [switch 5]",
        "- 8",
        "quad-stretch: 30s each [switch 5]",
        "- 8",
        "half-kneeling-stretch: 30s each [switch 5]",
        "- 8",
        "figure-four: 30s each [switch 5]",
        "- 8",
        "standing-flexion: 3, phases 4 3 3",
    ],
    "springs": [
        "pogo-hop: 10s x 3 [rest 30]",
        "- 45",
        "lateral-hop: 5 alternate x 2, phases 1 2 [rest 45]",
        "- 45",
        "single-leg-hop: 10s each x 2, at 120 [switch 10, rest 45]",
    ],
    # Rathleff 2015: twelve, ten and eight reps at most, in three, four and five sets, every other day.
    "heel-pain-1": ["towel-heel-raise: 12 each x 3, phases 3 2 3 [switch 5, rest 60]"],
    "heel-pain-2": ["towel-heel-raise: 10 each x 4, phases 3 2 3 [switch 5, rest 60]"],
    "heel-pain-3": ["towel-heel-raise: 8 each x 5, phases 3 2 3 [switch 5, rest 60]"],
}

TOTALS_S = {
    "runner-strength-a": (2 * 85 + 60) + (2 * 149 + 30) + (2 * 82 + 45) + 72 + 3 * 45,
    "runner-strength-b": (2 * 69 + 45) + (2 * 149 + 30) + (2 * 85 + 45) + 125 + 3 * 45,
    "run-warm-up": 45 + 45 + 53 + 30 + 20 + 20 + 55 + 6 * 8,
    "lunge-matrix": 30 + 40 + 50 + 30 + 30 + 4 * 5,
    "strides": 6 * 20 + 5 * 60,
    "core-three": 3 * (2 * 60 + 3 * 5 + 2 * 20) + 2 * 20,
    "hip-and-core": (6 * 15 + 5 * 5) + 85 + 72 + 65 + 69 + 65 + 5 * 15,
    "foot-core": 125 + 95 + 65 + 125 + 48 + 4 * 15,
    "post-run-stretch": 5 * 65 + 30 + 5 * 8,
    "springs": (3 * 10 + 2 * 30) + (2 * 30 + 45) + (4 * 10 + 2 * 10 + 45) + 2 * 45,
    "heel-pain-1": 3 * (2 * 12 * 8 + 5) + 2 * 60,
    "heel-pain-2": 4 * (2 * 10 * 8 + 5) + 3 * 60,
    "heel-pain-3": 5 * (2 * 8 * 8 + 5) + 4 * 60,
}

GROWS = {
    # The first reps, and the most that coach asks for as they get easy. Ishøi 2016: up to fifteen of the planks.
    "runner-strength-a": {
        "split-squat": (8, 12),
        "single-leg-heel-raise": (12, 20),
        "copenhagen-plank": (6, 15),
        "dead-bug": (6, 10),
    },
    "runner-strength-b": {
        "step-down": (8, 12),
        "bent-knee-heel-raise": (12, 20),
        "hip-thrust-knee-lift": (5, 10),
        "bird-dog": (6, None),
    },
}

HOPPING = {1: (5, 50), 2: (6, 40), 3: (8, 30), 4: (10, 20), 5: (15, 10)}
"""Bouts of ten seconds and the seconds between them, by week of the trial; the sixth week is like the fifth."""

RETURN_TO_RUNNING = {level: (10 - level, level) for level in range(1, 10)}
"""Minutes of walking and of running, three times over; the tenth level is thirty minutes of running."""
