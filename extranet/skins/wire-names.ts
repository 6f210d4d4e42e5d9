import { fieldNames } from '../fields.ts';

/** Every POST name of the plain pages, and the buttons that post a value of their own. The rank is the wire name. */
const plainNames: readonly string[] = [
  ...['siret', 'code', 'cgu'],
  ...fieldNames,
  ...['jeton', 'action=villes', 'forme=mots'],
  ...['identifiant', 'motDePasse', 'motDePasseActuel', 'nouveauMotDePasse', 'confirmerMotDePasse'],
  ...['q', 'mois', 'salaries', 'heures', 'taux', 'mayotte'],
];

const wireNames = new Map(plainNames.map((name, rank) => [name, `z${String(rank + 1).padStart(2, '0')}`]));
const plainOf = new Map([...wireNames].map(([name, wire]) => [wire, name]));

/** The name under which a field goes over the wire: `z01`, `z02`… A name that is not known keeps itself. */
export function wireName(name: string): string {
  return wireNames.get(name) ?? name;
}

/**
 * What was posted under wire names, by plain names. An image button posts where it was pressed: the point is dropped,
 * and a button with a value of its own gives that value. `strict` drops plain names: this skin has no such fields.
 */
export function plainEntries(
  entries: Iterable<readonly [string, string]>,
  { strict }: { strict: boolean },
): [string, string][] {
  return [...entries].flatMap(([wire, value]): [string, string][] => {
    const pressed = /^(?:(.+)\.)?[xy]$/.exec(wire);
    const plain = plainOf.get(pressed ? (pressed[1] ?? '') : wire);
    const [name = '', own] = plain?.split('=') ?? [];
    if (pressed) return own === undefined || wire.endsWith('.y') ? [] : [[name, own]];
    if (plain) return [[name, own ?? value]];
    return strict && wireNames.has(wire) ? [] : [[wire, value]];
  });
}
