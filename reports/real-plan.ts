import { counted, duration, sayCount } from './wording.ts';

/** What a campaign on a target will do, before it does anything. */
export type RealPlanned = {
  target: string;
  origin: string;
  workload: string;
  sources: Readonly<Record<string, string>>;
  visits: number;
  demandes: number;
  /** Visits, at the highest. */
  perMinute: number;
  /** By what the demand is divided. */
  factor: number;
  /** Of the breach rate. */
  limit: number;
  /** Absent where SIRETs are invented. */
  siretsFree?: number;
  /** What the profile allows; `consents`: a consent file may allow less. The rate may be without bounds. */
  cap?: { perMinute: number; total: number; consents: boolean };
  durationMs: number;
  /** From the start on. */
  verdictAfterMs: number;
};

/** The plan in French, a line a fact. */
export function realPlanPage(plan: RealPlanned): string {
  const { visits, demandes, cap, siretsFree, sources } = plan;
  return [
    `Charge « ${plan.workload} » sur « ${plan.target} » (${plan.origin}), horloge réelle`,
    `Visites    : ${sayCount(visits)}, dont ${sayCount(demandes)} demandes ; ${sayCount(plan.perMinute, 1)}/min au plus fort${plan.factor > 1 ? ` ; demande divisée par ${sayCount(plan.factor, 1)} (--demandes)` : ''}`,
    `Mails      : ${sayCount(3 * demandes)} attendus`,
    `SIRET      : ${sayCount(visits)} utilisés au plus${siretsFree === undefined ? ', inventés' : `, ${counted(siretsFree, ['libre', 'libres'])} dans le profil${siretsFree < visits ? ' : il en manque' : ''}`}`,
    `Plafond    : ${cap ? `${Number.isFinite(cap.perMinute) ? `${sayCount(cap.perMinute)}/min et ` : ''}${sayCount(cap.total)} en tout d’après le profil${cap.consents ? ' ; le fichier de consentement est lu au départ' : ''}` : 'aucun dans le profil'}`,
    `Envoi      : ${long(plan.durationMs)}, à partir du lancement`,
    `Verdict    : ${long(plan.verdictAfterMs)} après le lancement ; limite des manquements ${sayCount(100 * plan.limit, 2)} %`,
    ...(Object.keys(sources).length > 0
      ? ['Sources :', ...Object.entries(sources).map(([figure, source]) => `  ${figure} : ${source}`)]
      : []),
  ].join('\n');
}

/** `58 h 30`, or shorter times as they are said elsewhere. */
function long(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  if (minutes < 60) return duration(milliseconds);
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`;
}
