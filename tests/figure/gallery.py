"""The gallery of all exercises, `docs/exercises.md` and its moving pictures: `python -m tests.figure.gallery`."""

from __future__ import annotations

from pathlib import Path

from coach.figure.gallery import moving
from coach.figure.shelf import Figures
from coach.routine.library.library import Library

DOCS = Path(__file__).parent.parent.parent / "docs"
PICTURES = DOCS / "figures"
HEAD = """\
# Exercises

Every exercise that comes with coach, as its figure moves on the screen. The near side is green: it is the side that
"left" and "right" speak of. `coach show NAME` says how an exercise is done, how to make it easier, and when to leave it
out; [figures.md](figures.md) says how to draw one of your own.
"""
ORDERS = {"lunge-forward": "Lunge forward"}
"""Names of figures that no exercise is called by."""


def exercises():
    """Return every exercise by id, those of routines alone too."""
    library = Library(user=None)
    found = {}
    for entry in library.entries():
        if entry.routine:
            found |= entry.routine.exercises
    return found | {exercise.id: exercise for exercise in library.exercises()}


def entry(id_, exercise):
    name = exercise.name if exercise else ORDERS.get(id_, id_.replace("-", " ").capitalize())
    lines = [f"## {name}", "", f"![{name}](figures/{id_}.svg)", ""]
    words = exercise and (exercise.summary or exercise.cue)
    if words:
        lines += [words if words.endswith(".") else f"{words}.", ""]
    if exercise and any(phase.cue for phase in exercise.phases):
        lines += [f"{number}. {phase.cue}" for number, phase in enumerate(exercise.phases, 1)]
        lines.append("")
    return name, lines


def files():
    """Return the text of each file by its path."""
    figures = Figures(Library(user=None))
    known = exercises()
    entries = sorted(entry(id_, known.get(id_)) for id_ in figures.ids)
    page = HEAD + "".join("\n" + "\n".join(lines).rstrip() + "\n" for _, lines in entries)
    found = {DOCS / "exercises.md": page}
    for id_ in figures.ids:
        name, _ = entry(id_, known.get(id_))
        found[PICTURES / f"{id_}.svg"] = moving(figures.called(id_), name)
    return found


def main():
    for path, text in files().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
