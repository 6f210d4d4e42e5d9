import { html } from 'ghtml';
import { evidenceSection } from './html-evidence.ts';
import { findingsToExamine, procedure } from './html-requirement.ts';
import { shell, styleOf } from './html-shell.ts';
import { facts, scenarioTable, stepMap, verdictHeader } from './html-verdict.ts';
import type { Results } from './results.ts';
import { visible } from './visible-text.ts';
import { verdicts } from './wording.ts';

const style = styleOf('html-page', 'html-verdict', 'html-requirement', 'html-evidence');

/** A copy whose every text is made harmless to read (see `visible`); templates escape it besides. */
function shown<T>(value: T): T;
function shown(value: unknown): unknown {
  if (typeof value === 'string') return visible(value);
  if (Array.isArray(value)) return value.map((each) => shown(each));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shown(each)]));
}

/**
 * The campaign as one self-contained French page: no network, no script.
 * `read` gives a file of evidence by its path in the campaign's folder; one that it cannot give is reported
 * in the page as unreadable.
 */
export function htmlReport(results: Results, read: (path: string) => Buffer): string {
  const seen = shown(results);
  const sources = results.evidence.map(({ path }) => path);
  return shell(
    {
      title: `${verdicts[seen.verdict.outcome]} — ${seen.target.name}`,
      style,
      generator: `Guichet ${seen.guichet}`,
      loads: 'pictures',
    },
    html`!${verdictHeader(seen)}
<main>
!${findingsToExamine(seen)}
!${stepMap(seen)}
!${procedure(seen)}
!${evidenceSection(seen, sources, read)}
!${scenarioTable(seen)}
!${facts(seen)}
</main>
<footer><p>Guichet ${seen.guichet} · catalogue ${seen.catalogue.revision} · campagne ${seen.campaign.id}</p></footer>`,
  );
}
