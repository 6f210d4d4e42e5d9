// Makes communes.json: node extranet/communes.build.ts
// Source: @etalab/decoupage-administratif (INSEE's code officiel géographique and La Poste's postal codes),
// code under MIT, data under Licence Ouverte 2.0 (https://www.etalab.gouv.fr/licence-ouverte-open-licence).

import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

type Commune = { code: string; nom: string; type: string; codesPostaux?: string[] };

/** Marseille, Lyon and Paris as a whole: an address names their arrondissement. */
const divided = new Set(['13055', '69123', '75056']);
const current = new Set(['commune-actuelle', 'arrondissement-municipal']);

const source = createRequire(import.meta.url).resolve('@etalab/decoupage-administratif/data/communes.json');
const communes: Commune[] = JSON.parse(readFileSync(source, 'utf8'));

const towns = new Map<string, Set<string>>();
for (const { code, nom, type, codesPostaux = [] } of communes) {
  if (divided.has(code) || !current.has(type)) continue;
  for (const codePostal of codesPostaux) towns.set(codePostal, (towns.get(codePostal) ?? new Set()).add(nom));
}
const compact = Object.fromEntries(
  [...towns]
    .sort()
    .map(([codePostal, names]) => [codePostal, [...names].sort((a, b) => a.localeCompare(b, 'fr'))]),
);
writeFileSync(new URL('communes.json', import.meta.url), `${JSON.stringify(compact)}\n`);
