"""A routine's steps as the lines of the tables, each with what its exercise file gives it."""

from __future__ import annotations

from coach.routine.model import Block, Include, Reps, Rest, Time, Wait
from coach.timeline.compile.resolve import StepResolver


def lines(routine, catalogue):
    """Return the steps of a routine, with the rests that stand between them."""
    return _list(routine.steps, routine.rest, catalogue, "")


def _list(steps, rest, catalogue, indent):
    found = []
    for number, step in enumerate(steps):
        before = steps[number - 1] if number else None
        between = number and not isinstance(step, Rest | Wait) and not isinstance(before, Rest | Wait)
        if between and rest is not None:
            found.append(f"{indent}{_pause(rest)}")
        found += _step(step, rest, catalogue, indent)
    return found


def _step(step, rest, catalogue, indent):
    match step:
        case Rest(pause=pause):
            return [f"{indent}{_pause(pause)}"]
        case Wait():
            return [f"{indent}wait"]
        case Block():
            inside = _list(step.steps, step.rest, catalogue, f"{indent}  ")
            return [f"{indent}{_block(step)}", *inside]
        case Include():
            raise AssertionError("no table tells what an included routine has to be")
        case _:
            return [f"{indent}{_work(step, rest, catalogue)}"]


def _block(block):
    if block.time_ms:
        return f"as many rounds in {_s(block.time_ms)} {block.name}"
    every = f", every {_s(block.every_ms)}" if block.every_ms else ""
    between = f" [{_pause(block.round_rest).removeprefix('- ')}]" if block.round_rest else ""
    return f"{block.rounds} rounds {block.name}{every}{between}"


def _work(step, rest, catalogue):
    def tell(_place, message):
        raise AssertionError(message)

    settled = StepResolver(catalogue, tell, lambda _source: None, {}).resolve(step, None, rest, None)
    amounts = tuple(dict.fromkeys(each.amount for each in settled.sets))
    [beat] = {each.cadence for each in settled.sets}
    dose = " ".join(_dose(amount) for amount in amounts)
    words = [dose, settled.sides, *settled.directions]
    words += [f"x {len(settled.sets)}"] if len(settled.sets) > 1 else []
    told = " ".join(each for each in words if each)
    told += f", phases {' '.join(_s(each.ms) for each in settled.phases)}" if settled.phases else ""
    told += f", at {beat}" if beat else ""
    between = [f"switch {_s(settled.switch.ms)}"] if settled.ways > 1 and settled.switch.ms else []
    between += [f"rest {_s(each.ms)}" for each in dict.fromkeys(settled.rests)]
    after = f" [{', '.join(between)}]" if between else ""
    return f"{settled.exercise or settled.title}: {told}{after}"


def _dose(amount):
    match amount:
        case Time(ms=ms):
            return f"{_s(ms)}s"
        case Reps(count=count):
            return str(count)
        case _:
            return f"until {amount.words}"


def _pause(pause):
    return f"- {_s(pause.ms)}{f' {pause.name}' if pause.name else ''}"


def _s(ms):
    return f"{ms / 1000:g}"
