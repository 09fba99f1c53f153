import { spawnSync } from 'node:child_process';
import { basename, join } from 'node:path';
import { expect } from 'vitest';
import { type Dialect, dialects } from '../../src/kustomize/dialect.ts';
import { programVariable } from '../scaffold/real-kustomize.ts';
import { temporaryFolder, writeFiles } from '../support/disk.ts';
import { printTree, rootOf, type Tree } from './build-tree.ts';

/**
 * Expects a tree to build to a text under every dialect. Where `KUSTOMIZE_57` and the like name the real ones
 * (kustomize or kubectl), these have to print the same.
 */
export function expectBuild(tree: Tree, expected: string): void {
  for (const dialect of dialects) {
    expect(printTree(tree, dialect), dialect).toBe(expected);
    const real = buildForReal(tree, dialect);
    if (real !== undefined) expect(real.stdout || real.stderr, `kustomize ${dialect}`).toBe(expected);
  }
}

/** Expects a tree to be refused under every dialect with one message, `path:line:column: text`; the real ones refuse it too. */
export function expectRefusal(tree: Tree, message: string): void {
  for (const dialect of dialects) {
    expect(printTree(tree, dialect), dialect).toBe(message);
    const real = buildForReal(tree, dialect);
    if (real !== undefined) expect(real.stdout, `kustomize ${dialect}`).toBe('');
  }
}

function buildForReal(tree: Tree, dialect: Dialect): { stdout: string; stderr: string } | undefined {
  const command = process.env[programVariable(dialect)];
  if (!command) return undefined;
  const folder = temporaryFolder();
  writeFiles(folder, tree);
  const verb = basename(command) === 'kubectl' ? 'kustomize' : 'build';
  return spawnSync(command, [verb, join(folder, rootOf(tree))], { encoding: 'utf8' });
}
