export { type BuildOptions, buildManifests, buildRoot, type PrintedBuild, printBuild } from './build.ts';
export type { BuiltRoot } from './built-root.ts';
export { type Dialect, defaultDialect, dialects } from './dialect.ts';
export type { LoadRestrictor } from './load/kustomization-folder.ts';
export type { BuildProblem } from './problem.ts';
export { Resource } from './resource.ts';
