import type { BuiltRoot } from '../kustomize/built-root.ts';

/** The roots of a run that are not modelled themselves, and are built only when another root looks into them. */
export interface Elsewhere<T = BuiltRoot> {
  /** At least the roots with an object of this kind, or one that generates it, and of this name if one is given. */
  holding(kind: string, name: string | undefined): readonly T[];
  /** At least the roots that bind a role to an account of this name, or to groups or users. */
  binding(account: string): readonly T[];
  /** The position of a root among all: of objects with the same name the first counts. */
  positionOf(root: BuiltRoot): number;
}

/** For a run in which all roots are modelled. */
export const nothingElsewhere: Elsewhere = { holding: () => [], binding: () => [], positionOf: () => 0 };
