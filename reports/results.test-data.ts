import { catalogue, revision } from '../requirements/catalogue.ts';
import type { Check, Counts, Evidence, Outcome, RequirementResult, Results } from './results.ts';

// What a hostile target may have put on its pages and in its mails.
const hostile = `<script>alert('1')</script> "quoted" & ]]> <img src=x onerror=alert(2)> \u001b[2J\u0000\u202eofni`;

const pixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABh6FO1AAAAABJRU5ErkJggg==';

/** A PNG of one pixel. */
export const png = Buffer.from(pixel, 'base64');

const scenarios: Results['scenarios'] = [
  {
    id: 'scenarios/parcours.spec.ts:14',
    title: 'Un employeur ouvre son compte et se connecte',
    status: 'passed',
    durationMs: 1874,
  },
  {
    id: 'scenarios/cgu.spec.ts:9',
    title: 'Sans cocher les conditions générales, pas de compte',
    status: 'failed',
    durationMs: 612,
  },
  {
    id: 'scenarios/mails.spec.ts:22',
    title: 'Trois mails exactement, chacun une fois',
    status: 'aborted',
    durationMs: 65_432,
    error: 'GUICHET_MAILBOX_UNREACHABLE : la boîte ne répond plus',
  },
];

const evidence: Evidence[] = [
  { id: 'shot-cgu', kind: 'screenshot', title: 'Étape SIRET après VALIDER', path: 'evidence/cgu.png' },
  {
    id: 'mail-1',
    kind: 'mail',
    title: 'Mail d’identifiant',
    path: 'evidence/mail-1.eml',
    mail: {
      from: 'ne-pas-repondre@asp.example',
      to: ['camille.durand.4f2a@guichet.example'],
      subject: `Votre identifiant ${hostile}`,
      date: 'Mon, 23 Nov 2026 10:04:12 +0100',
      text: `Bonjour,\n\nVotre demande a été validée. Votre identifiant : ‹masqué›\n\n${hostile}`,
      raw: `Subject: =?utf-8?Q?Votre_identifiant?=\r\nContent-Type: text/html\r\n\r\n<html>${hostile}</html>`,
    },
  },
];

const since: Results['since'] = {
  campaign: '2026-11-22T09-14-02-check',
  startedAt: '2026-11-22T09:14:02.120Z',
  red: [{ id: 'SIRET-23', level: 'MUST', before: 'passed', after: 'failed' }],
  green: [{ id: 'HOME-01', level: 'MUST', before: 'failed', after: 'passed' }],
  untested: [{ id: 'FORM-30', level: 'MUST', before: 'passed', after: 'untested' }],
  slower: [{ scenario: `Trois mails ${hostile}`, before: 4_000, after: 65_432 }],
};

const failing: Readonly<Record<string, Check[]>> = {
  'SIRET-23': [
    {
      scenario: 'scenarios/cgu.spec.ts:9',
      outcome: 'failed',
      expected: 'le message « Veuillez accepter les conditions générales d’utilisation » est visible',
      observed: 'aucun message ; la page est le formulaire de création de compte',
      evidence: ['shot-cgu'],
    },
    {
      scenario: 'scenarios/parcours.spec.ts:14',
      outcome: 'passed',
      expected: 'le message est visible',
      observed: 'le message est visible',
      evidence: [],
    },
  ],
  'FORM-12': [
    {
      scenario: 'scenarios/cgu.spec.ts:9',
      outcome: 'failed',
      expected: hostile,
      observed: hostile,
      evidence: ['shot-cgu'],
    },
  ],
  'A11Y-01': [
    {
      scenario: 'scenarios/parcours.spec.ts:14',
      outcome: 'failed',
      expected: 'chaque champ porte une étiquette liée',
      observed: 'sans étiquette : « Fax », « Complément d’adresse »',
      evidence: [],
    },
  ],
};

const doubtful: Check[] = [
  {
    scenario: 'scenarios/mails.spec.ts:22',
    outcome: 'cantTell',
    expected: 'trois mails dans les 48 heures',
    observed: 'la boîte aux lettres n’a pas répondu',
    evidence: ['mail-1'],
  },
];

const passing: Check[] = [
  {
    scenario: 'scenarios/parcours.spec.ts:14',
    outcome: 'passed',
    expected: 'le texte de la procédure est visible',
    observed: 'visible',
    evidence: [],
  },
];

function checksOf(id: string, index: number, green: boolean): Check[] {
  if (green) return passing;
  return failing[id] ?? (id === 'MAIL-02' ? doubtful : id === 'FORM-30' || index % 2 === 1 ? [] : passing);
}

const none: Counts = { passed: 0, failed: 0, cantTell: 0, inapplicable: 0, untested: 0 };

function count(requirements: readonly RequirementResult[], level: RequirementResult['level']): Counts {
  const counts = { ...none };
  for (const each of requirements) if (each.inScope && each.level === level) counts[each.outcome] += 1;
  return counts;
}

/** Results over the whole catalogue with every outcome in it and a hostile target; `green` for a conform one. */
export function sampleResults(kind: 'red' | 'green' = 'red'): Results {
  const green = kind === 'green';
  const requirements = catalogue.map((entry, index): RequirementResult => {
    const inapplicable = entry.id === 'SUPP-03' && !green;
    const checks = inapplicable ? [] : checksOf(entry.id, index, green);
    const outcome: Outcome = inapplicable ? 'inapplicable' : (checks[0]?.outcome ?? 'untested');
    const inScope = outcome !== 'untested' || entry.id === 'FORM-30';
    const reason = inapplicable ? { reason: 'l’extranet jugé n’a pas de base de connaissances' } : {};
    return { ...entry, inScope, outcome, checks, ...reason };
  });
  const verdict = green
    ? ({ outcome: 'conform', exitCode: 0, reasons: [] } as const)
    : ({ outcome: 'not-conform', exitCode: 1 } as const);
  const reasons = [
    '2 exigences MUST ne sont pas satisfaites : SIRET-23, FORM-12',
    '1 exigence MUST n’a pas été testée : FORM-30',
  ];
  const counts = {
    MUST: count(requirements, 'MUST'),
    SHOULD: count(requirements, 'SHOULD'),
    INFO: count(requirements, 'INFO'),
  };
  return structuredClone<Results>({
    schemaVersion: 1,
    guichet: '0.1.0',
    catalogue: { revision, total: catalogue.length },
    campaign: {
      id: '2026-11-23T09-14-02-check',
      startedAt: '2026-11-23T09:14:02.120Z',
      finishedAt: '2026-11-23T09:15:09.480Z',
      seed: 42,
      strict: false,
      selection: [],
      flags: [],
      interrupted: false,
    },
    target: {
      name: 'Extranet embarqué',
      baseUrl: 'http://127.0.0.1:40123',
      ...(green ? {} : { fault: 'cgu-sans-message' }),
    },
    verdict: { ...verdict, reasons: green ? [] : reasons, counts },
    requirements,
    scenarios: green
      ? scenarios.map(({ error: _, ...each }) => ({ ...each, status: 'passed' as const }))
      : scenarios,
    evidence: green ? [] : evidence,
    ...(green ? {} : { since }),
  });
}
