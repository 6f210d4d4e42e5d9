import type { Behaviour } from '../behaviour.ts';

/** One way to break the extranet: the requirements that it breaks, and the change to the behaviour. */
export type Fault = {
  name: string;
  /** Requirement ids, such as SIRET-23. */
  breaks: string[];
  apply: (behaviour: Behaviour) => Behaviour;
};
