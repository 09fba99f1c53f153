// Bundles the command and the library into dist/program.cjs, without dependencies; dist/index.js gives the library's exports their
// names. What only `lsp` needs of others is in dist/protocol.cjs, so that no other command has to read it.
// dist/cli.cjs starts the program with V8's code cache. It is CommonJS because Node starts that 5 to 10 ms faster than an ES
// module.
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
  // The licences of bundled packages are in a separate file.
  legalComments: 'none',
  metafile: true,
  define: { MIGRATE_LINT_VERSION: JSON.stringify(version) },
  logLevel: 'warning',
};

/** Writes `cli.cjs`, `program.cjs`, `protocol.cjs` and `index.js` to a folder, with the licences of the bundled packages. */
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
    build({
      ...shared,
      entryPoints: [at('src/language-server/protocol.ts')],
      outfile: `${outdir}/protocol.cjs`,
      format: 'cjs',
      minifyIdentifiers: true,
    }),
  ]);
  writeThirdPartyLicenses(
    bundles.map(({ metafile }) => metafile),
    at('.'),
    outdir,
  );
  await writeLibrary(outdir);
  // npm makes a command executable when it links it; a later build must not undo that.
  chmodSync(`${outdir}/cli.cjs`, 0o755);
}

/** Leaves the protocol's packages to their own file, which `lsp` requires. */
const protocolApart = {
  name: 'protocol-apart',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^\.\/protocol\.ts$/ }, () => ({ path: './protocol.cjs', external: true })),
};

/** V8 rejects a cache that was made from another program. */
async function bundleProgram(outdir) {
  const outfile = `${outdir}/program.cjs`;
  const built = await build({
    ...shared,
    entryPoints: [at('src/program.cts')],
    outfile,
    format: 'cjs',
    // As a script, for start.cts, it is a function with the parameters of a module; as a module, for the library, it calls that.
    banner: {
      js: '((run) => (typeof module === "object" && run(require, module, exports), run))((function (require, module, exports) {',
    },
    footer: { js: '}))' },
    plugins: [
      deferDocs,
      protocolApart,
      loadLazily(['node:child_process', 'node:crypto', 'node:os', 'node:v8', 're2js']),
    ],
  });
  // esbuild does not escape regular expressions, but V8 handles text without multi-byte characters in half the time.
  const escapeCharacter = (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  writeFileSync(outfile, readFileSync(outfile, 'utf8').replace(/[^\0-\x7f]/g, escapeCharacter));
  rmSync(`${outdir}/program.cache`, { force: true });
  return built;
}

/** Writes the ES module of the library, with the exports of src/index.ts. */
async function writeLibrary(outdir) {
  const { metafile } = await build({
    ...shared,
    entryPoints: [at('src/index.ts')],
    outdir,
    format: 'esm',
    write: false,
  });
  const [{ exports: names }] = Object.values(metafile.outputs);
  const lines = ["import program from './program.cjs';", `export const { ${names.join(', ')} } = program.library;`];
  writeFileSync(`${outdir}/index.js`, `${lines.join('\n')}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await bundle();
  writeCodeCache(at('dist'));
}
