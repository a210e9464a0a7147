"""The command line. A command's module is imported when the command is called, and imports what it needs as it runs.

So `coach list` loads neither the user interface nor the other commands.

Data goes to stdout (problems of files are data), messages to stderr. Exit codes: 0 fine, 1 problems found, 2 usage or
no such file, 70 a fault of the program itself, 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn, Unpack

import click
from click.core import ParameterSource

from coach import __version__
from coach.cli.output import make_ready, show_problems
from coach.cli.run import SessionOptions, choose, session_options
from coach.problems import INTERRUPTED, OK, USAGE, BrokenFile, CoachError
from coach.text.clean import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

COMMANDS = {
    "check": ("check", "check_files"),
    "completion": ("completion", "print_completion"),
    "doctor": ("doctor", "examine"),
    "edit": ("edit", "edit_file"),
    "export": ("export", "export_routine"),
    "history": ("history", "show_history"),
    "import": ("import_", "import_files"),
    "list": ("routines", "list_routines"),
    "new": ("edit", "new_file"),
    "page": ("web", "make_page"),
    "paths": ("routines", "show_paths"),
    "plan": ("plan", "plan_commands"),
    "quick": ("quick", "run_quick"),
    "render": ("render", "render_routine"),
    "resume": ("resume", "resume_session"),
    "run": ("run", "run_routine"),
    "safety": ("safety", "show_safety"),
    "schema": ("schema", "print_schema"),
    "show": ("routines", "show_routine"),
    "status": ("status", "show_status"),
    "today": ("today", "run_today"),
}
"""Each command by its name: its module in this room, and its function there."""


def main() -> NoReturn:
    """Run the command line, and end the process with its exit code."""
    make_ready()
    code = run_command(sys.argv[1:])
    _flush()
    # Everything is written and closed. An orderly end of the interpreter would take a thirtieth of `coach list`.
    os._exit(code)


def run_command(arguments: list[str]) -> int:
    """Run one command and return its exit code; an error is shown as one sentence."""
    try:
        code = commands.main(arguments, prog_name="coach", standalone_mode=False)
        sys.stdout.flush()
    except (click.exceptions.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except BrokenPipeError:
        return OK  # the reader has closed the pipe, as `head` does, which is no error
    except OSError as error:
        place = f"{shown(error.filename)}: " if error.filename else ""
        with suppress(OSError):
            click.echo(f"coach: {place}{_in_words(error)}", err=True)
        return USAGE
    except Exception as error:  # noqa: BLE001 - any fault becomes a report and a sentence
        from coach.cli.crash import report_fault  # only for a fault

        return report_fault(error)
    return code if isinstance(code, int) else OK


def _in_words(error: OSError) -> str:
    """Return why reading or writing failed."""
    from coach.system.storage import reason  # only for an error

    if isinstance(error, PermissionError):
        return f"you do not have permission ({error.strerror}): change the permissions, or use another place"
    if error.filename:
        return reason(error, str(error.filename))
    return f"{error.strerror or error}: reading or writing failed"


def _flush() -> None:
    """Write what is buffered, and drop what nobody reads."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


class OnDemand(Mapping[str, click.Command]):
    """The commands by name. Each is imported when it is looked up, and all of them only for `--help`."""

    def __getitem__(self, name: str) -> click.Command:
        """Return the command called `name`."""
        module, command = COMMANDS[name]
        found: click.Command = getattr(import_module(f"coach.cli.{module}"), command)
        return found

    def __iter__(self) -> Iterator[str]:
        """Yield the names."""
        return iter(COMMANDS)

    def __len__(self) -> int:
        """Return the number of commands."""
        return len(COMMANDS)


class Commands(click.Group):
    """Shows errors while click's context still exists, which has the texts that are in no file."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; problems of files go to stdout as data, other errors to stderr."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            return OK  # the reader has closed the pipe, as `head` does; click would end with 1
        except BrokenFile as error:
            show_problems(error.problems)
            return error.exit_code
        except CoachError as error:
            click.echo(f"coach: {error}", err=True)
            return error.exit_code


@click.group(
    cls=Commands,
    commands=OnDemand(),
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="coach")
@session_options
@click.pass_context
def commands(context: click.Context, /, **options: Unpack[SessionOptions]) -> int | None:
    """Walk through a workout with large cues and exact beeps. Without a command, choose a routine."""
    if context.invoked_subcommand is not None:
        given = [name for name in context.params if context.get_parameter_source(name) is ParameterSource.COMMANDLINE]
        if given:
            option = f"--{given[0].replace('_', '-')}"
            raise CoachError(f"{option} goes after the command: write `coach {context.invoked_subcommand} … {option}`")
        return None
    return choose(options)
