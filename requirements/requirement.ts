/** Levels of RFC 2119; only the procedure itself makes a MUST. INFO is recorded and never fails. */
type Level = 'MUST' | 'SHOULD' | 'INFO';

/** Where on the target a requirement is observed. */
type Surface = 'home' | 'login' | 'siret' | 'form' | 'mail' | 'support';

type Common = {
  /** Frozen; a change of meaning is a new id. */
  id: string;
  surface: Surface;
  /** What a black-box observer does. */
  check: string;
  /** What the procedure leaves unclear. */
  note?: string;
};

/** One requirement. `quote` is verbatim from `procedure.txt`; a norm has a `reference` instead. */
export type RequirementEntry =
  | (Common & { source: 'seed'; level: Level; quote: string })
  | (Common & { source: 'norm'; level: Exclude<Level, 'MUST'>; reference: string });
