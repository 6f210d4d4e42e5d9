import fc from 'fast-check';
import { test } from 'vitest';
import { procedure } from './behaviour.ts';
import { openFormTrial } from './form-trial.test-data.ts';
import { posts } from './generated-forms.test-data.ts';

/** Another seed: FC_SEED=7 npx vitest run extranet/property.test.ts */
const seed = Number(process.env.FC_SEED ?? 20_260_303);

test('forms', { timeout: 60_000 }, async () => {
  const trial = await openFormTrial(procedure);
  const batches = fc.array(posts, { minLength: 1, maxLength: 12 });
  try {
    await fc.assert(fc.asyncProperty(batches, trial.send), { seed, numRuns: 600 });
  } finally {
    console.log(trial.counted);
    await trial.close();
  }
});
