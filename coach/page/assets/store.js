// What is kept in the browser, and what goes home: a summary as text, and a file for `coach history import`.

const KEEP_FOR_MS = 24 * 3600000; // a session cut off longer ago is not offered again

/** Keep a value; a browser that keeps nothing is no reason to stop. */
function keep(key, value) {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
  } catch (error) {
    return false;
  }
  return true;
}

function kept(key) {
  try {
    return JSON.parse(localStorage.getItem(key) || "null");
  } catch (error) {
    return null;
  }
}

/** A session as it is kept, from which it can be resumed. @param {State} state */
function packedState(state, now, meta) {
  const { mode, index, rounds, reps, visits, entered, paused, began, since } = state;
  const held = elapsedIn(state, now);
  const intervals = state.intervals.map((interval) => [interval.place, interval.ms, interval.added]);
  const stopped = mode === "running" ? now : Math.max(since, entered);
  return { ...meta, mode, index, rounds, reps, visits, entered, paused, began, held, stopped, intervals };
}

/** The session that was kept, paused where it was; the time away counts as a pause. @returns {State | null} */
function restored(content, found, now) {
  try {
    const fresh = newSession(content);
    const intervals = found.intervals.map(([place, ms, added]) => {
      const interval = fresh.intervals[place];
      if (added) return { ...windowRest(interval, fresh.rest), ms };
      const changed = ms !== interval.ms && interval.cycle.length;
      return { ...interval, ms, phases: changed ? cycled(interval.cycle, ms) : interval.phases };
    });
    // Readings of a clock that is gone are moved so that the session stopped now.
    const by = now - found.stopped;
    const moves = (visit) => ({ ...visit, entered: visit.entered + by, left: visit.left + by });
    return {
      ...fresh, intervals, mode: "paused", index: found.index, rounds: found.rounds, reps: found.reps,
      visits: found.visits.map(moves), entered: found.entered + by, paused: found.paused, began: found.began + by,
      held: found.held, since: now, origin: now - found.held,
    };
  } catch (error) {
    return null;
  }
}

/** How many reps a visit had: the person's number, or all at its end, else those whose time was over. */
function repsOf(interval, visit) {
  if (interval.added || visit.rest) return null;
  if (visit.reps !== null && interval.kind === "work") return visit.reps;
  if (interval.plannedReps === null || visit.ending === "clock" || visit.ending === "done") return interval.plannedReps;
  if (!interval.phases.length) return 0;
  const active = visit.left - visit.entered - visit.paused;
  const over = interval.phases.filter((phase) => phase[3] + phase[4] <= active).length;
  return Math.min(interval.plannedReps, Math.floor(over / interval.phases[0][2]));
}

/** The visits of a session as rows of an export. @param {State} state */
function visitRows(content, state) {
  return state.visits.map((visit, number) => {
    const plan = content.record.visits[visit.index];
    const interval = content.intervals[visit.index];
    const [entered, left] = [visit.entered - state.began, visit.left - state.began].map(Math.round);
    // Each is rounded alone, so a pause that fills its visit could come out a millisecond longer than it.
    const paused = Math.min(Math.round(visit.paused), left - entered);
    const ended = visit.ending === "clock" || visit.ending === "done";
    const row = {
      number, interval: visit.index, ...plan, entered_ms: entered, left_ms: left, active_ms: left - entered - paused,
      paused_ms: paused, ending: visit.ending, reps: repsOf(interval, visit), rounds: visit.rounds, rest: visit.rest ? 1 : 0,
      distance_mm: plan.planned_distance_mm === null ? null : ended ? plan.planned_distance_mm : 0,
    };
    if (!visit.rest) return row;
    const nothing = { frame: null, exercise: null, side: null, planned_reps: null, reps: null, worth_ms: null };
    const distance = { planned_distance_mm: null, distance_mm: null, distance_unit: null };
    return { ...row, ...nothing, ...distance, kind: "rest", title: "Rest", planned_ms: 0 };
  });
}

/** A session as an export of one, line by line. @param {State} state */
function exportLines(content, state, meta) {
  const { texts, sources, session } = content.record;
  const utc = (wall) => new Date(wall).toISOString();
  const visits = visitRows(content, state);
  const ended = utc(meta.started + (state.since - state.began));
  const row = {
    ...session, id: meta.id, started_at: utc(meta.started), offset_minutes: meta.offset, first_index: 0, seen_at: ended,
    ended_at: ended, complete: state.complete ? 1 : 0, filed: 0, feeling: null, note: null,
  };
  const lines = [{ coach_history: 2, sessions: 1 }, ...texts, { session: row, sources, visits, changes: [] }];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join("");
}

/** What was done, in a few lines of text. @param {State} state */
function summaryText(content, state, meta) {
  const visits = visitRows(content, state);
  const active = visits.reduce((sum, row) => sum + row.active_ms, 0);
  const done = new Map();
  for (const row of visits) {
    if (row.kind !== "work") continue;
    const one = done.get(row.title) || { reps: new Map(), ms: 0, rounds: 0 };
    one.reps.set(row.interval, Math.max(one.reps.get(row.interval) || 0, countedReps(row)));
    one.rounds += row.rounds;
    one.ms += row.active_ms;
    done.set(row.title, one);
  }
  const rows = [...done].map(([title, one]) => {
    const reps = [...one.reps.values()].reduce((sum, count) => sum + count, 0);
    const amount = one.rounds ? plural(one.rounds, "round") : reps ? plural(reps, "rep") : "";
    return `${title}: ${[amount, clock(Math.floor(one.ms / 1000))].filter(Boolean).join(", ")}`;
  });
  const date = new Date(meta.started).toLocaleString();
  const judged = outcomeOf(visits, content.record.session.worth_ms, state.complete);
  const word = judged.isFinished ? "Finished" : `Stopped at ${judged.percent} %`;
  return [`${content.name}, ${date}`, `${word}: ${clock(Math.floor(active / 1000))}`, ...rows].join("\n");
}
