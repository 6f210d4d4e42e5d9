import jsonld from 'jsonld';
import { expect, test } from 'vitest';
import { earl } from './earl.ts';
import { sampleResults } from './results.test-data.ts';

type Quad = { subject: { value: string }; predicate: { value: string }; object: { value: string } };

/** Reads it as any RDF tool would, offline; `safe` refuses whatever a reader would silently drop. */
async function triples(text: string): Promise<Quad[]> {
  const documentLoader = () => Promise.reject(new Error('nothing is fetched'));
  return (await jsonld.toRDF(JSON.parse(text), {
    safe: true,
    documentLoader,
  } as object)) as unknown as Quad[];
}

const ns = 'http://www.w3.org/ns/earl#';

test.each(['red', 'green'] as const)(
  'a %s campaign is JSON-LD that another parser reads whole',
  async (kind) => {
    const results = sampleResults(kind);
    const quads = await triples(earl(results));
    const typed = (type: string) =>
      quads.filter(
        ({ predicate, object }) => predicate.value.endsWith('#type') && object.value === ns + type,
      );
    const judged = results.requirements.filter(({ inScope }) => inScope);
    expect(typed('Assertion')).toHaveLength(judged.length);
    expect(typed('TestRequirement')).toHaveLength(judged.length);
    expect(typed('TestSubject')).toHaveLength(1);
    for (const each of ['assertedBy', 'subject', 'test', 'mode', 'result'])
      expect(quads.filter(({ predicate }) => predicate.value === ns + each)).toHaveLength(judged.length);
  },
);

test('the five outcomes are EARL’s own', async () => {
  const results = sampleResults();
  const quads = await triples(earl(results));
  const outcomes = Map.groupBy(
    quads.filter(({ predicate }) => predicate.value === `${ns}outcome`),
    ({ object }) => object.value.replace(ns, ''),
  );
  const expected = Map.groupBy(
    results.requirements.filter(({ inScope }) => inScope),
    ({ outcome }) => outcome,
  );
  expect([...outcomes.keys()].sort()).toEqual(['cantTell', 'failed', 'inapplicable', 'passed', 'untested']);
  for (const [outcome, of] of expected) expect(outcomes.get(outcome)).toHaveLength(of.length);
});

test('a name that is no IRI by itself is kept, and texts of the target are literals', async () => {
  const results = sampleResults();
  results.campaign.id = 'a b"<c>';
  results.target.baseUrl = 'no address';
  const quads = await triples(earl(results));
  expect(quads.some(({ subject }) => subject.value === 'urn:guichet:campaign:a%20b%22%3Cc%3E#SIRET-23')).toBe(
    true,
  );
  expect(quads.some(({ object }) => object.value.includes('<script>alert('))).toBe(true);
});
