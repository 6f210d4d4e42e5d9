import { GuichetError } from '../errors.ts';
import { assertMayContact, type Permit } from '../target/origin.ts';

/** How a flag of k6 takes its value: `none` is a switch. */
type Kind = 'value' | 'none';

/**
 * The flags of `k6 run` that tell or show and change nothing of who is sent what, when, and where. All else is refused:
 * a flag that k6 gains tomorrow may open what the interlock shuts.
 */
const allowed: Readonly<Record<string, Kind>> = {
  '--out': 'value',
  '-o': 'value',
  '--tag': 'value',
  '--system-tags': 'value',
  '--summary-export': 'value',
  '--summary-time-unit': 'value',
  '--summary-trend-stats': 'value',
  '--summary-mode': 'value',
  '--new-machine-readable-summary': 'none',
  '--verbose': 'none',
  '-v': 'none',
  '--address': 'value',
  '-a': 'value',
};

/** Why those that people try are refused. */
const reasons: Readonly<Record<string, string>> = {
  '--no-thresholds': 'without thresholds a run that sends nothing ends green',
  '--no-setup': 'setup asks the target for its consent',
  '--blacklist-ip': 'Guichet says which hosts are out of reach',
  '--block-hostnames': 'Guichet says which hosts are out of reach',
  '--vus': 'the plan says how many come, and when',
  '-u': 'the plan says how many come, and when',
  '--duration': 'the plan says how many come, and when',
  '-d': 'the plan says how many come, and when',
  '--iterations': 'the plan says how many come, and when',
  '-i': 'the plan says how many come, and when',
  '--stage': 'the plan says how many come, and when',
  '-s': 'the plan says how many come, and when',
  '--env': 'the profile and the plan make the environment of the scripts',
  '-e': 'the profile and the plan make the environment of the scripts',
  '--config': 'a file could say whatever is refused here',
  '-c': 'a file could say whatever is refused here',
  '--execution-segment': 'say --segments N',
  '--log-output': 'the outcome of each submission is read there',
  '--log-format': 'the outcome of each submission is read there',
  '--console-output': 'the outcome of each submission is read there',
  '--http-debug': 'it would write what is typed, secret answers included',
  '--max-redirects': 'redirects are followed by the scripts, on the target alone',
};

/** Outputs that k6 itself has; others it would fetch or send elsewhere. */
const outputs = ['json', 'csv', 'opentelemetry', 'experimental-opentelemetry', 'experimental-prometheus-rw'];

/**
 * Holds k6's own arguments, what stands after `--`, against the interlock, and answers them for `k6 run`. Where outputs
 * send is told to k6 in its variables (`outputVariables`). Throws `GUICHET_USAGE` for what could send other things,
 * elsewhere, or hide a failure: another script, flags that are not known to be harmless, an address beyond loopback.
 */
export function passThrough(args: readonly string[]): string[] {
  const passed: string[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (!arg.startsWith('-')) throw refused(arg, 'it would be another script; Guichet names the script');
    const [, flag = arg, joined] = /^(--[^=]+)=(.*)$/s.exec(arg) ?? [];
    const kind = Object.hasOwn(allowed, flag) ? allowed[flag] : undefined;
    if (!kind) throw refused(arg, reasons[flag] ?? 'it is not known to leave the interlock whole');
    if (kind === 'none') {
      if (joined !== undefined) throw refused(arg, 'it takes no value');
      passed.push(flag);
      continue;
    }
    if (joined === undefined) at += 1;
    const value = joined ?? args[at];
    if (value === undefined || value === '') throw refused(arg, 'it has no value');
    assertValue(flag, value);
    passed.push(flag, value);
  }
  return passed;
}

function assertValue(flag: string, value: string): void {
  const given = `${flag} ${value}`;
  if (flag === '--address' || flag === '-a') {
    if (!/^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\]):\d{1,5}$/.test(value))
      throw refused(given, 'k6 can be told what to do there: loopback only, as in 127.0.0.1:6565');
  } else if (flag === '--out' || flag === '-o') {
    const [name = ''] = value.split('=');
    if (!outputs.includes(name)) throw refused(given, `the outputs are ${outputs.join(', ')}`);
  } else if (value.startsWith('-')) {
    throw refused(given, 'its value looks like a flag');
  }
}

function refused(arg: string, why: string): GuichetError {
  return new GuichetError(
    'GUICHET_USAGE',
    `k6 is not given "${arg}": ${why}.`,
    `After "--" stand k6's own outputs and tags, as in: npx guichet load smoke -- --out experimental-prometheus-rw`,
  );
}

/** Which variables of the shell configure an output of k6, by their beginning. */
const outputPrefixes = ['K6_PROMETHEUS_RW_', 'K6_OTEL_', 'K6_CSV_'];

/**
 * The variables of the shell that say where outputs send and how; k6 inherits no others of its own from the shell. Throws
 * `GUICHET_ORIGIN_REFUSED` for an address beyond loopback that the permit does not name.
 */
export function outputVariables(
  passed: readonly string[],
  environment: NodeJS.ProcessEnv,
  permit: Permit = new Set(),
): Record<string, string> {
  const named = passed.filter((_, at) => ['--out', '-o'].includes(passed[at - 1] ?? ''));
  for (const output of named) {
    const [name = '', ...rest] = output.split('=');
    if (rest.length > 0 && !['json', 'csv'].includes(name)) assertAddress(output, rest.join('='), permit);
  }
  if (named.length === 0) return {};
  const variables = Object.entries(environment).flatMap(([name, value]): [string, string][] =>
    value !== undefined && outputPrefixes.some((prefix) => name.startsWith(prefix)) ? [[name, value]] : [],
  );
  for (const [name, value] of variables) {
    if (/_(?:URL|ENDPOINT)$/.test(name)) assertAddress(name, value, permit);
  }
  return Object.fromEntries(variables);
}

/** `text`: a URL, or host and port. */
function assertAddress(what: string, text: string, permit: Permit): void {
  const url = /^https?:\/\//i.test(text) ? text : `http://${text}`;
  if (!URL.canParse(url)) throw refused(what, 'it names no address');
  assertMayContact(new URL(url), permit, `${what}: ${new URL(url).origin}`);
}
