import { expect, test } from 'vitest';
import { oneLine, visible } from './visible-text.ts';

test('what could drive a terminal or deceive a reader becomes visible', () => {
  expect(visible('a\u001b[31m\u0007\u007f\u009b')).toBe('a\\u001b[31m\\u0007\\u007f\\u009b');
  expect(visible('\u202egnp.exe\u200b\u2028\ufeff')).toBe('\\u202egnp.exe\\u200b\\u2028\\ufeff');
  expect(visible('\ud800')).toBe('\ufffd');
});

test('ordinary French text, lines and tabs stay as they are', () => {
  const text = 'Déjà « prêt » : l’œuvre\u00a0!\n\tà 5 € 🙂';
  expect(visible(text)).toBe(text);
  expect(visible('a\r\nb')).toBe('a\nb');
  expect(oneLine(' a\n\t b ')).toBe('a b');
});
