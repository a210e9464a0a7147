"""Load the sounds of a theme into memory: 16 bits, one channel, at the rate of the device.

The user's folder comes before the shipped one, and what a theme lacks comes from `classic`. A file that cannot be read
is reported and replaced; no workout is lost over a sound.
"""

from __future__ import annotations

import re
import sys
import wave
from array import array
from typing import TYPE_CHECKING

from coach.audio.rates import converted
from coach.timeline.signals import sound_files

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from coach.audio.rates import Convert

RATE = 48_000
"""Hertz: the rate of the shipped sounds, and the one that is used where the device names none."""
FALLBACK_THEME = "classic"
SOUND_NAMES = sound_files()
MAX_SECONDS = 10
"""A longer file is no signal, and all of it would be kept in memory."""

_THEME = re.compile(r"[a-z0-9-]{1,64}")


def is_theme_name(theme: str) -> bool:
    """Return whether `theme` can be the name of a theme: of one folder, never a path out of the sounds folder."""
    return _THEME.fullmatch(theme) is not None


def themes(folders: Sequence[Path]) -> tuple[str, ...]:
    """Return the names of the themes in `folders`, sorted."""
    return tuple(sorted({FALLBACK_THEME}.union(*map(_themes_in, folders))))


def _themes_in(folder: Path) -> list[str]:
    """Return the names of the themes in `folder`; a folder that is missing or cannot be read has none."""
    try:
        return [entry.name for entry in folder.iterdir() if is_theme_name(entry.name) and entry.is_dir()]
    except OSError:
        return []


def load_theme(
    theme: str, folders: Sequence[Path], rate: int = RATE, convert: Convert = converted
) -> tuple[dict[str, array[int]], tuple[str, ...]]:
    """Load the sounds of a theme.

    Args:
        theme: Its name.
        folders: Where themes are, in order of precedence: the user's, then the shipped ones.
        rate: The rate of the device, in hertz.
        convert: Converts samples to that rate.

    Returns:
        The samples of each sound by name, empty for a sound that is nowhere, and sentences about what was wrong.
    """
    problems: list[str] = []
    if not is_theme_name(theme):
        problems.append(
            f'"{theme}" cannot be the name of a sound theme: use a-z, 0-9 and "-". Using {FALLBACK_THEME} instead.'
        )
        theme = FALLBACK_THEME
    elif theme not in themes(folders):
        problems.append(f'There is no sound theme "{theme}". Using {FALLBACK_THEME} instead.')
        theme = FALLBACK_THEME
    order = [folder / name for name in dict.fromkeys((theme, FALLBACK_THEME)) for folder in folders]
    return {name: _first(name, order, problems, rate, convert) for name in SOUND_NAMES}, tuple(problems)


def _first(name: str, order: list[Path], problems: list[str], rate: int, convert: Convert) -> array[int]:
    """Return the first of `name`.wav in `order` that can be read, at `rate`."""
    for folder in order:
        path = folder / f"{name}.wav"
        try:
            return read_wav(path, rate, convert)
        except FileNotFoundError:
            continue
        except (OSError, EOFError, ValueError, RuntimeError, wave.Error) as error:
            problems.append(f"{path} cannot be played ({_reason(error)}). Using another sound instead.")
    problems.append(f'The sound "{name}" is missing.')
    return array("h")


def _reason(error: Exception) -> str:
    """Return in words why a file cannot be played."""
    match error:
        case OSError():
            return error.strerror or str(error)
        case wave.Error():
            return "it is not a 16-bit WAV file"
        case _:
            return str(error) or "it ends too early"


def read_wav(path: Path, to_rate: int = RATE, convert: Convert = converted) -> array[int]:
    """Return the samples of a WAV file as one channel at `to_rate` hertz.

    Raises:
        FileNotFoundError: there is no such file.
        OSError, EOFError, RuntimeError, wave.Error: it cannot be read, or is no WAV.
        ValueError: it is a WAV that cannot be played here; the message says why.
    """
    if path.exists() and not path.is_file():
        # A folder cannot be read, and a pipe might never end.
        raise ValueError("it is not a file")
    with path.open("rb") as opened, wave.open(opened) as file:
        channels, width, rate, frames = file.getparams()[:4]
        if width != 2:
            raise ValueError(f"it has {8 * width} bits per sample; save it with 16")
        if not 8000 <= rate <= 192_000 or channels not in {1, 2}:
            raise ValueError("save it with one or two channels at 48000 Hz")
        if frames > MAX_SECONDS * rate:
            raise ValueError(f"it is longer than {MAX_SECONDS} s")
        data = file.readframes(frames)
    values = array("h", data[: len(data) // (2 * channels) * 2 * channels])
    if sys.byteorder == "big":
        values.byteswap()
    if channels == 2:
        values = array("h", [(left + right) // 2 for left, right in zip(values[::2], values[1::2], strict=True)])
    return convert(values, rate, to_rate)
