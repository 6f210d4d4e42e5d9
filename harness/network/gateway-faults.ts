import type { GatewayFault } from './gateway.ts';

/** Whatever is sent by a form waits for its answer until whoever sent it gives up. */
export const tooSlow: GatewayFault =
  () =>
  ({ method }) =>
    method === 'POST' ? 'hold' : 'pass';

/** One request of every three is answered 503. */
export const flaps: GatewayFault = ({ draw }) => {
  const down = draw.oneOf(3);
  return () => (down() ? 'refuse' : 'pass');
};

/** Where the form of the extranet goes that comes with Guichet. */
const envoyer = '/aparts/creation/compte';

/** ENVOYER reaches the extranet, but its answer does not come back. */
export const losesEnvoyer: GatewayFault =
  () =>
  ({ method, url }) =>
    method === 'POST' && url === envoyer ? 'lose' : 'pass';

/** One answer of every two is cut off in the middle. */
export const cuts: GatewayFault = ({ draw }) => {
  const torn = draw.oneOf(2);
  return ({ method }) => (method === 'GET' && torn() ? 'cut' : 'pass');
};
