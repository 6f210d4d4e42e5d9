import { html } from 'ghtml';

/** What a page may load: its own style and script, and mails in frames of their own. */
export const pagePolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "img-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** What a mail may: be seen. No script, no form, nothing fetched from anywhere. */
export const mailPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; frame-ancestors 'self'";

/** A whole page around `body`, which is HTML already. */
export function layout(title: string, body: string): string {
  return html`<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Guichet</title>
<link rel="stylesheet" href="/webmail.css">
<link rel="icon" href="/webmail.svg" type="image/svg+xml">
<script src="/webmail.js" defer></script>
</head>
<body>
<header><a href="/">Courriels de Guichet</a></header>
<main>
!${body}
</main>
</body>
</html>
`;
}

const instant = new Intl.DateTimeFormat('fr-FR', {
  dateStyle: 'medium',
  timeStyle: 'medium',
  timeZone: 'Europe/Paris',
});

/** An instant as people in France read it, in a `time` element. */
export function time(date: Date): string {
  return html`<time datetime="${date.toISOString()}">${instant.format(date)}</time>`;
}

/** `3 courriels`, `1 courriel`. */
export function count(number: number, noun: string): string {
  return `${number.toLocaleString('fr-FR')} ${noun}${number > 1 ? 's' : ''}`;
}

/** A size that a person reads: `2,6 Ko`. */
export function size(bytes: number): string {
  const format = (value: number, unit: string) =>
    `${value.toLocaleString('fr-FR', { maximumFractionDigits: 1 })} ${unit}`;
  if (bytes < 1000) return format(bytes, bytes > 1 ? 'octets' : 'octet');
  return bytes < 1_000_000 ? format(bytes / 1000, 'Ko') : format(bytes / 1_000_000, 'Mo');
}
