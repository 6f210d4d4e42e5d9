import { randomUUID } from 'node:crypto';
import { html } from 'ghtml';
import { createTransport } from 'nodemailer';
import type { Behaviour } from './behaviour.ts';
import type { Clock } from './clock.ts';
import type { Letter } from './mails.ts';
import type { Store } from './store.ts';

type Row = {
  id: number;
  message_id: string;
  destinataire: string;
  ecrit: number;
  contenu: string;
  essais: number;
};

/** The mails to send: each is a row, sent until the mail server takes it. */
export type Outbox = {
  /** Writes a mail; part of the caller's transaction. */
  write(letter: Letter, recipient: string, now: number): void;
  /** Keeps a mail as lost: it will never be sent. */
  lose(now: number): void;
  /** Hands over what is due; resolves when each was taken, refused for good, or put off. */
  flush(): Promise<void>;
  /** When (ms) the next row is due; undefined when there is none. */
  nextDue(): number | undefined;
  /** How many rows written by then are not taken yet. */
  waiting(writtenBy: number): number;
  /** Breaks off what is being handed over; its rows stay to be sent. */
  close(): void;
};

/** How many rows are read at a time. */
const batch = 200;

export function openOutbox(
  { database }: Store,
  options: { behaviour: Behaviour; clock: Clock; smtp: { host: string; port: number } },
): Outbox {
  const { behaviour, clock, smtp } = options;
  const transport = createTransport({
    ...smtp,
    pool: true,
    maxConnections: 8,
    maxMessages: Number.POSITIVE_INFINITY,
    secure: false,
    ignoreTLS: true,
    disableFileAccess: true,
    disableUrlAccess: true,
    connectionTimeout: 5_000,
    greetingTimeout: 5_000,
    socketTimeout: 30_000,
  });
  const insert = database.prepare(
    `INSERT INTO courriers (message_id, destinataire, ecrit, contenu, etat, essais, prochain)
     VALUES (?, ?, ?, ?, 'à envoyer', 0, ?)`,
  );
  const insertLost = database.prepare(
    `INSERT INTO courriers (message_id, destinataire, ecrit, contenu, etat, essais, prochain)
     VALUES (?, '', ?, NULL, 'perdu', 0, 0)`,
  );
  const due = database.prepare(
    `SELECT id, message_id, destinataire, ecrit, contenu, essais FROM courriers
     WHERE etat = 'à envoyer' AND prochain <= ? ORDER BY prochain, id LIMIT ${batch}`,
  );
  const first = database.prepare("SELECT MIN(prochain) AS instant FROM courriers WHERE etat = 'à envoyer'");
  const count = database.prepare(
    "SELECT COUNT(*) AS rows FROM courriers WHERE etat = 'à envoyer' AND ecrit <= ?",
  );
  // The content goes with the sending: it may hold a password.
  const settle = database.prepare(
    'UPDATE courriers SET etat = ?, contenu = NULL, essais = essais + 1 WHERE id = ?',
  );
  const putOff = database.prepare('UPDATE courriers SET essais = essais + 1, prochain = ? WHERE id = ?');

  async function send(row: Row): Promise<void> {
    try {
      await hand(row);
      settle.run('accepté', row.id);
    } catch (error) {
      if (isPermanent(error)) return void settle.run('refusé', row.id);
      const { retryMinutes } = behaviour.backOffice;
      const minutes = retryMinutes[Math.min(row.essais, retryMinutes.length - 1)] ?? 1;
      putOff.run(clock.now().getTime() + minutes * 60_000, row.id);
    }
  }

  async function hand({ message_id, destinataire, ecrit, contenu }: Row): Promise<void> {
    const { subject, paragraphs } = JSON.parse(contenu) as Letter;
    const { from, withText, withHtml, messageId, dated } = behaviour.mails;
    await transport.sendMail({
      from,
      to: { name: '', address: destinataire },
      envelope: { from: from.address, to: destinataire },
      messageId: messageId(message_id),
      date: new Date(dated(ecrit)),
      subject,
      ...(withText ? { text: `${paragraphs.join('\n\n')}\n` } : {}),
      ...(withHtml ? { html: asHtml(subject, paragraphs.map(behaviour.mails.asMarkup)) } : {}),
    });
  }

  return {
    write: (letter, recipient, now) => {
      const domain = behaviour.mails.from.address.split('@')[1];
      insert.run(`<${randomUUID()}@${domain}>`, recipient, now, JSON.stringify(letter), now);
    },
    lose: (now) => void insertLost.run(randomUUID(), now),
    flush: async () => {
      for (;;) {
        const rows = due.all(clock.now().getTime()) as Row[];
        if (rows.length === 0) return;
        await Promise.all(rows.map(send));
      }
    },
    nextDue: () => (first.get() as { instant: number | null }).instant ?? undefined,
    waiting: (writtenBy) => (count.get(writtenBy) as { rows: number }).rows,
    close: () => transport.close({ force: true }),
  };
}

/** Whether the mail server will never take this mail (5xx), or there is nobody to send it to. */
function isPermanent(error: unknown): boolean {
  const { responseCode, code } = error as { responseCode?: number; code?: string };
  return (
    (responseCode !== undefined && responseCode >= 500) ||
    (code === 'EENVELOPE' && responseCode === undefined)
  );
}

function asHtml(subject: string, paragraphs: readonly string[]): string {
  const body = paragraphs.map((paragraph) => `<p>${paragraph.replaceAll('\n', '<br>')}</p>`).join('\n');
  return html`<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><title>${subject}</title></head><body>
!${body}
</body></html>
`;
}
