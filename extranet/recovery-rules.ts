/** What a forgotten identifier or password asks and tells; instants in minutes. */
export const recovery = {
  submit: 'Envoyer',
  back: 'Retour à l’accueil',
  refused: 'Votre demande n’est pas envoyée : corrigez les points suivants.',
  empty: 'ce champ est obligatoire.',
  explanation: 'Les champs marqués d’un * sont obligatoires.',
  identifiant: {
    intro:
      'Indiquez le SIRET de l’établissement et le courriel de la personne à contacter. Nous enverrons l’identifiant à cette adresse.',
    siret: 'N° de Siret',
    siretHint: '14 chiffres ; les espaces sont acceptés.',
    courriel: 'Courriel de la personne à contacter',
    courrielHint: 'Par exemple prenom.nom@entreprise.fr.',
    courrielInvalid: 'l’adresse n’est pas valable ; la forme attendue est nom@domaine.fr.',
    /** The same words whether an account matches or not. */
    sent: 'Si ces informations correspondent à un compte, un mail avec l’identifiant part à l’adresse de la personne à contacter.',
    /** Told instead where no account matches; undefined tells nothing. */
    unknown: undefined as string | undefined,
  },
  motDePasse: {
    intro:
      'Indiquez votre identifiant, puis répondez à votre question secrète. Nous vous enverrons par mail un nouveau mot de passe temporaire.',
    identifiant: 'Utilisateur',
    next: 'Continuer',
    question: 'Votre question secrète',
    answer: 'Réponse',
    answerHint: 'Les majuscules, les accents et les espaces ne comptent pas.',
    wrong: 'ce n’est pas la réponse attendue pour cet identifiant.',
    blocked: 'Trop d’essais : réessayez dans une heure, ou contactez le support technique.',
    sent: 'Un mail avec un nouveau mot de passe temporaire part à l’adresse de la personne à contacter. L’ancien mot de passe n’ouvre plus rien.',
    /** What an unknown identifier is told; undefined shows it a question as for any other. */
    unknown: undefined as string | undefined,
    /** Answers that one session, and one identifier, may try in that time. */
    tries: 5,
    triesMinutes: 60,
  },
  /** A repeated request within that time sends no second mail. */
  minutesBetweenMails: 5,
};
