import { posix } from 'node:path';
import { buildRoot } from '../../src/kustomize/build.ts';
import type { BuiltRoot } from '../../src/kustomize/built-root.ts';
import type { Dialect } from '../../src/kustomize/dialect.ts';
import { printBuild } from '../../src/kustomize/print-build.ts';
import { getPath, type Node, type ScalarNode } from '../../src/source/node.ts';
import { originChain, originSpan } from '../../src/source/origin.ts';
import { SourceCache } from '../../src/source/source-cache.ts';
import type { Span } from '../../src/source/span.ts';
import { memoryFileSystem, placeFiles } from '../support/memory-file-system.ts';

/** The files of a tree by their paths; the root that is built is the folder of the first `kustomization.yaml`. */
export type Tree = Readonly<Record<string, string | Uint8Array>>;

/** Builds a tree that is held in memory. */
export function buildTree(tree: Tree, dialect: Dialect = '5.8'): BuiltRoot {
  const files = placeFiles('/tree', tree);
  return buildRoot(posix.join('/tree', rootOf(tree)), { dialect }, new SourceCache(memoryFileSystem(files)));
}

/** The folder of a tree that is built. */
export function rootOf(tree: Tree): string {
  return posix.dirname(Object.keys(tree).find((path) => posix.basename(path) === 'kustomization.yaml') ?? '.');
}

/** What a tree builds to; or, where it is refused, a line `file:line:column: message` for each problem. */
export function printTree(tree: Tree, dialect: Dialect = '5.8'): string {
  const { text, problems } = printBuild(buildTree(tree, dialect));
  if (problems.length === 0) return text;
  return problems.map(({ message, at }) => `${describePlace(at)}: ${message}`).join('\n');
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

/** The steps of a node's origin from the last to the first: what did it, and the text that says so. */
export function describeOrigin(node: Node | undefined): string[] {
  const chain = node === undefined ? [] : [...originChain(node.origin)];
  return chain.map((step) => {
    const span = originSpan(step);
    return `${step.kind === 'source' ? 'written' : step.by} ${describePlace(span)} ${spanText(span)}`;
  });
}

/** `file:line:column` of a span's start. */
export function describePlace({ file, start }: Span): string {
  const { line, column } = file.position(start);
  return `${file.path.replace('/tree/', '')}:${line}:${column}`;
}

/** The text that a span covers. */
export function spanText({ file, start, end }: Span): string {
  return file.text.slice(start, end);
}
