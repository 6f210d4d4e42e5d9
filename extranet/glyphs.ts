import { createHash } from 'node:crypto';

/** Strokes of each sign on a grid of 4 by 6: points of a line, lines separated by bars. No 0, O, 1, I, Q, S, 5. */
const strokes: Readonly<Record<string, string>> = {
  A: '0,6 2,0 4,6|0.8,4 3.2,4',
  C: '4,1 2.5,0 1,0.6 0,3 1,5.4 2.5,6 4,5',
  E: '4,0 0,0 0,6 4,6|0,3 3,3',
  F: '4,0 0,0 0,6|0,3 3,3',
  H: '0,0 0,6|4,0 4,6|0,3 4,3',
  J: '4,0 4,4.6 3,6 1,6 0,4.6',
  K: '0,0 0,6|4,0 0,3.4 4,6',
  L: '0,0 0,6 4,6',
  M: '0,6 0,0 2,3 4,0 4,6',
  N: '0,6 0,0 4,6 4,0',
  P: '0,6 0,0 3,0 4,1.5 3,3 0,3',
  R: '0,6 0,0 3,0 4,1.5 3,3 0,3|2,3 4,6',
  T: '0,0 4,0|2,0 2,6',
  U: '0,0 0,4.6 1,6 3,6 4,4.6 4,0',
  V: '0,0 2,6 4,0',
  X: '0,0 4,6|4,0 0,6',
  Y: '0,0 2,3 4,0|2,3 2,6',
  2: '0,1 1,0 3,0 4,1 4,2.2 0,6 4,6',
  3: '0,0 4,0 2,2.5 3.6,3.4 4,4.6 3,6 1,6 0,5',
  4: '3,6 3,0 0,4 4,4',
  6: '3.6,0 1,1.6 0,4 1,6 3,6 4,4.6 3,3 1,3 0,4',
  7: '0,0 4,0 1.4,6',
  8: '2,2.8 0.6,1.6 1.2,0 2.8,0 3.4,1.6 2,2.8 0.2,4.4 1,6 3,6 3.8,4.4 2,2.8',
  9: '4,2 3,0 1,0 0,1.4 1,3 3,3 4,2 3.4,4.6 1,6',
};

/** The signs of a code in a picture. */
export const alphabet = Object.keys(strokes).join('');

const scale = 6;
const advance = 38;

/** An SVG picture of the code: strokes, each point a little off, and two lines across; no text in it. */
export function drawing(code: string): string {
  const width = code.length * advance + 16;
  const chance = chanceOf(code);
  const paths = [...code].map((sign, rank) => path(strokes[sign] ?? '', 14 + rank * advance, chance));
  const noise = [0, 1].map(() => `M0 ${chance(10, 54).toFixed(0)}L${width} ${chance(10, 54).toFixed(0)}`);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} 64" width="${width}" height="64">` +
    `<rect width="${width}" height="64" fill="#f4f1ea"/>` +
    `<path d="${noise.join('')}" stroke="#8f9fb0" stroke-width="1.5"/>` +
    `<path d="${paths.join('')}" fill="none" stroke="#1b3a57" stroke-width="3.4" stroke-linecap="round" stroke-linejoin="round"/></svg>`
  );
}

type Chance = (from: number, to: number) => number;

/** Numbers that depend on the code alone: the same code always looks the same. */
function chanceOf(code: string): Chance {
  const bytes = createHash('shake256', { outputLength: 256 }).update(code).digest();
  let next = 0;
  return (from, to) => from + ((bytes[next++ % bytes.length] ?? 0) / 255) * (to - from);
}

function path(lines: string, left: number, chance: Chance): string {
  const top = 14 + chance(-5, 5);
  const slope = chance(-0.2, 0.2);
  return lines
    .split('|')
    .map((line) => {
      const points = line.split(' ').map((point) => {
        const [x = 0, y = 0] = point.split(',').map(Number);
        const across = left + x * scale + (3 - y) * slope * scale + chance(-1.2, 1.2);
        return `${across.toFixed(1)} ${(top + y * scale + chance(-1.2, 1.2)).toFixed(1)}`;
      });
      return `M${points.join('L')}`;
    })
    .join('');
}
