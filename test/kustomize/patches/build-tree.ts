import { buildRoot, printBuild } from '../../../src/kustomize/build.ts';
import type { BuiltRoot } from '../../../src/kustomize/built-root.ts';
import type { Dialect } from '../../../src/kustomize/dialect.ts';
import { memoryFileSystem } from '../../../src/source/memory-file-system.ts';
import type { Node } from '../../../src/source/node.ts';
import { type Origin, originChain } from '../../../src/source/origin.ts';
import { SourceCache } from '../../../src/source/source-cache.ts';
import type { Span } from '../../../src/source/span.ts';

/** A tree of files by their paths below the folder that is built. */
export type Tree = Readonly<Record<string, string>>;

/** Builds a tree that is held in memory. */
export function buildTree(tree: Tree, dialect: Dialect = '5.8'): BuiltRoot {
  const files = Object.fromEntries(Object.entries(tree).map(([path, text]) => [`/tree/${path}`, text]));
  return buildRoot('/tree', { dialect }, new SourceCache(memoryFileSystem(files)));
}

/** What a tree builds to, or `file:line:column: message` of its first problem. */
export function printTree(tree: Tree, dialect: Dialect = '5.8'): string {
  const { text, problems } = printBuild(buildTree(tree, dialect));
  const [problem] = problems;
  return problem === undefined ? text : `${describePlace(problem.at)}: ${problem.message}`;
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

/** The steps of a node's origin from the last back to the first: what did it, and the text that says so. */
export function describeOrigin(node: Node | undefined): string[] {
  return node === undefined ? [] : [...originChain(node.origin)].map(describeStep);
}

function describeStep(origin: Origin): string {
  if (origin.kind === 'source') return `source ${describePlace(origin)} ${spanText(origin)}`;
  return `${origin.by} ${describePlace(origin.configuredIn)} ${spanText(origin.configuredIn)}`;
}
