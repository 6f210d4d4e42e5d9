import { readFileSync } from 'node:fs';
import { html } from 'ghtml';
import { evidenceSection } from './html-evidence.ts';
import { findingsToExamine, procedure } from './html-requirement.ts';
import { facts, scenarioTable, stepMap, verdictHeader } from './html-verdict.ts';
import type { Results } from './results.ts';
import { visible } from './visible-text.ts';
import { verdicts } from './wording.ts';

const style = ['page', 'verdict', 'requirement', 'evidence']
  .map((part) => readFileSync(new URL(`./html-${part}.css`, import.meta.url), 'utf8'))
  .join('');

// Nothing is fetched and no script runs, whatever a judged page or mail managed to have quoted here.
const policy =
  "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

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
  return html`<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="!${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<meta name="generator" content="Guichet ${seen.guichet}">
<title>${verdicts[seen.verdict.outcome]} — ${seen.target.name}</title>
<style>
!${style}</style>
</head>
<body>
!${verdictHeader(seen)}
<main>
!${findingsToExamine(seen)}
!${stepMap(seen)}
!${procedure(seen)}
!${evidenceSection(seen, sources, read)}
!${scenarioTable(seen)}
!${facts(seen)}
</main>
<footer><p>Guichet ${seen.guichet} · catalogue ${seen.catalogue.revision} · campagne ${seen.campaign.id}</p></footer>
</body>
</html>
`;
}
