import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    globalSetup: 'test/support/run-folder.ts',
    setupFiles: 'test/support/seed-properties.ts',
    // The files share what they import: to load all of it for each of them takes as long as the tests themselves.
    isolate: false,
  },
});
