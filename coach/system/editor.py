"""Find the user's editor, and open a file in it."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
from typing import TYPE_CHECKING

from coach.problems import CoachError
from coach.system.terminal import saved_state

if TYPE_CHECKING:
    from pathlib import Path

_WISHES = ("VISUAL", "EDITOR")
_FALLBACKS = ("notepad",) if os.name == "nt" else ("nano", "vi")


def command() -> list[str]:
    """Return the editor and its arguments: from VISUAL or EDITOR, or one that most machines have.

    Raises:
        CoachError: there is none, or the variable cannot be split into words.
    """
    for variable in _WISHES:
        if wish := _wish(variable):
            return _split(variable, wish)
    found = next((name for name in _FALLBACKS if shutil.which(name)), None)
    if found is None:
        raise CoachError('no editor was found: choose one, as in `export EDITOR="code --wait"`')
    return [found]


def chosen_for_you() -> str | None:
    """Return a sentence that names the editor where neither variable is set; None where one is."""
    if any(map(_wish, _WISHES)):
        return None
    return f"VISUAL and EDITOR are not set, so this opens {command()[0]}."


def _wish(variable: str) -> str:
    return os.environ.get(variable, "").strip()


def _split(variable: str, wish: str) -> list[str]:
    """Return a command line split into words as a shell does; it is never given to a shell."""
    try:
        if os.name == "nt":  # a backslash in a path is no escape there, so quotes are removed by hand
            return [word.strip('"') for word in shlex.split(wish, posix=False)]
        return shlex.split(wish)
    except ValueError:
        raise CoachError(f"{variable} has a quote that is never closed: {wish}") from None


def edit(file: Path) -> int:
    """Open `file` in the editor, wait until that ends, and return its exit code.

    Raises:
        CoachError: there is no editor, or it does not start.
    """
    words = command()
    # While the editor is open, Ctrl-C is for it. Unlike SIG_IGN, a handler is not inherited by the editor.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    restore = saved_state()
    try:
        # An absolute path never looks like an option.
        return subprocess.run([*words, str(file.absolute())], check=False).returncode  # noqa: S603 - the user chose it
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise CoachError(f"the editor {words[0]} does not start ({reason}): set EDITOR to another one") from None
    finally:
        restore()
        signal.signal(signal.SIGINT, before)
