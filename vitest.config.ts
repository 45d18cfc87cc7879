import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    setupFiles: ['test/fast-check-seed.ts'],
    // No test finds what another run left in the user's cache.
    env: { GRUE_ACTION_CACHE: '' },
    testTimeout: 30_000,
    // vitest leaves a processor free, on two cores half of them: all of the tests took 5:46 so, and take 4:01 on both.
    maxWorkers: '100%',
  },
})
