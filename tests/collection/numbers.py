"""What every shipped exercise and routine has to be, in numbers; the files are held against these tables.

Seconds, reps and beats a minute. `EACH` is one side after the other.
"""

from __future__ import annotations

from typing import NamedTuple

EACH = "each"


class Exercise(NamedTuple):
    """Seconds of the phases, and the dose when nothing is said: `reps` or `time`, never both."""

    phases: tuple[float, ...] = ()
    reps: int | None = None
    time: float | None = None
    sides: str | None = None
    directions: tuple[str, ...] | None = None
    sets: int | None = None
    cadence: int | None = None


BOTH_WAYS = ("clockwise", "anticlockwise")

EXERCISES = {
    # A. The lunge in six numbered phases.
    "lunge": Exercise((2, 3, 2, 2, 3, 2), reps=12, sides=EACH),
    "lunge-side": Exercise((2, 3, 2, 2, 3, 2), reps=4, sides=EACH),
    # B. The foot complex.
    "outward-roll": Exercise((3, 2, 3), reps=5, sides=EACH),
    "heel-circle": Exercise((1.5, 1.5, 1.5, 1.5), reps=5, sides=EACH, directions=BOTH_WAYS),
    "banded-squat": Exercise((3, 1, 2), reps=5, sets=3),
    # C. Ten hip exercises.
    "high-knees": Exercise(time=30, cadence=150),
    "side-lunge": Exercise((1, 2, 1, 1), reps=10, sides=EACH),
    "lunge-high-knee": Exercise((2, 1, 2, 2), reps=8, sides=EACH),
    "box-jump-high-knee": Exercise(reps=5),
    "straight-leg-deadlift-high-knee": Exercise((3, 1, 1, 1, 1), reps=8, sides=EACH),
    "prone-bridge-knee-swing": Exercise((2, 2, 1), reps=6, sides=EACH),
    "side-bridge-swing": Exercise((1, 2, 2, 2), reps=8, sides=EACH),
    "hip-thrust-knee-lift": Exercise((2, 2, 2, 2), reps=5, sides=EACH),
    "side-leg-swing": Exercise((2, 2, 2), reps=12, sides=EACH),
    "air-cycling": Exercise(time=30, cadence=40),
    "lunge-jump": Exercise(time=10, sets=3),
    # D. Running form, joint by joint.
    "lunge-press": Exercise((4, 2), reps=5, sides=EACH),
    "standing-flexion": Exercise((4, 3, 3), reps=6),
    "front-bow": Exercise((3, 1, 2), reps=10),
    "supported-heel-raise": Exercise((2, 1, 3), reps=12),
    "kneeling-instep-press": Exercise(time=20, sets=2),
    # E. Hip drive.
    "arm-drive": Exercise(time=30, sets=2, cadence=160),
    "knee-drive": Exercise((1, 2, 1), reps=10, sides=EACH),
    "half-kneeling-stretch": Exercise(time=30, sides=EACH),
    "pelvis-turn": Exercise(time=45),
    "a-skip": Exercise(time=20, sets=3),
    # G. Known protocols.
    "heel-drop-straight": Exercise((3, 1, 2), reps=15, sides=EACH, sets=3),
    "heel-drop-bent": Exercise((3, 1, 2), reps=15, sides=EACH, sets=3),
    "nordic-lower": Exercise((5, 4), reps=5, sets=2),
    "alternating-lunge": Exercise(reps=10),
}

ROUTINES = {
    # What is done and what stands between, in order: (exercise, how much, which way), or ("-", seconds, its name).
    # "5 each" is five a side, side after side; "x 3" are sets; a rest between sets or sides is in brackets.
    "runner-legs": [
        "lunge: 3 each, phases 2 3 2 2 3 2 [switch 5]",
        "- 10",
        "heel-circle: 5 each clockwise anticlockwise, phases 1.5 1.5 1.5 1.5 [switch 5]",
        "- 15 Shake your legs out",
        "high-knees: 20s x 3, at 150 [rest 20]",
    ],
    "lunge-six-phases": ["lunge: 12 each x 2, phases 2 3 2 2 3 2 [switch 10, rest 60]"],
    "lunge-alternating": ["lunge: 12 alternate, phases 2 3 2 2 3 2"],
    "lunge-fluent": ["lunge: 12 each, phases 1 2 1 1 2 1 [switch 10]"],
    "lunge-directions": [
        "lunge: 4 each forward diagonal, phases 2 3 2 2 3 2 [switch 10]",
        "- 10 Change direction",
        "lunge-side: 4 each, phases 2 3 2 2 3 2 [switch 10]",
        "- 10 Change direction",
        "lunge: 4 each back, phases 2 3 2 2 3 2 [switch 10]",
    ],
    "foot-complex": [
        "outward-roll: 5 each, phases 3 2 3 [switch 5]",
        "- 15",
        "heel-circle: 5 each clockwise anticlockwise, phases 1.5 1.5 1.5 1.5 [switch 5]",
        "wait",
        "banded-squat: 5 x 3, phases 3 1 2 [rest 45]",
    ],
    "foot-complex-amrap": [
        "outward-roll: 5 each, phases 3 2 3 [switch 5]",
        "- 15",
        "heel-circle: 5 each clockwise anticlockwise, phases 1.5 1.5 1.5 1.5 [switch 5]",
        "wait",
        "banded-squat: until the band slips off a foot, phases 3 1 2",
    ],
    "hip-engine": [
        "high-knees: 30s, at 150",
        "- 15",
        "side-lunge: 10 each, phases 1 2 1 1 [switch 5]",
        "- 15",
        "lunge-high-knee: 8 each, phases 2 1 2 2 [switch 5]",
        "- 15",
        "box-jump-high-knee: 5",
        "- 60 Breathe, and walk about",
        "straight-leg-deadlift-high-knee: 8 each, phases 3 1 1 1 1 [switch 5]",
        "- 15",
        "prone-bridge-knee-swing: 6 each, phases 2 2 1 [switch 5]",
        "- 15",
        "side-bridge-swing: 8 each, phases 1 2 2 2 [switch 5]",
        "- 15",
        "hip-thrust-knee-lift: 5 each, phases 2 2 2 2 [switch 5]",
        "- 15",
        "side-leg-swing: 12 each, phases 2 2 2 [switch 5]",
        "- 15",
        "air-cycling: 30s, at 40",
    ],
    "hip-quick": [
        "high-knees: 15s, at 150",
        "- 5",
        "side-lunge: 2 each, phases 1 2 1 1 [switch 5]",
        "- 5",
        "lunge-high-knee: 2 each, phases 2 1 2 2 [switch 5]",
        "- 5",
        "box-jump-high-knee: 2",
        "- 20 Breathe, and walk about",
        "straight-leg-deadlift-high-knee: 2 each, phases 3 1 1 1 1 [switch 5]",
        "- 10 Down to the floor",
        "prone-bridge-knee-swing: 2 each, phases 2 2 1 [switch 5]",
        "- 5",
        "side-bridge-swing: 2 each, phases 1 2 2 2 [switch 5]",
        "- 5",
        "hip-thrust-knee-lift: 2 each, phases 2 2 2 2 [switch 5]",
        "- 10 Up on one knee",
        "side-leg-swing: 3 each, phases 2 2 2 [switch 5]",
        "- 5",
        "air-cycling: 15s, at 40",
    ],
    "hips-in-turn": [
        "Run: 120s",
        "- 20",
        "high-knees: 20s x 2, at 150 [rest 20]",
        "- 20",
        "lunge-jump: 10s x 3 [rest 40]",
    ],
    "form-and-stretch": [
        "lunge-press: 5 each, phases 4 2 [switch 5]",
        "- 20 Waist",
        "standing-flexion: 6, phases 4 3 3",
        "- 20 Thighs and knees",
        "front-bow: 10, phases 3 1 2",
        "- 20 Calf and Achilles tendon",
        "supported-heel-raise: 12, phases 2 1 3",
        "- 20 Heel and toe",
        "kneeling-instep-press: 20s x 2 [rest 10]",
    ],
    "hip-drive": [
        "arm-drive: 30s x 2, at 160 [rest 15]",
        "- 15",
        "knee-drive: 10 each, phases 1 2 1 [switch 5]",
        "- 15",
        "high-knees: 20s, at 150",
        "- 15",
        "half-kneeling-stretch: 30s each [switch 5]",
        "- 15",
        "pelvis-turn: 45s",
        "- 15",
        "a-skip: 20s x 3 [rest 20]",
    ],
    "seven-minute": [
        "jumping-jacks: 30s",
        "- 10",
        "wall-sit: 30s",
        "- 10",
        "push-up: 30s",
        "- 10",
        "crunch: 30s",
        "- 10",
        "step-up: 30s",
        "- 10",
        "squat: 30s",
        "- 10",
        "triceps-dip: 30s",
        "- 10",
        "plank: 30s",
        "- 10",
        "high-knees: 30s",
        "- 10",
        "alternating-lunge: 30s",
        "- 10",
        "push-up-rotation: 30s",
        "- 10",
        "side-plank: 15s each",
    ],
    "tabata": [
        "Warm-up: 360s",
        "- 60 Shake out, breathe",
        "8 rounds Tabata [10]",
        "  All out: 20s",
        "Cool-down: 180s",
    ],
    "norwegian-4x4": [
        "Warm-up: 600s",
        "4 rounds Four times four [180 Easy, 60 to 70 % of top heart rate]",
        "  Hard: 240s",
        "Cool-down: 300s",
    ],
    "billat-30-30": [
        "warm-up: 600s",
        "15 rounds Thirty-thirty",
        "  fast: 30s",
        "  - 30 Jog",
        "cool-down: 300s",
    ],
    "ten-twenty-thirty": [
        "warm-up: 360s",
        "- 60 Walk",
        "4 rounds Five minutes [120 Stand or walk]",
        "  5 rounds 30-20-10",
        "    easy: 30s",
        "    moderate: 20s",
        "    near-your-fastest: 10s",
        "cool-down: 300s",
    ],
    "emom-12": ["4 rounds Every minute, every 60", "  squat: 12", "  push-up: 8", "  alternating-lunge: 10"],
    "amrap-20": [
        "as many rounds in 1200 As many rounds as you can",
        "  pull-up: 5",
        "  push-up: 10",
        "  squat: 15",
    ],
    "heel-drops": [
        "heel-drop-straight: 15 each x 3, phases 3 1 2 [switch 5, rest 60]",
        "- 60",
        "heel-drop-bent: 15 each x 3, phases 3 1 2 [switch 5, rest 60]",
    ],
    "heel-drops-one-leg": [
        "heel-drop-straight: 15 x 3, phases 3 1 2 [rest 60]",
        "- 60",
        "heel-drop-bent: 15 x 3, phases 3 1 2 [rest 60]",
    ],
    "nordic-lower": ["nordic-lower: 5 x 2, phases 5 4 [rest 60]"],
    "nordic-lower-2": ["nordic-lower: 6 x 2, phases 5 4 [rest 60]"],
    "nordic-lower-3": ["nordic-lower: 8 7 6 x 3, phases 5 4 [rest 60]"],
    "nordic-lower-4": ["nordic-lower: 10 9 8 x 3, phases 5 4 [rest 60]"],
    "nordic-lower-5": ["nordic-lower: 12 10 8 x 3, phases 5 4 [rest 60]"],
}

_LUNGE = 14
TOTALS_S = {
    # Without the get-ready before the first work; open work counts nothing, the get-ready after a wait does.
    "runner-legs": (2 * 3 * _LUNGE + 5) + 10 + (4 * 5 * 6 + 3 * 5) + 15 + (3 * 20 + 2 * 20),
    "lunge-six-phases": 2 * (2 * 12 * _LUNGE + 10) + 60,
    "lunge-alternating": 24 * _LUNGE,
    "lunge-fluent": 2 * 12 * 8 + 10,
    "lunge-directions": 8 * 4 * _LUNGE + 7 * 10,
    "foot-complex": (2 * 5 * 8 + 5) + 15 + (4 * 5 * 6 + 3 * 5) + 10 + (3 * 5 * 6 + 2 * 45),
    "foot-complex-amrap": (2 * 5 * 8 + 5) + 15 + (4 * 5 * 6 + 3 * 5) + 10,
    "hip-engine": 30 + 105 + 117 + 117 + 65 + 117 + 85 + 149 + 30 + 8 * 15 + 60,
    "hip-quick": 15 + 25 + 33 + 33 + 25 + 33 + 37 + 41 + 15 + 6 * 5 + 20 + 2 * 10,
    "hips-in-turn": 120 + 20 + (2 * 20 + 20) + 20 + (3 * 10 + 2 * 40),
    "form-and-stretch": (2 * 5 * 6 + 5) + 6 * 10 + 10 * 6 + 12 * 6 + (2 * 20 + 10) + 4 * 20,
    "hip-drive": (2 * 30 + 15) + (2 * 10 * 4 + 5) + 20 + (2 * 30 + 5) + 45 + (3 * 20 + 2 * 20) + 5 * 15,
    "seven-minute": 7 * 60 + 50,
    "tabata": 6 * 60 + 60 + (3 * 60 + 50) + 3 * 60,
    "norwegian-4x4": 40 * 60,
    "billat-30-30": 30 * 60,
    "ten-twenty-thirty": 7 * 60 + 26 * 60 + 5 * 60,
    "emom-12": 12 * 60,
    "amrap-20": 20 * 60,
    "heel-drops": 2 * (3 * (2 * 15 * 6 + 5) + 2 * 60) + 60,
    "heel-drops-one-leg": 14 * 60,
    "nordic-lower": 2 * 5 * 9 + 60,
    "nordic-lower-2": 2 * 6 * 9 + 60,
    "nordic-lower-3": (8 + 7 + 6) * 9 + 2 * 60,
    "nordic-lower-4": (10 + 9 + 8) * 9 + 2 * 60,
    "nordic-lower-5": (12 + 10 + 8) * 9 + 2 * 60,
}

R, W = "Run", "Walk"
WEEKS = {
    # (what, seconds), without the five minutes of brisk walk before and after.
    "1": [(R, 60), (W, 90)] * 8,
    "2": [(R, 90), (W, 120)] * 6,
    "3": [(R, 90), (W, 90), (R, 180), (W, 180)] * 2,
    "4": [(R, 180), (W, 90), (R, 300), (W, 150), (R, 180), (W, 90), (R, 300)],
    "5-1": [(R, 300), (W, 180), (R, 300), (W, 180), (R, 300)],
    "5-2": [(R, 480), (W, 300), (R, 480)],
    "5-3": [(R, 1200)],
    "6-1": [(R, 300), (W, 180), (R, 480), (W, 180), (R, 300)],
    "6-2": [(R, 600), (W, 180), (R, 600)],
    "6-3": [(R, 1500)],
    "7": [(R, 1500)],
    "8": [(R, 1680)],
    "9": [(R, 1800)],
}
BRISK_WALK_S = 300
