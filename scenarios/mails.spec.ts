import { askForAccount } from '../fixtures/ask.ts';
import { followMails, letMailsCome, readCorrespondence } from '../fixtures/correspondence.ts';
import { hoursAfter } from '../fixtures/instants.ts';
import { signIn } from '../fixtures/screens/login.ts';
import { expect, test } from '../fixtures/test.ts';

test('Une demande complète donne trois mails en 48 h, dont les identifiants ouvrent l’espace personnel', async ({
  site,
  target,
  demande,
  secrets,
  checks,
  once,
  verify,
  record,
  scene,
}) => {
  // Another person asks at the same time: each must be sent their own mails.
  const other = demande('au même moment');
  const person = demande();
  const deadline = target.profile.deadlineHours;
  const { since, sentAt } = await once(async () => {
    const since = new Date().toISOString();
    await askForAccount(site, other);
    return { since, sentAt: await askForAccount(site, person, { allFields: true }) };
  });
  await scene('Réponse à ENVOYER');

  const arrivals = await followMails(target, person, sentAt, deadline);
  // Later mails count as well: a mail may be late, a duplicate too; a weekend lies between.
  await target.advanceTo(hoursAfter(sentAt, deadline + target.hoursBeyond));
  const { toContact, elsewhere } = await readCorrespondence(target, person, secrets, since);
  for (const mail of toContact) await checks.citeMail(mail);
  const contents = toContact.flatMap((mail) => mail.contents);
  const told = toContact.map(({ contents, received }) => {
    const hour = arrivals.get(received.id);
    const when = hour === undefined ? `après ${deadline} h` : `en ${hour} h au plus`;
    return `${contents.join(' et ') || 'autre contenu'} ${when}`;
  });
  const summary = told.join(', ') || 'aucun mail';
  const needMails = () => {
    if (toContact.length === 0) throw new Error('aucun mail n’est arrivé');
  };

  await verify('MAIL-02', 'exactement 3 mails pour une demande', async () => {
    expect(toContact.length, `nombre de mails reçus (${summary})`).toBe(3);
    return summary;
  });
  for (const [id, content] of [
    ['MAIL-05', 'identifiant'],
    ['MAIL-06', 'mot-de-passe'],
    ['MAIL-07', 'habilitation'],
  ] as const) {
    await verify(id, `un mail apporte : ${content.replaceAll('-', ' ')}`, async () => {
      expect(contents, `mails reçus : ${summary}`).toContain(content);
    });
  }
  await verify('MAIL-07', 'l’habilitation est celle de l’établissement de la demande', async () => {
    const mail = toContact.find(({ contents }) => contents.includes('habilitation'));
    if (!mail) throw new Error('aucun mail d’habilitation n’est arrivé');
    const sirets = mail.message.text.match(/\b\d{14}\b/g) ?? [];
    expect(
      sirets.filter((one) => one !== person.siret),
      'SIRET d’un autre établissement',
    ).toEqual([]);
    return sirets.join(', ') || 'le mail ne nomme aucun SIRET';
  });
  await verify(
    'MAIL-03',
    `le dernier des 3 mails arrive au plus tard ${deadline} h après ENVOYER`,
    async () => {
      expect(arrivals.size, `mails reçus en ${deadline} h (${summary})`).toBeGreaterThanOrEqual(3);
      expect(
        toContact.filter(({ received }) => !arrivals.has(received.id)).length,
        `mails en retard (${summary})`,
      ).toBe(0);
      return summary;
    },
  );
  await verify('MAIL-04', 'chaque mail est envoyé au nom de l’ASP', async () => {
    needMails();
    for (const { message } of toContact)
      expect(message.headers.get('from')?.join(), 'expéditeur').toMatch(/\bASP\b|@asp-public\.fr/);
    return toContact[0]?.message.headers.get('from')?.join();
  });
  await verify('MAIL-08', 'identifiant et mot de passe voyagent dans des mails séparés', async () => {
    needMails();
    const told = toContact.flatMap((mail) => mail.identifiant ?? []);
    const both = toContact.filter(({ identifiant, motDePasse, message }) => {
      const whole = `${message.subject} ${message.text} ${message.html ?? ''}`;
      return motDePasse && (identifiant || told.some((one) => whole.includes(one)));
    });
    expect(both.length, 'mails qui portent les deux').toBe(0);
  });
  await verify('MAIL-09', 'les mails vont à la personne à contacter et à personne d’autre', async () => {
    const others = [...elsewhere, ...toContact.map(({ received }) => received)].flatMap(
      ({ recipients }) => recipients,
    );
    expect(
      others.filter((to) => to !== person.courrielUtilisateur),
      'autres destinataires',
    ).toEqual([]);
    needMails();
  });
  await verify('MAIL-16', 'chaque mail porte ce qui l’éloigne des indésirables', async () => {
    needMails();
    for (const { message, received } of toContact) {
      const { subject } = message;
      expect(received.recipients.length, `« ${subject} » : destinataires`).toBe(1);
      expect(message.date?.getTime(), `« ${subject} » : Date`).toBeGreaterThan(0);
      expect(message.messageId, `« ${subject} » : Message-ID`).toMatch(/^<[^<>@\s]+@[^<>@\s]+>$/);
      expect(message.from, `« ${subject} » : From`).toMatch(/@/);
      expect(subject.length, 'longueur de l’objet').toBeGreaterThan(0);
      expect(message.text.trim().length, `« ${subject} » : longueur du texte`).toBeGreaterThan(0);
      const source = received.raw.toString('latin1');
      expect(source, `« ${subject} » : source`).toMatch(/^content-type:\s*text\/plain/im);
      expect(
        message.charset,
        `« ${subject} » : jeu de caractères déclaré de la partie text/plain`,
      ).toBeDefined();
    }
    expect(new Set(toContact.map(({ message }) => message.messageId)).size, 'Message-ID différents').toBe(
      toContact.length,
    );
    return `${toContact.length} mails`;
  });

  const identifiant = toContact.find((mail) => mail.identifiant)?.identifiant ?? 'inconnu';
  const motDePasse = toContact.find((mail) => mail.motDePasse)?.motDePasse ?? 'inconnu';
  const wrongPassword = await signIn(site, { identifiant, motDePasse: 'ce-n-est-pas-le-bon-0' });
  const wrongIdentifier = await signIn(site, {
    identifiant: 'INCONNU00',
    motDePasse: 'ce-n-est-pas-le-bon-0',
  });
  await scene('Connexion refusée');
  const held = [wrongPassword, wrongIdentifier].some(({ kind }) => kind !== 'answered');
  await verify(
    'LOGIN-09',
    'un identifiant inconnu ou un mot de passe faux n’ouvre rien et le message ne dit pas lequel',
    async () => {
      if (held) throw new Error('la connexion ne répond pas');
      expect([wrongPassword.opened, wrongIdentifier.opened], 'espace ouvert').toEqual([false, false]);
      expect(wrongPassword.said, 'le même message dans les deux cas').toEqual(wrongIdentifier.said);
      expect(wrongIdentifier.said.length, 'un message est affiché').toBeGreaterThan(0);
      return wrongIdentifier.said.join(' / ');
    },
  );
  const entered = await signIn(site, { identifiant, motDePasse });
  await scene('Connexion avec les identifiants reçus');
  await verify('LOGIN-08', 'l’identifiant et le mot de passe reçus ouvrent l’espace personnel', async () => {
    expect(entered.opened, `l’espace est ouvert (${entered.said.join(' / ')})`).toBe(true);
  });

  for (const [id, kind, what] of [
    ['MAIL-10', 'instruction', 'd’instruction'],
    ['MAIL-11', 'invalidation', 'd’invalidation'],
    ['MAIL-12', 'decision', 'de la décision de l’UD'],
  ] as const) {
    await record(id, `la notification ${what} va à la personne à contacter`, async () => {
      const known = new Set((await target.mailbox.all()).map(({ id }) => id));
      const before = (await target.mailbox.mailsTo(person.courrielUtilisateur)).length;
      await target.notify(person.siret, kind);
      await letMailsCome(target, { to: person.courrielUtilisateur, count: before + 1, hours: 1 });
      const fresh = (await target.mailbox.all()).filter(({ id }) => !known.has(id));
      const to = fresh.flatMap(({ recipients }) => recipients);
      const right = to.length === 1 && to[0] === person.courrielUtilisateur;
      return right
        ? 'un mail, à la personne à contacter seule'
        : `destinataires : ${to.join(', ') || 'aucun'}`;
    });
  }
});

test('Une adresse qui n’existe pas ne fait partir aucun mail ailleurs', async ({
  site,
  target,
  demande,
  secrets,
  once,
  record,
}) => {
  const person = demande();
  // The embedded catcher refuses this mailbox; other mailboxes take it like any other.
  person.courrielUtilisateur = `introuvable.${person.courrielUtilisateur}`;
  await record('MAIL-13', 'une demande faite avec une adresse qui n’existe pas', async () => {
    const { since, sentAt } = await once(async () => {
      const since = new Date().toISOString();
      return { since, sentAt: await askForAccount(site, person, { expects: [] }) };
    });
    await target.advanceTo(hoursAfter(sentAt, target.profile.deadlineHours));
    const { toContact, elsewhere } = await readCorrespondence(target, person, secrets, since);
    return `demande acceptée ; mails remis à cette adresse : ${toContact.length} ; mails partis ailleurs : ${elsewhere.length}`;
  });
});
