import { sayCount } from './wording.ts';

/** The middle of what may come and the interval that holds 90 % of it; ∞ where there is none. */
type Predicted = { median: number; low: number; high: number };
/** `hours` to the last mail; `breaks` is a probability; `firstBreak` in hours since the midnight before the peak. */
type Peak = { perDay: number; hours: Predicted; breaks: number; firstBreak: Predicted };
type Knee = { within: number; above: number | undefined } | undefined;

/** What a calibration says of the peak that is to come. Rates are demandes per day. */
export type Outlook = {
  target: string;
  deadlineHours: number;
  calibration: {
    runs: number;
    submissions: number;
    compression: number;
    office: { from: number; to: number; closed: readonly number[]; unseen: readonly number[] };
    capacityDays: number;
    capacityPerDay: number;
    /** Standard deviations of the logarithm, from day to day. */
    capacitySpread: number;
    demandPerDay: number;
    demandSpread: number;
    slowed: number | undefined;
    missing: number;
    replayHours: number;
  };
  question: Peak & { days: number };
  answer: 'holds' | 'breaks' | 'uncertain';
  /** The rate from which on the promise breaks, by how many days the peak lasts. */
  breaking: (Predicted & { days: number })[];
  /** One day of peak. */
  curve: Peak[];
  covidWeek: { perDay: number; days: number };
  kneeHours: number;
  knee: { predicted: Knee; observed: Knee };
};

const weekdays = ['dimanche', 'lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi'];

/** What `guichet forecast` says, in French. */
export function forecastOutline(outlook: Outlook): string {
  return [
    ...answerLines(outlook),
    '',
    ...breakingLines(outlook),
    '',
    ...curveLines(outlook),
    '',
    ...groundLines(outlook),
  ].join('\n');
}

/** What a campaign says of the forecast in passing, in French. */
export function forecastBriefly({ answer, question, breaking }: Outlook): string[] {
  const said = {
    holds: 'la promesse tiendrait',
    breaks: 'la promesse serait rompue',
    uncertain: 'on ne peut dire si la promesse tiendrait',
  };
  const limit = breaking.find(({ days }) => days === question.days);
  return [
    `covid-week (${sayCount(question.perDay)} demandes/jour) : ${said[answer]}`,
    ...(limit
      ? [
          `rompue à partir de ${sayCount(limit.median)} demandes/jour (${sayCount(limit.low)} à ${sayCount(limit.high)}) ; détail : npx guichet forecast`,
        ]
      : []),
  ];
}

function answerLines({ question, answer, deadlineHours, target }: Outlook): string[] {
  const { perDay, days, hours, breaks, firstBreak } = question;
  const promise = `la promesse de ${deadlineHours} h`;
  const said = {
    holds: `✔ ${promise} tient`,
    breaks: `× ${promise} est rompue`,
    uncertain: `? on ne peut dire si ${promise} tient`,
  };
  return [
    `Prévision pour « ${target} » : ${rate(perDay)} demandes/jour pendant ${days} ${days > 1 ? 'jours' : 'jour'} de pointe, dès un lundi`,
    `${said[answer]} (rompue dans ${percent(breaks)} des avenirs tirés)`,
    ...(breaks > 0
      ? [`  Premières demandes en retard : celles déposées le ${interval(firstBreak, instant)}`]
      : []),
    `  Délai moyen jusqu’au dernier mail, compté jusqu’à ${deadlineHours} h : ${interval(hours, delay)}`,
  ];
}

function breakingLines({ breaking, covidWeek }: Outlook): string[] {
  const week = breaking.find(({ days }) => days === covidWeek.days);
  const rows = breaking.map((row) => [
    `${row.days} ${row.days > 1 ? 'jours' : 'jour'}`,
    ...(row.high === 0
      ? ['à tout débit : les agents ne travaillent pas assez souvent', '']
      : [rate(row.median), `${rate(row.low)} à ${rate(row.high)}`]),
  ]);
  return [
    'Débit à partir duquel la promesse est rompue (demandes/jour)',
    ...table(['pointe de', 'débit', 'intervalle à 90 %'], rows),
    ...(week
      ? [
          `Marge sur covid-week (${rate(covidWeek.perDay)}/jour pendant ${covidWeek.days} jours) : ${factor(week.median / covidWeek.perDay)} [${factor(week.low / covidWeek.perDay)} ; ${factor(week.high / covidWeek.perDay)}] ; au-dessous de 1, la promesse est rompue`,
        ]
      : []),
  ];
}

function curveLines({ curve, knee, kneeHours }: Outlook): string[] {
  const rows = curve.map(({ perDay, hours, breaks, firstBreak }) => [
    rate(perDay),
    delay(hours.median),
    `${delay(hours.low)} à ${delay(hours.high)}`,
    bar(hours.median),
    percent(breaks),
    breaks > 0.5 ? instant(firstBreak.median) : '',
  ]);
  return [
    'Un jour de pointe',
    ...table(['demandes/jour', 'délai moyen', 'intervalle à 90 %', '', 'rupture', 'dès'], rows),
    `Coude (délai moyen accru de ${kneeHours} h), prévu   : ${sayKnee(knee.predicted)}`,
    `Coude (délai moyen accru de ${kneeHours} h), observé : ${sayKnee(knee.observed)}`,
  ];
}

function groundLines({ calibration }: Outlook): string[] {
  const { runs, submissions, compression, office, capacityDays, missing, replayHours, slowed } = calibration;
  const { capacityPerDay, capacitySpread, demandPerDay, demandSpread } = calibration;
  const named = (days: readonly number[]) => days.map((day) => weekdays[day]).join(', ');
  return [
    `Fondée sur ${runs} ${runs > 1 ? 'passages' : 'passage'}, ${rate(submissions)} demandes${compression > 1 ? `, charge et agents divisés par ${decimal(compression)} puis ramenés à la taille réelle` : ''}`,
    `  Agents : de ${clock(office.from)} à ${clock(office.to)}${office.closed.length > 0 ? `, jamais le ${named(office.closed)}` : ''} ; ${rate(capacityPerDay)} demandes/jour, vues saturées ${capacityDays} jours, ${spread(capacitySpread)} d’un jour à l’autre`,
    `  Demande sans pointe : ${rate(demandPerDay)}/jour, ${spread(demandSpread)} d’un jour à l’autre`,
    `  Demandes sans leurs trois mails, hors file : ${percent(missing)}`,
    `  Écart moyen entre le modèle et les passages eux-mêmes : ${delay(replayHours)}`,
    ...(office.unseen.length > 0
      ? [`  Hypothèse : ${named(office.unseen)}, sans demande en attente, travaillés comme les autres jours`]
      : []),
    ...(capacitySpread === 0
      ? ['  Hypothèse : aucune variation de capacité observée ; l’intervalle ne peut en contenir']
      : []),
    ...(slowed === undefined
      ? []
      : [
          `  Attention : sous charge les agents ne traitent que ${percent(slowed)} de leur débit ; c’est lui qui est pris. Au-delà des charges essayées, il peut baisser encore.`,
        ]),
  ];
}

function sayKnee(knee: Knee): string {
  if (!knee) return 'un seul débit essayé';
  return knee.above === undefined
    ? `au-delà de ${rate(knee.within)}/jour`
    : `entre ${rate(knee.within)} et ${rate(knee.above)}/jour`;
}

function table(titles: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = titles.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  return [titles, ...rows].map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd(),
  );
}

function interval({ median, low, high }: Predicted, say: (value: number) => string): string {
  return `${say(median)} [${say(low)} ; ${say(high)}]`;
}

/** Two significant figures less than a pretence: `1 320`, `44 500`. */
function rate(perDay: number): string {
  if (perDay === Number.POSITIVE_INFINITY) return 'aucun';
  const digits = perDay < 1000 ? 0 : Math.max(0, Math.floor(Math.log10(perDay)) - 2);
  return (Math.round(perDay / 10 ** digits) * 10 ** digits).toLocaleString('fr-FR').replaceAll('\u202f', ' ');
}

/** `jour 2 à 14 h 30`, from hours since the midnight before the peak. */
function instant(hours: number): string {
  return hours === Number.POSITIVE_INFINITY
    ? 'jamais'
    : `jour ${Math.floor(hours / 24) + 1} à ${clock(hours % 24)}`;
}

/** `8 h 15`. */
function clock(hours: number): string {
  const minutes = Math.round(hours * 60);
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`;
}

function delay(hours: number): string {
  return hours < 1 ? `${Math.round(hours * 60)} min` : clock(hours);
}

/** A block for every two hours. */
function bar(hours: number): string {
  return '█'.repeat(Math.max(1, Math.round(hours / 2)));
}

function percent(part: number): string {
  const hundredths = 100 * part;
  return `${decimal(hundredths > 0 && hundredths < 1 ? hundredths : Math.round(hundredths))} %`;
}

function spread(deviation: number): string {
  return `± ${percent(deviation)}`;
}

function factor(value: number): string {
  return value < 0.1 ? decimal(Math.round(value * 1000) / 1000) : decimal(value);
}

function decimal(value: number): string {
  return String(Number(value.toFixed(value < 0.1 ? 3 : value < 10 ? 2 : 1))).replace('.', ',');
}
