import { instantAt, numberAt, openTexts } from './sample-bytes.ts';
import type { SampleGroups, SampleSeries } from './sample-groups.ts';

/** Takes whole records from the beginning of some bytes, and answers how many bytes these were. */
export type Scan = (bytes: Buffer) => number;

const [comma, quote, newline, carriage] = [44, 34, 10, 13];
const columns = ['metric_name', 'timestamp', 'metric_value', 'name'] as const;

/**
 * Reads k6's CSV (RFC 4180: fields may be quoted, and then hold commas, quotes and line ends), whose first line names its
 * columns, in any order. `refuse` is told why a record is none, and throws.
 */
export function csvScan(groups: SampleGroups, refuse: (why: string) => never): Scan {
  const metrics = openTexts();
  const names = openTexts();
  const series: SampleSeries[][] = [];
  /** The places of the columns that are read; the fields of a record beyond the last of them are passed over. */
  let places: number[] | undefined;
  let last = 0;
  const starts: number[] = [];
  const ends: number[] = [];
  let quoteAt = -1;

  function readHeader(bytes: Buffer): number {
    const end = bytes.indexOf(newline);
    if (end < 0) return 0;
    const header = bytes.toString('utf8', 0, end).trim().split(',');
    places = columns.map((name) => header.indexOf(name));
    const missing = columns.filter((name) => !header.includes(name));
    if (missing.length > 0) refuse(`it has no column ${missing.join(', ')}`);
    last = Math.max(...places);
    return end + 1;
  }

  /** Notes the fields of the record at `from`; answers where the next one begins, -1 when it is not whole. */
  function readRecord(bytes: Buffer, from: number): number {
    const { length } = bytes;
    let at = from;
    for (let field = 0; ; field += 1) {
      let start = at;
      let end: number;
      if (bytes[at] === quote) {
        start += 1;
        end = closing(bytes, start);
        at = end + 1;
        if (end < 0 || at === length) return -1;
        if (bytes[at] === carriage) at += 1;
        if (bytes[at] !== comma && bytes[at] !== newline) refuse('a quoted field goes on after its end');
      } else {
        while (at < length && bytes[at] !== comma && bytes[at] !== newline) at += 1;
        if (at === length) return -1;
        end = bytes[at] === newline && bytes[at - 1] === carriage ? at - 1 : at;
      }
      if (field <= last) {
        starts[field] = start;
        ends[field] = end;
      }
      const isLast = bytes[at] === newline;
      if (isLast && field < last) refuse(`a record has ${field + 1} fields`);
      at += 1;
      if (isLast) return at;
      // Of the rest nothing is read: where it holds no quote, the end of its line is its end.
      if (field === last) {
        const lineEnd = bytes.indexOf(newline, at);
        if (lineEnd < 0) return -1;
        if (quoteAt < at) quoteAt = (bytes.indexOf(quote, at) + length + 1) % (length + 1);
        if (quoteAt > lineEnd) return lineEnd + 1;
      }
    }
  }

  return (bytes) => {
    let at = places ? 0 : readHeader(bytes);
    if (!places) return 0;
    const [ofMetric = 0, ofTime = 0, ofValue = 0, ofName = 0] = places;
    quoteAt = -1;
    while (at < bytes.length) {
      const next = readRecord(bytes, at);
      if (next < 0) break;
      at = next;
      const time = instantAt(bytes, starts[ofTime] as number, ends[ofTime] as number);
      const value = numberAt(bytes, starts[ofValue] as number, ends[ofValue] as number);
      if (Number.isNaN(time) || Number.isNaN(value)) refuse('a record has no time or no value');
      const metric = metrics.numberOf(bytes, starts[ofMetric] as number, ends[ofMetric] as number);
      const name = names.numberOf(bytes, starts[ofName] as number, ends[ofName] as number);
      series[metric] ??= [];
      const own = series[metric] as SampleSeries[];
      own[name] ??= groups.series(unquoted(metrics.all[metric]), unquoted(names.all[name]));
      groups.add(own[name], time, value);
    }
    return at;
  };
}

/** Where the quoted field whose content begins at `from` ends; -1 when it is not whole. A doubled quote is one of the content. */
function closing(bytes: Buffer, from: number): number {
  let at = bytes.indexOf(quote, from);
  while (at >= 0 && bytes[at + 1] === quote) at = bytes.indexOf(quote, at + 2);
  return at;
}

/** Quotes stand in quoted fields only. */
function unquoted(content = ''): string {
  return content.replaceAll('""', '"');
}
