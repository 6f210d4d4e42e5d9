/** Content types of what a scenario attaches for the campaign's reporter. */
export const attachmentType = {
  /** JSON: `{ id, outcome, expected, observed, evidence }`, redacted. */
  check: 'application/vnd.guichet.check+json',
  /** JSON of a mail as received, redacted. */
  mail: 'application/vnd.guichet.mail+json',
  screenshot: 'image/jpeg',
  /** A HAR, secrets and all: it is redacted with the other recordings. */
  exchanges: 'application/vnd.guichet.exchanges+json',
  /** JSON: the paths of the rules that the extranet read. */
  rules: 'application/vnd.guichet.rules+json',
  /** ISO 8601: when what a scenario was too early for is due. */
  due: 'text/vnd.guichet.due',
} as const;
