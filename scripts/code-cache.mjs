// V8's code cache for dist/program.cjs, so that a start does not have to parse and compile what most runs need.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const examples = fileURLToPath(new URL('../examples', import.meta.url));

/**
 * Writes `program.cache` next to the command in a folder, after a run that lints the examples, so that it contains what such
 * a run needs. Only the version of Node that wrote it can use it; others start without it.
 */
export function writeCodeCache(outdir) {
  const args = ['migrate-lint', examples, '--no-config', '--fail-on', 'never'];
  const run = `
    process.argv.splice(1, process.argv.length, ...${JSON.stringify(args)});
    const script = require('./cli.cjs');
    process.on('exit', () => require('node:fs').writeFileSync('program.cache', script.createCachedData()));
  `;
  const { status, stderr } = spawnSync(process.execPath, ['-e', run], { cwd: outdir, encoding: 'utf8' });
  if (status !== 0) throw new Error(`the code cache could not be written:\n${stderr}`);
}
