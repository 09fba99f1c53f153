// Bundles the command into dist/program.cjs and the library into dist/index.js, each one file without dependencies.
// dist/cli.cjs starts the program with V8's code cache. CommonJS because Node starts it 5 to 10 ms sooner than an ES module.
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { writeCodeCache } from './code-cache.mjs';
import { deferDocs } from './defer-docs.mjs';
import { loadLazily } from './load-lazily.mjs';
import { writeThirdPartyLicenses } from './third-party-licenses.mjs';

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const { version } = JSON.parse(readFileSync(at('package.json'), 'utf8'));

const shared = {
  absWorkingDir: at('.'),
  bundle: true,
  platform: 'node',
  target: 'node20',
  minifySyntax: true,
  minifyWhitespace: true,
  // The licences of what is bundled stand in a file of their own.
  legalComments: 'none',
  metafile: true,
  define: { MIGRATE_LINT_VERSION: JSON.stringify(version) },
  logLevel: 'warning',
};

/** Writes `cli.cjs`, `program.cjs` and `index.js` into a folder, with the licences of what they contain. */
export async function bundle(outdir = at('dist')) {
  const bundles = await Promise.all([
    bundleProgram(outdir),
    build({
      ...shared,
      entryPoints: [at('src/start.cts')],
      outfile: `${outdir}/cli.cjs`,
      format: 'cjs',
      banner: { js: '#!/usr/bin/env node' },
    }),
    build({ ...shared, entryPoints: [at('src/index.ts')], outfile: `${outdir}/index.js`, format: 'esm' }),
  ]);
  writeThirdPartyLicenses(
    bundles.map(({ metafile }) => metafile),
    at('.'),
    outdir,
  );
  // npm makes a command executable when it links it, and a build after that must not take it back.
  chmodSync(`${outdir}/cli.cjs`, 0o755);
}

/** The program is a function, for `src/start.cts` to call. A cache that was made of another one would be rejected. */
async function bundleProgram(outdir) {
  const outfile = `${outdir}/program.cjs`;
  const built = await build({
    ...shared,
    entryPoints: [at('src/cli.ts')],
    outfile,
    format: 'cjs',
    banner: { js: '(function (require, module, exports) {' },
    footer: { js: '})' },
    plugins: [deferDocs, loadLazily(['node:child_process', 'node:crypto', 'node:os', 'node:v8', 're2js'])],
  });
  // esbuild leaves regular expressions as they are written, but V8 handles text of single bytes in half the time.
  const escapeCharacter = (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  writeFileSync(outfile, readFileSync(outfile, 'utf8').replace(/[^\0-\x7f]/g, escapeCharacter));
  rmSync(`${outdir}/program.cache`, { force: true });
  return built;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await bundle();
  writeCodeCache(at('dist'));
}
