import { execFile } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { results } from '../../reports/results.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

async function check(id: string, fault: string) {
  const args = ['harness/cli.ts', 'check', id, '--fault', fault, '--seed', '7'];
  const { status, out } = await new Promise<{ status: unknown; out: string }>((resolve) => {
    execFile(process.execPath, args, { cwd: root }, (error, out) =>
      resolve({ status: error?.code ?? 0, out }),
    );
  });
  const folder = join(root, /^Rapport : (.+)report\.html$/m.exec(out)?.[1] ?? 'no report');
  const found = results.parse(JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8')));
  rmSync(folder, { recursive: true });
  return { status, found };
}

// One for each side of the extranet; `guichet prove --part network` plays them all.
test.each([
  ['MAIL-02', 'smtp-duplicates', /GUICHET_MAIL_PATH: .*became/],
  ['FORM-71', 'gateway-502-at-envoyer', /HTTP 502 en réponse à POST/],
])(
  '%s under %s is inconclusive, and the surroundings are named',
  { timeout: 60_000 },
  async (id, fault, why) => {
    const { status, found } = await check(id, fault);
    expect(status).toBe(3);
    expect(found.verdict.outcome).toBe('inconclusive');
    expect(found.requirements.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(found.requirements.find((each) => each.id === id)?.outcome).not.toBe('passed');
    const aborted = found.scenarios.filter(({ status }) => status === 'aborted');
    expect(aborted.length).toBeGreaterThan(0);
    for (const { error } of aborted) expect(error).toMatch(/^environnement en cause, pas la cible/);
    expect(aborted.some(({ error = '' }) => why.test(error))).toBe(true);
  },
);
