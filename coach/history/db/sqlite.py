"""SQLite, or what stands in for it: a Python that was built without keeps nothing, but one trains all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coach.problems import CoachError

_MISSING = "this Python was built without SQLite and keeps no history: install coach with another"

if TYPE_CHECKING:
    import sqlite3
else:
    try:
        import sqlite3
    except ImportError:

        class sqlite3:  # noqa: N801 - named for what it stands in for
            """Opens nothing."""

            class Error(Exception):
                """Is never raised, as those below."""

            DatabaseError = OperationalError = Error

            @staticmethod
            def connect(*_: Any, **__: Any) -> None:  # noqa: ANN401 - whatever SQLite takes
                """Say why there is none."""
                raise CoachError(_MISSING)


__all__ = ["sqlite3"]
