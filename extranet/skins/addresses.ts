/** Where the frames are; the home page of the plain extranet is what the frame shows first. */
const home = '/aparts/';
const homeInFrame = '/aparts/accueil';
export const frameset = '/aparts/cadres';

/** The address of a page as this skin writes it in a link, a form or a redirect: the home page stays in its frame. */
export function homeAddress(address: string): string {
  return address === home ? homeInFrame : address;
}

/** The address that the plain extranet has for what is asked for. */
export function plainAddress(url: string): string {
  const [, path = '', rest = ''] = /^([^?#]*)(.*)$/.exec(url) ?? [];
  if (path === homeInFrame) return home + rest;
  return path === home || `${path}/` === home ? frameset + rest : url;
}
