import type { GatewayFault } from './gateway.ts';
import { cuts, flaps, losesEnvoyer, tooSlow } from './gateway-faults.ts';
import type { RelayFault } from './relay.ts';
import { delays, duplicates, greylists, loses, putsOff, refuses, reorders } from './relay-faults.ts';

/** One way to break what lies around the extranet, itself sound. */
export type NetworkFault = {
  /** In kebab-case, unique, among the extranet's faults too. */
  name: string;
  /** What it does, in a few words (French). */
  what: string;
  /** Requirements that may fail under it, because they are about it; none when absent. */
  named?: readonly string[];
} & ({ at: 'relay'; fault: RelayFault } | { at: 'gateway'; fault: GatewayFault } | { at: 'catcher' });

/** All faults of the network, from the extranet to the mailbox, then from the browser to the extranet. */
export const networkFaults: readonly NetworkFault[] = [
  {
    name: 'smtp-refuses',
    what: 'le relais de courrier refuse chaque destinataire',
    at: 'relay',
    fault: refuses,
  },
  {
    name: 'smtp-puts-off',
    what: 'le relais de courrier remet chaque destinataire à plus tard',
    at: 'relay',
    fault: putsOff,
  },
  {
    name: 'smtp-greylists',
    what: 'le relais de courrier remet chaque destinataire une fois à plus tard',
    at: 'relay',
    fault: greylists,
  },
  {
    name: 'smtp-delays',
    what: 'le relais de courrier retient chaque mail plus de 48 h',
    at: 'relay',
    fault: delays,
  },
  {
    name: 'smtp-duplicates',
    what: 'le relais de courrier remet chaque mail deux ou trois fois',
    at: 'relay',
    fault: duplicates,
  },
  {
    name: 'smtp-reorders',
    what: 'le relais de courrier remet les mails dans un autre ordre',
    at: 'relay',
    fault: reorders,
  },
  {
    name: 'mail-lost-on-the-way',
    what: 'le relais de courrier accepte chaque mail et en perd un sur deux',
    at: 'relay',
    fault: loses,
  },
  {
    name: 'catcher-loses-mail',
    what: 'la boîte accepte chaque mail et l’oublie',
    at: 'catcher',
  },
  {
    name: 'page-too-slow',
    what: 'un envoi de formulaire ne reçoit pas de réponse',
    at: 'gateway',
    fault: tooSlow,
  },
  {
    name: 'site-flaps',
    what: 'une page sur trois répond 503',
    at: 'gateway',
    fault: flaps,
  },
  {
    name: 'gateway-502-at-envoyer',
    what: 'ENVOYER arrive, mais sa réponse se perd en 502',
    at: 'gateway',
    fault: losesEnvoyer,
  },
  {
    name: 'connection-cut',
    what: 'une page sur deux est coupée au milieu',
    at: 'gateway',
    fault: cuts,
  },
];
