"""The terminal's window: its title, and its progress bar where it has one. Pure: control codes are returned as text.

Progress is ConEmu's sequence OSC 9;4, which other terminals adopted. Terminals that do not know it may show it as a
notification, so it is sent only to those that are known to draw it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.text.clean import safe

if TYPE_CHECKING:
    from collections.abc import Mapping

WINDOW_WISH = "COACH_WINDOW"
"""The environment variable that leaves the window alone ("0"), or sends progress to a terminal we do not know ("1")."""
_TITLED = (
    *("xterm", "rxvt", "screen", "tmux", "alacritty", "foot", "kitty", "wezterm", "ghostty", "contour"),
    *("konsole", "vte", "gnome", "st-", "st", "putty", "mlterm", "mintty"),
)
"""What TERM begins with in terminals whose windows have titles; others, such as consoles, might print the codes."""
_NOTIFIES = "kitty"
"""A terminal that shows the sequence as a notification up to version 0.36."""
_LONGEST_TITLE = 120
_RUNNING, _PAUSED = 1, 4


def has_title(environment: Mapping[str, str]) -> bool:
    """Return whether the terminal's window has a title."""
    if environment.get(WINDOW_WISH) == "0":
        return False
    return environment.get("TERM", "").startswith(_TITLED) or "WT_SESSION" in environment


def has_progress(environment: Mapping[str, str]) -> bool:
    """Return whether the terminal draws progress; a multiplexer does not pass it on."""
    wish, term = environment.get(WINDOW_WISH), environment.get("TERM", "")
    if wish in ("0", "1"):
        return wish == "1"
    if "TMUX" in environment or "STY" in environment or term.startswith(("screen", "tmux")) or _NOTIFIES in term:
        return False
    program, version = environment.get("TERM_PROGRAM", ""), environment.get("TERM_PROGRAM_VERSION", "")
    return (
        "WT_SESSION" in environment
        or environment.get("ConEmuANSI") == "ON"
        or (program == "ghostty" and _numbers(version) >= (1, 2))
        or (program == "WezTerm" and _numbers(version) >= (20250209,))
        or (program == "iTerm.app" and _numbers(version) >= (3, 6, 6))
        or _numbers(environment.get("PTYXIS_VERSION", "")) >= (48,)
        or _numbers(environment.get("KONSOLE_VERSION", "")) >= (260400,)
    )


def _numbers(version: str) -> tuple[int, ...]:
    """Return a version as numbers, up to the first part that is none; "20250209-182623" has one of interest."""
    found = []
    for part in version.replace("-", ".").split("."):
        if not (part.isascii() and part.isdecimal()):
            break
        found.append(int(part))
    return tuple(found)


class TerminalWindow:
    """What the window shows of a session, and the codes that change it.

    Args:
        titled: Whether it has a title.
        progresses: Whether it draws progress.
    """

    def __init__(self, *, titled: bool, progresses: bool) -> None:
        self._titled, self._progresses = titled, progresses
        self._title: str | None = None
        self._progress: tuple[int, int] | None = None

    def show(self, title: str, done: int, *, paused: bool) -> str:
        """Return the codes that show a title and `done` per cent; empty when nothing changes."""
        codes = ""
        title = safe(title)[:_LONGEST_TITLE]
        if self._titled and title != self._title:
            # The first time, the terminal keeps the title it had.
            codes += ("\x1b[22;2t" if self._title is None else "") + f"\x1b]2;{title}\x07"
            self._title = title
        progress = (_PAUSED if paused else _RUNNING, min(100, max(0, done)))
        if self._progresses and progress != self._progress:
            codes += f"\x1b]9;4;{progress[0]};{progress[1]}\x07"
            self._progress = progress
        return codes

    def leave(self) -> str:
        """Return the codes that set the window back; empty when nothing was shown."""
        codes = ""
        if self._title is not None:
            # A terminal that kept no title takes an empty one for its usual one.
            codes += "\x1b]2;\x07\x1b[23;2t"
        if self._progress is not None:
            codes += "\x1b]9;4;0;0\x07"
        self._title = self._progress = None
        return codes
