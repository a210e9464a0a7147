"""espeak-ng as a synthesiser: the library and the voices of the `espeakng-loader` wheel, through ctypes.

The wheel is an extra. If it is missing or does not load, the user gets a sentence and no voice. The constants are those
of espeak-ng's `speak_lib.h`.
"""

from __future__ import annotations

import ctypes
from array import array
from functools import cache
from typing import TYPE_CHECKING, Any

from coach.audio.voice.synthesiser import VoiceError
from coach.problems import did_you_mean
from coach.text.languages import best_tag

if TYPE_CHECKING:
    from collections.abc import Iterator

FALLBACK_LANGUAGE = "en"
_SPOKEN = "1 2 3 a e i o"
"""A text that every voice can speak, unless its dictionary is missing."""
_SILENT = 1000
"""Samples. A voice without a dictionary makes fewer, all silent."""
INSTALL = "install it with `pip install 'coach-tui[voice]'`"

_SYNCHRONOUS = 2
_DONT_EXIT = 0x8000
"""Without this flag the library ends the process when it does not find its data."""
_PLAIN_UTF8 = 1
"""Plain UTF-8: neither SSML (0x10) nor phonemes in brackets (0x100) are read from a text."""
_BY_CHARACTER = 1
_LONGEST_PATH = 150
"""The library keeps the path of its data in 160 bytes."""

_SYNTH = (
    *(ctypes.c_char_p, ctypes.c_size_t, ctypes.c_uint, ctypes.c_int, ctypes.c_uint, ctypes.c_uint),
    *(ctypes.c_void_p, ctypes.c_void_p),
)


class _Voice(ctypes.Structure):
    """The first fields of an `espeak_VOICE`."""

    _fields_ = (("name", ctypes.c_char_p), ("languages", ctypes.c_void_p), ("identifier", ctypes.c_char_p))


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


class Espeak:
    """A voice of espeak-ng. The library holds one voice per process, so make only one of these.

    `language` is a tag in any usual form, such as `de` or `de_DE`, or the name of a voice, such as "German". `problem`
    is a sentence when there is no such voice and English speaks.

    Raises:
        VoiceError: the library is not installed, or does not work.
    """

    def __init__(self, language: str) -> None:
        self._library, self.rate = _ready(*_found())
        self._said = bytearray()
        # Kept here because the library keeps only its address.
        self._callback = _Callback(self._take)
        self._library.espeak_SetSynthCallback(self._callback)
        self.problem: str | None = self._choose(language)

    def say(self, text: str) -> array[int]:
        """Return `text` as samples. It is read as plain text, whatever it contains."""
        self._said.clear()
        data = text.encode("utf-8", "ignore") + b"\0"
        self._library.espeak_Synth(data, len(data), 0, _BY_CHARACTER, 0, _PLAIN_UTF8, None, None)
        return array("h", bytes(self._said))

    def _choose(self, language: str) -> str | None:
        """Select the voice of a language, or return a sentence on why it is the English one."""
        voices = self.voices()
        name = language.strip().casefold()
        tag = name if name in voices else best_tag(language, voices)
        if tag and self._speaks(voices[tag]):
            return None
        self._speaks(voices.get(FALLBACK_LANGUAGE, FALLBACK_LANGUAGE))
        if tag:
            return f'The voice "{language}" is silent because one of its files is missing. Using English instead.'
        return (
            f'There is no voice "{language}", so coach uses English{did_you_mean(name, voices) or "."} '
            "`coach doctor` lists the voices."
        )

    def _speaks(self, voice: str) -> bool:
        return self._library.espeak_SetVoiceByName(voice.encode()) == 0 and len(self.say(_SPOKEN)) > _SILENT

    def voices(self) -> dict[str, str]:
        """Return the library's identifiers of its voices, by every tag and name that people may use."""
        pointers = self._library.espeak_ListVoices(None)
        ranked: dict[str, tuple[int, str]] = {}
        at = 0
        while pointers and pointers[at]:
            voice = pointers[at].contents
            identifier = voice.identifier.decode("utf-8", "replace")
            name = voice.name.decode("utf-8", "replace").casefold().strip()
            for rank, tag in (*_tags(voice.languages), (0, name), (at, name.partition(" (")[0])):
                ranked[tag] = min(ranked.get(tag, (rank, identifier)), (rank, identifier))
            at += 1
        return {tag: identifier for tag, (_, identifier) in ranked.items()}

    def _take(self, samples: Any, count: int, _events: Any) -> int:
        """Collect samples from the library; the 0 asks it for more."""
        if samples and count > 0:
            self._said += ctypes.string_at(samples, 2 * count)
        return 0


def _tags(address: int) -> Iterator[tuple[int, str]]:
    """Yield the languages of a voice, stored as a byte of rank and a text each, with rank 0 at the end."""
    while rank := ctypes.string_at(address, 1)[0]:
        tag = ctypes.string_at(address + 1)
        yield rank, tag.decode("utf-8", "replace").casefold()
        address += len(tag) + 2


def languages() -> tuple[str, ...]:
    """Return the tags of all languages that have a voice, sorted; none without the library."""
    try:
        voices = Espeak(FALLBACK_LANGUAGE).voices()
    except VoiceError:
        return ()
    return tuple(sorted(tag for tag in voices if tag.isascii() and " " not in tag and len(tag.split("-")[0]) <= 3))


def _found() -> tuple[str, str]:
    """Return the paths of the library and of its data in the wheel."""
    try:
        import espeakng_loader  # an extra, needed only with the voice on
    except ImportError:
        raise VoiceError(f"The voice is not installed; {INSTALL}.") from None
    try:
        return str(espeakng_loader.get_library_path()), str(espeakng_loader.get_data_path())
    except RuntimeError as error:
        raise VoiceError(f"The voice cannot be loaded ({error}).") from None


@cache
def _ready(path: str, data: str) -> tuple[Any, int]:
    """Return the library, ready to speak, and its rate in hertz.

    Only once per process: a second `espeak_Initialize` reads the phonemes anew while the voice still points at the old
    ones, and the next word may read freed memory.
    """
    folder = data.encode()
    try:
        library = ctypes.CDLL(path)
        library.espeak_Synth.argtypes = _SYNTH
        library.espeak_ListVoices.restype = ctypes.POINTER(ctypes.POINTER(_Voice))
    except (OSError, AttributeError) as error:
        raise VoiceError(f"The voice cannot be loaded ({error}).") from None
    if len(folder) > _LONGEST_PATH:
        raise VoiceError(f"The voice cannot speak: the name of its folder is too long ({len(folder)} letters).")
    rate: int = library.espeak_Initialize(_SYNCHRONOUS, 0, folder, _DONT_EXIT)
    if rate <= 0:
        raise VoiceError("The voice cannot speak (espeak-ng cannot find its data).")
    return library, rate
