import { expect, test } from 'vitest';
import { contact, sirets, startTrial, textOfPage, token } from './trial.ts';

const [siret, other] = sirets;
const headers = { 'x-test-token': token };
const again = { courrielUtilisateur: contact(siret), confirmerCourrielUtilisateur: contact(siret) };
const kinds = (mails: readonly { subject: string }[]) =>
  mails.map(({ subject }) => /identifiant|mot de passe|Habilitation|refusée/.exec(subject)?.[0]);
const three = ['identifiant', 'mot de passe', 'Habilitation'];

async function started() {
  const trial = await startTrial();
  return {
    ...trial,
    door: async (name: string, payload: object) =>
      (await trial.app.inject({ method: 'POST', url: `/_test/${name}`, headers, payload })).statusCode,
    request: async (one: string, changes: Record<string, string> = {}) => {
      const person = trial.visitor();
      const page = await person.openForm(one);
      if (page.statusCode === 200) await person.send(one, changes);
      return page.statusCode;
    },
  };
}

test('the automatic validation refuses with one mail that says why; then the SIRET may be asked again', async () => {
  const trial = await started();
  expect(await trial.door('refus', { siret, motif: 'L’établissement est fermé.' })).toBe(201);
  await trial.request(siret);
  expect(await trial.request(siret)).toBe(303);
  await trial.advance(24);
  const [mail, ...others] = trial.mails;
  expect(others).toEqual([]);
  expect(mail?.to).toEqual([contact(siret)]);
  expect(mail?.text).toContain('Motif du refus : L’établissement est fermé.');
  expect(mail?.text).toContain('nouvelle demande');
  expect(mail?.text).not.toMatch(/habilitation|(identifiant|mot de passe)[^\n]* :/i);
  expect(await trial.request(siret)).toBe(200);
  await trial.advance(72);
  expect(kinds(trial.mails)).toEqual(['refusée', ...three]);
  await trial.close();
});

test('an agent refuses too: the account made for the demande goes, and a new demande makes another', async () => {
  const trial = await started();
  await trial.request(siret);
  await trial.advance(2.05);
  expect(kinds(trial.mails)).toEqual(three.slice(0, 2));
  await trial.door('refus', { siret, motif: 'Justificatif manquant.' });
  await trial.advance(24);
  expect(kinds(trial.mails)).toEqual([...three.slice(0, 2), 'refusée']);
  const texts = trial.mails.map(({ text }) => text).join('\n');
  const form = {
    identifiant: /^Identifiant : (\S+)/m.exec(texts)?.[1] ?? '',
    motDePasse: /^Mot de passe : (\S+)/m.exec(texts)?.[1] ?? '',
  };
  const answer = await trial.visitor().post('/aparts/connexion', form);
  expect(textOfPage(answer.body)).toContain('est incorrect');
  await trial.request(siret);
  await trial.advance(72);
  expect(kinds(trial.mails.slice(3))).toEqual(three);
  await trial.close();
});

test('an account that another demande uses stays when one is refused', async () => {
  const trial = await started();
  await trial.request(siret);
  await trial.request(other, again);
  await trial.advance(2.05);
  await trial.door('refus', { siret, motif: 'Non.' });
  await trial.advance(48);
  expect(kinds(trial.mails).sort()).toEqual([...three, 'refusée'].sort());
  const texts = trial.mails.map(({ text }) => text).join('\n');
  const person = trial.visitor();
  await person.post('/aparts/connexion', {
    identifiant: /^Identifiant : (\S+)/m.exec(texts)?.[1] ?? '',
    motDePasse: /^Mot de passe : (\S+)/m.exec(texts)?.[1] ?? '',
  });
  const space = (await person.get('/aparts/espace')).body;
  expect(space).toContain(other);
  expect(space).not.toContain(siret);
  await trial.close();
});

test('notifications go to the contact person only, once the establishment is habilitated', async () => {
  const trial = await started();
  await trial.request(siret);
  expect(await trial.door('notification', { siret, kind: 'instruction' })).toBe(404);
  await trial.advance(48);
  expect(await trial.door('notification', { siret, kind: 'autre' })).toBe(400);
  for (const kind of ['instruction', 'invalidation', 'decision'])
    expect(await trial.door('notification', { siret, kind })).toBe(201);
  await trial.advance(48);
  const mails = trial.mails.slice(3);
  expect(mails.map(({ to }) => to)).toEqual(Array(3).fill([contact(siret)]));
  expect(mails.map(({ subject }) => /instruction|invalidée|décision de l’UD/.exec(subject)?.[0])).toEqual([
    'instruction',
    'invalidée',
    'décision de l’UD',
  ]);
  for (const { text } of mails) expect(text).toContain(siret);
  expect(await trial.door('refus', { siret })).toBe(400);
  await trial.close();
});
