import { contact, sirets, token } from '../trial.ts';
import { type Probe, seen, type Trial } from './probe.ts';

const [siret, other] = sirets;
const own = 'cheval pile agrafe';
const next = 'nuage tambour lampe';
const paths = { 'Activité Partielle': '/aparts', SYLAé: '/sylae', APEA: '/apea' } as const;
type Site = keyof typeof paths;

/** Gives that holder an access to a site, with a password of their own. */
async function grant({ app }: Trial, site: Site): Promise<void> {
  const access = { siret, courriel: contact(siret), identifiant: 'TOUS', motDePasse: own, site };
  await app.inject({
    ...{ method: 'POST', url: '/_test/acces', payload: access },
    headers: { 'x-test-token': token },
  });
}

/** The answer to a sign-in on Activité Partielle with that password, for a holder who has an own one. */
export function signIn(motDePasse: string = own): Probe {
  return async (trial) => {
    await grant(trial, 'Activité Partielle');
    return seen(await trial.visitor().post('/aparts/connexion', { identifiant: 'TOUS', motDePasse }));
  };
}

/** Whether the identifier and the password that each of two people is mailed open the space. */
export const mailedAccess: Probe = async (trial) => {
  for (const one of [siret, other]) {
    const person = trial.visitor();
    await person.openForm(one);
    await person.send(one);
  }
  await trial.advance(48);
  const opened: number[] = [];
  for (const one of [siret, other]) {
    const text = trial.mails
      .filter(({ to }) => to.includes(contact(one)))
      .map((mail) => mail.text)
      .join('\n');
    const identifiant = /Identifiant : (\S+)/.exec(text)?.[1] ?? '';
    const motDePasse = /Mot de passe : (\S+)/.exec(text)?.[1] ?? '';
    const answer = await trial.visitor().post('/aparts/connexion', { identifiant, motDePasse });
    opened.push(answer.statusCode);
  }
  return opened;
};

/** Whether the former or the new password opens a site after a change on `changedOn`. */
export function passwordChanged(on: Site, { opens, by }: { opens: Site; by: 'former' | 'new' }): Probe {
  return async (trial) => {
    for (const site of new Set([on, opens])) await grant(trial, site);
    const person = trial.visitor();
    await person.post(`${paths[on]}/connexion`, { identifiant: 'TOUS', motDePasse: own });
    const form = { motDePasseActuel: own, nouveauMotDePasse: next, confirmerMotDePasse: next };
    await person.post(`${paths[on]}/espace/mot-de-passe`, form);
    const motDePasse = by === 'former' ? own : next;
    const answer = await trial
      .visitor()
      .post(`${paths[opens]}/connexion`, { identifiant: 'TOUS', motDePasse });
    return answer.statusCode;
  };
}
