// All of migrate-lint, which the build makes one file of: the command, which start.cts runs, and the library.
export { runCommand } from './cli.ts';
export * from './index.ts';
