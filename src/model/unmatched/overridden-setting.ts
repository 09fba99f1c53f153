import type { OverriddenField } from '../../kustomize/load/overridden-field.ts';
import { originSpan } from '../../source/origin.ts';
import type { Span } from '../../source/span.ts';

/** A field that a kustomization sets and then sets again, so that the first has no effect. */
export interface OverriddenSetting {
  readonly name: string;
  /** The key that has no effect. */
  readonly at: Span;
  /** The key that has. */
  readonly usedAt: Span;
  readonly isList: boolean;
  /** The paths that only the first names, if it is a list of paths. Other values are not quoted, since they may be secret. */
  readonly lostPaths: readonly string[];
}

const listsOfPaths: ReadonlySet<string> = new Set(['resources', 'bases', 'components']);

/** Reads such a field for rules. */
export function readOverridden({ ignored, used, lost }: OverriddenField): OverriddenSetting {
  const name = ignored.key.value;
  const paths = lost.flatMap((node) => (node.kind === 'scalar' ? node.value : []));
  return {
    name,
    at: originSpan(ignored.key.origin),
    usedAt: originSpan(used.key.origin),
    isList: used.value.kind === 'sequence',
    lostPaths: listsOfPaths.has(name) ? paths : [],
  };
}
