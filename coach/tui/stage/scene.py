"""What the stage shows at one moment: the session's view, with the badges, notices and questions of its screen."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from coach.text.clean import safe
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
        if view.kind == "rest" and view.ends:
            return safe(view.note or view.title)
        if view.kind in ("prepare", "rest"):
            return safe(view.note if view.note and not view.soon else f"Next: {view.next_up}")
        if view.phase is not None and view.strip:
            return safe(f"{view.phase} {view.cue}".strip())
        if self.own_pace:
            return safe(f"{view.title}: {_to_do(view)}")
        return safe(", ".join(view.items) or view.cue or view.condition or view.title)

    @property
    def aside(self) -> str:
        """Note, condition and cue in plain letters, when the headline shows something else."""
        view = self.view
        if view.mode == "paused":
            return ""
        if view.kind in ("prepare", "rest"):
            return safe(view.note) if view.soon and not view.ends else ""
        if view.phase is not None and view.strip:
            return safe(view.condition)
        hidden = (words for words in (view.condition, view.cue) if safe(words) != self.headline)
        return safe(". ".join(filter(None, hidden)))

    @property
    def own_pace(self) -> bool:
        """Whether reps or a distance are done at the user's own pace, also in a window."""
        return self.view.kind == "work" and bool(self.view.dose) and self.view.rep is None

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


def _to_do(view: View) -> str:
    """Return the reps that the user entered, or else the dose; empty where the clock shows it."""
    return view.reps_done or view.dose


def counters(view: View) -> tuple[str, ...]:
    """Return the position in rounds, reps and sets, from the longest wording to the shortest."""
    full, short = [], []
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
    return ("   ".join(full), "  ".join(short), *short[:1])
