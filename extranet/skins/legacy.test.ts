import { afterAll, describe, expect, test } from 'vitest';
import { procedure } from '../behaviour.ts';
import { faults } from '../faults/catalogue.ts';
import { contact, sirets, startTrial, validForm } from '../trial.ts';
import { asBrowsersRead, asBrowsersSend } from './browser.test-data.ts';
import { legacy } from './legacy.ts';
import { wireName } from './wire-names.ts';

const trial = await startTrial({ skin: legacy });
afterAll(() => trial.close());

type Answer = Awaited<ReturnType<ReturnType<typeof trial.visitor>['get']>>;

const read = ({ rawPayload }: Answer) => asBrowsersRead(rawPayload);

function wired(form: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(form).map(([name, value]) => [wireName(name), value]));
}

/** The POST names of a page. */
function namesOf(page: string): string[] {
  return [...page.matchAll(/<(?:input|select)\b[^>]* name="([^"]*)"/g)].map(([, name = '']) => name);
}

async function openForm(person: ReturnType<typeof trial.visitor>, siret: string): Promise<string> {
  await person.get('/aparts/creation');
  await person.post('/aparts/creation', wired({ siret, code: await person.code(), cgu: 'oui' }));
  return read(await person.get('/aparts/creation/compte'));
}

test('the window has a frame that shows the home page, and the way back stays in it', async () => {
  const person = trial.visitor();
  const root = await person.get('/');
  expect(root.headers.location).toBe('/aparts/');
  const window = await person.get('/aparts/');
  expect(window.body).toContain('<frame src="/aparts/accueil" name="contenu">');
  expect(window.headers['content-security-policy']).toContain("frame-ancestors 'self'");
  const home = read(await person.get('/aparts/accueil'));
  expect(home).toContain('MA PREMIÈRE CONNEXION');
  expect(home).not.toMatch(/(?:href|action)="\/aparts\/"/);
  expect((await person.get('/aparts/espace')).headers.location).toBe('/aparts/accueil');
});

const paths = [
  ...['/aparts/accueil', '/aparts/creation', '/aparts/support', '/aparts/aide', '/aparts/cgu'],
  ...['/aparts/mentions-legales', '/aparts/contrat-de-prestation', '/aparts/simulation', '/sylae/', '/apea/'],
  ...['/aparts/identifiant-oublie', '/aparts/mot-de-passe-oublie', '/nulle-part'],
];
test.each(paths)('%s is a page of 2009', async (path) => {
  const answer = await trial.visitor().get(path);
  expect(answer.headers['content-type']).toBe('text/html; charset=iso-8859-1');
  const page = read(answer);
  expect(page).toMatch(/^<!DOCTYPE HTML PUBLIC "-\/\/W3C\/\/DTD HTML 4\.01/);
  expect(page).not.toMatch(/<(?:label|button|section|main|header|footer|svg|fieldset)\b/);
  expect(page).not.toMatch(/ (?:aria-\w+|role|lang|autocomplete|for|inputmode)=/);
  for (const name of namesOf(page)) expect(name).toMatch(/^z\d\d$/);
});

test('the form: every field has a meaningless name and its label in another cell', async () => {
  const page = await openForm(trial.visitor(), sirets[0]);
  const names = namesOf(page);
  expect(names.length).toBeGreaterThan(20);
  for (const name of names) expect(name).toMatch(/^z\d\d$/);
  expect(page).toMatch(/<td class="libelle" width="20%">Nom\u00a0\*\u00a0:<\/td><td[^>]*><input name="z16"/);
  expect(page).toMatch(/<input type="image" alt="ENVOYER"/);
});

test('a demande goes through, accents and all, and its mails leave', async () => {
  const siret = sirets[1];
  const person = trial.visitor();
  const page = await openForm(person, siret);
  const jeton = new RegExp(`name="${wireName('jeton')}"[^>]* value="([^"]*)"`).exec(page)?.[1] ?? '';
  const typed = { ...validForm(siret), jeton, denomination: 'Œuvre Ł' };
  const form = Object.entries(wired(typed)).map(([name, value]) => `${name}=${asBrowsersSend(value)}`);
  const sent = await trial.app.inject({
    method: 'POST',
    url: '/aparts/creation/compte',
    headers: { cookie: person.cookie(), 'content-type': 'application/x-www-form-urlencoded' },
    // The button was pressed at a point.
    payload: [...form, 'x=10', 'y=5'].join('&'),
  });
  expect(sent.headers.location).toBe('/aparts/creation/confirmation');
  await trial.advance(48);
  const mails = trial.mails.filter(({ to }) => to.includes(contact(siret)));
  expect(mails).toHaveLength(3);
  expect(mails.map(({ text }) => text).join()).toContain('Chloé');
  expect(mails.map(({ text }) => text).join()).toContain('Œuvre Ł');
});

test('errors stand in the banner at the top and nowhere else', async () => {
  const person = trial.visitor();
  await person.get('/aparts/creation');
  const page = read(await person.post('/aparts/creation', wired({ siret: '12', code: '', cgu: 'oui' })));
  const banner = /<td class="erreur"[^>]*>([\s\S]*?)<\/td>/.exec(page)?.[1] ?? '';
  expect(banner).toContain('N° de Siret\u00a0: indiquez un SIRET de 14 chiffres');
  expect(banner).toContain('Recopier le code ci-contre\u00a0: ce champ est obligatoire.');
  expect(page.split('ce champ est obligatoire.')).toHaveLength(2);
  expect(page.indexOf('class="erreur"')).toBeLessThan(page.indexOf('class="titre"'));
});

test('what was typed comes back inert, in the charset of the page', async () => {
  const person = trial.visitor();
  await person.get('/aparts/creation');
  const typed = '"><b class="injection">é ł';
  const page = await trial.app.inject({
    method: 'POST',
    url: '/aparts/creation',
    headers: { cookie: person.cookie(), 'content-type': 'application/x-www-form-urlencoded' },
    payload: `${wireName('siret')}=${asBrowsersSend(typed)}`,
  });
  expect(page.body).not.toContain('<b class="injection">');
  expect(read(page)).toContain('&quot;&gt;&lt;b class=&quot;injection&quot;&gt;é ł');
});

describe('faults carry over', () => {
  test.each(['cgu-not-enforced', 'tooltip-never-shown', 'optional-field-marked'])('%s', async (name) => {
    const fault = faults.find((one) => one.name === name);
    const broken = await startTrial({ skin: legacy, behaviour: fault?.apply(procedure) ?? procedure });
    try {
      const person = broken.visitor();
      const step = read(await person.get('/aparts/creation'));
      expect(/title="Information/.test(step)).toBe(name !== 'tooltip-never-shown');
      const answer = await person.post(
        '/aparts/creation',
        wired({
          siret: sirets[0],
          code: await person.code(),
          ...(name === 'cgu-not-enforced' ? {} : { cgu: 'oui' }),
        }),
      );
      expect(answer.headers.location).toBe('/aparts/creation/compte');
      const form = read(await person.get('/aparts/creation/compte'));
      expect(form.includes('Fax\u00a0*')).toBe(name === 'optional-field-marked');
    } finally {
      await broken.close();
    }
  });
});
