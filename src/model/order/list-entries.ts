import type { KubernetesObject } from '../../objects/kubernetes-object.ts';
import { type Span, sameSpan } from '../../source/span.ts';

/** Where the order of two objects is decided. */
export interface ListEntries {
  /** The entry that leads to the first object, and that to the second; their names if one file holds both. */
  readonly entries: readonly [Span, Span];
  /** `component`: the first object comes from one, and the second from another list. */
  readonly lists: 'one' | 'component' | 'two' | 'none';
}

/** The list entries at which the paths from the built root to two objects diverge. */
export function findListEntries(first: KubernetesObject, second: KubernetesObject): ListEntries {
  for (const [index, entry] of first.listedIn.entries()) {
    const other = second.listedIn[index];
    if (other === undefined) break;
    if (!sameSpan(entry, other))
      return { entries: [entry, other], lists: compareLists(listName(entry), listName(other)) };
  }
  return { entries: [first.name.place.at, second.name.place.at], lists: 'none' };
}

function compareLists(first: string | undefined, second: string | undefined): ListEntries['lists'] {
  if (first === second) return 'one';
  return first === 'components' ? 'component' : 'two';
}

/**
 * The field of the kustomization whose list holds an entry: the last one that starts before it, on its own line or in
 * braces.
 */
function listName({ file, start }: Span): string | undefined {
  return [...file.text.slice(0, start).matchAll(listKey)].at(-1)?.[1];
}

const listKey =
  /(?:^|[{,]\s*)["']?(resources|bases|components|generators|transformers|helmCharts|\w+Generator)["']?\s*:/gm;
