import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    setupFiles: ['test/fast-check-seed.ts'],
    // No test finds what another run left in the user's cache.
    env: { GRUE_ACTION_CACHE: '' },
    testTimeout: 30_000,
  },
})
