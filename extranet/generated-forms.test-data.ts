import fc from 'fast-check';
import {
  address,
  anySiret,
  anyTelephone,
  anyText,
  contact,
  lines,
  markup,
  place,
  telephones,
} from './generated-texts.test-data.ts';

/** What is posted under a name: one text, several, or nothing. `{n}` and `{siret}` stand for the person's own. */
export type Sent = string | string[] | null;

/** How a form is posted, apart from its fields. */
export type Envelope = { type: string; cookie: 'own' | 'none' | 'unknown' | 'own and unknown' };

/** A posted form. `broken` is one more pair whose value is already encoded, badly. */
export type Post = Envelope & {
  fields: [name: string, sent: Sent][];
  broken: [name: string, encoded: string] | null;
  /** Bytes of an unknown field, to make the body huge. */
  padding: number;
  jeton: 'of the page' | 'none' | 'used' | { other: string };
  /** The same post at the same instant: by the same person (double click), or by another for the same SIRET. */
  at: 'once' | 'twice' | 'with a rival';
};

export const urlencoded = 'application/x-www-form-urlencoded';

const establishment = 'accueil.{n}@guichet.test';
const texts = {
  siret: fc.constant('{siret}'),
  denomination: fc.constantFrom(
    'Dupont & Fils',
    "L’Éclair d'Or",
    'Été <SARL>',
    'É'.repeat(100),
    '株式会社 7',
  ),
  numeroVoie: fc.constantFrom('', '1', '12', '9999'),
  extensionVoie: fc.constantFrom('', 'bis'),
  typeVoie: fc.constantFrom('', 'Rue'),
  libelleVoie: fc.constantFrom('de la République', 'é'.repeat(28), 'é'.repeat(28).normalize('NFD')),
  complement: fc.constantFrom('', 'Bâtiment C', 'à'.repeat(38), 'à'.repeat(38).normalize('NFD')),
  telephone: telephones,
  fax: fc.constantFrom('', '01 99 00 12 35'),
  courriel: fc.constant(establishment),
  confirmerCourriel: fc.constant(establishment),
  nom: fc.constantFrom('Léger', "O'Neil", 'Ng'),
  prenom: fc.constantFrom('Chloé', 'Jean  Pierre', ' Anne '),
  telephoneUtilisateur: telephones,
  questionSecrete: fc.constant('Quel est le titre de votre livre préféré ?'),
  reponse: fc.constantFrom('Candide', 'É'.repeat(60)),
};
/** Whose address stands twice; some people look after several establishments. */
const person = fc
  .constantFrom(contact, contact, contact, contact, 'partage@guichet.test')
  .map((typed) => ({ courrielUtilisateur: typed, confirmerCourrielUtilisateur: typed }));
const valid = fc
  .tuple(fc.record(texts), place, person)
  .map((parts): Record<string, Sent> => Object.assign({}, ...parts));

const names = [
  ...Object.keys(texts),
  ...['codePostal', 'ville', 'courrielUtilisateur', 'confirmerCourrielUtilisateur'],
];
const strange = ['__proto__', 'constructor', 'toString', 'action', 'nom[]', 'siret.x', '', 'inconnu'];

/** Values that concern one field in particular. */
const own = new Map<string, fc.Arbitrary<string>>([
  ['siret', anySiret],
  ['numeroVoie', fc.constantFrom('0', '10000', '12 bis', '-1', '1e3', '１２', '007')],
  ['extensionVoie', fc.constantFrom('ter', 'A', 'Z', 'BIS')],
  ['typeVoie', fc.constantFrom('Avenue', 'avenue', 'Piste')],
  ['codePostal', fc.constantFrom('00000', '75700', '20000', '98000', '330', '33 000', '3300O', '３３０００')],
  ['ville', fc.constantFrom('Nantes', 'bordeaux', 'Bordeaux ', 'Paris', 'Y', 'length', '0')],
  ['telephone', anyTelephone],
  ['telephoneUtilisateur', anyTelephone],
  ['fax', anyTelephone],
  ['courriel', address],
  ['confirmerCourriel', address],
  ['courrielUtilisateur', address],
  ['confirmerCourrielUtilisateur', address],
  ['questionSecrete', fc.constantFrom('Laquelle ?', 'Quel est le nom de votre premier employeur ?')],
  ['action', fc.constantFrom('villes', 'autre')],
]);

type Changes = Record<string, Sent>;
const oneField = fc.constantFrom(...names, ...names, ...strange).chain((name): fc.Arbitrary<Changes> => {
  const text = fc.oneof({ weight: 3, arbitrary: own.get(name) ?? lines }, { weight: 2, arbitrary: anyText });
  const sent = fc.oneof(
    { weight: 9, arbitrary: text },
    { weight: 4, arbitrary: fc.constantFrom('', null) },
    { weight: 1, arbitrary: fc.array(text, { minLength: 2, maxLength: 3 }) },
  );
  return sent.map((value) => ({ [name]: value }));
});

/** Both entries of an address: alike, alike but for what does not count, or nearly alike. */
const again: readonly ((typed: string) => string)[] = [
  (typed) => typed,
  (typed) => typed,
  (typed) => `\u00a0${typed} `,
  (typed) => typed.replace(/@.*/u, (domain) => domain.toUpperCase()),
  (typed) => typed.replace(/^./u, (first) => first.toUpperCase()),
  (typed) => typed.normalize('NFD'),
];
const twoAddresses = fc
  .tuple(address, fc.nat(again.length - 1), fc.constantFrom('ourriel', 'ourrielUtilisateur'))
  .map(
    ([typed, way, name]): Changes => ({
      [`c${name}`]: typed,
      [`confirmerC${name}`]: again[way]?.(typed) ?? typed,
    }),
  );

const changes = (least: number, most: number) =>
  fc.array(fc.oneof(oneField, oneField, oneField, twoAddresses), { minLength: least, maxLength: most });
const someChanges = fc.oneof(
  { weight: 1, arbitrary: changes(0, 0) },
  { weight: 6, arbitrary: changes(1, 1) },
  { weight: 3, arbitrary: changes(2, 4) },
);
// A map, because `__proto__` is one of the names.
const nearlyValid = fc
  .tuple(valid, someChanges)
  .map(([form, changes]) => [...new Map([form, ...changes].flatMap((part) => Object.entries(part)))]);
const arbitrary = fc.array(
  fc.tuple(
    fc.oneof(fc.constantFrom(...names, ...strange), fc.string({ maxLength: 8 })),
    fc.oneof<fc.Arbitrary<Sent>[]>(anyText, address, fc.array(anyText, { maxLength: 3 })),
  ),
  { maxLength: 24 },
);
const badlyEncoded = '% %E %zz L%E9ger %C3 %ED%A0%80 %F8%88 %u00e9 %00 %FF%FE a%3Db%'.split(' ');
const broken = fc.tuple(fc.constantFrom(...names, 'inconnu'), fc.constantFrom(...badlyEncoded));
const types = [
  ...[`${urlencoded}; charset=utf-8`, `${urlencoded}; charset=iso-8859-1`, `${urlencoded};charset=utf-16`],
  ...['Application/X-WWW-Form-URLencoded', 'application/json', 'text/plain', 'application/xml', '', 'x'],
  ...['multipart/form-data; boundary=x', 'multipart/form-data', `${urlencoded}, text/plain`],
];

const usually = <T>(weight: number, plain: T, ...others: T[]) =>
  fc.oneof({ weight, arbitrary: fc.constant(plain) }, { weight: 1, arbitrary: fc.constantFrom(...others) });
const envelope = {
  type: usually(25, urlencoded, ...types),
  cookie: usually<Envelope['cookie']>(30, 'own', 'none', 'unknown', 'own and unknown'),
};
const otherJetons = [...markup, 'x'.repeat(300), '\u0000'].map((other) => ({ other }));

/** A posted form: mostly one that a person could nearly have sent. */
export const posts: fc.Arbitrary<Post> = fc.record({
  ...envelope,
  fields: fc.oneof({ weight: 14, arbitrary: nearlyValid }, { weight: 1, arbitrary }),
  broken: fc.oneof({ weight: 30, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: broken }),
  padding: usually(60, 0, 1_000, 60_000, 70_000, 300_000),
  jeton: usually<Post['jeton']>(20, 'of the page', 'none', 'used', 'used', ...otherJetons),
  at: usually<Post['at']>(25, 'once', 'twice', 'with a rival'),
});

/** A SIRET step; `{code}` is the right code, `{former}` the one that was shown before. */
export type Step = Envelope & { siret: Sent; code: Sent; cgu: Sent };

const codes = fc.constantFrom('{code}', '{code}', '{code}', ' {code} ', '{small}', '{former}', '', 'XXXXXX');
const severalTexts = fc.array(anyText, { minLength: 2, maxLength: 2 });
export const steps: fc.Arbitrary<Step> = fc.record({
  ...envelope,
  siret: fc.oneof({ weight: 20, arbitrary: anySiret }, { weight: 1, arbitrary: severalTexts }),
  code: fc.oneof({ weight: 8, arbitrary: codes }, anyText, severalTexts),
  cgu: fc.constantFrom<Sent>('oui', 'oui', 'oui', 'oui', 'on', '', null, ['oui', 'oui'], ' ', '0'),
});

/** What is typed at the sign-in; `{identifiant}` and `{motDePasse}` are the right ones. */
export const credentials: fc.Arbitrary<{ identifiant: Sent; motDePasse: Sent }> = fc.record({
  identifiant: fc.oneof(
    {
      weight: 3,
      arbitrary: fc.constantFrom('{identifiant}', '{identifiant}', '{identifiant}x', '{identifiant}\u0000'),
    },
    anyText,
  ),
  motDePasse: fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom('{motDePasse}', ' {motDePasse}', '{motDePasse}x') },
    fc.constantFrom<Sent>('', null, ['x', 'y']),
    anyText,
  ),
});

/** A form of any page: which one, and texts for its fields in turn. */
export type Fill = Envelope & { rank: number; texts: Sent[] };

const numbers = fc.constantFrom(
  '-1',
  '0',
  '1e308',
  '1,5',
  '2026-02',
  '2026-13',
  '0000-00',
  '99999-01',
  'Infinity',
);
const fill = fc.oneof<fc.Arbitrary<Sent>[]>(
  anyText,
  anyText,
  address,
  numbers,
  fc.constant(null),
  severalTexts,
);
export const fills: fc.Arbitrary<Fill> = fc.record({
  ...envelope,
  rank: fc.nat(1_000),
  texts: fc.array(fill, { minLength: 1, maxLength: 4 }),
});

/** The body of a post of that type: its fields, in order; JSON where the type says so. */
export function bodyOf(type: string, fields: Iterable<readonly [string, Sent]>): string {
  const kept = [...fields].filter(([, sent]) => sent !== null);
  if (type.startsWith('application/json')) return JSON.stringify(Object.fromEntries(kept));
  const pairs = kept.flatMap(([name, sent]) => [sent ?? []].flat().map((text) => [name, text]));
  return new URLSearchParams(pairs).toString();
}

/** The cookies of a post by the visit that has that one. */
export function cookieOf({ cookie }: Envelope, own: string): string {
  const unknown = 'guichet_session=%E0%A4%A; autre=1';
  if (cookie === 'own') return own;
  return { none: '', unknown, 'own and unknown': `${own}; ${unknown}` }[cookie];
}
