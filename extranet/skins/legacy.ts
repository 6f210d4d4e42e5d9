import { readFileSync } from 'node:fs';
import { frameset, homeAddress, plainAddress } from './addresses.ts';
import { latin1Entries, latin1Page } from './latin1.ts';
import { bannerPage, framesetPage, legacyPage } from './legacy-page.ts';
import type { Skin } from './skin.ts';
import { plainEntries } from './wire-names.ts';

const policy = "frame-src 'self'; frame-ancestors 'self'";
const css = readFileSync(new URL('../assets/legacy.css', import.meta.url));

/**
 * An intranet of 2009: tables, labels in cells of their own, pictures for buttons, ISO-8859-1, a frame, errors in a
 * red banner, POST names that mean nothing. All by what goes out and comes in: pages, rules and faults are the same.
 */
export const legacy: Skin = {
  breaks: ['A11Y-01', 'A11Y-02', 'A11Y-04', 'A11Y-08', 'A11Y-09', 'A11Y-11', 'A11Y-12', 'A11Y-13'],
  addressOf: plainAddress,
  readBody: (body) => posted(plainEntries(latin1Entries(body), { strict: true })),
  readQuery: (query) => posted(plainEntries(latin1Entries(query), { strict: false })),
  dress: (app, behaviour) => {
    app.get(frameset, (_request, reply) => reply.type(html).send(framesetPage(behaviour)));
    app.get('/aparts/bandeau', (_request, reply) => reply.type(html).send(bannerPage(behaviour)));
    app.get('/aparts/assets/legacy.css', (_request, reply) =>
      reply.header('cache-control', 'max-age=3600').type('text/css; charset=utf-8').send(css),
    );
    app.addHook('onSend', async (request, reply, payload) => {
      const location = reply.getHeader('location');
      // The root leads to the window, all else to the page in its frame.
      if (typeof location === 'string' && request.url !== '/')
        reply.header('location', homeAddress(location));
      if (typeof payload !== 'string' || !String(reply.getHeader('content-type')).startsWith('text/html'))
        return payload;
      const plain = String(reply.getHeader('content-security-policy'));
      reply.header('content-security-policy', plain.replace("frame-ancestors 'none'", policy));
      reply.type('text/html; charset=iso-8859-1');
      return latin1Page(payload.startsWith('<!DOCTYPE') ? payload : legacyPage(payload));
    });
  },
};

const html = 'text/html; charset=utf-8';

/** Entries as a form is read: a name that came more than once has a list. */
function posted(entries: readonly [string, string][]): Record<string, string | string[]> {
  const form: Record<string, string | string[]> = Object.create(null);
  for (const [name, value] of entries) {
    const before = form[name];
    form[name] = before === undefined ? value : [before, value].flat();
  }
  return form;
}
