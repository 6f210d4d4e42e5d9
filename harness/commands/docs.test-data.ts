import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export const pages = [
  ...['README.md', 'CONTRIBUTING.md'],
  ...readdirSync(join(root, 'docs')).flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : [])),
];

export const readPage = (page: string) => readFileSync(join(root, page), 'utf8');

/** Every command line that a page shows: the lines of its shell blocks, and inline code that begins as one does. */
function linesOf(page: string): string[] {
  const text = readPage(page).replace(/ \\\n/g, ' ');
  const blocks = [...text.matchAll(/^ *```sh\n([\s\S]*?)^ *```/gm)].flatMap(([, block = '']) =>
    block.split('\n'),
  );
  const inline = [...text.replace(/^ *```[\s\S]*?^ *```/gm, '').matchAll(/`([^`]+)`/g)].map(
    ([, code = '']) => code,
  );
  return [...blocks, ...inline]
    .map((line) =>
      line
        .replace(/\s+#.*$/, '')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .map((line) => line.replace(/^([A-Z][A-Z0-9_]*=\S+ )+/, ''))
    .filter((line) => /^(npx|npm|node|k6) /.test(line));
}

/** All lines of all pages, in their order. */
export const shown = pages.flatMap((page) => linesOf(page).map((line) => ({ page, line })));

/** The workload that CONTRIBUTING.md shows, as JSON. */
export const [, shownWorkload = ''] = /^```json\n([\s\S]*?)^```/m.exec(readPage('CONTRIBUTING.md')) ?? [];
