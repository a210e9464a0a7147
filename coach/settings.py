"""The user's settings as values, with their defaults.

Settings change sounds and screens, never the meaning of a routine file: a file is the same workout everywhere.
"""

from __future__ import annotations

from dataclasses import field, replace
from typing import TYPE_CHECKING, Literal, get_args

from coach.values import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

OWN_THEMES = ("dark", "light", "high-contrast")
"""The themes of our own, whose contrast is tested."""
THEMES = (
    *OWN_THEMES,
    *("textual-dark", "textual-light", "nord", "gruvbox", "dracula", "tokyo-night", "monokai", "flexoki"),
    *("catppuccin-mocha", "catppuccin-latte", "solarized-light", "solarized-dark"),
    *("rose-pine", "rose-pine-moon", "rose-pine-dawn", "atom-one-dark", "atom-one-light"),
)
"""Our themes, and those of Textual."""

FigureMotion = Literal["moving", "still", "off"]
"""Whether figures move, step from pose to pose, or are not drawn."""
FIGURE_MOTIONS: tuple[FigureMotion, ...] = get_args(FigureMotion)
NO_MOTION = "NO_MOTION"
"""The environment variable that asks every program to keep still; an empty value is ignored."""


@frozen
class SoundSettings:
    """Which signals are played, and how."""

    theme: str = "classic"
    volume: float = 0.8
    """From 0.0, silence, to 1.0, the full level of the sound files."""
    mute: bool = False
    countdown: int = 3
    """How many of the last seconds before a change are counted down, 0 to 10."""
    halfway: bool = True
    reps: bool = True
    phases: bool = True
    metronome: bool = True
    latency_ms: int = 0
    """How much earlier every signal is played, for speakers that are late."""
    voice: bool = False
    """Whether names and cues are said aloud."""
    language: str = "en"
    """The language of the voice, as the user wrote it: "en", "de", "en_US"."""
    count_reps: bool = False
    """Whether the voice counts reps."""
    count_rounds: bool = False
    """Whether the voice says which round or set begins: "second set", "last round"."""


@frozen
class KeyChoice:
    """The user's keys for an action, as written and with their place; neither is checked here."""

    action: str
    keys: tuple[str, ...]
    line: int = 0
    column: int = 0


HookEvent = Literal["start", "work", "rest", "wait", "pause", "resume", "finish"]
"""What can happen in a session that runs a program of the user's."""
HOOK_EVENTS: tuple[HookEvent, ...] = get_args(HookEvent)


@frozen
class Hook:
    """A program that the user wants to run when something happens in a session."""

    event: HookEvent
    command: tuple[str, ...]
    """The program and its arguments, ready to be run; no shell reads them."""


@frozen
class Settings:
    """All settings."""

    sound: SoundSettings = field(default_factory=SoundSettings)
    count_in: int = 3
    """Seconds counted down before work resumes after a pause; 0 for none."""
    theme: str = "dark"
    """Colours of the screens: one of `THEMES`."""
    figure: FigureMotion = "moving"
    keys: tuple[KeyChoice, ...] = ()
    """Keys in place of the usual ones, in the order they were written."""
    hooks: tuple[Hook, ...] = ()
    """Programs to run when something happens in a session, at most one for each event."""


def in_environment(settings: Settings, environment: Mapping[str, str]) -> Settings:
    """Return `settings` as they apply in `environment`: `NO_MOTION` keeps moving figures still."""
    if settings.figure == "moving" and environment.get(NO_MOTION):
        return replace(settings, figure="still")
    return settings
