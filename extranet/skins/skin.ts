import type { FastifyInstance } from 'fastify';
import type { Behaviour } from '../behaviour.ts';
import type { Posted } from '../input.ts';

/** Another look of the same extranet: its pages on their way out, its requests on their way in. */
export type Skin = {
  /** Requirement ids that this look does not respect, whatever the behaviour. */
  breaks: readonly string[];
  /** The address, query included, under which the plain extranet has what is asked for. */
  addressOf(url: string): string;
  /** The fields of a posted form, and of a query, by their plain names. */
  readBody(body: string): Posted;
  readQuery(query: string): Posted;
  /** Adds its own pages and dresses every page that goes out. */
  dress(app: FastifyInstance, behaviour: Behaviour): void;
};
