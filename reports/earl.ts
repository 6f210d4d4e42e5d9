import type { RequirementResult, Results } from './results.ts';
import { findings, wordsOf } from './summary.ts';
import { visible } from './visible-text.ts';
import { sayWaiver } from './waiver.ts';

// Written out, so that no reader has to fetch it.
const context = {
  earl: 'http://www.w3.org/ns/earl#',
  dct: 'http://purl.org/dc/terms/',
  doap: 'http://usefulinc.com/ns/doap#',
  foaf: 'http://xmlns.com/foaf/0.1/',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
  assertedBy: { '@id': 'earl:assertedBy', '@type': '@id' },
  subject: { '@id': 'earl:subject', '@type': '@id' },
  test: { '@id': 'earl:test', '@type': '@id' },
  mode: { '@id': 'earl:mode', '@type': '@id' },
  outcome: { '@id': 'earl:outcome', '@type': '@id' },
  result: 'earl:result',
  info: { '@id': 'earl:info', '@language': 'fr' },
  title: { '@id': 'dct:title', '@language': 'fr' },
  description: { '@id': 'dct:description', '@language': 'en' },
  identifier: 'dct:identifier',
  source: 'dct:source',
  date: { '@id': 'dct:date', '@type': 'xsd:dateTime' },
  revision: 'doap:revision',
  homepage: { '@id': 'foaf:homepage', '@type': '@id' },
};

const assertor = 'urn:guichet:assertor';
const requirementId = (id: string) => `urn:guichet:requirement:${encodeURIComponent(id)}`;

function infoOf(requirement: RequirementResult, results: Results): string {
  const said = findings(requirement)
    .filter(({ outcome }) => outcome === requirement.outcome)
    .map(({ expected, observed }) => `attendu : ${expected}\nobservé : ${observed}`);
  const waiver = requirement.waiver
    ? [`dispense : ${sayWaiver(requirement, results.campaign.startedAt.slice(0, 10))}`]
    : [];
  const reason = requirement.reason ? [requirement.reason] : [];
  return visible([...reason, ...said, ...waiver].join('\n\n'));
}

/** W3C's EARL 1.0 as JSON-LD: an assertion for each requirement in scope, in EARL's own five outcomes. */
export function earl(results: Results): string {
  const { campaign, target, catalogue } = results;
  const run = `urn:guichet:campaign:${encodeURIComponent(campaign.id)}`;
  const subject = `${run}#target`;
  const judged = results.requirements.filter(({ inScope }) => inScope);
  const graph = [
    {
      '@id': assertor,
      '@type': ['earl:Assertor', 'earl:Software'],
      title: 'Guichet',
      revision: results.guichet,
    },
    {
      '@id': subject,
      '@type': 'earl:TestSubject',
      title: visible(target.name),
      ...(URL.canParse(target.baseUrl) ? { homepage: new URL(target.baseUrl).href } : {}),
    },
    ...judged.map((each) => ({
      '@id': requirementId(each.id),
      '@type': 'earl:TestRequirement',
      identifier: each.id,
      title: wordsOf(each),
      description: visible(each.check),
      source: `catalogue ${catalogue.revision}, ${each.level}`,
    })),
    ...judged.map((each) => {
      const info = infoOf(each, results);
      return {
        '@id': `${run}#${encodeURIComponent(each.id)}`,
        '@type': 'earl:Assertion',
        assertedBy: assertor,
        subject,
        test: requirementId(each.id),
        mode: 'earl:automatic',
        result: {
          '@type': 'earl:TestResult',
          outcome: `earl:${each.outcome}`,
          date: campaign.finishedAt,
          ...(info === '' ? {} : { info }),
        },
      };
    }),
  ];
  return `${JSON.stringify({ '@context': context, '@graph': graph }, null, 2)}\n`;
}
