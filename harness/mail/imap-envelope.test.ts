import { expect, test } from 'vitest';
import { imapEnvelope } from './imap-envelope.ts';

const received = (clause = '') =>
  `Received: from a by b\r\n\twith LMTP id 1 ${clause};\r\n\tTue, 03 Mar 2026 09:00:00 +0100`;
const header = (...lines: string[]) => Buffer.from(`${lines.join('\r\n')}\r\n\r\n`);

test.each<[string, Buffer, string[]]>([
  [
    'Dovecot',
    header('Return-Path: <asp@x.fr>', 'Delivered-To: a+b@x.fr', received(), 'To: z@x.fr'),
    ['a+b@x.fr'],
  ],
  [
    'Postfix with a catch-all',
    header(
      'Return-Path: <asp@x.fr>',
      'X-Original-To: A@x.fr',
      'Delivered-To: all@x.fr',
      received(),
      'To: z@x.fr',
    ),
    ['A@x.fr', 'all@x.fr'],
  ],
  ['Exim', header('Return-path: <asp@x.fr>', 'Envelope-to: a@x.fr', received(), 'To: z@x.fr'), ['a@x.fr']],
  ['the last Received', header(received('for <a@x.fr>'), received('for <b@x.fr>'), 'To: z@x.fr'), ['a@x.fr']],
  [
    'To, several',
    header(received(), 'To: A <a@x.fr>,\r\n "b, c" <b@x.fr>', 'To: c@x.fr'),
    ['a@x.fr', 'b@x.fr', 'c@x.fr'],
  ],
  ['nothing', header('Subject: x'), []],
  ['nothing at all', Buffer.alloc(0), []],
])('the recipient of %s', async (_what, raw, recipients) => {
  expect((await imapEnvelope(raw, undefined)).recipients).toEqual(recipients);
});

test('what an earlier server or the sender wrote is not believed', async () => {
  const raw = header(
    'Delivered-To: a@x.fr',
    received(),
    'Delivered-To: forged@x.fr',
    received(),
    'X-Original-To: b@x.fr',
  );
  expect((await imapEnvelope(raw, undefined)).recipients).toEqual(['a@x.fr']);
});

test('the header that the profile names is the only one', async () => {
  const raw = header('Delivered-To: all@x.fr', 'X-Envelope-To: <a@x.fr>', received(), 'To: z@x.fr');
  expect((await imapEnvelope(raw, 'X-Envelope-To')).recipients).toEqual(['a@x.fr']);
  expect((await imapEnvelope(raw, 'X-Nothing')).recipients).toEqual([]);
});

test.each([
  ['Return-Path: <asp@x.fr>', 'asp@x.fr'],
  ['Return-Path: <>', ''],
  ['Subject: x', ''],
])('the sender of %s', async (line, sender) => {
  expect((await imapEnvelope(header(line, received()), undefined)).sender).toBe(sender);
});
