// How many submissions the extranet takes, on a database file, beside the same Fastify with the same routes, parsing,
// validation and pages and no store: whole submissions (SIRET step, code, form, ENVOYER, confirmation: 6 requests), each
// server in a process of its own. By the clock, and by the CPU time of the server, which other processes do not change.
// `node bench/extranet.ts [PAIRS] [SUBMISSIONS]`; goal: at least 0.3 of its submissions per second; trust the ratios.
import { Agent, request } from 'node:http';
import { availableParallelism, loadavg } from 'node:os';
import { demandeForLoad } from '../fixtures/demande.ts';
import { type Persona, personaOf } from '../fixtures/wire-map.ts';
import { embeddedWire } from '../load/wire.ts';
import { startServer } from './extranet-start.ts';
import { median } from './median.ts';

const pairs = Number(process.argv[2] ?? 5);
const submissions = Number(process.argv[3] ?? 1500);
const warmUp = 200;
const atOnce = 8;
const goal = 0.3;

type Answer = { status: number; location: string; cookie: string; text: string };
type Asked = { cookie?: string; body?: string; token?: string };

const agent = new Agent({ keepAlive: true, maxSockets: atOnce });

async function ask(base: string, path: string, { cookie, body, token }: Asked): Promise<Answer> {
  const headers = {
    ...(cookie ? { cookie } : {}),
    ...(token ? { 'x-test-token': token } : {}),
    ...(body ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
  };
  return await new Promise((resolve, reject) => {
    const asked = request(base + path, { agent, headers, method: body ? 'POST' : 'GET' }, (got) => {
      let text = '';
      got.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
      });
      got.once('end', () =>
        resolve({
          status: got.statusCode ?? 0,
          location: got.headers.location ?? '',
          cookie: (got.headers['set-cookie']?.[0] ?? '').split(';')[0] ?? '',
          text,
        }),
      );
    });
    asked.once('error', reject);
    asked.end(body);
  });
}

/** One submission, as a browser sends it. Throws when it is not accepted. */
async function submit(base: string, token: string, persona: Persona): Promise<void> {
  const { siret, form, confirmation } = embeddedWire;
  const { cookie } = await ask(base, siret.page, {});
  const { code } = JSON.parse((await ask(base, '/_test/code', { cookie, token })).text);
  const passed = await ask(base, siret.action, { cookie, body: persona.siret.replace('{code}', code) });
  const page = await ask(base, passed.location, { cookie });
  const hidden = [...page.text.matchAll(/type="hidden" name="\w+" value="([^"]*)"/g)].map(
    ([, value]) => value,
  );
  const body = (persona.forms[0] ?? '').replace('{0}', hidden[0] ?? '').replace('{1}', hidden[1] ?? '');
  const sent = await ask(base, form.action, { cookie, body });
  const { status } = await ask(base, sent.location, { cookie });
  if (sent.location !== confirmation || status !== 200) throw new Error(`not accepted: ${sent.status}`);
}

/** Submissions per second, and CPU of the server per submission in ms. */
async function measure(kind: 'extranet' | 'memory'): Promise<{ rate: number; cpuMs: number }> {
  const server = await startServer(kind);
  const personas = Array.from({ length: warmUp + submissions }, (_, index) =>
    personaOf(embeddedWire, {
      id: String(index),
      demande: demandeForLoad({ seed: 1, index, mailDomain: 'exemple.test' }),
    }),
  );
  const sendAll = async (some: Persona[]) => {
    const waiting = [...some];
    const visitor = async () => {
      for (let next = waiting.pop(); next; next = waiting.pop()) await submit(server.url, server.token, next);
    };
    await Promise.all(Array.from({ length: atOnce }, visitor));
  };
  await sendAll(personas.slice(0, warmUp));
  const start = performance.now();
  await sendAll(personas.slice(warmUp));
  const rate = submissions / ((performance.now() - start) / 1000);
  // Nearly the same beside both: what came before the start of the clock counts too.
  return { rate, cpuMs: (await server.close()) / (warmUp + submissions) };
}

const ratios: { rate: number; cpu: number }[] = [];
for (let pair = 0; pair < pairs; pair++) {
  const kinds = pair % 2 === 0 ? (['memory', 'extranet'] as const) : (['extranet', 'memory'] as const);
  const found = { memory: { rate: 1, cpuMs: 1 }, extranet: { rate: 0, cpuMs: 0 } };
  for (const kind of kinds) found[kind] = await measure(kind);
  const { memory, extranet } = found;
  ratios.push({ rate: extranet.rate / memory.rate, cpu: memory.cpuMs / extranet.cpuMs });
  console.log(
    `pair ${pair + 1}: extranet ${extranet.rate.toFixed(0)}/s (${extranet.cpuMs.toFixed(2)} ms CPU), no store ${memory.rate.toFixed(0)}/s (${memory.cpuMs.toFixed(2)} ms CPU), ratio ${(extranet.rate / memory.rate).toFixed(3)}`,
  );
}
agent.destroy();

const rate = median(ratios.map((one) => one.rate));
const cpu = median(ratios.map((one) => one.cpu));
console.log(
  `extranet/no store: median ${rate.toFixed(3)} by the clock, ${cpu.toFixed(3)} by CPU time (${pairs} pairs of ${submissions} submissions, ${atOnce} at once, ${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)})`,
);
// The client takes its part of the time beside both, which flatters the slower one: both must reach the goal.
const reached = Math.min(rate, cpu) >= goal;
console.log(`goal of ${goal}: ${reached ? 'reached' : 'NOT reached'}`);
process.exitCode = reached ? 0 : 1;
