import type { BuiltRoot } from '../kustomize/built-root.ts';

/** The roots of a run that are not to be modelled themselves, built where somebody asks what they bring. */
export interface Elsewhere<T = BuiltRoot> {
  all(): readonly T[];
  /** At the least those that bind a role to an account of this name, or to groups or users. */
  binding(account: string): readonly T[];
}

/** Where all roots are modelled. */
export const nothingElsewhere: Elsewhere = { all: () => [], binding: () => [] };
