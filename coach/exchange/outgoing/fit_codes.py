"""Garmin's numbers for exercises, by which a watch knows an exercise's name and picture.

The table has only exercises that Garmin's profile has. If the profile has only a close relative, the watch shows that
name beside ours. Other exercises are exported by name alone.
"""

from __future__ import annotations

_BANDED, _CALF, _CORE, _CRUNCH, _DEADLIFT, _HIP_RAISE, _HIP_STABILITY = 37, 1, 5, 6, 8, 10, 11
_LUNGE, _PLANK, _PLYO, _PUSH_UP, _SQUAT, _TRICEPS, _WARM_UP, _CARDIO = 17, 19, 20, 22, 28, 30, 31, 2
_PULL_UP, _TOTAL_BODY, _SIT_UP, _HYPEREXTENSION = 21, 29, 27, 13

EXERCISE_CODES: dict[str, tuple[int, int]] = {
    "air-cycling": (_CORE, 49),
    "air-squat": (_SQUAT, 100),
    "alternating-lunge": (_LUNGE, 32),
    "ankle-circles": (_WARM_UP, 2),
    "banded-squat": (_BANDED, 42),
    "bent-knee-heel-raise": (_CALF, 18),
    "bicycle-crunch": (_CRUNCH, 0),
    "bird-dog": (_HIP_STABILITY, 19),
    "box-jump-high-knee": (_PLYO, 33),
    "burpee": (_TOTAL_BODY, 0),
    "burpees": (_TOTAL_BODY, 0),
    "calf-stretch": (_WARM_UP, 37),
    "clamshell": (_BANDED, 6),
    "crunch": (_CRUNCH, 83),
    "curl-up": (_CRUNCH, 36),
    "dead-bug": (_HIP_STABILITY, 1),
    "fire-hydrant": (_HIP_STABILITY, 5),
    "flutter-kicks": (_CRUNCH, 13),
    "forward-lunge": (_LUNGE, 32),
    "glute-bridge": (_HIP_RAISE, 11),
    "hamstring-stretch": (_WARM_UP, 44),
    "high-knees": (_WARM_UP, 26),
    "hip-thrust-knee-lift": (_HIP_RAISE, 24),
    "jump-squat": (_PLYO, 37),
    "jumping-jack": (_CARDIO, 12),
    "jumping-jacks": (_CARDIO, 12),
    "leg-swing-front": (_WARM_UP, 9),
    "leg-swing-side": (_WARM_UP, 18),
    "lunge": (_LUNGE, 32),
    "lunge-jump": (_PLYO, 0),
    "mountain-climber": (_PLANK, 34),
    "mountain-climbers": (_PLANK, 34),
    "plank": (_PLANK, 43),
    "prone-bridge-knee-swing": (_PLANK, 133),
    "pull-up": (_PULL_UP, 38),
    "pull-ups": (_PULL_UP, 38),
    "push-up": (_PUSH_UP, 77),
    "push-ups": (_PUSH_UP, 77),
    "reverse-lunge": (_LUNGE, 32),
    "side-bridge-swing": (_PLANK, 80),
    "side-lunge": (_LUNGE, 61),
    "side-lying-leg-raise": (_HIP_STABILITY, 21),
    "side-plank": (_PLANK, 66),
    "single-leg-bridge": (_HIP_RAISE, 30),
    "single-leg-heel-raise": (_CALF, 15),
    "sit-up": (_SIT_UP, 37),
    "sit-ups": (_SIT_UP, 37),
    "squat": (_SQUAT, 61),
    "squats": (_SQUAT, 61),
    "standing-heel-raise": (_CALF, 18),
    "step-up": (_SQUAT, 66),
    "straight-leg-deadlift-high-knee": (_DEADLIFT, 25),
    "superman": (_HYPEREXTENSION, 29),
    "supported-heel-raise": (_CALF, 18),
    "triceps-dip": (_TRICEPS, 0),
    "walking-lunge": (_LUNGE, 78),
    "wall-sit": (_SQUAT, 20),
}
"""Category and number by exercise id."""


def exercise_code(exercise: str | None, title: str) -> tuple[int, int] | None:
    """Return the category and number of an exercise, by its id or else by its title; None where Garmin has none."""
    by_title = "-".join(title.casefold().replace("-", " ").split())
    return EXERCISE_CODES.get(exercise or "") or EXERCISE_CODES.get(by_title)
