// The entry of the command. It compiles the program itself, rather than have Node require it, because only so can V8 be
// handed what it compiled at build time. Written by another version of Node, that is no good; V8 then says so and compiles anew.
const { readFileSync } = require('node:fs') as typeof import('node:fs');
const { Script } = require('node:vm') as typeof import('node:vm');

const filename = `${__dirname}/program.cjs`;
// The build makes sure of ASCII, which is the quickest to read as Latin-1.
const script = new Script(readFileSync(filename, 'latin1'), { filename, cachedData: readCodeCache() });
script.runInThisContext()(require, module, exports);
// For whoever makes the code cache.
module.exports = script;

function readCodeCache(): Buffer | undefined {
  try {
    return readFileSync(`${__dirname}/program.cache`);
  } catch {
    return undefined;
  }
}
