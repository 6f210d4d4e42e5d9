import { readFileSync } from 'node:fs';
import { html } from 'ghtml';

/** What a page may load besides its own styles: nothing, or pictures that stand in it. */
const policies = {
  nothing: "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
  pictures:
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
} as const;

/** The texts of those style sheets of this folder, one after the other. */
export function styleOf(...names: string[]): string {
  return names.map((name) => readFileSync(new URL(`./${name}.css`, import.meta.url), 'utf8')).join('');
}

/** A self-contained French page, light and dark: nothing is fetched and no script runs. `body` and `style` are taken as they are. */
export function shell(
  {
    title,
    style,
    generator,
    loads = 'nothing',
  }: {
    title: string;
    style: string;
    generator?: string;
    loads?: keyof typeof policies;
  },
  body: string,
): string {
  return html`<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="!${policies[loads]}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
!${
    generator === undefined
      ? ''
      : html`<meta name="generator" content="${generator}">
`
  }<title>${title}</title>
<style>
!${style}</style>
</head>
<body>
!${body}
</body>
</html>
`;
}
