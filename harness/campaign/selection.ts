import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { catalogue, findRequirement } from '../../requirements/catalogue.ts';
import { GuichetError } from '../errors.ts';

/** What a campaign runs and judges. */
export type Selection = {
  /** Spec files to run, relative to the project. */
  files: string[];
  /** Requirements to judge. */
  scope: ReadonlySet<string>;
};

/** A spec file and the requirements that its source names: a check cannot be made without naming its id. */
type Spec = { name: string; file: string; ids: ReadonlySet<string> };

const folder = 'scenarios';
const idLiteral = /'((?:HOME|LOGIN|SIRET|FORM|MAIL|SUPP|ACCT|A11Y|ROBUST)-\d{2})'/g;

/** All spec files, with the requirements that each checks. */
export function readSpecs(root: string): Spec[] {
  return readdirSync(join(root, folder))
    .filter((file) => file.endsWith('.spec.ts'))
    .sort()
    .map((file) => {
      const source = readFileSync(join(root, folder, file), 'utf8');
      const ids = new Set([...source.matchAll(idLiteral)].map(([, id = '']) => id));
      return { name: basename(file, '.spec.ts'), file: join(folder, file), ids };
    });
}

/**
 * Turns the words of `guichet check` into files and a scope. A word is a requirement (`SIRET-23`) or a scenario
 * file (`siret`, `scenarios/siret.spec.ts`); none means everything. Throws `GUICHET_USAGE` through
 * `unknown` for any other word, and `GUICHET_NOTHING_SELECTED` when nothing would be checked.
 */
export function select(
  words: readonly string[],
  specs: readonly Spec[],
  unknown: (word: string, known: readonly string[]) => GuichetError,
): Selection {
  if (words.length === 0)
    return { files: specs.map(({ file }) => file), scope: new Set(catalogue.map(({ id }) => id)) };
  const files = new Set<string>();
  const judged = new Set<string>();
  for (const word of words) {
    const requirement = findRequirement(word.toUpperCase());
    const spec = specs.find(({ name, file }) => word === name || word === file);
    if (requirement) {
      judged.add(requirement.id);
      for (const { file, ids } of specs) if (ids.has(requirement.id)) files.add(file);
    } else if (spec) {
      files.add(spec.file);
      for (const id of spec.ids) judged.add(id);
    } else {
      throw unknown(word, [...catalogue.map(({ id }) => id), ...specs.map(({ name }) => name)]);
    }
  }
  if (files.size === 0) {
    throw new GuichetError('GUICHET_NOTHING_SELECTED', `No scenario checks ${words.join(', ')} yet.`);
  }
  return { files: [...files], scope: judged };
}
