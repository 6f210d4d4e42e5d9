import { expect, test } from 'vitest';
import { procedure } from '../behaviour.ts';
import { page } from './probe.ts';
import { fault } from './rule-change.ts';

const probe = page('/aparts/');

test('a change replaces the rules that it names, however deep, and no other', () => {
  const opening = { days: [1] };
  const { apply } = fault('late', ['MAIL-03'], probe, { backOffice: { opening }, login: { user: 'Nom' } });
  const broken = apply(procedure);
  expect(broken.backOffice.opening).toEqual({ ...procedure.backOffice.opening, days: [1] });
  expect(broken.login).toEqual({ ...procedure.login, user: 'Nom' });
  expect({ ...broken, backOffice: procedure.backOffice, login: procedure.login }).toEqual(procedure);
  expect(procedure.backOffice.opening.days).toHaveLength(7);
});

test('a change may be drawn from the behaviour that it changes, anew each time', () => {
  let made = 0;
  const { apply } = fault('swapped', ['SUPP-07'], probe, ({ support: { means } }) => {
    made++;
    return { support: { means: { dom: { number: means.metropole.number } } } };
  });
  expect(apply(procedure).support.means.dom.number).toBe(procedure.support.means.metropole.number);
  expect(apply(apply(procedure)).support.means.dom.price).toBe(procedure.support.means.dom.price);
  expect(made).toBe(3);
});
