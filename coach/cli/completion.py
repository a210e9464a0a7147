"""Shell completion, `coach completion`: names of routines, exercises, plans and themes, without reading a file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from coach.cli.shared import open_library
from coach.problems import OK

if TYPE_CHECKING:
    from collections.abc import Iterable

    from click.shell_completion import CompletionItem

SHELLS = ("bash", "zsh", "fish")
_VARIABLE = "_COACH_COMPLETE"


def complete_routines(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the id of a routine; a path is left to the shell."""
    return _ids(open_library().ids(), incomplete) or complete_files(context, parameter, incomplete)


def complete_what_is_edited(
    context: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Complete the id of an exercise after `--exercise`, of a plan after `--plan`, else of a routine or a plan."""
    if context.params.get("exercise"):
        return _ids(open_library().exercise_ids(), incomplete)
    plans = complete_plans(context, parameter, incomplete)
    if context.params.get("plan"):
        return plans
    routines = _ids(open_library().ids(), incomplete)
    known = {item.value for item in routines}
    others = [item for item in plans if item.value not in known]
    return [*routines, *others] or complete_files(context, parameter, incomplete)


def complete_routines_exercises_figures(
    context: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Complete the id of a routine, an exercise or a figure; a path is left to the shell."""
    library = open_library()
    figures = (found.id for found in library.figures() if not found.trouble)
    ids = (*library.ids(), *library.exercise_ids(), *figures)
    return _ids(ids, incomplete) or complete_files(context, parameter, incomplete)


def complete_quick_line(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the id of the exercise that a quick line ends in: `30s side-p` becomes `30s side-plank`."""
    ids = open_library().exercise_ids()
    for match in re.finditer(r"(?<![\w-])[^\W\d]", incomplete):  # from the first word, then from later ones
        before, name = incomplete[: match.start()], "-".join(incomplete[match.start() :].split())
        if found := _ids(ids, name):
            for item in found:
                item.value = before + item.value
            return found
    return []


def complete_plans(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the id of a plan."""
    from coach.plan.shelf import Plans  # other names need none

    return _ids(Plans(open_library()).ids, incomplete)


def complete_sound_themes(
    _context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Complete the name of a sound theme, shipped or the user's own."""
    from coach.audio import bank
    from coach.system import paths  # 5 ms that only a Tab has to pay, with those below

    return _ids(bank.themes(paths.both("sounds")), incomplete)


def complete_files(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Let the shell complete a path."""
    from click.shell_completion import CompletionItem  # 5 ms that only a Tab has to pay

    return [CompletionItem(incomplete, type="file")]


def _ids(ids: Iterable[str], incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    return [CompletionItem(name) for name in dict.fromkeys(ids) if name.startswith(incomplete.casefold())]


@click.command("completion")
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def print_completion(context: click.Context, shell: str) -> int:
    """Print the completion script for SHELL."""
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    if kind is not None:
        click.echo(kind(context.find_root().command, {}, "coach", _VARIABLE).source())
    return OK
