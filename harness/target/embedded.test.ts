import { expect, test } from 'vitest';
import { faults } from '../../extranet/faults/catalogue.ts';
import { findRequirement } from '../../requirements/catalogue.ts';
import { brokenBySkin, embeddedProfile, startEmbedded } from './embedded.ts';
import { openTarget } from './target.ts';

test.each(faults)('fault $name breaks requirements that exist', ({ breaks }) => {
  expect(breaks.filter((id) => !findRequirement(id))).toEqual([]);
  expect(breaks.length).toBeGreaterThan(0);
});

test('an unknown skin is refused, never ignored', async () => {
  await expect(startEmbedded({ skin: 'toString' })).rejects.toThrow(
    /^GUICHET_USAGE: Unknown skin "toString"/,
  );
});

test('the legacy skin has the doors of the plain one, and fails norms only', async () => {
  const { name, frame, locators, controls, ...rest } = embeddedProfile({ skin: 'legacy' });
  const { name: plainName, locators: _, controls: __, ...plain } = embeddedProfile();
  expect(rest).toEqual(plain);
  expect(name).not.toBe(plainName);
  expect([frame, Object.keys(locators).length, Object.keys(controls)]).toEqual([
    'contenu',
    3,
    ['Changer le code'],
  ]);
  for (const id of brokenBySkin('legacy')) expect(findRequirement(id)?.level).toBe('SHOULD');
});

test('an unknown fault is refused, never ignored', async () => {
  await expect(startEmbedded({ fault: 'no-such-fault' })).rejects.toThrow(/^GUICHET_USAGE: Unknown fault/);
});

test('two at once have ports, clocks and mails of their own', async () => {
  const [one, two] = [await startEmbedded(), await startEmbedded()];
  try {
    expect(one.profile.baseUrl).not.toBe(two.profile.baseUrl);
    const [first, second] = [
      await openTarget(one.profile, one.environment),
      await openTarget(two.profile, two.environment),
    ];
    const before = await second.now();
    await first.advanceTo(new Date(before.getTime() + 3_600_000));
    expect(await second.now()).toEqual(before);
    await first.close();
    await second.close();
  } finally {
    await one.close();
    await two.close();
  }
});

test('the doors stay shut without the token', async () => {
  const embedded = await startEmbedded();
  try {
    const target = await openTarget(embedded.profile, { GUICHET_TEST_TOKEN: 'wrong' });
    await expect(target.now()).rejects.toThrow(/^GUICHET_DOOR_REFUSED: GET .* answered 404/);
    await target.close();
    const without = await openTarget(embedded.profile, {});
    await expect(without.now()).rejects.toThrow(/GUICHET_TEST_TOKEN/);
    await without.close();
  } finally {
    await embedded.close();
  }
});
