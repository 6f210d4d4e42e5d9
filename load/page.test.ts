import { expect, it } from 'vitest';
import { hasField, hiddenValues, tellsMaintenance } from './page.ts';

const page = `
<form action="/aparts/creation/code"><input type="hidden" name="jeton" value="wrong"><button>↻</button></form>
<FORM method=post data-name="vide">
  <input name=siret type="text"><input type='HIDDEN' value='a&amp;b &#233;&#xe9;&quot;' name='jeton'>
  <input type="hidden" name="vide"><input type="hidden" name="deux" value="1"><input value="a>b" name="deux">
  <select class="x" name="questionSecrete"><option>x</option></select>
</FORM>`;

it('takes the hidden fields of the right form, decoded', () => {
  expect(hiddenValues(page, 'siret', ['jeton', 'vide'])).toEqual(['a&b éé"', '']);
  expect(hiddenValues(page, 'siret', ['deux', 'deux'])).toEqual(['1', 'a>b']);
  expect(hiddenValues(page, 'siret', [])).toEqual([]);
});

it('misses a hidden field that is not there', () => {
  expect(() => hiddenValues(page, 'siret', ['autre'])).toThrow('no hidden field autre');
});

it('knows which fields a page asks for', () => {
  expect(hasField(page, 'questionSecrete')).toBe(true);
  expect(hasField(page, 'siret')).toBe(true);
  expect(hasField(page, 'quest')).toBe(false);
  expect(hasField('<p name="siret">Service indisponible</p>', 'siret')).toBe(false);
});

it.each([
  ['<h1>Site en maintenance</h1>', true],
  ['<p>Le service est momentan&eacute;ment\n indisponible.</p>', true],
  ['<script>let maintenance</script><p>Bienvenue</p>', false],
])('tells a page of maintenance: %s', (html, told) => expect(tellsMaintenance(html)).toBe(told));
