import type { BuiltRoot } from '../../kustomize/built-root.ts';
import { type ObjectIndex, ResourceIndex } from './resource-index.ts';

/** The roots of a run that are only built when another root looks up an object that they may have. */
export interface FurtherRoots<T = BuiltRoot> {
  /** At least the roots with an object of this kind, or one that generates it, and of this name if one is given. */
  holding(kind: string, name: string | undefined): readonly T[];
  /** The position of a root among all: of objects with the same name the first counts. */
  positionOf(root: BuiltRoot): number;
}

/** The objects of all given roots, those of the first root first. */
export function indexGiven(given: readonly BuiltRoot[], further: FurtherRoots | undefined): ObjectIndex {
  if (further === undefined) return new ResourceIndex(given.flatMap(({ resources }) => resources));
  const position = (root: BuiltRoot): number => further.positionOf(root);
  const inOrder = (kind: string, name: string | undefined): BuiltRoot[] =>
    [...given, ...further.holding(kind, name)].sort((a, b) => position(a) - position(b));
  const indexes = new Map<BuiltRoot, ResourceIndex>();
  const indexOf = (root: BuiltRoot): ResourceIndex => {
    const index = indexes.get(root) ?? new ResourceIndex(root.resources);
    indexes.set(root, index);
    return index;
  };
  return {
    find(kind, name, namespace) {
      for (const root of inOrder(kind, name)) {
        const found = indexOf(root).find(kind, name, namespace);
        if (found !== undefined) return found;
      }
      return undefined;
    },
    ofKind: (kind) =>
      new ResourceIndex(inOrder(kind, undefined).flatMap((root) => indexOf(root).ofKind(kind))).ofKind(kind),
  };
}
