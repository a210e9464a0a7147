// The session as a pure machine: `step(state, command, now)` returns the next state. It has no clock of its own; all
// times are milliseconds, and `now` is a reading of a clock that only moves forward. The rules are those of the
// terminal's machine, which `tests/page` holds it against.

/**
 * @typedef {[number, number, number, number, number, string, string | null]} Phase
 *   rep, phase, phases of the rep, offset, duration, cue, side
 * @typedef {{kind: string, cause: string | null, ms: number | null, cap: number | null, planned: number | null,
 *   frame: string | null, side: string | null, reps: number | null, plannedReps: number | null, isDistance: boolean,
 *   cadence: number | null, start: string | null, cue: string, cues: [number, string][], phases: Phase[],
 *   cycle: Phase[], repeats: boolean, ladder: string[][], target: number | null, says: [number, string][],
 *   label: string, words: Words, place: number, added: boolean}} Interval
 * @typedef {{[name: string]: any}} Words  what a screen shows of an interval as it begins
 * @typedef {{index: number, entered: number, left: number, paused: number, ending: string, rounds: number,
 *   reps: number | null, rest: boolean}} Visit
 * @typedef {{at: number, before: State, light: boolean, visits: number}} Undoable
 * @typedef {{mode: string, index: number, intervals: Interval[], origin: number, held: number, since: number,
 *   entered: number, paused: number, rounds: number, reps: number | null, halfHeard: boolean, locked: boolean,
 *   complete: boolean, visits: Visit[], undoable: Undoable[], message: string, laid: number, countIn: number,
 *   rest: Words, began: number}} State
 *   `laid` changes whenever the sounds ahead have to be laid out anew
 */

const LEAD_MS = 60; // how much after a key what it starts begins, so that its sound is in time
const COUNT_IN_AFTER_MS = 2000; // after a shorter pause the body is still in the movement
const BACK_TO_PREVIOUS_MS = 2000; // this early in an interval "back" goes to the one before
const UNDO_MS = 10000;
const UNDO_LIMIT = 20;
const MOST_REPS = 9999;
const REVERSIBLE = ["next", "back", "restart", "jump", "done", "extend", "quit", "round", "correct"];
const COUNTING = ["round", "correct"];
const LOCKED_OUT = ["pause", "resume", "undo", ...REVERSIBLE.filter((type) => type !== "quit")];

/** @returns {State} the session before it begins */
function newSession(content) {
  const intervals = content.intervals.map((interval, place) => ({ ...interval, place, added: false }));
  return {
    mode: "ready", index: 0, intervals, origin: 0, held: 0, since: 0, entered: 0, paused: 0, rounds: 0, reps: null,
    halfHeard: false, locked: false, complete: false, visits: [], undoable: [], message: "", laid: 0,
    countIn: content.countIn, rest: content.rest, began: 0,
  };
}

/** When the clock ends an interval at the latest: its duration, its cap, or null. */
const limitOf = (interval) => (interval.ms === null ? interval.cap : interval.ms);

/** How long an interval takes: its duration, or what is planned for open work; null where nobody knows. */
const lengthOf = (interval) => (interval.ms === null ? interval.planned : interval.ms);

/** The present interval. */
const present = (state) => state.intervals[state.index];

/** The time spent in the present interval, never past its end. */
function elapsedIn(state, now) {
  const runs = state.mode === "running" || state.mode === "count_in";
  const elapsed = runs ? Math.max(state.held, now - state.origin) : state.held;
  const limit = limitOf(present(state));
  return limit === null ? elapsed : Math.min(elapsed, limit);
}

/** The reading up to which everything is accounted for. */
const reachedBy = (state) => (state.mode === "paused" ? state.since : state.origin + state.held);

/**
 * Return the state after a command.
 * @param {State} state
 * @param {{type: string, [more: string]: any}} command
 * @param {number} now
 * @returns {State}
 */
function step(state, command, now) {
  if (state.mode === "over") return command.type === "undo" ? undone(state, now) : state;
  if (state.mode === "ready" && command.type !== "start") return state;
  if (state.locked && LOCKED_OUT.includes(command.type)) command = { type: "tick" };
  state = caughtUp({ ...state, message: "" }, now);
  if (state.mode === "over" || command.type === "tick") return state;
  const before = state;
  const after = HANDLERS[command.type](state, command, now);
  return withUndo(before, command.type, after, now);
}

/** When something is due without a command, or null. */
function nextDue(state) {
  if (state.mode === "count_in") return reachedBy(state);
  const limit = limitOf(present(state));
  return state.mode === "running" && limit !== null ? state.origin + limit : null;
}

function caughtUp(state, now) {
  if (state.mode === "count_in" && now >= reachedBy(state)) {
    state = { ...state, mode: "running", paused: state.paused + reachedBy(state) - state.since };
  }
  while (state.mode === "running") {
    const limit = limitOf(present(state));
    if (limit === null || now < state.origin + limit) break;
    state = moved(state, state.index + 1, state.origin + limit, "clock");
  }
  return state;
}

const relaid = (state) => ({ ...state, laid: state.laid + 1 });

function visitSoFar(state, at, ending) {
  const stopped = state.mode === "paused" || state.mode === "count_in";
  const interval = present(state);
  return {
    index: interval.place, entered: state.entered, left: at,
    paused: state.paused + (stopped ? Math.max(0, at - state.since) : 0), ending, rounds: state.rounds,
    reps: state.reps, rest: interval.added,
  };
}

/** Leave the interval and enter another, or end the session where there is none. */
function moved(state, index, at, ending) {
  const visits = [...state.visits, visitSoFar(state, at, ending)];
  const undoable = withOneVisitMore(state.undoable);
  if (index >= state.intervals.length) {
    return { ...state, mode: "over", complete: true, held: elapsedIn(state, at), visits, undoable, locked: false, since: at };
  }
  let intervals = state.intervals;
  if (ending !== "clock") [intervals, index] = windowsWhole(state, index);
  return {
    ...state, mode: state.mode === "paused" ? "paused" : "running", index, intervals, origin: at, held: 0, since: at,
    entered: at, paused: 0, rounds: 0, reps: null, halfHeard: false, visits, undoable,
  };
}

/** A visit has ended: what only counted something in it can no longer be undone. */
const withOneVisitMore = (undoable) =>
  undoable.filter((entry) => !entry.light).map((entry) => ({ ...entry, visits: entry.visits + 1 }));

/** Give windows ahead that were done early their full length again, without the rests that were put behind them. */
function windowsWhole(state, index) {
  if (!state.intervals.some((interval, place) => interval.added && place > index)) return [state.intervals, index];
  const intervals = [];
  state.intervals.forEach((interval, place) => {
    if (!interval.added || place <= index) intervals.push(interval);
    else {
      const window = intervals[intervals.length - 1];
      intervals[intervals.length - 1] = { ...window, ms: window.ms + interval.ms };
    }
  });
  return [intervals, index];
}

/** Move because of a key: what begins does so as soon as its sound can be in time. */
function goTo(state, index, now, ending) {
  if (state.mode === "paused") return relaid(moved(state, index, Math.max(now, reachedBy(state)), ending));
  const begins = now + LEAD_MS;
  return relaid(moved(state, index, state.mode === "running" ? Math.max(begins, reachedBy(state)) : begins, ending));
}

function resumed(state, now, countsIn) {
  const begins = Math.max(now + LEAD_MS, state.since);
  const counts = countsIn ? state.countIn : 0;
  const origin = begins + counts * 1000 - state.held;
  const paused = state.paused + (counts ? 0 : begins - state.since);
  return relaid({ ...state, mode: counts ? "count_in" : "running", origin, paused });
}

function pausedAt(state, at) {
  if (state.mode === "count_in") return { ...state, mode: "paused" };
  if (state.mode !== "running") return state;
  return { ...state, mode: "paused", held: elapsedIn(state, at), since: Math.max(at, reachedBy(state)) };
}

const isLongPause = (state, now) => present(state).kind === "work" && now - state.since > COUNT_IN_AFTER_MS;

/** Whether only rests and waits are left, so that an end here still completes the session. */
const workIsOver = (state) => state.intervals.slice(state.index).every((interval) => interval.kind !== "work");

/** Whether the person can say how many reps were done. */
const countsReps = (interval) =>
  interval.kind === "work" && !interval.frame && (interval.reps !== null || (interval.ms === null && !interval.isDistance));

const says = (state, message) => ({ ...state, message });

/** @type {{[type: string]: (state: State, command: any, now: number) => State}} */
const HANDLERS = {
  start: (state, command, now) =>
    relaid({ ...state, mode: "running", index: command.index || 0, origin: now, entered: now, since: now, began: now }),
  pause: (state, _, now) =>
    state.mode === "running" || state.mode === "count_in" ? relaid(pausedAt(state, now)) : state,
  resume: (state, _, now) => (state.mode === "paused" ? resumed(state, now, isLongPause(state, now)) : state),
  next: (state, _, now) => goTo(state, state.index + 1, now, "next"),
  back: (state, _, now) => {
    const early = elapsedIn(state, now) < BACK_TO_PREVIOUS_MS;
    return goTo(state, early ? Math.max(0, state.index - 1) : state.index, now, "back");
  },
  restart: (state, _, now) => goTo(state, state.index, now, "back"),
  jump: (state, command, now) =>
    goTo(state, Math.min(Math.max(0, command.index), state.intervals.length - 1), now, "jump"),
  done: (state, command, now) => {
    const interval = present(state);
    if (interval.ms !== null && !interval.frame) return says(state, "This ends by itself. Press next to skip.");
    if (state.mode === "paused") return says(state, "Paused. Resume first.");
    if (interval.frame === "amrap") return HANDLERS.round(state, command, now);
    return interval.frame === "window" ? windowDone(state, now) : goTo(state, state.index + 1, now, "done");
  },
  round: (state) => {
    if (!["amrap", "for-time"].includes(present(state).frame)) return says(state, "There are no rounds to count here.");
    return { ...state, rounds: state.rounds + 1 };
  },
  correct: (state, command) => {
    if (!countsReps(present(state))) return says(state, "There are no reps to count here.");
    return { ...state, reps: Math.min(Math.max(0, command.reps), MOST_REPS) };
  },
  extend: (state, command, now) => extended(state, command.ms, now),
  undo: (state, _, now) => undone(state, now),
  lock: (state) => ({ ...state, locked: true }),
  unlock: (state) => ({ ...state, locked: false }),
  quit: (state, _, now) => {
    const at = state.mode === "count_in" ? now : Math.max(now, reachedBy(state));
    const visits = [...state.visits, visitSoFar(state, at, "quit")];
    const complete = workIsOver(state);
    const undoable = withOneVisitMore(state.undoable);
    return relaid({ ...state, mode: "over", held: elapsedIn(state, at), since: at, visits, complete, undoable, locked: false });
  },
};

/** End the work of a window; what is left of the window is a rest. */
function windowDone(state, now) {
  const interval = present(state);
  const work = Math.max(now + LEAD_MS, reachedBy(state)) - state.origin;
  const left = interval.ms - work;
  if (left <= 0) return state;
  const cut = { ...interval, ms: work };
  const behind = state.intervals.slice(state.index + 1);
  const rest = { ...windowRest(interval, state.rest), ms: left };
  const intervals = [...state.intervals.slice(0, state.index), cut, ...(behind.length ? [rest] : []), ...behind];
  return goTo({ ...state, intervals }, state.index + 1, now, "done");
}

/** The rest of a window that was done early, without its length. */
function windowRest(interval, words) {
  return {
    ...interval, kind: "rest", cause: "window", ms: 0, cap: null, planned: null, frame: null, side: null, reps: null,
    plannedReps: null, isDistance: false, cadence: null, start: "rest", cue: "", cues: [], phases: [], cycle: [],
    repeats: false, ladder: [], target: null, says: [], label: words.title, added: true,
    words: { ...words, block: interval.words.block, next_up: interval.words.next_up },
  };
}

/** Why an interval cannot be made longer or shorter; empty when it can. */
function refusal(interval) {
  if (interval.kind === "wait") return "A wait has no time limit. Continue when you are ready.";
  if (interval.ms === null) return "This has no time limit. It ends when you say so.";
  if (interval.frame === "window") return "The window sets the time. What is left of it is your rest.";
  if (interval.kind === "work" && interval.reps !== null) return "The reps set the time. Skip them, or go back to start again.";
  return "";
}

function extended(state, by, now) {
  const interval = present(state);
  const reason = refusal(interval);
  if (reason) return says(state, reason);
  const elapsed = elapsedIn(state, now);
  const ms = Math.max(elapsed + (state.mode === "running" ? LEAD_MS : 0), interval.ms + by);
  const intervals = [...state.intervals];
  intervals[state.index] = { ...interval, ms, phases: cycled(interval.cycle, ms) };
  return relaid({ ...state, intervals, halfHeard: state.halfHeard || elapsed > interval.ms / 2 });
}

/** The phases of timed work: cycle after cycle, the last one cut off at the end. */
function cycled(cycle, ms) {
  const found = [];
  const turn = cycle.reduce((sum, phase) => sum + phase[4], 0);
  for (let number = 0; cycle.length && number * turn < ms; number++) {
    for (const [rep, phase, phases, offset, duration, cue, side] of cycle) {
      const start = number * turn + offset;
      if (start >= ms) break;
      const reps = cycle[cycle.length - 1][0];
      found.push([rep + number * reps, phase, phases, start, Math.min(duration, ms - start), cue, side]);
    }
  }
  return found;
}

function withUndo(before, type, after, now) {
  const same =
    before.index === after.index && before.entered === after.entered && before.rounds === after.rounds &&
    before.reps === after.reps && before.intervals === after.intervals && before.visits.length === after.visits.length;
  if (!REVERSIBLE.includes(type) || same) return after;
  const kept = after.undoable.filter((entry) => entry.at >= now - UNDO_MS).slice(1 - UNDO_LIMIT);
  const light = COUNTING.includes(type) || after.rounds > before.rounds;
  const visits = after.visits.length - before.visits.length;
  return { ...after, undoable: [...kept, { at: now, before: { ...before, undoable: [] }, light, visits }] };
}

/** When the last command can no longer be undone, or null. */
function undoUntil(state) {
  const last = state.undoable[state.undoable.length - 1];
  return last ? last.at + UNDO_MS : null;
}

function undone(state, now) {
  const until = undoUntil(state);
  if (until === null || now >= until) return says(state, "Nothing to undo: undo works for ten seconds.");
  const last = state.undoable[state.undoable.length - 1];
  const undoable = state.undoable.slice(0, -1);
  const before = last.before;
  if (last.light) return says({ ...state, undoable, rounds: before.rounds, reps: before.reps }, "Undone.");
  const limit = limitOf(present(before));
  const ahead = state.mode === "running" ? LEAD_MS : 0;
  if (!last.visits && (limit === null || elapsedIn(state, now) + ahead < limit)) {
    const halfHeard = state.halfHeard || elapsedIn(state, now) > (present(state).ms || 0) / 2;
    return relaid(says({ ...state, undoable, intervals: before.intervals, halfHeard }, "Undone."));
  }
  const message = `Undone. Back to ${present(before).label}.`;
  const paused = pausedAt({ ...before, undoable, laid: state.laid }, last.at);
  if (before.mode === "paused") return relaid(says(paused, message));
  const ownPace = present(paused).ms === null && !present(paused).repeats;
  const countsIn = before.mode === "count_in" || (isLongPause(paused, now) && !ownPace);
  return says(resumed(paused, now, countsIn), message);
}
