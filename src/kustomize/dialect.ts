/**
 * The version of kustomize that a build follows: 5.7.1 (kubectl 1.34, 1.35), 5.8.1 (kubectl 1.36 and 1.37, Flux since 2.8)
 * or 5.8.2, as which 5.8.3 builds (kustomize itself).
 */
export type Dialect = '5.7' | '5.8' | '5.8.2';

/** Every dialect, the oldest first. */
export const dialects = ['5.7', '5.8', '5.8.2'] as const satisfies readonly Dialect[];

/** The dialect unless the user chooses one. */
export const defaultDialect: Dialect = '5.8';
