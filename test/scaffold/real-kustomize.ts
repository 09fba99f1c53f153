import { spawnSync } from 'node:child_process';
import { basename } from 'node:path';
import type { Dialect } from '../../src/kustomize/dialect.ts';

/** The releases of each version. */
const releases: Readonly<Record<Dialect, string>> = {
  '5.7': String.raw`5\.7\.\d+`,
  '5.8': String.raw`5\.8\.[01]`,
  '5.8.2': String.raw`5\.8\.[23]`,
};

/** The real kustomize of a version, as `npm run record` finds it: named by KUSTOMIZE_57, _58 and _582, or on PATH. */
export function findRealKustomize(dialect: Dialect): string | undefined {
  return process.env[programVariable(dialect)] ?? findOnPath(dialect);
}

/** The environment variable that names the program of a version. */
export function programVariable(dialect: Dialect): string {
  return `KUSTOMIZE_${dialect.replaceAll('.', '')}`;
}

function findOnPath(dialect: Dialect): string | undefined {
  const asked: Record<string, string[]> = { kustomize: ['version'], kubectl: ['version', '--client'] };
  return Object.keys(asked).find((program) => {
    const { stdout } = spawnSync(program, asked[program] ?? [], { encoding: 'utf8' });
    return new RegExp(`(^|Kustomize Version: )v${releases[dialect]}$`, 'm').test(stdout ?? '');
  });
}

/** What the real one prints for a folder. Throws where it refuses. */
export function buildWithReal(program: string, folder: string): string {
  const command = basename(program).startsWith('kubectl') ? 'kustomize' : 'build';
  const { status, stdout, stderr } = spawnSync(program, [command, folder], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}
