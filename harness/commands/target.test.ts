import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Embedded, startEmbedded } from '../target/embedded.ts';
import { parseProfile, type TargetProfile } from '../target/profile.ts';
import { schemaFile } from '../target/profile-schema.ts';
import { openTarget } from '../target/target.ts';
import { foreignCode, foreignFields, startForeignSite } from './foreign-site.test-data.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'guichet-target-'));
let embedded: Embedded;
beforeAll(async () => {
  embedded = await startEmbedded();
});
afterAll(async () => {
  await embedded.close();
  rmSync(scratch, { recursive: true, force: true });
});

type Run = { status: number; out: string; err: string };

/** Runs the real CLI, with the token of the embedded extranet unless `env` has another. */
function guichet(args: string[], env: NodeJS.ProcessEnv = {}): Promise<Run> {
  const environment = { ...process.env, NO_COLOR: '1', ...embedded.environment, ...env };
  return new Promise((done) => {
    execFile(
      process.execPath,
      ['harness/cli.ts', ...args],
      { cwd: root, env: environment },
      (error, out, err) => done({ status: error ? Number(error.code) : 0, out, err }),
    );
  });
}

function written(name: string, profile: unknown): string {
  const path = join(scratch, name);
  writeFileSync(path, JSON.stringify(profile));
  return path;
}

/** The line about a key, or the first of several. */
const lineOn = (key: string, { out }: Run) =>
  out.split('\n').find((line) => line.slice(2).startsWith(`${key} `));

/** Each sends a browser, on a machine that others use. */
const slow = 120_000;

describe('guichet target check', () => {
  test('the legacy skin, frame and all, is all found: 0; no demande was sent', {
    timeout: slow,
  }, async () => {
    const legacy = await startEmbedded({ skin: 'legacy' });
    const run = await guichet(
      ['target', 'check', written('legacy.json', legacy.profile)],
      legacy.environment,
    );
    expect(run.out.split('\n').filter((line) => /^[×?]/.test(line))).toEqual([]);
    expect(lineOn('reset', run)).toMatch(/^– /);
    expect(lineOn('frame', run)).toMatch(/^✔/);
    expect(lineOn('locators.reponse', run)).toMatch(/^✔ .*<input type="text" name="z/);
    expect(lineOn('locators.nouveauMotDePasse', run)).toMatch(/^✔/);
    expect(lineOn('clock.advance', run)).toMatch(/advanced by a minute/);
    expect(run.status).toBe(0);
    const target = await openTarget(legacy.profile, legacy.environment);
    await target.advanceTo(new Date((await target.now()).getTime() + 96 * 3_600_000));
    expect(await target.mailbox.all()).toEqual([]);
    await target.close();
    await legacy.close();
  });

  test('what is not there is told by its key, with what to write: 3', { timeout: slow }, async () => {
    const { profile } = embedded;
    const run = await guichet([
      'target',
      'check',
      written('wrong.json', {
        ...profile,
        mail: { kind: 'mailhog', url: 'http://127.0.0.1:1' },
        notification: {
          tokenHeader: 'x-test-token',
          tokenEnv: 'GUICHET_TEST_TOKEN',
          url: `${profile.baseUrl}nowhere`,
        },
        locators: {
          siret: { css: 'input' },
          nom: { css: '#nom-de-famille' },
          cgu: { css: '##' },
          ville: { label: 'Commune' },
        },
        controls: { VALIDER: { css: '#ok' } },
        inapplicable: { 'A11Y-01': 'essai' },
      } satisfies TargetProfile),
    ]);
    expect(lineOn('mail', run)).toMatch(/^× .*http:\/\/127\.0\.0\.1:1/);
    expect(lineOn('notification', run)).toMatch(/^× .* 404, .*Check url, tokenHeader and tokenEnv/);
    expect(lineOn('locators.siret', run)).toMatch(/^× .* elements, <input .*> and <input .*Leave it out/);
    expect(lineOn('locators.cgu', run)).toMatch(/^× .*css selector "##"/);
    // The way goes on with what is proposed, so that all of the form is tried at once.
    expect(lineOn('locators.nom', run)).toMatch(
      /^× .*nothing, by the selector #nom-de-famille\. Leave it out/,
    );
    expect(lineOn('locators.ville', run)).toMatch(/^× .*nothing, by the label « Commune »/);
    expect(lineOn('controls.VALIDER', run)).toMatch(/^× .*Write "controls": .*"name":"VALIDER"/);
    expect(lineOn('inapplicable.A11Y-01', run)).toMatch(/^– .*essai/);
    expect(run.out).toMatch(/7 to correct/);
    expect(run.status).toBe(3);
  });

  test('a target that is down: no browser is sent, 3', { timeout: slow }, async () => {
    const down = { ...embedded.profile, baseUrl: 'http://127.0.0.1:1/aparts/' };
    const run = await guichet(['target', 'check', written('down.json', down)], {
      GUICHET_CHROMIUM: '/no/such/browser',
    });
    expect(lineOn('baseUrl', run)).toMatch(/^× .*GET http:\/\/127\.0\.0\.1:1\/aparts\/ failed/);
    expect(lineOn('locators', run)).toMatch(/^– /);
    expect(run.status).toBe(3);
  });
});

describe('guichet target draft', () => {
  test('drafts a profile that target check finds right once mail and doors are filled in', {
    timeout: 2 * slow,
  }, async () => {
    const { profile } = embedded;
    const file = join(scratch, 'drafted.json');
    const code = profile.captcha.kind === 'oracle' ? profile.captcha.url : '';
    const run = await guichet(['target', 'draft', profile.baseUrl, '--code-url', code, '--out', file]);
    expect(run.err).toBe('');
    expect(lineOn('locators.reponse', run)).toMatch(/^✔ /);
    expect(lineOn('mail', run)).toMatch(/^\? .*assumed/);
    expect(run.status).toBe(0);
    const drafted = JSON.parse(readFileSync(file, 'utf8'));
    expect(resolve(dirname(file), drafted.$schema)).toBe(fileURLToPath(schemaFile));
    expect(parseProfile(drafted, file).siretPage).toBe(profile.siretPage);

    const { mail, clock, siblings, existingAccess, notification } = profile;
    writeFileSync(file, JSON.stringify({ ...drafted, mail, clock, siblings, existingAccess, notification }));
    const checked = await guichet(['target', 'check', file]);
    expect(checked.out.split('\n').filter((line) => line.startsWith('×'))).toEqual([]);
    expect(checked.status).toBe(0);
  });

  test('finds its way and every field on a site in words of its own', { timeout: 2 * slow }, async () => {
    const site = await startForeignSite();
    const file = join(scratch, 'foreign.json');
    const run = await guichet(['target', 'draft', site.url, '--code', foreignCode, '--out', file]);
    expect(run.out).not.toMatch(/^×/m);
    const { locators, controls } = JSON.parse(readFileSync(file, 'utf8'));
    const found = Object.entries(locators).map(([name, given]) => [name, (given as { css: string }).css]);
    expect(Object.fromEntries(found)).toEqual(foreignFields);
    expect(controls['CRÉER MON ESPACE'].name).toBe('Inscription des nouveaux employeurs');
    expect(controls.ENVOYER.name).toBe('Transmettre');
    const checked = await guichet(['target', 'check', file]);
    expect(checked.out.match(/^×.*/gm)?.map((line) => line.slice(2, 6))).toEqual(['mail']);
    await site.close();
  });

  test('without the code it stops at the SIRET step and says so', { timeout: slow }, async () => {
    const file = join(scratch, 'short.json');
    const run = await guichet(['target', 'draft', embedded.profile.baseUrl, '--out', file]);
    expect(lineOn('locators.siret', run)).toMatch(/^✔ /);
    expect(lineOn('the form', run)).toMatch(/^– .*not reached.*Give --code/);
    expect(parseProfile(JSON.parse(readFileSync(file, 'utf8')), file).captcha.kind).toBe('manual');
    expect(run.status).toBe(0);
  });

  test('a site that is down leaves no file: 3', { timeout: slow }, async () => {
    const file = join(scratch, 'none.json');
    const run = await guichet(['target', 'draft', 'http://127.0.0.1:1/', '--out', file]);
    expect(run.err).toMatch(/^GUICHET_TARGET_UNREACHABLE: GET http:\/\/127\.0\.0\.1:1\/ failed/);
    expect(run.status).toBe(3);
    expect(existsSync(file)).toBe(false);
  });

  test('never writes over a file unless told to', async () => {
    const file = written('mine.json', { mine: true });
    const run = await guichet(['target', 'draft', embedded.profile.baseUrl, '--out', file]);
    expect(run.err).toMatch(/mine\.json exists\. Give --force/);
    expect(run.status).toBe(2);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ mine: true });
  });
});
