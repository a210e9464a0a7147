"""What the next session asks for: a function of what the last ones asked for, what was done, and how they felt.

Nothing is stored, so the next target stays right when reps are corrected or a session is removed. It is one step up if
all sets went as asked, the same again if they did not or if it was hard, and a little less after three such times.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coach.plan.days import day_words
from coach.routine.language.scalars import load_in, with_load
from coach.routine.model import Reps, Time
from coach.timeline.model import Target
from coach.timeline.progression import ProgressRule, rule_of
from coach.timeline.walk import contents
from coach.timeline.wording import number_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from coach.history.past import PastAsked
    from coach.routine.model import Amounts, Exercise, Routine, Work
    from coach.timeline.walk import Lookup

TIME_STEP_MS = 5_000
"""How much longer a range of time asks for when the step does not say."""
TOO_MANY = 3
"""So many times short with one target, and the next is a tenth lower."""


def rules_of(routine: Routine, catalogue: Lookup) -> dict[str, ProgressRule]:
    """Return how each progression of a routine grows, by its key; the first step of a progression decides."""
    found: dict[str, ProgressRule] = {}
    for step, exercise, amounts in _written(routine, catalogue):
        rule = rule_of(step, exercise, amounts)
        if rule is not None:
            found.setdefault(rule.key, rule)
    return found


def asked_words(routine: Routine, catalogue: Lookup, targets: Mapping[str, Target]) -> tuple[str, ...]:
    """Return what a session asks for wherever something grows or a range is written, a line for each.

    A line has the target and its reason: "Goblet squat 9, 16 kg (8 in every set on Tuesday)". Without a target it has
    what is written: "Goblet squat 8 to 12, 16 kg".
    """
    lines: dict[tuple[str, bool], str] = {}
    for step, exercise, amounts in _written(routine, catalogue):
        rule = rule_of(step, exercise, amounts)
        grows = rule is not None
        rule = rule or rule_of(replace(step, progress=None), exercise, amounts)
        if rule is None:
            continue
        target = targets.get(rule.key) if grows else None
        lines.setdefault((rule.key, grows), target_words(rule, target) if target else _written_words(rule))
    return tuple(lines.values())


def _written(routine: Routine, catalogue: Lookup) -> Iterator[tuple[Work, Exercise | None, Amounts | None]]:
    """Yield each step that is an exercise, with the exercise and its amounts, from wherever they come."""
    for content in contents(routine, catalogue):
        if content.step is not None:
            own, exercise = content.step.dose.amount, content.exercise
            yield content.step, exercise, own if own is not None or exercise is None else exercise.dose.amount


def _written_words(rule: ProgressRule) -> str:
    reps, ms, load = _start(rule)
    amount = _amount(rule, (reps, ms, None)) if reps is not None or ms is not None else None
    most = _top(rule)
    if amount and most is not None:
        amount += f" to {most if reps is not None else f'{most / 1000:g} s'}"
    return f"{rule.title} {', '.join(part for part in (amount, load) if part)}".rstrip()


def targets_today(
    rules: Mapping[str, ProgressRule], past: Mapping[str, Sequence[PastAsked]], today: date
) -> dict[str, Target]:
    """Return what each progression asks for today, by its key.

    Args:
        rules: How they grow.
        past: The sessions that asked for each of them, the latest last.
        today: The day, where the person is.
    """
    return {key: next_target(rule, past.get(key, ()), today) for key, rule in rules.items()}


def next_target(rule: ProgressRule, past: Sequence[PastAsked], today: date) -> Target:
    """Return what one progression asks for after `past`, the sessions that asked for it, the latest last.

    A session in which none of its bouts was begun says nothing.
    """
    begun = [session for session in past if session.begun]
    if not begun:
        return Target(*_start(rule), why="first time")
    last = begun[-1]
    when = day_words(last.started.date(), today)
    here = _asked(rule, last)
    if not last.is_done:
        return _after_short(rule, begun, here, f"{last.done} of {number_of(last.bouts, 'set')} as asked {when}")
    if last.feeling == "hard":
        return Target(*here, why=f"the same again, it was hard {when}")
    up = _up(rule, here)
    every = f"{_amount(rule, here)} in every set"
    return Target(*up, why=f"{every} {when}") if up else Target(*here, why=f"{every}: time for something harder")


def _after_short(rule: ProgressRule, begun: Sequence[PastAsked], here: _Ask, done: str) -> Target:
    """Return what follows a session in which not every set was done as asked: the same, or less after several."""
    short = 0
    for session in reversed(begun):
        if session.is_done or _asked(rule, session) != here:
            break
        short += 1
    lower = _down(rule, here) if short >= TOO_MANY and begun[-1].feeling != "hard" else here
    if lower == here:
        return Target(*here, why=f"the same again, {done}")
    return Target(*lower, why=f"a little less, {short} times short")


_Ask = tuple[int | None, int | None, str | None]
"""Reps, milliseconds, and load."""


def _start(rule: ProgressRule) -> _Ask:
    match rule.amount:
        case Reps(count=count):
            return count, None, rule.load
        case Time(ms=ms):
            return None, ms, rule.load
        case _:
            return None, None, rule.load


def _asked(rule: ProgressRule, session: PastAsked) -> _Ask:
    """Return what a session asked for, within what the step says now: it may have been edited."""
    reps, ms, load = _start(rule)
    if reps is not None and session.reps is not None:
        reps = _in_range(session.reps, reps, _top(rule))
    if ms is not None and session.ms is not None:
        ms = _in_range(session.ms, ms, _top(rule))
    unit = rule.progress.unit if rule.progress and rule.progress.kind == "load" else ""
    if unit and load is not None and session.load is not None and (known := load_in(session.load, unit)):
        load = with_load(load, unit, known[0])
    return reps, ms, load


def _top(rule: ProgressRule) -> int | None:
    return rule.amount.most if isinstance(rule.amount, Reps | Time) else None


def _in_range(value: int, low: int, high: int | None) -> int:
    return max(low, value if high is None else min(value, high))


def _up(rule: ProgressRule, here: _Ask) -> _Ask | None:
    """Return one step more; None at the top, where nothing says how to go on."""
    reps, ms, load = here
    kind, size = (rule.progress.kind, rule.progress.size) if rule.progress else ("", 0)
    top = _top(rule)
    value = reps if reps is not None else ms
    if value is not None and (top is not None or kind in ("reps", "time")):
        step = size if kind in ("reps", "time") else 1 if reps is not None else TIME_STEP_MS
        if top is None or value < top:
            value = value + step if top is None else min(top, value + step)
            return (value, None, load) if reps is not None else (None, value, load)
        if kind != "load":
            return None
    if kind != "load" or load is None or rule.progress is None:
        return None
    known = load_in(load, rule.progress.unit)
    if known is None:
        return None
    bottom, bottom_ms, _ = _start(rule)
    return bottom, bottom_ms, with_load(load, rule.progress.unit, known[0] + size)


def _down(rule: ProgressRule, here: _Ask) -> _Ask:
    """Return the bottom of the range, or there a load that is a tenth lower, rounded to a step."""
    reps, ms, load = here
    low, low_ms, _ = _start(rule)
    if rule.progress is None or rule.progress.kind != "load":
        if reps is not None and low is not None:
            return max(low, _tenth_down(reps, rule.progress.size if rule.progress else 1)), None, load
        if ms is not None and low_ms is not None:
            return None, max(low_ms, _tenth_down(ms, rule.progress.size if rule.progress else TIME_STEP_MS)), load
        return here
    if (reps, ms) != (low, low_ms):
        return low, low_ms, load
    known = load_in(load or "", rule.progress.unit)
    if load is None or known is None:
        return here
    return reps, ms, with_load(load, rule.progress.unit, _tenth_down(known[0], rule.progress.size))


def _tenth_down(value: int, step: int) -> int:
    """Return a value that is a tenth lower, rounded to a step, and at least one step lower where that leaves any."""
    lower = round(value * 9 / 10 / step) * step
    lower = lower if lower < value else value - step
    return lower if lower > 0 else value


def _amount(rule: ProgressRule, values: _Ask) -> str:
    reps, ms, _ = values
    if reps is not None:
        return str(reps)
    return f"{ms / 1000:g} s" if ms is not None else rule.load or ""


def target_words(rule: ProgressRule, target: Target) -> str:
    """Return a target in words: "Goblet squat 9 (8 in every set on Tuesday)", "Squat 5, 62.5 kg (…)"."""
    has_amount = target.reps is not None or target.ms is not None
    amount = _amount(rule, (target.reps, target.ms, None)) if has_amount else None
    parts = [part for part in (amount, target.load if target.load is not None else rule.load) if part]
    why = f" ({target.why})" if target.why else ""
    return f"{rule.title} {', '.join(parts)}{why}".rstrip()


def moved_target(rule: ProgressRule, target: Target, steps: int) -> Target:
    """Return a target that the person moves by so many steps, up or down; never below one rep or one step.

    A load moves by its step; without one, reps or time do.
    """
    kind, size = (rule.progress.kind, rule.progress.size) if rule.progress else ("", 0)
    mine = replace(target, why="you chose it", is_own=True)
    if kind == "load" and rule.progress and _top(rule) is None:
        load = target.load or rule.load or ""
        known = load_in(load, rule.progress.unit)
        if known is None:
            return target
        return replace(mine, load=with_load(load, rule.progress.unit, max(size, known[0] + steps * size)))
    if target.reps is not None:
        return replace(mine, reps=max(1, target.reps + steps * (size if kind == "reps" else 1)))
    if target.ms is not None:
        step = size if kind == "time" else TIME_STEP_MS
        return replace(mine, ms=max(step, target.ms + steps * step))
    return target
