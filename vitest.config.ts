import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    globalSetup: 'test/support/run-folder.ts',
    setupFiles: 'test/support/seed-properties.ts',
    // The files share their imports, because loading them for each file takes as long as the tests themselves.
    isolate: false,
    // vitest would reserve one core for itself, which is half of a two-core machine.
    maxWorkers: '100%',
    expect: { requireAssertions: true },
    // The same variable updates snapshot files and all other expected files; see test/support/update.ts.
    update: process.env['UPDATE'] === '1',
    // Only to stop tests that hang, because a busy machine may be slow. What must be fast is measured in CPU time.
    testTimeout: 240_000,
    hookTimeout: 240_000,
  },
});
