import { expect, test } from 'vitest';
import { htmlReport } from './html.ts';
import { png, sampleResults } from './results.test-data.ts';

const red = htmlReport(sampleResults(), () => png);
const body = red.slice(red.indexOf('<body>'));

test('nothing is fetched and nothing can run', () => {
  expect(red).toContain("content=\"default-src 'none';");
  expect(red).not.toMatch(/<script|<iframe|<object|<link|javascript:|\son\w+=[^ ]*"/i);
  expect(red.match(/(?:src|href)="[^#"][^"]{0,14}/g)).toEqual(['src="data:image/png;']);
  expect(red).not.toMatch(/url\(|@import/);
});

test('texts of the target stay text, visible ones', () => {
  expect(body).toContain('&#60;script&#62;alert(&#39;1&#39;)&#60;/script&#62;');
  expect(body).toContain('\\u001b[2J\\u0000\\u202eofni');
  expect(body).not.toMatch(/<img src=x/);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the very thing that must not be there
  expect(red).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
});

test('a hostile text is inert wherever the schema admits a text', () => {
  const marker = '"><i data-broken>';
  const poison = <T>(value: T): T =>
    JSON.parse(JSON.stringify(value), (key, each) =>
      typeof each === 'string' &&
      ![
        'outcome',
        'status',
        'kind',
        'surface',
        'level',
        'before',
        'after',
        'startedAt',
        'finishedAt',
      ].includes(key)
        ? each + marker
        : each,
    );
  const page = htmlReport(poison(sampleResults()), () => png);
  expect(page).not.toContain('<i data-broken>');
  expect(page).toContain('&#34;&#62;&#60;i data-broken&#62;');
});

test('the decision comes first, then what failed, then the procedure, then the evidence', () => {
  expect(red).toMatch(/<html lang="fr">/);
  expect(red.match(/<h1>.*?<\/h1>/g)).toEqual(['<h1>Non conforme</h1>']);
  expect(body).toContain('97\u00a0exigences jugées sur 192\u00a0du catalogue');
  const headings = [...body.matchAll(/<h2[^>]*>([^<]*)/g)].map(([, text]) => text?.trim());
  expect(headings).toEqual([
    'À examiner',
    'Vue d’ensemble',
    'La procédure, étape par étape',
    'Preuves',
    'Scénarios',
    'Campagne',
  ]);
  expect(htmlReport(sampleResults('green'), () => png)).not.toContain('À examiner');
});

test('all requirements are listed once, and every link inside the page leads somewhere', () => {
  const ids = [...red.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { id } of sampleResults().requirements) expect(ids).toContain(id);
  for (const [, target] of red.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target);
  expect(body).toContain('1 exigence du périmètre n’a pas été testée');
});

test('a screenshot stands in the page once, however often it is cited', () => {
  expect(red.split(png.toString('base64'))).toHaveLength(2);
  expect(body.match(/href="#preuve-1"/g)).toHaveLength(2);
});

test('evidence that cannot be read, or is no picture, is said to be so', () => {
  const absent = htmlReport(sampleResults(), () => {
    throw new Error('ENOENT');
  });
  expect(absent).toContain('Capture illisible ou absente');
  const svg = htmlReport(sampleResults(), () => Buffer.from('<svg onload="alert(1)"/>'));
  expect(svg).toContain('Capture illisible ou absente');
  expect(svg).not.toContain('data:image');
});

test('a check may cite a scenario or evidence that is not there', () => {
  const results = sampleResults();
  results.scenarios = [];
  results.evidence = [];
  expect(htmlReport(results, () => png)).toContain('preuve manquante (shot-cgu)');
});

test('what changed since the last campaign stands with the decision, each requirement a link', () => {
  const header = body.slice(0, body.indexOf('</header>'));
  expect(header).toContain('Changements depuis la campagne du 22\u00a0novembre 2026');
  expect(header).toContain('<b>1 devenue rouge</b> : <a class="id" href="#SIRET-23">');
  const same = sampleResults('green');
  same.since = {
    campaign: 'x',
    startedAt: '2026-11-22T09:00:00.000Z',
    red: [],
    green: [],
    untested: [],
    slower: [],
  };
  expect(htmlReport(same, () => png)).toContain('Aucun changement depuis la campagne');
  expect(htmlReport(sampleResults('green'), () => png)).not.toContain('depuis la campagne');
});

test('a failure links to what was recorded of its scenario', () => {
  const results = sampleResults();
  const title = 'Sans cocher les conditions générales, pas de compte';
  results.evidence.push({ id: 'har', kind: 'har', title, path: 'evidence/x.har' });
  const page = htmlReport(results, () => png);
  const article = page.slice(page.indexOf('id="SIRET-23"'), page.indexOf('id="FORM-12"'));
  expect(article).toContain(`<a href="#preuve-3">Échanges HTTP : ${title}</a>`);
});

test('the exchanges of a HAR are read in the page', () => {
  const results = sampleResults();
  results.evidence = [{ id: 'har', kind: 'har', title: 'Refus', path: 'evidence/x.har' }];
  const request = { method: 'POST', url: 'http://x/<b>', postData: { text: 'siret=%3Ci%3E&voie=du+Lac' } };
  const log = { entries: [{ request, response: { status: 303, redirectURL: '/compte' } }] };
  const page = htmlReport(results, () => Buffer.from(JSON.stringify({ log })));
  expect(page).toContain('1 échange HTTP');
  expect(page).toContain('POST http://x/&#60;b&#62;');
  expect(page).toContain('<pre>siret &#61; &#60;i&#62;\nvoie &#61; du Lac</pre>');
  expect(page).toContain('<td class="number">303</td><td>vers /compte</td>');
  expect(htmlReport(results, () => png)).toContain('Échanges illisibles ou absents');
});
