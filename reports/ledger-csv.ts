/** A planned submission as the ledger has it, and the mails that came back. */
export type AccountedSubmission = {
  id: string;
  siret: string;
  courriel: string;
  planned: Date;
  state: string;
  answered: Date | undefined;
  detail: string | undefined;
  expects: readonly string[];
  mails: readonly { kind: string; received: Date }[];
};

const kinds = ['identifiant', 'mot-de-passe', 'habilitation', 'other'] as const;

const columns = [
  ...['submission', 'siret', 'courriel', 'planned', 'state', 'answered', 'detail', 'expects'],
  ...kinds.flatMap((kind) => [kind, `${kind} received`]),
];

// A spreadsheet takes what begins so for a formula; the detail is the target's own words.
const formula = /^[=+\-@\t\r]/;

function cell(value: string): string {
  const harmless = formula.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/**
 * The ledger as CSV (RFC 4180): a line for each submission; for each kind of mail how many came, and when the first did. Those
 * columns are empty where no mail was noted of any submission: "guichet check" judges mails by itself, and leaves it to
 * "follow" and "load" to note them.
 */
export function ledgerCsv(rows: readonly AccountedSubmission[]): string {
  const noted = rows.some(({ mails }) => mails.length > 0);
  const lines = rows.map(({ id, siret, courriel, planned, state, answered, detail = '', expects, mails }) => [
    ...[id, siret, courriel, planned.toISOString(), state, answered?.toISOString() ?? '', detail],
    expects.join(' '),
    ...kinds.flatMap((kind) => {
      const came = mails.filter((mail) => mail.kind === kind);
      return [noted ? String(came.length) : '', came[0]?.received.toISOString() ?? ''];
    }),
  ]);
  return [columns, ...lines].map((line) => `${line.map(cell).join(',')}\r\n`).join('');
}
