"""Rules for blocks: which keys contradict each other, and which steps a block may not contain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.routine.language import fields as f
from coach.routine.model import Block, Include, Rest, Series, Until, Wait, Work, values_of, walk
from coach.syntax.report import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coach.routine.model import Place, Step
    from coach.syntax.keys import Values
    from coach.syntax.report import Report


def check_block(values: Values, steps: tuple[Step, ...], report: Report) -> None:
    """Report what is wrong with a block as a whole; `steps` are those of its steps that could be read."""
    values.one_of(f.FRAMES, report)
    _frame(values, report)
    _deck(values, steps, report)
    _sides(values, steps, report)
    if "every" in values.keys:
        for place, message in _waiting(steps):
            report.add(place.line, place.column, message)


def _frame(values: Values, report: Report) -> None:
    """Report the keys that have no meaning beside `every`, `time`, `until`, or without one of them."""
    keys = values.keys
    if "every" in keys:
        for key in ("rest", "round_rest"):
            if key in keys:
                cure = "remove it, since the time left in each window is the rest"
                report.at(keys[key], f'"{key}" is not allowed with "every": {cure}')
    if "time" in keys and "rounds" in keys and len(_frames(values)) == 1:
        rounds, time = values.get(f.ROUNDS) or 3, (values.get(f.BLOCK_TIME) or 1_200_000) // 1000
        cure = f'for {rounds} rounds with a time limit, write "until: done" and "cap: {_written(time)}"'
        report.at(
            keys["rounds"],
            f'"rounds" is not allowed with "time", which repeats until the time is up: remove one of them; {cure}',
        )
    if "cap" in keys and "until" not in keys:
        cure = '"time" already ends the block: remove "cap"'
        if "time" not in keys:
            cure = 'add "until: done", or remove it'
        report.at(
            keys["cap"],
            f'"cap" has no effect here, because {cure}' if "time" in keys else f'"cap" needs "until": {cure}',
        )
    if "cue" in keys and not _frames(values):
        cure = 'put it on a step, or add "every", "time" or "until"'
        report.at(keys["cue"], f'"cue" is not allowed on a block that runs step by step: {cure}')


def _frames(values: Values) -> list[str]:
    return [field.key for field in f.FRAMES if field.key in values.keys]


def _written(seconds: int) -> str:
    return f"{seconds // 60}m" if seconds % 60 == 0 and seconds < 6000 else f"{seconds}s"


def _deck(values: Values, steps: tuple[Step, ...], report: Report) -> None:
    """Report what shuffling and dealing do not allow."""
    keys, pick, shuffle = values.keys, values.get(f.PICK), values.get(f.SHUFFLE)
    if "pick" in keys and not shuffle and (shuffle is False or "shuffle" not in keys):
        report.at(keys["pick"], '"pick" needs shuffled steps: add "shuffle: true", or remove it')
    listing = values.get(f.STEPS)
    # A line of text may be several steps, and a step that could not be read is missing from `steps`.
    there = max(len(steps), len(listing.value) if listing else 0)
    if pick is not None and pick > there > 0:
        report.at(keys["pick"], f"cannot pick {pick} of {there} steps: write {there} or less")
    if not shuffle:
        return
    if "until" in keys:
        report.at(
            keys["shuffle"], '"shuffle" has no effect with "until", where you choose the order yourself: remove it'
        )
    for step in steps:
        match step:
            case Rest():
                cure = 'write "rest:" next to "steps:", and it comes between the shuffled steps'
                report.add(step.place.line, step.place.column, f"a rest cannot be shuffled: {cure}")
            case Wait():
                cure = 'put it before or after the block, or remove "shuffle"'
                report.add(step.place.line, step.place.column, f"a wait cannot be shuffled: {cure}")
            case Work() | Block() | Include():
                pass


def _sides(values: Values, steps: tuple[Step, ...], report: Report) -> None:
    """Report sides inside sides, a switch with nothing to switch, and alternate sides in a block of one round."""
    keys, sides = values.keys, values.get(f.BLOCK_SIDES)
    if "switch" in keys and ("sides" not in keys or sides in ("left", "right")):
        cure = 'add "sides: each", or remove it'
        report.at(keys["switch"], f'"switch" on a block needs "sides": {cure}')
    elif "switch" in keys and "every" in keys:
        cure = "remove it, since the time left in each window is for changing sides"
        report.at(keys["switch"], f'"switch" is not allowed with "every": {cure}')
    if sides == "alternate" and _is_one_round(values):
        cure = 'write "sides: each", or "rounds: 2" or more'
        report.at(keys["sides"], f'"alternate" changes sides each round, but this block has one round: {cure}')
    if sides is not None:
        for place, what in with_own_sides(steps):
            cure = 'remove them there, or remove "sides" from the block'
            report.add(place.line, place.column, f"{what} has its own sides inside a block with sides: {cure}")


def _is_one_round(values: Values) -> bool:
    """Return whether a block has one round."""
    open_ = "time" in values.keys or "until" in values.keys
    if "rounds" in values.keys or open_:
        return values.get(f.ROUNDS) == 1
    return not isinstance(values.get(f.WORK), Series)


def with_own_sides(steps: tuple[Step, ...]) -> Iterator[tuple[Place, str]]:
    """Yield the steps and blocks among `steps` that have their own sides: the place and the name of each."""
    for step in steps:
        match step:
            case Work():
                if step.dose.sides is not None:
                    yield step.place, quoted(step.exercise)
            case Block():
                if step.sides is not None:
                    yield step.place, quoted(step.name) if step.name else "this block"
                else:
                    yield from with_own_sides(step.steps)
            case Rest() | Wait() | Include():
                pass


def _waiting(steps: tuple[Step, ...]) -> Iterator[tuple[Place, str]]:
    """Yield the place and the problem of each step that would wait for a key in a window, at any depth.

    Reps of `max` are allowed: they fill the window.
    """
    for step in walk(steps):
        match step:
            case Wait():
                yield (
                    step.place,
                    'a wait is not allowed in a block with "every", which never stops the clock: remove it',
                )
            case Work():
                if _has_until(step):
                    cure = 'write "reps" or "time"'
                    yield (
                        step.place,
                        f'"until" is not allowed in a block with "every", which never stops the clock: {cure}',
                    )
            case Block():
                if step.until is not None:
                    yield (
                        step.place,
                        '"until" is not allowed in a block with "every", which never stops the clock: remove it',
                    )
            case Rest() | Include():
                pass


def _has_until(step: Work) -> bool:
    return any(isinstance(amount, Until) and amount.words != "max" for amount in values_of(step.dose.amount))
