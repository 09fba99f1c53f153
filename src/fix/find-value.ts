import { oncePer } from '../collections/once.ts';
import type { MapEntry, MapNode, Node, ScalarNode, SequenceNode } from '../source/node.ts';
import { isWithinSpan, type Span, sameSpan } from '../source/span.ts';
import { CannotFix } from './cannot-fix.ts';
import { fileRegion, innerRegion, type Region } from './region.ts';

/** A scalar in a file, as a key or a value, with its surroundings. */
export interface Found {
  readonly region: Region;
  readonly scalar: ScalarNode;
  /** The entry whose key it is; undefined for a value. */
  readonly entry: MapEntry | undefined;
  /** The list that it is an item of. */
  readonly list: SequenceNode | undefined;
  /** The innermost map around it, which may contain it within lists. */
  readonly map: MapNode | undefined;
  /** The entry whose value is `map`. */
  readonly owner: MapEntry | undefined;
}

/**
 * Finds the key or scalar at a span, also within a patch that is inlined in a kustomization. Throws a {@link CannotFix} if
 * there is none, or if an anchor makes it part of several places.
 */
export function findScalar(span: Span): Found {
  const found = findOnly(span, (each) => sameSpan(each, span));
  if (found) return found;
  throw new CannotFix('another step of the build makes the value');
}

/** Finds the scalar at or around a span. */
export function findAround(span: Span): Found {
  const found = findOnly(span, (each) => sameSpan(each, span)) ?? findOnly(span, (each) => isWithinSpan(span, each));
  if (found) return found;
  throw new CannotFix('there is no single value at this location');
}

/** Finds the only match. A match within an inline patch takes precedence over the patch's whole text. */
function findOnly(span: Span, isMeant: (each: Span) => boolean): Found | undefined {
  const isWanted = ({ region, scalar }: Found): boolean => isMeant(region.span(scalar));
  const around = scalarsAround(fileRegion(span.file), span);
  const inside = around
    .flatMap(({ scalar, entry }) => (entry === undefined ? (innerRegion(scalar) ?? []) : []))
    .flatMap((inner) => scalarsAround(inner, span).filter(isWanted));
  const [first, ...others] = inside.length > 0 ? inside : around.filter(isWanted);
  if (others.length > 0) throw new CannotFix('an anchor reuses the same text in several places');
  return first;
}

interface Placed {
  readonly found: Found;
  /** Its location in the file. */
  readonly at: Span;
}

/** The keys and scalars of a region, sorted by start: a report may look up thousands of locations in one file. */
const sortScalars = oncePer((region: Region): readonly Placed[] => {
  const placed = Array.from(walk(region), (found) => ({ found, at: region.span(found.scalar) }));
  return placed.sort((a, b) => a.at.start - b.at.start);
});

/** The keys and scalars at or around a span: at most one that is not empty, unless aliases repeat it. */
function scalarsAround(region: Region, span: Span): Found[] {
  const sorted = sortScalars(region);
  const around: Found[] = [];
  for (let index = countUpTo(sorted, span.start) - 1; index >= 0; index--) {
    const placed = sorted[index];
    if (placed === undefined) break;
    const { found, at } = placed;
    if (isWithinSpan(span, at)) around.push(found);
    else if (at.start < at.end) break;
  }
  return around;
}

/** The number of scalars that start at or before an offset. */
function countUpTo(sorted: readonly Placed[], offset: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.at.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

interface Around {
  readonly list?: SequenceNode;
  readonly map?: MapNode;
  readonly owner?: MapEntry;
}

function* walk(region: Region): Generator<Found> {
  for (const root of region.roots) yield* walkNode(region, root, undefined, {});
}

function* walkNode(region: Region, node: Node, owner: MapEntry | undefined, around: Around): Generator<Found> {
  const found = { region, list: around.list, map: around.map, owner: around.owner };
  switch (node.kind) {
    case 'scalar':
      yield { ...found, scalar: node, entry: undefined };
      return;
    case 'sequence':
      for (const item of node.items) yield* walkNode(region, item, undefined, { ...around, list: node });
      return;
    case 'map': {
      const here: Around = { map: node, ...(owner === undefined ? {} : { owner }) };
      for (const entry of node.entries) {
        yield { region, list: undefined, map: node, owner, scalar: entry.key, entry };
        yield* walkNode(region, entry.value, entry, here);
      }
    }
  }
}
