import type { FurtherRoots } from '../../flux/clusters/given-objects.ts';
import type { BuiltRoot } from '../../kustomize/built-root.ts';

/** The roots of a run that are not modelled themselves, and are built only when another root looks into them. */
export interface Elsewhere<T = BuiltRoot> extends FurtherRoots<T> {
  /** At least the roots that bind a role to an account of this name, or to groups or users. */
  binding(account: string): readonly T[];
}

/** For a run in which all roots are modelled. */
export const nothingElsewhere: Elsewhere = { holding: () => [], binding: () => [], positionOf: () => 0 };
