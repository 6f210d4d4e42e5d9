import { startEmbedded } from '../target/embedded.ts';

/**
 * An extranet with its catcher in a process of its own: `node harness/load/stage-process.ts OPTIONS` (JSON) prints one
 * line of JSON, the profile and its secrets, and ends with its input.
 */
const options = JSON.parse(process.argv[2] ?? '{}');
process.on('SIGINT', () => {});
const embedded = await startEmbedded({
  ...options,
  ...(options.start ? { start: new Date(options.start) } : {}),
});
const { profile, environment } = embedded;
process.stdout.write(`${JSON.stringify({ profile, environment })}\n`);
process.stdin.resume();
process.stdin.once('close', async () => {
  await embedded.close();
  process.exit(0);
});
