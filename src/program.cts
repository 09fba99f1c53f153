// All of migrate-lint, which the build makes one file of: the command, which start.cts runs, and the library. Each is a getter,
// so that only the modules in use are evaluated.
module.exports = {
  get runCommand() {
    return (require('./cli.ts') as typeof import('./cli.ts')).runCommand;
  },
  get library() {
    return require('./index.ts') as typeof import('./index.ts');
  },
};
