import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { randomOf } from '../judge/random.ts';
import { csvScan } from './sample-csv.ts';
import { openGroups, type SampleGroup } from './sample-groups.ts';
import { jsonScan } from './sample-json.ts';
import { readSamples } from './samples.ts';

const scratch = mkdtempSync(join(tmpdir(), 'guichet-samples-'));
afterAll(() => rmSync(scratch, { recursive: true }));
let files = 0;
const read = (content: string | Buffer, everyMs = 1000) => {
  const path = join(scratch, `${++files}.txt`);
  writeFileSync(path, content);
  return readSamples(path, { everyMs });
};
const brief = (groups: readonly SampleGroup[]) =>
  groups.map(({ metric, name, at, sum, values }) => [metric, name, at, values.count, sum]);

const columns = 'metric_name,timestamp,metric_value,check,group,name,status,extra_tags';
const at = 1_795_663_994_000;

describe('CSV', () => {
  test('is grouped by metric, request and stretch of time', async () => {
    const rows = [
      columns,
      'http_req_duration,1795663994,3.032141,,,ENVOYER,200,',
      'http_req_duration,1795663994123,0.5,,,ENVOYER,200,',
      'http_req_duration,1795663995999999,10,,,ENVOYER,200,',
      'http_req_duration,1795663995999999999,1e3,,,ENVOYER,200,',
      'vus,2026-11-26T03:33:14Z,-2,,,,,',
      'vus,2026-11-26T04:33:14.9+01:00,4,,,,,',
    ];
    const { groups, torn } = await read(`${rows.join('\n')}\n`);
    expect(torn).toBe(false);
    expect(brief(groups)).toEqual([
      ['http_req_duration', 'ENVOYER', at, 2, 3.532141],
      ['http_req_duration', 'ENVOYER', at + 1000, 2, 1010],
      ['vus', '', at, 2, 2],
    ]);
  });

  // As k6 2.2 writes the tag `a, "b" é<line end><&> \z`.
  const quoted = `${columns}\nhttp_reqs,1795663994,1.000000,,,"a, ""b"" é\n<&> \\z",0,"other=w&zed=1,2"\nhttp_reqs,1795663994,1.000000,,"g\n""h""",plain,0,"x\ny"\nhttp_reqs,1795663994,2,,,"",0,\n`;
  const ofQuoted = [
    ['http_reqs', 'a, "b" é\n<&> \\z', at, 1, 1],
    ['http_reqs', 'plain', at, 1, 1],
    ['http_reqs', '', at, 1, 2],
  ];

  test('may quote fields, with commas, quotes and line ends in them', async () => {
    expect(brief((await read(quoted)).groups)).toEqual(ofQuoted);
    expect(brief((await read(quoted.replace(/(?<!é|g|x)\n/g, '\r\n'))).groups)).toEqual(ofQuoted);
  });

  test('has its columns in any order', async () => {
    const { groups } = await read(`name,x,metric_value,metric_name,timestamp\n"E,1",,2,m,1795663994\n`);
    expect(brief(groups)).toEqual([['m', 'E,1', at, 1, 2]]);
  });

  test('is read the same wherever a chunk ends', () => {
    const bytes = Buffer.from(quoted);
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      const groups = openGroups(1000);
      const scan = csvScan(groups, (why) => {
        throw new Error(why);
      });
      const taken = scan(bytes.subarray(0, cut));
      expect(taken).toBeLessThanOrEqual(cut);
      expect(scan(bytes.subarray(taken))).toBe(bytes.length - taken);
      expect(brief(groups.all())).toEqual(ofQuoted);
    }
  });

  test('that is torn counts its whole records', async () => {
    for (const cut of [1, 10, 40]) {
      const { groups, torn } = await read(quoted.slice(0, -cut));
      expect(torn).toBe(true);
      expect(brief(groups)).toEqual(ofQuoted.slice(0, cut === 40 ? 1 : 2));
    }
    expect(await read(columns.slice(0, 30))).toEqual({ groups: [], torn: true });
    expect(await read('')).toEqual({ groups: [], torn: false });
  });

  test.each([
    ['a,b\n1,2\n', 'it has no column metric_name, timestamp, metric_value, name'],
    [`${columns}\nm,1795663994,1\n`, 'a record has 3 fields'],
    [`${columns}\nm,demain,1,,,n,,\n`, 'a record has no time or no value'],
    [`${columns}\nm,1795663994,un,,,n,,\n`, 'a record has no time or no value'],
    [`${columns}\nm,1795663994,1,,,"n"o,,\n`, 'a quoted field goes on after its end'],
    ['{"type":"Metric","data":{}}\n{"a":\n', '"{"a":" is no JSON'],
    ['{"type":"Point","data":{"time":"2026-11-26T03:33:14Z"}}\n', 'is no sample'],
  ])('%j is refused', async (content, why) => {
    await expect(read(content)).rejects.toThrow(/^GUICHET_USAGE: .* holds no samples of k6: /);
    await expect(read(content)).rejects.toThrow(why);
  });

  test('a file that is not there is named', async () => {
    const path = join(scratch, 'none.csv');
    await expect(readSamples(path, { everyMs: 1 })).rejects.toThrow(`GUICHET_USAGE: ${path} holds no`);
  });
});

/** What `readline` with `JSON.parse` makes of it. */
function parsed(lines: readonly string[], everyMs: number) {
  const groups = openGroups(everyMs);
  for (const line of lines) {
    const { type, metric, data } = JSON.parse(line);
    if (type !== 'Point') continue;
    groups.add(groups.series(metric, data.tags.name ?? ''), Date.parse(data.time), data.value);
  }
  return groups.all();
}

describe('JSON', () => {
  const point = (metric: string, value: number, tags: Record<string, string>, more = '') =>
    `{"metric":"${metric}","type":"Point","data":{"time":"2026-11-26T03:33:14.902107265Z","value":${value},"tags":${JSON.stringify(tags)}${more}}}`;
  const lines = [
    '{"type":"Metric","data":{"name":"m","type":"trend","contains":"time","thresholds":[],"submetrics":null},"metric":"m"}',
    point('m', 3.25, { method: 'GET', name: 'ENVOYER', status: '200' }),
    point('m', 1, { name: 'a, "b" é\n<&> \\z' }),
    point('m', 2, { group: '', 'a name': 'x', status: '0' }, ',"metadata":{"name":"not this"}'),
    point('m', 1e-7, {}),
    point('m', 123456789.12345679, { name: 'accueil — été' }),
    point('m', 4, { name: 'ENVOYER' }).replace('14.902107265Z', '15+00:00'),
    '{ "type": "Point", "metric": "m", "data": {"value": 5, "time": "2026-11-26T03:33:14Z", "tags": {"name": "ENVOYER"}} }',
  ];

  test('is what JSON.parse makes of it, wherever a chunk ends', () => {
    const bytes = Buffer.from(`${lines.join('\n')}\n`);
    const wanted = brief(parsed(lines, 1000));
    expect(wanted).toHaveLength(5);
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      const groups = openGroups(1000);
      const scan = jsonScan(groups, (why) => {
        throw new Error(why);
      });
      const taken = scan(bytes.subarray(0, cut));
      expect(scan(bytes.subarray(taken))).toBe(bytes.length - taken);
      expect(brief(groups.all())).toEqual(wanted);
    }
  });

  test('random points are grouped as JSON.parse groups them', async () => {
    const random = randomOf(7);
    const pick = <Kept>(all: readonly Kept[]) => all[Math.floor(random.uniform() * all.length)] as Kept;
    const some = Array.from({ length: 5000 }, () => {
      const tags = {
        group: pick(['', '::setup']),
        name: pick(['SIRET', 'code', 'a\tb', 'ENVOYER']),
        url: pick(['x', '{"name":"y"}']),
      };
      const value = pick([
        0,
        1,
        random.uniform() * 1000,
        -random.uniform(),
        1e21,
        2 ** 53 - 1,
        random.uniform() / 1e6,
      ]);
      const time = new Date(at + Math.floor(random.uniform() * 100_000)).toISOString();
      return `{"metric":"${pick(['a', 'b'])}","type":"Point","data":{"time":"${time}","value":${JSON.stringify(value)},"tags":${JSON.stringify(tags)}}}`;
    });
    const { groups } = await read(`${some.join('\n')}\n`, 10_000);
    expect(groups).toEqual(parsed(some, 10_000));
  });

  test('gzipped or not is the same; what a kill has cut off is not counted', async () => {
    const text = `${lines.join('\n')}\n`;
    const whole = await read(text);
    expect(await read(gzipSync(text))).toEqual(whole);
    const many = gzipSync(Buffer.from(text.repeat(2000)));
    const { groups, torn } = await read(many.subarray(0, many.length / 2));
    expect(torn).toBe(true);
    expect(groups.reduce((sum, { values }) => sum + values.count, 0)).toBeGreaterThan(5000);
    expect((await read(text.slice(0, -5))).torn).toBe(true);
  });
});
