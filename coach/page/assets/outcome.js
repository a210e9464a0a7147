// How a session is judged: its share of the planned work, and whether it is finished. The rules are those of
// `coach/history/outcome.py`, which says what they mean and which `tests/page` holds them against.

const ENOUGH = 90; // percent of the work that a session needs to be finished when it reached its end
const TOO_FAST = 16; // nobody is this many times faster than the estimate
const BROKEN_OFF = 0.5; // the largest part of open work that counts when it was broken off

/** Whether a key ended work sooner than anybody could have done it. @param {{[name: string]: any}} row */
const isTooFast = (row) => row.ending === "done" && row.active_ms * TOO_FAST < row.worth_ms;

/** The reps of a visit that count; those of an AMRAP belong to its rounds. @param {{[name: string]: any}} row */
const countedReps = (row) => (row.frame !== null || isTooFast(row) ? 0 : row.reps || 0);

/** The part of a bout that one visit did, from 0 to 1. @param {{[name: string]: any}} row  as it goes home */
function shareOf(row) {
  const isOpen = row.planned_ms === null || row.planned_distance_mm !== null;
  const isCompleted = row.ending === "clock" || row.ending === "done";
  const brokenOff = row.worth_ms ? Math.min(BROKEN_OFF, row.active_ms / row.worth_ms) : 1;
  if (row.planned_reps && row.reps !== null && !isTooFast(row)) {
    const byReps = Math.min(1, row.reps / row.planned_reps);
    return isCompleted || !isOpen ? byReps : Math.max(byReps, brokenOff);
  }
  if (!isOpen && !(row.frame === "window" && row.ending === "done")) {
    return row.planned_ms ? Math.min(1, row.active_ms / row.planned_ms) : 1;
  }
  return isCompleted && !isTooFast(row) ? 1 : brokenOff;
}

/**
 * Judge a session by the rows of its visits. A bout that was repeated counts once, at its best.
 * @param {{[name: string]: any}[]} rows
 * @param {number} plannedMs  the worth of all its work
 * @param {boolean} reachedEnd
 */
function outcomeOf(rows, plannedMs, reachedEnd) {
  const done = new Map();
  for (const row of rows) {
    if (row.kind !== "work") continue;
    const worth = Math.floor(row.worth_ms * shareOf(row));
    done.set(row.interval, Math.max(done.get(row.interval) || 0, worth));
  }
  const doneMs = [...done.values()].reduce((sum, ms) => sum + ms, 0);
  const percent = plannedMs ? Math.min(100, Math.floor((100 * doneMs) / plannedMs)) : reachedEnd ? 100 : 0;
  return { doneMs, percent, isFinished: percent === 100 || (reachedEnd && percent >= ENOUGH) };
}
