import { expect, it } from 'vitest';
import { outputVariables, passThrough } from './pass-through.ts';

it.each([
  [
    ['--out', 'experimental-prometheus-rw'],
    ['--out', 'experimental-prometheus-rw'],
  ],
  [
    ['--out=opentelemetry', '-o', 'json=k6.json.gz'],
    ['--out', 'opentelemetry', '-o', 'json=k6.json.gz'],
  ],
  [
    ['--tag', 'campaign=c1', '--summary-mode=full', '-v'],
    ['--tag', 'campaign=c1', '--summary-mode', 'full', '-v'],
  ],
  [
    ['--address', '127.0.0.1:6565'],
    ['--address', '127.0.0.1:6565'],
  ],
  [['--address=[::1]:0'], ['--address', '[::1]:0']],
  [[], []],
])('passes %j', (given, passed) => expect(passThrough(given)).toEqual(passed));

it.each([
  [['other.ts'], /another script/],
  [['--out', 'json=a', 'other.ts'], /another script/],
  [['-'], /not known/],
  [['--no-thresholds'], /ends green/],
  [['--no-thresholds=true'], /ends green/],
  [['--no-setup'], /consent/],
  [['--address', '0.0.0.0:6565'], /loopback only/],
  [['--address=:6565'], /loopback only/],
  [['--address', '127.0.0.1.example.org:1'], /loopback only/],
  [['-a', 'example.org:6565'], /loopback only/],
  [['-a0.0.0.0:6565'], /not known/],
  [['--blacklist-ip', '10.0.0.0/8'], /out of reach/],
  [['--block-hostnames='], /out of reach/],
  [['-u', '500'], /how many come/],
  [['--rps=1'], /not known/],
  [['-e', 'BASE_URL=https://example.org'], /environment of the scripts/],
  [['-eBASE_URL=https://example.org'], /not known/],
  [['--config', 'k6.json'], /whatever is refused/],
  [['--http-debug=full'], /secret answers/],
  [['--local-ips', '127.0.0.0/8'], /not known/],
  [['--include-system-env-vars=false'], /not known/],
  [['--out', 'cloud'], /outputs are/],
  [['--out', 'web-dashboard'], /outputs are/],
  [['--out', '--no-thresholds'], /outputs are/],
  [['--tag', '--no-thresholds'], /looks like a flag/],
  [['--out'], /no value/],
  [['--out='], /no value/],
  [['--verbose=false'], /no value/],
  [['--'], /not known/],
  [['--constructor'], /not known/],
])('refuses %j', (given, why) => {
  expect(() => passThrough(given)).toThrow(why);
  expect(() => passThrough(given)).toThrow(/^GUICHET_USAGE: k6 is not given/);
});

it('hands over the variables of outputs, and none that change the run', () => {
  const shell = {
    K6_PROMETHEUS_RW_SERVER_URL: 'http://127.0.0.1:9090/api/v1/write',
    K6_OTEL_GRPC_EXPORTER_ENDPOINT: '127.0.0.1:4317',
    K6_VUS: '500',
    K6_NO_THRESHOLDS: 'true',
    PATH: '/bin',
  };
  expect(Object.keys(outputVariables(['--out', 'opentelemetry'], shell))).toEqual([
    'K6_PROMETHEUS_RW_SERVER_URL',
    'K6_OTEL_GRPC_EXPORTER_ENDPOINT',
  ]);
  expect(outputVariables(['--tag', 'a=b'], shell)).toEqual({});
});

it.each([
  [['--out', 'experimental-prometheus-rw'], { K6_PROMETHEUS_RW_SERVER_URL: 'https://metrics.example/write' }],
  [['--out', 'opentelemetry'], { K6_OTEL_GRPC_EXPORTER_ENDPOINT: 'metrics.example:4317' }],
  [['--out', 'experimental-prometheus-rw=https://metrics.example/write'], {}],
])('refuses an output that sends beyond loopback: %j %j', (args, shell) => {
  expect(() => outputVariables(passThrough(args), shell)).toThrow(/^GUICHET_ORIGIN_REFUSED/);
});

it('sends elsewhere with a permit for exactly that origin', () => {
  const shell = { K6_PROMETHEUS_RW_SERVER_URL: 'https://metrics.example/write' };
  const passed = passThrough(['--out', 'experimental-prometheus-rw']);
  expect(outputVariables(passed, shell, new Set(['https://metrics.example']))).toEqual(shell);
});
