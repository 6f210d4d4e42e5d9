import { describe, expect, it } from 'vitest';
import type { Message } from '../mail/message.ts';
import { type DecodedMail, kindOf, sortMails } from './deliveries.ts';

const submissions = [
  { id: '1', siret: '99000000090006', courriel: 'lea@guichet.test' },
  { id: '2', siret: '99000001790014', courriel: 'theo@guichet.test' },
];
const identifiant = 'Compte pour A & Fils (SIRET 990 000 000 90006).\nIdentifiant : AP12';

function message(text: string, subject = ''): Message {
  return { from: '', to: [], subject, text, headers: new Map() };
}
function mail(id: string, recipients: string[], text: string): DecodedMail {
  const received = { id, sender: '', recipients, raw: Buffer.from(''), receivedAt: new Date(0) };
  return { received, message: message(text) };
}

describe('kindOf', () => {
  it.each([
    ['identifiant', 'Identifiant : AP12\nVotre mot de passe vous est envoyé dans un autre mail.', ''],
    ['identifiant', 'Votre identifiant de connexion : AP12', ''],
    ['mot-de-passe', 'Mot de passe : x9', ''],
    ['mot-de-passe', 'Mot de passe temporaire : x9. Connexion dès le mail d’habilitation.', ''],
    ['habilitation', 'Vous pouvez vous connecter.', "Habilitation à l'activité partielle"],
    ['other', 'Identifiant : AP12\nMot de passe : x9', ''],
    ['other', 'Maintenance ce soir.', 'Information'],
  ])('says %s of « %s »', (kind, text, subject) => expect(kindOf(message(text, subject))).toBe(kind));
});

describe('sortMails', () => {
  it('gives a mail to the submission of its envelope', () => {
    const { deliveries, misdirected } = sortMails(
      [mail('a', ['lea@guichet.test'], identifiant)],
      submissions,
    );
    expect(deliveries).toMatchObject([{ submission: '1', kind: 'identifiant', mail: { id: 'a' } }]);
    expect(misdirected).toEqual([]);
  });

  it('takes a mail about somebody else’s SIRET for crossed, and credits nobody with it', () => {
    const { deliveries, misdirected } = sortMails(
      [mail('a', ['theo@guichet.test'], identifiant)],
      submissions,
    );
    expect(deliveries).toEqual([]);
    expect(misdirected).toMatchObject([{ why: 'à theo@guichet.test, au sujet du SIRET 99000000090006' }]);
  });

  it.each([
    [['accueil@guichet.test'], 0],
    [['lea@guichet.test', 'accueil@guichet.test'], 1],
    [['lea@guichet.test', 'theo@guichet.test'], 0],
    [['LEA@guichet.test'], 0],
    [[], 0],
  ])('finds the mail to %j misdirected', (recipients, delivered) => {
    const { deliveries, misdirected } = sortMails([mail('a', recipients, identifiant)], submissions);
    expect(misdirected).toHaveLength(1);
    expect(deliveries).toHaveLength(delivered);
  });

  it('does not read telephone numbers or numbers of two lines as a SIRET', () => {
    const text = `${identifiant}\nAppelez le 0820 722 111\nDossier 990000017\n90014`;
    const { misdirected } = sortMails([mail('a', ['lea@guichet.test'], text)], submissions);
    expect(misdirected).toEqual([]);
  });
});
