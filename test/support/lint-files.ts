import type { LintResult } from '../../src/lint/lint-result.ts';
import type { LintOptions } from '../../src/lint-options.ts';
import { run } from '../../src/run.ts';
import { type MemoryFile, memoryFileSystem, placeFiles } from './memory-file-system.ts';

/** Lints a tree at `/repo` in memory; its files are relative to that. Throws if the linter crashes. */
export async function lintFiles(
  files: Readonly<Record<string, MemoryFile>> | ReadonlyMap<string, MemoryFile>,
  { paths = ['.'], options = {} }: { paths?: readonly string[]; options?: LintOptions } = {},
): Promise<LintResult> {
  const result = await run(paths, '/repo', options, memoryFileSystem(placeFiles('/repo', files)));
  throwCrashes(result);
  return result;
}

/** The findings as `rule file`, in the order of the report. */
export function rulesWithFiles({ findings }: LintResult): string[] {
  return findings.map(({ rule, at }) => `${rule} ${at.file.path.replace('/repo/', '')}`);
}

/** Throws for crashes of the linter, which would otherwise only appear in the result. */
export function throwCrashes({ crashes }: Pick<LintResult, 'crashes'>): void {
  for (const { doing, error } of crashes) throw new Error(doing, { cause: error });
}
