"""The user's folders and files, and those that ship with the program.

Nothing here creates a folder; the code that writes a file does.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from coach.problems import CoachError

if TYPE_CHECKING:
    from collections.abc import Callable

APP = "coach"
Shelf = Literal["routines", "plans", "sounds"]
"""A folder that users have, and that also ships with the program."""


class NoHome(CoachError):
    """The user has no home folder; the shipped files still work."""


def _home() -> Path | None:
    """Return `COACH_HOME`, one folder for all the user's files, or None."""
    home = os.environ.get("COACH_HOME")
    if not home:
        return None
    try:
        return Path(home).expanduser()
    except RuntimeError:
        raise CoachError(f"COACH_HOME is {home}, but there is no such user: set it to a folder") from None


def _folder(of_user: Callable[..., str]) -> Path:
    try:
        # Without a home, some versions of platformdirs leave the "~", and others raise.
        return Path(of_user(APP, appauthor=False)).expanduser()
    except RuntimeError:
        raise NoHome("you have no home folder: set COACH_HOME to a folder for your files") from None


def config() -> Path:
    """Return the folder of the files that the user writes: settings, routines, plans, sounds."""
    if home := _home():
        return home
    import platformdirs  # 10 ms that commands with COACH_HOME or none of these need not pay

    return _folder(platformdirs.user_config_dir)


def data() -> Path:
    """Return the folder of the files that the program writes for the user: the history."""
    if home := _home():
        return home
    import platformdirs

    return _folder(platformdirs.user_data_dir)


def logs() -> Path:
    """Return the folder of crash reports, which may be deleted at any time."""
    if home := _home():
        return home / "logs"
    import platformdirs

    return _folder(platformdirs.user_log_dir)


def state() -> Path:
    """Return the folder of files about sessions that run now; when none does, it may be deleted."""
    if home := _home():
        return home / "state"
    import platformdirs

    return _folder(platformdirs.user_state_dir)


def status_folder() -> Path:
    """Return the folder where running sessions keep their status, for `coach status`."""
    return state() / "status"


def settings_file() -> Path:
    """Return the user's settings file."""
    return config() / "config.yaml"


def history_file() -> Path:
    """Return the database of the history; the file need not exist.

    Raises:
        CoachError: the user has no folder for it.
    """
    return data() / "history.db"


def user(kind: Shelf) -> Path:
    """Return the user's folder of routines, plans or sounds."""
    return config() / kind


def both(kind: Shelf) -> tuple[Path, ...]:
    """Return the user's folder, unless there is no home, and the shipped one."""
    try:
        return user(kind), shipped(kind)
    except NoHome:
        return (shipped(kind),)


def shipped(kind: Shelf) -> Path:
    """Return the shipped folder of routines, plans or sounds.

    A wheel has it inside the package; an editable install and a checkout have it beside the package.
    """
    package = Path(__file__).parent.parent
    bundled = package / "_shipped" / kind
    return bundled if bundled.is_dir() else package.parent / kind
