import { afterAll, expect, test } from 'vitest';
import { procedure } from '../behaviour.ts';
import { fieldNames } from '../fields.ts';
import { errorsOf, sirets, startTrial, textOfPage, validForm } from '../trial.ts';

const trial = await startTrial();
afterAll(() => trial.close());
const [siret] = sirets;
const { fields } = procedure.form;

async function arrive() {
  const person = trial.visitor();
  await person.openForm(siret);
  return person;
}

test('the form is not open without the SIRET step', async () => {
  for (const visit of [trial.visitor().get('/aparts/creation/compte'), trial.visitor().send(siret)]) {
    expect((await visit).headers.location).toBe('/aparts/creation');
  }
});

test('each field has its label, with * on the mandatory ones alone', async () => {
  const { body } = await (await arrive()).get('/aparts/creation/compte');
  for (const name of fieldNames) {
    const mark = fields[name].mandatory ? '\u00a0*' : '';
    const label = fields[name].label.replaceAll("'", '&#39;');
    expect(body).toContain(`<label for="${name}">${label}${mark}</label>`);
  }
  expect(fieldNames.filter((name) => fields[name].mandatory)).toHaveLength(14);
  expect(body).toContain(`>${siret}</output>`);
});

test.each(fieldNames.filter((name) => fields[name].mandatory))(
  '%s is refused empty, and blank',
  async (name) => {
    const person = await arrive();
    for (const value of ['', ' \u00a0 ']) {
      const answer = await person.send(siret, { [name]: value });
      expect(answer.statusCode).toBe(422);
      expect(errorsOf(answer)).toContain(`${fields[name].label}\u00a0: ce champ est obligatoire.`);
      expect(textOfPage(answer.body)).toContain(
        "Tous les champs obligatoires (marqués d'un *) ne sont pas renseignés.",
      );
      expect(answer.body).toMatch(new RegExp(`id="${name}"[^>]*aria-invalid="true"[^>]*${name}-erreur`));
    }
  },
);

test.each([
  [
    { libelleVoie: 'É'.repeat(29) },
    'Libellé de la voie\u00a0: 28 caractères au plus ; vous en avez saisi 29.',
  ],
  [
    { complement: 'é'.repeat(39) },
    "Complément d'adresse\u00a0: 38 caractères au plus ; vous en avez saisi 39.",
  ],
  [{ codePostal: '00000' }, /^Code postal\u00a0: ce code est inconnu/],
  [{ codePostal: '330' }, /^Code postal\u00a0: indiquez cinq chiffres/],
  [{ ville: 'Nantes' }, 'Ville\u00a0: choisissez une ville de ce code postal.'],
  [{ telephone: '12' }, /^Téléphone fixe\u00a0: le numéro n’est pas valable ; la forme attendue/],
  [{ fax: 'non' }, /^Fax\u00a0: le numéro n’est pas valable/],
  [{ numeroVoie: '0' }, /^Numéro de voie\u00a0:/],
  [{ typeVoie: 'Piste' }, /^Type de voie\u00a0:/],
  [{ questionSecrete: 'Laquelle ?' }, /^Question secrète\u00a0:/],
  [
    { confirmerCourriel: 'a@guichet.test' },
    'Confirmer courriel établissement\u00a0: les deux adresses sont différentes.',
  ],
  [
    { confirmerCourrielUtilisateur: 'a@guichet.test' },
    'Confirmer courriel\u00a0: les deux adresses sont différentes.',
  ],
  [{ siret: '20003452800014' }, /^N° de Siret\u00a0: ce numéro ne peut pas être modifié/],
  [{ denomination: 'x'.repeat(101) }, /100 caractères au plus/],
])('%j is refused and named', async (change, message) => {
  const person = await arrive();
  const answer = await person.send(siret, change);
  expect(answer.statusCode).toBe(422);
  const matcher = message instanceof RegExp ? expect.stringMatching(message) : message;
  expect(errorsOf(answer)).toContainEqual(matcher);
});

test.each([
  'a@b@guichet.test',
  'a b@guichet.test',
  'a@guichet.test\r\nBcc: b@guichet.test',
  'a@g.test,b@g.test',
])('the address %j is refused, typed twice', async (address) => {
  const person = await arrive();
  const answer = await person.send(siret, {
    courrielUtilisateur: address,
    confirmerCourrielUtilisateur: address,
  });
  expect(errorsOf(answer)).toContainEqual(
    expect.stringMatching(/^Courriel\u00a0: l’adresse n’est pas valable/),
  );
});

test('a refusal keeps what was typed, inert, but for the answer', async () => {
  const person = await arrive();
  const answer = await person.send(siret, { denomination: '"><script>x</script>', nom: '' });
  expect(answer.body).toContain('value="&#34;&#62;&#60;script&#62;x&#60;/script&#62;"');
  expect(answer.body).not.toContain('<script>x');
  expect(answer.body).toContain('selected>Bordeaux<');
  expect(answer.body).not.toContain('Candide');
});

test('« Rechercher les villes » keeps all values and lists the towns', async () => {
  const person = await arrive();
  const empty = await person.get('/aparts/creation/compte');
  expect(empty.body).toContain('<option value="">veuillez saisir un code postal</option>');
  const answer = await person.send(siret, { codePostal: '51300', ville: '', action: 'villes', nom: 'Zoé' });
  expect(answer.statusCode).toBe(200);
  expect(answer.body).toContain('>Bassuet</option>');
  expect(answer.body).toContain('value="Zoé"');
  expect(errorsOf(answer)).toEqual([]);
});

test('28 and 38 NFC characters are accepted, whatever form they came in, and the mail server is not needed', async () => {
  const own = await startTrial();
  const person = own.visitor();
  await person.openForm(siret);
  const answer = await person.send(siret, {
    libelleVoie: 'é'.repeat(28).normalize('NFD'),
    complement: 'à'.repeat(38),
    courriel: ' Accueil@GUICHET.test',
    confirmerCourriel: 'Accueil@guichet.test ',
  });
  expect([answer.statusCode, answer.headers.location]).toEqual([303, '/aparts/creation/confirmation']);
  const page = textOfPage((await person.get('/aparts/creation/confirmation')).body);
  expect(page).toContain('a fonctionné');
  expect(page).toContain('sous 48h au maximum, 3 mails');
  expect(page).toContain('SPAM');
  await own.close();
});

test('a double click makes one demande; a second tab and a second person are told', async () => {
  const own = await startTrial();
  const [first, second] = [own.visitor(), own.visitor()];
  await first.openForm(siret);
  await second.openForm(siret);
  const form = { ...validForm(siret), jeton: 'même formulaire' };
  const twice = await Promise.all([1, 2].map(() => first.post('/aparts/creation/compte', form)));
  expect(twice.map(({ headers }) => headers.location)).toEqual(
    Array(2).fill('/aparts/creation/confirmation'),
  );
  for (const late of [
    await first.send(siret),
    await second.send(siret),
    await second.post('/aparts/creation/compte', form),
  ]) {
    expect(late.statusCode).toBe(422);
    expect(errorsOf(late)).toEqual([expect.stringContaining('existe déjà pour cet établissement')]);
  }
  await own.advance(48);
  expect(own.mails).toHaveLength(3);
  await own.close();
});

test('the towns are served to the page’s script', async () => {
  const towns = async (query: string) => (await trial.app.inject(`/aparts/communes?${query}`)).json();
  expect(await towns('codePostal=33000')).toEqual({ villes: ['Bordeaux'] });
  expect(await towns('codePostal=33000&codePostal=75001')).toEqual({ villes: [] });
  expect(await towns('')).toEqual({ villes: [] });
});

test('the confirmation is for who has sent something', async () => {
  const answer = await trial.visitor().get('/aparts/creation/confirmation');
  expect(answer.headers.location).toBe('/aparts/creation');
});
