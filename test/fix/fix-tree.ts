import { type FixOutcome, fixFindings } from '../../src/fix/fix-findings.ts';
import type { LintOptions } from '../../src/lint-options.ts';
import { runWithBuilds } from '../../src/run.ts';
import type { FileSystem } from '../../src/source/files/file-system.ts';
import { memoryFileSystem } from '../support/memory-file-system.ts';

/** Files by absolute path. */
export type Tree = Readonly<Record<string, string>>;

/** Fixes a folder, with the fixes of some rules or all, safe or not. */
export function fixFolder(
  fileSystem: FileSystem,
  folder: string,
  { rule, safe = false, options = {} }: { rule?: string; safe?: boolean; options?: LintOptions } = {},
): Promise<FixOutcome> {
  return fixFindings((files) => runWithBuilds(['.'], folder, options, files), fileSystem, {
    wants: (finding) => (rule === undefined || finding.rule === rule) && (!safe || finding.fix?.safe === true),
    refuse: () => undefined,
  });
}

/** Fixes a tree in memory; returns the whole tree afterwards. */
export async function fixTree(
  tree: Tree,
  wanted: { rule?: string; safe?: boolean; options?: LintOptions } = {},
): Promise<{ tree: Tree; outcome: FixOutcome }> {
  const outcome = await fixFolder(memoryFileSystem({ ...tree, '/.git/HEAD': '' }), '/', wanted);
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const changed = [...outcome.changed].map(([path, { after }]) => [path, decoder.decode(after)] as const);
  return { tree: { ...tree, ...Object.fromEntries(changed) }, outcome };
}
