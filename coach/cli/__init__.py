"""The commands. Each imports what it needs when it runs, so that `coach list` does not pay for a user interface.

Data goes to stdout (problems of files are data), talk to stderr. Exit codes: 0 fine, 1 problems found, 2 usage or no
such file, 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from typing import Unpack

import click
from click.core import ParameterSource

from coach import __version__
from coach.cli.checking import check_files
from coach.cli.completing import print_completion
from coach.cli.doctor import examine
from coach.cli.editing import edit_file, new_file
from coach.cli.history import tell_history
from coach.cli.play import SessionOptions, choose, run_routine, session_options
from coach.cli.quick import run_quick
from coach.cli.reading import list_routines, show_paths, show_routine
from coach.cli.rendering import render_routine
from coach.cli.resume import resume_session
from coach.cli.safety import show_safety
from coach.cli.schema import print_schema
from coach.cli.streams import make_ready
from coach.cli.telling import tell
from coach.problems import INTERRUPTED, OK, USAGE, BrokenFile, CoachError


def main() -> None:
    """Run the command line, and leave with its exit code."""
    make_ready()
    sys.exit(run_command(sys.argv[1:]))


def run_command(arguments: list[str]) -> int:
    """Run one command and return its exit code; whatever is wrong is said in one sentence."""
    try:
        code = commands.main(arguments, prog_name="coach", standalone_mode=False)
        sys.stdout.flush()
    except (click.exceptions.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except BrokenPipeError:
        return _nobody_reads()
    except OSError as error:
        click.echo(f"coach: {error.strerror or error}: nothing more can be written or read here", err=True)
        return USAGE
    return code if isinstance(code, int) else OK


def _nobody_reads() -> int:
    """Go on without anybody who reads: whoever did has gone, as `head` does, and nothing is wrong with that."""
    # Python would complain once more when it flushes at exit.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return OK


class Commands(click.Group):
    """Says what went wrong while the context is still there, which knows texts that came from no file."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command that was asked for; problems of files are data, everything else is talk."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            return _nobody_reads()  # here, since click would end with 1
        except BrokenFile as error:
            tell(error.problems)
            return error.exit_code
        except CoachError as error:
            click.echo(f"coach: {error}", err=True)
            return error.exit_code


@click.group(cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="coach")
@session_options
@click.pass_context
def commands(context: click.Context, /, **options: Unpack[SessionOptions]) -> int | None:
    """Walk through a workout with large cues and exact beeps. Without a command, choose a routine."""
    if context.invoked_subcommand is not None:
        given = [each for each in context.params if context.get_parameter_source(each) is ParameterSource.COMMANDLINE]
        if given:
            option = f"--{given[0].replace('_', '-')}"
            raise CoachError(
                f"{option} belongs behind the command: write `coach {context.invoked_subcommand} … {option}`"
            )
        return None
    return choose(options)


for command in (
    *(run_routine, run_quick, resume_session, list_routines, show_routine, check_files, new_file, edit_file),
    *(render_routine, tell_history, print_schema, print_completion, examine, show_paths, show_safety),
):
    commands.add_command(command)
