import { parse } from 'junit2json';
import { expect, test } from 'vitest';
import { junit } from './junit.ts';
import { sampleResults } from './results.test-data.ts';
import { malformed } from './well-formed.test-data.ts';

const red = junit(sampleResults());

function testCase(xml: string, id: string): string {
  return (
    new RegExp(`<testcase classname="\\w+" name="${id}[^>]*(?:/>|>.*?</testcase>)`, 's').exec(xml)?.[0] ?? ''
  );
}

test('the checker of well-formedness refuses what is broken', () => {
  for (const broken of [
    '<a>',
    '<a/><b/>',
    '<a>&</a>',
    '<a b="<"/>',
    '<a>]]></a>',
    '<a>\u0001</a>',
    '<a></b>',
    '<a x="1" x="2"/>',
  ]) {
    expect(malformed(broken), broken).toBeDefined();
  }
  expect(malformed('<a b="x=&quot;1&quot; y=2">&lt;ok&gt;</a>')).toBeUndefined();
});

test('is well-formed whatever the target wrote', () => {
  expect(malformed(red)).toBeUndefined();
  expect(malformed(junit(sampleResults('green')))).toBeUndefined();
  const results = sampleResults();
  const texts = [
    '\ud800',
    ']]>',
    '"\'\n\t\r',
    '</testcase>',
    '&amp;',
    '\ufffe',
    '\u0000\u001b\u0085',
    '<!--',
    '<![CDATA[',
  ];
  for (const requirement of results.requirements) {
    requirement.quote = texts.join(' ');
    for (const check of requirement.checks) check.observed = texts.join('');
  }
  results.target.name = texts.join('');
  results.verdict.reasons = texts;
  expect(malformed(junit(results))).toBeUndefined();
});

test('a test case per requirement in scope, one suite per step, and the verdict', () => {
  const results = sampleResults();
  const inScope = results.requirements.filter((requirement) => requirement.inScope).length;
  expect(red.match(/<testcase /g)).toHaveLength(inScope + 1);
  expect(red).toContain(`tests="${inScope + 1}" failures="4" errors="2" skipped="1"`);
  expect(red.match(/<testsuite name="[^"]*/g)?.map((suite) => suite.slice(17))).toEqual([
    'Verdict',
    'Page d’accueil',
    'Étape SIRET',
    'Formulaire',
    'Les trois mails',
    'Connexion',
    'Assistance',
  ]);
});

test('failed is a failure, cantTell and untested are errors, inapplicable is skipped, INFO is recorded', () => {
  expect(testCase(red, 'SIRET-23')).toContain('<failure message="aucun message ; la page est le formulaire');
  expect(testCase(red, 'SIRET-23')).toContain('rejouer : npx guichet check SIRET-23 --seed 42');
  expect(testCase(red, 'MAIL-02')).toContain(
    '<error message="la boîte aux lettres n’a pas répondu" type="MUST">',
  );
  expect(testCase(red, 'FORM-30')).toContain('<error message="non testée" type="MUST">');
  expect(testCase(red, 'SUPP-03')).toContain(
    '<skipped message="l’extranet jugé n’a pas de base de connaissances"/>',
  );
  expect(testCase(red, 'HOME-15')).toContain('<system-out>attendu : ');
});

test('a campaign that judged nothing is an error for who reads only JUnit', () => {
  const results = sampleResults();
  for (const requirement of results.requirements) requirement.inScope = false;
  results.verdict = {
    ...results.verdict,
    outcome: 'inconclusive',
    exitCode: 3,
    reasons: ['aucune exigence sélectionnée'],
  };
  const xml = junit(results);
  expect(xml).toContain('tests="1" failures="0" errors="1" skipped="0"');
  expect(xml).toContain('<error message="aucune exigence sélectionnée" type="verdict">');
});

test('another reader finds the same tests, counts, messages and properties', async () => {
  const results = sampleResults();
  const waived = results.requirements.find(({ id }) => id === 'SIRET-23');
  if (waived)
    waived.waiver = {
      reason: 'en cours',
      owner: 'equipe@asp.example',
      expires: '2026-12-20',
      standing: 'valid',
    };
  const read = await parse(junit(results));
  if (!read || !('testsuite' in read) || !read.testsuite) throw new Error('no <testsuites>');
  const cases = read.testsuite.flatMap(({ testcase = [] }) => testcase);
  expect(cases).toHaveLength(read.tests ?? 0);
  expect(cases.filter(({ failure }) => failure)).toHaveLength(read.failures ?? 0);
  expect(cases.filter(({ error }) => error)).toHaveLength(read.errors ?? 0);
  const siret = cases.find(({ name = '' }) => name.startsWith('SIRET-23'));
  expect(siret?.skipped?.[0]?.message).toMatch(/dispense jusqu’au 2026-12-20 .*equipe@asp.example/);
  const form = cases.find(({ name = '' }) => name.startsWith('FORM-12'));
  expect(form?.failure?.[0]?.message).toContain("<script>alert('1')</script>");
  expect(read.testsuite[0]?.properties).toContainEqual({ name: 'retries', value: 0 });
});
