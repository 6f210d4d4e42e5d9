// What the two readers of k6's samples read from bytes, without a string for each sample.

const [zero, nine, dot, minus, plus] = [48, 57, 46, 45, 43];

/**
 * The decimal number that stands from `from` to `to`; NaN for anything else. Digits below 2^53 over a power of ten are
 * rounded once, as `Number` does it; what is longer, or has an exponent, is left to `Number`.
 */
export function numberAt(bytes: Buffer, from: number, to: number): number {
  const negative = bytes[from] === minus;
  let digits = 0;
  let fraction = -1;
  const start = negative ? from + 1 : from;
  if (to - start > 16) return plainNumber(bytes, from, to);
  for (let at = start; at < to; at += 1) {
    const byte = bytes[at] as number;
    if (byte >= zero && byte <= nine) {
      digits = digits * 10 + byte - zero;
      if (fraction >= 0) fraction += 1;
    } else if (byte === dot && fraction < 0) fraction = 0;
    else return plainNumber(bytes, from, to);
  }
  const value = fraction > 0 ? digits / (powers[fraction] as number) : digits;
  return start < to ? (negative ? -value : value) : Number.NaN;
}

const powers = Array.from({ length: 17 }, (_, exponent) => 10 ** exponent);

function plainNumber(bytes: Buffer, from: number, to: number): number {
  const text = bytes.toString('latin1', from, to);
  return /^-?\d/.test(text) ? Number(text) : Number.NaN;
}

/** Ms since 1970 of the midnight of a day, which is the same for most samples. */
let midnight = { day: -1, at: 0 };

/** The instant that stands there, in whole ms since 1970: Unix time in s, ms, µs or ns, else RFC 3339. NaN for anything else. */
export function instantAt(bytes: Buffer, from: number, to: number): number {
  const length = to - from;
  if (length >= 20 && bytes[from + 4] === minus) return rfc3339At(bytes, from, to);
  let digits = 0;
  // By their count: seconds have ten until the year 2286. What is finer than ms is cut off.
  const read = Math.min(length, 13);
  for (let at = from; at < from + read; at += 1) {
    const byte = bytes[at] as number;
    if (byte < zero || byte > nine) return Number.NaN;
    digits = digits * 10 + byte - zero;
  }
  if (length === 10) return digits * 1000;
  return length === 13 || length === 16 || length === 19 ? digits : Number.NaN;
}

function rfc3339At(bytes: Buffer, from: number, to: number): number {
  const pair = (at: number) => ((bytes[at] as number) - zero) * 10 + (bytes[at + 1] as number) - zero;
  const day = (pair(from) * 100 + pair(from + 2)) * 10_000 + pair(from + 5) * 100 + pair(from + 8);
  if (day !== midnight.day)
    midnight = { day, at: Date.parse(`${bytes.toString('latin1', from, from + 10)}T00:00:00Z`) };
  let ms = 0;
  let at = from + 19;
  if (bytes[at] === dot) {
    let weight = 100;
    for (at += 1; at < to; at += 1) {
      const byte = bytes[at] as number;
      if (byte < zero || byte > nine) break;
      ms += (byte - zero) * weight;
      weight = weight > 1 ? weight / 10 : 0;
    }
  }
  const time = midnight.at + (pair(from + 11) * 3600 + pair(from + 14) * 60 + pair(from + 17)) * 1000 + ms;
  // `Z`, or an offset such as `+01:00`.
  if (at + 1 === to) return time;
  const sign = bytes[at] === plus ? 1 : -1;
  return time - sign * (pair(at + 1) * 60 + pair(at + 4)) * 60_000;
}

type Known = { bytes: Buffer; place: number; next: Known | undefined };

/** Texts by their bytes: the same few come back a million times, and become a string once. A text's number is its place in `all`. */
export type Texts = { all: string[]; numberOf(bytes: Buffer, from: number, to: number): number };

/** Opens such a memory. */
export function openTexts(): Texts {
  const all: string[] = [];
  const byHash = new Map<number, Known[]>();
  let last: Known = { bytes: Buffer.alloc(0), place: -1, next: undefined };

  function lookUp(bytes: Buffer, from: number, to: number): Known {
    let hash = 0;
    for (let at = from; at < to; at += 1) hash = (Math.imul(hash, 31) + (bytes[at] as number)) | 0;
    const same = byHash.get(hash) ?? [];
    const known = same.find((one) => isAt(one.bytes, bytes, from, to));
    if (known) return known;
    const made: Known = { bytes: Buffer.from(bytes.subarray(from, to)), place: all.length, next: undefined };
    all.push(made.bytes.toString('utf8'));
    byHash.set(hash, [...same, made]);
    return made;
  }

  return {
    all,
    numberOf: (bytes, from, to) => {
      // What came after it the last time: the metrics of a request come in one order, under one name.
      const { next } = last;
      const found = next && isAt(next.bytes, bytes, from, to) ? next : lookUp(bytes, from, to);
      last.next = found;
      last = found;
      return found.place;
    },
  };
}

function isAt(text: Buffer, bytes: Buffer, from: number, to: number): boolean {
  const { length } = text;
  if (to - from !== length) return false;
  for (let at = 0; at < length; at += 1) if (text[at] !== bytes[from + at]) return false;
  return true;
}
