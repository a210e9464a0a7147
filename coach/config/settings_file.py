"""The user's settings file: read it into `Settings`, and change values in place.

Problems are reported with their place, as in a routine. A setting that cannot be read keeps its default, and the others
still apply. The user's comments and order never change.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from coach.config.hook_keys import hooks_of
from coach.config.yaml_edit import as_yaml, is_blank, with_inner_value, with_value
from coach.problems import CoachError, Problem, nearest
from coach.routine.language import parsers as p
from coach.routine.library.files import UnreadableFile, read_kept
from coach.settings import FIGURE_MOTIONS, HOOK_EVENTS, THEMES, KeyChoice, Settings, SoundSettings
from coach.syntax.decode import text_of
from coach.syntax.keys import Advice, Field, KeyHints, Table, Values, read_keys
from coach.syntax.parse import parse, read_as_meant
from coach.syntax.report import Report, Unreadable, quoted
from coach.syntax.tree import Keys, Listing, Text
from coach.system import paths
from coach.system.storage import write_text
from coach.text.clean import shown

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from coach.syntax.keys import Parser
    from coach.syntax.tree import Node

_FLAGS = {"yes": True, "no": False, "true": True, "false": False, "on": True, "off": False}


def _flag() -> Parser[bool]:
    word = p.choice(*_FLAGS)

    def parser(node: Node, report: Report) -> bool | None:
        read = word(node, report)
        return None if read is None else _FLAGS[read]

    return parser


def _whole(key: str, high: int, words: str, example: str) -> Field[int]:
    return Field(key, p.whole_number(0, high), words, example, {"type": "integer", "minimum": 0, "maximum": high})


def _switch(key: str, words: str) -> Field[bool]:
    return Field(key, _flag(), words, "yes", {"type": "boolean"})


_SOUNDS = Field("sounds", p.one(p.theme_name), "Sound theme.", "classic", {"type": "string"})
_VOLUME = _whole("volume", 100, "How loud, in per cent.", "80")
_MUTE = _switch("mute", "Start without sound.")
_COUNTDOWN = _whole("countdown", 10, "How many seconds to count down before a change.", "3")
_HALFWAY = _switch("halfway", "A sound halfway through longer work.")
_REP_BEEPS = _switch("rep_beeps", "A sound for each rep.")
_PHASE_BEEPS = _switch("phase_beeps", "A sound for each phase of a rep.")
_METRONOME = _switch("metronome", "The beat of a cadence.")
_LATENCY = Field(
    "latency",
    p.duration,
    "How much earlier to play every sound, for speakers with a delay.",
    "0.15s",
    {"type": "string"},
)
_VOICE = _switch("voice", "Speak names and cues aloud.")
_LANGUAGE = Field("language", p.one(p.on_one_line), "The language of the voice.", "en", {"type": "string"})
_COUNT_REPS = _switch("count_reps", "The voice counts reps.")
_COUNT_ROUNDS = _switch("count_rounds", "The voice announces each set and round.")
_COUNT_IN = _whole("count_in", 10, "Seconds to count in when work resumes after a pause; 0 for none.", "3")
_THEME = Field("theme", p.choice(*THEMES), "Colours of the screens.", "dark", {"type": "string"})
_FIGURE = Field(
    "figure",
    p.choice(*FIGURE_MOTIONS),
    "Whether the figure moves, steps from pose to pose, or is left out.",
    "moving",
    {"enum": list(FIGURE_MOTIONS)},
)


def _keys(node: Node, report: Report) -> tuple[KeyChoice, ...] | None:
    """Return the chosen keys; the screens check whether such actions and keys exist."""
    if isinstance(node, Text) and not node.value.strip():
        return ()
    if not isinstance(node, Keys):
        report.at(node, 'write one action and its key per line, indented, such as "session.pause: p"')
        return None
    return tuple(
        KeyChoice(action.value, keys, action.line, action.column)
        for action, value in node.value
        if (keys := _words(value, report))
    )


def _words(node: Node, report: Report) -> tuple[str, ...]:
    """Return key names from a text, separated by spaces, or from a list."""
    parts = node.value if isinstance(node, Listing) else (node,)
    texts = [part.value for part in parts if isinstance(part, Text)]
    words = tuple(word for text in texts for word in text.split())
    if len(texts) < len(parts) or not words:
        report.at(node, 'write one key, or several separated by spaces, such as "p" or "space p"')
        return ()
    return words


_KEYS = Field(
    "keys",
    _keys,
    "Other keys, by the name of the action.",
    "{session.pause: p}",
    {"type": "object", "additionalProperties": {"type": "string"}},
    empty="",
)

_ON = Field(
    "on",
    hooks_of,
    "Programs to run when something happens in a session.",
    "{finish: [notify-send, Done]}",
    {"$ref": "#/definitions/hooks"},
    empty="",
)

TABLE = Table(
    "the settings file",
    {
        field.key: field
        for field in (
            *(_SOUNDS, _VOLUME, _MUTE, _COUNTDOWN, _HALFWAY, _REP_BEEPS, _PHASE_BEEPS, _METRONOME),
            *(_LATENCY, _VOICE, _LANGUAGE, _COUNT_REPS, _COUNT_ROUNDS, _COUNT_IN, _THEME, _FIGURE, _KEYS, _ON),
        )
    },
)


_NO_COLON = re.compile(r"(?P<key>[A-Za-z][\w-]*)(?:[ \t]*=[ \t]*|:|[ \t]+)(?P<value>[^\s:=][^:=]*)")
_LIKE_A_VALUE = re.compile(rf"[0-9].*|(?:{'|'.join(_FLAGS)})\b.*", re.IGNORECASE)


class _SettingHints(KeyHints):
    """Adds misspelt settings without a colon, lines that set what does not exist, and hooks in the wrong place."""

    def advise(self, word: str, table: Table, given: Mapping[str, str]) -> Advice:
        """Return what to say about the key `word`, which `table` does not have, beside the keys in `given`."""
        if word == "hooks" or (word in HOOK_EVENTS and given.get(word) == ""):
            return Advice(f'unknown key {quoted(word)}: write hooks under "on", such as "on: {_ON.example}"')
        return super().advise(word, table, given)

    def fix_line(self, line: str) -> str | None:
        """Return what to write in place of a line of a file, or None when nothing looks wrong."""
        match = _NO_COLON.fullmatch(line.strip())
        if (fix := super().fix_line(line)) is not None or match is None:
            return fix
        word, value = match["key"], match["value"]
        known = word if word in TABLE.fields else nearest(word[:40], TABLE.fields)
        if known is not None and (known == word or len(value.split()) == 1):
            return f"a key needs a colon: write {quoted(f'{known}: {value}')}"
        return self.advise(word, TABLE, {}).message if _LIKE_A_VALUE.fullmatch(value) else None


_HINTS = _SettingHints((TABLE,), begins=TABLE.fields, words=_FLAGS)
"""What to write in place of a setting or line that is wrong."""


def load(file: Path | None = None) -> tuple[Settings, tuple[Problem, ...]]:
    """Return the settings in `file`, by default the user's settings file, and its problems.

    A missing or empty file gives the defaults, as does a user without a home folder.
    """
    try:
        file = file or paths.settings_file()
    except paths.NoHome:
        return Settings(), ()
    report = Report(shown(file))
    try:
        source = read_kept(file)
    except UnreadableFile as error:
        return Settings(), (Problem(report.file, 0, 0, error.problem),)
    values, report = read_as_meant(source, report.file, _HINTS, _values)
    return (_settings(values) if values else Settings()), report.problems


def _values(source: str | bytes, report: Report) -> Values | None:
    if is_blank(source if isinstance(source, bytes) else source.encode()):
        return None
    node = parse(source, report, _HINTS)
    if isinstance(node, Keys) and node.value:
        return read_keys(node, TABLE, report, _HINTS)
    if not _report_lines(source, report) and node is not None:
        report.at(node, 'settings are keys with values: write one per line, such as "volume: 80"')
    return None


def _report_lines(source: str | bytes, report: Report) -> bool:
    """Report every line of a broken file that sets nothing, and return whether there was one.

    YAML stops at the first of them, or takes them all for one text.
    """
    try:
        lines = text_of(source, Report(""), _HINTS.begins).split("\n")
    except Unreadable:
        return False
    found = [
        (number, fix) for number, line in enumerate(lines, 1) if line[:1].strip() and (fix := _HINTS.fix_line(line))
    ]
    for number, fix in found:
        report.add_up_to_most(number, 1, fix)
    return bool(found)


def _settings(values: Values) -> Settings:
    volume, latency = values.get(_VOLUME), values.get(_LATENCY)
    sound = {
        "theme": values.get(_SOUNDS),
        "volume": None if volume is None else volume / 100,
        "mute": values.get(_MUTE),
        "countdown": values.get(_COUNTDOWN),
        "halfway": values.get(_HALFWAY),
        "reps": values.get(_REP_BEEPS),
        "phases": values.get(_PHASE_BEEPS),
        "metronome": values.get(_METRONOME),
        "latency_ms": latency,
        "voice": values.get(_VOICE),
        "language": values.get(_LANGUAGE),
        "count_reps": values.get(_COUNT_REPS),
        "count_rounds": values.get(_COUNT_ROUNDS),
    }
    rest = {
        "count_in": values.get(_COUNT_IN),
        "theme": values.get(_THEME),
        "figure": values.get(_FIGURE),
        "keys": values.get(_KEYS),
        "hooks": values.get(_ON),
    }
    given = {key: value for key, value in sound.items() if value is not None}
    return replace(
        Settings(),
        sound=replace(SoundSettings(), **given),  # type: ignore[arg-type]  # each parser gives its field's type
        **{key: value for key, value in rest.items() if value is not None},  # type: ignore[arg-type]
    )


def as_texts(settings: Settings) -> dict[str, str]:
    """Return each setting as it is written in the file, by its key; keys and hooks, not a single text, are left out."""
    sound = settings.sound
    flags = (
        (_MUTE, sound.mute),
        (_HALFWAY, sound.halfway),
        (_REP_BEEPS, sound.reps),
        (_PHASE_BEEPS, sound.phases),
        (_METRONOME, sound.metronome),
        (_VOICE, sound.voice),
        (_COUNT_REPS, sound.count_reps),
        (_COUNT_ROUNDS, sound.count_rounds),
    )
    written = {
        _SOUNDS.key: sound.theme,
        _VOLUME.key: str(round(sound.volume * 100)),
        _COUNTDOWN.key: str(sound.countdown),
        _LATENCY.key: f"{sound.latency_ms / 1000:g}s",
        _LANGUAGE.key: sound.language,
        _COUNT_IN.key: str(settings.count_in),
        _THEME.key: settings.theme,
        _FIGURE.key: settings.figure,
        **{field.key: "yes" if on else "no" for field, on in flags},
    }
    return {key: written[key] for key in TABLE.fields if key in written}


def from_texts(values: Mapping[str, str]) -> Settings:
    """Return the settings for `values`, the reverse of `as_texts`."""
    written = "".join(f"{key}: {as_yaml(value)}\n" for key, value in values.items())
    read = _values(written.encode(), Report(""))
    return _settings(read) if read else Settings()


def keep(values: Mapping[str, str], file: Path | None = None, *, keys: Mapping[str, str] | None = None) -> Path:
    """Write `values` into the settings file, in place or at its end, and return the file.

    Args:
        values: Texts by setting, as they are written in the file.
        file: The file; by default the user's settings file.
        keys: Names of keys by action, to go under "keys".

    Raises:
        CoachError: the file has problems, or cannot be written.
    """
    file = file or paths.settings_file()
    source = read_kept(file)
    report = Report(shown(file))
    if not is_blank(source) and (not isinstance(parse(source, report), Keys) or report.problems):
        raise CoachError(f"{shown(file)} has problems, so nothing was changed: `coach check` lists them")
    try:
        text = source.decode()
    except UnicodeDecodeError:  # in a comment, of a file that has nothing else
        raise CoachError(
            f"{shown(file)} is not UTF-8, so nothing was changed: save it as UTF-8 in your editor"
        ) from None
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    text = text.removeprefix(mark)
    for key, value in values.items():
        text = with_value(text, key, value)
    for action, names in (keys or {}).items():
        text = with_inner_value(text, _KEYS.key, action, as_yaml(names))
    write_text(file, mark + text)
    return file
