"""`coach schema`: print the JSON Schema of files for editors, and instructions for language models.

It stands alone, like every command, so that no other command imports it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from coach.problems import OK

if TYPE_CHECKING:
    from typing import Literal

    Kind = Literal["routine", "exercise", "figure", "plan", "settings"]


@click.command("schema")
@click.argument("kind", type=click.Choice(("routine", "exercise", "figure", "plan", "settings")), default="routine")
@click.option("--prompt", is_flag=True, help="Print instructions for a language model that writes routines.")
def print_schema(kind: Kind, prompt: bool) -> int:
    """Print the JSON Schema of routine, exercise, figure, plan or settings files."""
    if prompt:
        from coach.routine.language.prompt import prompt_page

        click.echo(prompt_page(), nl=False)
    elif kind == "figure":
        from coach.figure.schema import figure_schema_text

        click.echo(figure_schema_text(), nl=False)
    elif kind == "plan":
        from coach.plan.schema import plan_schema_text

        click.echo(plan_schema_text(), nl=False)
    elif kind == "settings":
        from coach.config.schema import settings_schema_text

        click.echo(settings_schema_text(), nl=False)
    else:
        from coach.routine.language.schema import schema_text

        click.echo(schema_text(kind), nl=False)
    return OK
