import type { JournalLine } from './journal.ts';

/**
 * The lines of a check's journal and of its follow-ups' as one. A scenario that a follow-up has concluded stands as that
 * says, the last one of several; its checks join those that it made before its mails were due. What a killed follow-up
 * has left half done is left out.
 */
export function merged(journals: readonly (readonly JournalLine[])[]): JournalLine[] {
  const [first = [], ...followed] = journals;
  const concluded = new Map<string, number>();
  for (const [at, lines] of followed.entries()) {
    for (const line of lines) {
      if (line.kind === 'scenario' && line.status !== 'pending' && line.status !== 'interrupted')
        concluded.set(line.id, at);
    }
  }
  const later = followed.flatMap((lines, at) =>
    lines.filter((line) => {
      if (line.kind === 'scenario') return concluded.get(line.id) === at;
      if (line.kind === 'check') return concluded.get(line.scenario) === at;
      return line.kind === 'evidence';
    }),
  );
  return [...first.filter((line) => line.kind !== 'scenario' || !concluded.has(line.id)), ...later];
}
