"""A home full of hostile files: their contents, their names, settings, sounds and the names of folders."""

from __future__ import annotations

import json
import os
from datetime import timedelta
from typing import TYPE_CHECKING

from tests.history.made import START, session, visit
from tests.hostile.corpus import ORDERS, TEXTS, exercise, figure, routine, scalar

if TYPE_CHECKING:
    from pathlib import Path

NAMES = {
    "escape": "a\x1b]0;pwned\x07b",
    "csi": "a\x1b[2Jb",
    "c1": "a\u009b2Jb",
    "newline": "a\nb: 1",
    "override": "a\u202egpj",
    "zero width": "a\u200bb",
    "markup": "[@click=app.quit]tap",
    "colour": "[red]x",
    "option": "--help",
    "shell": "$(touch pwned)",
    "semicolon": "; touch pwned",
    "storm": "Z" + "\u0301" * 90,
    "long": "w" * 200,
    "not utf-8": os.fsdecode(b"a\xff\x9bb"),
    "percent": "%s%n{x}",
}
"""Stems of files that no routine may have."""

PAGE = "name: Named\nsteps:\n  - 5s plank\n"


def slug(name: str) -> str:
    """Return an id for a name of the corpus."""
    return name.replace(" ", "-")


def plan(words: str) -> str:
    """Return a plan with `words` in each of its texts."""
    return f"name: {words}\nsummary: {words}\nnotice: {words}\nturns: [text-action]\n"


def texts(home: Path) -> list[str]:
    """Put a routine with each text of the corpus into the library, and return their ids."""
    folder = home / "routines"
    for kind in ("exercises", "figures"):
        (folder / kind).mkdir(parents=True, exist_ok=True)
    for name, words in TEXTS.items():
        (folder / f"text-{slug(name)}.yaml").write_text(routine(scalar(words)), encoding="utf-8")
        (folder / "exercises" / f"move-{slug(name)}.yaml").write_text(exercise(scalar(words)), encoding="utf-8")
        (folder / "figures" / f"move-{slug(name)}.yaml").write_text(figure(scalar(words)), encoding="utf-8")
        (folder / "figures" / f"broken-{slug(name)}.yaml").write_text(figure(scalar(words), 900), encoding="utf-8")
        (home / "plans").mkdir(exist_ok=True)
        (home / "plans" / f"text-{slug(name)}.yaml").write_text(plan(scalar(words)), encoding="utf-8")
    return [f"text-{slug(name)}" for name in TEXTS]


def orders(home: Path) -> list[str]:
    """Put a routine with each order of the corpus into the library, and return their ids."""
    folder = home / "routines"
    folder.mkdir(parents=True, exist_ok=True)
    for name, words in ORDERS.items():
        (folder / f"order-{slug(name)}.yaml").write_bytes(routine(scalar(words)).encode("utf-8", "surrogatepass"))
    return [f"order-{slug(name)}" for name in ORDERS]


def names(home: Path) -> list[Path]:
    """Put files with hostile names into the library and folders of such names around them; return the files."""
    made = []
    for kind in ("routines", "routines/exercises", "routines/figures", "plans"):
        folder = home / kind
        folder.mkdir(parents=True, exist_ok=True)
        for stem in NAMES.values():
            made.append(folder / f"{stem}.yaml")
            made[-1].write_text(PAGE, encoding="utf-8")
            inside = folder / stem
            inside.mkdir(exist_ok=True)
            made.append(inside / f"{stem}.yml")
            made[-1].write_text(PAGE, encoding="utf-8")
    for stem in NAMES.values():
        (home / "sounds" / stem).mkdir(parents=True, exist_ok=True)
    return made


def histories() -> list[tuple[dict[str, object], tuple[dict[str, object], ...], tuple[object, ...]]]:
    """Return a session for each text and each order of the corpus, as a stranger's hand would write it there."""
    made = []
    for place, words in enumerate({**TEXTS, **ORDERS}.values(), 1):
        stays = (
            visit(words, exercise=words, side=words, planned_ms=20_000),
            visit(words, interval=1, planned_reps=3, reps=2),
        )
        told = {"name": words, "routine": words, "note": words, "settings": json.dumps({words: words})}
        row, *more = session(place, START - timedelta(hours=place), stays, **told)
        if place % 2:
            row |= {"ended_at": None, "complete": 0, "place": json.dumps({"where": words})}
        made.append((row, *more))
    return made


def foreign(folder: Path) -> None:
    """Write a file of another program with each text of the corpus, and each order to a terminal, in its names."""
    words = {**TEXTS, **ORDERS}.values()
    steps = [
        {
            "step_type": "step",
            "label": word,
            "length": 1000,
            "behaviour": [{"type": word}, {"type": "VOICE", "content": word}],
        }
        for word in words
    ]
    timers = [{"name": word, "loop": 1, "steps": steps[:1]} for word in words]
    timers.append({"name": "Steps", "loop": 2, "steps": steps})
    (folder / "hostile.json").write_text(json.dumps({"timers": timers}), encoding="utf-8")
