// The shell: it reads the clock, hands taps and keys to the machine, shows what the view says and lays out the sounds.

const content = JSON.parse(document.getElementById("content").textContent);
const by = (id) => /** @type {any} */ (document.getElementById(id));
const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");
const QUIET_AFTER_END_MS = 1000; // taps that were meant for the session must not press a button of the summary
const UNLOCK_MS = 800;
const LAST = "coach last session";

/** @type {State} */
let state = newSession(content);
let meta = { id: "", started: 0, offset: 0 };
let speaker = new Speaker({}, 0);
/** @type {Figure | null} */
let figure = null;
let laid = 0;
let laidUntil = 0;
let saidUpTo = 0;
let spoken = "";
let shown = {};
let lastKept = 0;
let wake = null;
let wakeTrouble = "";
let undoOffered = 0;
let options = { sound: !content.sound.mute, volume: content.sound.volume, voice: false, silent: false };

const readClock = () => performance.now();

function begin(resumedState) {
  speaker.muted = !options.sound;
  speaker.volume = options.volume;
  if (options.silent && /** @type {any} */ (navigator).audioSession) /** @type {any} */ (navigator).audioSession.type = "playback";
  speaker.unlock();
  speaker.onChange = () => draw(true);
  const now = readClock();
  if (resumedState) state = resumedState;
  else {
    const id = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
    meta = { id, started: Date.now(), offset: -new Date().getTimezoneOffset() };
    state = newSession(content);
    state = step(state, { type: "start" }, now + LEAD_MS);
  }
  saidUpTo = now;
  show("session");
  keepAwake();
  by("pause").focus();
  perform();
}

/** Give the machine a command, and show and play what comes of it. */
function give(type, more = {}) {
  speaker.unlock();
  state = step(state, { type, ...more }, readClock());
  perform();
}

function perform() {
  const now = readClock();
  if (state.laid !== laid || (now > laidUntil && state.mode === "running") || speaker.drift(now) > DRIFT_MS) lay(now);
  if (state.mode === "over") return finish();
  if (now - lastKept > 1000 || state.laid !== laid) keepNow(now);
  draw(true);
}

function lay(now) {
  laid = state.laid;
  laidUntil = now + HORIZON_MS / 2;
  const runs = state.mode === "running" || state.mode === "count_in";
  let sounds = runs ? soundsAhead(state, content.sound, now, HORIZON_MS) : [];
  if (state.mode === "over" && state.visits[state.visits.length - 1].ending !== "quit") sounds = [[now + LEAD_MS, "finish"]];
  speaker.lay(sounds, now);
}

function keepNow(now) {
  lastKept = now;
  keep(content.key, { ...packedState(state, now, meta), at: Date.now() });
}

function tick() {
  if (state.mode === "running" || state.mode === "count_in") {
    const before = state;
    state = step(state, { type: "tick" }, readClock());
    if (state.mode === "over") {
      // The finish has been laid out with all the rest.
      laid = state.laid;
      return finish();
    }
    speak(before, readClock());
    perform();
  }
}

function frame() {
  if (!by("session").hidden) {
    if (figure && !reducedMotion.matches && state.mode === "running") drawFigure();
    const changed = view(state, readClock()).digits !== shown.digits;
    if (changed) tick();
  }
  requestAnimationFrame(frame);
}

function drawFigure() {
  const there = figure !== null && figure.show(state, readClock(), reducedMotion.matches);
  by("figure").style.display = there ? "" : "none";
  by("stage").classList.toggle("bare", !there);
}

const text = (id, value) => {
  const element = by(id);
  if (element.textContent !== value) element.textContent = value;
  element.hidden = value === "";
};

/** @param {(place: number) => string} mark  the class of each row */
function list(id, values, mark = () => "") {
  const element = by(id);
  const key = JSON.stringify(values);
  if (element.dataset.key !== key) {
    element.dataset.key = key;
    element.replaceChildren(...values.map((value) => Object.assign(document.createElement("li"), { textContent: value })));
  }
  [...element.children].forEach((child, place) => (child.className = mark(place)));
  element.hidden = values.length === 0;
}

function draw(all) {
  if (by("session").hidden) return;
  const now = readClock();
  const interval = present(state);
  const found = view(state, now);
  shown = found;
  document.body.dataset.kind = found.kind;
  document.body.toggleAttribute("data-paused", state.mode === "paused");
  text("word", state.mode === "paused" ? "PAUSED" : state.mode === "count_in" ? "GET SET" : found.word);
  text("title", found.title);
  const sets = found.sets > 1 ? `set ${found.set} of ${found.sets}` : "";
  text("place", [found.way, found.block, sets].filter(Boolean).join("\n"));
  text("digits", found.digits);
  const isWork = found.kind === "work";
  const dose = isWork ? doseOf(found) : found.ahead ? aheadOf(found.ahead) : "";
  // Where nobody knows how long it takes, what to do is larger than the time it has taken so far.
  const leads = isWork && interval.ms === null && interval.planned === null && !interval.phases.length && dose !== "";
  text("dose", dose);
  by("dose").classList.toggle("lead", leads);
  by("digits").classList.toggle("small", leads && state.mode !== "count_in");
  text("condition", isWork ? [found.condition, found.cap].filter(Boolean).join(", ") : "");
  text("cue", found.cue || found.note);
  list("items", found.items);
  text("rounds", found.score);
  list("strip", found.strip, (place) => (place + 1 === found.phase ? "now" : place + 1 < found.phase ? "past" : ""));
  text("reps", found.rep && found.reps > 1 && found.reps <= 30 ? dots(found.rep, interval.plannedReps || found.reps) : "");
  text("next", isWork && found.next_up ? `Next: ${found.next_up}` : "");
  by("message").textContent = state.message;
  by("bar-fill").style.width = `${found.session_progress / 10}%`;
  text("left", `${found.remaining} left`);
  text("badges", [speaker.trouble || (!speaker.runs && options.sound ? "No sound: tap anywhere" : ""), wakeTrouble].filter(Boolean).join(" · "));
  by("pause").textContent = state.mode === "paused" ? "Resume" : "Pause";
  const canFinish = interval.ms === null || interval.frame === "window";
  by("done").hidden = !canFinish;
  by("done").textContent = interval.frame === "amrap" ? "Count a round" : interval.kind === "wait" ? "Continue" : "Done";
  by("round").hidden = interval.frame !== "for-time";
  by("undo").disabled = !found.can_undo;
  by("mute").setAttribute("aria-pressed", String(speaker.muted));
  by("locked").hidden = !state.locked;
  for (const button of by("keys").children) button.inert = state.locked;
  announce(found);
  drawFigure();
}

/** What to do, in large letters. */
const doseOf = (found) => [found.reps_done || found.dose, found.pace, found.load].filter(Boolean).join(" · ");

/** In a rest: what comes next, in large letters. */
const aheadOf = (ahead) => [[ahead.title, ahead.way].filter(Boolean).join(", "), ahead.dose, ahead.load].filter(Boolean).join(" · ");

const dots = (rep, reps) => "●".repeat(rep - 1) + "◉" + "○".repeat(Math.max(0, reps - rep));

/** Tell a screen reader what changed: the interval or the phase, never the seconds. */
function announce(found) {
  const words = [found.title, found.way, found.kind === "work" ? doseOf(found) : "", found.condition, found.cue, found.note]
    .filter(Boolean)
    .join(", ");
  const line = state.mode === "paused" ? `Paused. ${words}` : words;
  if (line !== spoken) {
    spoken = line;
    by("live").textContent = line;
  }
}

/** Say aloud what has become due, with the browser's own voice. */
function speak(before, now) {
  if (options.voice && "speechSynthesis" in window && !speaker.muted) {
    const interval = present(state);
    const base = state.origin;
    for (const [offset, words] of interval.says) {
      const at = base + offset;
      if (at > saidUpTo && at <= now) speechSynthesis.speak(new SpeechSynthesisUtterance(words));
    }
  }
  saidUpTo = now;
}

async function keepAwake() {
  const lock = /** @type {any} */ (navigator).wakeLock;
  if (!lock || document.visibilityState !== "visible") {
    if (!lock) wakeTrouble = "The screen may turn off";
    return;
  }
  try {
    wake = await lock.request("screen");
    wakeTrouble = "";
  } catch (error) {
    wakeTrouble = "The screen may turn off";
  }
}

function show(name) {
  for (const id of ["start", "session", "over"]) by(id).hidden = id !== name;
}

function finish() {
  keep(content.key, null);
  keep(LAST, { name: content.name, file: exportLines(content, state, meta), at: Date.now() });
  if (wake) wake.release().catch(() => {});
  wake = null;
  if ("speechSynthesis" in window) speechSynthesis.cancel();
  lay(readClock());
  const [, ...rows] = summaryText(content, state, meta).split("\n");
  document.body.dataset.kind = "work";
  document.body.removeAttribute("data-paused");
  by("over-title").textContent = content.name;
  by("over-time").textContent = rows.shift();
  list("over-rows", rows);
  by("over-note").textContent = "";
  show("over");
  by("over").inert = true;
  const until = undoUntil(state);
  const left = until === null ? 0 : until - readClock();
  by("over-undo").hidden = left <= 0;
  clearTimeout(undoOffered);
  if (left > 0) undoOffered = window.setTimeout(() => (by("over-undo").hidden = true), left);
  setTimeout(() => {
    by("over").inert = false;
    by("save").focus();
  }, QUIET_AFTER_END_MS);
}

function download(name, lines) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([lines], { type: "application/json" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

const fileName = () => `coach-${new Date().toISOString().slice(0, 10)}.jsonl`;

function showStart() {
  const found = kept(content.key);
  const fits = found && found.format === undefined && Date.now() - found.at < KEEP_FOR_MS && found.visits;
  by("again").hidden = !fits;
  if (fits) {
    const minutes = Math.round((Date.now() - found.at) / 60000);
    const when = minutes < 1 ? "just now" : minutes < 60 ? `${plural(minutes, "minute")} ago` : `${plural(Math.round(minutes / 60), "hour")} ago`;
    by("again-text").textContent = `You stopped ${when}. Resume where you stopped, or save what you did and start over.`;
  }
  const last = kept(LAST);
  by("last").hidden = !last;
  if (last) by("last-text").textContent = `${last.name}, ${new Date(last.at).toLocaleString()}: not yet in your history? Save its file.`;
  show("start");
}

function setUpStart() {
  text("name", content.name);
  text("summary", content.summary);
  text("total", content.total);
  for (const notice of content.notices) {
    by("notices").append(Object.assign(document.createElement("p"), { className: "notice", textContent: notice }));
  }
  for (const { depth, title, detail, length, kind } of content.outline) {
    const row = document.createElement("li");
    row.className = kind;
    row.style.setProperty("padding-left", `${depth}rem`);
    row.append(Object.assign(document.createElement("span"), { textContent: title }));
    row.append(Object.assign(document.createElement("small"), { textContent: [detail, length].filter(Boolean).join("  ") }));
    by("outline").append(row);
  }
  by("opt-sound").checked = options.sound;
  by("opt-volume").value = String(Math.round(options.volume * 100));
  by("voice-row").hidden = !("speechSynthesis" in window);
  by("silent-row").hidden = !("audioSession" in navigator);
  by("opt-sound").onchange = () => (options.sound = by("opt-sound").checked);
  by("opt-volume").oninput = () => (options.volume = by("opt-volume").value / 100);
  by("opt-voice").onchange = () => (options.voice = by("opt-voice").checked);
  by("opt-silent").onchange = () => (options.silent = by("opt-silent").checked);
  by("go").onclick = () => begin(null);
  by("again-go").onclick = () => {
    const found = kept(content.key);
    const again = restored(content, found, readClock());
    meta = { id: found.id, started: found.started, offset: found.offset };
    if (again) begin(again);
  };
  by("again-drop").onclick = () => {
    const found = kept(content.key);
    const again = restored(content, found, readClock());
    if (again) {
      meta = { id: found.id, started: found.started, offset: found.offset };
      state = step(again, { type: "quit" }, readClock());
      keep(LAST, { name: content.name, file: exportLines(content, state, meta), at: Date.now() });
    }
    keep(content.key, null);
    showStart();
  };
  by("last-save").onclick = () => download(fileName(), kept(LAST).file);
  by("last-drop").onclick = () => {
    keep(LAST, null);
    showStart();
  };
}

const ACTIONS = {
  pause: () => give(state.mode === "paused" ? "resume" : "pause"),
  next: () => give("next"),
  back: () => give("back"),
  done: () => give("done"),
  round: () => give("round"),
  more: () => give("extend", { ms: 10000 }),
  less: () => give("extend", { ms: -10000 }),
  undo: () => give("undo"),
  lock: () => give("lock"),
  mute: () => {
    speaker.muted = !speaker.muted;
    speaker.turn();
    draw(true);
  },
  end: () => by("ask").showModal(),
  jump: () => {
    by("jump-list").replaceChildren(
      ...state.intervals.map((interval, index) => {
        const row = document.createElement("li");
        const button = document.createElement("button");
        button.textContent = [interval.label, interval.ms === null ? "" : clock(secondsUp(interval.ms))].filter(Boolean).join("  ");
        if (index === state.index) button.setAttribute("aria-current", "true");
        button.onclick = () => {
          by("jump").close();
          give("jump", { index });
        };
        row.append(button);
        return row;
      }),
    );
    by("jump").showModal();
    by("jump-list").querySelector("[aria-current]").focus();
  },
};

const KEYS = {
  " ": "pause", n: "next", ArrowRight: "next", PageDown: "next", b: "back", ArrowLeft: "back", PageUp: "back", d: "done",
  r: "round", "+": "more", "=": "more", "-": "less", u: "undo", m: "mute", l: "lock", j: "jump", q: "end",
};

function setUpSession() {
  by("keys").onclick = (event) => {
    const action = event.target.closest("button")?.dataset.do;
    if (action) ACTIONS[action]();
  };
  document.onkeydown = (event) => {
    if (by("session").hidden || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (document.querySelector("dialog[open]")) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (state.locked) {
      if (key === "l") give("unlock");
      return;
    }
    // A button that has the focus takes its own keys.
    const onButton = event.target instanceof HTMLButtonElement && (key === " " || key === "Enter");
    const action = key === "Enter" ? "done" : KEYS[key];
    if (!action || onButton) return;
    event.preventDefault();
    ACTIONS[action]();
  };
  by("ask-yes").onclick = () => {
    by("ask").close();
    give("quit");
  };
  by("ask-no").onclick = () => by("ask").close();
  by("jump-no").onclick = () => by("jump").close();
  let held = 0;
  const release = () => {
    clearTimeout(held);
    by("unlock").classList.remove("held");
  };
  by("unlock").onpointerdown = () => {
    by("unlock").classList.add("held");
    held = window.setTimeout(() => {
      release();
      give("unlock");
    }, UNLOCK_MS);
  };
  by("unlock").onpointerup = by("unlock").onpointerleave = by("unlock").onpointercancel = release;
  by("session").addEventListener("pointerdown", () => options.sound && !speaker.runs && speaker.unlock());
  document.addEventListener("visibilitychange", () => {
    if (by("session").hidden) return;
    if (document.visibilityState === "visible") {
      keepAwake();
      if (options.sound) speaker.unlock();
      tick();
    } else keepNow(readClock());
  });
  window.addEventListener("pagehide", () => !by("session").hidden && keepNow(readClock()));
  window.addEventListener("beforeunload", (event) => {
    if (!by("session").hidden && state.mode !== "over") event.preventDefault();
  });
}

function setUpOver() {
  by("save").onclick = () => {
    download(fileName(), exportLines(content, state, meta));
    by("over-note").textContent = "Saved. Take it to your computer and run: coach history import FILE";
  };
  by("copy").onclick = async () => {
    const words = summaryText(content, state, meta);
    try {
      await navigator.clipboard.writeText(words);
      by("over-note").textContent = "Copied.";
    } catch (error) {
      by("over-note").textContent = words;
    }
  };
  by("fresh").onclick = showStart;
  by("over-undo").onclick = () => {
    state = step(state, { type: "undo" }, readClock());
    if (state.mode === "over") return;
    show("session");
    keepAwake();
    perform();
  };
}

async function setUp() {
  setUpStart();
  setUpSession();
  setUpOver();
  setInterval(tick, 200);
  requestAnimationFrame(frame);
  try {
    speaker = new Speaker(await unpackedSounds(content.sounds), options.volume);
    if (content.film) figure = new Figure(by("figure"), await unpackedJson(content.film));
  } catch (error) {
    speaker.trouble = "This browser cannot unpack the sounds";
  }
  showStart();
  document.documentElement.dataset.ready = "true";
}

/** For tests and the console: the parts, and the session as it is. */
Object.assign(window, {
  coach: Object.freeze({
    content, newSession, step, view, signalsOf, soundsAhead, laidOut, buffersFor, unpackedSounds, unpackedJson,
    exportLines, visitRows, outcomeOf, shareOf, summaryText, restored, packedState, cycled, countsReps, Speaker, limitOf, elapsedIn, present, previewAt, session: () => state,
    speaker: () => speaker, figure: () => figure,
  }),
});
setUp();
