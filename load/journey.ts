import type { Demande } from '../fixtures/demande.ts';
import type { Outcome } from './outcome.ts';
import { firstOption, hasField, hiddenFields } from './page.ts';
import { type Page, submit, visit } from './site.ts';
import type { Wire } from './wire.ts';

/** The token of the test doors; "npx guichet serve" opens them with the default. */
const token = __ENV.TEST_TOKEN || 'guichet-local';

/** Step 1: the SIRET page, its security code, VALIDER. Answers the page after it, and how the step ended. */
export function enterSiret(wire: Wire, demande: Demande): { outcome: Outcome; page: Page } {
  const { paths, siretNames } = wire;
  const page = visit(paths.siret, 'SIRET');
  if (page.status !== 200 || !hasField(page.html, siretNames.siret))
    return { outcome: lost(page, 'SIRET'), page };
  const door = visit(paths.code, 'code', { [wire.codeToken]: token });
  if (door.status !== 200) return { outcome: lost(door, 'code (TEST_TOKEN?)'), page };
  const next = submit(paths.siret, 'VALIDER', {
    ...hiddenFields(page.html, siretNames.siret),
    [siretNames.siret]: demande.siret,
    [siretNames.code]: JSON.parse(door.html).code,
    [siretNames.cgu]: wire.ticked,
  });
  return { outcome: arrival(next, paths.form, 'VALIDER'), page: next };
}

/** Step 2: the form's towns, ENVOYER. `page` shows the form. */
export function sendForm(wire: Wire, demande: Demande, page: Page): Outcome {
  const { paths, formNames } = wire;
  const towns = visit(`${paths.towns}?${wire.townsName}=${demande.codePostal}`, 'villes');
  if (towns.status !== 200) return lost(towns, 'villes');
  const fields = hiddenFields(page.html, formNames.denomination[0] ?? '');
  for (const [field, names] of Object.entries(formNames)) {
    for (const name of names) fields[name] = demande[field as keyof Demande];
  }
  for (const name of formNames.questionSecrete) fields[name] ||= firstOption(page.html, name) ?? '';
  return arrival(submit(paths.form, 'ENVOYER', fields), paths.confirmation, 'ENVOYER');
}

/** Accepted when the step led where it should; refused when the page came back with its errors (422). */
function arrival(page: Page, expected: string, step: string): Outcome {
  if (page.status === 200 && page.path === expected) return { state: 'accepted', status: 200, detail: step };
  if (page.status === 422) return { state: 'refused', status: 422, detail: step };
  return lost(page, step);
}

function lost(page: Page, step: string): Outcome {
  return { state: 'errored', status: page.status, detail: `${step}: ended on ${page.path}` };
}
