"""What the stage shows at one moment: the session's view, with the badges, notices and questions of its screen."""

from __future__ import annotations

from dataclasses import field, replace
from typing import TYPE_CHECKING

from coach.text.clean import safe
from coach.tui.actions import key_names
from coach.tui.stage.sizing import Part
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coach.session.view import View
    from coach.tui.stage.track import Track

KIND_SIGNS = {"prepare": "\u25b6", "work": "\u25cf", "rest": "\u25cb", "wait": "\u00b7"}
"""Signs of the kinds, for eyes and terminals without colour."""


PAUSE_KEYS = {"pause": "resume", "restart": "restart this part", "jump": "jump", "quit": "end"}
"""What can be done in a pause: actions, and what they are called there."""


@frozen
class Scene:
    """Everything on the stage at one moment. Its words are safe for the terminal."""

    view: View
    badges: tuple[str, ...] = ()
    """States that last, such as MUTED."""
    notice: str = ""
    """A message that passes."""
    question: str = ""
    """The question whether to end, while it is asked."""
    flash: bool = False
    """Whether the whole picture is in the colour of an alert, in place of a sound."""
    keys: Mapping[str, str] = field(default_factory=lambda: key_names("session"))
    """Names of the keys that the prompt may need, by action."""
    track: Track | None = None
    """The whole session as a row; None leaves the row out."""
    has_figure: bool = False
    """Whether there is a figure to show."""
    story: tuple[str, ...] = ()
    """The pose that each phase of the movement ends in, for pictures of them; empty where they are not known."""
    reason: str = ""
    """Why the session paused by itself."""
    coarse: bool = False
    """Whether to avoid block characters, which some terminals draw two cells wide."""

    @property
    def prompt(self) -> str:
        """The key that the user needs to know now, and what it does."""
        return self.view.prompt.format_map(self.keys)

    @property
    def pause_keys(self) -> str:
        """What keys do in a pause."""
        keys = self.keys
        return "   ".join(f"{keys[name]} {word}" for name, word in PAUSE_KEYS.items() if name in keys)

    @property
    def tone(self) -> str:
        """The colour of the stage: that of the kind of moment."""
        return self.view.kind

    @property
    def shade(self) -> str:
        """What the role of a band or bar in the tone of the moment ends in: how hard the work should feel."""
        return f"@{self.view.effort}" if self.view.effort and self.view.kind == "work" else ""

    @property
    def is_dimmed(self) -> bool:
        """Whether something lies over the stage, which makes way for it."""
        return self.view.mode == "paused" or bool(self.question)

    @property
    def word(self) -> str:
        """The kind of moment as a word."""
        view = self.view
        match view.mode:
            case "paused":
                return f"PAUSED ({view.word.lower()})"
            case "count_in":
                return "COUNT-IN"
            case "ready":
                return f"{view.word}, starting"
            case _:
                return view.word

    @property
    def title(self) -> str:
        """Title, direction, load and pace; empty where they would say the same as the kind of moment."""
        view = self.view
        title = "" if view.title.upper() in (view.word, "REST", "WAIT") else view.title
        return ", ".join(fact for fact in map(safe, (title, view.way, view.load, view.pace)) if fact)

    @property
    def own_pace(self) -> bool:
        """Whether reps or a distance are done at the user's own pace, also in a window."""
        return self.view.kind == "work" and bool(self.view.dose) and self.view.rep is None

    @property
    def headline(self) -> str:
        """The words to act on, for a window too small for a picture."""
        return next((words.text for words in self.words if words.part.rank == 1), "")

    @property
    def words(self) -> tuple[StageWords, ...]:
        """What stands in the middle, from top to bottom: each thing a person needs to know in a place of its own."""
        view = self.view
        if view.kind in ("prepare", "rest"):
            found = _before_work(self)
        elif view.kind == "wait":
            found = [
                _words(Part("name", (), 1, role="cue"), safe(view.title)),
                _words(Part("note", (), 2), safe(view.note)),
                _clock(self, rank=2),
            ]
        else:
            found = _during_work(self)
        return tuple(words for words in found if words.text or words.number)


@frozen
class StageWords:
    """A part of the stage, with what it says now."""

    part: Part
    text: str
    number: str = ""


def _words(part: Part, text: str, texts: tuple[str, ...] = ()) -> StageWords:
    """Return words with a place of their own; `texts` are all that will stand there."""
    return StageWords(replace(part, texts=tuple(dict.fromkeys((*texts, text)))), text)


def _clock(scene: Scene, rank: int = 0) -> StageWords:
    part = Part("clock", (scene.view.longest_digits,), rank, "tone", scene.tone, kind="clock")
    return StageWords(part, scene.view.digits)


def _before_work(scene: Scene) -> list[StageWords]:
    """Return what is shown in a get-ready and in a rest: how long, and what comes next."""
    view, ahead = scene.view, scene.view.ahead
    note = safe(view.note)
    if view.ends or ahead is None:
        return [_clock(scene), _words(Part("headline", (), 1), note or safe(view.title))]
    name = ", ".join(fact for fact in map(safe, (ahead.title, ahead.way)) if fact)
    dose = ", ".join(map(safe, ahead.items)) or safe(ahead.dose)
    facts = ", ".join(fact for fact in (dose, safe(ahead.load), ahead.set, ahead.effort) if fact)
    return [
        _clock(scene),
        _words(Part("label", (), 3, role="dim", plain=True), "Next"),
        _words(Part("ahead", (), 1, role="cue"), name),
        _words(Part("dose", (), 2, "tone", scene.tone), facts),
        _words(Part("note", (), 2), note),
    ]


def _during_work(scene: Scene) -> list[StageWords]:
    view = scene.view
    condition = _words(Part("condition", (), 2), safe(view.condition))
    cap = _words(Part("cap", (), 3, role="dim", plain=True), safe(view.cap))
    cues, cue = tuple(map(safe, view.cues)), safe(view.cue)
    name = _words(Part("name", (), 3), safe(view.title))
    if view.phase is not None and view.strip:
        numbers = tuple(map(str, range(1, len(view.strip) + 1)))
        phases = tuple(map(safe, view.strip))
        part = Part("phase", phases, 1, "text", "cue", numbers)
        return [_clock(scene), StageWords(part, phases[view.phase - 1], str(view.phase)), condition, cap]
    if view.items:
        lists = tuple("\n".join(map(safe, items)) for items in view.checklists)
        part = Part("list", (), 1, role="cue", listed=len(view.items) > 1)
        listed = _words(part, "\n".join(map(safe, view.items)), lists)
        zeros = "".join("0" if char.isdigit() else char for char in view.score)
        score = _words(Part("score", (), 2, "tone", scene.tone), safe(view.score), (zeros,) if zeros else ())
        return [_clock(scene), listed, score, condition, _words(Part("cue", (), 2), cue, cues), cap]
    main = _words(Part("cue", (), 1, role="cue"), cue, cues) if cues else replace(name, part=replace(name.part, rank=1))
    more = [name] if cues and not scene.has_figure else []
    if scene.own_pace:
        number, _, unit = view.dose.partition(" ")
        part = Part("dose", (safe(unit),), 0, "tone", scene.tone, (safe(number),), kind="dose")
        if not view.counts_up:  # a window: its clock is as important as what is done in it
            dose = StageWords(replace(part, rank=1), safe(unit), safe(number))
            other = replace(main, part=replace(main.part, rank=2, role="strong"))
            return [_clock(scene), dose, other, *more]
        return [StageWords(part, safe(unit), safe(number)), main, condition, _clock(scene, rank=2), *more, cap]
    if condition.text:
        said = _words(Part("condition", (), 1, role="cue"), condition.text)
        return [_clock(scene), said, _words(Part("cue", (), 2), cue, cues), cap]
    return [_clock(scene), main, *more]


def _to_do(view: View) -> str:
    """Return the reps that the user entered, or else the dose; empty where the clock shows it."""
    return view.reps_done or view.dose


def counters(view: View) -> tuple[str, ...]:
    """Return the position in rounds, reps and sets, from the longest wording to the shortest."""
    full: list[str] = []
    short: list[str] = []
    if view.effort and view.kind == "work":
        full.append(view.effort)
    if view.score:
        full.append(view.score)
        short.append(view.score)
    if view.rep is not None:
        of = view.reps is not None and view.rep <= view.reps
        full.append(f"rep {view.rep} of {view.reps}" if of else f"rep {view.rep}")
        short.append(f"rep {view.rep}/{view.reps}" if of else f"rep {view.rep}")
    elif amount := _to_do(view):
        full.append(amount)
        short.append(amount)
    if view.set is not None and (view.sets or 1) > 1:
        full.append(f"set {view.set} of {view.sets}")
        short.append(f"set {view.set}/{view.sets}")
    if view.round:
        full.append(view.round)
        short.append(view.round.replace(" of ", "/"))
    return ("   ".join(full), "  ".join(short), *short[:1])
