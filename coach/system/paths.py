"""Where things live: the user's folders, and what ships with the program.

Nothing here creates a folder; whoever writes a file does that.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from coach.problems import CoachError

if TYPE_CHECKING:
    from collections.abc import Callable

APP = "coach"
Shelf = Literal["routines", "sounds"]


class NoHome(CoachError):
    """There is no folder for what is the user's; what ships is there all the same."""


def _home() -> Path | None:
    """Return `COACH_HOME`, which moves everything of the user's to one folder, or None."""
    home = os.environ.get("COACH_HOME")
    if not home:
        return None
    try:
        return Path(home).expanduser()
    except RuntimeError:
        raise CoachError(f"COACH_HOME is {home}, and there is no such user: set it to a folder") from None


def _folder(of_user: Callable[..., str]) -> Path:
    try:
        # Where it knows no home, platformdirs leaves the "~" in some versions, and raises in others.
        return Path(of_user(APP, appauthor=False)).expanduser()
    except RuntimeError:
        raise NoHome("there is no home folder for your files: set COACH_HOME to a folder") from None


def config() -> Path:
    """Return the folder of what the user writes: settings, routines, sounds."""
    if home := _home():
        return home
    import platformdirs  # 10 ms that commands with COACH_HOME or none of these need not pay

    return _folder(platformdirs.user_config_dir)


def data() -> Path:
    """Return the folder of what the program keeps for the user: what was done."""
    if home := _home():
        return home
    import platformdirs

    return _folder(platformdirs.user_data_dir)


def logs() -> Path:
    """Return the folder of logs, which may be deleted at any time."""
    if home := _home():
        return home / "logs"
    import platformdirs

    return _folder(platformdirs.user_log_dir)


def settings_file() -> Path:
    """Return the user's settings file."""
    return config() / "config.yaml"


def history_file() -> Path:
    """Return the database of what was done; it need not be there.

    Raises:
        CoachError: there is no folder for it.
    """
    return data() / "history.db"


def user(kind: Shelf) -> Path:
    """Return the user's own folder of routines or sounds."""
    return config() / kind


def both(kind: Shelf) -> tuple[Path, ...]:
    """Return the user's own folder, where there is a home for it, and then the one that ships."""
    try:
        return user(kind), shipped(kind)
    except NoHome:
        return (shipped(kind),)


def shipped(kind: Shelf) -> Path:
    """Return the folder of routines or sounds that ships with the program.

    A wheel carries it inside the package; an editable install and a checkout have it beside the package.
    """
    package = Path(__file__).parent.parent
    inside = package / "_shipped" / kind
    return inside if inside.is_dir() else package.parent / kind
