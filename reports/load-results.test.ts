import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadPage } from './load-page.ts';
import { sampleLoad as results } from './load-results.test-data.ts';
import { loadResults } from './load-results.ts';
import { loadResultsSchema, schemaFile } from './load-results-schema.ts';

test('the committed JSON Schema is the one of the zod schema (else: node reports/load-results-schema.ts)', () => {
  expect(readFileSync(schemaFile, 'utf8')).toBe(loadResultsSchema());
});

test('results are what the schema says, and nothing besides', () => {
  expect(loadResults.parse(results)).toEqual(results);
  expect(loadResults.safeParse({ ...results, more: 1 }).success).toBe(false);
});

test('the page counts every visit and mail, lists the faults, and says what stopped it', () => {
  expect(loadPage(results)).toBe(
    [
      'Visites   : 13 prévues, 9 menées à bien, 1 refusée, 0 abandonnée par le générateur, 2 en erreur, 1 inconnue',
      'Mails     : 27 attendus, 26 reçus, 2 perdus, 1 en double, 0 inattendu, 1 croisé',
      '  × r01-p1 : mail « identifiant » perdu',
      '  × r01-b3 : mail « mot de passe » perdu',
      '  × r01-p2 : mail « habilitation » reçu 2 fois',
      '  × passage 1 : mail croisé, to r01-p4, with credentials of r01-p5',
      'Charge    : compression 20 (demande et agents divisés), 17 agents, couplage off',
      'Générateur : 40 visites/s au plus, 345,5 étalonnées',
      'ENVOYER   : p95 27 ms, p99 48 ms au passage le plus lent, dont 6 % et 9 % dus au générateur',
      '? Campagne interrompue : GUICHET_LOAD_STOPPED: k6 ended with SIGKILL.',
      '× 4 mails fautifs : perdu, en double, inattendu ou croisé.',
    ].join('\n'),
  );
});

test('many faults are listed in part', () => {
  const lost = Array.from({ length: 15 }, (_, at) => ({ submission: `r01-b${at}`, kind: 'habilitation' }));
  expect(loadPage({ ...results, lost })).toContain('… et 7 autres, dans load.json');
});
