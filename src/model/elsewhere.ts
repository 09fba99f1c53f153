import type { BuiltRoot } from '../kustomize/built-root.ts';

/** The roots of a run that are not to be modelled themselves, built where somebody asks what they bring. */
export interface Elsewhere<T = BuiltRoot> {
  /** At the least those that have an object of this kind, or what makes one; and of this name, where one is given. */
  holding(kind: string, name: string | undefined): readonly T[];
  /** At the least those that bind a role to an account of this name, or to groups or users. */
  binding(account: string): readonly T[];
  /** Where a root stands among all, as far as it does: of things that are called alike the first counts. */
  positionOf(root: BuiltRoot): number;
}

/** Where all roots are modelled. */
export const nothingElsewhere: Elsewhere = { holding: () => [], binding: () => [], positionOf: () => 0 };
