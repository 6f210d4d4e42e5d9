/** A record of rules, nested in plain objects. */
type Rules = Readonly<Record<string, unknown>>;

/**
 * The same rules, every one told to `onRead` by its path (`form.fields.nom.mandatory`) when it is read. Plain objects
 * are followed; anything else (a text, a list, a function) is a rule.
 */
export function watched<T extends Rules>(rules: T, onRead: (path: string) => void, prefix = ''): T {
  const within = new Map<string, unknown>();
  return new Proxy(rules, {
    get: (target, key, receiver) => {
      const value = Reflect.get(target, key, receiver);
      if (typeof key === 'symbol') return value;
      const path = prefix + key;
      if (!isRules(value)) {
        onRead(path);
        return value;
      }
      // The same object each time, as without the watch.
      if (!within.has(path)) within.set(path, watched(value, onRead, `${path}.`));
      return within.get(path);
    },
  });
}

/** The paths of the rules that differ between two records; a rule that only one has counts. */
export function changedRules(before: Rules, after: Rules, prefix = ''): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) => {
    const [was, is] = [before[key], after[key]];
    if (isRules(was) && isRules(is)) return changedRules(was, is, `${prefix}${key}.`);
    return isSame(was, is) ? [] : [prefix + key];
  });
}

/** Whether one of the changed rules is among those read, as itself, within it, or around it. */
export function touches(changed: readonly string[], read: Iterable<string>): boolean {
  for (const path of read) {
    for (const rule of changed) {
      if (path === rule || path.startsWith(`${rule}.`) || rule.startsWith(`${path}.`)) return true;
    }
  }
  return false;
}

function isRules(value: unknown): value is Rules {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function isSame(one: unknown, other: unknown): boolean {
  return Array.isArray(one) && Array.isArray(other)
    ? JSON.stringify(one) === JSON.stringify(other)
    : Object.is(one, other);
}
