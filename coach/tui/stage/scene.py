"""What the stage is asked to show: the session's view, and what the screen around it has to say."""

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

GLYPHS = {"prepare": ">", "work": ">>", "rest": "--", "wait": ".."}
"""Beside colour and word, for eyes and terminals without colour. ASCII, so that no terminal draws it two cells wide."""


@frozen
class Scene:
    """Everything on the stage at one moment, fit for the terminal.

    `badges` stand as long as they hold; `notice` passes; `question` is the quit question while it is put. `keys` are
    the names of keys that the prompt may need. Without a `track` there is no row for the whole session.
    """

    view: View
    badges: tuple[str, ...] = ()
    notice: str = ""
    question: str = ""
    flash: bool = False
    keys: Mapping[str, str] = field(default_factory=lambda: key_names("session"))
    track: Track | None = None
    coarse: bool = False
    """Whether large letters are to do without the block characters that some terminals draw two cells wide."""

    @property
    def prompt(self) -> str:
        """What a key would do that the person has to know now."""
        return self.view.prompt.format_map(self.keys)

    @property
    def tone(self) -> str:
        """Which colour the stage has: the kind's, or the pause's."""
        return "paused" if self.view.mode == "paused" else self.view.kind

    @property
    def word(self) -> str:
        """What kind of moment this is, in a word with its glyph."""
        view = self.view
        match view.mode:
            case "paused":
                return f"|| PAUSED ({view.word.lower()})"
            case "count_in":
                return f"{GLYPHS[view.kind]} COUNT-IN"
            case "ready":
                return f"{GLYPHS[view.kind]} {view.word}, starting"
            case _:
                return f"{GLYPHS[view.kind]} {view.word}"

    @property
    def title(self) -> str:
        """What is done, which way, with what, and how fast."""
        return ", ".join(
            fact for fact in map(safe, (self.view.title, self.view.way, self.view.load, self.view.pace)) if fact
        )

    @property
    def headline(self) -> str:
        """The words to act on, which are shown as large as they can be."""
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
        """What else there is to say of the moment, in plain letters, when the large place is taken."""
        view = self.view
        hidden = view.soon and not view.ends if view.kind in ("prepare", "rest") else self.own_pace
        return safe(view.cue) if hidden and view.mode != "paused" else ""

    @property
    def own_pace(self) -> bool:
        """Whether a number of reps, or a distance, is done at one's own pace."""
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
    """Return how many reps the person says it were, or else how many there are to do; empty where none are counted."""
    if view.reps_done or view.reps is None:
        return view.reps_done
    return reps_to_do(view.reps, a_side=view.in_turn)


def _to_do(view: View) -> str:
    """Return how many reps or how far; empty where neither is asked nor told."""
    return view.distance if view.distance and not view.reps_done else _reps(view)


def counters(view: View) -> tuple[str, ...]:
    """Return how far one is in reps and sets, in words and, for little room, short."""
    full, short = [], []
    if view.rounds:
        full.append(view.rounds)
        short.append(view.rounds)
    if view.rep is not None:
        of = view.reps is not None and view.rep <= view.reps
        full.append(f"rep {view.rep} of {view.reps}" if of else f"rep {view.rep}")
        short.append(f"rep {view.rep}/{view.reps}" if of else f"rep {view.rep}")
    elif told := _to_do(view):
        full.append(told)
        short.append(told)
    if view.set is not None and (view.sets or 1) > 1:
        full.append(f"set {view.set} of {view.sets}")
        short.append(f"set {view.set}/{view.sets}")
    return ("   ".join(full), "  ".join(short), *short[:1])
