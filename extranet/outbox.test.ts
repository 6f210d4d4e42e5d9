import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { procedure } from './behaviour.ts';
import { manualClock } from './clock.ts';
import { buildExtranet } from './server.ts';
import { advance, opening, sirets, startMailServer, startTrial, token, visitor } from './trial.ts';

const folder = mkdtempSync(join(tmpdir(), 'outbox-'));
afterAll(() => rmSync(folder, { recursive: true }));
const [siret] = sirets;

test('a mail that the server puts off is sent again with the same Message-ID, until it is taken', async () => {
  const offered: string[] = [];
  const trial = await startTrial({
    answer: async (raw) => {
      offered.push(/^Message-ID: (.*)$/m.exec(raw)?.[1] ?? '');
      if (offered.length <= 3) throw Object.assign(new Error('plus tard'), { responseCode: 451 });
    },
  });
  const person = trial.visitor();
  await person.openForm(siret);
  await person.send(siret);
  expect((await trial.advance(48)).statusCode).toBe(200);
  expect(trial.mails).toHaveLength(3);
  expect(offered).toHaveLength(6);
  expect(offered.filter((messageId) => messageId === offered[0])).toHaveLength(4);
  expect(new Set(offered)).toEqual(new Set(trial.mails.map(({ messageId }) => messageId)));
  await trial.close();
});

test('a mail that is refused for good is given up, and the others are sent', async () => {
  let first = true;
  const trial = await startTrial({
    answer: async () => {
      if (first) {
        first = false;
        throw Object.assign(new Error('inconnu'), { responseCode: 550 });
      }
    },
  });
  const person = trial.visitor();
  await person.openForm(siret);
  await person.send(siret);
  expect((await trial.advance(48)).statusCode).toBe(200);
  expect(trial.mails.map(({ subject }) => subject)).toEqual([
    'Activité partielle : votre mot de passe de connexion',
    "Habilitation à l'activité partielle",
  ]);
  await trial.close();
});

test('a mail server that comes back gets what it missed', async () => {
  const mailServer = await startMailServer();
  const database = join(folder, 'down.db');
  const clock = manualClock(opening);
  const down = buildExtranet(procedure, {
    database,
    clock,
    smtp: { host: '127.0.0.1', port: 1 },
    testToken: token,
  });
  const person = visitor(down);
  await person.openForm(siret);
  await person.send(siret);
  expect((await advance(down, 3)).statusCode).toBe(503);
  await down.close();
  const up = buildExtranet(procedure, { database, clock, smtp: mailServer.smtp, testToken: token });
  expect((await advance(up, 5)).statusCode).toBe(200);
  expect(mailServer.mails).toHaveLength(3);
  await up.close();
  await mailServer.close();
});

/** An extranet in a process of its own, so that it can be killed. */
function spawnExtranet(database: string, smtp: object) {
  const script = `
    import { startExtranet } from ${JSON.stringify(new URL('server.ts', import.meta.url).href)};
    import { manualClock } from ${JSON.stringify(new URL('clock.ts', import.meta.url).href)};
    const clock = manualClock(new Date(${opening.getTime()}));
    const options = ${JSON.stringify({ database, smtp, testToken: token })};
    console.log((await startExtranet({ ...options, clock })).url);`;
  return spawn(process.execPath, ['--input-type=module-typescript', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

test.each([1, 2, 3])(
  'killed while mail %d is handed over, it sends each mail once after a restart',
  async (fatal) => {
    const database = join(folder, `kill-${fatal}.db`);
    const before = await startTrial({ database });
    const person = before.visitor();
    await person.openForm(siret);
    await person.send(siret);
    await before.close();

    let offered = 0;
    let kill = () => {};
    const mailServer = await startMailServer(async () => {
      if (++offered !== fatal) return;
      kill();
      throw new Error('never taken');
    });
    const child = spawnExtranet(database, mailServer.smtp);
    const dead = once(child, 'exit');
    kill = () => void child.kill('SIGKILL');
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const to = new Date(opening.getTime() + 48 * 3_600_000).toISOString();
    const headers = { 'x-test-token': token, 'content-type': 'application/json' };
    const url = `${line.toString().trim()}/_test/clock/advance`;
    await expect(fetch(url, { method: 'POST', headers, body: JSON.stringify({ to }) })).rejects.toThrow();
    await dead;
    expect(mailServer.mails).toHaveLength(fatal - 1);

    const clock = manualClock(opening);
    const after = buildExtranet(procedure, { database, clock, smtp: mailServer.smtp, testToken: token });
    expect((await advance(after, 48)).statusCode).toBe(200);
    expect(mailServer.mails.map(({ subject }) => subject)).toEqual([
      'Activité partielle : votre identifiant de connexion',
      'Activité partielle : votre mot de passe de connexion',
      "Habilitation à l'activité partielle",
    ]);
    expect(new Set(mailServer.mails.map(({ messageId }) => messageId)).size).toBe(3);
    const told = mailServer.mails.map(({ text }) => text).join();
    const form = {
      identifiant: /Identifiant : (\S+)/.exec(told)?.[1] ?? '',
      motDePasse: /Mot de passe : (\S+)/.exec(told)?.[1] ?? '',
    };
    expect((await visitor(after).post('/aparts/connexion', form)).headers.location).toBe('/aparts/espace');
    await after.close();
    await mailServer.close();
  },
);
