import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { decode } from './message.ts';

const mail = (...lines: string[]) => Buffer.from(`${lines.join('\r\n')}\r\n`);

test('a plain mail', async () => {
  const raw = mail(
    'From: "ASP, Activité" <ne-pas-repondre@asp.test>',
    'To: Marie <marie+1@x.test>, jean@x.test',
    'Subject: Votre identifiant',
    'Date: Tue, 3 Mar 2026 09:00:00 +0100',
    'Message-ID: <1@asp.test>',
    'Content-Type: text/plain; charset=UTF-8',
    '',
    'Identifiant : ABC',
  );
  expect(await decode(raw)).toMatchObject({
    from: 'ne-pas-repondre@asp.test',
    to: ['marie+1@x.test', 'jean@x.test'],
    subject: 'Votre identifiant',
    date: new Date('2026-03-03T08:00:00Z'),
    messageId: '<1@asp.test>',
    text: 'Identifiant : ABC\n',
    charset: 'utf-8',
  });
});

describe('encodings', () => {
  test.each([
    [
      'folded encoded words',
      ['Subject: =?UTF-8?Q?Demande_enregistr=C3=A9e_n=C2=B0?=', ' =?UTF-8?B?IDQyIOKAkyBzdWl0ZQ==?='],
    ],
    [
      'words cut within a character',
      ['Subject: =?UTF-8?Q?Demande_enregistr=C3?=', '\t=?UTF-8?Q?=A9e_n=C2=B0_42_=E2=80=93_suite?='],
    ],
    [
      'Latin-1 words',
      ['Subject: =?iso-8859-15?Q?Demande_enregistr=E9e_n=B0_42?= =?UTF-8?Q?_=E2=80=93_suite?='],
    ],
    ['raw UTF-8', ['Subject: Demande enregistrée n° 42 – suite']],
  ])('subject in %s', async (_name, lines) => {
    expect((await decode(mail(...lines, '', 'x'))).subject).toBe('Demande enregistrée n° 42 – suite');
  });

  test.each([
    ['quoted-printable', 'utf-8', 'Cr=C3=A9=\r\n=C3=A9 \u00e0 temps=\r\n, =3D'.replace('\u00e0', '=C3=A0')],
    [
      'base64',
      'utf-8',
      Buffer.from('Créé à temps, =')
        .toString('base64')
        .replace(/(.{7})/g, '$1\r\n'),
    ],
    ['quoted-printable', 'iso-8859-1', 'Cr=E9=E9 =E0 temps, =3D'],
    ['8bit', 'utf-8', 'Créé à temps, ='],
  ])('body in %s, %s', async (encoding, charset, body) => {
    const raw = mail(
      `Content-Type: text/plain; charset="${charset}"`,
      `Content-Transfer-Encoding: ${encoding}`,
      '',
      body,
    );
    expect(await decode(raw)).toMatchObject({ text: expect.stringMatching(/^Créé à temps, =\n?$/), charset });
  });

  test('a missing charset', async () => {
    const message = await decode(mail('Content-Type: text/plain', '', 'Créé'));
    expect(message.text).toBe('Créé\n');
    expect(message).not.toHaveProperty('charset');
  });

  test('an unknown charset', async () => {
    expect((await decode(mail('Content-Type: text/plain; charset=x-none', '', 'abc'))).text).toContain('abc');
  });

  test('bare LF', async () => {
    expect(await decode(Buffer.from('Subject: x\nTo: a@x.fr\n\nun\ndeux\n'))).toMatchObject({
      subject: 'x',
      to: ['a@x.fr'],
      text: 'un\ndeux\n',
    });
  });

  test('lines of 998 octets', async () => {
    const line = 'é'.repeat(499);
    expect((await decode(mail('', line, line))).text).toBe(`${line}\n${line}\n`);
  });
});

test('nested multiparts give the plain text, the HTML and the charset of the text', async () => {
  const message = await decode(
    mail(
      'Content-Type: multipart/mixed; boundary=a',
      '',
      'preamble',
      '--a',
      'Content-Type: multipart/alternative;',
      ' boundary="b b"',
      '',
      '--b b',
      'Content-Type: text/html; charset=utf-8',
      '',
      '<p>Mot de passe : <b>é</b></p>',
      '--b b',
      'Content-Type: text/plain;',
      '\tcharset=ISO-8859-15',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      'Mot de passe : =E9=A4',
      '--b b--',
      '--a',
      'Content-Type: application/pdf',
      'Content-Disposition: attachment; filename=x.pdf',
      '',
      'x',
      '--a--',
    ),
  );
  expect(message.text).toMatch(/^Mot de passe : é€\n?$/);
  expect(message.html).toContain('<b>é</b>');
  expect(message.charset).toBe('iso-8859-15');
});

test('a mail in HTML only has its text', async () => {
  const message = await decode(
    mail('Content-Type: text/html; charset=utf-8', '', '<p>Identifiant&nbsp;: <b>ABC</b></p>'),
  );
  expect(message.text).toMatch(/Identifiant\s: ABC/);
  expect(message.charset).toBe('utf-8');
});

test('repeated headers are kept in their order, folded ones unfolded', async () => {
  const { headers } = await decode(mail('Received: un', 'X: y', 'received: deux', ' suite', '', 'x'));
  expect(headers.get('received')).toEqual(['un', 'deux suite']);
});

describe('a malformed mail never throws', () => {
  test.each([
    ['nothing', Buffer.alloc(0)],
    ['no headers', Buffer.from('Bonjour')],
    ['no end of the headers', Buffer.from('Subject: x')],
    ['a bad date', mail('Date: demain', 'Subject: x', '', 'x')],
    ['bad addresses', mail('From: <<>>', 'To: ,,@,<a', 'Subject: x', '', 'x')],
    [
      'bad base64 and words',
      mail('Subject: =?utf-8?B?***?= =?x?', 'Content-Transfer-Encoding: base64', '', '%%%'),
    ],
    ['a boundary that never comes', mail('Content-Type: multipart/mixed; boundary=b', '', 'x')],
    ['a nest without end', mail(...Array(2000).fill('Content-Type: multipart/mixed; boundary=b\r\n\r\n--b'))],
    [
      'two thousand parts',
      mail('Content-Type: multipart/mixed; boundary=b', '', ...Array(2000).fill('--b\r\n\r\nx')),
    ],
    ['headers of two megabytes', mail(...Array(2000).fill(`X: ${'y'.repeat(1000)}`), '', 'x')],
    ['two From headers', mail('From: a@x.fr', 'From: b@x.fr', '', 'x')],
  ])('%s', async (_name, raw) => {
    const message = await decode(raw);
    expect(message.text).toBeTypeOf('string');
    expect(message).not.toHaveProperty('date');
  });

  test('random bytes', async () => {
    for (let round = 0; round < 50; round += 1) {
      const head = Buffer.from(
        'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n'.slice(0, round * 2),
      );
      expect((await decode(Buffer.concat([head, randomBytes(200 + round)]))).text).toBeTypeOf('string');
    }
  });

  test('a header block that the parser refuses still has its text', async () => {
    const raw = mail(...Array(2000).fill(`X: ${'y'.repeat(1000)}`), '', 'Identifiant : ABC');
    expect((await decode(raw)).text).toContain('Identifiant : ABC');
  });
});
