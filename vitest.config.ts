import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    globalSetup: 'test/support/run-folder.ts',
    setupFiles: 'test/support/seed-properties.ts',
    // The files share what they import: to load all of it for each of them takes as long as the tests themselves.
    isolate: false,
    // vitest would leave one core to itself, half of a machine with two.
    maxWorkers: '100%',
    expect: { requireAssertions: true },
    // Files that are compared as snapshots are written by the same variable as all others; see test/support/update.ts.
    update: process.env['UPDATE'] === '1',
    // Against tests that hang; a machine with other things to do may be slow. What must be fast is measured in CPU time.
    testTimeout: 240_000,
    hookTimeout: 240_000,
  },
});
