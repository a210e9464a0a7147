"""Zwift's `.zwo` workouts, for the bike and on foot: power as effort, texts as cues.

Files in the wild differ from Zwift's own: names of elements and attributes come in any case, `message` is misspelt,
`<n>` stands for `<name>`, and a cool-down may rise in the file although it is meant to fall.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coach.exchange.incoming.document import plain_paragraphs
from coach.exchange.incoming.steps import Format, effort_of, split_get_ready, title
from coach.routine.ids import id_of
from coach.routine.model import Block, Distance, Dose, Moment, Routine, Time, Work
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coach.exchange.incoming.document import Document, Element
    from coach.exchange.incoming.steps import LossReport
    from coach.routine.model import Effort, Place, Step

_HOW: dict[Effort, str] = {"easy": "easy", "moderate": "steady", "hard": "hard", "all-out": "all out"}
_MOST_REPEATS = 1000
_FEW_UNROLLED = 50
"""Repeats with texts are written one by one, as each text has its own moment; more than this many are not."""
_RAMPS = {"warmup": "Warm-up", "cooldown": "Cool-down", "ramp": "Ramp"}
_STEADY = ("steadystate", "solidstate")
_FREE = ("freeride", "freerun")


@frozen
class _Sport:
    """What a workout is for, and how its lengths and powers are meant."""

    verb: str
    threshold: str
    is_distance: bool

    def amount(self, length: float) -> Time | Distance:
        """Return a length, in seconds or in metres."""
        return Distance(round(length * 1000)) if self.is_distance else Time(round(length * 1000))


@frozen
class _Power:
    """Shares of the threshold at the beginning and the end of a block, 1 being the threshold."""

    first: float
    last: float
    is_range: bool = False

    @property
    def effort(self) -> Effort:
        """How hard it feels: for a range its middle, for a ramp its harder end."""
        return effort_of((self.first + self.last) / 2 if self.is_range else max(self.first, self.last))

    def words(self, threshold: str) -> str:
        """Return it as a person writes it: "95 % FTP", "50 to 75 % FTP"."""
        first, last = round(self.first * 100), round(self.last * 100)
        return f"{first} % {threshold}" if first == last else f"{first} to {last} % {threshold}"


def _recognises(document: Document) -> bool:
    return document.xml is not None and document.xml.tag == "workout_file"


def _routines(document: Document, losses: LossReport) -> Iterator[Routine]:
    root = document.xml
    if root is None:
        return
    is_run = root.first("sporttype").casefold() == "run"
    is_distance = is_run and root.first("durationtype").casefold() == "distance"
    sport = _Sport("Run" if is_run else "Ride", "threshold pace" if is_run else "FTP", is_distance)
    tags = [id_of(tag.attribute("name") or tag.text) for tags in root.of("tags") for tag in tags.of("tag")]
    author = title(root.first("author"), "")
    prepare_ms, steps = split_get_ready(
        [step for workout in root.of("workout") for block in workout.children for step in _block(block, sport, losses)],
        _said_name,
    )
    yield Routine(
        id="",
        name=title(root.first("name", "n"), document.stem),
        steps=steps,
        prepare_ms=prepare_ms,
        description=plain_paragraphs(root.first("description")) or None,
        tags=tuple(dict.fromkeys([*filter(None, tags), "running" if is_run else "cycling"])),
        source=f"{author}, for Zwift" if author else None,
    )


def _said_name(step: Work) -> str:
    """Return what the text of a steady block calls it: blocks have no names, so coach writes "Run: hard" there."""
    is_steady = step.exercise not in _RAMPS.values()
    return step.cue.partition(":")[0] if is_steady and isinstance(step.cue, str) else ""


def _block(block: Element, sport: _Sport, losses: LossReport) -> Iterator[Step]:
    """Yield the steps of one block of a workout."""
    if block.tag == "intervalst":
        yield from _intervals(block, sport, losses)
        return
    if block.tag == "textevent":
        losses.add(block.place, "a text outside a block is left out")
        return
    named = _name_and_power(block, sport)
    if named is None:
        losses.add(block.place, f"the block <{title(block.tag, '?')}> is not known and is left out")
        return
    length = block.number("duration")
    if not length or length < 0.001:
        losses.add(block.place, f"a block without a duration is left out: <{block.tag}>")
        return
    name, power, effort = named
    step = _work(name, length, power, _cadence(block, ""), sport, effort)
    yield _with_texts(step, _texts(block, losses), 0, losses)


def _name_and_power(block: Element, sport: _Sport) -> tuple[str, _Power | None, Effort | None] | None:
    """Return the name, the power and the effort of a block that is done once; None for an unknown one."""
    if (ramp := _RAMPS.get(block.tag)) is not None:
        low, high = block.number("powerlow", "power", "powerhigh"), block.number("powerhigh", "power", "powerlow")
        if low is None or high is None:
            return ramp, None, None
        # Some files let a cool-down rise, and Zwift rides it down all the same.
        power = _Power(max(low, high), min(low, high)) if block.tag == "cooldown" else _Power(low, high)
        return ramp, power, power.effort
    if block.tag in _STEADY:
        power_ = _target(block, "power", "powerlow", "powerhigh")
        effort = power_.effort if power_ else None
        return f"{sport.verb} {_HOW[effort]}" if effort else sport.verb, power_, effort
    if block.tag in _FREE:
        return f"Free {sport.verb.lower()}", None, None
    if block.tag == "maxeffort":
        return f"{sport.verb} all out", None, "all-out"
    return None


def _target(block: Element, single: str, low: str, high: str) -> _Power | None:
    """Return a steady power, or the range that it may be in."""
    value = block.number(single)
    bottom, top = block.number(low), block.number(high)
    if value is None and bottom is not None and top is not None:
        return _Power(min(bottom, top), max(bottom, top), is_range=True)
    found = next((one for one in (value, bottom, top) if one is not None), None)
    return None if found is None else _Power(found, found)


def _cadence(block: Element, kind: str) -> int | None:
    """Return revolutions a minute, the middle of a range; `kind` is "resting" for those between the efforts."""
    single, low, high = (block.number(f"cadence{kind}{end}") for end in ("", "low", "high"))
    if single is None and low is not None and high is not None:
        single = (low + high) / 2
    return round(single) if single and 1 <= single <= 1000 else None


def _work(
    name: str, length: float, power: _Power | None, cadence: int | None, sport: _Sport, effort: Effort | None
) -> Work:
    load = power.words(sport.threshold) if power is not None else None
    return Work(name, Dose(sport.amount(length), cadence=cadence), load=load, effort=effort)


def _intervals(block: Element, sport: _Sport, losses: LossReport) -> Iterator[Step]:
    """Yield repeats of hard and easy: a block of rounds, or one by one where texts have their moments in them."""
    times = block.number("repeat")
    repeat = 1 if times is None else int(min(max(times, 0), _MOST_REPEATS))
    parts: list[Work] = []
    for prefix, kind in (("on", ""), ("off", "resting")):
        length = block.number(f"{prefix}duration")
        if length and length >= 0.001:
            power = _target(block, f"{prefix}power", f"power{prefix}low", f"power{prefix}high")
            effort: Effort = power.effort if power else "hard" if prefix == "on" else "easy"
            parts.append(_work(f"{sport.verb} {_HOW[effort]}", length, power, _cadence(block, kind), sport, effort))
    if not parts or repeat < 1:
        losses.add(block.place, "intervals without a duration or without repeats are left out")
        return
    texts = _texts(block, losses)
    if not texts or sport.is_distance or repeat > _FEW_UNROLLED:
        if texts:
            losses.add(block.place, "texts in repeats are left out here: a block has none that change by round")
        yield from (Block(tuple(parts), rounds=repeat),) if repeat > 1 else parts
        return
    begin = 0
    for round_ in range(repeat):
        for number, part in enumerate(parts):
            is_last = round_ == repeat - 1 and number == len(parts) - 1
            ms = _ms(part)
            there = [
                text for text in texts if begin <= text.offset_ms < begin + ms or (is_last and begin <= text.offset_ms)
            ]
            yield _with_texts(part, there, begin, losses)
            begin += ms


def _ms(step: Work) -> int:
    return step.dose.amount.ms if isinstance(step.dose.amount, Time) else 0


def _texts(block: Element, losses: LossReport) -> list[Moment]:
    """Return the texts of a block with their moments, in order; two at the same moment are joined."""
    found: dict[int, tuple[str, Place]] = {}
    for event in block.of("textevent"):
        words = title(event.attribute("message", "mssage") or event.text, "")
        seconds = event.number("timeoffset")
        if seconds is None and event.number("distoffset") is not None:
            losses.add(event.place, "a text at a distance is left out: cues stand at times")
        elif words and (seconds is None or seconds >= 0):
            offset = round((seconds or 0) * 1000)
            before = found.get(offset)
            found[offset] = (f"{before[0]} {words}" if before else words, event.place)
    return [Moment(offset, words, place) for offset, (words, place) in sorted(found.items())]


def _with_texts(step: Work, texts: list[Moment], begin: int, losses: LossReport) -> Work:
    """Return a step with the texts that fall into it; `begin` is where in the block it starts."""
    moments = []
    for text in texts:
        if isinstance(step.dose.amount, Distance):
            losses.add(text.place, "a text during a distance is left out: how long that takes is not known")
        elif text.offset_ms - begin >= _ms(step):
            losses.add(text.place, "a text after the end of its block is left out")
        else:
            moments.append(Moment(text.offset_ms - begin, text.text))
    if len(moments) == 1 and moments[0].offset_ms == 0:
        return replace(step, cue=moments[0].text)
    return replace(step, cue=tuple(moments)) if moments else step


ZWIFT = Format("Zwift", "a", _recognises, _routines)
