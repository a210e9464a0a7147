"""The steps of a routine: what each one is, and the checks that span its keys."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coach.problems import nearest
from coach.routine import fields as f
from coach.routine import scalars, words
from coach.routine.mapping import Values, read_keys
from coach.routine.model import Block, Dose, Pause, Phase, Place, Rest, Step, Time, Wait, Work
from coach.routine.nodes import Keys, Listing, Node, Text
from coach.routine.report import quoted

if TYPE_CHECKING:
    from collections.abc import Callable

    from coach.routine.model import Amount
    from coach.routine.report import Report

_KINDS = 'begin it with "exercise:", "rest:", "wait:" or "block:"'
_FEW = 20
"""Keys looked at to guess what a step was meant to be; a person writes no more."""
_QUICK = re.compile(r"\s*(?:[0-9]|max\b)", re.IGNORECASE)


def read_steps(listing: Listing | None, report: Report) -> tuple[Step, ...]:
    """Return the steps of a list; those that cannot be read are reported and left out."""
    if listing is None:
        return ()
    found = (_step(node, report) for node in listing.value)
    return tuple(step for step in found if step is not None)


def _step(node: Node, report: Report) -> Step | None:
    if isinstance(node, Listing):
        report.at(node, f"a list cannot be a step: {_KINDS}")
    elif isinstance(node, Text):
        _one_line(node, report)
    elif (kind := _kind(node, report)) is not None:
        values = read_keys(node, f.STEP_TABLES[kind], report)
        return _MAKERS[kind](values, report, Place(node.line, node.column))
    return None


def _one_line(node: Text, report: Report) -> None:
    """Answer a step that is one line of text."""
    line = node.value.strip()
    if not line:
        report.at(node, f"there is nothing after the dash: {_KINDS}")
    elif line.count("(") != line.count(")"):
        report.at(node, "inside [ ] a comma separates: write one step a line, each after a dash")
    else:
        report.at(node, f'a step in one line, {quoted(line)}, is not supported yet: write "exercise:" and its keys')


def _kind(node: Keys, report: Report) -> str | None:
    """Return which kind of step a mapping is; a near miss counts, so that the rest of it is checked too."""
    written = [key.value for key, _ in node.value]
    if len(written) == 1 and _QUICK.match(written[0]):
        key, value = node.value[0]
        line = f"{key.value}: {value.value}" if isinstance(value, Text) else key.value
        message = f'a step in one line, {quoted(line)}, is not supported yet: write "exercise:" and its keys'
        report.at(node, message)
        return None
    if "routine" in written:
        report.at(node, 'including another routine with "routine" is not supported yet: write its steps out')
        return None
    for kind in f.STEP_TABLES:
        if kind in written:
            return kind
    for word in written[:_FEW]:
        if words.means_block(word):
            return "block"
        near = words.meant(word) or (nearest(word, f.STEP_TABLES) if len(word) <= 40 else None)
        if near in f.STEP_TABLES and word not in f.WORK_KEYS.fields:
            return near
    _no_kind(node, written, report)
    return None


def _no_kind(node: Keys, written: list[str], report: Report) -> None:
    if "name" in written:
        report.at(node, 'this step does not say what it is: write "exercise:" in place of "name:"')
    elif written and all(word in f.BLOCK_KEYS.fields for word in written):
        report.at(node, 'this step does not say what it is: begin it with "block:"')
    elif not report.has_at(node):  # otherwise its first key could not even be read
        report.at(node, f"this step does not say what it is: {_KINDS}")


def _block(values: Values, report: Report, place: Place) -> Block:
    return Block(
        steps=read_steps(values.get(f.STEPS), report),
        name=values.get(f.BLOCK) or "",
        rounds=values.get(f.ROUNDS) or 1,
        rest=values.get(f.LIST_REST),
        round_rest=values.get(f.ROUND_REST),
        work=values.get(f.WORK),
        place=place,
    )


def _work(values: Values, report: Report, place: Place) -> Work:
    return Work(
        exercise=values.get(f.EXERCISE) or "",
        dose=dose(values, report),
        phases=timing(values, report),
        cue=values.get(f.CUE),
        note=values.get(f.NOTE),
        load=values.get(f.LOAD),
        rest=values.get(f.SET_REST),
        switch=values.get(f.SWITCH),
        place=place,
    )


def _wait(values: Values, _report: Report, place: Place) -> Wait:
    return Wait(values.get(f.WAIT) or "", place)


def _rest(values: Values, _report: Report, place: Place) -> Rest:
    return Rest(values.get(f.REST_STEP) or Pause(0), place)


_MAKERS: dict[str, Callable[[Values, Report, Place], Step]] = {
    "block": _block,
    "exercise": _work,
    "wait": _wait,
    "rest": _rest,
}


def dose(values: Values, report: Report) -> Dose:
    """Return the dose that a step or an exercise file gives: one of reps, time and until, and what goes with it."""
    values.one_of(f.AMOUNTS, report)
    amounts: tuple[Amount | None, ...] = (values.get(f.REPS), values.get(f.TIME), values.get(f.UNTIL))
    amount = next((each for each in amounts if each is not None), None)
    if isinstance(amount, Time) and "cap" in values.keys:
        report.at(values.keys["cap"], '"cap" beside "time" has no use, the time ends it already: take "cap" out')
    directions = values.get(f.DIRECTIONS)
    if directions == ():
        report.at(values.keys["directions"], 'no directions: write them as in "directions: [forward, back]"')
    return Dose(
        amount=amount,
        sides=values.get(f.SIDES),
        directions=directions,
        sets=values.get(f.SETS),
        cadence=values.get(f.CADENCE),
        cap_ms=values.get(f.CAP),
    )


def timing(values: Values, report: Report) -> tuple[Phase, ...] | None:
    """Return one rep as phases, from whichever of phases, tempo and rep_time was written; None for none of them."""
    values.one_of(f.TIMINGS, report)
    if "first" in values.keys and "tempo" not in values.keys:
        report.at(values.keys["first"], '"first" says where a tempo begins: write "tempo: 3-1-1-0" too, or take it out')
    if (parts := values.get(f.TEMPO)) is not None:
        return scalars.tempo_phases(parts, lift_first=values.get(f.FIRST) == "lift")
    if (rep_ms := values.get(f.REP_TIME)) is not None:
        return (Phase(rep_ms),)
    return values.get(f.PHASES)
