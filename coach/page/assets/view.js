// What is shown of a session at one moment, as one value: the words and digits of `coach/session/view.py`.

const CLOCK_MS = 1000;
const SOON_MS = 10000;

const secondsUp = (ms) => Math.ceil(ms / 1000);

/** Seconds as m:ss, or h:mm:ss from an hour on. */
function clock(seconds) {
  const two = (number) => String(number).padStart(2, "0");
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

const shortClock = (seconds) => (seconds < 60 ? String(seconds) : clock(seconds));

/** The phase of a moment, how long it has lasted, and the rep, counted through all cycles; null without phases. */
function phaseAt(interval, elapsed) {
  if (!interval.phases.length) return null;
  let cycles = 0;
  if (interval.repeats) {
    const turn = cycleOf(interval);
    cycles = Math.floor(elapsed / turn);
    elapsed -= cycles * turn;
  }
  let low = 0;
  let high = interval.phases.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (interval.phases[middle][3] <= elapsed) low = middle;
    else high = middle - 1;
  }
  const phase = interval.phases[low];
  const reps = interval.phases[interval.phases.length - 1][0];
  return { phase, elapsed: elapsed - phase[3], rep: phase[0] + cycles * reps };
}

/** @param {State} state */
function view(state, now) {
  const interval = present(state);
  const elapsed = elapsedIn(state, now);
  const at = phaseAt(interval, elapsed);
  const limit = limitOf(interval);
  const left = leftIn(state, elapsed);
  const whole = wholeOf(state);
  return {
    ...interval.words,
    mode: state.mode,
    digits: digits(state, interval, elapsed, now),
    counts_up: interval.ms === null && state.mode !== "count_in",
    cue: interval.kind === "work" ? cueAt(interval, at, elapsed) : "",
    phase: at ? at.phase[1] : null,
    rep: at ? at.rep : null,
    way: wayAt(state, interval, at),
    items: itemsOf(state, interval),
    score: roundsDone(state, interval),
    reps_done: state.reps === null ? "" : repsDone(state.reps, interval.plannedReps),
    soon: (interval.kind === "prepare" || interval.kind === "rest") && limit !== null && limit - elapsed <= SOON_MS,
    ends: state.index === state.intervals.length - 1,
    remaining: clock(secondsUp(left)) + (lastOpen(state) >= state.index ? "+" : ""),
    progress: thousandths(elapsed, lengthOf(interval) || limit),
    session_progress: thousandths(whole - left, whole),
    locked: state.locked,
    can_undo: undoUntil(state) !== null && now < undoUntil(state) && !state.locked,
    index: state.index,
  };
}

function digits(state, interval, elapsed, now) {
  if (state.mode === "count_in") return shortClock(secondsUp(reachedBy(state) - now));
  if (interval.ms !== null) return shortClock(secondsUp(interval.ms - elapsed));
  if (interval.planned === null) return shortClock(Math.floor(elapsed / CLOCK_MS));
  const left = interval.planned - elapsed;
  return left > 0 ? shortClock(secondsUp(left)) : `+${shortClock(Math.floor(-left / CLOCK_MS))}`;
}

function cueAt(interval, at, elapsed) {
  if (at && at.phase[5]) return at.phase[5];
  const standing = interval.cues.filter(([offset]) => offset <= elapsed);
  return standing.length ? standing[standing.length - 1][1] : interval.cue;
}

function wayAt(state, interval, at) {
  if (interval.side !== "alternate") return interval.words.way;
  const side = at ? at.phase[6] : interval.frame ? (state.rounds % 2 ? "right" : "left") : null;
  const direction = interval.words.way.split(", ")[1];
  return side ? [side, direction].filter(Boolean).join(", ") : interval.words.way;
}

/** The checklist of the round after those that were counted. */
function itemsOf(state, interval) {
  const { items } = interval.words;
  return items.length && interval.ladder.length ? interval.ladder[Math.min(state.rounds, interval.ladder.length - 1)] : items;
}

const plural = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;

function roundsDone(state, interval) {
  if (interval.frame !== "amrap" && interval.frame !== "for-time") return "";
  return interval.target === null ? `${plural(state.rounds, "round")} done` : `${state.rounds} of ${interval.target} rounds done`;
}

const repsDone = (done, planned) => (planned === null ? plural(done, "rep") : `${done} of ${planned} reps`);

const wholeOf = (state) => state.intervals.reduce((sum, interval) => sum + (lengthOf(interval) || 0), 0);

/** The known time left in the session; open work counts with its planned length. */
function leftIn(state, elapsed) {
  const interval = present(state);
  const over = interval.ms === null ? Math.min(elapsed, interval.planned || 0) : elapsed;
  const ahead = state.intervals.slice(state.index).reduce((sum, one) => sum + (lengthOf(one) || 0), 0);
  return Math.max(0, ahead - over);
}

function lastOpen(state) {
  for (let index = state.intervals.length - 1; index >= 0; index--) {
    if (lengthOf(state.intervals[index]) === null) return index;
  }
  return -1;
}

const thousandths = (part, whole) => (whole ? Math.min(1000, Math.floor((1000 * part) / whole)) : 0);
