/** What is judged of a campaign under load, and how, fixed before its first run. */
export type LoadProtocol = {
  /** δ: the least shift of the restricted mean that matters, in hours. */
  deltaHours: number;
  /** δ for the part of probes without their three mails within τ. */
  deltaMissed: number;
  /** τ: how long a probe is followed, and counted, in hours. */
  tauHours: number;
  probesPerRun: number;
  runsPerArm: number;
  /** The simulated chance that an effect of δ is found. */
  power: number;
  /** Between runs without load, in hours. */
  spreadHours: number;
  missedVary: boolean;
  /** Standard deviation of what load adds to a run, as part of its mean: as the number of runs takes it to be. */
  effectVariation: number;
  /** The same, the most that the upper end of the interval guards against. */
  worstVariation: number;
  /** How coarsely instants are told, in hours: the interval is never thinner than that either way. */
  resolutionHours: number;
  seed: number;
  workload: string;
};

/** A figure in both arms, what load adds to it, and the interval of 90 % of that; `p` is one-sided and its own. */
export type LoadEstimate = {
  baseline: number;
  load: number;
  difference: number;
  lower: number;
  upper: number;
  p: number;
};

/** What load was found to do to the three mails. */
export type LoadJudgement = {
  verdict: 'invalid' | 'no-larger-effect' | 'effect' | 'inconclusive';
  exitCode: 0 | 1 | 3;
  protocol: LoadProtocol;
  /** sha256 of the protocol. */
  hash: string;
  /** Why it is invalid, one French sentence each. */
  reasons: string[];
  /** Absent when it is invalid. */
  findings?: {
    /** Restricted mean time to the third mail, in hours. */
    hours: LoadEstimate;
    /** Part of the probes whose three mails were not all there within τ. */
    missed: LoadEstimate;
    /** Exact p of both figures together: what the verdict goes by. */
    p: number;
    /** Arrangements of the runs, all of which were looked at. */
    arrangements: number;
  };
};
