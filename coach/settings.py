"""What a person may set, as values with their defaults.

Settings change what is heard and shown, never what a routine file means: a file is the same workout everywhere.
"""

from __future__ import annotations

from dataclasses import field

from coach.values import frozen

OWN_THEMES = ("dark", "light", "high-contrast")
"""The themes whose contrast is ours to answer for."""
THEMES = (
    *OWN_THEMES,
    *("textual-dark", "textual-light", "nord", "gruvbox", "dracula", "tokyo-night", "monokai", "flexoki"),
    *("catppuccin-mocha", "catppuccin-latte", "solarized-light", "solarized-dark"),
    *("rose-pine", "rose-pine-moon", "rose-pine-dawn", "atom-one-dark", "atom-one-light"),
)
"""Ours, and those that come with Textual."""


@frozen
class SoundSettings:
    """Which signals sound, and how."""

    theme: str = "classic"
    volume: float = 0.8
    """0.0 is silence, 1.0 the full level of the files."""
    mute: bool = False
    countdown: int = 3
    """How many of the last seconds before a change are counted, 0 to 10."""
    halfway: bool = True
    reps: bool = True
    phases: bool = True
    metronome: bool = True
    latency_ms: int = 0
    """How much earlier every signal leaves, for speakers that are late."""
    voice: bool = False
    """Whether names and cues are said aloud."""
    language: str = "en"
    """The language of the voice, as it was written: "en", "de", "en_US"."""
    count_reps: bool = False
    """Whether the voice counts reps."""
    count_rounds: bool = False
    """Whether the voice says which round or set begins: "second set", "last round"."""


@frozen
class KeyChoice:
    """Keys that a person gave to an action, as they were written, and where; whether there are such is not said."""

    action: str
    keys: tuple[str, ...]
    line: int = 0
    column: int = 0


@frozen
class Settings:
    """Everything a person may set."""

    sound: SoundSettings = field(default_factory=SoundSettings)
    count_in: int = 3
    """Counts before work goes on after a pause, in seconds; 0 goes on at once."""
    theme: str = "dark"
    """Colours of the screens: one of `THEMES`."""
    keys: tuple[KeyChoice, ...] = ()
    """Other keys than the usual ones, in the order they were written."""
