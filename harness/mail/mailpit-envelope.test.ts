import { expect, test } from 'vitest';
import { mailpitEnvelope, mailpitReceipt } from './mailpit-envelope.ts';
import type { Summary } from './mailpit-index.ts';

const received = (to: string) =>
  `Received: from client.test (localhost [127.0.0.1])\r\n        by host (Mailpit) with SMTP\r\n        for <${to}>; Tue, 3 Mar 2026 09:00:00 +0100 (CET)`;
const raw = (...lines: string[]) => Buffer.from(`${lines.join('\r\n')}\r\n\r\nx\r\n`);
const list = (addresses: string[] = []) => addresses.map((Address) => ({ Address }));
const summary = ({ to, cc, bcc }: { to?: string[]; cc?: string[]; bcc?: string[] }): Summary => ({
  ID: 'x',
  Created: new Date('2026-03-03T08:00:00.900Z'),
  To: list(to),
  Cc: list(cc),
  Bcc: list(bcc),
});

test.each<[string, Buffer, Summary, string[]]>([
  [
    'the headers name them all',
    raw(received('a@x.fr')),
    summary({ to: ['a@x.fr'], cc: ['b@x.fr'] }),
    ['a@x.fr', 'b@x.fr'],
  ],
  [
    'no header names them',
    raw('Bcc: a@x.fr, b@x.fr', received('a@x.fr')),
    summary({ bcc: ['a@x.fr', 'b@x.fr'] }),
    ['a@x.fr', 'b@x.fr'],
  ],
  [
    'To names another',
    raw('Bcc: a@x.fr', received('a@x.fr'), 'To: z@x.fr'),
    summary({ to: ['z@x.fr'], bcc: ['a@x.fr'] }),
    ['a@x.fr'],
  ],
  [
    'one is hidden',
    raw('Bcc: b@x.fr', received('a@x.fr'), 'To: a@x.fr'),
    summary({ to: ['a@x.fr'], bcc: ['b@x.fr'] }),
    ['a@x.fr', 'b@x.fr'],
  ],
  ['case differs', raw(received('A@x.fr'), 'To: a@x.fr'), summary({ to: ['a@x.fr'] }), ['A@x.fr']],
  ['it came by its API', raw('To: a@x.fr'), summary({ to: ['a@x.fr'] }), ['a@x.fr']],
  ['it names nobody', raw('Subject: x'), summary({}), []],
])('the recipients where %s', (_what, source, mail, recipients) => {
  expect(mailpitEnvelope(source, mail).recipients).toEqual(recipients);
});

test('the receipt is Mailpit’s, not what the mail says of itself', () => {
  const mail = summary({});
  expect(mailpitReceipt(raw(received('a@x.fr')), mail)).toEqual(mail.Created);
  const claimed = { ...mail, Created: new Date('2020-01-01T00:00:00Z') };
  expect(mailpitReceipt(raw(received('a@x.fr')), claimed)).toEqual(new Date('2026-03-03T08:00:00Z'));
  expect(mailpitReceipt(raw('Subject: x'), claimed)).toEqual(claimed.Created);
});
