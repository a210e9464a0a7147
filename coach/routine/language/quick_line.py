"""Parse one line of the quick notation, which `quick` describes, by recursive descent over its characters."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from coach.routine.language import distances, doses_in_names, quick_doses, scalars
from coach.routine.language.block_rules import with_own_sides
from coach.routine.language.quick_doses import Mistake
from coach.routine.model import Block, Distance, Dose, Reps, Rest, RestTime, Time, Wait, Work
from coach.syntax.report import quoted

if TYPE_CHECKING:
    from collections.abc import Callable

    from coach.routine.model import Amount, Phase, Place, Sides, Step

RUN = "Run"
"""The name of a distance without a name, as in `4 x 1 km`."""
DEEPEST_BRACKETS = 16
"""Levels of brackets in brackets; nobody can follow half as many."""

_SPACE = re.compile(r"\s*")
_TIMES = re.compile(r"([0-9]+)\s*[x\u00d7](?=\s|[0-9(,)]|$|max(?:[\s/,():@\"]|$))", re.IGNORECASE)
_REST = re.compile(r"rest(?=[\s,():@]|$)", re.IGNORECASE)
_WAIT = re.compile(r"wait(?=[\s,():@]|$)", re.IGNORECASE)
_SIDE = re.compile(r"\s*/\s*(\w*)")
_EACH = re.compile(r"\s*each(?![\w-])", re.IGNORECASE)
_GLUED_MINUTES = re.compile(r"([0-9]{1,2})m", re.IGNORECASE)
_RANGED_PACE = re.compile(r"@\s*([0-9]+:[0-9]{2}[^,()]*)")
_METRES = re.compile(r"([0-9]+)\s+m", re.IGNORECASE)
_NAME = re.compile(r"[^,()@:]*")
_TEMPO = re.compile(r"[^,():]*")
_LATE_TEMPO = re.compile(r".*\s@\s*[0-9xX][-/0-9xX]{3,}", re.DOTALL)
_NO_BRACKET = f'brackets are for steps, as in "3x(20s run, 10s rest)": put a name with brackets {quick_doses.QUOTES}'


class QuickLine:
    """One line and how far it has been read.

    Args:
        text: the line.
        report: takes each mistake, as an index counted from 0 and a sentence.
        warn: takes the same for what is allowed but probably not meant.
        place: returns the place in the file for an index.
    """

    def __init__(
        self,
        text: str,
        report: Callable[[int, str], None],
        warn: Callable[[int, str], None],
        place: Callable[[int], Place],
    ) -> None:
        self._text = text
        self._report = report
        self._warn = warn
        self._place = place
        self._pos = 0
        self._mistakes = 0
        self._begins = 0
        """Where the current list of steps begins."""
        self._times = 1
        """How many times the current list of steps is done."""

    def read(self) -> tuple[Step, ...]:
        """Return the steps that could be read, and report the mistakes in the others."""
        found = self._steps(0)
        while self._next() == ")":
            self._wrong(
                Mistake(self._pos, "this bracket has no opening bracket: remove it, or add one before the steps")
            )
            self._pos += 1
            self._space()
            self._pos += self._next() == ","
            found += self._steps(0)
        return tuple(found)

    def _steps(self, depth: int) -> list[Step]:
        """Read steps up to a closing bracket or the end."""
        found: list[Step] = []
        comma: int | None = None
        while True:
            self._space()
            if self._next() in {"", ")"}:
                if comma is not None:
                    self._wrong(Mistake(comma, "nothing follows this comma: add a step, or remove the comma"))
                return found
            if self._next() == ",":
                self._wrong(Mistake(self._pos, "there is no step before this comma: remove it"))
            else:
                try:
                    found.append(self._step(depth))
                    self._end_of_step()
                except Mistake as mistake:
                    self._wrong(mistake)
                    self._skip()
            comma = self._pos if self._next() == "," else None
            self._pos += comma is not None

    def _step(self, depth: int) -> Step:
        begin = self._pos
        if match := _TIMES.match(self._text, begin):
            self._pos = match.end()
            self._space()
            if self._next() == "(":
                return self._group(begin, quick_doses.read_times(match[1], begin, "rounds"), depth)
            return self._dosed(begin, quick_doses.read_times(match[1], begin, "sets"))
        if self._next() == "(":
            return self._group(begin, None, depth)
        if match := _REST.match(self._text, begin):
            return self._rest_first(begin, match.end())
        if match := _WAIT.match(self._text, begin):
            self._pos = match.end()
            self._no_colon("wait")
            return Wait(self._words(begin, '"wait" needs some text: write "wait Put the band on"'), self._place(begin))
        return self._dosed(begin, None)

    def _group(self, begin: int, rounds: int | None, depth: int) -> Block:
        bracket, mistakes = self._pos, self._mistakes
        if depth >= DEEPEST_BRACKETS:
            raise Mistake(bracket, f"brackets are nested more than {DEEPEST_BRACKETS} deep: remove some")
        self._pos += 1
        outer = self._begins, self._times
        self._begins, self._times = self._pos, self._times * (rounds or 1)
        steps = self._steps(depth + 1)
        self._begins, self._times = outer
        if self._next() != ")":
            raise Mistake(bracket, 'this bracket is never closed: write ")" after its last step')
        self._pos += 1
        if not steps and mistakes == self._mistakes:
            raise Mistake(bracket, "these brackets are empty: write steps, separated by commas")
        each_side = doses_in_names.each_side_first(self._text, self._pos)
        if each_side:
            self._pos = each_side.end()
            if own := next(with_own_sides(tuple(steps)), None):
                cure = "write it once, on the step or after the bracket"
                raise Mistake(each_side.start(), f"{own[1]} in these brackets has its own sides: {cure}")
        self._space()
        if match := re.compile(r"[x\u00d7*]\s*([0-9]+)").match(self._text, self._pos):
            raise Mistake(self._pos, f'the number comes before the brackets: write "{match[1]}x(…)"')
        if self._next() == "/":
            raise Mistake(self._pos, 'only "side" is allowed after "/": write "(…)/side"')
        if self._next() not in {"", ",", ")"}:
            what = {":": "a group has no cue: put it", "@": "a group has no tempo: put it"}.get(self._next())
            cure = f"{what} on a step inside the brackets" if what else "add a comma after the bracket"
            raise Mistake(self._pos, cure)
        sides: Sides | None = "each" if each_side else None
        return Block(tuple(steps), rounds=rounds, sides=sides, place=self._place(begin))

    def _dosed(self, begin: int, sets: int | None) -> Work | Rest:
        """Read a step that begins with its dose, or is just a name."""
        start = self._pos
        dose = quick_doses.read_dose(self._text, start)
        if dose is None:
            if sets is not None:
                name = " ".join(self._match(_NAME).split()) or "squat"
                cure = f'write "{sets}x12 {name[:30]}" or "{sets}x({name[:30]})"'
                raise Mistake(begin, f'"{sets}x" needs reps, a time or brackets after it: {cure}')
            return self._work(begin, start, Dose())
        amount, self._pos = dose
        written = " ".join(self._text[start : self._pos].split())
        sides = self._sides(written)
        self._space()
        if match := _REST.match(self._text, self._pos):
            if sets is not None or sides:
                cure = f'write "{sets}x(…, {written} rest)"' if sets else f'write "{written} rest"'
                raise Mistake(begin, f"a rest has no sets or sides: {cure}")
            self._refuse_range(start, amount, written)
            self._pos = match.end()
            return self._rest(begin, self._rest_ms(begin, amount, written, f"{written}s rest"))
        if amount == Time(0):
            raise Mistake(start, f"{quoted(written)} is not a time: write 1s or more")
        return self._work(begin, start, Dose(amount, sides="each" if sides else None, sets=sets), written)

    def _sides(self, written: str) -> bool:
        """Read the words that a dose is for each side; return whether it has them."""
        if match := doses_in_names.each_side_first(self._text, self._pos):
            self._pos = match.end()
            return True
        if match := _EACH.match(self._text, self._pos):
            raise Mistake(self._pos, f'"{" ".join(match[0].split())}" is "/side" here: write "{written}/side"')
        match = _SIDE.match(self._text, self._pos)
        if match is None:
            return False
        if match[1][:1].isdecimal() and match[1] != written:
            cure = f'write two steps with a comma, such as "{written} run, {match[1]} rest"'
            raise Mistake(self._pos, f'only "side" is allowed after "/": {cure}')
        raise Mistake(self._pos, f'only "side" is allowed after "/": write "{written}/side"')

    def _work(self, begin: int, start: int, dose: Dose, written: str = "") -> Work:
        name, is_each = self._name(start, written, dose)
        if is_each:
            dose = replace(dose, sides="each")
        if not written and (far := doses_in_names.distance_after(name)):
            name, dose = self._distance_after(start, name, far, dose)
        self._ask(start, written, name, dose)
        dose = self._pace(dose)
        phases = self._tempo() if self._next() == "@" else None
        cue = self._cue() if self._next() == ":" else None
        return Work(name, dose, phases=phases, cue=cue, place=self._place(begin))

    def _pace(self, dose: Dose) -> Dose:
        """Read the pace after a distance, `@5:00 /km`, if one stands here."""
        try:
            found = distances.pace_after(self._text, self._pos)
        except scalars.Wrong as wrong:
            raise Mistake(self._pos, str(wrong)) from None
        if found is None:
            if (ranged := _RANGED_PACE.match(self._text, self._pos)) and (
                complaint := scalars.range_complaint(ranged[1])
            ):
                raise Mistake(ranged.start(1), complaint[0])
            if ranged and isinstance(dose.amount, Distance):
                cure = f'add its distance, as in "@{ranged[1].split()[0]} /km"'
                raise Mistake(ranged.start(1), f"{quoted(ranged[1])} is not a pace: {cure}")
            return dose
        if not isinstance(dose.amount, Distance):
            raise Mistake(self._pos, 'a pace needs a distance: write one first, as in "5 km run @5:00 /km"')
        self._pos = found[1]
        self._space()
        return replace(dose, pace=found[0])

    @staticmethod
    def _distance_after(start: int, name: str, far: tuple[str, str], dose: Dose) -> tuple[str, Dose]:
        """Return the name and the dose of a bare name that ends in a distance: "Run 400 m"."""
        title, written = far
        distance = distances.read_distance(written)
        if distances.likely_minutes(distance, title):
            minutes = written.split()[0]
            cure = f"for metres write `{written} {title}`, for minutes `{minutes}min {title}`"
            raise Mistake(start, f"the dose comes first in {quoted(name)}: {cure}")
        return title, replace(dose, amount=distance)

    def _ask(self, start: int, written: str, name: str, dose: Dose) -> None:
        """Question minutes that are most likely metres, and metres that are most likely minutes."""
        if isinstance(dose.amount, Time) and (match := _GLUED_MINUTES.fullmatch(written)):
            minutes = int(match[1])
            if distances.is_too_long_for(minutes, name):
                raise Mistake(start, distances.minutes_question(minutes, name))
            if distances.likely_metres(minutes, name, self._times * (dose.sets or 1)):
                self._warn(start, distances.minutes_question(minutes, name))
        elif (
            isinstance(dose.amount, Distance)
            and (match := _METRES.fullmatch(written))
            and distances.likely_minutes(dose.amount, name)
        ):
            cure = f"for minutes write `{match[1]}min {name[:30]}`, for metres `{match[1]} metres {name[:30]}`"
            self._warn(start, f"that is {match[1]} metres: {cure}")

    def _check_name(self, at: int, name: str, written: str, sets: int | None) -> None:
        """Raise Mistake when a name holds another step, or says how many times."""
        if two := doses_in_names.two_steps_in(name):
            unit = "s" if two[0] == "work" and written.isdecimal() else ""  # 30 on, 30 off
            first, second = f"{written}{unit} {two[0]}".strip(), two[1]
            more = doses_in_names.times_after(second)
            second, rounds = more or (second, sets)
            line = f"{rounds}x({first}, {second})" if rounds else f"{first}, {second}"
            raise Mistake(at, f"there are two steps in {quoted(f'{written} {name}'.strip())}: write `{line}`")
        again = doses_in_names.times_after(name)
        if again is None or not (written or not again[0]):
            return
        title, times = again
        before = self._text[self._begins : at].strip()
        if "," in before:
            line = f"{times}x({f'{before} {title}'.strip(' ,')})"
        elif written.casefold().endswith("rest"):
            line = f"{times}x(30s plank, {written})"
        elif not written:
            line = f"{times}x(20s run, 10s rest)"
        else:
            line = f"{times}x{f'{written} {title}'.strip()}"
        raise Mistake(at, f"the number of times comes first: write `{line}`")

    def _name(self, start: int, written: str, dose: Dose) -> tuple[str, bool]:
        """Read a name; return it, and whether words for each side follow it. A distance without a name is a run."""
        is_each = False
        self._space()
        at = self._pos
        if self._next() == '"':
            name = self._quoted()
        else:
            name = " ".join(self._match(_NAME).split())
            if name and (match := doses_in_names.sides_in_brackets(self._text, self._pos)):
                if match["how"].casefold() == "both":
                    cure = f"`{written}/side {name}`" if written else f'"sides: each" beside "exercise: {name}"'
                    raise Mistake(self._pos, f"{quoted(match[0])} may mean each side: write {cure}")
                self._pos = match.end()
                self._space()
                is_each = True
            elif (plain := doses_in_names.without_side(name)) is not None:
                name, is_each = plain, True
            quick_doses.check_name(self._text, at, self._pos, name, written, is_each=is_each)
            self._check_name(at, name, written, dose.sets)
        if not name and isinstance(dose.amount, Distance) and self._next() != "(":
            return RUN, False
        if not name:
            if self._next() == "(" and written:
                raise Mistake(start, f'{quoted(written)} cannot come before brackets: write "{written}x(…)" for rounds')
            what = f'no name after {quoted(written)}: write what to do, such as "{written} squat"'
            raise Mistake(start if written else at, what if written else 'there is no name here: write "12 squat"')
        if self._next() == "(":
            raise Mistake(self._pos, _NO_BRACKET)
        return name, is_each

    def _tempo(self) -> tuple[Phase, ...]:
        self._pos += 1
        self._space()
        at = self._pos
        written = " ".join(self._match(_TEMPO).split())
        if not written:
            raise Mistake(at - 1, 'there is no tempo after "@": write four numbers, such as @3-1-1-0')
        try:
            return scalars.tempo_phases(scalars.read_tempo(written), lift_first=False)
        except scalars.Wrong as wrong:
            load = re.search(r"(?:kgs?|lbs?|%)$", written, re.IGNORECASE)
            cure = f'"@" is for a tempo: put a load in a routine file, as "load: {written}" next to "exercise:"'
            raise Mistake(at, cure if load else str(wrong)) from None

    def _cue(self) -> str:
        colon = self._pos
        self._pos += 1
        self._space()
        if self._next() == "{":
            raise Mistake(self._pos, "cues at a moment need a routine file, without quotes: write one text here")
        cue = self._words(colon, "there is no cue after the colon: write one, or remove the colon")
        if len(cue) < 500 and _LATE_TEMPO.fullmatch(cue):
            raise Mistake(colon, "the tempo goes before the colon: write the cue after it")
        return cue

    def _rest_first(self, begin: int, end: int) -> Rest:
        self._pos = end
        self._no_colon("rest")
        dose = quick_doses.read_dose(self._text, self._pos)
        if dose is None:
            cure = f'write "60s rest" or "rest 60s", or put a name {quick_doses.QUOTES}'
            raise Mistake(begin, f'"rest" needs a time: {cure}')
        written = self._text[self._pos : dose[1]].strip()
        self._refuse_range(self._pos, dose[0], written)
        self._pos = dose[1]
        return self._rest(begin, self._rest_ms(begin, dose[0], written, f"rest {written}s"))

    @staticmethod
    def _refuse_range(at: int, amount: Amount, written: str) -> None:
        """Raise Mistake when the time of a rest is a range."""
        if isinstance(amount, Time | Reps) and amount.most and (complaint := scalars.range_complaint(written)):
            raise Mistake(at, complaint[0])

    @staticmethod
    def _rest_ms(begin: int, amount: Amount, written: str, cure: str) -> int:
        if isinstance(amount, Time):
            return amount.ms
        if isinstance(amount, Distance):
            # A rest has no distance, so "5 m" of it can only be minutes.
            try:
                return scalars.read_duration(written)
            except scalars.Wrong:
                far = f'a rest needs a time: write "90s rest", or as work "{amount.words} walk"'
                raise Mistake(begin, far) from None
        if isinstance(amount, Reps):
            raise Mistake(begin, f'the time of a rest needs a unit: write "{cure}"')
        raise Mistake(begin, 'a rest needs a time: write "60s rest", or "wait" and some text to wait for a key')

    def _rest(self, begin: int, ms: int) -> Rest:
        """Read the name of a rest, which may be empty."""
        self._space()
        at = self._pos
        if self._next() == '"':
            name = self._quoted()
        else:
            name = " ".join(self._match(_NAME).split())
            self._check_name(at, name, " ".join(self._text[begin:at].split()), None)
        if self._next() in {":", "@"}:
            raise Mistake(self._pos, 'a rest has no cue or tempo: put its name after the word, as in "90s rest Walk"')
        return Rest(RestTime(ms, name or None), self._place(begin))

    def _no_colon(self, word: str) -> None:
        self._space()
        if self._next() == ":":
            raise Mistake(self._pos, f'"{word}" has no colon in the quick notation: remove the colon')

    def _words(self, begin: int, empty: str) -> str:
        """Read words up to a comma or a closing bracket, or in double quotes; `empty` is the message without any."""
        self._space()
        if self._next() == '"':
            words_ = self._quoted()
        else:
            start = self._pos
            self._skip()
            words_ = " ".join(self._text[start : self._pos].split())
        if not words_:
            raise Mistake(begin, empty)
        return words_

    def _quoted(self) -> str:
        """Read text in double quotes."""
        begin = self._pos
        end = self._text.find('"', begin + 1)
        if end < 0:
            self._pos = len(self._text)
            raise Mistake(begin, "this quote is never closed: close it at the end of the name")
        self._pos = end + 1
        self._space()
        if self._next() not in {"", ",", ")", "@", ":", "("}:
            raise Mistake(self._pos, "there is text after the closing quote: put the whole name in quotes")
        return " ".join(self._text[begin + 1 : end].split())

    def _end_of_step(self) -> None:
        self._space()
        if self._next() not in {"", ",", ")"}:
            raise Mistake(self._pos, _NO_BRACKET if self._next() == "(" else "add a comma before this")

    def _skip(self) -> None:
        """Skip to the comma or closing bracket that ends this step, past any in brackets or quotes inside it."""
        depth = 0
        while (char := self._next()) and (depth or char not in ",)"):
            depth += (char == "(") - (char == ")")
            close = self._text.find('"', self._pos + 1) if char == '"' else -1
            self._pos = max(self._pos, close) + 1

    def _wrong(self, mistake: Mistake) -> None:
        self._mistakes += 1
        self._report(mistake.index, mistake.message)

    def _match(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self._text, self._pos)
        if match is None:
            return ""
        self._pos = match.end()
        return match[0]

    def _space(self) -> None:
        self._match(_SPACE)

    def _next(self) -> str:
        return self._text[self._pos : self._pos + 1]
