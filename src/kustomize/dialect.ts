/** The version of kustomize that a build follows: 5.7.1 (kubectl 1.34, 1.35) or 5.8.1 (kubectl 1.36, Flux 2.8). */
export type Dialect = '5.7' | '5.8';

/** Every dialect, the default last. */
export const dialects = ['5.7', '5.8'] as const satisfies readonly Dialect[];

/** The dialect unless the user chooses one. */
export const defaultDialect: Dialect = '5.8';
