import type { Behaviour } from '../behaviour.ts';
import type { Fault } from './fault.ts';
import type { Probe } from './probe.ts';

/** Some rules of a behaviour, however deep; a list or a function replaces the one before. */
type Change<Rule> = Rule extends readonly unknown[] | ((...given: never[]) => unknown)
  ? Rule
  : Rule extends object
    ? { [Name in keyof Rule]?: Change<Rule[Name]> }
    : Rule;

/** A fault that is a change of rules; a function is told the behaviour that it changes. */
export function fault(
  name: string,
  breaks: string[],
  probe: Probe,
  change: Change<Behaviour> | ((behaviour: Behaviour) => Change<Behaviour>),
): Fault {
  return {
    ...{ name, breaks, probe },
    apply: (behaviour) =>
      withChange(behaviour, typeof change === 'function' ? change(behaviour) : change) as Behaviour,
  };
}

type Rules = Readonly<Record<string, unknown>>;

function withChange(rules: Rules, change: Rules): Rules {
  const entries = Object.entries(change).map(([name, to]) => {
    const from = rules[name];
    return [name, isRules(from) && isRules(to) ? withChange(from, to) : to];
  });
  return { ...rules, ...Object.fromEntries(entries) };
}

function isRules(value: unknown): value is Rules {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
