import { expect, it } from 'vitest';
import { firstOption, hasField, hiddenFields } from './page.ts';

const page = `
<form action="/aparts/creation/code"><input type="hidden" name="jeton" value="wrong"><button>↻</button></form>
<FORM method=post>
  <input name=siret type="text"><input type='HIDDEN' value='a&amp;b &#233;&#xe9;&quot;' name='jeton'>
  <input type="hidden" name="vide">
  <select class="x" name="questionSecrete">
    <option value="" selected>Choisir</option><option disabled>Aucune</option>
    <option>Le nom de l&#39;école&nbsp;?</option><option value="2">Autre</option>
  </select>
</FORM>`;

it('takes the hidden fields of the right form, decoded', () => {
  expect(hiddenFields(page, 'siret')).toEqual({ jeton: 'a&b éé"', vide: '' });
  expect(hiddenFields(page, 'courriel')).toEqual({});
});

it('knows which fields a page asks for', () => {
  expect(hasField(page, 'questionSecrete')).toBe(true);
  expect(hasField(page, 'quest')).toBe(false);
  expect(hasField('<p>Service indisponible</p>', 'siret')).toBe(false);
});

it('takes the first real choice of a list', () => {
  expect(firstOption(page, 'questionSecrete')).toBe("Le nom de l'école\u00a0?");
  expect(firstOption(page, 'ville')).toBeUndefined();
});
