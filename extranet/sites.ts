/** The extranets of the ASP that share the accounts; the last stands for those that are not shown here. */
export const sites = ['Activité Partielle', 'SYLAé', 'APEA', 'autre site'] as const;
export type Site = (typeof sites)[number];

/** An extranet with a sign-in: where it stands, and the cookie of its sessions. */
export type Place = { site: Site; path: string; cookie: string; cookiePath: string };

export const aparts = {
  site: 'Activité Partielle',
  path: '/aparts',
  cookie: 'guichet_session',
  cookiePath: '/',
} as const satisfies Place;

/** The siblings of Activité Partielle: sign-in pages over the same accounts. */
export const siblings = [
  { site: 'SYLAé', path: '/sylae', cookie: 'guichet_sylae', cookiePath: '/sylae' },
  { site: 'APEA', path: '/apea', cookie: 'guichet_apea', cookiePath: '/apea' },
] as const satisfies readonly Place[];

export type Sibling = (typeof siblings)[number];
