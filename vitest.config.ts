import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{requirements,load,fixtures,harness,extranet,reports}/**/*.test.ts'],
    testTimeout: 20_000,
  },
});
