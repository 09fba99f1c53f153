import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, posix } from 'node:path';
import { expect } from 'vitest';
import { type BuiltRoot, buildRoot, type Dialect, dialects, printBuild } from '../../../src/kustomize/index.ts';
import { memoryFileSystem } from '../../../src/source/memory-file-system.ts';
import { getPath, type ScalarNode } from '../../../src/source/node.ts';
import { type Origin, originChain, originSpan } from '../../../src/source/origin.ts';
import { SourceCache } from '../../../src/source/source-cache.ts';

/** The files of a tree by their paths; the root that is built is the folder of the first `kustomization.yaml`. */
export type Tree = Readonly<Record<string, string | Uint8Array>>;

/** Builds a tree in memory. */
export function buildTree(tree: Tree, dialect: Dialect = '5.8'): BuiltRoot {
  const files = Object.fromEntries(Object.entries(tree).map(([path, content]) => [`/tree/${path}`, content]));
  return buildRoot(posix.join('/tree', rootOf(tree)), { dialect }, new SourceCache(memoryFileSystem(files)));
}

/** What a tree builds to; or, where it is refused, the message with its place. */
export function build(tree: Tree, dialect: Dialect = '5.8'): string {
  const root = buildTree(tree, dialect);
  const { text, problems } = printBuild(root);
  if (problems.length === 0) return text;
  return problems.map(({ message, at }) => `${place(at)}: ${message}`).join('\n');
}

/**
 * Expects a tree to build to a text under every dialect. Where `KUSTOMIZE_57` and `KUSTOMIZE_58` name the real ones
 * (kustomize or kubectl), these have to print the same.
 */
export function expectBuild(tree: Tree, expected: string): void {
  for (const dialect of dialects) {
    expect(build(tree, dialect), dialect).toBe(expected);
    const real = buildForReal(tree, dialect);
    if (real !== undefined) expect(real.stdout || real.stderr, `kustomize ${dialect}`).toBe(expected);
  }
}

/** Expects a tree to be refused under every dialect with one message, `path:line:column: text`; the real ones refuse it too. */
export function expectRefusal(tree: Tree, message: string): void {
  for (const dialect of dialects) {
    expect(build(tree, dialect), dialect).toBe(message);
    const real = buildForReal(tree, dialect);
    if (real !== undefined) expect(real.stdout, `kustomize ${dialect}`).toBe('');
  }
}

/** The scalar at a path of the one object of a kind, such as `Deployment spec.replicas`. */
export function scalarAt(root: BuiltRoot, address: string): ScalarNode {
  const [kind, path = ''] = address.split(' ');
  const object = root.resources.find((resource) => resource.kind === kind);
  const steps = path.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step.replaceAll('~', '.')));
  const node = getPath(object?.node, steps);
  if (node?.kind !== 'scalar') throw new Error(`nothing at ${address}`);
  return node;
}

/** An origin's steps from the last to the first, each with the text of the place that it names. */
export function describeOrigin(origin: Origin): string[] {
  return [...originChain(origin)].map((step) => {
    const span = originSpan(step);
    const text = span.file.text.slice(span.start, span.end);
    return `${step.kind === 'source' ? 'written' : step.by} ${place(span)} ${text}`;
  });
}

function place({ file, start }: { file: { path: string; position(offset: number): object }; start: number }): string {
  const { line, column } = file.position(start) as { line: number; column: number };
  return `${file.path.replace('/tree/', '')}:${line}:${column}`;
}

function rootOf(tree: Tree): string {
  return posix.dirname(Object.keys(tree).find((path) => posix.basename(path) === 'kustomization.yaml') ?? '.');
}

function buildForReal(tree: Tree, dialect: Dialect): { stdout: string; stderr: string } | undefined {
  const command = process.env[`KUSTOMIZE_${dialect.replace('.', '')}`];
  if (!command) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'tree-'));
  try {
    for (const [path, content] of Object.entries(tree)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    const verb = basename(command) === 'kubectl' ? 'kustomize' : 'build';
    return spawnSync(command, [verb, join(folder, rootOf(tree))], { encoding: 'utf8' });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
