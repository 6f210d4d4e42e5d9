import type { Store } from './store.ts';

/** Forgets what is known of some SIRETs: their demandes, habilitations, and accounts that serve no other one. */
export function forgetSirets({ database, together }: Store, sirets: readonly string[]): void {
  const statements = [
    'DELETE FROM etapes WHERE demande IN (SELECT id FROM demandes WHERE siret = ?)',
    'DELETE FROM demandes WHERE siret = ?',
    'DELETE FROM habilitations WHERE siret = ?',
    'DELETE FROM refus WHERE siret = ?',
    `DELETE FROM acces WHERE compte IN (SELECT id FROM comptes WHERE siret = ?
       AND NOT EXISTS (SELECT 1 FROM habilitations WHERE compte = comptes.id))`,
    `DELETE FROM comptes WHERE siret = ?
       AND NOT EXISTS (SELECT 1 FROM habilitations WHERE compte = comptes.id)`,
  ].map((text) => database.prepare(text));
  together(() => {
    for (const siret of sirets) for (const statement of statements) statement.run(siret);
  });
}
