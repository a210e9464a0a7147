"""The user's own plan files: create one, or copy one that ships, to be edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.plan.schema import plan_schema_text
from coach.problems import CoachError
from coach.routine.ids import id_of
from coach.routine.library.catalogue import fold
from coach.routine.library.files import read_file
from coach.routine.library.template import schema_lines
from coach.routine.library.user_files import LONGEST_ID
from coach.syntax.emit import scalar
from coach.system.storage import write_parts, write_text
from coach.text.clean import shown

if TYPE_CHECKING:
    from pathlib import Path

    from coach.plan.shelf import Plans
    from coach.routine.library.files import FoundFile

PLAN_SCHEMA_NAME = "plan.schema.json"
"""The name of the schema beside a plan file."""

_TEMPLATE = """\
# Remove the "# " from a line to use it.
# summary: What it is for, in one line
# notice: A warning to show when the plan is started

# How many sessions a week you aim for. It is shown, and never a deadline.
per_week: 3
# apart: 1 day
# days: [mon, wed, fri]
# time: 20m

# These routines take turns, forever. `coach list` shows what you can write here.
turns: [runner-legs, hip-engine]

# Instead of turns, weeks: then the plan ends after the last. A week is a group of sessions, not a calendar week.
# weeks:
#   - 3x runner-legs
#   - [runner-legs, hip-engine, runner-legs]
"""


def create_plan(plans: Plans, name: str) -> Path:
    """Write a file for a new plan into the user's folder, with the schema beside it; return its path.

    Raises:
        CoachError: the name is taken, no id can be made of it, or the file cannot be written.
    """
    id_ = id_of(name)[:LONGEST_ID].rstrip("-")
    if not id_:
        raise CoachError(f'"{shown(name)}" cannot be a file name: use a name with letters a to z or digits')
    file = plans.folders[0] / f"{id_}.yaml"
    there = _with_id(plans, id_)
    if there is not None or file.exists():
        is_shipped = there is not None and there.origin == "shipped"
        taken = f'"{id_}" comes with coach' if is_shipped else f"{shown(file)} already exists"
        raise CoachError(f"{taken}: open it with `coach edit --plan {id_}`, or choose another name")
    write_text(file, f"{schema_lines(PLAN_SCHEMA_NAME)}name: {scalar(name)}\n\n{_TEMPLATE}")
    schema, wanted = file.parent / PLAN_SCHEMA_NAME, plan_schema_text()
    if not schema.is_file() or read_file(schema) != wanted.encode():
        write_text(schema, wanted)
    return file


def plan_to_edit(plans: Plans, name: str) -> tuple[Path, bool]:
    """Return the user's file of the plan with an id or a name, and whether it is a copy of a shipped one made now.

    Raises:
        CoachError: there is no such plan, or it cannot be copied.
    """
    found = _with_id(plans, fold(name))
    if found is None:
        id_ = plans.plan(name).id
        found = next(one for one in plans.found if one.id == id_)
    if found.origin == "user":
        return found.path, False
    target = plans.folders[0] / f"{found.id}.yaml"
    if not target.exists():
        write_parts(target, (read_file(found.path),))
    return target, True


def _with_id(plans: Plans, id_: str) -> FoundFile | None:
    return next((found for found in plans.found if found.id == id_), None)
