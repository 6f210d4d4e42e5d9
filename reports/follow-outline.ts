import { styleText } from 'node:util';
import { counted, sayHours, sayInstant } from './wording.ts';

/** One submission and its mails as a person is told them. */
export type FollowedSubmission = {
  siret: string;
  courriel: string;
  state: 'planned' | 'accepted' | 'refused' | 'dropped' | 'errored' | 'unknown';
  deadline: Date;
  mails: { kind: string; standing: 'on time' | 'late' | 'missing' | 'too early'; hours?: number }[];
  unexpected: string[];
};

const words = { 'on time': 'à temps', late: 'en retard', missing: 'manquant', 'too early': 'trop tôt' };
const marks = { 'on time': '✔', late: '×', missing: '×', 'too early': '…' };
const styles = { 'on time': 'green', late: 'red', missing: 'red', 'too early': 'yellow' } as const;
const states = {
  planned: 'réponse inconnue',
  accepted: 'acceptée',
  refused: 'refusée',
  dropped: 'abandonnée',
  errored: 'en erreur',
  unknown: 'réponse inconnue',
};

/** What `guichet follow` says of each submission and each of its mails, in French. */
export function followOutline(submissions: readonly FollowedSubmission[], colour: boolean): string {
  const paint = (style: 'green' | 'red' | 'yellow', text: string) =>
    colour ? styleText(style, text, { validateStream: false }) : text;
  const lines = submissions.flatMap(({ siret, courriel, state, deadline, mails, unexpected }) => [
    `${siret}  ${courriel}  ${states[state]}${mails.length > 0 ? `, mails dus le ${sayInstant(deadline.toISOString())}` : ''}`,
    ...mails.map(({ kind, standing, hours }) => {
      const when = hours === undefined ? '' : ` (${sayHours(hours)} après la demande)`;
      return `  ${paint(styles[standing], `${marks[standing]} ${words[standing].padEnd(9)}`)}  ${kind.replaceAll('-', ' ')}${when}`;
    }),
    ...(unexpected.length > 0
      ? [
          `  ${paint('red', '× en trop   ')} ${unexpected.map((kind) => kind.replaceAll('-', ' ')).join(', ')}`,
        ]
      : []),
  ]);
  const all = submissions.flatMap(({ mails }) => mails.map(({ standing }) => standing));
  const tally = (['on time', 'late', 'missing', 'too early'] as const)
    .map((standing) => `${all.filter((each) => each === standing).length} ${words[standing]}`)
    .join(', ');
  const demandes = counted(submissions.length, ['demande', 'demandes']);
  return [...lines, '', `${demandes}, ${counted(all.length, ['mail dû', 'mails dus'])} : ${tally}`].join(
    '\n',
  );
}
