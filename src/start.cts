// The entry point of the command. It compiles the program itself instead of requiring it, because that is the only way to pass
// V8 the code cache of the build. V8 rejects a cache from another version of Node, and then compiles as usual.
const { readFileSync } = require('node:fs') as typeof import('node:fs');
const { Script } = require('node:vm') as typeof import('node:vm');

const filename = `${__dirname}/program.cjs`;
// The build ensures that the program is ASCII, which is fastest to read as Latin-1.
const script = new Script(readFileSync(filename, 'latin1'), { filename, cachedData: readCodeCache() });
const program = { exports: {} as Pick<typeof import('./cli.ts'), 'runCommand'> };
script.runInThisContext()(require, program, program.exports);
program.exports.runCommand();
// For the build, which creates the code cache.
module.exports = script;

function readCodeCache(): Buffer | undefined {
  try {
    return readFileSync(`${__dirname}/program.cache`);
  } catch {
    return undefined;
  }
}
