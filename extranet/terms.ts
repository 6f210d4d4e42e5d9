import { site } from './texts.ts';

/** The terms of use that the SIRET step asks to accept, article by article. */
export const terms = {
  articles: [
    {
      heading: '1. Objet',
      text: [
        site.demonstration,
        'Il montre la création d’un compte d’accès à l’extranet Activité Partielle.',
      ],
    },
    {
      heading: '2. Compte',
      text: [
        'Le compte est créé pour un établissement, désigné par son SIRET, et une personne à contacter. La personne qui fait la demande déclare pouvoir représenter l’établissement.',
        'L’identifiant et le mot de passe sont personnels. Le mot de passe reçu par mail est temporaire et doit être remplacé à la première connexion.',
      ],
    },
    {
      heading: '3. Exactitude',
      text: [
        'Les informations saisies doivent être exactes. Les échanges sont envoyés à l’adresse de la personne à contacter.',
      ],
    },
    {
      heading: '4. Disponibilité',
      text: ['Le service est fourni en l’état, sans engagement de disponibilité.'],
    },
  ],
};
