"""`coach doctor`: check sound, voice, terminal and hooks, as text or data, and play each sound."""

from __future__ import annotations

import codecs
import os
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from coach import __version__
from coach.cli.completion import complete_sound_themes
from coach.cli.run import OUTPUTS, has_terminal
from coach.problems import OK
from coach.values import frozen

if TYPE_CHECKING:
    from array import array
    from collections.abc import Mapping, Sequence

    from coach.audio.checkup import Checkup, Sound
    from coach.settings import Hook, SoundSettings

_RING_OUT_S = 1.5
_WIDTH = 66
"""Columns of a long value, which continues on further rows."""
_TRUE_COLOUR = 1 << 24
"""How many colours a terminal shows that has 8 bits for each of red, green and blue."""


@click.command("doctor")
@click.option("--output", type=click.Choice(OUTPUTS), default="auto", help="Test this output.")
@click.option("--theme", metavar="NAME", shell_complete=complete_sound_themes, help="Play the sounds of this theme.")
@click.option("--quiet", is_flag=True, help="Play no sounds.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON and play no sounds.")
def examine(output: str, theme: str | None, quiet: bool, as_json: bool) -> int:
    """Check sound, voice, terminal and your hooks, and play each sound by name."""
    from dataclasses import replace

    from coach.audio import bank
    from coach.cli.shared import settings_of_user
    from coach.system import paths

    of_user = settings_of_user()
    settings = replace(of_user.sound, theme=theme or of_user.sound.theme)
    sounds, problems = bank.load_theme(settings.theme, paths.both("sounds"))
    checkup = _checkup(settings, output)
    heard = False
    try:
        sound = checkup.open()
        data = _data(settings, sound, sounds) | {"hooks": _hooks(of_user.hooks), "problems": list(problems)}
        if as_json:
            import json

            click.echo(json.dumps(data, ensure_ascii=False, indent=1))
        else:
            _print(data)
            can_play = not sound.trouble and sound.output != "null"
            heard = not quiet and can_play and _play(checkup, sound, sounds)
    finally:
        checkup.close(drain_s=_RING_OUT_S if heard else 0.0)
    return OK


def _checkup(settings: SoundSettings, output: str) -> Checkup:
    from coach.audio.checkup import Checkup  # `coach list` needs no sound
    from coach.audio.player import Player

    return Checkup(lambda on_event: Player(settings, output=output, on_event=on_event))


def _data(settings: SoundSettings, sound: Sound, sounds: dict[str, array[int]]) -> dict[str, Any]:
    """Return everything that `coach doctor` reports."""
    import platform

    from coach.audio.checkup import lengths_ms, output_choices, voice_choice
    from coach.audio.voice.espeak import languages

    return {
        "format": 1,
        "coach": __version__,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "sound": {**asdict(sound), "latency_ms": settings.latency_ms},
        "outputs": [asdict(choice) for choice in output_choices()],
        "theme": settings.theme,
        "sounds": [{"name": name, "ms": length} for name, length in lengths_ms(sounds).items()],
        "voice": {
            **asdict(voice_choice()),
            "on": settings.voice,
            "language": settings.language,
            "languages": languages(),
        },
        "terminal": asdict(terminal()),
    }


def _hooks(hooks: tuple[Hook, ...]) -> list[dict[str, Any]]:
    """Return the user's hooks, and the file that each of them would run; None where there is none."""
    from coach.cli.shared import hooks_folder
    from coach.system.hooks import program_file

    folder = hooks_folder() if hooks else None
    return [
        {"event": hook.event, "command": list(hook.command), "program": program_file(hook.command, folder)}
        for hook in hooks
    ]


def _print(data: dict[str, Any]) -> None:
    """Print the data for people."""
    sound, voice = data["sound"], data["voice"]
    rows = [("coach", f"{data['coach']}, Python {data['python']}, {data['system']}")]
    if sound["trouble"]:
        rows.append(("sound", f"none: {sound['trouble']} {sound['why']}".rstrip()))
    else:
        rows.append(("sound", f"{sound['output']}, {sound['device']}. {sound['why']}"))
        if sound["rate"]:
            rows.append(("rate", f"{sound['rate']} Hz, resampler: {sound['resampler']}. {sound['rate_why']}"))
        rows.append(
            ("delay", f"{sound['lead_ms']} ms from a key press to its sound; all other signals are sent in time")
        )
    rows.append(("latency", f"{sound['latency_ms']} ms earlier (your settings)"))
    rows += [
        (f"  {output['name']}", f"{'yes' if output['available'] else 'no'}: {output['why']}")
        for output in data["outputs"]
    ]
    rows.append(("voice", f"{voice['why']} {'On' if voice['on'] else 'Off'}, language {voice['language']}."))
    rows += _listed("  languages", voice["languages"])
    rows += _terminal_rows(data["terminal"])
    rows.append(("theme", data["theme"]))
    rows += [(f"hook {hook['event']}", _hook_words(hook)) for hook in data["hooks"]]
    rows += [("problem", problem) for problem in data["problems"]]
    for name, words in rows:
        click.echo(f"{name:<14}{words}")


def _hook_words(hook: dict[str, Any]) -> str:
    from coach.text.clean import legible

    where = f"runs {hook['program']}" if hook["program"] else f"there is no program {hook['command'][0]}"
    return legible(f"{' '.join(hook['command'])}: {where}")


def _listed(name: str, words: Sequence[str]) -> list[tuple[str, str]]:
    """Return many short words as rows; the first has their name."""
    from coach.text.clean import wrapped

    return [("" if at else name, row) for at, row in enumerate(wrapped(" ".join(words), _WIDTH)) if row]


def _terminal_rows(terminal: dict[str, Any]) -> list[tuple[str, str]]:
    size = f"{terminal['columns']} x {terminal['rows']}, " if terminal["columns"] else ""
    colours = {0: "no colours", _TRUE_COLOUR: "16 million colours"}.get(
        terminal["colours"], f"{terminal['colours']} colours"
    )
    wish = ", turned off by NO_COLOR" if terminal["no_color"] else ""
    kind = f"TERM={terminal['kind']}" if terminal["kind"] else "TERM is not set"
    screens = "screens" if terminal["is_terminal"] else "no terminal: sessions run as lines of text"
    text = "" if terminal["unicode"] else ": some characters cannot be shown"
    return [("terminal", f"{screens}; {size}{colours}{wish}; {kind}; {terminal['encoding']}{text}")]


def _play(checkup: Checkup, sound: Sound, sounds: dict[str, array[int]]) -> bool:
    """Play each sound and show its name; return whether all were played."""
    click.echo("\nEach sound, as it plays:")
    played = []
    for name in checkup.play(sounds, sound.lead_ms):
        click.echo(f"  {name}")
        played.append(name)
    if len(played) == len(sounds):
        return True
    click.echo("Sound stopped: the other sounds were not played.")
    return False


@frozen
class Terminal:
    """The terminal of a process, or the pipe or file that stands in for it."""

    is_terminal: bool
    """Whether it has keys and a screen; without them sessions run as lines of text."""
    columns: int | None
    rows: int | None
    kind: str
    colours: int
    """The number of colours it shows; 0 for none."""
    no_color: bool
    """Whether the user wants no colours (NO_COLOR)."""
    encoding: str
    unicode: bool
    """Whether every character can be written to it."""


def terminal() -> Terminal:
    """Return the terminal of this process."""
    import shutil  # 4 ms that only `coach doctor` has to pay

    size = shutil.get_terminal_size() if sys.stdout.isatty() else None
    return described(os.environ, is_terminal=has_terminal(), size=size, encoding=sys.stdout.encoding or "ascii")


def described(
    environment: Mapping[str, str], *, is_terminal: bool, size: tuple[int, int] | None, encoding: str
) -> Terminal:
    """Return the terminal that `environment` and the other arguments describe."""
    columns, rows = size or (None, None)
    try:
        name = codecs.lookup(encoding).name
    except LookupError:
        name = encoding
    return Terminal(
        is_terminal=is_terminal,
        columns=columns,
        rows=rows,
        kind=environment.get("TERM", ""),
        colours=_colours(environment),
        no_color=bool(environment.get("NO_COLOR")),
        encoding=name,
        unicode=name.startswith("utf"),
    )


def _colours(environment: Mapping[str, str]) -> int:
    term = environment.get("TERM", "")
    if environment.get("COLORTERM", "").casefold() in {"truecolor", "24bit"} or term.endswith("-direct"):
        return _TRUE_COLOUR
    if "256" in term:
        return 256
    return 0 if term in {"", "dumb"} else 16
