"""Create and copy files in the user's folder, with the schema beside them. A file that the user wrote never changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.problems import CoachError
from coach.routine.ids import id_of
from coach.routine.language.schema import schema_text
from coach.routine.library import template
from coach.routine.library.files import EXERCISES_FOLDER, read_file
from coach.syntax.parse import parse
from coach.syntax.report import Report
from coach.syntax.tree import Keys, Text
from coach.system.storage import write_parts, write_text
from coach.text.clean import shown

if TYPE_CHECKING:
    from pathlib import Path

    from coach.routine.ids import FileKind
    from coach.routine.library.files import FoundFile
    from coach.routine.library.library import Entry, Library

LONGEST_ID = 60
"""The longest id, in characters, made of a name."""


def create_file(library: Library, name: str, kind: FileKind = "routine") -> Path:
    """Write a file for a new routine or exercise into the user's folder, with the schema beside it; return its path.

    Raises:
        CoachError: the name is taken, no id can be made of it, or the file cannot be written.
    """
    id_ = free_id(library, name, kind)
    return save(library, id_, template.new_file_text(name, kind), kind)


def save(library: Library, id_: str, text: str, kind: FileKind = "routine") -> Path:
    """Write `text` as the file of a new id, with the schema beside it; return its path.

    Raises:
        CoachError: there is such a file, or it cannot be written.
    """
    folder = _folder(library, kind)
    file = folder / f"{id_}.yaml"
    if file.exists():
        raise CoachError(f"{shown(file)} already exists")
    write_text(file, text)
    schema, wanted = folder / template.SCHEMA_NAMES[kind], schema_text(kind)
    if not schema.is_file() or read_file(schema) != wanted.encode():
        write_text(schema, wanted)
    return file


def to_edit(library: Library, found: FoundFile | Entry, kind: FileKind = "routine") -> tuple[Path, bool]:
    """Return the user's file to edit instead of `found`, and whether it is a copy made now.

    Raises:
        CoachError: it cannot be copied.
    """
    if found.origin == "user":
        return found.path, False
    target = _folder(library, kind) / f"{found.id}.yaml"
    if not target.exists():
        write_parts(target, (read_file(found.path),))
    return target, True


def duplicate(library: Library, entry: Entry) -> Path:
    """Write a copy of a routine into the user's folder under a free id; return its path.

    The number of the new id is added to the routine's name; everything else is copied byte for byte.

    Raises:
        CoachError: it cannot be read or written.
    """
    stem, old = _stem(library, entry.id)
    number = 2
    while (target := library.user_folder / f"{stem}-{number}.yaml").exists() or library.file_of(target.stem, "routine"):
        number += 1
    source = read_file(entry.path)
    try:
        write_text(target, _numbered(source.decode(), old, number))
    except UnicodeDecodeError:
        write_parts(target, (source,))
    return target


def _stem(library: Library, id_: str) -> tuple[str, str]:
    """Return an id without the number of a copy, and the end of its name, such as " 2": a copy of "-2" is "-3"."""
    stem, _, number = id_.rpartition("-")
    if number.isdecimal() and library.file_of(stem, "routine"):
        return stem, f" {number}"
    return _short(id_of(id_)) or "routine", ""


def _short(id_: str) -> str:
    return id_[:LONGEST_ID].rstrip("-")


def _numbered(text: str, old: str, number: int) -> str:
    """Return `text` with `number` after its name, in place of `old`, if the name is on one line."""
    node = parse(text, Report(""))
    pairs = node.value if isinstance(node, Keys) else ()
    name = next((value for key, value in pairs if key.value == "name"), None)
    if not isinstance(name, Text) or name.end[0] != name.line or not name.value.strip():
        return text
    # The tree counts lines as YAML does, to which a carriage return ends one.
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    lines = text.removeprefix(mark).splitlines(keepends=True)
    line = lines[name.line - 1]
    end = name.end[1] - 1 if name.plain else name.end[1] - 2
    if not name.plain and line[end : end + 1] not in ("'", '"'):
        return text
    lines[name.line - 1] = f"{line[:end].removesuffix(old)} {number}{line[end:]}"
    return mark + "".join(lines)


def _folder(library: Library, kind: FileKind) -> Path:
    return library.user_folder / EXERCISES_FOLDER if kind == "exercise" else library.user_folder


def free_id(library: Library, name: str, kind: FileKind = "routine") -> str:
    """Return the id for a new file of this name.

    Raises:
        CoachError: there is such a file already, or no id can be made of the name.
    """
    id_ = _short(id_of(name))
    if not id_:
        raise CoachError(f'"{shown(name)}" cannot be a file name: use a name with letters a to z or digits')
    there = library.file_of(id_, kind)
    if there is not None:
        flag = " --exercise" if kind == "exercise" else ""
        own = f"{shown(there.path)} already exists" if there.origin == "user" else f'"{id_}" comes with coach'
        raise CoachError(f"{own}: open it with `coach edit{flag} {id_}`, or choose another name")
    return id_


def next_id(library: Library, name: str, otherwise: str = "routine") -> str:
    """Return the id for a new routine of this name, numbered where files have it already.

    Args:
        library: the files there are.
        name: the name.
        otherwise: the id for a name that has no letter a to z and no digit.
    """
    stem = _short(id_of(name)) or otherwise
    id_, number = stem, 1
    while library.file_of(id_, "routine") or (library.user_folder / f"{id_}.yaml").exists():
        number += 1
        id_ = f"{stem}-{number}"
    return id_
