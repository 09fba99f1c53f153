import { equalNodes } from '../../source/equal-nodes.ts';
import type { MapEntry, MapNode, Node } from '../../source/node.ts';

/** A field of a kustomization that is set again further down: kustomize uses only the last one, and reports nothing. */
export interface OverriddenField {
  readonly ignored: MapEntry;
  readonly used: MapEntry;
  /** The parts of the ignored value that the used one lacks: items of a list, or the whole value. */
  readonly lost: readonly Node[];
}

/** The fields of a map that are set again, without those that lose nothing by it. */
export function findOverridden(map: MapNode): OverriddenField[] {
  const last = new Map(map.entries.map((entry) => [entry.key.value, entry]));
  return map.entries.flatMap((ignored): OverriddenField[] => {
    const used = last.get(ignored.key.value) ?? ignored;
    const lost = used === ignored ? [] : lostParts(ignored.value, used.value);
    return lost.length === 0 ? [] : [{ ignored, used, lost }];
  });
}

function lostParts(ignored: Node, used: Node): Node[] {
  if (ignored.kind === 'sequence' && used.kind === 'sequence') {
    return ignored.items.filter((item) => !used.items.some((other) => equalNodes(item, other)));
  }
  return equalNodes(ignored, used) ? [] : [ignored];
}
