// NumPy's default_rng, so that the playground and nnlib begin at the same weights.
//
// The seed is spread by SeedSequence (O'Neill's seed_seq_fe), the numbers come from PCG64
// (XSL-RR 128/64), normal ones by the ziggurat of Marsaglia and Tsang with 256 layers. The edges of
// those layers are NumPy's own: the build reads them (course/press/playground/ziggurat.py).

const MULTIPLIER = 0x2360ed051fc65da44385df649fccf645n;
const MASK_128 = (1n << 128n) - 1n;
const MASK_64 = (1n << 64n) - 1n;
const TWO_52 = 2 ** 52;

/** Four 64-bit words from a seed from 0 to 2^32 - 1. */
function seedWords(seed) {
  let constant = 0x43b0d7e5;
  const hashed = (value) => {
    let mixed = value ^ constant;
    constant = Math.imul(constant, 0x931e8875);
    mixed = Math.imul(mixed, constant);
    return (mixed ^ (mixed >>> 16)) >>> 0;
  };
  const mix = (x, y) => {
    const both = Math.imul(0xca01f9dd, x) - Math.imul(0x4973f715, y);
    return (both ^ (both >>> 16)) >>> 0;
  };
  const pool = [seed, 0, 0, 0].map(hashed);
  for (let from = 0; from < 4; from++) {
    for (let to = 0; to < 4; to++) {
      if (from !== to) pool[to] = mix(pool[to], hashed(pool[from]));
    }
  }
  let other = 0x8b51f9dd;
  const halves = Array.from({ length: 8 }, (_, i) => {
    let value = pool[i % 4] ^ other;
    other = Math.imul(other, 0x58f38ded);
    value = Math.imul(value, other);
    return BigInt((value ^ (value >>> 16)) >>> 0);
  });
  return [0, 1, 2, 3].map((i) => halves[2 * i] | (halves[2 * i + 1] << 32n));
}

/** A generator as `np.random.default_rng(seed)` makes it. */
export class Generator {
  constructor(seed, edges) {
    const [a, b, c, d] = seedWords(seed);
    this.edges = edges;
    this.increment = ((((c << 64n) | d) << 1n) | 1n) & MASK_128;
    this.state = this.increment;
    this.state = (this.state + ((a << 64n) | b)) & MASK_128;
    this.advance();
    this.kept = null; // the upper half of a number, of which the lower half was used
  }

  /** Where the generator stands, to come back to. */
  get stand() {
    return [this.state, this.kept];
  }

  set stand([state, kept]) {
    this.state = state;
    this.kept = kept;
  }

  advance() {
    this.state = (this.state * MULTIPLIER + this.increment) & MASK_128;
  }

  bits64() {
    this.advance();
    const mixed = (this.state >> 64n) ^ (this.state & MASK_64);
    const turn = this.state >> 122n;
    return ((mixed >> turn) | (mixed << (64n - turn))) & MASK_64;
  }

  bits32() {
    if (this.kept !== null) {
      const kept = this.kept;
      this.kept = null;
      return kept;
    }
    const both = this.bits64();
    this.kept = Number(both >> 32n);
    return Number(both & 0xffffffffn);
  }

  /** A number from [0, 1). */
  uniform() {
    return Number(this.bits64() >> 11n) / 2 ** 53;
  }

  /** A whole number from 0 to `most`, both included. */
  upTo(most) {
    if (most === 0) return 0;
    const mask = 2 ** (32 - Math.clz32(most)) - 1;
    for (;;) {
      const value = (this.bits32() & mask) >>> 0;
      if (value <= most) return value;
    }
  }

  /** The numbers 0 … m - 1 in random order. */
  permutation(m) {
    const order = Array.from({ length: m }, (_, i) => i);
    for (let i = m - 1; i > 0; i--) {
      const j = this.upTo(i);
      [order[i], order[j]] = [order[j], order[i]];
    }
    return order;
  }

  /** A number from the standard normal distribution. */
  normal() {
    const x = this.edges;
    const height = (i) => Math.exp(-0.5 * x[i] * x[i]);
    for (;;) {
      const bits = this.bits64();
      const layer = Number(bits & 0xffn);
      const sign = bits & 0x100n ? -1 : 1;
      const drawn = Number((bits >> 9n) & 0xfffffffffffffn);
      const value = sign * drawn * (x[layer] / TWO_52);
      const inner = layer === 0 ? x[255] : layer === 1 ? 0 : x[layer - 1];
      if (Math.abs(value) < inner) return value; // inside the layer's full rectangle
      if (layer === 0) return this.tail(x[255], (bits >> 17n) & 1n);
      const top = layer === 1 ? 1 : height(layer - 1);
      const level = (top - height(layer)) * this.uniform() + height(layer);
      if (level < Math.exp(-0.5 * value * value)) return value;
    }
  }

  /** A normal number beyond the last edge. */
  tail(edge, negative) {
    for (;;) {
      const beyond = -Math.log1p(-this.uniform()) / edge;
      const height = -Math.log1p(-this.uniform());
      if (2 * height > beyond * beyond) return negative ? -(edge + beyond) : edge + beyond;
    }
  }
}
