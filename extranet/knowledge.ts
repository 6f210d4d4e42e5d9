import type { Behaviour } from './behaviour.ts';

/** An article of the knowledge base; `words` are what people search it by and it does not say. */
export type Article = { id: string; title: string; text: readonly string[]; words?: string };

/** The knowledge base: the advice of the procedure, in its own sentences. */
export function articlesOf({
  home,
  siret,
  form,
  confirmation,
  support,
  espace,
}: Behaviour): readonly Article[] {
  const { notices } = form;
  const { mail, metropole, dom } = support.means;
  const telephone = ({ intro, number, price, territory }: typeof metropole) =>
    `${intro} ${number} ${price} ${territory}.`;
  return [
    {
      id: 'creer-mon-espace',
      title: 'Comment créer mon espace ?',
      text: [
        `${home.first.why} ${home.first.siretAtHand}`,
        "Pour accéder au formulaire de création de compte au service dématérialisé d'Activité Partielle, cliquez sur CRÉER MON ESPACE.",
      ],
      words: 'compte inscription première connexion',
    },
    {
      id: 'etape-siret',
      title: 'Que saisir à l’étape du SIRET ?',
      text: [
        "Renseignez le numéro de SIRET de l'établissement pour lequel vous souhaitez créer le compte Activité Partielle.",
        'Saisissez ensuite le cryptogramme du paragraphe « Contrôle de sécurité » puis cliquer sur le bouton VALIDER.',
      ],
      words: 'captcha code',
    },
    {
      id: 'code-de-securite',
      title: 'Je n’arrive pas à lire le code de sécurité',
      text: [siret.change.tooltip.text],
      words: 'captcha cryptogramme image illisible',
    },
    {
      id: 'conditions-generales',
      title: 'Faut-il accepter les conditions générales ?',
      text: [
        'Cochez "Accepter les conditions générales d\'utilisation" (CGU).',
        "N'oubliez pas de cocher les conditions générales d'utilisation avant de valider votre demande.",
      ],
      words: 'case',
    },
    {
      id: 'informations-obligatoires',
      title: 'Quelles informations sont obligatoires ?',
      text: [
        "Dénomination de l'établissement",
        'Libellé de voie, code postal, ville',
        "Double saisie de l'adresse mail de l'établissement et téléphone fixe de l'établissement afin d'éviter toute erreur de frappe.",
        "Nom, prénom, Double saisie de l'adresse mail de la personne à contacter (afin d'éviter toute erreur de frappe qui conduirait à la création d'un compte erroné et la non réception des mails de notification), téléphone fixe de la personne à contacter.",
        'Question secrète et sa réponse',
      ],
      words: 'champs formulaire courriel étoile',
    },
    {
      id: 'adresse-trop-longue',
      title: 'Mon adresse est trop longue',
      text: [
        'Le champ "libellé de la voie" est limité à 28 caractères et le champ "complément d\'adresse" est limité à 38 caractères.',
      ],
      words: 'rue longueur',
    },
    {
      id: 'copier-coller',
      title: 'Je ne peux pas coller mon adresse mail',
      text: [
        "Vous devez saisir manuellement les 2 champs relatifs à l'adresse mail. Le copier/coller est interdit.",
      ],
      words: 'courriel e-mail',
    },
    {
      id: 'personne-a-contacter',
      title: 'Qui est la personne à contacter ?',
      text: [notices.contact, notices.wrongAddress],
      words: 'courriel e-mail',
    },
    {
      id: 'tiers-declarant',
      title: 'Je suis Tiers Déclarant ou expert-comptable',
      text: [notices.thirdParty, home.first.accountant],
      words: 'comptable cabinet contrat de prestation',
    },
    {
      id: 'mails',
      title: 'Quels mails vais-je recevoir, et quand ?',
      text: [confirmation.next],
      words: 'courriel e-mail délai 48 heures',
    },
    {
      id: 'mails-non-recus',
      title: 'Je n’ai pas reçu mes mails',
      text: [support.spam.advice],
      words: 'courriel e-mail pourriel attente',
    },
    {
      id: 'acces-existant',
      title: 'L’établissement a déjà un accès à un autre site de l’ASP',
      text: [confirmation.existingAccess],
      words: 'courriel e-mail',
    },
    {
      id: 'changement-de-mot-de-passe',
      title: 'Mon mot de passe est-il le même partout ?',
      text: [espace.change.everywhere],
      words: 'SYLAé APEA modifier',
    },
    {
      id: 'assistance',
      title: "Comment contacter l'Assistance ?",
      text: [`${mail.intro} (${mail.address})`, telephone(metropole), telephone(dom)],
      words: 'support téléphone numéro aide outre-mer',
    },
  ];
}

/** The articles that have all the words of a query, whatever their case, accents and plural. */
export function search(articles: readonly Article[], query: string): readonly Article[] {
  const wanted = plain(query)
    .split(/[^a-z0-9]+/)
    .filter(Boolean)
    .map(singular);
  return articles.filter(({ title, text, words = '' }) => {
    const said = plain([title, ...text, words].join(' '));
    return wanted.every((word) => said.includes(word));
  });
}

function plain(text: string): string {
  return text.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '').replaceAll('œ', 'oe');
}

function singular(word: string): string {
  return word.length > 3 ? word.replace(/[sx]$/, '') : word;
}
