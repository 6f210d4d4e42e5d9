import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{requirements,load,fixtures,harness,extranet,reports}/**/*.test.ts'],
    // Most tests wait for a browser or a server.
    maxWorkers: '100%',
    // Against what hangs: a busy machine is no failure.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
