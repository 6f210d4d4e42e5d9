import { createHash } from 'node:crypto';

/** Draws that the seed of a run decides: the same seed and name give the same ones in the same order. */
export type Draw = {
  /** A whole number from 0 to `count` - 1. */
  below(count: number): number;
  /** Answers true for exactly one of every `size` calls that follow each other, so that any 2 × `size` - 1 hold one. */
  oneOf(size: number): () => boolean;
};

export function drawFrom(seed: number, name: string): Draw {
  let drawn = 0;
  const below = (count: number) => {
    const digest = createHash('sha256').update(`${seed}/${name}/${drawn++}`).digest();
    return digest.readUInt32BE(0) % count;
  };
  return {
    below,
    oneOf: (size) => {
      let place = size;
      let chosen = 0;
      return () => {
        if (++place > size) {
          place = 1;
          chosen = below(size) + 1;
        }
        return place === chosen;
      };
    },
  };
}
