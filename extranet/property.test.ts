import fc, { type IAsyncProperty } from 'fast-check';
import { expect, test } from 'vitest';
import { procedure } from './behaviour.ts';
import { faults } from './faults/catalogue.ts';
import { openFormTrial } from './form-trial.test-data.ts';
import { credentials, fills, posts, steps } from './generated-forms.test-data.ts';
import { openSiteTrial } from './site-trial.test-data.ts';

// What a person can type, paste or post: thousands of generated forms, judged by the text of the procedure.
// Other forms: FC_SEED=7 npx vitest run extranet/property.test.ts

const fixedSeed = 20_260_303;
const seed = Number(process.env.FC_SEED ?? fixedSeed);
const timeout = 120_000;

type FormTrial = Awaited<ReturnType<typeof openFormTrial>>;
type SiteTrial = Awaited<ReturnType<typeof openSiteTrial>>;
const severalPosts = fc.array(posts, { minLength: 1, maxLength: 12 });
const formsHold = (trial: FormTrial) => fc.asyncProperty(severalPosts, trial.send);
const stepsHold = (trial: SiteTrial) => fc.asyncProperty(steps, trial.step);

test('a posted form makes one demande and its mails, or nothing, as the procedure says', {
  timeout,
}, async () => {
  const trial = await openFormTrial(procedure);
  try {
    await fc.assert(formsHold(trial), { seed, numRuns: 420 });
    const { accepted, refused, either } = trial.counted;
    expect(accepted + refused + either).toBeGreaterThan(2_200);
    expect(Math.min(accepted, refused)).toBeGreaterThan(400);
    expect(either).toBeLessThan((accepted + refused) / 2);
  } finally {
    await trial.close();
  }
});

async function siteHolds<T>(
  property: (trial: SiteTrial) => IAsyncProperty<T>,
  numRuns: number,
): Promise<number> {
  const trial = await openSiteTrial(procedure);
  try {
    await fc.assert(property(trial), { seed, numRuns });
    return trial.counted.posts;
  } finally {
    await trial.close();
  }
}

test('the SIRET step opens the form to a SIRET, the right code and the CGU alone', { timeout }, async () => {
  expect(await siteHolds(stepsHold, 600)).toBeGreaterThanOrEqual(1_200);
});

test('the sign-in opens the space to the right pair alone', { timeout }, async () => {
  const several = fc.array(credentials, { minLength: 4, maxLength: 8 });
  await siteHolds(
    (trial) => fc.asyncProperty(several, async (typed) => void (await Promise.all(typed.map(trial.signIn)))),
    12,
  );
});

test('no form of any page gives a server error, or a mail to someone else', { timeout }, async () => {
  const several = fc.array(fills, { minLength: 10, maxLength: 40 });
  await siteHolds((trial) => fc.asyncProperty(several, trial.fill), 14);
});

const behaviourOf = (name: string) => {
  const fault = faults.find((one) => one.name === name);
  if (!fault) throw new Error(`No fault is called ${name}.`);
  return fault.apply(procedure);
};
// The same forms for everybody: whether they find a fault is a fact about this test.
const search = { seed: fixedSeed, numRuns: 500, endOnFailure: true };

test.each([
  ...['champ-denomination-not-required', 'champ-code-postal-not-required', 'champ-reponse-not-required'],
  ...['street-label-29-accepted-by-server', 'street-label-cut-silently', 'street-label-counted-in-bytes'],
  ...['complement-39-accepted-by-server', 'foreign-town-kept', 'telephone-with-spaces-refused'],
  ...['courriels-differ-accepted', 'courriels-utilisateur-differ-accepted', 'malformed-courriel-accepted'],
  ...['siret-tampering-accepted', 'mails-sent-to-establishment', 'password-mail-lost', 'mail-before-envoyer'],
  ...['existing-access-not-recognised', 'habilitation-after-49-hours', 'refusal-loses-entries'],
])('the posted forms find %s', { timeout }, async (name) => {
  const trial = await openFormTrial(behaviourOf(name));
  const { failed } = await fc.check(formsHold(trial), search);
  await trial.close();
  expect(failed).toBe(true);
});

test.each([
  ...['cgu-not-enforced', 'siret-shape-not-checked', 'captcha-not-enforced', 'former-code-accepted'],
  ...['siret-shown-in-part', 'form-open-without-siret-step'],
])('the SIRET steps find %s', { timeout }, async (name) => {
  const trial = await openSiteTrial(behaviourOf(name));
  const { failed } = await fc.check(stepsHold(trial), search);
  await trial.close();
  expect(failed).toBe(true);
});
