import { validate } from 'ctrf';
import { expect, test } from 'vitest';
import { ctrf } from './ctrf.ts';
import { sampleResults } from './results.test-data.ts';

const report = (results = sampleResults()) => JSON.parse(ctrf(results));

test.each(['red', 'green'] as const)('a %s campaign holds to the schema of the package ctrf', (kind) => {
  expect(validate(report(sampleResults(kind)))).toMatchObject({ valid: true });
});

test('the validator refuses what is wrong', () => {
  expect(validate({ ...report(), reportFormat: 'JUnit' }).valid).toBe(false);
});

test('a test per requirement in scope and the verdict; what nobody knows is neither passed nor skipped', () => {
  const results = sampleResults();
  const { summary, tests } = report(results).results;
  expect(summary).toMatchObject({ failed: 4, other: 2, skipped: 1, duration: 67_360 });
  expect(summary.tests).toBe(results.requirements.filter(({ inScope }) => inScope).length + 1);
  expect(tests.length).toBe(summary.passed + summary.failed + summary.other + summary.skipped);
  const of = (id: string) => tests.find(({ testId }: { testId: string }) => testId === id);
  expect(of('SIRET-23')).toMatchObject({
    status: 'failed',
    attachments: [{ path: 'evidence/cgu.png', contentType: 'image/jpeg' }],
    extra: { replay: 'npx guichet check SIRET-23 --seed 42' },
  });
  expect(of('MAIL-02')).toMatchObject({ status: 'other', rawStatus: 'cantTell' });
  expect(of('FORM-30')).toMatchObject({ status: 'other', rawStatus: 'untested' });
});

test('a waived failure is skipped and says so; an expired waiver fails at the release gate', () => {
  const results = sampleResults();
  const waived = results.requirements.find(({ id }) => id === 'SIRET-23');
  if (!waived) throw new Error('no SIRET-23');
  waived.waiver = {
    reason: 'corrigé en mars',
    owner: 'equipe@asp.example',
    expires: '2026-11-20',
    standing: 'expired',
  };
  const statusOf = () =>
    report(results).results.tests.find(({ testId }: { testId: string }) => testId === 'SIRET-23');
  expect(statusOf()).toMatchObject({ status: 'skipped', rawStatus: 'failed (waived)' });
  expect(statusOf().message).toContain('equipe@asp.example');
  results.campaign.gate = 'release';
  expect(statusOf().status).toBe('failed');
});
