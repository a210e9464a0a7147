"""espeak-ng as a synthesiser: the library and the voices of the `espeakng-loader` wheel, through ctypes.

The wheel is an extra. One that is missing, or does not load, is a sentence and never an end. The constants are those
of espeak-ng's `speak_lib.h`.
"""

from __future__ import annotations

import ctypes
import re
from array import array
from functools import cache
from typing import Any

from coach.audio.voice import VoiceError
from coach.problems import did_you_mean

FALLBACK = "en"
INSTALL = "install coach-tui[voice] to have it"

_SYNCHRONOUS = 2
_DONT_EXIT = 0x8000
"""Without this the library ends the process when it does not find its data."""
_PLAIN_UTF8 = 1
"""UTF-8 and nothing else: neither SSML (0x10) nor phonemes in brackets (0x100) are read from a text."""
_BY_CHARACTER = 1
_LONGEST_PATH = 150
"""The library keeps the path of its data in 160 bytes."""
_VOICE = re.compile(r"[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*")

_SYNTH = (
    *(ctypes.c_char_p, ctypes.c_size_t, ctypes.c_uint, ctypes.c_int, ctypes.c_uint, ctypes.c_uint),
    *(ctypes.c_void_p, ctypes.c_void_p),
)


class _Voice(ctypes.Structure):
    """The first fields of an `espeak_VOICE`."""

    _fields_ = (("name", ctypes.c_char_p), ("languages", ctypes.c_char_p))


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


class Espeak:
    """A voice of espeak-ng; the library holds one a process, so there is one of these.

    `language` names a voice of espeak's. `problem` says so when there is none of this name and English speaks.

    Raises:
        VoiceError: the library is not there, or does not work.
    """

    def __init__(self, language: str) -> None:
        self._library, self.rate = _ready(*_found())
        self._said = bytearray()
        # Kept here, since the library keeps only its address.
        self._callback = _Callback(self._take)
        self._library.espeak_SetSynthCallback(self._callback)
        self.problem: str | None = self._choose(language)

    def say(self, text: str) -> array[int]:
        """Return `text` as samples; it is taken as plain text, whatever it holds."""
        self._said.clear()
        data = text.encode("utf-8", "ignore") + b"\0"
        self._library.espeak_Synth(data, len(data), 0, _BY_CHARACTER, 0, _PLAIN_UTF8, None, None)
        return array("h", bytes(self._said))

    def _choose(self, language: str) -> str | None:
        if _VOICE.fullmatch(language) and self._library.espeak_SetVoiceByName(language.encode()) == 0:
            return None
        self._library.espeak_SetVoiceByName(FALLBACK.encode())
        return f'There is no voice "{language}", so English speaks{did_you_mean(language, self._languages()) or "."}'

    def _languages(self) -> list[str]:
        """Return the names by which voices are asked for."""
        voices = self._library.espeak_ListVoices(None)
        found: list[str] = []
        while voices and voices[len(found)]:
            # A language stands behind a byte that says how well the voice suits it.
            found.append(voices[len(found)].contents.languages[1:].decode("utf-8", "replace"))
        return found

    def _take(self, samples: Any, count: int, _events: Any) -> int:  # noqa: ANN401 - pointers of ctypes
        """Take samples from the library; 0 asks for more."""
        if samples and count > 0:
            self._said += ctypes.string_at(samples, 2 * count)
        return 0


def _found() -> tuple[str, str]:
    """Return where the wheel keeps the library, and its data."""
    try:
        import espeakng_loader  # noqa: PLC0415 - an extra, and only with the voice on
    except ImportError:
        raise VoiceError(f"The voice is not installed; {INSTALL}.") from None
    try:
        return str(espeakng_loader.get_library_path()), str(espeakng_loader.get_data_path())
    except RuntimeError as error:
        raise VoiceError(f"The voice cannot be loaded ({error}).") from None


@cache
def _ready(path: str, data: str) -> tuple[Any, int]:
    """Return the library, ready to speak, and its rate in hertz.

    Once a process: a second `espeak_Initialize` reads the phonemes anew while the voice still points at the old ones,
    and the next word spoken may read memory that is gone.
    """
    folder = data.encode()
    try:
        library = ctypes.CDLL(path)
        library.espeak_Synth.argtypes = _SYNTH
        library.espeak_ListVoices.restype = ctypes.POINTER(ctypes.POINTER(_Voice))
    except (OSError, AttributeError) as error:
        raise VoiceError(f"The voice cannot be loaded ({error}).") from None
    if len(folder) > _LONGEST_PATH:
        raise VoiceError(f"The voice cannot speak: its folder has too long a name ({len(folder)} letters).")
    rate: int = library.espeak_Initialize(_SYNCHRONOUS, 0, folder, _DONT_EXIT)
    if rate <= 0:
        raise VoiceError("The voice cannot speak (espeak-ng does not find its data).")
    return library, rate
