import type { MapEntry, MapNode, Node, ScalarNode, SequenceNode } from '../source/node.ts';
import { isWithinSpan, type Span, sameSpan } from '../source/span.ts';
import { CannotFix } from './cannot-fix.ts';
import { fileRegion, innerRegion, type Region } from './region.ts';

/** A scalar of a file, as a key or as a value, with what it stands in. */
export interface Found {
  readonly region: Region;
  readonly scalar: ScalarNode;
  /** The entry whose key it is; undefined where it is a value. */
  readonly entry: MapEntry | undefined;
  /** The list whose item it is. */
  readonly list: SequenceNode | undefined;
  /** The innermost map around it, through lists, and the entry that this map is the value of. */
  readonly map: MapNode | undefined;
  readonly owner: MapEntry | undefined;
}

/**
 * Finds the key or scalar that a span of a file names, also inside of a patch that is written into a kustomization. Throws
 * a {@link CannotFix} where there is none, or where an anchor makes it stand in several places.
 */
export function findScalar(span: Span): Found {
  const found = findOnly(span, (each) => sameSpan(each, span));
  if (found) return found;
  throw new CannotFix('what stands there is made by another step of the build');
}

/** The scalar that a span is, or that it is a part of. */
export function findAround(span: Span): Found {
  const found = findOnly(span, (each) => sameSpan(each, span)) ?? findOnly(span, (each) => isWithinSpan(span, each));
  if (found) return found;
  throw new CannotFix('there is no single value at this place');
}

/** What is meant inside of a patch is looked for there before the patch's whole text is taken for it. */
function findOnly(span: Span, isMeant: (each: Span) => boolean): Found | undefined {
  const region = fileRegion(span.file);
  const all = [...walk(region)];
  const inside = all
    .filter(({ scalar, entry }) => entry === undefined && isWithinSpan(span, region.span(scalar)))
    .flatMap(({ scalar }) => {
      const inner = innerRegion(scalar);
      return inner === undefined ? [] : [...walk(inner)].filter((each) => isMeant(inner.span(each.scalar)));
    });
  const [first, ...others] = inside.length > 0 ? inside : all.filter(({ scalar }) => isMeant(region.span(scalar)));
  if (others.length > 0) throw new CannotFix('an anchor brings the same text to several places');
  return first;
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
