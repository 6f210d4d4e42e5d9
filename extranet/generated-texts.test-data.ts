import { readFileSync } from 'node:fs';
import fc from 'fast-check';

// Texts that a person can type, paste or post. `{n}` and `{siret}` stand for the person's own.

/** Every one must come back inert; the word tells them from the page's own text. */
export const markup = [
  ...['<script>xss7()</script>', '"><img src=x onerror=xss7()>', "' onfocus='xss7()' autofocus='"],
  ...['</select></form><form action="//xss7.test">', '&lt;xss7&gt; &amp;xss7; &#60;xss7>', '<!-- xss7'],
  ...['"xss7`"'],
];

const hostile = [
  ...['', ' ', '\u00a0', '\t\r\n', '\u200b', '\u2060\ufeff\u00ad', '\u3164', '\u0000', '\u001b[2J'],
  ...['\u202eeuqilbupér', "'; DROP TABLE demandes; --", "' OR 1=1 --", '%', '%00', '%0A', '+', '&', '='],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'null', 'undefined', 'NaN', '{{7*7}}', '%s'],
  ...['[object Object]', '../../etc/passwd', '=1+1', 'Bcc: victime@guichet.test', '\r\n.\r\n'],
  ...[
    'x\r\nBcc: victime@guichet.test\r\n\r\nx',
    '\ud800',
    'x\udc00y',
    '👩‍👩‍👧‍👦',
    'Łódź',
    '株式会社',
    'عربى',
    'Z͑ͫa̴l̵g̶o',
  ],
  ...markup,
];
const repeated = fc
  .tuple(
    fc.constantFrom('x', 'é', 'e\u0301', 'Œ', '😀', ' x', 'क\u093c', '\u200b'),
    fc.integer({ min: 1, max: 300 }),
  )
  .map(([sign, times]) => sign.repeat(times));

/** Lone surrogates too: the scripts of a page can send them. */
const sign = fc
  .oneof(...[0x7f, 0x24f, 0xffff, 0x10ffff].map((max) => fc.nat(max)))
  .map((code) => String.fromCodePoint(code));

export const anyText = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...hostile) },
  { weight: 2, arbitrary: repeated },
  { weight: 2, arbitrary: fc.string({ unit: sign, maxLength: 45 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 45 }) },
);

/** Texts about the limits of 28 and 38: accents composed and not, with blanks that do not count around. */
export const lines = fc
  .record({
    sign: fc.constantFrom('x', 'É', 'ç', 'Œ', '😀', 'x x'),
    form: fc.constantFrom('NFC', 'NFD'),
    length: fc.constantFrom(1, 28, 28, 29, 29, 38, 38, 39, 39, 100),
    around: fc.constantFrom('', '', ' ', '\u00a0', '\t'),
  })
  .map(({ sign, form, length, around }) => {
    const text = [...sign.repeat(length)].slice(0, length).join('');
    return `${around}${text.normalize(form)}${around}`;
  });

const communes: [string, string[]][] = Object.entries(
  JSON.parse(readFileSync(new URL('communes.json', import.meta.url), 'utf8')),
);

/** A postal code and one of its towns. */
export const place = fc.tuple(fc.nat(communes.length - 1), fc.nat(60)).map(([code, town]) => {
  const [codePostal, towns] = communes[code] ?? ['33000', ['Bordeaux']];
  return { codePostal, ville: towns[town % towns.length] ?? 'Bordeaux' };
});

/** Numbers that FORM-54 names, or that are written in a common way. */
export const telephones = fc.constantFrom(
  ...['01 99 00 12 34', '02.61.91.12.34', '0353011234', '+33 1 99 00 12 34', '0033 1 99 00 12 34'],
  ...['0590 27 12 34', '0262 20 12 34', '05 94 25 12 34'],
);
export const anyTelephone = fc.oneof(
  telephones,
  fc.constantFrom(
    ...[
      '09 72 12 34 56',
      '06 12 34 56 78',
      '+32 2 512 34 56',
      '٠١٩٩٠٠١٢٣٤',
      '０１９９００１２３４',
      '(0)1 99 00 12 34',
    ],
    ...['12', '0', '+', '00000000000', '01 99 00 12 3', '01 99 00 12 34 5', 'appelez-moi', '+999 123'],
    ...['01 99 00 12 34 poste 5', '01 99 00 12 34\r\n02', '01 99 00 12 34, 02 61 91 12 34'],
    `01${' '.repeat(40)}99001234`,
  ),
);

/** The address of the person who fills the form in. */
export const contact = 'chloe.{n}@guichet.test';
const between = [
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
];
const reachable = [
  ...[
    contact,
    `  ${contact}\u00a0`,
    'CHLOE.{n}@Guichet.TEST',
    "o'neil+{n}@guichet.test",
    '{n}%0Ax@guichet.test',
  ],
  ...[
    '{n}@exemple.guichet.test',
    '{n}@château.test',
    'partage@guichet.test',
    `${'x'.repeat(50)}{n}@guichet.test`,
  ],
  ...[
    '=?utf-8?q?victime=40guichet.test?={n}@guichet.test',
    '{n}@ｇｕｉｃｈｅｔ.test',
    '{n}@xn--chteau-xta.test',
  ],
];
const unreachable = [
  ...between.map((sign) => `${contact}${sign}victime@guichet.test`),
  ...[
    'chloe',
    'chloe@',
    '@guichet.test',
    'a@@guichet.test',
    'a@b@guichet.test',
    'a b@guichet.test',
    'a@g .test',
  ],
  ...[`<${contact}>`, `Chloé <${contact}>`, `"chloe ${contact}"`, `${contact}\r\nBcc: victime@guichet.test`],
  ...[
    'a@[127.0.0.1]',
    'a@1.2.3.4',
    'a@guichet.7',
    'a@-x.test',
    'a@١.test',
    '.a@guichet.test',
    'a..b@guichet.test',
  ],
  ...[
    'chloé@guichet.test',
    `a@${'x'.repeat(64)}.test`,
    `a@${'é'.repeat(62)}.test`,
    `${'x'.repeat(65)}@guichet.test`,
  ],
  ...[
    `a@${'xxxxxxxxx.'.repeat(26)}test`,
    'ch\u200bloe@guichet.test',
    'a@gui\u00adchet.test',
    'a@xn--zzzz99999.test',
  ],
];
export const address = fc.oneof(fc.constantFrom(...reachable), fc.constantFrom(...unreachable), anyText);

/** What may be typed for a SIRET. */
export const anySiret = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('{siret}', '{siret}', ' {siret} ', '{siret}\r\n') },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      ...[
        '7328293200007',
        '732829320000740',
        '732829320',
        '73282932000075',
        '00000000000000',
        '７３２８２９３２００００７４',
      ],
      ...[
        '{siret},',
        '{siret}\u0000',
        '{siret}\u200b',
        '{siret}a',
        '33000637200010',
        '35600000000048',
        '1e13',
      ],
      ...[
        '35600000049837',
        '35600000049838',
        '-73282932000074',
        '0x42',
        '73282932000074; DROP TABLE demandes',
      ],
    ),
  },
  { weight: 1, arbitrary: fc.stringMatching(/^[0-9 ]{9,20}$/) },
  { weight: 2, arbitrary: anyText },
);
