/** Mutation testing of the code that decides about findings: `npm run mutation`, or a part with `-- --mutate FILES`. */
export default {
  plugins: ['./scripts/mutation/test-runner.mjs', './scripts/mutation/ignored-fallbacks.mjs'],
  testRunner: 'one-process',
  coverageAnalysis: 'perTest',
  mutate: ['src/{rules,model,objects,shell,kustomize/replacements,language-server}/**/*.ts'],
  ignorers: ['fallbacks'],
  // Tables and patterns that are created when a module loads, and the texts of the rules' docs.
  ignoreStatic: true,
  // Stryker would rewrite paths in tsconfig.json with an API that TypeScript 7 lacks; there is nothing to rewrite.
  tsconfigFile: 'none',
  ignorePatterns: ['/dist', '/bench', '/docs'],
  tempDirName: '.stryker',
  timeoutMS: 20_000,
  dryRunTimeoutMinutes: 30,
  thresholds: { high: 85, low: 85, break: null },
  reporters: ['clear-text', 'progress-append-only', 'json'],
  clearTextReporter: { logTests: false, reportTests: false, reportMutants: true },
  jsonReporter: { fileName: '.stryker/report.json' },
};
