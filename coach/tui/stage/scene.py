"""What the stage shows at one moment: the session's view, with the badges, notices and questions of its screen."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from coach.text.clean import safe
from coach.timeline.wording import reps_to_do
from coach.tui.actions import key_names
from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coach.session.view import View
    from coach.tui.stage.track import Track

KIND_SIGNS = {"prepare": ">", "work": ">>", "rest": "--", "wait": ".."}
"""Signs of the kinds, for eyes and terminals without colour. ASCII, so that no terminal draws them two cells wide."""


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
    coarse: bool = False
    """Whether to avoid block characters, which some terminals draw two cells wide."""

    @property
    def prompt(self) -> str:
        """The key that the user needs to know now, and what it does."""
        return self.view.prompt.format_map(self.keys)

    @property
    def tone(self) -> str:
        """The colour of the stage: the kind's, or that of a pause."""
        return "paused" if self.view.mode == "paused" else self.view.kind

    @property
    def word(self) -> str:
        """The kind of moment as a sign and a word."""
        view = self.view
        match view.mode:
            case "paused":
                return f"|| PAUSED ({view.word.lower()})"
            case "count_in":
                return f"{KIND_SIGNS[view.kind]} COUNT-IN"
            case "ready":
                return f"{KIND_SIGNS[view.kind]} {view.word}, starting"
            case _:
                return f"{KIND_SIGNS[view.kind]} {view.word}"

    @property
    def title(self) -> str:
        """Title, direction, load and pace."""
        return ", ".join(
            fact for fact in map(safe, (self.view.title, self.view.way, self.view.load, self.view.pace)) if fact
        )

    @property
    def headline(self) -> str:
        """The words to act on, shown as large as possible."""
        view = self.view
        if view.mode == "paused":
            return "PAUSED"
        cue = safe(view.cue)
        if view.kind == "rest" and view.ends:
            return cue or safe(view.title)
        if view.kind in ("prepare", "rest"):
            return cue if cue and not view.soon else safe(f"Next: {view.next_up}")
        if view.phase is not None and view.strip:
            return f"{view.phase} {cue}".strip()
        if self.own_pace:
            return safe(f"{view.title}: {_to_do(view)}")
        return cue or safe(", ".join(view.items)) or safe(view.title)

    @property
    def aside(self) -> str:
        """The cue in plain letters, when the headline shows something else."""
        view = self.view
        hidden = view.soon and not view.ends if view.kind in ("prepare", "rest") else self.own_pace
        return safe(view.cue) if hidden and view.mode != "paused" else ""

    @property
    def own_pace(self) -> bool:
        """Whether reps or a distance are done at the user's own pace."""
        view = self.view
        asked = view.reps is not None or bool(view.distance)
        return view.kind == "work" and view.counts_up and asked and view.rep is None

    @property
    def headlines(self) -> tuple[str, ...]:
        """Every headline this interval will have, so that nothing jumps when the phase changes."""
        if self.view.mode == "paused" or self.view.phase is None or not self.view.strip:
            return (self.headline,)
        return tuple(f"{number} {safe(cue)}".strip() for number, cue in enumerate(self.view.strip, start=1))

    @property
    def shape(self) -> str:
        """The countdown with every digit the same, so that it keeps its size from 10 to 9."""
        digits = "".join("0" if char.isdigit() else char for char in self.view.digits)
        return "00" if digits == "0" and self.view.mode != "count_in" else digits


def _reps(view: View) -> str:
    """Return the reps that the user entered, or else those to do; empty where none are counted."""
    if view.reps_done or view.reps is None:
        return view.reps_done
    return reps_to_do(view.reps, a_side=view.in_turn)


def _to_do(view: View) -> str:
    """Return the reps or the distance; empty without either."""
    return view.distance if view.distance and not view.reps_done else _reps(view)


def counters(view: View) -> tuple[str, ...]:
    """Return the position in rounds, reps and sets, from the longest wording to the shortest."""
    full, short = [], []
    if view.rounds:
        full.append(view.rounds)
        short.append(view.rounds)
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
    return ("   ".join(full), "  ".join(short), *short[:1])
