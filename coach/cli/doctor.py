"""`coach doctor`: what this computer can do for a session, told and heard."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from coach import __version__
from coach.cli.completing import sound_themes
from coach.cli.play import OUTPUTS
from coach.problems import OK

if TYPE_CHECKING:
    from array import array
    from collections.abc import Sequence

    from coach.audio.checkup import Checkup, Sound
    from coach.settings import SoundSettings

RING_OUT_S = 1.5
WIDTH = 66
"""Of what stands beside the names, where it goes on in the next row."""
TRUE_COLOUR = 1 << 24


@click.command("doctor")
@click.option("--output", type=click.Choice(OUTPUTS), default="auto", help="Try this output.")
@click.option("--theme", metavar="NAME", shell_complete=sound_themes, help="Play the sounds of this theme.")
@click.option("--quiet", is_flag=True, help="Play nothing.")
@click.option("--json", "as_json", is_flag=True, help="The same as data, for other programs; nothing is played.")
def examine(output: str, theme: str | None, quiet: bool, as_json: bool) -> int:  # noqa: FBT001 - click's way
    """Tell what sound, voice and terminal there are, and play each sound by name."""
    from dataclasses import replace  # noqa: PLC0415 - only here, as all below

    from coach import paths  # noqa: PLC0415
    from coach.audio import bank  # noqa: PLC0415
    from coach.cli.find import settings_of_user  # noqa: PLC0415

    settings = settings_of_user().sound
    settings = replace(settings, theme=theme or settings.theme)
    sounds, problems = bank.load(settings.theme, paths.both("sounds"))
    checkup = _checkup(settings, output)
    heard = False
    try:
        sound = checkup.open()
        data = _data(settings, sound, sounds) | {"problems": list(problems)}
        if as_json:
            import json  # noqa: PLC0415

            click.echo(json.dumps(data, ensure_ascii=False, indent=1))
        else:
            _tell(data)
            can_play = not sound.trouble and sound.output != "null"
            heard = not quiet and can_play and _play(checkup, sound, sounds)
    finally:
        checkup.close(drain_s=RING_OUT_S if heard else 0.0)
    return OK


def _checkup(settings: SoundSettings, output: str) -> Checkup:
    from coach.audio.checkup import Checkup  # noqa: PLC0415 - `coach list` needs no sound
    from coach.audio.player import Player  # noqa: PLC0415

    return Checkup(lambda on_event: Player(settings, output=output, on_event=on_event))


def _data(settings: SoundSettings, sound: Sound, sounds: dict[str, array[int]]) -> dict[str, Any]:
    """Return everything that is told."""
    import platform  # noqa: PLC0415 - only here

    from coach.audio.checkup import choices, lengths_ms, voice  # noqa: PLC0415 - as in _checkup
    from coach.audio.espeak import languages  # noqa: PLC0415 - as above
    from coach.cli.surroundings import terminal  # noqa: PLC0415 - only here

    return {
        "format": 1,
        "coach": __version__,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "sound": {**asdict(sound), "latency_ms": settings.latency_ms},
        "outputs": [asdict(each) for each in choices()],
        "theme": settings.theme,
        "sounds": [{"name": name, "ms": length} for name, length in lengths_ms(sounds).items()],
        "voice": {**asdict(voice()), "on": settings.voice, "language": settings.language, "languages": languages()},
        "terminal": asdict(terminal()),
    }


def _tell(data: dict[str, Any]) -> None:
    """Print it for people."""
    sound, voice = data["sound"], data["voice"]
    rows = [("coach", f"{data['coach']}, Python {data['python']}, {data['system']}")]
    if sound["trouble"]:
        rows.append(("sound", f"none: {sound['trouble']} {sound['why']}".rstrip()))
    else:
        rows.append(("sound", f"{sound['output']}, {sound['device']}. {sound['why']}"))
        if sound["rate"]:
            rows.append(("rate", f"{sound['rate']} Hz, resampler: {sound['resampler']}. {sound['rate_why']}"))
        rows.append(
            ("delay", f"{sound['lead_ms']} ms from a key to its sound; every signal leaves in time all the same")
        )
    rows.append(("latency", f"{sound['latency_ms']} ms earlier, by your settings"))
    rows += [
        (f"  {each['name']}", f"{'yes' if each['available'] else 'no'}: {each['why']}") for each in data["outputs"]
    ]
    rows.append(("voice", f"{voice['why']} {'On' if voice['on'] else 'Off'}, language {voice['language']}."))
    rows += _listed("  languages", voice["languages"])
    rows += _terminal_rows(data["terminal"])
    rows.append(("theme", data["theme"]))
    rows += [("problem", each) for each in data["problems"]]
    for name, words in rows:
        click.echo(f"{name:<14}{words}")


def _listed(name: str, words: Sequence[str]) -> list[tuple[str, str]]:
    """Return many short words as rows of a page, the first with their name."""
    from coach.legible import wrapped  # noqa: PLC0415 - only here

    return [("" if at else name, row) for at, row in enumerate(wrapped(" ".join(words), WIDTH)) if row]


def _terminal_rows(terminal: dict[str, Any]) -> list[tuple[str, str]]:
    size = f"{terminal['columns']} x {terminal['rows']}, " if terminal["columns"] else ""
    colours = {0: "no colours", TRUE_COLOUR: "16 million colours"}.get(
        terminal["colours"], f"{terminal['colours']} colours"
    )
    wish = ", none wanted (NO_COLOR)" if terminal["no_color"] else ""
    kind = f"TERM={terminal['kind']}" if terminal["kind"] else "TERM is not set"
    screens = "screens" if terminal["is_terminal"] else "no terminal: sessions run as lines of text"
    text = "" if terminal["unicode"] else ": some characters cannot be shown"
    return [("terminal", f"{screens}; {size}{colours}{wish}; {kind}; {terminal['encoding']}{text}")]


def _play(checkup: Checkup, sound: Sound, sounds: dict[str, array[int]]) -> bool:
    """Play each sound with its name; return whether all were heard."""
    click.echo("\nEach sound, as it plays:")
    played = []
    for name in checkup.play(sounds, sound.lead_ms):
        click.echo(f"  {name}")
        played.append(name)
    if len(played) == len(sounds):
        return True
    click.echo("The sound has stopped: the rest was not heard.")
    return False
