import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import type { LightMyRequestResponse } from 'fastify';
import type { Behaviour } from './behaviour.ts';
import { manualClock } from './clock.ts';
import { inventedSiret, judgeStep } from './form-oracle.test-data.ts';
import {
  bodyOf,
  cookieOf,
  type Fill,
  type Sent,
  type Step,
  urlencoded,
} from './generated-forms.test-data.ts';
import { markup } from './generated-texts.test-data.ts';
import { startSink } from './mail-sink.test-data.ts';
import { buildExtranet } from './server.ts';
import { siblings } from './sites.ts';
import { advance, opening, token, validForm, visitor } from './trial.ts';

// Posts generated texts to the SIRET step, the sign-in and every other form of the extranet.

const creation = '/aparts/creation';
const starts = [
  ...['/aparts/', '/aparts/creation/compte', '/aparts/espace', '/aparts/mot-de-passe-oublie/question'],
  ...siblings.map(({ path }) => `${path}/`),
];
const access = { identifiant: 'SY1234', motDePasse: 'le mien depuis longtemps', site: 'SYLAé' };
type Form = { action: string; method: 'GET' | 'POST'; names: string[] };

/** An extranet with that behaviour and one account that may sign in. */
export async function openSiteTrial(behaviour: Behaviour) {
  const sink = await startSink();
  const options = { database: ':memory:', clock: manualClock(opening), smtp: sink.smtp, testToken: token };
  const app = buildExtranet(behaviour, options);
  await app.ready();
  const siret = inventedSiret(1);
  const holder = validForm(siret).courrielUtilisateur ?? '';
  const counted = { posts: 0 };
  let hours = 72;

  const applicant = visitor(app);
  await applicant.openForm(siret);
  const headers = { 'x-test-token': token };
  const payload = { ...access, siret, courriel: holder };
  await app.inject({ method: 'POST', url: '/_test/acces', headers, payload });
  await applicant.send(siret);
  await advance(app, hours);
  assert.equal(sink.collect().length, 1, 'an access that exists gets its habilitation alone');

  async function post(
    url: string,
    one: Pick<Fill, 'type' | 'cookie'>,
    own: string,
    fields: [string, Sent][],
  ) {
    const head = { 'content-type': one.type, cookie: cookieOf(one, own) };
    const answer = await app.inject({
      method: 'POST',
      url,
      headers: head,
      payload: bodyOf(one.type, fields),
    });
    return judged(answer);
  }

  function judged(answer: LightMyRequestResponse): LightMyRequestResponse {
    counted.posts += 1;
    assert(answer.statusCode < 500, `${answer.statusCode}`);
    assert(!markup.some((text) => answer.body.includes(text)), 'markup comes back alive');
    return answer;
  }

  /** A visit that is signed in, past the SIRET step and asked for its secret question; and the forms it sees. */
  async function everywhere() {
    const visit = visitor(app);
    await visit.post('/aparts/connexion', access);
    await visit.openForm(inventedSiret(2));
    await visit.post('/aparts/mot-de-passe-oublie', access);
    const pages = new Map<string, string>();
    for (const url of starts) pages.set(url, '');
    for (const url of pages.keys()) {
      const page = await visit.get(url);
      pages.set(url, page.body);
      const links = page.body.matchAll(/href="(\/[^"#?]*)/g);
      for (const [, link = ''] of [...links, ['', page.headers.location ?? '']]) {
        if (link !== '' && !link.includes('/assets/') && !pages.has(link)) pages.set(link, '');
      }
    }
    return { visit, forms: formsOf([...pages.values()].join('\n')) };
  }

  return {
    counted,
    /** Takes the SIRET step as a new visitor; the form must open when it is passed, and stay shut when not. */
    async step(one: Step): Promise<void> {
      const visit = visitor(app);
      await visit.get(creation);
      const former = await visit.code();
      await post(`${creation}/code`, { ...one, cookie: 'own' }, visit.cookie(), [['siret', one.siret]]);
      const drawn = await visit.code();
      const own = inventedSiret(3);
      const words = { siret: own, code: drawn, small: drawn.toLowerCase(), former };
      const sent = { ...one, siret: filled(one.siret, words), code: filled(one.code, words) };
      const answer = await post(creation, one, visit.cookie(), [
        ...(['siret', 'code', 'cgu'] as const).map((name): [string, Sent] => [name, sent[name]]),
      ]);
      const says = one.cookie === 'none' || one.cookie === 'unknown' ? 'refused' : judgeStep(sent, drawn);
      const passed = answer.headers.location === `${creation}/compte`;
      const form = await visit.get(`${creation}/compte`);
      const story = `${says}, answered ${answer.statusCode} ${answer.headers.location ?? ''}: ${JSON.stringify(sent)}`;
      if (says === 'refused') assert(!passed, story);
      if (says === 'accepted' && one.type === urlencoded && one.cookie === 'own') assert(passed, story);
      assert.equal(form.statusCode === 200, passed, `the form is open: ${story}`);
      const digits = String(sent.siret).replace(/[^0-9]/g, '');
      if (passed) assert(form.body.includes(`>${digits}</output>`), `the form shows its SIRET: ${story}`);
    },
    /** Signs in, or does not: only the right pair opens the space. */
    async signIn(typed: { identifiant: Sent; motDePasse: Sent }): Promise<void> {
      const sent = [filled(typed.identifiant, access), filled(typed.motDePasse, access)] as const;
      const answer = await post('/aparts/connexion', { type: urlencoded, cookie: 'none' }, '', [
        ['identifiant', sent[0]],
        ['motDePasse', sent[1]],
      ]);
      const isIn = answer.headers.location === '/aparts/espace';
      const story = `answered ${answer.statusCode} to ${JSON.stringify(sent)}`;
      const right = [access.identifiant, access.motDePasse];
      if (isDeepStrictEqual(sent, right)) assert(isIn, story);
      // Blanks around are left open: they come from copying out of a mail.
      const nearly = sent.map((text) => (typeof text === 'string' ? text.trim() : text));
      if (!isDeepStrictEqual(nearly, right)) assert.equal(answer.statusCode, 422, story);
      const cookie = String(answer.headers['set-cookie'] ?? '').split(';')[0] ?? '';
      const space = await app.inject({ url: '/aparts/espace', headers: { cookie } });
      assert.equal(space.statusCode === 200, isIn, story);
    },
    /** Fills in forms of any page; mails may go to the holder of the account only. */
    async fill(fills: readonly Fill[]): Promise<void> {
      const { visit, forms } = await everywhere();
      for (const one of fills) {
        const form = forms[one.rank % forms.length];
        assert(form, 'no form was found');
        const fields = form.names.map((name, rank): [string, Sent] => [
          name,
          one.texts[rank % one.texts.length] ?? null,
        ]);
        if (form.method === 'POST') await post(form.action, one, visit.cookie(), fields);
        else judged(await visit.get(`${form.action}?${bodyOf(urlencoded, fields)}`));
      }
      hours += 1;
      assert.equal((await advance(app, hours)).statusCode, 200);
      for (const { recipients } of sink.collect()) assert.deepEqual(recipients, [holder]);
    },
    close: async () => {
      await app.close();
      await sink.close();
    },
  };
}

function filled(sent: Sent, words: Readonly<Record<string, string>>): Sent {
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (as, word) => words[word] ?? as);
  return typeof sent === 'string' ? fill(sent) : (sent?.map(fill) ?? null);
}

/** The forms of pages, and where else their buttons lead. */
function formsOf(pages: string): Form[] {
  const forms = new Map<string, Form>();
  for (const [form, method = '', action = ''] of pages.matchAll(
    /<form method="(\w+)" action="([^"]+)".*?<\/form>/gs,
  )) {
    const names = [...new Set([...form.matchAll(/ name="(\w+)"/g)].map(([, name = '']) => name))];
    const others = [...form.matchAll(/formaction="([^"]+)"/g)].map(([, other = '']) => other);
    for (const to of [action, ...others]) {
      forms.set(`${method} ${to}`, { action: to, method: method === 'post' ? 'POST' : 'GET', names });
    }
  }
  return [...forms.values()];
}
