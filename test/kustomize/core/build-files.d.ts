import { type BuildOptions } from '../../../src/kustomize/build.ts';
import type { BuiltRoot } from '../../../src/kustomize/built-root.ts';
import { type MemoryFile } from '../../../src/source/memory-file-system.ts';
import { type SourceLimits } from '../../../src/source/source-cache.ts';
/** Builds a folder of files that stand in no disk; the paths are absolute. */
export declare function buildFiles(
  files: Readonly<Record<string, MemoryFile>>,
  directory?: string,
  options?: BuildOptions,
  limits?: SourceLimits,
): BuiltRoot;
/** The problems of a build, each as `path:line:column kind: message`. */
export declare function problemsOf({ problems }: BuiltRoot): string[];
/** The kinds and names of what was built, in order. */
export declare function namesOf({ resources }: BuiltRoot): string[];
/** What is printed. Throws where there are problems. */
export declare function textOf(root: BuiltRoot): string;
/** A ConfigMap's manifest. */
export declare function configMap(name: string, data?: string): string;
