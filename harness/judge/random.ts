import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A stream of random numbers that a seed repeats exactly. */
export type Random = {
  /** In [0, 1). */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
  /** Of mean 1. */
  exponential(): number;
  /** Positive, of mean 1; `variation` is its standard deviation (gamma; 1 is the exponential). */
  positive(variation: number): number;
};

/** The stream of one seed; of a seed only the lower 32 bits count. */
export function randomOf(seed: number): Random {
  const generator = xoroshiro128plus(scattered(seed));
  // The first number of any seed would be nearly 1.
  for (let skipped = 0; skipped < 64; skipped++) generator.next();
  const uniform = () => uniformFloat64(generator);
  const exponential = () => -Math.log(1 - uniform());
  let spare: number | undefined;
  const normal = () => {
    if (spare !== undefined) {
      const kept = spare;
      spare = undefined;
      return kept;
    }
    // Box and Muller: two uniforms make two normals.
    const radius = Math.sqrt(2 * exponential());
    const angle = 2 * Math.PI * uniform();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
  const positive = (variation: number) => {
    if (variation === 0) return 1;
    // Marsaglia and Tsang (2000), on a shape raised by one so that it is above 1.
    const shape = 1 / variation ** 2;
    const d = shape + 2 / 3;
    for (;;) {
      const x = normal();
      const cube = (1 + x / Math.sqrt(9 * d)) ** 3;
      if (cube > 0 && Math.log(1 - uniform()) < x ** 2 / 2 + d * (1 - cube + Math.log(cube)))
        return (d * cube * (1 - uniform()) ** (1 / shape)) / shape;
    }
  };
  return { uniform, normal, exponential, positive };
}

/** The same items in an order that every arrangement has the same chance to be (Fisher and Yates). */
export function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  const pool = [...items];
  return items.flatMap(() => pool.splice(Math.floor(random.uniform() * pool.length), 1));
}

/** The generator is linear: close seeds would stay alike. The last step of MurmurHash3 (Appleby 2011), one to one. */
function scattered(seed: number): number {
  let bits = seed | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
