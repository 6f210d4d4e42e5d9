/** Exit codes of every command (DESIGN, "Requirements and verdicts"). */
export const exitCode = { conform: 0, notConform: 1, usage: 2, inconclusive: 3 } as const;

/** The table of coded errors: what happened in general, what to do, and the exit code it leads to. */
const table = {
  GUICHET_USAGE: { exit: exitCode.usage, remedy: 'Run "npx guichet --help".' },
  GUICHET_PROFILE_INVALID: { exit: exitCode.usage, remedy: 'Correct that key in the target profile.' },
  GUICHET_ORIGIN_REFUSED: {
    exit: exitCode.usage,
    remedy: 'Guichet contacts loopback, and other origins only with --i-may and the exact origin.',
  },
  GUICHET_CONSENT_REFUSED: {
    exit: exitCode.usage,
    remedy: 'Ask the owner of the target to serve a consent file that covers the run: docs/load-safety.md.',
  },
  GUICHET_CAP_EXCEEDED: {
    exit: exitCode.usage,
    remedy: 'Plan a lower rate or fewer submissions.',
  },
  GUICHET_WAIVER_INVALID: {
    exit: exitCode.usage,
    remedy: 'Correct that waiver, or remove it.',
  },
  GUICHET_NOTHING_SELECTED: {
    exit: exitCode.inconclusive,
    remedy: 'Widen the selection; "npx guichet check --list" shows what there is.',
  },
  GUICHET_TARGET_UNREACHABLE: {
    exit: exitCode.inconclusive,
    remedy: 'Check baseUrl in the profile, or run "npx guichet doctor".',
  },
  GUICHET_CERTIFICATE_REFUSED: {
    exit: exitCode.inconclusive,
    remedy:
      'Correct access.caFile in the profile: the PEM file of the authority that signs the target’s certificate.',
  },
  GUICHET_MAILBOX_UNREACHABLE: {
    exit: exitCode.inconclusive,
    remedy: 'Check mail in the profile, or run "npx guichet doctor".',
  },
  GUICHET_MAIL_PATH: {
    exit: exitCode.inconclusive,
    remedy: 'Repair the mail path between the target and the mailbox, or run "npx guichet doctor".',
  },
  GUICHET_DOOR_REFUSED: {
    exit: exitCode.inconclusive,
    remedy: 'Check that door and its token in the profile.',
  },
  GUICHET_PORT_IN_USE: {
    exit: exitCode.inconclusive,
    remedy: 'Stop the other program, or choose another port (see --help of the command).',
  },
  GUICHET_BROWSER_MISSING: {
    exit: exitCode.inconclusive,
    remedy:
      'Set GUICHET_CHROMIUM to a Chromium, run "npx playwright install chromium", or, as root on Debian, "apt-get install chromium-headless-shell".',
  },
  GUICHET_NO_DISPLAY: {
    exit: exitCode.inconclusive,
    remedy: 'Run it on a desktop, or have the target tell its codes: captcha.kind "oracle" or "fixed".',
  },
  GUICHET_K6_MISSING: {
    exit: exitCode.inconclusive,
    remedy:
      'Install k6 v2 and set K6_BIN, or install Go 1.26 or later so that it can be built from load/go.mod.',
  },
  GUICHET_SIRETS_EXHAUSTED: {
    exit: exitCode.inconclusive,
    remedy: 'Add SIRETs to the profile, or reset the target.',
  },
  GUICHET_SUBMISSIONS_SPENT: {
    exit: exitCode.inconclusive,
    remedy: 'Raise maxSubmissions in the profile, or select fewer scenarios.',
  },
  GUICHET_TOO_EARLY: {
    exit: exitCode.inconclusive,
    remedy: 'Run "npx guichet follow CAMPAIGN" from then on.',
  },
  GUICHET_CODE_NOT_TYPED: {
    exit: exitCode.inconclusive,
    remedy: 'Type the security code in the browser window while Guichet waits.',
  },
  GUICHET_OUTCOMES_FOREIGN: {
    exit: exitCode.usage,
    remedy: 'Give the logs of the pods of this campaign; nothing was taken.',
  },
  GUICHET_LOAD_INVALID: {
    exit: exitCode.inconclusive,
    remedy: 'Read the lines above; nothing is concluded.',
  },
  GUICHET_LOAD_STOPPED: {
    exit: exitCode.inconclusive,
    remedy: 'Nothing more is sent; see to the target, then start again.',
  },
  GUICHET_CALIBRATION_INVALID: {
    exit: exitCode.usage,
    remedy: 'Correct that key of the calibration; docs/forecast.md says what it holds.',
  },
  GUICHET_CALIBRATION_TOO_LIGHT: {
    exit: exitCode.inconclusive,
    remedy: 'Calibrate with more days, and with so many demandes that a queue forms (docs/forecast.md).',
  },
  GUICHET_HARNESS: { exit: exitCode.inconclusive, remedy: 'This is a fault of Guichet: please report it.' },
} as const;

export type ErrorCode = keyof typeof table;

/** The codes that blame what lies around the target, the way to it included: neither the target nor Guichet. */
export const environmentCodes = [
  'GUICHET_TARGET_UNREACHABLE',
  'GUICHET_MAILBOX_UNREACHABLE',
  'GUICHET_MAIL_PATH',
] as const satisfies readonly ErrorCode[];

/** An error a person reads: code, what, received, what to do. Never printed with a stack trace. */
export class GuichetError extends Error {
  readonly code: ErrorCode;
  readonly exit: (typeof table)[ErrorCode]['exit'];
  readonly what: string;
  readonly remedy: string;

  /** `what` says what happened and what was received; `remedy` replaces the table's when it is more precise. */
  constructor(code: ErrorCode, what: string, remedy: string = table[code].remedy) {
    super(`${code}: ${what} ${remedy}`);
    this.name = 'GuichetError';
    this.code = code;
    this.exit = table[code].exit;
    this.what = what;
    this.remedy = remedy;
  }
}
