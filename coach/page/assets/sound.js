// Sounds on the audio clock: everything up to the next key is laid out ahead, so that a busy page moves no beep.

const HORIZON_MS = 15 * 60000;
const DRIFT_MS = 5; // more than this between the two clocks, and the sounds ahead are laid out anew
const PACKED_RATE = 16000;

/** The bytes of a packed value. @param {string} text */
async function unpacked(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** A packed value of JSON. */
const unpackedJson = async (text) => JSON.parse(new TextDecoder().decode(await unpacked(text)));

/** The samples of each sound, from -1 to 1. @returns {Promise<{[name: string]: Float32Array}>} */
async function unpackedSounds(sounds) {
  /** @type {{[name: string]: Float32Array}} */
  const found = {};
  for (const name of Object.keys(sounds)) {
    const bytes = await unpacked(sounds[name]);
    const count = bytes.length / 2;
    const samples = new Float32Array(count);
    let value = 0;
    for (let place = 0; place < count; place++) {
      value = (value + bytes[place] + 256 * bytes[count + place]) & 0xffff;
      samples[place] = (value > 0x7fff ? value - 0x10000 : value) / 0x8000;
    }
    found[name] = samples;
  }
  return found;
}

/** Sounds as buffers of an audio context. */
function buffersFor(context, samples) {
  const buffers = {};
  for (const name of Object.keys(samples)) {
    buffers[name] = context.createBuffer(1, Math.max(1, samples[name].length), PACKED_RATE);
    buffers[name].copyToChannel(samples[name], 0);
  }
  return buffers;
}

/**
 * Start each of `sounds` ([reading, name]) at its moment; `seconds` turns a reading into a time of the context.
 * @returns {{node: AudioBufferSourceNode, at: number}[]}
 */
function laidOut(context, target, buffers, sounds, seconds) {
  const nodes = [];
  for (const [reading, name] of sounds) {
    const at = seconds(reading);
    if (!buffers[name] || at < 0) continue;
    const node = context.createBufferSource();
    node.buffer = buffers[name];
    node.connect(target);
    node.start(at);
    nodes.push({ node, at });
  }
  return nodes;
}

/** Plays a session's sounds. Without an AudioContext, or where it fails, it says so in `trouble` and is silent. */
class Speaker {
  constructor(samples, volume) {
    this.samples = samples;
    this.volume = volume;
    this.muted = false;
    this.context = null;
    this.nodes = [];
    this.zero = 0; // the context's time at reading zero, in seconds
    this.trouble = "";
    this.onChange = () => {};
  }

  /** Get sound going; browsers allow it only in answer to a tap or a key. */
  unlock() {
    const Context = window.AudioContext || /** @type {any} */ (window).webkitAudioContext;
    if (!Context) {
      this.trouble = "This browser plays no sound.";
      return;
    }
    try {
      if (!this.context || this.context.state === "closed") {
        this.context = new Context({ latencyHint: "interactive" });
        this.context.onstatechange = () => this.onChange();
        this.gain = this.context.createGain();
        this.gain.connect(this.context.destination);
        this.buffers = buffersFor(this.context, this.samples);
        this.nodes = [];
      }
      this.context.resume().catch(() => {});
      this.turn();
      this.trouble = "";
    } catch (error) {
      this.context = null;
      this.trouble = "The sound does not start.";
    }
  }

  get runs() {
    return this.context !== null && this.context.state === "running";
  }

  /** Set the loudness; half of full scale is left free, so that sounds can meet. */
  turn() {
    if (this.context) this.gain.gain.value = this.muted ? 0 : 0.5 * this.volume;
  }

  /** Play these sounds in place of all that have not begun. */
  lay(sounds, now) {
    if (!this.context) return;
    const begun = this.context.currentTime;
    for (const { node, at } of this.nodes) if (at > begun) node.stop();
    this.zero = begun - now / 1000;
    this.nodes = this.nodes.filter(({ at }) => at <= begun && at > begun - 10);
    this.nodes.push(...laidOut(this.context, this.gain, this.buffers, sounds, (reading) => this.zero + reading / 1000));
  }

  /** How far the two clocks are apart by now, in milliseconds. */
  drift(now) {
    return this.runs ? Math.abs(this.context.currentTime - now / 1000 - this.zero) * 1000 : 0;
  }
}
