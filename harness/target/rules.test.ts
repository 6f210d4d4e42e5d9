import { expect, test } from 'vitest';
import { changedRules, touches, watched } from './rules.ts';

const accept = () => true;
const rules = { form: { title: 'T', fields: { nom: { marked: true } } }, days: [0, 1], accept };

test('each rule is told when it is read, by its path, and no other', () => {
  const read: string[] = [];
  const seen = watched(rules, (path) => read.push(path));
  expect(seen.form.fields.nom.marked).toBe(true);
  expect(seen.days).toBe(rules.days);
  expect(seen.accept()).toBe(true);
  expect(read).toEqual(['form.fields.nom.marked', 'days', 'accept']);
});

test('reading a group of rules is reading none; copying it reads all of it', () => {
  const read: string[] = [];
  const seen = watched(rules, (path) => read.push(path));
  const { form } = seen;
  expect(form).toBe(seen.form);
  expect(read).toEqual([]);
  expect({ ...form.fields.nom }).toEqual({ marked: true });
  expect(read).toEqual(['form.fields.nom.marked']);
});

test('changed rules are named, whatever their kind', () => {
  expect(changedRules(rules, rules)).toEqual([]);
  expect(changedRules(rules, { ...rules, days: [0, 1] })).toEqual([]);
  const other = { form: { title: 'U', fields: { nom: {} } }, days: [0], accept: () => true, added: 1 };
  expect(changedRules(rules, other)).toEqual([
    'form.title',
    'form.fields.nom.marked',
    'days',
    'accept',
    'added',
  ]);
});

test('a rule touches what was read of it, within it, or around it', () => {
  expect(touches(['form.title'], ['form.fields.nom.marked', 'form.title'])).toBe(true);
  expect(touches(['form.tooltip'], ['form.tooltip.text'])).toBe(true);
  expect(touches(['form.tooltip.text'], ['form.tooltip'])).toBe(true);
  expect(touches(['form.title'], ['form.titles', 'days'])).toBe(false);
});
