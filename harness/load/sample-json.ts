import { instantAt, numberAt, openTexts } from './sample-bytes.ts';
import type { Scan } from './sample-csv.ts';
import type { SampleGroups, SampleSeries } from './sample-groups.ts';

const [quote, comma, backslash, newline] = [34, 44, 92, 10];
const head = Buffer.from('{"metric":"');
const time = Buffer.from('","type":"Point","data":{"time":"');
const value = Buffer.from('","value":');
const tags = Buffer.from(',"tags":{');
const nameKey = Buffer.from('name');

/**
 * Reads k6's JSON, a line each. A point as k6 writes it is read where it stands; any other line, and one with an escaped
 * letter, by `JSON.parse`. `refuse` is told why a line is none of k6's, and throws.
 */
export function jsonScan(groups: SampleGroups, refuse: (why: string) => never): Scan {
  const metrics = openTexts();
  const names = openTexts();
  const series: SampleSeries[][] = [];
  let escapeAt = -1;

  /** False where the line is not as k6 writes a point. */
  function readPoint(bytes: Buffer, from: number, end: number): boolean {
    if (!stands(head, bytes, from)) return false;
    const metricFrom = from + head.length;
    const metricTo = quoteAfter(bytes, metricFrom, end);
    if (!stands(time, bytes, metricTo)) return false;
    const timeFrom = metricTo + time.length;
    const timeTo = quoteAfter(bytes, timeFrom, end);
    if (!stands(value, bytes, timeTo)) return false;
    const valueFrom = timeTo + value.length;
    let valueTo = valueFrom;
    while (valueTo < end && bytes[valueTo] !== comma) valueTo += 1;
    if (!stands(tags, bytes, valueTo)) return false;
    let at = valueTo + tags.length;
    let [nameFrom, nameTo] = [at, at];
    // "key":"value", and so on.
    while (bytes[at] === quote) {
      const keyTo = quoteAfter(bytes, at + 1, end);
      const from = keyTo + 3;
      const to = quoteAfter(bytes, from, end);
      if (bytes[keyTo + 2] !== quote || to >= end) return false;
      if (keyTo - at === 5 && stands(nameKey, bytes, at + 1)) {
        [nameFrom, nameTo] = [from, to];
        break;
      }
      at = to + (bytes[to + 1] === comma ? 2 : 1);
    }
    const instant = instantAt(bytes, timeFrom, timeTo);
    const number = numberAt(bytes, valueFrom, valueTo);
    if (Number.isNaN(instant) || Number.isNaN(number)) return false;
    const metric = metrics.numberOf(bytes, metricFrom, metricTo);
    const name = names.numberOf(bytes, nameFrom, nameTo);
    series[metric] ??= [];
    const own = series[metric] as SampleSeries[];
    own[name] ??= groups.series(metrics.all[metric] ?? '', names.all[name] ?? '');
    groups.add(own[name], instant, number);
    return true;
  }

  function readLine(text: string): void {
    const { type, metric, data } = parse(text);
    if (type === 'Metric') return;
    const instant = Date.parse(data?.time);
    if (
      type !== 'Point' ||
      typeof metric !== 'string' ||
      typeof data?.value !== 'number' ||
      Number.isNaN(instant)
    )
      refuse(`"${text.slice(0, 60)}" is no sample`);
    groups.add(groups.series(metric, data.tags?.name ?? ''), instant, data.value);
  }

  function parse(text: string) {
    try {
      return JSON.parse(text);
    } catch {
      return refuse(`"${text.slice(0, 60)}" is no JSON`);
    }
  }

  return (bytes) => {
    let at = 0;
    escapeAt = -1;
    for (;;) {
      const end = bytes.indexOf(newline, at);
      if (end < 0) return at;
      if (escapeAt < at) {
        const next = bytes.indexOf(backslash, at);
        escapeAt = next < 0 ? bytes.length : next;
      }
      if (escapeAt < end || !readPoint(bytes, at, end)) readLine(bytes.toString('utf8', at, end));
      at = end + 1;
    }
  };
}

function stands(text: Buffer, bytes: Buffer, at: number): boolean {
  for (let place = 0; place < text.length; place += 1) if (bytes[at + place] !== text[place]) return false;
  return true;
}

function quoteAfter(bytes: Buffer, from: number, end: number): number {
  let at = from;
  while (at < end && bytes[at] !== quote) at += 1;
  return at;
}
