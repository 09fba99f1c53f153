import { type BuildOptions, buildRoot } from '../../src/kustomize/build.ts';
import type { BuiltRoot } from '../../src/kustomize/built-root.ts';
import { printBuild } from '../../src/kustomize/print-build.ts';
import { defaultSourceLimits, SourceCache, type SourceLimits } from '../../src/source/source-cache.ts';
import { type MemoryFile, memoryFileSystem } from '../support/memory-file-system.ts';

/** Builds a folder of files that stand in no disk; the paths are absolute. */
export function buildFiles(
  files: Readonly<Record<string, MemoryFile>>,
  directory = '/',
  options: BuildOptions = {},
  limits: SourceLimits = defaultSourceLimits,
): BuiltRoot {
  return buildRoot(directory, options, new SourceCache(memoryFileSystem(files), limits));
}

/** The problems of a build, each as `path:line:column kind: message`. */
export function problemsOf({ problems }: BuiltRoot): string[] {
  return problems.map(({ kind, message, at }) => {
    const { line, column } = at.file.position(at.start);
    return `${at.file.path}:${line}:${column} ${kind}: ${message}`;
  });
}

/** The kinds and names of what was built, in order. */
export function namesOf({ resources }: BuiltRoot): string[] {
  return resources.map(({ kind, name }) => `${kind}/${name}`);
}

/** What is printed. Throws where there are problems. */
export function textOf(root: BuiltRoot): string {
  const { text, problems } = printBuild(root);
  if (problems.length > 0) throw new Error(problemsOf({ ...root, problems }).join('\n'));
  return text;
}

/** A ConfigMap's manifest. */
export function configMap(name: string, data = '{a: b}'): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: ${data}\n`;
}
