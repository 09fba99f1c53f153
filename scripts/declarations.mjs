// Writes the types of the public API: dist/index.d.ts and, under dist/types, the declarations that it refers to. tsc writes
// one for each module of the program; those that the API does not refer to are removed.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const specifier = /(\bfrom |\bimport\()'(\.[^']*)\.ts'/g;

/** Writes the declarations to a folder. Throws if tsc reports an error. */
export function writeDeclarations(outdir = join(root, 'dist')) {
  const scratch = mkdtempSync(join(tmpdir(), 'migrate-lint-types-'));
  try {
    emit(scratch);
    const found = follow('index.d.ts', scratch);
    rmSync(join(outdir, 'types'), { recursive: true, force: true });
    for (const [name, text] of found) {
      const path = join(outdir, 'types', name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
    writeFileSync(join(outdir, 'index.d.ts'), "export * from './types/index.js';\n");
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function emit(outdir) {
  const config = join(root, 'tsconfig.types.json');
  const { status, stdout } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/typescript/bin/tsc'), '-p', config, '--outDir', outdir],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`tsc could not write the declarations:\n${stdout}`);
}

/** A declaration and all that it refers to, directly or not, with import specifiers that consumers can resolve. */
function follow(name, folder, found = new Map()) {
  if (found.has(name)) return found;
  const text = readFileSync(join(folder, name), 'utf8');
  found.set(
    name,
    text.replace(specifier, (_, lead, path) => `${lead}'${path}.js'`),
  );
  for (const [, , path] of text.matchAll(specifier)) {
    follow(posix.join(posix.dirname(name), `${path}.d.ts`), folder, found);
  }
  return found;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeDeclarations();
