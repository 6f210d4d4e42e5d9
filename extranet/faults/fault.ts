import type { Behaviour } from '../behaviour.ts';
import type { FieldName, FieldRule } from '../fields.ts';
import type { Probe } from './probe.ts';

/** One way to break the extranet. */
export type Fault = {
  /** In kebab-case, unique. */
  name: string;
  /** Requirement ids, such as SIRET-23. */
  breaks: string[];
  apply: (behaviour: Behaviour) => Behaviour;
  /** Observes, without the suite, what the fault changes; `isLive` compares what it saw. */
  probe: Probe;
};

/** A behaviour with other entries on one surface. */
export function changed<Surface extends keyof Behaviour>(
  behaviour: Behaviour,
  surface: Surface,
  entries: Partial<Behaviour[Surface]>,
): Behaviour {
  return { ...behaviour, [surface]: Object.assign({}, behaviour[surface], entries) };
}

/** A behaviour with other rules for some fields of the form. */
export function changedFields(
  behaviour: Behaviour,
  names: readonly FieldName[],
  rules: Partial<FieldRule>,
): Behaviour {
  const fields = { ...behaviour.form.fields };
  for (const name of names) fields[name] = { ...fields[name], ...rules };
  return changed(behaviour, 'form', { fields });
}

type Form = Behaviour['form'];

/** A behaviour with other entries in one group of the form's rules. */
export function changedForm<Group extends 'rules' | 'towns' | 'notices' | 'errors' | 'once' | 'groups'>(
  behaviour: Behaviour,
  group: Group,
  entries: Partial<Form[Group]>,
): Behaviour {
  return changed(behaviour, 'form', { [group]: { ...behaviour.form[group], ...entries } } as Partial<Form>);
}
