import type { AddressInfo } from 'node:net';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { type Behaviour, procedure } from './behaviour.ts';
import { type Clock, manualClock } from './clock.ts';
import { buildExtranet } from './server.ts';
import type { Skin } from './skins/skin.ts';

// For the tests of the extranet: the extranet with a mail server of its own, and people who visit it.

/** A mail that the trial's mail server took. */
type TrialMail = {
  to: string[];
  subject: string;
  text: string;
  html: string;
  date: Date;
  messageId: string;
  from: string;
  raw: string;
};

/** A mail server that keeps what it takes; `answer` sees each mail first and may refuse it by throwing. */
export async function startMailServer(answer: (raw: string) => Promise<void> = async () => {}) {
  const mails: TrialMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData: (stream, session, callback) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const raw = Buffer.concat(chunks);
        answer(raw.toString())
          .then(() => simpleParser(raw))
          .then((mail) => {
            mails.push({
              to: session.envelope.rcptTo.map(({ address }) => address),
              subject: mail.subject ?? '',
              text: mail.text ?? '',
              html: mail.html || '',
              date: mail.date ?? new Date(0),
              messageId: mail.messageId ?? '',
              from: mail.from?.text ?? '',
              raw: raw.toString(),
            });
            callback();
          })
          .catch(callback);
      });
    },
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return {
    mails,
    smtp: { host: '127.0.0.1', port: (server.server.address() as AddressInfo).port },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

/** Tuesday, 9 o'clock in Paris. */
export const opening = new Date('2026-03-03T09:00:00+01:00');
export const token = 'for-tests';

/** An extranet on a manual clock with its mail server. */
export async function startTrial(
  options: {
    behaviour?: Behaviour;
    database?: string;
    clock?: Clock;
    answer?: (raw: string) => Promise<void>;
    skin?: Skin;
  } = {},
) {
  const mailServer = await startMailServer(options.answer);
  const { behaviour = procedure, database = ':memory:', clock = manualClock(opening) } = options;
  const { skin } = options;
  const app = buildExtranet(behaviour, {
    ...{ database, clock, smtp: mailServer.smtp, testToken: token },
    ...(skin ? { skin } : {}),
  });
  return {
    app,
    mails: mailServer.mails,
    visitor: () => visitor(app),
    advance: (hours: number) => advance(app, hours),
    close: async () => {
      await app.close();
      await mailServer.close();
    },
  };
}

/** Moves the clock so many hours past the trial's opening; answers what the door answered. */
export async function advance(app: FastifyInstance, hours: number): Promise<LightMyRequestResponse> {
  const to = new Date(opening.getTime() + hours * 3_600_000).toISOString();
  const headers = { 'x-test-token': token };
  return await app.inject({ method: 'POST', url: '/_test/clock/advance', headers, payload: { to } });
}

/** A browser without a script: it keeps its cookie and follows nothing. */
export function visitor(app: FastifyInstance) {
  let cookie = '';
  async function ask(method: 'GET' | 'POST', url: string, form?: Record<string, string>) {
    const answer = await app.inject({
      method,
      url,
      headers: {
        ...(cookie ? { cookie } : {}),
        ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
      },
      ...(form ? { payload: new URLSearchParams(form).toString() } : {}),
    });
    const given = answer.headers['set-cookie'];
    if (given) cookie = String(given).split(';')[0] ?? '';
    return answer;
  }
  async function code(): Promise<string> {
    const answer = await app.inject({ url: '/_test/code', headers: { cookie, 'x-test-token': token } });
    return answer.json<{ code: string }>().code;
  }
  return {
    get: (url: string) => ask('GET', url),
    post: (url: string, form: Record<string, string>) => ask('POST', url, form),
    code,
    cookie: () => cookie,
    /** Passes the SIRET step; answers the form's page. */
    openForm: async (siret: string) => {
      await ask('GET', '/aparts/creation');
      await ask('POST', '/aparts/creation', { siret, code: await code(), cgu: 'oui' });
      return await ask('GET', '/aparts/creation/compte');
    },
    /** Sends a demande, valid but for `changes`. */
    send: async (siret: string, changes: Record<string, string> = {}) => {
      const form = await ask('GET', '/aparts/creation/compte');
      const jeton = /name="jeton" value="([^"]*)"/.exec(form.body)?.[1] ?? '';
      return await ask('POST', '/aparts/creation/compte', { ...validForm(siret), jeton, ...changes });
    },
  };
}

/** Invented SIRETs that pass both check digits. */
export const sirets = ['73282932000074', '20003452800014', '35600000000048', '00032517500016'] as const;

/** A valid form: the listed mandatory fields only. */
export function validForm(siret: string): Record<string, string> {
  return {
    siret,
    denomination: 'Dupont & Fils',
    libelleVoie: 'de la République',
    codePostal: '33000',
    ville: 'Bordeaux',
    telephone: '01 99 00 12 34',
    courriel: `accueil.${siret}@guichet.test`,
    confirmerCourriel: `accueil.${siret}@guichet.test`,
    nom: 'Léger',
    prenom: 'Chloé',
    telephoneUtilisateur: '02 61 91 12 34',
    courrielUtilisateur: contact(siret),
    confirmerCourrielUtilisateur: contact(siret),
    questionSecrete: 'Quel est le titre de votre livre préféré ?',
    reponse: 'Candide',
  };
}

/** The contact person's address in `validForm`. */
export function contact(siret: string): string {
  return `chloe.${siret}@guichet.test`;
}

/** The texts of the errors on a page. */
export function errorsOf(page: LightMyRequestResponse): string[] {
  return [...page.body.matchAll(/<p class="error"[^>]*>([^<]*)</g)].map(([, text]) =>
    unescapeHtml(text ?? ''),
  );
}

/** A page as its text, tags and entities resolved, blanks run together. */
export function textOfPage(body: string): string {
  const text = body.replace(/<(script|style)[\s\S]*?<\/\1>/g, ' ').replace(/<[^>]*>/g, ' ');
  return unescapeHtml(text).replace(/\s+/g, ' ');
}

function unescapeHtml(text: string): string {
  return text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
}
