import { expect, test } from 'vitest';
import { procedure } from './behaviour.ts';
import { articlesOf, search } from './knowledge.ts';
import { startTrial, textOfPage } from './trial.ts';

const articles = articlesOf(procedure);
const idsOf = (query: string) => search(articles, query).map(({ id }) => id);

test('each article has an id of its own that a link can name', () => {
  expect(new Set(articles.map(({ id }) => id)).size).toBe(articles.length);
  for (const { id } of articles) expect(id).toMatch(/^[a-z0-9-]+$/);
});

test.each([
  ['spam', 'mails-non-recus'],
  ['SPAMS', 'mails-non-recus'],
  ['PERSONNE contacter', 'personne-a-contacter'],
  ['déclarants', 'tiers-declarant'],
  ['declarant', 'tiers-declarant'],
  ['captcha', 'code-de-securite'],
  ['28 caractères', 'adresse-trop-longue'],
  ['complément d’adresse', 'adresse-trop-longue'],
  ['0821', 'assistance'],
  ['sylaé', 'acces-existant'],
])('« %s » finds %s', (query, id) => {
  expect(idsOf(query)).toContain(id);
});

test('all words count, and some find nothing', () => {
  expect(idsOf('spam captcha')).toEqual([]);
  expect(idsOf('licorne')).toEqual([]);
  expect(idsOf('  ?! ')).toHaveLength(articles.length);
});

test('the page searches, escapes what was typed, and helps where nothing is found', async () => {
  const { app, close } = await startTrial();
  const page = async (query: string) => (await app.inject(`/aparts/aide${query}`)).body;
  const all = await page('');
  for (const { id } of articles) expect(all).toContain(`<section class="card" id="${id}">`);
  const found = await page('?q=SPAM');
  expect(textOfPage(found)).toMatch(/1 article pour «&nbsp;SPAM&nbsp;»\./);
  expect(found).not.toContain('id="tiers-declarant"');
  const none = await page('?q=%3Cb%3Elicorne');
  expect(textOfPage(none)).toMatch(/Aucun article ne répond à «&nbsp;<b>licorne&nbsp;»\./);
  expect(none).not.toContain('<b>licorne');
  expect(none).toContain('id="tiers-declarant"');
  for (const query of ['?q=a&q=b', '?q[]=a', `?q=${'x'.repeat(5000)}`, '?q=%00%ED%A0%80'])
    expect((await app.inject(`/aparts/aide${query}`)).statusCode).toBeLessThan(500);
  await close();
});
