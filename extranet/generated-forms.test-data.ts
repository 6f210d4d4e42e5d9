import { readFileSync } from 'node:fs';
import fc from 'fast-check';

/** What is posted under a name: one text, several, or nothing. `{n}` and `{siret}` stand for the person's own. */
export type Sent = string | string[] | null;

/** A posted form. `broken` is one more pair whose value is already encoded, badly. */
export type Post = {
  fields: [name: string, sent: Sent][];
  broken: [name: string, encoded: string] | null;
  type: string;
  /** Bytes of an unknown field, to make the body huge. */
  padding: number;
  cookie: 'own' | 'none' | 'unknown' | 'own and unknown';
  jeton: 'of the page' | 'none' | 'used' | { other: string };
  /** The same post at the same instant: by the same person (double click), or by another for the same SIRET. */
  at: 'once' | 'twice' | 'with a rival';
};

export const urlencoded = 'application/x-www-form-urlencoded';

/** Every one must come back inert; the word tells them from the page's own text. */
export const markup = [
  '<script>xss7()</script>',
  '"><img src=x onerror=xss7()>',
  "' onfocus='xss7()' autofocus='",
  '</select></form><form action="//xss7.test">',
  '&lt;xss7&gt; &amp;xss7; &#60;xss7>',
  '<!-- xss7',
  '`"${xss7}"`',
];

const hostile = [
  ...['', ' ', '\u00a0', '\t\r\n', '\u200b', '\u2060\ufeff\u00ad', '\u0000', '\u001b[2J', '\u202eeuqilbupér'],
  ...["'; DROP TABLE demandes; --", "' OR 1=1 --", '%', '%00', '%0A', '+', '&', '=', '{{7*7}}', '${7*7}'],
  ...['%s%n'],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'null', 'undefined', 'NaN'],
  ...['[object Object]'],
  ...['../../etc/passwd', '=1+1', 'Bcc: victime@guichet.test', 'x\r\nBcc: victime@guichet.test\r\n\r\nx'],
  ...['\r\n.\r\n'],
  ...['\ud800', 'x\udc00y', '👩‍👩‍👧‍👦', 'Łódź', '株式会社', 'عربى', 'Z͑ͫa̴l̵g̶o'],
  ...markup,
];
const repeated = fc
  .tuple(
    fc.constantFrom('x', 'é', 'e\u0301', 'Œ', '😀', ' x', 'क\u093c', '\u200b'),
    fc.integer({ min: 1, max: 300 }),
  )
  .map(([sign, times]) => sign.repeat(times));
const anyText = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...hostile) },
  { weight: 2, arbitrary: repeated },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 45 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 45 }) },
);

/** Texts about the limits of 28 and 38: accents composed and not, with blanks that do not count around. */
const lines = fc
  .record({
    sign: fc.constantFrom('x', 'É', 'ç', 'Œ', '😀', 'x x'),
    form: fc.constantFrom('NFC', 'NFD'),
    length: fc.constantFrom(1, 27, 28, 29, 37, 38, 39, 100),
    around: fc.constantFrom('', '', ' ', '\u00a0', '\t'),
  })
  .map(({ sign, form, length, around }) => {
    const text = [...sign.repeat(length)].slice(0, length).join('');
    return `${around}${text.normalize(form)}${around}`;
  });

const communes: [string, string[]][] = Object.entries(
  JSON.parse(readFileSync(new URL('communes.json', import.meta.url), 'utf8')),
);
const place = fc.tuple(fc.nat(communes.length - 1), fc.nat(60)).map(([code, town]) => {
  const [codePostal, towns] = communes[code] ?? ['33000', ['Bordeaux']];
  return { codePostal, ville: towns[town % towns.length] ?? 'Bordeaux' };
});

const telephones = [
  ...['01 99 00 12 34', '02.61.91.12.34', '0353011234', '+33 1 99 00 12 34', '0033 1 99 00 12 34'],
  ...['0590 27 12 34', '0262 20 12 34', '05 94 25 12 34', '09 72 12 34 56', '06 12 34 56 78'],
  ...['+32 2 512 34 56'],
  ...['٠١٩٩٠٠١٢٣٤', '０１９９００１２３４', '01-99-00-12-34', '(0)1 99 00 12 34'],
];
const badTelephones = [
  ...['12', '0', '+', '00000000000', '01 99 00 12 3', '01 99 00 12 34 5', 'appelez-moi'],
  ...['01 99 00 12 34 poste 5'],
  ...['01 99 00 12 34\r\n02', '01 99 00 12 34, 02 61 91 12 34', '+999 123', `01${' '.repeat(40)}99001234`],
];

const contact = 'chloe.{n}@guichet.test';
const reachable = [
  ...[contact, `  ${contact}\u00a0`, 'CHLOE.{n}@Guichet.TEST', "o'neil+{n}@guichet.test"],
  ...['{n}%0Ax@guichet.test'],
  ...['{n}@exemple.guichet.test', '{n}@château.test', '{n}@chäteau.test'.normalize('NFD')],
  ...['partage@guichet.test'],
  ...[`${'x'.repeat(50)}{n}@guichet.test`, '=?utf-8?q?victime=40guichet.test?={n}@guichet.test'],
];
const victims = [
  ',',
  ';',
  ' ',
  ', ',
  '\r\n',
  '\n',
  '%0A',
  '%0D%0A',
  '\u0000',
  '>',
  '> RCPT TO:<',
  '\tto:',
  '\u2028',
].map((between) => `${contact}${between}victime@guichet.test`);
const unreachable = [
  ...victims,
  ...['chloe', 'chloe@', '@guichet.test', 'a@@guichet.test', 'a@b@guichet.test', 'a b@guichet.test'],
  ...['a@guichet .test'],
  ...[`<${contact}>`, `Chloé <${contact}>`, `"chloe ${contact}"`, `${contact}\r\nBcc: victime@guichet.test`],
  ...['a@[127.0.0.1]', 'a@1.2.3.4', 'a@guichet.7', 'a@-x.test', 'a@١.test', '.a@guichet.test'],
  ...['a..b@guichet.test'],
  ...['chloé@guichet.test', `a@${'x'.repeat(64)}.test`, `a@${'é'.repeat(62)}.test`],
  ...[`${'x'.repeat(65)}@guichet.test`],
  ...[`a@${'xxxxxxxxx.'.repeat(26)}test`, 'ch\u200bloe@guichet.test', 'a@gui\u00adchet.test'],
  ...['a@xn--zzzzzz99999.test'],
];
const address = fc.oneof(fc.constantFrom(...reachable), fc.constantFrom(...unreachable), anyText);

const valid = fc
  .record({
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
    telephone: fc.constantFrom(...telephones.slice(0, 8)),
    fax: fc.constantFrom('', '01 99 00 12 35'),
    courriel: fc.constant('accueil.{n}@guichet.test'),
    confirmerCourriel: fc.constant('accueil.{n}@guichet.test'),
    nom: fc.constantFrom('Léger', "O'Neil", 'Ng'),
    prenom: fc.constantFrom('Chloé', 'Jean  Pierre', ' Anne '),
    telephoneUtilisateur: fc.constantFrom(...telephones.slice(0, 8)),
    courrielUtilisateur: fc.constant(contact),
    confirmerCourrielUtilisateur: fc.constant(contact),
    questionSecrete: fc.constant('Quel est le titre de votre livre préféré ?'),
    reponse: fc.constantFrom('Candide', 'É'.repeat(60)),
    place,
  })
  .map(({ place, ...texts }) => ({ ...texts, ...place }));

/** The names of the form; `action` is the button that looks the towns up. */
const names = [
  ...['siret', 'denomination', 'numeroVoie', 'extensionVoie', 'typeVoie', 'libelleVoie', 'complement'],
  ...['codePostal'],
  ...['ville', 'telephone', 'fax', 'courriel', 'confirmerCourriel', 'nom', 'prenom', 'telephoneUtilisateur'],
  ...['courrielUtilisateur', 'confirmerCourrielUtilisateur', 'questionSecrete', 'reponse'],
];
const strangeNames = [
  '__proto__',
  'constructor',
  'toString',
  'action',
  'jeton[]',
  'nom[]',
  'siret.x',
  '',
  'inconnu',
];

/** Values that concern one field in particular. */
const own: Readonly<Record<string, fc.Arbitrary<string>>> = {
  siret: fc.constantFrom('{siret}', ' {siret} ', '73282932000074', '', '0', '{siret}0'),
  numeroVoie: fc.constantFrom('0', '10000', '12 bis', '-1', '1e3', '１２', '007'),
  extensionVoie: fc.constantFrom('ter', 'A', 'Z', 'BIS'),
  typeVoie: fc.constantFrom('Avenue', 'avenue', 'Piste'),
  libelleVoie: lines,
  complement: lines,
  codePostal: fc.constantFrom(
    '00000',
    '75700',
    '20000',
    '97133',
    '98800',
    '98000',
    '330',
    '33 000',
    '3300O',
    '３３０００',
  ),
  ville: fc.constantFrom('Nantes', 'bordeaux', 'Bordeaux ', 'Paris', 'Y', 'length', '0'),
  telephone: fc.constantFrom(...telephones, ...badTelephones),
  telephoneUtilisateur: fc.constantFrom(...telephones, ...badTelephones),
  fax: fc.constantFrom(...telephones, ...badTelephones),
  courriel: address,
  confirmerCourriel: address,
  courrielUtilisateur: address,
  confirmerCourrielUtilisateur: address,
  questionSecrete: fc.constantFrom('Laquelle ?', 'Quel est le nom de votre premier employeur ?'),
};

const oneField = fc.constantFrom(...names, ...names, ...strangeNames).chain((name) => {
  const text = fc.oneof({ weight: 3, arbitrary: own[name] ?? lines }, { weight: 2, arbitrary: anyText });
  return fc
    .oneof(
      { weight: 9, arbitrary: text as fc.Arbitrary<Sent> },
      { weight: 2, arbitrary: fc.constantFrom('', null) },
      { weight: 1, arbitrary: fc.array(text, { minLength: 2, maxLength: 3 }) },
    )
    .map((sent): Record<string, Sent> => ({ [name]: name === 'action' ? 'villes' : sent }));
});
/** Both entries of an address alike, or nearly. */
const twoAddresses = fc
  .record({
    pair: fc.constantFrom(
      ['courriel', 'confirmerCourriel'],
      ['courrielUtilisateur', 'confirmerCourrielUtilisateur'],
    ),
    address,
    again: fc.constantFrom<(typed: string) => string>(
      (typed) => typed,
      (typed) => typed,
      (typed) => `\u00a0${typed} `,
      (typed) => typed.replace(/@.*/u, (domain) => domain.toUpperCase()),
      (typed) => typed.replace(/^./u, (first) => first.toUpperCase()),
      (typed) => typed.normalize('NFD'),
    ),
  })
  .map(({ pair: [first = '', second = ''], address, again }) => ({
    [first]: address,
    [second]: again(address),
  }));

// A map, because `__proto__` is one of the names.
const changed = (form: Record<string, Sent>, changes: readonly Record<string, Sent>[]): [string, Sent][] => [
  ...new Map([form, ...changes].flatMap((part) => Object.entries(part))),
];
const nearlyValid = fc
  .tuple(
    valid,
    fc.array(fc.oneof({ weight: 3, arbitrary: oneField }, { weight: 1, arbitrary: twoAddresses }), {
      maxLength: 4,
    }),
  )
  .map(([form, changes]) => changed(form, changes));
const arbitrary = fc.array(
  fc.tuple(
    fc.oneof(fc.constantFrom(...names, ...strangeNames), fc.string({ maxLength: 8 })),
    fc.oneof<fc.Arbitrary<Sent>[]>(anyText, address, fc.array(anyText, { maxLength: 3 })),
  ),
  { maxLength: 24 },
);

const types = [
  ...[`${urlencoded}; charset=utf-8`, `${urlencoded}; charset=iso-8859-1`, `${urlencoded};charset=utf-16`],
  ...['Application/X-WWW-Form-URLencoded', 'application/json', 'text/plain'],
  ...['multipart/form-data; boundary=x'],
  ...['application/xml', 'multipart/form-data', '', 'x', `${urlencoded}, text/plain`],
  ...['application/json; charset=latin1'],
];
const broken = fc.tuple(
  fc.constantFrom(...names, 'jeton', 'inconnu'),
  fc.constantFrom(
    '%',
    '%E',
    '%zz',
    '%E9',
    'L%E9ger',
    '%C3',
    '%ED%A0%80',
    '%F8%88',
    '%u00e9',
    '%00',
    '%FF%FE',
    '%25%',
    'a%3Db%',
  ),
);

const usually = <T>(weight: number, plain: T, ...others: T[]) =>
  fc.oneof({ weight, arbitrary: fc.constant(plain) }, { weight: 1, arbitrary: fc.constantFrom(...others) });

/** A posted form: mostly one that a person could nearly have sent. */
export const posts: fc.Arbitrary<Post> = fc.record({
  fields: fc.oneof({ weight: 14, arbitrary: nearlyValid }, { weight: 1, arbitrary }),
  broken: fc.oneof({ weight: 30, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: broken }),
  type: usually(25, urlencoded, ...types),
  padding: usually(60, 0, 1_000, 60_000, 70_000, 300_000),
  cookie: usually<Post['cookie']>(30, 'own', 'none', 'unknown', 'own and unknown'),
  jeton: usually<Post['jeton']>(
    20,
    'of the page',
    'none',
    'used',
    'used',
    { other: markup[1] ?? '' },
    { other: 'x'.repeat(300) },
  ),
  at: usually<Post['at']>(25, 'once', 'twice', 'with a rival'),
});

/** What is typed for a SIRET, a code or the CGU. */
export const steps = fc.record({
  siret: fc.oneof(
    { weight: 3, arbitrary: fc.constant('{siret}') },
    { weight: 3, arbitrary: fc.constantFrom(...siretsTyped()) },
    { weight: 1, arbitrary: fc.stringMatching(/^[0-9 ]{9,20}$/) },
    { weight: 1, arbitrary: anyText },
  ) as fc.Arbitrary<Sent>,
  code: fc.oneof(
    {
      weight: 4,
      arbitrary: fc.constantFrom('{code}', '{code}', ' {code} ', '{small code}', '{former}', '', 'XXXXXX'),
    },
    { weight: 1, arbitrary: anyText },
  ),
  cgu: fc.constantFrom<Sent>('oui', 'oui', 'oui', 'on', '', null, ['oui', 'oui'], ' ', '0'),
  type: usually(20, urlencoded, ...types),
  cookie: usually<Post['cookie']>(20, 'own', 'none', 'unknown', 'own and unknown'),
});

function siretsTyped(): string[] {
  return [
    ...['', ' ', '7328293200007', '732829320000740', '732829320', '73282932000075', '00000000000000'],
    ...['７３２８２９３２００００７４'],
    ...[' {siret} ', '{siret}\r\n', '{siret},', '{siret}\u0000', '{siret}\u200b', '{siret}a'],
    ...['33000637200010', '35600000000048'],
    ...['35600000049837', '35600000049838', '1e13', '-73282932000074', '0x42', '__proto__'],
    ...['73282932000074; DROP TABLE demandes'],
    ...markup,
  ];
}

/** Texts typed at the sign-in; `{identifiant}` and `{motDePasse}` are the right ones. */
export const credentials = fc.record({
  identifiant: fc.oneof(
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        '{identifiant}',
        ' {identifiant} ',
        '{identifiant}\u0000',
        '{identifiant}x',
        '',
      ),
    },
    { weight: 1, arbitrary: anyText },
  ) as fc.Arbitrary<Sent>,
  motDePasse: fc.oneof(
    {
      weight: 3,
      arbitrary: fc.constantFrom<Sent>('{motDePasse}', ' {motDePasse}', '{motDePasse}x', '', null, [
        'x',
        'y',
      ]),
    },
    { weight: 1, arbitrary: anyText as fc.Arbitrary<Sent> },
  ),
});
