import { changed, changedFields, changedForm, type Fault } from './fault.ts';
import { envoyer, mailsAfter, rivals, sentAgain } from './probe.ts';

/** Faults of the form against hostile values, scripts that skip the page, and demandes sent twice or by two. */
export const robustnessFaults: readonly Fault[] = [
  {
    name: 'form-open-without-siret-step',
    breaks: ['ROBUST-04'],
    apply: (behaviour) => changed(behaviour, 'form', { needsSiretStep: false }),
    probe: async (trial) => (await trial.visitor().get('/aparts/creation/compte')).statusCode,
  },
  {
    name: 'second-recipient-accepted',
    breaks: ['ROBUST-02'],
    apply: (behaviour) => {
      const { problem } = behaviour.form.fields.courrielUtilisateur;
      return changedFields(behaviour, ['courrielUtilisateur', 'confirmerCourrielUtilisateur'], {
        problem: (value) =>
          value
            .split(/[,;] ?/)
            .map(problem)
            .find(Boolean),
      });
    },
    probe: mailsAfter(48, {
      courrielUtilisateur: 'a@guichet.test,b@guichet.test',
      confirmerCourrielUtilisateur: 'a@guichet.test,b@guichet.test',
    }),
  },
  {
    name: 'line-break-becomes-a-second-recipient',
    breaks: ['ROBUST-02'],
    apply: (behaviour) => {
      const { problem } = behaviour.form.fields.courrielUtilisateur;
      return changedFields(behaviour, ['courrielUtilisateur', 'confirmerCourrielUtilisateur'], {
        problem: (value) => problem(value.split(/[\r\n]/)[0] ?? ''),
      });
    },
    probe: mailsAfter(48, {
      courrielUtilisateur: 'a@guichet.test\r\nBcc: b@guichet.test',
      confirmerCourrielUtilisateur: 'a@guichet.test\r\nBcc: b@guichet.test',
    }),
  },
  {
    name: 'markup-shown-raw-on-the-form',
    breaks: ['ROBUST-03'],
    apply: (behaviour) => changed(behaviour, 'form', { typedAgain: (value) => value }),
    probe: envoyer({ nom: '', prenom: '"><b>x' }),
  },
  {
    name: 'markup-sent-raw-in-mails',
    breaks: ['ROBUST-03'],
    apply: (behaviour) => changed(behaviour, 'mails', { asMarkup: (paragraph) => paragraph }),
    probe: async (trial) => {
      await mailsAfter(48, { prenom: '<b>x</b>' })(trial);
      return trial.mails.map(({ html }) => html.includes('<b>x</b>'));
    },
  },
  {
    name: 'double-click-makes-two-demandes',
    breaks: ['ROBUST-05'],
    apply: (behaviour) => changedForm(behaviour, 'once', { perForm: false, perSiret: false }),
    probe: sentAgain('same form'),
  },
  {
    name: 'second-tab-makes-a-second-demande',
    breaks: ['ROBUST-05'],
    apply: (behaviour) => changedForm(behaviour, 'once', { perSiret: false }),
    probe: sentAgain('second tab'),
  },
  {
    name: 'two-people-get-an-account-for-one-siret',
    breaks: ['ROBUST-06'],
    apply: (behaviour) =>
      changed(changedForm(behaviour, 'once', { perSiret: false }), 'backOffice', {
        accessKeys: ['courriel'],
      }),
    probe: rivals,
  },
  {
    name: 'second-of-two-people-crashes-the-site',
    breaks: ['ROBUST-06'],
    apply: (behaviour) =>
      changed(behaviour, 'siret', {
        rules: {
          ...behaviour.siret.rules,
          free: (taken) => {
            if (taken) throw new Error('UNIQUE constraint failed: demandes.siret');
            return undefined;
          },
        },
      }),
    probe: rivals,
  },
];
