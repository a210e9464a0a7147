// Which sound is heard when. The rules are those of `coach/timeline/signals.py`, and a test compares the two.

const RANKS = {
  finish: 0, go: 1, rest: 1, switch: 1, round: 1, wait: 1, last: 2, rep: 3, cue: 4, half: 5, count: 6, phase: 7, tick: 8,
};
const PHASE_PITCHES = 9;
const HALF_FROM_MS = 20000;

/** The signals of an interval from `from` up to but not including `to`, in order: [offset, sound]. */
function signalsOf(interval, isLast, sound, from, to) {
  const limit = limitOf(interval);
  const end = limit === null ? to : Math.min(to, limit);
  /** @type {Map<number, string>} */
  const best = new Map();
  const rank = (name) => RANKS[name.startsWith("phase-") ? "phase" : name];
  for (const [offset, name] of candidates(interval, sound, from, end)) {
    if (offset < from || offset >= end) continue;
    const other = best.get(offset);
    if (other === undefined || rank(name) < rank(other)) best.set(offset, name);
  }
  const found = [...best].sort((one, other) => one[0] - other[0]);
  if (isLast && limit && from <= limit && limit < to) found.push([limit, "finish"]);
  return found;
}

function* candidates(interval, sound, from, end) {
  const limit = limitOf(interval);
  if (limit === 0) return;
  if (interval.start) yield [0, interval.start];
  const isTimed = interval.kind === "work" && interval.ms !== null && interval.reps === null;
  const clockEnds = interval.kind === "prepare" || interval.kind === "rest" || isTimed || interval.cap !== null;
  if (limit !== null && clockEnds) {
    for (let seconds = sound.countdown; seconds > 0; seconds--) {
      const offset = limit - seconds * 1000;
      if (offset > 0 && offset * 2 >= limit) yield [offset, "count"];
    }
  }
  for (const [offset] of interval.cues) if (offset > 0) yield [offset, "cue"];
  if (sound.halfway && isTimed && interval.frame !== "window" && interval.ms >= HALF_FROM_MS) {
    yield [Math.floor(interval.ms / 2), "half"];
  }
  if (sound.metronome && interval.cadence) yield* ticks(interval.cadence, from, end);
  if (interval.phases.length && (sound.reps || sound.phases)) yield* phaseSounds(interval, sound, from, end);
}

function* ticks(cadence, from, end) {
  for (let beat = Math.max(1, Math.floor((from * cadence) / 60000) - 1); ; beat++) {
    const offset = Math.floor((2 * beat * 60000 + cadence) / (2 * cadence));
    if (offset >= end) return;
    yield [offset, "tick"];
  }
}

/** How long one cycle of an interval's phases takes. */
function cycleOf(interval) {
  const last = interval.phases[interval.phases.length - 1];
  return last ? last[3] + last[4] : 0;
}

function* phaseSounds(interval, sound, from, end) {
  const cycle = cycleOf(interval);
  const starts = interval.phases.filter((phase) => phase[1] === 1).map((phase) => phase[3]);
  const final = interval.repeats ? null : Math.max(...starts);
  for (let number = interval.repeats ? Math.floor(from / cycle) : 0; ; number++) {
    const base = number * cycle;
    if (base >= end) return;
    for (const [, phase, , offset] of interval.phases) {
      const at = base + offset;
      if (phase > 1) {
        if (sound.phases) yield [at, `phase-${((phase - 1) % PHASE_PITCHES) + 1}`];
      } else if (at && sound.reps) yield [at, at === final && at ? "last" : "rep"];
    }
    if (!interval.repeats) return;
  }
}

/**
 * All sounds from `now` up to the next interval whose end nobody knows, at most `horizon` ms ahead: [reading, sound].
 * @param {State} state
 */
function soundsAhead(state, sound, now, horizon) {
  const found = [];
  let begins = now;
  if (state.mode === "count_in") {
    const go = reachedBy(state);
    for (let seconds = state.countIn; seconds > 0; seconds--) {
      if (go - seconds * 1000 >= now) found.push([go - seconds * 1000, "count"]);
    }
    found.push([go, "go"]);
    begins = go + 1;
  }
  let base = state.origin;
  for (let index = state.index; index < state.intervals.length; index++) {
    const interval = state.intervals[index];
    if (base >= begins + horizon) break;
    const isLast = index === state.intervals.length - 1;
    for (const [offset, name] of signalsOf(interval, isLast, sound, Math.max(0, begins - base), begins + horizon - base)) {
      if (!(index === state.index && state.halfHeard && name === "half")) found.push([base + offset, name]);
    }
    const limit = limitOf(interval);
    if (limit === null) break;
    base += limit;
  }
  return found;
}
