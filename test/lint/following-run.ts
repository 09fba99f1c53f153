import type { EarlierRun } from '../../src/earlier-run.ts';
import { toJsonReport } from '../../src/report/json.ts';
import { type Linted, runWithBuilds } from '../../src/run.ts';
import { memoryFileSystem } from '../support/memory-file-system.ts';

/** Lints `/w` by the strict preset, from the start or after an earlier run. */
export function lintAfter(files: Readonly<Record<string, string>>, earlier?: EarlierRun): Promise<Linted> {
  return runWithBuilds(['.'], '/w', { preset: 'strict' }, memoryFileSystem(files), { earlier });
}

/** Everything that a report says about a run, to compare two of them. */
export function describeRun({ result }: Linted): unknown {
  return toJsonReport(result, { base: '/w', version: '0' });
}
