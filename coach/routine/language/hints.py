"""Hints for routine and exercise files: what to write in place of another program's word or a misplaced step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.routine.language import synonyms
from coach.routine.language.fields import ROUTINE_KEYS, STEP_TABLES, TABLES
from coach.syntax.keys import Advice, KeyHints
from coach.syntax.report import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coach.syntax.keys import Table

ONLY_IN_SETTINGS = frozenset(("on", "hooks"))
"""Keys that run programs."""
NOT_IN_ROUTINES = (
    "{} is not allowed here: files like this are shared, so they never run programs. "
    "Hooks belong in your settings file, config.yaml"
)
_NAMES = frozenset(("name", "title", "label"))
_LENGTHS = frozenset(("time", "duration", "seconds", "length"))


class _RoutineHints(KeyHints):
    """Adds words of other programs, and steps in the wrong place."""

    def advise(self, word: str, table: Table, given: Mapping[str, str]) -> Advice:
        """Return a hint for the key `word`, which `table` does not have, next to the keys in `given`."""
        start = f"unknown key {quoted(word)}: "
        if word in ONLY_IN_SETTINGS:
            return Advice(NOT_IN_ROUTINES.format(quoted(word)))
        if (instead := _behind_the_first(word, _kind_of(table), given)) is not None:
            return Advice(start + instead)
        if (elsewhere := synonyms.instead_of_key(word, table.fields, given)) is not None:
            return Advice(start + elsewhere, synonyms.key_meant(word))
        if word in STEP_TABLES:
            return Advice(_misplaced_step(word, table))
        return super().advise(word, table, given)

    def advise_on_list(self, word: str, table: Table, given: Mapping[str, str], missing: str) -> Advice:
        """Return the same for a word that holds the steps of a block, which have a key of their own."""
        if synonyms.key_meant(word) != "block" and not synonyms.is_block_word(word):
            return super().advise_on_list(word, table, given, missing)
        instead = synonyms.instead_of_key(word, table.fields, given)
        return Advice(f'unknown key {quoted(word)}: {instead}, with its steps under "steps:"', missing)


HINTS = _RoutineHints(
    TABLES, begins=("name", "steps"), words=("max", "each", "left", "right", "alternate"), items=("rest", "wait")
)
"""The hints for routines and exercise files."""


def _kind_of(table: Table) -> str:
    """Return the key that makes a mapping the step that `table` is for; an empty text when it is for none."""
    return next((kind for kind, keys in STEP_TABLES.items() if keys is table), "")


def _behind_the_first(word: str, kind: str, given: Mapping[str, str]) -> str | None:
    """Return what to write when a step's name, or the time of a rest, has its own key; `given` are the texts by key."""
    first, other = " ".join(given.get(kind, "").split()), " ".join(given.get(word, "").split())
    if kind == "rest" and word in _LENGTHS:
        return 'the time goes after "rest": write ' + quoted(f"rest: {other or '30s'} {first}")
    if word not in _NAMES:
        return None
    match kind:
        case "rest":
            return "the name of a rest goes after its time: write " + quoted(
                f"rest: {first or '30s'} {other or 'Walk'}"
            )
        case "block" | "wait":
            return f'the text goes after "{kind}": write ' + quoted(f"{kind}: {other or first or 'Finisher'}")
        case "exercise":
            return 'the name goes after "exercise": write ' + quoted(f"exercise: {other or first or 'Lunge'}")
        case _:
            return None


def _misplaced_step(word: str, table: Table) -> str:
    """Return where a step belongs that stands among the keys of something else."""
    if kind := _kind_of(table):
        return f'"{word}" is not allowed with "{kind}": make it a separate step'
    if table is ROUTINE_KEYS:
        return f'"{word}" is a step: write "- {word}: …" under "steps:"'
    return f'"{word}" is a step: it belongs in a routine, under "steps:"'
