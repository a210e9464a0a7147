"""What the sources of the shipped routines say, in numbers and in the words that must not be missing.

The tables know nothing of the files: they come from the five articles and the published protocols. Words are regular
expressions, matched without regard to case.
"""

from __future__ import annotations

from typing import NamedTuple

PROTOCOLS = {
    # Work and rest in seconds, in their order, without what stands before and after.
    "tabata": [20, -10] * 7 + [20],  # Tabata 1996: seven to eight
    "norwegian-4x4": [240, -180] * 3 + [240],  # Helgerud 2007
    "billat-30-30": ([30, -30] * 15),  # Billat 2000
    "ten-twenty-thirty": (([30, 20, 10] * 5 + [-120]) * 4)[:-1],  # Gunnarsson and Bangsbo 2012
    "seven-minute": [30, -10] * 11 + [15, 15],  # Klika and Jordan 2013; the side plank is half a minute in all
}
WARM_UPS_S = {
    "tabata": (300, 120),
    "norwegian-4x4": (600, 300),
    "ten-twenty-thirty": (300, 180),
    "billat-30-30": (600, 300),
}
"""At least so many seconds of easy work before and after the protocol."""


class Week(NamedTuple):
    """A week of the plan of Nordic curls: sets, and the fewest and most reps of each."""

    sets: int
    least: int
    most: int
    times: str


EFFORTS = {
    # How hard each part should feel: the words of the sources, or what their paces come to.
    "tabata": {"Warm-up": "easy", "All out": "all-out", "Cool-down": "easy"},
    "norwegian-4x4": {"Warm-up": "easy", "Hard": "hard", "Cool-down": "easy"},
    "billat-30-30": {"Warm-up": "easy", "Fast": "hard", "Cool-down": "easy"},
    "ten-twenty-thirty": {
        "Warm-up": "easy",
        "Easy": "easy",
        "Moderate": "moderate",
        "Near your fastest": "hard",
        "Cool-down": "easy",
    },
    "walk-run-1": {"Brisk walk": None, "Run": "easy"},
    "walk-run-9": {"Brisk walk": None, "Run": "easy"},
}
NORDIC = {
    # Mjølsnes 2004, Petersen 2011.
    "nordic-lower": Week(2, 5, 5, "once"),
    "nordic-lower-2": Week(2, 6, 6, "twice"),
    "nordic-lower-3": Week(3, 6, 8, "three times"),
    "nordic-lower-4": Week(3, 8, 10, "three times"),
    "nordic-lower-5": Week(3, 8, 12, "three times"),
}

SAID = {
    # What the articles say, and where a reader finds it.
    "lunge-six-phases": (
        "single|one leg",
        "squats and wall sits",
        "pace.*economy.*less pain.*easier",
        "strength and endurance.*joints.*injur.*metabolism.*fat.*shape",
        "chest up.*weight moves up",
        "tension.*push of the back foot",
        "lean forward to balance.*control",
        "twelve on a leg.*up to twenty",
    ),
    "form-and-stretch": (
        "upright.*unless you speed up or climb",
        "sway.*bounce",
        "breathing, balance and stride",
        "not too straight",
        "absorbs the landing",
        "force rather than lifting",
        "to the side hurts the knee",
        "foot's length ahead.*middle line",
        "reach: that strains the achilles",
        "cushion",
        "turned neither out nor in.*knee and ankle",
        "footprints on a beach",
        "heel strike brakes and harms bones and joints",
        "force spreads",
    ),
    "hip-engine": (
        "only joint that ties",
        "feet that roll in",
        "more often in women",
        "knee, the kneecap and the band",
        "saves energy.*arms keep the balance.*trunk stays still.*flexibility and coordination",
        "running, high knees and lunge jumps",
        "fresh",
    ),
    "hip-quick": ("feet that roll in", "no warm-up", "fresh|tired"),
    "foot-complex": (
        "33 joints",
        "quarter",
        "65 degrees.*45",
        "stiff toe.*trunk.*glutes.*tire.*hurts",
        "stiff ankles.*flat feet roll in",
        "under one ball.*front of the.*other leg above the knee.*behind.*first.*under the other ball",
    ),
    "hip-drive": (
        "6:00 a kilometre",
        "lifting the thigh alone is not it",
        "obliques?.*recoil.*turns a little",
        "arms must swing wider",
        "weak, the legs drag",
        "as if sitting.*sitting",
        "radius.*inertia.*hoe",
        "one drill",
    ),
    "norwegian-4x4": ("85 to 95 %", "60 to 70 %", "first minute feels easy"),
    "ten-twenty-thirty": ("30 %.*60 %.*90 %",),
    "heel-drops": ("twice a day.*twelve weeks", "rucksack"),
    "heel-drops-one-leg": ("sore leg", "twice a day.*twelve weeks"),
    # Engeroff 2023.
    "hopping-1": ("every day", "six weeks", "12 and 14 km/h.*10 km/h nothing", "sore"),
    "hopping-5": ("every day", "six weeks", "12 and 14 km/h.*10 km/h nothing", "sore"),
    # Blake 2010.
    "return-to-running-1": ("ten levels", "at least three times.*day of rest after each", "go back a level"),
    # Blagrove 2018: 24 studies, running economy better by 2 to 8 percent.
    "runner-strength-a": ("24 trials.*two or three times a week.*2 to 8 percent", "load", "not before a hard run"),
    "runner-strength-b": ("24 trials.*two or three times a week.*2 to 8 percent", "load", "not before a hard run"),
    # Johnson 2010 after Gray.
    "lunge-matrix": ("forward, forward with a twist, to the side, back and to the side, and back", "five on each leg"),
    # Taddei 2020: 118 runners, 2.42 times as many injuries without. Leppänen 2024: 325 novices, hazard ratio 0.66 for
    # hip and trunk, no difference for the feet.
    "foot-core": ("118 runners.*less than half as many.*a year", "new to running.*foot exercises alone did not help"),
    "hip-and-core": ("325 people.*third fewer.*half a year.*two fifths",),
    "core-three": ("ten seconds.*three on a side, then two, then one",),
    # Rathleff 2015.
    "heel-pain-1": (
        "every other day for three months",
        "three seconds up, two at the top, three down",
        "sore foot alone",
    ),
    # Garber 2011: sixty seconds a muscle, two or three days a week.
    "post-run-stretch": ("warm", "not prevent soreness", "a minute for each muscle, two or three days a week"),
    "strides": ("end of an easy run, once or twice a week", "none is a sprint"),
}
SHOWN = {
    # What the phases, points and mistakes of an exercise must say.
    "lunge": (
        "feet together.*arms hanging",
        "far back.*spine straight",
        "floor with the back knee",
        "both hands down, weight in front",
        "float the back foot.*one.*line",
        "finish tall",
        "neutral.*chest up",
        "front foot flat.*shin upright.*twist",
        "back ankle more as the knee goes down",
        "front hip.*push off behind.*lean to balance",
    ),
    "lunge-side": (
        "wide.*spine long",
        "over the heel",
        "both hands down",
        "float the long leg",
        "foot in, finish tall",
    ),
    "outward-roll": ("shorter than a normal stride", "both knees straight", "little toe", "stretch", "flat", "slowly"),
    "heel-circle": ("short step, both knees straight", "point behind", "big", "spread every way"),
    "banded-squat": (
        "as low as you can",
        "from under one ball up to the other thigh.*behind both thighs.*other ball",
        "wider than your shoulders.*parallel",
        "lean forward a little, heels, balls",
        "apart",
    ),
    "lunge-press": ("one foot far in front, shoulder width", "upright", "sink slowly", "come back"),
    "standing-flexion": ("shoulder width", "roll down, hands to the toes", "hang there", "come up"),
    "front-bow": ("hip width", "hands behind the head", "from the hips", "flat", "thighs pull"),
    "supported-heel-raise": (
        "one metre",
        "shoulder height and width",
        "raise your heels",
        "lower slowly, feel the tendon",
    ),
    "kneeling-instep-press": ("hips on your heels", "upright", "slowly until shin and forefoot feel it"),
    "arm-drive": ("elbow", "back", "trunk turn a little and the pelvis follow"),
    "knee-drive": ("inside the hip", "pelvis.*forward"),
    "a-skip": ("heel to your seat first", "hoe"),
    # Mistakes that the ten hip exercises are known for.
    "high-knees": ("lean back", "stamp", "below the hips"),
    "side-lunge": ("inside the foot", "heel of the working foot lifts"),
    "lunge-high-knee": ("back foot pushes off", "lean back at the top"),
    "box-jump-high-knee": ("knees fall in", "loud", "jump down"),
    "straight-leg-deadlift-high-knee": ("opens to the side", "back rounds"),
    "prone-bridge-knee-swing": ("out to the side", "hips sag", "turn with the leg"),
    "side-bridge-swing": ("hip drops", "rolls open"),
    "hip-thrust-knee-lift": ("drops to the free side",),
    "side-leg-swing": ("trunk turns", "swings instead of lifting"),
    "air-cycling": ("lower back leaves the floor",),
}
EASIER = {
    "high-knees": "march first",
    "side-lunge": "shorter step",
    "lunge-high-knee": "wall",
    "box-jump-high-knee": "step up",
    "straight-leg-deadlift-high-knee": "wall",
    "prone-bridge-knee-swing": "knee on the floor",
    "side-bridge-swing": "lower knee",
    "hip-thrust-knee-lift": "both feet down",
    "side-leg-swing": "bend the lifted knee.*pad",
    "air-cycling": "higher",
}
WORKS = {"straight-leg-deadlift-high-knee": "calves", "banded-squat": "inner thighs"}
"""Muscles that are easily forgotten."""
NEVER_SAID = ("roll out, more", "well-known", "knee in under the belly", "far over", "kisses")
"""What was wrong, quaint or without a name."""

LEAVE_OUT = {
    # Who leaves an exercise out: Klika and Jordan 2013 for the three holds, common advice for the others.
    "plank": "blood pressure.*heart",
    "side-plank": "blood pressure.*heart",
    "wall-sit": "blood pressure.*heart",
    "prone-bridge-knee-swing": "blood pressure.*heart",
    "side-bridge-swing": "blood pressure.*heart",
    "air-cycling": "pregnancy",
    "hip-thrust-knee-lift": "pregnancy",
    "standing-flexion": "bones",
    "crunch": "bones.*pregnant",
    "box-jump-high-knee": "knee.*ankle.*achilles.*pelvic floor",
    "copenhagen-plank": "groin.*blood pressure",
    "curl-up": "pregnancy",
    "dead-bug": "pregnancy",
    "figure-four": "artificial hip",
    "pogo-hop": "achilles.*urine",
    "single-leg-hop": "ten hops.*too early for running",
    "towel-heel-raise": "heel bone hurts when you squeeze",
    "toe-raise": "one spot",
}
CAUTIONS = {
    "seven-minute": ("blood pressure", "heart", "wall sit, plank and side plank", "breath", "older|injured"),
    "heel-drops": ("examined", "sharp"),
    "heel-drops-one-leg": ("examined", "sharp"),
    "nordic-lower-5": ("therapist", "sore", "sharp pain"),
    "return-to-running-1": ("doctor or therapist", "thirty minutes", "hop ten times", "3 out of 10", "stress fracture"),
    "return-to-running-10": (
        "doctor or therapist",
        "thirty minutes",
        "hop ten times",
        "3 out of 10",
        "stress fracture",
    ),
    "heel-pain-1": ("examined", "worse the next day"),
    "heel-pain-3": ("examined", "worse the next day"),
}
KNOWN_AS = {
    # The names that people know, and the names that the files had before: both find the exercise.
    "nordic-lower": ("Nordic curl", "Nordic lower", "Nordic hamstring curl"),
    "front-bow": ("Good morning", "Front bow"),
    "standing-flexion": ("Roll-down", "Standing flexion and extension"),
    "side-bridge-swing": ("Side plank, arm and leg swing", "Side bridge, arm and leg swing"),
    "prone-bridge-knee-swing": ("Plank, knee lift and back swing", "Prone bridge, knee lift and back swing"),
    "hip-thrust-knee-lift": ("Glute bridge with knee lift", "Supine hip thrust with knee lift"),
    "side-leg-swing": ("Kneeling side leg raise", "Single-knee support, side leg swing"),
    "straight-leg-deadlift-high-knee": ("Single-leg deadlift with high knee", "Straight-leg deadlift with high knee"),
    "supported-heel-raise": ("Wall-supported heel raise", "Supported heel raise"),
    "lunge-press": ("Lunge stretch", "Lunge press"),
    "kneeling-instep-press": ("Kneeling shin stretch", "Kneeling instep press"),
    "outward-roll": ("Outward foot roll", "Outward roll"),
    "alternating-lunge": ("Alternating lunge", "Plain lunge"),
}
VERBS = {
    "begin",
    "bow",
    "bring",
    "build",
    "catch",
    "climb",
    "come",
    "curl",
    "draw",
    "drive",
    "feel",
    "find",
    "finish",
    "flick",
    "float",
    "fold",
    "get",
    "give",
    "go",
    "hang",
    "hold",
    "hop",
    "jog",
    "jump",
    "keep",
    "land",
    "lean",
    "let",
    "lift",
    "lower",
    "make",
    "press",
    "pull",
    "push",
    "put",
    "raise",
    "reach",
    "ride",
    "rise",
    "roll",
    "run",
    "set",
    "sink",
    "sit",
    "slow",
    "sprint",
    "stand",
    "stay",
    "step",
    "swing",
    "touch",
    "turn",
    "walk",
}
"""The imperatives that cues begin with."""
