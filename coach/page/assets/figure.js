// The figure of a moment: the pictures that the terminal draws, and between two of them straight ways.

const PREVIEW_MS = 15000;
const SVG = "http://www.w3.org/2000/svg";

/** Which interval's figure is shown, and how far into it; `null` while it stands still before it begins. */
function previewAt(state, now) {
  const interval = present(state);
  const elapsed = elapsedIn(state, now);
  if (interval.kind === "work") return { index: state.index, elapsed };
  const index = state.intervals.findIndex((one, place) => place > state.index && one.kind === "work");
  if (index < 0) return null;
  if (interval.kind === "prepare") return { index, elapsed };
  const limit = limitOf(interval);
  const begins = limit === null ? null : Math.max(0, limit - PREVIEW_MS);
  return { index, elapsed: begins === null || elapsed < begins ? null : elapsed - begins };
}

class Figure {
  /** @param {any[]} film  boxes, shapes, frames, tracks, tracks of the intervals */
  constructor(svg, film) {
    this.svg = svg;
    /** @type {number[][]} */ this.boxes = film[0];
    /** @type {[number, number][][]} */ this.shapes = film[1];
    /** @type {number[][]} */ this.frames = film[2];
    /** @type {[number, number[], number[], number, number | null][]} */ this.tracks = film[3];
    /** @type {([number, boolean] | null)[]} */ this.ofInterval = film[4];
    this.shape = -1;
    this.box = -1;
    this.lines = [];
    this.drawn = "";
  }

  /** Draw what is done at a moment; with `still` it steps from pose to pose. Returns whether there is a figure. */
  show(state, now, still) {
    const preview = previewAt(state, now);
    const found = preview && this.ofInterval[state.intervals[preview.index].place];
    if (!found) return false;
    const [track, mirrored] = found;
    const [box, times, frames, end, loop] = this.tracks[track];
    const [one, other, share] = this.moment(times, frames, end, loop, preview.elapsed || 0, still);
    const drawn = `${track} ${mirrored} ${one} ${other} ${share.toFixed(3)}`;
    if (drawn === this.drawn) return true;
    this.drawn = drawn;
    this.frame(box, mirrored);
    this.strokes(this.frames[one], this.frames[other], share);
    return true;
  }

  moment(times, frames, end, loop, elapsed, still) {
    if (loop !== null && elapsed >= end) elapsed = loop + ((elapsed - loop) % Math.max(1, end - loop));
    elapsed = Math.min(elapsed, end);
    let low = 0;
    let high = times.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (times[middle] <= elapsed) low = middle;
      else high = middle - 1;
    }
    const next = Math.min(low + 1, times.length - 1);
    if (still) {
      // The pose that the movement under way ends in is the one that is held next.
      let held = low;
      while (held + 1 < frames.length && frames[held] !== frames[held + 1]) held++;
      return [frames[held], frames[held], 0];
    }
    const way = times[next] - times[low];
    return [frames[low], frames[next], way ? (elapsed - times[low]) / way : 0];
  }

  frame(box, mirrored) {
    if (box !== this.box) {
      this.svg.setAttribute("viewBox", this.boxes[box].join(" "));
      this.box = box;
      this.group = null;
    }
    if (!this.group) {
      this.svg.replaceChildren();
      this.group = this.svg.appendChild(document.createElementNS(SVG, "g"));
      this.shape = -1;
    }
    const [left, , width] = this.boxes[box];
    this.group.setAttribute("transform", mirrored ? `translate(${2 * left + width} 0) scale(-1 1)` : "");
  }

  strokes(one, other, share) {
    if (one[0] !== this.shape) {
      this.shape = one[0];
      this.lines = this.shapes[this.shape].map(([ink, width]) => {
        const line = document.createElementNS(SVG, "line");
        line.setAttribute("class", `ink${ink}`);
        line.setAttribute("stroke-width", String(width));
        return line;
      });
      this.group.replaceChildren(...this.lines);
    }
    const mixes = other[0] === one[0];
    const value = (place) => (mixes ? one[place] + (other[place] - one[place]) * share : one[place]);
    this.lines.forEach((line, number) => {
      const place = 1 + 4 * number;
      line.setAttribute("x1", value(place).toFixed(1));
      line.setAttribute("y1", value(place + 1).toFixed(1));
      line.setAttribute("x2", value(place + 2).toFixed(1));
      line.setAttribute("y2", value(place + 3).toFixed(1));
    });
  }
}
