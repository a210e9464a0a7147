"""The tables of the history, as SQL; `docs/history.md` explains them to people who read them with `sqlite3`.

Moments are texts in UTC, ISO 8601 with milliseconds and a `Z`, so that they sort as they happened; the person's offset
from UTC is in a column of its own. Durations are whole milliseconds of training time.
"""

from __future__ import annotations

VERSION = 4
"""Kept in `PRAGMA user_version`. Each later version adds a step to `MIGRATIONS`."""

CREATE_TABLES = """
CREATE TABLE session (
    id              TEXT PRIMARY KEY,                  -- 32 hexadecimal digits, unique everywhere: imports never double
    routine         TEXT NOT NULL,                     -- the routine's id
    name            TEXT NOT NULL,                     -- its name on that day
    started_at      TEXT NOT NULL,
    offset_minutes  INTEGER NOT NULL,                  -- of local time from UTC, at the start
    seed            INTEGER,                           -- how it was dealt, for a shuffled routine
    first_index     INTEGER NOT NULL DEFAULT 0,        -- the interval it began at
    settings        TEXT NOT NULL DEFAULT '{}',        -- JSON: what of the settings changes a session
    planned_ms      INTEGER NOT NULL,                  -- of the routine, open intervals counted as nought
    open_intervals  INTEGER NOT NULL DEFAULT 0,
    seen_at         TEXT NOT NULL,                     -- the last heartbeat, one a second while it runs
    place           TEXT,                              -- JSON: where it stood then, for resuming; none at the end
    ended_at        TEXT,                              -- none while it runs, or when it was cut off
    complete        INTEGER NOT NULL DEFAULT 0,        -- 1: it went to its end
    filed           INTEGER NOT NULL DEFAULT 0,        -- 1: it was cut off, and will not be resumed any more
    feeling         TEXT CHECK (feeling IN ('easy', 'right', 'hard')),
    note            TEXT
);
CREATE INDEX session_started_at ON session (started_at);
CREATE INDEX session_unfinished ON session (started_at) WHERE ended_at IS NULL AND filed = 0;
CREATE TABLE source (                                  -- copies of what the session was made of
    session         TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    role            TEXT NOT NULL CHECK (role IN ('routine', 'include', 'exercise')),
    name            TEXT NOT NULL,                     -- what the routine calls it by, in small letters
    id              TEXT NOT NULL,                     -- its file's stem
    file            TEXT NOT NULL,                     -- where it stood, for messages
    text            BLOB NOT NULL,                     -- its bytes
    PRIMARY KEY (session, role, name)
);
CREATE TABLE visit (                                   -- one stay in one interval
    session         TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    number          INTEGER NOT NULL,                  -- 0, 1, 2 … in the order they ended
    interval        INTEGER NOT NULL,                  -- its index in the timeline as planned
    kind            TEXT NOT NULL CHECK (kind IN ('prepare', 'work', 'rest', 'wait')),
    frame           TEXT,                              -- 'window', 'amrap' or 'for-time' where work was all of one
    title           TEXT NOT NULL,
    exercise        TEXT,                              -- an exercise file's id
    side            TEXT,
    entered_ms      INTEGER NOT NULL,                  -- on the session's clock, counted from the session's start
    left_ms         INTEGER NOT NULL,
    planned_ms      INTEGER,                           -- none when it was open
    active_ms       INTEGER NOT NULL,
    paused_ms       INTEGER NOT NULL,                  -- active + paused = left - entered
    ending          TEXT NOT NULL                      -- 'cut': it was going on at the last heartbeat
                    CHECK (ending IN ('clock', 'done', 'next', 'back', 'jump', 'quit', 'cut')),
    planned_reps    INTEGER,                           -- both sides together; none where reps are not counted
    reps            INTEGER,                           -- those that were done
    rounds          INTEGER NOT NULL DEFAULT 0,
    rest            INTEGER NOT NULL DEFAULT 0,        -- 1: what was left of a window that was done early
    PRIMARY KEY (session, number)
) WITHOUT ROWID;
"""

_DISTANCES = """
ALTER TABLE visit ADD COLUMN planned_distance_mm INTEGER;  -- how far the bout goes; none where no distance was asked
ALTER TABLE visit ADD COLUMN distance_mm INTEGER;          -- what was done of it
ALTER TABLE visit ADD COLUMN distance_unit TEXT;           -- 'm', 'km', 'yd' or 'mi', as the routine has it
"""

_SHARE_AND_CHANGES = """
ALTER TABLE session ADD COLUMN worth_ms INTEGER;       -- what its planned work is worth; none before this version
ALTER TABLE session ADD COLUMN removed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE visit ADD COLUMN worth_ms INTEGER;         -- what all of its bout is worth
ALTER TABLE visit ADD COLUMN said_reps INTEGER;        -- in place of `reps`, where the person put them right
ALTER TABLE visit ADD COLUMN said_rounds INTEGER;
CREATE TABLE change (                                  -- what the person said of a session afterwards, a row a value
    id              TEXT NOT NULL,                     -- 32 hexadecimal digits; what was said at once has one id
    session         TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    made_at         TEXT NOT NULL,
    field           TEXT NOT NULL CHECK (field IN ('removed', 'feeling', 'note', 'reps', 'rounds')),
    visit           INTEGER NOT NULL DEFAULT -1,       -- the visit's number, for reps and rounds
    value           TEXT,                              -- none takes back what was said before
    undone_at       TEXT,                              -- it was taken back then, and counts no more
    PRIMARY KEY (id, field, visit)
) WITHOUT ROWID;
CREATE INDEX change_session ON change (session);
"""

_PLANS = """
ALTER TABLE session ADD COLUMN plan TEXT;              -- the plan that it was started for; none when by itself
ALTER TABLE session ADD COLUMN plan_week INTEGER;      -- from 1; 0 in a plan that goes round
ALTER TABLE session ADD COLUMN plan_ordinal INTEGER;   -- from 1, in its week or its turns
ALTER TABLE session ADD COLUMN adjustments TEXT;       -- JSON: what was changed of its routine before it began
ALTER TABLE visit ADD COLUMN progression TEXT;         -- the progression that it counts for; none without progress
ALTER TABLE visit ADD COLUMN load TEXT;                -- the load that was asked for
CREATE TABLE asked (                                   -- what a session asked for of each progression
    session         TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    progression     TEXT NOT NULL,
    bouts           INTEGER NOT NULL,                  -- how many bouts of work
    reps            INTEGER,                           -- a side and direction
    ms              INTEGER,                           -- a side
    load            TEXT,
    PRIMARY KEY (session, progression)
) WITHOUT ROWID;
CREATE INDEX asked_progression ON asked (progression);
CREATE TABLE plan_event (                              -- what the person said of a plan
    id              TEXT PRIMARY KEY,                  -- 32 hexadecimal digits
    plan            TEXT NOT NULL,                     -- the plan's id
    made_at         TEXT NOT NULL,
    offset_minutes  INTEGER NOT NULL,                  -- of local time from UTC
    move            TEXT NOT NULL CHECK (move IN ('begin', 'again', 'skip', 'go', 'end')),
    week            INTEGER NOT NULL DEFAULT 0,        -- the session that is meant, by its place and its routine
    ordinal         INTEGER NOT NULL DEFAULT 0,
    routine         TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE INDEX session_routine ON session (routine, started_at);
CREATE INDEX session_plan ON session (plan) WHERE plan IS NOT NULL;
"""

MIGRATIONS: dict[int, str] = {1: _DISTANCES, 2: _SHARE_AND_CHANGES, 3: _PLANS}
"""The SQL that takes a database from a version to the next one; a new one has `CREATE_TABLES` and then all of these."""
