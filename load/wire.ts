import type { Demande } from '../fixtures/demande.ts';

/** What a load script must know of a target: where each step is, and under which names it posts. */
export type Wire = {
  /** Paths from the target's origin. */
  paths: {
    siret: string;
    form: string;
    confirmation: string;
    /** Answers the towns of a postal code, which the form's script asks for. */
    towns: string;
    /** The test door that tells the session's security code. */
    code: string;
  };
  codeToken: string;
  siretNames: { siret: string; code: string; cgu: string };
  /** What a ticked box posts. */
  ticked: string;
  townsName: string;
  /** The POST names of each value of a demande: confirmations post it once more. */
  formNames: Record<Exclude<keyof Demande, 'siret'>, readonly string[]>;
};

/** The extranet that comes with Guichet. */
export const embeddedWire: Wire = {
  paths: {
    siret: '/aparts/creation',
    form: '/aparts/creation/compte',
    confirmation: '/aparts/creation/confirmation',
    towns: '/aparts/communes',
    code: '/_test/code',
  },
  codeToken: 'x-test-token',
  siretNames: { siret: 'siret', code: 'code', cgu: 'cgu' },
  ticked: 'on',
  townsName: 'codePostal',
  formNames: {
    denomination: ['denomination'],
    numeroVoie: ['numeroVoie'],
    extensionVoie: ['extensionVoie'],
    typeVoie: ['typeVoie'],
    libelleVoie: ['libelleVoie'],
    complement: ['complement'],
    codePostal: ['codePostal'],
    ville: ['ville'],
    telephone: ['telephone'],
    fax: ['fax'],
    courriel: ['courriel', 'confirmerCourriel'],
    nom: ['nom'],
    prenom: ['prenom'],
    telephoneUtilisateur: ['telephoneUtilisateur'],
    courrielUtilisateur: ['courrielUtilisateur', 'confirmerCourrielUtilisateur'],
    questionSecrete: ['questionSecrete'],
    reponse: ['reponse'],
  },
};
