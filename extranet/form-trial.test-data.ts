import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { LightMyRequestResponse } from 'fastify';
import type { Behaviour } from './behaviour.ts';
import { manualClock } from './clock.ts';
import {
  type Fields,
  formFields,
  inventedSiret,
  judge,
  kept,
  recipient,
  type Verdict,
} from './form-oracle.test-data.ts';
import { bodyOf, cookieOf, type Post, type Sent, urlencoded } from './generated-forms.test-data.ts';
import { markup } from './generated-texts.test-data.ts';
import { startSink } from './mail-sink.test-data.ts';
import { buildExtranet } from './server.ts';
import { advance, opening, token, visitor } from './trial.ts';

// Posts generated forms to an extranet, and asserts that it answers, keeps and mails as it must.

const form = '/aparts/creation/compte';
const confirmation = '/aparts/creation/confirmation';
type Row = { id: number; siret: string; contact: string; champs: string };
/** A person on the form: their number, SIRET, the form's jeton, the jetons that have made a demande. */
type Person = { n: number; siret: string; visit: ReturnType<typeof visitor>; jeton: string; used: string[] };

/** An extranet with that behaviour on a file, its mail sink, and what it was sent. */
export async function openFormTrial(behaviour: Behaviour) {
  const sink = await startSink();
  const folder = mkdtempSync(join(tmpdir(), 'guichet-forms-'));
  const database = join(folder, 'extranet.sqlite');
  const options = { database, clock: manualClock(opening), smtp: sink.smtp, testToken: token };
  const app = buildExtranet(behaviour, options);
  await app.ready();
  const reader = new DatabaseSync(database, { readOnly: true });
  const newer = reader.prepare(
    'SELECT id, siret, courriel_utilisateur AS contact, champs FROM demandes WHERE id > ? ORDER BY id',
  );
  const counted = { accepted: 0, refused: 0, either: 0 };
  const contacts = new Set<string>();
  let people = 0;
  let lastRow = 0;
  let hours = 0;
  let offered: ReadonlyMap<string, readonly string[]> | undefined;

  /** The next person, at the form, in that visit. */
  async function welcome(visit: Person['visit'], used: string[] = []): Promise<Person> {
    const n = ++people;
    const siret = inventedSiret(n);
    return { n, siret, visit, jeton: await arrive(visit, siret), used };
  }

  async function arrive(visit: Person['visit'], siret: string): Promise<string> {
    const page = await visit.openForm(siret);
    offered ??= new Map(
      ['extensionVoie', 'typeVoie', 'questionSecrete'].map((name) => [name, optionsOf(page.body, name)]),
    );
    const jeton = /name="jeton" value="([^"]+)"/.exec(page.body)?.[1];
    assert(jeton, `the form is not open for ${siret}: ${page.statusCode}`);
    return jeton;
  }

  /** Posts one form; answers whether it made a demande. Throws AssertionError when a rule is broken. */
  async function post(person: Person, one: Post): Promise<boolean> {
    const jeton = jetonOf(person, one);
    const fields = fieldsOf(one, person);
    const payload = payloadOf(one, fields, jeton);
    const cookies = [cookieOf(one, person.visit.cookie())];
    if (one.at === 'twice') cookies.push(...cookies);
    if (one.at === 'with a rival') {
      const rival = visitor(app);
      await arrive(rival, person.siret);
      cookies.push(rival.cookie());
    }
    const answers = await Promise.all(
      cookies.map((cookie) => {
        const headers = { 'content-type': one.type, cookie };
        return app.inject({ method: 'POST', url: form, headers, payload });
      }),
    );
    const rows = newer.all(lastRow) as Row[];
    const verdict = verdictOn(one, fields, { ...person, jeton });
    counted[verdict.says] += 1;
    const story = `${JSON.stringify(verdict)}, answered ${answers.map(said).join(' and ')}, ${rows.length} rows: `;
    try {
      judgeAnswers(answers, rows, { one, verdict, sentBefore: person.used.includes(jeton) });
      for (const row of rows) judgeRow(row, { one, fields, siret: person.siret });
      for (const answer of answers) judgePage(answer, { one, fields });
    } catch (error) {
      throw new Error(story + (error as Error).message);
    } finally {
      lastRow = rows.at(-1)?.id ?? lastRow;
    }
    if (rows[0] && jeton !== '') person.used.push(jeton);
    return rows.length > 0;
  }

  function verdictOn(one: Post, fields: Fields, { siret, jeton, used }: Person): Verdict {
    const asIs = judge(fields, siret, offered ?? new Map());
    const alone = one.at !== 'with a rival';
    const unknown = one.cookie === 'none' || one.cookie === 'unknown';
    if (alone && unknown) return { says: 'refused', why: ['no SIRET step'] };
    if (alone && used.includes(jeton)) return { says: 'refused', why: ['this form was sent before'] };
    if (one.broken && [...formFields, 'siret', 'action'].includes(one.broken[0])) {
      return { says: 'either', why: ['broken encoding'] };
    }
    const usual = [urlencoded, `${urlencoded}; charset=utf-8`].includes(one.type) && one.padding === 0;
    const own = one.cookie === 'own' && one.jeton === 'of the page' && !one.broken;
    return asIs.says === 'accepted' && !(usual && own) ? { says: 'either', why: ['unusual request'] } : asIs;
  }

  /** Lets 48 hours pass; asserts that the new demandes have their mails, and that nobody else has one. */
  async function drain(rows: readonly Row[]): Promise<void> {
    hours += 48;
    const { statusCode, body } = await advance(app, hours);
    assert.equal(statusCode, 200, body);
    const due = new Map<string, { first: number; all: number }>();
    for (const { contact } of rows) {
      const to = recipient(contact);
      const { first, all } = due.get(to) ?? { first: 0, all: 0 };
      due.set(to, { first: first + (contacts.has(contact) ? 0 : 1), all: all + 1 });
      contacts.add(contact);
    }
    const came = new Map<string, string[]>();
    for (const { recipients, head } of sink.collect()) {
      assert.equal(recipients.length, 1, `a mail goes to ${recipients}`);
      const [to = ''] = recipients;
      assert(due.has(to), `a mail goes to ${JSON.stringify(to)}, who sent nothing that was accepted`);
      const named = [...head.matchAll(/^(?:to|cc|bcc):(.*(?:\r\n[ \t].*)*)/gim)];
      assert.deepEqual(
        named.map(([, names]) => names?.trim()),
        [to],
        'the mail’s own head names its recipient',
      );
      came.set(to, [...(came.get(to) ?? []), /^subject:.*(?:\r\n[ \t].*)*/im.exec(head)?.[0] ?? '']);
    }
    for (const [to, { first, all }] of due) {
      const subjects = came.get(to) ?? [];
      const times = [...new Set(subjects)].map((subject) => subjects.filter((one) => one === subject).length);
      const expected = [first, first, all].filter((count) => count > 0);
      assert.deepEqual(times.sort(), expected.sort(), `mails of each kind to ${to}`);
    }
  }

  return {
    /** How many forms of each verdict were posted. */
    counted,
    /** Posts forms one after another, a new person after each demande, and lets the mails leave. */
    async send(forms: readonly Post[]): Promise<void> {
      const before = lastRow;
      let person = await welcome(visitor(app));
      try {
        for (const one of forms) {
          if (await post(person, one)) person = await welcome(person.visit, person.used);
        }
      } catch (error) {
        // A smaller counterexample is looked for next: nothing of this one may be left.
        await drain(newer.all(before) as Row[]).catch(() => sink.collect());
        throw error;
      }
      await drain(newer.all(before) as Row[]);
    },
    close: async () => {
      reader.close();
      await app.close();
      await sink.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** The fields as this person posts them; a name that comes twice holds several texts. */
function fieldsOf(one: Post, { n, siret }: Person): Fields {
  const fields = new Map<string, Sent>();
  const fill = (text: string) => text.replaceAll('{n}', String(n)).replaceAll('{siret}', siret);
  for (const [name, sent] of one.fields) {
    if (sent === null || name === 'jeton') continue;
    const texts = [fields.get(name) ?? [], sent].flat().map(fill);
    fields.set(name, texts.length === 1 ? (texts[0] ?? '') : texts);
  }
  return fields;
}

function jetonOf({ jeton, used }: Person, { jeton: kind }: Post): string {
  if (kind === 'none') return '';
  if (kind === 'used') return used[0] ?? jeton;
  return kind === 'of the page' ? jeton : kind.other;
}

function payloadOf(one: Post, fields: Fields, jeton: string): string {
  const pairs = [...fields, ['jeton', jeton] as const, ['rembourrage', 'x'.repeat(one.padding)] as const];
  const whole = pairs.filter(([name]) => name !== one.broken?.[0]);
  return [bodyOf(one.type, whole), ...(one.broken ? [one.broken.join('=')] : [])].join('&');
}

function said({ statusCode, headers }: LightMyRequestResponse): string {
  return `${statusCode} ${headers.location ?? ''}`.trim();
}

function judgeAnswers(
  answers: readonly LightMyRequestResponse[],
  rows: readonly Row[],
  { one, verdict, sentBefore }: { one: Post; verdict: Verdict; sentBefore: boolean },
): void {
  for (const { statusCode } of answers) assert(statusCode < 500, 'a server error');
  assert(rows.length <= 1, 'more than one demande');
  if (verdict.says !== 'either')
    assert.equal(rows.length, verdict.says === 'accepted' ? 1 : 0, 'demandes made');
  const told = answers.filter(({ headers }) => headers.location === confirmation).length;
  assert(told >= rows.length, 'a demande was made, and nobody was told so');
  if (!sentBefore && one.at !== 'twice')
    assert.equal(told, rows.length, 'told of a demande that was not made');
  if (rows.length === 0 && !sentBefore) assert.equal(told, 0, 'told of a demande that was not made');
  if (verdict.says === 'accepted' && one.at === 'twice')
    assert.equal(told, 2, 'a double click is told twice');
}

/** The row holds what was sent, and not the secret answer. */
function judgeRow(row: Row, { one, fields, siret }: { one: Post; fields: Fields; siret: string }): void {
  assert.equal(row.siret, siret);
  const champs: Record<string, string> = JSON.parse(row.champs);
  assert.equal(row.contact, champs.courrielUtilisateur);
  assert(!('reponse' in champs), 'the secret answer is kept in clear');
  for (const name of formFields) {
    const sent = fields.get(name) ?? '';
    if (name === 'reponse' || name === one.broken?.[0]) continue;
    if (typeof sent === 'string') assert.equal(champs[name], kept(name, sent), name);
    else assert(['', ...sent.map((text) => kept(name, text))].includes(champs[name] ?? ''), name);
  }
}

/** What was sent comes back inert; a refused form keeps it, but for the secret answer. */
function judgePage(
  { statusCode, body }: LightMyRequestResponse,
  { one, fields }: { one: Post; fields: Fields },
): void {
  assert(!markup.some((text) => body.includes(text)), 'markup comes back alive');
  if (statusCode !== 422 || one.type !== urlencoded || one.broken) return;
  const inputs = [...body.matchAll(/<input id="(\w+)" name="\w+"[^<>]* value="([^"<>]*)">/g)];
  assert.equal(inputs.length, 15, 'text fields on the page');
  for (const [, name = '', shown = ''] of inputs) {
    const sent = fields.get(name) ?? '';
    if (typeof sent !== 'string') continue;
    const text = shown.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
    assert.equal(kept(name, text), name === 'reponse' ? '' : kept(name, sent), `${name} as shown again`);
  }
}

function optionsOf(page: string, name: string): string[] {
  const list = new RegExp(`<select id="${name}"[^>]*>(.*?)</select>`, 's').exec(page)?.[1] ?? '';
  return [...list.matchAll(/<option[^>]*>([^<]*)</g)].map(([, text = '']) =>
    text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code))),
  );
}
