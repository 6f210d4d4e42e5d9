import { expect, test } from 'vitest';
import { procedure } from './behaviour.ts';
import { manualClock } from './clock.ts';
import { contact, opening, sirets, startTrial } from './trial.ts';

const [siret] = sirets;
const hour = 3_600_000;

test('three mails come, in order, each once, to the contact person and nobody else', async () => {
  const trial = await startTrial();
  const person = trial.visitor();
  await person.openForm(siret);
  await trial.advance(1);
  await person.openForm(siret);
  await person.send(siret, { nom: '' });
  expect(trial.mails).toEqual([]);
  await person.send(siret);
  expect(trial.mails).toEqual([]);
  expect((await trial.advance(49)).statusCode).toBe(200);
  expect(trial.mails.map(({ subject }) => subject)).toEqual([
    'Activité partielle : votre identifiant de connexion',
    'Activité partielle : votre mot de passe de connexion',
    "Habilitation à l'activité partielle",
  ]);
  expect(trial.mails.map(({ to }) => to)).toEqual(Array(3).fill([contact(siret)]));
  expect(trial.mails.map(({ date }) => (date.getTime() - opening.getTime()) / hour)).toEqual([2.75, 3, 3.2]);
  await trial.advance(1000);
  expect(trial.mails).toHaveLength(3);
  await trial.close();
});

test('identifier and password travel apart, in plain text and in HTML where what was typed is inert', async () => {
  const trial = await startTrial();
  const person = trial.visitor();
  await person.openForm(siret);
  await person.send(siret, { prenom: '<b>Zoé</b>', nom: 'Œuvrard\r\nBcc: x@guichet.test' });
  await trial.advance(48);
  const [first, second, third] = trial.mails;
  expect(first?.text).toMatch(/^Identifiant : AP[A-Z2-9]{8}$/m);
  expect(first?.text).not.toMatch(/mot de passe[^\n]* : /i);
  expect(second?.text).toMatch(/^Mot de passe : [A-Za-z2-9]{14}$/m);
  expect(second?.text).not.toMatch(/identifiant[^\n]* : /i);
  expect(third?.text).not.toMatch(/(identifiant|mot de passe)[^\n]* : /i);
  for (const mail of trial.mails) {
    expect(mail.from).toBe('"ASP Activité Partielle" <notifications-ap@asp-public.fr>');
    expect(mail.messageId).toMatch(/^<[0-9a-f-]{36}@asp-public\.fr>$/);
    expect(mail.raw).toMatch(/content-type: text\/plain; charset=utf-8/i);
    expect(mail.raw).not.toMatch(/^bcc:/im);
    expect(mail.text).toContain('Bonjour <b>Zoé</b> Œuvrard Bcc: x@guichet.test,');
    expect(mail.html).toContain('&#60;b&#62;Zoé&#60;/b&#62;');
  }
  expect(new Set(trial.mails.map(({ messageId }) => messageId)).size).toBe(3);
  await trial.close();
});

test.each([0, 1, 2, 3, 4, 5, 6])('day %d of the week: 48 hours hold at any hour', async (day) => {
  for (const time of [0, 7, 16, 17.9, 23]) {
    const sent = new Date(Date.parse('2026-03-01T00:00:00+01:00') + (day * 24 + time) * hour);
    const clock = manualClock(sent);
    const trial = await startTrial({ clock });
    const person = trial.visitor();
    await person.openForm(siret);
    await person.send(siret);
    await clock.advance?.(new Date(sent.getTime() + 100 * hour));
    const delays = trial.mails.map(({ date }) => (date.getTime() - sent.getTime()) / hour);
    expect(delays).toHaveLength(3);
    expect(Math.max(...delays)).toBeLessThan(20);
    await trial.close();
  }
});

test('an agent does one demande after the other; the others wait', async () => {
  const { backOffice } = procedure;
  const behaviour = { ...procedure, backOffice: { ...backOffice, agents: 1, minutesPerDemande: 60 } };
  const trial = await startTrial({ behaviour });
  for (const one of sirets) {
    const person = trial.visitor();
    await person.openForm(one);
    await person.send(one);
  }
  await trial.advance(48);
  const habilitations = trial.mails.filter(({ subject }) => subject.startsWith('Habilitation'));
  expect(habilitations.map(({ to }) => to[0])).toEqual(sirets.map(contact));
  expect(habilitations.map(({ date }) => (date.getTime() - opening.getTime()) / hour)).toEqual([3, 4, 5, 6]);
  await trial.close();
});

test('who asks for a second establishment keeps the account and its password', async () => {
  const trial = await startTrial();
  const again = { courrielUtilisateur: contact(siret), confirmerCourrielUtilisateur: contact(siret) };
  for (const [index, one] of sirets.slice(0, 2).entries()) {
    const person = trial.visitor();
    await person.openForm(one);
    await person.send(one, again);
    await trial.advance((index + 1) * 48);
  }
  expect(trial.mails.map(({ subject }) => subject.slice(0, 12))).toEqual([
    'Activité par',
    'Activité par',
    'Habilitation',
    'Habilitation',
  ]);
  const person = trial.visitor();
  const texts = trial.mails.map(({ text }) => text).join();
  await person.post('/aparts/connexion', {
    identifiant: /Identifiant : (\S+)/.exec(texts)?.[1] ?? '',
    motDePasse: /Mot de passe : (\S+)/.exec(texts)?.[1] ?? '',
  });
  const space = await person.get('/aparts/espace');
  for (const one of sirets.slice(0, 2)) expect(space.body).toContain(one);
  await trial.close();
});
